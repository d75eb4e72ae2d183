//! The settings of a run, from the arguments and the configuration.

use super::Run;
use super::cluster::scheduler::user;
use super::engine;
use crate::context::Context;
use crate::exit::Usage;
use anyhow::{Context as _, Result};
use libchar_campaign::cannot::cannot;
use libchar_campaign::cluster::{Packing, Settings};
use libchar_campaign::engine::Engine;
use libchar_campaign::machine::Retries;
use libchar_campaign::presets::{self, Measured, Preset};
use libchar_campaign::size::Room;
use libchar_core::Faults;
use libchar_core::number::significant;
use libchar_files::atomic;
use libchar_pvt::RunConfig;
use libchar_runner::Signals;
use libchar_runner::breaker::{Breaker, Classes, Thresholds};
use libchar_runner::cluster::Executor;
use libchar_runner::retry::Backoff;
use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

/// Failures of the circuit never hold a run. Failures of the machine or the site hold the whole
/// run. Others, such as a netlist that cannot be read, hold the points that share the cause.
const CLASSES: Classes = Classes {
    harmless: &["measure", "convergence", "singular", "temperature", "cancelled"],
    outside: &["licence", "file-system", "node-loss", "start"],
};

/// Where a run simulates.
pub enum Place {
    /// On this machine.
    Here {
        /// Cores and memory.
        room: Room,
        /// Largest number of simulations at the same time.
        most: usize,
    },
    /// On a cluster.
    Cluster(Box<Settings>),
}

/// The simulator.
pub fn engine(args: &Run, config: &RunConfig, ctx: &Context, signals: &Signals) -> Result<Engine> {
    let mut engine = engine::of(config, &ctx.config, signals)?;
    if let Some(timeout) = args.timeout {
        engine.timeout = timeout;
    }
    engine.batches &= !args.no_batch;
    engine.trims &= !args.no_trim;
    if let Some(name) = args.preset.as_deref().or(ctx.config.text("run.preset")) {
        let preset = presets::find(Path::new("."), name)?;
        ctx.depends(Path::new(presets::FILE));
        tell_preset(&preset, &engine, ctx);
        engine.set_preset(preset)?;
    }
    Ok(engine)
}

/// Reports a preset, so that a run with other options than those of the decks is never silent.
fn tell_preset(preset: &Preset, engine: &Engine, ctx: &Context) {
    let Preset { name, options, measured } = preset;
    let Some(measured) = measured else {
        let message = format!("preset {name} ({options}): nobody measured its errors");
        return ctx.log.warning("preset", message);
    };
    let worst = measured.errors.values().map(|errors| errors.worst()).fold(0.0, f64::max);
    let worst = significant(100.0 * worst, 2);
    let message = format!("preset {name} ({options}): errors up to {worst} %");
    if (&measured.simulator, &measured.version) == (&engine.name, &engine.version) {
        ctx.log.info("preset", message);
    } else {
        let Measured { simulator, version, .. } = measured;
        let message = format!("{message}, measured with {simulator} {version}");
        ctx.log.warning("preset", format!("{message}; this is {}", engine.version));
    }
}

/// Whether points that differ only in their names share a result.
pub fn reuses(args: &Run, ctx: &Context) -> bool {
    !args.no_reuse && ctx.config.flag("run.reuse")
}

/// The scheduler to submit to; `None` simulates on this machine.
pub fn executor(args: &Run, ctx: &Context) -> Result<Option<Executor>> {
    let name = args.executor.as_deref().or(ctx.config.text("run.executor")).unwrap_or("local");
    if name == "local" {
        return Ok(None);
    }
    for table in ["executors", "cluster.options"] {
        ctx.config.consent(table).map_err(Faults::from)?;
    }
    Executor::find(name, &ctx.config.section("executors")).map(Some).map_err(|e| Usage(e).into())
}

/// Where to simulate.
pub fn place(executor: Option<Executor>, args: &Run, ctx: &Context) -> Result<Place> {
    Ok(match executor {
        Some(executor) => Place::Cluster(Box::new(cluster(executor, args, ctx)?)),
        None => Place::Here {
            room: Room { cores: cores(args.jobs, ctx), mem_gb: positive(ctx, "run.memory_gb") },
            most: args.licenses.unwrap_or(usize::MAX).max(1),
        },
    })
}

/// Number of cores that may be used: as given, else as configured, else all.
pub fn cores(jobs: Option<usize>, ctx: &Context) -> u32 {
    let wanted = jobs.or_else(|| positive(ctx, "run.jobs")).filter(|jobs| *jobs > 0);
    let all = || std::thread::available_parallelism().map_or(1, usize::from);
    u32::try_from(wanted.unwrap_or_else(all)).unwrap_or(u32::MAX)
}

/// A count in the configuration, if it is not 0.
fn positive<T: TryFrom<i64>>(ctx: &Context, key: &str) -> Option<T> {
    ctx.config.integer(key).filter(|n| *n > 0).and_then(|n| T::try_from(n).ok())
}

fn cluster(executor: Executor, args: &Run, ctx: &Context) -> Result<Settings> {
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
    let running = args.max_running.or_else(|| positive(ctx, "cluster.max_running"));
    let packing = Packing {
        pack: positive(ctx, "cluster.pack"),
        max_running: running.into_iter().chain(args.licenses).min(),
        max_array: positive(ctx, "cluster.max_array").unwrap_or(1),
    };
    let program = std::env::current_exe().context("cannot tell where libchar itself is")?;
    Ok(Settings {
        program,
        user: user(),
        executor,
        options,
        max_submit: args.max_submit.or_else(|| positive(ctx, "cluster.max_submit")),
        packing,
        poll: ctx.config.duration("cluster.poll").unwrap_or(Duration::from_secs(2)),
        grace: ctx.config.duration("cluster.grace").unwrap_or(Duration::from_secs(30)),
    })
}

/// Number of retries for failures that may be temporary.
pub fn retries(args: &Run, ctx: &Context) -> Retries {
    let first = ctx.config.duration("run.retry_delay").unwrap_or_default();
    Retries {
        most: args.retries.or_else(|| positive(ctx, "run.retries")).unwrap_or(0),
        backoff: Backoff { first },
    }
}

/// The circuit breaker, in the state that the last run left.
pub fn breaker(ctx: &Context, runs: &Path) -> Breaker {
    let thresholds = Thresholds {
        in_a_row: positive(ctx, "run.breaker_in_a_row").unwrap_or(0),
        percent: ctx.config.number("run.breaker_percent").unwrap_or(0.0),
        least: 20,
    };
    let Ok(left) = fs::read_to_string(runs.join("held")) else {
        return Breaker::new(thresholds, CLASSES);
    };
    // Version 0.1 wrote only the reason.
    let held =
        serde_json::from_str(&left).unwrap_or_else(|_| vec![Breaker::everything(left.trim())]);
    Breaker::half_open(thresholds, CLASSES, held)
}

/// Stores the state of the breaker for the next run.
pub fn remember(breaker: &Breaker, runs: &Path) -> Result<()> {
    let path = runs.join("held");
    let held = breaker.held();
    match held.is_empty() {
        false => {
            atomic::write(&path, &serde_json::to_vec(&held)?).map_err(|e| cannot("write", &path, e))
        }
        true => match fs::remove_file(&path) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(cannot("remove", &path, e)),
            _ => Ok(()),
        },
    }
}
