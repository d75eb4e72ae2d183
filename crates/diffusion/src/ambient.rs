//! What flows over the wafer in a furnace.

/// What flows over the wafer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ambient {
    /// Nitrogen or argon: nothing grows.
    Inert,
    /// Oxygen.
    Dry,
    /// Steam.
    Wet,
}

impl Ambient {
    /// Every ambient, in the order of listings.
    pub const ALL: [Ambient; 3] = [Ambient::Inert, Ambient::Dry, Ambient::Wet];

    /// `inert`, `dry` or `wet`.
    pub fn name(self) -> &'static str {
        match self {
            Ambient::Inert => "inert",
            Ambient::Dry => "dry",
            Ambient::Wet => "wet",
        }
    }
}
