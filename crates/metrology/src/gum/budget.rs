//! The law of propagation of uncertainty (JCGM 100, 5.1.2 and 5.2.2), and the uncertainty budget.

use super::coverage::coverage_factor;
use super::quantity::Uncertain;

/// One line of a budget.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Name of the input quantity.
    pub source: String,
    /// Its estimate, uncertainty and distribution.
    pub quantity: Uncertain,
    /// Partial derivative of the result.
    pub sensitivity: f64,
    /// Its share of the combined variance without correlations, in percent.
    pub share_pct: f64,
}

/// A result with its combined uncertainty.
#[derive(Debug, Clone, PartialEq)]
pub struct Budget {
    /// The estimate.
    pub y: f64,
    /// Combined standard uncertainty.
    pub u_c: f64,
    /// Effective degrees of freedom (Welch and Satterthwaite, JCGM 100 G.4.1).
    pub dof: f64,
    /// Coverage factor.
    pub k: f64,
    /// Expanded uncertainty `k u_c`.
    pub expanded: f64,
    /// One row per input.
    pub rows: Vec<Row>,
}

impl Budget {
    /// Computes the budget from sensitivities; `correlations` has pairs of indices with their
    /// coefficient.
    ///
    /// # Formula
    /// `u_c² = Σ (c_i u_i)² + 2 Σ c_i c_j u_i u_j r_ij`; `ν = u_c⁴ / Σ ((c_i u_i)⁴ / ν_i)`.
    pub fn new(
        y: f64,
        inputs: Vec<(String, Uncertain, f64)>,
        correlations: &[(usize, usize, f64)],
        coverage: f64,
    ) -> Budget {
        let parts: Vec<f64> = inputs.iter().map(|(_, q, c)| c * q.u).collect();
        let own: f64 = parts.iter().map(|p| p * p).sum();
        let joint: f64 = correlations.iter().map(|(i, j, r)| 2.0 * r * parts[*i] * parts[*j]).sum();
        let u_c = (own + joint).max(0.0).sqrt();
        let spread: f64 = inputs
            .iter()
            .zip(&parts)
            .filter(|((_, q, _), _)| q.dof.is_finite())
            .map(|((_, q, _), p)| (p / u_c).powi(4) / q.dof)
            .sum();
        let dof = if u_c > 0.0 && spread > 0.0 { 1.0 / spread } else { f64::INFINITY };
        let k = coverage_factor(dof, coverage);
        let rows = inputs
            .into_iter()
            .zip(&parts)
            .map(|((source, quantity, sensitivity), part)| Row {
                source,
                quantity,
                sensitivity,
                share_pct: if own > 0.0 { 100.0 * part * part / own } else { 0.0 },
            })
            .collect();
        Budget { y, u_c, dof, k, expanded: k * u_c, rows }
    }
}

/// Step of a central difference: small compared with the uncertainty and the value, large compared
/// with rounding.
pub fn step(quantity: &Uncertain) -> f64 {
    let size = quantity.value.abs().max(quantity.u);
    if size > 0.0 { 1e-5 * size } else { 1e-5 }
}

/// Propagates through a function of all inputs, by central differences.
pub fn propagate(
    f: &dyn Fn(&[f64]) -> f64,
    inputs: &[(String, Uncertain)],
    correlations: &[(usize, usize, f64)],
    coverage: f64,
) -> Budget {
    let x: Vec<f64> = inputs.iter().map(|(_, q)| q.value).collect();
    let derivative = |i: usize| {
        let h = step(&inputs[i].1);
        let at = |shift: f64| {
            let mut moved = x.clone();
            moved[i] += shift;
            f(&moved)
        };
        (at(h) - at(-h)) / (2.0 * h)
    };
    let rows =
        inputs.iter().enumerate().map(|(i, (name, q))| (name.clone(), *q, derivative(i))).collect();
    Budget::new(f(&x), rows, correlations, coverage)
}

#[cfg(test)]
mod tests {
    use super::{Uncertain, propagate};

    #[test]
    fn example_h1_of_the_guide_has_its_effective_degrees_of_freedom() {
        // JCGM 100, H.1.6: an end gauge, u_c = 32 nm with 16.7 effective degrees of freedom, truncated to 16.
        let part = |u: f64, dof: f64| Uncertain { u, dof, ..Uncertain::exact(0.0) };
        let inputs = [(25.0, 18.0), (9.7, 25.6), (2.9, 50.0), (16.6, 2.0)]
            .map(|(u, dof)| (String::new(), part(u, dof)));
        let budget = propagate(&|x| x.iter().sum(), &inputs, &[], 0.99);
        assert!((budget.u_c - 31.7).abs() < 0.1, "{}", budget.u_c);
        assert!((budget.dof - 16.7).abs() < 0.5, "{}", budget.dof);
    }

    #[test]
    fn full_correlation_adds_uncertainties() {
        let inputs =
            [("a", 3.0), ("b", 4.0)].map(|(name, u)| (name.to_owned(), Uncertain::normal(1.0, u)));
        let sum = |x: &[f64]| x[0] + x[1];
        assert!((propagate(&sum, &inputs, &[(0, 1, 1.0)], 0.95).u_c - 7.0).abs() < 1e-8);
        assert!((propagate(&sum, &inputs, &[(0, 1, -1.0)], 0.95).u_c - 1.0).abs() < 1e-8);
    }
}
