//! Forecasts the next runs of a series by the method that forecast its past best, and compares it
//! with the naive forecast.

mod asked;
mod passage;
mod rolling;
mod shown;

pub use asked::Asked;
pub use passage::Passage;
pub use rolling::Tried;
pub use shown::{Shown, long_series};

use crate::skill::{Skill, skill};
use libchar_learn::LearnError;
use libchar_learn::series::{self, Fitted, Law, Method, Spread, Track};
use libchar_numeric::draws::Draws;

/// A simpler method is preferred if a richer one reduces its error by no more than this share.
const TIE: f64 = 0.01;
/// Number of newest values to which parameters are fitted.
pub const MOST_FITTED: usize = 2000;
/// Least number of runs that are forecast to judge the methods.
pub const LEAST_JUDGED: usize = 10;

/// Settings of a forecast.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Runs ahead, at least 1.
    pub runs: usize,
    /// Number of values before the first forecast by which methods are judged.
    pub train: usize,
    /// Share of values that may lie outside their interval.
    pub alpha: f64,
    /// Methods to try; the naive one is always tried.
    pub methods: Vec<Method>,
    /// Limits of the values; infinite ones have no effect.
    pub limits: Option<(f64, f64)>,
    /// Number of simulated paths for the probability of a violation.
    pub paths: usize,
    /// Seed of the paths.
    pub seed: u64,
}

/// One run ahead.
#[derive(Clone, Debug, PartialEq)]
pub struct Ahead {
    /// Expected value.
    pub value: f64,
    /// Half width of its interval.
    pub half_width: f64,
    /// Expected value by the naive method.
    pub naive: f64,
    /// Half width of the naive interval.
    pub naive_half_width: f64,
}

/// A forecast and the evidence for it.
#[derive(Clone, Debug)]
pub struct Forecast {
    /// Methods with their performance, the naive one first.
    pub tried: Vec<Tried>,
    /// Methods that could not be fitted, and why.
    pub refused: Vec<(Method, String)>,
    /// Index of the best method in `tried`.
    pub best: usize,
    /// Its parameters.
    pub fitted: Fitted,
    /// Distribution of its errors.
    pub law: Law,
    /// Standard deviation of its one-step errors.
    pub sigma: f64,
    /// Its skill over the naive method, one run ahead; absent where the naive one is best.
    pub skill: Option<Skill>,
    /// The next runs.
    pub ahead: Vec<Ahead>,
    /// Probabilities of a violation, if there are limits.
    pub passage: Option<Passage>,
}

/// Forecasts the values after `y`.
///
/// Every method forecasts each run after the first `train` from the runs before it, with parameters
/// fitted only to these and refitted at most forty times. The best method has the least mean of ln
/// MSE over the runs ahead, so that near and far runs have the same weight; a simpler method whose
/// error is within 1 % is preferred.
///
/// # Errors
/// [`LearnError`] where `y` is too short to judge the methods, or contains a value that is not
/// finite.
pub fn forecast(y: &[f64], settings: &Settings) -> Result<Forecast, LearnError> {
    let needed = settings.train + LEAST_JUDGED;
    if y.len() < needed || settings.train < series::LEAST_VALUES {
        let needed = needed.max(series::LEAST_VALUES + LEAST_JUDGED);
        return Err(LearnError::TooFewRows {
            what: "a forecast and its judgement",
            needed,
            found: y.len(),
        });
    }
    let (mut tried, mut refused) = (Vec::new(), Vec::new());
    for method in Method::ALL {
        if method != Method::Naive && !settings.methods.contains(&method) {
            continue;
        }
        match rolling::roll(method, y, settings) {
            Ok(own) => tried.push(own),
            Err(error) if method == Method::Naive => return Err(error),
            Err(error) => refused.push((method, error.to_string())),
        }
    }
    let best = best_of(&tried, settings);
    let method = tried[best].method;
    let newest = &y[y.len().saturating_sub(MOST_FITTED)..];
    let fitted = series::fit(method, newest)?;
    let spread = Spread::of(&fitted, newest);
    let ahead = next(&fitted, &spread, newest, settings);
    let naive = Fitted::Ewma { weight: 1.0 };
    let beside = next(&naive, &Spread::of(&naive, newest), newest, settings);
    let passage = settings.limits.map(|limits| {
        let mut draws = Draws::new(settings.seed, &["forecast", "paths"]);
        let mean: Vec<f64> = ahead.iter().map(|(value, _)| *value).collect();
        passage::simulate(
            &mean,
            &fitted.psi(settings.runs),
            &spread,
            limits,
            settings.paths,
            &mut draws,
        )
    });
    let (sigma, law) = (spread.sigma, spread.law);
    let skill = (method != Method::Naive)
        .then(|| skill("naive", &tried[best].errors, &tried[0].errors, None));
    let ahead =
        ahead.into_iter().zip(beside).map(|((value, half_width), (naive, naive_half_width))| {
            Ahead { value, half_width, naive, naive_half_width }
        });
    let ahead = ahead.collect();
    Ok(Forecast { tried, refused, best, fitted, law, sigma, skill, ahead, passage })
}

/// Index of the simplest requested method whose mean of ln MSE is within the tie of the least one.
fn best_of(tried: &[Tried], settings: &Settings) -> usize {
    let allowed = |t: &Tried| settings.methods.contains(&t.method);
    let worth = |t: &Tried| {
        let known = t.mse.iter().flatten().map(|mse| mse.max(f64::MIN_POSITIVE).ln());
        known.sum::<f64>() / t.mse.iter().flatten().count().max(1) as f64
    };
    let least = tried.iter().filter(|t| allowed(t)).map(worth).fold(f64::INFINITY, f64::min);
    let within = 2.0 * (1.0 + TIE).ln();
    tried.iter().position(|t| allowed(t) && worth(t) <= least + within).unwrap_or(0)
}

/// Expected value and half width of each run ahead.
fn next(fitted: &Fitted, spread: &Spread, y: &[f64], settings: &Settings) -> Vec<(f64, f64)> {
    let mut track = Track::new(fitted, y[0]);
    y.iter().for_each(|y| track.learn(*y));
    let widths = half_widths(fitted, spread, settings);
    track.ahead(settings.runs).into_iter().zip(widths).collect()
}

/// Half width h runs ahead: the standardized reach times sigma times the root of the sum of the
/// first h squares of psi.
fn half_widths(fitted: &Fitted, spread: &Spread, settings: &Settings) -> Vec<f64> {
    let one = spread.reach(settings.alpha) * spread.sigma;
    let mut sum = 0.0;
    let psi = fitted.psi(settings.runs);
    psi.iter()
        .map(|psi| {
            sum += psi * psi;
            one * f64::sqrt(sum)
        })
        .collect()
}

#[cfg(test)]
mod tests;
