//! Levenberg and Marquardt's fit of a model that is not linear, within bounds.

use super::qr::Qr;
use std::fmt;

/// The coordinate in which a parameter is varied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// The parameter itself.
    Linear,
    /// Its logarithm: for a positive quantity whose order of magnitude is unknown.
    Log,
}

/// One parameter of a fit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parameter {
    /// Where the search starts; it is moved between the bounds.
    pub start: f64,
    /// Least value allowed.
    pub low: f64,
    /// Greatest value allowed.
    pub high: f64,
    /// The coordinate in which it is varied; [`Scale::Log`] takes positive bounds.
    pub scale: Scale,
}

impl Parameter {
    /// A parameter without bounds.
    pub fn free(start: f64) -> Self {
        Self { start, low: f64::NEG_INFINITY, high: f64::INFINITY, scale: Scale::Linear }
    }

    /// A parameter between bounds.
    pub fn bounded(start: f64, low: f64, high: f64) -> Self {
        Self { start, low, high, scale: Scale::Linear }
    }

    fn inner(&self, value: f64) -> f64 {
        if self.scale == Scale::Log { value.ln() } else { value }
    }

    fn outer(&self, inner: f64) -> f64 {
        let value = if self.scale == Scale::Log { inner.exp() } else { inner };
        value.clamp(self.low, self.high)
    }
}

/// How a fit goes, and when it ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// Step of the central differences, relative to the parameter (absolute in a logarithm). A model with noise of its
    /// own needs more than the default, the cube root of the spacing of doubles.
    pub step: f64,
    /// The fit has converged when a step moves no parameter by more than this share.
    pub tolerance: f64,
    /// The largest number of steps.
    pub iterations: usize,
    /// The residuals are in units of their known standard deviations. The covariance is then not scaled by χ²/dof.
    pub known_errors: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { step: 6.1e-6, tolerance: 1e-10, iterations: 200, known_errors: false }
    }
}

/// Where a parameter ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// Between its bounds.
    Within,
    /// Held at its least value: the data ask for less.
    Low,
    /// Held at its greatest value: the data ask for more.
    High,
}

/// How a fit ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Convergence {
    /// The step became small.
    Converged,
    /// The steps that were allowed are used up.
    IterationLimit,
    /// No step lowers the sum of squares, though the step is not small.
    Stuck,
}

/// A model fitted to data.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// Best values.
    pub values: Vec<f64>,
    /// Which of them ended at a bound.
    pub bounds: Vec<Bound>,
    /// Covariance of the values, in their own units. Rows and columns of a parameter that is held at a bound are zero: it
    /// counts as known. `None` where the data do not determine the parameters, or no degree of freedom is left to scale by.
    pub covariance: Option<Vec<Vec<f64>>>,
    /// Residuals at the best values, as the model returned them.
    pub residuals: Vec<f64>,
    /// Σ r² at the start.
    pub chi2_start: f64,
    /// Σ r² at the best values.
    pub chi2: f64,
    /// Residuals less parameters that are not held at a bound.
    pub dof: usize,
    /// Steps taken.
    pub iterations: usize,
    /// Evaluations of the model.
    pub evaluations: usize,
    /// How the fit ended.
    pub convergence: Convergence,
    /// Whether the residuals were in units of known standard deviations.
    pub known_errors: bool,
    /// Parameters, not held at a bound, that the data do not determine: those without influence, and those that make up a
    /// combination without influence. Empty where there is a covariance.
    pub undetermined: Vec<usize>,
}

impl Fit {
    /// Degrees of freedom of the standard errors: infinite where they come from known standard deviations.
    pub fn dof_of_u(&self) -> f64 {
        if self.known_errors { f64::INFINITY } else { self.dof as f64 }
    }

    /// χ² per degree of freedom; `None` where no degree of freedom is left.
    pub fn reduced_chi2(&self) -> Option<f64> {
        (self.dof > 0).then(|| self.chi2 / self.dof as f64)
    }

    /// Standard error of a parameter; `None` without a covariance or at a bound.
    pub fn standard_error(&self, i: usize) -> Option<f64> {
        let variance = self.covariance.as_ref()?[i][i];
        (self.bounds[i] == Bound::Within).then(|| variance.max(0.0).sqrt())
    }

    /// Correlation of two parameters; `None` where one has no standard error.
    pub fn correlation(&self, i: usize, j: usize) -> Option<f64> {
        let spread = self.standard_error(i)? * self.standard_error(j)?;
        let together = self.covariance.as_ref()?[i][j];
        (spread > 0.0).then(|| (together / spread).clamp(-1.0, 1.0))
    }
}

/// Why there is no fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FitError<E> {
    /// Fewer residuals than parameters.
    TooFewPoints {
        /// Number of residuals.
        points: usize,
        /// Number of parameters.
        parameters: usize,
    },
    /// A parameter's bounds are reversed or not numbers, or not positive for a logarithm: its index.
    Bounds(usize),
    /// The model is not a number at the start.
    Start,
    /// The model returned another number of residuals than before.
    Shape,
    /// The model failed.
    Model(E),
}

impl<E: fmt::Display> fmt::Display for FitError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FitError::TooFewPoints { points, parameters } => {
                write!(f, "{points} measured values cannot determine {parameters} parameters")
            }
            FitError::Bounds(i) => {
                write!(f, "the bounds of parameter {} are not an interval", i + 1)
            }
            FitError::Start => f.write_str("the model has no value at the start of the fit"),
            FitError::Shape => f.write_str("the model changed its number of residuals"),
            FitError::Model(error) => error.fmt(f),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> std::error::Error for FitError<E> {}

/// Values of `parameters` that minimize Σ r², r the residuals of the model (data less model, or the reverse), each
/// multiplied by the root of its weight.
///
/// Steps are damped along scaled columns of the Jacobian and solved by QR; a parameter whose step leads out of its bounds
/// stays there while the others go on. Values that are not finite count as a step too far.
///
/// Source: Marquardt (1963), J. SIAM 11, 431–441; Nielsen (1999), IMM-REP-1999-05, for the damping.
///
/// # Errors
/// [`FitError`].
pub fn fit<E>(
    model: impl FnMut(&[f64]) -> Result<Vec<f64>, E>,
    parameters: &[Parameter],
    options: &Options,
) -> Result<Fit, FitError<E>> {
    for (i, p) in parameters.iter().enumerate() {
        let positive = p.scale == Scale::Linear || (p.low > 0.0 && p.high.is_finite());
        if !(p.low <= p.high && positive && p.start.is_finite()) {
            return Err(FitError::Bounds(i));
        }
    }
    let mut model = Model { model, parameters, points: None, evaluations: 0 };
    let mut at: Vec<f64> =
        parameters.iter().map(|p| p.inner(p.start.clamp(p.low, p.high))).collect();
    let mut now = model.at(&at)?.ok_or(FitError::Start)?;
    if now.len() < parameters.len() {
        let (points, parameters) = (now.len(), parameters.len());
        return Err(FitError::TooFewPoints { points, parameters });
    }
    let chi2_start = sum(&now);
    let (mut damping, mut growth) = (1e-3, 2.0);
    let mut convergence = Convergence::IterationLimit;
    let mut iterations = 0;
    let mut jacobian = model.jacobian(&at, options.step)?;
    while iterations < options.iterations && !parameters.is_empty() {
        let held = held(parameters, &at, &jacobian, &now);
        let Some(next) = step(parameters, &at, &jacobian, &now, &held, damping) else {
            convergence = if held.iter().all(|h| *h != Bound::Within) {
                Convergence::Converged
            } else {
                Convergence::Stuck
            };
            break;
        };
        iterations += 1;
        let small = next
            .iter()
            .zip(&at)
            .all(|(n, a)| (n - a).abs() <= options.tolerance * (a.abs() + options.tolerance));
        // A gain of this share of χ² moves the values by 1e-7 of their standard errors: less than rounding may hide.
        let worthless = gain(&at, &next, &jacobian, &now).abs() <= 1e-14 * sum(&now);
        let tried = model.at(&next)?.filter(|r| sum(r) <= sum(&now));
        if let Some(tried) = tried {
            (at, now) = (next, tried);
            (damping, growth) = ((damping / 5.0).max(1e-15), 2.0);
            jacobian = model.jacobian(&at, options.step)?;
        } else {
            damping *= growth;
            growth *= 2.0;
        }
        // A step that is small only because of its damping does not show convergence.
        if (small || worthless) && damping < 1.0 {
            convergence = Convergence::Converged;
            break;
        }
        if small || damping > 1e20 {
            convergence = Convergence::Stuck;
            break;
        }
    }
    Ok(summary(&model, &at, now, &jacobian, options, (chi2_start, iterations, convergence)))
}

/// The model over inner coordinates, counting what it costs.
struct Model<'a, F> {
    model: F,
    parameters: &'a [Parameter],
    points: Option<usize>,
    evaluations: usize,
}

impl<E, F: FnMut(&[f64]) -> Result<Vec<f64>, E>> Model<'_, F> {
    /// Residuals; `None` where one is not finite.
    fn at(&mut self, inner: &[f64]) -> Result<Option<Vec<f64>>, FitError<E>> {
        self.evaluations += 1;
        let values: Vec<f64> =
            self.parameters.iter().zip(inner).map(|(p, x)| p.outer(*x)).collect();
        let residuals = (self.model)(&values).map_err(FitError::Model)?;
        if *self.points.get_or_insert(residuals.len()) != residuals.len() {
            return Err(FitError::Shape);
        }
        Ok(residuals.iter().all(|r| r.is_finite()).then_some(residuals))
    }

    /// Columns of ∂r/∂x by central differences, one-sided at a bound and where the model has no value on one side.
    fn jacobian(&mut self, at: &[f64], step: f64) -> Result<Vec<Vec<f64>>, FitError<E>> {
        let mut columns = Vec::with_capacity(at.len());
        for (j, p) in self.parameters.iter().enumerate() {
            let size = if p.scale == Scale::Log || at[j] == 0.0 { 1.0 } else { at[j].abs() };
            let mut column = self.column(at, j, step * size)?;
            // A step in proportion to a value that happens to be next to zero is lost in the rounding of the model.
            if size < 1e-6 && column.iter().all(|v| *v == 0.0) {
                column = self.column(at, j, step)?;
            }
            columns.push(column);
        }
        Ok(columns)
    }

    /// One column, by central differences of a width.
    fn column(&mut self, at: &[f64], j: usize, width: f64) -> Result<Vec<f64>, FitError<E>> {
        let p = &self.parameters[j];
        let (low, high) = (p.inner(p.low), p.inner(p.high));
        let ends = [(at[j] - width).max(low), (at[j] + width).min(high)];
        let mut sides = Vec::with_capacity(3);
        for x in [ends[0], ends[1], at[j]] {
            if sides.len() == 2 {
                break;
            }
            let mut moved = at.to_vec();
            moved[j] = x;
            if let Some(residuals) = self.at(&moved)? {
                sides.push((x, residuals));
            }
        }
        Ok(match &sides[..] {
            [(a, below), (b, above)] if a != b => {
                above.iter().zip(below).map(|(u, d)| (u - d) / (b - a)).collect()
            }
            _ => vec![0.0; self.points.unwrap_or(0)],
        })
    }
}

/// Which parameters lie at a bound that the gradient pushes them through.
fn held(parameters: &[Parameter], at: &[f64], jacobian: &[Vec<f64>], now: &[f64]) -> Vec<Bound> {
    let gradient = jacobian.iter().map(|column| dot(column, now));
    let one = |((p, x), slope): ((&Parameter, &f64), f64)| {
        if *x <= p.inner(p.low) && slope >= 0.0 {
            Bound::Low
        } else if *x >= p.inner(p.high) && slope <= 0.0 {
            Bound::High
        } else {
            Bound::Within
        }
    };
    parameters.iter().zip(at).zip(gradient).map(one).collect()
}

/// The damped step of the parameters that are not held; `None` where nothing can move.
fn step(
    parameters: &[Parameter],
    at: &[f64],
    jacobian: &[Vec<f64>],
    now: &[f64],
    held: &[Bound],
    damping: f64,
) -> Option<Vec<f64>> {
    // A column without influence has no length to be damped by.
    let mut free: Vec<usize> = (0..at.len())
        .filter(|j| held[*j] == Bound::Within && jacobian[*j].iter().any(|v| *v != 0.0))
        .collect();
    let mut next = at.to_vec();
    let mut target: Vec<f64> = now.iter().map(|r| -r).collect();
    let nothing = free.is_empty();
    while !free.is_empty() {
        let moved = damped(&free, jacobian, &target, damping)?;
        let inside = |j: usize, d: f64| {
            let p = &parameters[j];
            (at[j] + d).clamp(p.inner(p.low), p.inner(p.high))
        };
        // Parameters that would leave their bounds stop there; the step of the others is solved for
        // once more.
        let (leaving, staying): (Vec<_>, Vec<_>) =
            free.iter().zip(&moved).partition(|(j, d)| inside(**j, **d) != at[**j] + **d);
        for (j, d) in if leaving.is_empty() { &staying } else { &leaving } {
            next[**j] = inside(**j, **d);
            let change = next[**j] - at[**j];
            target.iter_mut().zip(&jacobian[**j]).for_each(|(t, slope)| *t -= slope * change);
        }
        free = if leaving.is_empty() {
            Vec::new()
        } else {
            staying.iter().map(|(j, _)| **j).collect()
        };
    }
    (!nothing).then_some(next)
}

/// The step of some parameters that minimizes |J d − target|² + damping |D d|², D the lengths of the columns.
fn damped(free: &[usize], jacobian: &[Vec<f64>], target: &[f64], damping: f64) -> Option<Vec<f64>> {
    let columns = free.iter().enumerate().map(|(row, j)| {
        let mut column = jacobian[*j].clone();
        let length = damping.sqrt() * dot(&column, &column).sqrt();
        column.extend((0..free.len()).map(|k| if k == row { length } else { 0.0 }));
        column
    });
    let qr = Qr::of(columns.collect())?;
    let mut target = target.to_vec();
    target.resize(target.len() + free.len(), 0.0);
    Some(qr.solve(target))
}

/// How much the linear model expects a step to take off Σ r².
fn gain(at: &[f64], next: &[f64], jacobian: &[Vec<f64>], now: &[f64]) -> f64 {
    let mut change = vec![0.0; now.len()];
    for ((column, from), to) in jacobian.iter().zip(at).zip(next) {
        change.iter_mut().zip(column).for_each(|(c, slope)| *c += slope * (to - from));
    }
    -2.0 * dot(&change, now) - sum(&change)
}

/// Values, covariance and counts at the end.
fn summary<F>(
    model: &Model<'_, F>,
    at: &[f64],
    residuals: Vec<f64>,
    jacobian: &[Vec<f64>],
    options: &Options,
    (chi2_start, iterations, convergence): (f64, usize, Convergence),
) -> Fit {
    let parameters = model.parameters;
    let bounds = held(parameters, at, jacobian, &residuals);
    let free: Vec<usize> = (0..at.len()).filter(|j| bounds[*j] == Bound::Within).collect();
    let values: Vec<f64> = parameters.iter().zip(at).map(|(p, x)| p.outer(*x)).collect();
    let (chi2, dof) = (sum(&residuals), residuals.len() - free.len());
    let scale = match options.known_errors {
        true => Some(1.0),
        false => (dof > 0).then(|| chi2 / dof as f64),
    };
    let qr = Qr::of(free.iter().map(|j| jacobian[*j].clone()).collect());
    let covariance = scale.zip(qr).map(|(scale, qr)| {
        // From a logarithm back to the quantity: dv = v d(ln v).
        let unit = |j: usize| if parameters[j].scale == Scale::Log { values[j] } else { 1.0 };
        let mut all = vec![vec![0.0; at.len()]; at.len()];
        for (i, row) in free.iter().zip(qr.inverse_normal()) {
            for (j, v) in free.iter().zip(row) {
                all[*i][*j] = v * scale * unit(*i) * unit(*j);
            }
        }
        all
    });
    let evaluations = model.evaluations;
    let undetermined =
        if covariance.is_some() { Vec::new() } else { undetermined(&free, jacobian) };
    Fit {
        known_errors: options.known_errors,
        undetermined,
        values,
        bounds,
        covariance,
        residuals,
        chi2_start,
        chi2,
        dof,
        iterations,
        evaluations,
        convergence,
    }
}

/// Which of the free parameters the data do not determine: the column of each is, within rounding, a combination of the
/// others.
fn undetermined(free: &[usize], jacobian: &[Vec<f64>]) -> Vec<usize> {
    // What is left of a vector orthogonal to an orthonormal base; projected twice, because once
    // loses digits.
    let beside = |base: &[Vec<f64>], vector: &[f64]| {
        let mut rest = vector.to_vec();
        for b in base.iter().chain(base) {
            let share = dot(b, &rest);
            rest.iter_mut().zip(b).for_each(|(r, b)| *r -= share * b);
        }
        let left = dot(&rest, &rest).sqrt();
        (left > 1e-10 * dot(vector, vector).sqrt()).then(|| rest.iter().map(|r| r / left).collect())
    };
    let depends = |j: &usize| {
        let mut base: Vec<Vec<f64>> = Vec::new();
        for other in free.iter().filter(|k| *k != j) {
            base.extend(beside(&base, &jacobian[*other]));
        }
        beside(&base, &jacobian[*j]).is_none()
    };
    free.iter().copied().filter(depends).collect()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

fn sum(residuals: &[f64]) -> f64 {
    dot(residuals, residuals)
}

#[cfg(test)]
mod tests;
