//! The lines of a check.

use crate::explain::explain;
use libchar_core::{Faults, Frame};

/// Result of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// All is well.
    Pass,
    /// Something to look at.
    Warn,
    /// A run would fail.
    Fail,
}

impl Status {
    /// The word in tables.
    pub fn name(self) -> &'static str {
        match self {
            Status::Pass => "PASS",
            Status::Warn => "WARN",
            Status::Fail => "FAIL",
        }
    }
}

/// What was found: how it is, the word for what was looked at, and what is to be said.
#[derive(Debug, Default)]
pub struct Report(Vec<(Status, &'static str, String)>);

impl Report {
    /// Adds a line.
    pub fn add(&mut self, status: Status, check: &'static str, detail: impl Into<String>) {
        self.0.push((status, check, detail.into()));
    }

    /// One line for each fault of an error, or one for another error.
    pub fn fail(&mut self, check: &'static str, error: &anyhow::Error) {
        match error.downcast_ref::<Faults>() {
            Some(faults) => {
                for fault in faults.iter() {
                    // One line per fault: the expected text follows after a semicolon.
                    self.add(Status::Fail, check, fault.to_string().replace("\n  ", "; "));
                }
            }
            None => self.add(Status::Fail, check, explain(error)),
        }
    }

    /// Whether there is a line of a check.
    pub fn has(&self, check: &str) -> bool {
        self.0.iter().any(|(_, word, _)| *word == check)
    }

    /// How many lines say that a run would fail.
    pub fn failures(&self) -> usize {
        self.0.iter().filter(|(status, ..)| *status == Status::Fail).count()
    }

    /// The lines as rows.
    pub fn frame(&self) -> Frame {
        let mut frame = Frame::new("libchar.check", 1, ["status", "check", "detail"]);
        for (status, check, detail) in &self.0 {
            frame.push(vec![status.name().into(), (*check).into(), detail.as_str().into()]);
        }
        frame
    }

    /// The lines as `STATUS check: detail`.
    #[cfg(test)]
    pub fn lines(&self) -> Vec<String> {
        self.0.iter().map(|(s, check, detail)| format!("{} {check}: {detail}", s.name())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Report, Status};
    use anyhow::anyhow;
    use libchar_core::{Fault, Faults};

    #[test]
    fn each_fault_is_a_line_and_only_fail_counts() {
        let mut report = Report::default();
        report.add(Status::Warn, "lock", "held");
        let faults =
            [("a", "x"), ("b", "y")].map(|(file, what)| Fault::of(file, what).expected("z"));
        let faults = Faults::or((), faults.to_vec()).unwrap_err();
        report.fail("domain", &faults.into());
        report.fail("disk", &anyhow!("inner").context("outer"));
        assert_eq!(
            report.lines(),
            [
                "WARN lock: held",
                "FAIL domain: a: x; expected z",
                "FAIL domain: b: y; expected z",
                "FAIL disk: outer: inner"
            ]
        );
        assert_eq!(report.failures(), 3);
        assert!(report.has("lock") && !report.has("memory"));
    }
}
