//! First passage of a drifting Wiener process: a forecast from a tool's own path, for tools without
//! recorded failures.

use crate::normal;

/// Fewest independent increments that drift and diffusion are estimated from.
pub const SMALLEST_INCREMENTS: usize = 5;

/// Drift and diffusion of a path, per run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wiener {
    /// Mean increment per run.
    pub drift: f64,
    /// Standard deviation of the increment of one run.
    pub diffusion: f64,
}

impl Wiener {
    /// Estimates both from a path by its increments over `stride` runs, which must be long enough
    /// that smoothing does not correlate them. `None` for fewer than [`SMALLEST_INCREMENTS`] of
    /// them.
    pub fn estimate(path: &[f64], stride: usize) -> Option<Self> {
        let stride = stride.max(1);
        // The newest point is always used, so the strides start from the end.
        let knots: Vec<f64> = path.iter().rev().step_by(stride).copied().collect();
        let n = knots.len().checked_sub(1).filter(|n| *n >= SMALLEST_INCREMENTS)? as f64;
        let increments: Vec<f64> = knots.windows(2).map(|w| w[0] - w[1]).collect();
        let mean = increments.iter().sum::<f64>() / n;
        let variance = increments.iter().map(|d| (d - mean).powi(2)).sum::<f64>() / (n - 1.0);
        let wiener =
            Self { drift: mean / stride as f64, diffusion: (variance / stride as f64).sqrt() };
        (wiener.drift.is_finite() && wiener.diffusion.is_finite()).then_some(wiener)
    }

    /// Probability that a level `distance` above the current one is reached within `runs`.
    ///
    /// # Formula
    ///
    /// P(T ≤ t) = Φ((μt − d)/(σ√t)) + e^(2μd/σ²) Φ((−d − μt)/(σ√t)), the inverse Gaussian
    /// distribution for μ > 0; for μ ≤ 0 the level may never be reached. The result is 1 for d ≤ 0.
    /// Source: Cox & Miller (1965), The Theory of Stochastic Processes, section 5.7.
    pub fn passage(self, distance: f64, runs: f64) -> f64 {
        if distance <= 0.0 {
            return 1.0;
        }
        if runs <= 0.0 {
            return 0.0;
        }
        let scale = self.diffusion * runs.sqrt();
        if scale <= 0.0 {
            return if self.drift * runs >= distance { 1.0 } else { 0.0 };
        }
        let direct = normal::sf((distance - self.drift * runs) / scale);
        let exponent = 2.0 * self.drift * distance / (self.diffusion * self.diffusion);
        let reflected = (exponent + log_sf((distance + self.drift * runs) / scale)).exp();
        (direct + reflected).clamp(0.0, 1.0)
    }
}

/// ln(1 − Φ(x)), also where 1 − Φ(x) underflows (asymptotic series, relative error below 1e-6 there).
fn log_sf(x: f64) -> f64 {
    if x < 30.0 {
        return normal::sf(x).ln();
    }
    let inverse = 1.0 / (x * x);
    -0.5 * x * x - (x * std::f64::consts::TAU.sqrt()).ln()
        + (-inverse + 3.0 * inverse * inverse).ln_1p()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drift::noise::Noise;

    /// Without drift, P(T ≤ t) = 2 (1 − Φ(d/(σ√t))): the reflection principle.
    #[test]
    fn without_drift_it_is_the_reflection_principle() {
        let wiener = Wiener { drift: 0.0, diffusion: 0.5 };
        for (distance, runs) in [(1.0, 4.0), (2.0, 10.0), (0.1, 1.0)] {
            let expected = 2.0 * normal::sf(distance / (0.5 * f64::sqrt(runs)));
            assert!((wiener.passage(distance, runs) - expected).abs() < 1e-14);
        }
    }

    /// Inverse Gaussian with mean 1 and shape 1 at t = 1: F(1) = Φ(0) + e² Φ(−2) = 0.6681020012231706.
    #[test]
    fn with_drift_it_is_the_inverse_gaussian() {
        let wiener = Wiener { drift: 1.0, diffusion: 1.0 };
        assert!((wiener.passage(1.0, 1.0) - 0.668_102_001_223_170_6).abs() < 1e-12);
        let away = Wiener { drift: -1.0, diffusion: 1.0 };
        // The level is never reached with probability 1 − e^(2μd/σ²).
        assert!((away.passage(1.0, 1e9) - (-2.0_f64).exp()).abs() < 1e-12);
    }

    #[test]
    fn extremes_are_probabilities() {
        for drift in [-1e3, -1.0, 0.0, 1e-9, 1.0, 1e3] {
            for diffusion in [0.0, 1e-9, 1.0, 1e6] {
                for distance in [-1.0, 0.0, 1e-9, 1.0, 1e9] {
                    let p = Wiener { drift, diffusion }.passage(distance, 100.0);
                    assert!((0.0..=1.0).contains(&p), "{drift} {diffusion} {distance}: {p}");
                }
            }
        }
        assert!((log_sf(30.0) - normal::sf(30.0).ln()).abs() < 1e-9 * 450.0);
    }

    #[test]
    fn a_simulated_path_gives_its_drift_back() {
        let mut noise = Noise::new(3, 0);
        let mut x = 0.0;
        let path: Vec<f64> = (0..4001)
            .map(|_| {
                x += 0.05 + 0.4 * noise.normal();
                x
            })
            .collect();
        let wiener = Wiener::estimate(&path, 4).unwrap();
        assert!(
            (wiener.drift - 0.05).abs() < 0.02 && (wiener.diffusion - 0.4).abs() < 0.03,
            "{wiener:?}"
        );
        assert_eq!(Wiener::estimate(&path[..20], 4), None);
        assert!(Wiener::estimate(&path[..21], 4).is_some());
    }
}
