//! Forecasts of a series: naive, EWMA, Holt, autoregression and local level, each with the effect
//! of a shock on the following values, which determines the spread of the forecast.

mod autoregression;
mod local_level;
mod smooth;
mod spread;
mod track;

pub use spread::{Law, Spread};
pub use track::Track;

use crate::LearnError;

/// Smallest number of values for a fit.
pub const LEAST_VALUES: usize = 10;

/// A forecasting method, ordered from simple to complex.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// The last value.
    Naive,
    /// Exponentially weighted mean, with the weight by least squares of the one-step errors.
    Ewma,
    /// Random walk observed with noise, by maximum likelihood (Durbin and Koopman 2012, chapter 2).
    LocalLevel,
    /// Autoregression by least squares, with the order by the corrected Akaike criterion.
    Ar,
    /// Level and trend (Holt 1957), with weights and start values by least squares.
    Holt,
}

impl Method {
    /// All methods, the naive one first.
    pub const ALL: [Method; 5] =
        [Method::Naive, Method::Ewma, Method::LocalLevel, Method::Ar, Method::Holt];

    /// The name used in documents.
    pub fn name(self) -> &'static str {
        match self {
            Method::Naive => "naive",
            Method::Ewma => "ewma",
            Method::LocalLevel => "local-level",
            Method::Ar => "ar",
            Method::Holt => "holt",
        }
    }

    /// The method called `name`.
    pub fn parse(name: &str) -> Option<Method> {
        Method::ALL.into_iter().find(|method| method.name() == name)
    }
}

/// A method with its parameters.
#[derive(Clone, Debug, PartialEq)]
pub enum Fitted {
    /// An EWMA; with weight 1 it is the naive forecast.
    Ewma {
        /// Weight of the newest value.
        weight: f64,
    },
    /// Level and trend.
    Holt {
        /// Weight of the newest value.
        weight: f64,
        /// Weight of the newest change of the level.
        trend: f64,
        /// Level before the first value.
        level: f64,
        /// Change of the level per run before the first value.
        slope: f64,
    },
    /// Mean and coefficients, starting with that of the newest value.
    Ar {
        /// Mean of the series.
        mean: f64,
        /// Coefficients.
        phi: Vec<f64>,
    },
    /// Random walk observed with noise.
    LocalLevel {
        /// Ratio of the variance of the walk's steps to that of the noise.
        ratio: f64,
    },
}

/// Fits a method.
///
/// # Errors
/// [`LearnError::TooFewRows`] for fewer than [`LEAST_VALUES`] values, [`LearnError::NotFinite`], [`LearnError::Singular`] for
/// an autoregression of a series that does not vary.
pub fn fit(method: Method, y: &[f64]) -> Result<Fitted, LearnError> {
    if y.len() < LEAST_VALUES {
        let (needed, found) = (LEAST_VALUES, y.len());
        return Err(LearnError::TooFewRows { what: "a forecast", needed, found });
    }
    if let Some(row) = y.iter().position(|v| !v.is_finite()) {
        return Err(LearnError::NotFinite { what: "value".to_owned(), row, value: y[row] });
    }
    Ok(match method {
        Method::Naive => Fitted::Ewma { weight: 1.0 },
        Method::Ewma => smooth::ewma(y),
        Method::LocalLevel => local_level::fit(y),
        Method::Ar => autoregression::fit(y)?,
        Method::Holt => smooth::holt(y),
    })
}

impl Fitted {
    /// The forecast of each value from the values before it. For an EWMA and a local level, the
    /// forecast of the first value is that value itself.
    pub fn one_step(&self, y: &[f64]) -> Vec<f64> {
        let mut track = Track::new(self, y.first().copied().unwrap_or(0.0));
        y.iter()
            .map(|y| {
                let expected = track.expected();
                track.learn(*y);
                expected
            })
            .collect()
    }

    /// Effect of a shock on its own run and the following ones, for `runs` runs in total.
    ///
    /// # Formula
    ///
    /// 1, then: EWMA l; Holt l (1 + m j); local level the steady-state gain of its filter;
    /// autoregression psi_j = sum of phi_i psi_(j-i). The spread h runs ahead is the spread of the
    /// one-step errors times the root of the sum of the first h squares.
    pub fn psi(&self, runs: usize) -> Vec<f64> {
        match self {
            Fitted::Ewma { weight } => from_one(runs, |_| *weight),
            Fitted::Holt { weight, trend, .. } => {
                from_one(runs, |j| weight * (1.0 + trend * j as f64))
            }
            Fitted::LocalLevel { ratio } => from_one(runs, |_| local_level::settled_gain(*ratio)),
            Fitted::Ar { phi, .. } => autoregression::psi(phi, runs),
        }
    }

    /// Number of parameters that were fitted to the series.
    pub fn parameters(&self) -> usize {
        match self {
            Fitted::Ewma { weight } if *weight >= 1.0 => 0,
            Fitted::Ewma { .. } | Fitted::LocalLevel { .. } => 1,
            Fitted::Holt { .. } => 4,
            Fitted::Ar { phi, .. } => phi.len() + 1,
        }
    }

    /// The parameters as text.
    pub fn setting(&self) -> String {
        match self {
            Fitted::Ewma { weight } => format!("weight {weight:.4}"),
            Fitted::Holt { weight, trend, .. } => format!("weights {weight:.4}, {trend:.4}"),
            Fitted::Ar { phi, .. } => {
                let phi: Vec<String> = phi.iter().map(|v| format!("{v:.4}")).collect();
                format!("order {}, phi {}", phi.len(), phi.join(" "))
            }
            Fitted::LocalLevel { ratio } => {
                format!(
                    "variance ratio {ratio:.4}, weight {:.4}",
                    local_level::settled_gain(*ratio)
                )
            }
        }
    }
}

fn from_one(runs: usize, after: impl Fn(usize) -> f64) -> Vec<f64> {
    (0..runs).map(|j| if j == 0 { 1.0 } else { after(j) }).collect()
}
