//! Householder's QR factorization of a tall matrix, and the linear least squares that it solves.

use std::fmt;

/// A × P = Q R of an m × n matrix, m ≥ n, with the columns scaled to unit length.
pub(super) struct Qr {
    /// Columns: reflectors from the diagonal down, R above it.
    columns: Vec<Vec<f64>>,
    /// Diagonal of R.
    diagonal: Vec<f64>,
    /// Length of each column before it was scaled.
    lengths: Vec<f64>,
}

impl Qr {
    /// Factorize; `None` where a column depends on those before it to working precision, or is not finite.
    pub fn of(mut columns: Vec<Vec<f64>>) -> Option<Self> {
        let mut lengths = Vec::with_capacity(columns.len());
        for column in &mut columns {
            let length = norm(column);
            if !(length > 0.0 && length.is_finite()) {
                return None;
            }
            column.iter_mut().for_each(|v| *v /= length);
            lengths.push(length);
        }
        let mut diagonal = Vec::with_capacity(columns.len());
        for k in 0..columns.len() {
            let (done, rest) = columns.split_at_mut(k + 1);
            let reflector = done[k].get_mut(k..)?;
            let length = norm(reflector);
            // The length of what is left of a unit column without its part along the others.
            if length.is_nan() || length <= 1e-14 {
                return None;
            }
            let alpha = -length.copysign(reflector[0]);
            reflector[0] -= alpha;
            diagonal.push(alpha);
            for column in rest {
                reflect(&done[k][k..], &mut column[k..]);
            }
        }
        Some(Self { columns, diagonal, lengths })
    }

    /// x that minimizes |A x − b|².
    pub fn solve(&self, mut b: Vec<f64>) -> Vec<f64> {
        for (k, column) in self.columns.iter().enumerate() {
            reflect(&column[k..], &mut b[k..]);
        }
        b.truncate(self.columns.len());
        self.back_substitute(&mut b);
        b.iter().zip(&self.lengths).map(|(x, length)| x / length).collect()
    }

    /// (AᵀA)⁻¹ = R⁻¹ R⁻ᵀ.
    pub fn inverse_normal(&self) -> Vec<Vec<f64>> {
        let n = self.columns.len();
        let inverse: Vec<Vec<f64>> = (0..n)
            .map(|k| {
                let mut unit = vec![0.0; n];
                unit[k] = 1.0;
                self.back_substitute(&mut unit);
                unit
            })
            .collect();
        let entry = |i: usize, j: usize| -> f64 {
            let dot: f64 = inverse.iter().map(|column| column[i] * column[j]).sum();
            dot / (self.lengths[i] * self.lengths[j])
        };
        (0..n).map(|i| (0..n).map(|j| entry(i, j)).collect()).collect()
    }

    fn back_substitute(&self, b: &mut [f64]) {
        for k in (0..b.len()).rev() {
            b[k] /= self.diagonal[k];
            let solved = b[k];
            for (above, r) in b[..k].iter_mut().zip(&self.columns[k]) {
                *above -= r * solved;
            }
        }
    }
}

/// b − 2 v (v·b) / (v·v).
fn reflect(v: &[f64], b: &mut [f64]) {
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
    let factor = 2.0 * dot(v, b) / dot(v, v);
    b.iter_mut().zip(v).for_each(|(b, v)| *b -= factor * v);
}

fn norm(values: &[f64]) -> f64 {
    let largest = values.iter().fold(0.0f64, |m, v| m.max(v.abs()));
    if largest == 0.0 || !values.iter().all(|v| v.is_finite()) {
        return if largest == 0.0 { 0.0 } else { f64::NAN };
    }
    largest * values.iter().map(|v| (v / largest).powi(2)).sum::<f64>().sqrt()
}

/// A linear model fitted to data.
#[derive(Debug, Clone, PartialEq)]
pub struct Linear {
    /// One coefficient for each column.
    pub coefficients: Vec<f64>,
    /// Their covariance, scaled by the residual variance; `None` where no degree of freedom is left.
    pub covariance: Option<Vec<Vec<f64>>>,
    /// Data less model, one for each datum.
    pub residuals: Vec<f64>,
    /// (AᵀWA)⁻¹ of the weighted columns A: the covariance for data whose variances are 1/wᵢ.
    pub inverse_normal: Vec<Vec<f64>>,
    /// Σ wᵢ rᵢ².
    pub chi2: f64,
    /// Data less coefficients.
    pub dof: usize,
}

/// Why a linear model cannot be fitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinearError {
    /// Fewer data than coefficients.
    TooFewPoints {
        /// Number of data.
        points: usize,
        /// Number of coefficients.
        parameters: usize,
    },
    /// A column is a combination of the others, or holds what is not a number.
    Dependent,
    /// A column or the weights have another length than the data.
    Shape,
}

impl fmt::Display for LinearError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LinearError::TooFewPoints { points, parameters } => {
                write!(f, "{points} measured values cannot determine {parameters} parameters")
            }
            LinearError::Dependent => f.write_str(
                "the data do not determine the parameters: a column depends on the others",
            ),
            LinearError::Shape => f.write_str("columns, weights and data differ in length"),
        }
    }
}

impl std::error::Error for LinearError {}

/// Coefficients c that minimize Σ wᵢ (yᵢ − Σⱼ cⱼ columnⱼᵢ)², by Householder's QR; `weights` are 1/σ², one for all if `None`.
///
/// # Errors
/// [`LinearError`].
pub fn linear(
    columns: &[Vec<f64>],
    y: &[f64],
    weights: Option<&[f64]>,
) -> Result<Linear, LinearError> {
    let (points, parameters) = (y.len(), columns.len());
    if columns.iter().any(|c| c.len() != points) || weights.is_some_and(|w| w.len() != points) {
        return Err(LinearError::Shape);
    }
    if points < parameters {
        return Err(LinearError::TooFewPoints { points, parameters });
    }
    let root: Vec<f64> =
        weights.map_or_else(|| vec![1.0; points], |w| w.iter().map(|w| w.sqrt()).collect());
    let weighted = |values: &[f64]| values.iter().zip(&root).map(|(v, w)| v * w).collect();
    let qr = Qr::of(columns.iter().map(|c| weighted(c)).collect()).ok_or(LinearError::Dependent)?;
    let misfit = |coefficients: &[f64]| -> Vec<f64> {
        let model = |i| -> f64 { columns.iter().zip(coefficients).map(|(c, k)| c[i] * k).sum() };
        y.iter().enumerate().map(|(i, y)| y - model(i)).collect()
    };
    let mut coefficients = qr.solve(weighted(y));
    // One step of refinement wins back the digits that scaling and reflecting lost.
    let correction = qr.solve(weighted(&misfit(&coefficients)));
    coefficients.iter_mut().zip(correction).for_each(|(c, d)| *c += d);
    let residuals = misfit(&coefficients);
    let chi2 = residuals.iter().zip(&root).map(|(r, w)| (r * w).powi(2)).sum();
    let dof = points - parameters;
    let inverse_normal = qr.inverse_normal();
    let covariance = (dof > 0).then(|| {
        let scale = chi2 / dof as f64;
        inverse_normal.iter().map(|row| row.iter().map(|v| v * scale).collect()).collect()
    });
    Ok(Linear { coefficients, covariance, residuals, inverse_normal, chi2, dof })
}

impl Linear {
    /// Variances of the coefficients of a fit without weights. They hold even if the spread of the
    /// residuals differs from datum to datum, as it does if the model lacks a term. `None` if a
    /// datum alone decides a coefficient.
    ///
    /// # Formula
    /// HC3: Σᵢ (N aᵢ)ⱼ² rᵢ²/(1 − hᵢ)², N = (AᵀA)⁻¹, hᵢ = aᵢᵀ N aᵢ. Source: MacKinnon and White (1985), Journal of Econometrics
    /// 29, 305–325.
    pub fn robust_variances(&self, columns: &[Vec<f64>]) -> Option<Vec<f64>> {
        let mut variances = vec![0.0; columns.len()];
        let mut through = vec![0.0; columns.len()];
        for (i, residual) in self.residuals.iter().enumerate() {
            for (of, row) in through.iter_mut().zip(&self.inverse_normal) {
                *of = row.iter().zip(columns).map(|(n, column)| n * column[i]).sum();
            }
            let leverage: f64 =
                through.iter().zip(columns).map(|(of, column)| of * column[i]).sum();
            if leverage > 1.0 - 1e-9 {
                return None;
            }
            let scaled = residual / (1.0 - leverage);
            for (variance, of) in variances.iter_mut().zip(&through) {
                *variance += (of * scaled).powi(2);
            }
        }
        Some(variances)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// NIST StRD, Longley (1967): six economic series against employment, the classic test of collinear data.
    #[test]
    fn longley() {
        const DATA: [[f64; 7]; 16] = [
            [60323., 83.0, 234289., 2356., 1590., 107608., 1947.],
            [61122., 88.5, 259426., 2325., 1456., 108632., 1948.],
            [60171., 88.2, 258054., 3682., 1616., 109773., 1949.],
            [61187., 89.5, 284599., 3351., 1650., 110929., 1950.],
            [63221., 96.2, 328975., 2099., 3099., 112075., 1951.],
            [63639., 98.1, 346999., 1932., 3594., 113270., 1952.],
            [64989., 99.0, 365385., 1870., 3547., 115094., 1953.],
            [63761., 100.0, 363112., 3578., 3350., 116219., 1954.],
            [66019., 101.2, 397469., 2904., 3048., 117388., 1955.],
            [67857., 104.6, 419180., 2822., 2857., 118734., 1956.],
            [68169., 108.4, 442769., 2936., 2798., 120445., 1957.],
            [66513., 110.8, 444546., 4681., 2637., 121950., 1958.],
            [68655., 112.6, 482704., 3813., 2552., 123366., 1959.],
            [69564., 114.2, 502601., 3931., 2514., 125368., 1960.],
            [69331., 115.7, 518173., 4806., 2572., 127852., 1961.],
            [70551., 116.9, 554894., 4007., 2827., 130081., 1962.],
        ];
        const CERTIFIED: [(f64, f64); 7] = [
            (-3482258.63459582, 890420.383607373),
            (15.0618722713733, 84.9149257747669),
            (-0.358191792925910e-1, 0.334910077722432e-1),
            (-2.02022980381683, 0.488399681651699),
            (-1.03322686717359, 0.214274163161675),
            (-0.511041056535807e-1, 0.226073200069370),
            (1829.15146461355, 455.478499142212),
        ];
        let y: Vec<f64> = DATA.iter().map(|row| row[0]).collect();
        let columns: Vec<Vec<f64>> = std::iter::once(vec![1.0; 16])
            .chain((1..7).map(|j| DATA.iter().map(|row| row[j]).collect()))
            .collect();
        let found = linear(&columns, &y, None).unwrap();
        let covariance = found.covariance.unwrap();
        for (i, (value, error)) in CERTIFIED.into_iter().enumerate() {
            assert!((found.coefficients[i] / value - 1.0).abs() < 1e-9, "b{i}");
            assert!((covariance[i][i].sqrt() / error - 1.0).abs() < 1e-8, "sd b{i}");
        }
        assert_eq!(found.dof, 9);
        assert!((found.chi2 / 836424.055505915 - 1.0).abs() < 1e-11);
    }

    /// Weights 1, 4 on 0 and 10: the mean is 8.
    #[test]
    fn weights_count() {
        let found = linear(&[vec![1.0; 2]], &[0.0, 10.0], Some(&[1.0, 4.0])).unwrap();
        assert!((found.coefficients[0] - 8.0).abs() < 1e-14 && (found.chi2 - 80.0).abs() < 1e-12);
    }

    #[test]
    fn what_cannot_be_fitted_is_refused() {
        let ones = vec![1.0; 3];
        let y = [1.0, 2.0, 3.0];
        let few = LinearError::TooFewPoints { points: 3, parameters: 4 };
        assert_eq!(linear(&vec![ones.clone(); 4], &y, None), Err(few));
        assert_eq!(linear(&[ones.clone(), ones.clone()], &y, None), Err(LinearError::Dependent));
        assert_eq!(linear(&[vec![1.0, f64::NAN, 2.0]], &y, None), Err(LinearError::Dependent));
        assert_eq!(linear(&[vec![1.0; 2]], &y, None), Err(LinearError::Shape));
        let exact = linear(&[ones, vec![0.0, 1.0, 2.0], vec![0.0, 1.0, 4.0]], &y, None).unwrap();
        assert!(exact.covariance.is_none() && exact.dof == 0);
    }
    /// By hand, of a mean: N = 1/n, h = 1/n, so that the variance is Σ r²/(n − 1)², which is (n/(n − 1)) s²/n.
    #[test]
    fn the_robust_variance_of_a_mean() {
        let y = [1.0, 2.0, 4.0, 9.0];
        let columns = [vec![1.0; 4]];
        let found = linear(&columns, &y, None).unwrap().robust_variances(&columns).unwrap();
        // Residuals −3, −2, 0 and 5 about 4: 38/9.
        assert!((found[0] - 38.0 / 9.0).abs() < 1e-12, "{found:?}");
        let alone = [vec![1.0, 1.0, 1.0], vec![0.0, 0.0, 1.0]];
        let fit = linear(&alone, &[1.0, 2.0, 5.0], None).unwrap();
        assert_eq!(fit.robust_variances(&alone), None);
    }
}
