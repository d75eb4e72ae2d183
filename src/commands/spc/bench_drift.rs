use super::drift::Method;
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use clap::Args;
use libchar_core::{Cell, Format, Frame, frame, number};
use libchar_spc::bench_drift::{self, CellResult, IN_CONTROL, Rate, Report, Settings, WITHIN};
use serde_json::{Value, json};

const EXAMPLES: &str = "\
Examples:
  libchar spc bench-drift                              29 kinds of change at about 5 % false alarms per 100 points
  libchar spc bench-drift --method charts --arl 370    six classical charts with an ARL of 370
  libchar spc bench-drift --phase1 50 --series 20000   mean and sigma estimated from 50 points

Each series has 50 in-control points, then the change; series with an alarm before it are left out.";

/// Measure what the drift detector finds, how fast, and how often it is wrong
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct BenchDrift {
    /// How evidence is gathered
    #[arg(long, value_enum, default_value_t = Method::Likelihood)]
    method: Method,
    /// Average points between false alarms that the limit is set for
    #[arg(long, value_name = "POINTS", default_value_t = 2000.0)]
    arl: f64,
    /// Estimate mean and sigma from M points, anew for each series [default: known]
    #[arg(long, value_name = "M")]
    phase1: Option<usize>,
    /// Simulated series for each kind of change
    #[arg(long, default_value_t = 4000)]
    series: usize,
    /// Seed of the random numbers
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

pub fn run(args: &BenchDrift, ctx: &Context) -> Result<Outcome> {
    let settings = Settings {
        method: args.method.into(),
        arl: args.arl,
        phase1: args.phase1,
        series: args.series,
        seed: args.seed,
    };
    let parameters = json!({
        "method": settings.method, "arl": args.arl, "phase1": args.phase1, "series": args.series,
        "seed": args.seed,
    });
    ctx.begin("spc bench-drift", parameters.clone());
    let report = bench_drift::run(&settings).map_err(|fault| Usage(fault.to_string()))?;
    if ctx.format() == Format::Json {
        ctx.write_document("-", &document(&report, parameters))?;
    } else {
        ctx.print(&rows(&report))?;
    }
    let percent = |rate: Rate| {
        let error = number::significant(100.0 * rate.standard_error, 2);
        format!("{} ± {error} %", number::significant(100.0 * rate.share, 4))
    };
    ctx.log.info(
        "bench-drift",
        format!(
            "mean detection within 100 points {}, false alarms per 100 points {} (± one standard error)",
            percent(report.mean_detected[2]),
            percent(report.control.detected[2]),
        ),
    );
    Ok(Outcome::Fine)
}

/// One row a cell; the control, whose detections are false alarms, comes first and the mean of the
/// cells last.
fn rows(report: &Report) -> Frame {
    let columns = [
        "family",
        "size",
        "period",
        "share",
        "series",
        "detected_20",
        "detected_50",
        "detected_100",
        "standard_error_100",
        "median_delay",
    ];
    let mut frame = Frame::new("libchar.spc-bench-drift", 1, columns);
    for CellResult { cell, series, detected, median_delay } in
        std::iter::once(&report.control).chain(&report.cells)
    {
        let mut row: Vec<Cell> = vec![cell.family.name().into(), cell.size.into()];
        row.extend([cell.period.into(), cell.share.into(), (*series).into()]);
        row.extend(detected.map(|rate| Cell::from(rate.share)));
        row.extend([detected[2].standard_error.into(), (*median_delay).into()]);
        frame.push(row);
    }
    let mut mean: Vec<Cell> = vec!["mean".into(), Cell::Null, Cell::Null, Cell::Null, Cell::Null];
    mean.extend(report.mean_detected.map(|rate| Cell::from(rate.share)));
    mean.extend([report.mean_detected[2].standard_error.into(), Cell::Null]);
    frame.push(mean);
    frame
}

fn document(report: &Report, parameters: Value) -> Value {
    let rate = |rate: &Rate| {
        let finite = |x: f64| x.is_finite().then_some(x);
        json!({ "share": finite(rate.share), "standard_error": finite(rate.standard_error) })
    };
    let detected = |rates: &[Rate; 3]| {
        let named = WITHIN.iter().zip(rates).map(|(n, r)| (n.to_string(), rate(r)));
        Value::Object(named.collect())
    };
    let cells: Vec<Value> = report
        .cells
        .iter()
        .map(|result| {
            let mut cell = json!(result.cell);
            cell["series"] = json!(result.series);
            cell["detected_within"] = detected(&result.detected);
            cell["median_delay"] = json!(result.median_delay);
            cell
        })
        .collect();
    frame::document(
        "libchar.spc-bench-drift",
        1,
        json!({
            "parameters": parameters,
            "in_control_points": IN_CONTROL,
            "limit_level": report.limit_level,
            "false_alarm_100": rate(&report.control.detected[2]),
            "false_alarm_first_100": rate(&report.false_alarm_first_100),
            "cells": cells,
            "mean_detected_within": detected(&report.mean_detected),
        }),
    )
}
