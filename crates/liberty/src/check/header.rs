//! Checks of the library's own attributes: units, thresholds, operating conditions.

use super::{Findings, nearest};
use crate::group::Group;

const UNITS: [(&str, &[&str]); 5] = [
    ("time_unit", &["1ps", "10ps", "100ps", "1ns"]),
    ("voltage_unit", &["1mV", "10mV", "100mV", "1V"]),
    ("current_unit", &["1uA", "10uA", "100uA", "1mA", "10mA", "100mA", "1A"]),
    ("pulling_resistance_unit", &["1ohm", "10ohm", "100ohm", "1kohm"]),
    (
        "leakage_power_unit",
        &["1pW", "10pW", "100pW", "1nW", "10nW", "100nW", "1uW", "10uW", "100uW", "1mW"],
    ),
];

const THRESHOLDS: [&str; 8] = [
    "input_threshold_pct_rise",
    "input_threshold_pct_fall",
    "output_threshold_pct_rise",
    "output_threshold_pct_fall",
    "slew_lower_threshold_pct_rise",
    "slew_lower_threshold_pct_fall",
    "slew_upper_threshold_pct_rise",
    "slew_upper_threshold_pct_fall",
];

pub(super) fn check(library: &Group, findings: &mut Findings) {
    units(library, findings);
    thresholds(library, findings);
    conditions(library, findings);
    if library.text("delay_model").is_some_and(|model| model != "table_lookup") {
        let at = library.get("delay_model").map_or(library.at, |value| value.at);
        findings.warning(
            "delay-model",
            at,
            "a delay model that is not by tables",
            "`table_lookup`",
        );
    }
    if library.groups("cell").next().is_none() {
        findings.error("cells", library.at, "the library holds no cell", "`cell (name) { … }`");
    }
}

fn units(library: &Group, findings: &mut Findings) {
    for (name, valid) in UNITS {
        match library.get(name) {
            // Optional, and read by few.
            None if name == "pulling_resistance_unit" => {}
            None => findings.warning(
                "units",
                library.at,
                format!("`{name}` is missing"),
                nearest("", valid),
            ),
            Some(value) if !valid.iter().any(|unit| unit.eq_ignore_ascii_case(&value.text)) => {
                let found = format!("`{name}` is `{}`", value.text);
                findings.error("units", value.at, found, nearest(&value.text, valid));
            }
            Some(_) => {}
        }
    }
    let expected = "`capacitive_load_unit (1, pf);` or `(1, ff)`";
    let Some(unit) = library.list("capacitive_load_unit") else {
        findings.warning("units", library.at, "`capacitive_load_unit` is missing", expected);
        return;
    };
    let is_right = match unit.values.as_slice() {
        [number, unit] => {
            number.as_number().is_some_and(|number| number > 0.0)
                && ["ff", "pf"].iter().any(|u| u.eq_ignore_ascii_case(&unit.text))
        }
        _ => false,
    };
    if !is_right {
        let values: Vec<&str> = unit.values.iter().map(|value| value.text.as_str()).collect();
        let found = format!("`capacitive_load_unit` is `{}`", values.join(", "));
        findings.error("units", unit.at, found, expected);
    }
}

fn thresholds(library: &Group, findings: &mut Findings) {
    for name in THRESHOLDS {
        let Some(value) = library.get(name) else {
            let found = format!("`{name}` is missing");
            findings.warning(
                "thresholds",
                library.at,
                found,
                "a percentage: tools differ in what they take without one",
            );
            continue;
        };
        let (expected, found) =
            ("a percentage between 0 and 100", format!("`{name}` is {}", value.text));
        match value.as_number() {
            Some(percent) if percent > 0.0 && percent < 1.0 => {
                let expected = format!("a percentage: {}", 100.0 * percent);
                findings.error("thresholds", value.at, format!("{found}, a fraction"), expected);
            }
            Some(percent) if percent > 0.0 && percent < 100.0 => {}
            _ => findings.error("thresholds", value.at, found, expected),
        }
    }
    for edge in ["rise", "fall"] {
        let bound = |which: &str| library.number(&format!("slew_{which}_threshold_pct_{edge}"));
        if let (Some(lower), Some(upper)) = (bound("lower"), bound("upper"))
            && lower >= upper
        {
            let found = format!("the slew of a {edge} is measured from {lower} to {upper} percent");
            findings.error(
                "thresholds",
                library.at,
                found,
                "a lower threshold below the upper one",
            );
        }
    }
    if let Some(value) = library.get("slew_derate_from_library")
        && !value.as_number().is_some_and(|derate| derate > 0.0 && derate <= 1.0)
    {
        let found = format!("`slew_derate_from_library` is {}", value.text);
        findings.error("thresholds", value.at, found, "a number above 0, at most 1");
    }
}

fn conditions(library: &Group, findings: &mut Findings) {
    for name in ["nom_process", "nom_temperature", "nom_voltage"] {
        if library.number(name).is_none() {
            findings.warning(
                "conditions",
                library.at,
                format!("`{name}` is missing or not a number"),
                "a number",
            );
        }
    }
    let Some(default) = library.get("default_operating_conditions") else { return };
    let Some(group) =
        library.groups("operating_conditions").find(|group| group.argument() == default.text)
    else {
        let names: Vec<&str> =
            library.groups("operating_conditions").map(|group| group.argument()).collect();
        let found = format!("no operating conditions are named `{}`", default.text);
        findings.error("conditions", default.at, found, nearest(&default.text, &names));
        return;
    };
    if group.at > default.at {
        let found = format!("`{}` is named before its group", default.text);
        findings.warning(
            "conditions",
            default.at,
            found,
            "the group `operating_conditions` first: some readers look only backwards",
        );
    }
    for (nominal, name) in
        [("nom_process", "process"), ("nom_temperature", "temperature"), ("nom_voltage", "voltage")]
    {
        if let (Some(a), Some(b)) = (library.number(nominal), group.number(name))
            && a != b
        {
            let found =
                format!("`{nominal}` is {a}, and `{name}` of the default conditions is {b}");
            findings.warning("conditions", group.at, found, "the same value");
        }
    }
}
