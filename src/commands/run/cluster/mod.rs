//! A run on a cluster: submit packs, settle what is published, ask the scheduler only about what is not.

pub mod scheduler;

use super::progress::Progress;
use crate::context::Context;
use crate::exit::Interrupted;
use anyhow::{Context as _, Result, anyhow};
use libchar_campaign::cannot::cannot;
use libchar_campaign::cluster::{Absence, Flight, Flights, Packing};
use libchar_campaign::settle;
use libchar_campaign::size::Need;
use libchar_campaign::task::{Subject, Task};
use libchar_campaign::work::Work;
use libchar_core::words::{are, count};
use libchar_runner::attempt::{self, Record};
use libchar_runner::cluster::executor::Values;
use libchar_runner::cluster::submission::{self, Entry, Journal, Open};
use libchar_runner::cluster::{Executor, Listed};
use libchar_runner::retry::Backoff;
use libchar_runner::state::State;
use libchar_runner::{Signals, Ticket, trash};
use scheduler::{call, list, user};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::{Duration, Instant};

/// How often the folder of the attempts is looked into.
const LOOK: Duration = Duration::from_millis(200);

/// What a run on a cluster needs to know of the configuration.
pub struct Settings {
    /// The scheduler.
    pub executor: Executor,
    /// Arguments that the configuration adds to the submit command.
    pub options: Vec<String>,
    /// Elements that are submitted and not over.
    pub max_submit: Option<usize>,
    /// Points of elements, elements of arrays.
    pub packing: Packing,
    /// Time between two status calls.
    pub poll: Duration,
    /// Time that a published result may take to be seen, as on NFS.
    pub grace: Duration,
}

/// The loop of a run on a cluster.
pub struct Cluster<'w, 'a> {
    work: &'w mut Work<'a>,
    ctx: &'w Context,
    settings: &'w Settings,
    signals: &'w Signals,
    journal: Journal,
    open: Vec<Open>,
    flights: Flights,
    unsure: BTreeMap<String, Absence>,
    refused: Option<Refused>,
    doubted: bool,
    run: String,
    sequence: usize,
}

/// A refusal that passes.
struct Refused {
    /// Refusals in a row.
    tries: u32,
    /// When the next submission is worth a try.
    until: Instant,
}

/// Refusals in a row after which it is no use to go on, if no job of ours is under way.
const MOST_REFUSALS: u32 = 8;

/// The attempts of open submissions: their folders belong to jobs that may run.
pub fn alive(runs: &Path, open: &[Open]) -> BTreeSet<String> {
    tickets(runs, open).map(|(_, _, ticket)| ticket.attempt).collect()
}

/// Removes the folders of submissions that were laid and never journalled: nobody submitted them.
pub fn clear_unsubmitted(runs: &Path, open: &[Open]) -> Result<()> {
    trash::empty(runs).map_err(|e| cannot("clear", runs, e))?;
    for name in submission::laid(runs).map_err(|e| cannot("read", runs, e))? {
        if open.iter().all(|open| open.name != name) {
            submission::revoke(runs, &name).map_err(|e| cannot("remove", runs, e))?;
        }
    }
    Ok(())
}

/// The tickets of open submissions, with the submission and the element.
fn tickets<'o>(runs: &Path, open: &'o [Open]) -> impl Iterator<Item = (&'o str, usize, Ticket)> {
    let elements = open.iter().flat_map(move |open| {
        submission::elements(runs, &open.name).into_iter().map(move |e| (&*open.name, e))
    });
    elements.flat_map(move |(name, element)| {
        let tickets = submission::pack(runs, name, element).unwrap_or_default();
        tickets.into_iter().map(move |ticket| (name, element, ticket))
    })
}

/// Cancels everything that is submitted: no job of it does anything any more.
pub fn cancel(executor: &Executor, runs: &Path, ctx: &Context, signals: &Signals) -> Result<usize> {
    let (mut journal, open) = Journal::open(runs)?;
    // A number may be misread, a name is ours alone.
    let by_name = !executor.cancel_name.is_empty();
    let jobs = if by_name { BTreeSet::new() } else { list(executor, signals)? };
    for submission in &open {
        submission::revoke(runs, &submission.name)?;
        let listed = jobs.iter().find(|job| job.name == submission.name);
        let id = listed.map(|job| job.id.clone()).or_else(|| submission.id.clone());
        revoke_jobs(executor, &submission.name, id, ctx, signals)?;
        journal.write(&Entry::Closed { name: submission.name.clone() })?;
    }
    Ok(open.len())
}

/// Cancels the jobs of a submission at the scheduler.
fn revoke_jobs(
    executor: &Executor,
    name: &str,
    id: Option<String>,
    ctx: &Context,
    signals: &Signals,
) -> Result<()> {
    let mut values = Values::from([("name", name.to_owned()), ("user", user())]);
    let template = match (executor.cancel_name.is_empty(), id) {
        (false, _) => &executor.cancel_name,
        (true, Some(id)) => {
            values.insert("id", id);
            &executor.cancel
        }
        (true, None) => return Ok(()),
    };
    let command = Executor::fill(template, &values, &[]);
    let (ok, said) = call(&command, signals)?;
    if !ok {
        ctx.log.warning("cancel", format!("{}: {}", command.join(" "), said.trim()));
    }
    Ok(())
}

impl<'w, 'a> Cluster<'w, 'a> {
    /// A run of this work, which takes over what is submitted already, as far as its points are chosen, unchanged
    /// and not done.
    pub fn new(
        work: &'w mut Work<'a>,
        ctx: &'w Context,
        todo: &[usize],
        settings: &'w Settings,
        (journal, open): (Journal, Vec<Open>),
        signals: &'w Signals,
    ) -> Self {
        let mut flights = Flights::default();
        for (name, element, ticket) in tickets(work.runs, &open) {
            let Ok(subject) = serde_json::from_value::<Subject>(ticket.subject) else { continue };
            if let Some(task) = work.recall(&subject, todo) {
                flights.flights.insert(ticket.attempt, Flight::new(task, name, element));
            }
        }
        let run = ctx.log.run_id.clone();
        let unsure = BTreeMap::new();
        Cluster {
            work,
            ctx,
            settings,
            signals,
            journal,
            open,
            flights,
            unsure,
            refused: None,
            doubted: false,
            run,
            sequence: 0,
        }
    }

    /// Simulates the jobs of these indices, and awaits those that are submitted. `submit` is false where only
    /// the latter is wanted.
    pub fn run(mut self, todo: &[usize], submit: bool) -> Result<()> {
        let flying: BTreeSet<usize> = self
            .flights
            .flights
            .values()
            .flat_map(|flight| flight.task.jobs.iter().copied())
            .collect();
        if !flying.is_empty() {
            let n = flying.len();
            let message = format!("{} {} submitted already", count(n, "point"), are(n));
            self.ctx.log.info("attach", message);
        }
        if submit {
            let rest = todo.iter().copied().filter(|job| !flying.contains(job));
            self.work.add(&rest.collect::<Vec<_>>())?;
        }
        let mut progress = Progress::new(self.ctx, todo.len());
        let result = self.work(&mut progress);
        progress.finish();
        result
    }

    fn work(&mut self, progress: &mut Progress) -> Result<()> {
        let mut polled: Option<Instant> = None;
        loop {
            self.look()?;
            self.close_finished()?;
            self.work.tick()?;
            self.submit()?;
            progress.show(&self.work.settled, self.flights.points());
            if self.flights.flights.is_empty() && self.work.machine().is_over() {
                return self.close_finished();
            }
            self.signals.wait(&[], Some(LOOK))?;
            if let Some(signal) = self.signals.stop() {
                let n = self.flights.points();
                let (stay, them) = if n == 1 { ("stays", "it") } else { ("stay", "them") };
                let message = format!(
                    "{} {stay} submitted; `libchar run --attach` comes back to {them}, \
                     `libchar run --cancel` cancels {them}",
                    count(n, "point")
                );
                self.ctx.log.warning("detach", message);
                return Err(Interrupted(signal).into());
            }
            if polled.is_none_or(|at| at.elapsed() >= self.settings.poll) {
                self.poll()?;
                polled = Some(Instant::now());
            }
        }
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

    /// Submits what waits, as far as the limits allow.
    fn submit(&mut self) -> Result<()> {
        if self.refused.as_ref().is_some_and(|refused| refused.until > Instant::now()) {
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
            self.submit_one(points, elements, need)?;
            if alone || self.refused.is_some() {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Submits an array of tasks of one size.
    fn submit_one(&mut self, points: usize, elements: usize, need: Need) -> Result<()> {
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
        let program = std::env::current_exe().context("cannot tell where libchar itself is")?;
        let folder = submission::lay(self.work.runs, &name, &program, &packs)?;
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
            ("user", user()),
        ]);
        let Settings { executor, packing, options, .. } = self.settings;
        let command = executor.submit_command(&values, packing.max_running, options);
        let said = call(&command, self.signals);
        let id = match &said {
            Ok((true, output)) => executor.job_id(output),
            _ => None,
        };
        if let (None, Ok((false, output))) = (&id, &said) {
            submission::revoke(self.work.runs, &name)?;
            self.journal.write(&Entry::Closed { name })?;
            let tasks = flights.into_iter().map(|(_, flight)| flight.task).collect();
            return self.refused(&command[0], output.trim(), tasks);
        }
        self.refused = None;
        self.flights.flights.extend(flights);
        self.open.push(Open { name: name.clone(), elements: packs.len(), id: id.clone() });
        let mut interrupted = None;
        let doubt = match (id, said) {
            (Some(id), _) => return Ok(self.journal.write(&Entry::Submitted { name, id })?),
            // It may have been accepted all the same: the list of jobs will tell.
            (None, Err(e)) if e.is::<Interrupted>() => {
                interrupted = Some(e);
                "it was interrupted while it submitted".to_owned()
            }
            (None, Err(e)) => crate::exit::explain(&e),
            (None, Ok((_, output))) => {
                let first = output.trim().lines().next().unwrap_or_default();
                format!("no line that {} printed is a job number (`{first}`)", command[0])
            }
        };
        self.ctx.log.warning("submit", format!("{doubt}; looking for {name}"));
        interrupted.map_or(Ok(()), Err)
    }

    /// The scheduler refused jobs: later again, if that passes by itself.
    fn refused(&mut self, program: &str, said: &str, tasks: Vec<Task>) -> Result<()> {
        let tries = self.refused.as_ref().map_or(0, |refused| refused.tries);
        let passes = self.settings.executor.is_passing(said)
            && (!self.flights.flights.is_empty() || tries < MOST_REFUSALS);
        if !passes {
            return Err(anyhow!("{program} refused the jobs: {said}"));
        }
        if tries == 0 {
            let said = said.lines().next().unwrap_or_default();
            let message = format!("{program} refused the jobs for now: {said}; trying again");
            self.ctx.log.warning("submit", message);
        }
        tasks.into_iter().try_for_each(|task| self.work.put_back(task))?;
        let backoff = Backoff { first: self.settings.poll };
        let wait = backoff.delay(tries.min(5), program);
        self.refused = Some(Refused { tries: tries + 1, until: Instant::now() + wait });
        Ok(())
    }

    /// Asks the scheduler once, for all.
    fn poll(&mut self) -> Result<()> {
        let jobs = match list(&self.settings.executor, self.signals) {
            Ok(jobs) => jobs,
            Err(e) if e.is::<Interrupted>() => return Err(e),
            Err(e) => {
                self.ctx
                    .log
                    .warning("status", format!("{}; asking again", crate::exit::explain(&e)));
                return Ok(());
            }
        };
        self.find_ids(&jobs)?;
        let mut lost = Vec::new();
        let compared = self.flights.compare(&jobs, Instant::now(), self.settings.grace)?;
        if compared.doubtful && !std::mem::replace(&mut self.doubted, compared.doubtful) {
            let ours = match self.flights.elements() {
                1 => "does not list our job any more; asking again before it counts as lost"
                    .to_owned(),
                n => format!(
                    "lists none of our {n} jobs any more; asking again before they count as lost"
                ),
            };
            let message = format!("the scheduler {ours}");
            self.ctx.log.warning("status", message);
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

    /// Ends jobs that only a person could free, and tries their points again.
    fn end_stuck(&mut self, stuck: Vec<(String, String, String)>) -> Result<()> {
        let mut by_submission: BTreeMap<String, (String, String, Vec<Task>)> = BTreeMap::new();
        for (name, id, state) in stuck {
            let Some(mut flight) = self.flights.flights.remove(&name) else { continue };
            flight.end(State::Lost)?;
            let entry = by_submission.entry(flight.submission).or_insert((id, state, Vec::new()));
            entry.2.push(flight.task);
        }
        for (name, (id, state, tasks)) in by_submission {
            let message = format!(
                "job {id} is in the state {state}, which only a person ends: it is cancelled, and its {} tasks count \
                 as lost",
                tasks.len()
            );
            self.ctx.log.warning("stuck", message);
            if !self.flights.awaits(&name) {
                let Settings { executor, .. } = self.settings;
                revoke_jobs(executor, &name, Some(id), self.ctx, self.signals)?;
            }
            let reason = format!("its job was held in the state {state}");
            self.work.lost_together(&tasks, &reason)?;
        }
        Ok(())
    }

    /// Finds submissions whose number nobody wrote down, by their names. One that the scheduler does not know was
    /// not submitted: it is revoked, should it still come.
    fn find_ids(&mut self, jobs: &BTreeSet<Listed>) -> Result<()> {
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
            } else if self
                .unsure
                .entry(name.clone())
                .or_default()
                .missed(Instant::now(), self.settings.grace)
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

    /// Closes the submissions of which nothing is awaited.
    fn close_finished(&mut self) -> Result<()> {
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
