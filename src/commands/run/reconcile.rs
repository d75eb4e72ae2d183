//! Handles simulations of an interrupted run that are still running.

use crate::context::Context;
use anyhow::Result;
use libchar_campaign::cannot::cannot;
use libchar_core::words::count;
use libchar_runner::{Signals, orphans};
use std::path::Path;
use std::time::Duration;

/// Waits until no simulation of an interrupted run is alive, or ends them. Returns whether the run
/// may go on: false if a signal asked to stop meanwhile.
pub fn wait_for_orphans(runs: &Path, kill: bool, ctx: &Context, signals: &Signals) -> Result<bool> {
    let mut told = false;
    loop {
        let held = orphans::held(runs).map_err(|e| cannot("read", runs, e))?;
        if held.is_empty() {
            return Ok(true);
        }
        let n = count(held.len(), "simulation");
        if kill {
            ctx.log.warning("orphans", format!("ending {n} of an interrupted run"));
            orphans::end_and_wait(&held)?;
            continue;
        }
        if !told {
            ctx.log.warning(
                "orphans",
                format!("waiting for {n} of an interrupted run (--kill-orphans ends them)"),
            );
            told = true;
        }
        signals.wait(&[], Some(Duration::from_millis(50)))?;
        if signals.stop().is_some() {
            return Ok(false);
        }
    }
}
