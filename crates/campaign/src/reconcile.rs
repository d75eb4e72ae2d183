//! What an interrupted run left: attempts that are published but not settled.

use crate::attempts::Attempts;
use crate::cannot::cannot;
use crate::engine::Engine;
use crate::job::Job;
use crate::key::Keys;
use crate::settle;
use crate::task::{Kind, Subject};
use anyhow::Result;
use libchar_pvt::Point;
use libchar_runner::{attempt, trash};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// A domain in which nobody of this machine works now.
pub struct Domain<'a> {
    /// Where attempts live.
    pub runs: &'a Path,
    /// All points of points.csv.
    pub points: &'a [Point],
    /// The chosen ones.
    pub jobs: &'a [Job],
    /// The simulator.
    pub engine: &'a Engine,
}

impl Domain<'_> {
    /// Settles what was published and drops what was not, but for the attempts of cluster jobs that may run; `took_over`
    /// hears of each attempt that counts.
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
