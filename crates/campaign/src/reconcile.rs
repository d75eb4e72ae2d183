//! What an interrupted run left: attempts that are published but not settled.

use crate::attempts::Attempts;
use crate::cannot::cannot;
use crate::engine::Engine;
use crate::interrupted::Interrupted;
use crate::job::Job;
use crate::key::Keys;
use crate::news::{News, Say};
use crate::settle;
use crate::task::{Kind, Subject};
use anyhow::Result;
use libchar_pvt::Point;
use libchar_runner::{Signals, attempt, orphans, trash};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::time::Duration;

/// The number of the signal that Ctrl-C sends, by whose exit code an interrupted wait is known.
const SIGINT: i32 = 2;

/// A domain in which no other process of this machine is at work.
pub struct Domain<'a> {
    /// The folder of the attempts.
    pub runs: &'a Path,
    /// All points of points.csv.
    pub points: &'a [Point],
    /// The jobs of the points that were chosen for this run.
    pub jobs: &'a [Job],
    /// The simulator.
    pub engine: &'a Engine,
}

impl Domain<'_> {
    /// Settles the attempts that were published and removes those that were not, except those in
    /// `alive`, whose cluster jobs may still run. Calls `took_over` with the name of each attempt
    /// that counts.
    ///
    /// If the deck of a point changed while it was being simulated (its key differs), the result is discarded.
    pub fn settle_published(
        &self,
        alive: &BTreeSet<String>,
        keys: &mut Keys,
        attempts: &mut Attempts,
        mut took_over: impl FnMut(&str),
    ) -> Result<()> {
        let runs = self.runs;
        let mut names: Vec<String> = fs::read_dir(runs)
            .map_err(|e| cannot("read", runs, e))?
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect();
        names.sort();
        let mut known: Option<BTreeMap<&str, &Point>> = None;
        for name in names {
            let path = runs.join(&name);
            match attempt::folder_of(&name) {
                None => {}
                Some((attempt, false)) if alive.contains(attempt) => {}
                Some((_, false)) => {
                    trash::remove(&path).map_err(|e| cannot("remove", &path, e))?;
                }
                Some((attempt, true)) => {
                    let known = known.get_or_insert_with(|| {
                        self.points.iter().map(|p| (p.id.as_str(), p)).collect()
                    });
                    if self.settle_one(&path, known, keys, attempts)? {
                        took_over(attempt);
                    } else {
                        settle::discard(runs, attempt)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn settle_one(
        &self,
        path: &Path,
        points: &BTreeMap<&str, &Point>,
        keys: &mut Keys,
        attempts: &mut Attempts,
    ) -> Result<bool> {
        let Domain { runs, jobs, engine, .. } = *self;
        let Some(record) = attempt::read(path) else { return Ok(false) };
        let Ok(subject) = serde_json::from_value::<Subject>(record.subject.clone()) else {
            return Ok(false);
        };
        if subject.kind == Kind::Check {
            return Ok(false);
        }
        let mut current = Vec::new();
        for wanted in &subject.points {
            let job = match (
                points.get(wanted.point.as_str()),
                jobs.iter().find(|j| j.id() == wanted.point),
            ) {
                (Some(_), Some(job)) => Some(job.clone()),
                (Some(point), None) => Job::read((*point).clone(), &engine.sizes, keys).ok(),
                (None, _) => None,
            };
            current.push(job.filter(|job| job.deck.key == wanted.key));
        }
        let statuses = match current.as_slice() {
            [Some(job)] => vec![Some(settle::settle(runs, &record, &subject, job, engine)?)],
            [None] => return Ok(false),
            batch => {
                let batch: Vec<Option<&Job>> = batch.iter().map(Option::as_ref).collect();
                settle::settle_batch(runs, &record, &subject, &batch, engine)?
            }
        };
        attempts.add(&record, &statuses, &subject)?;
        Ok(true)
    }
}

/// Waits until no simulation of an interrupted run lives, or ends them all.
///
/// # Errors
/// [`Interrupted`] if a signal asked to stop meanwhile.
pub fn wait_for_orphans(runs: &Path, kill: bool, say: &dyn Say, signals: &Signals) -> Result<()> {
    let mut told = false;
    loop {
        let held = orphans::held(runs).map_err(|e| cannot("read", runs, e))?;
        if held.is_empty() {
            return Ok(());
        }
        if kill || !told {
            say.say(News::Orphans { simulations: held.len(), kill });
            told = true;
        }
        if kill {
            orphans::end_and_wait(&held)?;
            continue;
        }
        signals.wait(&[], Some(Duration::from_millis(50)))?;
        if signals.stop().is_some() {
            return Err(Interrupted(SIGINT).into());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Domain;
    use crate::attempts::Attempts;
    use crate::fixture::{self, batch_log, log, well};
    use crate::status::{State, Status};
    use crate::task::{Kind, PointKey, Subject};
    use std::collections::BTreeSet;
    use std::fs;

    /// Publishes an attempt of these points with this log.
    fn publish(domain: &fixture::Domain, name: &str, points: &[usize], kind: Kind, log: &str) {
        let jobs = domain.jobs();
        let key =
            |&i: &usize| PointKey { point: jobs[i].id().to_owned(), key: jobs[i].deck.key.clone() };
        let points: Vec<PointKey> = points.iter().map(key).collect();
        let alone = points.len() == 1;
        let subject = Subject { points, tries: 0, retries: 0, kind, recipe: None };
        let ticket = match alone {
            true => domain.engine.ticket(name, &jobs[0], "deck", &subject).unwrap(),
            false => {
                domain.engine.batch_ticket(name, String::new(), jobs[0].need, &subject).unwrap()
            }
        };
        domain.publish(&ticket, log, well());
    }

    /// Settles what was published, with the first `chosen` points chosen, and returns the attempts
    /// that count.
    fn settle(domain: &fixture::Domain, chosen: usize, alive: &[&str]) -> Vec<String> {
        let mut jobs = domain.jobs();
        jobs.truncate(chosen);
        let runs = domain.runs();
        let mut attempts = Attempts::open(&runs, "run").unwrap();
        let known =
            Domain { runs: &runs, points: &domain.points, jobs: &jobs, engine: &domain.engine };
        let alive: BTreeSet<String> = alive.iter().map(|name| (*name).to_owned()).collect();
        let mut counted = Vec::new();
        let took_over = |name: &str| counted.push(name.to_owned());
        known
            .settle_published(&alive, &mut domain.engine.keys(), &mut attempts, took_over)
            .unwrap();
        counted
    }

    #[test]
    fn what_is_published_counts_also_for_points_that_are_not_chosen() {
        let domain = fixture::Domain::new(2);
        publish(&domain, "r-1", &[0], Kind::Usual, &log("1.000000e-09"));
        publish(&domain, "r-2", &[1], Kind::Usual, &log("failed"));
        assert_eq!(settle(&domain, 1, &[]), ["r-1", "r-2"]);
        let state = |i: usize| Status::read(&domain.points[i].id).unwrap().status;
        assert_eq!((state(0), state(1)), (State::Done, State::Failed));
        assert!(domain.left().is_empty());
        let lines = fs::read_to_string(domain.runs().join("attempts.jsonl")).unwrap();
        assert_eq!(lines.lines().count(), 2);
    }

    #[test]
    fn a_batch_is_taken_apart() {
        let domain = fixture::Domain::new(2);
        let text = batch_log(&[log("1.000000e-09"), log("failed")]);
        publish(&domain, "r-1", &[0, 1], Kind::Usual, &text);
        assert_eq!(settle(&domain, 2, &[]), ["r-1"]);
        assert!(Status::read(&domain.points[0].id).is_some());
        assert!(Status::read(&domain.points[1].id).is_none());
    }

    #[test]
    fn a_result_of_another_deck_is_dropped_and_so_is_a_comparison() {
        let domain = fixture::Domain::new(2);
        publish(&domain, "r-1", &[0], Kind::Usual, &log("1.000000e-09"));
        publish(&domain, "r-2", &[1], Kind::Check, &log("1.000000e-09"));
        fs::write(&domain.points[0].deck, fixture::deck("9")).unwrap();
        assert!(settle(&domain, 2, &[]).is_empty());
        assert!(domain.points.iter().all(|point| Status::read(&point.id).is_none()));
        assert!(domain.left().is_empty());
    }

    #[test]
    fn what_is_under_way_is_dropped_unless_its_job_may_run() {
        let domain = fixture::Domain::new(1);
        for name in ["r-1.work-a-1", "r-2.work-a-2", "other"] {
            fs::create_dir_all(domain.runs().join(name)).unwrap();
        }
        assert!(settle(&domain, 1, &["r-2"]).is_empty());
        let left: Vec<String> =
            domain.left().into_iter().filter(|name| !name.contains("trash")).collect();
        assert_eq!(left, ["other", "r-2.work-a-2"]);
    }
}
