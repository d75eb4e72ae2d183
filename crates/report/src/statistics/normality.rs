//! Whether a sample may come from a normal distribution: a test by skewness and kurtosis together.

use libchar_numeric::moments;

/// K² of D'Agostino and Pearson and its p value; `None` for fewer than 20 values or no variation.
///
/// # Formula
/// K² = Z₁² + Z₂², p = exp(−K²/2), with Z₁ the normal deviate of the skewness (D'Agostino 1970, Biometrika 57, 679–681) and Z₂ that
/// of the kurtosis (Anscombe and Glynn 1983, Biometrika 70, 227–234).
pub fn test(values: &[f64]) -> Option<(f64, f64)> {
    if values.len() < 20 {
        return None;
    }
    let statistic = skewness_deviate(values)?.powi(2) + kurtosis_deviate(values)?.powi(2);
    Some((statistic, (-statistic / 2.0).exp()))
}

fn skewness_deviate(values: &[f64]) -> Option<f64> {
    let n = values.len() as f64;
    let y = moments::skewness(values)? * ((n + 1.0) * (n + 3.0) / (6.0 * (n - 2.0))).sqrt();
    let beta = 3.0 * (n * n + 27.0 * n - 70.0) * (n + 1.0) * (n + 3.0)
        / ((n - 2.0) * (n + 5.0) * (n + 7.0) * (n + 9.0));
    let w = (2.0 * (beta - 1.0)).sqrt() - 1.0;
    let alpha = (2.0 / (w - 1.0)).sqrt();
    Some((y / alpha).asinh() / (0.5 * w.ln()).sqrt())
}

fn kurtosis_deviate(values: &[f64]) -> Option<f64> {
    let n = values.len() as f64;
    let kurtosis = moments::excess_kurtosis(values)? + 3.0;
    let expected = 3.0 * (n - 1.0) / (n + 1.0);
    let variance = 24.0 * n * (n - 2.0) * (n - 3.0) / ((n + 1.0).powi(2) * (n + 3.0) * (n + 5.0));
    let x = (kurtosis - expected) / variance.sqrt();
    let root = 6.0 * (n * n - 5.0 * n + 2.0) / ((n + 7.0) * (n + 9.0))
        * (6.0 * (n + 3.0) * (n + 5.0) / (n * (n - 2.0) * (n - 3.0))).sqrt();
    let a = 6.0 + 8.0 / root * (2.0 / root + (1.0 + 4.0 / (root * root)).sqrt());
    let ratio = (1.0 - 2.0 / a) / (1.0 + x * (2.0 / (a - 4.0)).sqrt());
    Some((1.0 - 2.0 / (9.0 * a) - ratio.cbrt()) / (2.0 / (9.0 * a)).sqrt())
}

#[cfg(test)]
mod tests {
    use super::{kurtosis_deviate, skewness_deviate, test};

    /// The examples of scipy's documentation: skewtest([2, 8, 0, 4, 1, 9, 9, 0]) is 0.44626385374196975, and
    /// kurtosistest(0 … 19) is -1.7058104152122062.
    #[test]
    fn deviates_of_published_examples() {
        let skewed = [2.0, 8.0, 0.0, 4.0, 1.0, 9.0, 9.0, 0.0];
        assert!((skewness_deviate(&skewed).unwrap() - 0.446_263_853_741_969_75).abs() < 1e-12);
        let even: Vec<f64> = (0..20).map(f64::from).collect();
        assert!((kurtosis_deviate(&even).unwrap() + 1.705_810_415_212_206_2).abs() < 1e-12);
        assert!(test(&[1.0; 30]).is_none() && test(&even[..19]).is_none());
    }
}
