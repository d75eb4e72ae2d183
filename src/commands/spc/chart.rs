mod many;
mod many_rows;

use super::acknowledged::{self, Acknowledged};
use super::columns::Skipped;
use super::condition::Condition;
use super::options::{self, DataArgs, DesignArgs, unfit};
use super::points::{self, Prepared};
use super::report::{Report, Show};
use super::{baseline, picture};
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use clap::{Args, ValueEnum};
use libchar_core::{Fault, Faults, Table};
use libchar_history::Alert;
use libchar_spc::baseline::Excluded;
use libchar_spc::chart::{Data, Design, Kind, dispersion, levene};
use libchar_spc::describe::lag1;
use libchar_spc::estimated;
use libchar_spc::knowledge::{Knowledge, SHIPPED};
use libchar_spc::rules::{Pattern, Rule};
use libchar_spc::study::Study;
use serde_json::json;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Chart a measured column and flag what does not look like chance
#[derive(Args)]
#[command(after_long_help = "\
Examples:
  libchar spc chart run.csv -c tox_nm --rules nelson
  libchar spc chart run.csv -c tox_nm --chart xbar-r --subgroup-size 5 --format json
  libchar spc chart run.csv -c tox_nm --chart ewma --lambda 0.1 --width 2.7 --svg ewma.svg
  libchar spc chart defects.csv -c defects --chart u --sample-size wafers
  libchar spc limits march.csv -c tox_nm > tox.json && libchar spc chart april.csv -c tox_nm --baseline tox.json
  libchar spc chart fab.csv --columns '*_nm' --by tool,recipe --spec spec.csv --svg fab.svg       many charts, one table
  libchar spc chart mon.csv tue.csv -c tox_nm -o charts/                                          many files

Rules: rule1, we, nelson, westgard, aiag, none; some of a set (we1, n1-4, n125678, 1_3s); custom: 2of3@2 (k of m
beyond z sigma), run7, trend7, alternate12, within14@1, outside8@1, mixture8@1. The result names the in-control run
length of the chosen set: all eight Nelson rules alarm every 74 points on a process that has nothing wrong.

Exit code 1 when a rule fired.")]
pub struct Chart {
    #[command(flatten)]
    data: DataArgs,
    /// More files, each charted alone
    #[arg(value_name = "INPUT")]
    more: Vec<String>,
    #[command(flatten)]
    design: DesignArgs,
    /// Rules to judge by: sets, members or custom patterns
    #[arg(long, value_name = "LIST", default_value = "rule1", help_heading = "Rules")]
    rules: String,
    /// One event for each maximal run of signalling points, or for each such point
    #[arg(long, value_enum, default_value_t = EventMode::Run, help_heading = "Rules")]
    events: EventMode,
    /// Causes and actions: auto (by the column's name), furnace, litho, metrology, none, or a TOML file
    #[arg(long, value_name = "NAME|FILE", default_value = "auto", help_heading = "Rules")]
    knowledge: String,
    /// Judge against frozen limits that `spc limits` wrote
    #[arg(long, value_name = "FILE", conflicts_with_all = [
        "phase1", "stage", "sigma", "center", "width", "span", "lambda", "limits", "k", "h", "head_start", "fir",
        "confidence", "covariance", "like", "guarantee", "exclude", "target_arl", "phi", "mean",
    ])]
    baseline: Option<String>,
    /// Compute limits from the first N points and judge all
    #[arg(long, value_name = "N", conflicts_with = "stage")]
    phase1: Option<usize>,
    #[command(flatten)]
    exclusion: Exclusion,
    /// What to print [default: all as json, violations as csv and jsonl, summary and violations as a table]
    #[arg(long, value_enum)]
    show: Option<Show>,
    /// Folder for the document and the picture of each file
    #[arg(short, long, value_name = "DIR")]
    output: Option<String>,
    /// Specification limits of many charts, a table of column, lsl, usl, target: Cpk in the table
    #[arg(long, value_name = "FILE")]
    spec: Option<String>,
    /// Exit 1 when a Cpk of --spec falls below this
    #[arg(long, value_name = "INDEX", requires = "spec")]
    min_cpk: Option<f64>,
    #[command(flatten)]
    picture: picture::PictureArgs,
}

/// Points that make no limits.
#[derive(Args, Clone)]
pub struct Exclusion {
    /// Leave points out of the limits and raise no alarm there: point 7, points 7-9, or a condition such as 'lot == L12'; with --reason
    #[arg(long, value_name = "POINTS|CONDITION", requires = "reason", help_heading = "Data")]
    pub exclude: Vec<String>,
    /// Why; recorded in the baseline and the result
    #[arg(long, value_name = "TEXT", requires = "exclude", help_heading = "Data")]
    pub reason: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum EventMode {
    Run,
    Point,
}

pub fn run(args: &Chart, ctx: &Context) -> Result<Outcome> {
    if many::is_many(args, ctx)? {
        return many::run(args, ctx);
    }
    if args.spec.is_some() {
        let message = "--spec is for many charts; one takes --lsl and --usl, or spc capability";
        return Err(Usage(message.to_owned()).into());
    }
    let (mut design, given) = args.design.design()?;
    let frozen = args.baseline.as_deref().map(|file| baseline::read(ctx, file)).transpose()?;
    let mut is_deviation = args.design.is_deviation();
    if let Some(frozen) = &frozen {
        let file = args.baseline.as_deref().unwrap_or_default();
        baseline::check_kind(frozen, args.design.kind(), file)?;
        design = frozen.design.clone();
        is_deviation = frozen.deviation;
    }
    let rules = options::rules(&args.rules, &design)?;
    let knowledge = Choice::parse(ctx, &args.knowledge)?;
    ctx.begin("spc chart", parameters(args, &design));
    let data = frozen.as_ref().map_or_else(|| args.data.clone(), |frozen| args.data.adopt(frozen));
    let source = ctx.read(&data.input)?;
    let table = data.table(ctx, &source)?;
    let prepared = points::shape(&data, &table, &source.bytes, &design, is_deviation)?;
    if let Some(frozen) = &frozen {
        frozen
            .check(&prepared.columns, prepared.subgroup_size())
            .map_err(|e| unfit(&prepared.file, e))?;
    }
    let excluded = exclude(&args.exclusion, &table, &prepared)?;
    let mut notes = notes(&design, &data, &prepared);
    let rules = guaranteed(&mut design, args.design.guarantee, &prepared, rules, &mut notes)?;
    let study = Study {
        given,
        frozen: frozen.map(|frozen| frozen.parameters),
        phase1: args.phase1,
        each_point: args.events == EventMode::Point,
        excluded: excluded.iter().map(|point| point.point - 1).collect(),
        ..Study::new(design, rules)
    };
    if args.phase1.is_some_and(|count| count > prepared.data.len()) {
        let (count, points) = (args.phase1.unwrap_or(0), prepared.data.len());
        return Err(Usage(format!("--phase1 {count} is more than the {points} points")).into());
    }
    let analysis = study.analyse(&prepared.data, &prepared.stages).map_err(|error| {
        anyhow::Error::from(Faults::from(Fault::of(&prepared.file, error.to_string())))
    })?;
    let mut report =
        Report { prepared: &prepared, analysis, excluded, notes, acknowledged: Vec::new() };
    let knowledge = knowledge.of(&report.column());
    let knowledge = knowledge.as_deref();
    report.acknowledged = acknowledged(ctx, &report);
    warn_skipped(ctx, &prepared);
    for note in report.notes.iter().chain(&report.analysis.unjudged()) {
        ctx.log.warning("chart", note);
    }
    let drawn = args.picture.prepare(ctx)?;
    report.print(ctx, args.show, knowledge)?;
    if let Some(file) = &args.picture.svg {
        let svg = picture::control_chart(&report, &drawn, args.phase1);
        ctx.write(file, svg.as_bytes())?;
    }
    raise(ctx, &report, knowledge);
    Ok(Outcome::found(report.analysis.findings()))
}

/// The points that `--exclude` names, ascending.
///
/// # Errors
/// What is no point and no condition, and that there is none.
pub fn exclude(args: &Exclusion, table: &Table, prepared: &Prepared) -> Result<Vec<Excluded>> {
    let found = excluded_points(args, table, prepared)?;
    match found.is_empty() && !args.exclude.is_empty() {
        true => {
            Err(Usage(format!("--exclude `{}` names no point", args.exclude.join("`, `"))).into())
        }
        false => Ok(found),
    }
}

/// The points of one of many charts that `--exclude` names, ascending.
///
/// # Errors
/// What is no point and no condition.
pub fn excluded_points(
    args: &Exclusion,
    table: &Table,
    prepared: &Prepared,
) -> Result<Vec<Excluded>> {
    let reason = args.reason.clone().unwrap_or_default();
    let mut found: BTreeSet<usize> = BTreeSet::new();
    for text in &args.exclude {
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        if let (Ok(first), Ok(last)) = (first.trim().parse::<usize>(), last.trim().parse::<usize>())
        {
            let points = prepared.data.len();
            if first == 0 || last < first || last > points {
                let message = format!("--exclude {text}: points are 1 to {points}");
                return Err(Usage(message).into());
            }
            found.extend(first - 1..last);
            continue;
        }
        let rows = Condition::parse(text)?.rows(table)?;
        let lines = rows.iter().enumerate().filter(|(_, is)| **is).map(|(row, _)| table.line(row));
        found.extend(lines.filter_map(|line| prepared.point_of_line(line)));
    }
    let told = found.into_iter().map(|i| Excluded {
        point: i + 1,
        line: prepared.lines[i],
        label: prepared.labels.get(i).cloned(),
        reason: reason.clone(),
    });
    Ok(told.collect())
}

/// What the data say against the chart that was asked for.
pub fn notes(design: &Design, args: &DataArgs, prepared: &Prepared) -> Vec<String> {
    let mut notes = Vec::new();
    match &prepared.data {
        Data::Measured(groups) if design.chart == Kind::IMr && groups.len() >= 10 => {
            let lag1 = lag1(groups.values()).unwrap_or(0.0);
            if lag1.abs() > 2.0 / (groups.len() as f64).sqrt() {
                let effect = if lag1 > 0.0 { "too narrow" } else { "too wide" };
                notes.push(format!(
                    "neighbours are correlated (lag-1 autocorrelation {lag1:.2}): limits that assume independence are {effect}; see --model ar1 and ewma"
                ));
            }
        }
        Data::Counts { counts, sizes } => {
            if let Some(sigma_z) = dispersion(design, counts, sizes).filter(|z| *z > 1.2)
                && sizes.iter().sum::<f64>() / sizes.len() as f64 >= 1000.0
            {
                notes.push(format!(
                    "the counts are over-dispersed (sigma_z {sigma_z:.2}): see --chart laney-{}",
                    design.chart.name()
                ));
            }
        }
        _ => {}
    }
    let part = args.part.as_ref().filter(|_| args.nominal.is_some());
    if let (Some(part), Data::Measured(groups)) = (part, &prepared.data)
        && let Some((_, labels)) = prepared.context.iter().find(|(name, _)| name == part)
        && let Some(p) = levene(&groups.means(), labels).filter(|p| *p < 0.05)
    {
        notes.push(format!(
            "the parts have different spreads (Levene p {p:.2e}): deviations from nominal share no limits; see --chart z-mr"
        ));
    }
    notes
}

/// Wider limits that keep the false-alarm rate nominal in the stated share of Phase I samples; rule 1 moves with them.
pub fn guaranteed(
    design: &mut Design,
    share: Option<f64>,
    prepared: &Prepared,
    rules: Vec<Rule>,
    notes: &mut Vec<String>,
) -> Result<Vec<Rule>> {
    let Some(share) = share else {
        return Ok(rules);
    };
    let points = prepared.data.len();
    let spread = estimated::spread_of(design, points, prepared.subgroup_size().unwrap_or(0))
        .ok_or_else(|| Usage("--guarantee is for i-mr (mr, overall), xbar-r and xbar-s charts of subgroups of one size".to_owned()))?;
    let found = estimated::shewhart(points, spread, design.width, share).map_err(options::usage)?;
    let before = design.width;
    design.width = found.width_guaranteed;
    notes.push(format!(
        "the limits stand at {:.3} sigma: {} % of such Phase I samples alarm at most at the rate of {before} sigma",
        design.width,
        100.0 * share
    ));
    let moved = rules.into_iter().map(|mut rule| {
        if let Pattern::Beyond { k: 1, m: 1, z } = &mut rule.pattern
            && *z == before
        {
            *z = design.width;
        }
        rule
    });
    Ok(moved.collect())
}

/// Where causes and actions come from.
pub enum Choice {
    /// The shipped file that is about the column.
    Auto,
    /// One for every column, or none.
    Fixed(Option<Knowledge>),
}

impl Choice {
    /// What `--knowledge` names.
    pub fn parse(ctx: &Context, name: &str) -> Result<Choice> {
        Ok(if name == "auto" { Choice::Auto } else { Choice::Fixed(knowledge(ctx, name)?) })
    }

    /// What is known of a column.
    pub fn of(&self, column: &str) -> Option<Cow<'_, Knowledge>> {
        match self {
            Choice::Auto => Some(Cow::Owned(Knowledge::about(column))),
            Choice::Fixed(known) => known.as_ref().map(Cow::Borrowed),
        }
    }
}

/// The knowledge that `--knowledge` names.
pub fn knowledge(ctx: &Context, name: &str) -> Result<Option<Knowledge>> {
    if name == "none" {
        return Ok(None);
    }
    if let Some(shipped) = Knowledge::shipped(name) {
        return Ok(Some(shipped));
    }
    let source = match ctx.read(name) {
        Ok(source) => source,
        Err(_) if !name.contains(['.', '/']) => {
            let names: Vec<&str> = ["auto"]
                .into_iter()
                .chain(SHIPPED.iter().map(|(name, _)| *name))
                .chain(["none"])
                .collect();
            let fault = Fault::of("--knowledge", format!("unknown knowledge `{name}`"));
            return Err(Faults::from(fault.one_of(name, names)).into());
        }
        Err(error) => return Err(error),
    };
    let text = libchar_core::input::text(&source.name, &source.bytes).map_err(Faults::from)?;
    let parsed = Knowledge::parse(text).map_err(|error| {
        let offset = error.span.clone().map_or(0, |span| span.start);
        let fault = Fault::at_offset(&source.name, text, offset, error.message);
        let typed = error.span.and_then(|span| text.get(span)).unwrap_or_default();
        match error.expected.is_empty() {
            true => Faults::from(fault),
            false => Faults::from(fault.one_of(typed, error.expected)),
        }
    })?;
    Ok(Some(parsed))
}

/// Alarms of a chart that somebody has acknowledged.
fn acknowledged(ctx: &Context, report: &Report) -> Vec<Acknowledged> {
    let column = report.column();
    if report.analysis.findings() == 0 {
        return Vec::new();
    }
    let known = acknowledged::of_column(ctx, &column);
    // A million points have many alarms, which nobody needs where none is known.
    if known.is_empty() {
        return Vec::new();
    }
    let violations = report.analysis.violations(&column, None);
    let placed = violations.iter().map(|(_, violation)| {
        (violation, report.prepared.context_of(violation.timestamp_index - 1))
    });
    acknowledged::find(&known, placed)
}

/// What the history keeps of the call.
fn parameters(args: &Chart, design: &Design) -> serde_json::Value {
    json!({
        "input": args.data.input, "columns": args.data.columns, "design": design,
        "rules": args.rules, "subgroup_size": args.data.subgroup_size,
        "subgroup": args.data.subgroup, "sample_size": args.data.sample_size,
        "stage": args.data.stage, "baseline": args.baseline, "phase1": args.phase1,
        "knowledge": args.knowledge,
    })
}

/// Says how many cells were left out: nothing is dropped silently.
pub fn warn_skipped(ctx: &Context, prepared: &Prepared) {
    say_skipped(ctx, &prepared.skipped);
}

/// Says how many cells were left out.
pub fn say_skipped(ctx: &Context, skipped: &[Skipped]) {
    if let Some(first) = skipped.first() {
        let place = format!("line {}, column `{}`", first.line, first.column);
        let message = match skipped.len() {
            1 => format!("1 cell without a number was left out, in {place}"),
            n => format!("{n} cells without a number were left out, the first in {place}"),
        };
        ctx.log.warning("skipped", message);
    }
}

/// One alert in the history for each rule that fired, and a gauge of their number.
fn raise(ctx: &Context, report: &Report, knowledge: Option<&Knowledge>) {
    let column = report.column();
    for (signals, violation) in report.analysis.fired(&column, knowledge) {
        let (rule, panel) = (violation.rule_id.clone(), violation.panel);
        let at = report.prepared.context_of(violation.timestamp_index - 1);
        let place: String = at.iter().map(|(name, text)| format!(", {name} {text}")).collect();
        let message = format!(
            "{column}: {} on the {panel} panel at point {}{place}",
            violation.rule_name, violation.timestamp_index
        );
        let mut details = json!(violation);
        if !at.is_empty() {
            details["at"] = json!(at);
        }
        ctx.journal.alert(Alert {
            source: "spc".to_owned(),
            severity: violation.severity.name().to_ascii_lowercase(),
            message,
            details: Some(details.to_string()),
        });
        ctx.metrics.borrow_mut().gauge(
            "libchar_spc_signals",
            "Points that completed a rule",
            &[("column", &column), ("panel", panel), ("rule", &rule)],
            signals as f64,
        );
    }
    if let Some(message) = report.analysis.shifted() {
        ctx.journal.alert(Alert {
            source: "spc".to_owned(),
            severity: "warning".to_owned(),
            message: format!("{column}: {message}"),
            details: None,
        });
    }
    let help = "Events of all rules";
    let labels = [("column", column.as_str())];
    ctx.metrics.borrow_mut().gauge(
        "libchar_spc_violations",
        help,
        &labels,
        report.analysis.findings() as f64,
    );
}
