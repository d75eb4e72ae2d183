//! Whether the health of a tool is declining.

use serde::Serialize;
use statrs::distribution::{ContinuousCDF, StudentsT};

/// Number of newest runs that the trend is computed from.
pub const TREND_RUNS: usize = 30;
/// Smallest number of runs for a trend.
pub const SMALLEST_TREND: usize = 8;
/// Two-sided significance of the slope.
const SIGNIFICANCE: f64 = 0.01;

/// The direction in which health moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trend {
    /// ln T² falls.
    Improving,
    /// No slope beyond what chance explains.
    Stable,
    /// ln T² rises.
    Declining,
}

/// Tests the slope of ln T² over the newest [`TREND_RUNS`] runs by least squares, two-sided at 1 %;
/// `None` for fewer than [`SMALLEST_TREND`] runs. The runs are assumed to be independent, which is
/// nearly true of the unsmoothed ln T² of a healthy tool.
pub fn trend(log_t2: &[f64]) -> Option<Trend> {
    let recent = &log_t2[log_t2.len().saturating_sub(TREND_RUNS)..];
    if recent.len() < SMALLEST_TREND {
        return None;
    }
    let n = recent.len() as f64;
    let (mean_x, mean_y) = ((n - 1.0) / 2.0, recent.iter().sum::<f64>() / n);
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for (i, y) in recent.iter().enumerate() {
        let (dx, dy) = (i as f64 - mean_x, y - mean_y);
        xx += dx * dx;
        xy += dx * dy;
        yy += dy * dy;
    }
    let residual = (yy - xy * xy / xx).max(0.0);
    let t = if residual > 0.0 {
        xy / (residual * xx / (n - 2.0)).sqrt()
    } else if xy == 0.0 {
        0.0
    } else {
        xy.signum() * f64::INFINITY
    };
    let critical = StudentsT::new(0.0, 1.0, n - 2.0).ok()?.inverse_cdf(1.0 - SIGNIFICANCE / 2.0);
    Some(if t > critical {
        Trend::Declining
    } else if t < -critical {
        Trend::Improving
    } else {
        Trend::Stable
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drift::noise::Noise;

    #[test]
    fn slopes_have_a_direction_and_noise_has_none() {
        let slope = |b: f64| {
            let mut noise = Noise::new(1, 0);
            (0..60).map(|i| b * f64::from(i) + 0.3 * noise.normal()).collect::<Vec<_>>()
        };
        assert_eq!(trend(&slope(0.05)), Some(Trend::Declining));
        assert_eq!(trend(&slope(-0.05)), Some(Trend::Improving));
        assert_eq!(trend(&slope(0.0)), Some(Trend::Stable));
        assert_eq!(trend(&[1.0; 20]), Some(Trend::Stable));
        assert_eq!(trend(&[1.0; 7]), None);
    }

    /// The test's own false alarms: 1 % of histories without a trend, within Monte Carlo error.
    #[test]
    fn chance_looks_like_a_trend_once_in_a_hundred() {
        let moving = (0..4000)
            .filter(|stream| {
                let mut noise = Noise::new(2, *stream);
                let values: Vec<f64> = (0..30).map(|_| noise.normal()).collect();
                trend(&values) != Some(Trend::Stable)
            })
            .count();
        assert!((20..=62).contains(&moving), "{moving} of 4000");
    }
}
