//! Names and units in column headers and keys: the input that each refers to.

use crate::input::Input;
use crate::unit::{Wrong, dimension};
use libchar_core::Fault;

/// A column or key name in lower case, in which each run of characters other than letters and
/// digits is one `_`.
pub(crate) fn normal(text: &str) -> String {
    let mut name = String::new();
    for c in text.trim().chars() {
        if c.is_alphanumeric() {
            name.extend(c.to_lowercase());
        } else if !name.ends_with('_') && !name.is_empty() {
            name.push('_');
        }
    }
    name.trim_end_matches('_').to_owned()
}

/// Name and unit of a header such as `Voltage (mV)`, `Wavelength [nm]`; `None` if the unit is part
/// of the name.
fn bracketed(header: &str) -> Option<(String, String)> {
    let header = header.trim();
    let open = header.rfind(['(', '['])?;
    let unit = header[open + 1..].strip_suffix([')', ']'])?;
    Some((normal(&header[..open]), unit.trim().to_owned()))
}

/// How a header matches an input.
pub(crate) enum Fit {
    /// It matches and has this unit.
    Unit(String),
    /// The name matches, but what follows is not a unit of the input.
    Wrong(String, Wrong),
    /// The name matches, and no unit is given.
    Bare,
}

/// How a header matches an input under one of the input's names.
pub(crate) fn fit(input: &Input, alias: &str, header: &str) -> Option<Fit> {
    let judge = |unit: &str| {
        let checked = match input.dimension {
            "" if unit.is_empty() || unit == "1" => Ok(1.0),
            "" => Err(Wrong::Unknown(None)),
            name => dimension(name).convert(1.0, unit, input.unit),
        };
        match checked {
            Ok(_) => Fit::Unit(unit.to_owned()),
            Err(wrong) => Fit::Wrong(unit.to_owned(), wrong),
        }
    };
    if let Some((name, unit)) = bracketed(header) {
        return (name == alias).then(|| judge(&unit));
    }
    let name = normal(header);
    if name == alias {
        return Some(if matches!(input.dimension, "" | "share") { judge("") } else { Fit::Bare });
    }
    let unit = name.strip_prefix(alias)?.strip_prefix('_')?;
    // The letters as written in the header, because `MOhm` and `mohm` differ.
    let own = header.trim().get(header.trim().len().saturating_sub(unit.len())..).unwrap_or(unit);
    let own = if normal(own) == unit { own } else { unit };
    Some(judge(own))
}

/// The input that a header or key names, whether it is the standard uncertainty of that input, and
/// how it matches.
pub(crate) fn recognise<'a>(
    inputs: impl Iterator<Item = &'a Input> + Clone,
    header: &str,
) -> Option<(&'a Input, bool, Fit)> {
    let mut best: Option<(usize, &Input, bool, Fit)> = None;
    for (uncertainty, prefix) in [(false, ""), (true, "u_")] {
        for input in inputs.clone() {
            for alias in input.names() {
                let alias = format!("{prefix}{alias}");
                let Some(found) = fit(input, &alias, header) else { continue };
                let score = alias.len() + if matches!(found, Fit::Wrong(..)) { 0 } else { 1000 };
                if best.as_ref().is_none_or(|(most, ..)| score > *most) {
                    best = Some((score, input, uncertainty, found));
                }
            }
        }
    }
    best.map(|(_, input, uncertainty, found)| (input, uncertainty, found))
}

pub(crate) fn wrong_unit(
    fault: impl FnOnce(String) -> Fault,
    kind: &str,
    header: &str,
    input: &Input,
    unit: &str,
    wrong: &Wrong,
) -> Fault {
    let symbols = || -> Vec<&str> {
        if input.dimension.is_empty() {
            Vec::new()
        } else {
            dimension(input.dimension).symbols().collect()
        }
    };
    match wrong {
        Wrong::Dimension(other) => {
            fault(format!("{kind} `{header}` carries a unit of {other}, for `{}`", input.name))
                .expected(format!("a unit of {}: {}", input.dimension, symbols().join(", ")))
        }
        Wrong::Unknown(_) if input.dimension.is_empty() => {
            fault(format!("{kind} `{header}` carries the unit `{unit}`, for `{}`", input.name))
                .expected("a plain number without unit")
        }
        Wrong::Unknown(_) => {
            let lower: Vec<String> = symbols().iter().map(|s| s.to_lowercase()).collect();
            let mut fault =
                fault(format!("unknown unit `{unit}` of {kind} `{header}`, for `{}`", input.name))
                    .one_of(&unit.to_lowercase(), lower.iter().map(String::as_str));
            fault.expected =
                Some(format!("a unit of {}: {}", input.dimension, symbols().join(", ")));
            fault.nearest = fault.nearest.and_then(|near| {
                symbols().into_iter().find(|s| s.to_lowercase() == near).map(str::to_owned)
            });
            fault
        }
    }
}
