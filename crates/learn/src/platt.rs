//! Platt scaling converts a score to a probability. It is used for probabilities only; intervals
//! are conformal.
//!
//! `P(yes) = 1 / (1 + exp(a s + b))`, fitted by maximum likelihood with the smoothed labels and the
//! damped Newton steps of Lin, Lin and Weng, "A note on Platt's probabilistic outputs" (2007).

use crate::LearnError;

/// A fitted sigmoid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Platt {
    /// Slope; negative when a greater score makes "yes" more likely.
    pub a: f64,
    /// Offset.
    pub b: f64,
}

impl Platt {
    /// Fits scores to labels.
    ///
    /// # Errors
    /// [`LearnError::Shape`] when the lengths differ, [`LearnError::TooFewRows`] below two rows,
    /// [`LearnError::NotFinite`] for a score that is not finite.
    pub fn fit(scores: &[f64], labels: &[bool]) -> Result<Self, LearnError> {
        if scores.len() != labels.len() {
            return Err(LearnError::Shape {
                what: "labels",
                expected: scores.len(),
                found: labels.len(),
            });
        }
        if scores.len() < 2 {
            let found = scores.len();
            return Err(LearnError::TooFewRows { what: "a probability", needed: 2, found });
        }
        if let Some(row) = scores.iter().position(|s| !s.is_finite()) {
            let value = scores[row];
            return Err(LearnError::NotFinite { what: "score".into(), row, value });
        }
        let yes = labels.iter().filter(|l| **l).count() as f64;
        let no = labels.len() as f64 - yes;
        let (high, low) = ((yes + 1.0) / (yes + 2.0), 1.0 / (no + 2.0));
        let target: Vec<f64> = labels.iter().map(|&l| if l { high } else { low }).collect();
        let loss = |a: f64, b: f64| -> f64 {
            let term = |(s, t): (&f64, &f64)| {
                let f = s * a + b;
                // In this form neither exponential overflows.
                if f >= 0.0 { t * f + (-f).exp().ln_1p() } else { (t - 1.0) * f + f.exp().ln_1p() }
            };
            scores.iter().zip(&target).map(term).sum()
        };
        let (mut a, mut b) = (0.0, ((no + 1.0) / (yes + 1.0)).ln());
        let mut value = loss(a, b);
        for _ in 0..100 {
            let (mut h11, mut h22, mut h21, mut g1, mut g2) = (1e-12, 1e-12, 0.0, 0.0, 0.0);
            for (s, t) in scores.iter().zip(&target) {
                let p = probability(s * a + b);
                let weight = p * (1.0 - p);
                h11 += s * s * weight;
                h22 += weight;
                h21 += s * weight;
                g1 += s * (t - p);
                g2 += t - p;
            }
            if g1.abs() < 1e-9 && g2.abs() < 1e-9 {
                break;
            }
            let det = h11 * h22 - h21 * h21;
            let (da, db) = (-(h22 * g1 - h21 * g2) / det, -(h11 * g2 - h21 * g1) / det);
            let slope = g1 * da + g2 * db;
            let mut step = 1.0;
            while step >= 1e-10 {
                let next = loss(a + step * da, b + step * db);
                if next < value + 1e-4 * step * slope {
                    (a, b, value) = (a + step * da, b + step * db, next);
                    break;
                }
                step *= 0.5;
            }
            if step < 1e-10 {
                break;
            }
        }
        Ok(Platt { a, b })
    }

    /// Probability of "yes" at a score.
    pub fn probability(&self, score: f64) -> f64 {
        probability(self.a * score + self.b)
    }
}

fn probability(f: f64) -> f64 {
    if f >= 0.0 {
        let e = (-f).exp();
        e / (1.0 + e)
    } else {
        1.0 / (1.0 + f.exp())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gradient_vanishes_and_order_is_kept() {
        let scores: Vec<f64> = (0..200).map(|i| (i as f64 - 100.0) / 25.0).collect();
        let labels: Vec<bool> = (0..200).map(|i| i > 100 || i % 7 == 0).collect();
        let fit = Platt::fit(&scores, &labels).unwrap();
        assert!(fit.a < 0.0);
        // At the optimum the mean probability equals the mean smoothed label.
        let yes = labels.iter().filter(|l| **l).count() as f64;
        let (high, low) = ((yes + 1.0) / (yes + 2.0), 1.0 / (200.0 - yes + 2.0));
        let wanted = yes * high + (200.0 - yes) * low;
        let found: f64 = scores.iter().map(|&s| fit.probability(s)).sum();
        assert!((found - wanted).abs() < 1e-6, "{found} {wanted}");
    }

    #[test]
    fn labels_of_one_kind_stay_short_of_certainty() {
        let fit = Platt::fit(&[0.0, 1.0, 2.0, 3.0], &[false; 4]).unwrap();
        let p = fit.probability(1.0);
        assert!(p > 0.0 && p < 0.5, "{p}");
        assert!(Platt::fit(&[0.0, f64::NAN], &[true, false]).is_err());
        assert!(Platt::fit(&[1e300, -1e300], &[true, false]).is_ok());
    }
}
