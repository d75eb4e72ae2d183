//! The trained ensemble and its predictions.

use crate::boost::BoostedTrees;
use crate::gp::GaussianProcess;
use crate::net::Network;
use crate::outlier::OutlierTest;
use crate::platt::Platt;
use crate::psi::Bins;
use crate::ridge::Ridge;
use crate::scale::Scale;
use crate::{LearnError, Matrix};

/// A quantity to predict.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// Name, as in the column of the training table.
    pub name: String,
    /// Least possible value, or minus infinity.
    pub low: f64,
    /// Greatest possible value, or infinity.
    pub high: f64,
}

/// The scale on which a target is modelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transform {
    /// The target itself.
    Identity,
    /// Its natural logarithm.
    Log,
}

impl Transform {
    /// Transforms a value to the scale of the model.
    pub fn apply(self, y: f64) -> f64 {
        match self {
            Transform::Identity => y,
            Transform::Log => y.ln(),
        }
    }

    /// Transforms back to the target's own scale.
    pub fn invert(self, t: f64) -> f64 {
        match self {
            Transform::Identity => t,
            Transform::Log => t.exp(),
        }
    }
}

/// Prediction of one target: the value, and an interval with the guaranteed coverage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prediction {
    /// Best estimate.
    pub value: f64,
    /// Lower end; the target's least possible value (or minus infinity) if no coverage can be
    /// guaranteed.
    pub low: f64,
    /// Upper end; the greatest possible value (or infinity) if no coverage can be guaranteed.
    pub high: f64,
    /// Whether the calibration set was large enough to guarantee the coverage.
    pub bounded: bool,
    /// Width of the interval in standard deviations of the held-out results, on the scale of the
    /// model; infinite if no coverage can be guaranteed.
    pub relative_width: f64,
}

/// Attribution of one prediction: `base + sum(features) + other_members = value`.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// Prediction when no feature is known.
    pub base: f64,
    /// Contribution of each feature through the linear start and the boosted trees.
    pub features: Vec<f64>,
    /// Contribution of the network and the Gaussian process, which is not split between features.
    pub other_members: f64,
}

/// How a row compares with the rows that the model was fitted on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Novelty {
    /// Mahalanobis distance from the rows of its class; infinite for a class without an outlier
    /// test.
    pub distance: f64,
    /// Limit for that class; `None` if there were too few rows to set one.
    pub limit: Option<f64>,
}

impl Novelty {
    /// Whether the row is unlike the training rows, or cannot be judged.
    pub fn is_outside(&self) -> bool {
        self.limit.is_none_or(|limit| self.distance > limit)
    }
}

/// A held-out row with its prediction, on the scale of the model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct HeldOut {
    pub truth: f64,
    pub predicted: f64,
    pub spread: f64,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TargetModel {
    pub target: Target,
    pub transform: Transform,
    pub start: Ridge,
    /// Standard deviation of the residuals of the linear start, the unit in which the members are
    /// fitted.
    pub unit: f64,
    pub weights: [f64; 3],
    pub trees: Option<BoostedTrees>,
    pub gp: Option<GaussianProcess>,
    pub spread: BoostedTrees,
    /// Conformal bound of each group, in units of the predicted spread.
    pub bounds: Vec<f64>,
    pub held_out: Vec<HeldOut>,
    /// Standard deviation of the held-out results.
    pub truth_sd: f64,
    pub reference: Bins,
}

/// The trained ensemble for all targets.
#[derive(Clone, Debug, PartialEq)]
pub struct Surrogate {
    pub(crate) features: Vec<String>,
    pub(crate) alpha: f64,
    pub(crate) groups: Vec<String>,
    pub(crate) classes: Vec<String>,
    pub(crate) scale: Scale,
    pub(crate) net: Option<Network>,
    pub(crate) targets: Vec<TargetModel>,
    /// Columns used by the outlier tests, and the test of each class.
    pub(crate) outlier_columns: Vec<u16>,
    pub(crate) outliers: Vec<Option<OutlierTest>>,
    pub(crate) reference: Vec<Bins>,
}

/// Names of the members, in the order of their weights.
pub const MEMBERS: [&str; 3] = ["boosted trees", "network", "gaussian process"];

impl Surrogate {
    /// Names of the features, in the order of a row.
    pub fn features(&self) -> &[String] {
        &self.features
    }

    /// The targets, in the order of predictions.
    pub fn targets(&self) -> impl ExactSizeIterator<Item = &Target> {
        self.targets.iter().map(|t| &t.target)
    }

    /// Names of the groups within each of which coverage is guaranteed.
    pub fn groups(&self) -> &[String] {
        &self.groups
    }

    /// Names of the classes, each of which has its own outlier test.
    pub fn classes(&self) -> &[String] {
        &self.classes
    }

    /// Miss rate of the intervals.
    pub fn alpha(&self) -> f64 {
        self.alpha
    }

    /// Weights of [`MEMBERS`] for each target.
    pub fn weights(&self) -> Vec<[f64; 3]> {
        self.targets.iter().map(|t| t.weights).collect()
    }

    /// Predicts all targets for a row of `group`.
    ///
    /// # Errors
    /// [`LearnError::Shape`] for a row of another length, [`LearnError::NotFinite`] for a value that is
    /// not a number, [`LearnError::OutOfRange`] for a group that does not exist.
    pub fn predict(&self, row: &[f64], group: usize) -> Result<Vec<Prediction>, LearnError> {
        self.check(row)?;
        if group >= self.groups.len() {
            let value = group as f64;
            return Err(LearnError::OutOfRange { what: "group", value, expected: "a known group" });
        }
        let z = self.standardise(row);
        let net = self.net.as_ref().map(|net| net.predict(&z));
        let one = |(t, target): (usize, &TargetModel)| {
            let centre = target.centre(row, &z, net.as_ref().map_or(0.0, |n| n[t]));
            target.interval(centre, target.spread(row), group)
        };
        Ok(self.targets.iter().enumerate().map(one).collect())
    }

    /// Explains a prediction of every target, in the target's own unit.
    ///
    /// For a target that is modelled as a logarithm, the exact terms in logarithms are scaled by a
    /// common factor so that they sum to the value in the target's unit.
    ///
    /// # Errors
    /// As [`Surrogate::predict`].
    pub fn explain(&self, row: &[f64]) -> Result<Vec<Attribution>, LearnError> {
        use rayon::prelude::*;
        self.check(row)?;
        let z = self.standardise(row);
        let net = self.net.as_ref().map(|net| net.predict(&z));
        let one = |(t, target): (usize, &TargetModel)| {
            target.explain(row, &z, net.as_ref().map_or(0.0, |n| n[t]))
        };
        Ok(self.targets.par_iter().enumerate().map(one).collect())
    }

    /// How a row compares with the training rows of `class`; `None` is a class that was not in the
    /// training.
    pub fn novelty(&self, row: &[f64], class: Option<usize>) -> Novelty {
        let Some(class) = class.filter(|c| *c < self.outliers.len()) else {
            return Novelty { distance: f64::INFINITY, limit: None };
        };
        let x: Vec<f64> = self
            .outlier_columns
            .iter()
            .map(|&j| row.get(usize::from(j)).copied().unwrap_or(f64::NAN))
            .collect();
        match &self.outliers[class] {
            Some(test) => Novelty { distance: test.distance(&x), limit: Some(test.limit()) },
            None => Novelty { distance: f64::INFINITY, limit: None },
        }
    }

    /// Rate at which rows of `class` that are similar to the training rows are called outside;
    /// `None` if the class has no limit.
    pub fn novelty_alpha(&self, class: usize) -> Option<f64> {
        self.outliers.get(class)?.as_ref().map(OutlierTest::alpha)
    }

    /// Returns a function for the probability that a target is above (or below) a limit, by Platt
    /// scaling of the held-out rows.
    ///
    /// # Errors
    /// [`LearnError::OutOfRange`] for a target that does not exist; errors of [`Platt::fit`].
    pub fn beyond(&self, target: usize, limit: f64, above: bool) -> Result<Beyond<'_>, LearnError> {
        let model = self.targets.get(target).ok_or(LearnError::OutOfRange {
            what: "target",
            value: target as f64,
            expected: "a known target",
        })?;
        let edge = match model.transform {
            Transform::Log if limit <= 0.0 => f64::MIN_POSITIVE.ln(),
            transform => transform.apply(limit),
        };
        let sign = if above { 1.0 } else { -1.0 };
        let scores: Vec<f64> =
            model.held_out.iter().map(|h| sign * (h.predicted - edge) / h.spread).collect();
        let labels: Vec<bool> =
            model.held_out.iter().map(|h| sign * (h.truth - edge) > 0.0).collect();
        let platt = Platt::fit(&compressed(&scores), &labels)?;
        Ok(Beyond { surrogate: self, model, target, edge, sign, platt })
    }

    /// Least and greatest value of each feature in training.
    pub fn feature_ranges(&self) -> impl ExactSizeIterator<Item = (f64, f64)> {
        self.scale.min.iter().copied().zip(self.scale.max.iter().copied())
    }

    /// Bins of the training rows for each feature.
    pub fn feature_bins(&self) -> &[Bins] {
        &self.reference
    }

    /// Bins of the predictions of the training rows for each target.
    pub fn prediction_bins(&self) -> Vec<&Bins> {
        self.targets.iter().map(|t| &t.reference).collect()
    }

    /// Distance between truth and prediction on the scale of the model, in standard deviations of
    /// the held-out results, so that errors of different targets can be compared.
    pub fn scaled_error(&self, target: usize, truth: f64, predicted: f64) -> f64 {
        let model = &self.targets[target];
        // The logarithm of zero would make a single job outweigh all others.
        let at = |y: f64| match model.transform {
            Transform::Identity => y,
            Transform::Log => y.max(f64::MIN_POSITIVE).ln(),
        };
        (at(truth) - at(predicted)).abs() / model.truth_sd
    }

    /// The scale on which a target is modelled.
    pub fn transform(&self, target: usize) -> Transform {
        self.targets[target].transform
    }

    fn check(&self, row: &[f64]) -> Result<(), LearnError> {
        if row.len() != self.features.len() {
            let expected = self.features.len();
            return Err(LearnError::Shape { what: "features", expected, found: row.len() });
        }
        match row.iter().position(|v| !v.is_finite()) {
            Some(j) => {
                Err(LearnError::NotFinite { what: self.features[j].clone(), row: 0, value: row[j] })
            }
            None => Ok(()),
        }
    }

    fn standardise(&self, row: &[f64]) -> Vec<f64> {
        let mut z = vec![0.0; row.len()];
        self.scale.apply(row, &mut z);
        z
    }

    /// The predicted value of every target with its spread, on the scale of the model, for all
    /// rows.
    pub(crate) fn centres(&self, x: &Matrix) -> Vec<Vec<(f64, f64)>> {
        x.iter()
            .map(|row| {
                let z = self.standardise(row);
                let net = self.net.as_ref().map(|net| net.predict(&z));
                self.targets
                    .iter()
                    .enumerate()
                    .map(|(t, m)| {
                        let net = net.as_ref().map_or(0.0, |n| n[t]);
                        (m.centre(row, &z, net), m.spread(row))
                    })
                    .collect()
            })
            .collect()
    }
}

impl TargetModel {
    fn centre(&self, row: &[f64], z: &[f64], net: f64) -> f64 {
        let trees = self.trees.as_ref().map_or(0.0, |t| t.predict(row));
        self.start.predict(z) + self.unit * self.weights[0] * trees + self.others(z, net)
    }

    fn others(&self, z: &[f64], net: f64) -> f64 {
        let gp = self.gp.as_ref().map_or(0.0, |g| g.predict(z));
        self.unit * (self.weights[1] * net + self.weights[2] * gp)
    }

    fn spread(&self, row: &[f64]) -> f64 {
        self.spread.predict(row).exp()
    }

    /// Transforms back to the target's own scale, clipped to its possible range.
    pub(crate) fn natural(&self, t: f64) -> f64 {
        self.transform.invert(t).max(self.target.low).min(self.target.high)
    }

    fn interval(&self, centre: f64, spread: f64, group: usize) -> Prediction {
        let half = self.bounds[group] * spread;
        Prediction {
            value: self.natural(centre),
            low: self.natural(centre - half),
            high: self.natural(centre + half),
            bounded: half.is_finite(),
            relative_width: 2.0 * half / self.truth_sd,
        }
    }

    fn explain(&self, row: &[f64], z: &[f64], net: f64) -> Attribution {
        let mut features: Vec<f64> =
            self.start.slopes.iter().zip(z).map(|(slope, value)| slope * value).collect();
        let mut base = self.start.intercept;
        if let Some(trees) = &self.trees {
            let scale = self.unit * self.weights[0];
            base += scale * trees.expected();
            trees.add_attributions(row, scale, &mut features);
        }
        let mut other_members = self.others(z, net);
        let value =
            self.interval(base + features.iter().sum::<f64>() + other_members, 0.0, 0).value;
        let start = self.interval(base, 0.0, 0).value;
        // Clipping and the logarithm change the total by a factor, which is applied to every term
        // alike.
        let total = features.iter().sum::<f64>() + other_members;
        let stretch = if total == 0.0 { 1.0 } else { (value - start) / total };
        if stretch.is_finite() {
            features.iter_mut().for_each(|f| *f *= stretch);
            other_members *= stretch;
        }
        // The remainder from rounding is added to the part that is not split between features.
        other_members += value - (start + features.iter().sum::<f64>() + other_members);
        Attribution { base: start, features, other_members }
    }
}

/// Computes probabilities that one target is beyond a limit.
#[derive(Clone, Debug)]
pub struct Beyond<'a> {
    surrogate: &'a Surrogate,
    model: &'a TargetModel,
    target: usize,
    edge: f64,
    sign: f64,
    platt: Platt,
}

impl Beyond<'_> {
    /// Probability for one row.
    pub fn probability(&self, row: &[f64]) -> f64 {
        let z = self.surrogate.standardise(row);
        let net = match &self.surrogate.net {
            Some(net) if self.model.weights[1] > 0.0 => net.predict(&z)[self.target],
            _ => 0.0,
        };
        let score =
            self.sign * (self.model.centre(row, &z, net) - self.edge) / self.model.spread(row);
        self.platt.probability(compressed(&[score])[0])
    }
}

/// Clips scores far from the limit, which must not determine the slope near it.
fn compressed(scores: &[f64]) -> Vec<f64> {
    scores.iter().map(|s| s.clamp(-30.0, 30.0)).collect()
}
