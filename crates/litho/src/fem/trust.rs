//! How far a calibration can be trusted: chi2, intervals, and parameters that the data do not
//! distinguish.

use std::collections::BTreeSet;

use statrs::distribution::{ChiSquared, ContinuousCDF};

use super::fit::Problem;
use super::{BLUR, Calibration, Correlation, Model, PARAMETERS, Point};

/// Two-sided 95 % quantile of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// Correlation from which on two parameters count as hardly distinguishable.
const STRONG: f64 = 0.95;

/// A parameter is weak if its error is this many times its error with all other parameters fixed.
const WEAK: f64 = 50.0;

/// 95 % interval of a parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower end; `None` if the parameter's range ends first.
    pub low: Option<f64>,
    /// Upper end; `None` likewise.
    pub high: Option<f64>,
}

/// How well the data determine the parameters.
#[derive(Clone, Debug)]
pub struct Trust {
    /// Standard errors of the free parameters.
    pub standard_errors: Vec<Option<f64>>,
    /// Correlations of their errors.
    pub correlation: Vec<Vec<f64>>,
    /// Ratio of the greatest to the least singular value of the slopes, with each parameter in
    /// units of its error with all others fixed.
    pub condition: f64,
    /// Direction in parameter space that the data determine least, in the same units.
    pub null_direction: Vec<f64>,
    /// Pairs of parameters that are hardly distinguishable.
    pub strong: Vec<Correlation>,
    /// Parameters that are poorly determined only because others are free.
    pub weak: Vec<&'static str>,
}

/// Probability of a chi2 at least as large if the model and its sigmas are right.
#[must_use]
pub fn chi2_p_value(chi2: f64, degrees_of_freedom: usize) -> Option<f64> {
    let chi = ChiSquared::new(degrees_of_freedom as f64).ok()?;
    Some(chi.sf(chi2))
}

/// How well the data determine the parameters of a calibration.
#[must_use]
pub fn identifiability(fit: &Calibration) -> Trust {
    let n = fit.free.len();
    let (info, cov) = (&fit.information, &fit.covariance);
    let unit: Vec<f64> = (0..n).map(|i| info[i][i].max(0.0).sqrt()).collect();
    let scaled = nalgebra::DMatrix::from_fn(n, n, |i, j| {
        if unit[i] * unit[j] > 0.0 {
            info[i][j] / (unit[i] * unit[j])
        } else {
            f64::from(u8::from(i == j))
        }
    });
    let eigen = nalgebra::SymmetricEigen::new(scaled);
    let least = (0..n).min_by(|&a, &b| eigen.eigenvalues[a].total_cmp(&eigen.eigenvalues[b]));
    let greatest = eigen.eigenvalues.iter().copied().fold(0.0, f64::max);
    let mut null: Vec<f64> =
        least.map(|c| (0..n).map(|i| eigen.eigenvectors[(i, c)]).collect()).unwrap_or_default();
    // The sign of a direction is arbitrary: the largest component is made positive.
    let largest = null.iter().copied().fold(0.0_f64, |a, b| if b.abs() > a.abs() { b } else { a });
    null.iter_mut().for_each(|v| *v *= largest.signum());
    let variance = |i: usize| cov.get(i).map(|row| row[i]);
    // The fit varied the square v of the blur: d blur = dv/(2 blur).
    let turn = |i: usize| {
        let blur = fit.values[BLUR];
        if fit.free[i] == BLUR { 0.5 / blur } else { 1.0 }
    };
    let standard_errors =
        (0..n).map(|i| variance(i).map(|v| v.sqrt() * turn(i)).filter(|e| e.is_finite())).collect();
    let correlation: Vec<Vec<f64>> = (0..cov.len())
        .map(|i| (0..n).map(|j| cov[i][j] / (cov[i][i] * cov[j][j]).sqrt()).collect())
        .collect();
    let mut strong = Vec::new();
    for (i, row) in correlation.iter().enumerate() {
        for (j, &value) in row.iter().enumerate().take(i) {
            if value.abs() > STRONG {
                let names = [fit.free[j], fit.free[i]].map(|k| PARAMETERS[k]);
                strong.push(Correlation { a: names[0], b: names[1], correlation: value });
            }
        }
    }
    let weak = (0..n)
        .filter(|&i| variance(i).is_none_or(|v| (v * info[i][i]).sqrt() > WEAK))
        .map(|i| PARAMETERS[fit.free[i]])
        .collect();
    let ratio = greatest / least.map_or(1.0, |c| eigen.eigenvalues[c].max(f64::MIN_POSITIVE));
    let condition = ratio.sqrt();
    Trust { standard_errors, correlation, condition, null_direction: null, strong, weak }
}

/// The 95 % interval of one free parameter by its profile: it ends where the least chi2 with that
/// parameter fixed exceeds the overall minimum by 3.84 (times the estimated variance where sigmas
/// are not known).
#[must_use]
pub fn profile(
    model: &Model,
    points: &[Point],
    rows: &BTreeSet<usize>,
    fit: &Calibration,
    of: usize,
) -> Interval {
    let others: Vec<usize> = fit.free.iter().copied().filter(|k| *k != of).collect();
    let problem = Problem { model, points, free: &others };
    let whole = Problem { model, points, free: &fit.free };
    let limits = whole.limits()[of];
    let rise = 0.5 * Z * Z * fit.scale * fit.scale;
    let least = problem.descend(fit.values, rows, false).cost;
    let place = fit.free.iter().position(|k| *k == of);
    let error = place
        .and_then(|i| fit.covariance.get(i).map(|row| row[i].sqrt()))
        .map(|e| if of == BLUR { 0.5 * e / fit.values[BLUR].max(1e-3) } else { e })
        .filter(|e| e.is_finite() && *e > 0.0)
        .unwrap_or(0.05 * fit.values[of].abs().max(1e-3));
    let side = |sign: f64| -> Option<f64> {
        let mut start = fit.values;
        let mut cost = |at: f64| {
            let mut values = start;
            values[of] = at;
            let found = problem.descend(values, rows, false);
            start = found.values;
            found.cost - least - rise
        };
        // Step outwards from the estimate until the profile has risen enough, then use false
        // position.
        let (mut a, mut at_a) = (fit.values[of], -rise);
        let mut step = Z * error;
        let (mut b, mut at_b);
        loop {
            b = (a + sign * step).clamp(limits.0, limits.1);
            at_b = cost(b);
            if at_b >= 0.0 {
                break;
            }
            if b <= limits.0 || b >= limits.1 {
                return None;
            }
            (a, at_a) = (b, at_b);
            step *= 2.0;
        }
        for i in 0..12 {
            if at_b.abs() < 1e-3 * rise || (b - a).abs() < 1e-4 * error {
                break;
            }
            let secant = a + (b - a) * at_a / (at_a - at_b);
            let x = if i % 3 == 2 { f64::midpoint(a, b) } else { secant };
            let y = cost(x);
            if y < 0.0 { (a, at_a) = (x, y) } else { (b, at_b) = (x, y) }
        }
        Some(if at_a.abs() < at_b.abs() { a } else { b })
    };
    Interval { low: side(-1.0), high: side(1.0) }
}
