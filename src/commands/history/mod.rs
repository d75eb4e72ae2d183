//! `history`: what ran.

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
  libchar history search oxide                              runs that speak of it, in parameters, tags or alerts
  libchar history trend tphl --tag lot=L7                   a measure from run to run
  libchar history trend tphl | libchar spc chart - -c mean  the same, charted
  libchar history tag latest lot=L7 wafer=3 note='after the maintenance'
  libchar history verify --anchor 00bkp_20260102030405      whether anything was changed, deleted or cut off";

/// List what ran, read back its parameters, results and alerts, label it, and prove it
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
    /// List the runs that speak of something: in command, folder, user, parameters, recipe, error, tags or alerts
    Search {
        /// The text, in any case
        text: String,
        #[command(flatten)]
        choice: Choice,
    },
    /// Show one run with its parameters, stages, results, alerts, tags and all that decided its results
    Show {
        /// The run's id, an unambiguous beginning of it, or `latest`
        run: String,
        /// Print only the recipe, or the config.cfg, that makes the run repeatable
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
    /// Follow a measure from run to run, the oldest first
    Trend {
        /// The measure
        measure: String,
        /// Only its value at this point
        #[arg(long, value_name = "ID")]
        point: Option<String>,
        /// Draw it
        #[arg(long, value_name = "FILE")]
        svg: Option<PathBuf>,
        #[command(flatten)]
        choice: Choice,
    },
    /// Label a run: lot=L7 wafer=3 die=0,2 sample=A project=P note='any text'; `lot=` takes one off
    Tag {
        /// The run's id, an unambiguous beginning of it, or `latest`
        run: String,
        /// Labels
        #[arg(value_name = "NAME=VALUE", required = true, value_parser = labels::parse)]
        tags: Vec<(String, String)>,
    },
    /// Count runs by command and status
    Stats,
    /// List the newest alerts, resolved ones too
    Alerts {
        /// How many
        #[arg(short = 'n', long, default_value_t = 20)]
        limit: usize,
    },
    /// Write runs with their results: CSV, or JSON lines with all that belongs to a run
    Export {
        /// The file [default: standard output]
        #[arg(short, long, default_value = "-", value_name = "FILE")]
        output: String,
        #[command(flatten)]
        choice: Choice,
    },
    /// Let go of old runs; the audit chain tells it
    Prune {
        /// How many of the newest stay
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
        keep: u32,
        /// Only name what would be let go
        #[arg(long)]
        dry_run: bool,
    },
    /// Check that nothing was changed, deleted, inserted or cut off; exit 1 if something was
    Verify {
        /// Print where the audit chain ends, to be kept elsewhere
        #[arg(long, conflicts_with = "anchor")]
        head: bool,
        /// Something that remembers where the chain ended: a backup set, its manifest, or what --head printed
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

/// Opens the history to read. Runs that ended without a word are settled first, by those who may write.
fn read(ctx: &Context) -> Result<Database> {
    let path = ctx.history_path()?;
    let database = Database::read(&path)?;
    if database.lost()?.is_empty() {
        return Ok(database);
    }
    drop(database);
    // Whoever may only read sees them as they are recorded.
    if let Ok(writer) = Database::open(&path) {
        let _ = writer.settle();
    }
    Ok(Database::read(&path)?)
}

fn find(database: &Database, run: &str) -> Result<Job> {
    let message = format!("no single run `{run}` in the history; `libchar history` lists them");
    Ok(database.job(run)?.ok_or(Usage(message))?)
}
