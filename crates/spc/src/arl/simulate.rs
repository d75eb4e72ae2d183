//! Run lengths by simulation, for rules that compare neighbours and so have no finite chain.

use super::Change;
use super::rules::MovingRange;
use crate::normal;
use crate::rules::{Monitor, Pattern};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use rayon::prelude::*;

/// Runs that share one random stream; fixed, so that the number of threads changes nothing.
const BLOCK: usize = 500;

/// A run that gets this long is a sign that the rules hardly ever alarm.
const LONGEST_RUN: u64 = 20_000_000;

/// The outcome of a simulation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Simulated {
    /// Mean run length.
    pub arl: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// Number of runs.
    pub runs: usize,
}

/// Simulate `runs` run lengths of `patterns` under `change`; `None` where a run would not end.
///
/// `other` is the probability with which each point alarms for an independent reason; it is averaged analytically.
/// The same seed gives the same bytes whatever the number of threads.
pub fn simulate(
    patterns: &[Pattern],
    change: Change,
    moving_range: Option<MovingRange>,
    other: f64,
    runs: usize,
    seed: u64,
) -> Option<Simulated> {
    if patterns.is_empty() && moving_range.is_none() {
        return None;
    }
    let blocks: Vec<Option<Vec<f64>>> = (0..runs.div_ceil(BLOCK))
        .into_par_iter()
        .map(|block| {
            let mut random = ChaCha8Rng::seed_from_u64(seed);
            random.set_stream(block as u64);
            let count = BLOCK.min(runs - block * BLOCK);
            let mut run = Run::new(patterns, change, moving_range);
            (0..count).map(|_| Some(discount(run.length(&mut random)?, other))).collect()
        })
        .collect();
    let lengths: Vec<f64> = blocks.into_iter().collect::<Option<Vec<_>>>()?.concat();
    let n = lengths.len() as f64;
    let arl = lengths.iter().sum::<f64>() / n;
    let variance = lengths.iter().map(|t| (t - arl) * (t - arl)).sum::<f64>() / (n - 1.0).max(1.0);
    Some(Simulated { arl, standard_error: (variance / n).sqrt(), runs })
}

/// Mean of min(t, G) for a geometric G: the run ends at `t` or at an independent alarm before.
fn discount(t: u64, other: f64) -> f64 {
    if other == 0.0 { t as f64 } else { -(t as f64 * (-other).ln_1p()).exp_m1() / other }
}

/// One simulated process under its rules.
struct Run {
    monitor: Monitor,
    change: Change,
    moving_range: Option<MovingRange>,
}

impl Run {
    fn new(patterns: &[Pattern], change: Change, moving_range: Option<MovingRange>) -> Self {
        // Rules only compare. A standing mean can therefore be simulated as uniform numbers against lines moved
        // through Φ, which saves the transformation of every point.
        let monitor = match (change, moving_range) {
            (Change::Step { sigma }, None) => {
                Monitor::with_lines(patterns, |z| normal::cdf(z - sigma))
            }
            _ => Monitor::with_lines(patterns, |z| z),
        };
        Self { monitor, change, moving_range }
    }

    fn length(&mut self, random: &mut ChaCha8Rng) -> Option<u64> {
        self.monitor.reset();
        let mut previous = f64::NAN;
        for t in 1..=LONGEST_RUN {
            let u = ((random.next_u64() >> 11) as f64 + 0.5) * (1.0 / (1u64 << 53) as f64);
            let uniform = self.moving_range.is_none() && matches!(self.change, Change::Step { .. });
            let x = if uniform { u } else { normal::quantile(u) + self.change.mean(t as usize) };
            self.monitor.push(x);
            let jumped = self.moving_range.is_some_and(|limit| limit.is_beyond(x - previous));
            if self.monitor.any() || jumped {
                return Some(t);
            }
            previous = x;
        }
        None
    }
}
