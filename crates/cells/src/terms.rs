//! Terms that `cells.toml` and Liberty files share: roles of supply pins, and thresholds.

/// The role of a supply pin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The supply.
    Power,
    /// Ground.
    Ground,
    /// The well of p transistors, at the supply.
    Nwell,
    /// The well of n transistors, at ground.
    Pwell,
}

impl Role {
    /// The role that a word in the file means.
    pub const WORDS: [(&'static str, Role); 4] = [
        ("power", Role::Power),
        ("ground", Role::Ground),
        ("nwell", Role::Nwell),
        ("pwell", Role::Pwell),
    ];

    /// The word for the role in the file.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, role)| *role == self).map_or("", |(word, _)| word)
    }

    /// Whether the pin is connected to the supply.
    pub fn is_high(self) -> bool {
        matches!(self, Role::Power | Role::Nwell)
    }

    /// The value of Liberty's `pg_type`.
    pub fn pg_type(self) -> &'static str {
        match self {
            Role::Power => "primary_power",
            Role::Ground => "primary_ground",
            Role::Nwell => "nwell",
            Role::Pwell => "pwell",
        }
    }
}

/// The points at which delays and transitions are measured, as fractions of the supply.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thresholds {
    /// Threshold of delays, for input and output.
    pub delay: f64,
    /// Lower end of a transition.
    pub lower: f64,
    /// Upper end of a transition.
    pub upper: f64,
    /// The factor by which a transition in the tables is multiplied to give the time from lower to upper threshold.
    pub derate: f64,
}

impl Thresholds {
    /// The time from rail to rail of a ramp whose transition in the tables is `slew`.
    pub fn ramp(&self, slew: f64) -> f64 {
        slew * self.derate / (self.upper - self.lower)
    }
}
