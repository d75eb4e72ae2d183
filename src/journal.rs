//! Collects what the history will record of a run; `record` writes it.

use crate::who;
use libchar_history::{Alert, History, Input, JobEnd, JobStart, ResultRow};
use serde_json::Value;
use std::cell::{Cell, RefCell};
use std::time::Instant;

/// The record of this run, written when it ends; a long run is entered when it begins.
pub struct Journal {
    pub start: RefCell<JobStart>,
    pub end: RefCell<JobEnd>,
    pub began: Instant,
    pub recorded: Cell<bool>,
    pub warned: Cell<bool>,
    pub open: RefCell<Option<History>>,
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

    /// Stores the input that makes the run repeatable, verbatim.
    pub fn recipe(&self, recipe: impl Into<String>) {
        self.end.borrow_mut().recipe = Some(recipe.into());
    }

    /// Adds an input that determines the results.
    pub fn input(&self, input: Input) {
        let inputs = &mut self.end.borrow_mut().inputs;
        if !inputs.contains(&input) {
            inputs.push(input);
        }
    }

    /// Sets the time of the run, if it was not now.
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
}
