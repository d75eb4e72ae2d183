//! The samples of a domain: their statistics as a section of the report, as text and as pictures.

use crate::context::Context;
use crate::domain;
use anyhow::{Context as _, Result};
use libchar_campaign::samples::DRAWS;
use libchar_campaign::statistics as campaign_statistics;
use libchar_core::words::{are, count};
use libchar_files::atomic;
use libchar_pvt::config::Samples as Wanted;
use libchar_report::statistics::sensitivity::Parameters;
use libchar_report::statistics::{self, Section, Slope, curves, picture, slopes};
use libchar_report::{Results, Specs, file_name};
use serde_json::Value;
use std::fs;
use std::io;
use std::path::Path;

/// File with the tables as text.
const TEXT: &str = "statistics.txt";

/// Statistics of samples, and slopes along swept axes.
#[derive(Default)]
pub struct Samples {
    section: Option<Section>,
    slopes: Vec<Slope>,
}

impl Samples {
    /// Computes both from the samples and swept points of the results.
    ///
    /// # Errors
    /// Faults of the table of draws, and of the tables of variations.
    pub fn of(ctx: &Context, results: &Results, specs: &Specs) -> Result<Samples> {
        let mut samples = Samples { section: None, slopes: slopes(results) };
        if !results.has_samples() {
            return Ok(samples);
        }
        ctx.depends(Path::new(DRAWS));
        let (names, draws) = match fs::read(DRAWS) {
            Ok(bytes) => campaign_statistics::draws(&bytes)?,
            Err(_) => Default::default(),
        };
        let parameters = parameters(ctx, names)?;
        let one_at_a_time = Path::new(libchar_pvt::config::FILE).exists()
            && domain::read_config(ctx)?.samples == Wanted::OneAtATime;
        samples.section = statistics::section(results, specs, &parameters, draws, one_at_a_time);
        Ok(samples)
    }

    /// Number of samples without a value, over all measures.
    pub fn without_value(&self) -> usize {
        let all = self.section.iter().flat_map(|section| &section.statistics);
        all.map(|of| of.without_value).sum()
    }

    /// Adds the sections to `creport.json`.
    pub fn add_to(&self, document: &mut Value) {
        document["statistics"] = self.section.as_ref().map_or(Value::Null, statistics::json);
        document["slopes"] = statistics::slopes_json(&self.slopes);
    }

    fn text(&self) -> String {
        statistics::text(self.section.as_ref(), &self.slopes)
    }

    /// Whether the file contains the present text.
    pub fn is_written(&self) -> bool {
        match fs::read(TEXT) {
            Ok(written) => written == self.text().as_bytes(),
            Err(_) => self.section.is_none() && self.slopes.is_empty(),
        }
    }

    /// Writes the text, or removes the file if there is no text.
    pub fn write(&self, ctx: &Context) -> Result<()> {
        let path = Path::new(TEXT);
        if self.section.is_none() && self.slopes.is_empty() {
            return match fs::remove_file(path) {
                Err(e) if e.kind() != io::ErrorKind::NotFound => {
                    Err(e).with_context(|| format!("cannot remove {TEXT}"))
                }
                _ => Ok(()),
            };
        }
        let text = self.text();
        atomic::write_if_changed(path, text.as_bytes())
            .with_context(|| format!("cannot write {TEXT}"))?;
        ctx.produces(path);
        Ok(())
    }

    /// Draws the samples of each measure and point, and the measures along swept axes and over two of them.
    pub fn draw(
        &self,
        folder: &Path,
        results: &Results,
        specs: &Specs,
        ctx: &Context,
    ) -> Result<()> {
        let mut all = curves::pictures(results, specs);
        for of in self.section.iter().flat_map(|section| &section.statistics) {
            let place = of.series.point.replace('/', "_");
            let section = self.section.as_ref();
            let pictures = section.map(|section| picture::pictures(section, of));
            let named = pictures.into_iter().flatten();
            all.extend(
                named.map(|(what, svg)| (format!("{}_{place}_{what}", of.series.measure), svg)),
            );
        }
        for (name, svg) in &all {
            // The same safe and distinct names as those of the measures' tables.
            let path = folder.join(file_name(name)).with_extension("svg");
            atomic::write_unsynced_if_changed(&path, svg.as_bytes())
                .with_context(|| format!("cannot write {}", path.display()))?;
            ctx.produces(&path);
        }
        ctx.log
            .info("pictures", format!("{} in {}", count(all.len(), "picture"), folder.display()));
        Ok(())
    }

    /// Reports the number of samples, and the number without a value.
    pub fn tell(&self, ctx: &Context) {
        let Some(section) = &self.section else { return };
        let samples = section.statistics.iter().map(|of| of.series.values.len()).max().unwrap_or(0);
        ctx.log.info("statistics", format!("{} of each point -> {TEXT}", count(samples, "sample")));
        let lacking = self.without_value();
        if lacking > 0 {
            let first = section.statistics.iter().find(|of| of.without_value > 0);
            let first = first.map(|of| format!("{} at {}", of.series.measure, of.series.point));
            let message = format!(
                "{} of samples {} missing, first {}: they count as outside of the limits, and nowhere else",
                count(lacking, "value"),
                are(lacking),
                first.unwrap_or_default()
            );
            ctx.log.warning("statistics", message);
        }
    }
}

/// Sigmas and groups of the varied quantities.
fn parameters(ctx: &Context, names: Vec<String>) -> Result<Parameters> {
    let variation = domain::variation_table(ctx)?;
    let pairs = ctx.config.flag("report.interactions");
    Ok(campaign_statistics::parameters(names, &variation, pairs).unwrap_or_else(|name| {
        let message =
            format!("{DRAWS} has `{name}`, which is not in the variation table: run gen again");
        ctx.log.warning("statistics", message);
        Parameters::default()
    }))
}
