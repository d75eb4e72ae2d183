//! Linear models for few rows: least squares, ridge and elastic net, with features standardised
//! inside the fit.

use crate::linalg::{cholesky, cholesky_solve, dot};
use crate::{LearnError, Matrix};
use nalgebra::{DMatrix, DVector};

/// Number of sweeps of coordinate descent after which it counts as not converging.
const MOST_SWEEPS: usize = 20_000;
/// The last sweep is the one in which no slope changes by more than this, in units of the target's
/// spread.
const TOLERANCE: f64 = 1e-10;
/// Share of a pivot that must remain after the earlier columns are eliminated; below it the columns
/// are dependent.
const DEPENDENT: f64 = 1e-10;

/// The penalty of a linear fit; features are in standard deviations of the training rows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Penalty {
    /// No penalty: least squares.
    None,
    /// `alpha |b|^2` added to the sum of squares, as in scikit-learn's `Ridge`.
    Ridge(f64),
    /// `alpha (l1 |b|_1 + (1 - l1)/2 |b|^2)` added to half the mean square (Zou and Hastie 2005).
    ElasticNet {
        /// Strength, in units of the target.
        alpha: f64,
        /// Share `l1` of the absolute penalty, 0 to 1.
        l1: f64,
    },
}

/// A linear model: value = intercept + the sum of slope times (x - centre).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Linear {
    /// Mean of the target.
    pub intercept: f64,
    /// Mean of each feature.
    pub centre: Vec<f64>,
    /// Change of the target per unit of each feature, in original units; 0 for a feature that is
    /// not used.
    pub slopes: Vec<f64>,
}

/// Sums over training rows, from which the fit under any penalty can be computed.
pub struct Moments {
    rows: usize,
    intercept: f64,
    centre: Vec<f64>,
    inv_sd: Vec<f64>,
    /// `Z'Z / n`.
    gram: DMatrix<f64>,
    /// `Z'y / n`.
    cross: DVector<f64>,
    spread: f64,
}

impl Moments {
    /// Computes the sums over the rows `of`; a column that is constant in these rows is not used.
    ///
    /// # Errors
    /// [`LearnError::Shape`] when `x` and `y` differ in length, [`LearnError::TooFewRows`] below two rows.
    pub fn of(x: &Matrix, y: &[f64], of: &[usize]) -> Result<Moments, LearnError> {
        if x.rows() != y.len() {
            return Err(LearnError::Shape { what: "target", expected: x.rows(), found: y.len() });
        }
        if of.len() < 2 {
            return Err(LearnError::TooFewRows {
                what: "a linear fit",
                needed: 2,
                found: of.len(),
            });
        }
        let (n, p) = (of.len() as f64, x.cols());
        let intercept = of.iter().map(|&i| y[i]).sum::<f64>() / n;
        let mut centre = vec![0.0; p];
        for &i in of {
            centre.iter_mut().zip(x.row(i)).for_each(|(c, v)| *c += v / n);
        }
        let mut z = DMatrix::from_fn(of.len(), p, |r, j| x.row(of[r])[j] - centre[j]);
        let inv_sd: Vec<f64> = (0..p)
            .map(|j| {
                let sd = (z.column(j).norm_squared() / n).sqrt();
                if sd > 1e-12 * centre[j].abs().max(1e-300) { 1.0 / sd } else { 0.0 }
            })
            .collect();
        for (j, scale) in inv_sd.iter().enumerate() {
            z.column_mut(j).scale_mut(*scale);
        }
        let centred = DVector::from_iterator(of.len(), of.iter().map(|&i| y[i] - intercept));
        let spread = (centred.norm_squared() / n).sqrt();
        let (gram, cross) = (z.tr_mul(&z) / n, z.tr_mul(&centred) / n);
        Ok(Moments { rows: of.len(), intercept, centre, inv_sd, gram, cross, spread })
    }

    /// Smallest alpha at which an elastic net with share `l1` drops all features.
    pub fn greatest_alpha(&self, l1: f64) -> f64 {
        self.cross.amax() / l1.max(1e-3)
    }

    /// The fit under a penalty.
    ///
    /// # Errors
    /// [`LearnError::Singular`] for least squares of dependent columns or of no more rows than columns.
    pub fn fit(&self, penalty: Penalty) -> Result<Linear, LearnError> {
        let slopes = match penalty {
            Penalty::None => self.least_squares()?,
            Penalty::Ridge(alpha) => self.solve(&self.used(), alpha / self.rows as f64)?,
            Penalty::ElasticNet { alpha, l1 } => self.descend(alpha, l1),
        };
        let slopes = slopes.iter().zip(&self.inv_sd).map(|(slope, scale)| slope * scale).collect();
        Ok(Linear { intercept: self.intercept, centre: self.centre.clone(), slopes })
    }

    /// The columns that vary.
    fn used(&self) -> Vec<usize> {
        (0..self.inv_sd.len()).filter(|&j| self.inv_sd[j] > 0.0).collect()
    }

    fn least_squares(&self) -> Result<Vec<f64>, LearnError> {
        let used = self.used();
        let singular = LearnError::Singular("the linear fit");
        if used.len() >= self.rows {
            return Err(singular);
        }
        let a = DMatrix::from_fn(used.len(), used.len(), |r, c| self.gram[(used[r], used[c])]);
        let factor = cholesky(&a).ok_or_else(|| singular.clone())?;
        if (0..used.len()).any(|j| factor[(j, j)].powi(2) < DEPENDENT) {
            return Err(singular);
        }
        self.solve(&used, 0.0)
    }

    /// Solves the normal equations of the columns `used`, with `ridge` added on the diagonal.
    fn solve(&self, used: &[usize], ridge: f64) -> Result<Vec<f64>, LearnError> {
        let mut slopes = vec![0.0; self.inv_sd.len()];
        if used.is_empty() {
            return Ok(slopes);
        }
        let a = DMatrix::from_fn(used.len(), used.len(), |r, c| {
            self.gram[(used[r], used[c])] + if r == c { ridge } else { 0.0 }
        });
        let b = DVector::from_fn(used.len(), |r, _| self.cross[used[r]]);
        let factor = cholesky(&a).ok_or(LearnError::Singular("the linear fit"))?;
        let solved = cholesky_solve(&factor, &b);
        used.iter().zip(solved.iter()).for_each(|(&j, slope)| slopes[j] = *slope);
        Ok(slopes)
    }

    /// Coordinate descent on the normal equations (Friedman, Hastie and Tibshirani 2010).
    fn descend(&self, alpha: f64, l1: f64) -> Vec<f64> {
        let (soft, ridge) = (alpha * l1, alpha * (1.0 - l1));
        let used = self.used();
        let mut slopes = vec![0.0_f64; self.inv_sd.len()];
        let mut gradient = self.cross.clone();
        for _ in 0..MOST_SWEEPS {
            let mut moved: f64 = 0.0;
            for &j in &used {
                let own = gradient[j] + self.gram[(j, j)] * slopes[j];
                let shrunk = own.signum() * (own.abs() - soft).max(0.0);
                let next = shrunk / (self.gram[(j, j)] + ridge);
                let step = next - slopes[j];
                if step != 0.0 {
                    slopes[j] = next;
                    gradient.axpy(-step, &self.gram.column(j), 1.0);
                    moved = moved.max(step.abs());
                }
            }
            if moved <= TOLERANCE * self.spread {
                break;
            }
        }
        slopes
    }
}

impl Linear {
    /// Value for one row.
    pub fn predict(&self, x: &[f64]) -> f64 {
        let offset = dot(&self.slopes, &self.centre);
        self.intercept + dot(&self.slopes, x) - offset
    }

    /// Contribution of each feature: slope times distance from the training mean. They sum to the
    /// value minus the intercept.
    pub fn attributions(&self, x: &[f64]) -> Vec<f64> {
        let parts = self.slopes.iter().zip(x).zip(&self.centre);
        parts.map(|((slope, x), centre)| slope * (x - centre)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> (Matrix, Vec<f64>) {
        let rows: Vec<[f64; 3]> = (0..60)
            .map(|i| {
                let t = f64::from(i);
                [(t * 0.7).sin() * 3.0 + 100.0, f64::from(i * 7 % 13), 5.0]
            })
            .collect();
        let y = rows.iter().map(|r| 2.0 + 1.5 * r[0] - 0.25 * r[1]).collect();
        (Matrix::from_rows(&rows).unwrap(), y)
    }

    #[test]
    fn least_squares_finds_a_plane_and_leaves_a_constant_column() {
        let (x, y) = rows();
        let all: Vec<usize> = (0..60).collect();
        let fit = Moments::of(&x, &y, &all).unwrap().fit(Penalty::None).unwrap();
        assert!((fit.slopes[0] - 1.5).abs() < 1e-10 && (fit.slopes[1] + 0.25).abs() < 1e-10);
        assert_eq!(fit.slopes[2], 0.0);
        assert!((fit.predict(&[90.0, 1.0, 5.0]) - (2.0 + 135.0 - 0.25)).abs() < 1e-9);
        let parts: f64 = fit.attributions(&[90.0, 1.0, 5.0]).iter().sum();
        assert!((fit.intercept + parts - fit.predict(&[90.0, 1.0, 5.0])).abs() < 1e-10);
    }

    /// Without an absolute penalty the elastic net equals ridge with alpha n; with it, the
    /// Karush-Kuhn-Tucker conditions hold.
    #[test]
    fn elastic_net_meets_ridge_and_its_own_conditions() {
        let (x, y) = rows();
        let all: Vec<usize> = (0..60).collect();
        let moments = Moments::of(&x, &y, &all).unwrap();
        let ridge = moments.fit(Penalty::Ridge(0.3 * 60.0)).unwrap();
        let net = moments.fit(Penalty::ElasticNet { alpha: 0.3, l1: 0.0 }).unwrap();
        for (a, b) in ridge.slopes.iter().zip(&net.slopes) {
            assert!((a - b).abs() < 1e-8, "{a} {b}");
        }
        let (alpha, l1) = (0.5, 0.8);
        let slopes = DVector::from_vec(moments.descend(alpha, l1));
        let gradient = &moments.cross - &moments.gram * &slopes;
        for j in 0..2 {
            let rest = gradient[j] - alpha * (1.0 - l1) * slopes[j];
            match slopes[j] == 0.0 {
                true => assert!(rest.abs() <= alpha * l1 + 1e-9),
                false => assert!((rest - alpha * l1 * slopes[j].signum()).abs() < 1e-8),
            }
        }
        let none = moments.greatest_alpha(1.0);
        let net = moments.fit(Penalty::ElasticNet { alpha: none, l1: 1.0 }).unwrap();
        assert!(net.slopes.iter().all(|s| *s == 0.0));
    }

    #[test]
    fn dependent_columns_have_no_least_squares() {
        let x = Matrix::from_rows(&[[1.0, 2.0], [2.0, 4.0], [3.0, 6.0], [5.0, 10.0]]).unwrap();
        let moments = Moments::of(&x, &[1.0, 2.0, 3.0, 4.0], &[0, 1, 2, 3]).unwrap();
        assert_eq!(moments.fit(Penalty::None), Err(LearnError::Singular("the linear fit")));
        assert!(moments.fit(Penalty::Ridge(0.1)).is_ok());
    }
}
