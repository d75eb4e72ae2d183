//! The run chart: values about their median, no limits, judged by runs alone.

use super::{Given, Level, Panel, Parameters, Scope};
use crate::describe::median;
use crate::error::SpcError;
use crate::normal::{cdf, sf};
use crate::subgroup::Subgroups;
use serde::Serialize;

/// Tests of randomness on a run chart.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct RunChart {
    /// The median.
    pub median: f64,
    /// Number of points that are not on the median.
    pub useful: usize,
    /// Runs on one side of the median.
    pub runs_about_median: usize,
    /// Expected number of runs.
    pub expected_runs: f64,
    /// Length of the longest run on one side.
    pub longest_run: usize,
    /// The longest run that is still unsurprising: round(log2(useful) + 3).
    pub longest_run_limit: usize,
    /// Number of times that the median was crossed.
    pub crossings: usize,
    /// The fewest crossings that are still unsurprising: the 5 % point of Binomial(useful − 1, 1/2).
    pub crossings_limit: usize,
    /// One-sided p value of too few runs about the median: clustering.
    pub p_clustering: Option<f64>,
    /// One-sided p value of too many runs about the median: mixtures.
    pub p_mixtures: Option<f64>,
    /// Number of runs up or down.
    pub runs_up_down: usize,
    /// One-sided p value of too few runs up or down: trends.
    pub p_trends: Option<f64>,
    /// One-sided p value of too many runs up or down: oscillation.
    pub p_oscillation: Option<f64>,
}

impl RunChart {
    /// Whether the longest run or the number of crossings indicates a shift.
    pub fn is_shifted(&self) -> bool {
        self.useful >= 10
            && (self.longest_run > self.longest_run_limit || self.crossings < self.crossings_limit)
    }
}

/// Tests `values` for runs about `center`.
///
/// Longest run and crossings: Anhøj and Olesen (2014), PLoS ONE 9, e113825. Counts of runs: normal approximations of
/// Wald and Wolfowitz, and of Levene for runs up and down.
pub fn run_chart(values: &[f64], center: f64) -> RunChart {
    let sides: Vec<bool> = values.iter().filter(|x| **x != center).map(|x| *x > center).collect();
    let crossings = sides.windows(2).filter(|pair| pair[0] != pair[1]).count();
    let above = sides.iter().filter(|side| **side).count() as f64;
    let below = sides.len() as f64 - above;
    let n = above + below;
    let expected_runs = if n > 0.0 { 1.0 + 2.0 * above * below / n } else { 0.0 };
    let variance = 2.0 * above * below * (2.0 * above * below - n) / (n * n * (n - 1.0));
    let runs = if sides.is_empty() { 0 } else { crossings + 1 };
    let about = z_score(runs as f64, expected_runs, variance);

    let steps: Vec<bool> =
        values.windows(2).filter(|w| w[0] != w[1]).map(|w| w[1] > w[0]).collect();
    let turns = steps.windows(2).filter(|pair| pair[0] != pair[1]).count();
    let runs_up_down = if steps.is_empty() { 0 } else { turns + 1 };
    let m = steps.len() as f64 + 1.0;
    let direction = z_score(runs_up_down as f64, (2.0 * m - 1.0) / 3.0, (16.0 * m - 29.0) / 90.0);
    RunChart {
        median: center,
        useful: sides.len(),
        runs_about_median: runs,
        expected_runs,
        longest_run: longest(&sides),
        longest_run_limit: if sides.is_empty() { 0 } else { (n.log2() + 3.0).round() as usize },
        crossings,
        crossings_limit: binomial_quantile(sides.len().saturating_sub(1), 0.05),
        p_clustering: about.map(cdf),
        p_mixtures: about.map(sf),
        runs_up_down,
        p_trends: direction.map(cdf),
        p_oscillation: direction.map(sf),
    }
}

fn z_score(found: f64, expected: f64, variance: f64) -> Option<f64> {
    (variance > 0.0).then(|| (found - expected) / variance.sqrt())
}

fn longest(sides: &[bool]) -> usize {
    let (mut best, mut length) = (0, 0);
    for (i, side) in sides.iter().enumerate() {
        length = if i > 0 && sides[i - 1] == *side { length + 1 } else { 1 };
        best = best.max(length);
    }
    best
}

/// Smallest k with P(Binomial(n, 1/2) ≤ k) ≥ p.
fn binomial_quantile(n: usize, p: f64) -> usize {
    // Logarithms, since 2⁻ⁿ underflows for long series.
    let mut log_term = -(n as f64) * std::f64::consts::LN_2;
    let mut sum = log_term.exp();
    let mut k = 0;
    while sum < p && k < n {
        k += 1;
        log_term += ((n - k + 1) as f64 / k as f64).ln();
        sum += log_term.exp();
    }
    k
}

pub(super) fn estimate(groups: &Subgroups, given: &Given) -> Result<Parameters, SpcError> {
    if groups.len() < 2 {
        return Err(SpcError::TooFew {
            what: "a run chart",
            needed: 2,
            unit: "points",
            found: groups.len(),
        });
    }
    Ok(Parameters {
        center: given.center.unwrap_or_else(|| median(&groups.means())),
        sigma: None,
        points: groups.len(),
        values: groups.values().len(),
        ..Parameters::default()
    })
}

pub(super) fn panel(parameters: &Parameters, groups: &Subgroups) -> Panel {
    Panel {
        name: "run",
        values: groups.means(),
        center: Level::Constant(parameters.center),
        upper: Level::Constant(f64::INFINITY),
        lower: Level::Constant(f64::NEG_INFINITY),
        sigma: Level::Constant(f64::NAN),
        scope: Scope::None,
        measured: groups.common_size() == Some(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Anhøj and Olesen's table: 10 useful points allow a run of 6 and 2 crossings; 24 allow 8 and 8.
    #[test]
    fn limits_of_the_published_table() {
        let alternating = |n: usize| -> Vec<f64> { (0..n).map(|i| [1.0, -1.0][i % 2]).collect() };
        for (n, longest, crossings) in [(10, 6, 2), (24, 8, 8), (100, 10, 41)] {
            let found = run_chart(&alternating(n), 0.0);
            assert_eq!(
                (found.longest_run_limit, found.crossings_limit),
                (longest, crossings),
                "{n}"
            );
        }
    }

    #[test]
    fn a_shift_is_seen_and_noise_is_not() {
        let shifted: Vec<f64> = (0..24).map(|i| if i < 12 { -1.0 } else { 1.0 }).collect();
        assert!(run_chart(&shifted, 0.0).is_shifted());
        assert!(
            !run_chart(&[1.0, -1.0, -2.0, 2.0, 1.0, -1.0, 1.5, -0.5, 0.5, -1.5], 0.0).is_shifted()
        );
    }
}
