//! The benchmark as rows, as a document and in a sentence.

use super::{Cell, CellResult, Family, IN_CONTROL, Rate, Report, Settings, WITHIN};
use libchar_core::frame::{Column, document};
use libchar_core::number::significant;
use libchar_core::{Cell as Written, Frame};
use serde_json::{Value, json};

/// One row: a change, or the mean over all of them.
struct Row {
    /// The change; `None` for the mean.
    cell: Option<Cell>,
    series: Option<usize>,
    detected: [Rate; 3],
    median_delay: Option<f64>,
}

const COLUMNS: [Column<'static, Row>; 10] = [
    ("family", |row| row.cell.map_or("mean", |cell| Family::name(cell.family)).into()),
    ("size", |row| row.cell.map(|cell| cell.size).into()),
    ("period", |row| row.cell.and_then(|cell| cell.period).into()),
    ("share", |row| row.cell.and_then(|cell| cell.share).into()),
    ("series", |row| row.series.into()),
    ("detected_20", |row| row.detected[0].share.into()),
    ("detected_50", |row| row.detected[1].share.into()),
    ("detected_100", |row| row.detected[2].share.into()),
    ("standard_error_100", |row| row.detected[2].standard_error.into()),
    ("median_delay", |row| Written::from(row.median_delay)),
];

impl Settings {
    /// The settings as they appear in the document.
    pub fn parameters(&self) -> Value {
        let Settings { method, arl, phase1, series, seed } = self;
        json!({ "method": method, "arl": arl, "phase1": phase1, "series": series, "seed": seed })
    }
}

impl Report {
    /// A table with one row per change. The control, whose detections are false alarms, comes
    /// first; the mean of the changes comes last.
    pub fn frame(&self) -> Frame {
        let row = |result: &CellResult| Row {
            cell: Some(result.cell),
            series: Some(result.series),
            detected: result.detected,
            median_delay: result.median_delay,
        };
        let detected = self.mean_detected;
        let mean = Row { cell: None, series: None, detected, median_delay: None };
        let results = std::iter::once(&self.control).chain(&self.cells);
        let rows: Vec<Row> = results.map(row).chain([mean]).collect();
        Frame::of("libchar.spc-bench-drift", 1, &rows, &COLUMNS)
    }

    /// The document with all results of these settings.
    pub fn document(&self, settings: &Settings) -> Value {
        let cells: Vec<Value> = self.cells.iter().map(of_cell).collect();
        document(
            "libchar.spc-bench-drift",
            1,
            json!({
                "parameters": settings.parameters(),
                "in_control_points": IN_CONTROL,
                "limit_level": self.limit_level,
                "false_alarm_100": of_rate(&self.control.detected[2]),
                "false_alarm_first_100": of_rate(&self.false_alarm_first_100),
                "cells": cells,
                "mean_detected_within": detected(&self.mean_detected),
            }),
        )
    }

    /// A sentence with the mean detection and the false-alarm rate.
    pub fn sentence(&self) -> String {
        let percent = |rate: Rate| {
            let error = significant(100.0 * rate.standard_error, 2);
            format!("{} ± {error} %", significant(100.0 * rate.share, 4))
        };
        format!(
            "mean detection within 100 points {}, false alarms per 100 points {} (± one standard error)",
            percent(self.mean_detected[2]),
            percent(self.control.detected[2]),
        )
    }
}

fn of_rate(rate: &Rate) -> Value {
    let finite = |x: f64| x.is_finite().then_some(x);
    json!({ "share": finite(rate.share), "standard_error": finite(rate.standard_error) })
}

fn detected(rates: &[Rate; 3]) -> Value {
    let named = WITHIN.iter().zip(rates).map(|(within, rate)| (within.to_string(), of_rate(rate)));
    Value::Object(named.collect())
}

fn of_cell(result: &CellResult) -> Value {
    let mut cell = json!(result.cell);
    cell["series"] = json!(result.series);
    cell["detected_within"] = detected(&result.detected);
    cell["median_delay"] = json!(result.median_delay);
    cell
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drift::Method;

    fn rates(share: f64) -> [Rate; 3] {
        [share / 4.0, share / 2.0, share].map(|share| Rate { share, standard_error: 0.01 })
    }

    fn report() -> Report {
        let result = |cell, share, median_delay| CellResult {
            cell,
            series: 90,
            detected: rates(share),
            median_delay,
        };
        let step = Cell { family: Family::Step, ..Cell::CONTROL };
        let outliers = Cell { family: Family::Outliers, size: 4.0, period: None, share: Some(0.1) };
        Report {
            limit_level: 7.5,
            false_alarm_first_100: Rate { share: f64::NAN, standard_error: f64::NAN },
            control: result(Cell::CONTROL, 0.05, None),
            cells: vec![result(step, 1.0, Some(4.5)), result(outliers, 0.9, Some(11.0))],
            mean_detected: rates(0.95),
        }
    }

    #[test]
    fn the_control_is_the_first_row_and_the_mean_the_last() {
        let csv = String::from_utf8(report().frame().to_csv()).unwrap();
        let rows: Vec<&str> = csv.lines().collect();
        assert_eq!(rows.len(), 5);
        assert_eq!(rows[1], "control,0,,,90,0.0125,0.025,0.05,0.01,");
        assert_eq!(rows[3], "outliers,4,,0.1,90,0.225,0.45,0.9,0.01,11");
        assert_eq!(rows[4], "mean,,,,,0.2375,0.475,0.95,0.01,");
    }

    #[test]
    fn rates_are_named_by_their_points_and_what_is_not_known_is_null() {
        let settings =
            Settings { method: Method::Charts, arl: 370.0, phase1: None, series: 100, seed: 1 };
        let document = report().document(&settings);
        assert_eq!(document["parameters"]["method"], "charts");
        assert_eq!(document["cells"][0]["detected_within"]["20"]["share"], json!(0.25));
        assert_eq!(document["mean_detected_within"]["100"]["standard_error"], json!(0.01));
        assert!(document["false_alarm_first_100"]["share"].is_null());
        let told = report().sentence();
        assert!(told.contains("within 100 points 95.00 ± 1.0 %"), "{told}");
        assert!(told.contains("false alarms per 100 points 5.000 ± 1.0 % (±"), "{told}");
    }
}
