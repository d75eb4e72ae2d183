//! A recipe complete in itself: measured profiles and temperatures written in where it named files.

use toml::de::{DeTable, DeValue};
use toml::value::{Table, Value};

use super::course::{read_written, samples_of};
use super::initial::read_measured;
use super::load::Load;
use super::reader::{Reader, Section};

/// Replaces every file that `tree` names by what it holds; `table` is the same tree in plain values.
///
/// # Errors
/// What `load` says, or what is wrong with a file.
pub(crate) fn embed(tree: &DeTable<'_>, table: &mut Table, load: Load<'_>) -> Result<(), String> {
    for (key, embed_one) in [("initial", embed_profile as Embed), ("step", embed_course)] {
        let Some(DeValue::Array(items)) = tree.get(key).map(|item| item.get_ref()) else {
            continue;
        };
        let Some(plain) = table.get_mut(key).and_then(Value::as_array_mut) else { continue };
        let mut written = Vec::new();
        for (item, plain) in items.iter().zip(std::mem::take(plain)) {
            let (DeValue::Table(inner), Value::Table(plain)) = (item.get_ref(), plain) else {
                return Err(format!("an element of `{key}` is no table"));
            };
            let section = Section { table: inner, span: (0, 0) };
            let path = plain.get("profile").and_then(Value::as_str).map(str::to_owned);
            match path {
                None => written.push(plain),
                Some(path) => written.extend(embed_one(&section, plain, &path, load)?),
            }
        }
        *plain = written.into_iter().map(Value::Table).collect();
    }
    Ok(())
}

/// Tables that stand for one that names a file.
type Embed = fn(&Section<'_>, Table, &str, Load<'_>) -> Result<Vec<Table>, String>;

fn list(values: impl IntoIterator<Item = f64>) -> Value {
    Value::Array(values.into_iter().map(Value::Float).collect())
}

/// One table a dopant of the file.
fn embed_profile(
    section: &Section<'_>,
    mut plain: Table,
    path: &str,
    load: Load<'_>,
) -> Result<Vec<Table>, String> {
    let mut reader = Reader { file: path, text: "", faults: Vec::new() };
    let (measured, dopants) = read_measured(&mut reader, section, path, &load(path)?)
        .map_err(|faults| faults.to_string())?;
    plain.remove("profile");
    plain.remove("format");
    let with = |(species, conc): (crate::species::Species, Vec<f64>)| {
        let mut table = plain.clone();
        table.insert("species".to_owned(), species.name().into());
        table.insert("depth_um".to_owned(), list(measured.iter().copied()));
        table.insert("conc_cm3".to_owned(), list(conc));
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
    let mut reader = Reader { file: path, text: "", faults: Vec::new() };
    let written = read_written(&mut reader, section);
    let (samples, _) =
        samples_of(path, &load(path)?, &written).map_err(|faults| faults.to_string())?;
    for key in ["profile", "format", "time_column", "time_unit", "temp_column", "temp_unit"] {
        plain.remove(key);
    }
    plain.insert("time_points_s".to_owned(), list(samples.iter().map(|(t, _)| *t)));
    plain.insert("temp_points_c".to_owned(), list(samples.iter().map(|(_, temp_c)| *temp_c)));
    Ok(vec![plain])
}
