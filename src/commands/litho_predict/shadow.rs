use super::evaluate::{Report, predict_all};
use super::registry::{RegistryArgs, Store};
use super::surrogate::{self, Known};
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::{Context as _, Result};
use clap::Args;
use libchar_core::Frame;
use libchar_history::registry::{Model, ShadowJob};
use libchar_learn::paired::{self, PairedTest};
use libchar_learn::score;
use serde_json::json;
use std::collections::BTreeSet;

/// Fewest jobs on which a shadow is compared with production.
pub const LEAST_JOBS: usize = 200;

/// A shadow may be worse than production by at most this, with 95 % confidence.
pub const MARGIN_PCT: f64 = 10.0;

/// Let a model predict beside the one in production on jobs with known results, and compare the two
#[derive(Args)]
pub struct Shadow {
    /// New jobs with their results as CSV, JSON or JSON lines [default: standard input]
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

/// All that a shadow and production predicted together.
pub struct Trial {
    pub jobs: Vec<ShadowJob>,
    pub error_mean: f64,
    pub error_sd: f64,
    pub production_error_mean: f64,
    /// Upper end of the one-sided 95 % interval of the mean difference: how much worse the shadow may be.
    pub worst_difference: f64,
    pub coverage: f64,
    /// Student's test of the paired differences; negative means are better than production.
    pub test: PairedTest,
    /// Wilcoxon's test of the same, which no single job can decide.
    pub ranks: PairedTest,
}

impl Trial {
    pub fn of(store: &Store, model: &Model, production: &Model) -> Result<Trial> {
        let jobs = store.registry.shadow_jobs(&model.model_id, &production.model_id)?;
        let errors: Vec<f64> = jobs.iter().map(|job| job.error).collect();
        let differences: Vec<f64> = jobs.iter().map(|j| j.error - j.production_error).collect();
        let mean = |value: &dyn Fn(&ShadowJob) -> f64| {
            jobs.iter().map(value).sum::<f64>() / jobs.len().max(1) as f64
        };
        let nothing = PairedTest { statistic: 0.0, p_value: 1.0, mean_difference: 0.0, pairs: 0 };
        let enough = differences.len() >= 2;
        Ok(Trial {
            error_mean: mean(&|job| job.error),
            error_sd: score::sd(&errors),
            production_error_mean: mean(&|job| job.production_error),
            worst_difference: differences.iter().sum::<f64>() / differences.len().max(1) as f64
                + 1.645 * score::sd(&differences) / (differences.len().max(1) as f64).sqrt(),
            coverage: mean(&|job| job.covered),
            test: if enough { paired::t_test(&differences)? } else { nothing },
            ranks: if enough { paired::wilcoxon(&differences)? } else { nothing },
            jobs,
        })
    }

    pub fn verdict(&self) -> &'static str {
        if self.jobs.len() < LEAST_JOBS {
            "too few jobs"
        } else if self.test.p_value >= 0.05 {
            "no difference"
        } else if self.test.mean_difference < 0.0 {
            "better"
        } else {
            "worse"
        }
    }
}

pub fn run(args: &Shadow, ctx: &Context) -> Result<Outcome> {
    ctx.begin("litho-predict shadow", json!({ "model": args.model }));
    let source = ctx.read(args.data.as_deref().unwrap_or("-"))?;
    let known = surrogate::read_known(&source, &[], &args.ignore)?;
    let store = args.registry.open_existing(ctx)?;
    let model = store.registry.model(&args.model)?;
    let production = store.production()?;
    if model.model_id == production.model_id {
        let message = format!("{} is in production: it cannot be its own shadow", model.version);
        return Err(Usage(message).into());
    }
    let known = unseen(ctx, known, &[&model, &production])?;
    let jobs = compare(&store, &known, &model, &production)?;
    let ids = (model.model_id.as_str(), production.model_id.as_str());
    let new = store.registry.add_shadow_jobs(ids.0, ids.1, &jobs)?;
    let trial = Trial::of(&store, &model, &production)?;
    ctx.print(&frame(&trial, new, &model, &production))?;
    if trial.jobs.len() < LEAST_JOBS {
        let message = format!(
            "{} of at least {LEAST_JOBS} jobs: too few to compare {} with {}",
            trial.jobs.len(),
            model.version,
            production.version
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
        let report: Report = serde_json::from_str(&model.report)
            .with_context(|| format!("the evaluation of {} cannot be read", model.version))?;
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
        known.jobs.iter().map(|named| !seen.contains(&surrogate::job_key(&named.job))).collect();
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

/// Predicts every job with both models; errors are in the candidate's units for both.
fn compare(
    store: &Store,
    known: &Known,
    model: &Model,
    production: &Model,
) -> Result<Vec<ShadowJob>> {
    let (model, production) = (store.load(model)?.surrogate, store.load(production)?.surrogate);
    let names = known.names(0..known.jobs.len());
    let rows = known.rows(0..known.jobs.len(), &names)?;
    let (ours, theirs) = (predict_all(&model, &rows)?, predict_all(&production, &rows)?);
    // Only targets that both models predict and the data has can be compared.
    let index = |targets: &[&str], name: &str| targets.iter().position(|target| *target == name);
    let of = |surrogate: &libchar_learn::Surrogate| {
        surrogate.targets().map(|target| target.name.clone()).collect::<Vec<_>>()
    };
    let (mine, yours) = (of(&model), of(&production));
    let mine: Vec<&str> = mine.iter().map(String::as_str).collect();
    let yours: Vec<&str> = yours.iter().map(String::as_str).collect();
    let shared: Vec<(usize, usize, usize)> = known
        .targets
        .iter()
        .enumerate()
        .filter_map(|(column, name)| Some((column, index(&mine, name)?, index(&yours, name)?)))
        .collect();
    if shared.is_empty() {
        let message = "the data, the model and production have no result in common".to_owned();
        return Err(Usage(message).into());
    }
    let n = shared.len() as f64;
    let mut jobs = Vec::with_capacity(known.jobs.len());
    for (i, named) in known.jobs.iter().enumerate() {
        let (mut error, mut production_error, mut covered) = (0.0, 0.0, 0.0);
        for &(column, m, p) in &shared {
            let (truth, guess) = (known.truth[i][column], &ours[i][m]);
            error += model.scaled_error(m, truth, guess.value) / n;
            production_error += model.scaled_error(m, truth, theirs[i][p].value) / n;
            let inside = guess.low <= truth && truth <= guess.high;
            covered += f64::from(u8::from(inside)) / n;
        }
        let job_key = surrogate::job_key(&named.job);
        jobs.push(ShadowJob { job_key, error, production_error, covered });
    }
    Ok(jobs)
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
        trial.jobs.len().into(),
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
