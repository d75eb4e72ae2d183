//! Reads the limits of measures, `[specs.MEASURE]` of the configuration.

use crate::{Spec, Specs, unit};
use libchar_core::number::{parse_decimal, parse_spice, shortest};
use libchar_core::{Fault, Faults};

/// The limits in the tables of the configuration, by measure. `fault` makes a fault of a text, at the place of a measure's
/// table.
///
/// # Errors
/// Every limit that contradicts another, and every unit that cannot be read, with its place.
pub fn read(tables: &toml::Table, fault: impl Fn(&str, String) -> Fault) -> Result<Specs, Faults> {
    let fault = |measure: &str, key: &str, what: String| {
        let key = if key.is_empty() { String::new() } else { format!(".{key}") };
        fault(measure, format!("specs.{measure}{key}: {what}"))
    };
    let mut specs = Specs::default();
    let mut faults = Vec::new();
    for (measure, table) in tables {
        let Some(table) = table.as_table() else { continue };
        let written = table.get("unit").and_then(toml::Value::as_str).unwrap_or_default();
        let (unit, power) = unit::split(written).unwrap_or_else(|what| {
            faults.push(fault(measure, "unit", what));
            (written.to_owned(), 0)
        });
        let mut limits = |key: &str, table: &toml::Table| {
            limits(table, written, power).unwrap_or_else(|what| {
                faults.push(fault(measure, key, what));
                (None, None)
            })
        };
        let mut spec = Spec { unit, everywhere: limits("", table), ..Spec::default() };
        for (set, table) in
            table.get("corners").and_then(toml::Value::as_table).into_iter().flatten()
        {
            if let Some(table) = table.as_table() {
                spec.corners.insert(set.clone(), limits(&format!("corners.{set:?}"), table));
            }
        }
        for (key, what) in spec.faults() {
            faults.push(fault(measure, &key, what));
        }
        if specs.0.insert(measure.to_ascii_lowercase(), spec).is_some() {
            let what =
                "a second table for the measure: upper and lower case are the same".to_owned();
            faults.push(fault(measure, "", what));
        }
    }
    Faults::or(specs, faults)
}

/// Lower and upper limit. The unit's prefix, as a power of 10, applies to numbers without a unit.
fn limits(
    table: &toml::Table,
    unit: &str,
    power: i32,
) -> Result<(Option<f64>, Option<f64>), String> {
    let limit = |name: &str| {
        let plain = match table.get(name) {
            Some(toml::Value::Float(value)) => shortest(*value),
            Some(toml::Value::Integer(value)) => value.to_string(),
            Some(toml::Value::String(text)) if parse_decimal(text).is_some() => {
                text.trim().to_owned()
            }
            Some(toml::Value::String(text)) if power == 0 => return Ok(parse_spice(text)),
            Some(toml::Value::String(text)) => {
                return Err(format!(
                    "{name} is `{text}` and the unit is {unit:?}: one of them may have a prefix, not both"
                ));
            }
            _ => return Ok(None),
        };
        // Parse the decimal text with the power of ten to get the nearest double: 0.1 ns is 1e-10
        // s.
        let (mantissa, exponent) = plain.split_once(['e', 'E']).unwrap_or((&plain, "0"));
        let exponent = exponent.parse::<i32>().unwrap_or(0).saturating_add(power);
        Ok(parse_decimal(&format!("{mantissa}e{exponent}")))
    };
    Ok((limit("min")?, limit("max")?))
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::Specs;
    use libchar_core::Fault;

    fn specs(text: &str) -> Result<Specs, String> {
        let table: toml::Table = text.parse().unwrap();
        let fault = |measure: &str, what| Fault::at(format!("{measure}.toml"), 3, 0, what);
        read(&table, fault).map_err(|faults| faults.to_string())
    }

    #[test]
    fn a_prefix_of_the_unit_or_of_the_number_gives_the_nearest_double() {
        let of = |text: &str| specs(text).unwrap().0["t"].everywhere;
        assert_eq!(of("t = { max = 0.1, unit = 'ns' }"), (None, Some(1e-10)));
        assert_eq!(of("t = { max = '30p', unit = 's' }"), (None, Some(30e-12)));
        assert_eq!(of("t = { min = -2, max = '3', unit = 'mV' }"), (Some(-2e-3), Some(3e-3)));
        assert_eq!(of("T = { min = 1 }"), (Some(1.0), None), "names are in lower case");
    }

    #[test]
    fn limits_of_corners_stand_beside_those_of_all() {
        let found = specs("t = { max = 1, corners = { 'SS,SF' = { max = 2 } } }").unwrap();
        assert_eq!(found.0["t"].limits("TT"), (None, Some(1.0)));
        assert_eq!(found.0["t"].limits("SF"), (None, Some(2.0)));
    }

    #[test]
    fn contradictions_are_named_with_their_place() {
        let error = specs("t = { max = '30p', unit = 'ps' }").unwrap_err();
        assert!(error.starts_with("t.toml:3: specs.t: max is `30p` and the unit is"), "{error}");
        let error = specs("t = { min = 2, max = 1 }").unwrap_err();
        assert!(error.starts_with("t.toml:3: specs.t"), "{error}");
        let error = specs("t = { max = 1 }\nT = { max = 2 }").unwrap_err();
        assert!(error.contains("a second table for the measure"), "{error}");
    }
}
