//! Many charts: every group and column of one or several files as one table, with one exit code.

use super::super::alerts::alerts;
use super::super::baseline;
use super::super::options::specifications;
use super::{Chart, choice, parameters};
use crate::context::Context;
use crate::exit::{Outcome, Usage, refused};
use crate::many::stems;
use crate::told::{measure, say};
use anyhow::Result;
use libchar_spc::chart::Kind;
use libchar_spc::data::{self, Groups, Prepared};
use libchar_spc::frozen::Frozen;
use libchar_spc::knowledge::Choice;
use libchar_spc::many_report::{Row, document, findings, frame, multiples, notes};
use libchar_spc::many_study::Plan;
use libchar_spc::picture::control_chart;
use libchar_spc::report::{Report, Show};
use libchar_spc::study::{Analysis, rules};
use std::path::Path;

pub fn run(args: &Chart, ctx: &Context) -> Result<Outcome> {
    refuse(args)?;
    let (design, given) = args.design.design()?;
    let frozen = args.baseline.as_deref().map(|file| baseline::read_any(ctx, file)).transpose()?;
    let specifications = specifications(ctx, args.spec.as_deref())?;
    ctx.begin("spc chart", parameters(args, &design));
    let choice = choice(ctx, &args.knowledge)?;
    let files: Vec<&String> = std::iter::once(&args.data.input).chain(&args.more).collect();
    let (design, is_deviation) = args.designed(frozen.as_ref().map(Frozen::first), design)?;
    let plan = Plan {
        rules: rules(&args.rules, &design).map_err(refused)?,
        design,
        given,
        frozen: frozen.as_ref(),
        specifications: &specifications,
        phase1: args.phase1,
        each_point: args.events,
        is_deviation,
        exclude: args.exclusion.asked(),
    };
    let mut all: Vec<Row> = Vec::new();
    let mut by: Vec<String> = Vec::new();
    let stems = match args.output {
        Some(_) => stems(files.iter().map(|file| file.as_str()))?,
        None => Vec::new(),
    };
    for (i, file) in files.iter().enumerate() {
        let rows = charts_of(args, ctx, &plan, file, &mut by)?;
        if let Some(folder) = &args.output {
            write(args, ctx, folder, &stems[i], &by, &rows, &choice)?;
        }
        all.extend(rows);
    }
    let several = files.len() > 1;
    if let Some(file) = &args.picture.svg {
        ctx.write(file, little_charts(&all, ctx).as_bytes())?;
    }
    ctx.answer(|| document(&by, &all, several), || frame(&by, &all, several))?;
    notes(&all).into_iter().for_each(|note| say(ctx, note));
    raise(ctx, &all, args.min_cpk);
    Ok(Outcome::found(findings(&all, args.min_cpk)))
}

/// Refuses options that apply to a single chart.
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

/// The charts of one file, groups first.
fn charts_of(
    args: &Chart,
    ctx: &Context,
    plan: &Plan,
    file: &str,
    by: &mut Vec<String>,
) -> Result<Vec<Row>> {
    let open = args.data.layout();
    let layout = plan.frozen.map_or_else(|| open.clone(), |frozen| frozen.adopt(&open));
    let source = ctx.read(file)?;
    let table = args.data.table(ctx, &source)?;
    let groups = Groups::new(&layout, table, plan.design.chart)?;
    groups.left_out.iter().for_each(|note| ctx.log.info("columns", note));
    by.clone_from(&groups.by);
    let rows = plan.rows(file, &layout, &groups, &source.bytes).map_err(refused)?;
    let charted = rows.iter().map(|row| (&row.item.group, &row.item.columns));
    if let Some(unused) = plan.frozen.and_then(|frozen| frozen.unused(charted)) {
        ctx.log.info("baseline", unused);
    }
    Ok(rows)
}

/// Small charts of all columns; if there are too many, the log says so.
fn little_charts(rows: &[Row], ctx: &Context) -> String {
    let (picture, cut) = multiples(rows);
    cut.iter().for_each(|note| ctx.log.warning("picture", note));
    picture
}

/// Writes the document and the picture of the charts of a file into a folder.
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
        let document = report.document(Show::All, knowledge.as_deref());
        let svg = control_chart(&report, &drawn, args.phase1);
        ctx.write_document(&path("json"), &document)?;
        return ctx.write(&path("svg"), svg.as_bytes());
    }
    ctx.write_document(&path("json"), &document(by, rows, false))?;
    ctx.write(&path("svg"), little_charts(rows, ctx).as_bytes())
}

fn report<'a>(args: &Chart, prepared: &'a Prepared, row: &Row, analysis: Analysis) -> Report<'a> {
    let notes = data::notes::notes(&analysis.design, &args.data.layout(), prepared);
    Report { prepared, analysis, excluded: row.excluded.clone(), notes, acknowledged: Vec::new() }
}

/// Raises one alert per chart that fired, up to a maximum, and sets gauges.
fn raise(ctx: &Context, rows: &[Row], min_cpk: Option<f64>) {
    let found: Vec<&Row> =
        rows.iter().filter(|row| row.line.events > 0 || row.is_below(min_cpk)).collect();
    let severity = |row: &Row| row.line.severity().name().to_owned();
    let raised = found.iter().map(|row| (severity(row), row.sentence(), row.details()));
    let all = rows.len();
    alerts(ctx, "spc", raised, |rest| format!("{rest} more of {all} charts have findings"));
    measure(ctx, rows.iter().map(Row::metric));
}

/// Whether a call is for many charts.
pub fn is_many(args: &Chart, ctx: &Context) -> Result<bool> {
    let kind = args.design.kind().unwrap_or(Kind::IMr);
    let set = match &args.baseline {
        Some(file) => baseline::is_set(ctx, file)?,
        None => false,
    };
    Ok(args.data.layout().is_many(kind) || !args.more.is_empty() || args.output.is_some() || set)
}
