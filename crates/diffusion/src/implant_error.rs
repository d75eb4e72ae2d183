//! Why an implant cannot be computed.

use crate::pearson::NoPearson;
use crate::species::Species;

/// Why an implant cannot be computed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ImplantError {
    /// No table for the species.
    #[error("no range table for {species} in {target}")]
    NoTable {
        /// The species asked for.
        species: Species,
        /// The target material.
        target: &'static str,
    },
    /// The energy lies outside the rows of the table.
    #[error(
        "energy {energy_kev} keV is outside the {species} range table in {target} ({min_kev} to {max_kev} keV)"
    )]
    Energy {
        /// Energy of the dopant, keV.
        energy_kev: f64,
        /// The species asked for.
        species: Species,
        /// The target material.
        target: &'static str,
        /// Lowest energy of the table, keV.
        min_kev: f64,
        /// Highest energy of the table, keV.
        max_kev: f64,
    },
    /// The moments fit no Pearson distribution.
    #[error(transparent)]
    Shape(#[from] NoPearson),
}
