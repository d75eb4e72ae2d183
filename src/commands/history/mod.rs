//! `history`: shows recorded runs.

mod chain;
mod choice;
mod export;
mod labels;
mod list;
mod show;
mod trend;

use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use choice::Choice;
use clap::{Args, Subcommand};
use libchar_history::{History as Database, Job};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  libchar history --command run --since 7d                  runs of the last week
  libchar history search oxide                              runs with this text in parameters, tags, alerts and so on
  libchar history trend tphl --tag lot=L7                   a measure from run to run
  libchar history trend tphl | libchar spc chart - -c mean  the same, charted
  libchar history tag latest lot=L7 wafer=3 note='after the maintenance'
  libchar history verify --anchor 00bkp_20260102030405      check that nothing was changed, deleted or cut off";

/// List past runs with their parameters, results and alerts; label them; verify that the record is unchanged
#[derive(Args)]
#[command(after_long_help = EXAMPLES, args_conflicts_with_subcommands = true)]
pub struct History {
    #[command(subcommand)]
    action: Option<Action>,
    #[command(flatten)]
    choice: Choice,
}

#[derive(Subcommand)]
enum Action {
    /// List the newest runs
    List {
        #[command(flatten)]
        choice: Choice,
    },
    /// List the runs that contain a text in command, folder, user, parameters, recipe, error, tags or alerts
    Search {
        /// Text to search for; upper and lower case are the same
        text: String,
        #[command(flatten)]
        choice: Choice,
    },
    /// Show one run with its parameters, inputs, stages, results, alerts and tags
    Show {
        /// The run's id, an unambiguous beginning of it, or `latest`
        run: String,
        /// Print only the recipe, or the config.cfg, with which the run can be repeated
        #[arg(long)]
        recipe: bool,
        /// Print only the configuration that was in effect
        #[arg(long, conflicts_with = "recipe")]
        settings: bool,
    },
    /// Print the results of a run
    Results {
        /// The run's id, an unambiguous beginning of it, or `latest`
        run: String,
    },
    /// Print a measure from run to run, the oldest first
    Trend {
        /// Name of the measure
        measure: String,
        /// Take only its value at this point
        #[arg(long, value_name = "ID")]
        point: Option<String>,
        /// Draw the trend
        #[arg(long, value_name = "FILE")]
        svg: Option<PathBuf>,
        #[command(flatten)]
        choice: Choice,
    },
    /// Label a run: lot=L7 wafer=3 die=0,2 sample=A project=P note='any text'; `lot=` removes a label
    Tag {
        /// The run's id, an unambiguous beginning of it, or `latest`
        run: String,
        /// Labels to set or remove
        #[arg(value_name = "NAME=VALUE", required = true, value_parser = labels::parse)]
        tags: Vec<(String, String)>,
    },
    /// Count runs by command and status
    Stats,
    /// List the newest alerts, resolved ones too
    Alerts {
        /// Number of alerts to list
        #[arg(short = 'n', long, default_value_t = 20)]
        limit: usize,
    },
    /// Write runs with their results: as CSV, or as JSON lines with everything that belongs to a run
    Export {
        /// File to write [default: standard output]
        #[arg(short, long, default_value = "-", value_name = "FILE")]
        output: String,
        #[command(flatten)]
        choice: Choice,
    },
    /// Remove old runs from the history; the audit chain records the removal
    Prune {
        /// Number of newest runs to keep
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
        keep: u32,
        /// Print the runs that would be removed, and stop
        #[arg(long)]
        dry_run: bool,
    },
    /// Check that nothing in the history was changed, deleted, inserted or cut off; exit 1 if something was
    Verify {
        /// Print the end of the audit chain, so that it can be kept in another place
        #[arg(long, conflicts_with = "anchor")]
        head: bool,
        /// Compare with an earlier end of the chain: from a backup set, its manifest, or a file of what --head printed
        #[arg(long, value_name = "FILE")]
        anchor: Vec<PathBuf>,
    },
}

pub fn run(args: History, ctx: &Context) -> Result<Outcome> {
    ctx.look("history");
    let path = ctx.history_path()?;
    if !path.exists() {
        return Err(Usage(format!("no history yet: {} does not exist", path.display())).into());
    }
    match args.action.unwrap_or(Action::List { choice: args.choice }) {
        Action::List { choice } => list::jobs(&read(ctx)?, &choice.filter(Some(20))?, ctx)?,
        Action::Search { text, choice } => {
            let mut filter = choice.filter(Some(20))?;
            filter.text = Some(text);
            list::jobs(&read(ctx)?, &filter, ctx)?;
        }
        Action::Show { run, recipe, settings } => {
            let database = read(ctx)?;
            let job = find(&database, &run)?;
            match (recipe, settings) {
                (true, _) => show::recipe(&database, job, ctx)?,
                (_, true) => show::settings(&database, &job, ctx)?,
                _ => show::all(&database, job, ctx)?,
            }
        }
        Action::Results { run } => {
            let database = read(ctx)?;
            let job = find(&database, &run)?;
            ctx.print(&list::results(&database, &job.job_id)?)?;
        }
        Action::Trend { measure, point, svg, choice } => {
            let filter = choice.filter(Some(100))?;
            let point = point.as_deref();
            return trend::trend(&read(ctx)?, &measure, point, &filter, svg.as_deref(), ctx);
        }
        Action::Tag { run, tags } => labels::tag(&run, &tags, ctx)?,
        Action::Stats => ctx.print(&list::statistics(&read(ctx)?)?)?,
        Action::Alerts { limit } => ctx.print(&list::alerts(&read(ctx)?, limit)?)?,
        Action::Export { output, choice } => {
            export::export(&read(ctx)?, &choice.filter(None)?, &output, ctx)?;
        }
        Action::Prune { keep, dry_run } => labels::prune(keep as usize, dry_run, ctx)?,
        Action::Verify { head: true, .. } => chain::head(&read(ctx)?, ctx)?,
        Action::Verify { anchor, .. } => return chain::verify(&read(ctx)?, &anchor, ctx),
    }
    Ok(Outcome::Fine)
}

/// Opens the history for reading. If the user may write to it, runs that ended without recording
/// their end are settled first.
fn read(ctx: &Context) -> Result<Database> {
    let path = ctx.history_path()?;
    let database = Database::read(&path)?;
    if database.lost()?.is_empty() {
        return Ok(database);
    }
    drop(database);
    // A user who may only read it sees these runs as they are recorded.
    if let Ok(writer) = Database::open(&path) {
        let _ = writer.settle();
    }
    Ok(Database::read(&path)?)
}

fn find(database: &Database, run: &str) -> Result<Job> {
    let message = format!("no single run `{run}` in the history; `libchar history` lists them");
    Ok(database.job(run)?.ok_or(Usage(message))?)
}
