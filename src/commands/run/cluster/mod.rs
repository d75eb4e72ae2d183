//! A run on a cluster: the loop that waits for jobs, and the messages at its beginning and end.

pub mod scheduler;

use super::progress::Progress;
use crate::context::Context;
use crate::exit::Interrupted;
use anyhow::Result;
use libchar_campaign::cluster::{Cluster, Settings};
use libchar_campaign::work::Work;
use libchar_core::words::{are, count};
use libchar_runner::Signals;
use libchar_runner::cluster::submission::{Journal, Open};
use scheduler::Site;
use std::time::{Duration, Instant};

/// Period at which the folder of attempts is checked.
const LOOK: Duration = Duration::from_millis(200);

/// Simulates the jobs with these indices, and waits for those that are already submitted. With
/// `submit` false it only waits.
pub fn run(
    work: &mut Work<'_>,
    (todo, submit): (&[usize], bool),
    settings: &Settings,
    journal: (Journal, Vec<Open>),
    ctx: &Context,
    signals: &Signals,
) -> Result<()> {
    let site = Site { executor: &settings.executor, signals };
    let mut cluster = Cluster::new(work, (&ctx.log.run_id, todo), settings, journal, &site, ctx);
    let flying = cluster.flying();
    if !flying.is_empty() {
        let n = flying.len();
        let message = format!("{} {} submitted already", count(n, "point"), are(n));
        ctx.log.info("attach", message);
    }
    if submit {
        let rest = todo.iter().copied().filter(|job| !flying.contains(job));
        cluster.work.add(&rest.collect::<Vec<_>>())?;
    }
    let mut progress = Progress::new(ctx, todo.len());
    let result = drive(&mut cluster, settings.poll, &mut progress, ctx, signals);
    progress.finish();
    result
}

fn drive(
    cluster: &mut Cluster<'_, '_>,
    period: Duration,
    progress: &mut Progress,
    ctx: &Context,
    signals: &Signals,
) -> Result<()> {
    let mut polled: Option<Instant> = None;
    loop {
        cluster.turn(Instant::now())?;
        progress.show(&cluster.work.settled, cluster.points());
        if cluster.is_over() {
            return cluster.close_finished();
        }
        signals.wait(&[], Some(LOOK))?;
        if let Some(signal) = signals.stop() {
            let n = cluster.points();
            let (stay, them) = if n == 1 { ("stays", "it") } else { ("stay", "them") };
            let message = format!(
                "{} {stay} submitted; `libchar run --attach` comes back to {them}, \
                 `libchar run --cancel` cancels {them}",
                count(n, "point")
            );
            ctx.log.warning("detach", message);
            return Err(Interrupted(signal).into());
        }
        if polled.is_none_or(|at| at.elapsed() >= period) {
            cluster.poll(Instant::now())?;
            polled = Some(Instant::now());
        }
    }
}
