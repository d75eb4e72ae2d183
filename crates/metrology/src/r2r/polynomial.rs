//! Polynomials in the backshift operator `B`, lowest power first, and the variance of filtered
//! noise.

/// `p + scale * q * B^shift`.
pub fn add(p: &[f64], q: &[f64], scale: f64, shift: usize) -> Vec<f64> {
    let mut sum = p.to_vec();
    sum.resize(p.len().max(q.len() + shift), 0.0);
    q.iter().enumerate().for_each(|(i, q)| sum[i + shift] += scale * q);
    sum
}

/// `p * q`.
pub fn multiply(p: &[f64], q: &[f64]) -> Vec<f64> {
    let mut product = vec![0.0; (p.len() + q.len()).saturating_sub(1)];
    for (i, p) in p.iter().enumerate() {
        q.iter().enumerate().for_each(|(j, q)| product[i + j] += p * q);
    }
    product
}

/// Value at `B = 1`.
pub fn at_one(p: &[f64]) -> f64 {
    p.iter().sum()
}

/// `p / (1 - B)`; `None` if there is a remainder.
pub fn without_integrator(p: &[f64]) -> Option<Vec<f64>> {
    let scale = p.iter().fold(0.0_f64, |most, v| most.max(v.abs()));
    let mut sum = 0.0;
    let quotient: Vec<f64> = p[..p.len().saturating_sub(1)]
        .iter()
        .map(|v| {
            sum += v;
            sum
        })
        .collect();
    (at_one(p).abs() <= 1e-12 * scale).then_some(quotient)
}

/// Variance of `b(B)/a(B) eps` for white `eps` of variance 1; `None` if the filter is not stable.
///
/// # Formula
///
/// The recursion of Åström, "Introduction to stochastic control theory" (1970), section 5.2: it reduces the degree one at a
/// time, and all its leading coefficients are positive exactly when `a` is stable.
pub fn variance(b: &[f64], a: &[f64]) -> Option<f64> {
    let n = a.len().max(b.len());
    let pad = |p: &[f64]| {
        let mut p = p.to_vec();
        p.resize(n, 0.0);
        p
    };
    let (mut a, mut b) = (pad(a), pad(b));
    let first = a[0];
    let mut sum = 0.0;
    for k in (0..n).rev() {
        let lead = a[0];
        if lead <= 1e-14 * first || lead.is_nan() {
            return None;
        }
        sum += b[k] * b[k] / lead;
        let (alpha, beta) = (a[k] / lead, b[k] / lead);
        let reversed: Vec<f64> = a[..=k].iter().rev().copied().collect();
        for i in 0..k {
            a[i] -= alpha * reversed[i];
            b[i] -= beta * reversed[i];
        }
    }
    Some(sum / first)
}

/// Whether every root of `a` in `z = 1/B` lies inside the unit circle.
pub fn is_stable(a: &[f64]) -> bool {
    variance(&[1.0], a).is_some()
}

/// The first `count` terms of `b(B)/a(B)` applied to `input`.
pub fn filter(b: &[f64], a: &[f64], input: &[f64]) -> Vec<f64> {
    let mut output: Vec<f64> = Vec::with_capacity(input.len());
    for t in 0..input.len() {
        let moving: f64 = (0..b.len().min(t + 1)).map(|i| b[i] * input[t - i]).sum();
        let past: f64 = (1..a.len().min(t + 1)).map(|i| a[i] * output[t - i]).sum();
        output.push((moving - past) / a[0]);
    }
    output
}

#[cfg(test)]
mod tests {
    use super::*;

    /// AR(1): 1/(1 - phi^2); ARMA(1,1): (1 + theta^2 - 2 phi theta)/(1 - phi^2); AR(2) of Box and Jenkins, section 3.2.
    #[test]
    fn variances_of_known_filters() {
        let close = |found: Option<f64>, value: f64| {
            assert!((found.unwrap() / value - 1.0).abs() < 1e-13, "{found:?} {value}");
        };
        close(variance(&[1.0], &[1.0, -0.8]), 1.0 / 0.36);
        let (phi, theta) = (0.7, 0.4);
        let known = (1.0 + theta * theta - 2.0 * phi * theta) / (1.0 - phi * phi);
        close(variance(&[1.0, -theta], &[1.0, -phi]), known);
        let (p1, p2) = (0.75, -0.5);
        let known = (1.0 - p2) / ((1.0 + p2) * ((1.0_f64 - p2).powi(2) - p1 * p1));
        close(variance(&[1.0], &[1.0, -p1, -p2]), known);
        assert_eq!(variance(&[1.0], &[1.0, -1.0]), None);
        assert_eq!(variance(&[1.0], &[1.0, -2.5, 1.0]), None);
    }

    #[test]
    fn an_integrator_divides_out() {
        let p = multiply(&[1.0, -1.0], &[2.0, 0.5]);
        assert_eq!(without_integrator(&p), Some(vec![2.0, 0.5]));
        assert_eq!(without_integrator(&[1.0, -0.9]), None);
        assert_eq!(filter(&[1.0], &[1.0, -0.5], &[1.0, 0.0, 0.0]), [1.0, 0.5, 0.25]);
    }
}
