//! Progress for people who look: done, rate, time left, failures.

use super::status::{State, Status};
use crate::context::Context;
use indicatif::{ProgressBar, ProgressStyle};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// How often the numbers are renewed.
const PERIOD: Duration = Duration::from_millis(200);

/// The bar, or nothing where nobody looks.
pub struct Progress {
    bar: Option<ProgressBar>,
    shown: Instant,
}

impl Progress {
    /// A bar for so many points.
    pub fn new(ctx: &Context, points: usize) -> Progress {
        let bar = ctx.draws_progress().then(|| {
            let bar = ProgressBar::new(points as u64);
            let template = "{bar:30} {pos}/{len} points  {per_sec}  ETA {eta}  {msg}";
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style);
            }
            bar
        });
        Progress { bar, shown: Instant::now() }
    }

    /// Renews the numbers, if it is time.
    pub fn show(&mut self, settled: &BTreeMap<usize, Status>, running: usize) {
        let Some(bar) = &self.bar else { return };
        if self.shown.elapsed() < PERIOD {
            return;
        }
        self.shown = Instant::now();
        let failed = settled.values().filter(|status| status.status != State::Done).count();
        bar.set_position(settled.len() as u64);
        bar.set_message(format!("{running} running, {failed} failed"));
    }

    /// Removes the bar.
    pub fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
