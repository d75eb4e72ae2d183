use super::r#gen::budget;
use super::run::Run;
use super::{ext, srt};
use crate::cli::Cli;
use crate::context::Context;
use crate::domain;
use crate::exit::{self, Outcome, Usage};
use crate::{answers, freshness, preflight, stage};
use anyhow::Result;
use clap::{Args, Parser};
use libchar_campaign::{choice, presets};
use libchar_core::Frame;
use libchar_pvt::Point;
use libchar_pvt::config::Samples;
use libchar_report::{FILE, Results};
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// The stages in their order; `usr` runs only if the site has a script.
const STAGES: [&str; 6] = ["gen", "run", "ext", "srt", "bkp", "usr"];

const EXAMPLES: &str = "\
Examples:
  libchar -C gpio/1p1v flow            all stages of a domain
  libchar flow gen run --jobs 8        two stages, eight simulations at a time
  libchar flow --corner SS             one corner, with a report of this corner only

The files are the same as if the stages were run one by one. Points that fail and limits that are missed (exit 1)
do not stop the chain unless --strict is given; unreadable input (exit 2) does. The exit code is the worst one of all stages.
Input that a later stage would refuse, or a simulator, scheduler or licence that does not answer, stops the chain before anything
is simulated.";

/// Run a chain of stages: gen, run, ext, srt, bkp, and usr if a script is configured
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Flow {
    /// The stages to run, in order [default: all]
    #[arg(value_name = "STAGE", value_parser = STAGES)]
    stages: Vec<String>,
    /// Number of simulations at the same time [default: run.jobs, else the cores]
    #[arg(short, long)]
    jobs: Option<usize>,
    /// Run only this corner; may be repeated. The report of these points is printed and replaces no report file
    #[arg(long, value_name = "NAME")]
    corner: Vec<String>,
    /// Simulate with this preset of presets.toml [default: run.preset]
    #[arg(long, value_name = "NAME")]
    preset: Option<String>,
    /// Where to simulate: local, slurm, sge, lsf, netbatch, htcondor, or NAME of [executors.NAME] [default: run.executor]
    #[arg(long, value_name = "NAME")]
    executor: Option<String>,
    /// Stop a simulation after this time, such as 30m [default: run.timeout]
    #[arg(long, value_name = "TIME", value_parser = libchar_core::duration::parse)]
    timeout: Option<Duration>,
    /// Stop at the first stage with findings
    #[arg(long)]
    strict: bool,
}

pub fn run(args: Flow, ctx: &Context) -> Result<Outcome> {
    let stages = chosen(&args, ctx)?;
    ctx.begin("flow", parameters(&args, &stages));
    ctx.announce()?;
    let _lock = ctx.lock(Path::new("."), "flow")?;
    refuse_early(&args, &stages, ctx)?;
    let mut part = Part::default();
    let mut summary = Frame::new("libchar.flow", 1, ["stage", "exit_code", "duration_s"]);
    let mut worst = Outcome::Fine;
    let mut failure = None;
    let mut queue: VecDeque<String> = stages.iter().cloned().collect();
    let mut repeated = false;
    while let Some(stage) = &queue.pop_front() {
        let began = Instant::now();
        let result = run_stage(stage, &args, &mut part, ctx);
        let code = exit::number(&result);
        let seconds = began.elapsed().as_secs_f64();
        summary.push(vec![stage.as_str().into(), i64::from(code).into(), seconds.into()]);
        match result {
            Ok(Outcome::Fine) => {}
            Ok(Outcome::Findings) => worst = Outcome::Findings,
            Err(error) => failure = Some(error),
        }
        if stage == "ext" && failure.is_none() && more_samples(&stages, repeated, ctx)? {
            repeated = true;
            for stage in ["ext", "run", "gen"] {
                queue.push_front(stage.to_owned());
            }
        }
        if failure.is_some() || (args.strict && worst == Outcome::Findings) {
            ctx.log.warning(
                "flow",
                format!("{stage} ended with code {code}: the later stages do not run"),
            );
            break;
        }
    }
    if failure.is_none() {
        tell_older(&stages, ctx);
    }
    // For a flow on some points, the report is already on standard output.
    if !part.is_reported {
        ctx.print(&summary)?;
    }
    failure.map_or(Ok(worst), Err)
}

/// Whether `samples=auto` requires another number of samples than there is, and the stages that
/// make samples are part of the flow.
fn more_samples(stages: &[String], repeated: bool, ctx: &Context) -> Result<bool> {
    if !["gen", "run", "ext"].iter().all(|stage| stages.iter().any(|s| s == stage)) {
        return Ok(false);
    }
    match domain::read_config(ctx)?.samples {
        Samples::Auto(wanted) => {
            let differs = budget::differs(wanted, ctx)?;
            if repeated && !differs {
                // No further gen follows that would report whether the last samples were
                // sufficient.
                budget::decide(wanted, ctx)?;
            }
            Ok(differs)
        }
        _ => Ok(false),
    }
}

fn parameters(args: &Flow, stages: &[String]) -> Value {
    json!({
        "stages": stages,
        "jobs": args.jobs,
        "corner": args.corner,
        "preset": args.preset,
        "executor": args.executor,
        "timeout_s": args.timeout.map(|time| time.as_secs_f64()),
        "strict": args.strict,
    })
}

/// Refuses what a later stage would fail on. If `gen` is among the stages, it refuses a domain
/// whose files have faults.
fn refuse_early(args: &Flow, stages: &[String], ctx: &Context) -> Result<()> {
    let has = |stage: &str| stages.iter().any(|s| s == stage);
    if ctx.config.text("core.path").is_some() {
        return Ok(());
    }
    let mut found = match domain::read(ctx) {
        Ok(domain) if has("run") => preflight::of_domain(&domain, ctx),
        Ok(domain) => preflight::of_settings(&domain, ctx),
        Err(_) => Vec::new(),
    };
    if has("run")
        && let Ok(config) = domain::read_config(ctx)
    {
        let executor = args.executor.as_deref();
        found.extend(answers::of(&config, executor, ctx, |_, _| {}));
        if let Some(Err(error)) =
            args.preset.as_ref().map(|name| presets::find(Path::new("."), name))
        {
            found.push(("preset", error));
        }
    }
    preflight::refuse(found)
}

/// Warns of files that are out of date after the flow, because their stage did not run.
fn tell_older(stages: &[String], ctx: &Context) {
    let has = |stage: &str| stages.iter().any(|s| s == stage);
    let Ok(results) = fs::read(FILE).map(|bytes| Results::parse(FILE, &bytes)) else { return };
    let (Ok(results), Ok(points)) = (results, domain::read_points(ctx)) else { return };
    if !has("ext")
        && let Some(older) = freshness::results_csv(ctx, &points, &results)
    {
        freshness::tell(&older, ctx);
    }
    if !has("srt")
        && let Ok(text) = fs::read("creport.txt")
        && libchar_report::parse("creport.txt", &String::from_utf8_lossy(&text))
            .is_ok_and(|shown| srt::differs(ctx, &results, &shown))
    {
        ctx.log.warning("stale", freshness::REPORT_DIFFERS);
    }
}

fn chosen(args: &Flow, ctx: &Context) -> Result<Vec<String>> {
    let has_script = ctx.config.all_names("usr").iter().any(|name| name == "script");
    if args.stages.is_empty() {
        // A backup and the site's own program apply to the whole domain.
        let is_usual = |stage: &&&str| match **stage {
            "usr" => has_script && args.corner.is_empty(),
            "bkp" => args.corner.is_empty(),
            _ => true,
        };
        return Ok(STAGES.iter().filter(is_usual).map(|&stage| stage.to_owned()).collect());
    }
    let place = |stage: &String| STAGES.iter().position(|known| known == stage);
    if !args.stages.is_sorted_by_key(place) {
        let message = format!("stages out of order; their order is {}", STAGES.join(" "));
        return Err(Usage(message).into());
    }
    Ok(args.stages.clone())
}

/// Data that a flow on some points passes from stage to stage, instead of the domain's own files.
#[derive(Default)]
struct Part {
    results: Option<Results>,
    is_reported: bool,
}

/// Runs one stage with the same command that a user would type.
fn run_stage(stage: &str, args: &Flow, part: &mut Part, ctx: &Context) -> Result<Outcome> {
    match stage {
        "run" => {
            let Flow { jobs, timeout, .. } = *args;
            let (preset, executor) = (args.preset.clone(), args.executor.clone());
            let run = Run::of_flow((jobs, timeout), args.corner.clone(), preset, executor);
            ctx.muted(|| super::run::run(run, ctx))
        }
        "ext" if !args.corner.is_empty() => stage::run("ext", ctx, || {
            let all = domain::read_points(ctx)?;
            let mut points: Vec<&Point> = all.iter().collect();
            choice::keep_named(&mut points, &all, &[], &args.corner)?;
            let points: Vec<Point> = points.into_iter().cloned().collect();
            let results = ext::of_points(ctx, &all, &points)?;
            ext::record(ctx, &results, false);
            let outcome = Outcome::found(results.faulty());
            part.results = Some(results);
            Ok(outcome)
        }),
        "srt" if part.results.is_some() => stage::run("srt", ctx, || {
            part.is_reported = true;
            let results = part.results.take().unwrap_or_default();
            let typ = ctx.config.text("report.typ");
            srt::of_results(ctx, &results, typ, (srt::Shown::Choice, None))
        }),
        _ => ctx.muted(|| super::run(Cli::try_parse_from(["libchar", stage])?.command, ctx)),
    }
}
