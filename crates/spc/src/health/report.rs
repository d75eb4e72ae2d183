//! Health of runs as a document, as rows and as a picture.

use super::{Reference, RunHealth, Scale, control_limit, trend};
use libchar_core::svg::{Axis, Chart, PALETTE};
use libchar_core::{Cell, Frame, frame};
use serde_json::{Value, json};

/// All that is known of the runs.
pub fn document(reference: &Reference, lambda: f64, scale: Scale, runs: &[RunHealth]) -> Value {
    let logs: Vec<f64> = runs.iter().map(|run| run.log_t2).collect();
    let body = json!({
        "reference": {
            "runs": reference.runs,
            "features": reference.features,
            "shrinkage": reference.shrinkage,
            "log_t2_mean": reference.log_t2_mean,
            "log_t2_sd": reference.log_t2_sd,
        },
        "lambda": lambda,
        "limit": control_limit(reference, lambda),
        "scale": scale,
        "health_trend": trend(&logs),
        "runs": runs,
    });
    frame::document("libchar.spc-health", 1, body)
}

/// One row a run.
pub fn rows(runs: &[RunHealth]) -> Frame {
    let columns =
        ["run", "t2", "ewma_log_t2", "health", "alarm", "first_feature", "share", "z_score"];
    let mut frame = Frame::new("libchar.spc-health", 1, columns);
    for run in runs {
        let mut row: Vec<Cell> = vec![run.run.into(), run.t2.into(), run.ewma_log_t2.into()];
        row.extend([run.health.into(), run.alarm.into()]);
        match run.contributions.first() {
            Some(first) => row.extend([
                first.feature.as_str().into(),
                first.share.into(),
                first.z_score.into(),
            ]),
            None => row.extend([Cell::Null, Cell::Null, Cell::Null]),
        }
        frame.push(row);
    }
    frame
}

/// Health over the runs, alarms marked.
pub fn picture(runs: &[RunHealth]) -> String {
    let line: Vec<(f64, f64)> = runs.iter().map(|run| (run.run as f64, run.health)).collect();
    let x = Axis::linear("run", line.iter().map(|point| point.0));
    let y = Axis::linear("health", [0.0, 1.0]);
    let mut chart = Chart::new("Tool health", x, y);
    chart.line(&line, PALETTE[0], 1.6);
    for run in runs.iter().filter(|run| run.alarm) {
        chart.dot(run.run as f64, run.health, 2.5, PALETTE[1]);
    }
    chart.legend("health", PALETTE[0]).legend("beyond 3 sigma of the reference", PALETTE[1]);
    if let Some((first, feature)) =
        runs.iter().find(|run| run.alarm).and_then(|run| Some((run, run.contributions.first()?)))
    {
        chart.mark(
            first.run as f64,
            &format!("run {}: {}", first.run, feature.feature),
            PALETTE[1],
        );
    }
    chart.render()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::health::{LAMBDA, assess};

    fn runs() -> (Reference, Scale, Vec<RunHealth>) {
        let healthy: Vec<Vec<f64>> = (0..40)
            .map(|i| {
                let (a, b) = (f64::from(i * 7 % 11), f64::from(i * 5 % 13));
                vec![a, b]
            })
            .collect();
        let names = ["temp_c".to_owned(), "pressure_pa".to_owned()];
        let reference = Reference::fit(&names, &healthy).unwrap();
        let scale = Scale::new(&reference, LAMBDA, None);
        let judged: Vec<Vec<f64>> = (0..12).map(|i| vec![5.0 + 12.0 * f64::from(i), 6.0]).collect();
        let found = assess(&reference, &judged, LAMBDA, scale).unwrap();
        (reference, scale, found)
    }

    #[test]
    fn rows_document_and_picture_name_the_feature_that_moved() {
        let (reference, scale, found) = runs();
        let document = document(&reference, LAMBDA, scale, &found);
        let first = found.iter().position(|run| run.alarm).unwrap();
        assert_eq!(document["runs"][first]["alarm"], json!(true));
        assert_eq!(document["reference"]["features"], json!(["temp_c", "pressure_pa"]));
        let mut csv = Vec::new();
        rows(&found).write(libchar_core::Format::Csv, &mut csv).unwrap();
        let csv = String::from_utf8(csv).unwrap();
        let row = csv.lines().nth(first + 1).unwrap();
        assert!(row.contains(",true,temp_c,"), "{row}");
        assert!(picture(&found).contains(&format!("run {}: temp_c", found[first].run)));
    }
}
