use super::input::{RecipeInput, depends};
use crate::context::Context;
use crate::exit::{Outcome, Usage, refused};
use anyhow::Result;
use clap::Args;
use libchar_core::{Format, frame};
use libchar_diffusion::loaded::Simulated;
use libchar_diffusion::{picture, report};
use libchar_history::ResultRow;
use serde_json::json;
use std::path::PathBuf;

/// Run a recipe
#[derive(Args)]
pub struct Run {
    #[command(flatten)]
    pub input: RecipeInput,
    /// More recipes; one table shows the figures of all recipes
    #[arg(value_name = "RECIPE")]
    pub more: Vec<String>,
    /// Write document, profile and picture of each recipe into this folder, as NAME.json, NAME.csv, NAME.svg
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Write the concentrations over depth as CSV
    #[arg(long, value_name = "FILE")]
    pub profile: Option<String>,
    /// Write the resistivity over depth and the spreading resistance as CSV
    #[arg(long, value_name = "FILE")]
    pub spreading: Option<String>,
    /// Radius of the probes' contacts for --spreading, um
    #[arg(long, value_name = "UM", default_value_t = 2.0, requires = "spreading")]
    contact_radius: f64,
    /// Draw the concentrations over depth
    #[arg(long, value_name = "FILE")]
    pub svg: Option<String>,
    /// Write the full report as JSON, besides the figures on stdout
    #[arg(long, value_name = "FILE")]
    pub report: Option<String>,
}

pub fn run(args: Run, ctx: &Context) -> Result<Outcome> {
    let radius_um = args.contact_radius;
    if !(radius_um > 0.0 && radius_um.is_finite()) {
        return Err(
            Usage(format!("--contact-radius {radius_um}: expected a number above 0")).into()
        );
    }
    let loaded = args.input.load(ctx)?;
    ctx.begin("diffuse", json!({ "recipe": loaded.name, "set": args.input.set }));
    ctx.journal.recipe(loaded.effective());
    let simulated = loaded.simulate(&loaded.document).map_err(refused)?;
    depends(&loaded, ctx);
    loaded.check_limits(&simulated)?;
    tell(ctx, &simulated, None);
    let document = report::document(&simulated);
    if let Some(path) = &args.profile {
        ctx.write(path, &report::profile(&simulated).to_csv())?;
    }
    if let Some(path) = &args.spreading {
        if simulated.run.wafer.is_heated() {
            ctx.write(path, &report::spreading(&simulated, radius_um).to_csv())?;
        } else {
            let text = format!("{path} is not written: nothing is active before a furnace step");
            ctx.log.warning("figures", text);
        }
    }
    if let Some(path) = &args.svg {
        ctx.write(path, picture::profile(&simulated).as_bytes())?;
    }
    let mut bytes = Vec::new();
    frame::write_json(&mut bytes, &document)?;
    if let Some(path) = &args.report {
        ctx.write(path, &bytes)?;
    }
    match ctx.format() {
        Format::Json => ctx.write("-", &bytes)?,
        _ => ctx.print(&report::figures(&simulated))?,
    }
    ctx.journal.results(results(&simulated));
    let missed = simulated.figures.missed().count();
    Ok(Outcome::found(missed))
}

/// Prints the remarks of a run and the limits that it misses; `of` is the name of the recipe if
/// there are several.
pub fn tell(ctx: &Context, simulated: &Simulated, of: Option<&str>) {
    let of = of.map_or(String::new(), |name| format!("{name}: "));
    for remark in &simulated.run.remarks {
        ctx.log.warning("recipe", format!("{of}{remark}"));
    }
    for (number, step) in simulated.run.steps.iter().enumerate() {
        for warning in &step.warnings {
            let word = step.name.as_deref().unwrap_or(step.word);
            ctx.log.warning("model", format!("{of}step {} ({word}): {warning}", number + 1));
        }
    }
    for remark in &simulated.figures.remarks {
        ctx.log.info("figures", format!("{of}{remark}"));
    }
    for figure in simulated.figures.missed() {
        ctx.log.warning("limit", format!("{of}{} misses its limits", figure.name));
    }
}

/// The figures as rows of the history.
pub fn results(simulated: &Simulated) -> impl Iterator<Item = ResultRow> {
    simulated.figures.figures.iter().map(|figure| ResultRow {
        point: None,
        measure: figure.name.clone(),
        value: figure.value,
        unit: report::unit(&figure.name).map(str::to_owned),
        status: match figure.ok() {
            Some(false) => "outside".to_owned(),
            _ => "ok".to_owned(),
        },
    })
}
