//! Searches over a recipe's inputs: all roots for a target value, and least squares.

use std::fmt;

use statrs::distribution::{ContinuousCDF, StudentsT};

/// Roots of `f(x) = target` on an interval.
#[derive(Clone, Debug, PartialEq)]
pub struct Roots {
    /// All roots found, in rising order.
    pub roots: Vec<f64>,
    /// The inputs tried and their values, in rising order; `None` where the value does not exist.
    pub scan: Vec<(f64, Option<f64>)>,
}

impl Roots {
    /// Smallest and largest value of the scan.
    pub fn range(&self) -> Option<(f64, f64)> {
        let values = self.scan.iter().filter_map(|(_, value)| *value);
        values.fold(None, |range, v| match range {
            None => Some((v, v)),
            Some((low, high)) => Some((f64::min(low, v), f64::max(high, v))),
        })
    }
}

/// Finds the roots of `f(x) = target` between `low` and `high`. It scans `samples` intervals, equal
/// in `x` or in its logarithm, and applies Brent's method in every interval where the sign changes.
/// Beside an extremum that comes near the target without reaching it, a golden-section search looks
/// for a crossing. Two roots that are closer together than an interval of the scan, without such a
/// sign, are not resolved.
///
/// # Errors
/// The first error of `f`.
pub fn roots<E>(
    mut f: impl FnMut(f64) -> Result<Option<f64>, E>,
    target: f64,
    (low, high): (f64, f64),
    samples: usize,
    logarithmic: bool,
) -> Result<Roots, E> {
    let at = |i: usize| {
        let share = i as f64 / samples as f64;
        if i == 0 {
            low
        } else if i == samples {
            high
        } else if logarithmic {
            low * (high / low).powf(share)
        } else {
            low + share * (high - low)
        }
    };
    let mut scan = Vec::with_capacity(samples + 1);
    for i in 0..=samples {
        scan.push((at(i), f(at(i))?));
    }
    let mut roots: Vec<f64> = Vec::new();
    for pair in scan.windows(2) {
        // Where the value ceases to exist inside the interval, the part on this side may still pass
        // the target.
        let (pair, known) = match [pair[0], pair[1]] {
            [(a, Some(fa)), (b, Some(fb))] => ([(a, fa), (b, fb)], true),
            [(a, Some(fa)), (b, None)] => (edge(&mut f, target, (a, fa), b)?, false),
            [(a, None), (b, Some(fb))] => {
                let [last, inner] = edge(&mut f, target, (b, fb), a)?;
                ([inner, last], false)
            }
            _ => continue,
        };
        let [(a, fa), (b, fb)] = pair;
        let (da, db) = (fa - target, fb - target);
        if da == 0.0 && known {
            roots.push(a);
        } else if da * db < 0.0 {
            roots.extend(brent(&mut f, target, (a, da), (b, db))?);
        }
    }
    if let Some((x, Some(value))) = scan.last()
        && *value == target
    {
        roots.push(*x);
    }
    // An extremum between samples may pass beyond the target and come back.
    for triple in scan.windows(3) {
        let [(a, Some(fa)), (m, Some(fm)), (b, Some(fb))] = [triple[0], triple[1], triple[2]]
        else {
            continue;
        };
        let (da, dm, db) = (fa - target, fm - target, fb - target);
        let turns = dm.abs() < da.abs() && dm.abs() < db.abs() && da * dm > 0.0 && db * dm > 0.0;
        if !turns {
            continue;
        }
        if let Some((x, d)) = reach_over(&mut f, target, (a, m, b), dm)? {
            for (from, to) in [((a, da), (x, d)), ((x, d), (b, db))] {
                if let Some(root) = brent(&mut f, target, from, to)? {
                    roots.push(root);
                }
            }
        }
    }
    roots.sort_by(f64::total_cmp);
    roots.dedup_by(|a, b| (*a - *b).abs() <= 1e-9 * b.abs());
    Ok(Roots { roots, scan })
}

/// Moves from a point where the value exists towards one where it does not, until the value has
/// passed the target or the edge is found. Returns both ends of the interval in which the value
/// exists.
fn edge<E>(
    f: &mut impl FnMut(f64) -> Result<Option<f64>, E>,
    target: f64,
    (start, value): (f64, f64),
    mut nothing: f64,
) -> Result<[(f64, f64); 2], E> {
    let mut reached = (start, value);
    for _ in 0..30 {
        let mid = 0.5 * (reached.0 + nothing);
        match f(mid)? {
            None => nothing = mid,
            Some(found) => {
                reached = (mid, found);
                if (value - target) * (found - target) < 0.0 {
                    break;
                }
            }
        }
    }
    Ok([(start, value), reached])
}

/// Golden-section search for the point nearest to the target. Returns the point if it lies on the
/// other side of the target.
fn reach_over<E>(
    f: &mut impl FnMut(f64) -> Result<Option<f64>, E>,
    target: f64,
    (mut a, mut m, mut b): (f64, f64, f64),
    mut dm: f64,
) -> Result<Option<(f64, f64)>, E> {
    for _ in 0..40 {
        let x = if b - m > m - a { m + 0.381_966 * (b - m) } else { m - 0.381_966 * (m - a) };
        let Some(value) = f(x)? else { return Ok(None) };
        let d = value - target;
        if d * dm <= 0.0 {
            return Ok(Some((x, d)));
        }
        if d.abs() < dm.abs() {
            if x > m {
                a = m
            } else {
                b = m
            }
            (m, dm) = (x, d);
        } else if x > m {
            b = x;
        } else {
            a = x;
        }
        if b - a < 1e-4 * m.abs() {
            break;
        }
    }
    Ok(None)
}

/// Brent's method (R. P. Brent, Comput. J. 14, 422, 1971) to a relative width of 1e-7.
fn brent<E>(
    f: &mut impl FnMut(f64) -> Result<Option<f64>, E>,
    target: f64,
    (mut a, mut fa): (f64, f64),
    (mut b, mut fb): (f64, f64),
) -> Result<Option<f64>, E> {
    if fa.abs() < fb.abs() {
        std::mem::swap(&mut a, &mut b);
        std::mem::swap(&mut fa, &mut fb);
    }
    let (mut c, mut fc, mut d, mut bisected) = (a, fa, a, true);
    for _ in 0..100 {
        let width = 1e-7 * b.abs().max(1e-300);
        if fb == 0.0 || (b - a).abs() <= width {
            break;
        }
        let mut s = if fa != fc && fb != fc {
            a * fb * fc / ((fa - fb) * (fa - fc))
                + b * fa * fc / ((fb - fa) * (fb - fc))
                + c * fa * fb / ((fc - fa) * (fc - fb))
        } else {
            b - fb * (b - a) / (fb - fa)
        };
        let middle = 0.75 * a + 0.25 * b;
        let outside = (s - middle) * (s - b) >= 0.0;
        let slow = if bisected {
            (s - b).abs() >= 0.5 * (b - c).abs() || (b - c).abs() < width
        } else {
            (s - b).abs() >= 0.5 * (c - d).abs() || (c - d).abs() < width
        };
        bisected = outside || slow;
        if bisected {
            s = 0.5 * (a + b);
        }
        let Some(value) = f(s)? else { return Ok(None) };
        let fs = value - target;
        (d, c, fc) = (c, b, fb);
        if fa * fs < 0.0 {
            (b, fb) = (s, fs);
        } else {
            (a, fa) = (s, fs);
        }
        if fa.abs() < fb.abs() {
            std::mem::swap(&mut a, &mut b);
            std::mem::swap(&mut fa, &mut fb);
        }
    }
    Ok(Some(b))
}

/// Parameters fitted by least squares.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// Best values.
    pub values: Vec<f64>,
    /// Standard errors; `None` when the data do not determine them.
    pub standard_errors: Option<Vec<f64>>,
    /// Correlations between the parameters, if there are standard errors.
    pub correlations: Option<Vec<Vec<f64>>>,
    /// Sum of the squared residuals at the start and at the end.
    pub sums: (f64, f64),
    /// Number of residuals.
    pub points: usize,
    /// Evaluations of the model.
    pub evaluations: usize,
    /// Whether the last step was small enough.
    pub converged: bool,
}

/// Why a fit stopped.
#[derive(Debug)]
pub enum FitError<E> {
    /// Fewer data than parameters.
    TooFewPoints {
        /// Number of residuals.
        points: usize,
        /// Number of parameters.
        parameters: usize,
    },
    /// The model failed.
    Model(E),
}

impl<E: fmt::Display> fmt::Display for FitError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FitError::TooFewPoints { points, parameters } => {
                write!(f, "{points} measured values cannot determine {parameters} parameters")
            }
            FitError::Model(error) => error.fmt(f),
        }
    }
}

/// Levenberg-Marquardt (Marquardt, J. SIAM 11, 431, 1963) in the logarithms of positive parameters,
/// each kept between its bounds, with derivatives by central differences of 0.1 %.
///
/// # Errors
/// Too few residuals, or the first error of the model.
pub fn fit<E>(
    mut residuals: impl FnMut(&[f64]) -> Result<Vec<f64>, E>,
    start: &[f64],
    bounds: &[(f64, f64)],
) -> Result<Fit, FitError<E>> {
    const STEP: f64 = 1e-3;
    let n = start.len();
    let mut evaluations = 0;
    let mut evaluate = |logs: &[f64]| {
        evaluations += 1;
        let values: Vec<f64> = logs.iter().map(|log| log.exp()).collect();
        residuals(&values).map_err(FitError::Model)
    };
    let clamp = |logs: &mut [f64]| {
        for (log, (low, high)) in logs.iter_mut().zip(bounds) {
            *log = log.clamp(low.ln(), high.ln());
        }
    };
    let mut logs: Vec<f64> = start.iter().map(|value| value.ln()).collect();
    clamp(&mut logs);
    let mut now = evaluate(&logs)?;
    if now.len() < n {
        return Err(FitError::TooFewPoints { points: now.len(), parameters: n });
    }
    let sum = |r: &[f64]| r.iter().map(|v| v * v).sum::<f64>();
    let first = sum(&now);
    let mut damping = 1e-3;
    let mut converged = false;
    let mut normal = vec![vec![0.0; n]; n];
    for _ in 0..50 {
        let mut columns = Vec::with_capacity(n);
        for j in 0..n {
            let mut moved = logs.clone();
            moved[j] += STEP;
            let ahead = evaluate(&moved)?;
            moved[j] -= 2.0 * STEP;
            let behind = evaluate(&moved)?;
            let column: Vec<f64> =
                ahead.iter().zip(&behind).map(|(a, b)| (a - b) / (2.0 * STEP)).collect();
            columns.push(column);
        }
        let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
        let gradient: Vec<f64> = columns.iter().map(|column| dot(column, &now)).collect();
        for i in 0..n {
            for j in 0..n {
                normal[i][j] = dot(&columns[i], &columns[j]);
            }
        }
        let mut improved = false;
        for _ in 0..12 {
            let mut damped = normal.clone();
            for (i, row) in damped.iter_mut().enumerate() {
                row[i] += damping * row[i].max(1e-12);
            }
            let Some(inverse) = invert(damped) else { break };
            let mut next: Vec<f64> =
                (0..n).map(|i| logs[i] - dot(&inverse[i], &gradient)).collect();
            clamp(&mut next);
            let tried = evaluate(&next)?;
            let largest = next.iter().zip(&logs).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            if sum(&tried) <= sum(&now) {
                converged = largest < 1e-6 || sum(&now) - sum(&tried) < 1e-10 * sum(&now);
                (logs, now) = (next, tried);
                damping = (damping * 0.2).max(1e-12);
                improved = true;
                break;
            }
            if largest < 1e-7 {
                converged = true;
                break;
            }
            damping *= 4.0;
        }
        if converged || !improved {
            break;
        }
    }
    let points = now.len();
    let values: Vec<f64> = logs.iter().map(|log| log.exp()).collect();
    let covariance = invert(normal).filter(|_| points > n).map(|inverse| {
        let variance = sum(&now) / (points - n) as f64;
        inverse.into_iter().map(|row| row.into_iter().map(|v| v * variance).collect()).collect()
    });
    let covariance: Option<Vec<Vec<f64>>> = covariance;
    let standard_errors =
        covariance.as_ref().map(|c| (0..n).map(|i| values[i] * c[i][i].max(0.0).sqrt()).collect());
    let correlations = covariance.map(|c| {
        (0..n)
            .map(|i| {
                (0..n)
                    .map(|j| c[i][j] / (c[i][i] * c[j][j]).max(f64::MIN_POSITIVE).sqrt())
                    .collect()
            })
            .collect()
    });
    let sums = (first, sum(&now));
    Ok(Fit { values, standard_errors, correlations, sums, points, evaluations, converged })
}

/// Two-sided 95 % quantile of Student's t; `None` without degrees of freedom.
pub fn student_t95(degrees: usize) -> Option<f64> {
    let t = StudentsT::new(0.0, 1.0, degrees as f64).ok()?;
    Some(t.inverse_cdf(0.975))
}

/// Inverse by Gauss-Jordan elimination with pivoting; `None` when singular to working precision.
fn invert(mut a: Vec<Vec<f64>>) -> Option<Vec<Vec<f64>>> {
    let n = a.len();
    let largest = a.iter().flatten().fold(0.0_f64, |m, v| m.max(v.abs()));
    let mut inverse: Vec<Vec<f64>> =
        (0..n).map(|i| (0..n).map(|j| f64::from(u8::from(i == j))).collect()).collect();
    for col in 0..n {
        let pivot = (col..n).max_by(|&i, &j| a[i][col].abs().total_cmp(&a[j][col].abs()))?;
        a.swap(col, pivot);
        inverse.swap(col, pivot);
        let scale = a[col][col];
        if !scale.is_finite() || scale.abs() <= 1e-14 * largest {
            return None;
        }
        for j in 0..n {
            a[col][j] /= scale;
            inverse[col][j] /= scale;
        }
        for i in (0..n).filter(|i| *i != col) {
            let factor = a[i][col];
            for j in 0..n {
                a[i][j] -= factor * a[col][j];
                inverse[i][j] -= factor * inverse[col][j];
            }
        }
    }
    Some(inverse)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::closed_form::DriveIn;
    use crate::constants::arrhenius;
    use std::convert::Infallible;

    /// Time to a 3 um junction by drive-in of 5e14 cm-2 at 1100 C over 1e15 (brentq), and the
    /// second, later root, at which the falling surface concentration moves the junction back.
    #[test]
    fn both_times_to_a_junction() {
        let d = arrhenius(0.76, 3.46, 1100.0);
        let junction = |t: f64| -> Result<Option<f64>, Infallible> {
            Ok(DriveIn { dose_cm2: 5e14, dt_cm2: d * t }.junction_um(1e15))
        };
        let found = roots(junction, 3.0, (60.0, 1e13), 40, true).unwrap();
        assert_eq!(found.roots.len(), 2);
        assert!((found.roots[0] / 17181.237240522692 - 1.0).abs() < 1e-6);
        assert!(junction(found.roots[1]).unwrap().is_some_and(|x| (x - 3.0).abs() < 1e-5));
        let none = roots(junction, 1e5, (60.0, 1e13), 40, true).unwrap();
        assert!(none.roots.is_empty() && none.range().is_some_and(|(_, high)| high < 1e5));
    }

    #[test]
    fn roots_beside_an_extremum_between_samples_are_found() {
        let parabola = |x: f64| -> Result<Option<f64>, Infallible> { Ok(Some((x - 0.52).powi(2))) };
        let found = roots(parabola, 1e-4, (0.0, 1.0), 10, false).unwrap();
        assert_eq!(found.roots.len(), 2);
        assert!((found.roots[0] - 0.51).abs() < 1e-6 && (found.roots[1] - 0.53).abs() < 1e-6);
    }

    #[test]
    fn fit_returns_values_and_their_errors() {
        // Linear in the logarithms: y = a x^b with a known scatter of +-1 %.
        let data: Vec<(f64, f64)> = (1..=20)
            .map(|i| {
                (f64::from(i), 3.0 * f64::from(i).powf(0.5) * (1.0 + 0.01 * f64::from(i % 3 - 1)))
            })
            .collect();
        let residuals = |p: &[f64]| -> Result<Vec<f64>, Infallible> {
            Ok(data.iter().map(|(x, y)| (p[0] * x.powf(p[1]) / y).ln()).collect())
        };
        let fit = fit(residuals, &[1.0, 1.0], &[(1e-3, 1e3), (1e-3, 10.0)]).unwrap();
        assert!(fit.converged);
        let errors = fit.standard_errors.unwrap();
        assert!((fit.values[0] - 3.0).abs() < 3.0 * errors[0] && errors[0] < 0.03);
        assert!((fit.values[1] - 0.5).abs() < 3.0 * errors[1] && errors[1] < 0.01);
    }

    /// The residual (1 - y)(1 + 0.995 y) of y = ln p falls by 0.005 y at y = 0: a step without
    /// damping leads to y = 200, and only one below the square root of two improves anything.
    #[test]
    fn a_step_that_leads_far_beyond_is_shortened() {
        let residuals = |p: &[f64]| -> Result<Vec<f64>, Infallible> {
            let y = p[0].ln();
            Ok(vec![(1.0 - y) * (1.0 + 0.995 * y)])
        };
        let fit = fit(residuals, &[1.0], &[(1e-3, 1e3)]).unwrap();
        assert!(fit.converged && (fit.values[0] - std::f64::consts::E).abs() < 1e-6, "{fit:?}");
    }

    /// A line through (1, 1), (2, 3), (3, 2): the intercept is 1, the slope 1/2, the residuals are
    /// 1/2, -1 and 1/2, so that the variance is 3/2. The inverse of the normal matrix is
    /// [[14, -6], [-6, 3]] / 6.
    #[test]
    fn the_correlation_of_intercept_and_slope_is_that_of_a_line() {
        let residuals = |p: &[f64]| -> Result<Vec<f64>, Infallible> {
            let (a, b) = (p[0].ln(), p[1].ln());
            Ok(vec![a + b - 1.0, a + 2.0 * b - 3.0, a + 3.0 * b - 2.0])
        };
        let fit = fit(residuals, &[1.0, 1.0], &[(1e-3, 1e3), (1e-3, 1e3)]).unwrap();
        let errors = fit.standard_errors.unwrap();
        assert!((errors[1] / fit.values[1] - 0.75f64.sqrt()).abs() < 1e-6, "{errors:?}");
        let found = fit.correlations.unwrap();
        let r = -6.0 / 42f64.sqrt();
        for (row, expected) in found.iter().zip([[1.0, r], [r, 1.0]]) {
            assert!((row[0] - expected[0]).abs() < 1e-6, "{found:?}");
            assert!((row[1] - expected[1]).abs() < 1e-6, "{found:?}");
        }
    }
}
