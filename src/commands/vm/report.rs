//! The evaluation as rows and as a document.

use libchar_assurance::report::{Report, Score};
use libchar_core::{Frame, frame};
use libchar_history::ResultRow;
use serde_json::{Value, json};

/// One row a baseline or model.
pub fn rows(report: &Report) -> Frame {
    Frame::of(
        "libchar.vm-scores",
        1,
        &report.scores,
        &[
            ("name", |s| s.name.as_str().into()),
            ("kind", |s| s.kind.as_str().into()),
            ("rows", |s| s.rows.into()),
            ("rmse", |s| s.rmse.into()),
            ("mae", |s| s.mae.into()),
            ("mae_macro", |s| s.mae_macro.into()),
            ("r2", |s| s.r2.into()),
            ("coverage_static", |s| s.coverage_static.into()),
            ("width_static", |s| s.width_static.into()),
            ("coverage_adaptive", |s| s.coverage_adaptive.into()),
            ("width_adaptive", |s| s.width_adaptive.into()),
            ("setting", |s: &Score| s.setting.as_str().into()),
        ],
    )
}

/// The JSON document.
pub fn document(report: &Report, data: Value, model: Value) -> Value {
    let mut body = json!(report);
    body["data"] = data;
    body["model"] = model;
    frame::document("libchar.vm-train", 1, body)
}

/// What the history keeps.
pub fn history(report: &Report) -> Vec<ResultRow> {
    let rmse = report.scores.iter().map(|s| (format!("rmse {}", s.name), Some(s.rmse)));
    let skill = report.skill.first().map(|s| (format!("skill over {}", s.over), s.value));
    let coverage = [("coverage".to_owned(), report.coverage.found)];
    rmse.chain(skill)
        .chain(coverage)
        .filter_map(|(name, value)| Some(ResultRow::value(&name, value?, None)))
        .collect()
}
