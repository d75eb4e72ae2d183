//! The spread of values about their forecasts.

use super::Fitted;
use crate::conformal;
use statrs::distribution::{ContinuousCDF, StudentsT};

/// 99 % point of chi-squared with two degrees of freedom, -2 ln 0.01.
const JARQUE_BERA_LIMIT: f64 = 9.210_340_371_976_184;

/// The distribution of the forecast errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Law {
    /// Normal: the errors show nothing against it.
    Normal,
    /// The observed errors, because their skewness and kurtosis contradict a normal distribution.
    Empirical,
}

impl Law {
    /// The name used in documents.
    pub fn name(self) -> &'static str {
        match self {
            Law::Normal => "normal",
            Law::Empirical => "empirical",
        }
    }
}

/// One-step errors of a fit, on the values that it was fitted to.
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    /// Standard deviation.
    pub sigma: f64,
    /// Degrees of freedom of `sigma`.
    pub freedom: f64,
    /// The distribution of the errors.
    pub law: Law,
    /// The errors divided by `sigma`; all 0 if it is 0.
    pub scaled: Vec<f64>,
}

impl Spread {
    /// The spread of a fit on `y`, without the first tenth of the values, which only starts the
    /// recursion.
    pub fn of(fitted: &Fitted, y: &[f64]) -> Spread {
        let from = (y.len() / 10).max(2).min(y.len());
        let errors: Vec<f64> =
            fitted.one_step(y).iter().zip(y).skip(from).map(|(p, y)| y - p).collect();
        let freedom = errors.len().saturating_sub(fitted.parameters()).max(1) as f64;
        let sigma = (errors.iter().map(|e| e * e).sum::<f64>() / freedom).sqrt();
        let scale = if sigma > 0.0 { sigma } else { 1.0 };
        let scaled: Vec<f64> = errors.iter().map(|e| e / scale).collect();
        let law =
            if jarque_bera(&scaled) > JARQUE_BERA_LIMIT { Law::Empirical } else { Law::Normal };
        Spread { sigma, freedom, law, scaled }
    }

    /// Half width of an interval with miss rate `alpha`, in units of the spread h runs ahead: by
    /// Student's t, or by the conformal rank of the errors if these are not normal and there are
    /// enough of them.
    pub fn reach(&self, alpha: f64) -> f64 {
        let sizes: Vec<f64> = self.scaled.iter().map(|e| e.abs()).collect();
        let t = StudentsT::new(0.0, 1.0, self.freedom)
            .map_or(f64::INFINITY, |t| t.inverse_cdf(1.0 - alpha / 2.0));
        match (self.law, conformal::bound(&sizes, alpha)) {
            (Law::Empirical, Ok(bound)) if bound.is_finite() => bound,
            _ => t,
        }
    }
}

/// The Jarque-Bera statistic n (S^2 + K^2/4)/6 of skewness and excess kurtosis (Jarque and Bera
/// 1987); 0 without spread.
fn jarque_bera(values: &[f64]) -> f64 {
    let n = values.len() as f64;
    let mean = libchar_numeric::moments::mean(values);
    let moment = |k: i32| values.iter().map(|v| (v - mean).powi(k)).sum::<f64>() / n;
    let m2 = moment(2);
    if n < 8.0 || m2 <= 0.0 {
        return 0.0;
    }
    let (skewness, excess) = (moment(3) / m2.powf(1.5), moment(4) / (m2 * m2) - 3.0);
    n / 6.0 * (skewness * skewness + excess * excess / 4.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use libchar_numeric::draws::Draws;

    #[test]
    fn normal_errors_reach_students_t_and_long_tails_their_own_rank() {
        let mut draws = Draws::new(5, &["spread"]);
        let naive = Fitted::Ewma { weight: 1.0 };
        let walk = |shock: &mut dyn FnMut(u64) -> f64| -> Vec<f64> {
            let mut level = 0.0;
            (0..400)
                .map(|t| {
                    level += shock(t);
                    level
                })
                .collect()
        };
        let spread = Spread::of(&naive, &walk(&mut |t| draws.normal(t)));
        assert_eq!(spread.law, Law::Normal);
        assert!((spread.reach(0.05) - 1.966).abs() < 0.001, "{}", spread.reach(0.05));
        let spread = Spread::of(&naive, &walk(&mut |t| draws.normal(t).powi(3)));
        assert_eq!(spread.law, Law::Empirical);
        let inside = spread.scaled.iter().filter(|e| e.abs() <= spread.reach(0.05)).count();
        assert!((inside as f64 / spread.scaled.len() as f64 - 0.95).abs() < 0.01);
    }

    /// Ten values of 0 and one of 10 are a Bernoulli sample with p = 1/11: S = (1 - 2 p)/sqrt(p q),
    /// K = (1 - 6 p q)/(p q).
    #[test]
    fn the_statistic_of_a_single_peak() {
        let mut values = vec![0.0; 10];
        values.push(10.0);
        let (p, q) = (1.0 / 11.0f64, 10.0 / 11.0);
        let (s, k) = ((1.0 - 2.0 * p) / (p * q).sqrt(), (1.0 - 6.0 * p * q) / (p * q));
        assert!((jarque_bera(&values) - 11.0 / 6.0 * (s * s + k * k / 4.0)).abs() < 1e-9);
    }
}
