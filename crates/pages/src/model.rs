//! The documents of a domain in the form that the sections use: points with their places, measures
//! with their judged rows.

use crate::input::DomainInputs;
use crate::place::{Place, Swept};
use serde_json::Value;
use std::collections::{BTreeMap, HashSet};

/// The judgement of a measure, or of one value, in the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// A value is outside its limits.
    Missed,
    /// A limit has no value to compare; all values are within their limits.
    Open,
    /// Every value is within its limits.
    Kept,
    /// No limit is set.
    Unlimited,
}

impl State {
    /// The sign that shows the state without colour.
    pub fn sign(self) -> &'static str {
        match self {
            State::Missed => "✕",
            State::Open => "?",
            State::Kept => "✓",
            State::Unlimited => "·",
        }
    }

    /// The class of a tag in the style sheet.
    pub fn class(self) -> &'static str {
        match self {
            State::Missed => "miss",
            State::Open => "open",
            State::Kept => "pass",
            State::Unlimited => "none",
        }
    }
}

/// One point.
#[derive(Debug, Clone)]
pub struct Point {
    /// Its id, which is its folder.
    pub id: String,
    /// Its place on the axes.
    pub place: Place,
    /// The row of `run.csv`, if there is one.
    pub run: Option<RunRow>,
}

/// The row of `run.csv` for a point.
#[derive(Debug, Clone, Default)]
pub struct RunRow {
    /// `done`, `failed`, ...
    pub status: String,
    /// Class of the failure, empty for none.
    pub class: String,
    /// Why it failed.
    pub reason: String,
    /// Number of attempts.
    pub attempts: u64,
    /// Whether it failed before it succeeded.
    pub flaky: bool,
    /// The option recipe with which it was done.
    pub recipe: String,
    /// The preset with which it was done.
    pub preset: String,
}

/// One value of a measure.
#[derive(Debug, Clone)]
pub struct Row {
    /// Index of the point in [`Domain::points`].
    pub point: usize,
    /// The swept step, empty where nothing is swept.
    pub step: String,
    /// The value, `None` unless it was measured.
    pub value: Option<f64>,
    /// `ok`, `failed` or `missing`.
    pub status: String,
    /// The least value that passes.
    pub lower: Option<f64>,
    /// The largest value that passes.
    pub upper: Option<f64>,
    /// Whether the report judged that it misses a limit.
    pub missed: bool,
}

impl Row {
    /// The distance to the nearer limit and that limit; negative outside.
    pub fn margin(&self) -> Option<(f64, f64)> {
        let value = self.value?;
        let above = self.upper.map(|limit| (limit - value, limit));
        let below = self.lower.map(|limit| (value - limit, limit));
        match (below, above) {
            (Some(below), Some(above)) => Some(if above.0 < below.0 { above } else { below }),
            (below, above) => below.or(above),
        }
    }

    /// The margin in percent of the limit; `None` for a limit of zero.
    pub fn margin_pct(&self) -> Option<f64> {
        self.margin()
            .and_then(|(margin, limit)| (limit != 0.0).then(|| 100.0 * margin / limit.abs()))
    }

    /// Whether a limit is set.
    pub fn limited(&self) -> bool {
        self.lower.is_some() || self.upper.is_some()
    }
}

/// One measure, and one alter of it.
#[derive(Debug, Clone)]
pub struct Measure {
    /// The anchor's name, `tphl` or `tphl-2`.
    pub key: String,
    /// Its name, with the alter if there are several.
    pub name: String,
    /// Its title, empty if there is none.
    pub title: String,
    /// SI unit, empty if it is not known.
    pub unit: String,
    /// Value at the typical point.
    pub typ: Option<f64>,
    /// Rows in the report's order.
    pub rows: Vec<Row>,
}

impl Measure {
    /// The measure's state.
    pub fn state(&self) -> State {
        let open = |row: &Row| row.limited() && row.value.is_none();
        if self.rows.iter().any(|row| row.missed) {
            State::Missed
        } else if self.rows.iter().any(open) {
            State::Open
        } else if self.rows.iter().any(Row::limited) {
            State::Kept
        } else {
            State::Unlimited
        }
    }

    /// The rows that miss a limit.
    pub fn missed(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.missed)
    }

    /// Number of rows with a limit but without a value.
    pub fn open(&self) -> usize {
        self.rows.iter().filter(|row| row.limited() && row.value.is_none()).count()
    }

    /// All values.
    pub fn values(&self) -> impl Iterator<Item = f64> {
        self.rows.iter().filter_map(|row| row.value)
    }

    /// The row with the worst margin, in percent if the limit is not zero.
    pub fn worst(&self) -> Option<&Row> {
        let size = |row: &Row| row.margin_pct().or(row.margin().map(|(margin, _)| margin));
        let judged = self.rows.iter().filter(|row| size(row).is_some());
        judged.min_by(|a, b| size(a).partial_cmp(&size(b)).unwrap_or(std::cmp::Ordering::Equal))
    }
}

/// A domain.
#[derive(Debug, Clone)]
pub struct Domain {
    /// Points in the order of the tables.
    pub points: Vec<Point>,
    /// Measures in the order of the report.
    pub measures: Vec<Measure>,
    /// Id of the typical point.
    pub typ: Option<String>,
    /// What a reader must know about the whole report, such as that results are older than the
    /// decks.
    pub remarks: Vec<String>,
}

impl Domain {
    /// Reads the documents of a domain.
    pub fn read(inputs: &DomainInputs) -> Domain {
        let mut domain = Domain {
            points: inputs.points.iter().filter_map(point).collect(),
            measures: Vec::new(),
            typ: text(&inputs.creport, "typ"),
            remarks: remarks(&inputs.creport),
        };
        let mut index: BTreeMap<String, usize> =
            domain.points.iter().enumerate().map(|(i, point)| (point.id.clone(), i)).collect();
        let axes = axes(&inputs.creport);
        for measure in array(&inputs.creport, "measures") {
            let rows = array(measure, "rows").iter().filter_map(|row| {
                let id = text(row, "point")?;
                let points = &mut domain.points;
                let point = *index.entry(id.clone()).or_insert_with(|| {
                    let place = axes.get(&id).cloned().unwrap_or_else(|| Place::of_id(&id));
                    points.push(Point { place, id, run: None });
                    points.len() - 1
                });
                Some(self::row(row, point))
            });
            let rows = rows.collect();
            domain.measures.push(self::measure(measure, rows, inputs));
        }
        for run in &inputs.run {
            let Some(point) = text(run, "point").and_then(|id| index.get(&id).copied()) else {
                continue;
            };
            domain.points[point].run = Some(run_row(run));
        }
        domain
    }

    /// The distinct corners in the order of the points.
    pub fn corners(&self) -> Vec<&str> {
        let mut seen = HashSet::new();
        let corners = self.points.iter().map(|point| point.place.corner.as_str());
        corners.filter(|corner| seen.insert(*corner)).collect()
    }

    /// Temperatures from the lowest; points without one are left out.
    pub fn temperatures(&self) -> Vec<f64> {
        let mut all: Vec<f64> = self.points.iter().filter_map(|point| point.place.temp_c).collect();
        all.sort_by(f64::total_cmp);
        all.dedup();
        all
    }

    /// One place for each supply, by its voltages, then in the order of the points.
    pub fn supplies(&self) -> Vec<&Place> {
        let mut seen = HashSet::new();
        let places = self.points.iter().map(|point| &point.place);
        let mut supplies: Vec<&Place> =
            places.filter(|place| seen.insert(place.supply.as_str())).collect();
        supplies.sort_by(|a, b| a.volts.partial_cmp(&b.volts).unwrap_or(std::cmp::Ordering::Equal));
        supplies
    }

    /// Whether a limit is missed, or has no value to compare at some point.
    pub fn failed(&self) -> bool {
        self.measures.iter().any(|measure| matches!(measure.state(), State::Missed | State::Open))
    }

    /// Number of points that have at least one value.
    pub fn with_values(&self) -> usize {
        let mut has = vec![false; self.points.len()];
        for row in self.measures.iter().flat_map(|measure| &measure.rows) {
            has[row.point] |= row.value.is_some();
        }
        has.into_iter().filter(|has| *has).count()
    }
}

/// A member that is text.
pub fn text(value: &Value, name: &str) -> Option<String> {
    value.get(name)?.as_str().map(str::to_owned)
}

/// A member that is a number, or text that is one, as CSV cells are.
pub fn number(value: &Value, name: &str) -> Option<f64> {
    let member = value.get(name)?;
    member.as_f64().or_else(|| member.as_str()?.parse().ok()).filter(|value| value.is_finite())
}

/// The elements of a member that is a list; none if it is not a list.
pub fn array<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The pairs of numbers in a list; other elements are left out.
pub fn pairs(of: &Value, name: &str) -> Vec<(f64, f64)> {
    let pair = |pair: &Value| Some((pair.get(0)?.as_f64()?, pair.get(1)?.as_f64()?));
    array(of, name).iter().filter_map(pair).collect()
}

fn flag(value: &Value, name: &str) -> bool {
    value.get(name).is_some_and(|v| v.as_bool().unwrap_or(v.as_str() == Some("true")))
}

fn point(row: &Value) -> Option<Point> {
    Some(Point { id: text(row, "point")?, place: place(row), run: None })
}

/// The place that a row's axes give; voltages are the members whose names end in `_v`, in their
/// order.
fn place(row: &Value) -> Place {
    let id = text(row, "point").unwrap_or_default();
    let mut place = Place::of_id(&id);
    for (name, value) in row.as_object().into_iter().flatten() {
        match (name.as_str(), value) {
            ("corner", Value::String(corner)) => place.corner.clone_from(corner),
            ("extraction", Value::String(extraction)) => place.extraction.clone_from(extraction),
            ("supply", Value::String(supply)) => place.supply.clone_from(supply),
            ("temp_c", _) => place.temp_c = number(row, "temp_c").or(place.temp_c),
            ("sweep", Value::Array(swept)) => {
                let value = |of: &Value| {
                    let (axis, label) = (text(of, "axis")?, text(of, "label")?);
                    Some(Swept { axis, label, value: number(of, "value") })
                };
                place.sweep = swept.iter().filter_map(value).collect();
            }
            (column, _) if column.starts_with("sweep_") => {
                let axis = column.trim_start_matches("sweep_");
                place.sweep.extend(swept(&id, axis, number(row, column)));
            }
            (volts, _) if volts.ends_with("_v") => place.volts.extend(number(row, volts)),
            _ => {}
        }
    }
    place
}

/// A swept axis with its label, which is taken from the point's folder.
fn swept(id: &str, axis: &str, value: Option<f64>) -> Option<Swept> {
    let folder = |folder: &str| folder.strip_prefix(axis)?.strip_prefix('_').map(str::to_owned);
    let label = id.split('/').skip(4).find_map(folder)?;
    Some(Swept { axis: axis.to_owned(), label, value })
}

/// The axes of the points, if the report contains them.
fn axes(creport: &Value) -> BTreeMap<String, Place> {
    let lists = ["axes", "points"].into_iter().flat_map(|name| array(creport, name));
    lists.filter_map(|row| Some((text(row, "point")?, place(row)))).collect()
}

/// Remarks of the report on how complete and how old it is.
fn remarks(creport: &Value) -> Vec<String> {
    ["partial", "stale", "remarks"]
        .into_iter()
        .filter_map(|name| creport.get(name))
        .flat_map(|value| match value {
            Value::String(text) => vec![text.clone()],
            Value::Array(list) => {
                list.iter().filter_map(|v| v.as_str().map(str::to_owned)).collect()
            }
            _ => Vec::new(),
        })
        .collect()
}

fn row(row: &Value, point: usize) -> Row {
    let value = number(row, "value");
    Row {
        point,
        step: text(row, "step").unwrap_or_default(),
        value,
        status: text(row, "status").unwrap_or_default(),
        lower: number(row, "lower"),
        upper: number(row, "upper"),
        missed: value.is_some() && row.get("result").and_then(Value::as_str) == Some("FAIL"),
    }
}

fn measure(measure: &Value, rows: Vec<Row>, inputs: &DomainInputs) -> Measure {
    let name = text(measure, "measure").unwrap_or_default();
    let alter = number(measure, "alter").unwrap_or(1.0);
    let several = array(&inputs.creport, "measures")
        .iter()
        .filter(|other| text(other, "measure").as_deref() == Some(&name))
        .count()
        > 1;
    let title = text(measure, "title").or_else(|| inputs.titles.get(&name).cloned());
    Measure {
        key: if several { format!("{name}-{alter}") } else { name.clone() },
        title: title.unwrap_or_default(),
        unit: text(measure, "unit").unwrap_or_default(),
        typ: number(measure, "typ"),
        name: if several { format!("{name}, alter {alter}") } else { name },
        rows,
    }
}

fn run_row(row: &Value) -> RunRow {
    RunRow {
        status: text(row, "status").unwrap_or_default(),
        class: text(row, "class").unwrap_or_default(),
        reason: text(row, "reason").unwrap_or_default(),
        attempts: number(row, "attempts").unwrap_or(0.0) as u64,
        flaky: flag(row, "flaky"),
        recipe: text(row, "recipe").unwrap_or_default(),
        preset: text(row, "preset").unwrap_or_default(),
    }
}

#[cfg(test)]
/// A small domain that the tests of all sections use.
pub mod tests {
    use super::*;
    use serde_json::json;

    /// Eight points, two corners by two temperatures by two supplies; one misses its limit, one has
    /// no value.
    pub fn inputs() -> DomainInputs {
        let mut points = Vec::new();
        let mut rows = Vec::new();
        for (c, corner) in ["SS", "FF"].into_iter().enumerate() {
            for (t, temp_c) in [-40, 125].into_iter().enumerate() {
                for (s, volts) in [0.99, 1.21].into_iter().enumerate() {
                    let label = if temp_c < 0 { "m40" } else { "125" };
                    let id = format!("{corner}/typical/typical_{label}/v{s}");
                    points.push(json!({ "point": id, "corner": corner, "extraction": "typical",
                        "temp_c": temp_c, "supply": format!("v{s}"), "vccn_v": volts, "vcctx_v": volts }));
                    let value = 2e-11 - 4e-12 * c as f64 + 1e-12 * t as f64 - 2e-12 * s as f64;
                    let missing = corner == "FF" && temp_c == 125 && s == 1;
                    rows.push(json!({ "point": id, "step": "", "value": if missing { None } else { Some(value) },
                        "status": if missing { "failed" } else { "ok" }, "lower": null, "upper": 2.05e-11,
                        "result": if missing || value > 2.05e-11 { "FAIL" } else { "PASS" } }));
                }
            }
        }
        let measure =
            json!({ "measure": "tphl", "alter": 1, "unit": "s", "typ": 1.9e-11, "rows": rows });
        let creport = json!({ "schema": { "name": "libchar.creport", "version": 1 },
            "typ": "SS/typical/typical_125/v1", "measures": [measure] });
        DomainInputs { creport, points, stem: "sim_tx".to_owned(), ..DomainInputs::default() }
    }

    #[test]
    fn a_point_without_a_value_is_open_and_not_missed() {
        let domain = Domain::read(&inputs());
        let measure = &domain.measures[0];
        assert_eq!(measure.state(), State::Missed);
        assert_eq!((measure.missed().count(), measure.open()), (1, 1));
        let worst = &domain.points[measure.worst().expect("a worst row").point];
        assert_eq!(worst.place.words().replace('\u{202f}', " "), "SS, 125 °C, 0.99 V");
        assert_eq!(domain.with_values(), 7);
    }

    #[test]
    fn axes_are_ordered_by_table_and_value() {
        let domain = Domain::read(&inputs());
        assert_eq!(domain.corners(), ["SS", "FF"]);
        assert_eq!(domain.temperatures(), [-40.0, 125.0]);
        assert_eq!(domain.supplies().len(), 2);
    }

    #[test]
    fn a_report_alone_has_places_by_its_ids() {
        let mut inputs = inputs();
        inputs.points.clear();
        let domain = Domain::read(&inputs);
        assert_eq!(domain.points[0].place.words().replace('\u{202f}', " "), "SS, −40 °C, v0");
    }
}
