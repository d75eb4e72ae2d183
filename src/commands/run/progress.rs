//! The progress of a run: done, rate, remaining time, failures.

use crate::context::Context;
use indicatif::{ProgressBar, ProgressStyle};
use libchar_campaign::session::Display;
use libchar_campaign::status::{State, Status};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// Period at which the numbers are updated.
const PERIOD: Duration = Duration::from_millis(200);

/// Period of messages that show that a run is alive, where there is no bar.
const HEARTBEAT: Duration = Duration::from_secs(60);

/// A bar on a terminal, a message per minute elsewhere.
pub struct Progress<'c> {
    ctx: &'c Context,
    points: usize,
    bar: Option<ProgressBar>,
    shown: Instant,
}

impl<'c> Progress<'c> {
    /// Makes a bar for a number of points.
    pub fn new(ctx: &'c Context, points: usize) -> Progress<'c> {
        let bar = ctx.draws_progress().then(|| {
            let bar = ProgressBar::new(points as u64);
            let template = "{bar:30} {pos}/{len} points  {per_sec}  ETA {eta}  {msg}";
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style);
            }
            bar
        });
        Progress { ctx, points, bar, shown: Instant::now() }
    }
}

impl Display for Progress<'_> {
    /// Updates the numbers, if it is time.
    fn show(&mut self, settled: &BTreeMap<usize, Status>, running: usize) {
        if self.shown.elapsed() < if self.bar.is_some() { PERIOD } else { HEARTBEAT } {
            return;
        }
        self.shown = Instant::now();
        let failed = settled.values().filter(|status| status.status != State::Done).count();
        let Some(bar) = &self.bar else {
            let done = settled.len() - failed;
            let message = format!(
                "{done} of {} done, {failed} failed, {running} running",
                libchar_core::words::count(self.points, "point")
            );
            return self.ctx.log.info("progress", message);
        };
        bar.set_position(settled.len() as u64);
        bar.set_message(format!("{running} running, {failed} failed"));
    }
}

impl Drop for Progress<'_> {
    /// Removes the bar.
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
