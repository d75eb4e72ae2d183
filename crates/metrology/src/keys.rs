//! Keys of the setup: their values converted to the units of the inputs.

use crate::gum::{Distribution, Uncertain};
use crate::input::{Input, Kind, Need};
use crate::job::Job;
use crate::method::Method;
use crate::names::{Fit, normal, recognise, wrong_unit};
use crate::scale::{check_range, scale};
use crate::setup::{Entry, as_number};
use crate::unit::dimension;
use libchar_core::Fault;
use toml::Value;

/// Stores one key of the setup in the job.
pub(crate) fn take_key(method: &'static Method, entry: &Entry, job: &mut Job) -> Result<(), Fault> {
    let Some((input, uncertainty, fit)) = recognise(method.inputs.iter(), &entry.key) else {
        let keys: Vec<String> = method.inputs.iter().map(Input::key).collect();
        return Err(entry
            .fault(format!("unknown key `{}` for {}", entry.key, method.name))
            .one_of(&entry.key, keys.iter().map(String::as_str)));
    };
    let name = input.name;
    let mismatch = |expected: &str| {
        entry.fault(format!("`{}` is {}", entry.key, entry.value)).expected(expected)
    };
    // An input that is otherwise determined from the data may be declared as such with the value
    // "fitted".
    let from_data = input.kind == Kind::Number && input.need == Need::Optional;
    if from_data && entry.value.as_str() == Some("fitted") {
        return Ok(());
    }
    let (mut value, mut unit) = (entry.value.clone(), None);
    if let (Value::String(text), false) = (&value, input.dimension.is_empty()) {
        // A number with its unit, such as `thickness = "525 um"`.
        let Some((number, symbol)) = split_unit(text) else {
            return Err(mismatch("a number, with its unit after it or in the key"));
        };
        (value, unit) = (Value::Float(number), Some(symbol));
    }
    let unit = match (fit, unit) {
        (Fit::Unit(unit), None) => unit,
        (Fit::Bare, Some(unit)) => match dimension(input.dimension).convert(1.0, &unit, input.unit)
        {
            Ok(_) => unit,
            Err(wrong) => {
                return Err(wrong_unit(
                    |f| entry.fault(f),
                    "key",
                    &entry.key,
                    input,
                    &unit,
                    &wrong,
                ));
            }
        },
        (Fit::Bare, None)
            if matches!(input.kind, Kind::Table | Kind::Text | Kind::Word(_) | Kind::Raw) =>
        {
            String::new()
        }
        (Fit::Bare, None) => {
            let fault = entry.fault(format!("key `{}` names no unit, for `{name}`", entry.key));
            return Err(fault.expected(format!("a unit in the key, as in `{}`", input.key())));
        }
        (Fit::Unit(_), Some(_)) => return Err(mismatch("a number without unit: the key has one")),
        (Fit::Wrong(unit, wrong), _) => {
            return Err(wrong_unit(|f| entry.fault(f), "key", &entry.key, input, &unit, &wrong));
        }
    };
    match input.kind {
        Kind::Table => match value {
            Value::Table(table) => drop(job.tables.insert(name, table)),
            _ => return Err(mismatch("a table")),
        },
        Kind::Raw => drop(job.raw.insert(name, value)),
        Kind::Text => match value {
            Value::String(text) => drop(job.words.insert(name, text)),
            _ => return Err(mismatch("a text")),
        },
        Kind::Word(words) => {
            let text = match &value {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            let typed = normal(&text);
            // A word may be followed by a remark: `tangential (along y)` means `tangential`.
            let same = |word: &&&str| {
                typed == normal(word) || typed.starts_with(&format!("{}_", normal(word)))
            };
            match words.iter().find(same) {
                Some(word) => drop(job.words.insert(name, (*word).to_owned())),
                None => {
                    return Err(entry
                        .fault(format!("`{}` is `{text}`", entry.key))
                        .one_of(&text, words.iter().copied()));
                }
            }
        }
        Kind::List | Kind::Column | Kind::Columns | Kind::Named => {
            let Value::Array(items) = &value else { return Err(mismatch("a list of numbers")) };
            let mut values = Vec::new();
            for item in items {
                let Some(number) = as_number(item) else {
                    return Err(mismatch("a list of numbers"));
                };
                values.push(check_range(input, scale(input, number, &unit, uncertainty), |f| {
                    entry.fault(f)
                })?);
            }
            match input.kind {
                Kind::List => drop(job.lists.insert(name, values)),
                _ if uncertainty => drop(job.column_u.insert(name, values)),
                _ => drop(job.columns.insert(name, values)),
            }
        }
        Kind::Number | Kind::Either if uncertainty => {
            let Some(u) = as_number(&value).filter(|u| *u >= 0.0) else {
                return Err(mismatch("a standard uncertainty, 0 or more"));
            };
            let number = job.numbers.entry(name).or_insert(Uncertain::exact(f64::NAN));
            number.u = scale(input, u, &unit, true);
        }
        Kind::Number | Kind::Either => {
            let number = quantity(&value).map_err(|fault| Fault {
                file: entry.file.clone(),
                line: entry.line,
                found: format!("`{}`: {}", entry.key, fault.found),
                ..fault
            })?;
            let known_u = job.numbers.get(name).map_or(0.0, |n| n.u);
            let value =
                check_range(input, scale(input, number.value, &unit, false), |f| entry.fault(f))?;
            let u = if number.u > 0.0 { scale(input, number.u, &unit, true) } else { known_u };
            job.numbers.insert(name, Uncertain { value, u, ..number });
        }
    }
    Ok(())
}

fn split_unit(text: &str) -> Option<(f64, String)> {
    let text = text.trim();
    let end = text.char_indices().rev().map(|(i, _)| i).find(|&i| {
        libchar_core::number::parse_decimal(&text[..=i.min(text.len() - 1)]).is_some()
            && text.is_char_boundary(i + 1)
    })?;
    Some((libchar_core::number::parse_decimal(&text[..=end])?, text[end + 1..].trim().to_owned()))
}

/// A number, or a table with `value` and `u`, `dof`, `half_width`, `dist`.
///
/// # Errors
/// Other members, and inconsistent values.
pub fn quantity(value: &Value) -> Result<Uncertain, Fault> {
    const MEMBERS: [&str; 5] = ["value", "u", "dof", "half_width", "dist"];
    let wrong = |found: String| Fault::of("", found);
    if let Some(number) = as_number(value) {
        return Ok(Uncertain::exact(number));
    }
    let Value::Table(table) = value else {
        return Err(
            wrong(format!("{value} is not a number")).expected("a number, or { value = …, u = … }")
        );
    };
    for (key, member) in table {
        if !MEMBERS.contains(&key.as_str()) {
            return Err(wrong(format!("unknown member `{key}`")).one_of(key, MEMBERS));
        }
        if key != "dist" && as_number(member).is_none() {
            return Err(wrong(format!("`{key}` is {member}")).expected("a number"));
        }
    }
    let member = |key: &str| table.get(key).and_then(as_number);
    let Some(estimate) = member("value") else { return Err(wrong("no `value`".to_owned())) };
    let (u, half_width) = (member("u"), member("half_width"));
    let dof = member("dof").unwrap_or(f64::INFINITY);
    let said = match table.get("dist") {
        None => None,
        Some(Value::String(name)) => {
            match Distribution::ALL.iter().find(|(known, _)| known == name) {
                Some((_, distribution)) => Some(*distribution),
                None => {
                    return Err(wrong(format!("unknown distribution `{name}`"))
                        .one_of(name, Distribution::ALL.map(|(n, _)| n)));
                }
            }
        }
        Some(other) => return Err(wrong(format!("`dist` is {other}")).expected("a name")),
    };
    if u.or(half_width).is_some_and(|size| size < 0.0) || dof <= 0.0 {
        return Err(wrong(
            "an uncertainty, a half width or degrees of freedom below zero".to_owned(),
        ));
    }
    match (u, half_width) {
        (Some(_), Some(_)) => {
            Err(wrong("`u` and `half_width` together".to_owned()).expected("one of them"))
        }
        (None, Some(half_width)) => match said.unwrap_or(Distribution::Rectangular) {
            shape @ (Distribution::Rectangular | Distribution::Triangular) => {
                Ok(Uncertain::limits(estimate, half_width, shape))
            }
            other => Err(wrong(format!("a half width with `{}`", other.name()))
                .expected("rectangular or triangular")),
        },
        (Some(u), None) => {
            let usual = if dof.is_finite() { Distribution::T } else { Distribution::Normal };
            Ok(Uncertain { value: estimate, u, dof, distribution: said.unwrap_or(usual) })
        }
        (None, None) if said.is_some() => {
            Err(wrong("a distribution without `u` or `half_width`".to_owned()))
        }
        (None, None) => Ok(Uncertain::exact(estimate)),
    }
}
