use super::plain;
use super::process::ProcessArgs;
use super::profile;
use super::registry::RegistryArgs;
use super::simulate::field;
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use crate::metrics::SECONDS;
use anyhow::Result;
use clap::Args;
use libchar_assurance::litho::TrustError;
use libchar_assurance::litho::judge::{Answer, Judge, Judgement, Verdict};
use libchar_assurance::litho::predictions::{SIGNALS, document, explanation, frame};
use libchar_assurance::litho::report::unit_of;
use libchar_assurance::litho::targets::TARGETS;
use libchar_assurance::litho::{NamedJob, job_table};
use libchar_core::Format;
use libchar_core::frame::write_json;
use libchar_history::ResultRow;
use rayon::prelude::*;
use serde_json::json;
use std::io::Write;
use std::time::Instant;

const EXAMPLES: &str = "\
Examples:
  libchar litho-predict predict jobs.csv
  libchar litho-predict predict --set wavelength_nm=13.5 --set na=0.33 --set pitch_nm=36 --set cd_nm=18 --set dose_mj_cm2=40
  libchar litho-predict predict jobs.csv --model v2 --profiles limits.toml --format jsonl
  libchar litho-predict predict jobs.csv --explain

Exit code 1 says that at least one job is blocked.";

/// Predict a job's results with intervals, hold them to its constraints, and say whether to run it
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Predict {
    /// Jobs as CSV, JSON or JSON lines [default: standard input]
    jobs: Option<String>,
    /// Set a field of every job; without JOBS the fields make one job
    #[arg(short, long, value_name = "FIELD=VALUE", value_parser = field)]
    set: Vec<(String, String)>,
    /// Model to ask: a file, a version or an id [default: the one in production]
    #[arg(short, long)]
    model: Option<String>,
    /// Constraint profiles in TOML [default: exposure latitude at least 5 %, yield risk at most 10 %]
    #[arg(long, value_name = "FILE")]
    profiles: Option<String>,
    #[command(flatten)]
    process: ProcessArgs,
    /// Let the model answer even where it is unsure
    #[arg(long)]
    no_physics: bool,
    /// Width of an interval, in standard deviations of the results, from which the model is unsure
    #[arg(long, value_name = "SD", default_value_t = 1.0)]
    wide: f64,
    /// Do not search for changes that would keep the limits
    #[arg(long)]
    no_alternatives: bool,
    /// Search for changes for every job that may miss its limits [default: for the first 20 of them]
    #[arg(long, conflicts_with = "no_alternatives")]
    alternatives: bool,
    /// Print what each feature adds to the model's predictions instead
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
    let jobs = match &args.jobs {
        None if !args.set.is_empty() => job_table::from_fields(&args.set)?,
        jobs => job_table::read_with(&ctx.read(jobs.as_deref().unwrap_or("-"))?, &args.set)?,
    };
    // Models learn from doses to size.
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
        search_first(ctx, &judge, &jobs, &mut judged)?;
    }
    print(ctx, &judged, &loaded.version)?;
    record(ctx, &judged);
    count(ctx, &judged);
    Ok(Outcome::found(judged.iter().filter(|j| j.verdict == Verdict::Block).count()))
}

/// Jobs for which changes are searched unasked: a search takes as long as a hundred simulations.
const SEARCHED: usize = 20;

fn search_first(
    ctx: &Context,
    judge: &Judge,
    jobs: &[NamedJob],
    judged: &mut [Judgement],
) -> Result<()> {
    let (mut wanted, all): (Vec<_>, usize) = {
        let missing: Vec<_> = jobs
            .iter()
            .zip(judged.iter_mut())
            .filter(|(_, judgement)| !judgement.violations.is_empty())
            .collect();
        let all = missing.len();
        (missing.into_iter().take(SEARCHED).collect(), all)
    };
    wanted
        .par_iter_mut()
        .try_for_each(|(named, judgement)| judge.search(&named.job, judgement))
        .map_err(plain)?;
    if all > SEARCHED {
        let message = format!(
            "changes were searched for the first {SEARCHED} of {all} jobs that may miss their limits; --alternatives searches for all"
        );
        ctx.log.info("alternatives", message);
    }
    Ok(())
}

/// Leaves every result in the history, by job.
fn record(ctx: &Context, judged: &[Judgement]) {
    for j in judged {
        let health = j.signals.as_ref().and_then(|s| s.overall_health).map(|i| i.value);
        let results = TARGETS.iter().zip(&j.results).map(|((name, ..), e)| (*name, e.value));
        for (measure, value) in results.chain([("overall_health", health)]) {
            if value.is_none() {
                continue;
            }
            ctx.journal.results([ResultRow {
                point: Some(j.id.clone()),
                measure: measure.to_owned(),
                value: value.filter(|v| v.is_finite()),
                unit: unit_of(measure).map(str::to_owned),
                status: j.verdict.to_string(),
            }]);
        }
    }
}

/// Lists are lists in JSON, and joined by ` | ` in tables.
fn print(ctx: &Context, judged: &[Judgement], version: &str) -> Result<()> {
    let format = ctx.format();
    if matches!(format, Format::Table | Format::Csv) {
        return ctx.print(&frame(judged, version));
    }
    let document = document(judged, version);
    let mut out = ctx.stdout();
    if format == Format::Json {
        write_json(&mut out, &document)?;
    } else {
        for row in document["rows"].as_array().into_iter().flatten() {
            serde_json::to_writer(&mut out, row)?;
            out.write_all(b"\n")?;
        }
    }
    Ok(out.flush()?)
}

fn count(ctx: &Context, judged: &[Judgement]) {
    let metrics = &mut ctx.metrics.borrow_mut();
    let share = |what: &dyn Fn(&Judgement) -> bool| {
        judged.iter().filter(|j| what(j)).count() as f64 / judged.len().max(1) as f64
    };
    let doubtful = share(&|j| !j.doubts.is_empty());
    let help = "Share of predictions in which the model is unsure";
    metrics.gauge("lto_model_uncertainty_ratio", help, &[], doubtful);
    for answer in [Answer::Model, Answer::Physics, Answer::Nobody] {
        let number = judged.iter().filter(|j| j.answer == answer).count();
        let labels = [("answer", answer.to_string())];
        let labels = labels.each_ref().map(|(name, value)| (*name, value.as_str()));
        metrics.gauge("lto_predictions", "Jobs by who answered", &labels, number as f64);
    }
    for verdict in [Verdict::Run, Verdict::Warn, Verdict::Block] {
        let number = judged.iter().filter(|j| j.verdict == verdict).count();
        let text = verdict.to_string();
        metrics.gauge("lto_verdicts", "Jobs by verdict", &[("verdict", &text)], number as f64);
    }
    for target in TARGETS.iter().map(|t| t.0) {
        for severity in [Verdict::Warn, Verdict::Block] {
            let own = judged.iter().filter(|j| j.verdict == severity);
            let missed = own.filter(|j| j.violations.iter().any(|v| v.target == target)).count();
            let (severity, help) = (severity.to_string(), "Constraints that jobs may miss");
            let labels = [("type", target), ("severity", severity.as_str())];
            metrics.counter("lto_constraint_violations_total", help, &labels, missed as f64);
        }
    }
    for name in SIGNALS {
        let of = |j: &Judgement| j.signals.as_ref()?.named().into_iter().find(|s| s.0 == name)?.1;
        let values: Vec<f64> = judged.iter().filter_map(|j| Some(of(j)?.value)).collect();
        if !values.is_empty() {
            let mean = values.iter().sum::<f64>() / values.len() as f64;
            let help = "Mean trade-off signal of the jobs, 0 to 1";
            metrics.gauge("lto_tradeoff_health_score", help, &[("tradeoff_type", name)], mean);
        }
    }
    let risks: Vec<f64> = judged.iter().filter_map(|j| j.results.last()?.value).collect();
    if !risks.is_empty() {
        let mean = risks.iter().sum::<f64>() / risks.len() as f64;
        metrics.gauge("lto_yield_risk_current", "Mean yield risk of the jobs", &[], mean);
    }
}
