//! A step of a recipe: what is done to the wafer.

use crate::course::Course;
use crate::gas::Gas;
use crate::implant::Implant;
use crate::species::Species;
use crate::thermal::Thermal;

/// Boundary condition at the surface during a predeposition.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Source {
    /// The surface concentration is held, cm-3.
    Surface(f64),
    /// The surface is held at the solid solubility of the step's temperature.
    Solubility,
    /// A gas of this concentration, cm-3, doses the surface through a transport coefficient.
    Gas(f64),
}

/// One step.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What is done.
    pub action: Action,
    /// The recipe's word for the action: an anneal may be called a drive.
    pub word: &'static str,
    /// Name in reports.
    pub name: Option<String>,
}

/// What a step does.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Diffuses a dopant in through the bare surface.
    Predep {
        /// The dopant.
        species: Species,
        /// Boundary condition at the surface.
        source: Source,
        /// Temperature and time.
        thermal: Thermal,
    },
    /// Implants ions, through an oxide if there is one.
    Implant(Implant),
    /// Puts a dose as a thin sheet at the silicon's surface.
    Sheet {
        /// The dopant.
        species: Species,
        /// Dose, cm-2.
        dose_cm2: f64,
    },
    /// Heats the wafer; a dry or wet ambient grows oxide.
    Anneal {
        /// Temperature over time.
        course: Course,
        /// The gas in the furnace.
        gas: Gas,
    },
    /// Deposits oxide.
    Deposit {
        /// Thickness, nm.
        thickness_nm: f64,
    },
    /// Removes the oxide with the dopant in it.
    Strip,
}

impl Action {
    /// Usual word for the step in recipes.
    pub fn word(&self) -> &'static str {
        match self {
            Action::Predep { .. } => "predep",
            Action::Implant(_) => "implant",
            Action::Sheet { .. } => "sheet",
            Action::Anneal { gas, .. } if gas.oxidizes() => "oxidize",
            Action::Anneal { .. } => "anneal",
            Action::Deposit { .. } => "deposit",
            Action::Strip => "strip",
        }
    }

    /// Temperature of a furnace step over time, in linear pieces; empty for any other step.
    pub fn pieces(&self) -> &[Thermal] {
        match self {
            Action::Predep { thermal, .. } => std::slice::from_ref(thermal),
            Action::Anneal { course, .. } => &course.pieces,
            _ => &[],
        }
    }

    /// Coldest and hottest temperature of a furnace step, degrees Celsius.
    pub fn range_c(&self) -> Option<(f64, f64)> {
        let ends = self.pieces().iter().map(|p| (p.from_c.min(p.to_c), p.hottest_c()));
        ends.reduce(|(low, high), (a, b)| (low.min(a), high.max(b)))
    }

    /// Hottest temperature of a furnace step, degrees Celsius.
    pub fn hottest_c(&self) -> Option<f64> {
        self.range_c().map(|(_, hottest)| hottest)
    }

    /// The gas of a furnace step.
    pub fn gas(&self) -> Gas {
        match self {
            Action::Anneal { gas, .. } => *gas,
            _ => Gas::inert(),
        }
    }

    /// Dopant that the step brings.
    pub fn brings(&self) -> Option<Species> {
        match self {
            Action::Predep { species, .. } | Action::Sheet { species, .. } => Some(*species),
            Action::Implant(implant) => Some(implant.species),
            _ => None,
        }
    }
}
