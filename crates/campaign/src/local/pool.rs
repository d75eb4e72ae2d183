//! The loop over a pool of supervisors: hand out, wait, settle.

use crate::interrupted::Interrupted;
use crate::news::{News, Say};
use anyhow::{Result, anyhow};
use libchar_runner::pool::{Event, Pool, Supervisor};
use libchar_runner::worker::Report;
use libchar_runner::{Record, Signals, Ticket, attempt};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The longest wait before the tasks are asked again.
const SECOND: Duration = Duration::from_secs(1);

/// What is simulated: where tickets come from, and what becomes of them.
pub trait Tasks {
    /// Time has passed.
    ///
    /// # Errors
    /// Whatever ends the run, as in the methods below.
    fn tick(&mut self) -> Result<()> {
        Ok(())
    }

    /// The next ticket; `None` if the pool has enough of them, or nothing can start now.
    fn next(&mut self, load: Load) -> Result<Option<Ticket>>;

    /// Whether no ticket will come any more.
    fn is_over(&self) -> bool;

    /// Tickets that are not settled.
    fn running(&self) -> usize;

    /// When the next ticket can start, if it waits for a time.
    fn due(&self) -> Option<Duration> {
        None
    }

    /// An attempt is published.
    fn ended(&mut self, record: &Record) -> Result<()>;

    /// Of an attempt nothing is published.
    fn lost(&mut self, attempt: &str, reason: &str) -> Result<()>;

    /// A signal asked to stop: no ticket is asked for any more.
    fn stop(&mut self) -> Result<()> {
        Ok(())
    }

    /// Something may have changed that is shown.
    fn show(&mut self) {}
}

/// Tickets that the pool has.
#[derive(Debug, Clone, Copy)]
pub struct Load {
    /// The least number of them that a slot has.
    pub least: usize,
    /// All of them.
    pub pending: usize,
}

/// A pool of supervisors, and whether a signal asked to stop.
pub struct Pooled<'s> {
    pool: Pool<'s>,
    runs: PathBuf,
    say: &'s dyn Say,
    stopped: Option<i32>,
}

impl<'s> Pooled<'s> {
    /// This program supervises so many slots, with its attempts below `runs`.
    pub fn new(runs: &Path, slots: usize, signals: &'s Signals, say: &'s dyn Say) -> Pooled<'s> {
        let supervisor = Supervisor {
            program: std::env::current_exe().unwrap_or_else(|_| "/proc/self/exe".into()),
            args: vec!["supervise".into(), "--runs".into(), runs.into(), "--slot".into()],
            runs: runs.to_owned(),
        };
        Pooled::supervised(supervisor, slots, signals, say)
    }

    fn supervised(
        supervisor: Supervisor,
        slots: usize,
        signals: &'s Signals,
        say: &'s dyn Say,
    ) -> Pooled<'s> {
        let runs = supervisor.runs.clone();
        Pooled { pool: Pool::new(supervisor, slots, signals), runs, say, stopped: None }
    }

    /// Simulates what the tasks have.
    ///
    /// # Errors
    /// Faults of our own, after everything that still ran was ended; [`Interrupted`] after a signal.
    pub fn run(&mut self, tasks: &mut dyn Tasks) -> Result<()> {
        let result = self.work(tasks);
        if result.is_err() {
            // Nothing could be recorded of what still runs.
            self.end().and(result)?;
        }
        match self.stopped {
            Some(signal) => Err(Interrupted(signal).into()),
            None => Ok(()),
        }
    }

    fn work(&mut self, tasks: &mut dyn Tasks) -> Result<()> {
        loop {
            tasks.tick()?;
            self.submit(tasks)?;
            let is_idle = self.pool.pending() == 0 && tasks.running() == 0;
            if is_idle && (self.stopped.is_some() || tasks.is_over()) {
                return Ok(());
            }
            match self.pool.wait(Some(tasks.due().unwrap_or(SECOND).min(SECOND)))? {
                Event::Report(Report::Ended(record)) => tasks.ended(&record)?,
                Event::Report(Report::Broken { reason, .. }) => return Err(anyhow!(reason)),
                Event::Died(tickets) => {
                    tickets.iter().try_for_each(|ticket| self.died(&ticket.attempt, tasks))?;
                }
                Event::Stop(signal) => self.stop(signal, tasks)?,
                Event::Nothing => {}
            }
            tasks.show();
        }
    }

    fn submit(&mut self, tasks: &mut dyn Tasks) -> Result<()> {
        while self.stopped.is_none() {
            let load = Load { least: self.pool.least(), pending: self.pool.pending() };
            let Some(ticket) = tasks.next(load)? else { return Ok(()) };
            self.pool.submit(ticket)?;
        }
        Ok(())
    }

    /// Handles the death of a supervisor: results that it published are used, the rest is lost.
    fn died(&self, name: &str, tasks: &mut dyn Tasks) -> Result<()> {
        match attempt::read(&attempt::published(&self.runs, name)) {
            Some(record) => tasks.ended(&record),
            None => tasks.lost(name, "its supervisor was killed"),
        }
    }

    fn stop(&mut self, signal: i32, tasks: &mut dyn Tasks) -> Result<()> {
        if self.stopped.replace(signal).is_none() {
            self.say.say(News::Stopping);
        }
        tasks.stop()?;
        self.pool.cancel();
        Ok(())
    }

    fn end(&mut self) -> Result<()> {
        self.pool.cancel();
        while self.pool.pending() > 0 {
            if let Event::Stop(_) = self.pool.wait(None)? {
                self.pool.cancel();
            }
        }
        Ok(())
    }

    /// Ends the idle supervisors.
    pub fn close(self) {
        self.pool.close();
    }
}

#[cfg(test)]
mod tests {
    use super::{Load, Pooled, Tasks};
    use crate::fixture::Heard;
    use anyhow::Result;
    use libchar_runner::pool::Supervisor;
    use libchar_runner::{Record, Signals, Ticket};
    use std::path::Path;

    /// Tickets of these names, of which each slot has at most `ahead`.
    struct Names {
        left: Vec<&'static str>,
        ahead: usize,
        running: usize,
        told: Vec<String>,
    }

    impl Tasks for Names {
        fn next(&mut self, load: Load) -> Result<Option<Ticket>> {
            if load.least >= self.ahead {
                return Ok(None);
            }
            let name = self.left.pop();
            self.running += usize::from(name.is_some());
            Ok(name.map(|name| Ticket {
                attempt: name.to_owned(),
                program: String::new(),
                args: Vec::new(),
                env: Default::default(),
                log: String::new(),
                files: Default::default(),
                timeout_s: 1.0,
                subject: serde_json::Value::Null,
            }))
        }

        fn is_over(&self) -> bool {
            self.left.is_empty()
        }

        fn running(&self) -> usize {
            self.running
        }

        fn ended(&mut self, record: &Record) -> Result<()> {
            self.running -= 1;
            self.told.push(format!("{} ended", record.attempt));
            Ok(())
        }

        fn lost(&mut self, attempt: &str, reason: &str) -> Result<()> {
            self.running -= 1;
            self.told.push(format!("{attempt} lost: {reason}"));
            Ok(())
        }
    }

    /// What is told of tickets that a shell supervises with this script, in order of the names.
    fn told(runs: &Path, script: &str, names: &[&'static str]) -> (Vec<String>, Result<()>) {
        let supervisor = Supervisor {
            program: "/bin/sh".into(),
            args: vec!["-c".into(), script.into(), "sh".into()],
            runs: runs.to_owned(),
        };
        let (signals, heard) = (Signals::watch().unwrap(), Heard::default());
        let mut pooled = Pooled::supervised(supervisor, 2, &signals, &heard);
        let mut tasks = Names { left: names.to_vec(), ahead: 1, running: 0, told: Vec::new() };
        let result = pooled.run(&mut tasks);
        pooled.close();
        tasks.told.sort();
        (tasks.told, result)
    }

    /// Reads tickets and says of each that it ended.
    const WELL: &str = r#"while read -r line; do
        name=${line#*attempt\":\"}; name=${name%%\"*}
        echo '{"ended":{"attempt":"'"$name"'","code":0,"signal":null,"timed_out":false,"stopped_by":null,"wall_s":0,"user_s":0,"system_s":0,"max_rss_kb":0,"not_started":null,"started_unix_s":0,"host":"","subject":null}}'
    done"#;

    #[test]
    fn every_ticket_is_settled() {
        let runs = tempfile::tempdir().unwrap();
        let (told, result) = told(runs.path(), WELL, &["a", "b", "c", "d", "e"]);
        result.unwrap();
        assert_eq!(told, ["a ended", "b ended", "c ended", "d ended", "e ended"]);
    }

    #[test]
    fn of_a_supervisor_that_died_what_is_published_counts() {
        let runs = tempfile::tempdir().unwrap();
        let done = runs.path().join("b.done");
        std::fs::create_dir_all(&done).unwrap();
        let record = Record { attempt: "b".to_owned(), ..Record::default() };
        std::fs::write(done.join("attempt.json"), serde_json::to_vec(&record).unwrap()).unwrap();
        let (told, result) = told(runs.path(), "read -r line; exit 1", &["a", "b"]);
        result.unwrap();
        assert_eq!(told, ["a lost: its supervisor was killed", "b ended"]);
    }

    #[test]
    fn an_attempt_that_cannot_be_written_ends_all() {
        let runs = tempfile::tempdir().unwrap();
        let script =
            r#"read -r line; echo '{"broken":{"attempt":"a","reason":"disk full"}}'; read -r line"#;
        let (told, result) = told(runs.path(), script, &["a"]);
        assert_eq!(result.unwrap_err().to_string(), "disk full");
        assert!(told.is_empty());
    }
}
