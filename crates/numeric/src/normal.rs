//! The standard normal distribution.
//!
//! `erfc` is fdlibm's (libm), good to one unit in the last place; statrs 0.19 is off by 1e-11 near 1/√2.

#![expect(clippy::excessive_precision, reason = "coefficients are given as published")]

use libm::erfc;
use std::f64::consts::{FRAC_1_SQRT_2, TAU};

/// Density φ(z) = exp(−z²/2) / √(2π).
pub fn pdf(z: f64) -> f64 {
    (-0.5 * z * z).exp() / TAU.sqrt()
}

/// Distribution function Φ(z), accurate in both tails.
pub fn cdf(z: f64) -> f64 {
    0.5 * erfc(-z * FRAC_1_SQRT_2)
}

/// Upper tail 1 − Φ(z) without cancellation.
pub fn sf(z: f64) -> f64 {
    0.5 * erfc(z * FRAC_1_SQRT_2)
}

/// Probability of the interval (`lo`, `hi`), computed in the tail where it does not cancel.
pub fn interval(lo: f64, hi: f64) -> f64 {
    if lo > 0.0 { sf(lo) - sf(hi) } else { cdf(hi) - cdf(lo) }
}

/// Quantile Φ⁻¹(p) for 0 < p < 1 (±∞ at the ends, NaN outside), relative error about 1e-16.
///
/// Source: Wichura (1988), Algorithm AS 241 (PPND16), Applied Statistics 37, 477–484.
pub fn quantile(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180625 - q * q;
        return q * horner(r, &CENTRE_NUM) / horner(r, &CENTRE_DEN);
    }
    let tail = if q < 0.0 { p } else { 1.0 - p };
    if tail <= 0.0 || tail.is_nan() {
        return if tail == 0.0 { q.signum() * f64::INFINITY } else { f64::NAN };
    }
    let r = (-tail.ln()).sqrt();
    let z = if r <= 5.0 {
        horner(r - 1.6, &MIDDLE_NUM) / horner(r - 1.6, &MIDDLE_DEN)
    } else {
        horner(r - 5.0, &FAR_NUM) / horner(r - 5.0, &FAR_DEN)
    };
    if q < 0.0 { -z } else { z }
}

/// Polynomial with the highest power first.
fn horner(x: f64, coefficients: &[f64; 8]) -> f64 {
    coefficients.iter().fold(0.0, |sum, c| sum * x + c)
}

const CENTRE_NUM: [f64; 8] = [
    2.5090809287301226727e+3,
    3.3430575583588128105e+4,
    6.7265770927008700853e+4,
    4.5921953931549871457e+4,
    1.3731693765509461125e+4,
    1.9715909503065514427e+3,
    1.3314166789178437745e+2,
    3.3871328727963666080e+0,
];
const CENTRE_DEN: [f64; 8] = [
    5.2264952788528545610e+3,
    2.8729085735721942674e+4,
    3.9307895800092710610e+4,
    2.1213794301586595867e+4,
    5.3941960214247511077e+3,
    6.8718700749205790830e+2,
    4.2313330701600911252e+1,
    1.0,
];
const MIDDLE_NUM: [f64; 8] = [
    7.74545014278341407640e-4,
    2.27238449892691845833e-2,
    2.41780725177450611770e-1,
    1.27045825245236838258e+0,
    3.64784832476320460504e+0,
    5.76949722146069140550e+0,
    4.63033784615654529590e+0,
    1.42343711074968357734e+0,
];
const MIDDLE_DEN: [f64; 8] = [
    1.05075007164441684324e-9,
    5.47593808499534494600e-4,
    1.51986665636164571966e-2,
    1.48103976427480074590e-1,
    6.89767334985100004550e-1,
    1.67638483018380384940e+0,
    2.05319162663775882187e+0,
    1.0,
];
const FAR_NUM: [f64; 8] = [
    2.01033439929228813265e-7,
    2.71155556874348757815e-5,
    1.24266094738807843860e-3,
    2.65321895265761230930e-2,
    2.96560571828504891230e-1,
    1.78482653991729133580e+0,
    5.46378491116411436990e+0,
    6.65790464350110377720e+0,
];
const FAR_DEN: [f64; 8] = [
    2.04426310338993978564e-15,
    1.42151175831644588870e-7,
    1.84631831751005468180e-5,
    7.86869131145613259100e-4,
    1.48753612908506148525e-2,
    1.36929880922735805310e-1,
    5.99832206555887937690e-1,
    1.0,
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Φ and Φ⁻¹ at points printed to 15 digits in Wichura (1988) and Abramowitz & Stegun table 26.1.
    #[test]
    fn quantile_agrees_with_published_values() {
        assert!((quantile(0.25) - -0.674_489_750_196_081_7).abs() < 1e-15);
        assert!((quantile(0.001) - -3.090_232_306_167_814).abs() < 1e-14);
        assert!((quantile(1e-20) - -9.262_340_089_798_408).abs() < 1e-13);
        assert!((cdf(1.0) - 0.841_344_746_068_542_9).abs() < 2e-16);
    }

    #[test]
    fn quantile_inverts_the_distribution_function() {
        for i in -60..=60 {
            let z = f64::from(i) / 10.0;
            assert!((quantile(cdf(z)) - z).abs() < 1e-8 * (1.0 + z.abs()), "z = {z}");
        }
        assert_eq!(quantile(0.0), f64::NEG_INFINITY);
        assert_eq!(quantile(1.0), f64::INFINITY);
        assert!(quantile(1.5).is_nan() && quantile(f64::NAN).is_nan());
    }

    /// Abramowitz & Stegun, table 26.1.
    #[test]
    fn density_agrees_with_published_values() {
        assert!((pdf(0.0) - 0.398_942_280_401_433).abs() < 1e-15);
        assert!((pdf(2.0) - 0.053_990_966_513_188).abs() < 1e-15);
    }
}
