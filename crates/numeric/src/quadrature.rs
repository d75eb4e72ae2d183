//! Gauss–Legendre quadrature.

use std::f64::consts::PI;

/// Nodes and weights of the `n`-point Gauss–Legendre rule on [`lo`, `hi`], nodes ascending; none for `n` = 0.
///
/// Newton iteration on the Legendre polynomial Pₙ from Tricomi's starting values; exact for polynomials
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

/// ∫ f over [`lo`, `hi`] by the rule of `n` points.
pub fn integrate(mut f: impl FnMut(f64) -> f64, lo: f64, hi: f64, n: usize) -> f64 {
    gauss_legendre(n, lo, hi).into_iter().map(|(x, weight)| weight * f(x)).sum()
}

/// Pₙ(x) and its derivative by the three-term recurrence.
fn legendre(n: usize, x: f64) -> (f64, f64) {
    let (mut previous, mut current) = (1.0, x);
    for k in 2..=n {
        let k = k as f64;
        (previous, current) = (current, ((2.0 * k - 1.0) * x * current - (k - 1.0) * previous) / k);
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
            let found = integrate(|x| x.powi(degree as i32), 0.0, 1.0, n);
            assert!((found * (degree + 1) as f64 - 1.0).abs() < 1e-12, "n = {n}");
        }
    }

    /// Abramowitz & Stegun table 25.4, n = 5.
    #[test]
    fn published_nodes_and_weights() {
        let rule = gauss_legendre(5, -1.0, 1.0);
        let published = [
            (-0.906_179_845_938_664, 0.236_926_885_056_189),
            (-0.538_469_310_105_683, 0.478_628_670_499_366),
            (0.0, 0.568_888_888_888_889),
        ];
        for ((x, w), (node, weight)) in rule.iter().zip(published) {
            assert!((x - node).abs() < 1e-15 && (w - weight).abs() < 1e-15);
        }
        assert!(gauss_legendre(0, 0.0, 1.0).is_empty());
    }

    /// ∫₀^π sin x dx = 2.
    #[test]
    fn integrates_a_sine() {
        assert!((integrate(f64::sin, 0.0, PI, 12) - 2.0).abs() < 1e-14);
    }
}
