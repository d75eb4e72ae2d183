use super::plain;
use super::registry::{RegistryArgs, Store};
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::{Context as _, Result};
use clap::Args;
use libchar_assurance::litho::evaluate::Report;
use libchar_assurance::litho::known::Known;
use libchar_assurance::litho::known_table;
use libchar_assurance::litho::record::{Truth, lessons};
use libchar_assurance::litho::targets::job_key;
use libchar_assurance::litho::trial::{self, Compared, LEAST_JOBS, Trial};
use libchar_core::Frame;
use libchar_history::ResultRow;
use libchar_history::registry::{Model, ShadowJob};
use serde_json::json;
use std::collections::BTreeSet;

/// Let a model predict beside the one in production on jobs with known results, and compare the two
#[derive(Args)]
pub struct Shadow {
    /// New jobs with their results as CSV, JSON or JSON lines; `-` is standard input [default: those of the record]
    data: Option<String>,
    /// Model to try: a version or an id
    #[arg(short, long)]
    model: String,
    /// Columns to leave aside
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    ignore: Vec<String>,
    #[command(flatten)]
    registry: RegistryArgs,
}

/// All that two models predicted together, as the registry keeps it.
pub fn trial(store: &Store, model: &Model, production: &Model) -> Result<Trial> {
    let jobs = store.registry.shadow_jobs(&model.model_id, &production.model_id)?;
    let compared: Vec<Compared> = jobs
        .into_iter()
        .map(|job| Compared {
            job_key: job.job_key,
            error: job.error,
            production_error: job.production_error,
            covered: job.covered,
        })
        .collect();
    Ok(Trial::of(&compared)?)
}

/// Lets both models predict jobs that neither has seen, and keeps it; returns how many are new.
pub fn compare(store: &Store, known: &Known, model: &Model, production: &Model) -> Result<usize> {
    let (ours, theirs) = (store.load(model)?.surrogate, store.load(production)?.surrogate);
    let jobs: Vec<ShadowJob> = trial::compare(known, &ours, &theirs)
        .map_err(plain)?
        .into_iter()
        .map(|job| ShadowJob {
            job_key: job.job_key,
            error: job.error,
            production_error: job.production_error,
            covered: job.covered,
        })
        .collect();
    Ok(store.registry.add_shadow_jobs(&model.model_id, &production.model_id, &jobs)?)
}

/// The evaluation of a model.
pub fn report_of(model: &Model) -> Result<Report> {
    serde_json::from_str(&model.report)
        .with_context(|| format!("the evaluation of {} cannot be read", model.version))
}

pub fn run(args: &Shadow, ctx: &Context) -> Result<Outcome> {
    ctx.begin("litho-predict shadow", json!({ "model": args.model }));
    let store = args.registry.open_existing(ctx)?;
    let model = store.registry.model(&args.model)?;
    let production = store.production()?;
    if model.model_id == production.model_id {
        let message = format!("{} is in production: it cannot be its own shadow", model.version);
        return Err(Usage(message).into());
    }
    let known = match &args.data {
        Some(data) => known_table::read(&ctx.read(data)?, &[], &args.ignore)?,
        None => lessons(&super::jobs::entries(&store)?, Truth::Best, &[])?.known,
    };
    let known = unseen(ctx, known, &[&model, &production])?;
    let new = compare(&store, &known, &model, &production)?;
    let trial = trial(&store, &model, &production)?;
    ctx.journal.results([
        ResultRow::value("shadow_error_sd", trial.error_mean, None),
        ResultRow::value("production_error_sd", trial.production_error_mean, None),
        ResultRow::value("coverage", trial.coverage, None),
    ]);
    ctx.print(&frame(&trial, new, &model, &production))?;
    if trial.jobs < LEAST_JOBS {
        let message = format!(
            "{} of at least {LEAST_JOBS} jobs: too few to compare {} with {}",
            trial.jobs, model.version, production.version
        );
        ctx.log.warning("shadow", message);
    }
    let bad = ["too few jobs", "worse"].contains(&trial.verdict());
    Ok(Outcome::found(usize::from(bad)))
}

/// The jobs that neither model was made of or judged by, told by their content whatever they are called.
fn unseen(ctx: &Context, mut known: Known, models: &[&Model]) -> Result<Known> {
    let mut seen = BTreeSet::new();
    for model in models {
        let report = report_of(model)?;
        if report.known_jobs.is_empty() {
            let message = format!(
                "{} does not say which jobs it was trained on: see to it that they are not among these",
                model.version
            );
            ctx.log.warning("shadow", message);
        }
        seen.extend(report.known_jobs);
    }
    let is_new: Vec<bool> =
        known.jobs.iter().map(|named| !seen.contains(&job_key(&named.job))).collect();
    let left_out = is_new.iter().filter(|new| !**new).count();
    if left_out > 0 {
        let message = format!(
            "{left_out} of {} jobs are left out: a model was trained or judged on them",
            is_new.len()
        );
        ctx.log.warning("shadow", message);
    }
    if left_out == is_new.len() {
        return Err(Usage("no job is new to both models".to_owned()).into());
    }
    let mut keep = is_new.iter();
    known.jobs.retain(|_| *keep.next().unwrap_or(&true));
    let mut keep = is_new.iter();
    known.truth.retain(|_| *keep.next().unwrap_or(&true));
    Ok(known)
}

fn frame(trial: &Trial, new: usize, model: &Model, production: &Model) -> Frame {
    let columns = [
        "model",
        "production",
        "jobs",
        "new_jobs",
        "needed_jobs",
        "error_sd",
        "production_error_sd",
        "t",
        "p_value",
        "wilcoxon_p_value",
        "coverage",
        "verdict",
    ];
    let mut frame = Frame::new("libchar.litho-shadow", 1, columns);
    frame.push(vec![
        model.version.as_str().into(),
        production.version.as_str().into(),
        trial.jobs.into(),
        new.into(),
        LEAST_JOBS.into(),
        trial.error_mean.into(),
        trial.production_error_mean.into(),
        trial.test.statistic.into(),
        trial.test.p_value.into(),
        trial.ranks.p_value.into(),
        trial.coverage.into(),
        trial.verdict().into(),
    ]);
    frame
}
