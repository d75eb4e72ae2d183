//! Health of runs as a document, a table and a picture.

use super::{Contribution, RunHealth, Study, control_limit, trend};
use libchar_core::Frame;
use libchar_core::frame::{Column, document};
use libchar_core::svg::{Axis, Chart, PALETTE};
use serde_json::{Value, json};

const COLUMNS: [Column<'static, RunHealth>; 8] = [
    ("run", |run| run.run.into()),
    ("t2", |run| run.t2.into()),
    ("ewma_log_t2", |run| run.ewma_log_t2.into()),
    ("health", |run| run.health.into()),
    ("alarm", |run| run.alarm.into()),
    ("first_feature", |run| first(run).map(|c| c.feature.as_str()).into()),
    ("share", |run| first(run).map(|c| c.share).into()),
    ("z_score", |run| first(run).map(|c| c.z_score).into()),
];

/// The largest contribution to the distance of a run.
fn first(run: &RunHealth) -> Option<&Contribution> {
    run.contributions.first()
}

impl Study {
    /// The document of all results.
    pub fn document(&self) -> Value {
        let Study { reference, lambda, scale, runs } = self;
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
            "limit": control_limit(reference, *lambda),
            "scale": scale,
            "health_trend": trend(&logs),
            "runs": runs,
        });
        document("libchar.spc-health", 1, body)
    }

    /// A table with one row per run.
    pub fn frame(&self) -> Frame {
        Frame::of("libchar.spc-health", 1, &self.runs, &COLUMNS)
    }

    /// A picture of the health over the runs, with alarms marked.
    pub fn picture(&self) -> String {
        let runs = &self.runs;
        let line: Vec<(f64, f64)> = runs.iter().map(|run| (run.run as f64, run.health)).collect();
        let x = Axis::linear("run", line.iter().map(|point| point.0));
        let y = Axis::linear("health", [0.0, 1.0]);
        let mut chart = Chart::new("Tool health", x, y);
        chart.line(&line, PALETTE[0], 1.6);
        for run in self.alarms() {
            chart.dot(run.run as f64, run.health, 2.5, PALETTE[1]);
        }
        chart.legend("health", PALETTE[0]).legend("beyond 3 sigma of the reference", PALETTE[1]);
        if let Some((run, worst)) = self.alarms().next().and_then(|run| Some((run, first(run)?))) {
            let told = format!("run {}: {}", run.run, worst.feature);
            chart.mark(run.run as f64, &told, PALETTE[1]);
        }
        chart.render()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::health::{LAMBDA, Reference, Scale, assess};

    fn study() -> Study {
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
        let runs = assess(&reference, &judged, LAMBDA, scale).unwrap();
        Study { reference, lambda: LAMBDA, scale, runs }
    }

    #[test]
    fn rows_document_and_picture_name_the_feature_that_moved() {
        let found = study();
        let document = found.document();
        let first = found.runs.iter().position(|run| run.alarm).unwrap();
        assert_eq!(document["runs"][first]["alarm"], json!(true));
        assert_eq!(document["reference"]["features"], json!(["temp_c", "pressure_pa"]));
        let csv = String::from_utf8(found.frame().to_csv()).unwrap();
        let row = csv.lines().nth(first + 1).unwrap();
        assert!(row.contains(",true,temp_c,"), "{row}");
        assert!(found.picture().contains(&format!("run {}: temp_c", found.runs[first].run)));
    }
}
