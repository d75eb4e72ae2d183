//! A run on this machine: tasks are given to supervisors as cores and memory allow.

use super::progress::Progress;
use crate::context::Context;
use crate::exit::Interrupted;
use anyhow::{Result, anyhow};
use libchar_campaign::size::{Need, Room};
use libchar_campaign::task::Task;
use libchar_campaign::work::Work;
use libchar_runner::attempt;
use libchar_runner::pool::{Event, Pool, Supervisor};
use libchar_runner::worker::Report;
use libchar_runner::{Record, Signals};
use std::collections::BTreeMap;
use std::time::Duration;

/// Number of tickets that a slot gets in advance while many are left, so that it never waits for
/// this process.
const AHEAD: usize = 1;

/// Duration of a point from which on tickets in advance gain nothing.
const SHORT_S: f64 = 1.0;

/// The loop of a run: give out tasks, wait, settle.
pub struct Local<'w, 'a> {
    work: &'w mut Work<'a>,
    ctx: &'w Context,
    pool: Pool<'w>,
    slots: usize,
    room: Room,
    /// Whether all simulations need the same cores and memory.
    one_size: bool,
    running: BTreeMap<String, Task>,
    stopped: Option<i32>,
}

impl<'w, 'a> Local<'w, 'a> {
    /// Prepares a run of this work with at most `most` simulations at the same time.
    pub fn new(
        work: &'w mut Work<'a>,
        ctx: &'w Context,
        todo: &[usize],
        room: Room,
        most: usize,
        signals: &'w Signals,
    ) -> Self {
        let supervisor = Supervisor {
            program: std::env::current_exe().unwrap_or_else(|_| "/proc/self/exe".into()),
            args: vec!["supervise".into(), "--slot".into()],
            runs: work.runs.to_owned(),
        };
        let needs: Vec<Need> = todo.iter().map(|&index| work.jobs[index].need).collect();
        let slots = needs.iter().map(|need| room.slots(*need)).max().unwrap_or(1);
        // One more point is simulated to compare trimmed models with whole ones.
        let slots = slots.min(most).min(todo.len() + 1).max(1);
        let one_size = needs.windows(2).all(|pair| pair[0] == pair[1]);
        let pool = Pool::new(supervisor, slots, signals);
        Local { work, ctx, pool, slots, room, one_size, running: BTreeMap::new(), stopped: None }
    }

    /// Simulates everything in the work.
    pub fn run(mut self, todo: usize) -> Result<()> {
        let mut progress = Progress::new(self.ctx, todo);
        let mut result = self.work(&mut progress);
        progress.finish();
        if result.is_err() {
            result = self.end().and(result);
        }
        self.pool.close();
        result?;
        match self.stopped {
            Some(signal) => Err(Interrupted(signal).into()),
            None => Ok(()),
        }
    }

    fn work(&mut self, progress: &mut Progress) -> Result<()> {
        loop {
            self.work.tick()?;
            self.submit()?;
            let idle = self.pool.pending() == 0 && self.running.is_empty();
            if idle && (self.stopped.is_some() || self.work.machine().is_over()) {
                return Ok(());
            }
            let second = Duration::from_secs(1);
            match self.pool.wait(Some(self.work.due().unwrap_or(second).min(second)))? {
                Event::Report(Report::Ended(record)) => self.ended(&record)?,
                Event::Report(Report::Broken { reason, .. }) => return Err(anyhow!(reason)),
                Event::Died(tickets) => {
                    for ticket in tickets {
                        self.lost(&ticket.attempt)?;
                    }
                }
                Event::Stop(signal) => self.stop(signal)?,
                Event::Nothing => {}
            }
            progress.show(&self.work.settled, self.running.len());
        }
    }

    fn submit(&mut self) -> Result<()> {
        while self.stopped.is_none() {
            let Some(need) = self.work.next_need() else { return Ok(()) };
            // Near the end, a ticket that waits behind a long simulation would cost more time than
            // it saves.
            let short =
                self.work.machine().seconds_a_point().is_some_and(|seconds| seconds < SHORT_S);
            let plenty = self.one_size && short && self.work.machine().waiting() > 4 * self.slots;
            if self.pool.least() > if plenty { AHEAD } else { 0 } {
                return Ok(());
            }
            let running = self.running.values().map(|task| task.need);
            if !self.one_size && !self.room.fits(running, need) {
                return Ok(());
            }
            // Equal shares of half of the remaining points keep all slots busy to the end.
            let share = self.work.machine().waiting().div_ceil(2 * self.slots);
            let Some((task, ticket)) = self.work.next(share)? else { return Ok(()) };
            self.running.insert(ticket.attempt.clone(), task);
            self.pool.submit(ticket)?;
        }
        Ok(())
    }

    fn ended(&mut self, record: &Record) -> Result<()> {
        match self.running.remove(&record.attempt) {
            Some(task) => self.work.ended(&task, record),
            None => Ok(()),
        }
    }

    /// Handles the death of a supervisor: results that it published are used, the rest is lost.
    fn lost(&mut self, name: &str) -> Result<()> {
        if let Some(record) = attempt::read(&attempt::published(self.work.runs, name)) {
            return self.ended(&record);
        }
        match self.running.remove(name) {
            Some(task) => self.work.lost(&task, "its supervisor was killed"),
            None => Ok(()),
        }
    }

    fn stop(&mut self, signal: i32) -> Result<()> {
        if self.stopped.replace(signal).is_none() {
            let message =
                "stopping: the simulations get 10 s to end; once more to end them at once";
            self.ctx.log.warning("stop", message);
        }
        self.work.stop()?;
        self.pool.cancel();
        Ok(())
    }

    /// Ends what still runs after an internal fault, because its results could not be recorded.
    fn end(&mut self) -> Result<()> {
        self.pool.cancel();
        while self.pool.pending() > 0 {
            if let Event::Stop(_) = self.pool.wait(None)? {
                self.pool.cancel();
            }
        }
        Ok(())
    }
}
