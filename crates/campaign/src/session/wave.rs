//! One wave of a run: what is due is found, simulated, and shared with the points that are equal to it.

use super::{Place, Session};
use crate::attempts::Attempts;
use crate::choice;
use crate::cluster::{self, alive, clear_unsubmitted};
use crate::held;
use crate::job::{self, Job};
use crate::key::Keys;
use crate::local;
use crate::news::News;
use crate::reconcile;
use crate::reuse::{self, Twins};
use crate::status::{State, Status};
use crate::summary::Results;
use crate::work::Work;
use anyhow::Result;
use libchar_runner::cluster::Journal;
use std::collections::BTreeMap;

/// A wave, and what came of it.
#[derive(Default)]
pub struct Wave<'j> {
    /// Its place among the waves, from 0.
    pub number: usize,
    /// Its points.
    pub jobs: &'j [Job],
    /// What was known of each before.
    pub before: Vec<Option<Status>>,
    /// Those that are due, by index.
    pub todo: Vec<usize>,
    /// What was settled.
    pub settled: BTreeMap<usize, Status>,
    /// Why some points were not started.
    pub held: Option<String>,
    /// Points that failed and keep an earlier result.
    pub kept: usize,
}

impl Session<'_> {
    /// Says what is odd about the decks, settles what an earlier run left, and gives the status of each job.
    pub(super) fn look(&self, jobs: &[Job], keys: &mut Keys) -> Result<Vec<Option<Status>>> {
        self.tell_edited_decks(jobs);
        self.tell_missing_files(jobs);
        let mut before = self.settle_earlier(jobs, keys)?;
        self.adopt(jobs, &mut before)?;
        Ok(before)
    }

    /// Records hashes for points that version 0.1 simulated, if nothing changed since: they are
    /// done.
    fn adopt(&self, jobs: &[Job], before: &mut [Option<Status>]) -> Result<()> {
        let mut adopted = 0;
        for (job, status) in jobs.iter().zip(before) {
            let Some(known) = status.as_mut() else { continue };
            let is_old = known.status == State::Done && known.outputs.is_none();
            if !is_old || self.asked.dry_run || !job.may_be_adopted(known, &self.engine) {
                continue;
            }
            let recipe = known.recipe.clone();
            known.adopt(job, &self.engine, recipe.as_deref())?;
            adopted += 1;
        }
        if adopted > 0 {
            self.host.say(News::Adopted(adopted));
        }
        Ok(())
    }

    /// Warns of files that are not found, because their points are simulated in every run.
    fn tell_missing_files(&self, jobs: &[Job]) {
        let lacking: Vec<&Job> = jobs.iter().filter(|job| !job.deck.missing.is_empty()).collect();
        let Some(job) = lacking.first() else { return };
        let first = (job.deck.missing[0].as_str(), job.point.deck.as_str());
        self.host.say(News::FilesMissing { decks: lacking.len(), of: jobs.len(), first });
    }

    /// Warns of decks that were edited by hand, which are simulated as they are.
    fn tell_edited_decks(&self, jobs: &[Job]) {
        let edited: Vec<&Job> =
            jobs.iter().filter(|job| job.deck.sha256 != job.point.deck_sha256).collect();
        let Some(first) = edited.first() else { return };
        let first = first.point.deck.as_str();
        self.host.say(News::DecksEdited { decks: edited.len(), of: jobs.len(), first });
    }

    /// Settles what an interrupted run published.
    fn settle_earlier(&self, jobs: &[Job], keys: &mut Keys) -> Result<Vec<Option<Status>>> {
        let (_, open) = Journal::open(self.runs)?;
        clear_unsubmitted(self.runs, &open)?;
        let alive = alive(self.runs, &open);
        let mut attempts = Attempts::open(self.runs, self.name)?;
        let points = job::with_blocks(self.points.to_vec())?;
        let domain =
            reconcile::Domain { runs: self.runs, points: &points, jobs, engine: &self.engine };
        let took_over = |attempt: &str| self.host.say(News::TookOver(attempt));
        domain.settle_published(&alive, keys, &mut attempts, took_over)?;
        Ok(jobs.iter().map(|job| Status::read(job.id())).collect())
    }

    /// The jobs that are missing, failed or changed, without those that wait for a point that is
    /// not done.
    pub(super) fn todo(
        &mut self,
        jobs: &[Job],
        before: &[Option<Status>],
        results: &Results,
    ) -> Vec<usize> {
        let is_done = |id: &str| match results.get(id) {
            Some(status) => status.is_some_and(|status| status.status == State::Done),
            None => Status::read(id).is_some_and(|status| status.status == State::Done),
        };
        let mut todo = Vec::new();
        for (index, job) in jobs.iter().enumerate() {
            if !self.asked.again
                && job.is_done(before[index].as_ref(), &self.engine, Some(&mut self.seen))
            {
                continue;
            }
            match self.after.blocker(job.point_id(), is_done) {
                // In a dry run the points that it waits for count as done.
                Some(_) if self.asked.dry_run => todo.push(index),
                Some(other) => self.host.say(News::Waits { point: job.id(), other }),
                None => todo.push(index),
            }
        }
        choice::prioritize(&mut todo, |&index| jobs[index].id(), &self.asked.priority);
        todo
    }

    /// Simulates a wave, which gets what was settled, whatever ends it.
    pub(super) fn simulate(&mut self, wave: &mut Wave<'_>) -> Result<()> {
        self.host.begins()?;
        let twins = self.twins(wave);
        let (points, simulated) = (wave.jobs.len(), twins.simulated.len());
        self.host.say(News::Started { points, simulated });
        let name = match wave.number {
            0 => self.name.to_owned(),
            number => format!("{}.{number}", self.name),
        };
        let attempts = Attempts::open(self.runs, &name)?;
        let breaker = self.breaker.clone();
        let (jobs, retries) = (wave.jobs, self.asked.retries);
        let mut work =
            Work::new(self.host, &self.engine, jobs, self.runs, retries, breaker, attempts);
        work.again = self.asked.again;
        let outcome = self.work(&mut work, &twins.simulated);
        let breaker = work.machine().breaker().clone();
        wave.held = work.machine().held().map(str::to_owned);
        wave.kept = work.kept;
        wave.settled = std::mem::take(&mut work.settled);
        self.breaker = breaker;
        held::remember(&self.breaker, self.runs)?;
        outcome?;
        self.share(twins.reusing, wave)
    }

    /// Gives results to the points that are equal to those whose results they are.
    fn share(&self, reusing: Vec<(usize, usize)>, wave: &mut Wave<'_>) -> Result<()> {
        for (index, other) in reusing {
            let status = wave.settled.get(&other).or(wave.before[other].as_ref());
            if let Some(status) = status.filter(|status| reuse::is_final(status)) {
                let was_done = status.status == State::Done;
                let (job, from) = (&wave.jobs[index], &wave.jobs[other]);
                let status = reuse::take_over(job, from, status, &self.engine)?;
                if was_done && status.class.is_some() {
                    self.host.say(News::Failed { status: &status, stays: false });
                }
                wave.settled.insert(index, status);
            }
        }
        Ok(())
    }

    /// Separates the jobs that are simulated from those that reuse the result of an equal job.
    fn twins(&mut self, wave: &Wave<'_>) -> Twins {
        if !self.asked.reuse {
            return Twins { simulated: wave.todo.clone(), reusing: Vec::new() };
        }
        let keys: Vec<&str> = wave.jobs.iter().map(|job| job.deck.twin.as_str()).collect();
        Twins::of(&wave.todo, &keys, |index| {
            let status = wave.before[index].as_ref();
            let job = &wave.jobs[index];
            !self.asked.again && job.is_done(status, &self.engine, Some(&mut self.seen))
        })
    }

    fn work(&self, work: &mut Work<'_>, todo: &[usize]) -> Result<()> {
        let (journal, open) = Journal::open(self.runs)?;
        let nothing_else_runs = open.is_empty();
        let heard = (self.signals, self.host as _);
        match &self.place {
            Place::Cluster(settings) => {
                let wanted = (self.name, todo, !self.asked.attach);
                let mut display = self.host.display(todo.len());
                let show = &mut |settled: &_, running| display.show(settled, running);
                cluster::run(work, wanted, settings, (journal, open), heard, show)?;
            }
            Place::Here(place) => {
                work.add(todo)?;
                let mut display = self.host.display(todo.len());
                let show = &mut |settled: &_, running| display.show(settled, running);
                local::simulate(work, todo, *place, heard, show)?;
                if !nothing_else_runs {
                    return Ok(());
                }
            }
        }
        work.clear_decks();
        Ok(())
    }
}
