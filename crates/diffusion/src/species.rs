//! The dopants of silicon.

use std::fmt;
use std::str::FromStr;

/// A dopant. Boron, phosphorus, arsenic and antimony are verified against SUPREM-IV; indium,
/// gallium and aluminum are experimental, because no verified source of their constants was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Species {
    /// Acceptor, verified.
    Boron,
    /// Donor, verified.
    Phosphorus,
    /// Donor, verified.
    Arsenic,
    /// Donor, verified.
    Antimony,
    /// Acceptor, experimental.
    Indium,
    /// Acceptor, experimental.
    Gallium,
    /// Acceptor, experimental.
    Aluminum,
}

/// Type of a dopant: whether it gives or takes an electron.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Gives an electron: n-type silicon.
    Donor,
    /// Takes an electron: p-type silicon.
    Acceptor,
}

impl Kind {
    /// Charge of the ionized dopant in units of q: +1 for a donor, -1 for an acceptor.
    pub fn charge(self) -> f64 {
        match self {
            Kind::Donor => 1.0,
            Kind::Acceptor => -1.0,
        }
    }

    /// `n` or `p`.
    pub fn letter(self) -> char {
        match self {
            Kind::Donor => 'n',
            Kind::Acceptor => 'p',
        }
    }
}

impl Species {
    /// Every species, in the order of all listings.
    pub const ALL: [Species; 7] = [
        Species::Boron,
        Species::Phosphorus,
        Species::Arsenic,
        Species::Antimony,
        Species::Indium,
        Species::Gallium,
        Species::Aluminum,
    ];

    /// Lower-case English name, as recipes and tables spell it.
    pub fn name(self) -> &'static str {
        match self {
            Species::Boron => "boron",
            Species::Phosphorus => "phosphorus",
            Species::Arsenic => "arsenic",
            Species::Antimony => "antimony",
            Species::Indium => "indium",
            Species::Gallium => "gallium",
            Species::Aluminum => "aluminum",
        }
    }

    /// Chemical symbol.
    pub fn symbol(self) -> &'static str {
        match self {
            Species::Boron => "B",
            Species::Phosphorus => "P",
            Species::Arsenic => "As",
            Species::Antimony => "Sb",
            Species::Indium => "In",
            Species::Gallium => "Ga",
            Species::Aluminum => "Al",
        }
    }

    /// Donor or acceptor.
    pub fn kind(self) -> Kind {
        match self {
            Species::Phosphorus | Species::Arsenic | Species::Antimony => Kind::Donor,
            Species::Boron | Species::Indium | Species::Gallium | Species::Aluminum => {
                Kind::Acceptor
            }
        }
    }

    /// Whether the constants of the species have a verified source.
    pub fn is_verified(self) -> bool {
        !matches!(self, Species::Indium | Species::Gallium | Species::Aluminum)
    }
}

impl fmt::Display for Species {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A name that is not a known dopant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown species `{0}`")]
pub struct UnknownSpecies(pub String);

impl FromStr for Species {
    type Err = UnknownSpecies;

    /// Accepts the name in any case and the chemical symbol; `aluminium` too.
    fn from_str(text: &str) -> Result<Self, UnknownSpecies> {
        let lower = text.trim().to_ascii_lowercase();
        if lower == "aluminium" {
            return Ok(Species::Aluminum);
        }
        Species::ALL
            .into_iter()
            .find(|s| s.name() == lower || s.symbol().to_ascii_lowercase() == lower)
            .ok_or_else(|| UnknownSpecies(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_symbols_parse_back() {
        for species in Species::ALL {
            assert_eq!(species.name().parse(), Ok(species));
            assert_eq!(species.symbol().parse(), Ok(species));
            assert_eq!(species.name().to_uppercase().parse(), Ok(species));
        }
        assert_eq!("borom".parse::<Species>(), Err(UnknownSpecies("borom".into())));
    }
}
