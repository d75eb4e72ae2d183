mod counters;
mod exchange;
mod follow;
mod outcome;

use super::pipeline::Pipeline;
use super::registry::{RegistryArgs, Store, now};
use super::simulators;
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use crate::told::keep;
use crate::who::name as user;
use anyhow::Result;
use clap::{Args, Subcommand};
use libchar_assurance::litho::follow::kept;
use libchar_assurance::litho::job_table;
use libchar_assurance::litho::record::Entry;
use libchar_core::{Frame, frame, hash};
use libchar_history::registry::{JobState, LithoJob};
use serde_json::json;
use std::collections::BTreeMap;

/// Submit jobs, follow them, review those that an engineer must judge, and keep a record of all
#[derive(Args)]
#[command(arg_required_else_help = true)]
pub struct Jobs {
    #[command(subcommand)]
    action: Action,
    #[command(flatten)]
    registry: RegistryArgs,
}

#[derive(Subcommand)]
enum Action {
    /// Record jobs and run each until it ends or an engineer must decide; exit 1 if one ends other than COMPLETED
    Submit {
        /// Jobs as CSV, JSON or JSON lines [default: standard input]
        jobs: Option<String>,
        /// Only record the jobs, without running them
        #[arg(long)]
        hold: bool,
        /// Simulator: physics, synthetic, or one of [litho.simulators] [default: litho.simulator]
        #[arg(long, value_name = "NAME")]
        simulator: Option<String>,
        /// Constraint profiles in TOML
        #[arg(long, value_name = "FILE")]
        profiles: Option<String>,
    },
    /// Run every waiting or interrupted job until it ends or an engineer must decide
    Resume {
        /// Constraint profiles in TOML
        #[arg(long, value_name = "FILE")]
        profiles: Option<String>,
    },
    /// List jobs, or show one with its history as JSON
    Status {
        /// Id of the job to show
        job: Option<String>,
    },
    /// Start the review of a job with an anomaly
    Review(Step),
    /// Clear a job after its review: no fault was found
    Clear(Step),
    /// Escalate a job after its review
    Escalate(Step),
    /// Cancel a job that has not run, was blocked or failed
    Cancel(Step),
    /// Submit a blocked or failed job again
    Retry(Reasoned),
    /// Run a blocked or failed job without asking the model again
    Override(Reasoned),
    /// Record measured results of jobs; exit 1 if one misses a limit or lies far from its prediction
    Outcome(outcome::Arrive),
    /// Print the predicted, simulated and measured values: one row per job and signal
    History(follow::History),
    /// Print one signal from job to job, the oldest first
    Trend(follow::Trend),
    /// Write the whole record: CSV with one row per job, or JSON lines with everything that belongs to a job
    Export,
    /// Import jobs with results from another source: the fab, a rigorous simulator, another record
    Import(exchange::Import),
}

#[derive(Args)]
struct Reasoned {
    /// The job's id
    job: String,
    /// Reason for the decision
    #[arg(long)]
    note: String,
    /// Name of the person who decides [default: the user]
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

#[derive(Args)]
struct Step {
    /// The job's id
    job: String,
    /// Reason for the decision
    #[arg(long)]
    note: Option<String>,
}

pub fn run(args: &Jobs, ctx: &Context) -> Result<Outcome> {
    let result = match &args.action {
        Action::Submit { jobs, hold, simulator, profiles } => {
            let store = args.registry.open(ctx)?;
            let configured = ctx.config.text("litho.simulator").unwrap_or("physics");
            let simulator = simulator.as_deref().unwrap_or(configured);
            // An unknown simulator is a mistake of the caller, not a failure of every job.
            simulators::of_name(simulator, ctx)?;
            let pipeline = Pipeline::new(ctx, &args.registry, &store, profiles.as_deref())?;
            let new = submit(ctx, &store, jobs.as_deref(), simulator, &pipeline)?;
            let ids: Vec<String> = new.into_iter().map(|job| job.job_id).collect();
            if !hold {
                pipeline.drain(Some(&ids))?;
            }
            report(ctx, &store, Some(&ids))
        }
        Action::Resume { profiles } => {
            ctx.begin("litho-predict jobs resume", json!({ "profiles": profiles }));
            let store = args.registry.open_existing(ctx)?;
            let pipeline = Pipeline::new(ctx, &args.registry, &store, profiles.as_deref())?;
            if profiles.is_some() {
                let message = "jobs keep the limits that they were submitted with; these are for jobs of earlier versions";
                ctx.log.info("profiles", message);
            }
            let ids = pipeline.drain(None)?;
            report(ctx, &store, Some(&ids))
        }
        Action::Status { job: None } => {
            let store = args.registry.open_existing(ctx)?;
            ctx.print(&list(&store.registry.litho_jobs()?))?;
            Ok(Outcome::Fine)
        }
        Action::Status { job: Some(job) } => {
            show(ctx, &args.registry.open_existing(ctx)?, job)?;
            Ok(Outcome::Fine)
        }
        Action::Review(step) => args.step(ctx, step, JobState::EngineerReview),
        Action::Clear(step) => args.step(ctx, step, JobState::Cleared),
        Action::Escalate(step) => args.step(ctx, step, JobState::Escalated),
        Action::Cancel(step) => args.step(ctx, step, JobState::Cancelled),
        Action::Retry(step) => args.again(ctx, step, JobState::Submitted),
        Action::Override(step) => args.again(ctx, step, JobState::Queued),
        Action::Outcome(arrive) => outcome::run(arrive, ctx, &args.registry.open_existing(ctx)?),
        Action::History(what) => follow::history(what, ctx, &args.registry.open_existing(ctx)?),
        Action::Trend(what) => follow::trend(what, ctx, &args.registry.open_existing(ctx)?),
        Action::Export => exchange::export(ctx, &args.registry.open_existing(ctx)?),
        Action::Import(what) => exchange::import(what, ctx, &args.registry.open(ctx)?),
    };
    if ctx.options.metrics.is_some()
        && let Ok(store) = args.registry.open_existing(ctx)
    {
        counters::count(ctx, &store)?;
    }
    result
}

impl Jobs {
    /// Restarts a blocked or failed job; who did it and why is recorded.
    fn again(&self, ctx: &Context, step: &Reasoned, to: JobState) -> Result<Outcome> {
        let store = self.registry.open_existing(ctx)?;
        let job = store.registry.litho_job(&step.job)?;
        if ![JobState::Blocked, JobState::Failed].contains(&job.status) {
            let message =
                format!("job `{}` is {}, neither BLOCKED nor FAILED", job.job_id, job.status);
            return Err(Usage(message).into());
        }
        let user = user();
        let by = step.by.as_deref().unwrap_or(&user);
        ctx.begin(
            "litho-predict jobs",
            json!({ "job": step.job, "to": to.name(), "by": by, "note": step.note }),
        );
        // Everything needed to run it is read before its state changes.
        let pipeline = Pipeline::new(ctx, &self.registry, &store, None)?;
        store.registry.advance(&step.job, to, &now(), Some(by), Some(&step.note))?;
        let ids = pipeline.drain(Some(std::slice::from_ref(&step.job)))?;
        report(ctx, &store, Some(&ids))
    }

    fn step(&self, ctx: &Context, step: &Step, to: JobState) -> Result<Outcome> {
        let store = self.registry.open_existing(ctx)?;
        let (by, note) = (user(), step.note.as_deref());
        ctx.begin("litho-predict jobs", json!({ "job": step.job, "to": to.name(), "note": note }));
        store.registry.advance(&step.job, to, &now(), Some(&by), note)?;
        let job = store.registry.litho_job(&step.job)?;
        leave_results(ctx, std::slice::from_ref(&job));
        ctx.print(&list(&[job]))?;
        Ok(Outcome::Fine)
    }
}

/// Records the jobs, all or none.
fn submit(
    ctx: &Context,
    store: &Store,
    input: Option<&str>,
    simulator: &str,
    pipeline: &Pipeline,
) -> Result<Vec<LithoJob>> {
    let source = ctx.read(input.unwrap_or("-"))?;
    ctx.begin("litho-predict jobs submit", json!({ "sha256": hash::sha256(&source.bytes) }));
    let at = now();
    let mut jobs = Vec::new();
    for (i, parameters) in job_table::unchecked(&source)?.into_iter().enumerate() {
        let text = serde_json::to_string(&parameters)?;
        // A job without an id is named by time and content.
        let id = parameters.job_id.clone().unwrap_or_else(|| {
            let stem = hash::sha256(format!("{at}{i}{text}").as_bytes());
            format!("job_{}", &stem[..8])
        });
        jobs.push(LithoJob {
            job_id: id,
            submitted_at: at.clone(),
            submitted_by: Some(parameters.submitted_by.clone().unwrap_or_else(user)),
            job_class: i64::from(parameters.job_class),
            priority: parameters.priority as i64,
            adapter_type: simulator.to_owned(),
            parameters: text,
            decided_by: Some(pipeline.decision(parameters.constraint_profile.as_deref())?),
            ..LithoJob::default()
        });
    }
    store.registry.submit(&jobs)?;
    Ok(jobs)
}

/// Prints the jobs; those that did not complete are findings.
fn report(ctx: &Context, store: &Store, ids: Option<&[String]>) -> Result<Outcome> {
    let mut jobs = store.registry.litho_jobs()?;
    jobs.reverse();
    jobs.retain(|job| ids.is_none_or(|ids| ids.contains(&job.job_id)));
    leave_results(ctx, &jobs);
    ctx.print(&list(&jobs))?;
    let fine = |job: &&LithoJob| {
        job.status.is_automatic() || [JobState::Completed, JobState::Cleared].contains(&job.status)
    };
    Ok(Outcome::found(jobs.iter().filter(|job| !fine(job)).count()))
}

fn list(jobs: &[LithoJob]) -> Frame {
    Frame::of(
        "libchar.litho-jobs",
        1,
        jobs,
        &[
            ("job_id", |j| j.job_id.as_str().into()),
            ("status", |j| j.status.name().into()),
            ("submitted_at", |j| j.submitted_at.as_str().into()),
            ("completed_at", |j| j.completed_at.clone().into()),
            ("submitted_by", |j| j.submitted_by.clone().into()),
            ("job_class", |j| j.job_class.into()),
            ("priority", |j| j.priority.into()),
            ("adapter_type", |j| j.adapter_type.as_str().into()),
            ("model_version", |j| j.model_version.clone().into()),
        ],
    )
}

fn show(ctx: &Context, store: &Store, id: &str) -> Result<()> {
    let body = store.registry.whole(&store.registry.litho_job(id)?)?;
    ctx.write_document("-", &frame::document("libchar.litho-job", 1, body))
}

/// A job as an entry of the record, without its measured results.
fn entry(job: &LithoJob) -> Entry {
    let about = (job.job_id.as_str(), job.submitted_at.as_str());
    Entry::read(about, &job.parameters, job.prediction.as_deref(), job.outputs.as_deref())
}

/// The whole record, the oldest first.
pub fn entries(store: &Store) -> Result<Vec<Entry>> {
    let mut measured: BTreeMap<String, BTreeMap<String, Vec<f64>>> = BTreeMap::new();
    for o in store.registry.outcomes()? {
        measured.entry(o.job_id).or_default().entry(o.measure).or_default().push(o.value);
    }
    let mut jobs = store.registry.litho_jobs()?;
    jobs.reverse();
    let with = |job: &LithoJob| {
        let measured = measured.remove(&job.job_id).unwrap_or_default();
        Entry { measured, ..entry(job) }
    };
    Ok(jobs.iter().map(with).collect())
}

/// Stores results of jobs in the history: the simulated ones, else the predicted ones.
fn leave_results(ctx: &Context, jobs: &[LithoJob]) {
    for job in jobs {
        let status = job.status.name().to_lowercase();
        keep(ctx, kept(&entry(job), &status, job.status == JobState::Completed));
    }
}
