//! The file `cells.toml`: everything that a library needs and that its netlists do not contain.

pub mod lvf;
mod read;

pub use read::{like_of, parse, parse_like};

use crate::like::Like;
use crate::netlist::Devices;
pub use crate::terms::{Role, Thresholds};

/// The name of the file in a domain.
pub const FILE: &str = "cells.toml";

/// One condition. A Liberty file is written for each.
#[derive(Debug, Clone, PartialEq)]
pub struct Pvt {
    /// Its name, which is also that of the operating conditions.
    pub name: String,
    /// The model file.
    pub models: String,
    /// The section of the model file; if there is none, the whole file is included.
    pub section: Option<String>,
    /// Temperature in Celsius.
    pub temp_c: f64,
    /// Supply voltage in volts.
    pub vdd_v: f64,
    /// Liberty's process factor of the condition.
    pub process: f64,
    /// Its line and column in `cells.toml`.
    pub place: (usize, usize),
}

/// Loads of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Loads {
    /// These loads, in pF.
    Given(Vec<f64>),
    /// A number of loads from this one, in pF, to the largest of the cell, each larger than the one before by the same
    /// factor.
    ToMaximum(f64, usize),
}

/// The definition of energy in a table of internal power.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Power {
    /// Energy from the supply minus half of C V² on both edges, as with `switching_power_split_model`.
    Split,
    /// Energy that is turned to heat in the cell: C V² is subtracted when the output rises, nothing when it falls.
    Total,
}

/// What is measured, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// Internal power; `None` if it is not measured.
    pub power: Option<Power>,
    /// Whether leakage is measured.
    pub leakage: bool,
    /// Whether constraints of sequential cells are measured.
    pub constraints: bool,
    /// Whether the tables of each state are written besides those of the worst.
    pub when: bool,
    /// How much longer a delay may be in a constraint than with ample time, as a fraction.
    pub degradation: f64,
    /// The resolution to which a constraint is searched, in seconds.
    pub resolution_s: f64,
}

/// Settings for cells whose names match a pattern.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Said {
    /// The pattern, with `*`.
    pub pattern: String,
    /// The place of the pattern in the file.
    pub place: (usize, usize),
    /// Whether such cells are skipped.
    pub skip: Option<bool>,
    /// The largest load, in pF.
    pub max_load_pf: Option<f64>,
    /// The place of the largest load in the file.
    pub max_load_place: Option<(usize, usize)>,
    /// Area.
    pub area: Option<f64>,
    /// Footprint.
    pub footprint: Option<String>,
    /// Inputs, if they cannot be derived from the transistors.
    pub inputs: Option<Vec<(String, (usize, usize))>>,
    /// Outputs, if they cannot be derived from the transistors.
    pub outputs: Option<Vec<(String, (usize, usize))>>,
    /// Functions that the cell must have: pin or a key such as `next_state`, text, place.
    pub functions: Vec<(String, String, (usize, usize))>,
}

/// The content of `cells.toml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// The file's name.
    pub file: String,
    /// The library's name.
    pub library: String,
    /// The simulator.
    pub simulator: String,
    /// Patterns of netlist files.
    pub netlists: Vec<(String, (usize, usize))>,
    /// Supply pins and their roles.
    pub supplies: Vec<(String, Role)>,
    /// The file that specifies the supply pins.
    pub supply_file: String,
    /// The line and column of each of them in that file.
    pub supply_places: Vec<(usize, usize)>,
    /// Conditions.
    pub pvt: Vec<Pvt>,
    /// Thresholds.
    pub thresholds: Thresholds,
    /// Transitions of delay tables, in ns.
    pub slews_ns: Vec<f64>,
    /// Loads of delay tables.
    pub loads: Loads,
    /// The place where loads or their number are specified.
    pub loads_place: (usize, usize),
    /// Transitions of constraints, in ns.
    pub constraint_slews_ns: Vec<f64>,
    /// What is measured.
    pub measure: Measure,
    /// The settings of the spread by mismatch; `None` if it is not computed.
    pub lvf: Option<lvf::Lvf>,
    /// The driver cell, whose output is the waveform of inputs, and its place in the file; without one, inputs are ramps.
    pub driver: Option<(String, (usize, usize))>,
    /// Which models are those of transistors.
    pub devices: Devices,
    /// Settings of cells, in the order of the file.
    pub cells: Vec<Said>,
    /// Whether the file has `[templates]`, which apply to all cells that `like` lacks.
    pub has_templates: bool,
    /// The library whose axes, pins and attributes are taken over.
    pub like: Option<Like>,
}

/// The first, middle and last value.
pub fn ends_and_middle(values: &[f64]) -> Vec<f64> {
    let places = [0, values.len() / 2, values.len().wrapping_sub(1)];
    let mut three: Vec<f64> = places.iter().filter_map(|i| values.get(*i)).copied().collect();
    three.dedup();
    three
}

impl Config {
    /// The settings of one cell: later patterns have priority over earlier ones.
    pub fn said(&self, cell: &str) -> Said {
        let mut all = Said::default();
        for said in self.cells.iter().filter(|s| libchar_core::glob::matches(&s.pattern, cell)) {
            all.place = said.place;
            all.skip = said.skip.or(all.skip);
            all.max_load_pf = said.max_load_pf.or(all.max_load_pf);
            all.max_load_place = said.max_load_place.or(all.max_load_place);
            all.area = said.area.or(all.area);
            all.footprint = said.footprint.clone().or(all.footprint);
            all.inputs = said.inputs.clone().or(all.inputs);
            all.outputs = said.outputs.clone().or(all.outputs);
            all.functions.extend(said.functions.iter().cloned());
        }
        all
    }

    /// The loads of a cell's delay tables, in pF; `None` if its largest load is not specified.
    pub fn loads_pf(&self, max_load_pf: Option<f64>) -> Option<Vec<f64>> {
        match &self.loads {
            Loads::Given(loads) => Some(loads.clone()),
            Loads::ToMaximum(least, points) => {
                Some(crate::axes::geometric(*least, max_load_pf?, *points))
            }
        }
    }

    /// Supply pins with their levels.
    pub fn fixed(&self) -> Vec<(String, bool)> {
        self.supplies.iter().map(|(pin, role)| (pin.clone(), role.is_high())).collect()
    }
}
