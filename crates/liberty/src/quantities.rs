//! A library as a list of quantities, in the units that engineers use: ps, fF, pJ, nW.

use crate::group::{Complex, Group};
use crate::table::Table;
use std::collections::BTreeMap;

/// One value of a library.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// The object that has the value: the library's attribute, the cell, the pin or the arc, such as
    /// `inv_1/Y from A negative_unate`.
    pub place: String,
    /// The attribute or table.
    pub measure: String,
    /// The position in its table, given by the indexes as written; empty for a single value.
    pub at: String,
    /// The value.
    pub value: QuantityValue,
    /// The unit of the value; empty if it has none.
    pub unit: &'static str,
    /// This unit in SI.
    pub scale: f64,
}

/// A number, or a text such as a function.
#[derive(Debug, Clone, PartialEq)]
pub enum QuantityValue {
    /// A number, in the quantity's unit.
    Number(f64),
    /// A text, as written.
    Text(String),
}

/// The units of a library in SI; for a unit that the library does not specify, nanosecond, volt, picofarad or nanowatt is
/// used.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Units {
    /// Of times, in seconds.
    pub time: f64,
    /// Of voltages, in volts.
    pub voltage: f64,
    /// Of loads, in farads.
    pub load: f64,
    /// Of leakage power, in watts.
    pub leakage: f64,
}

/// All values of a library, in the order of the file.
///
/// # Errors
/// Byte offset and text of the first table that cannot be read.
pub fn quantities(library: &Group) -> Result<Vec<Quantity>, (usize, String)> {
    let units = Units::of(library);
    let templates: BTreeMap<&str, &Group> = library
        .all_groups()
        .filter(|group| group.name.ends_with("_template"))
        .map(|group| (group.argument(), group))
        .collect();
    let mut all = Vec::new();
    let mut reader = Reader { units, templates, all: &mut all };
    reader.attributes("library", library);
    for group in library.all_groups().filter(|group| group.name != "cell") {
        reader.below(&format!("library {}", title(group)), group)?;
    }
    for cell in library.groups("cell") {
        reader.below(cell.argument(), cell)?;
    }
    Ok(all)
}

impl Units {
    /// Reads the units of a library.
    pub fn of(library: &Group) -> Units {
        let of = |name: &str, base: &str, fallback: f64| {
            library.text(name).and_then(|text| unit(text, base)).unwrap_or(fallback)
        };
        let load = library.list("capacitive_load_unit").and_then(|complex: &Complex| {
            let [number, unit] = complex.values.as_slice() else { return None };
            let scale = if unit.text.eq_ignore_ascii_case("ff") { 1e-15 } else { 1e-12 };
            number.as_number().map(|number| number * scale)
        });
        Units {
            time: of("time_unit", "s", 1e-9),
            voltage: of("voltage_unit", "v", 1.0),
            load: load.unwrap_or(1e-12),
            leakage: of("leakage_power_unit", "w", 1e-9),
        }
    }

    /// The unit of internal power, which is an energy, in joules.
    pub fn energy(&self) -> f64 {
        self.load * self.voltage * self.voltage
    }

    /// How a number with this name is shown: the unit, this unit in SI, and the library's unit in SI.
    fn of_measure(&self, group: &str, name: &str) -> (&'static str, f64, f64) {
        match name {
            "values" => match group {
                "rise_power" | "fall_power" | "power" => ("pJ", 1e-12, self.energy()),
                _ if is_time(group) => ("ps", 1e-12, self.time),
                _ => ("", 1.0, 1.0),
            },
            "cell_leakage_power" => ("nW", 1e-9, self.leakage),
            "value" if group == "leakage_power" => ("nW", 1e-9, self.leakage),
            _ if name.ends_with("capacitance") => ("fF", 1e-15, self.load),
            "max_transition" | "min_pulse_width_high" | "min_pulse_width_low" | "min_period" => {
                ("ps", 1e-12, self.time)
            }
            _ => ("", 1.0, 1.0),
        }
    }
}

fn is_time(table: &str) -> bool {
    let base = table
        .strip_prefix("ocv_sigma_")
        .or_else(|| table.strip_prefix("ocv_std_dev_"))
        .or_else(|| table.strip_prefix("ocv_mean_shift_"));
    let base = base.unwrap_or(table);
    matches!(base, "cell_rise" | "cell_fall")
        || base.ends_with("_transition")
        || base.ends_with("_constraint")
}

/// The value in SI of a unit such as `10ps`: 1e-11 for the base `s`.
fn unit(text: &str, base: &str) -> Option<f64> {
    let text = text.trim().to_ascii_lowercase();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let number: f64 = text[..end].parse().ok()?;
    let prefix = match text[end..].trim().strip_suffix(base)? {
        "" => 1.0,
        "m" => 1e-3,
        "u" => 1e-6,
        "n" => 1e-9,
        "p" => 1e-12,
        "f" => 1e-15,
        _ => return None,
    };
    Some(number * prefix)
}

/// The kind of a group, and its name if it has one.
fn title(group: &Group) -> String {
    match group.argument() {
        "" => group.name.clone(),
        name => format!("{} {name}", group.name),
    }
}

/// The attributes that distinguish an arc, a state or a power group from others of the same kind.
fn arc(group: &Group) -> String {
    let mut words = Vec::new();
    let mut add = |lead: &str, name: &str| {
        if let Some(text) = group.text(name) {
            words.push(format!("{lead}{text}"));
        }
    };
    add("from ", "related_pin");
    add("", "timing_type");
    add("", "timing_sense");
    add("when ", "when");
    add("of ", "related_pg_pin");
    words.join(" ")
}

/// Attributes that identify an arc, and are therefore not listed as its values.
const ARC_NAMES: [&str; 5] =
    ["related_pin", "timing_type", "timing_sense", "when", "related_pg_pin"];

struct Reader<'g, 'a> {
    units: Units,
    templates: BTreeMap<&'g str, &'g Group>,
    all: &'a mut Vec<Quantity>,
}

impl<'g> Reader<'g, '_> {
    /// A group with its inner groups; the file's reader does not let groups nest deeper than 64 levels.
    fn below(&mut self, place: &str, group: &'g Group) -> Result<(), (usize, String)> {
        self.attributes(place, group);
        for inner in group.all_groups() {
            if inner.list("values").is_some() && inner.name != "normalized_driver_waveform" {
                self.table(place, inner)?;
                continue;
            }
            let name = match inner.name.as_str() {
                "timing" => arc(inner),
                "leakage_power" | "internal_power" => format!("{} {}", inner.name, arc(inner)),
                "pin" => inner.argument().to_owned(),
                _ => title(inner),
            };
            let separator = if inner.name == "timing" { " " } else { "/" };
            self.below(&format!("{place}{separator}{}", name.trim_end()), inner)?;
        }
        Ok(())
    }

    fn attributes(&mut self, place: &str, group: &Group) {
        for simple in group.simples() {
            let is_name =
                matches!(group.name.as_str(), "timing" | "leakage_power" | "internal_power")
                    && ARC_NAMES.contains(&simple.name.as_str());
            if is_name {
                continue;
            }
            let (unit, scale, own) = self.units.of_measure(&group.name, &simple.name);
            let value = match simple.value.as_number() {
                Some(number) => QuantityValue::Number(in_unit(number, own, scale)),
                None => QuantityValue::Text(simple.value.text.clone()),
            };
            self.push(place, &simple.name, String::new(), value, unit, scale);
        }
        for complex in group
            .complexes()
            .filter(|complex| !matches!(complex.name.as_str(), "define" | "values"))
        {
            let values: Vec<&str> =
                complex.values.iter().map(|value| value.text.as_str()).collect();
            // `voltage_map (VPWR, 1.8)` is the voltage of VPWR.
            let (at, values) = match values.split_first() {
                Some((first, rest)) if !rest.is_empty() => (*first, rest.join(", ")),
                _ => ("", values.join(", ")),
            };
            self.push(place, &complex.name, at.to_owned(), QuantityValue::Text(values), "", 1.0);
        }
    }

    fn table(&mut self, place: &str, group: &Group) -> Result<(), (usize, String)> {
        let template = self.templates.get(group.argument()).copied();
        let table = Table::of(group, template).map_err(|fault| (fault.at, fault.found))?;
        let (unit, scale, own) = self.units.of_measure(&group.name, "values");
        let sigma = group.text("sigma_type").map_or(String::new(), |sigma| format!(" {sigma}"));
        let measure = format!("{}{sigma}", group.name);
        for (entry, value) in table.values.iter().enumerate() {
            let position = table.position(entry);
            let at = table
                .indexes
                .iter()
                .zip(position)
                .map(|(index, at)| libchar_core::number::shortest(index[at]));
            let at = at.collect::<Vec<_>>().join(" x ");
            self.push(
                place,
                &measure,
                at,
                QuantityValue::Number(in_unit(*value, own, scale)),
                unit,
                scale,
            );
        }
        Ok(())
    }

    fn push(
        &mut self,
        place: &str,
        measure: &str,
        at: String,
        value: QuantityValue,
        unit: &'static str,
        scale: f64,
    ) {
        self.all.push(Quantity {
            place: place.to_owned(),
            measure: measure.to_owned(),
            at,
            value,
            unit,
            scale,
        });
    }
}

/// Converts a number from the library's unit to the unit that is shown. Both units are decimal, so the result is the
/// double nearest to the decimal product.
fn in_unit(value: f64, own: f64, shown: f64) -> f64 {
    let factor = own / shown;
    // 1e-9 / 1e-12 is not 1000 exactly.
    let factor =
        if (factor.round() / factor - 1.0).abs() < 1e-12 { factor.round() } else { factor };
    value * factor
}

#[cfg(test)]
mod tests {
    use super::{QuantityValue, quantities, unit};
    use crate::read;

    #[test]
    fn values_are_in_the_units_of_people() {
        assert_eq!(unit("10ps", "s"), Some(1e-11));
        assert_eq!(unit("1V", "v"), Some(1.0));
        assert_eq!(unit("ps", "s"), None);
        let text = "library (x) { time_unit : \"1ns\"; capacitive_load_unit (1, pf); leakage_power_unit : \"1nW\"; \
            lu_table_template (t) { index_1 (\"1, 2\"); } \
            cell (inv) { cell_leakage_power : 0.5; pin (A) { capacitance : 0.002; } pin (Y) { function : \"!A\"; \
            timing () { related_pin : A; when : B; cell_rise (t) { values (\"0.1, 0.25\"); } } \
            internal_power () { related_pin : A; rise_power (t) { values (\"1, 2\"); } } } } }";
        let document = read("x.lib", text).unwrap();
        let all = quantities(document.library()).unwrap();
        let find = |place: &str, measure: &str, at: &str| {
            let found = all.iter().find(|q| {
                (q.place.as_str(), q.measure.as_str(), q.at.as_str()) == (place, measure, at)
            });
            let found = found.unwrap_or_else(|| panic!("{place} {measure} {at}: {all:#?}"));
            (found.value.clone(), found.unit)
        };
        let number = QuantityValue::Number;
        assert_eq!(find("inv/A", "capacitance", ""), (number(2.0), "fF"));
        assert_eq!(find("inv", "cell_leakage_power", ""), (number(0.5), "nW"));
        assert_eq!(find("inv/Y from A when B", "cell_rise", "2"), (number(250.0), "ps"));
        assert_eq!(find("inv/Y/internal_power from A", "rise_power", "1"), (number(1.0), "pJ"));
        assert_eq!(find("inv/Y", "function", "").0, QuantityValue::Text("!A".to_owned()));
    }
}
