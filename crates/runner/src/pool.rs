//! Supervisors on this machine: as many as there are slots, each simulating one ticket at a time.

use crate::attempt::Ticket;
use crate::orphans;
use crate::signals::Signals;
use crate::worker::{Report, slot_lock};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use std::collections::VecDeque;
use std::ffi::OsString;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

/// How the supervisors are started: this program, with the arguments that make it run
/// [`crate::worker::serve`].
#[derive(Debug, Clone)]
pub struct Supervisor {
    /// The program.
    pub program: PathBuf,
    /// Arguments before the slot's number.
    pub args: Vec<OsString>,
    /// The folder of the attempts and of the slots' locks.
    pub runs: PathBuf,
}

/// What happened in the pool.
#[derive(Debug)]
pub enum Event {
    /// A supervisor reported on a ticket.
    Report(Report),
    /// A supervisor died; these tickets have no report. The first of them may have been running.
    Died(Vec<Ticket>),
    /// A signal asked this process to stop.
    Stop(i32),
    /// Nothing happened for as long as the caller wanted to wait.
    Nothing,
}

/// The pool.
#[derive(Debug)]
pub struct Pool<'s> {
    supervisor: Supervisor,
    workers: Vec<Option<Worker>>,
    signals: &'s Signals,
    events: VecDeque<Event>,
}

#[derive(Debug)]
struct Worker {
    child: Child,
    output: ChildStdout,
    buffer: Vec<u8>,
    tickets: VecDeque<Ticket>,
}

impl<'s> Pool<'s> {
    /// Makes a pool of `slots` slots; supervisors start when they are needed.
    pub fn new(supervisor: Supervisor, slots: usize, signals: &'s Signals) -> Pool<'s> {
        Pool {
            supervisor,
            workers: (0..slots.max(1)).map(|_| None).collect(),
            signals,
            events: VecDeque::new(),
        }
    }

    /// Tickets that were handed out and have no report yet.
    pub fn pending(&self) -> usize {
        self.workers.iter().flatten().map(|worker| worker.tickets.len()).sum()
    }

    /// The number of tickets of the slot that has the fewest: 0 means that a slot is idle.
    pub fn least(&self) -> usize {
        self.workers.iter().map(load).min().unwrap_or(0)
    }

    /// Hands a ticket to the slot that has the fewest.
    pub fn submit(&mut self, ticket: Ticket) -> io::Result<()> {
        let slot = (0..self.workers.len()).min_by_key(|&slot| load(&self.workers[slot]));
        let slot = slot.unwrap_or(0);
        if self.workers[slot].is_none() {
            self.workers[slot] = Some(self.start(slot)?);
        }
        let Some(worker) = &mut self.workers[slot] else { return Ok(()) };
        let mut line = serde_json::to_vec(&ticket)?;
        line.push(b'\n');
        worker.tickets.push_back(ticket);
        // A dead supervisor is noticed when its output ends. If a ticket cannot be written to a
        // supervisor, closing its input makes it end.
        if let Some(input) = &mut worker.child.stdin
            && input.write_all(&line).is_err()
        {
            worker.child.stdin = None;
        }
        Ok(())
    }

    /// Waits for the next event.
    pub fn wait(&mut self, timeout: Option<Duration>) -> io::Result<Event> {
        if let Some(event) = self.events.pop_front() {
            return Ok(event);
        }
        if let Some(signal) = self.signals.stop() {
            return Ok(Event::Stop(signal));
        }
        let slots: Vec<usize> =
            (0..self.workers.len()).filter(|&slot| self.workers[slot].is_some()).collect();
        let outputs: Vec<_> =
            self.workers.iter().flatten().map(|worker| worker.output.as_fd()).collect();
        let ready = self.signals.wait(&outputs, timeout)?;
        for (slot, _) in slots.into_iter().zip(ready).filter(|(_, ready)| *ready) {
            self.receive(slot)?;
        }
        if let Some(signal) = self.signals.stop() {
            return Ok(Event::Stop(signal));
        }
        Ok(self.events.pop_front().unwrap_or(Event::Nothing))
    }

    /// Asks every supervisor to end its simulation. The first call sends SIGTERM to its group, and
    /// SIGKILL after the grace period; the second call kills it at once.
    pub fn cancel(&self) {
        for worker in self.workers.iter().flatten() {
            // A supervisor that is gone already needs no signal.
            let _ = kill(Pid::from_raw(worker.child.id().cast_signed()), Signal::SIGTERM);
        }
    }

    /// Ends the idle supervisors.
    pub fn close(mut self) {
        for worker in self.workers.iter_mut().flatten() {
            drop(worker.child.stdin.take());
            let _ = worker.child.wait();
        }
    }

    fn start(&self, slot: usize) -> io::Result<Worker> {
        let mut child = Command::new(&self.supervisor.program)
            .args(&self.supervisor.args)
            .arg(slot.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .process_group(0)
            .spawn()?;
        let output = child.stdout.take().ok_or_else(|| io::Error::other("no pipe"))?;
        Ok(Worker { child, output, buffer: Vec::new(), tickets: VecDeque::new() })
    }

    fn receive(&mut self, slot: usize) -> io::Result<()> {
        let Some(worker) = &mut self.workers[slot] else { return Ok(()) };
        let mut chunk = [0; 16384];
        let n = nix::unistd::read(&worker.output, &mut chunk)?;
        worker.buffer.extend_from_slice(&chunk[..n]);
        while let Some(end) = worker.buffer.iter().position(|&byte| byte == b'\n') {
            let line: Vec<u8> = worker.buffer.drain(..=end).collect();
            worker.tickets.pop_front();
            self.events.push_back(Event::Report(serde_json::from_slice(&line)?));
        }
        if n == 0
            && let Some(mut worker) = self.workers[slot].take()
        {
            drop(worker.child.stdin.take());
            let _ = worker.child.wait();
            // A supervisor that was killed may leave its simulator behind, which holds the slot's
            // lock.
            orphans::end_and_wait(&[slot_lock(&self.supervisor.runs, slot)])?;
            if !worker.tickets.is_empty() {
                self.events.push_back(Event::Died(worker.tickets.into()));
            }
        }
        Ok(())
    }
}

fn load(worker: &Option<Worker>) -> usize {
    worker.as_ref().map_or(0, |worker| worker.tickets.len())
}
