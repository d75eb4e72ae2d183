//! Replaces one value of a recipe's tree by a literal.

use libchar_core::nearest::nearest;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::units::SYNONYMS;

/// Puts a literal at a path of the tree.
pub(crate) fn replace<'a>(
    root: &mut DeTable<'a>,
    path: &'a str,
    literal: &'a str,
) -> Result<(), String> {
    let value = DeValue::parse(literal)
        .map_err(|error| format!("`{literal}` is not a TOML value: {}", error.message()))?
        .into_inner();
    let (parents, last) = path.rsplit_once('.').unwrap_or(("", path));
    let mut table = root;
    let mut parents = parents.split('.').filter(|part| !part.is_empty());
    while let Some(part) = parents.next() {
        if part == "step" || part == "initial" {
            let index = parents.next().ok_or(format!("`{path}`: the {part} is not named"))?;
            table = element(table, part, index).map_err(|why| format!("`{path}`: {why}"))?;
            continue;
        }
        if table.get(part).is_none() {
            let empty = Spanned::new(0..0, DeValue::Table(DeTable::new()));
            table.insert(Spanned::new(0..0, part.into()), empty);
        }
        table = match table.get_mut(part).map(Spanned::get_mut) {
            Some(DeValue::Table(inner)) => inner,
            _ => return Err(format!("`{path}`: `{part}` is not a table")),
        };
    }
    let place = table.get(last).map_or(0..0, Spanned::span);
    for group in SYNONYMS.iter().filter(|group| group.contains(&last)) {
        // The thickness of a wafer and of a layer have the same key, but never in the same table.
        for other in group.iter().filter(|other| **other != last) {
            table.remove(*other);
        }
    }
    table.insert(Spanned::new(place.clone(), last.into()), Spanned::new(place, value));
    Ok(())
}

/// An element of an array of tables, by its number from 1 or its `name`.
fn element<'t, 'a>(
    table: &'t mut DeTable<'a>,
    key: &str,
    index: &str,
) -> Result<&'t mut DeTable<'a>, String> {
    let Some(DeValue::Array(items)) = table.get_mut(key).map(Spanned::get_mut) else {
        return Err(format!("the recipe has no {key}"));
    };
    let count = items.len();
    let names: Vec<String> = items
        .iter()
        .filter_map(|item| Some(item.get_ref().get("name")?.get_ref().as_str()?.to_owned()))
        .collect();
    let named = |item: &Spanned<DeValue<'_>>| {
        item.get_ref().get("name").and_then(|name| name.get_ref().as_str()) == Some(index)
    };
    let at = match index.parse::<usize>() {
        Ok(number) => number.wrapping_sub(1),
        Err(_) => items.iter().position(named).unwrap_or(usize::MAX),
    };
    match items.get_mut(at).map(Spanned::get_mut) {
        Some(DeValue::Table(inner)) => Ok(inner),
        _ => {
            let near = nearest(index, names.iter().map(String::as_str));
            let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            let named = match names.join(", ") {
                names if names.is_empty() => String::new(),
                names => format!(", or a name: {names}"),
            };
            Err(format!("no {key} `{index}`; expected 1 to {count}{named}{hint}"))
        }
    }
}
