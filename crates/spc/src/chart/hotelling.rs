//! Hotelling's T² of individual observations.

use super::{Design, Level, Panel, Parameters, Phase, Scope};
use crate::describe::{mean, sum};
use crate::distribution::{beta_quantile, f_quantile};
use crate::error::SpcError;
use nalgebra::{Cholesky, DMatrix, DVector};
use serde::{Deserialize, Serialize};

/// How the covariance matrix is estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CovarianceEstimator {
    /// The sample covariance: best for a process known to be stable.
    Sample,
    /// From successive differences, Σ dᵢdᵢᵀ / 2(m−1) (Holmes and Mergen 1993): a shift does not inflate it.
    Successive,
}

crate::words::words! {
    CovarianceEstimator { Sample = "sample", Successive = "successive" }
}

/// Means and covariance of m rows of p variables, m > p.
pub(super) fn estimate(
    rows: &[Vec<f64>],
    estimator: CovarianceEstimator,
) -> Result<Parameters, SpcError> {
    let p = rows.first().map_or(0, Vec::len);
    if p < 2 {
        let what = "a T2 chart";
        return Err(SpcError::TooFew { what, needed: 2, unit: "variables", found: p });
    }
    if rows.len() < p + 2 {
        let what = "a T2 chart of this many variables";
        return Err(SpcError::TooFew { what, needed: p + 2, unit: "rows", found: rows.len() });
    }
    let (means, covariance) = covariance(rows, estimator);
    factor(&covariance)?;
    Ok(Parameters {
        center: 0.0,
        sigma: None,
        points: rows.len(),
        values: rows.len() * p,
        means,
        covariance,
        ..Parameters::default()
    })
}

/// Mean vector and covariance matrix.
pub fn covariance(rows: &[Vec<f64>], estimator: CovarianceEstimator) -> (Vec<f64>, Vec<Vec<f64>>) {
    let p = rows.first().map_or(0, Vec::len);
    let column = |j: usize| -> Vec<f64> { rows.iter().map(|row| row[j]).collect() };
    let means: Vec<f64> = (0..p).map(|j| mean(&column(j))).collect();
    let deviations: Vec<Vec<f64>> = (0..p)
        .map(|j| match estimator {
            CovarianceEstimator::Sample => rows.iter().map(|row| row[j] - means[j]).collect(),
            CovarianceEstimator::Successive => {
                rows.windows(2).map(|pair| pair[1][j] - pair[0][j]).collect()
            }
        })
        .collect();
    let divisor = match estimator {
        CovarianceEstimator::Sample => rows.len() as f64 - 1.0,
        CovarianceEstimator::Successive => 2.0 * (rows.len() as f64 - 1.0),
    };
    let entry = |i: usize, j: usize| {
        sum(deviations[i].iter().zip(&deviations[j]).map(|(a, b)| a * b)) / divisor
    };
    let matrix = (0..p).map(|i| (0..p).map(|j| entry(i, j)).collect()).collect();
    (means, matrix)
}

/// T² = (x − x̄)ᵀ S⁻¹ (x − x̄) of each row.
pub fn t2(rows: &[Vec<f64>], parameters: &Parameters) -> Result<Vec<f64>, SpcError> {
    let p = parameters.means.len();
    let cholesky = factor(&parameters.covariance)?;
    rows.iter()
        .map(|row| {
            if row.len() != p {
                return Err(SpcError::Invalid(format!(
                    "{} variables in the data, {p} in the parameters",
                    row.len()
                )));
            }
            let distance =
                DVector::from_iterator(p, row.iter().zip(&parameters.means).map(|(x, m)| x - m));
            Ok(distance.dot(&cholesky.solve(&distance)))
        })
        .collect()
}

/// Upper limit of T² for `p` variables and `m` Phase I rows whose covariance was estimated by
/// `estimator`.
///
/// Sample covariance, Phase I: (m−1)²/m · B(p/2, (m−p−1)/2); Phase II: p(m+1)(m−1)/(m(m−p)) · F(p,
/// m−p). For successive differences the limit is computed by a conditional expectation
/// ([`super::successive`]); with many rows it is χ², or F with fewer degrees of freedom.
pub fn t2_limit(
    p: usize,
    m: usize,
    confidence: f64,
    phase: Phase,
    estimator: CovarianceEstimator,
) -> f64 {
    if estimator == CovarianceEstimator::Successive {
        return match phase {
            Phase::One => super::successive::phase_one(p, m, confidence),
            Phase::Two => super::successive::phase_two(p, m, confidence),
        };
    }
    let (p, m) = (p as f64, m as f64);
    match phase {
        Phase::One => {
            (m - 1.0) * (m - 1.0) / m * beta_quantile(confidence, p / 2.0, (m - p - 1.0) / 2.0)
        }
        Phase::Two => p * (m + 1.0) * (m - 1.0) / (m * (m - p)) * f_quantile(confidence, p, m - p),
    }
}

pub(super) fn panel(
    design: &Design,
    parameters: &Parameters,
    rows: &[Vec<f64>],
    phase: Phase,
) -> Result<Panel, SpcError> {
    let p = parameters.means.len();
    let limit = t2_limit(p, parameters.points, design.confidence, phase, design.covariance);
    // Mean of T² in control, p (m−1)/m in Phase I; it is drawn as the centre line in both phases.
    let m = parameters.points as f64;
    Ok(Panel {
        name: "t2",
        values: t2(rows, parameters)?,
        center: Level::Constant(p as f64 * (m - 1.0) / m),
        upper: Level::Constant(limit),
        lower: Level::Constant(0.0),
        sigma: Level::Constant(f64::NAN),
        scope: Scope::Limits,
        measured: false,
    })
}

/// The quadratic form v'S⁻¹v.
pub(super) fn norm2(cholesky: &Cholesky<f64, nalgebra::Dyn>, v: &[f64]) -> f64 {
    let v = DVector::from_column_slice(v);
    v.dot(&cholesky.solve(&v))
}

/// The contribution of each variable to T² of a row: T² minus that of the other variables alone
/// (Runger, Alt and Montgomery 1996).
///
/// # Errors
/// As [`t2`].
pub fn t2_decomposition(row: &[f64], parameters: &Parameters) -> Result<Vec<f64>, SpcError> {
    let whole = t2(&[row.to_vec()], parameters)?[0];
    (0..row.len())
        .map(|left_out| {
            let keep = |i: &usize| *i != left_out;
            let rest: Vec<usize> = (0..row.len()).filter(keep).collect();
            let pick = |values: &[f64]| rest.iter().map(|i| values[*i]).collect::<Vec<f64>>();
            let others = Parameters {
                means: pick(&parameters.means),
                covariance: rest.iter().map(|i| pick(&parameters.covariance[*i])).collect(),
                ..Parameters::default()
            };
            Ok(whole - t2(&[pick(row)], &others)?[0])
        })
        .collect()
}

pub(super) fn factor(covariance: &[Vec<f64>]) -> Result<Cholesky<f64, nalgebra::Dyn>, SpcError> {
    let p = covariance.len();
    let matrix = DMatrix::from_fn(p, p, |i, j| covariance[i][j]);
    let scale: Vec<f64> = (0..p).map(|i| covariance[i][i].sqrt()).collect();
    let singular =
        |why: String| SpcError::Invalid(format!("the covariance matrix is singular: {why}"));
    if let Some(i) = scale.iter().position(|s| *s == 0.0 || s.is_nan()) {
        return Err(singular(format!("variable {} does not vary", i + 1)));
    }
    // Checked on the correlation matrix, where units do not matter.
    let correlation = DMatrix::from_fn(p, p, |i, j| covariance[i][j] / (scale[i] * scale[j]));
    let smallest = correlation.symmetric_eigenvalues().min();
    if smallest < 1e-12 {
        return Err(singular("one variable is a linear function of others".to_owned()));
    }
    Cholesky::new(matrix).ok_or_else(|| singular("it is not positive definite".to_owned()))
}
