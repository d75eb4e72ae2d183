//! Fit of a process to a matrix: a grid search for the start, then Levenberg-Marquardt, robust
//! against outliers.

use std::collections::BTreeSet;

use super::{
    BIAS, BLUR, DOSE, E0, FLARE, FOCUS, Model, PARAMETERS, Point, Predicted, Seen, TILT, Values,
};

/// Options of a calibration.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Indices of the parameters that are free.
    pub free: Vec<usize>,
    /// Values of all parameters; those that are not free stay at them.
    pub fixed: Values,
    /// Greatest share of measured widths that may be dropped as outliers.
    pub most_dropped: f64,
    /// Whether sigmas are known; else they are estimated from the residuals.
    pub sigma_known: bool,
}

/// A fitted process.
#[derive(Clone, Debug)]
pub struct Calibration {
    /// Values of all parameters.
    pub values: Values,
    /// Indices of the free parameters.
    pub free: Vec<usize>,
    /// Free parameters that ended on a limit of their range.
    pub at_limit: Vec<usize>,
    /// Fisher information of the free parameters, with the square of the blur in place of the blur.
    pub information: Vec<Vec<f64>>,
    /// Covariance of the same parameters; empty where the information has no inverse.
    pub covariance: Vec<Vec<f64>>,
    /// Sum of squared residuals in sigmas over the rows that were not dropped.
    pub chi2: f64,
    /// Number of rows that were not dropped, minus the number of free parameters.
    pub degrees_of_freedom: usize,
    /// Factor on all sigmas: 1 where they are known.
    pub scale: f64,
    /// Points that were dropped as outliers.
    pub dropped: Vec<usize>,
    /// Points beyond the outlier limit, dropped or not.
    pub outliers: Vec<usize>,
    /// Whether the last steps became small.
    pub converged: bool,
}

/// Residuals beyond this many robust standard deviations are outliers.
const OUTLIER: f64 = 4.5;

/// Residual, in sigmas, of a measured width where the model prints no line; and the largest
/// residual of a line where none was observed.
const ABSENT: f64 = 6.0;

/// Fits the free parameters to the points of `rows`.
///
/// # Errors
/// A sentence: too few widths, or no process that is close enough to start from.
pub fn calibrate(
    model: &Model,
    points: &[Point],
    rows: &[usize],
    settings: &Settings,
) -> Result<Calibration, String> {
    let widths: Vec<usize> =
        rows.iter().copied().filter(|&i| matches!(points[i].seen, Seen::Width(_))).collect();
    let needed = settings.free.len() + 2;
    if widths.len() < needed {
        return Err(format!("{} measured widths; {needed} or more are needed", widths.len()));
    }
    let problem = Problem { model, points, free: &settings.free };
    let start = problem.start(&widths, settings)?;
    let all: BTreeSet<usize> = rows.iter().copied().collect();
    let soft = problem.descend(start, &all, true);
    let residuals = problem.residuals(&soft.values, &widths);
    let spread = robust_sd(&residuals.iter().map(|r| r.1).collect::<Vec<_>>());
    // Known sigmas are used as they are, unless the residuals as a whole show that they are too
    // small.
    let unit = if settings.sigma_known { spread.max(1.0) } else { spread };
    let mut far: Vec<(usize, f64)> =
        residuals.into_iter().filter(|r| r.1.abs() > OUTLIER * unit).collect();
    far.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then(a.0.cmp(&b.0)));
    let outliers: Vec<usize> = far.iter().map(|r| r.0).collect();
    let most = (settings.most_dropped * widths.len() as f64).floor() as usize;
    let dropped = if outliers.len() <= most { outliers.clone() } else { Vec::new() };
    let kept: BTreeSet<usize> = all.iter().copied().filter(|i| !dropped.contains(i)).collect();
    // If there are more outliers than may be dropped, the soft loss at least limits their
    // influence.
    let last = problem.descend(soft.values, &kept, dropped.len() < outliers.len());
    let count = widths.len() - dropped.len();
    let degrees_of_freedom = count.saturating_sub(settings.free.len()).max(1);
    let own: Vec<usize> = widths.iter().copied().filter(|i| kept.contains(i)).collect();
    let chi2: f64 = problem.residuals(&last.values, &own).iter().map(|r| r.1 * r.1).sum();
    let scale = if settings.sigma_known { 1.0 } else { (chi2 / degrees_of_freedom as f64).sqrt() };
    let information = problem.information(&last.values, &own, scale);
    let covariance = inverse(&information).unwrap_or_default();
    let limits = problem.limits();
    let at_limit = settings
        .free
        .iter()
        .copied()
        .filter(|&k| last.values[k] <= limits[k].0 || last.values[k] >= limits[k].1)
        .collect();
    Ok(Calibration {
        values: last.values,
        free: settings.free.clone(),
        at_limit,
        information,
        covariance,
        chi2,
        degrees_of_freedom,
        scale,
        dropped,
        outliers,
        converged: last.converged,
    })
}

pub(super) struct Problem<'a> {
    pub model: &'a Model,
    pub points: &'a [Point],
    pub free: &'a [usize],
}

pub(super) struct Descent {
    pub values: Values,
    pub cost: f64,
    converged: bool,
}

impl Problem<'_> {
    /// Ranges of the parameters.
    pub fn limits(&self) -> [(f64, f64); PARAMETERS.len()] {
        let mut limits = [(f64::NEG_INFINITY, f64::INFINITY); PARAMETERS.len()];
        let least_dose = self.points.iter().map(|p| p.dose_mj_cm2).fold(f64::INFINITY, f64::min);
        let (wavelength, na) =
            self.model.job().map_or((193.0, 0.5), |j| (j.optics.wavelength_nm, j.optics.na));
        let depth = wavelength / (na * na);
        limits[E0] = (1e-6 * least_dose, 10.0 * least_dose);
        limits[BLUR] = (0.0, 0.6 * wavelength / na);
        limits[FOCUS] = (-depth, depth);
        limits[DOSE] = (-2.0 * least_dose, 0.95 * least_dose);
        let room = 0.9 * self.model.room_nm();
        limits[BIAS] = (-room, room);
        limits[FLARE] = (0.0, 0.4);
        let reach = self.points.iter().map(|p| p.site_x.abs()).fold(0.0, f64::max);
        limits[TILT] = if reach > 0.0 { (-depth / reach, depth / reach) } else { (0.0, 0.0) };
        limits
    }

    /// Finds start values. For each blur and focus of a grid the threshold is the median of those
    /// that the widths imply; the combination with the best agreement is taken.
    fn start(&self, widths: &[usize], settings: &Settings) -> Result<Values, String> {
        let limits = self.limits();
        let is_free = |k: usize| settings.free.contains(&k);
        let scale = self.model.job().map_or(100.0, |j| j.optics.wavelength_nm / j.optics.na);
        let blurs: Vec<f64> = if is_free(BLUR) {
            [0.01, 0.04, 0.07, 0.1, 0.14, 0.19].map(|s| s * scale).to_vec()
        } else {
            vec![settings.fixed[BLUR]]
        };
        let (low, high) =
            self.points.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), p| {
                (a.min(p.focus_nm), b.max(p.focus_nm))
            });
        let foci: Vec<f64> = if is_free(FOCUS) {
            let at = |i: i32| low + (high - low) * (0.2 + 0.06 * f64::from(i));
            (0..=10).map(at).map(|f| f.clamp(limits[FOCUS].0, limits[FOCUS].1)).collect()
        } else {
            vec![settings.fixed[FOCUS]]
        };
        let mut best: Option<(f64, Values)> = None;
        for &blur in &blurs {
            for &focus in &foci {
                let mut values = settings.fixed;
                (values[BLUR], values[FOCUS]) = (blur, focus);
                let levels = self.model.levels(self.points, &values);
                let mut wanted: Vec<f64> = widths
                    .iter()
                    .filter_map(|&i| Some(levels[i]? * (self.points[i].dose_mj_cm2 - values[DOSE])))
                    .filter(|e| *e > 0.0)
                    .collect();
                if wanted.len() < widths.len() / 2 + 1 {
                    continue;
                }
                if is_free(E0) {
                    values[E0] = median(&mut wanted).clamp(limits[E0].0, limits[E0].1);
                }
                let e0 = values[E0];
                let mut off: Vec<f64> = wanted.iter().map(|e| (e / e0).ln().abs()).collect();
                let misfit = median(&mut off);
                if best.as_ref().is_none_or(|b| misfit < b.0) {
                    best = Some((misfit, values));
                }
            }
        }
        let (_, values) = best.ok_or("no blur and focus at which the optics print such widths")?;
        Ok(values)
    }

    /// Residuals of measured widths in sigmas; a width that the model does not print has the
    /// residual of [`ABSENT`].
    pub fn residuals(&self, values: &Values, rows: &[usize]) -> Vec<(usize, f64)> {
        let predicted = self.model.predict(self.points, values);
        rows.iter().filter_map(|&i| Some((i, self.residual(i, &predicted[i])?.0))).collect()
    }

    fn residual(&self, i: usize, predicted: &Predicted) -> Option<(f64, Option<Values>)> {
        let point = &self.points[i];
        match (point.seen, predicted) {
            (Seen::Width(width), Predicted::Line(cd, by)) => {
                Some(((cd - width) / point.sigma_nm, Some(by.map(|d| d / point.sigma_nm))))
            }
            (Seen::Width(_), Predicted::Nothing) => Some((ABSENT, None)),
            (Seen::Nothing, Predicted::Line(cd, by)) => {
                // A line where none was observed should vanish or merge with its neighbour,
                // whichever is nearer.
                let shrinks = *cd < 0.5 * point.pitch_nm;
                let room = if shrinks { *cd } else { cd - point.pitch_nm };
                let unit = 0.1 * point.target_cd_nm / ABSENT;
                Some(((room / unit).clamp(-ABSENT, ABSENT), Some(by.map(|d| d / unit))))
            }
            (Seen::Nothing, Predicted::Nothing) | (Seen::Unknown, _) => None,
        }
    }

    /// Half the sum of squares (or of the soft L1 loss), its gradient and the Gauss-Newton matrix.
    fn equations(
        &self,
        values: &Values,
        rows: &BTreeSet<usize>,
        soft: bool,
    ) -> (f64, Vec<f64>, Vec<Vec<f64>>) {
        let n = self.free.len();
        let predicted = self.model.predict(self.points, values);
        let (mut cost, mut gradient, mut matrix) = (0.0, vec![0.0; n], vec![vec![0.0; n]; n]);
        for &i in rows {
            let Some((r, by)) = self.residual(i, &predicted[i]) else { continue };
            // Soft L1: 2 (sqrt(1 + r²) - 1), with weight 1/sqrt(1 + r²).
            let root = (1.0 + r * r).sqrt();
            let (loss, weight) = if soft { (2.0 * (root - 1.0), 1.0 / root) } else { (r * r, 1.0) };
            cost += 0.5 * loss;
            let Some(by) = by else { continue };
            for (a, &p) in self.free.iter().enumerate() {
                gradient[a] += weight * by[p] * r;
                for (b, &q) in self.free.iter().enumerate() {
                    matrix[a][b] += weight * by[p] * by[q];
                }
            }
        }
        (cost, gradient, matrix)
    }

    /// Levenberg-Marquardt within the limits. The blur is varied as its square, in which the image
    /// is linear.
    pub fn descend(&self, start: Values, rows: &BTreeSet<usize>, soft: bool) -> Descent {
        let limits = self.limits();
        let inner = |v: &Values, k: usize| if k == BLUR { v[k] * v[k] } else { v[k] };
        let mut values = start;
        let (mut cost, mut gradient, mut matrix) = self.equations(&values, rows, soft);
        let mut damping = 1e-3;
        let mut converged = false;
        for _ in 0..60 {
            let mut trial = values;
            let Some(step) = self.step(&gradient, &matrix, damping, &values, &limits) else {
                break;
            };
            for (&k, d) in self.free.iter().zip(&step) {
                let moved = inner(&values, k) + d;
                let moved = if k == BLUR { moved.max(0.0).sqrt() } else { moved };
                trial[k] = moved.clamp(limits[k].0, limits[k].1);
            }
            let next = self.equations(&trial, rows, soft);
            let gained = cost - next.0;
            if gained >= 0.0 {
                let is_small = gained <= 1e-10 * cost.max(1e-12);
                (values, cost, gradient, matrix) = (trial, next.0, next.1, next.2);
                damping = (damping * 0.1).max(1e-12);
                if is_small {
                    converged = true;
                    break;
                }
            } else {
                damping *= 10.0;
                if damping > 1e8 {
                    converged = true;
                    break;
                }
            }
        }
        Descent { values, cost, converged }
    }

    /// The damped step; parameters on a limit stay there if the step would leave the range.
    fn step(
        &self,
        gradient: &[f64],
        matrix: &[Vec<f64>],
        damping: f64,
        values: &Values,
        limits: &[(f64, f64)],
    ) -> Option<Vec<f64>> {
        let moves: Vec<usize> = (0..self.free.len())
            .filter(|&a| {
                let k = self.free[a];
                let leaves = (values[k] <= limits[k].0 && gradient[a] > 0.0)
                    || (values[k] >= limits[k].1 && gradient[a] < 0.0);
                !leaves && matrix[a][a] > 0.0
            })
            .collect();
        let damped: Vec<Vec<f64>> = moves
            .iter()
            .map(|&a| {
                let own = |&b: &usize| matrix[a][b] * if a == b { 1.0 + damping } else { 1.0 };
                moves.iter().map(own).collect()
            })
            .collect();
        let inverse = inverse(&damped)?;
        let mut step = vec![0.0; self.free.len()];
        for (row, &a) in inverse.iter().zip(&moves) {
            step[a] = -row.iter().zip(&moves).map(|(v, &b)| v * gradient[b]).sum::<f64>();
        }
        Some(step)
    }

    /// Fisher information of the free parameters from the measured widths.
    fn information(&self, values: &Values, rows: &[usize], scale: f64) -> Vec<Vec<f64>> {
        let rows: BTreeSet<usize> = rows.iter().copied().collect();
        let (_, _, mut matrix) = self.equations(values, &rows, false);
        matrix.iter_mut().flatten().for_each(|v| *v /= scale * scale);
        matrix
    }
}

/// Inverse of a symmetric positive definite matrix, by Cholesky factorization after scaling to a
/// unit diagonal; `None` if it has none.
pub(super) fn inverse(matrix: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let n = matrix.len();
    let unit: Vec<f64> = (0..n).map(|i| 1.0 / matrix[i][i].sqrt()).collect();
    let scaled = nalgebra::DMatrix::from_fn(n, n, |i, j| matrix[i][j] * unit[i] * unit[j]);
    let inverse = nalgebra::Cholesky::new(scaled)?.inverse();
    let found: Vec<Vec<f64>> =
        (0..n).map(|i| (0..n).map(|j| inverse[(i, j)] * unit[i] * unit[j]).collect()).collect();
    found.iter().flatten().all(|v| v.is_finite()).then_some(found)
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    let n = values.len();
    if n == 0 { 0.0 } else { 0.5 * (values[(n - 1) / 2] + values[n / 2]) }
}

/// 1.4826 times the median of the absolute values: the standard deviation of a normal sample about 0.
fn robust_sd(values: &[f64]) -> f64 {
    let mut sizes: Vec<f64> = values.iter().map(|v| v.abs()).collect();
    1.4826 * median(&mut sizes)
}
