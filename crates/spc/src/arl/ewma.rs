//! Run lengths of the EWMA chart.

use super::Change;
use super::survival::mean_run_length;
use crate::error::SpcError;
use crate::normal::{cdf, pdf};
use crate::quadrature::gauss_legendre;

/// Whether the limits widen with the variance of the first points or have their final width from
/// the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EwmaLimits {
    /// ±L √(λ/(2−λ) (1 − (1−λ)²ⁱ)): the exact variance of point i.
    Exact,
    /// ±L √(λ/(2−λ)) throughout.
    Asymptotic,
}

crate::words::words! {
    EwmaLimits { Exact = "exact", Asymptotic = "asymptotic" }
}

/// Zero-state, two-sided run length of an EWMA zᵢ = λ xᵢ + (1−λ) zᵢ₋₁ with limits ±`width` sigma of z.
///
/// The density of z among the runs that have not alarmed yet is propagated on Gauss–Legendre nodes
/// that move with the limits. Growing limits and a moving mean therefore need no special case.
/// Valid for 0 < λ ≤ 1 and width > 0; about eight digits.
pub fn ewma_arl(
    lambda: f64,
    width: f64,
    limits: EwmaLimits,
    change: Change,
) -> Result<f64, SpcError> {
    check_lambda(lambda)?;
    if !(width > 0.0 && width < 20.0) {
        let expected = "0 < width < 20 sigma of the EWMA";
        return Err(SpcError::OutOfRange { name: "width", value: width, expected });
    }
    let final_half = width * (lambda / (2.0 - lambda)).sqrt();
    let half = |t: usize| match limits {
        EwmaLimits::Asymptotic => final_half,
        EwmaLimits::Exact => final_half * (1.0 - (1.0 - lambda).powi(2 * t as i32)).sqrt(),
    };
    let count = ((4.0 * final_half / lambda) as usize).clamp(40, 600);
    let unit = gauss_legendre(count, -1.0, 1.0);
    let keep = 1.0 - lambda;
    // Masses (weight times density) at the nodes of the previous step; at the start all mass sits
    // at 0.
    let mut before: Vec<(f64, f64)> = vec![(0.0, 1.0)];
    let (mut kernel, mut settled) = (Vec::new(), f64::NAN);
    Ok(mean_run_length(change.is_constant(), |t| {
        let (mean, c) = (change.mean(t), half(t));
        let leave = |z: f64| {
            let centre = keep * z + lambda * mean;
            cdf((-c - centre) / lambda) + cdf((centre - c) / lambda)
        };
        let alive: f64 = before.iter().map(|(_, mass)| mass).sum();
        let absorbed: f64 = before.iter().map(|(z, mass)| mass * leave(*z)).sum();
        let arrive = |y: f64, w: f64, z: f64| w * pdf((y - keep * z) / lambda - mean) / lambda;
        // Once the limits no longer move, every step uses the same kernel matrix.
        let still = t > 1 && change.is_constant() && c == settled;
        if still && kernel.is_empty() {
            kernel = unit
                .iter()
                .flat_map(|&(u, w)| before.iter().map(move |(z, _)| arrive(c * u, c * w, *z)))
                .collect();
        }
        let after = if still {
            unit.iter()
                .zip(kernel.chunks_exact(before.len()))
                .map(|(&(u, _), row)| {
                    let mass = row.iter().zip(&before).map(|(k, (_, mass))| k * mass).sum();
                    (c * u, mass)
                })
                .collect()
        } else {
            unit.iter()
                .map(|&(u, w)| {
                    let mass = before.iter().map(|(z, mass)| mass * arrive(c * u, c * w, *z)).sum();
                    (c * u, mass)
                })
                .collect()
        };
        settled = c;
        before = after;
        (alive, absorbed)
    }))
}

/// The width L that gives an in-control run length of `arl`.
pub fn ewma_width(lambda: f64, arl: f64, limits: EwmaLimits) -> Result<f64, SpcError> {
    check_lambda(lambda)?;
    super::shewhart::check_target(arl)?;
    let logarithm = |width: f64| Ok(ewma_arl(lambda, width, limits, Change::NONE)?.ln() - arl.ln());
    crate::quadrature::increasing_root(logarithm, 0.05, 1e-10)
}

/// Checks that 0 < λ ≤ 1.
pub fn check_lambda(lambda: f64) -> Result<(), SpcError> {
    if lambda > 0.0 && lambda <= 1.0 {
        return Ok(());
    }
    Err(SpcError::OutOfRange { name: "lambda", value: lambda, expected: "0 < lambda <= 1" })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lucas and Saccucci (1990), Technometrics 32, table 1: ARL 500 designs, as printed.
    #[test]
    fn lucas_saccucci_designs() {
        for (lambda, width, shift, printed, slack) in [
            (0.5, 3.071, 0.0, 500.0, 0.5),
            (0.5, 3.071, 1.0, 17.5, 0.05),
            (0.03, 2.437, 1.0, 12.6, 0.05),
        ] {
            let change = Change::Step { sigma: shift };
            let arl = ewma_arl(lambda, width, EwmaLimits::Asymptotic, change).unwrap();
            assert!((arl - printed).abs() < slack, "{lambda} {shift}: {arl}");
        }
    }

    #[test]
    fn with_lambda_one_it_is_a_shewhart_chart() {
        let arl = ewma_arl(1.0, 3.0, EwmaLimits::Exact, Change::NONE).unwrap();
        assert!((arl - 370.398_347_344_956).abs() < 1e-6, "{arl}");
    }

    #[test]
    fn parameters_out_of_range_are_refused() {
        for (lambda, width) in
            [(0.0, 3.0), (1.1, 3.0), (f64::NAN, 3.0), (0.2, 0.0), (0.2, f64::INFINITY)]
        {
            assert!(ewma_arl(lambda, width, EwmaLimits::Exact, Change::NONE).is_err());
        }
    }
}
