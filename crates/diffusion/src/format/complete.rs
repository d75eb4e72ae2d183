//! Makes a recipe complete in itself: replaced values and measured profiles and temperatures are
//! written into the text. The rest of the text keeps its comments and spelling.

use toml::de::{DeTable, DeValue};
use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, TableLike, Value};

use super::course::{read_written, samples_of};
use super::initial::read_measured;
use super::load::Load;
use super::reader::{Reader, Section};
use super::units::SYNONYMS;

/// Puts a literal at a path of the text. The same change was already made in the tree.
///
/// # Errors
/// A path that does not exist in the recipe, and a literal that is not valid TOML.
pub(crate) fn write(document: &mut DocumentMut, path: &str, literal: &str) -> Result<(), String> {
    let mut value: Value =
        literal.trim().parse().map_err(|_| format!("`{literal}` is not a value"))?;
    let (parents, last) = path.rsplit_once('.').unwrap_or(("", path));
    let mut table: &mut dyn TableLike = document.as_table_mut();
    let mut parents = parents.split('.').filter(|part| !part.is_empty());
    while let Some(part) = parents.next() {
        let inner = if part == "step" || part == "initial" {
            let index = parents.next().unwrap_or_default();
            table.get_mut(part).and_then(|item| element(item, index))
        } else {
            table.entry(part).or_insert(Item::Table(Table::new())).as_table_like_mut()
        };
        table = inner.ok_or_else(|| format!("`{path}`: `{part}` is not a table"))?;
    }
    let others = SYNONYMS.iter().filter(|group| group.contains(&last)).flat_map(|group| *group);
    let mut place = table.get(last).and_then(Item::as_value).map(|old| old.decor().clone());
    for other in others.filter(|other| **other != last) {
        let old = table.remove(other);
        place = place.or_else(|| Some(old?.as_value()?.decor().clone()));
    }
    if let Some(decor) = place {
        *value.decor_mut() = decor;
    }
    table.insert(last, Item::Value(value));
    Ok(())
}

/// An element of an array of tables, by its number from 1 or its `name`.
fn element<'t>(item: &'t mut Item, index: &str) -> Option<&'t mut dyn TableLike> {
    let number = index.parse::<usize>().ok().map(|number| number.wrapping_sub(1));
    let is_named = |name: Option<&Item>| name.and_then(Item::as_str) == Some(index);
    match item {
        Item::ArrayOfTables(tables) => {
            let at = number.or_else(|| tables.iter().position(|t| is_named(t.get("name"))))?;
            Some(tables.get_mut(at)? as &mut dyn TableLike)
        }
        Item::Value(Value::Array(values)) => {
            let named = |value: &Value| {
                let name = value.as_inline_table().and_then(|table| table.get("name"));
                name.and_then(Value::as_str) == Some(index)
            };
            let at = number.or_else(|| values.iter().position(named))?;
            Some(values.get_mut(at)?.as_inline_table_mut()? as &mut dyn TableLike)
        }
        _ => None,
    }
}

/// Replaces every file name in `tree` by the content of the file; `document` is the text of the
/// same tree.
///
/// # Errors
/// An error of `load`, or a fault of a file.
pub(crate) fn embed(
    tree: &DeTable<'_>,
    document: &mut DocumentMut,
    load: Load<'_>,
) -> Result<(), String> {
    for (key, embed_one) in [("initial", embed_profile as Embed), ("step", embed_course)] {
        let Some(DeValue::Array(items)) = tree.get(key).map(|item| item.get_ref()) else {
            continue;
        };
        if !items.iter().any(|item| item.get_ref().get("profile").is_some()) {
            continue;
        }
        let Some((name, whole)) = document.remove_entry(key) else { continue };
        let whole = whole.into_array_of_tables();
        let whole = whole.map_err(|_| format!("an element of `{key}` is not a table"))?;
        let mut written = ArrayOfTables::new();
        for (item, table) in items.iter().zip(whole) {
            let DeValue::Table(inner) = item.get_ref() else {
                return Err(format!("an element of `{key}` is not a table"));
            };
            let section = Section::new(inner, 0..0);
            match table.get("profile").and_then(Item::as_str).map(str::to_owned) {
                None => written.push(table),
                Some(path) => written.extend(embed_one(&section, table, &path, load)?),
            }
        }
        // A comment above a list in one line moves above the list's first table.
        let above = name.leaf_decor().prefix().and_then(|words| words.as_str());
        if let (Some(above), Some(first)) = (above, written.get_mut(0))
            && !above.trim().is_empty()
        {
            first.decor_mut().set_prefix(format!("\n{above}"));
        }
        document.insert(key, Item::ArrayOfTables(written));
    }
    Ok(())
}

/// Returns the tables that replace one that names a file.
type Embed = fn(&Section<'_>, Table, &str, Load<'_>) -> Result<Vec<Table>, String>;

fn list(values: impl IntoIterator<Item = f64>) -> Item {
    Item::Value(Value::Array(values.into_iter().map(spelled).collect::<Array>()))
}

/// Writes a number as a person would: 1e15, not 1000000000000000.0.
fn spelled(number: f64) -> Value {
    let plain = number == 0.0 || (1e-4..1e6).contains(&number.abs());
    let text = if plain { format!("{number:?}") } else { format!("{number:e}") };
    text.parse().unwrap_or_else(|_| Value::from(number))
}

/// One table per dopant of the file.
fn embed_profile(
    section: &Section<'_>,
    mut plain: Table,
    path: &str,
    load: Load<'_>,
) -> Result<Vec<Table>, String> {
    let mut reader = Reader::new(path, "");
    let (measured, dopants) = read_measured(&mut reader, section, path, &load(path)?)
        .map_err(|faults| faults.to_string())?;
    plain.remove("profile");
    plain.remove("format");
    let with = |(species, conc): (crate::species::Species, Vec<f64>)| {
        let mut table = plain.clone();
        table.insert("species", Item::Value(species.name().into()));
        table.insert("depth_um", list(measured.iter().copied()));
        table.insert("conc_cm3", list(conc));
        table
    };
    Ok(dopants.into_iter().map(with).collect())
}

fn embed_course(
    section: &Section<'_>,
    mut plain: Table,
    path: &str,
    load: Load<'_>,
) -> Result<Vec<Table>, String> {
    let mut reader = Reader::new(path, "");
    let written = read_written(&mut reader, section);
    let (samples, _) =
        samples_of(path, &load(path)?, &written).map_err(|faults| faults.to_string())?;
    for key in ["profile", "format", "time_column", "time_unit", "temp_column", "temp_unit"] {
        plain.remove(key);
    }
    plain.insert("time_points_s", list(samples.iter().map(|(t, _)| *t)));
    plain.insert("temp_points_c", list(samples.iter().map(|(_, temp_c)| *temp_c)));
    Ok(vec![plain])
}
