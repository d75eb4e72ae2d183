//! Messages on stderr: as text, or one JSON object per line.

use crate::global::LogFormat;
use libchar_core::Fault;
use libchar_core::fault::{escape, escape_lines};
use serde_json::{Map, Value, json};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io::{self, Write};

/// Levels of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Details, shown with `--verbose`.
    Debug,
    /// Progress and summaries.
    Info,
    /// Something that needs the user's attention.
    Warning,
    /// An error.
    Error,
}

impl Level {
    fn name(self) -> &'static str {
        match self {
            Level::Debug => "debug",
            Level::Info => "info",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }
}

/// The log of one run.
pub struct Log {
    pub format: LogFormat,
    pub least: Level,
    pub stage: RefCell<String>,
    pub run_id: String,
    /// Warnings that were already printed, so that several stages of a flow do not repeat them.
    pub told: RefCell<BTreeSet<String>>,
}

impl Log {
    pub fn debug(&self, event: &str, message: impl AsRef<str>) {
        self.say(Level::Debug, event, message.as_ref(), None);
    }

    pub fn info(&self, event: &str, message: impl AsRef<str>) {
        self.say(Level::Info, event, message.as_ref(), None);
    }

    pub fn warning(&self, event: &str, message: impl AsRef<str>) {
        self.say(Level::Warning, event, message.as_ref(), None);
    }

    /// Prints a warning, unless an earlier stage of this run printed the same one.
    pub fn warning_once(&self, event: &str, message: impl AsRef<str>) {
        if self.told.borrow_mut().insert(message.as_ref().to_owned()) {
            self.warning(event, message);
        }
    }

    /// Prints a message at a level.
    pub fn tell(&self, level: Level, event: &str, message: impl AsRef<str>) {
        self.say(level, event, message.as_ref(), None);
    }

    /// Prints a warning even with `--quiet`, because something that the user relies on was not
    /// done.
    pub fn alarm(&self, event: &str, message: impl AsRef<str>) {
        self.write(Level::Warning, event, message.as_ref(), None);
    }

    /// Prints a message about one PVT point.
    pub fn point(&self, level: Level, event: &str, point: &str, message: impl AsRef<str>) {
        self.say(level, event, message.as_ref(), Some(point));
    }

    fn say(&self, level: Level, event: &str, message: &str, point: Option<&str>) {
        if level >= self.least {
            self.write(level, event, message, point);
        }
    }

    fn write(&self, level: Level, event: &str, message: &str, point: Option<&str>) {
        let line = match self.format {
            LogFormat::Human => {
                let mark = if level >= Level::Warning {
                    format!("{}: ", level.name())
                } else {
                    String::new()
                };
                let point = point.map(|point| format!("{point}: ")).unwrap_or_default();
                format!("libchar: {mark}{}{}\n", escape(&point), escape_lines(message))
            }
            LogFormat::Json => self.object(level, event, message, point, Map::new()),
        };
        // One write per line keeps lines whole. If stderr is closed, nobody can be told.
        let _ = io::stderr().write_all(line.as_bytes());
    }

    /// Writes an event to the JSON log only; the text log has a summary instead.
    pub fn event(&self, event: &str, point: Option<&str>, message: &str, fields: Value) {
        if self.format == LogFormat::Json && self.least <= Level::Info {
            let Value::Object(fields) = fields else { return };
            let line = self.object(Level::Info, event, message, point, fields);
            let _ = io::stderr().write_all(line.as_bytes());
        }
    }

    /// Writes a fault with its place to the JSON log.
    pub fn fault(&self, fault: &Fault) {
        let fields = json!({
            "file": fault.file,
            "line": (fault.line > 0).then_some(fault.line),
            "column": (fault.column > 0).then_some(fault.column),
            "expected": fault.expected,
            "nearest": fault.nearest,
        });
        if let Value::Object(fields) = fields {
            let line = self.object(Level::Error, "fault", &fault.found, None, fields);
            let _ = io::stderr().write_all(line.as_bytes());
        }
    }

    /// Prints why the program ends.
    pub fn fatal(&self, message: &str) {
        self.write(Level::Error, "error", message, None);
    }

    /// One JSON object with a line end.
    fn object(
        &self,
        level: Level,
        event: &str,
        message: &str,
        point: Option<&str>,
        more: Map<String, Value>,
    ) -> String {
        let mut object = Map::new();
        object.insert("timestamp".to_owned(), json!(jiff::Timestamp::now().to_string()));
        object.insert("level".to_owned(), json!(level.name()));
        object.insert("stage".to_owned(), json!(*self.stage.borrow()));
        object.insert("run_id".to_owned(), json!(self.run_id));
        object.insert("point".to_owned(), json!(point));
        object.insert("event".to_owned(), json!(event));
        object.insert("message".to_owned(), json!(message));
        object.extend(more);
        format!("{}\n", Value::Object(object))
    }

    /// The log of a program whose context does not exist yet.
    pub fn early(format: LogFormat) -> Log {
        Log {
            format,
            least: Level::Info,
            stage: RefCell::default(),
            run_id: String::new(),
            told: RefCell::default(),
        }
    }
}
