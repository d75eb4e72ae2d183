mod many;

use super::alerts::alert;
use super::choice::told;
use super::options::{DataArgs, DesignArgs};
use super::picture::PictureArgs;
use super::{acknowledged, baseline};
use crate::context::Context;
use crate::exit::{Outcome, Usage, refused};
use crate::told::{measure, say};
use anyhow::Result;
use clap::builder::TypedValueParser;
use clap::{ArgAction, Args};
use libchar_core::Note;
use libchar_core::{Faults, Format};
use libchar_spc::alarms::Alarm;
use libchar_spc::baseline::Baseline;
use libchar_spc::chart::Design;
use libchar_spc::data::{Prepared, shape};
use libchar_spc::frozen::designed;
use libchar_spc::knowledge::{Choice, Knowledge, unknown};
use libchar_spc::one_study::Asked;
use libchar_spc::picture;
use libchar_spc::report::{Report, Show};
use libchar_spc::study::rules;
use serde_json::json;

/// Chart a measured column, and flag points and patterns that do not look like chance
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
length of the chosen set: all eight Nelson rules alarm every 74 points, on average, although the process is in control.

Exit code 1 when a rule fired.")]
pub struct Chart {
    #[command(flatten)]
    data: DataArgs,
    /// More files; each gets its own chart
    #[arg(value_name = "INPUT")]
    more: Vec<String>,
    #[command(flatten)]
    design: DesignArgs,
    /// Rules to apply: sets, members of sets, or custom patterns
    #[arg(long, value_name = "LIST", default_value = "rule1", help_heading = "Rules")]
    rules: String,
    /// Report one event for successive signals, or one for each signal
    #[arg(long, value_parser = events(), default_value = "run", action = ArgAction::Set, help_heading = "Rules")]
    events: bool,
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
    #[arg(long, value_parser = shown())]
    show: Option<Show>,
    /// Folder for the document and the picture of each file
    #[arg(short, long, value_name = "DIR")]
    output: Option<String>,
    /// Specification limits of many charts, a table of column, lsl, usl, target; adds Cpk to the result
    #[arg(long, value_name = "FILE")]
    spec: Option<String>,
    /// Exit 1 when a Cpk of --spec falls below this
    #[arg(long, value_name = "INDEX", requires = "spec")]
    min_cpk: Option<f64>,
    #[command(flatten)]
    picture: PictureArgs,
}

/// Points that make no limits.
#[derive(Args, Clone)]
pub struct Exclusion {
    /// Leave points out of the limits and raise no alarm there: 7, 7-9, or a condition such as 'lot == L12'; needs --reason
    #[arg(long, value_name = "POINTS|CONDITION", requires = "reason", help_heading = "Data")]
    pub exclude: Vec<String>,
    /// Reason for --exclude; recorded in the baseline and the result
    #[arg(long, value_name = "TEXT", requires = "exclude", help_heading = "Data")]
    pub reason: Option<String>,
}

/// A parser of events: whether each signalling point counts as one event.
fn events() -> impl TypedValueParser<Value = bool> {
    told([(false, "run", ""), (true, "point", "")])
}

/// A parser for the choice of what to print.
fn shown() -> impl TypedValueParser<Value = Show> {
    told([
        (Show::Summary, "summary", "Centre, limits and signals of each panel"),
        (Show::Points, "points", "Every plotted point with its centre line and limits"),
        (Show::Violations, "violations", "Rules that fired, with their points"),
        (Show::All, "all", "Everything (json only)"),
    ])
}

impl Exclusion {
    /// The points to leave out, and the reason.
    pub fn asked(&self) -> (&[String], &str) {
        (&self.exclude, self.reason.as_deref().unwrap_or_default())
    }
}

impl Chart {
    /// The design of the frozen limits, or that of the arguments; and whether deviations from
    /// nominal are charted.
    fn designed(&self, frozen: Option<&Baseline>, design: Design) -> Result<(Design, bool)> {
        let file = self.baseline.as_deref().unwrap_or_default();
        let open = (design, self.design.is_deviation());
        Ok(designed(frozen, file, self.design.kind(), open).map_err(Faults::from)?)
    }
}

pub fn run(args: &Chart, ctx: &Context) -> Result<Outcome> {
    if many::is_many(args, ctx)? {
        return many::run(args, ctx);
    }
    if args.spec.is_some() {
        let message = "--spec is for many charts; one takes --lsl and --usl, or spc capability";
        return Err(Usage(message.to_owned()).into());
    }
    let (design, given) = args.design.design()?;
    let frozen = args.baseline.as_deref().map(|file| baseline::read(ctx, file)).transpose()?;
    let (design, is_deviation) = args.designed(frozen.as_ref(), design)?;
    let rules = rules(&args.rules, &design).map_err(refused)?;
    let choice = choice(ctx, &args.knowledge)?;
    ctx.begin("spc chart", parameters(args, &design));
    let open = args.data.layout();
    let layout = frozen.as_ref().map_or_else(|| open.clone(), |frozen| open.adopt(frozen));
    let source = ctx.read(&args.data.input)?;
    let table = args.data.table(ctx, &source)?;
    let prepared = shape(&layout, &table, &source.bytes, &design, is_deviation).map_err(refused)?;
    let asked = Asked {
        design,
        given,
        rules,
        frozen,
        phase1: args.phase1,
        each_point: args.events,
        guarantee: args.design.guarantee,
        exclude: args.exclusion.asked(),
    };
    let mut report = asked.report(&layout, &table, &prepared).map_err(refused)?;
    let knowledge = choice.of(&report.column());
    let knowledge = knowledge.as_deref();
    if report.analysis.findings() > 0 {
        report.acknowledge(&acknowledged::of_column(ctx, &report.column()));
    }
    warn_skipped(ctx, &prepared);
    for note in report.notes.iter().chain(&report.analysis.unjudged()) {
        ctx.log.warning("chart", note);
    }
    let drawn = args.picture.prepare(ctx)?;
    print(ctx, &report, args.show, knowledge)?;
    if let Some(file) = &args.picture.svg {
        let svg = picture::control_chart(&report, &drawn, args.phase1);
        ctx.write(file, svg.as_bytes())?;
    }
    raise(ctx, &report, knowledge);
    Ok(Outcome::found(report.analysis.findings()))
}

/// Prints the requested output in the requested format.
fn print(
    ctx: &Context,
    report: &Report,
    show: Option<Show>,
    knowledge: Option<&Knowledge>,
) -> Result<()> {
    match (show, ctx.format()) {
        (_, Format::Json) => {
            ctx.write_document("-", &report.document(show.unwrap_or(Show::All), knowledge))
        }
        (Some(Show::All) | None, Format::Table) => Ok(report.table(&mut ctx.stdout(), knowledge)?),
        (Some(Show::All), _) => {
            Err(Usage("--show all is for --format json and table".to_owned()).into())
        }
        (Some(Show::Summary), _) => ctx.print(&report.summary()),
        (Some(Show::Points), _) => ctx.print(&report.points()),
        (Some(Show::Violations) | None, _) => ctx.print(&report.violation_rows(knowledge)),
    }
}

/// The choice of `--knowledge`: by the column, or the same for all.
pub fn choice(ctx: &Context, name: &str) -> Result<Choice> {
    Ok(if name == "auto" { Choice::Auto } else { Choice::Fixed(knowledge(ctx, name)?) })
}

/// The knowledge for a name given to `--knowledge`.
pub fn knowledge(ctx: &Context, name: &str) -> Result<Option<Knowledge>> {
    if name == "none" {
        return Ok(None);
    }
    if let Some(shipped) = Knowledge::shipped(name) {
        return Ok(Some(shipped));
    }
    let source = match ctx.read(name) {
        Ok(source) => source,
        Err(_) if !name.contains(['.', '/']) => return Err(Faults::from(unknown(name)).into()),
        Err(error) => return Err(error),
    };
    Ok(Some(Knowledge::read(&source.name, &source.bytes)?))
}

/// The parameters of the call, for the history.
fn parameters(args: &Chart, design: &Design) -> serde_json::Value {
    json!({
        "input": args.data.input, "columns": args.data.columns, "design": design,
        "rules": args.rules, "subgroup_size": args.data.subgroup_size,
        "subgroup": args.data.subgroup, "sample_size": args.data.sample_size,
        "stage": args.data.stage, "baseline": args.baseline, "phase1": args.phase1,
        "knowledge": args.knowledge,
    })
}

/// Reports how many cells were left out: nothing is dropped silently.
pub fn warn_skipped(ctx: &Context, prepared: &Prepared) {
    Note::skipped(&prepared.skipped).into_iter().for_each(|note| say(ctx, note));
}

/// Raises one alert for each rule that fired, and sets a gauge to their number.
fn raise(ctx: &Context, report: &Report, knowledge: Option<&Knowledge>) {
    let alarms = report.alarms(knowledge);
    measure(ctx, report.metrics(&alarms));
    for Alarm { severity, message, details, .. } in alarms {
        alert(ctx, "spc", severity.name(), message, Some(details.to_string()));
    }
    if let Some(message) = report.analysis.shifted() {
        alert(ctx, "spc", "warning", format!("{}: {message}", report.column()), None);
    }
}
