use super::plain;
use super::registry::{RegistryArgs, Store};
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use crate::told::{keep, say};
use anyhow::{Context as _, Result};
use clap::Args;
use libchar_assurance::litho::evaluate::Report;
use libchar_assurance::litho::known::Known;
use libchar_assurance::litho::known_table;
use libchar_assurance::litho::record::{Truth, lessons};
use libchar_assurance::litho::trial::{self, Compared, Trial};
use libchar_history::registry::{Model, ShadowJob};
use serde_json::json;

/// Let a model predict beside the one in production on jobs with known results, and compare the two
#[derive(Args)]
pub struct Shadow {
    /// New jobs with their results as CSV, JSON or JSON lines; `-` is standard input [default: those of the record]
    data: Option<String>,
    /// Model to try: a version or an id
    #[arg(short, long)]
    model: String,
    /// Columns to ignore
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    ignore: Vec<String>,
    #[command(flatten)]
    registry: RegistryArgs,
}

/// The trial of a model: all predictions of both models on the same jobs that the registry has
/// stored.
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

/// Predicts jobs that neither model has seen with both models and stores the errors; returns the
/// number of new jobs.
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
    let known = unseen(ctx, &known, &[&model, &production])?;
    let new = compare(&store, &known, &model, &production)?;
    let trial = trial(&store, &model, &production)?;
    keep(ctx, trial.kept());
    ctx.print(&trial.frame(&model.version, &production.version, new))?;
    let note = trial.note(&model.version, &production.version);
    note.into_iter().for_each(|note| say(ctx, note));
    Ok(Outcome::found(usize::from(!trial.is_good())))
}

/// The jobs that were used neither to make nor to judge the models.
fn unseen(ctx: &Context, known: &Known, models: &[&Model]) -> Result<Known> {
    let mut reports = Vec::new();
    for model in models {
        reports.push((model.version.as_str(), report_of(model)?));
    }
    let (left, notes) = trial::unseen(known, &reports);
    notes.into_iter().for_each(|note| say(ctx, note));
    match left.jobs.is_empty() {
        true => Err(Usage("no job is new to both models".to_owned()).into()),
        false => Ok(left),
    }
}
