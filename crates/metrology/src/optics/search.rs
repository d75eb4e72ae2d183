//! The fit of a stack. Thicknesses are scanned over their whole range before any local fit, so that
//! no fringe order is missed.

use super::Complex;
use super::stack::period_nm;
use super::structure::{Groups, Structure};
use crate::answer::{Refusal, refuse};
use libchar_numeric::least_squares::{Convergence, Fit, Options, Parameter, fit};

/// Computes the differences between a point's amplitudes and the data; the number of values is the
/// same at every point.
pub type Misfit<'a> = dyn Fn(usize, (Complex, Complex), &mut Vec<f64>) + 'a;

/// A fitted stack.
pub struct Found {
    /// The fit; its values are the free parameters, in order.
    pub fit: Fit,
    /// Indices of the free parameters.
    pub free: Vec<usize>,
    /// All parameters at the best fit.
    pub values: Vec<f64>,
    /// Thicknesses at other minima that describe the data almost as well.
    pub rivals: Vec<f64>,
}

/// Number of points in a scan: enough to distinguish fringe orders, few enough to be fast.
const SCANNED_POINTS: usize = 48;

/// A first fit whose chi² exceeds the best one by more than this factor is not refined with all
/// points.
const HOPELESS: f64 = 100.0;

/// Start values for an index that neither the setup nor the data give.
const INDICES: [f64; 10] = [1.3, 1.4, 1.5, 1.65, 1.8, 2.0, 2.2, 2.5, 3.0, 3.6];

struct Problem<'a> {
    structure: &'a Structure,
    misfit: &'a Misfit<'a>,
    free: Vec<usize>,
    range_nm: (f64, f64),
}

impl Problem<'_> {
    fn residuals(&self, groups: &Groups, all: &[f64]) -> Vec<f64> {
        let points: usize = groups.iter().map(|(_, points)| points.len()).sum();
        let mut out = Vec::with_capacity(2 * points);
        self.structure.reflect(groups, all, |i, r| (self.misfit)(i, r, &mut out));
        out
    }

    /// The index of the first free thickness, which is scanned.
    fn scanned(&self) -> Option<usize> {
        self.structure.layers.iter().map(|l| l.1).find(|d| self.structure.params[*d].free)
    }

    fn chi2(&self, groups: &Groups, all: &[f64]) -> f64 {
        let chi2 = self.residuals(groups, all).iter().map(|r| r * r).sum::<f64>();
        if chi2.is_finite() { chi2 } else { f64::INFINITY }
    }

    fn local(&self, groups: &Groups, start: &[f64], options: &Options) -> Option<(Fit, Vec<f64>)> {
        let parameters: Vec<Parameter> = self
            .free
            .iter()
            .map(|i| {
                let p = &self.structure.params[*i];
                // The scanned thickness stays within its range.
                let (low, high) = match self.scanned() == Some(*i) {
                    true => self.range_nm,
                    false => (p.low, p.high),
                };
                Parameter::bounded(start[*i], low, high)
            })
            .collect();
        let all = |x: &[f64]| {
            let mut all = start.to_vec();
            self.free.iter().zip(x).for_each(|(i, v)| all[*i] = *v);
            all
        };
        let model = |x: &[f64]| Ok::<_, ()>(self.residuals(groups, &all(x)));
        let found = fit(model, &parameters, options).ok()?;
        let values = all(&found.values);
        Some((found, values))
    }

    /// The local minima of the scan with their chi², best first.
    fn scan(&self, groups: &Groups) -> Vec<(f64, Vec<f64>)> {
        let params = &self.structure.params;
        let start: Vec<f64> = params.iter().map(|p| p.value).collect();
        let (thickness, range_nm) = (self.scanned(), self.range_nm);
        let unknown: Vec<usize> =
            (0..params.len()).filter(|i| params[*i].free && params[*i].value.is_nan()).collect();
        let mut found = Vec::new();
        let indices = if unknown.is_empty() { &INDICES[2..3] } else { &INDICES[..] };
        for index in indices {
            let mut at = start.clone();
            unknown.iter().for_each(|i| at[*i] = *index);
            let Some(d) = thickness else {
                found.push((self.chi2(groups, &at), at));
                continue;
            };
            let shortest = self.structure.wavelengths_nm.iter().copied().fold(f64::MAX, f64::min);
            let n = self.structure.largest_index(&at).max(*index);
            let step = period_nm(shortest, n, 0.0) / 8.0;
            let steps = ((range_nm.1 - range_nm.0) / step).ceil().clamp(4.0, 200_000.0) as usize;
            let place = |k: usize| range_nm.0 + (range_nm.1 - range_nm.0) * k as f64 / steps as f64;
            let mut line: Vec<f64> = Vec::with_capacity(steps + 1);
            for k in 0..=steps {
                at[d] = place(k);
                line.push(self.chi2(groups, &at));
            }
            for k in 0..=steps {
                let lower = k == 0 || line[k] <= line[k - 1];
                if lower && (k == steps || line[k] < line[k + 1]) && line[k].is_finite() {
                    at[d] = place(k);
                    found.push((line[k], at.clone()));
                }
            }
        }
        found.sort_by(|a, b| a.0.total_cmp(&b.0));
        found
    }
}

/// The best fit of the free parameters; `range_nm` is the range of the first free thickness.
///
/// # Errors
/// Fits that did not converge, and data that do not determine a parameter.
pub fn search(
    structure: &Structure,
    misfit: &Misfit<'_>,
    range_nm: (f64, f64),
    known_errors: bool,
) -> Result<Found, Refusal> {
    let free: Vec<usize> =
        (0..structure.params.len()).filter(|i| structure.params[*i].free).collect();
    let problem = Problem { structure, misfit, free, range_nm };
    let few = structure.some_points(SCANNED_POINTS);
    let starts = problem.scan(&few);
    let rough = Options { iterations: 40, tolerance: 1e-4, ..Options::default() };
    let mut local: Vec<(f64, Vec<f64>)> = starts
        .iter()
        .take(8)
        .filter_map(|(_, start)| problem.local(&few, start, &rough))
        .map(|(fit, values)| (fit.chi2, values))
        .collect();
    // A start that the user gave is tried in addition.
    let given: Vec<f64> = structure.params.iter().map(|p| p.value).collect();
    if given.iter().zip(&structure.params).all(|(v, p)| !p.free || v.is_finite()) {
        local.extend(problem.local(&few, &given, &rough).map(|(fit, values)| (fit.chi2, values)));
    }
    local.sort_by(|a, b| a.0.total_cmp(&b.0));
    let first = problem.scanned();
    let apart =
        |a: &[f64], b: &[f64]| first.is_none_or(|d| (a[d] - b[d]).abs() > 0.02 * (1.0 + b[d]));
    // A fit that describes a few points a hundred times worse will not be competitive for all
    // points.
    let most = local.first().map_or(0.0, |(chi2, _)| HOPELESS * chi2);
    let mut distinct: Vec<Vec<f64>> = Vec::new();
    for (_, values) in local.into_iter().filter(|(chi2, _)| *chi2 <= most) {
        if distinct.iter().all(|other| apart(&values, other)) && distinct.len() < 3 {
            distinct.push(values);
        }
    }
    let options = Options { known_errors, ..Options::default() };
    let all = structure.all_points();
    let mut fits: Vec<(Fit, Vec<f64>)> =
        distinct.iter().filter_map(|start| problem.local(&all, start, &options)).collect();
    fits.sort_by(|a, b| a.0.chi2.total_cmp(&b.0.chi2));
    if fits.is_empty() {
        return refuse("the model has no value for any start of the fit");
    }
    let (best, values) = fits.remove(0);
    // For data without noise, the fit ends where rounding hides any further improvement: a minimum,
    // although no step is small. Only the iteration limit is a failure.
    if best.convergence == Convergence::IterationLimit {
        return refuse(format!("the fit did not converge within {} steps", best.iterations));
    }
    let alike = |other: &Fit| match known_errors {
        true => other.chi2 - best.chi2 < 9.0,
        false => other.chi2 < 1.5 * best.chi2,
    };
    let rivals = fits
        .iter()
        .filter(|(fit, at)| alike(fit) && apart(at, &values))
        .filter_map(|(_, at)| first.map(|d| at[d]))
        .collect();
    Ok(Found { fit: best, free: problem.free, values, rivals })
}
