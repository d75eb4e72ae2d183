use super::process::ProcessArgs;
use super::profile;
use super::registry::RegistryArgs;
use super::simulate::field;
use super::{lines, plain, read_jobs};
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use crate::told::{keep, measure, say};
use anyhow::Result;
use clap::Args;
use libchar_assurance::litho::judge::{Judge, Judgement, Verdict};
use libchar_assurance::litho::predictions::{self, explanation};
use libchar_assurance::litho::{TrustError, searched};
use libchar_core::Format;
use libchar_core::metrics::SECONDS;
use rayon::prelude::*;
use serde_json::json;
use std::time::Instant;

const EXAMPLES: &str = "\
Examples:
  libchar litho-predict predict jobs.csv
  libchar litho-predict predict --set wavelength_nm=13.5 --set na=0.33 --set pitch_nm=36 --set cd_nm=18 --set dose_mj_cm2=40
  libchar litho-predict predict jobs.csv --model v2 --profiles limits.toml --format jsonl
  libchar litho-predict predict jobs.csv --explain

Exit code 1: at least one job is blocked.";

/// Predict a job's results with intervals, check them against its constraints, and say whether to run it
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Predict {
    /// Jobs as CSV, JSON or JSON lines [default: standard input]
    jobs: Option<String>,
    /// Set a field of every job; without JOBS the fields make one job
    #[arg(short, long, value_name = "FIELD=VALUE", value_parser = field)]
    set: Vec<(String, String)>,
    /// Model to use: a file, a version or an id [default: the one in production]
    #[arg(short, long)]
    model: Option<String>,
    /// Constraint profiles in TOML [default: exposure latitude at least 5 %, yield risk at most 10 %]
    #[arg(long, value_name = "FILE")]
    profiles: Option<String>,
    #[command(flatten)]
    process: ProcessArgs,
    /// Use the model's answer even where it is unsure, instead of the physics
    #[arg(long)]
    no_physics: bool,
    /// Interval width, in standard deviations of the results, above which the model counts as unsure
    #[arg(long, value_name = "SD", default_value_t = 1.0)]
    wide: f64,
    /// Do not search for changes of a job that would meet its limits
    #[arg(long)]
    no_alternatives: bool,
    /// Search for such changes for every job that may miss its limits [default: for the first 20 of them]
    #[arg(long, conflicts_with = "no_alternatives")]
    alternatives: bool,
    /// Print the contribution of each feature to the model's predictions, instead of the results
    #[arg(long)]
    explain: bool,
    #[command(flatten)]
    registry: RegistryArgs,
}

pub fn run(args: &Predict, ctx: &Context) -> Result<Outcome> {
    ctx.begin("litho-predict predict", json!({ "model": args.model, "profiles": args.profiles }));
    if args.wide.is_nan() || args.wide <= 0.0 {
        return Err(Usage(format!("--wide {}: not a number above 0", args.wide)).into());
    }
    let jobs = read_jobs(ctx, args.jobs.as_deref(), &args.set)?;
    // Models are trained on jobs exposed at their dose to size.
    let jobs = args.process.run(ctx, jobs, false)?;
    let loaded = args.registry.load(ctx, args.model.as_deref())?;
    if args.explain {
        ctx.print(&explanation(&loaded.surrogate, &jobs).map_err(plain)?)?;
        return Ok(Outcome::Fine);
    }
    let profiles = profile::read(ctx, args.profiles.as_deref())?;
    let mut judge = Judge::new(&loaded.surrogate, &profiles, &jobs, !args.no_physics, args.wide)
        .map_err(plain)?;
    judge.searches = args.alternatives;
    let timed = |job| -> Result<(Judgement, f64), TrustError> {
        let began = Instant::now();
        let judged = judge.judge(job)?;
        Ok((judged, began.elapsed().as_secs_f64()))
    };
    let (mut judged, seconds): (Vec<Judgement>, Vec<f64>) = jobs
        .par_iter()
        .map(timed)
        .collect::<Result<Vec<_>, _>>()
        .map_err(plain)?
        .into_iter()
        .unzip();
    let help = "Time of one answer: the model, and the physics where it is in doubt";
    let name = "lto_model_inference_duration_seconds";
    ctx.metrics.borrow_mut().histogram(name, help, &SECONDS, &seconds);
    if !args.alternatives && !args.no_alternatives {
        let note = searched::first(&judge, &jobs, &mut judged).map_err(plain)?;
        note.into_iter().for_each(|note| say(ctx, note));
    }
    print(ctx, &judged, &loaded.version)?;
    keep(ctx, predictions::kept(&judged));
    measure(ctx, predictions::metrics(&judged));
    Ok(Outcome::found(judged.iter().filter(|j| j.verdict == Verdict::Block).count()))
}

/// Prints predictions; lists are lists in JSON, and joined by ` | ` in tables.
fn print(ctx: &Context, judged: &[Judgement], version: &str) -> Result<()> {
    let document = || predictions::document(judged, version);
    match ctx.format() {
        Format::Table | Format::Csv => ctx.print(&predictions::frame(judged, version)),
        Format::Json => ctx.write_document("-", &document()),
        Format::Jsonl => lines(ctx, document()["rows"].as_array().into_iter().flatten()),
    }
}
