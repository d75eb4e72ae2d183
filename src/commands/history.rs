use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use clap::{Args, Subcommand};
use libchar_core::{Cell, Frame, frame};
use libchar_history::{History as Database, Job};
use serde_json::{Value, json};

/// List what ran, and read back its parameters, results and alerts
#[derive(Args)]
pub struct History {
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Subcommand)]
enum Action {
    /// List the newest runs
    List {
        /// How many
        #[arg(short = 'n', long, default_value_t = 20)]
        limit: usize,
    },
    /// Show one run with its parameters, stages and results
    Show {
        /// The run's id, an unambiguous beginning of it, or `latest`
        run: String,
        /// Print only the recipe that makes the run repeatable
        #[arg(long)]
        recipe: bool,
    },
    /// Print the results of a run
    Results {
        /// The run's id, an unambiguous beginning of it, or `latest`
        run: String,
    },
    /// Count runs by command and status
    Stats,
    /// List the newest alerts
    Alerts {
        /// How many
        #[arg(short = 'n', long, default_value_t = 20)]
        limit: usize,
    },
    /// Check that no recorded run was changed afterwards; exit 1 if one was
    Verify,
}

pub fn run(args: History, ctx: &Context) -> Result<Outcome> {
    let path = ctx.history_path()?;
    if !path.exists() {
        return Err(Usage(format!("no history yet: {} does not exist", path.display())).into());
    }
    let database = Database::open(&path)?;
    match args.action.unwrap_or(Action::List { limit: 20 }) {
        Action::List { limit } => ctx.print(&job_list(&database.jobs(limit)?))?,
        Action::Show { run, recipe: true } => {
            let job = find(&database, &run)?;
            let recipe =
                job.recipe.ok_or_else(|| Usage(format!("{} has no recipe", job.job_id)))?;
            ctx.write("-", recipe.as_bytes())?;
        }
        Action::Show { run, recipe: false } => {
            ctx.write_document("-", &show(&database, find(&database, &run)?)?)?;
        }
        Action::Results { run } => {
            let job = find(&database, &run)?;
            ctx.print(&result_list(&database, &job.job_id)?)?;
        }
        Action::Stats => ctx.print(&statistics(&database)?)?,
        Action::Alerts { limit } => ctx.print(&alert_list(&database, limit)?)?,
        Action::Verify => {
            let faults = database.verify()?;
            let mut frame = Frame::new("libchar.audit", 1, ["seq", "run", "reason"]);
            for fault in &faults {
                frame.push(vec![
                    fault.seq.into(),
                    fault.job_id.as_str().into(),
                    fault.reason.as_str().into(),
                ]);
            }
            ctx.print(&frame)?;
            return Ok(Outcome::found(faults.len()));
        }
    }
    Ok(Outcome::Fine)
}

fn find(database: &Database, run: &str) -> Result<Job> {
    let message = format!("no single run `{run}` in the history; `libchar history` lists them");
    Ok(database.job(run)?.ok_or(Usage(message))?)
}

fn job_list(jobs: &[Job]) -> Frame {
    let columns = ["run", "command", "status", "exit_code", "submitted_at", "duration_s", "folder"];
    let mut frame = Frame::new("libchar.history", 1, columns);
    for job in jobs {
        frame.push(vec![
            job.job_id.as_str().into(),
            job.command.as_str().into(),
            job.status.as_str().into(),
            job.exit_code.map(i64::from).into(),
            job.submitted_at.as_str().into(),
            job.duration_s.into(),
            job.folder.as_str().into(),
        ]);
    }
    frame
}

fn show(database: &Database, job: Job) -> Result<Value> {
    let stages = database.stages(&job.job_id)?;
    let results = database.results(&job.job_id)?;
    let parameters = job.parameters.as_deref().and_then(|text| serde_json::from_str(text).ok());
    let parameters: Value = parameters.unwrap_or_default();
    let mut body = json!(job);
    body["parameters"] = parameters;
    body["stages"] = json!(stages);
    body["results"] = json!(results);
    Ok(frame::document("libchar.run", 1, body))
}

fn result_list(database: &Database, job_id: &str) -> Result<Frame> {
    let mut frame =
        Frame::new("libchar.run-results", 1, ["point", "measure", "value", "unit", "status"]);
    for row in database.results(job_id)? {
        frame.push(vec![
            row.point.into(),
            row.measure.into(),
            row.value.into(),
            row.unit.into(),
            row.status.into(),
        ]);
    }
    Ok(frame)
}

fn statistics(database: &Database) -> Result<Frame> {
    let statistics = database.statistics()?;
    let mut frame =
        Frame::new("libchar.history-stats", 1, ["command", "status", "count", "mean_duration_s"]);
    for (name, count) in [
        ("jobs", statistics.jobs),
        ("job_stages", statistics.job_stages),
        ("results", statistics.results),
        ("open_alerts", statistics.open_alerts),
    ] {
        frame.push(vec![format!("all {name}").into(), Cell::Null, count.into(), Cell::Null]);
    }
    for row in statistics.by_status {
        frame.push(vec![
            row.command.into(),
            row.status.into(),
            row.jobs.into(),
            row.mean_duration_s.into(),
        ]);
    }
    Ok(frame)
}

fn alert_list(database: &Database, limit: usize) -> Result<Frame> {
    let columns = ["alert", "raised_at", "source", "severity", "state", "message", "run"];
    let mut frame = Frame::new("libchar.alerts", 1, columns);
    for row in database.alerts(limit)? {
        frame.push(vec![
            row.alert_id.into(),
            row.raised_at.into(),
            row.alert.source.into(),
            row.alert.severity.into(),
            row.state.into(),
            row.alert.message.into(),
            row.job_id.into(),
        ]);
    }
    Ok(frame)
}
