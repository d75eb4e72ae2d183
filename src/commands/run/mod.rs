mod attempts;
mod campaign;
mod cluster;
pub mod engine;
mod key;
mod models;
mod plan;
mod progress;
mod reconcile;
mod selection;
mod settle;
mod status;
mod summary;
pub mod supervise;

use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::{Result, anyhow};
use attempts::Attempts;
use campaign::{Campaign, Limits};
use clap::Args;
use cluster::{Cluster, Settings};
use engine::Engine;
use key::Keys;
use libchar_core::atomic;
use libchar_runner::Signals;
use libchar_runner::breaker::{Breaker, Thresholds};
use libchar_runner::cluster::{Executor, Journal};
use libchar_runner::pool::{Pool, Supervisor};
use libchar_runner::retry::Backoff;
use plan::Job;
use serde_json::json;
use status::Status;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

/// Where attempts live, below the domain.
const RUNS: &str = ".libchar/run";

/// Classes that say something of the circuit, not of the way it is simulated: they never stop a run.
const HARMLESS: [&str; 5] = ["measure", "convergence", "singular", "temperature", "cancelled"];

const EXAMPLES: &str = "\
Examples:
  libchar run                                 simulate what is missing, failed or changed
  libchar run -j 8 --timeout 30m              eight at a time, half an hour each
  libchar run --corner SS --sample 5          five points of a corner
  libchar gen | grep ^TT/ | libchar run -     the points that are named on standard input

The ids of the points that are done go to standard output, the others with their reasons to standard error.
A point is done when it was simulated with the same deck, the same content of every file that the deck reads, and
the same simulator, version, options and environment. Ctrl-C ends the simulations, a second one at once.";

/// Simulate the points: those that are missing, failed or changed
#[derive(Args, Default)]
#[command(after_long_help = EXAMPLES)]
pub struct Run {
    /// `-` reads the points from standard input: ids, CSV or JSON lines
    #[arg(value_name = "-", value_parser = ["-"])]
    input: Option<String>,
    /// Cores to use: simulations at the same time, if each takes one thread [default: run.jobs, else the cores]
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
    /// Only so many of the points, spread evenly
    #[arg(long, value_name = "N")]
    sample: Option<usize>,
    /// Simulate these first: an id or a pattern with `*`; may be repeated, the first comes first
    #[arg(long, value_name = "ID")]
    priority: Vec<String>,
    /// Simulate again what is done
    #[arg(long)]
    again: bool,
    /// Only tell what would be simulated
    #[arg(long)]
    dry_run: bool,
    /// Further attempts after a failure that may pass: licence, lost machine, time-out, file system [default: run.retries]
    #[arg(long, value_name = "N")]
    retries: Option<u32>,
    /// Simulate each point in a process of its own
    #[arg(long)]
    no_batch: bool,
    /// Give the simulator whole model libraries
    #[arg(long)]
    no_trim: bool,
    /// Where to simulate: local, slurm, sge, lsf, netbatch, htcondor or a described one [default: run.executor]
    #[arg(long, value_name = "NAME")]
    executor: Option<String>,
    /// At most so many jobs of a cluster run at the same time [default: cluster.max_running]
    #[arg(long, value_name = "N")]
    max_running: Option<usize>,
    /// At most so many jobs of a cluster are submitted at the same time [default: cluster.max_submit]
    #[arg(long, value_name = "N")]
    max_submit: Option<usize>,
    /// Licences: at most so many simulations at the same time
    #[arg(long, value_name = "N")]
    licenses: Option<usize>,
    /// Come back to what is submitted to a cluster, and submit nothing
    #[arg(long, conflicts_with = "cancel")]
    attach: bool,
    /// Cancel what is submitted to a cluster
    #[arg(long)]
    cancel: bool,
    /// End simulations that an interrupted run left, instead of waiting for them
    #[arg(long)]
    kill_orphans: bool,
}

/// Runs the stage.
pub fn run(args: Run, ctx: &Context) -> Result<Outcome> {
    crate::stage::run("run", ctx, || simulate(&args, ctx))
}

fn simulate(args: &Run, ctx: &Context) -> Result<Outcome> {
    let piped = args.input.as_deref() == Some("-");
    let named = if piped { Some(ctx.read("-")?) } else { None };
    ctx.begin("run", parameters(args));
    let domain = Path::new(".");
    let _lock = if piped { ctx.lock_after_pipe(domain, "run")? } else { ctx.lock(domain, "run")? };
    let points = crate::domain::read_points(ctx)?;
    let config = crate::domain::read_config(ctx)?;
    let chosen = selection::choose(&points, args, named.as_ref())?;

    let signals = Signals::watch()?;
    let mut engine = Engine::of(&config, &ctx.config, &signals)?;
    if let Some(timeout) = args.timeout {
        engine.timeout = timeout;
    }
    engine.batches &= !args.no_batch;
    engine.trims &= !args.no_trim;
    let runs = Path::new(RUNS);
    fs::create_dir_all(runs).map_err(|e| cannot("create", runs, e))?;
    if !reconcile::wait_for_orphans(runs, args.kill_orphans, ctx, &signals)? {
        return Err(crate::exit::Interrupted(2).into());
    }
    let place = executor(args, ctx)?;
    if args.cancel {
        let Some(executor) = &place else {
            return Err(
                Usage("--cancel is for a cluster; Ctrl-C ends a local run".to_owned()).into()
            );
        };
        let cancelled = cluster::cancel(executor, runs, ctx, &signals)?;
        ctx.log.info("cancel", format!("{cancelled} submissions cancelled"));
        return Ok(Outcome::Fine);
    }
    let (journal, open) = Journal::open(runs)?;
    let mut keys = Keys::new(engine.key_material());
    let jobs = plan::jobs(chosen, &mut keys)?;
    for file in keys.files() {
        ctx.depends(file);
    }
    tell_edited_decks(&jobs, ctx);
    let mut attempts = Attempts::open(runs, &run_name(ctx))?;
    let alive = cluster::alive(runs, &open);
    let domain = reconcile::Domain { runs, points: &points, jobs: &jobs, engine: &engine };
    domain.settle_published(&alive, &mut keys, &mut attempts, ctx)?;

    let before: Vec<Option<Status>> = jobs.iter().map(|job| Status::read(job.id())).collect();
    let mut todo: Vec<usize> = (0..jobs.len())
        .filter(|&i| args.again || !jobs[i].is_done(before[i].as_ref(), &engine.simulator))
        .collect();
    selection::prioritize(&mut todo, &jobs, &args.priority);
    if args.dry_run {
        let mut out = ctx.stdout();
        for &i in &todo {
            writeln!(out, "{}", jobs[i].id())?;
        }
        out.flush()?;
        return Ok(Outcome::Fine);
    }
    let mut settled = BTreeMap::new();
    let mut interrupted = Ok(());
    let mut held = None;
    if !todo.is_empty() || args.attach {
        ctx.journal.begin(ctx)?;
        let licenses = args.licenses.unwrap_or(usize::MAX).max(1);
        let slots = (cores(args, ctx) / engine.threads as usize).max(1).min(licenses);
        let retries =
            args.retries.unwrap_or_else(|| u32::try_from(count(ctx, "run.retries")).unwrap_or(0));
        let first = ctx.config.duration("run.retry_delay").unwrap_or_default();
        let limits = Limits { slots, retries, backoff: Backoff { first } };
        let breaker = breaker(ctx, runs);
        match place {
            Some(executor) => {
                let settings = settings(executor, args, ctx);
                let mut cluster = Cluster::new(
                    ctx,
                    &engine,
                    &jobs,
                    runs,
                    limits,
                    settings,
                    breaker,
                    attempts,
                    (journal, open),
                );
                interrupted = cluster.run(&todo, !args.attach, &signals);
                remember_breaker(cluster.breaker(), runs)?;
                held = cluster.held.take();
                settled = std::mem::take(&mut cluster.settled);
            }
            None => {
                let supervisor = Supervisor {
                    program: std::env::current_exe().unwrap_or_else(|_| "/proc/self/exe".into()),
                    args: vec!["supervise".into(), "--slot".into()],
                    runs: runs.to_owned(),
                };
                let mut pool = Pool::new(supervisor, slots.min(todo.len()), signals);
                let mut campaign =
                    Campaign::new(ctx, &engine, &jobs, runs, limits, breaker, attempts);
                interrupted = campaign.run(&todo, &mut pool);
                pool.close();
                remember_breaker(campaign.breaker(), runs)?;
                held = campaign.held.take();
                settled = std::mem::take(&mut campaign.settled);
            }
        }
        // One call for all files that were published: a power cut later finds them whole.
        atomic::sync_file_system(runs).map_err(|e| cannot("sync", runs, e))?;
    }
    let simulated = settled.len();
    let statuses: Vec<Option<Status>> = before
        .into_iter()
        .enumerate()
        .map(|(i, status)| settled.remove(&i).or(status.filter(|_| !todo.contains(&i))))
        .collect();
    interrupted?;
    summary::write(&points, &jobs, &statuses, ctx)?;
    summary::tell(&jobs, &statuses, simulated, held.as_deref(), ctx)
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
    })
}

/// Cores that the run may use.
fn cores(args: &Run, ctx: &Context) -> usize {
    let wanted = args.jobs.unwrap_or_else(|| count(ctx, "run.jobs"));
    match wanted {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        jobs => jobs,
    }
}

fn count(ctx: &Context, key: &str) -> usize {
    ctx.config.integer(key).and_then(|n| usize::try_from(n).ok()).unwrap_or(0)
}

/// The scheduler to submit to; `None` simulates on this machine.
fn executor(args: &Run, ctx: &Context) -> Result<Option<Executor>> {
    let name = args.executor.as_deref().or(ctx.config.text("run.executor")).unwrap_or("local");
    if name == "local" {
        return Ok(None);
    }
    Executor::find(name, &ctx.config.section("executors")).map(Some).map_err(|e| Usage(e).into())
}

fn settings(executor: Executor, args: &Run, ctx: &Context) -> Settings {
    let positive = |key: &str| Some(count(ctx, key)).filter(|n| *n > 0);
    let mut options = Vec::new();
    for (template, key) in [
        (&executor.queue, "cluster.queue"),
        (&executor.account, "cluster.account"),
        (&executor.time, "cluster.time"),
        (&executor.licenses, "cluster.licenses"),
    ] {
        if let Some(value) = ctx.config.text(key) {
            let values = [("value", value.to_owned())].into();
            options.extend(Executor::fill(template, &values, &[]));
        }
    }
    let more = ctx.config.get("cluster.options").and_then(|setting| setting.value.as_array());
    options.extend(more.into_iter().flatten().filter_map(|v| v.as_str()).map(str::to_owned));
    let running = args.max_running.or_else(|| positive("cluster.max_running"));
    let max_running = match (running, args.licenses) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    Settings {
        executor,
        options,
        max_running,
        max_submit: args.max_submit.or_else(|| positive("cluster.max_submit")),
        max_array: count(ctx, "cluster.max_array").max(1),
        pack: positive("cluster.pack"),
        poll: ctx.config.duration("cluster.poll").unwrap_or(Duration::from_secs(2)),
        grace: ctx.config.duration("cluster.grace").unwrap_or(Duration::from_secs(30)),
    }
}

/// A name that no other run of the domain has: the names of attempts start with it.
fn run_name(ctx: &Context) -> String {
    ctx.log.run_id.clone()
}

fn breaker(ctx: &Context, runs: &Path) -> Breaker {
    let thresholds = Thresholds {
        in_a_row: count(ctx, "run.breaker_in_a_row"),
        percent: ctx.config.number("run.breaker_percent").unwrap_or(0.0),
        least: 20,
    };
    match fs::read_to_string(runs.join("held")) {
        Ok(reason) => Breaker::half_open(thresholds, &HARMLESS, reason.trim().to_owned()),
        Err(_) => Breaker::new(thresholds, &HARMLESS),
    }
}

fn remember_breaker(breaker: &Breaker, runs: &Path) -> Result<()> {
    let path = runs.join("held");
    match breaker.reason() {
        Some(reason) => atomic::write(&path, format!("{reason}\n").as_bytes())
            .map_err(|e| cannot("write", &path, e)),
        None => match fs::remove_file(&path) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(cannot("remove", &path, e)),
            _ => Ok(()),
        },
    }
}

/// A deck that was changed by hand is simulated as it is; its owner should know.
fn tell_edited_decks(jobs: &[Job], ctx: &Context) {
    let edited: Vec<&Job> =
        jobs.iter().filter(|job| job.deck.sha256 != job.point.deck_sha256).collect();
    if let Some(first) = edited.first() {
        ctx.log.warning(
            "edited-deck",
            format!(
                "{} of {} decks are not those of points.csv, first {}; they are simulated as they are, \
                 `libchar gen` writes them anew",
                edited.len(),
                jobs.len(),
                first.point.deck
            ),
        );
    }
}

/// A fault of a file of our own, with its name.
fn cannot(what: &str, path: &Path, error: io::Error) -> anyhow::Error {
    anyhow!(error).context(format!("cannot {what} {}", path.display()))
}
