//! A process recipe: the wafer, the models and the steps.

use std::collections::BTreeMap;

use crate::course::Course;
use crate::gas::Gas;
use crate::implant::Implant;
use crate::model::Model;
use crate::oxidation::Orientation;
use crate::solver::Tolerance;
use crate::species::{Kind, Species};

/// A recipe, ready to run.
#[derive(Clone, Debug, PartialEq)]
pub struct Recipe {
    /// Name in reports.
    pub name: String,
    /// The wafer before the first step.
    pub substrate: Substrate,
    /// Models and parameter sets.
    pub model: Model,
    /// Mesh; what is `None` is chosen from the steps.
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

/// Mesh wishes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Grid {
    /// Depth of the domain, um. When given, a profile that reaches it is a fault; else the domain grows.
    pub depth_um: Option<f64>,
    /// Number of silicon nodes.
    pub nodes: Option<usize>,
    /// First interval, nm.
    pub surface_nm: Option<f64>,
    /// Equal intervals instead of intervals that grow with depth.
    pub uniform: bool,
}

/// A profile in the wafer before the first step.
#[derive(Clone, Debug, PartialEq)]
pub struct InitialProfile {
    /// The dopant.
    pub species: Species,
    /// Depths, um, rising from 0 or more.
    pub depth_um: Vec<f64>,
    /// Concentrations, cm-3, not negative; joined logarithmically, constant outside.
    pub conc_cm3: Vec<f64>,
    /// Noise floor of the measurement that was cut off, cm-3.
    pub floor_cm3: Option<f64>,
    /// What the reader of its file found out or left out.
    pub notes: Vec<String>,
}

/// Free point defects above equilibrium.
#[derive(Clone, Debug, PartialEq)]
pub struct InitialDefects {
    /// Vacancies, else interstitials.
    pub vacancies: bool,
    /// Depths, um, rising from 0 or more.
    pub depth_um: Vec<f64>,
    /// Concentrations, cm-3, not negative; joined logarithmically, none outside.
    pub conc_cm3: Vec<f64>,
}

/// A temperature over time: constant, or a linear ramp.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thermal {
    /// Temperature at the start, degrees Celsius.
    pub from_c: f64,
    /// Temperature at the end, degrees Celsius.
    pub to_c: f64,
    /// Duration, s.
    pub time_s: f64,
}

impl Thermal {
    /// A constant temperature.
    pub fn hold(temp_c: f64, time_s: f64) -> Self {
        Thermal { from_c: temp_c, to_c: temp_c, time_s }
    }

    /// Temperature at a time, degrees Celsius.
    pub fn at(&self, time_s: f64) -> f64 {
        if self.is_constant() {
            return self.from_c;
        }
        self.from_c + (self.to_c - self.from_c) * (time_s / self.time_s).clamp(0.0, 1.0)
    }

    /// The part of it that is hotter than `temp_c`; none where it never is.
    pub fn above(&self, temp_c: f64) -> Option<Thermal> {
        if self.hottest_c() <= temp_c {
            return None;
        }
        let span = (self.to_c - self.from_c).abs();
        let below = (temp_c - self.from_c.min(self.to_c)).max(0.0);
        let share = if span > 0.0 { 1.0 - below / span } else { 1.0 };
        Some(Thermal {
            from_c: self.from_c.max(temp_c),
            to_c: self.to_c.max(temp_c),
            time_s: self.time_s * share,
        })
    }

    /// Its hotter end, degrees Celsius.
    pub fn hottest_c(&self) -> f64 {
        self.from_c.max(self.to_c)
    }

    /// Whether the temperature stays the same.
    pub fn is_constant(&self) -> bool {
        self.from_c == self.to_c
    }
}

/// What a predeposition offers at the surface.
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
        /// What the surface is offered.
        source: Source,
        /// Temperature and time.
        thermal: Thermal,
    },
    /// Implants ions, through an oxide if there is one.
    Implant(Implant),
    /// Lays a dose down as a sheet at the silicon's surface.
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
        /// What flows.
        gas: Gas,
    },
    /// Deposits oxide, nm.
    Deposit {
        /// Thickness, nm.
        thickness_nm: f64,
    },
    /// Removes the oxide with what is in it.
    Strip,
}

impl Action {
    /// Word for the step in recipes.
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

    /// Temperature of a furnace step over its time, in straight pieces; none for any other step.
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

    /// What flows in a furnace step.
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

/// A tolerance band; an open side is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Limits {
    /// Smallest good value.
    pub min: Option<f64>,
    /// Largest good value.
    pub max: Option<f64>,
}

impl Limits {
    /// Whether a value meets the band; a figure that could not be computed does not.
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

    /// Whether a step or a profile brings a dopant, besides the background.
    pub fn brings(&self, species: Species) -> bool {
        self.initial.iter().any(|profile| profile.species == species)
            || self.steps.iter().any(|step| step.action.brings() == Some(species))
    }

    /// Deepest domain, um.
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

    /// Type of the undisturbed wafer.
    pub fn background_kind(&self) -> Option<Kind> {
        self.substrate.background.map(|(species, _)| species.kind())
    }
}
