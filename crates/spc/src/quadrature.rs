//! Gauss–Legendre quadrature, the workhorse of the integral equations in this crate.

use std::f64::consts::PI;

/// Nodes and weights of the `n`-point Gauss–Legendre rule on [`lo`, `hi`], nodes ascending.
///
/// Newton iteration on the Legendre polynomial P_n from Tricomi's starting values; exact for polynomials
/// of degree 2n − 1.
pub fn gauss_legendre(n: usize, lo: f64, hi: f64) -> Vec<(f64, f64)> {
    let mut rule = vec![(0.0, 0.0); n];
    let (half, middle) = ((hi - lo) / 2.0, (hi + lo) / 2.0);
    for i in 0..n.div_ceil(2) {
        let mut x = (PI * (i as f64 + 0.75) / (n as f64 + 0.5)).cos();
        let mut derivative = 1.0;
        for _ in 0..100 {
            let (value, slope) = legendre(n, x);
            derivative = slope;
            let step = value / slope;
            x -= step;
            if step.abs() < 1e-15 {
                break;
            }
        }
        let weight = 2.0 / ((1.0 - x * x) * derivative * derivative) * half;
        rule[i] = (middle - half * x, weight);
        rule[n - 1 - i] = (middle + half * x, weight);
    }
    rule
}

/// P_n(x) and its derivative by the three-term recurrence.
fn legendre(n: usize, x: f64) -> (f64, f64) {
    let (mut previous, mut current) = (1.0, x);
    for k in 2..=n {
        let k = k as f64;
        (previous, current) = (current, ((2.0 * k - 1.0) * x * current - (k - 1.0) * previous) / k);
    }
    if n == 0 {
        return (1.0, 0.0);
    }
    (current, n as f64 * (x * current - previous) / (x * x - 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integrates_polynomials_of_degree_2n_minus_1_exactly() {
        for n in 1..40 {
            let degree = 2 * n - 1;
            let sum: f64 =
                gauss_legendre(n, 0.0, 1.0).iter().map(|(x, w)| w * x.powi(degree as i32)).sum();
            assert!((sum * (degree + 1) as f64 - 1.0).abs() < 1e-12, "n = {n}");
        }
    }
}
