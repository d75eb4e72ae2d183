//! Individual charts that need more than zones: moving ranges, autocorrelation, operating characteristics.

use super::survival::mean_run_length;
use crate::error::SpcError;
use crate::normal::{cdf, interval, pdf};
use crate::quadrature::gauss_legendre;

/// Probability that one point of an X̄ chart with ±`width` sigma limits stays inside when the mean has moved by
/// `shift` process sigmas and subgroups have `n` values: β = Φ(w − δ√n) − Φ(−w − δ√n).
pub fn beta_risk(shift: f64, n: usize, width: f64) -> f64 {
    let moved = shift * (n as f64).sqrt();
    interval(-width - moved, width - moved)
}

/// Run length of an individuals chart (±`limit` sigma) and its moving-range chart (|step| ≤ `range_limit` sigma)
/// judged together, with the mean off by `shift`.
///
/// The density of the last point among the runs that have not alarmed is propagated on an even
/// grid. The moving-range limit is a window on that density, so each step needs only one running
/// sum. The trapezoidal error is below 1e-5 relative.
pub fn individuals_with_moving_range(limit: f64, range_limit: f64, shift: f64) -> f64 {
    const CELLS: usize = 800;
    let h = 2.0 * limit / CELLS as f64;
    let at = |i: usize| -limit + h * i as f64;
    let own: Vec<f64> = (0..=CELLS).map(|i| pdf(at(i) - shift)).collect();
    // Probability that the next point leaves the allowed window, summed over both tails.
    let leave: Vec<f64> = (0..=CELLS)
        .map(|i| {
            let (low, high) = ((at(i) - range_limit).max(-limit), (at(i) + range_limit).min(limit));
            cdf(low - shift) + cdf(shift - high)
        })
        .collect();
    let mut density: Vec<f64> = Vec::new();
    mean_run_length(true, |t| {
        if t == 1 {
            density = own.clone();
            return (1.0, cdf(-limit - shift) + cdf(shift - limit));
        }
        let leaving: Vec<f64> = density.iter().zip(&leave).map(|(f, p)| f * p).collect();
        let sums = running_integral(&density, h);
        let upto = |x: f64| interpolate(&sums, (x + limit) / h);
        density = own
            .iter()
            .enumerate()
            .map(|(i, f)| f * (upto(at(i) + range_limit) - upto(at(i) - range_limit)))
            .collect();
        (sums[CELLS], running_integral(&leaving, h)[CELLS])
    })
}

/// ∫ from the left end to each grid point by the trapezoidal rule.
fn running_integral(values: &[f64], h: f64) -> Vec<f64> {
    let mut sums = Vec::with_capacity(values.len());
    let mut sum = 0.0;
    sums.push(0.0);
    for pair in values.windows(2) {
        sum += 0.5 * h * (pair[0] + pair[1]);
        sums.push(sum);
    }
    sums
}

/// Linear interpolation at a fractional index, clamped to the ends.
fn interpolate(values: &[f64], at: f64) -> f64 {
    let last = values.len() - 1;
    if at <= 0.0 {
        return values[0];
    }
    let i = at as usize;
    if i >= last {
        return values[last];
    }
    values[i] + (at - i as f64) * (values[i + 1] - values[i])
}

/// In-control run length of an individuals chart with limits at ±`limit` *marginal* sigmas on a stationary AR(1)
/// process xₜ = φ xₜ₋₁ + √(1 − φ²) εₜ, |φ| < 1.
///
/// Holds for limits from the marginal sigma. M̄R/d2 instead shrinks by √(1 − φ), and such limits
/// alarm much more often.
pub fn autocorrelated(phi: f64, limit: f64) -> f64 {
    autocorrelated_shifted(phi, limit, 0.0)
}

/// Run length of a 3 sigma chart of the residuals of an AR(1) after a step of the mean by `shift`
/// sigma of the innovations: p(d) + (1 − p(d))(1 + 1/p(d(1 − φ))). The first residual shows the
/// step in full, all later ones show 1 − φ of it.
pub fn residual(phi: f64, limit: f64, shift: f64) -> f64 {
    let alarm = |d: f64| cdf(-limit - d) + cdf(-limit + d);
    let first = alarm(shift);
    first + (1.0 - first) * (1.0 + 1.0 / alarm(shift * (1.0 - phi)))
}

/// As [`autocorrelated`], with the mean off by `shift` marginal sigmas from the first point on.
pub fn autocorrelated_shifted(phi: f64, limit: f64, shift: f64) -> f64 {
    let noise = (1.0 - phi * phi).sqrt();
    let (low, high) = (-limit - shift, limit - shift);
    let nodes = gauss_legendre(((4.0 * limit / noise) as usize).clamp(40, 400), low, high);
    let mut density: Vec<f64> = Vec::new();
    mean_run_length(true, |t| {
        if t == 1 {
            density = nodes.iter().map(|(x, _)| pdf(*x)).collect();
            return (1.0, cdf(low) + cdf(-high));
        }
        let leave = |x: f64| cdf((low - phi * x) / noise) + cdf((phi * x - high) / noise);
        let alive: f64 = nodes.iter().zip(&density).map(|((_, w), f)| w * f).sum();
        let absorbed: f64 = nodes.iter().zip(&density).map(|((x, w), f)| w * f * leave(*x)).sum();
        density = nodes
            .iter()
            .map(|(y, _)| {
                let arriving = nodes.iter().zip(&density);
                arriving.map(|((x, w), f)| w * f * pdf((y - phi * x) / noise) / noise).sum()
            })
            .collect();
        (alive, absorbed)
    })
}

/// Checks that a chart can be designed for the run length `arl`.
pub(super) fn check_target(arl: f64) -> Result<(), SpcError> {
    if arl > 1.0 && arl <= 1e7 {
        return Ok(());
    }
    Err(SpcError::OutOfRange { name: "target ARL", value: arl, expected: "1 < ARL <= 1e7" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_correlation_or_range_limit_it_is_the_plain_chart() {
        let plain = 1.0 / (1.0 - interval(-3.0, 3.0));
        assert!((autocorrelated(0.0, 3.0) / plain - 1.0).abs() < 1e-9);
        assert!((individuals_with_moving_range(3.0, 100.0, 0.0) / plain - 1.0).abs() < 1e-5);
        assert!((1.0 / (1.0 - beta_risk(0.0, 5, 3.0)) / plain - 1.0).abs() < 1e-12);
    }
}
