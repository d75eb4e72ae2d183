//! Predictions as rows and as a document, and the contribution of each feature to them.

use super::judge::{Answer, Judgement, Verdict, Violation};
use super::report::unit_of;
use super::targets::TARGETS;
use super::{NamedJob, TrustError};
use libchar_core::told::{Kept, Metric};
use libchar_core::{Cell, Frame};
use libchar_learn::surrogate::Surrogate;
use libchar_litho::learner;
use serde_json::{Value, json};

/// The signals that are not also results.
pub const SIGNALS: [&str; 5] = [
    "speed_vs_accuracy",
    "resolution_vs_dof",
    "cost_vs_fidelity",
    "surrogate_reliability",
    "overall_health",
];

/// One row per job, with lists joined by ` | `.
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

/// One object per job, with lists as lists.
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

/// Numbers for the history: every result that has a value.
pub fn kept(judged: &[Judgement]) -> Vec<Kept> {
    let of_job = |j: &Judgement| {
        let health = j.signals.as_ref().and_then(|s| s.overall_health).map(|i| i.value);
        let results = TARGETS.iter().zip(&j.results).map(|((name, ..), e)| (*name, e.value));
        let known = results.chain([("overall_health", health)]);
        let kept = |(name, value): (&'static str, Option<f64>)| {
            let kept = Kept::of(name, value?).at(&j.id).in_unit(unit_of(name));
            Some(kept.said(j.verdict.to_string()))
        };
        known.filter_map(kept).collect::<Vec<_>>()
    };
    judged.iter().flat_map(of_job).collect()
}

/// Metrics of the predictions, without the time that they took.
pub fn metrics(judged: &[Judgement]) -> Vec<Metric> {
    let number = |what: &dyn Fn(&Judgement) -> bool| judged.iter().filter(|j| what(j)).count();
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let doubtful = number(&|j| !j.doubts.is_empty()) as f64 / judged.len().max(1) as f64;
    let help = "Share of predictions in which the model is unsure";
    let mut metrics = vec![Metric::gauge("lto_model_uncertainty_ratio", help, &[], doubtful)];
    for answer in [Answer::Model, Answer::Physics, Answer::Nobody] {
        let (own, text) = (number(&|j| j.answer == answer) as f64, answer.to_string());
        let labels = [("answer", text.as_str())];
        metrics.push(Metric::gauge("lto_predictions", "Jobs by who answered", &labels, own));
    }
    for verdict in [Verdict::Run, Verdict::Warn, Verdict::Block] {
        let (own, text) = (number(&|j| j.verdict == verdict) as f64, verdict.to_string());
        let labels = [("verdict", text.as_str())];
        metrics.push(Metric::gauge("lto_verdicts", "Jobs by verdict", &labels, own));
    }
    for target in TARGETS.iter().map(|t| t.0) {
        for verdict in [Verdict::Warn, Verdict::Block] {
            let misses = |j: &Judgement| j.violations.iter().any(|v| v.target == target);
            let missed = number(&|j| j.verdict == verdict && misses(j)) as f64;
            let (text, help) = (verdict.to_string(), "Constraints that jobs may miss");
            let labels = [("type", target), ("severity", text.as_str())];
            metrics.push(Metric::counter("lto_constraint_violations_total", help, &labels, missed));
        }
    }
    for name in SIGNALS {
        let of = |j: &Judgement| j.signals.as_ref()?.named().into_iter().find(|s| s.0 == name)?.1;
        let values: Vec<f64> = judged.iter().filter_map(|j| Some(of(j)?.value)).collect();
        if !values.is_empty() {
            let help = "Mean trade-off signal of the jobs, 0 to 1";
            let labels = [("tradeoff_type", name)];
            let health = "lto_tradeoff_health_score";
            metrics.push(Metric::gauge(health, help, &labels, mean(&values)));
        }
    }
    let risks: Vec<f64> = judged.iter().filter_map(|j| j.results.last()?.value).collect();
    if !risks.is_empty() {
        let help = "Mean yield risk of the jobs";
        metrics.push(Metric::gauge("lto_yield_risk_current", help, &[], mean(&risks)));
    }
    metrics
}

/// One row for each term of each prediction; the terms of a prediction add up to its `total`.
///
/// # Errors
/// Jobs that the features cannot express.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::litho::judge::Estimate;

    fn judgement(id: &str, verdict: Verdict, answer: Answer, nils: Option<f64>) -> Judgement {
        let mut results = vec![Estimate::NONE; TARGETS.len()];
        results[0] = Estimate { value: nils, ..Estimate::NONE };
        results[5] = Estimate { value: nils.map(|v| v / 10.0), ..Estimate::NONE };
        let violation = Violation {
            target: "nils",
            limit: "nils >= 1.2".to_owned(),
            value: 1.0,
            probability: 0.75,
        };
        Judgement {
            id: id.to_owned(),
            verdict,
            answer,
            regime: None,
            results,
            signals: None,
            novelty: None,
            doubts: if answer == Answer::Model { vec![] } else { vec!["unlike".to_owned()] },
            violations: if verdict == Verdict::Run { vec![] } else { vec![violation] },
            alternatives: Vec::new(),
        }
    }

    fn judged() -> Vec<Judgement> {
        vec![
            judgement("a", Verdict::Run, Answer::Model, Some(2.0)),
            judgement("b", Verdict::Block, Answer::Physics, Some(1.0)),
            judgement("c", Verdict::Warn, Answer::Nobody, None),
            judgement("d", Verdict::Warn, Answer::Model, Some(f64::INFINITY)),
        ]
    }

    #[test]
    fn the_history_keeps_what_has_a_value_with_its_verdict() {
        let kept = kept(&judged()[..3]);
        let rows: Vec<_> =
            kept.iter().map(|k| (k.point.as_deref().unwrap(), &*k.measure, &*k.status)).collect();
        let rows: Vec<String> = rows.iter().map(|(p, m, s)| format!("{p} {m} {s}")).collect();
        assert_eq!(rows, ["a nils run", "a yield_risk run", "b nils block", "b yield_risk block"]);
    }

    #[test]
    fn a_monitor_counts_answers_verdicts_and_violations() {
        let metrics = metrics(&judged()[..3]);
        let value = |name: &str, labels: &[(&'static str, &str)]| {
            let wanted = Metric::gauge(name, "", labels, 0.0).labels;
            let own = metrics.iter().find(|m| m.name == name && m.labels == wanted);
            own.map(|m| m.value)
        };
        assert_eq!(value("lto_predictions", &[("answer", "physics")]), Some(1.0));
        assert_eq!(value("lto_verdicts", &[("verdict", "warn")]), Some(1.0));
        let violations = "lto_constraint_violations_total";
        assert_eq!(value(violations, &[("type", "nils"), ("severity", "block")]), Some(1.0));
        assert_eq!(value(violations, &[("type", "meef"), ("severity", "block")]), Some(0.0));
        assert!((value("lto_yield_risk_current", &[]).unwrap() - 0.15).abs() < 1e-15);
        assert!((value("lto_model_uncertainty_ratio", &[]).unwrap() - 2.0 / 3.0).abs() < 1e-15);
    }

    #[test]
    fn lists_are_lists_in_the_document_and_joined_in_rows() {
        let judged = judged();
        let document = document(&judged, "v1");
        assert_eq!(document["rows"][1]["violations"][0]["limit"], "nils >= 1.2");
        assert_eq!(document["rows"][0]["violations"], json!([]));
        let csv = String::from_utf8(frame(&judged, "v1").to_csv()).unwrap();
        assert!(csv.lines().nth(2).unwrap().contains("nils >= 1.2: 1.0000 (p=0.75)"), "{csv}");
    }
}
