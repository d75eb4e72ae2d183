//! One `libchar run`: a sequence of waves of points, each of which is settled before the next one
//! is planned.

use super::cluster;
use super::local::Local;
use super::settings::{self, Place};
use super::{Run, cannot, summary};
use crate::context::Context;
use crate::effect;
use crate::exit::Outcome;
use crate::log::Level;
use crate::provenance;
use anyhow::Result;
use libchar_campaign::after::After;
use libchar_campaign::attempts::Attempts;
use libchar_campaign::choice;
use libchar_campaign::cluster::{alive, clear_unsubmitted};
use libchar_campaign::engine::Engine;
use libchar_campaign::job::{self, Job};
use libchar_campaign::key::Keys;
use libchar_campaign::outputs::Seen;
use libchar_campaign::reconcile;
use libchar_campaign::reuse::{self, Twins};
use libchar_campaign::status::{State, Status};
use libchar_campaign::summary::Results;
use libchar_campaign::work::Work;
use libchar_core::words::count;
use libchar_files::atomic;
use libchar_pvt::Point;
use libchar_runner::Signals;
use libchar_runner::breaker::Breaker;
use libchar_runner::cluster::Journal;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;

/// Data that all waves of a run share.
pub struct Session<'a> {
    /// The arguments.
    pub args: &'a Run,
    /// The context, with log and configuration.
    pub ctx: &'a Context,
    /// All points of points.csv.
    pub points: &'a [Point],
    /// Which points must wait for which others.
    pub after: &'a After,
    /// The simulator.
    pub engine: Engine,
    /// The folder of the attempts.
    pub runs: &'a Path,
    /// The signals that stop it.
    pub signals: Signals,
    /// The circuit breaker.
    pub breaker: Breaker,
    /// Outputs that were read and found complete.
    pub seen: Seen,
}

/// File with the outputs that were found complete.
const SEEN: &str = "seen.json";

/// Result of a wave.
#[derive(Default)]
struct Wave {
    settled: BTreeMap<usize, Status>,
    held: Option<String>,
    kept: usize,
}

impl Session<'_> {
    /// Runs the waves and reports the result.
    pub fn run(&mut self, waves: Vec<Vec<Point>>, mut place: Place) -> Result<Outcome> {
        let mut results = Results::default();
        let mut simulated = 0;
        let mut held = None;
        let (mut kept, mut unstarted) = (0, 0);
        let seen_file = self.runs.join(SEEN);
        self.seen = Seen::parse(&std::fs::read(&seen_file).unwrap_or_default());
        for (number, wave) in waves.into_iter().enumerate() {
            let mut keys = self.engine.keys();
            let jobs = job::jobs(job::with_blocks(wave)?, &self.engine.sizes, &mut keys)?;
            keys.files().for_each(|file| self.ctx.depends(file));
            provenance::of_models(&keys, self.ctx);
            self.tell_edited_decks(&jobs);
            self.tell_missing_files(&jobs);
            let mut before = self.settle_earlier(&jobs, &mut keys)?;
            self.adopt(&jobs, &mut before)?;
            let todo = self.todo(&jobs, &before, &results);
            if self.args.dry_run {
                self.tell_todo(&jobs, &todo)?;
                continue;
            }
            let mut done = Wave::default();
            if held.is_none() && (!todo.is_empty() || self.args.attach) {
                let outcome = self.simulate(number, &jobs, &before, &todo, &mut place, &mut done);
                simulated += done.settled.values().filter(|s| s.reused.is_none()).count();
                held = done.held.take();
                kept += done.kept;
                // One call syncs all published files, so that they are complete after a power cut.
                atomic::sync_file_system(self.runs).map_err(|e| cannot("sync", self.runs, e))?;
                outcome?;
            }
            let todo: BTreeSet<usize> = todo.into_iter().collect();
            for (index, (job, status)) in jobs.iter().zip(before).enumerate() {
                // A point that is held, or not submitted again, keeps its earlier status.
                let failed_so = |s: &Status| s.key == job.deck.key && s.status != State::Done;
                let old = status.filter(|s| !todo.contains(&index) || failed_so(s));
                let status = done.settled.remove(&index).or(old);
                let is_done = status.as_ref().is_some_and(|s| s.status == State::Done);
                // With `--again`, a point that was not simulated to its end keeps its earlier
                // result.
                let good = Some(()).filter(|()| !is_done && todo.contains(&index));
                let good = good.and_then(|()| Status::good(job, &self.engine));
                match (&good, &status) {
                    (Some(_), Some(_)) => kept += 1,
                    (Some(_), None) => unstarted += 1,
                    _ => {}
                }
                let status = good.or(status);
                match job.block {
                    None => results.push(job.id(), status),
                    Some(block) => results.push_block(job.point_id(), block, status),
                }
            }
        }
        if self.args.dry_run {
            return Ok(Outcome::Fine);
        }
        if let Some(bytes) = self.seen.to_keep() {
            atomic::write_unsynced(&seen_file, &bytes)
                .map_err(|e| cannot("write", &seen_file, e))?;
        }
        summary::write(self.points, &results, self.ctx)?;
        let tally = summary::Tally { simulated, kept, unstarted, held };
        let outcome = summary::tell(&results, &tally, self.ctx)?;
        // Without a new simulation there is nothing new to report, and a run that finds everything
        // done must be cheap.
        if tally.simulated == 0 && !self.args.require_effect {
            return Ok(outcome);
        }
        let without_effect = effect::tell_of_points(&results.done(self.points), self.ctx);
        Ok(match outcome {
            Outcome::Fine if self.args.require_effect => Outcome::found(without_effect),
            outcome => outcome,
        })
    }

    /// Records hashes for points that version 0.1 simulated, if nothing changed since: they are
    /// done.
    fn adopt(&self, jobs: &[Job], before: &mut [Option<Status>]) -> Result<()> {
        let mut adopted = 0;
        for (job, status) in jobs.iter().zip(before) {
            let Some(known) = status.as_mut() else { continue };
            let is_old = known.status == State::Done && known.outputs.is_none();
            if !is_old || self.args.dry_run || !job.may_be_adopted(known, &self.engine) {
                continue;
            }
            let recipe = known.recipe.clone();
            known.adopt(job, &self.engine, recipe.as_deref())?;
            adopted += 1;
        }
        if adopted > 0 {
            let message = format!(
                "outputs of {} that an earlier version simulated with the same deck and files: their hashes are recorded now",
                count(adopted, "point")
            );
            self.ctx.log.info("adopted", message);
        }
        Ok(())
    }

    /// Warns of files that are not found, because their points are simulated in every run.
    fn tell_missing_files(&self, jobs: &[Job]) {
        let lacking: Vec<&Job> = jobs.iter().filter(|job| !job.deck.missing.is_empty()).collect();
        let Some(first) = lacking.first() else { return };
        let message = format!(
            "{} of {} {} a file that libchar does not find, first `{}` in {}: whether it changed is not known, \
             so such a point is simulated at every run",
            lacking.len(),
            count(jobs.len(), "deck"),
            if jobs.len() == 1 { "names" } else { "name" },
            first.deck.missing[0],
            first.point.deck
        );
        self.ctx.log.warning("missing-file", message);
    }

    /// Settles the results that an interrupted run published, and returns the status of each job.
    fn settle_earlier(&self, jobs: &[Job], keys: &mut Keys) -> Result<Vec<Option<Status>>> {
        let (_, open) = Journal::open(self.runs)?;
        clear_unsubmitted(self.runs, &open)?;
        let alive = alive(self.runs, &open);
        let mut attempts = Attempts::open(self.runs, &self.ctx.log.run_id)?;
        let points = job::with_blocks(self.points.to_vec())?;
        let domain =
            reconcile::Domain { runs: self.runs, points: &points, jobs, engine: &self.engine };
        let took_over = |attempt: &str| {
            self.ctx.log.info("recovered", format!("took over attempt {attempt}"));
        };
        domain.settle_published(&alive, keys, &mut attempts, took_over)?;
        Ok(jobs.iter().map(|job| Status::read(job.id())).collect())
    }

    /// The jobs that are missing, failed or changed, without those that wait for a point that is
    /// not done.
    fn todo(&mut self, jobs: &[Job], before: &[Option<Status>], results: &Results) -> Vec<usize> {
        let is_done = |id: &str| match results.get(id) {
            Some(status) => status.is_some_and(|status| status.status == State::Done),
            None => Status::read(id).is_some_and(|status| status.status == State::Done),
        };
        let mut todo = Vec::new();
        for (index, job) in jobs.iter().enumerate() {
            if !self.args.again
                && job.is_done(before[index].as_ref(), &self.engine, Some(&mut self.seen))
            {
                continue;
            }
            match self.after.blocker(job.point_id(), is_done) {
                // In a dry run the points that it waits for count as done.
                Some(_) if self.args.dry_run => todo.push(index),
                Some(other) => {
                    let message = format!("waits for {other}, which is not done");
                    self.ctx.log.point(Level::Warning, "waits", job.id(), message);
                }
                None => todo.push(index),
            }
        }
        choice::prioritize(&mut todo, |&index| jobs[index].id(), &self.args.priority);
        todo
    }

    fn tell_todo(&self, jobs: &[Job], todo: &[usize]) -> Result<()> {
        let mut out = self.ctx.stdout();
        for &index in todo {
            writeln!(out, "{}", jobs[index].id())?;
        }
        Ok(out.flush()?)
    }

    /// Simulates one wave. `done` gets the settled points, even if the wave ends with an error.
    fn simulate(
        &mut self,
        number: usize,
        jobs: &[Job],
        before: &[Option<Status>],
        todo: &[usize],
        place: &mut Place,
        done: &mut Wave,
    ) -> Result<()> {
        self.ctx.announce()?;
        let twins = self.twins(jobs, before, todo);
        let (n, of) = (twins.simulated.len(), jobs.len());
        let message = format!("{n} of {} to be simulated", count(of, "point"));
        self.ctx.log.event("started", None, &message, json!({ "points": of, "simulated": n }));
        let name = match number {
            0 => self.ctx.log.run_id.clone(),
            number => format!("{}.{number}", self.ctx.log.run_id),
        };
        let attempts = Attempts::open(self.runs, &name)?;
        let retries = settings::retries(self.args, self.ctx);
        let breaker = self.breaker.clone();
        let mut work =
            Work::new(self.ctx, &self.engine, jobs, self.runs, retries, breaker, attempts);
        work.again = self.args.again;
        let outcome = self.work(&mut work, &twins.simulated, place);
        self.breaker = work.machine().breaker().clone();
        done.held = work.machine().held().map(str::to_owned);
        done.kept = work.kept;
        done.settled = std::mem::take(&mut work.settled);
        settings::remember(&self.breaker, self.runs)?;
        outcome?;
        for (index, other) in twins.reusing {
            let status = done.settled.get(&other).or(before[other].as_ref());
            if let Some(status) = status.filter(|status| reuse::is_final(status)) {
                let was_done = status.status == State::Done;
                let status = reuse::take_over(&jobs[index], &jobs[other], status, &self.engine)?;
                if let (true, Some(class)) = (was_done, status.class) {
                    let reason = status.reason.as_deref().unwrap_or_default();
                    let message = format!("{class}: {reason}");
                    self.ctx.log.point(Level::Warning, "failed", &status.point, message);
                }
                done.settled.insert(index, status);
            }
        }
        Ok(())
    }

    /// Separates the jobs that are simulated from those that reuse the result of an equal job.
    fn twins(&mut self, jobs: &[Job], before: &[Option<Status>], todo: &[usize]) -> Twins {
        if !settings::reuses(self.args, self.ctx) {
            return Twins { simulated: todo.to_vec(), reusing: Vec::new() };
        }
        let keys: Vec<&str> = jobs.iter().map(|job| job.deck.twin.as_str()).collect();
        Twins::of(todo, &keys, |index| {
            let status = before[index].as_ref();
            !self.args.again && jobs[index].is_done(status, &self.engine, Some(&mut self.seen))
        })
    }

    fn work(&self, work: &mut Work, todo: &[usize], place: &mut Place) -> Result<()> {
        let (journal, open) = Journal::open(self.runs)?;
        let nothing_else_runs = open.is_empty();
        match place {
            Place::Cluster(settings) => {
                let wanted = (todo, !self.args.attach);
                cluster::run(work, wanted, settings, (journal, open), self.ctx, &self.signals)?;
            }
            Place::Here { room, most } => {
                work.add(todo)?;
                Local::new(work, self.ctx, todo, *room, *most, &self.signals).run(todo.len())?;
                if !nothing_else_runs {
                    return Ok(());
                }
            }
        }
        work.clear_decks();
        Ok(())
    }

    /// Warns of decks that were edited by hand, which are simulated as they are.
    fn tell_edited_decks(&self, jobs: &[Job]) {
        let edited: Vec<&Job> =
            jobs.iter().filter(|job| job.deck.sha256 != job.point.deck_sha256).collect();
        if let Some(first) = edited.first() {
            let message = format!(
                "{} of {} {} of points.csv, first {}; they are simulated as they are, `libchar gen` writes them anew",
                edited.len(),
                count(jobs.len(), "deck"),
                if jobs.len() == 1 { "is not that" } else { "are not those" },
                first.point.deck
            );
            self.ctx.log.warning("edited-deck", message);
        }
    }
}
