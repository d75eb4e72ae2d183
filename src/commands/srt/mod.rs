//! `srt`: makes the report on the results: extremes, spread, limits, margins.

mod samples;

use super::adopt::ADOPTED;
use crate::context::Context;
use crate::effect;
use crate::exit::Outcome;
use crate::freshness::{self, Older};
use crate::{domain, stage};
use anyhow::{Context as _, Result};
use clap::Args;
use libchar_campaign::setting::specs;
use libchar_campaign::status::Status;
use libchar_campaign::{axes, presets};
use libchar_core::words::count;
use libchar_core::{Fault, Faults, Format, frame};
use libchar_files::atomic;
use libchar_pvt::points;
use libchar_report::{BuildError, FILE, Part, Preset, Report, Results, Specs, Verdict};
use samples::Samples;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The three forms of the report.
const TEXT: &str = "creport.txt";
const CSV: &str = "creport.csv";
const JSON: &str = "creport.json";

const EXAMPLES: &str = "\
Examples:
  libchar srt                      write creport.txt, creport.csv and creport.json of the domain
  libchar srt --format table       the same, and print the report
  libchar srt --pictures plots     histograms, quantiles and scatter of samples, and swept axes, as SVG
  libchar ext - | libchar srt -    read the results from a pipe, and print the report

Limits are set in libchar.toml:
  [report]
  typ = \"TT/typical/typical_25/v1nom\"
  [specs.tphl]
  max = \"30p\"
  unit = \"s\"
  corners.\"SS,SF\".max = \"40p\"

Exit code 1: a limit is missed, or a measure failed or is missing somewhere.";

/// Sort the results into a report with extremes, limits and margins
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Srt {
    /// Results as `ext` writes them, or `-` for standard input [default: results.csv]
    #[arg(value_name = "FILE")]
    input: Option<String>,
    /// Typical point [default: report.typ]
    #[arg(long, value_name = "POINT")]
    typ: Option<String>,
    /// Draw samples (histogram, normal quantiles, scatter) and swept axes (lines, contours) as SVG files into this folder
    #[arg(long, value_name = "DIR")]
    pictures: Option<PathBuf>,
    /// Exit 1 if all results are equal along corners, temperatures, supplies or a swept axis
    #[arg(long)]
    require_effect: bool,
}

pub fn run(args: Srt, ctx: &Context) -> Result<Outcome> {
    stage::run("srt", ctx, || sort(&args, ctx))
}

fn sort(args: &Srt, ctx: &Context) -> Result<Outcome> {
    let input = args.input.as_deref().unwrap_or(FILE);
    let typ = args.typ.as_deref().or(ctx.config.text("report.typ"));
    ctx.begin("srt", json!({ "input": input, "typ": typ }));
    let piped = input == "-";
    // A pipe is read to its end first, because the stages before this one are still running.
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
    let shown = if piped { Shown::Pipe } else { Shown::File(Path::new(input) == Path::new(FILE)) };
    let mut outcome = of_results(ctx, &results, typ, (shown, args.pictures.as_deref()))?;
    let without_effect = effect::tell_of_results(&results, ctx);
    if args.require_effect && outcome == Outcome::Fine {
        outcome = Outcome::found(without_effect);
    }
    Ok(outcome)
}

/// The source of the results of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// A pipe. Results of a part of the domain never replace its report.
    Pipe,
    /// A selection by the user, which does not replace the report either.
    Choice,
    /// A file; true for the domain's own results.
    File(bool),
}

/// Judges results, writes or prints the report and the pictures of samples, and reports what is
/// wrong.
pub fn of_results(
    ctx: &Context,
    results: &Results,
    typ: Option<&str>,
    (shown, pictures): (Shown, Option<&Path>),
) -> Result<Outcome> {
    let is_part = matches!(shown, Shown::Pipe | Shown::Choice);
    let specs = specs(&ctx.config)?;
    let mut report = build(ctx, results, &specs, typ)?;
    let samples = Samples::of(ctx, results, &specs)?;
    report.part = part(ctx, &report, is_part)?;
    if shown != Shown::File(false) {
        let older = older(ctx, results, !is_part)?;
        report.stale = freshness::stale(&older);
        report.adopted = adopted(results);
    }
    // A report on some of the points never replaces the report on all of them.
    if let (true, Some(Part { of, .. })) = (is_part, report.part) {
        let n = report.points();
        let how = if shown == Shown::Pipe { "came through the pipe" } else { "are chosen" };
        let of = count(of, "point");
        let message = format!("{n} of {of} {how}: the domain's own report stays");
        ctx.log.info("part", message);
    } else {
        write(ctx, &report, &samples)?;
    }
    if let Some(folder) = pictures {
        samples.draw(folder, results, &specs, ctx)?;
    }
    tell(ctx, &report);
    samples.tell(ctx);
    if is_part || ctx.options.format.is_some() {
        print_with(ctx, &report, &samples)?;
    }
    Ok(match outcome(&report) {
        Outcome::Fine => Outcome::found(samples.without_value()),
        outcome => outcome,
    })
}

/// Number of points whose results are adopted.
fn adopted(results: &Results) -> usize {
    let points: BTreeSet<&str> = results.rows.iter().map(|row| row.point.as_str()).collect();
    let version = |id: &&str| Status::read(id).map(|status| status.version);
    points.iter().filter(|id| version(id).as_deref() == Some(ADOPTED)).count()
}

/// Warns of everything that is out of date, in one line each.
fn older(ctx: &Context, results: &Results, is_file: bool) -> Result<Vec<Older>> {
    if !Path::new(points::FILE).exists() {
        return Ok(Vec::new());
    }
    let older = freshness::of_results(ctx, &domain::read_points(ctx)?, results, is_file);
    older.iter().for_each(|older| freshness::tell(older, ctx));
    Ok(older)
}

/// Whether a report differs from one of the present results and limits.
pub fn differs(ctx: &Context, results: &Results, shown: &Report) -> bool {
    let Ok(specs) = specs(&ctx.config) else { return true };
    let Ok(mut now) = build(ctx, results, &specs, shown.typ.as_deref()) else { return true };
    now.part = shown.part;
    now.stale = shown.stale.clone();
    now.adopted = shown.adopted;
    let same = Samples::of(ctx, results, &specs).is_ok_and(|samples| samples.is_written());
    !same || libchar_report::text(&now) != libchar_report::text(shown)
}

/// The outcome of a report; a report without points is a finding, too.
pub fn outcome(report: &Report) -> Outcome {
    let (not_judged, _) = report.not_judged();
    let nothing = usize::from(report.points() == 0 && report.part.is_some());
    Outcome::found(report.failures() + report.faulty() + not_judged + report.lacking() + nothing)
}

/// The part of the domain that a report covers, if it is not all of it. Results from a pipe are a
/// selection.
fn part(ctx: &Context, report: &Report, piped: bool) -> Result<Option<Part>> {
    if !Path::new(points::FILE).exists() {
        return Ok(None);
    }
    let of = domain::read_points(ctx)?.len();
    Ok((report.points() < of).then_some(Part { of, chosen: piped }))
}

/// The report as JSON, with the axes of its points.
fn document(ctx: &Context, report: &Report, samples: &Samples) -> Result<Value> {
    let mut document = libchar_report::json(report);
    let known = match Path::new(points::FILE).exists() {
        true => domain::read_points(ctx)?,
        false => Vec::new(),
    };
    document["axes"] = axes::of(report, &known);
    samples.add_to(&mut document);
    Ok(document)
}

/// Prints a report: as text on a terminal, else its summary in the chosen format.
pub fn print(ctx: &Context, report: &Report) -> Result<()> {
    print_with(ctx, report, &Samples::default())
}

fn print_with(ctx: &Context, report: &Report, samples: &Samples) -> Result<()> {
    match ctx.format() {
        Format::Table => ctx.write("-", libchar_report::text(report).as_bytes()),
        Format::Json => ctx.write_document("-", &document(ctx, report, samples)?),
        Format::Csv | Format::Jsonl => ctx.print(&libchar_report::summary(report)),
    }
}

fn build(ctx: &Context, results: &Results, specs: &Specs, typ: Option<&str>) -> Result<Report> {
    let presets = presets(ctx, results)?;
    match libchar_report::build(results, specs, &presets, typ) {
        Ok(report) => Ok(report),
        Err(BuildError::UnknownTyp(typ, near)) => {
            // If the results are a part of the domain, the typical point may be known and only
            // missing here.
            let elsewhere = Path::new(points::FILE).exists()
                && domain::read_points(ctx)?.iter().any(|point| point.id == typ);
            if !elsewhere {
                let key = "report.typ";
                let is_set = ctx.config.text(key) == Some(typ.as_str());
                let place = if is_set { key } else { "--typ" };
                let mut fault = Fault::of(place, format!("unknown point `{typ}`"));
                fault.nearest = near;
                return Err(Faults::from(fault.expected("a point of the results")).into());
            }
            ctx.log.warning("srt", format!("the typical point {typ} is not among these results"));
            libchar_report::build(results, specs, &presets, None)
                .map_err(|_| anyhow::anyhow!("a report without a typical point cannot lack it"))
        }
    }
}

/// The presets of the domain, if any result was simulated with one.
fn presets(ctx: &Context, results: &Results) -> Result<Vec<Preset>> {
    if !results.has_presets() {
        return Ok(Vec::new());
    }
    ctx.depends(Path::new(presets::FILE));
    Ok(presets::for_report(presets::read(Path::new("."))?.into_values()))
}

fn write(ctx: &Context, report: &Report, samples: &Samples) -> Result<()> {
    samples.write(ctx)?;
    let mut json = Vec::new();
    frame::write_json(&mut json, &document(ctx, report, samples)?)?;
    let csv = libchar_report::summary(report).to_csv();
    // The text report comes last: if it exists, the other files are complete.
    for (path, bytes) in
        [(CSV, csv), (JSON, json), (TEXT, libchar_report::text(report).into_bytes())]
    {
        atomic::write_if_changed(Path::new(path), &bytes)
            .with_context(|| format!("cannot write {path}"))?;
        ctx.produces(Path::new(path));
    }
    Ok(())
}

/// Reports which limits are missed, and which have no value to compare with.
fn tell(ctx: &Context, report: &Report) {
    for group in &report.groups {
        let message = match (group.verdict(), group.margin()) {
            (Verdict::Fail, Some((worst, _))) => format!(
                "FAIL: a limit is missed by {} at {}",
                libchar_report::quantity::rounded(-worst.value, &group.unit),
                worst.row.point
            ),
            (Verdict::NotJudged, _) if group.rows.is_empty() => {
                "not judged: a limit is set, and no point has the measure".to_owned()
            }
            (Verdict::NotJudged, _) => {
                format!(
                    "not judged because a value is missing at {}",
                    count(group.not_judged(), "point")
                )
            }
            _ => continue,
        };
        ctx.log.warning("limit", format!("{}: {message}", group.measure));
    }
    if report.lacking() > 0 {
        let message =
            format!("{} of the domain have no results here", count(report.lacking(), "point"));
        ctx.log.warning("part", message);
    }
    let help = "Measures of the last report by result";
    for verdict in [Verdict::Open, Verdict::Pass, Verdict::NotJudged, Verdict::Fail] {
        let count = report.groups.iter().filter(|group| group.verdict() == verdict).count();
        let labels = [("result", verdict.word())];
        ctx.metrics.borrow_mut().gauge("libchar_report_measures", help, &labels, count as f64);
    }
    let is_written = !report.part.is_some_and(|part| part.chosen);
    let written = if is_written { format!(" -> {TEXT}") } else { String::new() };
    let not_judged = match report.not_judged() {
        (0, _) => String::new(),
        (limits, 0) => format!("{limits} not judged, "),
        (limits, points) => format!("{limits} not judged at {}, ", count(points, "point")),
    };
    ctx.log.info(
        "srt",
        format!(
            "{}, {}, {} missed, {not_judged}{} lacking{written}",
            count(report.points(), "point"),
            count(report.groups.len(), "measure"),
            count(report.failures(), "limit"),
            count(report.faulty(), "value")
        ),
    );
}
