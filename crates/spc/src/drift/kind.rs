//! The kinds of change that a drift detector tells apart.

use serde::Serialize;
use std::fmt;

/// What a change looks like, as far as the detector can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The mean rose: a step or a ramp.
    LevelUp,
    /// The mean fell.
    LevelDown,
    /// The standard deviation grew (or two populations are mixed).
    SpreadUp,
    /// The standard deviation shrank: stratification, or a gauge that is stuck.
    SpreadDown,
    /// Neighbours became alike: positive autocorrelation.
    Persistence,
    /// Neighbours became opposite: over-adjustment, two alternating streams.
    Alternation,
    /// A periodic component appeared.
    Cycle,
    /// A single value lies far out.
    Spike,
    /// Far-out values became frequent.
    Outliers,
}

impl Kind {
    /// Every kind, in the order of the enum.
    pub const ALL: [Kind; 9] = [
        Kind::LevelUp,
        Kind::LevelDown,
        Kind::SpreadUp,
        Kind::SpreadDown,
        Kind::Persistence,
        Kind::Alternation,
        Kind::Cycle,
        Kind::Spike,
        Kind::Outliers,
    ];

    /// The name in tables and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Kind::LevelUp => "level-up",
            Kind::LevelDown => "level-down",
            Kind::SpreadUp => "spread-up",
            Kind::SpreadDown => "spread-down",
            Kind::Persistence => "persistence",
            Kind::Alternation => "alternation",
            Kind::Cycle => "cycle",
            Kind::Spike => "spike",
            Kind::Outliers => "outliers",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
