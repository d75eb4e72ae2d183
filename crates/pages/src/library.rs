//! A library: the tables of each cell as maps, extrapolated entries marked, and what differs from another library.

use crate::model::{array, text};
use crate::pictures::anchor;
use crate::quantity::{Column, NOTHING, count, short};
use serde::Serialize;
use serde_json::Value;

/// The most cells with a panel; the table of differences covers the others.
const MOST_CELLS: usize = 20;
/// The most rows of the table of differences.
const MOST_ROWS: usize = 50;
/// Differences in percent from which on the shades of a map get darker.
const SHADES_PCT: [f64; 3] = [1.0, 3.0, 10.0];

#[derive(Serialize)]
pub struct Library {
    pub sentence: String,
    pub found: bool,
    against: Option<String>,
    differences: Vec<Difference>,
    more_differences: usize,
    cells: Vec<Cell>,
    more_cells: usize,
}

#[derive(Serialize)]
struct Difference {
    cell: String,
    arc: String,
    table: String,
    median: String,
    worst: String,
    at: String,
    #[serde(skip)]
    size: f64,
}

#[derive(Serialize)]
struct Cell {
    name: String,
    key: String,
    sentence: String,
    maps: Vec<Map>,
    #[serde(skip)]
    worst: f64,
}

#[derive(Serialize)]
struct Map {
    caption: String,
    name: String,
    unit: String,
    corner: String,
    columns: Vec<String>,
    rows: Vec<(String, Vec<Entry>)>,
}

#[derive(Serialize)]
struct Entry {
    text: String,
    class: &'static str,
    hole: bool,
}

/// One table of the document.
struct Table<'a> {
    of: &'a Value,
    values: Vec<f64>,
    old: Vec<f64>,
    first: Vec<f64>,
    second: Vec<f64>,
    holes: Vec<usize>,
}

fn numbers(of: &Value, name: &str) -> Vec<f64> {
    array(of, name).iter().map(|value| value.as_f64().unwrap_or(f64::NAN)).collect()
}

impl<'a> Table<'a> {
    fn of(of: &'a Value) -> Table<'a> {
        let holes = array(of, "extrapolated").iter().filter_map(Value::as_u64);
        Table {
            values: numbers(of, "values"),
            old: numbers(of, "against"),
            first: numbers(of, "index_1"),
            second: numbers(of, "index_2"),
            holes: holes.map(|at| at as usize).collect(),
            of,
        }
    }

    fn text(&self, name: &str) -> String {
        text(self.of, name).unwrap_or_default()
    }

    /// Differences from the other library, in percent of the other library's entries.
    fn differences(&self) -> Vec<f64> {
        if self.old.len() != self.values.len() {
            return Vec::new();
        }
        let pairs = self.values.iter().zip(&self.old);
        pairs
            .map(|(new, old)| if new == old { 0.0 } else { 100.0 * (new - old) / old.abs() })
            .collect()
    }

    /// The arc in words: `A to Y, combinational, !B`.
    fn arc(&self) -> String {
        let (pin, related) = (self.text("pin"), self.text("related_pin"));
        let mut words = vec![if related.is_empty() { pin } else { format!("{related} to {pin}") }];
        words.extend(["type", "sense", "when"].map(|key| self.text(key)));
        words.retain(|word| !word.is_empty());
        words.join(", ")
    }

    fn place(&self, at: usize) -> String {
        let width = self.second.len().max(1);
        let first = self.first.get(at / width).map(|x| short(*x, "s")).unwrap_or_default();
        let unit = self.text("index_2_unit");
        match self.second.get(at % width) {
            Some(second) => format!("{first}, {}", short(*second, &unit)),
            None => first,
        }
    }

    fn map(&self, shown: &[f64], unit: &str, is_difference: bool) -> Map {
        let column = Column::of(shown.iter().copied(), unit, 4);
        let mut sorted: Vec<f64> = shown.iter().copied().filter(|v| v.is_finite()).collect();
        sorted.sort_by(f64::total_cmp);
        let entry = |at: usize| {
            let Some(value) = shown.get(at).filter(|value| value.is_finite()) else {
                return Entry { text: NOTHING.to_owned(), class: "", hole: false };
            };
            let hole = self.holes.contains(&at);
            let text = match (is_difference, column) {
                (true, _) => format!("{value:+.1}").replace('-', "\u{2212}"),
                (false, Some(column)) => column.number(*value),
                (false, None) => short(*value, unit),
            };
            let class = match (hole, is_difference) {
                (true, _) => "mn",
                (false, true) => shade(SHADES_PCT.iter().filter(|s| value.abs() >= **s).count()),
                (false, false) => {
                    let below = sorted.partition_point(|other| other < value);
                    shade(4 * below / sorted.len().max(1))
                }
            };
            Entry { text, class, hole }
        };
        let width = self.second.len().max(1);
        let heights = shown.len().div_ceil(width);
        let row = |i: usize| {
            let head = self.first.get(i).map(|x| short(*x, "s")).unwrap_or_default();
            (head, (0..width).map(|j| entry(i * width + j)).collect())
        };
        let index_2 = self.text("index_2_unit");
        Map {
            caption: self.arc(),
            name: match is_difference {
                true => format!("{}, difference", self.text("table")),
                false => self.text("table"),
            },
            unit: match (is_difference, column) {
                (true, _) => "%".to_owned(),
                (false, Some(column)) => column.unit(unit),
                (false, None) => String::new(),
            },
            corner: if self.second.is_empty() { "transition" } else { "first and second index" }
                .to_owned(),
            columns: match self.second.is_empty() {
                true => vec!["value".to_owned()],
                false => self.second.iter().map(|x| short(*x, &index_2)).collect(),
            },
            rows: (0..heights).map(row).collect(),
        }
    }
}

fn shade(step: usize) -> &'static str {
    ["", "m1", "m2", "m3"][step.min(3)]
}

/// The section of a `libchar.library` document; its anchors begin with `id`.
pub fn library(document: &Value, id: &str) -> Library {
    let tables: Vec<Table<'_>> = array(document, "tables").iter().map(Table::of).collect();
    let holes: usize = tables.iter().map(|table| table.holes.len()).sum();
    let mut differences: Vec<Difference> = tables.iter().filter_map(difference).collect();
    differences.sort_by(|a, b| b.size.total_cmp(&a.size));
    let mut cells: Vec<Cell> = Vec::new();
    for table in &tables {
        let name = table.text("cell");
        if cells.last().is_none_or(|cell| cell.name != name) {
            let key = anchor(&format!("{id}-{name}"));
            cells.push(Cell { name, key, sentence: String::new(), maps: Vec::new(), worst: 0.0 });
        }
        let Some(cell) = cells.last_mut() else { continue };
        let unit = table.text("unit");
        cell.maps.push(table.map(&table.values, &unit, false));
        let differs = table.differences();
        if !differs.is_empty() {
            cell.maps.push(table.map(&differs, "", true));
        }
        let own = differs.iter().filter(|d| d.is_finite()).fold(0.0f64, |w, d| w.max(d.abs()));
        // A table with extrapolated entries comes before any difference.
        cell.worst = cell.worst.max(own).max(if table.holes.is_empty() { 0.0 } else { f64::MAX });
    }
    let against = text(document, "against");
    let mut sentence = format!("{}, {}", count(cells.len(), "cell"), count(tables.len(), "table"));
    sentence.push_str(&match holes {
        0 => "; every entry was simulated".to_owned(),
        1 => "; 1 entry is extrapolated".to_owned(),
        n => format!("; {n} entries are extrapolated"),
    });
    if let Some(old) = &against {
        let compared = tables.iter().filter(|table| !table.differences().is_empty()).count();
        let differ = differences.iter().filter(|d| d.size >= SHADES_PCT[1]).count();
        sentence.push_str(&format!(
            "; tables that differ by {} % or more somewhere from {old}: {differ} of {compared}",
            SHADES_PCT[1]
        ));
        if compared < tables.len() {
            let rest = tables.len() - compared;
            sentence
                .push_str(&format!("; tables without a partner of the same indexes there: {rest}"));
        }
    }
    for cell in &mut cells {
        cell.sentence = count(cell.maps.len(), "map");
    }
    cells.sort_by(|a, b| b.worst.total_cmp(&a.worst));
    let more_cells = cells.len().saturating_sub(MOST_CELLS);
    cells.truncate(MOST_CELLS);
    let more_differences = differences.len().saturating_sub(MOST_ROWS);
    differences.truncate(MOST_ROWS);
    let (found, sentence) = (holes > 0, format!("{sentence}."));
    Library { sentence, found, against, differences, more_differences, cells, more_cells }
}

/// Median and worst difference of a table; `None` if nothing is compared, or nothing differs.
fn difference(table: &Table<'_>) -> Option<Difference> {
    let all = table.differences();
    let worst = (0..all.len())
        .filter(|at| all[*at].is_finite())
        .max_by(|a, b| all[*a].abs().total_cmp(&all[*b].abs()))?;
    let mut sizes: Vec<f64> = all.iter().map(|d| d.abs()).filter(|d| d.is_finite()).collect();
    sizes.sort_by(f64::total_cmp);
    let size = all[worst].abs();
    (size > 0.0).then(|| Difference {
        cell: table.text("cell"),
        arc: table.arc(),
        table: table.text("table"),
        median: format!("{:.1} %", sizes[sizes.len() / 2]),
        worst: format!("{:+.1} %", all[worst]).replace('-', "\u{2212}"),
        at: table.place(worst),
        size,
    })
}

#[cfg(test)]
mod tests {
    use super::library;
    use serde_json::json;

    #[test]
    fn holes_and_differences_stand_where_they_are() {
        let table = |name: &str, values: [f64; 4], holes: &[usize], old: serde_json::Value| {
            json!({ "cell": "inv_1", "pin": "Y", "related_pin": "A", "type": "combinational", "sense": "negative_unate",
                "when": "", "table": name, "unit": "s", "index_2_unit": "F", "index_1": [1e-11, 1e-10],
                "index_2": [1e-15, 2e-15], "values": values, "extrapolated": holes, "against": old })
        };
        let document = json!({ "against": "old.lib", "tables": [
            table("cell_rise", [1e-11, 2e-11, 3e-11, 4e-11], &[3], json!([1e-11, 2e-11, 3e-11, 5e-11])),
            table("cell_fall", [1e-11, 2e-11, 3e-11, 4e-11], &[], json!(null)) ] });
        let page = library(&document, "library-0");
        assert!(page.found);
        assert_eq!(
            page.sentence,
            "1 cell, 2 tables; 1 entry is extrapolated; tables that differ by 3 % or more somewhere from old.lib: 1 of 1; tables without a partner of the same indexes there: 1."
        );
        let worst = &page.differences[0];
        assert_eq!((worst.worst.as_str(), worst.table.as_str()), ("\u{2212}20.0 %", "cell_rise"));
        let maps = &page.cells[0].maps;
        assert_eq!(maps.len(), 3);
        let last = &maps[0].rows[1].1[1];
        assert!(last.hole && last.class == "mn" && last.text == "40.00", "{}", last.text);
        assert_eq!(maps[0].unit, "ps");
        assert_eq!(maps[1].rows[0].1[0].text, "+0.0");
        // With nothing compared and nothing extrapolated, nothing needs attention.
        let plain = json!({ "tables": [table("cell_rise", [1e-11, 2e-11, 3e-11, 4e-11], &[], json!(null))] });
        let page = library(&plain, "library-0");
        assert!(!page.found && page.differences.is_empty());
        assert_eq!(page.sentence, "1 cell, 1 table; every entry was simulated.");
    }
}
