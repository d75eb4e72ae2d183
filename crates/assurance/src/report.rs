//! The result of an evaluation: the model card.

use crate::columns::Doubtful;
use crate::gate::Gate;
use crate::intervals::Interval;
use crate::skill::Skill;
use crate::split::Kind;
use libchar_core::told::Kept;
use libchar_core::{Frame, Note, frame};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// How runs were split.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SplitReport {
    /// By group, forward in time, or shuffled.
    pub kind: Kind,
    /// A description of the split.
    pub text: String,
    /// Number of folds.
    pub folds: usize,
    /// Number of training runs, in the first fold of several.
    pub train_rows: usize,
    /// Number of runs after them whose errors set the intervals; 0 if errors within the training
    /// runs do.
    pub calibration_rows: usize,
    /// Number of test runs.
    pub test_rows: usize,
    /// Number of groups.
    pub groups: usize,
}

/// Errors of a baseline or a model on runs that it was not fitted to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// Its name.
    pub name: String,
    /// `baseline` or `model`.
    pub kind: String,
    /// Number of runs that it predicts.
    pub rows: usize,
    /// Root mean square error.
    pub rmse: f64,
    /// Mean absolute error.
    pub mae: f64,
    /// Mean over groups of their mean absolute errors; absent without groups.
    pub mae_macro: Option<f64>,
    /// Explained share of the variance; negative for a model that is worse than the mean of these
    /// runs.
    pub r2: Option<f64>,
    /// Setting chosen by the training runs.
    pub setting: String,
    /// Share of runs inside the static interval.
    pub coverage_static: Option<f64>,
    /// Mean width of that interval.
    pub width_static: Option<f64>,
    /// Share of runs inside the adaptive interval; only forward in time.
    pub coverage_adaptive: Option<f64>,
    /// Mean width of that interval where it is finite.
    pub width_adaptive: Option<f64>,
}

/// Errors of the best model in a group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupScore {
    /// The group.
    pub group: String,
    /// Number of runs.
    pub rows: usize,
    /// Mean of predicted minus measured.
    pub bias: f64,
    /// Mean absolute error.
    pub mae: f64,
    /// Root mean square error.
    pub rmse: f64,
    /// Share of runs inside the interval.
    pub coverage: Option<f64>,
}

/// How much a feature changed from the training runs to the test runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Drift {
    /// The feature.
    pub feature: String,
    /// Population stability index.
    pub psi: f64,
    /// Value that is exceeded by chance once in a hundred.
    pub critical: f64,
    /// Share of the later runs outside the range of the training runs.
    pub outside: f64,
}

/// Coverage of the best model's intervals.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Coverage {
    /// The kind of interval that is used.
    pub interval: Interval,
    /// Nominal coverage.
    pub nominal: f64,
    /// Coverage found.
    pub found: Option<f64>,
    /// Mean width.
    pub width: Option<f64>,
    /// The group with the least coverage.
    pub worst_group: Option<String>,
    /// Its coverage.
    pub worst_group_coverage: Option<f64>,
}

/// The whole evaluation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Always `vm`, to distinguish it from evaluations of other predictions.
    pub domain: String,
    /// What is predicted.
    pub target: String,
    /// Runs with a measured target.
    pub rows: usize,
    /// Features that were used.
    pub features: Vec<String>,
    /// How runs were split.
    pub split: SplitReport,
    /// Whether there is skill, as a sentence.
    pub verdict: String,
    /// Whether the best model is better than every baseline beyond chance, on a split that is not
    /// shuffled.
    pub has_skill: bool,
    /// The best predictor: a model with skill, else the best baseline.
    pub chosen: String,
    /// Its root mean square error.
    pub chosen_rmse: f64,
    /// The best model, whether or not it has skill.
    pub best_model: String,
    /// Baselines, then models.
    pub scores: Vec<Score>,
    /// Skill of the best model over each baseline, the hardest baseline first.
    pub skill: Vec<Skill>,
    /// Intervals of the best model.
    pub coverage: Coverage,
    /// Errors of the best model by group.
    pub by_group: Vec<GroupScore>,
    /// Features that changed, the most changed first.
    pub drift: Vec<Drift>,
    /// Doubtful columns.
    pub doubtful: Vec<Doubtful>,
    /// Gates before production.
    pub gates: Vec<Gate>,
    /// Warnings for the reader.
    pub warnings: Vec<String>,
}

impl Report {
    /// One row per baseline or model.
    pub fn frame(&self) -> Frame {
        Frame::of(
            "libchar.vm-scores",
            1,
            &self.scores,
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
                ("setting", |s| s.setting.as_str().into()),
            ],
        )
    }

    /// The JSON document; `data` describes the training data, `model` the stored model.
    pub fn document(&self, data: Value, model: Value) -> Value {
        let mut body = json!(self);
        body["data"] = data;
        body["model"] = model;
        frame::document("libchar.vm-train", 1, body)
    }

    /// Numbers for the history.
    pub fn kept(&self) -> Vec<Kept> {
        let rmse = self.scores.iter().map(|s| (format!("rmse {}", s.name), Some(s.rmse)));
        let skill = self.skill.first().map(|s| (format!("skill over {}", s.over), s.value));
        let coverage = [("coverage".to_owned(), self.coverage.found)];
        let all = rmse.chain(skill).chain(coverage);
        all.filter_map(|(name, value)| Some(Kept::of(name, value?))).collect()
    }

    /// Gates that are missed.
    pub fn missed(&self) -> impl Iterator<Item = &Gate> {
        self.gates.iter().filter(|gate| !gate.passed)
    }

    /// What a reader should know: the split, doubts, missed gates of a model with skill, how the
    /// intervals held, and the verdict.
    pub fn notes(&self) -> Vec<Note> {
        let warning = |text: &String| Note::Warning("vm", text.clone());
        let mut notes = vec![Note::Info("vm", format!("the split is {}", self.split.text))];
        notes.extend(self.warnings.iter().map(warning));
        let missed = self.missed().filter(|_| self.has_skill);
        notes.extend(missed.map(|gate| Note::Warning("gate", gate.sentence())));
        notes.push(Note::Info("vm", self.coverage_sentence()));
        notes.push(match self.has_skill {
            true => Note::Info("vm", self.verdict.clone()),
            false => warning(&self.verdict),
        });
        notes
    }

    /// A sentence on the coverage of the intervals.
    pub fn coverage_sentence(&self) -> String {
        let c = &self.coverage;
        let covered =
            c.found.map_or("an unknown share".to_owned(), |c| format!("{:.1} %", 100.0 * c));
        let worst = match (&c.worst_group, c.worst_group_coverage) {
            (Some(group), Some(share)) => {
                format!("; {:.1} % in the worst group, {group}", 100.0 * share)
            }
            _ => String::new(),
        };
        format!("intervals of {:.0} % cover {covered}{worst}", 100.0 * c.nominal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::predicted::tests::model;

    fn report() -> Report {
        let score = |name: &str, rmse| Score {
            name: name.to_owned(),
            kind: "model".to_owned(),
            rows: 5,
            rmse,
            mae: rmse,
            mae_macro: None,
            r2: Some(0.5),
            setting: String::new(),
            coverage_static: Some(0.9),
            width_static: None,
            coverage_adaptive: None,
            width_adaptive: None,
        };
        Report { scores: vec![score("mean", 2.0), score("ols", 1.0)], ..model().card }
    }

    #[test]
    fn rows_document_and_history_have_every_score() {
        let report = report();
        let csv = String::from_utf8(report.frame().to_csv()).unwrap();
        assert_eq!(csv.lines().nth(2), Some("ols,model,5,1,1,,0.5,0.9,,,,"));
        let document = report.document(json!({ "file": "runs.csv" }), Value::Null);
        assert_eq!(
            (&document["data"]["file"], &document["scores"][0]["rmse"]),
            (&json!("runs.csv"), &json!(2.0))
        );
        let kept: Vec<String> = report.kept().into_iter().map(|k| k.measure).collect();
        assert_eq!(kept, ["rmse mean", "rmse ols", "coverage"]);
    }

    #[test]
    fn only_a_model_with_skill_has_gates_to_miss() {
        let mut report = report();
        report.gates = vec![Gate::at_least("r2", Some(0.2), 0.5)];
        report.verdict = "so it is".to_owned();
        for has_skill in [true, false] {
            report.has_skill = has_skill;
            let notes = report.notes();
            let gates = notes.iter().filter(|note| matches!(note, Note::Warning("gate", _)));
            assert_eq!(gates.count(), usize::from(has_skill));
            let verdict = "so it is".to_owned();
            let last =
                if has_skill { Note::Info("vm", verdict) } else { Note::Warning("vm", verdict) };
            assert_eq!(notes.last(), Some(&last));
        }
    }

    #[test]
    fn coverage_is_told_with_the_worst_group() {
        let mut report = report();
        assert_eq!(report.coverage_sentence(), "intervals of 90 % cover 90.0 %");
        report.coverage.worst_group = Some("lot 3".to_owned());
        report.coverage.worst_group_coverage = Some(0.75);
        report.coverage.found = None;
        assert_eq!(
            report.coverage_sentence(),
            "intervals of 90 % cover an unknown share; 75.0 % in the worst group, lot 3"
        );
    }
}
