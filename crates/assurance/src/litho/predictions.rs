//! Predictions as rows and as a document, and what each feature adds to them.

use super::judge::{Judgement, Violation};
use super::targets::TARGETS;
use super::{NamedJob, TrustError};
use libchar_core::{Cell, Frame};
use libchar_learn::surrogate::Surrogate;
use libchar_litho::learner;
use serde_json::{Value, json};

/// The signals that are not results already.
pub const SIGNALS: [&str; 5] = [
    "speed_vs_accuracy",
    "resolution_vs_dof",
    "cost_vs_fidelity",
    "surrogate_reliability",
    "overall_health",
];

/// One row a job, lists joined by ` | `.
pub fn frame(judged: &[Judgement], version: &str) -> Frame {
    let mut columns: Vec<String> =
        ["job_id", "verdict", "answer", "confidence"].map(str::to_owned).to_vec();
    for (name, ..) in TARGETS {
        columns.extend([name.to_owned(), format!("{name}_low"), format!("{name}_high")]);
    }
    for name in SIGNALS {
        columns.extend([name.to_owned(), format!("{name}_low"), format!("{name}_high")]);
    }
    let rest = [
        "regime",
        "distance",
        "distance_limit",
        "violations",
        "alternatives",
        "doubts",
        "model_version",
    ];
    columns.extend(rest.map(str::to_owned));
    let mut frame = Frame::new("libchar.litho-predict", 1, columns);
    for j in judged {
        let mut row: Vec<Cell> = vec![
            j.id.as_str().into(),
            j.verdict.to_string().into(),
            j.answer.to_string().into(),
            j.confidence().into(),
        ];
        for estimate in &j.results {
            row.extend([estimate.value, estimate.low, estimate.high].map(Cell::from));
        }
        for name in SIGNALS {
            let named = j.signals.as_ref().map(|signals| signals.named());
            let signal = named.and_then(|all| all.into_iter().find(|(own, _)| *own == name)?.1);
            row.extend([
                signal.map(|i| i.value).into(),
                signal.map(|i| i.low).into(),
                signal.map(|i| i.high).into(),
            ]);
        }
        let violations: Vec<String> = j
            .violations
            .iter()
            .map(|v| match v.value.is_finite() {
                true => format!("{}: {:.4} (p={:.2})", v.limit, v.value, v.probability),
                false => format!("{}: no value", v.limit),
            })
            .collect();
        row.extend([
            j.regime.map(|regime| regime.name()).into(),
            j.novelty.map(|n| n.distance).into(),
            j.novelty.and_then(|n| n.limit).into(),
            text(violations.join(" | ")),
            text(j.alternatives.join(" | ")),
            text(j.doubts.join(" | ")),
            version.into(),
        ]);
        frame.push(row);
    }
    frame
}

fn text(text: String) -> Cell {
    if text.is_empty() { Cell::Null } else { text.into() }
}

/// One object a job, lists as lists.
pub fn document(judged: &[Judgement], version: &str) -> Value {
    let mut document = frame(judged, version).document();
    document["schema"]["version"] = 2.into();
    let rows = document["rows"].as_array_mut();
    for (row, j) in rows.into_iter().flatten().zip(judged) {
        let violation = |v: &Violation| {
            let value = v.value.is_finite().then_some(v.value);
            json!({ "limit": v.limit, "value": value, "probability": v.probability })
        };
        row["violations"] = j.violations.iter().map(violation).collect();
        row["alternatives"] = json!(j.alternatives);
        row["doubts"] = json!(j.doubts);
    }
    document
}

/// One row for each term of each prediction; the terms of a prediction add up to its `total`.
///
/// # Errors
/// Jobs that no feature expresses.
pub fn explanation(model: &Surrogate, jobs: &[NamedJob]) -> Result<Frame, TrustError> {
    let mut frame = Frame::new("libchar.litho-explain", 1, ["job_id", "target", "term", "value"]);
    for named in jobs {
        let features = learner::row(&named.job)
            .map_err(|not| TrustError::Unfit(format!("{}: nothing to explain: {not}", named.id)))?;
        let predicted = model.predict(&features.values, features.regime as usize)?;
        let explained = model.explain(&features.values)?;
        for ((target, p), attribution) in model.targets().zip(&predicted).zip(&explained) {
            let mut add = |term: &str, value: f64| {
                let cells = [named.id.as_str(), target.name.as_str(), term].map(Cell::from);
                frame.push(cells.into_iter().chain([value.into()]).collect());
            };
            add("base", attribution.base);
            for (name, value) in model.features().iter().zip(&attribution.features) {
                add(name, *value);
            }
            add("other_members", attribution.other_members);
            add("total", p.value);
        }
    }
    Ok(frame)
}
