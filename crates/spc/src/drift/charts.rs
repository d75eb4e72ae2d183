//! The chart detector: six classical charts on one scale.
//!
//! # Formula
//!
//! On standardized values z: Shewhart |z|; EWMA e ← e + λ(z − e), judged as e² (2−λ)/λ; two-sided CUSUM
//! s ← max(0, s ± z − k), k = 0.5; EWMA of (z² − 1)/√2, up and down; EWMA of zₜ zₜ₋₁, both signs; λ
//! = 0.05, limits asymptotic. Each statistic is converted to the logarithm of the in-control
//! average run length of the chart that has its limit at that value; the level is the largest of
//! these. All charts thus get the same share of the false alarms at any limit.
//!
//! Source: Page (1954); Roberts (1959); Lucas & Saccucci (1990), Technometrics 32, 1-12; the scales
//! of the last five are this crate's Monte Carlo ([`super::calibrate`]).

use super::Kind;
use crate::normal;

const LAMBDA: f64 = 0.05;
const REFERENCE_VALUE: f64 = 0.5;
/// Values farther out than this many sigma are clipped to it, so that squares and products stay
/// finite.
const CLAMP_SIGMA: f64 = 1e6;
/// Average run lengths at which the scales below were determined.
const SCALE_ARL: [f64; 3] = [200.0, 2000.0, 20_000.0];

/// One chart of the detector.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Chart {
    Ewma,
    Cusum,
    SpreadUp,
    SpreadDown,
    Product,
}

impl Chart {
    const ALL: [Chart; 5] =
        [Chart::Ewma, Chart::Cusum, Chart::SpreadUp, Chart::SpreadDown, Chart::Product];

    /// Limits at which this chart alone has the run lengths of [`SCALE_ARL`].
    fn scale(self) -> [f64; 3] {
        match self {
            Chart::Ewma => [4.94, 9.87, 14.62],
            Chart::Cusum => [4.19, 6.44, 8.74],
            Chart::SpreadUp => [2.00, 3.65, 4.99],
            Chart::SpreadDown => [1.52, 2.18, 2.55],
            Chart::Product => [2.32, 3.68, 4.95],
        }
    }

    /// ln ARL of the chart whose limit is `statistic`: linear between the points of the scale and
    /// beyond them.
    fn log_arl(self, statistic: f64) -> f64 {
        let (at, arl) = (self.scale(), SCALE_ARL.map(f64::ln));
        let i = usize::from(statistic > at[1]);
        arl[i] + (statistic - at[i]) * (arl[i + 1] - arl[i]) / (at[i + 1] - at[i])
    }
}

/// The charts' statistics since the last restart.
#[derive(Clone, Default)]
pub(super) struct Charts {
    ewma: f64,
    cusum_up: f64,
    cusum_down: f64,
    spread: f64,
    product: f64,
    previous: Option<f64>,
    leading: Option<Kind>,
}

impl Charts {
    pub(super) fn restart(&mut self) {
        *self = Self::default();
    }

    /// Takes the next standardized value and returns the level: the largest ln ARL of the charts
    /// that would alarm at it.
    pub(super) fn push(&mut self, z: f64) -> f64 {
        let z = z.clamp(-CLAMP_SIGMA, CLAMP_SIGMA);
        let variance = LAMBDA / (2.0 - LAMBDA);
        self.ewma += LAMBDA * (z - self.ewma);
        self.cusum_up = (self.cusum_up + z - REFERENCE_VALUE).max(0.0);
        self.cusum_down = (self.cusum_down - z - REFERENCE_VALUE).max(0.0);
        self.spread += LAMBDA * ((z * z - 1.0) * std::f64::consts::FRAC_1_SQRT_2 - self.spread);
        if let Some(previous) = self.previous {
            self.product += LAMBDA * (z * previous - self.product);
        }
        self.previous = Some(z);

        let mut level = -(2.0 * normal::sf(z.abs())).max(f64::MIN_POSITIVE).ln();
        self.leading = Some(Kind::Spike);
        for chart in Chart::ALL {
            let (statistic, kind) = match chart {
                Chart::Ewma => (self.ewma * self.ewma / variance, direction(self.ewma)),
                Chart::Cusum => {
                    (self.cusum_up.max(self.cusum_down), direction(self.cusum_up - self.cusum_down))
                }
                Chart::SpreadUp => (self.spread / variance.sqrt(), Kind::SpreadUp),
                Chart::SpreadDown => (-self.spread / variance.sqrt(), Kind::SpreadDown),
                Chart::Product if self.product > 0.0 => {
                    (self.product / variance.sqrt(), Kind::Persistence)
                }
                Chart::Product => (-self.product / variance.sqrt(), Kind::Alternation),
            };
            let log_arl = chart.log_arl(statistic);
            if log_arl > level {
                level = log_arl;
                self.leading = Some(kind);
            }
        }
        level
    }

    /// The kind of change that the leading chart indicates.
    pub(super) fn leading(&self) -> Kind {
        self.leading.unwrap_or(Kind::Spike)
    }
}

fn direction(shift: f64) -> Kind {
    if shift < 0.0 { Kind::LevelDown } else { Kind::LevelUp }
}
