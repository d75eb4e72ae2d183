//! Writing the record of a run: its history, metrics and dependencies. The history is a journal: a run works without it, and
//! one warning says that the run is not recorded.

use crate::context::Context;
use crate::exit::{self, Outcome, explain};
use crate::notify;
use anyhow::{Context as _, Result, anyhow};
use libchar_files::atomic;
use libchar_history::{History, Input, JobEnd, Stage};
use serde_json::json;

impl Context {
    /// Enters the run in the history when it starts, so that it is visible while it lasts.
    ///
    /// # Errors
    /// A history that cannot be written and is required.
    pub fn announce(&self) -> Result<()> {
        if self.journal.open.borrow().is_some() {
            return Ok(());
        }
        let history = self.attempt(|history| Ok(history.begin(&self.journal.start.borrow())?))?;
        *self.journal.open.borrow_mut() = history;
        Ok(())
    }

    /// Adds one finished stage: at once if the run was announced, else when it ends.
    ///
    /// # Errors
    /// A history that cannot be written and is required.
    pub fn record_stage(&self, stage: Stage) -> Result<()> {
        match &*self.journal.open.borrow() {
            Some(history) => {
                let added = history.add_stage(&self.journal.start.borrow().job_id, &stage);
                self.required(added.map_err(Into::into))
            }
            None => {
                self.journal.end.borrow_mut().stages.push(stage);
                Ok(())
            }
        }
    }

    /// Writes the results of a run: its history, metrics and make rule.
    ///
    /// # Errors
    /// A file that cannot be written, or a history that cannot be written and is required.
    pub fn close(&self, result: &Result<Outcome>) -> Result<()> {
        self.record_end(result)?;
        if self.options.metrics.is_some() {
            let seconds = self.began.elapsed().as_secs_f64();
            let mut metrics = self.metrics.borrow_mut();
            let code = f64::from(exit::number(result));
            metrics.gauge("libchar_duration_seconds", "Wall time of the last run", &[], seconds);
            metrics.gauge("libchar_exit_code", "Exit code of the last run", &[], code);
            drop(metrics);
            self.write_metrics()?;
        }
        if let (Some(path), Ok(outcome)) = (&self.options.depfile, result) {
            let rule = self.rule();
            atomic::write(path, rule.text().as_bytes())
                .with_context(|| format!("cannot write {}", path.display()))?;
            if *outcome == Outcome::Findings && !self.options.exit_zero {
                rule.make_stale();
            }
        }
        Ok(())
    }

    /// Records in the history how the run ended, and then notifies the site's own programs.
    fn record_end(&self, result: &Result<Outcome>) -> Result<()> {
        let journal = &self.journal;
        if !journal.recorded.get() {
            return Ok(());
        }
        let code = exit::number(result);
        journal.input(Input::text("settings", "effective", self.settings()));
        {
            let mut end = journal.end.borrow_mut();
            end.exit_code = code.into();
            end.status = exit::status(code).to_owned();
            end.completed_at = jiff::Timestamp::now().to_string();
            end.duration_s = journal.began.elapsed().as_secs_f64();
            end.error_message = result.as_ref().err().map(explain);
        }
        let end = journal.end.borrow();
        let written = match journal.open.take() {
            Some(history) => {
                let finished = history.finish(&journal.start.borrow().job_id, &end);
                self.required(finished.map_err(Into::into))
            }
            None => {
                self.attempt(|history| Ok(history.record(&journal.start.borrow(), &end)?)).map(drop)
            }
        };
        // The programs come last, so that they find the run in the history.
        self.notify(&end, result);
        written
    }

    /// Passes the alerts to the site's own programs.
    fn notify(&self, end: &JobEnd, result: &Result<Outcome>) {
        let start = self.journal.start.borrow();
        let run = json!({
            "run": start.job_id, "command": start.command, "folder": start.folder,
            "started_at": start.submitted_at, "ended_at": end.completed_at,
        });
        drop(start);
        notify::tell(self, &run, &end.alerts, result);
    }

    /// Opens the history and writes to it; `None` if that failed and the history is not required.
    fn attempt(&self, write: impl FnOnce(&History) -> Result<()>) -> Result<Option<History>> {
        let attempt =
            self.history_path().and_then(|path| Ok(History::open(&path)?)).and_then(|history| {
                if let Some(note) = history.note() {
                    self.log.warning("history", note);
                }
                write(&history)?;
                Ok(history)
            });
        match attempt {
            Ok(history) => Ok(Some(history)),
            Err(error) => self.required(Err(error)).map(|()| None),
        }
    }

    /// Passes on an error of the history if the history is required; else warns, once in a run.
    fn required(&self, result: Result<()>) -> Result<()> {
        match result {
            Ok(()) => Ok(()),
            Err(error) if self.config.flag("history.required") => {
                Err(anyhow!("{}; history.required is set", explain(&error)))
            }
            Err(error) => {
                if !self.journal.warned.replace(true) {
                    let message = format!("this run is not in the history: {}", explain(&error));
                    self.log.alarm("history", message);
                }
                Ok(())
            }
        }
    }
}
