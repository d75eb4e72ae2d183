//! Checks of functions: they can be parsed, name only pins that exist, and agree with the arcs' senses and states.

use super::arcs::{is_constraint, timing_type};
use super::{Findings, Severity, nearest, pins};
use crate::function::Function;
use crate::group::Group;
use crate::value::Value;
use std::collections::BTreeMap;

/// The largest number of pins for which every state is tried.
const MOST_PINS: usize = 14;

const SENSES: [&str; 3] = ["positive_unate", "negative_unate", "non_unate"];

pub(super) fn check(cell: &Group, findings: &mut Findings) {
    let known = names(cell);
    for group in std::iter::once(cell).chain(cell.all_groups()) {
        for attribute in
            ["clocked_on", "next_state", "clear", "preset", "enable", "data_in", "when"]
        {
            if matches!(group.name.as_str(), "ff" | "latch" | "leakage_power" | "internal_power") {
                read(group.get(attribute), &known, findings);
            }
        }
    }
    states(cell, &known, findings);
    for pin in pins(cell) {
        read(pin.get("three_state"), &known, findings);
        let function = read(pin.get("function"), &known, findings);
        for group in pin
            .all_groups()
            .filter(|group| matches!(group.name.as_str(), "timing" | "internal_power"))
        {
            let when = read(group.get("when"), &known, findings);
            if let (Some(function), "timing") = (&function, group.name.as_str()) {
                sense(pin, function, group, when.as_ref(), findings);
            }
        }
    }
}

/// All names that a function of the cell may use.
fn names(cell: &Group) -> Vec<&str> {
    let is_named = |group: &&Group| {
        matches!(
            group.name.as_str(),
            "pin"
                | "bus"
                | "bundle"
                | "pg_pin"
                | "ff"
                | "latch"
                | "ff_bank"
                | "latch_bank"
                | "statetable"
        )
    };
    let own = cell.all_groups().filter(is_named).chain(pins(cell));
    let mut names: Vec<&str> = own
        .flat_map(|group| {
            group.arguments.iter().flat_map(|argument| argument.text.split_whitespace())
        })
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn read(value: Option<&Value>, known: &[&str], findings: &mut Findings) -> Option<Function> {
    let value = value?;
    let start = value.at + usize::from(value.quoted);
    match Function::parse(&value.text) {
        Err(error) => {
            findings.error(
                "function",
                start + error.at,
                error.found,
                "pins with !, ', ^, &, * , | and +",
            );
            None
        }
        Ok(function) => {
            let mut all_known = true;
            for name in &function.names {
                let base = name.split('[').next().unwrap_or(name);
                if !known.contains(&name.as_str()) && !known.contains(&base) {
                    all_known = false;
                    let at = start + value.text.find(name.as_str()).unwrap_or(0);
                    findings.error(
                        "function",
                        at,
                        format!("the cell has no pin `{name}`"),
                        nearest(name, known),
                    );
                }
            }
            all_known.then_some(function)
        }
    }
}

/// Each state of the leakage must be given only once.
fn states(cell: &Group, known: &[&str], findings: &mut Findings) {
    let mut quiet = Findings::default();
    let mut seen: Vec<(Function, &str)> = Vec::new();
    for leakage in cell.groups("leakage_power") {
        let Some(when) = leakage.get("when") else { continue };
        let Some(function) = read(Some(when), known, &mut quiet) else { continue };
        let of_pin = leakage.text("related_pg_pin").unwrap_or_default();
        if seen.len() < 1 << 10
            && let Some((other, _)) =
                seen.iter().find(|(other, pg)| *pg == of_pin && overlap(other, &function))
        {
            let found = format!("the state `{}` is given twice", when.text);
            findings.warning(
                "leakage",
                when.at,
                found,
                format!("states that exclude each other; `{}` does not", other.names.join(" ")),
            );
        }
        seen.push((function, of_pin));
    }
}

/// Values of `names`, taken from the bits of a state.
fn values<'a>(names: &[&'a str], state: usize) -> BTreeMap<&'a str, bool> {
    names.iter().enumerate().map(|(i, name)| (*name, state >> i & 1 == 1)).collect()
}

fn union<'a>(functions: &[&'a Function]) -> Vec<&'a str> {
    let mut names: Vec<&str> =
        functions.iter().flat_map(|function| function.names.iter().map(String::as_str)).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn overlap(a: &Function, b: &Function) -> bool {
    let names = union(&[a, b]);
    names.len() <= MOST_PINS / 2
        && (0..1usize << names.len()).any(|state| {
            let values = values(&names, state);
            a.value_of(&values) == Some(true) && b.value_of(&values) == Some(true)
        })
}

/// Compares the sense of an arc with the function's truth table, in the states that `when` names.
fn sense(
    pin: &Group,
    function: &Function,
    timing: &Group,
    when: Option<&Function>,
    findings: &mut Findings,
) {
    let claimed = timing.get("timing_sense");
    if let Some(value) = claimed
        && !SENSES.contains(&value.text.as_str())
    {
        findings.error(
            "sense",
            value.at,
            format!("`timing_sense` is `{}`", value.text),
            nearest(&value.text, &SENSES),
        );
        return;
    }
    let kind = timing_type(timing);
    if is_constraint(kind) || !kind.starts_with("combinational") {
        return;
    }
    let Some(related) = timing.text("related_pin") else { return };
    let functions: Vec<&Function> = std::iter::once(function).chain(when).collect();
    let names = union(&functions);
    for input in
        related.split_whitespace().filter(|input| function.names.iter().any(|name| name == input))
    {
        if names.len() > MOST_PINS {
            let found = format!("the function of `{}` has {} pins", pin.argument(), names.len());
            findings.add(
                Severity::Note,
                "sense",
                timing.at,
                found,
                format!("at most {MOST_PINS}: its senses were not tried"),
            );
            return;
        }
        let (rises, falls) = edges(function, when, &names, input);
        let found = match (rises, falls) {
            (true, true) => "non_unate",
            (true, false) => "positive_unate",
            (false, true) => "negative_unate",
            (false, false) => {
                let state =
                    timing.text("when").map_or(String::new(), |when| format!(" when `{when}`"));
                let found = format!("`{}` does not follow `{input}`{state}", pin.argument());
                findings.error(
                    "sense",
                    timing.at,
                    found,
                    "an arc whose input decides the output, by the function",
                );
                continue;
            }
        };
        match claimed {
            // A tool may be told less than the function says, never otherwise. Two arcs may share what is not unate.
            Some(value)
                if value.text != found
                    && value.text != "non_unate"
                    && !(found == "non_unate" && is_shared(pin, timing, &value.text)) =>
            {
                let text = format!("`{}` from `{input}` to `{}`", value.text, pin.argument());
                let function = pin.text("function").unwrap_or_default();
                let expected = format!("`{found}`, as the function `{function}` is");
                findings.error("sense", value.at, text, expected);
            }
            _ => {}
        }
    }
}

/// Whether another arc from the same pin has the opposite sense.
fn is_shared(pin: &Group, timing: &Group, sense: &str) -> bool {
    let is_other = |other: &&Group| {
        other.text("related_pin") == timing.text("related_pin")
            && other.text("timing_sense").is_some_and(|other| other != sense)
    };
    pin.groups("timing").any(|other| is_other(&other))
}

/// Whether the output can rise, and whether it can fall, when an input rises.
fn edges(
    function: &Function,
    when: Option<&Function>,
    names: &[&str],
    input: &str,
) -> (bool, bool) {
    let (mut rises, mut falls) = (false, false);
    for state in 0..1usize << names.len() {
        let mut values = values(names, state);
        if values.insert(input, false) == Some(true) {
            continue;
        }
        let is_allowed = |values: &BTreeMap<&str, bool>| {
            when.is_none_or(|when| when.value_of(values) == Some(true))
        };
        let allowed = is_allowed(&values);
        let low = function.value_of(&values);
        values.insert(input, true);
        // A `when` that holds the input itself is true on one side of the edge.
        if allowed || is_allowed(&values) {
            let high = function.value_of(&values);
            rises |= (low, high) == (Some(false), Some(true));
            falls |= (low, high) == (Some(true), Some(false));
        }
    }
    (rises, falls)
}
