//! Compares the functions that `cells.toml` declares with those that were found.

use crate::cell::{Behaviour, Cell, Sequential};
use crate::logic::Truth;
use libchar_core::{Fault, Faults};
use libchar_liberty::Function;

/// A declared function: a pin, `PIN.three_state`, or a key of `ff` and `latch`; its text; its line and column.
pub type Declared = (String, String, (usize, usize));

/// Compares what is declared for a cell with what it does: a pin's function, or a key of `ff` and `latch`.
///
/// # Errors
/// A text that cannot be read, a pin that the cell does not have, or a difference, with the input values that show it.
pub fn compare(file: &str, cell: &Cell, declared: &[Declared]) -> Result<(), Faults> {
    let mut faults = Vec::new();
    for (key, text, (line, column)) in declared {
        let fault = |found: String| Fault::at(file, *line, *column, found);
        let function = match Function::parse(text) {
            Ok(function) => function,
            Err(error) => {
                let found = format!("{error} in the function `{text}` of `{}`", cell.name);
                faults.push(fault(found));
                continue;
            }
        };
        if let Some(word) = function.names.iter().find(|name| cell.input(name).is_none()) {
            let found =
                format!("unknown input `{word}` in the function `{text}` of `{}`", cell.name);
            faults.push(fault(found).one_of(word, cell.inputs.iter().map(String::as_str)));
            continue;
        }
        let value = |a: usize| {
            let bit = |name: &String| cell.input(name).is_some_and(|pin| a >> pin & 1 == 1);
            function.value(&function.names.iter().map(bit).collect::<Vec<_>>())
        };
        let found = match found(cell, key) {
            Ok(found) => found,
            Err(valid) => {
                let what = format!("the cell `{}`, a {}, has no `{key}`", cell.name, cell.kind());
                faults.push(fault(what).one_of(key, valid.iter().map(String::as_str)));
                continue;
            }
        };
        let differs = (0..found.values.len())
            .find(|a| found.values[*a].is_some_and(|found| found != value(*a)));
        if let Some(inputs) = differs {
            let value = u8::from(value(inputs));
            let what = format!(
                "`{key}` of `{}` is declared as `{text}`, which is {value} for {}, but its transistors give {}",
                cell.name,
                cell.condition(inputs, &[]),
                1 - value,
            );
            faults.push(fault(what).expected(format!("`{}`", found.text())));
        }
    }
    Faults::or((), faults)
}

/// The function that was found for a key, or the keys that exist.
fn found(cell: &Cell, key: &str) -> Result<Truth, Vec<String>> {
    match &cell.behaviour {
        Behaviour::Combinational(functions) => {
            let (pin, is_value) =
                key.strip_suffix(".three_state").map_or((key, true), |pin| (pin, false));
            let output = cell.outputs.iter().position(|output| output == pin);
            let function = output.map(|at| &functions[at]);
            let truth = |f: &crate::cell::Function| match is_value {
                true => Some(f.value.clone()),
                false => f.three_state.clone(),
            };
            function.and_then(truth).ok_or_else(|| cell.outputs.clone())
        }
        Behaviour::Sequential(s) => {
            let known = stored(cell, s);
            let valid = known.iter().map(|(name, _)| (*name).to_owned()).collect();
            known.into_iter().find(|(name, _)| *name == key).map(|(_, truth)| truth).ok_or(valid)
        }
    }
}

/// The keys that describe what a cell stores.
pub fn keys(cell: &Cell) -> Vec<String> {
    match &cell.behaviour {
        Behaviour::Combinational(_) => Vec::new(),
        Behaviour::Sequential(s) => {
            stored(cell, s).into_iter().map(|(name, _)| name.to_owned()).collect()
        }
    }
}

fn stored(cell: &Cell, s: &Sequential) -> Vec<(&'static str, Truth)> {
    let level =
        |pin: usize, level: bool| Truth::of(&cell.inputs, |a| Some((a >> pin & 1 == 1) == level));
    let mut known = vec![
        (if s.is_flop { "clocked_on" } else { "enable" }, level(s.clock, s.active)),
        (if s.is_flop { "next_state" } else { "data_in" }, s.next.clone()),
    ];
    known.extend(s.clear.map(|(pin, at)| ("clear", level(pin, at))));
    known.extend(s.preset.map(|(pin, at)| ("preset", level(pin, at))));
    known
}
