//! What an evaluation found: the model card.

use crate::columns::Doubtful;
use crate::gate::Gate;
use crate::intervals::Interval;
use crate::skill::Skill;
use crate::split::Kind;
use serde::{Deserialize, Serialize};

/// How runs were split.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SplitReport {
    /// By group, forward in time, or shuffled.
    pub kind: Kind,
    /// What that means, in words.
    pub text: String,
    /// Folds.
    pub folds: usize,
    /// Runs that train, in the first fold of several.
    pub train_rows: usize,
    /// Runs after them whose errors set the intervals; 0 where errors within the training runs do.
    pub calibration_rows: usize,
    /// Runs that judge.
    pub test_rows: usize,
    /// Groups.
    pub groups: usize,
}

/// Errors of a baseline or a model on runs that it did not learn from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// Its name.
    pub name: String,
    /// `baseline` or `model`.
    pub kind: String,
    /// Runs that it predicts.
    pub rows: usize,
    /// Root mean square error.
    pub rmse: f64,
    /// Mean absolute error.
    pub mae: f64,
    /// Mean over groups of their mean absolute errors; absent without groups.
    pub mae_macro: Option<f64>,
    /// Share of the variance that is explained; negative for one that is worse than the mean of these runs.
    pub r2: Option<f64>,
    /// Setting that the training runs chose.
    pub setting: String,
    /// Share of runs inside the interval of one width.
    pub coverage_static: Option<f64>,
    /// Mean width of that interval.
    pub width_static: Option<f64>,
    /// Share of runs inside the adaptive interval; only forward in time.
    pub coverage_adaptive: Option<f64>,
    /// Mean width of that interval where it is finite.
    pub width_adaptive: Option<f64>,
}

/// Errors of the chosen one in a group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupScore {
    /// The group.
    pub group: String,
    /// Runs.
    pub rows: usize,
    /// Mean of predicted less measured.
    pub bias: f64,
    /// Mean absolute error.
    pub mae: f64,
    /// Root mean square error.
    pub rmse: f64,
    /// Share inside the interval.
    pub coverage: Option<f64>,
}

/// How a feature moved from the training runs to those that judge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Drift {
    /// The feature.
    pub feature: String,
    /// Population stability index.
    pub psi: f64,
    /// Value that chance exceeds once in a hundred.
    pub critical: f64,
    /// Share of the later runs outside the range of the training runs.
    pub outside: f64,
}

/// How the intervals of the chosen model did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Coverage {
    /// The kind that is used.
    pub interval: Interval,
    /// What was asked for.
    pub nominal: f64,
    /// What was found.
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
    /// Always `vm`, which tells it from evaluations of other predictions.
    pub domain: String,
    /// What is predicted.
    pub target: String,
    /// Runs with a measured target.
    pub rows: usize,
    /// Features that were used.
    pub features: Vec<String>,
    /// How runs were split.
    pub split: SplitReport,
    /// Whether there is skill, in one sentence.
    pub verdict: String,
    /// Whether the chosen model is better than every baseline beyond chance, under an honest split.
    pub has_skill: bool,
    /// What predicts best: a model with skill, else the best baseline.
    pub chosen: String,
    /// Its root mean square error.
    pub chosen_rmse: f64,
    /// The best model, whether or not it has skill.
    pub best_model: String,
    /// Baselines, then models.
    pub scores: Vec<Score>,
    /// The best model against each baseline, the hardest one first.
    pub skill: Vec<Skill>,
    /// Intervals of the best model.
    pub coverage: Coverage,
    /// Errors of the best model by group.
    pub by_group: Vec<GroupScore>,
    /// Inputs that moved, the most first.
    pub drift: Vec<Drift>,
    /// Columns that were doubted.
    pub doubtful: Vec<Doubtful>,
    /// What must be met before production.
    pub gates: Vec<Gate>,
    /// What a reader must know.
    pub warnings: Vec<String>,
}
