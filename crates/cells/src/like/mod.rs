//! An existing library (`like`) whose indexes, attributes, pins and functions of cells are taken over.

mod cell;
mod indexes;

use crate::terms::{Role, Thresholds};
use libchar_core::fault::Places;
use libchar_core::{Fault, Faults};
use libchar_liberty::{Group, Value};
use std::collections::BTreeMap;

/// A place in the file: line and column.
pub type Place = (usize, usize);

/// The content of the library, as far as it is used.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Like {
    /// The file.
    pub file: String,
    /// Its thresholds; `None` if no single set holds for both edges and for inputs and outputs.
    pub thresholds: Option<Thresholds>,
    /// Its supply pins, with their places in the file.
    pub supplies: Vec<((String, Role), Place)>,
    /// Its cells, in the order of the file.
    pub cells: Vec<LikeCell>,
}

/// What it specifies for a cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LikeCell {
    /// Its name.
    pub name: String,
    /// The place where it begins.
    pub place: Place,
    /// Its area.
    pub area: Option<f64>,
    /// Its footprint.
    pub footprint: Option<String>,
    /// Attributes that are copied unchanged.
    pub kept: Vec<(String, Value)>,
    /// Its pins, in the order of the file, without the supply pins.
    pub pins: Vec<LikePin>,
    /// The bit that it stores.
    pub storage: Option<Storage>,
    /// Groups that describe its behaviour and that are not compared, such as `statetable`.
    pub uncompared: Vec<String>,
    /// Transitions of its delay tables, in ns.
    pub slews_ns: Option<Vec<f64>>,
    /// Transitions of its constraints, in ns: of the related pin, of the constrained one.
    pub constraint_ns: Option<[Vec<f64>; 2]>,
    /// Transitions of its pulses, in ns.
    pub pulse_ns: Option<Vec<f64>>,
    /// Tables whose indexes differ from those above and from those of their output.
    pub others: usize,
}

impl LikeCell {
    /// The pin of this name.
    pub fn pin(&self, name: &str) -> Option<&LikePin> {
        self.pins.iter().find(|pin| pin.name == name)
    }
}

/// What it specifies for a pin.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LikePin {
    /// Its name.
    pub name: String,
    /// The place where it begins.
    pub place: Place,
    /// Whether it is an output; `None` if it is neither an output nor an input.
    pub is_output: Option<bool>,
    /// `function`, and `three_state`.
    pub functions: [Option<(String, Place)>; 2],
    /// The largest transition, in ns.
    pub max_transition_ns: Option<f64>,
    /// The largest load, in pF.
    pub max_capacitance_pf: Option<f64>,
    /// Loads of its delay tables, in pF.
    pub loads_pf: Option<Vec<f64>>,
}

/// An `ff` or a `latch`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Storage {
    /// Whether it is an `ff`.
    pub is_flop: bool,
    /// The place where it begins.
    pub place: Place,
    /// The names of the bit and its opposite.
    pub names: [String; 2],
    /// The attributes `clocked_on`, `next_state` and the like.
    pub words: BTreeMap<String, (String, Place)>,
}

/// The text and the name of the file, for faults.
pub(crate) struct Source<'a> {
    file: &'a str,
    places: Places<'a>,
    templates: BTreeMap<&'a str, &'a Group>,
    ns: f64,
    pf: f64,
    faults: Vec<Fault>,
}

impl Source<'_> {
    fn place(&self, at: usize) -> Place {
        let fault = self.places.fault(self.file, at, "");
        (fault.line, fault.column)
    }

    fn fault(&mut self, at: usize, found: impl Into<String>, expected: impl Into<String>) {
        self.faults.push(self.places.fault(self.file, at, found).expected(expected));
    }
}

/// Reads the text of a Liberty file.
///
/// # Errors
/// Text that is not valid Liberty; tables that cannot be read; invalid numbers, directions and roles of supply pins.
pub fn read(file: &str, text: &str) -> Result<Like, Faults> {
    let document = libchar_liberty::read(file, text)?;
    let library = document.library();
    let units = libchar_liberty::Units::of(library);
    let templates = library.all_groups().filter(|group| group.name.ends_with("_template"));
    let mut source = Source {
        file,
        places: Places::of(text),
        templates: templates.map(|group| (group.argument(), group)).collect(),
        ns: units.time / 1e-9,
        pf: units.load / 1e-12,
        faults: Vec::new(),
    };
    let mut like = Like {
        file: file.to_owned(),
        thresholds: thresholds(library),
        supplies: supplies(&mut source, library),
        cells: Vec::new(),
    };
    for group in library.groups("cell") {
        let cell = cell::read(&mut source, group);
        if like.cells.iter().any(|other| other.name == cell.name) {
            let found = format!("two cells are named `{}`", cell.name);
            source.fault(group.at, found, "a name of its own for each");
        }
        like.cells.push(cell);
    }
    if like.cells.is_empty() {
        source.fault(library.at, "the library has no cell", "`cell (name) { … }`");
    }
    Faults::or(like, source.faults)
}

/// Thresholds, if they are the same for both edges and the same for inputs and outputs.
fn thresholds(library: &Group) -> Option<Thresholds> {
    let both = |key: &str| {
        let [rise, fall] = ["rise", "fall"].map(|edge| library.number(&format!("{key}_{edge}")));
        let is_valid = |pct: &f64| (0.1..=99.9).contains(pct);
        rise.filter(|rise| Some(*rise) == fall).filter(is_valid).map(|pct| pct / 100.0)
    };
    let delay = both("input_threshold_pct")?;
    let derate = library.number("slew_derate_from_library").unwrap_or(1.0);
    let found = Thresholds {
        delay,
        lower: both("slew_lower_threshold_pct")?,
        upper: both("slew_upper_threshold_pct")?,
        derate,
    };
    let is_one = both("output_threshold_pct") == Some(delay);
    (is_one && found.lower < found.upper && derate > 0.0).then_some(found)
}

/// The supply pins of all cells.
fn supplies(source: &mut Source<'_>, library: &Group) -> Vec<((String, Role), Place)> {
    let mut all: Vec<((String, Role), Place)> = Vec::new();
    for pg in library.groups("cell").flat_map(|cell| cell.groups("pg_pin")) {
        let name = pg.argument();
        if all.iter().any(|((pin, _), _)| pin == name) {
            continue;
        }
        let word = pg.text("pg_type").unwrap_or_default();
        let roles = Role::WORDS.map(|(_, role)| role);
        match roles.into_iter().find(|role| role.pg_type() == word) {
            Some(role) => all.push(((name.to_owned(), role), source.place(pg.at))),
            None => {
                let at = pg.get("pg_type").map_or(pg.at, |value| value.at);
                let found = format!("the `pg_type` of `{name}` is `{word}`");
                source.fault(at, found, format!("one of: {}", roles.map(Role::pg_type).join(", ")));
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::read;

    const HEAD: &str = "library (l) {\n time_unit : \"1ps\"; capacitive_load_unit (1, ff);\n";

    #[test]
    fn units_and_the_order_of_indexes_are_the_librarys_own() {
        let tables = "lu_table_template (t) { variable_1 : total_output_net_capacitance; variable_2 : input_net_transition; }\n\
             cell (inv) { area : 2.5; pin (Y) { direction : output; timing () { cell_rise (t) { index_1 (\"1, 4\"); \
             index_2 (\"10, 50\"); values (\"1, 2\", \"3, 4\"); } } } } }";
        let like = read("old.lib", &format!("{HEAD}{tables}")).unwrap();
        let cell = &like.cells[0];
        assert_eq!((cell.name.as_str(), cell.area), ("inv", Some(2.5)));
        assert_eq!(cell.slews_ns, Some(vec![0.01, 0.05]));
        assert_eq!(cell.pin("Y").unwrap().loads_pf, Some(vec![0.001, 0.004]));
        assert_eq!(cell.pin("Y").unwrap().is_output, Some(true));
    }

    #[test]
    fn a_number_that_is_none_is_a_fault_at_its_place() {
        let faults =
            read("old.lib", &format!("{HEAD} cell (inv) {{ area : big; }} }}")).unwrap_err();
        let text = faults.to_string();
        assert!(text.starts_with("old.lib:3:22: `area` is `big`"), "{text}");
    }
}
