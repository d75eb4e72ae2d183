//! A process recipe: the wafer, the models and the steps.

use std::collections::BTreeMap;

use crate::model::Model;
use crate::oxidation::Orientation;
use crate::solver::Tolerance;
use crate::species::{Kind, Species};
pub use crate::step::{Action, Source, Step};
pub use crate::thermal::Thermal;

/// A recipe, ready to run.
#[derive(Clone, Debug, PartialEq)]
pub struct Recipe {
    /// Name in reports.
    pub name: String,
    /// The wafer before the first step.
    pub substrate: Substrate,
    /// Models and parameter sets.
    pub model: Model,
    /// Mesh settings; those that are `None` are chosen from the steps.
    pub grid: Grid,
    /// Profiles in the wafer before the first step, as measured (SIMS).
    pub initial: Vec<InitialProfile>,
    /// Point defects above equilibrium before the first furnace step.
    pub initial_defects: Vec<InitialDefects>,
    /// What is done to the wafer.
    pub steps: Vec<Step>,
    /// What to report besides the standard key figures.
    pub report: Report,
    /// Accuracy of the time steps.
    pub tolerance: Tolerance,
}

/// The wafer before the first step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Substrate {
    /// Surface orientation.
    pub orientation: Orientation,
    /// Background dopant and its concentration, cm-3; `None` is undoped silicon.
    pub background: Option<(Species, f64)>,
    /// Oxide on the wafer, nm.
    pub oxide_nm: f64,
    /// Thickness of the wafer, um: its back is a surface that nothing passes.
    pub thickness_um: f64,
}

/// Mesh settings.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Grid {
    /// Depth of the domain, um. If it is given, a profile that reaches it is a fault; else the
    /// domain grows.
    pub depth_um: Option<f64>,
    /// Number of silicon nodes.
    pub nodes: Option<usize>,
    /// First interval, nm.
    pub surface_nm: Option<f64>,
    /// Whether all intervals are equal; else they grow with depth.
    pub uniform: bool,
}

/// A profile in the wafer before the first step.
#[derive(Clone, Debug, PartialEq)]
pub struct InitialProfile {
    /// The dopant.
    pub species: Species,
    /// Depths, um, rising from 0 or more.
    pub depth_um: Vec<f64>,
    /// Concentrations, cm-3, not negative; interpolated logarithmically, constant outside.
    pub conc_cm3: Vec<f64>,
    /// Noise floor of the measurement, cm-3; the profile below it was cut off.
    pub floor_cm3: Option<f64>,
    /// What the reader of its file detected or left out.
    pub notes: Vec<String>,
}

/// Free point defects above equilibrium.
#[derive(Clone, Debug, PartialEq)]
pub struct InitialDefects {
    /// Whether they are vacancies; else they are interstitials.
    pub vacancies: bool,
    /// Depths, um, rising from 0 or more.
    pub depth_um: Vec<f64>,
    /// Concentrations, cm-3, not negative; interpolated logarithmically, zero outside.
    pub conc_cm3: Vec<f64>,
}

/// What to report besides the standard key figures, and the limits that the figures must meet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Concentrations whose deepest depth is reported for every dopant, cm-3.
    pub levels_cm3: Vec<f64>,
    /// Depths at which every dopant's concentration is reported, um.
    pub depths_um: Vec<f64>,
    /// Limits by key figure.
    pub limits: BTreeMap<String, Limits>,
}

/// A tolerance band; `None` means no limit on that side.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Limits {
    /// Smallest allowed value.
    pub min: Option<f64>,
    /// Largest allowed value.
    pub max: Option<f64>,
}

impl Limits {
    /// Whether a value is within the band; a figure that could not be computed is not.
    pub fn admit(&self, value: Option<f64>) -> bool {
        value.is_some_and(|v| {
            self.min.is_none_or(|min| v >= min) && self.max.is_none_or(|max| v <= max)
        })
    }
}

impl Recipe {
    /// Dopants of the wafer in the order of [`Species::ALL`].
    pub fn species(&self) -> Vec<Species> {
        let here = |species: &Species| {
            self.substrate.background.is_some_and(|(s, _)| s == *species)
                || self.initial.iter().any(|profile| profile.species == *species)
                || self.steps.iter().any(|step| step.action.brings() == Some(*species))
        };
        Species::ALL.into_iter().filter(here).collect()
    }

    /// Concentration of a dopant far below the surface, cm-3.
    pub fn deep_conc_cm3(&self, species: Species) -> f64 {
        let background = self.substrate.background.filter(|(s, _)| *s == species);
        let profiles = self.initial.iter().filter(|profile| profile.species == species);
        background.map_or(0.0, |(_, conc)| conc)
            + profiles.filter_map(|profile| profile.conc_cm3.last()).sum::<f64>()
    }

    /// Whether a step or an initial profile brings the dopant into the wafer; the background does
    /// not count.
    pub fn brings(&self, species: Species) -> bool {
        self.initial.iter().any(|profile| profile.species == species)
            || self.steps.iter().any(|step| step.action.brings() == Some(species))
    }

    /// Depth beyond which the domain may not grow, um.
    pub fn deepest_um(&self) -> f64 {
        let thickness = self.substrate.thickness_um;
        if self.model.defects.is_some() {
            return thickness;
        }
        self.grid.depth_um.map_or(thickness, |depth| depth.min(thickness))
    }

    /// Whether the deepest domain ends at the wafer's back.
    pub fn ends_at_back(&self) -> bool {
        self.model.defects.is_some()
            || self.grid.depth_um.is_none_or(|depth| depth >= self.substrate.thickness_um)
    }

    /// Type of the wafer's background doping.
    pub fn background_kind(&self) -> Option<Kind> {
        self.substrate.background.map(|(species, _)| species.kind())
    }
}
