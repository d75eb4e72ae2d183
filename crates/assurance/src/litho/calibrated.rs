//! A calibration as rows, document, texts and pictures.

use super::calibration::Fitted;
use super::matrix::Matrix;
use libchar_core::Frame;
use libchar_core::frame::document;
use libchar_core::svg::{Axis, Chart, PALETTE, stack_rendered};
use libchar_core::told::Kept;
use libchar_litho::fem::{self, PARAMETERS, Predicted};
use serde_json::{Value, json};

impl Fitted {
    /// One row per parameter.
    pub fn frame(&self) -> Frame {
        let j = &self.judged;
        let columns = ["parameter", "value", "standard_error", "low", "high", "note"];
        let mut frame = Frame::new("libchar.litho-calibrate", 1, columns);
        let fit = &j.fit;
        for (k, name) in PARAMETERS.iter().enumerate() {
            let place = fit.free.iter().position(|f| *f == k);
            let error = place.and_then(|i| j.trust.standard_errors[i]);
            let interval = place.map(|i| j.intervals[i]);
            let note = match place {
                None => "fixed",
                Some(_) if fit.at_limit.contains(&k) => "on its limit",
                Some(_) if j.trust.weak.contains(name) => "not determined by these data",
                Some(_) => "",
            };
            frame.push(vec![
                (*name).into(),
                fit.values[k].into(),
                error.into(),
                interval.and_then(|i| i.low).into(),
                interval.and_then(|i| i.high).into(),
                note.into(),
            ]);
        }
        frame
    }

    /// How well the fit describes the matrix, in a sentence.
    pub fn sentence(&self) -> String {
        let (j, fit) = (&self.judged, &self.judged.fit);
        let per = fit.chi2 / fit.degrees_of_freedom as f64;
        let p = j.p_value.map_or("not known without sigmas".to_owned(), |p| format!("{p:.3}"));
        let error = |v: Option<f64>| v.map_or("-".to_owned(), |v| format!("{v:.3} nm"));
        let mut text = format!(
            "chi2 {per:.3} per degree of freedom ({} of them), p {p}; rms {} of the fit, {} on {} rows held out",
            fit.degrees_of_freedom,
            error(j.fit_rmse_nm),
            error(j.held_out.0),
            j.held_out.1
        );
        for left in &j.pitches {
            text.push_str(&format!(
                "; pitch {} left out: {} (mean {})",
                left.pitch_nm,
                error(left.rmse_nm),
                error(left.bias_nm)
            ));
        }
        text
    }

    /// Numbers for the history: the free parameters, and the error on the rows held out.
    pub fn kept(&self) -> Vec<Kept> {
        let j = &self.judged;
        let status = if self.doubts.is_empty() { "ok" } else { "doubtful" };
        let one = |&k: &usize| Kept {
            point: None,
            measure: PARAMETERS[k].to_owned(),
            value: Some(j.fit.values[k]),
            unit: None,
            status: status.to_owned(),
        };
        let rmse = j.held_out.0.map(|v| Kept::of("held_out_rmse_nm", v).in_unit(Some("nm")));
        j.fit.free.iter().map(one).chain(rmse).collect()
    }

    /// A sentence on which lines of the matrix were dropped.
    pub fn left_out(&self, matrix: &Matrix) -> Option<String> {
        let dropped = &self.judged.fit.dropped;
        let lines: Vec<String> =
            dropped.iter().map(|&i| matrix.table.line(i).to_string()).collect();
        let told = || format!("dropped as outliers: lines {}", lines.join(", "));
        (!lines.is_empty()).then(told)
    }

    /// The JSON document with everything that was found.
    pub fn document(&self, matrix: &Matrix) -> Value {
        let Fitted { judged: j, doubts, file, .. } = self;
        let fit = &j.fit;
        let names = |list: &[usize]| list.iter().map(|&k| PARAMETERS[k]).collect::<Vec<_>>();
        let lines = |list: &[usize]| list.iter().map(|&i| matrix.table.line(i)).collect::<Vec<_>>();
        let parameters: Vec<Value> = fit
            .free
            .iter()
            .enumerate()
            .map(|(i, &k)| {
                json!({
                    "parameter": PARAMETERS[k],
                    "value": fit.values[k],
                    "standard_error": j.trust.standard_errors[i],
                    "low": j.intervals[i].low,
                    "high": j.intervals[i].high,
                })
            })
            .collect();
        let pitches: Vec<Value> = j
        .pitches
        .iter()
        .map(|l| {
            json!({ "pitch_nm": l.pitch_nm, "rmse_nm": l.rmse_nm, "bias_nm": l.bias_nm, "rows": l.rows })
        })
        .collect();
        let body = json!({
            "process": file.process,
            "optics": file.optics,
            "parameters": parameters,
            "correlation": { "names": names(&fit.free), "matrix": j.trust.correlation },
            "condition": Some(j.trust.condition).filter(|c| c.is_finite()),
            "null_direction": j.trust.null_direction,
            "strong_correlations": j.trust.strong,
            "weak_parameters": j.trust.weak,
            "at_limit": names(&fit.at_limit),
            "rows": matrix.points.len(),
            "fitted_rows": matrix.fit.len() - fit.dropped.len(),
            "blank_rows": matrix.blank,
            "dropped_lines": lines(&fit.dropped),
            "outlier_lines": lines(&fit.outliers),
            "sigma_known": matrix.sigma_known,
            "sigma_scale": fit.scale,
            "chi2": fit.chi2,
            "degrees_of_freedom": fit.degrees_of_freedom,
            "p_value": j.p_value,
            "fit_rmse_nm": j.fit_rmse_nm,
            "held_out_rmse_nm": j.held_out.0,
            "held_out_rows": j.held_out.1,
            "leave_one_pitch_out": pitches,
            "warnings": doubts,
        });
        document("libchar.litho-calibrate", 1, body)
    }
}

/// Residuals against pitch, dose, focus and, where it varies, site.
pub fn picture(matrix: &Matrix, predicted: &[Predicted]) -> String {
    let rows = fem::residuals(&matrix.points, predicted, 0..matrix.points.len());
    let p = &matrix.points;
    let mut panels: Vec<(&str, Vec<f64>)> = vec![
        ("pitch (nm)", rows.iter().map(|r| p[r.0].pitch_nm).collect()),
        ("dose (mJ/cm2)", rows.iter().map(|r| p[r.0].dose_mj_cm2).collect()),
        ("focus (nm)", rows.iter().map(|r| p[r.0].focus_nm).collect()),
    ];
    if rows.iter().any(|r| p[r.0].site_x != p[0].site_x) {
        panels.push(("site_x", rows.iter().map(|r| p[r.0].site_x).collect()));
    }
    let charts: Vec<String> = panels
        .iter()
        .map(|(title, x)| {
            let mut chart = Chart::new(
                format!("Measured less modelled width against {title}"),
                Axis::linear(*title, x.iter().copied()),
                Axis::linear("residual (nm)", rows.iter().map(|r| r.1).chain([0.0])),
            );
            chart.level(0.0, "", "#666666");
            for (x, (_, off)) in x.iter().zip(&rows) {
                chart.dot(*x, *off, 2.5, PALETTE[0]);
            }
            chart.render()
        })
        .collect();
    stack_rendered(&charts)
}
