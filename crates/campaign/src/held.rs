//! What the circuit breaker holds from one run to the next.

use crate::cannot::cannot;
use crate::setting::positive;
use anyhow::Result;
use libchar_core::config::Config;
use libchar_files::atomic;
use libchar_runner::breaker::{Breaker, Classes, Held, Thresholds};
use std::fs;
use std::io;
use std::path::Path;

/// Name of the file in the folder of attempts.
const FILE: &str = "held";

/// Failures of the circuit never hold a run. Failures of the machine or the site hold the whole
/// run. Others, such as a netlist that cannot be read, hold the points that share the cause.
const CLASSES: Classes = Classes {
    harmless: &["measure", "convergence", "singular", "temperature", "cancelled"],
    outside: &["licence", "file-system", "node-loss", "start"],
};

/// The circuit breaker, in the state that the last run left.
pub fn breaker(config: &Config, runs: &Path) -> Breaker {
    let thresholds = Thresholds {
        in_a_row: positive(config, "run.breaker_in_a_row").unwrap_or(0),
        percent: config.number("run.breaker_percent").unwrap_or(0.0),
        least: 20,
    };
    match read(runs) {
        None => Breaker::new(thresholds, CLASSES),
        Some(held) => Breaker::half_open(thresholds, CLASSES, held),
    }
}

/// Stores the state of the breaker for the next run.
///
/// # Errors
/// Errors of the file system.
pub fn remember(breaker: &Breaker, runs: &Path) -> Result<()> {
    let path = runs.join(FILE);
    let held = breaker.held();
    if !held.is_empty() {
        let bytes = serde_json::to_vec(&held)?;
        return atomic::write(&path, &bytes).map_err(|e| cannot("write", &path, e));
    }
    match fs::remove_file(&path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(cannot("remove", &path, e)),
        _ => Ok(()),
    }
}

/// Why points are held, if some are.
pub fn reasons(runs: &Path) -> Option<String> {
    let reasons: Vec<String> = read(runs)?.into_iter().map(|held| held.reason).collect();
    (!reasons.is_empty()).then(|| reasons.join("; "))
}

/// What is held; 0.1 wrote only the reason.
fn read(runs: &Path) -> Option<Vec<Held>> {
    let left = fs::read_to_string(runs.join(FILE)).ok()?;
    Some(serde_json::from_str(&left).unwrap_or_else(|_| vec![Breaker::everything(left.trim())]))
}

#[cfg(test)]
mod tests {
    use super::{breaker, reasons, remember};
    use crate::fixture::config;
    use std::fs;

    #[test]
    fn what_is_held_is_found_by_the_next_run() {
        let runs = tempfile::tempdir().unwrap();
        let config = config("run = { breaker_in_a_row = 2 }");
        let place = |corner: &str| [corner.to_owned()];
        let mut first = breaker(&config, runs.path());
        assert!(!first.is_open() && reasons(runs.path()).is_none());
        for _ in 0..2 {
            first.started(&place("SS"));
            first.failed("licence", &place("SS"));
        }
        assert!(first.is_open());
        remember(&first, runs.path()).unwrap();
        assert_eq!(reasons(runs.path()).as_deref(), first.reason());
        let mut next = breaker(&config, runs.path());
        next.started(&place("SS"));
        next.succeeded(&place("SS"));
        remember(&next, runs.path()).unwrap();
        assert_eq!(fs::read_dir(runs.path()).unwrap().count(), 0, "nothing is held any more");
    }

    #[test]
    fn the_circuit_holds_nothing() {
        let runs = tempfile::tempdir().unwrap();
        let mut breaker = breaker(&config("run = { breaker_in_a_row = 2 }"), runs.path());
        for _ in 0..9 {
            breaker.failed("convergence", &["SS".to_owned()]);
        }
        assert!(!breaker.is_open());
    }

    #[test]
    fn the_reason_that_0_1_left_is_one() {
        let runs = tempfile::tempdir().unwrap();
        fs::write(runs.path().join("held"), "5 failures in a row\n").unwrap();
        assert_eq!(reasons(runs.path()).as_deref(), Some("5 failures in a row"));
        fs::write(runs.path().join("held"), "[]").unwrap();
        assert_eq!(reasons(runs.path()), None);
    }
}
