//! Run lengths of MEWMA and MCUSUM for independent normal vectors whose mean and covariance are known.
//!
//! In control only the length of the state vector matters, so the integral equation has one
//! variable. Under a shift it has two: the component along the shift and the length across it
//! (Rigdon 1995).

use crate::error::SpcError;
use crate::normal;
use crate::quadrature::{gauss_legendre, increasing_root};
use nalgebra::{DMatrix, DVector};
use statrs::function::gamma::ln_gamma;
use std::f64::consts::FRAC_PI_2;

/// Zero-state run length of a MEWMA with limit `h` on T² with the asymptotic covariance; `shift` is
/// the Mahalanobis distance √(δ'Σ⁻¹δ) of the mean.
///
/// # Errors
/// Fewer than 2 variables, a weight outside (0, 1], a limit that is not positive.
pub fn mewma_arl(p: usize, lambda: f64, h: f64, shift: f64) -> Result<f64, SpcError> {
    super::ewma::check_lambda(lambda)?;
    check(p, "h", h)?;
    // The state is z/λ, so that the newest vector has unit covariance.
    let radius = (h / (lambda * (2.0 - lambda))).sqrt();
    let keep = 1.0 - lambda;
    if shift == 0.0 {
        let nodes = gauss_legendre(80, 0.0, radius);
        return solve(
            &nodes,
            |from, to| chi_density(p, to, keep * from),
            |to| chi_density(p, to, 0.0),
        );
    }
    // The variable is the angle from the shift's direction, in which the integrand is smooth up to
    // the poles.
    let along = gauss_legendre(36, -FRAC_PI_2, FRAC_PI_2);
    let nodes: Vec<(f64, f64, f64)> = along
        .iter()
        .flat_map(|(angle, w)| {
            let (a, across) = (radius * angle.sin(), radius * angle.cos());
            let wa = w * across;
            gauss_legendre(18, 0.0, across).into_iter().map(move |(b, wb)| (a, b, wa * wb))
        })
        .collect();
    let density = |a: f64, b: f64, to: &(f64, f64, f64)| {
        normal::pdf(to.0 - keep * a - shift) * chi_density(p - 1, to.1, keep * b)
    };
    let n = nodes.len();
    let matrix = DMatrix::from_fn(n, n, |i, j| {
        f64::from(u8::from(i == j)) - nodes[j].2 * density(nodes[i].0, nodes[i].1, &nodes[j])
    });
    let lengths = matrix.lu().solve(&DVector::from_element(n, 1.0)).ok_or_else(unsolved)?;
    Ok(1.0 + (0..n).map(|j| nodes[j].2 * density(0.0, 0.0, &nodes[j]) * lengths[j]).sum::<f64>())
}

/// The limit h of a MEWMA with in-control run length `target`.
///
/// # Errors
/// As [`mewma_arl`], or a run length that no limit has.
pub fn mewma_limit(p: usize, lambda: f64, target: f64) -> Result<f64, SpcError> {
    if !(target > 1.0 && target <= 1e8) {
        let expected = "1 < ARL <= 1e8";
        return Err(SpcError::OutOfRange { name: "target ARL", value: target, expected });
    }
    increasing_root(|h| Ok(mewma_arl(p, lambda, h, 0.0)?.ln() - target.ln()), 0.1, 1e-10)
}

/// Zero-state in-control run length of Crosier's MCUSUM.
///
/// # Errors
/// Fewer than 2 variables, k or h out of range.
pub fn mcusum_arl(p: usize, k: f64, h: f64) -> Result<f64, SpcError> {
    super::cusum::check_design(k, h)?;
    check(p, "h", h)?;
    // The length of the sum is max(0, |S + x| − k): it has a point mass at 0 and a density above.
    let nodes = gauss_legendre(100, 0.0, h);
    let n = nodes.len();
    let stays = |from: f64| -> f64 {
        gauss_legendre(40, 0.0, k).iter().map(|(c, w)| w * chi_density(p, *c, from)).sum()
    };
    let at = |i: usize| if i == 0 { 0.0 } else { nodes[i - 1].0 };
    let matrix = DMatrix::from_fn(n + 1, n + 1, |i, j| {
        let moves = match j {
            0 => stays(at(i)),
            _ => nodes[j - 1].1 * chi_density(p, nodes[j - 1].0 + k, at(i)),
        };
        f64::from(u8::from(i == j)) - moves
    });
    let lengths = matrix.lu().solve(&DVector::from_element(n + 1, 1.0)).ok_or_else(unsolved)?;
    Ok(lengths[0])
}

fn unsolved() -> SpcError {
    SpcError::Invalid("the run length is too long to compute".to_owned())
}

fn check(p: usize, name: &'static str, h: f64) -> Result<(), SpcError> {
    if p < 2 {
        let what = "a chart of several variables";
        return Err(SpcError::TooFew { what, needed: 2, unit: "variables", found: p });
    }
    if !(h > 0.0 && h < 1e4) {
        return Err(SpcError::OutOfRange { name, value: h, expected: "0 < h < 10000" });
    }
    Ok(())
}

/// Solves L(r) = 1 + ∫ L(u) f(u|r) du on nodes and returns its value at the start.
fn solve(
    nodes: &[(f64, f64)],
    density: impl Fn(f64, f64) -> f64,
    start: impl Fn(f64) -> f64,
) -> Result<f64, SpcError> {
    let n = nodes.len();
    let matrix = DMatrix::from_fn(n, n, |i, j| {
        f64::from(u8::from(i == j)) - nodes[j].1 * density(nodes[i].0, nodes[j].0)
    });
    let lengths = matrix.lu().solve(&DVector::from_element(n, 1.0)).ok_or_else(unsolved)?;
    Ok(1.0 + nodes.iter().zip(lengths.iter()).map(|((u, w), l)| w * start(*u) * l).sum::<f64>())
}

/// Density at `c` of the length of a unit normal vector of `p` variables about a point at distance `from`.
///
/// A Poisson mixture of χ densities, summed outwards from its largest term.
fn chi_density(p: usize, c: f64, from: f64) -> f64 {
    if c <= 0.0 {
        return if p == 1 { 2.0 * normal::pdf(from) } else { 0.0 };
    }
    let (half, rate, x) = (p as f64 / 2.0, from * from / 2.0, c * c / 2.0);
    let term = |j: f64| {
        let weight = if rate > 0.0 { j * rate.ln() - ln_gamma(j + 1.0) } else { 0.0 };
        let density = (half + j - 1.0) * x.ln() - ln_gamma(half + j);
        (weight + density - rate - x).exp()
    };
    if rate == 0.0 {
        return c * term(0.0);
    }
    // The ratio of term j + 1 to term j is rate·x / ((j + 1)(half + j)).
    let top = ((half * half - 2.0 * half + 1.0 + 4.0 * rate * x).sqrt() - half).max(0.0) / 2.0;
    let top = top.floor();
    let peak = term(top);
    let mut total = peak;
    let (mut value, mut j) = (peak, top);
    while value > 1e-17 * total {
        value *= rate * x / ((j + 1.0) * (half + j));
        total += value;
        j += 1.0;
    }
    (value, j) = (peak, top);
    while j > 0.0 && value > 1e-17 * total {
        value *= j * (half + j - 1.0) / (rate * x);
        total += value;
        j -= 1.0;
    }
    c * total
}

#[cfg(test)]
mod tests {
    use super::*;

    /// R package spc 0.6.7, mewma.arl (its `delta` is the square of the shift) and mewma.crit; Crosier (1988) for MCUSUM.
    #[test]
    fn published_run_lengths() {
        let h = mewma_limit(2, 0.1, 200.0).unwrap();
        assert!((h / 8.633_580_643_544_08 - 1.0).abs() < 1e-5, "{h}");
        let arl = mewma_arl(3, 0.2, 14.030_559_925_646_7, 1.0).unwrap();
        assert!((arl / 14.759_837_026 - 1.0).abs() < 2e-4, "{arl}");
        let arl = mcusum_arl(2, 0.5, 5.5).unwrap();
        assert!((arl / 201.25 - 1.0).abs() < 5e-3, "{arl}");
    }
}
