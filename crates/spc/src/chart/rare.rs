//! Charts of rare events: g for the number of units between events, t for the time between them.

use super::options::{RareLimits, TimeLaw};
use super::{Chart, Design, Given, Kind, Level, Panel, Parameters, Scope};
use crate::capability::weibull;
use crate::describe::{mean, median};
use crate::error::SpcError;
use crate::normal;
use crate::sigma::moving_ranges;

/// Nelson's exponent.
const POWER: f64 = 3.6;

/// Estimates centre and distribution of the values between events.
pub(super) fn estimate(
    design: &Design,
    values: &[f64],
    given: &Given,
) -> Result<Parameters, SpcError> {
    let found = values.len();
    if found < 2 {
        let what = "a chart of rare events";
        return Err(SpcError::TooFew { what, needed: 2, unit: "points", found });
    }
    check(design.chart, values)?;
    let mut parameters = Parameters {
        center: given.center.unwrap_or_else(|| mean(values)),
        points: found,
        values: found,
        ..Parameters::default()
    };
    if parameters.center.is_nan() || parameters.center <= 0.0 {
        return Err(SpcError::Invalid(format!(
            "the mean between events is {}, so no limits can be drawn",
            parameters.center
        )));
    }
    let mut note = |name: &str, value: f64| {
        parameters.estimates.insert(name.to_owned(), value);
    };
    if design.chart == Kind::G {
        note("median", median(values));
        return Ok(parameters);
    }
    match design.options.time_law {
        TimeLaw::Weibull => {
            if let Some(i) = values.iter().position(|x| *x == 0.0) {
                return Err(SpcError::Invalid(format!(
                    "point {} is 0: two events at one time have no Weibull likelihood; use --method nelson, or times of finer resolution",
                    i + 1
                )));
            }
            if values.iter().all(|x| *x == values[0]) {
                return Err(SpcError::ZeroVariance { what: "a t chart", value: values[0] });
            }
            let law = weibull::two_parameters(values)?;
            note("shape", law.shape);
            note("scale", law.scale);
        }
        TimeLaw::Exponential => {
            let scale = parameters.center;
            parameters.estimates.insert("scale".to_owned(), scale);
        }
        TimeLaw::Nelson => {
            let y: Vec<f64> = values.iter().map(|x| x.powf(1.0 / POWER)).collect();
            let ranges = moving_ranges(&y, 2)?;
            let sigma = mean(&ranges) / design.convention.d2(2)?;
            if sigma == 0.0 {
                return Err(SpcError::ZeroVariance { what: "a t chart", value: values[0] });
            }
            note("center_y", mean(&y));
            note("sigma_y", sigma);
            note("ucl_y", mean(&y) + design.width * sigma);
            note("lcl_y", mean(&y) - design.width * sigma);
        }
    }
    Ok(parameters)
}

/// The values with the limits of their distribution.
pub(super) fn chart(
    design: &Design,
    parameters: &Parameters,
    values: &[f64],
) -> Result<Chart, SpcError> {
    check(design.chart, values)?;
    let tail = normal::cdf(-design.width);
    let mut details = Vec::new();
    let (lower, center, upper) = match (design.chart, design.options.rare_limits) {
        (Kind::G, RareLimits::Sigma) => {
            let m = parameters.center;
            // The lower limit is always clipped at 0, because the standard deviation exceeds the
            // mean.
            (0.0, m, m + design.width * (m * (m + 1.0)).sqrt())
        }
        (Kind::G, RareLimits::Probability) => {
            let p = 1.0 / (parameters.center + 1.0);
            let at = |share: f64| geometric_quantile(p, share);
            let (lower, upper) = (at(tail), at(1.0 - tail));
            // A point on a limit is no alarm. The distribution is discrete, so the actual
            // false-alarm rate differs from the nominal one and is reported.
            let rate = (1.0 - p).powf(upper + 1.0) + (1.0 - (1.0 - p).powf(lower));
            details.push(("p", vec![p]));
            details.push(("false_alarm_rate", vec![rate]));
            (lower, at(0.5), upper)
        }
        _ => match design.options.time_law {
            TimeLaw::Weibull | TimeLaw::Exponential => {
                let shape = parameters.estimates.get("shape").copied().unwrap_or(1.0);
                let scale = parameters.estimate("scale")?;
                let law = weibull::Weibull { threshold: 0.0, shape, scale, log_likelihood: None };
                (law.quantile(tail), law.quantile(0.5), law.quantile(1.0 - tail))
            }
            TimeLaw::Nelson => {
                let (c, s) = (parameters.estimate("center_y")?, parameters.estimate("sigma_y")?);
                // Clipped first, because a negative number has no such power.
                let back = |y: f64| y.max(0.0).powf(POWER);
                (back(c - design.width * s), back(c), back(c + design.width * s))
            }
        },
    };
    let panel = Panel {
        name: if design.chart == Kind::G { "g" } else { "t" },
        values: values.to_vec(),
        center: Level::Constant(center),
        upper: Level::Constant(upper),
        lower: Level::Constant(lower),
        sigma: Level::Constant(f64::NAN),
        scope: Scope::Limits,
        measured: true,
    };
    Ok(Chart { panels: vec![panel], details })
}

/// The smallest x with P(X ≤ x) = 1 − (1 − p)^(x+1) ≥ `share`.
fn geometric_quantile(p: f64, share: f64) -> f64 {
    let below = |x: f64| -((x + 1.0) * (-p).ln_1p()).exp_m1();
    let mut x = ((-share).ln_1p() / (-p).ln_1p() - 1.0).ceil().max(0.0);
    while x > 0.0 && below(x - 1.0) >= share {
        x -= 1.0;
    }
    while below(x) < share {
        x += 1.0;
    }
    x
}

fn check(kind: Kind, values: &[f64]) -> Result<(), SpcError> {
    for (i, value) in values.iter().enumerate() {
        if *value < 0.0 || (kind == Kind::G && value.fract() != 0.0) {
            let what = if kind == Kind::G {
                "a number of units between events"
            } else {
                "a time between events"
            };
            return Err(SpcError::Invalid(format!("point {}: {value} is not {what}", i + 1)));
        }
    }
    Ok(())
}
