use super::Calibrate;
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use libchar_assurance::litho::calibration::picture;
use libchar_assurance::litho::matrix::Matrix;
use libchar_assurance::litho::process_file::ProcessFile;
use libchar_core::Frame;
use libchar_history::ResultRow;
use libchar_litho::fem::{self, Model, PARAMETERS, Settings, Values};

/// A new wafer against a known process.
pub fn check(
    args: &Calibrate,
    ctx: &Context,
    matrix: &Matrix,
    model: &Model,
    file: &ProcessFile,
) -> Result<Outcome> {
    let values = Values::from(&file.process);
    let all: Vec<usize> = (0..matrix.points.len()).collect();
    let predicted = model.predict(&matrix.points, &values);
    let off: Vec<f64> = fem::residuals(&matrix.points, &predicted, 0..matrix.points.len())
        .into_iter()
        .map(|(i, off)| off / matrix.points[i].sigma_nm)
        .collect();
    if off.is_empty() {
        let message = format!("{}: no measured width that the process prints", matrix.table.file);
        return Err(Usage(message).into());
    }
    let chi2: f64 = off.iter().map(|r| r * r).sum();
    let (rmse, rows) = fem::rms(&matrix.points, &predicted, &all);
    // What moved: dose (through the threshold) and focus, the two that a tool drifts by, all else held.
    let settings = Settings {
        free: vec![0, 2],
        fixed: values,
        most_dropped: args.max_dropped / 100.0,
        sigma_known: matrix.sigma_known,
    };
    let moved = fem::calibrate(model, &matrix.points, &all, &settings)
        .map_err(|why| Usage(format!("{}: {why}", matrix.table.file)))?;
    let trust = fem::identifiability(&moved);
    let p_value = matrix.sigma_known.then(|| fem::chi2_p_value(chi2, off.len())).flatten();
    let known_error = |k: usize| file.standard_errors.get(PARAMETERS[k]).copied().unwrap_or(0.0);
    let columns = ["what", "found", "expected", "error", "deviation", "differs"];
    let mut frame = Frame::new("libchar.litho-calibrate-check", 1, columns);
    let mut findings = 0;
    let mut push =
        |what: &str, found: f64, expected: Option<f64>, error: Option<f64>, bad: bool| {
            findings += usize::from(bad);
            let deviation = expected.zip(error).map(|(x, e)| (found - x) / e);
            let cells = vec![
                what.into(),
                found.into(),
                expected.into(),
                error.into(),
                deviation.into(),
                bad.into(),
            ];
            frame.push(cells);
        };
    for (i, k) in [(0, 0), (1, 2)] {
        let error = trust.standard_errors[i].map(|e| e.hypot(known_error(k)));
        let deviation = error.map_or(0.0, |e| (moved.values[k] - values[k]) / e);
        push(PARAMETERS[k], moved.values[k], Some(values[k]), error, deviation.abs() > 3.0);
    }
    let per = chi2 / off.len() as f64;
    let is_off = p_value.is_some_and(|p| p < fem::LEAST_P);
    push("chi2_per_row", per, matrix.sigma_known.then_some(1.0), None, is_off);
    push("rmse_nm", rmse.unwrap_or(f64::NAN), None, None, false);
    ctx.print(&frame)?;
    if let Some(file) = &args.picture {
        ctx.write(file, picture(matrix, &predicted).as_bytes())?;
    }
    ctx.journal.results([
        ResultRow::value("chi2_per_row", per, None),
        ResultRow::value("focus_offset_nm", moved.values[2], Some("nm")),
        ResultRow::value("e0_mj_cm2", moved.values[0], Some("mJ/cm2")),
    ]);
    let name = file.name.as_deref().unwrap_or("the process");
    let verdict = if findings > 0 { "differs from" } else { "agrees with" };
    ctx.log.info("check", format!("the wafer ({rows} widths) {verdict} {name}"));
    Ok(Outcome::found(findings))
}
