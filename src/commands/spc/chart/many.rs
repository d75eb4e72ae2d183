//! Many charts: every group and column of one or several files as one table, with one exit code.

use super::super::baseline::{self, Frozen};
use super::super::groups::Groups;
use super::super::limits_table::Specifications;
use super::super::options::{self, DataArgs};
use super::super::points::Prepared;
use super::super::report::Report;
use super::many_rows::{Row, document, frame, multiples};
use super::{Chart, Choice, EventMode, excluded_points, notes, parameters, say_skipped};
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use crate::many::stems;
use anyhow::Result;
use libchar_core::Format;
use libchar_history::Alert;
use libchar_spc::chart::{Design, Given};
use libchar_spc::drift::{Method, Phase1};
use libchar_spc::many::{DriftLimits, Line};
use libchar_spc::study::Study;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

/// Run length of the drift detector beside a chart.
const DRIFT_ARL: f64 = 370.0;
/// Alerts of one command; more are one alert with their number.
const MOST_ALERTS: usize = 100;

/// What is charted in one file.
struct Plan<'a> {
    args: &'a Chart,
    design: Design,
    given: Given,
    frozen: Option<&'a Frozen>,
    specifications: &'a Specifications,
}

pub fn run(args: &Chart, ctx: &Context) -> Result<Outcome> {
    refuse(args)?;
    let (design, given) = args.design.design()?;
    let frozen = args.baseline.as_deref().map(|file| baseline::read_any(ctx, file)).transpose()?;
    let specifications = match &args.spec {
        Some(file) => Specifications::read(ctx, file)?,
        None => Specifications::default(),
    };
    ctx.begin("spc chart", parameters(args, &design));
    let choice = Choice::parse(ctx, &args.knowledge)?;
    let files: Vec<&String> = std::iter::once(&args.data.input).chain(&args.more).collect();
    let plan =
        Plan { args, design, given, frozen: frozen.as_ref(), specifications: &specifications };
    let mut all: Vec<Row> = Vec::new();
    let mut by: Vec<String> = Vec::new();
    let stems = match args.output {
        Some(_) => stems(files.iter().map(|file| file.as_str()))?,
        None => Vec::new(),
    };
    for (i, file) in files.iter().enumerate() {
        let rows = plan.file(ctx, file, &mut by)?;
        if let Some(folder) = &args.output {
            write(args, ctx, folder, &stems[i], &by, &rows, &choice)?;
        }
        all.extend(rows);
    }
    let several = files.len() > 1;
    if let Some(file) = &args.picture.svg {
        ctx.write(file, multiples(&all, ctx).as_bytes())?;
    }
    match ctx.format() {
        Format::Json => ctx.write_document("-", &document(&by, &all, several))?,
        _ => ctx.print(&frame(&by, &all, several))?,
    }
    tell(ctx, &all);
    raise(ctx, &all, args.min_cpk);
    let short = all.iter().filter(|row| row.is_below(args.min_cpk)).count();
    let events: usize = all.iter().map(|row| row.line.events).sum();
    let stuck = all.iter().filter(|row| row.line.analysis.is_none() && row.line.is_stuck).count();
    Ok(Outcome::found(events + short + stuck))
}

/// Refuses what is of one chart.
fn refuse(args: &Chart) -> Result<()> {
    let of_one = [
        ("--stage", args.data.stage.is_some()),
        ("--show", args.show.is_some()),
        ("--annotations", args.picture.annotations.is_some()),
        ("--guarantee", args.design.guarantee.is_some()),
    ];
    for (name, given) in of_one {
        if given {
            return Err(Usage(format!("{name} is for one chart, not for many")).into());
        }
    }
    Ok(())
}

impl Plan<'_> {
    /// The charts of one file, groups first.
    fn file(&self, ctx: &Context, file: &str, by: &mut Vec<String>) -> Result<Vec<Row>> {
        let args = self.args;
        let mut data = DataArgs { input: file.to_owned(), ..args.data.clone() };
        let mut design = self.design.clone();
        let mut is_deviation = args.design.is_deviation();
        if let Some(frozen) = self.frozen {
            let first = frozen.first();
            let name = args.baseline.as_deref().unwrap_or_default();
            baseline::check_kind(first, args.design.kind(), name)?;
            (design, is_deviation) = (first.design.clone(), first.deviation);
            data = frozen.adopt(&data);
        }
        let rules = options::rules(&args.rules, &design)?;
        let source = ctx.read(file)?;
        let table = data.table(ctx, &source)?;
        let excluding = !args.exclusion.exclude.is_empty();
        let groups = Groups::new(&data, ctx, table, design.chart)?;
        by.clone_from(&groups.by);
        let items = groups.items(&data, &source.bytes, &design, is_deviation)?;
        let phases: Vec<Option<Phase1>> = items
            .iter()
            .map(|item| Phase1::of_baseline(self.frozen?.of(&item.group, &item.columns)?).ok())
            .collect();
        let drift =
            DriftLimits::new(Method::Likelihood, DRIFT_ARL, phases.iter().flatten().copied())
                .map_err(options::usage)?;
        let excluded: Vec<Vec<_>> = items
            .iter()
            .map(|item| match (&item.prepared, excluding) {
                (Ok(prepared), true) => {
                    excluded_points(&args.exclusion, groups.table(item), prepared)
                }
                _ => Ok(Vec::new()),
            })
            .collect::<Result<_>>()?;
        if excluding && excluded.iter().all(Vec::is_empty) {
            return Err(Usage("--exclude names no point of any chart".to_owned()).into());
        }
        let lines: Vec<Line> = items
            .par_iter()
            .zip(&phases)
            .zip(&excluded)
            .map(|((item, phase1), excluded)| {
                let prepared = match &item.prepared {
                    Ok(prepared) => prepared,
                    Err(reason) => return Line::refused(0, reason.clone()),
                };
                let frozen = match self.frozen.map(|frozen| frozen.of(&item.group, &item.columns)) {
                    Some(None) => {
                        let line = Line::refused(
                            prepared.data.len(),
                            "the baseline has no limits for it".to_owned(),
                        );
                        return Line { is_stuck: false, ..line };
                    }
                    frozen => frozen.flatten(),
                };
                let study = Study {
                    given: self.given.clone(),
                    frozen: frozen.map(|frozen| frozen.parameters.clone()),
                    phase1: args.phase1,
                    each_point: args.events == EventMode::Point,
                    excluded: excluded.iter().map(|point| point.point - 1).collect(),
                    ..Study::new(
                        frozen.map_or_else(|| design.clone(), |f| f.design.clone()),
                        rules.clone(),
                    )
                };
                let limits = self.specifications.of(&item.columns.join(","));
                Line::new(
                    &study,
                    &prepared.data,
                    &prepared.stages,
                    limits,
                    Some(&drift),
                    phase1.as_ref(),
                )
            })
            .collect();
        if let Some(frozen) = self.frozen {
            frozen.tell_unused(ctx, items.iter().map(|item| (&item.group, &item.columns)));
        }
        Ok(items
            .into_iter()
            .zip(lines)
            .zip(excluded)
            .map(|((item, line), excluded)| Row { file: file.to_owned(), item, line, excluded })
            .collect())
    }
}

/// Writes the charts of a file into a folder: its document and its picture.
fn write(
    args: &Chart,
    ctx: &Context,
    folder: &str,
    stem: &str,
    by: &[String],
    rows: &[Row],
    choice: &Choice,
) -> Result<()> {
    let path =
        |ending: &str| Path::new(folder).join(format!("{stem}.{ending}")).display().to_string();
    let drawn = args.picture.prepare(ctx)?;
    if let [row] = rows
        && let (Ok(prepared), Some(analysis)) = (&row.item.prepared, &row.line.analysis)
    {
        let report = report(args, prepared, row, analysis.clone());
        let knowledge = choice.of(&report.column());
        let document = report.document(super::Show::All, knowledge.as_deref());
        let svg = super::picture::control_chart(&report, &drawn, args.phase1);
        ctx.write_document(&path("json"), &document)?;
        return ctx.write(&path("svg"), svg.as_bytes());
    }
    ctx.write_document(&path("json"), &document(by, rows, false))?;
    ctx.write(&path("svg"), multiples(rows, ctx).as_bytes())
}

fn report<'a>(
    args: &Chart,
    prepared: &'a Prepared,
    row: &Row,
    analysis: libchar_spc::study::Analysis,
) -> Report<'a> {
    let notes = notes(&analysis.design, &args.data, prepared);
    Report { prepared, analysis, excluded: row.excluded.clone(), notes, acknowledged: Vec::new() }
}

/// What the table alone does not say.
fn tell(ctx: &Context, rows: &[Row]) {
    let fired = rows.iter().filter(|row| row.line.events > 0).count();
    let unread = rows.iter().filter(|row| row.line.analysis.is_none()).count();
    let mut message = format!("{} charts, {fired} with findings", rows.len());
    if unread > 0 {
        message += &format!(", {unread} could not be made");
    }
    ctx.log.info("chart", message);
    let skipped: Vec<_> = rows
        .iter()
        .filter_map(|row| row.item.prepared.as_ref().ok())
        .flat_map(|prepared| prepared.skipped.iter().cloned())
        .collect();
    say_skipped(ctx, &skipped);
    let correlated = rows.iter().filter(|row| row.is_correlated()).count();
    if correlated > 0 {
        ctx.log.warning(
            "chart",
            format!("{correlated} charts have correlated neighbours (lag1): their limits assume independence; see --model ar1"),
        );
    }
}

/// One alert a chart that fired, as many as are bearable, and gauges.
fn raise(ctx: &Context, rows: &[Row], min_cpk: Option<f64>) {
    let found: Vec<&Row> =
        rows.iter().filter(|row| row.line.events > 0 || row.is_below(min_cpk)).collect();
    for row in found.iter().take(MOST_ALERTS) {
        let details: BTreeMap<&str, serde_json::Value> = row.fields().into_iter().collect();
        ctx.journal.alert(Alert {
            source: "spc".to_owned(),
            severity: row.line.severity().name().to_ascii_lowercase(),
            message: row.sentence(),
            details: serde_json::to_string(&details).ok(),
        });
    }
    if found.len() > MOST_ALERTS {
        let rest = found.len() - MOST_ALERTS;
        ctx.journal.alert(Alert {
            source: "spc".to_owned(),
            severity: "warning".to_owned(),
            message: format!("{rest} more of {} charts have findings", rows.len()),
            details: None,
        });
    }
    let mut metrics = ctx.metrics.borrow_mut();
    for row in rows {
        let name = row.item.columns.join(",");
        let group = row.item.group.join(" ");
        let labels = [("column", name.as_str()), ("group", group.as_str())];
        metrics.gauge(
            "libchar_spc_violations",
            "Events of all rules",
            &labels,
            row.line.events as f64,
        );
    }
}

/// Whether a call is of many charts.
pub fn is_many(args: &Chart, ctx: &Context) -> Result<bool> {
    let kind = args.design.kind().unwrap_or(libchar_spc::chart::Kind::IMr);
    let set = match &args.baseline {
        Some(file) => baseline::is_set(ctx, file)?,
        None => false,
    };
    Ok(args.data.is_many(kind) || !args.more.is_empty() || args.output.is_some() || set)
}
