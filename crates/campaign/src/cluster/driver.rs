//! A run on a cluster: it submits packs, settles what is published, and asks the scheduler only about the rest.

use super::scheduler::{Scheduler, Settings, is_interrupted, revoke_jobs};
use super::submissions::tickets;
use super::{Absence, Flight, Flights};
use crate::cannot::cannot;
use crate::news::{News, Say};
use crate::settle;
use crate::size::Need;
use crate::task::{Subject, Task};
use crate::work::Work;
use anyhow::{Result, anyhow};
use libchar_runner::Ticket;
use libchar_runner::attempt::{self, Record};
use libchar_runner::cluster::Listed;
use libchar_runner::cluster::executor::Values;
use libchar_runner::cluster::submission::{self, Entry, Journal, Open};
use libchar_runner::retry::Backoff;
use libchar_runner::state::State;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

/// The driver of a run on a cluster.
pub struct Cluster<'w, 'a> {
    /// The work.
    pub work: &'w mut Work<'a>,
    settings: &'w Settings,
    scheduler: &'w dyn Scheduler,
    say: &'w dyn Say,
    journal: Journal,
    open: Vec<Open>,
    flights: Flights,
    unsure: BTreeMap<String, Absence>,
    refused: Option<Refused>,
    doubted: bool,
    run: String,
    sequence: usize,
}

/// A temporary refusal by the scheduler.
struct Refused {
    /// The number of consecutive refusals.
    tries: u32,
    /// The earliest time of the next submission.
    until: Instant,
}

/// Consecutive refusals after which the run gives up, if none of its jobs is in progress.
const MOST_REFUSALS: u32 = 8;

impl<'w, 'a> Cluster<'w, 'a> {
    /// A run of this work with a name. It takes over what is already submitted, as far as the points are chosen, unchanged
    /// and not done.
    pub fn new(
        work: &'w mut Work<'a>,
        (run, todo): (&str, &[usize]),
        settings: &'w Settings,
        (journal, open): (Journal, Vec<Open>),
        scheduler: &'w dyn Scheduler,
        say: &'w dyn Say,
    ) -> Self {
        let mut flights = Flights::default();
        for (name, element, ticket) in tickets(work.runs, &open) {
            let Ok(subject) = serde_json::from_value::<Subject>(ticket.subject) else { continue };
            if let Some(task) = work.recall(&subject, todo) {
                flights.flights.insert(ticket.attempt, Flight::new(task, name, element));
            }
        }
        Cluster {
            work,
            settings,
            scheduler,
            say,
            journal,
            open,
            flights,
            unsure: BTreeMap::new(),
            refused: None,
            doubted: false,
            run: run.to_owned(),
            sequence: 0,
        }
    }

    /// Points that are already submitted.
    pub fn flying(&self) -> BTreeSet<usize> {
        let flights = self.flights.flights.values();
        flights.flat_map(|flight| flight.task.jobs.iter().copied()).collect()
    }

    /// Points whose results are awaited.
    pub fn points(&self) -> usize {
        self.flights.points()
    }

    /// Whether nothing is left to submit and no result is awaited.
    pub fn is_over(&self) -> bool {
        self.flights.flights.is_empty() && self.work.machine().is_over()
    }

    /// Settles what is published, and submits what is waiting.
    ///
    /// # Errors
    /// Files that cannot be read or written, jobs that the scheduler refuses, or a signal.
    pub fn turn(&mut self, now: Instant) -> Result<()> {
        self.look()?;
        self.close_finished()?;
        self.work.tick()?;
        self.submit(now)
    }

    /// Settles what is published.
    fn look(&mut self) -> Result<()> {
        let runs = self.work.runs;
        let entries = std::fs::read_dir(runs).map_err(|e| cannot("read", runs, e))?;
        let mut found: Vec<String> = entries
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter_map(|name| match attempt::folder_of(&name) {
                Some((attempt, true)) => Some(attempt.to_owned()),
                _ => None,
            })
            .collect();
        found.sort();
        for name in found {
            if let Some(record) = attempt::read(&attempt::published(runs, &name)) {
                self.published(&name, &record)?;
            }
        }
        Ok(())
    }

    fn published(&mut self, name: &str, record: &Record) -> Result<()> {
        match self.flights.flights.remove(name) {
            Some(mut flight) => {
                let well = record.ended.code == Some(0);
                flight.end(if well { State::Done } else { State::Failed })?;
                self.work.ended(&flight.task, record)
            }
            // Another attempt of the points was first, or they are not chosen.
            None => settle::discard(self.work.runs, name),
        }
    }

    /// Submits what is waiting, as far as the limits allow.
    fn submit(&mut self, now: Instant) -> Result<()> {
        if self.refused.as_ref().is_some_and(|refused| refused.until > now) {
            return Ok(());
        }
        while let Some(need) = self.work.next_need() {
            // A first wave that tells how long a point takes is awaited before the rest.
            let seconds = self.work.machine().seconds_a_point();
            let alone = self.settings.packing.is_unknown(seconds);
            if alone && !self.flights.flights.is_empty() {
                return Ok(());
            }
            let (points, elements) =
                self.settings.packing.next(self.work.machine().waiting(), seconds);
            let arrays = self.settings.executor.arrays;
            let submitted = self.flights.elements();
            let room = self.settings.max_submit.map_or(usize::MAX, |m| m.saturating_sub(submitted));
            let elements = if arrays { elements.min(room) } else { room.min(1) };
            if elements == 0 {
                return Ok(());
            }
            self.submit_one(points, elements, need, now)?;
            if alone || self.refused.is_some() {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Submits one array of tasks that have the same size.
    fn submit_one(
        &mut self,
        points: usize,
        elements: usize,
        need: Need,
        now: Instant,
    ) -> Result<()> {
        self.sequence += 1;
        let name = format!("lc-{}-{}", self.run, self.sequence);
        let mut packs: Vec<Vec<Ticket>> = Vec::new();
        let mut flights = Vec::new();
        while packs.len() < elements && self.work.next_need() == Some(need) {
            let mut pack = Vec::new();
            let mut left = points;
            while left > 0
                && self.work.next_need() == Some(need)
                && let Some((task, ticket)) = self.work.next(left)?
            {
                left -= task.jobs.len().min(left);
                flights.push((ticket.attempt.clone(), Flight::new(task, &name, packs.len() + 1)));
                pack.push(ticket);
            }
            packs.push(pack);
        }
        let folder = submission::lay(self.work.runs, &name, &self.settings.program, &packs)?;
        let folder = std::fs::canonicalize(&folder)?.display().to_string();
        self.journal.write(&Entry::Intent { name: name.clone(), elements: packs.len() })?;
        let values = Values::from([
            ("name", name.clone()),
            ("elements", packs.len().to_string()),
            ("script", format!("{folder}/script.sh")),
            ("submission", folder),
            ("cpus", need.threads.to_string()),
            ("mem_gb", need.mem_gb.to_string()),
            ("zero", "0".to_owned()),
            ("user", self.settings.user.clone()),
        ]);
        let Settings { executor, packing, options, .. } = self.settings;
        let command = executor.submit_command(&values, packing.max_running, options);
        let said = self.scheduler.call(&command);
        let id = match &said {
            Ok((true, output)) => executor.job_id(output),
            _ => None,
        };
        if let (None, Ok((false, output))) = (&id, &said) {
            submission::revoke(self.work.runs, &name)?;
            self.journal.write(&Entry::Closed { name })?;
            let tasks = flights.into_iter().map(|(_, flight)| flight.task).collect();
            return self.refused(&command[0], output.trim(), tasks, now);
        }
        self.refused = None;
        self.flights.flights.extend(flights);
        self.open.push(Open { name: name.clone(), elements: packs.len(), id: id.clone() });
        let mut interrupted = None;
        match (id, said) {
            (Some(id), _) => return Ok(self.journal.write(&Entry::Submitted { name, id })?),
            // It may have been accepted all the same: the list of jobs will tell.
            (None, Err(e)) => {
                let is_interrupted = is_interrupted(&e);
                let error = Some(&e).filter(|_| !is_interrupted);
                self.say.say(News::InDoubt { submission: &name, error });
                interrupted = Some(e).filter(|_| is_interrupted);
            }
            (None, Ok((_, output))) => {
                let line = output.trim().lines().next().unwrap_or_default();
                let program = command[0].as_str();
                self.say.say(News::NoNumber { submission: &name, program, line });
            }
        }
        interrupted.map_or(Ok(()), Err)
    }

    /// Handles a refusal of jobs: they are submitted again later, if the refusal is temporary.
    fn refused(&mut self, program: &str, said: &str, tasks: Vec<Task>, now: Instant) -> Result<()> {
        let tries = self.refused.as_ref().map_or(0, |refused| refused.tries);
        let passes = self.settings.executor.is_passing(said)
            && (!self.flights.flights.is_empty() || tries < MOST_REFUSALS);
        if !passes {
            return Err(anyhow!("{program} refused the jobs: {said}"));
        }
        if tries == 0 {
            let line = said.lines().next().unwrap_or_default();
            self.say.say(News::RefusedForNow { program, line });
        }
        tasks.into_iter().try_for_each(|task| self.work.put_back(task))?;
        let backoff = Backoff { first: self.settings.poll };
        let wait = backoff.delay(tries.min(5), program);
        self.refused = Some(Refused { tries: tries + 1, until: now + wait });
        Ok(())
    }

    /// Asks the scheduler once, about all jobs.
    ///
    /// # Errors
    /// Files that cannot be read or written, or a signal.
    pub fn poll(&mut self, now: Instant) -> Result<()> {
        let jobs = match self.scheduler.list() {
            Ok(jobs) => jobs,
            Err(e) if is_interrupted(&e) => return Err(e),
            Err(e) => {
                self.say.say(News::NoList(&e));
                return Ok(());
            }
        };
        self.find_ids(&jobs, now)?;
        let mut lost = Vec::new();
        let compared = self.flights.compare(&jobs, now, self.settings.grace)?;
        if compared.doubtful && !std::mem::replace(&mut self.doubted, compared.doubtful) {
            self.say.say(News::NoneListed(self.flights.elements()));
        }
        self.doubted &= compared.doubtful;
        self.end_stuck(compared.stuck)?;
        for name in compared.gone {
            // The last look at the truth.
            if let Some(record) = attempt::read(&attempt::published(self.work.runs, &name)) {
                self.published(&name, &record)?;
            } else if let Some(mut flight) = self.flights.flights.remove(&name) {
                flight.end(State::Lost)?;
                lost.push(flight.task);
            }
        }
        self.work.lost_together(&lost, "its job is gone without a result")
    }

    /// Cancels jobs in a state from which only a person could release them, and tries their points again.
    fn end_stuck(&mut self, stuck: Vec<(String, String, String)>) -> Result<()> {
        let mut by_submission: BTreeMap<String, (String, String, Vec<Task>)> = BTreeMap::new();
        for (name, id, state) in stuck {
            let Some(mut flight) = self.flights.flights.remove(&name) else { continue };
            flight.end(State::Lost)?;
            let entry = by_submission.entry(flight.submission).or_insert((id, state, Vec::new()));
            entry.2.push(flight.task);
        }
        for (name, (id, state, tasks)) in by_submission {
            self.say.say(News::Stuck { job: &id, state: &state, tasks: tasks.len() });
            if !self.flights.awaits(&name) {
                let Settings { executor, user, .. } = self.settings;
                revoke_jobs(executor, (&name, Some(id)), user, self.scheduler, self.say)?;
            }
            let reason = format!("its job was held in the state {state}");
            self.work.lost_together(&tasks, &reason)?;
        }
        Ok(())
    }

    /// Finds by their names the submissions whose job number was not recorded. One that the scheduler does not know was
    /// not submitted; it is revoked, so that a late job of it does nothing.
    fn find_ids(&mut self, jobs: &BTreeSet<Listed>, now: Instant) -> Result<()> {
        let unsure: Vec<String> = self
            .open
            .iter()
            .filter(|open| open.id.is_none())
            .map(|open| open.name.clone())
            .collect();
        for name in unsure {
            if let Some(job) = jobs.iter().find(|job| job.name == name) {
                let id = job.id.clone();
                for open in self.open.iter_mut().filter(|open| open.name == name) {
                    open.id = Some(id.clone());
                }
                self.journal.write(&Entry::Submitted { name, id })?;
            } else if self.unsure.entry(name.clone()).or_default().missed(now, self.settings.grace)
            {
                self.look()?;
                submission::revoke(self.work.runs, &name)?;
                for flight in self.flights.take(&name) {
                    self.work.put_back(flight.task)?;
                }
            }
        }
        Ok(())
    }

    /// Closes the submissions from which no result is awaited.
    ///
    /// # Errors
    /// Files that cannot be written.
    pub fn close_finished(&mut self) -> Result<()> {
        let (open, over): (Vec<Open>, Vec<Open>) =
            self.open.drain(..).partition(|open| self.flights.awaits(&open.name));
        self.open = open;
        for submission in over {
            submission::revoke(self.work.runs, &submission.name)?;
            self.journal.write(&Entry::Closed { name: submission.name })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
