//! Carries out on files what the state machine of a run decides, wherever the points are simulated.

use crate::attempts::Attempts;
use crate::decks::{Decks, Variant};
use crate::engine::Engine;
use crate::job::Job;
use crate::kin::Kinds;
use crate::machine::{Action, Added, Event, Known, Machine, Models, Next, Retries, Side};
use crate::news::{News, Say};
use crate::settle;
use crate::size::Need;
use crate::status::Status;
use crate::task::{Kind, PointKey, Subject, Task};
use anyhow::Result;
use libchar_engine::{Class, Failure, measure};
use libchar_runner::breaker::Breaker;
use libchar_runner::{Record, Ticket, attempt};
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// The work of a run.
pub struct Work<'a> {
    /// Reports what happens.
    say: &'a dyn Say,
    /// The simulator.
    pub engine: &'a Engine,
    /// The points.
    pub jobs: &'a [Job],
    /// The folder of the attempts.
    pub runs: &'a Path,
    machine: Machine,
    began: Instant,
    attempts: Attempts,
    places: BTreeMap<&'a str, usize>,
    decks: Decks,
    /// The decks that are simulated instead of the jobs' own, by index of the job.
    usual: HashMap<usize, Variant>,
    kinds: Kinds,
    sequence: u32,
    /// How the last attempt ended, for points that are not settled yet.
    judged: BTreeMap<usize, Status>,
    /// The status of each job that was settled.
    pub settled: BTreeMap<usize, Status>,
    /// Whether points that are done are simulated again; a point that then fails keeps its earlier
    /// result.
    pub again: bool,
    /// The number of points that failed this time and keep an earlier result.
    pub kept: usize,
}

impl<'a> Work<'a> {
    /// Makes the work on these jobs, with nothing to do yet.
    pub fn new(
        say: &'a dyn Say,
        engine: &'a Engine,
        jobs: &'a [Job],
        runs: &'a Path,
        retries: Retries,
        breaker: Breaker,
        attempts: Attempts,
    ) -> Self {
        let known =
            |job: &Job| Known { id: job.id().to_owned(), place: job.place(), need: job.need };
        let points = jobs.iter().map(known).collect();
        Work {
            say,
            engine,
            jobs,
            runs,
            machine: Machine::new(points, retries, engine.recipes.len(), breaker),
            began: Instant::now(),
            attempts,
            places: jobs.iter().enumerate().map(|(i, job)| (job.id(), i)).collect(),
            decks: Decks::new(runs, engine.start.search.clone()),
            usual: HashMap::new(),
            kinds: Kinds::default(),
            sequence: 0,
            judged: BTreeMap::new(),
            settled: BTreeMap::new(),
            again: false,
            kept: 0,
        }
    }

    /// The state machine, which knows what is left to simulate.
    pub fn machine(&self) -> &Machine {
        &self.machine
    }

    /// Adds the jobs of these indices.
    pub fn add(&mut self, todo: &[usize]) -> Result<()> {
        let added = todo.iter().map(|&index| self.added(index)).collect::<Result<_>>()?;
        self.step(Event::Add(added))
    }

    fn added(&mut self, index: usize) -> Result<Added> {
        let job = &self.jobs[index];
        // Trimming does not know the statements of the loop over samples.
        let trims = self.engine.trims && job.block.is_none();
        let variant = self.decks.variant(job, self.engine, 0, trims)?;
        let models = variant.as_ref().and_then(|variant| variant.models.clone()).map(|hash| {
            let is_verified = self.decks.is_verified(&hash);
            Models { hash, is_verified }
        });
        self.usual.extend(variant.map(|variant| (index, variant)));
        // A simulator does not simulate a deck that asks for nothing, but would in a batch.
        let may_share = self.engine.batches && job.deck.is_repeatable && job.deck.measures();
        let deck = &job.deck;
        let kin = Some(()).filter(|()| may_share);
        let kin = kin.and_then(|()| self.kinds.of(index, &deck.text, &deck.files, job.need));
        Ok(Added { point: index, kin, models })
    }

    /// When the next delayed task is due.
    pub fn due(&self) -> Option<Duration> {
        self.machine.due(self.began.elapsed())
    }

    /// Queues the delayed tasks whose time has come.
    pub fn tick(&mut self) -> Result<()> {
        self.step(Event::Tick)
    }

    /// The size of the next task.
    pub fn next_need(&self) -> Option<Need> {
        self.machine.next_need()
    }

    /// Returns the next task, of at most `most` points, and its ticket.
    pub fn next(&mut self, most: usize) -> Result<Option<(Task, Ticket)>> {
        let (jobs, usual, kinds) = (self.jobs, &self.usual, &mut self.kinds);
        let mut control = None;
        let share = |points: &[usize]| {
            let first = points[0];
            let own = jobs[first].deck.text.as_str();
            let deck = usual.get(&first).map_or(own, |variant| &variant.text);
            control = kinds.combine(points, deck);
            control.is_some()
        };
        let Some(task) = self.machine.next(most, share) else { return Ok(None) };
        self.sequence += 1;
        let name = format!("{}-{}", self.attempts.run(), self.sequence);
        if task.kind != Kind::Check {
            for &index in &task.jobs {
                let job = &self.jobs[index];
                if !(self.again && Status::good(job, self.engine).is_some()) {
                    settle::clear(job, self.engine)?;
                }
            }
        }
        let subject = self.subject(&task);
        let ticket = match control {
            Some(control) => self.engine.batch_ticket(&name, control, task.need, &subject)?,
            None => {
                let job = &self.jobs[task.jobs[0]];
                let deck = self.deck(&task)?;
                self.engine.ticket(&name, job, &deck, &subject)?
            }
        };
        Ok(Some((task, ticket)))
    }

    fn subject(&self, task: &Task) -> Subject {
        let point = |&index: &usize| {
            let job = &self.jobs[index];
            PointKey { point: job.id().to_owned(), key: job.deck.key.clone() }
        };
        Subject {
            points: task.jobs.iter().map(point).collect(),
            tries: task.tries,
            retries: task.retries,
            kind: task.kind,
            recipe: self.engine.recipe(task.recipe).map(|recipe| recipe.name.clone()),
        }
    }

    /// The deck that a task of one point is simulated with.
    fn deck(&mut self, task: &Task) -> Result<String> {
        let index = task.jobs[0];
        let job = &self.jobs[index];
        let usual = self.usual.get(&index);
        let path = if task.recipe == 0 && task.kind != Kind::Whole {
            usual.map(|variant| variant.path.display().to_string())
        } else {
            let trims = task.kind != Kind::Whole && usual.is_some_and(|v| v.models.is_some());
            let variant = self.decks.variant(job, self.engine, task.recipe, trims)?;
            variant.map(|variant| variant.path.display().to_string())
        };
        Ok(path.unwrap_or_else(|| job.deck_path()))
    }

    /// Puts a task back that was not started after all.
    pub fn put_back(&mut self, task: Task) -> Result<()> {
        self.step(Event::Returned(task))
    }

    /// Rebuilds the task of a subject that an earlier run handed out, with those of its points that
    /// are still to be done and unchanged.
    pub fn recall(&self, subject: &Subject, todo: &[usize]) -> Option<Task> {
        let places = subject.points.iter().filter_map(|wanted| self.place(wanted));
        let jobs: Vec<usize> = places.filter(|place| todo.contains(place)).collect();
        let need = self.jobs[*jobs.first()?].need;
        let recipe = match &subject.recipe {
            None => 0,
            Some(name) => 1 + self.engine.recipes.iter().position(|r| r.name == *name)?,
        };
        let Subject { tries, retries, kind, .. } = *subject;
        (kind != Kind::Check).then_some(Task { jobs, tries, retries, kind, recipe, need })
    }

    fn place(&self, wanted: &PointKey) -> Option<usize> {
        let place = self.places.get(wanted.point.as_str()).copied()?;
        (self.jobs[place].deck.key == wanted.key).then_some(place)
    }

    /// Settles a published attempt.
    pub fn ended(&mut self, task: &Task, record: &Record) -> Result<()> {
        let subject: Subject = serde_json::from_value(record.subject.clone())?;
        let index = task.jobs[0];
        if task.kind == Kind::Check {
            let folder = attempt::published(self.runs, &record.attempt);
            self.compare(index, Side::Trimmed, &folder)?;
            return settle::discard(self.runs, &record.attempt);
        }
        let seconds = record.ended.wall_s / subject.points.len().max(1) as f64;
        match subject.points.as_slice() {
            [_] => self.ended_alone(task, record, &subject, seconds),
            _ => self.ended_batch(task, record, &subject, seconds),
        }
    }

    fn ended_alone(
        &mut self,
        task: &Task,
        record: &Record,
        subject: &Subject,
        seconds: f64,
    ) -> Result<()> {
        let index = task.jobs[0];
        let job = &self.jobs[index];
        let mut status = settle::settle(self.runs, record, subject, job, self.engine)?;
        if status.class == Some(Class::Cancelled) && !self.machine.is_stopped() {
            // This run did not stop it: a scheduler did, or someone who ended the supervisor.
            status = self.node_loss(index, task, "it was stopped from outside")?;
        }
        self.attempts.add(record, &[Some(status.clone())], subject)?;
        if task.kind == Kind::Whole {
            self.compare(index, Side::Whole, Path::new(job.id()))?;
        }
        let class = status.class;
        self.judged.insert(index, status);
        self.step(Event::Ended { task, seconds, class })
    }

    fn ended_batch(
        &mut self,
        task: &Task,
        record: &Record,
        subject: &Subject,
        seconds: f64,
    ) -> Result<()> {
        let indices: Vec<Option<usize>> = subject.points.iter().map(|p| self.place(p)).collect();
        let jobs: Vec<Option<&Job>> = indices.iter().map(|i| i.map(|i| &self.jobs[i])).collect();
        let statuses = settle::settle_batch(self.runs, record, subject, &jobs, self.engine)?;
        self.attempts.add(record, &statuses, subject)?;
        let mut found = Vec::with_capacity(indices.len());
        for (index, status) in indices.into_iter().zip(statuses) {
            let Some(index) = index else { continue };
            found.push((index, status.is_some()));
            self.judged.extend(status.map(|status| (index, status)));
        }
        self.step(Event::EndedBatch { task, seconds, found: &found })
    }

    /// Reads the measures of one side of a comparison of models from the log in a folder.
    fn compare(&mut self, point: usize, side: Side, folder: &Path) -> Result<()> {
        if !self.machine.compares(point) {
            return Ok(());
        }
        let log = folder.join(self.jobs[point].log_name());
        let text = fs::read_to_string(log).unwrap_or_default();
        let measures = measure::ngspice::parse("log", &text).map_or(Vec::new(), |found| found.rows);
        self.step(Event::Compared { point, side, measures })
    }

    /// Settles a task that ended without publishing anything.
    pub fn lost(&mut self, task: &Task, reason: &str) -> Result<()> {
        self.step_because(Event::Lost(task), reason)
    }

    /// Settles tasks that were lost together. One cause took them all, so the breaker counts one failure.
    pub fn lost_together(&mut self, tasks: &[Task], reason: &str) -> Result<()> {
        self.step_because(Event::LostTogether(tasks), reason)
    }

    fn node_loss(&self, index: usize, task: &Task, reason: &str) -> Result<Status> {
        let failure = Failure::new(Class::NodeLoss, reason);
        let subject = self.subject(task);
        let job = &self.jobs[index];
        let mut status = Status::new(job, self.engine, &subject, Some(&failure));
        if Status::good(job, self.engine).is_none() {
            status.record(job, self.engine)?;
            status.write()?;
        }
        Ok(status)
    }

    fn step(&mut self, event: Event<'_>) -> Result<()> {
        self.step_because(event, "")
    }

    /// Passes an event to the machine and carries out the actions that it returns; `lost` is the
    /// reason if something was lost.
    fn step_because(&mut self, event: Event<'_>, lost: &str) -> Result<()> {
        let actions = self.machine.step(self.began.elapsed(), event);
        actions.into_iter().try_for_each(|action| self.act(action, lost))
    }

    fn act(&mut self, action: Action, lost: &str) -> Result<()> {
        match action {
            Action::Lose { point, task } => {
                let status = self.node_loss(point, &task, lost)?;
                self.judged.insert(point, status);
            }
            Action::Settle { point, next } => self.settle(point, next),
            Action::UseWhole(point) => {
                self.usual.remove(&point);
                let whole = self.decks.variant(&self.jobs[point], self.engine, 0, false)?;
                self.usual.extend(whole.map(|variant| (point, variant)));
            }
            Action::Verified(models) => self.decks.verified(&models)?,
            Action::ModelsDiffer => self.say.say(News::ModelsDiffer),
        }
        Ok(())
    }

    /// Records how a point ended, and reports what follows.
    fn settle(&mut self, point: usize, next: Next) {
        let Some(status) = self.judged.remove(&point) else { return };
        let mut kept = None;
        match next {
            Next::Recipe(number) => {
                if let Some(recipe) = self.engine.recipe(number) {
                    self.say.say(News::NextRecipe(&status, recipe));
                }
            }
            Next::Retry(wait) => self.say.say(News::Retry(&status, wait)),
            Next::Failed => {
                kept = Status::good(&self.jobs[point], self.engine);
                self.say.say(News::Failed { status: &status, stays: kept.is_some() });
            }
            Next::Done => self.say.say(News::Done(&status)),
            Next::Cancelled => {}
        }
        self.say.say(News::Settled(&status));
        self.kept += usize::from(kept.is_some());
        self.settled.insert(point, kept.unwrap_or(status));
    }

    /// Stops the run: no further task starts.
    pub fn stop(&mut self) -> Result<()> {
        self.step(Event::Stop)
    }

    /// Removes the decks that were made for the run, once nothing reads them any more.
    pub fn clear_decks(&self) {
        self.decks.clear();
    }
}

#[cfg(test)]
mod tests;
