pub mod cluster;
pub mod engine;
mod local;
mod progress;
pub mod reconcile;
mod selection;
mod session;
pub mod settings;
mod summary;
pub mod supervise;
mod words;

use crate::context::Context;
use crate::exit::{Outcome, Usage};
use crate::freshness;
use crate::provenance;
use anyhow::Result;
use clap::Args;
use cluster::scheduler::{Site, user};
use libchar_campaign::after::After;
use libchar_campaign::attempts::RUNS;
use libchar_campaign::cannot::cannot;
use libchar_campaign::cluster::cancel;
use libchar_core::words::count;
use libchar_runner::Signals;
use serde_json::json;
use session::Session;
use std::fs;
use std::path::Path;
use std::time::Duration;

const EXAMPLES: &str = "\
Examples:
  libchar run                                 simulate the points that are missing, failed or changed
  libchar run -j 8 --timeout 30m              eight at a time, at most half an hour each
  libchar run --corner SS --sample 5          five points of a corner
  libchar gen | grep ^TT/ | libchar run -     the points whose ids are on standard input

The ids of the points that are done go to standard output; the other points, with the reasons, go to standard error.
A point is done when it was simulated with the same deck, the same content of every file that the deck reads, and
the same simulator, version, options and environment. Ctrl-C ends the simulations; a second Ctrl-C ends them at once.";

/// Simulate the points that are missing, failed or changed
#[derive(Args, Default)]
#[command(after_long_help = EXAMPLES)]
pub struct Run {
    /// `-` reads the points from standard input: ids, CSV or JSON lines
    #[arg(value_name = "-", value_parser = ["-"])]
    input: Option<String>,
    /// Number of cores to use; this many simulations at the same time if each takes one thread [default: run.jobs, else the cores]
    #[arg(short, long)]
    pub jobs: Option<usize>,
    /// Stop a simulation after this time, such as 30m [default: run.timeout]
    #[arg(long, value_name = "TIME", value_parser = libchar_core::duration::parse)]
    timeout: Option<Duration>,
    /// Only this point, by id or by a pattern with `*`; may be repeated
    #[arg(long, value_name = "ID")]
    point: Vec<String>,
    /// Only this corner; may be repeated
    #[arg(long, value_name = "NAME")]
    corner: Vec<String>,
    /// Only the points whose last simulation failed
    #[arg(long)]
    failed: bool,
    /// Simulate only this many of the points, spread evenly
    #[arg(long, value_name = "N")]
    sample: Option<usize>,
    /// Simulate these points first: an id or a pattern with `*`; may be repeated, in the order of priority
    #[arg(long, value_name = "ID")]
    priority: Vec<String>,
    /// Simulate points again that are already done
    #[arg(long)]
    again: bool,
    /// Exit 1 if all results are equal along corners, temperatures, supplies or a swept axis
    #[arg(long)]
    require_effect: bool,
    /// Print the points that would be simulated, and stop
    #[arg(long)]
    dry_run: bool,
    /// Number of retries after a failure that may be temporary: licence, lost machine, time-out, file system [default: run.retries]
    #[arg(long, value_name = "N")]
    retries: Option<u32>,
    /// Override options of the decks by this preset of presets.toml [default: run.preset]
    #[arg(long, value_name = "NAME")]
    preset: Option<String>,
    /// Simulate each point in its own simulator process
    #[arg(long)]
    no_batch: bool,
    /// Give the simulator the whole model libraries, without trimming
    #[arg(long)]
    no_trim: bool,
    /// Simulate every point, also points whose decks differ only in the point's name
    #[arg(long)]
    no_reuse: bool,
    /// Where to simulate: local, slurm, sge, lsf, netbatch, htcondor, or NAME of [executors.NAME] [default: run.executor]
    #[arg(long, value_name = "NAME")]
    executor: Option<String>,
    /// Greatest number of cluster jobs that run at the same time [default: cluster.max_running]
    #[arg(long, value_name = "N")]
    max_running: Option<usize>,
    /// Greatest number of cluster jobs that are submitted at the same time [default: cluster.max_submit]
    #[arg(long, value_name = "N")]
    max_submit: Option<usize>,
    /// Number of licences: at most this many simulations at the same time
    #[arg(long, value_name = "N")]
    licenses: Option<usize>,
    /// Wait for the jobs that are already submitted to a cluster, and submit no new ones
    #[arg(long, conflicts_with = "cancel")]
    attach: bool,
    /// Cancel all jobs that are submitted to a cluster
    #[arg(long)]
    cancel: bool,
    /// End simulations that an interrupted run left running, instead of waiting for them
    #[arg(long)]
    kill_orphans: bool,
}

impl Run {
    /// The arguments of a run that is a stage of a flow.
    pub fn of_flow(
        (jobs, timeout): (Option<usize>, Option<Duration>),
        corner: Vec<String>,
        preset: Option<String>,
        executor: Option<String>,
    ) -> Run {
        Run { jobs, timeout, corner, preset, executor, ..Run::default() }
    }
}

/// Runs the stage.
pub fn run(args: Run, ctx: &Context) -> Result<Outcome> {
    crate::stage::run("run", ctx, || simulate(&args, ctx))
}

fn simulate(args: &Run, ctx: &Context) -> Result<Outcome> {
    let piped = args.input.as_deref() == Some("-");
    let named = if piped { Some(ctx.read("-")?) } else { None };
    if args.dry_run {
        ctx.look("run")
    } else {
        ctx.begin("run", parameters(args))
    }
    let domain = Path::new(".");
    let _lock = if piped { ctx.lock_after_pipe(domain, "run")? } else { ctx.lock(domain, "run")? };
    let points = crate::domain::read_points(ctx)?;
    let config = crate::domain::read_config(ctx)?;
    if let Some(older) = freshness::decks(ctx, &points) {
        older.tell(ctx);
    }
    let chosen = selection::choose(&points, args, named.as_ref())?;
    let after = After::of(&ctx.config, &points)?;
    let waves = after.waves(chosen)?;

    let signals = Signals::watch()?;
    let engine = settings::engine(args, &config, ctx, &signals)?;
    let runs = Path::new(RUNS);
    fs::create_dir_all(runs).map_err(|e| cannot("create", runs, e))?;
    if !reconcile::wait_for_orphans(runs, args.kill_orphans, ctx, &signals)? {
        return Err(crate::exit::Interrupted(2).into());
    }
    let executor = settings::executor(args, ctx)?;
    if args.cancel {
        let Some(executor) = &executor else {
            let message = "--cancel is for a cluster; Ctrl-C ends a local run";
            return Err(Usage(message.to_owned()).into());
        };
        let site = Site { executor, signals: &signals };
        let cancelled = cancel(executor, runs, &user(), &site, ctx)?;
        ctx.log.info("cancel", format!("{} cancelled", count(cancelled, "submission")));
        return Ok(Outcome::Fine);
    }
    if !args.dry_run {
        provenance::of_domain(ctx);
        provenance::of_engine(&engine, ctx);
    }
    let place = settings::place(executor, args, ctx)?;
    let breaker = settings::breaker(ctx, runs);
    let mut session = Session {
        args,
        ctx,
        points: &points,
        after: &after,
        engine,
        runs,
        signals,
        breaker,
        seen: Default::default(),
    };
    session.run(waves, place)
}

fn parameters(args: &Run) -> serde_json::Value {
    json!({
        "jobs": args.jobs,
        "timeout_s": args.timeout.map(|t| t.as_secs_f64()),
        "point": args.point,
        "corner": args.corner,
        "failed": args.failed,
        "sample": args.sample,
        "again": args.again,
        "preset": args.preset,
    })
}
