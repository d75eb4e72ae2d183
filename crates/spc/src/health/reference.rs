//! The healthy reference: mean, scale and shrunk correlation of the features over runs in which the
//! tool was healthy.

use crate::SpcError;
use nalgebra::{DMatrix, DVector};
use serde::{Deserialize, Serialize};

/// Smallest number of healthy runs for a reference.
pub const SMALLEST_REFERENCE: usize = 10;
/// Number of folds of the cross-validation, which estimates T² for healthy runs that the reference
/// was not fitted to.
const FOLDS: usize = 10;
/// Values farther out than this many standard deviations are clipped to it.
const FARTHEST_SD: f64 = 1e100;

/// The healthy runs in numbers. Serialized, it is part of a forecast model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reference {
    /// Names of the features, in the order of every row.
    pub features: Vec<String>,
    /// Mean of each feature.
    pub mean: Vec<f64>,
    /// Standard deviation (n − 1) of each feature, above 0.
    pub sd: Vec<f64>,
    /// Inverse of the shrunk correlation matrix, row by row.
    pub precision: Vec<Vec<f64>>,
    /// Ledoit-Wolf shrinkage towards the identity, 0 (none) to 1.
    pub shrinkage: f64,
    /// Number of healthy runs that it was fitted to.
    pub runs: usize,
    /// Mean of ln T² over healthy runs, cross-validated.
    pub log_t2_mean: f64,
    /// Standard deviation of ln T² over healthy runs, cross-validated.
    pub log_t2_sd: f64,
}

impl Reference {
    /// Fits the reference to healthy runs: one row per run, with one value per feature.
    ///
    /// # Formula
    ///
    /// On standardized features, R = (1 − a) S + a I with S the sample correlation and a = min(1, b²/d²),
    /// d² = ‖S − I‖²/p, b² = Σ ‖zₖzₖᵀ − S‖² / (p n²).
    /// Source: Ledoit & Wolf (2004), Journal of Multivariate Analysis 88, 365-411.
    ///
    /// # Errors
    ///
    /// [`SpcError::TooFew`] for fewer than ten runs, [`SpcError::Invalid`] with the name of a
    /// feature that does not vary, is not finite or is missing.
    pub fn fit(features: &[String], rows: &[Vec<f64>]) -> Result<Self, SpcError> {
        if rows.len() < SMALLEST_REFERENCE {
            return Err(SpcError::TooFew {
                what: "a healthy reference",
                needed: SMALLEST_REFERENCE,
                unit: "runs",
                found: rows.len(),
            });
        }
        if features.is_empty() {
            return Err(SpcError::TooFew {
                what: "a healthy reference",
                needed: 1,
                unit: "features",
                found: 0,
            });
        }
        check(features, rows)?;
        let mut reference = Self::shape(features, rows, None)?;
        // Cross-validated, because the runs that a reference was fitted to lie closer to it than
        // new ones.
        let mut logs = Vec::with_capacity(rows.len());
        for fold in 0..FOLDS {
            let keep: Vec<Vec<f64>> = rows
                .iter()
                .enumerate()
                .filter(|(i, _)| i % FOLDS != fold)
                .map(|(_, row)| row.clone())
                .collect();
            // A feature may be constant without the runs of this fold; then the whole reference is
            // used instead.
            let part = Self::shape(features, &keep, Some(reference.shrinkage))
                .unwrap_or_else(|_| reference.clone());
            logs.extend(rows.iter().skip(fold).step_by(FOLDS).map(|row| part.log_t2(row)));
        }
        let n = logs.len() as f64;
        reference.log_t2_mean = logs.iter().sum::<f64>() / n;
        let squares: f64 = logs.iter().map(|l| (l - reference.log_t2_mean).powi(2)).sum();
        reference.log_t2_sd = (squares / (n - 1.0)).sqrt().max(1e-6);
        Ok(reference)
    }

    /// Computes mean, scale and precision; the shrinkage is estimated if it is not given.
    fn shape(
        features: &[String],
        rows: &[Vec<f64>],
        shrinkage: Option<f64>,
    ) -> Result<Self, SpcError> {
        let (n, p) = (rows.len() as f64, features.len());
        let column = |j: usize| rows.iter().map(move |row| row[j]);
        // Deviations from the first row keep digits of features that are far from zero.
        let mean: Vec<f64> = (0..p)
            .map(|j| rows[0][j] + column(j).map(|x| x - rows[0][j]).sum::<f64>() / n)
            .collect();
        let sd: Vec<f64> = (0..p)
            .map(|j| (column(j).map(|x| (x - mean[j]).powi(2)).sum::<f64>() / (n - 1.0)).sqrt())
            .collect();
        if let Some(j) = sd.iter().position(|s| !(s.is_finite() && *s > 0.0)) {
            return Err(SpcError::Invalid(format!(
                "feature `{}` does not vary over the healthy runs",
                features[j]
            )));
        }
        let z = DMatrix::from_fn(rows.len(), p, |i, j| (rows[i][j] - mean[j]) / sd[j]);
        let correlation = z.transpose() * &z / n;
        let identity = DMatrix::<f64>::identity(p, p);
        let shrinkage = shrinkage.unwrap_or_else(|| {
            let distance = (&correlation - &identity).norm_squared() / p as f64;
            // ‖zzᵀ − S‖² = |z|⁴ − 2 zᵀSz + ‖S‖².
            let total = correlation.norm_squared();
            let scatter: f64 = (0..rows.len())
                .map(|i| {
                    let zi = z.row(i).transpose();
                    zi.norm_squared().powi(2) - 2.0 * zi.dot(&(&correlation * &zi)) + total
                })
                .sum();
            let noise = scatter / (p as f64 * n * n);
            // A minimum of shrinkage, so that the matrix is invertible even if a feature is a copy
            // of another.
            if distance > 0.0 { (noise / distance).clamp(1e-6, 1.0) } else { 1.0 }
        });
        let shrunk = correlation * (1.0 - shrinkage) + identity * shrinkage;
        let precision = shrunk
            .cholesky()
            .ok_or_else(|| {
                SpcError::Invalid("the correlation of the healthy runs has no inverse".to_owned())
            })?
            .inverse();
        Ok(Self {
            features: features.to_vec(),
            mean,
            sd,
            precision: precision.row_iter().map(|row| row.iter().copied().collect()).collect(),
            shrinkage,
            runs: rows.len(),
            log_t2_mean: 0.0,
            log_t2_sd: 1.0,
        })
    }

    /// The features of a run as standard deviations from their healthy means, clipped at ± 1e100,
    /// so that their squares stay finite.
    pub fn standardize(&self, row: &[f64]) -> Vec<f64> {
        row.iter()
            .zip(self.mean.iter().zip(&self.sd))
            .map(|(x, (mean, sd))| ((x - mean) / sd).clamp(-FARTHEST_SD, FARTHEST_SD))
            .collect()
    }

    /// Hotelling's T² of a run, and the part of each feature, zᵢ (R⁻¹z)ᵢ. The parts sum to T²
    /// (single ones may be negative).
    ///
    /// Source: Westerhuis, Gurden & Smilde (2000), Chemometrics and Intelligent Laboratory Systems
    /// 51, 95-114.
    pub fn t2(&self, row: &[f64]) -> (f64, Vec<f64>) {
        let z = DVector::from_vec(self.standardize(row));
        let parts: Vec<f64> = self
            .precision
            .iter()
            .zip(z.iter())
            .map(|(precision, zi)| {
                zi * precision.iter().zip(z.iter()).map(|(a, b)| a * b).sum::<f64>()
            })
            .collect();
        (parts.iter().sum(), parts)
    }

    /// ln T², with T² at least 1e-9.
    pub fn log_t2(&self, row: &[f64]) -> f64 {
        self.t2(row).0.clamp(1e-9, f64::MAX).ln()
    }
}

pub(super) fn check(features: &[String], rows: &[Vec<f64>]) -> Result<(), SpcError> {
    for (i, row) in rows.iter().enumerate() {
        if row.len() != features.len() {
            return Err(SpcError::Invalid(format!(
                "run {} has {} values for {} features",
                i + 1,
                row.len(),
                features.len()
            )));
        }
        if let Some(j) = row.iter().position(|x| !x.is_finite()) {
            return Err(SpcError::Invalid(format!(
                "feature `{}` of run {} is {}, not a finite number",
                features[j],
                i + 1,
                row[j]
            )));
        }
    }
    Ok(())
}
