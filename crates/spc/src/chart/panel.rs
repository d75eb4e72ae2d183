//! One panel of a chart: a plotted statistic with its lines.

use crate::rules::{Pattern, Signals, Thresholds, scan, scan_scaled};

/// A line of a chart: one level, or a value for every point.
#[derive(Debug, Clone, PartialEq)]
pub enum Level {
    /// The same at every point.
    Constant(f64),
    /// One value per point.
    Varying(Vec<f64>),
}

impl Level {
    /// The line at point `i`.
    pub fn at(&self, i: usize) -> f64 {
        match self {
            Self::Constant(value) => *value,
            Self::Varying(values) => values[i],
        }
    }

    /// The value of a constant line.
    pub fn constant(&self) -> Option<f64> {
        match self {
            Self::Constant(value) => Some(*value),
            Self::Varying(_) => None,
        }
    }

    /// The line with `f` applied to its values.
    pub fn map(&self, f: impl Fn(f64) -> f64) -> Self {
        match self {
            Self::Constant(value) => Self::Constant(f(*value)),
            Self::Varying(values) => Self::Varying(values.iter().map(|value| f(*value)).collect()),
        }
    }

    /// A line with one value per point, stored as a constant if all are equal.
    pub fn from_points(values: Vec<f64>) -> Self {
        match values.first() {
            Some(first) if values.iter().all(|value| value == first) => Self::Constant(*first),
            _ => Self::Varying(values),
        }
    }
}

/// Which rules may be applied to a panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Independent, roughly normal points: every rule.
    Zones,
    /// Skewed or correlated points: only a point beyond its limit.
    Limits,
    /// No rule.
    None,
}

/// A plotted statistic with its lines.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// Short name: `x`, `mr`, `xbar`, `r`, `s`, `p`, `np`, `c`, `u`, `ewma`, `cusum_upper`, `cusum_lower`, `t2`, `run`.
    pub name: &'static str,
    /// One value per point; NaN where the statistic does not exist yet (the first moving range).
    pub values: Vec<f64>,
    /// Centre line.
    pub center: Level,
    /// Upper control limit; infinite where there is none.
    pub upper: Level,
    /// Lower control limit; −infinite where there is none.
    pub lower: Level,
    /// Standard deviation of the plotted statistic; NaN where it has none.
    pub sigma: Level,
    /// Which rules apply.
    pub scope: Scope,
    /// True for measured values, which are compared exactly; false for computed ones, whose
    /// comparisons tolerate rounding.
    pub measured: bool,
}

impl Panel {
    /// Distance of point `i` from the centre line in sigma; NaN where there is no sigma.
    pub fn z(&self, i: usize) -> f64 {
        (self.values[i] - self.center.at(i)) / self.sigma.at(i)
    }

    /// The lines without the points.
    pub(crate) fn clone_lines(&self) -> Self {
        Self {
            name: self.name,
            values: Vec::new(),
            center: self.center.clone(),
            upper: self.upper.clone(),
            lower: self.lower.clone(),
            sigma: self.sigma.clone(),
            scope: self.scope,
            measured: self.measured,
        }
    }

    /// The points at which each of `patterns` is complete. Only for panels with [`Scope::Zones`].
    pub fn scan(&self, patterns: &[Pattern]) -> Signals {
        if let (Level::Constant(center), Level::Constant(sigma)) = (&self.center, &self.sigma) {
            let lines = if self.measured {
                Thresholds::new(*center, *sigma)
            } else {
                Thresholds::computed(*center, *sigma)
            };
            return scan(&self.values, patterns, &lines);
        }
        let z: Vec<f64> = (0..self.values.len()).map(|i| self.z(i)).collect();
        let tie = if self.measured { 0.0 } else { 4.0 * f64::EPSILON * self.center.at(0).abs() };
        scan_scaled(&z, &self.values, patterns, tie)
    }

    /// Whether point `i` lies beyond its upper (first) or lower (second) limit, with a tolerance
    /// for rounding.
    pub fn beyond(&self, i: usize) -> (bool, bool) {
        let value = self.values[i];
        let slack = |limit: f64| 4.0 * f64::EPSILON * limit.abs().max(self.center.at(i).abs());
        let (upper, lower) = (self.upper.at(i), self.lower.at(i));
        let above = upper.is_finite() && value > upper + slack(upper);
        let below = lower.is_finite() && value < lower - slack(lower);
        (above, below)
    }
}
