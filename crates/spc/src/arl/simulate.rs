//! Run lengths by simulation, for rules that compare neighbours and so have no finite chain.

use super::Change;
use super::moving_range::MovingRange;
use crate::normal;
use crate::rules::{Monitor, Pattern};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use rayon::prelude::*;
use std::sync::atomic::{AtomicBool, Ordering};

/// Number of runs that share one random stream. It is fixed, so that the result does not depend on
/// the number of threads.
const BLOCK: usize = 500;

/// Largest average number of points per run within a block. Rules that alarm less often, such as
/// trends of nine, would take minutes to simulate, and longer trends practically forever.
const MOST_POINTS: u64 = 40_000;

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

/// Simulates `runs` run lengths of `patterns` under `change`; `None` if they are longer than 40 000
/// points on average.
///
/// `other` is the probability with which each point alarms for an independent reason; it is
/// averaged analytically. The same seed gives the same bytes for any number of threads.
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
    // One block above its limit settles the outcome, so the other blocks may stop.
    let too_long = AtomicBool::new(false);
    let blocks: Vec<Option<Vec<f64>>> = (0..runs.div_ceil(BLOCK))
        .into_par_iter()
        .map(|block| {
            let mut random = ChaCha8Rng::seed_from_u64(seed);
            random.set_stream(block as u64);
            let count = BLOCK.min(runs - block * BLOCK);
            let mut run = Run::new(patterns, change, moving_range);
            let mut points = count as u64 * MOST_POINTS;
            let mut lengths = Vec::with_capacity(count);
            while lengths.len() < count && !too_long.load(Ordering::Relaxed) {
                match run.length(&mut random, points) {
                    Some(length) => {
                        points -= length;
                        lengths.push(discount(length, other));
                    }
                    None => too_long.store(true, Ordering::Relaxed),
                }
            }
            (lengths.len() == count).then_some(lengths)
        })
        .collect();
    let lengths: Vec<f64> = blocks.into_iter().collect::<Option<Vec<_>>>()?.concat();
    let n = lengths.len() as f64;
    let arl = lengths.iter().sum::<f64>() / n;
    let variance = lengths.iter().map(|t| (t - arl) * (t - arl)).sum::<f64>() / (n - 1.0).max(1.0);
    Some(Simulated { arl, standard_error: (variance / n).sqrt(), runs })
}

/// Mean of min(t, G) for a geometric G: the run ends at `t`, or earlier at an independent alarm.
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
        // Rules only compare points with lines. A constant mean can therefore be simulated by
        // uniform numbers and lines transformed by Φ, which saves transforming every point.
        let monitor = match (change, moving_range) {
            (Change::Step { sigma }, None) => {
                Monitor::with_lines(patterns, |z| normal::cdf(z - sigma))
            }
            _ => Monitor::with_lines(patterns, |z| z),
        };
        Self { monitor, change, moving_range }
    }

    /// The length of the next run; `None` where it is longer than `most`.
    fn length(&mut self, random: &mut ChaCha8Rng, most: u64) -> Option<u64> {
        self.monitor.reset();
        let mut previous = f64::NAN;
        for t in 1..=most {
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
