//! Compares the functions of a library's cells with the behaviour of the transistors.

use crate::cell::{Behaviour, Cell};
use crate::config::Said;
use crate::declared::{Declared, compare, keys};
use crate::like::{LikeCell, Storage};
use libchar_core::{Fault, Faults};
use libchar_liberty::Function;

/// Compares the functions that a library gives for a cell, except those that `cells.toml` declares instead. If the library
/// names the stored bit the other way round, the bit is inverted in the cell.
///
/// # Errors
/// Every difference, with the input values that show it.
pub fn compare_like(
    file: &str,
    cell: &mut Cell,
    liked: &LikeCell,
    said: &Said,
) -> Result<(), Faults> {
    let at = |(line, column): (usize, usize), found: String| Fault::at(file, line, column, found);
    let is_said = |key: &str| said.functions.iter().any(|(own, ..)| own == key);
    let mut declared: Vec<Declared> = Vec::new();
    let mut faults = Vec::new();
    match (&cell.behaviour, &liked.storage) {
        (Behaviour::Combinational(_), Some(storage)) => {
            let group = storage.word();
            let found = format!(
                "`{}` has the group `{group}`, and its transistors store nothing",
                cell.name
            );
            faults.push(at(storage.place, found));
        }
        (Behaviour::Combinational(functions), None) => {
            for (pin, function) in cell.outputs.iter().zip(functions) {
                let Some(own) = liked.pin(pin) else { continue };
                let [value, floats] = &own.functions;
                declared.extend(value.clone().map(|(text, place)| (pin.clone(), text, place)));
                let key = format!("{pin}.three_state");
                match (floats, &function.three_state) {
                    (Some((text, place)), _) => declared.push((key, text.clone(), *place)),
                    (None, Some(truth)) if value.is_some() => {
                        let found = format!("`{pin}` of `{}` has no `three_state`", cell.name);
                        faults.push(at(own.place, found).expected(format!("`{}`", truth.text())));
                    }
                    (None, _) => {}
                }
            }
        }
        (Behaviour::Sequential(_), None) => {
            if liked.uncompared.is_empty() {
                let found =
                    format!("`{}` has no group that stores, and is a {}", cell.name, cell.kind());
                faults.push(at(liked.place, found).expected(cell.said()));
            }
        }
        (Behaviour::Sequential(s), Some(storage)) if s.is_flop != storage.is_flop => {
            let found = format!(
                "`{}` has the group `{}`, and its transistors are a {}",
                cell.name,
                storage.word(),
                cell.kind()
            );
            faults.push(at(storage.place, found).expected(cell.said()));
        }
        (Behaviour::Sequential(_), Some(storage)) => {
            faults.extend(turn(file, cell, liked, storage));
            let known = keys(cell);
            for key in known.iter().filter(|key| !is_said(key)) {
                match storage.words.get(key) {
                    Some((text, place)) => declared.push((key.clone(), text.clone(), *place)),
                    None => {
                        let group = storage.word();
                        let found = format!("`{group}` of `{}` has no `{key}`", cell.name);
                        faults.push(at(storage.place, found).expected(cell.said()));
                    }
                }
            }
            for key in ["clocked_on", "enable", "next_state", "data_in", "clear", "preset"] {
                if let Some((text, place)) = storage.words.get(key)
                    && !known.iter().any(|k| k == key)
                {
                    declared.push((key.to_owned(), text.clone(), *place));
                }
            }
        }
    }
    declared.retain(|(key, ..)| !is_said(key));
    if let Err(more) = compare(file, cell, &declared) {
        faults.extend(more.into_vec());
    }
    Faults::or((), faults)
}

impl Storage {
    fn word(&self) -> &'static str {
        if self.is_flop { "ff" } else { "latch" }
    }
}

/// Inverts the stored bit of a cell, if the library's bit is the opposite one; returns the outputs whose functions do not
/// fit.
fn turn(file: &str, cell: &mut Cell, liked: &LikeCell, storage: &Storage) -> Vec<Fault> {
    let Behaviour::Sequential(s) = &cell.behaviour else { return Vec::new() };
    let (mut faults, mut is_turned) = (Vec::new(), None);
    for (pin, inverted) in cell.outputs.iter().zip(&s.inverted) {
        let Some((text, (line, column))) = liked.pin(pin).and_then(|own| own.functions[0].clone())
        else {
            continue;
        };
        let shown = shows_inverted(&text, &storage.names);
        let turned = shown.map(|shown| shown != *inverted);
        let fits = turned.is_some_and(|turned| *is_turned.get_or_insert(turned) == turned);
        if !fits {
            let [bit, opposite] = &storage.names;
            let found = format!("the function of `{pin}` of `{}` is `{text}`", cell.name);
            let expected =
                format!("`{bit}` or `{opposite}`, as its transistors show the stored bit");
            faults.push(Fault::at(file, line, column, found).expected(expected));
        }
    }
    if is_turned == Some(true) && faults.is_empty() {
        cell.turn();
    }
    faults
}

/// Whether a function of the stored bit and its opposite is the inverted bit; `None` if it is neither of the two.
fn shows_inverted(text: &str, [bit, opposite]: &[String; 2]) -> Option<bool> {
    let function = Function::parse(text).ok()?;
    if !function.names.iter().all(|name| name == bit || name == opposite) {
        return None;
    }
    let value = |stored: bool| {
        let of = |name: &String| (name == bit) == stored;
        function.value(&function.names.iter().map(of).collect::<Vec<_>>())
    };
    let (low, high) = (value(false), value(true));
    (low != high).then_some(low)
}

#[cfg(test)]
mod tests {
    use super::shows_inverted;

    #[test]
    fn a_function_shows_the_bit_its_opposite_or_neither() {
        let names = ["IQ".to_owned(), "IQ_N".to_owned()];
        for (text, shown) in [
            ("IQ", Some(false)),
            ("IQ_N", Some(true)),
            ("!IQ", Some(true)),
            ("(IQ_N)'", Some(false)),
            ("IQ * IQ_N", None),
            ("IQ & EN", None),
            ("IQ &", None),
        ] {
            assert_eq!(shows_inverted(text, &names), shown, "{text}");
        }
    }
}
