//! The tools that a model was fitted to, described by their healthy runs.

use super::life::Life;
use crate::describe::{mean, sd};
use crate::distribution::t_quantile;
use crate::health::Reference;
use serde::{Deserialize, Serialize};

/// Probability that a tool of the same kind is reported as different, over all features together.
const CHANCE: f64 = 0.01;

/// Mean and spread, over the tools, of the mean of each standardized feature in their healthy runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fitted {
    /// Number of runs at the start of each life that were taken as healthy.
    pub healthy_runs: usize,
    /// Number of lives.
    pub lives: usize,
    /// Mean over the lives, one per feature.
    pub mean: Vec<f64>,
    /// Standard deviation over the lives, one per feature.
    pub sd: Vec<f64>,
}

/// A feature of a tool that lies outside the range of the tools that the model was fitted to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outside {
    /// The tool's life.
    pub unit: String,
    /// The feature.
    pub feature: String,
    /// Mean of its healthy runs, in standard deviations of the reference.
    pub level: f64,
    /// Range for a tool of the same kind.
    pub range: [f64; 2],
}

impl Fitted {
    /// Summarizes the healthy runs of `lives`; `None` for fewer than three lives.
    pub(super) fn new(reference: &Reference, lives: &[Life], healthy_runs: usize) -> Option<Self> {
        if lives.len() < 3 {
            return None;
        }
        let levels: Vec<Vec<f64>> =
            lives.iter().map(|life| level(reference, life, healthy_runs)).collect();
        let of = |j: usize| levels.iter().map(|level| level[j]).collect::<Vec<f64>>();
        let features = 0..reference.features.len();
        Some(Self {
            healthy_runs,
            lives: lives.len(),
            mean: features.clone().map(|j| mean(&of(j))).collect(),
            sd: features.map(|j| sd(&of(j)).unwrap_or(0.0)).collect(),
        })
    }

    /// Features of `life` outside the prediction interval for one more tool, m ± t s √(1 + 1/n), at
    /// a level of 1 % for all features together.
    pub(super) fn outside(&self, reference: &Reference, life: &Life) -> Vec<Outside> {
        let n = self.lives as f64;
        let share = 1.0 - CHANCE / 2.0 / self.mean.len().max(1) as f64;
        let reach = t_quantile(share, n - 1.0) * (1.0 + 1.0 / n).sqrt();
        let level = level(reference, life, self.healthy_runs);
        let features = level.into_iter().zip(self.mean.iter().zip(&self.sd)).enumerate();
        features
            .map(|(j, (level, (mean, sd)))| Outside {
                unit: life.unit.clone(),
                feature: reference.features[j].clone(),
                level,
                range: [mean - reach * sd, mean + reach * sd],
            })
            .filter(|found| !(found.range[0]..=found.range[1]).contains(&found.level))
            .collect()
    }
}

/// Mean of each standardized feature over the healthy runs of a life.
fn level(reference: &Reference, life: &Life, healthy_runs: usize) -> Vec<f64> {
    let runs = life.rows.len().min(healthy_runs).max(1);
    let rows: Vec<Vec<f64>> =
        life.rows.iter().take(runs).map(|row| reference.standardize(row)).collect();
    (0..reference.features.len())
        .map(|j| mean(&rows.iter().map(|row| row[j]).collect::<Vec<f64>>()))
        .collect()
}
