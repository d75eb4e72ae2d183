//! Run rules: patterns of successive points that an in-control process rarely shows.
//!
//! Tools disagree on some definitions; those used here are:
//!
//! * A point exactly on a limit is neither beyond it nor within it; a point on the centre line is on no side.
//! * A pattern is completed by its last point, which must itself take part in it.
//! * `k of m` may complete before `m` points exist: two of two beyond 2σ at the start signal.
//! * Equal neighbours end a trend and an alternation.
//! * Nelson 8 needs points on both sides; AIAG 8 does not.
//! * Every completing point signals, so patterns overlap; [`events`] joins them into maximal runs.

mod catalogue;
mod compiled;
pub mod events;
mod monitor;
mod parse;
mod scan;

pub use catalogue::{NamedSet, SETS};
pub use compiled::Thresholds;
pub use events::{Event, Side};
pub use monitor::Monitor;
pub use parse::parse_rules;
pub use scan::{RuleSignals, Signals, scan, scan_scaled};

use crate::error::SpcError;

/// Largest length of a pattern window, in points.
pub const MAX_WINDOW: usize = 64;

/// The geometric shape of a rule, in units of the standard deviation of the plotted statistic.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Pattern {
    /// `k` of `m` successive points beyond `z` sigma on the same side of the centre line.
    Beyond {
        /// Smallest number of points beyond `z`.
        k: usize,
        /// Length of the window, at most [`MAX_WINDOW`].
        m: usize,
        /// Distance from the centre line in sigma, ≥ 0.
        z: f64,
    },
    /// `n` successive points, each above (or each below) the one before it.
    Trend {
        /// Number of points in the trend, so n − 1 steps.
        n: usize,
    },
    /// `n` successive points going alternately up and down.
    Alternate {
        /// Number of points in the alternation, so n − 1 steps.
        n: usize,
    },
    /// `n` successive points within `z` sigma of the centre line.
    Within {
        /// Length of the run.
        n: usize,
        /// Half width of the band in sigma, > 0.
        z: f64,
    },
    /// `n` successive points outside ±`z` sigma.
    Outside {
        /// Length of the run.
        n: usize,
        /// Half width of the empty band in sigma, > 0.
        z: f64,
        /// Whether the run must have points on both sides.
        both_sides: bool,
    },
    /// Two successive points beyond `z` sigma on opposite sides (Westgard's R-4s with z = 2).
    Opposite {
        /// Distance from the centre line in sigma, > 0.
        z: f64,
    },
}

impl Pattern {
    /// Number of points in the pattern window, including the completing point.
    pub fn window(&self) -> usize {
        match *self {
            Self::Beyond { m, .. } => m,
            Self::Trend { n } | Self::Alternate { n } => n,
            Self::Within { n, .. } | Self::Outside { n, .. } => n,
            Self::Opposite { .. } => 2,
        }
    }

    /// Distance from the centre line that the pattern uses, if any.
    pub fn z(&self) -> Option<f64> {
        match *self {
            Self::Beyond { z, .. }
            | Self::Within { z, .. }
            | Self::Outside { z, .. }
            | Self::Opposite { z } => Some(z),
            Self::Trend { .. } | Self::Alternate { .. } => None,
        }
    }

    /// Whether the pattern depends on zones alone, so that a finite Markov chain describes it.
    pub fn is_zonal(&self) -> bool {
        self.z().is_some()
    }

    /// The pattern for limits at `limit` sigma. The one-point rule at `usual` sigma means "beyond
    /// the limits" and moves with them; all other patterns are unchanged.
    pub fn at(self, usual: f64, limit: f64) -> Self {
        match self {
            Self::Beyond { k: 1, m: 1, z } if z == usual => Self::Beyond { k: 1, m: 1, z: limit },
            other => other,
        }
    }

    /// Refuses windows and distances that make no sense.
    pub fn check(&self) -> Result<(), SpcError> {
        let window = self.window();
        let smallest = match self {
            Self::Beyond { .. } | Self::Within { .. } | Self::Outside { .. } => 1,
            Self::Trend { .. } | Self::Opposite { .. } => 2,
            Self::Alternate { .. } => 3,
        };
        if !(smallest..=MAX_WINDOW).contains(&window) {
            return Err(SpcError::OutOfRange {
                name: "points in a rule",
                value: window as f64,
                expected: "1 to 64 points (2 for a trend, 3 for an alternation)",
            });
        }
        if let Self::Beyond { k, m, .. } = *self
            && !(1..=m).contains(&k)
        {
            return Err(SpcError::OutOfRange {
                name: "k in `k of m`",
                value: k as f64,
                expected: "at least 1 and at most m",
            });
        }
        let z_may_be_zero = matches!(self, Self::Beyond { .. });
        match self.z() {
            Some(z) if !(0.0..=20.0).contains(&z) || (z == 0.0 && !z_may_be_zero) => {
                Err(SpcError::OutOfRange {
                    name: "distance of a rule in sigma",
                    value: z,
                    expected: "0 < z <= 20 (0 only for points on one side of the centre line)",
                })
            }
            _ => Ok(()),
        }
    }

    /// A short machine name: `point_beyond_3sigma`, `2_of_3_beyond_2sigma`, `9_on_one_side` …
    pub fn statistic(&self) -> String {
        match *self {
            Self::Beyond { k: 1, m: 1, z } => format!("point_beyond_{z}sigma"),
            Self::Beyond { k, m, z: 0.0 } if k == m => format!("{k}_on_one_side"),
            Self::Beyond { k, m, z } => format!("{k}_of_{m}_beyond_{z}sigma"),
            Self::Trend { n } => format!("{n}_trending"),
            Self::Alternate { n } => format!("{n}_alternating"),
            Self::Within { n, z } => format!("{n}_within_{z}sigma"),
            Self::Outside { n, z, both_sides: true } => format!("{n}_outside_{z}sigma_both_sides"),
            Self::Outside { n, z, both_sides: false } => format!("{n}_outside_{z}sigma"),
            Self::Opposite { z } => format!("2_beyond_{z}sigma_on_opposite_sides"),
        }
    }

    /// A sentence for people that describes the pattern.
    pub fn describe(&self) -> String {
        match *self {
            Self::Beyond { k: 1, m: 1, z } => format!("1 point beyond {z} sigma"),
            Self::Beyond { k, m, z: 0.0 } if k == m => {
                format!("{k} points in a row on one side of the centre line")
            }
            Self::Beyond { k, m, z } if k == m => {
                format!("{k} points in a row beyond {z} sigma on one side")
            }
            Self::Beyond { k, m, z } => format!("{k} of {m} points beyond {z} sigma on one side"),
            Self::Trend { n } => format!("{n} points in a row, all rising or all falling"),
            Self::Alternate { n } => format!("{n} points in a row, alternating up and down"),
            Self::Within { n, z } => format!("{n} points in a row within {z} sigma"),
            Self::Outside { n, z, both_sides: true } => {
                format!("{n} points in a row outside {z} sigma, on both sides")
            }
            Self::Outside { n, z, both_sides: false } => {
                format!("{n} points in a row outside {z} sigma, on either side")
            }
            Self::Opposite { z } => {
                format!("2 points in a row beyond {z} sigma on opposite sides")
            }
        }
    }

    /// Every family.
    pub const FAMILIES: [&'static str; 8] =
        ["beyond", "zone", "run", "trend", "alternation", "stratification", "mixture", "opposite"];

    /// The family, one of [`Pattern::FAMILIES`], by which a knowledge file can give causes for many
    /// rules at once.
    pub fn family(&self) -> &'static str {
        match self {
            Self::Beyond { k: 1, m: 1, .. } => "beyond",
            Self::Beyond { z: 0.0, .. } => "run",
            Self::Beyond { .. } => "zone",
            Self::Trend { .. } => "trend",
            Self::Alternate { .. } => "alternation",
            Self::Within { .. } => "stratification",
            Self::Outside { .. } => "mixture",
            Self::Opposite { .. } => "opposite",
        }
    }

    /// Severity if no knowledge file states one.
    pub fn severity(&self) -> Severity {
        match self {
            Self::Beyond { k: 1, m: 1, z } if *z >= 3.0 => Severity::Critical,
            Self::Beyond { k: 1, m: 1, .. } => Severity::Info,
            Self::Beyond { .. } | Self::Trend { .. } | Self::Opposite { .. } => Severity::Warning,
            Self::Alternate { .. } | Self::Within { .. } | Self::Outside { .. } => Severity::Info,
        }
    }
}

/// How urgently somebody should look.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "UPPERCASE")]
pub enum Severity {
    /// Informative; the product is not at risk by this alone.
    Info,
    /// The process has probably changed.
    Warning,
    /// A point so far out that an undisturbed process produces one in hundreds.
    Critical,
}

impl Severity {
    /// The name that is used in results.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "INFO",
            Self::Warning => "WARNING",
            Self::Critical => "CRITICAL",
        }
    }
}

/// A pattern with the identifier that a quality standard gives it.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Identifier: `N1`, `WE2`, `1_3s`, `AIAG4`, `3of4@1.5` …
    pub id: String,
    /// The pattern that it looks for.
    pub pattern: Pattern,
}

impl Rule {
    /// Creates a rule; refuses a pattern that makes no sense.
    pub fn new(id: impl Into<String>, pattern: Pattern) -> Result<Self, SpcError> {
        pattern.check()?;
        Ok(Self { id: id.into(), pattern })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_rule_of_the_limits_moves_with_them() {
        let one = |z| Pattern::Beyond { k: 1, m: 1, z };
        let two = Pattern::Beyond { k: 2, m: 3, z: 3.0 };
        let trend = Pattern::Trend { n: 6 };
        let moved = [one(3.0), one(2.0), two, trend].map(|pattern| pattern.at(3.0, 2.5));
        assert_eq!(moved, [one(2.5), one(2.0), two, trend]);
    }
}
