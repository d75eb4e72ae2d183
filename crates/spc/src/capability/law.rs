//! A fitted distribution of any family: its quantiles and probabilities.

use super::position::at_position;
use super::{johnson, pearson, weibull};
use crate::describe::{mean, sum};
use crate::error::SpcError;
use crate::normal;
use serde::Serialize;
use std::collections::BTreeMap;

/// Families of distributions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Family {
    /// Normal: mean and sd of maximum likelihood.
    Normal,
    /// Lognormal: mean and sd of the logarithms, of maximum likelihood.
    Lognormal,
    /// Weibull with two parameters, of maximum likelihood.
    Weibull,
    /// Weibull with a threshold, the interior maximum of the likelihood.
    Weibull3,
    /// Johnson's curves through four percentiles (Slifker and Shapiro 1980).
    Johnson,
    /// Pearson's curves through four moments, as Clements (1989) uses them.
    Pearson,
    /// No distribution: percentiles of the sample itself, which needs about a thousand values to
    /// reach the tails.
    Empirical,
}

impl Family {
    /// The name that the command line and results use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Lognormal => "lognormal",
            Self::Weibull => "weibull",
            Self::Weibull3 => "weibull3",
            Self::Johnson => "johnson",
            Self::Pearson => "pearson",
            Self::Empirical => "empirical",
        }
    }
}

/// How percentiles of a sample are interpolated (Hyndman and Fan 1996).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub enum QuantileType {
    /// Position p (n + 1): Minitab.
    #[serde(rename = "6")]
    Six,
    /// Position p (n − 1) + 1: R, numpy.
    #[default]
    #[serde(rename = "7")]
    Seven,
}

crate::words::words! {
    QuantileType { Six = "6", Seven = "7" }
}

/// A distribution with its parameters.
#[derive(Debug, Clone)]
pub enum Law {
    /// Mean and standard deviation.
    Normal(f64, f64),
    /// Mean and standard deviation of the logarithms.
    Lognormal(f64, f64),
    /// Threshold, shape and scale; the likelihood of three-parameter fits.
    Weibull(weibull::Weibull),
    /// One of Johnson's three curves.
    Johnson(johnson::Johnson),
    /// One of Pearson's twelve curves.
    Pearson(Box<pearson::Pearson>),
    /// Sorted values.
    Empirical(Vec<f64>, QuantileType),
}

impl Law {
    /// Fits `family` to `values`.
    ///
    /// # Errors
    /// Too few values, no variation, values that the family cannot take.
    pub fn fit(values: &[f64], family: Family, quantiles: QuantileType) -> Result<Self, SpcError> {
        let n = values.len();
        let needed = match family {
            Family::Empirical | Family::Johnson | Family::Pearson => 20,
            Family::Weibull3 => 10,
            _ => 3,
        };
        if n < needed {
            let what = "a percentile capability";
            return Err(SpcError::TooFew { what, needed, unit: "values", found: n });
        }
        if values.iter().all(|x| *x == values[0]) {
            return Err(SpcError::ZeroVariance { what: "capability", value: values[0] });
        }
        if matches!(family, Family::Lognormal | Family::Weibull)
            && let Some(i) = values.iter().position(|x| *x <= 0.0)
        {
            return Err(SpcError::Invalid(format!(
                "value {} is {}; this distribution needs values above 0",
                i + 1,
                values[i]
            )));
        }
        Ok(match family {
            Family::Normal => {
                let (location, spread) = moments(values);
                Self::Normal(location, spread)
            }
            Family::Lognormal => {
                let logs: Vec<f64> = values.iter().map(|x| x.ln()).collect();
                let (location, spread) = moments(&logs);
                Self::Lognormal(location, spread)
            }
            Family::Weibull => Self::Weibull(weibull::two_parameters(values)?),
            Family::Weibull3 => Self::Weibull(weibull::three_parameters(values)?),
            Family::Johnson => Self::Johnson(johnson::fit(values)?),
            Family::Pearson => Self::Pearson(Box::new(pearson::fit(values)?)),
            Family::Empirical => {
                let mut sorted = values.to_vec();
                sorted.sort_by(f64::total_cmp);
                Self::Empirical(sorted, quantiles)
            }
        })
    }

    /// Quantile at 0 < p < 1.
    pub fn quantile(&self, p: f64) -> f64 {
        match self {
            Self::Normal(location, spread) => location + spread * normal::quantile(p),
            Self::Lognormal(location, spread) => (location + spread * normal::quantile(p)).exp(),
            Self::Weibull(law) => law.quantile(p),
            Self::Johnson(law) => law.quantile(p),
            Self::Pearson(law) => law.quantile(p),
            Self::Empirical(sorted, kind) => sample_quantile(sorted, p, *kind),
        }
    }

    /// Probability of a value at or below `x`.
    pub fn cdf(&self, x: f64) -> f64 {
        match self {
            Self::Normal(location, spread) => normal::cdf((x - location) / spread),
            Self::Lognormal(..) if x <= 0.0 => 0.0,
            Self::Lognormal(location, spread) => normal::cdf((x.ln() - location) / spread),
            Self::Weibull(law) => 1.0 - law.sf(x),
            Self::Johnson(law) => law.cdf(x),
            Self::Pearson(law) => law.cdf(x),
            Self::Empirical(sorted, _) => {
                sorted.iter().filter(|v| **v <= x).count() as f64 / sorted.len() as f64
            }
        }
    }

    /// Probability of a value above `x`, without cancellation where the family allows it.
    pub fn sf(&self, x: f64) -> f64 {
        match self {
            Self::Normal(location, spread) => normal::sf((x - location) / spread),
            Self::Lognormal(..) if x <= 0.0 => 1.0,
            Self::Lognormal(location, spread) => normal::sf((x.ln() - location) / spread),
            Self::Weibull(law) => law.sf(x),
            Self::Johnson(law) => law.sf(x),
            _ => 1.0 - self.cdf(x),
        }
    }

    /// What was fitted, by name.
    pub fn parameters(&self) -> BTreeMap<&'static str, f64> {
        match self {
            Self::Normal(location, spread) => [("mean", *location), ("sd", *spread)].into(),
            Self::Lognormal(location, spread) => [("mu", *location), ("sigma", *spread)].into(),
            Self::Weibull(law) => law.parameters(),
            Self::Johnson(law) => law.parameters(),
            Self::Pearson(law) => law.parameters(),
            Self::Empirical(..) => BTreeMap::new(),
        }
    }

    /// Curve within a family that has several, such as `SU`.
    pub fn curve(&self) -> Option<&'static str> {
        match self {
            Self::Johnson(law) => Some(law.curve.name()),
            _ => None,
        }
    }
}

/// Mean and standard deviation of maximum likelihood (divisor n).
pub(super) fn moments(values: &[f64]) -> (f64, f64) {
    let center = mean(values);
    let squares = sum(values.iter().map(|x| (x - center) * (x - center)));
    (center, (squares / values.len() as f64).sqrt())
}

/// A percentile of sorted values, between two of them or at an end.
fn sample_quantile(sorted: &[f64], p: f64, kind: QuantileType) -> f64 {
    let n = sorted.len();
    let at = match kind {
        QuantileType::Six => p * (n as f64 + 1.0) - 1.0,
        QuantileType::Seven => p * (n as f64 - 1.0),
    };
    at_position(sorted, at)
}
