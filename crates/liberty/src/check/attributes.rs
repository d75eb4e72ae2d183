//! Checks of attributes: missing ones, values that should be numbers, unknown names, and names that are given twice.

use super::known::ATTRIBUTES;
use super::{Findings, nearest, pins};
use crate::group::{Group, Item};
use std::collections::BTreeMap;

const DIRECTIONS: [&str; 4] = ["input", "output", "inout", "internal"];

pub(super) fn check(library: &Group, findings: &mut Findings) {
    let defined: Vec<&str> = library
        .complexes()
        .filter(|complex| complex.name == "define")
        .filter_map(|complex| complex.values.first().map(|value| value.text.as_str()))
        .collect();
    group(library, &defined, findings);
    for cell in library.groups("cell") {
        findings.cell = cell.argument().to_owned();
        for name in ["area", "cell_leakage_power"] {
            if cell.get(name).is_none() {
                findings.warning(
                    "attribute",
                    cell.at,
                    format!("the cell has no `{name}`"),
                    format!("`{name} : number;`"),
                );
            }
        }
        for pin in pins(cell) {
            direction(pin, findings);
        }
        let mut open = vec![cell];
        while let Some(inner) = open.pop() {
            open.extend(inner.all_groups());
            group(inner, &defined, findings);
        }
    }
    findings.cell.clear();
}

fn direction(pin: &Group, findings: &mut Findings) {
    let Some(value) = pin.get("direction") else {
        // The pins of a bus inherit its direction.
        if pin.name == "pin" || pin.name == "bus" {
            findings.error(
                "attribute",
                pin.at,
                format!("`{} ({})` has no `direction`", pin.name, pin.argument()),
                nearest("", &DIRECTIONS),
            );
        }
        return;
    };
    match value.text.as_str() {
        "input" if pin.get("capacitance").is_none() && pin.name == "pin" => {
            findings.warning(
                "attribute",
                pin.at,
                format!("the input `{}` has no `capacitance`", pin.argument()),
                "`capacitance : number;`",
            );
        }
        "output" if pin.get("max_capacitance").is_none() && pin.name == "pin" => {
            findings.warning(
                "attribute",
                pin.at,
                format!("the output `{}` has no `max_capacitance`", pin.argument()),
                "`max_capacitance : number;`",
            );
        }
        text if !DIRECTIONS.contains(&text) => {
            findings.error(
                "attribute",
                value.at,
                format!("`direction` is `{text}`"),
                nearest(text, &DIRECTIONS),
            );
        }
        _ => {}
    }
}

/// Attributes whose value is a number that must not be negative.
const NUMBERS: [&str; 11] = [
    "area",
    "cell_leakage_power",
    "capacitance",
    "rise_capacitance",
    "fall_capacitance",
    "max_capacitance",
    "min_capacitance",
    "max_transition",
    "min_pulse_width_high",
    "min_pulse_width_low",
    "max_fanout",
];

fn group(group: &Group, defined: &[&str], findings: &mut Findings) {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for simple in group.simples() {
        let name = simple.name.as_str();
        if let Some(before) = seen.insert(name, &simple.value.text) {
            let found =
                format!("a second `{name}` in one group: {before}, then {}", simple.value.text);
            findings.warning(
                "duplicate",
                simple.at,
                found,
                "each attribute once; the last one counts",
            );
        }
        if NUMBERS.contains(&name) && !simple.value.as_number().is_some_and(|number| number >= 0.0)
        {
            let found = format!("`{name}` is `{}`", simple.value.text);
            findings.error("attribute", simple.value.at, found, "a number that is not negative");
        }
    }
    for item in &group.items {
        let (name, at) = match item {
            Item::Simple(simple) => (simple.name.as_str(), simple.at),
            Item::Complex(complex) => (complex.name.as_str(), complex.at),
            Item::Group(group) => (group.name.as_str(), group.at),
            Item::Comment(_) => continue,
        };
        if ATTRIBUTES.binary_search(&name).is_ok() || defined.contains(&name) {
            continue;
        }
        // An own attribute of a vendor is no fault; a slip of the pen is.
        let Some(likely) = ATTRIBUTES
            .iter()
            .copied()
            .chain(defined.iter().copied())
            .find(|known| is_slip(name, known))
        else {
            continue;
        };
        findings.warning(
            "attribute",
            at,
            format!("unknown attribute `{name}`"),
            format!("`{likely}`, or a `define` of it"),
        );
    }
}

/// Whether a name is a probable misspelling of another: two letters swapped, or one letter wrong, missing or added.
/// Numbered names are excluded, because they resemble each other by design.
fn is_slip(name: &str, known: &str) -> bool {
    let letters = |text: &str| text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    known.len() >= 5
        && name.len().abs_diff(known.len()) <= 1
        && letters(name) == name.len()
        && distance_is_one(name.as_bytes(), known.as_bytes())
}

fn distance_is_one(a: &[u8], b: &[u8]) -> bool {
    let start = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[start..], &b[start..]);
    match (a, b) {
        ([], []) => false,
        _ if a.len() == b.len() => {
            a[1..] == b[1..] || a.len() >= 2 && a[0] == b[1] && a[1] == b[0] && a[2..] == b[2..]
        }
        _ if a.len() > b.len() => a[1..] == *b,
        _ => *a == b[1..],
    }
}
