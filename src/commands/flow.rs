use crate::cli::Cli;
use crate::context::Context;
use crate::exit::{self, Outcome, Usage};
use anyhow::Result;
use clap::{Args, Parser};
use libchar_core::Frame;
use serde_json::json;
use std::path::Path;
use std::time::Instant;

/// The stages in their order; `usr` runs only where the site has a script.
const STAGES: [&str; 6] = ["gen", "run", "ext", "srt", "bkp", "usr"];

const EXAMPLES: &str = "\
Examples:
  libchar -C gpio/1p1v flow            all stages of a domain
  libchar flow gen run --jobs 8        two of them, eight simulations at a time

The files are those that the stages leave when typed one by one. Points that fail or limits that are missed (exit 1)
do not stop the chain unless --strict; unreadable input (exit 2) does. The exit code is the worst of the stages'.";

/// Run a chain of stages: gen, run, ext, srt, bkp, and usr where a script is configured
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Flow {
    /// The stages to run, in order [default: all]
    #[arg(value_name = "STAGE", value_parser = STAGES)]
    stages: Vec<String>,
    /// Simulations at the same time [default: run.jobs, else the cores]
    #[arg(short, long)]
    jobs: Option<usize>,
    /// Stop at the first stage with findings
    #[arg(long)]
    strict: bool,
}

pub fn run(args: Flow, ctx: &Context) -> Result<Outcome> {
    let stages = chosen(&args, ctx)?;
    ctx.begin("flow", json!({ "stages": stages, "jobs": args.jobs, "strict": args.strict }));
    ctx.journal.begin(ctx)?;
    let _lock = ctx.lock(Path::new("."), "flow")?;
    let mut summary = Frame::new("libchar.flow", 1, ["stage", "exit_code", "duration_s"]);
    let mut worst = Outcome::Fine;
    let mut failure = None;
    for stage in stages {
        let began = Instant::now();
        let result = ctx.muted(|| run_stage(&stage, &args, ctx));
        let code = exit::number(&result);
        let seconds = began.elapsed().as_secs_f64();
        summary.push(vec![stage.as_str().into(), i64::from(code).into(), seconds.into()]);
        match result {
            Ok(Outcome::Fine) => {}
            Ok(Outcome::Findings) => worst = Outcome::Findings,
            Err(error) => failure = Some(error),
        }
        if failure.is_some() || (args.strict && worst == Outcome::Findings) {
            ctx.log.warning(
                "flow",
                format!("{stage} ended with code {code}: the later stages do not run"),
            );
            break;
        }
    }
    ctx.print(&summary)?;
    failure.map_or(Ok(worst), Err)
}

fn chosen(args: &Flow, ctx: &Context) -> Result<Vec<String>> {
    let has_script = ctx.config.all_names("usr").iter().any(|name| name == "script");
    if args.stages.is_empty() {
        let usual = STAGES.iter().filter(|stage| **stage != "usr" || has_script);
        return Ok(usual.map(|&stage| stage.to_owned()).collect());
    }
    let place = |stage: &String| STAGES.iter().position(|known| known == stage);
    if !args.stages.is_sorted_by_key(place) {
        let message = format!("stages out of order; their order is {}", STAGES.join(" "));
        return Err(Usage(message).into());
    }
    Ok(args.stages.clone())
}

/// Runs one stage by the very command that a user would type.
fn run_stage(stage: &str, args: &Flow, ctx: &Context) -> Result<Outcome> {
    let jobs = args.jobs.map(|jobs| jobs.to_string());
    let mut typed = vec!["libchar", stage];
    if let ("run", Some(jobs)) = (stage, &jobs) {
        typed.extend(["--jobs", jobs]);
    }
    super::run(Cli::try_parse_from(typed)?.command, ctx)
}
