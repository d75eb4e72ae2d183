//! A Liberty file as a document of the page: every table with its place, its extrapolated entries, and the same table of
//! another file.

use crate::context::Context;
use anyhow::Result;
use libchar_cells::emit::EXTRAPOLATED;
use libchar_core::{Faults, input};
use libchar_liberty::{Group, Item, read};
use libchar_pages::Named;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Whether a name is that of a Liberty file.
pub fn is_liberty(name: &str) -> bool {
    std::path::Path::new(name).extension().is_some_and(|ending| ending == "lib")
}

/// The document of a file; `against` is the one that it is compared with.
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
    let value = json!({
        "schema": { "name": "libchar.library", "version": 1 },
        "against": against,
        "tables": rows,
    });
    Ok(Named { name: file.to_owned(), value })
}

/// Cell, pin, what the group is of, table.
type Place = Vec<String>;

/// Tables of a file, in its order.
fn tables(file: &str, ctx: &Context) -> Result<Vec<(Place, Value)>> {
    let source = ctx.read(file)?;
    let text = input::text(file, &source.bytes).map_err(Faults::from)?;
    let document = read(file, text)?;
    let scales = Scales::of(document.library());
    let is_shown = |g: &&Group| ["timing", "internal_power"].contains(&g.name.as_str());
    let mut all = Vec::new();
    for cell in document.library().groups("cell") {
        for pin in cell.groups("pin") {
            for group in pin.all_groups().filter(is_shown) {
                for table in group.all_groups().filter(|table| table.list("values").is_some()) {
                    all.push(row((cell, pin), group, table, scales));
                }
            }
        }
    }
    Ok(all)
}

/// Seconds and farads of one unit of the file; energies are in volts times volts times farads.
#[derive(Clone, Copy)]
struct Scales {
    time_s: f64,
    load_f: f64,
}

impl Scales {
    fn of(library: &Group) -> Scales {
        let time = library.text("time_unit").unwrap_or("1ns");
        let digits = time.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let power = match &time[digits.len()..] {
            "ps" => 1e-12,
            "us" => 1e-6,
            _ => 1e-9,
        };
        let load = library.list("capacitive_load_unit").map_or(&[][..], |list| &list.values);
        let unit = match load.get(1).map(|unit| unit.text.to_ascii_lowercase()).as_deref() {
            Some("ff") => 1e-15,
            _ => 1e-12,
        };
        let number = load.first().and_then(|n| n.as_number()).unwrap_or(1.0);
        Scales { time_s: digits.parse().unwrap_or(1.0) * power, load_f: number * unit }
    }

    /// Scale and unit of a table's values.
    fn values(self, table: &str) -> (f64, &'static str) {
        if table.ends_with("_power") {
            (self.load_f, "J")
        } else if table.contains("skewness") {
            (1.0, "")
        } else {
            (self.time_s, "s")
        }
    }
}

fn row(
    (cell, pin): (&Group, &Group),
    group: &Group,
    table: &Group,
    scales: Scales,
) -> (Place, Value) {
    let of = |name: &str| group.text(name).unwrap_or_default().to_owned();
    let side = table.text("sigma_type").unwrap_or_default();
    let name = format!("{} {side}", table.name).trim_end().to_owned();
    let keys = ["related_pin", "timing_type", "timing_sense", "when"].map(of);
    let mut place = vec![cell.argument().to_owned(), pin.argument().to_owned(), group.name.clone()];
    place.extend(keys.iter().cloned());
    place.push(name.clone());
    let (scale, unit) = scales.values(&table.name);
    let is_constraint = table.name.ends_with("_constraint");
    let second = if is_constraint { scales.time_s } else { scales.load_f };
    let numbers = |list: &str, scale: f64| -> Vec<f64> {
        let rows = table.list(list).map(|list| list.values.as_slice()).unwrap_or_default();
        let all = rows.iter().flat_map(|row| row.numbers().unwrap_or_default());
        all.map(|value| value * scale).collect()
    };
    let [related, kind, sense, when] = keys;
    let row = json!({
        "cell": cell.argument(), "pin": pin.argument(), "related_pin": related, "type": kind, "sense": sense, "when": when,
        "table": name, "unit": unit, "index_2_unit": if is_constraint { "s" } else { "F" },
        "index_1": numbers("index_1", scales.time_s), "index_2": numbers("index_2", second), "values": numbers("values", scale),
        "extrapolated": extrapolated(table),
    });
    (place, row)
}

/// The entries that a comment in the table names, from 0.
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
