//! The shade of a value's field: by its margin to a limit, or by its rank among the others.

use crate::model::{Domain, Measure, Row};
use crate::quantity::{self, Column};
use serde::Serialize;

/// One field of a map.
#[derive(Serialize)]
pub struct Cell {
    /// Its shade; empty without a value.
    pub class: &'static str,
    /// The value as it is shown.
    pub text: String,
    /// The mark for a missed limit and its side, or for how the value was obtained.
    pub mark: &'static str,
}

/// The bounds of the fifths of the values, for measures without limits.
pub struct Levels([f64; 4]);

impl Levels {
    /// The fifths of a measure's values.
    pub fn of(measure: &Measure) -> Levels {
        let mut values: Vec<f64> = measure.values().collect();
        values.sort_by(f64::total_cmp);
        let at =
            |fifth: usize| values.get(fifth * values.len() / 5).copied().unwrap_or(f64::INFINITY);
        Levels([at(1), at(2), at(3), at(4)])
    }

    /// The class of a row's value: by its margin, or by its fifth if there are no limits.
    pub fn class(&self, row: &Row, value: f64) -> &'static str {
        match row.margin_pct() {
            _ if row.missed => "mx",
            Some(margin) if margin >= 20.0 => "m0",
            Some(margin) if margin >= 10.0 => "m1",
            Some(margin) if margin >= 5.0 => "m2",
            Some(_) => "m3",
            None => ["v0", "v1", "v2", "v3", "v4"]
                [self.0.iter().filter(|limit| value >= **limit).count()],
        }
    }

    /// The cell of one row, or of the worst of several.
    pub fn cell(
        &self,
        domain: &Domain,
        rows: &[&Row],
        unit: Option<Column>,
        measure: &Measure,
    ) -> Cell {
        let margin = |row: &&&Row| row.margin_pct().unwrap_or(f64::INFINITY);
        let Some(row) = rows.iter().min_by(|a, b| margin(a).total_cmp(&margin(b))) else {
            return Cell::empty();
        };
        let Some(value) = row.value else {
            return Cell { class: "mn", text: "?".to_owned(), mark: "" };
        };
        let text = unit
            .map_or_else(|| quantity::cell(value, &measure.unit), |column| column.number(value));
        let class = self.class(row, value);
        let run = domain.points[row.point].run.as_ref();
        let mark = match run {
            _ if row.missed && row.upper.is_some_and(|upper| value > upper) => "▲",
            _ if row.missed => "▼",
            Some(run) if !run.recipe.is_empty() => "r",
            Some(run) if run.flaky => "f",
            Some(run) if !run.preset.is_empty() => "p",
            _ => "",
        };
        Cell { class, text, mark }
    }
}

impl Cell {
    /// A field without a value.
    pub fn empty() -> Cell {
        Cell { class: "", text: String::new(), mark: "" }
    }
}
