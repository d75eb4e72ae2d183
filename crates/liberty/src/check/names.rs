//! Checks of names: each is defined only once, and each that is used is defined.

use super::{Findings, declares, nearest, pins};
use crate::group::Group;
use std::collections::BTreeMap;

pub(super) fn check(library: &Group, findings: &mut Findings) {
    for kind in ["cell", "operating_conditions", "lu_table_template", "power_lut_template"] {
        once(library.groups(kind), findings);
    }
    if library.argument().is_empty() {
        findings.warning("names", library.at, "the library has no name", "`library (name)`");
    }
    let voltages: Vec<&str> = library
        .complexes()
        .filter(|complex| complex.name == "voltage_map")
        .filter_map(|complex| complex.values.first().map(|value| value.text.as_str()))
        .collect();
    for cell in library.groups("cell") {
        findings.cell = cell.argument().to_owned();
        if cell.argument().is_empty() {
            findings.error("names", cell.at, "a cell has no name", "`cell (name)`");
        }
        once(pins(cell), findings);
        once(cell.groups("pg_pin"), findings);
        power(cell, &voltages, findings);
        related(cell, findings);
    }
    findings.cell.clear();
}

fn once<'a>(groups: impl Iterator<Item = &'a Group>, findings: &mut Findings) {
    let mut seen: BTreeMap<&str, ()> = BTreeMap::new();
    for group in groups {
        for argument in &group.arguments {
            if seen.insert(&argument.text, ()).is_some() {
                let found = format!("a second `{} ({})`", group.name, argument.text);
                findings.error(
                    "duplicate",
                    group.at,
                    found,
                    "each name once: tools keep the first, the last or both",
                );
            }
        }
    }
}

/// Checks power and ground: their voltages, and the pins that refer to them.
fn power(cell: &Group, voltages: &[&str], findings: &mut Findings) {
    let supplies: Vec<&str> = cell.groups("pg_pin").map(|pin| pin.argument()).collect();
    for supply in cell.groups("pg_pin") {
        match supply.get("voltage_name") {
            None => findings.error(
                "supplies",
                supply.at,
                format!("`pg_pin ({})` has no `voltage_name`", supply.argument()),
                "a name of `voltage_map`",
            ),
            Some(value) if !voltages.contains(&value.text.as_str()) => {
                let found = format!("no `voltage_map` holds `{}`", value.text);
                findings.error("supplies", value.at, found, nearest(&value.text, voltages));
            }
            Some(_) => {}
        }
    }
    if supplies.is_empty() {
        return;
    }
    for pin in pins(cell) {
        for name in ["related_power_pin", "related_ground_pin"] {
            match pin.get(name) {
                Some(value) if !supplies.contains(&value.text.as_str()) => {
                    let found = format!(
                        "`{name}` is `{}`, which is not a `pg_pin` of the cell",
                        value.text
                    );
                    findings.error("supplies", value.at, found, nearest(&value.text, &supplies));
                }
                None if pin.name == "pin" => {
                    let found = format!("`pin ({})` has no `{name}`", pin.argument());
                    findings.warning(
                        "supplies",
                        pin.at,
                        found,
                        "the `pg_pin` that feeds it: without it no tool knows its power",
                    );
                }
                _ => {}
            }
        }
    }
}

/// Checks the pins that arcs and power groups name.
fn related(cell: &Group, findings: &mut Findings) {
    let all: Vec<&Group> = pins(cell).collect();
    let names: Vec<&str> = all.iter().map(|pin| pin.argument()).collect();
    let supplies: Vec<&str> = cell.groups("pg_pin").map(|pin| pin.argument()).collect();
    for group in all.iter().flat_map(|pin| pin.all_groups()) {
        for attribute in ["related_pin", "related_output_pin", "related_pg_pin"] {
            let Some(value) = group.get(attribute) else { continue };
            let valid = if attribute == "related_pg_pin" { &supplies } else { &names };
            for (offset, name) in value.parts() {
                let is_known = match attribute {
                    "related_pg_pin" => supplies.contains(&name),
                    _ => all.iter().any(|pin| declares(pin, name)),
                };
                if !is_known {
                    let at = value.at + usize::from(value.quoted) + offset;
                    let found =
                        format!("`{attribute}` names `{name}`, which the cell does not have");
                    findings.error("names", at, found, nearest(name, valid));
                }
            }
        }
    }
}
