//! The stored form of a model: a JSON document that is checked when it is read.

use crate::evaluate::Best;
use crate::family::{Family, Fitted};
use crate::intervals::Interval;
use crate::report::Report;
use crate::update::Update;
use libchar_learn::aci::Adaptive;
use libchar_learn::boost::BoostedTrees;
use libchar_learn::linear::Linear;
use libchar_learn::tree::{Node, Tree};
use serde::{Deserialize, Serialize};

/// A virtual metrology model with its state and its evaluation.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// Name of the predicted target.
    pub target: String,
    /// Column of the groups, where there are any.
    pub group: Option<String>,
    /// Column of time, where there is one.
    pub time: Option<String>,
    /// Names of the features, in order.
    pub features: Vec<String>,
    /// Least and greatest value of each feature among the training runs.
    pub ranges: Vec<[f64; 2]>,
    /// SHA-256 of the training data.
    pub data_sha256: String,
    /// Name of the family.
    pub family: String,
    /// Setting of the family.
    pub setting: String,
    /// The fitted function.
    pub function: Function,
    /// State of the residual update.
    pub update: Option<Update>,
    /// Intervals.
    pub interval: IntervalState,
    /// Prediction, half width and truth of the test runs; a half width is absent where it is
    /// infinite.
    pub judged: Vec<(f64, Option<f64>, f64)>,
    /// The evaluation.
    pub card: Report,
}

/// Intervals and their state.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IntervalState {
    /// Kind that is used unless the user chooses the other.
    pub kind: Interval,
    /// Share of runs that may lie outside.
    pub alpha: f64,
    /// Half width of the static interval; absent where it is infinite.
    pub half_width: Option<f64>,
    /// Step of the adaptive miss rate.
    pub gamma: f64,
    /// Number of errors that the adaptive interval remembers.
    pub window: usize,
    /// Its present miss rate.
    pub current: f64,
    /// The remembered errors, oldest first.
    pub scores: Vec<f64>,
}

/// The function from features to a value.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub enum Function {
    /// intercept + sum of slope times (x - centre).
    Linear {
        /// Value at the centre.
        intercept: f64,
        /// Mean of each feature.
        centre: Vec<f64>,
        /// Slope of each feature.
        slopes: Vec<f64>,
    },
    /// base + the sum of the trees.
    Trees {
        /// Value without trees.
        base: f64,
        /// The trees.
        trees: Vec<Vec<StoredNode>>,
    },
}

/// Node of a stored tree: feature (absent for a leaf), threshold or value, left child, cover.
type StoredNode = (Option<u16>, f64, u16, f32);

impl Function {
    fn of(fitted: &Fitted) -> Function {
        match fitted {
            Fitted::Linear(l) => Function::Linear {
                intercept: l.intercept,
                centre: l.centre.clone(),
                slopes: l.slopes.clone(),
            },
            Fitted::Trees(model) => Function::Trees {
                base: model.base(),
                trees: model
                    .trees()
                    .iter()
                    .map(|t| {
                        t.nodes().iter().map(|n| (n.feature, n.value, n.left, n.cover)).collect()
                    })
                    .collect(),
            },
        }
    }
}

/// Origin of a model's data.
#[derive(Clone, Debug)]
pub struct Origin {
    /// Column of the groups.
    pub group: Option<String>,
    /// Column of time.
    pub time: Option<String>,
    /// SHA-256 of the training data.
    pub data_sha256: String,
    /// Least and greatest value of each feature among the training runs.
    pub ranges: Vec<[f64; 2]>,
}

impl Model {
    /// Makes the stored model of the best model of an evaluation.
    pub fn of(best: &Best, card: Report, origin: Origin) -> Model {
        let finite = |value: f64| Some(value).filter(|v| v.is_finite());
        Model {
            target: card.target.clone(),
            group: origin.group,
            time: origin.time,
            features: card.features.clone(),
            ranges: origin.ranges,
            data_sha256: origin.data_sha256,
            family: best.family.name().to_owned(),
            setting: best.fit.setting.clone(),
            function: Function::of(&best.fit.fitted),
            update: best.update.clone(),
            interval: IntervalState {
                kind: best.interval,
                alpha: best.adaptive.alpha,
                half_width: finite(best.half_width),
                gamma: best.adaptive.gamma,
                window: best.adaptive.window,
                current: best.adaptive.current,
                scores: best.adaptive.scores.iter().copied().collect(),
            },
            judged: best.judged.iter().map(|(p, w, y)| (*p, finite(*w), *y)).collect(),
            card,
        }
    }

    /// The function, after a check that all parts fit together.
    ///
    /// # Errors
    /// What is wrong with the document, as text.
    pub fn fitted(&self) -> Result<Fitted, String> {
        let p = self.features.len();
        let wrong = |what: &str| Err(format!("the model is damaged: {what}"));
        if p == 0 || self.ranges.len() != p {
            return wrong("its features and their ranges differ in number");
        }
        let i = &self.interval;
        let in_range = i.alpha > 0.0 && i.alpha < 1.0 && i.gamma >= 0.0 && i.window > 0;
        if !in_range || i.scores.iter().any(|s| !(s.is_finite() && *s >= 0.0)) {
            return wrong("its intervals have impossible settings");
        }
        if i.half_width.is_some_and(|h| !(h.is_finite() && h >= 0.0)) {
            return wrong("the width of its interval is negative");
        }
        if self
            .update
            .as_ref()
            .is_some_and(|u| !(u.lambda > 0.0 && u.lambda <= 1.0) || u.delay == 0)
        {
            return wrong("its residual update has impossible settings");
        }
        if Family::parse(&self.family).is_none() {
            return wrong("its family is unknown");
        }
        match &self.function {
            Function::Linear { intercept, centre, slopes } => {
                if centre.len() != p || slopes.len() != p {
                    return wrong("it does not have one slope for each feature");
                }
                if ![*intercept].iter().chain(centre).chain(slopes).all(|v| v.is_finite()) {
                    return wrong("a slope is not finite");
                }
                let (intercept, centre, slopes) = (*intercept, centre.clone(), slopes.clone());
                Ok(Fitted::Linear(Linear { intercept, centre, slopes }))
            }
            Function::Trees { base, trees } => {
                let trees: Result<Vec<Tree>, _> =
                    trees
                        .iter()
                        .map(|nodes| {
                            let node =
                                |&(feature, value, left, cover): &(Option<u16>, f64, u16, f32)| {
                                    Node { feature, value, left, cover }
                                };
                            Tree::new(nodes.iter().map(node).collect(), p)
                        })
                        .collect();
                let trees = trees.map_err(|error| error.to_string())?;
                Ok(Fitted::Trees(BoostedTrees::from_parts(*base, trees)))
            }
        }
    }

    /// State of the adaptive interval.
    pub fn adaptive(&self) -> Adaptive {
        let i = &self.interval;
        let mut state = Adaptive::new(i.alpha, i.gamma, i.window, &i.scores);
        state.current = i.current;
        state
    }
}
