//! The kinds of change that a drift detector distinguishes.

use crate::rules::{Severity, Side};
use serde::Serialize;
use std::fmt;

/// What a change looks like to the detector.
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

    /// Families of rules ([`crate::rules::Pattern::family`]) that look for the same change; `LIMIT` is the limit of a
    /// chart of spread.
    pub fn families(self) -> &'static [&'static str] {
        match self {
            Kind::LevelUp | Kind::LevelDown => &["run", "zone", "trend"],
            Kind::SpreadUp => &["LIMIT", "mixture"],
            Kind::SpreadDown => &["stratification"],
            Kind::Persistence => &["trend"],
            Kind::Alternation => &["alternation"],
            Kind::Cycle => &[],
            Kind::Spike => &["beyond"],
            Kind::Outliers => &["beyond", "mixture"],
        }
    }

    /// The side to which the level moved.
    pub fn side(self) -> Side {
        match self {
            Kind::LevelUp => Side::Upper,
            Kind::LevelDown => Side::Lower,
            _ => Side::Both,
        }
    }

    /// Severity where no knowledge file states one: that of the rules that look for the same
    /// change.
    pub fn severity(self) -> Severity {
        match self {
            Kind::Spike => Severity::Critical,
            Kind::SpreadDown | Kind::Alternation => Severity::Info,
            _ => Severity::Warning,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
