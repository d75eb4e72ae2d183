//! Monte Carlo simulation behind the table of limits: how often a detector alarms on an undisturbed
//! process.

use super::noise::Noise;
use super::{Detector, Method, Phase1};
use rayon::prelude::*;

/// A simulated average and its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// Mean over the simulated series.
    pub mean: f64,
    /// Standard error of that mean.
    pub standard_error: f64,
}

/// In-control average run length (mean and sigma known) at each of the ascending `limits`, from one
/// set of series.
///
/// The largest limit determines how long this takes: about `runs` times its run length in detector
/// steps.
pub fn average_run_lengths(
    method: Method,
    limits: &[f64],
    runs: usize,
    seed: u64,
) -> Vec<Estimate> {
    let lengths: Vec<Vec<f64>> = (0..runs as u64)
        .into_par_iter()
        .map(|run| {
            let mut noise = Noise::new(seed, run);
            let mut detector = Detector::new(method);
            let mut lengths = Vec::with_capacity(limits.len());
            let mut points = 0.0;
            while lengths.len() < limits.len() {
                points += 1.0;
                let level = detector.push(noise.normal());
                while lengths.len() < limits.len() && level > limits[lengths.len()] {
                    lengths.push(points);
                }
            }
            lengths
        })
        .collect();
    (0..limits.len()).map(|i| estimate(lengths.iter().map(|run| run[i]))).collect()
}

/// The highest level within `horizon` in-control points of each simulated series, ascending. If
/// `phase1` is m, mean and sigma are estimated anew from m points for each series; otherwise they
/// are known.
pub fn highest_levels(
    method: Method,
    phase1: Option<usize>,
    horizon: usize,
    runs: usize,
    seed: u64,
) -> Vec<f64> {
    let mut levels: Vec<f64> = (0..runs as u64)
        .into_par_iter()
        .map(|run| {
            let mut noise = Noise::new(seed, run);
            let scale = phase1.and_then(|m| {
                let sample: Vec<f64> = (0..m).map(|_| noise.normal()).collect();
                Phase1::estimate(&sample).ok()
            });
            let scale = scale.unwrap_or(Phase1::KNOWN);
            let mut detector = Detector::new(method);
            (0..horizon)
                .map(|_| detector.push(scale.standardize(noise.normal())))
                .fold(f64::NEG_INFINITY, f64::max)
        })
        .collect();
    levels.sort_by(f64::total_cmp);
    levels
}

/// Share of the ascending `levels` above `limit`.
pub fn share_above(levels: &[f64], limit: f64) -> f64 {
    (levels.len() - levels.partition_point(|level| *level <= limit)) as f64 / levels.len() as f64
}

/// The limit that the given share of the ascending `levels` exceeds.
pub fn limit_for_share(levels: &[f64], share: f64) -> f64 {
    let above = (share * levels.len() as f64).round() as usize;
    levels[levels.len() - 1 - above.min(levels.len() - 1)]
}

fn estimate(values: impl Iterator<Item = f64> + Clone) -> Estimate {
    let n = values.clone().count() as f64;
    let mean = values.clone().sum::<f64>() / n;
    let variance = values.map(|v| (v - mean) * (v - mean)).sum::<f64>() / (n - 1.0);
    Estimate { mean, standard_error: (variance / n).sqrt() }
}
