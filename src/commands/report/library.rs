//! A Liberty file as a document for the HTML page: every table with its place, its extrapolated
//! entries, and the same table of another file.

use crate::context::Context;
use anyhow::Result;
use libchar_cells::emit::EXTRAPOLATED;
use libchar_core::{Faults, frame, input};
use libchar_liberty::{Group, Item, Units, read};
use libchar_pages::Named;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Whether a file has the name of a Liberty file.
pub fn is_liberty(name: &str) -> bool {
    std::path::Path::new(name).extension().is_some_and(|ending| ending == "lib")
}

/// The document of a file; `against` is the file to compare it with.
pub fn document(file: &str, against: Option<&str>, ctx: &Context) -> Result<Named> {
    let own = tables(file, ctx)?;
    let old = against.map(|file| tables(file, ctx)).transpose()?;
    let old: Option<BTreeMap<Place, Value>> = old.map(|rows| rows.into_iter().collect());
    let rows: Vec<Value> = own
        .into_iter()
        .map(|(place, mut row)| {
            let other = old.as_ref().and_then(|old| old.get(&place));
            let same = other.filter(|o| ["index_1", "index_2"].iter().all(|i| o[i] == row[i]));
            row["against"] = same.map_or(Value::Null, |other| other["values"].clone());
            row
        })
        .collect();
    let body = json!({ "against": against, "tables": rows });
    let value = frame::document("libchar.library", 1, body);
    Ok(Named { name: file.to_owned(), value })
}

/// Cell, pin, other attributes of the group, table.
type Place = Vec<String>;

/// The tables of a file, in its order.
fn tables(file: &str, ctx: &Context) -> Result<Vec<(Place, Value)>> {
    let source = ctx.read(file)?;
    let text = input::text(file, &source.bytes).map_err(Faults::from)?;
    let document = read(file, text)?;
    let units = Units::of(document.library());
    let is_shown = |g: &&Group| ["timing", "internal_power"].contains(&g.name.as_str());
    let mut all = Vec::new();
    for cell in document.library().groups("cell") {
        for pin in cell.groups("pin") {
            for group in pin.all_groups().filter(is_shown) {
                for table in group.all_groups().filter(|table| table.list("values").is_some()) {
                    all.push(row((cell, pin), group, table, &units));
                }
            }
        }
    }
    Ok(all)
}

/// Scale and unit of the values of a table.
fn scale_of(table: &str, units: &Units) -> (f64, &'static str) {
    if table.ends_with("_power") {
        (units.energy(), "J")
    } else if table.contains("skewness") {
        (1.0, "")
    } else {
        (units.time, "s")
    }
}

fn row(
    (cell, pin): (&Group, &Group),
    group: &Group,
    table: &Group,
    units: &Units,
) -> (Place, Value) {
    let of = |name: &str| group.text(name).unwrap_or_default().to_owned();
    let side = table.text("sigma_type").unwrap_or_default();
    let name = format!("{} {side}", table.name).trim_end().to_owned();
    let keys = ["related_pin", "timing_type", "timing_sense", "when"].map(of);
    let mut place = vec![cell.argument().to_owned(), pin.argument().to_owned(), group.name.clone()];
    place.extend(keys.iter().cloned());
    place.push(name.clone());
    let (scale, unit) = scale_of(&table.name, units);
    let is_constraint = table.name.ends_with("_constraint");
    let second = if is_constraint { units.time } else { units.load };
    let numbers = |list: &str, scale: f64| -> Vec<f64> {
        let rows = table.list(list).map(|list| list.values.as_slice()).unwrap_or_default();
        let all = rows.iter().flat_map(|row| row.numbers().unwrap_or_default());
        all.map(|value| value * scale).collect()
    };
    let [related, kind, sense, when] = keys;
    let row = json!({
        "cell": cell.argument(), "pin": pin.argument(), "related_pin": related, "type": kind, "sense": sense, "when": when,
        "table": name, "unit": unit, "index_2_unit": if is_constraint { "s" } else { "F" },
        "index_1": numbers("index_1", units.time), "index_2": numbers("index_2", second), "values": numbers("values", scale),
        "extrapolated": extrapolated(table),
    });
    (place, row)
}

/// Indices of the entries that a comment in the table names as extrapolated, from 0.
fn extrapolated(table: &Group) -> Vec<usize> {
    let comments = table.items.iter().filter_map(|item| match item {
        Item::Comment(comment) => {
            comment.text.trim_matches(['/', '*', ' ']).strip_prefix(EXTRAPOLATED)
        }
        _ => None,
    });
    let numbers = comments.flat_map(|list| list.split(','));
    numbers.filter_map(|n| n.trim().parse::<usize>().ok()?.checked_sub(1)).collect()
}
