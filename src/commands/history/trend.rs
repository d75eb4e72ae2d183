//! Shows a measure from run to run.

use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use libchar_core::sparkline::sparkline;
use libchar_core::svg::{Axis, Chart, PALETTE};
use libchar_core::{Fault, Faults, Frame};
use libchar_history::{Filter, History as Database, TrendRow};
use std::path::Path;

/// Number of bars of the sparkline that is printed on stderr.
const WIDTH: usize = 60;

pub fn trend(
    database: &Database,
    measure: &str,
    point: Option<&str>,
    filter: &Filter,
    svg: Option<&Path>,
    ctx: &Context,
) -> Result<Outcome> {
    let rows = database.trend(measure, point, filter)?;
    if rows.is_empty() {
        return Err(nothing(database, measure, ctx)?);
    }
    let columns = ["run", "submitted_at", "n", "min", "mean", "max", "unit"];
    let mut frame = Frame::new("libchar.history-trend", 1, columns);
    for row in &rows {
        frame.push(vec![
            row.job_id.as_str().into(),
            row.submitted_at.as_str().into(),
            row.n.into(),
            row.min.into(),
            row.mean.into(),
            row.max.into(),
            row.unit.clone().into(),
        ]);
    }
    ctx.print(&frame)?;
    let means: Vec<f64> = rows.iter().map(|row| row.mean).collect();
    ctx.log.info("trend", format!("mean of {measure}: {}", sparkline(&means, WIDTH)));
    if let Some(path) = svg {
        ctx.write(&path.display().to_string(), chart(measure, point, &rows).as_bytes())?;
    }
    Ok(Outcome::Fine)
}

/// Why there is no trend: the name is wrong, or no chosen run has a value.
fn nothing(database: &Database, measure: &str, ctx: &Context) -> Result<anyhow::Error> {
    let known = database.measures()?;
    if known.iter().any(|name| name == measure) {
        let message = format!("no chosen run has a value of `{measure}`");
        return Ok(Usage(message).into());
    }
    let file = ctx.history_path()?.display().to_string();
    let fault = Fault::of(file, format!("no result of a measure `{measure}`"));
    Ok(Faults::from(fault.one_of(measure, known.iter().map(String::as_str))).into())
}

fn chart(measure: &str, point: Option<&str>, rows: &[TrendRow]) -> String {
    let place = point.map(|point| format!(" at {point}")).unwrap_or_default();
    let unit = rows.iter().find_map(|row| row.unit.as_ref());
    let unit = unit.map(|unit| format!(" ({unit})")).unwrap_or_default();
    let numbered = || rows.iter().enumerate().map(|(i, row)| ((i + 1) as f64, row));
    let mut chart = Chart::new(
        format!("{measure}{place}: {} runs, the oldest first", rows.len()),
        Axis::linear("run", numbered().map(|(i, _)| i)),
        Axis::linear(format!("{measure}{unit}"), rows.iter().flat_map(|row| [row.min, row.max])),
    );
    let line = |value: fn(&TrendRow) -> f64| -> Vec<(f64, f64)> {
        numbered().map(|(i, row)| (i, value(row))).collect()
    };
    let spread = rows.iter().any(|row| row.n > 1);
    if spread {
        chart.line(&line(|row| row.min), PALETTE[1], 1.0).line(
            &line(|row| row.max),
            PALETTE[1],
            1.0,
        );
        chart.legend("mean", PALETTE[0]).legend("smallest and largest", PALETTE[1]);
    }
    chart.line(&line(|row| row.mean), PALETTE[0], 2.0);
    for (i, row) in numbered() {
        chart.dot(i, row.mean, 3.0, PALETTE[0]);
    }
    chart.render()
}
