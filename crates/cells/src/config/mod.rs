//! `cells.toml`: all that a library needs and that its netlists do not tell.

pub mod lvf;
mod read;

pub use read::{like_of, parse, parse_like};

use crate::like::Like;
use crate::netlist::Devices;
pub use crate::terms::{Role, Thresholds};

/// The file's name in a domain.
pub const FILE: &str = "cells.toml";

/// One condition for which a Liberty file is written.
#[derive(Debug, Clone, PartialEq)]
pub struct Pvt {
    /// Its name, that of the operating conditions.
    pub name: String,
    /// The file of models.
    pub models: String,
    /// The section of that file; the file as a whole without one.
    pub section: Option<String>,
    /// Temperature in Celsius.
    pub temp_c: f64,
    /// Supply in volts.
    pub vdd_v: f64,
    /// Liberty's process factor.
    pub process: f64,
    /// Line and column in the file.
    pub place: (usize, usize),
}

/// Loads of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Loads {
    /// These, in pF.
    Given(Vec<f64>),
    /// So many from this one, in pF, to the largest of the cell, each by the same factor larger.
    ToMaximum(f64, usize),
}

/// Which energy a table of internal power holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Power {
    /// Energy from the supply less half of C V² on both edges, as with `switching_power_split_model`.
    Split,
    /// Energy that is turned to heat in the cell: less C V² when the output rises, all when it falls.
    Total,
}

/// What is measured, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// Internal power; `None` leaves it out.
    pub power: Option<Power>,
    /// Leakage.
    pub leakage: bool,
    /// Constraints of sequential cells.
    pub constraints: bool,
    /// Tables of each state besides those of the worst.
    pub when: bool,
    /// How much later the output may come in a constraint than without one, as a fraction.
    pub degradation: f64,
    /// How exactly a constraint is searched, in seconds.
    pub resolution_s: f64,
}

/// What is said of cells whose names fit a pattern.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Said {
    /// The pattern, with `*`.
    pub pattern: String,
    /// Where it stands.
    pub place: (usize, usize),
    /// Whether such cells are left out.
    pub skip: Option<bool>,
    /// The largest load, in pF.
    pub max_load_pf: Option<f64>,
    /// Where that stands.
    pub max_load_place: Option<(usize, usize)>,
    /// Area.
    pub area: Option<f64>,
    /// Footprint.
    pub footprint: Option<String>,
    /// Inputs, where the transistors do not tell them.
    pub inputs: Option<Vec<(String, (usize, usize))>>,
    /// Outputs, where the transistors do not tell them.
    pub outputs: Option<Vec<(String, (usize, usize))>>,
    /// Functions that the cell must have: pin or `next_state` and the like, text, place.
    pub functions: Vec<(String, String, (usize, usize))>,
}

/// The file.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// The file's name.
    pub file: String,
    /// The library's name.
    pub library: String,
    /// The simulator.
    pub simulator: String,
    /// Patterns of netlists.
    pub netlists: Vec<(String, (usize, usize))>,
    /// Supply pins and what they are for.
    pub supplies: Vec<(String, Role)>,
    /// The file that says them.
    pub supply_file: String,
    /// Where each of them stands there: line and column.
    pub supply_places: Vec<(usize, usize)>,
    /// Conditions.
    pub pvt: Vec<Pvt>,
    /// Thresholds.
    pub thresholds: Thresholds,
    /// Transitions of delay tables, in ns.
    pub slews_ns: Vec<f64>,
    /// Loads of delay tables.
    pub loads: Loads,
    /// Where loads or their number stand.
    pub loads_place: (usize, usize),
    /// Transitions of constraints, in ns.
    pub constraint_slews_ns: Vec<f64>,
    /// What is measured.
    pub measure: Measure,
    /// The spread by mismatch; `None` leaves it out.
    pub lvf: Option<lvf::Lvf>,
    /// The cell whose output is the waveform of inputs, and where that stands; without one they are ramps.
    pub driver: Option<(String, (usize, usize))>,
    /// Which models are transistors.
    pub devices: Devices,
    /// What is said of cells, in order.
    pub cells: Vec<Said>,
    /// Whether it has `[templates]`, for all cells that `like` lacks.
    pub has_templates: bool,
    /// The library that this one shall be like.
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
    /// What is said of a cell: later patterns over earlier ones.
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

    /// The loads of a cell's delay tables, in pF; `None` if its largest load is not said.
    pub fn loads_pf(&self, max_load_pf: Option<f64>) -> Option<Vec<f64>> {
        match &self.loads {
            Loads::Given(loads) => Some(loads.clone()),
            Loads::ToMaximum(least, points) => {
                Some(crate::axes::geometric(*least, max_load_pf?, *points))
            }
        }
    }

    /// Supply pins with what they are.
    pub fn fixed(&self) -> Vec<(String, bool)> {
        self.supplies.iter().map(|(pin, role)| (pin.clone(), role.is_high())).collect()
    }
}
