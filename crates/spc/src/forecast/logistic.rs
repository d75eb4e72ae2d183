//! Logistic regression with a ridge penalty.

use nalgebra::{DMatrix, DVector};
use serde::{Deserialize, Serialize};

const STEPS: usize = 50;
const TOLERANCE: f64 = 1e-9;

/// A fitted model: P(y = 1 | x) = 1 / (1 + e^−(intercept + coefficients · x)).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Logistic {
    /// Log odds at x = 0.
    pub intercept: f64,
    /// Change of the log odds for each predictor.
    pub coefficients: Vec<f64>,
}

impl Logistic {
    /// Maximizes the log likelihood minus `ridge`/2 · |coefficients|² by Newton's method; the
    /// intercept is not penalized.
    ///
    /// `x` has one row per observation, all of the same length; `y` is true if the event followed.
    /// `ridge` > 0 keeps the coefficients finite for separable data. `None` if the Hessian has no
    /// inverse.
    pub fn fit(x: &[Vec<f64>], y: &[bool], ridge: f64) -> Option<Self> {
        let p = x.first()?.len() + 1;
        let mut beta = DVector::<f64>::zeros(p);
        for _ in 0..STEPS {
            let mut gradient = DVector::<f64>::zeros(p);
            let mut hessian = DMatrix::<f64>::zeros(p, p);
            for (row, event) in x.iter().zip(y) {
                let odds =
                    beta[0] + row.iter().zip(beta.iter().skip(1)).map(|(a, b)| a * b).sum::<f64>();
                let probability = sigmoid(odds);
                let residual = f64::from(u8::from(*event)) - probability;
                let weight = (probability * (1.0 - probability)).max(1e-12);
                let value = |j: usize| if j == 0 { 1.0 } else { row[j - 1] };
                for j in 0..p {
                    gradient[j] += residual * value(j);
                    let scaled = weight * value(j);
                    for k in 0..=j {
                        hessian[(j, k)] += scaled * value(k);
                    }
                }
            }
            for j in 0..p {
                if j > 0 {
                    gradient[j] -= ridge * beta[j];
                    hessian[(j, j)] += ridge;
                }
                for k in 0..j {
                    hessian[(k, j)] = hessian[(j, k)];
                }
            }
            let step = hessian.cholesky()?.solve(&gradient);
            // Long steps are shortened, because they overshoot where the classes separate.
            let length = step.amax();
            beta += &step * (5.0 / length.max(5.0));
            if length < TOLERANCE {
                break;
            }
        }
        beta.iter().all(|b| b.is_finite()).then(|| Self {
            intercept: beta[0],
            coefficients: beta.iter().skip(1).copied().collect(),
        })
    }

    /// The log odds of the event.
    pub fn log_odds(&self, row: &[f64]) -> f64 {
        self.intercept + row.iter().zip(&self.coefficients).map(|(a, b)| a * b).sum::<f64>()
    }

    /// The probability of the event.
    pub fn probability(&self, row: &[f64]) -> f64 {
        sigmoid(self.log_odds(row))
    }
}

/// 1 / (1 + e^−x), without overflow.
pub fn sigmoid(x: f64) -> f64 {
    if x >= 0.0 {
        1.0 / (1.0 + (-x).exp())
    } else {
        let e = x.exp();
        e / (1.0 + e)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hours of study and passing an exam (20 students): the textbook fit is −4.0777 + 1.5046 h.
    /// Source: Wikipedia, "Logistic regression", example data and coefficients.
    #[test]
    fn agrees_with_a_published_fit() {
        let hours = [
            0.50, 0.75, 1.00, 1.25, 1.50, 1.75, 1.75, 2.00, 2.25, 2.50, 2.75, 3.00, 3.25, 3.50,
            4.00, 4.25, 4.50, 4.75, 5.00, 5.50,
        ];
        let passed = [0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1].map(|p| p == 1);
        let x: Vec<Vec<f64>> = hours.iter().map(|h| vec![*h]).collect();
        let fit = Logistic::fit(&x, &passed, 1e-12).unwrap();
        assert!(
            (fit.intercept - -4.0777).abs() < 1e-4 && (fit.coefficients[0] - 1.5046).abs() < 1e-4,
            "{fit:?}"
        );
        assert!((fit.probability(&[2.0]) - 0.25571).abs() < 1e-4);
    }

    #[test]
    fn separable_classes_stay_finite() {
        let x: Vec<Vec<f64>> = (0..20).map(|i| vec![f64::from(i)]).collect();
        let y: Vec<bool> = (0..20).map(|i| i >= 10).collect();
        let fit = Logistic::fit(&x, &y, 1e-3).unwrap();
        assert!(fit.probability(&[0.0]) < 0.01 && fit.probability(&[19.0]) > 0.99);
    }

    #[test]
    fn sigmoid_is_symmetric_and_never_nan() {
        assert_eq!(sigmoid(-1e308), 0.0);
        assert_eq!(sigmoid(1e308), 1.0);
        assert!((sigmoid(3.0) + sigmoid(-3.0) - 1.0).abs() < 1e-15);
    }
}
