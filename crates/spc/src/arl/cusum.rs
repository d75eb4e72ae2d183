//! Run lengths of the tabular CUSUM.

use super::Change;
use super::survival::mean_run_length;
use crate::error::SpcError;
use crate::normal::{cdf, pdf};
use crate::quadrature::{gauss_legendre, increasing_root};
use nalgebra::{DMatrix, DVector};

/// Run length of the two-sided CUSUM C⁺ = max(0, C⁺ + z − k), C⁻ = max(0, C⁻ − z − k) that alarms above `h`, with both
/// sides started at `head` (0, or h/2 for a fast initial response), all in sigma.
///
/// Combines one-sided run lengths as Lucas and Crosier (1982, Technometrics 24, 199–205) do. This
/// is exact as long as both sides cannot be above zero together, roughly for head ≤ h/2 + k.
pub fn cusum_arl(k: f64, h: f64, head: f64, shift: f64) -> Result<f64, SpcError> {
    check_design(k, h)?;
    if !(0.0..h).contains(&head) {
        return Err(SpcError::OutOfRange {
            name: "head start",
            value: head,
            expected: "0 <= head start < h",
        });
    }
    let (upper, lower) = (OneSided::solve(k, h, shift), OneSided::solve(k, h, -shift));
    let (up, up_zero) = (upper.arl(head), upper.arl(0.0));
    let (low, low_zero) = (lower.arl(head), lower.arl(0.0));
    // Divided by the zero-state run lengths, because their product may overflow.
    let rate = 1.0 / up_zero + 1.0 / low_zero;
    Ok((up / up_zero + low / low_zero - 1.0) / rate)
}

/// Run length of the upper side alone, under a step or a drift. Under a drift the side in its
/// direction is nearly the whole chart, because the other one hardly ever alarms first.
pub fn cusum_one_sided_arl(k: f64, h: f64, head: f64, change: Change) -> Result<f64, SpcError> {
    check_design(k, h)?;
    let nodes = gauss_legendre(node_count(h), 0.0, h);
    let mut before: Vec<(f64, f64)> = vec![(head, 1.0)];
    Ok(mean_run_length(change.is_constant(), |t| {
        let drift = change.mean(t) - k;
        let alive: f64 = before.iter().map(|(_, mass)| mass).sum();
        let absorbed: f64 = before.iter().map(|(c, mass)| mass * cdf(c + drift - h)).sum();
        let at_zero = before.iter().map(|(c, mass)| mass * cdf(-c - drift)).sum();
        let spread = nodes.iter().map(|(y, w)| {
            let density: f64 = before.iter().map(|(c, mass)| mass * pdf(y - c - drift)).sum();
            (*y, w * density)
        });
        before = std::iter::once((0.0, at_zero)).chain(spread).collect();
        (alive, absorbed)
    }))
}

/// Run length under a change: of both sides after a step, of the side in its direction under a
/// drift.
///
/// # Errors
/// Designs out of range.
pub fn cusum_arl_under(k: f64, h: f64, head: f64, change: Change) -> Result<f64, SpcError> {
    match change {
        Change::Step { sigma } => cusum_arl(k, h, head, sigma),
        Change::Ramp { slope } => {
            cusum_one_sided_arl(k, h, head, Change::Ramp { slope: slope.abs() })
        }
    }
}

/// Initial value of both sums in sigma: as stated, else h/2 for a fast initial response, else 0.
pub fn head_start(stated: Option<f64>, is_fast: bool, h: f64) -> f64 {
    stated.unwrap_or(if is_fast { h / 2.0 } else { 0.0 })
}

/// The decision interval h that gives a two-sided in-control run length of `arl`.
pub fn cusum_interval(k: f64, arl: f64) -> Result<f64, SpcError> {
    check_design(k, 1.0)?;
    super::shewhart::check_target(arl)?;
    let logarithm = |h: f64| Ok(cusum_arl(k, h, 0.0, 0.0)?.ln() - arl.ln());
    increasing_root(logarithm, 0.01, 1e-9)
}

/// The run length of one side as a function of the initial value of its sum.
struct OneSided {
    nodes: Vec<(f64, f64)>,
    /// L at 0, then at each node.
    values: DVector<f64>,
    drift: f64,
}

impl OneSided {
    /// Solves L(c) = 1 + L(0) Φ(−c − d) + ∫₀ʰ L(y) φ(y − c − d) dy with d = shift − k by Nyström's
    /// method.
    fn solve(k: f64, h: f64, shift: f64) -> Self {
        let nodes = gauss_legendre(node_count(h), 0.0, h);
        let drift = shift - k;
        let n = nodes.len() + 1;
        let at = |i: usize| if i == 0 { 0.0 } else { nodes[i - 1].0 };
        let matrix = DMatrix::from_fn(n, n, |row, column| {
            let kernel = match column {
                0 => cdf(-at(row) - drift),
                _ => nodes[column - 1].1 * pdf(at(column) - at(row) - drift),
            };
            f64::from(u8::from(row == column)) - kernel
        });
        let ones = DVector::from_element(n, 1.0);
        let values =
            matrix.lu().solve(&ones).unwrap_or_else(|| DVector::from_element(n, f64::INFINITY));
        Self { nodes, values, drift }
    }

    /// L(start), by the equation itself (Nyström's interpolation).
    fn arl(&self, start: f64) -> f64 {
        let spread: f64 = self
            .nodes
            .iter()
            .zip(self.values.iter().skip(1))
            .map(|((y, w), value)| w * pdf(y - start - self.drift) * value)
            .sum();
        1.0 + self.values[0] * cdf(-start - self.drift) + spread
    }
}

/// Number of nodes that resolves a kernel of unit width on [0, h].
fn node_count(h: f64) -> usize {
    ((6.0 * h) as usize).clamp(40, 400)
}

/// Checks that k ≥ 0 and h > 0.
pub fn check_design(k: f64, h: f64) -> Result<(), SpcError> {
    if !(0.0..=10.0).contains(&k) {
        return Err(SpcError::OutOfRange { name: "k", value: k, expected: "0 <= k <= 10 sigma" });
    }
    if !(h > 0.0 && h <= 100.0) {
        return Err(SpcError::OutOfRange { name: "h", value: h, expected: "0 < h <= 100 sigma" });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lucas and Crosier (1982), table 3: k = 1/2, h = 4, head start h/2, as printed.
    #[test]
    fn lucas_crosier_fast_initial_response() {
        for (shift, printed, slack) in
            [(0.0, 149.0, 0.5), (0.5, 20.1, 0.05), (1.0, 5.29, 0.005), (3.0, 1.33, 0.006)]
        {
            let arl = cusum_arl(0.5, 4.0, 2.0, shift).unwrap();
            assert!((arl - printed).abs() < slack, "{shift}: {arl}");
        }
    }

    #[test]
    fn one_sided_forms_agree() {
        let direct = OneSided::solve(0.5, 5.0, 0.3).arl(0.0);
        let followed = cusum_one_sided_arl(0.5, 5.0, 0.0, Change::Step { sigma: 0.3 }).unwrap();
        assert!((direct / followed - 1.0).abs() < 1e-8, "{direct} {followed}");
    }

    #[test]
    fn sums_start_where_they_are_told() {
        let starts = [(Some(1.0), true), (None, true), (None, false)];
        assert_eq!(starts.map(|(stated, fast)| head_start(stated, fast, 5.0)), [1.0, 2.5, 0.0]);
    }

    /// Hawkins (1993): h = 4.77 for k = 1/2 and an in-control run length of 370.
    #[test]
    fn design_for_370() {
        assert!((cusum_interval(0.5, 370.0).unwrap() - 4.774).abs() < 5e-4);
    }
}
