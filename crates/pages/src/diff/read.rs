//! Turns documents and tables into entries.

use super::entry::{Content, Entry};
use libchar_core::{Table, number};
use serde_json::{Map, Value};

/// The judged rows of a `creport.json`.
pub fn report(document: &Value) -> Vec<Entry> {
    let mut entries = Vec::new();
    for measure in list(document, "measures") {
        let name = text(measure, "measure");
        let alter = measure.get("alter").and_then(Value::as_u64).unwrap_or(1);
        let unit = text(measure, "unit");
        for row in list(measure, "rows") {
            entries.push(Entry {
                at: position(alter, text(row, "step")),
                unit: unit.to_owned().into(),
                limits: (number_of(row, "lower"), number_of(row, "upper")),
                verdict: text(row, "result").to_owned(),
                status: text(row, "status").to_owned(),
                ..Entry::new(text(row, "point"), name, content(row.get("value")))
            });
        }
    }
    entries
}

/// The statistics of the samples in a `creport.json`, for each measure at each point; none if it
/// has no samples.
pub fn spread(document: &Value) -> Vec<Entry> {
    let mut entries = Vec::new();
    for measure in document.get("statistics").into_iter().flat_map(|all| list(all, "measures")) {
        let alter = measure.get("alter").and_then(Value::as_u64).unwrap_or(1);
        for (name, way, has_unit) in SPREADS {
            let value = measure.pointer(way);
            if value.is_some_and(Value::is_number) {
                let unit = if has_unit { text(measure, "unit") } else { "" };
                let name = format!("{} {name}", text(measure, "measure"));
                entries.push(Entry {
                    at: position(alter, ""),
                    unit: unit.to_owned().into(),
                    ..Entry::new(text(measure, "point"), name, content(value))
                });
            }
        }
    }
    entries
}

/// Statistics that are compared, their paths, and whether they have the measure's unit.
const SPREADS: [(&str, &str, bool); 4] = [
    ("mean", "/mean/value", true),
    ("sd", "/sd/value", true),
    ("yield", "/yield/share/value", false),
    ("linear sd", "/sensitivity/linear_sd", true),
];

/// A position such as `alter 2, load=1e-15`; empty for the only value of a point.
pub fn position(alter: u64, step: &str) -> String {
    match (alter, step) {
        (1, step) => step.to_owned(),
        (alter, "") => format!("alter {alter}"),
        (alter, step) => format!("alter {alter}, {step}"),
    }
}

/// The numbers of a measurement with their expanded uncertainties.
pub fn metro(document: &Value) -> Vec<Entry> {
    let mut entries = Vec::new();
    for result in list(document, "results") {
        let tags = result.get("tags").and_then(Value::as_object);
        let tags =
            tags.into_iter().flatten().map(|(name, value)| format!("{name}={}", plain(value)));
        let place = tags.collect::<Vec<_>>().join(", ");
        let outcome = text(result, "outcome");
        if outcome == "refused" {
            let entry = Entry::new(place.as_str(), "result", Content::Nothing);
            entries.push(Entry { status: "refused".to_owned(), ..entry });
        }
        for number in list(result, "numbers") {
            entries.push(Entry {
                unit: text(number, "unit").to_owned().into(),
                expanded: number_of(number, "u_expanded"),
                ..Entry::new(place.as_str(), text(number, "name"), content(number.get("y")))
            });
        }
        for (name, word) in result.get("words").and_then(Value::as_object).into_iter().flatten() {
            entries.push(Entry::new(place.as_str(), name.as_str(), content(Some(word))));
        }
    }
    entries
}

/// Members that name a record among similar ones, in this order of preference.
const NAMES: [&str; 26] = [
    "point", "recipe", "file", "command", "stage", "key", "job", "lot", "wafer", "site", "tool",
    "chart", "column", "measure", "figure", "name", "id", "rule", "label", "cell", "pin", "alter",
    "step", "index", "result", "quantity",
];

/// Every leaf of a document by its path, except `schema`. The records of a list are identified by
/// their names, if these differ, else by their numbers.
pub fn document(document: &Value) -> Vec<Entry> {
    let mut entries = Vec::new();
    let Some(members) = document.as_object() else { return entries };
    for (key, value) in members.iter().filter(|(key, _)| *key != "schema") {
        leaves(String::new(), key, value, &mut entries);
    }
    entries
}

/// Adds the leaves of a value. The recursion is bounded, since `serde_json` reads no document
/// deeper than 128 levels.
fn leaves(place: String, key: &str, value: &Value, entries: &mut Vec<Entry>) {
    let below = || if place.is_empty() { key.to_owned() } else { format!("{place}.{key}") };
    match value {
        Value::Object(members) => {
            for (inner, value) in members {
                leaves(below(), inner, value, entries);
            }
        }
        Value::Array(all) if all.iter().all(Value::is_object) && !all.is_empty() => {
            let names = names(all);
            for (i, (record, name)) in all.iter().zip(names).enumerate() {
                let name = name.unwrap_or_else(|| (i + 1).to_string());
                for (inner, value) in record.as_object().into_iter().flatten() {
                    leaves(format!("{}[{name}]", below()), inner, value, entries);
                }
            }
        }
        Value::Array(all) => {
            for (i, value) in all.iter().enumerate() {
                match value {
                    Value::Array(_) | Value::Object(_) => {
                        leaves(below(), &(i + 1).to_string(), value, entries)
                    }
                    leaf => entries.push(Entry {
                        at: (i + 1).to_string(),
                        ..Entry::new(place.as_str(), key, content(Some(leaf)))
                    }),
                }
            }
        }
        leaf => entries.push(Entry::new(place, key, content(Some(leaf)))),
    }
}

/// A name for each record, if they all differ.
fn names(records: &[Value]) -> Vec<Option<String>> {
    let name = |record: &Value| -> Option<String> {
        let record: &Map<String, Value> = record.as_object()?;
        let parts = NAMES.iter().filter_map(|name| match record.get(*name)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) if number.is_i64() || number.is_u64() => {
                Some(format!("{name} {number}"))
            }
            _ => None,
        });
        let parts: Vec<String> = parts.collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    };
    let names: Vec<Option<String>> = records.iter().map(name).collect();
    let mut sorted: Vec<&String> = names.iter().flatten().collect();
    sorted.sort_unstable();
    let all_differ =
        sorted.len() == names.len() && sorted.windows(2).all(|pair| pair[0] != pair[1]);
    if all_differ { names } else { vec![None; records.len()] }
}

/// The cells of a table. Cells with text name a row; without such cells, the first column does.
pub fn table(table: &Table) -> Vec<Entry> {
    let rows = 0..table.len();
    let is_number = |column: usize| {
        rows.clone().all(|row| {
            let cell = table.cell(row, column);
            cell.is_empty() || number::parse_decimal(cell).is_some()
        })
    };
    let numeric: Vec<bool> = (0..table.columns.len()).map(is_number).collect();
    let named_by: Vec<usize> = match numeric.iter().all(|numeric| *numeric) {
        true => vec![0],
        false => (0..numeric.len()).filter(|column| !numeric[*column]).collect(),
    };
    let mut entries = Vec::new();
    for row in rows {
        let parts = named_by.iter().map(|column| {
            let cell = table.cell(row, *column);
            if numeric[*column] {
                format!("{}={cell}", table.columns[*column])
            } else {
                cell.to_owned()
            }
        });
        let name = parts.collect::<Vec<_>>().join(" ");
        for (column, measure) in
            table.columns.iter().enumerate().filter(|(c, _)| !named_by.contains(c))
        {
            let cell = table.cell(row, column);
            let content = number::parse_decimal(cell).map_or(Content::Nothing, Content::Number);
            let entry = Entry::new(String::new(), measure.as_str(), content);
            // A profile is one table for each column; rows with names are places of their own.
            entries.push(match numeric[named_by[0]] {
                true => Entry { at: name.clone(), ..entry },
                false => Entry { place: name.clone(), ..entry },
            });
        }
    }
    entries
}

fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn number_of(value: &Value, key: &str) -> Option<f64> {
    value.get(key).and_then(Value::as_f64)
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn content(value: Option<&Value>) -> Content {
    match value {
        None | Some(Value::Null) => Content::Nothing,
        Some(Value::Number(number)) => number.as_f64().map_or(Content::Nothing, Content::Number),
        Some(value) => Content::Text(plain(value)),
    }
}
