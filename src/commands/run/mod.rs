pub mod engine;
mod progress;
mod summary;
pub mod supervise;
mod words;

use crate::context::Context;
use crate::effect;
use crate::exit::{Outcome, Usage};
use crate::freshness;
use crate::sources::desk;
use anyhow::Result;
use clap::Args;
use libchar_campaign::after::After;
use libchar_campaign::attempts::RUNS;
use libchar_campaign::cannot::cannot;
use libchar_campaign::choice::{Wanted, choose};
use libchar_campaign::cluster::{self, cancel, site::Site};
use libchar_campaign::engine::Engine;
use libchar_campaign::listed;
use libchar_campaign::presets;
use libchar_campaign::reconcile::wait_for_orphans;
use libchar_campaign::session::{Asked, Host, Place, Session};
use libchar_campaign::{held, provenance, settings};
use libchar_core::Faults;
use libchar_core::words::count;
use libchar_pvt::{Point, RunConfig};
use libchar_runner::cluster::Executor;
use libchar_runner::{Signals, machine};
use serde_json::json;
use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
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

    /// Which points it is about.
    fn wanted<'w>(&'w self, listed: Option<&'w BTreeSet<String>>) -> Wanted<'w> {
        let Run { point: patterns, corner: corners, failed, sample, .. } = self;
        Wanted { listed, patterns, corners, failed: *failed, sample: *sample }
    }

    /// What is asked of its session.
    fn asked(&self, ctx: &Context) -> Asked {
        Asked {
            dry_run: self.dry_run,
            again: self.again,
            attach: self.attach,
            reuse: !self.no_reuse && ctx.config.flag("run.reuse"),
            priority: self.priority.clone(),
            retries: settings::retries(self.retries, &ctx.config),
        }
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
    freshness::tell_decks(ctx, &points);
    let listed = named.map(|source| listed::read(&points, &source.name, &source.bytes));
    let listed = listed.transpose()?;
    let chosen = choose(&points, args.wanted(listed.as_ref()))?;
    let after = After::of(&ctx.config, &points)?;
    let waves = after.waves(chosen)?;

    let signals = Signals::watch()?;
    let engine = engine(args, &config, ctx, &signals)?;
    let runs = Path::new(RUNS);
    fs::create_dir_all(runs).map_err(|e| cannot("create", runs, e))?;
    wait_for_orphans(runs, args.kill_orphans, ctx, &signals)?;
    let executor = executor(args, ctx)?;
    if args.cancel {
        return end_jobs(executor.as_ref(), runs, ctx, &signals);
    }
    if !args.dry_run {
        ctx.inputs(provenance::of_domain(&desk(ctx)));
        ctx.inputs(provenance::of_engine(&engine));
    }
    let mut session = Session {
        asked: args.asked(ctx),
        host: ctx,
        name: &ctx.log.run_id,
        points: &points,
        after: &after,
        engine,
        place: place(executor, args, ctx)?,
        runs,
        signals: &signals,
        breaker: held::breaker(&ctx.config, runs),
        seen: Default::default(),
    };
    run_session(&mut session, waves, args, ctx)
}

/// Runs the waves and reports the result.
fn run_session(
    session: &mut Session<'_>,
    waves: Vec<Vec<Point>>,
    args: &Run,
    ctx: &Context,
) -> Result<Outcome> {
    let ended = session.run(waves)?;
    if args.dry_run {
        let mut out = ctx.stdout();
        ended.planned.iter().try_for_each(|id| writeln!(out, "{id}"))?;
        out.flush()?;
        return Ok(Outcome::Fine);
    }
    summary::write(session.points, &ended.results, ctx)?;
    let outcome = summary::tell(&ended, ctx)?;
    // Without a new simulation there is nothing new to report, and a run that finds everything
    // done must be cheap.
    if ended.simulated == 0 && !args.require_effect {
        return Ok(outcome);
    }
    let without_effect = effect::tell_of_points(&ended.results.done(session.points), ctx);
    Ok(match outcome {
        Outcome::Fine if args.require_effect => Outcome::found(without_effect),
        outcome => outcome,
    })
}

/// The simulator, as the arguments want it.
fn engine(args: &Run, config: &RunConfig, ctx: &Context, signals: &Signals) -> Result<Engine> {
    let mut engine = engine::of(config, &ctx.config, signals)?;
    if let Some(timeout) = args.timeout {
        engine.timeout = timeout;
    }
    engine.batches &= !args.no_batch;
    engine.trims &= !args.no_trim;
    if let Some(name) = args.preset.as_deref().or(ctx.config.text("run.preset")) {
        let preset = presets::find(Path::new("."), name)?;
        ctx.depends(Path::new(presets::FILE));
        crate::told::say(ctx, settings::note_of_preset(&preset, &engine));
        engine.set_preset(preset)?;
    }
    Ok(engine)
}

/// The scheduler to submit to; `None` simulates on this machine.
fn executor(args: &Run, ctx: &Context) -> Result<Option<Executor>> {
    let named = args.executor.as_deref().or(ctx.config.text("run.executor"));
    let executor = cluster::settings::executor(named, &ctx.config)?;
    if executor.is_some() {
        ctx.config.consent("cluster.options").map_err(Faults::from)?;
    }
    Ok(executor)
}

/// Where to simulate.
fn place(executor: Option<Executor>, args: &Run, ctx: &Context) -> Result<Place> {
    let Run { max_running, max_submit, licenses, jobs, .. } = *args;
    let Some(executor) = executor else {
        return Ok(Place::Here(settings::place(jobs, licenses, &ctx.config)));
    };
    let asked = cluster::settings::Asked { max_running, max_submit, licenses };
    let settings = cluster::settings::settings(executor, asked, &ctx.config, machine::user())?;
    Ok(Place::Cluster(Box::new(settings)))
}

/// Cancels all jobs that are submitted.
fn end_jobs(
    executor: Option<&Executor>,
    runs: &Path,
    ctx: &Context,
    signals: &Signals,
) -> Result<Outcome> {
    let Some(executor) = executor else {
        let message = "--cancel is for a cluster; Ctrl-C ends a local run";
        return Err(Usage(message.to_owned()).into());
    };
    let site = Site { executor, signals };
    let cancelled = cancel(executor, runs, &machine::user(), &site, ctx)?;
    ctx.log.info("cancel", format!("{} cancelled", count(cancelled, "submission")));
    Ok(Outcome::Fine)
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
