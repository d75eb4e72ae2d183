//! Features as a table and as a document.

use super::{FEATURES, Feature, Item, Trace, Values};
use libchar_core::frame::Column;
use libchar_core::{Cell, Frame};
use serde_json::{Map, Value, json};

const COLUMNS: [Column<'static, Feature>; 4] = [
    ("feature", |feature| feature.name.into()),
    ("group", |feature| feature.group.name().into()),
    ("unit", |feature| feature.unit.into()),
    ("formula", |feature| feature.formula.into()),
];

/// The catalogue of features as a table.
pub fn catalogue() -> Frame {
    Frame::of("libchar.spc-feature-list", 1, &FEATURES, &COLUMNS)
}

/// A table with one row per item, with its wafer where wafers are known.
pub fn frame(traces: &[Trace], items: &[Item], values: &[Values]) -> Frame {
    let with_wafers = items.iter().any(|item| item.history.wafer.is_some());
    let keys = std::iter::once("run").chain(with_wafers.then_some("wafer"));
    let names = FEATURES.iter().map(|feature| feature.name);
    let mut frame = Frame::new("libchar.spc-features", 1, keys.chain(names));
    for (item, values) in items.iter().zip(values) {
        let run = Cell::from(traces[item.run].name.as_str());
        let wafer = with_wafers.then(|| item.history.wafer.clone().into());
        let values = values.iter().map(|value| Cell::from(*value));
        frame.push(std::iter::once(run).chain(wafer).chain(values).collect());
    }
    frame
}

/// The table as a document, with the units of the features.
pub fn document(rows: &Frame) -> Value {
    let mut document = rows.document();
    let units = FEATURES.iter().map(|feature| (feature.name.to_owned(), json!(feature.unit)));
    document["units"] = Value::Object(units.collect::<Map<_, _>>());
    document
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::Run;

    fn trace(name: &str) -> Trace {
        Trace {
            name: name.to_owned(),
            time_s: Vec::new(),
            zones_c: Vec::new(),
            setpoint_c: None,
            pressure_pa: None,
            o2_sccm: None,
            n2_sccm: None,
            alarm: None,
        }
    }

    #[test]
    fn a_row_has_its_run_and_its_wafer_where_one_is_known() {
        let traces = [trace("r1"), trace("r2")];
        let of_wafer = |run, wafer: Option<&str>| {
            let history = Run { wafer: wafer.map(str::to_owned), ..Run::default() };
            Item { run, history, ..Item::default() }
        };
        let mut values: Values = [None; FEATURES.len()];
        values[0] = Some(40.0);
        let rows = |items: &[Item]| frame(&traces, items, &[values, values]);
        let plain = rows(&[of_wafer(0, None), of_wafer(1, None)]);
        let csv = String::from_utf8(plain.to_csv()).unwrap();
        assert!(csv.starts_with("run,ramp_rate_avg,") && csv.contains("\nr2,40,,"), "{csv}");
        let csv = rows(&[of_wafer(1, Some("w7")), of_wafer(0, None)]).to_csv();
        let csv = String::from_utf8(csv).unwrap();
        assert!(csv.starts_with("run,wafer,ramp_rate_avg,"), "{csv}");
        assert!(csv.contains("\nr2,w7,40,") && csv.contains("\nr1,,40,"), "{csv}");
        let document = document(&plain);
        assert_eq!(document["units"].as_object().unwrap().len(), 29);
        assert_eq!(document["units"]["soak_integral"], "°C·s");
        assert_eq!(document["rows"][1]["run"], "r2");
    }

    #[test]
    fn the_catalogue_lists_all_with_their_formulas() {
        let csv = String::from_utf8(catalogue().to_csv()).unwrap();
        assert_eq!(csv.lines().count(), 30);
        assert!(csv.contains("\npeak_temperature,thermal,°C,largest T\n"));
    }
}
