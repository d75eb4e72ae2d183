//! Gaussian-process regression with inducing rows.
//!
//! Length scales, signal and noise maximise the exact marginal likelihood of a sample of the rows
//! (Rasmussen and Williams, "Gaussian processes for machine learning", 2006, equation 5.9). The mean
//! then uses all rows through a few inducing rows, as a projected process (ibid., equation 8.28).
//! The cost of a prediction is inducing rows times features instead of training rows times
//! features.

use nalgebra::{DMatrix, DVector};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use crate::kernel::{Kernel, distance2, lengths2, matern52, matern52_slope};
use crate::linalg::{cholesky, cholesky_inverse, cholesky_solve};
use crate::sample::sample;
use crate::{LearnError, Matrix};

/// Settings for fitting a process.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GpSettings {
    /// Number of rows in the sample whose likelihood determines the length scales.
    pub sample: usize,
    /// Number of steps in that search.
    pub steps: usize,
    /// Number of inducing rows.
    pub inducing: usize,
    /// Seed of the sample.
    pub seed: u64,
}

impl Default for GpSettings {
    fn default() -> Self {
        GpSettings { sample: 256, steps: 40, inducing: 160, seed: 1 }
    }
}

/// The mean of a fitted process.
#[derive(Clone, Debug, PartialEq)]
pub struct GaussianProcess {
    pub(crate) inverse_lengths: Vec<f64>,
    /// Inducing rows divided by the lengths.
    pub(crate) inducing: Matrix,
    pub(crate) inducing2: Vec<f64>,
    pub(crate) weights: Vec<f64>,
}

impl GaussianProcess {
    /// Determines the parameters of the kernel for standardised features and a target with a mean
    /// near zero and unit spread.
    ///
    /// # Errors
    /// [`LearnError::TooFewRows`] below ten rows.
    pub fn tune(z: &Matrix, y: &[f64], settings: &GpSettings) -> Result<Kernel, LearnError> {
        let found = y.len();
        if found < 10 {
            return Err(LearnError::TooFewRows { what: "a Gaussian process", needed: 10, found });
        }
        let mut random = ChaCha8Rng::seed_from_u64(settings.seed);
        let rows = sample(&mut random, found, settings.sample);
        let z = z.select(&rows);
        let y: Vec<f64> = rows.iter().map(|&i| y[i]).collect();
        let p = z.cols();
        let start = 0.5 * (p as f64).ln() + 0.7;
        let mut kernel = Kernel { ln_signal: 0.0, ln_noise: -1.0, ln_length: vec![start; p] };
        let mut best = (f64::NEG_INFINITY, kernel.clone());
        // Rprop: each parameter has its own step size, which grows while the sign of the slope
        // stays the same.
        let mut step = vec![0.2; p + 2];
        let mut before = vec![0.0; p + 2];
        for _ in 0..settings.steps {
            let Some((likelihood, slope)) = likelihood(&kernel, &z, &y) else {
                kernel.ln_noise += 0.5;
                continue;
            };
            if likelihood > best.0 {
                best = (likelihood, kernel.clone());
            }
            for (i, g) in slope.iter().enumerate() {
                let agree = g * before[i];
                step[i] = if agree > 0.0 {
                    f64::min(step[i] * 1.2, 0.6)
                } else if agree < 0.0 {
                    f64::max(step[i] * 0.5, 1e-3)
                } else {
                    step[i]
                };
                before[i] = *g;
                let (value, low, high) = match i {
                    0 => (&mut kernel.ln_signal, -5.0, 4.0),
                    1 => (&mut kernel.ln_noise, -6.0, 1.0),
                    _ => (&mut kernel.ln_length[i - 2], -2.0, 6.0),
                };
                let sign = if *g == 0.0 { 0.0 } else { g.signum() };
                *value = (*value + step[i] * sign).clamp(low, high);
            }
        }
        Ok(best.1)
    }

    /// Fits the mean with the given kernel.
    ///
    /// # Errors
    /// [`LearnError::Shape`] when lengths differ, [`LearnError::Singular`] when the kernel matrix has no
    /// Cholesky factor.
    pub fn fit(
        z: &Matrix,
        y: &[f64],
        kernel: &Kernel,
        settings: &GpSettings,
    ) -> Result<Self, LearnError> {
        if z.rows() != y.len() {
            return Err(LearnError::Shape { what: "target", expected: z.rows(), found: y.len() });
        }
        let x = kernel.shrink(z);
        let x2 = lengths2(&x);
        let chosen = spread_out(&x, &x2, settings.inducing);
        let inducing = x.select(&chosen);
        let inducing2 = lengths2(&inducing);
        let signal = kernel.signal_variance();
        let m = chosen.len();
        let cross = DMatrix::from_fn(m, x.rows(), |i, j| {
            signal * matern52(distance2(inducing.row(i), inducing2[i], x.row(j), x2[j]))
        });
        let own = DMatrix::from_fn(m, m, |i, j| {
            let jitter = if i == j { 1e-8 * signal } else { 0.0 };
            let r2 = distance2(inducing.row(i), inducing2[i], inducing.row(j), inducing2[j]);
            signal * matern52(r2) + jitter
        });
        let singular = LearnError::Singular("the covariance of the Gaussian process");
        let lower = cholesky(&own).ok_or(singular.clone())?;
        // With A = L^-1 K / noise, weights are L^-T (I + A A')^-1 A y / noise.
        let noise = kernel.noise_variance().sqrt();
        let mut a = cross;
        lower.solve_lower_triangular_unchecked_mut(&mut a);
        a /= noise;
        let mut inner = &a * a.transpose();
        for i in 0..m {
            inner[(i, i)] += 1.0;
        }
        let inner = cholesky(&inner).ok_or(singular)?;
        let right = &a * DVector::from_column_slice(y) / noise;
        let mut weights = cholesky_solve(&inner, &right);
        lower.tr_solve_lower_triangular_unchecked_mut(&mut weights);
        let weights = weights.iter().map(|w| w * signal).collect();
        Ok(GaussianProcess {
            inverse_lengths: kernel.inverse_lengths(),
            inducing,
            inducing2,
            weights,
        })
    }

    /// Mean at one standardised row.
    pub fn predict(&self, z: &[f64]) -> f64 {
        let x: Vec<f64> = z.iter().zip(&self.inverse_lengths).map(|(v, l)| v * l).collect();
        let x2 = crate::linalg::dot(&x, &x);
        let rows = self.inducing.iter().zip(&self.inducing2).zip(&self.weights);
        rows.map(|((row, &row2), weight)| weight * matern52(distance2(&x, x2, row, row2))).sum()
    }
}

/// Log marginal likelihood, and its derivatives by the logarithms of signal, noise and lengths.
fn likelihood(kernel: &Kernel, z: &Matrix, y: &[f64]) -> Option<(f64, Vec<f64>)> {
    let n = y.len();
    let x = kernel.shrink(z);
    let x2 = lengths2(&x);
    let signal = kernel.signal_variance();
    let noise = kernel.noise_variance();
    let r2 = DMatrix::from_fn(n, n, |i, j| {
        if i > j { distance2(x.row(i), x2[i], x.row(j), x2[j]) } else { 0.0 }
    });
    let covariance = DMatrix::from_fn(n, n, |i, j| match i.cmp(&j) {
        std::cmp::Ordering::Equal => signal + noise + 1e-8,
        _ => signal * matern52(r2[(i.max(j), i.min(j))]),
    });
    let factor = cholesky(&covariance)?;
    let alpha = cholesky_solve(&factor, &DVector::from_column_slice(y));
    let inverse = cholesky_inverse(&factor);
    let fit: f64 = alpha.iter().zip(y).map(|(a, v)| a * v).sum();
    let log_det: f64 = (0..n).map(|i| factor[(i, i)].ln()).sum();
    let value = -0.5 * fit - log_det;
    let mut slope = vec![0.0; z.cols() + 2];
    for j in 0..n {
        let diagonal = alpha[j] * alpha[j] - inverse[(j, j)];
        slope[0] += diagonal * signal;
        slope[1] += diagonal * noise;
        let b = x.row(j);
        for i in j + 1..n {
            // The factor 2 for the two halves of the matrix cancels the factor one half in the
            // formula.
            let pull = alpha[i] * alpha[j] - inverse[(i, j)];
            slope[0] += 2.0 * pull * covariance[(i, j)];
            let by_length = pull * signal * matern52_slope(r2[(i, j)]);
            for ((s, u), v) in slope[2..].iter_mut().zip(x.row(i)).zip(b) {
                *s += by_length * (u - v) * (u - v);
            }
        }
    }
    Some((value, slope))
}

/// Selects rows one after the other so that the unexplained variance is smallest (pivoted
/// Cholesky).
fn spread_out(x: &Matrix, x2: &[f64], wanted: usize) -> Vec<usize> {
    let n = x.rows();
    let mut left = vec![1.0f64; n];
    let mut factors: Vec<Vec<f64>> = Vec::new();
    let mut chosen = Vec::new();
    while chosen.len() < wanted.min(n) {
        let mut pivot = 0;
        for i in 1..n {
            if left[i] > left[pivot] {
                pivot = i;
            }
        }
        if left[pivot] < 1e-6 {
            break;
        }
        let root = left[pivot].sqrt();
        let mut column: Vec<f64> =
            (0..n).map(|i| matern52(distance2(x.row(i), x2[i], x.row(pivot), x2[pivot]))).collect();
        for earlier in &factors {
            let at_pivot = earlier[pivot];
            column.iter_mut().zip(earlier).for_each(|(c, e)| *c -= at_pivot * e);
        }
        for (value, rest) in column.iter_mut().zip(&mut left) {
            *value /= root;
            *rest -= *value * *value;
        }
        left[pivot] = f64::NEG_INFINITY;
        factors.push(column);
        chosen.push(pivot);
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::rand_core::Rng;

    fn surface(n: usize) -> (Matrix, Vec<f64>) {
        let mut random = ChaCha8Rng::seed_from_u64(5);
        let mut uniform = || random.next_u64() as f64 / u64::MAX as f64 * 3.4 - 1.7;
        let rows: Vec<[f64; 3]> = (0..n).map(|_| [uniform(), uniform(), uniform()]).collect();
        let y = rows.iter().map(|r| (1.5 * r[0]).sin() + 0.4 * r[1] * r[1] - 0.4).collect();
        (Matrix::from_rows(&rows).unwrap(), y)
    }

    #[test]
    fn slope_of_the_likelihood_matches_differences() {
        let (z, y) = surface(30);
        let kernel = Kernel { ln_signal: 0.1, ln_noise: -1.2, ln_length: vec![0.2, 0.5, 1.0] };
        let (_, slope) = likelihood(&kernel, &z, &y).unwrap();
        let shifted = |i: usize, by: f64| {
            let mut k = kernel.clone();
            match i {
                0 => k.ln_signal += by,
                1 => k.ln_noise += by,
                _ => k.ln_length[i - 2] += by,
            }
            likelihood(&k, &z, &y).unwrap().0
        };
        for (i, slope) in slope.iter().enumerate() {
            let numeric = (shifted(i, 1e-5) - shifted(i, -1e-5)) / 2e-5;
            assert!(
                (slope - numeric).abs() < 1e-4 * (1.0 + numeric.abs()),
                "{i}: {slope} {numeric}"
            );
        }
    }

    #[test]
    fn finds_the_surface_and_the_idle_feature() {
        let (z, y) = surface(400);
        let settings = GpSettings { sample: 150, ..GpSettings::default() };
        let kernel = GaussianProcess::tune(&z, &y, &settings).unwrap();
        assert!(kernel.ln_length[2] > kernel.ln_length[0] + 1.0, "{:?}", kernel.ln_length);
        let gp = GaussianProcess::fit(&z, &y, &kernel, &settings).unwrap();
        let (fresh, truth) = surface(430);
        for (row, truth) in fresh.iter().zip(&truth).skip(400) {
            let error = gp.predict(row) - truth;
            assert!(error.abs() < 0.05, "{error}");
        }
    }

    /// If every row is an inducing row, the projected process is the full one.
    #[test]
    fn all_rows_inducing_is_the_exact_mean() {
        let (z, y) = surface(40);
        let kernel = Kernel { ln_signal: 0.0, ln_noise: -1.5, ln_length: vec![0.3; 3] };
        let settings = GpSettings { inducing: 40, ..GpSettings::default() };
        let gp = GaussianProcess::fit(&z, &y, &kernel, &settings).unwrap();
        let x = kernel.shrink(&z);
        let x2 = lengths2(&x);
        let k =
            DMatrix::from_fn(40, 40, |i, j| matern52(distance2(x.row(i), x2[i], x.row(j), x2[j])));
        let noisy = &k + DMatrix::identity(40, 40) * kernel.noise_variance();
        let alpha = noisy.cholesky().unwrap().solve(&DVector::from_vec(y));
        let mean = k * alpha;
        for i in 0..40 {
            assert!((gp.predict(z.row(i)) - mean[i]).abs() < 1e-5);
        }
    }
}
