//! Words that descriptions of libraries share, whoever wrote them: roles of supply pins and thresholds.

/// What a supply pin is for.
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
    /// The role of a word in the file.
    pub const WORDS: [(&'static str, Role); 4] = [
        ("power", Role::Power),
        ("ground", Role::Ground),
        ("nwell", Role::Nwell),
        ("pwell", Role::Pwell),
    ];

    /// Its word in the file.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, role)| *role == self).map_or("", |(word, _)| word)
    }

    /// Whether the pin is at the supply.
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

/// Where delays and transitions are measured, as fractions of the supply.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thresholds {
    /// Delay, of input and output.
    pub delay: f64,
    /// Lower end of a transition.
    pub lower: f64,
    /// Upper end of a transition.
    pub upper: f64,
    /// What a transition in the tables is multiplied with to span lower to upper.
    pub derate: f64,
}

impl Thresholds {
    /// How long a ramp takes from rail to rail whose transition in the tables is `slew`.
    pub fn ramp(&self, slew: f64) -> f64 {
        slew * self.derate / (self.upper - self.lower)
    }
}
