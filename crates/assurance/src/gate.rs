//! Gates: conditions that a model must meet before it goes to production.

use libchar_core::told::Kept;
use serde::{Deserialize, Serialize};

/// One condition for production.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gate {
    /// Name of the quantity that is checked.
    pub gate: String,
    /// Its value; `None` if it could not be computed.
    pub found: Option<f64>,
    /// The limit.
    pub limit: f64,
    /// Whether the limit is met; false without a value.
    pub passed: bool,
}

impl Gate {
    /// A gate that is passed from `limit` up.
    pub fn at_least(gate: &str, found: Option<f64>, limit: f64) -> Gate {
        let passed = found.is_some_and(|found| found >= limit);
        Gate { gate: gate.to_owned(), found, limit, passed }
    }

    /// A gate that is passed up to `limit`.
    pub fn at_most(gate: &str, found: Option<f64>, limit: f64) -> Gate {
        let passed = found.is_some_and(|found| found <= limit);
        Gate { gate: gate.to_owned(), found, limit, passed }
    }

    /// The gate as the history keeps it: `ok` or `fails`.
    pub fn kept(&self) -> Kept {
        let found = self.found.unwrap_or(f64::NAN);
        Kept::of(self.gate.as_str(), found).said(if self.passed { "ok" } else { "fails" })
    }

    /// The message for a gate that is missed.
    pub fn sentence(&self) -> String {
        let found = self.found.map_or("unknown".to_owned(), |found| format!("{found:.4}"));
        format!("{} is {found}, limit {}: not fit for production", self.gate, self.limit)
    }
}

#[cfg(test)]
mod tests {
    use super::Gate;

    #[test]
    fn an_unknown_number_passes_nothing() {
        assert!(Gate::at_least("r2", Some(0.5), 0.5).passed);
        assert!(!Gate::at_least("r2", Some(0.4), 0.5).passed);
        assert!(Gate::at_most("rmse", Some(0.5), 0.5).passed);
        assert!(!Gate::at_most("rmse", None, 0.5).passed);
        assert!(!Gate::at_least("r2", Some(f64::NAN), 0.5).passed);
        let kept = Gate::at_most("rmse", None, 0.5).kept();
        assert_eq!(
            (kept.measure.as_str(), kept.value, kept.status.as_str()),
            ("rmse", None, "fails")
        );
        assert_eq!(Gate::at_least("r2", Some(0.5), 0.5).kept().status, "ok");
    }

    #[test]
    fn a_missed_gate_says_by_what() {
        let told = Gate::at_least("r2", Some(0.41234), 0.5).sentence();
        assert_eq!(told, "r2 is 0.4123, limit 0.5: not fit for production");
        let told = Gate::at_most("rmse", None, 1.0).sentence();
        assert_eq!(told, "rmse is unknown, limit 1: not fit for production");
    }
}
