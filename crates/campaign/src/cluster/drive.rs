//! The loop of a run on a cluster: settle, submit, wait, ask.

use super::site::Site;
use super::{Cluster, Settings};
use crate::interrupted::Interrupted;
use crate::news::{News, Say};
use crate::status::Status;
use crate::work::Work;
use anyhow::Result;
use libchar_runner::Signals;
use libchar_runner::cluster::submission::{Journal, Open};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// Period at which the folder of attempts is checked.
const LOOK: Duration = Duration::from_millis(200);

/// Simulates the jobs of these indices in a run of this name, and awaits those that are submitted. `submit` is false where
/// only the latter is wanted; `show` gets what is settled, and how many points are awaited.
///
/// # Errors
/// Those of [`Cluster::turn`]; [`Interrupted`] after a signal, with the jobs left as they are.
pub fn run(
    work: &mut Work<'_>,
    (name, todo, submit): (&str, &[usize], bool),
    settings: &Settings,
    journal: (Journal, Vec<Open>),
    (signals, say): (&Signals, &dyn Say),
    show: &mut dyn FnMut(&BTreeMap<usize, Status>, usize),
) -> Result<()> {
    let site = Site { executor: &settings.executor, signals };
    let mut cluster = Cluster::new(work, (name, todo), settings, journal, &site, say);
    let flying = cluster.flying();
    if !flying.is_empty() {
        say.say(News::Attached(flying.len()));
    }
    if submit {
        let rest = todo.iter().copied().filter(|job| !flying.contains(job));
        cluster.work.add(&rest.collect::<Vec<_>>())?;
    }
    let mut polled: Option<Instant> = None;
    loop {
        cluster.turn(Instant::now())?;
        show(&cluster.work.settled, cluster.points());
        if cluster.is_over() {
            return cluster.close_finished();
        }
        signals.wait(&[], Some(LOOK))?;
        if let Some(signal) = signals.stop() {
            say.say(News::Detached(cluster.points()));
            return Err(Interrupted(signal).into());
        }
        if polled.is_none_or(|at| at.elapsed() >= settings.poll) {
            cluster.poll(Instant::now())?;
            polled = Some(Instant::now());
        }
    }
}
