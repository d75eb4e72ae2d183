//! `srt`: the report on the results: extremes, spread, limits, margins.

use crate::context::Context;
use crate::exit::Outcome;
use crate::{domain, presets, stage};
use anyhow::{Context as _, Result};
use clap::Args;
use libchar_core::config::Origin;
use libchar_core::number::{parse_spice, significant};
use libchar_core::{Fault, Faults, Format, atomic, frame};
use libchar_pvt::points;
use libchar_report::{
    BuildError, FILE, Preset, PresetError, Report, Results, Spec, Specs, Verdict,
};
use serde_json::json;
use std::path::Path;

/// The three forms of the report.
const TEXT: &str = "creport.txt";
const CSV: &str = "creport.csv";
const JSON: &str = "creport.json";

const EXAMPLES: &str = "\
Examples:
  libchar srt                      write creport.txt, creport.csv and creport.json of the domain
  libchar srt --format table       the same, and print the report
  libchar ext - | libchar srt -    read the results from a pipe, and print the report

Limits stand in libchar.toml:
  [report]
  typ = \"TT/typical/typical_25/v1nom\"
  [specs.tphl]
  max = \"30p\"
  unit = \"s\"
  corners.\"SS,SF\".max = \"40p\"

Exit code 1: a limit is not kept, or a measure failed or is missing somewhere.";

/// Sort the results into a report with extremes, limits and margins
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Srt {
    /// Results as `ext` writes them, or `-` for standard input [default: results.csv]
    #[arg(value_name = "FILE")]
    input: Option<String>,
    /// The typical point [default: report.typ]
    #[arg(long, value_name = "POINT")]
    typ: Option<String>,
}

pub fn run(args: Srt, ctx: &Context) -> Result<Outcome> {
    stage::run("srt", ctx, || sort(&args, ctx))
}

fn sort(args: &Srt, ctx: &Context) -> Result<Outcome> {
    let input = args.input.as_deref().unwrap_or(FILE);
    let typ = args.typ.as_deref().or(ctx.config.text("report.typ"));
    ctx.begin("srt", json!({ "input": input, "typ": typ }));
    let piped = input == "-";
    // A pipe is read to its end first: the stages before it are still at work.
    let early = if piped { Some(ctx.read(input)?) } else { None };
    let _lock = if piped {
        ctx.lock_after_pipe(Path::new("."), "srt")?
    } else {
        ctx.lock(Path::new("."), "srt")?
    };
    let source = match early {
        Some(source) => source,
        None => ctx.read(input).context("no results: run `libchar ext` first")?,
    };
    let results = Results::parse(&source.name, &source.bytes)?;
    let report = build(ctx, &results, &specs(ctx)?, typ)?;
    write(ctx, &report)?;
    tell(ctx, &report);
    if piped || ctx.options.format.is_some() {
        print(ctx, &report)?;
    }
    Ok(outcome(&report))
}

/// What a report means for the exit code.
pub fn outcome(report: &Report) -> Outcome {
    Outcome::found(report.failures() + report.faulty())
}

/// Prints a report: as text on a terminal, else its summary in the chosen format.
pub fn print(ctx: &Context, report: &Report) -> Result<()> {
    match ctx.format() {
        Format::Table => ctx.write("-", libchar_report::text(report).as_bytes()),
        Format::Json => ctx.write_document("-", &libchar_report::json(report)),
        Format::Csv | Format::Jsonl => ctx.print(&libchar_report::summary(report)),
    }
}

fn build(ctx: &Context, results: &Results, specs: &Specs, typ: Option<&str>) -> Result<Report> {
    let presets = presets(results)?;
    match libchar_report::build(results, specs, &presets, typ) {
        Ok(report) => Ok(report),
        Err(BuildError::UnknownTyp(typ, near)) => {
            // The results may be a part of the domain: its other points are known, and simply not here.
            let elsewhere = Path::new(points::FILE).exists()
                && domain::read_points(ctx)?.iter().any(|point| point.id == typ);
            if !elsewhere {
                let mut fault = Fault::of("report.typ", format!("unknown point `{typ}`"));
                fault.nearest = near;
                return Err(Faults::from(fault.expected("a point of the results")).into());
            }
            ctx.log.warning("srt", format!("the typical point {typ} is not among these results"));
            libchar_report::build(results, specs, &presets, None)
                .map_err(|_| anyhow::anyhow!("a report without a typical point cannot lack it"))
        }
    }
}

/// What the domain knows of presets, if any result was simulated with one.
fn presets(results: &Results) -> Result<Vec<Preset>> {
    if !results.has_presets() {
        return Ok(Vec::new());
    }
    let percent = |error: f64| significant(100.0 * error, 3).parse().unwrap_or(100.0 * error);
    let known = presets::read(Path::new("."))?.into_values().map(|preset| {
        let measured = preset.measured.as_ref();
        let errors = measured.into_iter().flat_map(|measured| &measured.errors);
        Preset {
            name: preset.name,
            options: Some(preset.options.text()),
            tolerance_pct: measured.map(|measured| percent(measured.tolerance)),
            errors: errors
                .map(|(measure, errors)| PresetError {
                    measure: measure.clone(),
                    error_pct: percent(errors.sample),
                    verified_pct: errors.verified.map(percent),
                })
                .collect(),
        }
    });
    Ok(known.collect())
}

fn write(ctx: &Context, report: &Report) -> Result<()> {
    let mut json = Vec::new();
    frame::write_json(&mut json, &libchar_report::json(report))?;
    let csv = libchar_report::summary(report).to_csv();
    // The text is what people look for: it comes last and stands for the whole.
    for (path, bytes) in
        [(CSV, csv), (JSON, json), (TEXT, libchar_report::text(report).into_bytes())]
    {
        atomic::write_if_changed(Path::new(path), &bytes)
            .with_context(|| format!("cannot write {path}"))?;
        ctx.produces(Path::new(path));
    }
    Ok(())
}

/// Says which limits are not kept.
fn tell(ctx: &Context, report: &Report) {
    for group in report.groups.iter().filter(|group| group.verdict() == Verdict::Fail) {
        let worst = group.margin().filter(|(margin, _)| margin.value < 0.0);
        let message = match worst {
            _ if group.rows.is_empty() => "a limit is set, and no point has the measure".to_owned(),
            Some((margin, _)) => {
                let missed = libchar_report::quantity::rounded(-margin.value, &group.unit);
                format!("a limit is missed by {missed} at {}", margin.row.point)
            }
            None => "points without a value, where a limit is set".to_owned(),
        };
        ctx.log.warning("limit", format!("{}: FAIL: {message}", group.measure));
    }
    let help = "Measures of the last report by result";
    for verdict in [Verdict::Open, Verdict::Pass, Verdict::Fail] {
        let count = report.groups.iter().filter(|group| group.verdict() == verdict).count();
        let labels = [("result", verdict.word())];
        ctx.metrics.borrow_mut().gauge("libchar_report_measures", help, &labels, count as f64);
    }
    ctx.log.info(
        "srt",
        format!(
            "{} points, {} measures, {} limits missed, {} values lacking -> {TEXT}",
            report.points(),
            report.groups.len(),
            report.failures(),
            report.faulty()
        ),
    );
}

/// The limits of the configuration.
///
/// # Errors
/// Every limit that contradicts another, with its place.
pub fn specs(ctx: &Context) -> Result<Specs> {
    let mut specs = Specs::default();
    let mut faults = Vec::new();
    for (measure, table) in &ctx.config.section("specs") {
        let Some(table) = table.as_table() else { continue };
        let mut spec = Spec {
            unit: table.get("unit").and_then(toml::Value::as_str).unwrap_or_default().to_owned(),
            everywhere: limits(table),
            ..Spec::default()
        };
        for (set, table) in
            table.get("corners").and_then(toml::Value::as_table).into_iter().flatten()
        {
            if let Some(table) = table.as_table() {
                spec.corners.insert(set.clone(), limits(table));
            }
        }
        for (key, what) in spec.faults() {
            faults.push(fault(ctx, measure, &key, what));
        }
        if specs.0.insert(measure.to_ascii_lowercase(), spec).is_some() {
            let what =
                "a second table for the measure: upper and lower case are the same".to_owned();
            faults.push(fault(ctx, measure, "", what));
        }
    }
    Ok(Faults::or(specs, faults)?)
}

fn limits(table: &toml::Table) -> (Option<f64>, Option<f64>) {
    let limit = |name: &str| match table.get(name)? {
        toml::Value::Float(value) => Some(*value),
        toml::Value::Integer(value) => Some(*value as f64),
        toml::Value::String(text) => parse_spice(text),
        _ => None,
    };
    (limit("min"), limit("max"))
}

/// A fault at the first setting of a measure's table.
fn fault(ctx: &Context, measure: &str, key: &str, what: String) -> Fault {
    let place = ctx.config.iter().find_map(|(path, setting)| {
        let inner = path.strip_prefix("specs.")?;
        let named = inner.trim_start_matches('"').starts_with(measure);
        match &setting.origin {
            Origin::File(file, line) if named => Some((file.clone(), *line)),
            _ => None,
        }
    });
    let (file, line) = place.unwrap_or_else(|| ("configuration".to_owned(), 0));
    let key = if key.is_empty() { String::new() } else { format!(".{key}") };
    Fault::at(file, line, 0, format!("specs.{measure}{key}: {what}"))
}
