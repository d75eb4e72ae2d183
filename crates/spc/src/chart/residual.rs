//! Charts of autocorrelated points: residuals of an AR(1), and forecast errors of an EWMA (IMA(1,1)).

use super::options::{ArFit, Start};
use super::shortrun::standard;
use super::{Chart, Design, Given, Kind, Level, Panel, Parameters, Scope};
use crate::describe::{describe, mean, sum};
use crate::error::SpcError;
use crate::sigma::moving_ranges;

/// The model of the series and the sigma of its errors.
pub(super) fn estimate(design: &Design, x: &[f64], given: &Given) -> Result<Parameters, SpcError> {
    let found = x.len();
    if found < 4 && given.phi.is_none() {
        let what = "a model of autocorrelated points";
        return Err(SpcError::TooFew { what, needed: 4, unit: "points", found });
    }
    if found > 1 && x.iter().all(|value| *value == x[0]) {
        return Err(SpcError::ZeroVariance {
            what: "a model of autocorrelated points",
            value: x[0],
        });
    }
    let mut parameters = match design.chart {
        Kind::Residual => autoregression(design, x, given)?,
        _ => forecast(design, x, given)?,
    };
    if let Some(r1) = describe(x).and_then(|d| d.lag1_autocorr) {
        parameters.estimates.insert("acf1".to_owned(), r1);
    }
    (parameters.points, parameters.values) = (found, found);
    Ok(parameters)
}

fn autoregression(design: &Design, x: &[f64], given: &Given) -> Result<Parameters, SpcError> {
    let (phi, center, sigma2) = match given.phi {
        Some(phi) if phi.abs() < 1.0 => {
            let center = given.center.unwrap_or_else(|| generalized_mean(x, phi));
            (phi, center, None)
        }
        Some(value) => {
            return Err(SpcError::OutOfRange { name: "phi", value, expected: "-1 < phi < 1" });
        }
        None => {
            let (phi, center, sigma2) = fit(x, design.options.fit)?;
            (phi, given.center.unwrap_or(center), Some(sigma2))
        }
    };
    let sigma = match given.sigma {
        Some(sigma) => sigma,
        None => {
            let errors = residuals(x, phi, center);
            mean(&moving_ranges(&errors[1..], 2)?) / design.convention.d2(2)?
        }
    };
    let mut parameters = Parameters { center, sigma: Some(sigma), ..Parameters::default() };
    let mut note = |name: &str, value: f64| {
        parameters.estimates.insert(name.to_owned(), value);
    };
    note("phi", phi);
    note("mean", center);
    note("process_sigma", sigma / (1.0 - phi * phi).sqrt());
    if let Some(sigma2) = sigma2 {
        note("sigma2", sigma2);
    }
    Ok(parameters)
}

/// (x_t − μ) − φ(x_{t−1} − μ); NaN at the first point.
fn residuals(x: &[f64], phi: f64, mean: f64) -> Vec<f64> {
    let later = x.windows(2).map(|pair| (pair[1] - mean) - phi * (pair[0] - mean));
    std::iter::once(f64::NAN).chain(later).collect()
}

/// Estimates φ, the mean and the variance of the innovations.
fn fit(x: &[f64], by: ArFit) -> Result<(f64, f64, f64), SpcError> {
    let n = x.len() as f64;
    match by {
        ArFit::Ml => {
            // ln L = −n/2 ln(S/n) + ½ ln(1 − φ²), with the mean of generalized least squares at each φ.
            let likelihood = |phi: f64| {
                0.5 * (1.0 - phi * phi).ln()
                    - 0.5 * n * (squares(x, phi, generalized_mean(x, phi)) / n).ln()
            };
            let phi = highest(likelihood, -0.999_9, 0.999_9);
            let center = generalized_mean(x, phi);
            Ok((phi, center, squares(x, phi, center) / n))
        }
        ArFit::Cls => {
            let (before, after) = (&x[..x.len() - 1], &x[1..]);
            let (mb, ma) = (mean(before), mean(after));
            let cross = sum(before.iter().zip(after).map(|(b, a)| (b - mb) * (a - ma)));
            let phi = cross / sum(before.iter().map(|b| (b - mb) * (b - mb)));
            let intercept = ma - phi * mb;
            let rest =
                sum(before.iter().zip(after).map(|(b, a)| (a - intercept - phi * b).powi(2)));
            stationary(phi)?;
            Ok((phi, intercept / (1.0 - phi), rest / (n - 1.0)))
        }
        ArFit::Yw => {
            let center = mean(x);
            let phi = describe(x).and_then(|d| d.lag1_autocorr).unwrap_or(0.0);
            let variance = sum(x.iter().map(|v| (v - center) * (v - center))) / n;
            Ok((phi, center, variance * (1.0 - phi * phi)))
        }
    }
}

fn stationary(phi: f64) -> Result<(), SpcError> {
    if phi.abs() < 1.0 {
        return Ok(());
    }
    Err(SpcError::Invalid(format!(
        "the series is not stationary (phi {phi:.3}); use --model ewma, which follows a wandering mean"
    )))
}

fn generalized_mean(x: &[f64], phi: f64) -> f64 {
    let later = sum(x.windows(2).map(|pair| pair[1] - phi * pair[0]));
    ((1.0 + phi) * x[0] + later) / ((1.0 + phi) + (x.len() as f64 - 1.0) * (1.0 - phi))
}

fn squares(x: &[f64], phi: f64, mean: f64) -> f64 {
    let first = (1.0 - phi * phi) * (x[0] - mean) * (x[0] - mean);
    first + sum(x.windows(2).map(|pair| ((pair[1] - mean) - phi * (pair[0] - mean)).powi(2)))
}

/// The position of the maximum of `f`: a grid search, then golden sections about its best point.
fn highest(f: impl Fn(f64) -> f64, low: f64, high: f64) -> f64 {
    let step = (high - low) / 200.0;
    let places = (0..=200).map(|i| low + step * f64::from(i));
    let best = places
        .map(|p| (p, f(p)))
        .fold((low, f64::NEG_INFINITY), |best, next| if next.1 > best.1 { next } else { best });
    let (mut a, mut b) = ((best.0 - step).max(low), (best.0 + step).min(high));
    let ratio = (5f64.sqrt() - 1.0) / 2.0;
    while b - a > 1e-9 {
        let (left, right) = (b - ratio * (b - a), a + ratio * (b - a));
        if f(left) > f(right) { b = right } else { a = left }
    }
    f64::midpoint(a, b)
}

fn forecast(design: &Design, x: &[f64], given: &Given) -> Result<Parameters, SpcError> {
    let start = match design.options.start {
        Start::First => x[0],
        Start::Mean => mean(x),
    };
    let sse = |lambda: f64| sum(errors(x, lambda, start).iter().skip(1).map(|e| e * e));
    let lambda = match given.lambda {
        Some(lambda) => lambda,
        None => highest(|lambda| -sse(lambda), 0.0, 1.0),
    };
    let rest = sse(lambda);
    let sigma = given.sigma.unwrap_or((rest / (x.len() as f64 - 1.0)).sqrt());
    let mut parameters = Parameters { center: start, sigma: Some(sigma), ..Parameters::default() };
    for (name, value) in [("lambda", lambda), ("sse", rest), ("sigma_rms", sigma)] {
        parameters.estimates.insert(name.to_owned(), value);
    }
    Ok(parameters)
}

/// Forecast errors x_t − z_{t−1} with z_1 at `start`; NaN at the first point, which has no
/// forecast.
fn errors(x: &[f64], lambda: f64, start: f64) -> Vec<f64> {
    let mut z = start;
    let mut found = vec![f64::NAN];
    found.extend(x.iter().skip(1).map(|value| {
        let error = value - z;
        z += lambda * error;
        error
    }));
    found
}

/// The chart of residuals about 0, or of the values about their forecasts.
pub(super) fn chart(
    design: &Design,
    parameters: &Parameters,
    x: &[f64],
) -> Result<Chart, SpcError> {
    let sigma = super::variables::known_sigma(parameters)?;
    if design.chart == Kind::Residual {
        let phi = parameters.estimate("phi")?;
        let values = residuals(x, phi, parameters.center);
        let panel = Panel {
            upper: Level::Constant(design.width * sigma),
            lower: Level::Constant(-design.width * sigma),
            sigma: Level::Constant(sigma),
            ..standard("residual", values, design.width)
        };
        // In addition, compares the values with the true spread of the process, because a shift
        // moves them by its full size permanently.
        let process = parameters.estimate("process_sigma")?;
        let beyond: Vec<f64> = x
            .iter()
            .enumerate()
            .filter(|(_, x)| (**x - parameters.center).abs() > design.width * process)
            .map(|(i, _)| (i + 1) as f64)
            .collect();
        return Ok(Chart { panels: vec![panel], details: vec![("i_chart_beyond", beyond)] });
    }
    let lambda = parameters.estimate("lambda")?;
    let errors = errors(x, lambda, parameters.center);
    let forecasts: Vec<f64> = x.iter().zip(&errors).map(|(x, e)| x - e).collect();
    let line = |w: f64| Level::Varying(forecasts.iter().map(|z| z + w * sigma).collect());
    let panel = Panel {
        name: "x",
        values: x.to_vec(),
        center: line(0.0),
        upper: line(design.width),
        lower: line(-design.width),
        sigma: Level::Constant(sigma),
        scope: Scope::Limits,
        measured: true,
    };
    Ok(Chart { panels: vec![panel], details: vec![("errors", errors)] })
}
