//! Predicted runs as rows, as a document and as text.

use crate::intervals::Interval;
use crate::model::Model;
use crate::predict::{Decision, Replay, Rule, Run};
use crate::runs::Questions;
use libchar_core::Note;
use libchar_core::told::Kept;
use libchar_core::{Cell, Frame, frame};
use serde_json::{Map, Value, json};

/// Number of runs outside the training range that are named individually.
const NAMED: usize = 10;

/// Number of features that a row names.
const MAIN: usize = 3;

/// Predictions of runs.
pub struct Predicted<'a> {
    /// The model.
    pub model: &'a Model,
    /// The version of the model.
    pub version: &'a str,
    /// The runs to predict.
    pub asked: &'a Questions,
    /// The predictions.
    pub found: &'a Replay,
    /// The interval that was used.
    pub interval: Interval,
    /// The rule that decides between measuring and skipping, if there is one.
    pub rule: Option<Rule>,
}

impl Predicted<'_> {
    fn outside(&self, run: &Run) -> Vec<&str> {
        run.outside.iter().map(|&j| self.model.features[j].as_str()).collect()
    }

    /// Features that change the value, the strongest first.
    fn main(&self, run: &Run) -> Vec<(&str, f64)> {
        let names = self.model.features.iter().map(String::as_str);
        let mut parts: Vec<(&str, f64)> = names.zip(run.attributions.iter().copied()).collect();
        parts.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        parts.retain(|part| part.1 != 0.0);
        parts
    }

    /// One row per run.
    pub fn frame(&self) -> Frame {
        let columns = ["run", "predicted", "low", "high", "measured", "inside", "correction"];
        let decision: &[&str] = if self.rule.is_some() { &["decision", "reason"] } else { &[] };
        let columns = columns.iter().chain(&["outside", "main"]).chain(decision).copied();
        let mut frame = Frame::new("libchar.vm-rows", 1, columns);
        for (at, run) in self.found.runs.iter().enumerate() {
            let main = self.main(run).into_iter().take(MAIN);
            let main: Vec<String> = main.map(|(name, part)| format!("{name} {part:+.4}")).collect();
            let mut row: Vec<Cell> = vec![
                self.asked.names[at].as_str().into(),
                run.value.into(),
                (run.value - run.half_width).into(),
                (run.value + run.half_width).into(),
                self.asked.truth[at].into(),
                run.covered.into(),
                run.correction.into(),
                self.outside(run).join(" ").into(),
                main.join("; ").into(),
            ];
            if self.rule.is_some() {
                let (decision, reason) = decided(run);
                row.extend([Cell::from(decision), reason.into()]);
            }
            frame.push(row);
        }
        frame
    }

    /// The JSON document.
    pub fn document(&self) -> Value {
        let finite = |value: f64| value.is_finite().then_some(value);
        let found = self.found;
        let runs: Vec<Value> = found
            .runs
            .iter()
            .enumerate()
            .map(|(at, run)| {
                let (decision, reason) = decided(run);
                let parts: Map<String, Value> =
                    self.main(run).into_iter().map(|(name, part)| (name.to_owned(), json!(part))).collect();
                json!({
                    "run": self.asked.names[at], "predicted": run.value, "low": finite(run.value - run.half_width),
                    "high": finite(run.value + run.half_width), "measured": self.asked.truth[at], "inside": run.covered,
                    "base": run.base, "correction": run.correction, "attributions": parts, "outside": self.outside(run),
                    "decision": decision, "reason": reason,
                })
            })
            .collect();
        let coverage = (found.measured > 0).then(|| found.covered as f64 / found.measured as f64);
        let sampling = self.rule.map(|rule| {
            let record = found.record;
            json!({ "risk": rule.risk, "earlier_skips": record.skips, "wrong": record.wrong, "wrong_upper_95": record.bound() })
        });
        let body = json!({
            "model": self.version, "target": self.model.target,
            "interval": self.interval, "nominal": 1.0 - self.model.interval.alpha,
            "measured": found.measured, "inside": found.covered, "coverage_so_far": coverage,
            "sampling": sampling, "runs": runs,
        });
        frame::document("libchar.vm-predict", 1, body)
    }

    /// Numbers for the history.
    pub fn kept(&self) -> Vec<Kept> {
        let measure = format!("{} predicted", self.model.target);
        let runs = self.asked.names.iter().zip(&self.found.runs);
        runs.map(|(name, run)| Kept::of(measure.as_str(), run.value).at(name)).collect()
    }

    /// Number of runs with inputs outside the range of the training runs.
    pub fn beyond(&self) -> usize {
        self.found.runs.iter().filter(|run| !run.outside.is_empty()).count()
    }

    /// Notes on the predictions.
    pub fn notes(&self) -> Vec<Note> {
        let found = self.found;
        let mut notes = Vec::new();
        if found.measured > 0 {
            let share = 100.0 * found.covered as f64 / found.measured as f64;
            let nominal = 100.0 * (1.0 - self.model.interval.alpha);
            notes.push(Note::Info(
                "vm",
                format!(
                    "coverage so far: {share:.1} % of {} measured runs, {nominal:.0} % wanted",
                    found.measured
                ),
            ));
        }
        if let Some(rule) = self.rule {
            let is_skip = |run: &&Run| matches!(run.decision, Some((Decision::Skip, _)));
            notes.push(Note::Info("vm", format!(
                "{} of {} runs may go unmeasured at a risk of {:.1} %: {} of {} earlier skips would have been wrong, at most {:.2} % (95 %)",
                found.runs.iter().filter(is_skip).count(),
                found.runs.len(),
                100.0 * rule.risk,
                found.record.wrong,
                found.record.skips,
                100.0 * found.record.bound()
            )));
        }
        let runs = self.asked.names.iter().zip(&found.runs);
        let beyond = runs.filter(|(_, run)| !run.outside.is_empty());
        notes.extend(beyond.take(NAMED).map(|(name, run)| {
            let features = self.outside(run).join(", ");
            Note::Warning(
                "vm",
                format!("run {name}: outside the range of the training runs: {features}"),
            )
        }));
        if self.beyond() > NAMED {
            notes.push(Note::Warning(
                "vm",
                format!(
                    "{} more runs have inputs outside the range of the training runs",
                    self.beyond() - NAMED
                ),
            ));
        }
        notes
    }
}

fn decided(run: &Run) -> (Option<&'static str>, Option<String>) {
    match &run.decision {
        Some((Decision::Skip, reason)) => (Some("skip"), Some(reason.clone())),
        Some((Decision::Measure, reason)) => (Some("measure"), Some(reason.clone())),
        None => (None, None),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::predict::replay;
    use libchar_core::Table;
    use libchar_core::table::columns::Na;

    /// y = 10 + 2 (a - 1) + 0 (b - 2), an interval of half width 1, trained for a from 0 to 2 and b from 0 to 4.
    pub(crate) fn model() -> Model {
        let card = json!({
            "domain": "vm", "target": "y", "rows": 20, "features": ["a", "b"],
            "split": { "kind": "forward", "text": "", "folds": 1, "train_rows": 15, "calibration_rows": 0, "test_rows": 5, "groups": 0 },
            "verdict": "", "has_skill": true, "chosen": "ols", "chosen_rmse": 1.0, "best_model": "ols", "scores": [], "skill": [],
            "coverage": { "interval": "static", "nominal": 0.9, "found": 0.9, "width": 2.0, "worst_group": null, "worst_group_coverage": null },
            "by_group": [], "drift": [], "doubtful": [], "gates": [], "warnings": [],
        });
        serde_json::from_value(json!({
            "target": "y", "group": null, "time": "t", "features": ["a", "b"], "ranges": [[0.0, 2.0], [0.0, 4.0]],
            "data_sha256": "", "family": "ols", "setting": "",
            "function": { "linear": { "intercept": 10.0, "centre": [1.0, 2.0], "slopes": [2.0, 0.0] } },
            "update": null,
            "interval": { "kind": "static", "alpha": 0.1, "half_width": 1.0, "gamma": 0.02, "window": 150, "current": 0.1, "scores": [] },
            "judged": [[10.0, 1.0, 10.0]], "card": card,
        }))
        .unwrap()
    }

    fn asked() -> Questions {
        let table =
            Table::parse("r.csv", b"t,a,b,y\nmon,1,2,10.5\ntue,2,2,14\nwed,3,9,\n").unwrap();
        Questions::of(&table, &model(), Na::Error, &mut |_| {}).unwrap()
    }

    fn with<T>(rule: Option<Rule>, body: impl FnOnce(&Predicted) -> T) -> T {
        let (model, asked) = (model(), asked());
        let fitted = model.fitted().unwrap();
        let interval = Interval::Static;
        let found = replay(&model, &fitted, &asked.x, &asked.truth, interval, rule, 1);
        body(&Predicted {
            model: &model,
            version: "v1",
            asked: &asked,
            found: &found,
            interval,
            rule,
        })
    }

    #[test]
    fn a_row_tells_value_interval_and_what_it_rests_on() {
        let csv = with(None, |shown| String::from_utf8(shown.frame().to_csv()).unwrap());
        let rows: Vec<&str> = csv.lines().collect();
        assert_eq!(rows[1], "mon,10,9,11,10.5,true,0,,");
        assert_eq!(rows[2], "tue,12,11,13,14,false,0,,a +2.0000");
        assert_eq!(rows[3], "wed,14,13,15,,,0,a b,a +4.0000");
    }

    #[test]
    fn the_document_says_the_same_and_the_words_count() {
        let document = with(None, |shown| shown.document());
        assert_eq!(
            (&document["runs"][2]["predicted"], &document["coverage_so_far"]),
            (&json!(14.0), &json!(0.5))
        );
        assert_eq!(document["runs"][1]["attributions"], json!({ "a": 2.0 }));
        assert_eq!(document["sampling"], Value::Null);
        let (notes, beyond, kept) = with(None, |s| (s.notes(), s.beyond(), s.kept()));
        let told = "coverage so far: 50.0 % of 2 measured runs, 90 % wanted";
        let outside = "run wed: outside the range of the training runs: a, b";
        assert_eq!(
            notes,
            [Note::Info("vm", told.to_owned()), Note::Warning("vm", outside.to_owned())]
        );
        assert_eq!((beyond, kept[1].point.as_deref(), kept[1].value), (1, Some("tue"), Some(12.0)));
    }

    #[test]
    fn with_a_rule_every_run_is_decided() {
        let rule = Rule::of((Some(2.0), None, None), 0.05).unwrap();
        let (frame, notes) = with(rule, |shown| (shown.frame(), shown.notes()));
        let csv = String::from_utf8(frame.to_csv()).unwrap();
        assert!(csv.lines().next().unwrap().ends_with(",outside,main,decision,reason"), "{csv}");
        assert_eq!(csv.matches(",measure,").count(), 3, "one earlier skip shows nothing: {csv}");
        assert!(
            matches!(&notes[1], Note::Info(_, text) if text.starts_with("0 of 3 runs may go unmeasured at a risk of 5.0 %"))
        );
    }
}
