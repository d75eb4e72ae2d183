use super::options::{self, DataArgs, DesignArgs, Prepared, unfit};
use super::report::Report;
use super::{baseline, picture};
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use clap::{Args, ValueEnum};
use libchar_core::{Fault, Faults};
use libchar_history::Alert;
use libchar_spc::chart::{Design, Given, Parameters, Phase, run_chart};
use libchar_spc::describe::describe;
use libchar_spc::knowledge::{Knowledge, SHIPPED};
use libchar_spc::rules::Rule;
use libchar_spc::violation::judge;
use serde_json::json;

/// Chart a measured column and flag what does not look like chance
#[derive(Args)]
#[command(after_long_help = "\
Examples:
  libchar spc chart run.csv -c tox_nm --rules nelson
  libchar spc chart run.csv -c tox_nm --chart xbar-r --subgroup-size 5 --format json
  libchar spc chart run.csv -c tox_nm --chart ewma --lambda 0.1 --width 2.7 --svg ewma.svg
  libchar spc chart defects.csv -c defects --chart u --sample-size wafers
  libchar spc limits march.csv -c tox_nm > tox.json && libchar spc chart april.csv -c tox_nm --baseline tox.json

Rules: rule1, we, nelson, westgard, aiag, none; some of a set (we1, n1-4, n125678, 1_3s); custom: 2of3@2 (k of m
beyond z sigma), run7, trend7, alternate12, within14@1, outside8@1, mixture8@1. The result names the in-control run
length of the chosen set: all eight Nelson rules alarm every 74 points on a process that has nothing wrong.

Exit code 1 when a rule fired.")]
pub struct Chart {
    #[command(flatten)]
    data: DataArgs,
    #[command(flatten)]
    design: DesignArgs,
    /// Rules to judge by: sets, members or custom patterns
    #[arg(long, value_name = "LIST", default_value = "rule1", help_heading = "Rules")]
    rules: String,
    /// One event for each maximal run of signalling points, or for each such point
    #[arg(long, value_enum, default_value_t = EventMode::Run, help_heading = "Rules")]
    events: EventMode,
    /// Causes and actions: furnace, litho, metrology, none, or a TOML file
    #[arg(long, value_name = "NAME|FILE", default_value = "furnace", help_heading = "Rules")]
    knowledge: String,
    /// Judge against frozen limits that `spc limits` wrote
    #[arg(long, value_name = "FILE", conflicts_with_all = [
        "phase1", "stage", "sigma", "center", "width", "span", "lambda", "limits", "k", "h", "head_start", "fir",
        "confidence", "covariance", "like",
    ])]
    baseline: Option<String>,
    /// Compute limits from the first N points and judge all
    #[arg(long, value_name = "N", conflicts_with = "stage")]
    phase1: Option<usize>,
    /// What to print [default: all as json, violations as csv and jsonl, summary and violations as a table]
    #[arg(long, value_enum)]
    show: Option<Show>,
    /// Draw the chart
    #[arg(long, value_name = "FILE")]
    svg: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum EventMode {
    Run,
    Point,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Show {
    /// Centre, limits and signals of each panel
    Summary,
    /// Every plotted point with its lines
    Points,
    /// What fired
    Violations,
    /// Everything (json only)
    All,
}

pub fn run(args: &Chart, ctx: &Context) -> Result<Outcome> {
    let (mut design, given) = args.design.design()?;
    let frozen = args.baseline.as_deref().map(|file| baseline::read(ctx, file)).transpose()?;
    if let Some(frozen) = &frozen {
        let file = args.baseline.as_deref().unwrap_or_default();
        baseline::check_kind(frozen, args.design.chart, file)?;
        design = frozen.design.clone();
    }
    let rules = options::rules(&args.rules, &design)?;
    let knowledge = knowledge(ctx, &args.knowledge)?;
    ctx.begin("spc chart", parameters(args, &design));
    let data = frozen.as_ref().map_or_else(|| args.data.clone(), |frozen| args.data.adopt(frozen));
    let prepared = data.prepare(ctx, design.chart)?;
    if let Some(frozen) = &frozen {
        frozen
            .check(&prepared.columns, prepared.subgroup_size())
            .map_err(|e| unfit(&prepared.file, e))?;
    }
    let parameters = frozen.map(|frozen| frozen.parameters);
    let report = analyse(&prepared, design, given, &rules, parameters, args.phase1, args.events)?;
    warn_skipped(ctx, &prepared);
    report.print(ctx, args.show, knowledge.as_ref())?;
    if let Some(file) = &args.svg {
        ctx.write(file, picture::control_chart(&report).as_bytes())?;
    }
    raise(ctx, &report, knowledge.as_ref());
    Ok(Outcome::found(report.findings()))
}

/// Charts every stage and judges it.
fn analyse<'a>(
    prepared: &'a Prepared,
    design: Design,
    given: Given,
    rules: &[Rule],
    frozen: Option<Parameters>,
    phase1: Option<usize>,
    events: EventMode,
) -> Result<Report<'a>> {
    let fault = |error| unfit(&prepared.file, error);
    let mut report =
        Report::new(prepared, design, rules.to_vec(), frozen.is_some() || phase1.is_some());
    for (name, first, end) in &prepared.stages {
        let sliced;
        let data = if prepared.stages.len() == 1 {
            &prepared.data
        } else {
            sliced = prepared.data.slice(*first, *end);
            &sliced
        };
        let parameters = match (&frozen, phase1) {
            (Some(frozen), _) => frozen.clone(),
            (None, Some(count)) if count > data.len() => {
                let message = format!("--phase1 {count} is more than the {} points", data.len());
                return Err(Usage(message).into());
            }
            (None, Some(count)) => {
                report.design.estimate(&data.slice(0, count), given).map_err(fault)?
            }
            (None, None) => report.design.estimate(data, given).map_err(|error| match name {
                None => fault(error),
                Some(name) => {
                    let found = format!("stage `{name}`: {error}");
                    Faults::from(Fault::of(&prepared.file, found)).into()
                }
            })?,
        };
        let phase = if report.phase_two { Phase::Two } else { Phase::One };
        let chart = report.design.chart(&parameters, data, phase).map_err(fault)?;
        let verdicts = judge(&chart, rules, events == EventMode::Point);
        let tests = (report.design.chart == libchar_spc::chart::Kind::Run)
            .then(|| run_chart(&chart.panels[0].values, parameters.center));
        report.add(name.clone(), *first, parameters, chart, verdicts, tests);
    }
    report.description = match &prepared.data {
        libchar_spc::chart::Data::Measured(groups) => describe(groups.values()),
        libchar_spc::chart::Data::Counts { counts, .. } => describe(counts),
        libchar_spc::chart::Data::Vectors(_) => None,
    };
    Ok(report)
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
            let names: Vec<&str> = SHIPPED.iter().map(|(name, _)| *name).chain(["none"]).collect();
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
    if let Some(first) = prepared.skipped.first() {
        let message = format!(
            "{} cells without a number were left out, the first in line {}, column `{}`",
            prepared.skipped.len(),
            first.line,
            first.column
        );
        ctx.log.warning("skipped", message);
    }
}

/// One alert in the history for each rule that fired, and a gauge of their number.
fn raise(ctx: &Context, report: &Report, knowledge: Option<&Knowledge>) {
    let column = report.column();
    for (rule, panel, signals, violation) in report.fired(knowledge) {
        let message = format!(
            "{column}: {} on the {panel} panel at point {}",
            violation.rule_name, violation.timestamp_index
        );
        ctx.journal.alert(Alert {
            source: "spc".to_owned(),
            severity: violation.severity.name().to_ascii_lowercase(),
            message,
            details: serde_json::to_string(&violation).ok(),
        });
        ctx.metrics.borrow_mut().gauge(
            "libchar_spc_signals",
            "Points that completed a rule",
            &[("column", &column), ("panel", panel), ("rule", &rule)],
            signals as f64,
        );
    }
    if let Some(message) = report.shifted() {
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
        report.findings() as f64,
    );
}
