//! The content of any document: single values as a list, lists of records as tables.

use crate::model::array;
use crate::quantity::NOTHING;
use serde::Serialize;
use serde_json::Value;

/// The most rows of a table that are shown; further rows are counted.
const MOST_ROWS: usize = 200;

#[derive(Serialize)]
pub struct Generic {
    /// The section, which distinguishes regions of the same name.
    pub section: String,
    pub remarks: Vec<String>,
    pub values: Vec<(String, String)>,
    pub tables: Vec<Table>,
}

#[derive(Serialize)]
pub struct Table {
    caption: String,
    columns: Vec<(String, bool)>,
    rows: Vec<Vec<String>>,
    total: usize,
    cut: bool,
}

/// Splits the document of a section into values and tables; members named in `but` are shown
/// elsewhere.
pub fn generic(section: &str, document: &Value, but: &[&str]) -> Generic {
    let mut generic = Generic {
        section: section.to_owned(),
        remarks: remarks(document),
        values: Vec::new(),
        tables: Vec::new(),
    };
    let skipped = ["schema", "assumptions", "not_modelled", "warnings", "remarks"];
    for (name, value) in document.as_object().into_iter().flatten() {
        if !skipped.contains(&name.as_str()) && !but.contains(&name.as_str()) {
            member(&mut generic, name, value);
        }
    }
    generic
}

/// Remarks that are shown above every picture: what a model leaves out, and what it warns of.
fn remarks(document: &Value) -> Vec<String> {
    let names = ["warnings", "not_modelled", "assumptions", "remarks"];
    let lists = names.into_iter().flat_map(|name| array(document, name));
    lists.filter_map(|remark| remark.as_str().map(str::to_owned)).collect()
}

fn member(generic: &mut Generic, name: &str, value: &Value) {
    match value {
        Value::Array(list) if list.iter().any(Value::is_object) => {
            generic.tables.push(table(name, list));
        }
        Value::Array(list) if list.len() <= 12 => generic.values.push((words(name), cell(value))),
        Value::Array(list) => generic.values.push((words(name), format!("{} values", list.len()))),
        Value::Object(members) => {
            for (inner, value) in members {
                member(generic, &format!("{name}.{inner}"), value);
            }
        }
        _ => generic.values.push((words(name), cell(value))),
    }
}

fn table(name: &str, list: &[Value]) -> Table {
    let mut columns: Vec<String> = Vec::new();
    for row in list {
        for key in row.as_object().into_iter().flat_map(|row| row.keys()) {
            if !columns.contains(key) {
                columns.push(key.clone());
            }
        }
    }
    let shown = list.iter().take(MOST_ROWS);
    let numeric = |column: &String| {
        list.iter().filter_map(|row| row.get(column)).filter(|v| !v.is_null()).all(Value::is_number)
    };
    Table {
        caption: words(name),
        rows: shown
            .map(|row| {
                columns
                    .iter()
                    .map(|c| row.get(c).map_or_else(|| NOTHING.to_owned(), cell))
                    .collect()
            })
            .collect(),
        columns: columns.iter().map(|column| (words(column), numeric(column))).collect(),
        total: list.len(),
        cut: list.len() > MOST_ROWS,
    }
}

/// Turns a name into words; a unit at its end stays as it is written.
fn words(name: &str) -> String {
    name.replace('_', " ")
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => NOTHING.to_owned(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Array(list) => list.iter().map(cell).collect::<Vec<_>>().join(", "),
        Value::Object(members) => {
            let parts =
                members.iter().map(|(name, value)| format!("{} {}", words(name), cell(value)));
            parts.collect::<Vec<_>>().join(", ")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn records_become_tables_and_values_a_list() {
        let document = json!({ "schema": {}, "xj_nm": 192.2, "rows": [{ "a": 1, "b": "x" }, { "a": null }],
            "warnings": ["no defects"], "inner": { "k": true } });
        let generic = generic("a", &document, &[]);
        assert_eq!(
            generic.values,
            [("xj nm".to_owned(), "192.2".to_owned()), ("inner.k".to_owned(), "yes".to_owned())]
        );
        assert_eq!(generic.tables[0].rows, [["1", "x"], ["–", "–"]]);
        assert_eq!(generic.remarks, ["no defects"]);
    }

    #[test]
    fn long_tables_are_cut_and_counted() {
        let rows: Vec<Value> = (0..500).map(|i| json!({ "i": i })).collect();
        let table = &generic("a", &json!({ "rows": rows }), &[]).tables[0];
        assert_eq!((table.rows.len(), table.total, table.cut), (200, 500, true));
    }
}
