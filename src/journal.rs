//! What a run tells the history. The history is a journal: a run works without it and says so once.

use crate::context::Context;
use crate::exit::{self, Outcome, explain};
use crate::who;
use anyhow::{Result, anyhow};
use libchar_history::{Alert, History, Input, JobEnd, JobStart, ResultRow, Stage};
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::time::Instant;

/// The record of this run, written when it ends, or begun early by a long one.
pub struct Journal {
    start: RefCell<JobStart>,
    end: RefCell<JobEnd>,
    began: Instant,
    recorded: Cell<bool>,
    warned: Cell<bool>,
    open: RefCell<Option<History>>,
}

impl Journal {
    pub fn new(run_id: &str, folder: String, submitted_at: String) -> Journal {
        let start = JobStart {
            job_id: run_id.to_owned(),
            command: String::new(),
            folder,
            user: who::name(),
            uid: who::uid(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            submitted_at,
            parameters: None,
            recipe: None,
        };
        Journal {
            start: RefCell::new(start),
            end: RefCell::new(JobEnd::default()),
            began: Instant::now(),
            recorded: Cell::new(false),
            warned: Cell::new(false),
            open: RefCell::new(None),
        }
    }

    /// Records this run under a command name, such as `spc chart`, with all its parameters, a JSON object.
    /// A stage that `flow` runs is part of the flow's record.
    pub fn record(&self, command: &str, parameters: Value) {
        if self.recorded.get() {
            return;
        }
        let mut start = self.start.borrow_mut();
        start.command = command.to_owned();
        start.parameters = Some(parameters.to_string());
        self.recorded.set(true);
    }

    /// Keeps the input that makes the run repeatable, verbatim.
    pub fn recipe(&self, recipe: impl Into<String>) {
        self.end.borrow_mut().recipe = Some(recipe.into());
    }

    /// Adds something that decides the results.
    pub fn input(&self, input: Input) {
        let inputs = &mut self.end.borrow_mut().inputs;
        if !inputs.contains(&input) {
            inputs.push(input);
        }
    }

    /// Says when what is recorded happened, if it was not now.
    pub fn at(&self, time: String) {
        self.start.borrow_mut().submitted_at = time;
    }

    /// Adds measured values.
    pub fn results(&self, rows: impl IntoIterator<Item = ResultRow>) {
        self.end.borrow_mut().results.extend(rows);
    }

    /// Adds an alert.
    pub fn alert(&self, alert: Alert) {
        self.end.borrow_mut().alerts.push(alert);
    }

    /// Writes at once that the run has started: for runs that others want to see while they last.
    pub fn begin(&self, ctx: &Context) -> Result<()> {
        if self.open.borrow().is_some() {
            return Ok(());
        }
        self.attempt(ctx, |history| {
            history.begin(&self.start.borrow())?;
            Ok(())
        })
        .map(|history| *self.open.borrow_mut() = history)
    }

    /// Adds one finished stage: at once if the run was begun, else when it ends.
    pub fn stage(&self, ctx: &Context, stage: Stage) -> Result<()> {
        match &*self.open.borrow() {
            Some(history) => {
                let added = history.add_stage(&self.start.borrow().job_id, &stage);
                self.required(ctx, added.map_err(Into::into))
            }
            None => {
                self.end.borrow_mut().stages.push(stage);
                Ok(())
            }
        }
    }

    /// Writes how the run ended.
    pub fn close(&self, ctx: &Context, result: &Result<Outcome>) -> Result<()> {
        if !self.recorded.get() {
            return Ok(());
        }
        let code = exit::number(result);
        self.input(Input::text("settings", "effective", ctx.settings()));
        {
            let mut end = self.end.borrow_mut();
            end.exit_code = code.into();
            end.status = exit::status(code).to_owned();
            end.completed_at = jiff::Timestamp::now().to_string();
            end.duration_s = self.began.elapsed().as_secs_f64();
            end.error_message = result.as_ref().err().map(explain);
        }
        let end = self.end.borrow();
        let written = match self.open.take() {
            Some(history) => {
                let finished = history.finish(&self.start.borrow().job_id, &end);
                self.required(ctx, finished.map_err(Into::into))
            }
            None => self
                .attempt(ctx, |history| Ok(history.record(&self.start.borrow(), &end)?))
                .map(drop),
        };
        // Told last: what a program looks up is in the history then.
        self.notify(ctx, &end, result);
        written
    }

    /// Tells the site's own programs what was raised.
    fn notify(&self, ctx: &Context, end: &JobEnd, result: &Result<Outcome>) {
        let start = self.start.borrow();
        let run = json!({
            "run": start.job_id, "command": start.command, "folder": start.folder,
            "started_at": start.submitted_at, "ended_at": end.completed_at,
        });
        drop(start);
        crate::notify::tell(ctx, &run, &end.alerts, result);
    }

    fn attempt(
        &self,
        ctx: &Context,
        write: impl FnOnce(&History) -> Result<()>,
    ) -> Result<Option<History>> {
        let attempt = ctx.history_path().and_then(|path| Ok(History::open(&path)?)).and_then(|h| {
            if let Some(note) = h.note() {
                ctx.log.warning("history", note);
            }
            write(&h)?;
            Ok(h)
        });
        match attempt {
            Ok(history) => Ok(Some(history)),
            Err(error) => self.required(ctx, Err(error)).map(|()| None),
        }
    }

    /// A history that cannot be written stops only those who require it.
    fn required(&self, ctx: &Context, result: Result<()>) -> Result<()> {
        match result {
            Ok(()) => Ok(()),
            Err(error) if ctx.config.flag("history.required") => {
                Err(anyhow!("{}; history.required is set", explain(&error)))
            }
            Err(error) => {
                if !self.warned.replace(true) {
                    let message = format!("this run is not in the history: {}", explain(&error));
                    ctx.log.alarm("history", message);
                }
                Ok(())
            }
        }
    }
}
