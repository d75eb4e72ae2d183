//! The changes of the benchmark and the series that show them.

use crate::drift::noise::Noise;
use serde::Serialize;
use std::f64::consts::TAU;

/// A kind of change, with the meaning of `size` for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// No change at all.
    Control,
    /// The mean rises by `size` sigma.
    Step,
    /// The mean rises by `size` sigma per point; the first changed point has risen once.
    Ramp,
    /// The standard deviation becomes `size` > 1.
    Spread,
    /// The standard deviation becomes `size` < 1.
    Stratification,
    /// A sine of amplitude `size` and `period` points is added, its phase random.
    Cycle,
    /// Each point is shifted by +`size` or −`size` with equal probability.
    Mixture,
    /// Points are shifted alternately by +`size` and −`size`.
    Alternation,
    /// Stationary AR(1) with coefficient `size` and unit variance, continuing the last in-control point.
    Autocorrelation,
    /// The first changed point alone is shifted by `size`.
    Spike,
    /// Each point is shifted with probability `share`, by +`size` or −`size`.
    Outliers,
}

impl Family {
    /// The name in tables and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Family::Control => "control",
            Family::Step => "step",
            Family::Ramp => "ramp",
            Family::Spread => "spread",
            Family::Stratification => "stratification",
            Family::Cycle => "cycle",
            Family::Mixture => "mixture",
            Family::Alternation => "alternation",
            Family::Autocorrelation => "autocorrelation",
            Family::Spike => "spike",
            Family::Outliers => "outliers",
        }
    }
}

/// One change of the benchmark; sizes in sigma.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Cell {
    /// What changes.
    pub family: Family,
    /// Size of the change; [`Family`] says what it measures.
    pub size: f64,
    /// Period in points; cycles only.
    pub period: Option<f64>,
    /// Share of the points that are shifted; outliers only.
    pub share: Option<f64>,
}

const fn cell(family: Family, size: f64) -> Cell {
    Cell { family, size, period: None, share: None }
}

const fn cycle(size: f64, period: f64) -> Cell {
    Cell { family: Family::Cycle, size, period: Some(period), share: None }
}

impl Cell {
    /// The series without a change.
    pub const CONTROL: Cell = cell(Family::Control, 0.0);

    /// The 29 changes of the standard benchmark.
    pub const STANDARD: [Cell; 29] = [
        cell(Family::Step, 0.5),
        cell(Family::Step, 1.0),
        cell(Family::Step, 1.5),
        cell(Family::Step, 2.0),
        cell(Family::Step, 3.0),
        cell(Family::Ramp, 0.01),
        cell(Family::Ramp, 0.02),
        cell(Family::Ramp, 0.05),
        cell(Family::Ramp, 0.1),
        cell(Family::Spread, 1.25),
        cell(Family::Spread, 1.5),
        cell(Family::Spread, 2.0),
        cell(Family::Spread, 3.0),
        cell(Family::Stratification, 0.7),
        cell(Family::Stratification, 0.5),
        cell(Family::Stratification, 0.3),
        cycle(1.0, 10.0),
        cycle(1.0, 25.0),
        cycle(1.5, 10.0),
        cycle(1.5, 25.0),
        cell(Family::Mixture, 1.5),
        cell(Family::Mixture, 2.0),
        cell(Family::Alternation, 1.0),
        cell(Family::Autocorrelation, 0.3),
        cell(Family::Autocorrelation, 0.5),
        cell(Family::Autocorrelation, 0.7),
        cell(Family::Autocorrelation, 0.9),
        cell(Family::Spike, 4.0),
        Cell { family: Family::Outliers, size: 4.0, period: None, share: Some(0.05) },
    ];

    /// A source of one series with this change.
    pub(super) fn source(self, noise: &mut Noise) -> Source {
        let phase = if self.family == Family::Cycle { TAU * noise.uniform() } else { 0.0 };
        Source { cell: self, phase, previous: 0.0 }
    }
}

/// Draws the points of one series in order.
pub(super) struct Source {
    cell: Cell,
    phase: f64,
    previous: f64,
}

impl Source {
    /// The value at the 1-based `point` of a series whose first `in_control` points are unchanged.
    pub(super) fn next(&mut self, point: usize, in_control: usize, noise: &mut Noise) -> f64 {
        let z = noise.normal();
        if point <= in_control {
            self.previous = z;
            return z;
        }
        let changed = point - in_control;
        let Cell { family, size, period, share } = self.cell;
        let value = match family {
            Family::Control => z,
            Family::Step => z + size,
            Family::Ramp => z + size * changed as f64,
            Family::Spread | Family::Stratification => z * size,
            Family::Cycle => {
                z + size
                    * (TAU * changed as f64 / period.unwrap_or(f64::INFINITY) + self.phase).sin()
            }
            Family::Mixture => z + sign(noise) * size,
            Family::Alternation if changed.is_multiple_of(2) => z - size,
            Family::Alternation => z + size,
            Family::Autocorrelation => size * self.previous + (1.0 - size * size).sqrt() * z,
            Family::Spike if changed == 1 => z + size,
            Family::Spike => z,
            Family::Outliers if noise.uniform() < share.unwrap_or(0.0) => z + sign(noise) * size,
            Family::Outliers => z,
        };
        self.previous = value;
        value
    }
}

/// +1 or −1 with equal probability.
fn sign(noise: &mut Noise) -> f64 {
    if noise.uniform() < 0.5 { 1.0 } else { -1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The mean, variance and lag-1 autocorrelation that each family promises.
    #[test]
    fn sources_have_the_moments_of_their_family() {
        let expected = |cell: Cell| match cell.family {
            Family::Control => (0.0, 1.0, 0.0),
            Family::Spread | Family::Stratification => (0.0, cell.size * cell.size, 0.0),
            Family::Cycle => {
                let added = cell.size * cell.size / 2.0;
                (0.0, 1.0 + added, added * (TAU / cell.period.unwrap()).cos() / (1.0 + added))
            }
            Family::Mixture => (0.0, 1.0 + cell.size * cell.size, 0.0),
            Family::Alternation => (0.0, 2.0, -0.5),
            Family::Autocorrelation => (0.0, 1.0, cell.size),
            Family::Outliers => (0.0, 1.0 + 0.05 * 16.0, 0.0),
            Family::Step => (cell.size, 1.0, 0.0),
            Family::Ramp | Family::Spike => unreachable!("not stationary"),
        };
        for (i, cell) in [Cell::CONTROL].iter().chain(&Cell::STANDARD).enumerate() {
            if matches!(cell.family, Family::Ramp | Family::Spike) {
                continue;
            }
            let mut noise = Noise::new(11, i as u64);
            let mut source = cell.source(&mut noise);
            let n = 100_000;
            let values: Vec<f64> = (1..=n).map(|point| source.next(point, 0, &mut noise)).collect();
            let (mean, variance, lag1) = expected(*cell);
            let found = values.iter().sum::<f64>() / n as f64;
            let spread = values.iter().map(|x| (x - found).powi(2)).sum::<f64>() / n as f64;
            let product =
                values.windows(2).map(|w| (w[0] - found) * (w[1] - found)).sum::<f64>() / n as f64;
            assert!((found - mean).abs() < 0.06, "{cell:?}: mean {found}");
            assert!((spread / variance - 1.0).abs() < 0.05, "{cell:?}: variance {spread}");
            assert!(
                (product / spread - lag1).abs() < 0.02,
                "{cell:?}: autocorrelation {}",
                product / spread
            );
        }
    }
}
