//! Autoregression by least squares.

use super::Fitted;
use crate::LearnError;
use nalgebra::{DMatrix, DVector};

/// Greatest order that is tried.
const MOST_ORDER: usize = 5;

/// Fits the order with the smallest corrected Akaike criterion (Hurvich and Tsai 1989), n ln s2 + 2
/// k n/(n - k - 1), where the k parameters are the coefficients, mean and variance.
pub(super) fn fit(y: &[f64]) -> Result<Fitted, LearnError> {
    let mean = libchar_numeric::moments::mean(y);
    let z: Vec<f64> = y.iter().map(|v| v - mean).collect();
    // All orders are fitted to the same values; otherwise their criteria could not be compared.
    let most = MOST_ORDER.min(y.len() / 5).max(1);
    let target = DVector::from_column_slice(&z[most..]);
    let n = target.len() as f64;
    let mut best: Option<(f64, Vec<f64>)> = None;
    for order in 1..=most {
        let design = DMatrix::from_fn(target.len(), order, |row, lag| z[most + row - 1 - lag]);
        let Some(factor) = design.tr_mul(&design).cholesky() else { continue };
        let phi = factor.solve(&design.tr_mul(&target));
        let variance = (&target - &design * &phi).norm_squared() / n;
        let k = (order + 2) as f64;
        let penalty = 2.0 * k * n / (n - k - 1.0).max(1.0);
        let criterion = n * variance.max(f64::MIN_POSITIVE).ln() + penalty;
        if best.as_ref().is_none_or(|(least, _)| criterion < *least) {
            best = Some((criterion, phi.as_slice().to_vec()));
        }
    }
    let (_, phi) = best.ok_or(LearnError::Singular("the autoregression"))?;
    Ok(Fitted::Ar { mean, phi })
}

pub(super) fn psi(phi: &[f64], runs: usize) -> Vec<f64> {
    let mut psi: Vec<f64> = Vec::with_capacity(runs);
    for j in 0..runs {
        let past = phi.iter().take(j).enumerate().map(|(i, phi)| phi * psi[j - 1 - i]).sum();
        psi.push(if j == 0 { 1.0 } else { past });
    }
    psi
}

#[cfg(test)]
mod tests {
    use super::super::{Method, Track, fit};
    use libchar_numeric::draws::Draws;

    #[test]
    fn an_autoregression_is_found_and_returns_to_its_mean() {
        let mut draws = Draws::new(3, &["series", "ar"]);
        let mut y = vec![7.0];
        for t in 1..4000 {
            y.push(7.0 + 0.8 * (y[t - 1] - 7.0) + draws.normal(t as u64));
        }
        let fitted = fit(Method::Ar, &y).unwrap();
        let psi = fitted.psi(60);
        assert!((psi[1] - 0.8).abs() < 0.05, "{fitted:?}");
        let mut track = Track::new(&fitted, y[0]);
        y.iter().for_each(|y| track.learn(*y));
        assert!((track.ahead(60)[59] - 7.0).abs() < 0.5 && psi[59] < 0.01);
    }

    #[test]
    fn a_series_that_does_not_vary_has_none() {
        assert!(fit(Method::Ar, &[1.0; 40]).is_err());
        assert!(fit(Method::Ewma, &[1.0; 9]).is_err());
        assert!(fit(Method::Ewma, &[f64::NAN; 20]).is_err());
    }
}
