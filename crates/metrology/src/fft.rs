//! The discrete Fourier transform for any length: mixed radix, with a naive transform for each
//! prime factor.

use std::f64::consts::PI;

/// Real and imaginary part.
pub type Complex = (f64, f64);

/// `X_k = Σ x_n exp(-2 pi i k n / N)`.
pub fn transform(x: &[Complex]) -> Vec<Complex> {
    let n = x.len();
    let Some(radix) = (2..=n).find(|r| n.is_multiple_of(*r)) else { return x.to_vec() };
    let m = n / radix;
    let parts: Vec<Vec<Complex>> = (0..radix)
        .map(|r| transform(&x.iter().skip(r).step_by(radix).copied().collect::<Vec<_>>()))
        .collect();
    let twiddles: Vec<Complex> =
        (0..n).map(|k| (-2.0 * PI * k as f64 / n as f64).sin_cos()).map(|(s, c)| (c, s)).collect();
    (0..n)
        .map(|k| {
            (0..radix).fold((0.0, 0.0), |sum, r| {
                let ((a, b), (c, s)) = (parts[r][k % m], twiddles[(r * k) % n]);
                (sum.0 + a * c - b * s, sum.1 + a * s + b * c)
            })
        })
        .collect()
}

/// `|X_k|²` of real values.
pub fn power(x: &[f64]) -> Vec<f64> {
    let x: Vec<Complex> = x.iter().map(|x| (*x, 0.0)).collect();
    transform(&x).into_iter().map(|(re, im)| re * re + im * im).collect()
}

#[cfg(test)]
mod tests {
    use super::{Complex, power, transform};
    use std::f64::consts::PI;

    #[test]
    fn any_length_equals_the_definition_and_keeps_the_energy() {
        for n in [1usize, 2, 7, 12, 96, 121] {
            let x: Vec<Complex> = (0..n).map(|i| ((i * i % 17) as f64, (i % 5) as f64)).collect();
            let fast = transform(&x);
            for (k, value) in fast.iter().enumerate() {
                let slow = x.iter().enumerate().fold((0.0, 0.0), |sum, (i, (a, b))| {
                    let (s, c) = (-2.0 * PI * (k * i) as f64 / n as f64).sin_cos();
                    (sum.0 + a * c - b * s, sum.1 + a * s + b * c)
                });
                assert!((slow.0 - value.0).hypot(slow.1 - value.1) < 1e-8, "{n} {k}");
            }
            let real: Vec<f64> = x.iter().map(|v| v.0).collect();
            let energy: f64 = real.iter().map(|v| v * v).sum();
            assert!(
                (power(&real).iter().sum::<f64>() / n as f64 - energy).abs()
                    < 1e-9 * (1.0 + energy)
            );
        }
    }
}
