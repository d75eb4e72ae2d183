//! Gauss-Legendre rules, and the nodes of an integral over the source.

use std::f64::consts::PI;
use std::sync::OnceLock;

/// A quadrature rule on [-1, 1]: pairs of node and weight.
type Rule = Vec<(f64, f64)>;

/// The Gauss-Legendre rule of `n` points, exact for polynomials of degree 2n - 1.
///
/// Uses Newton's method on the Legendre recurrence, started from the asymptotic roots (Press et
/// al., Numerical Recipes, `gauleg`).
fn gauss_legendre(n: usize) -> Rule {
    let count = n as f64;
    let mut rule = vec![(0.0, 0.0); n];
    for i in 0..n.div_ceil(2) {
        let mut x = (PI * (i as f64 + 0.75) / (count + 0.5)).cos();
        let mut slope = 1.0;
        for _ in 0..60 {
            let (mut p, mut before) = (1.0, 0.0);
            for j in 0..n {
                let k = j as f64;
                (p, before) = (((2.0 * k + 1.0) * x * p - k * before) / (k + 1.0), p);
            }
            slope = count * (x * p - before) / (x * x - 1.0);
            let step = p / slope;
            x -= step;
            if step.abs() < 1e-15 {
                break;
            }
        }
        let weight = 2.0 / ((1.0 - x * x) * slope * slope);
        rule[i] = (-x, weight);
        rule[n - 1 - i] = (x, weight);
    }
    if n % 2 == 1 {
        rule[n / 2].0 = 0.0;
    }
    rule
}

/// The Gauss-Legendre rules by number of nodes, each computed at its first use.
static RULES: [OnceLock<Rule>; 192] = [const { OnceLock::new() }; 192];

/// The rule of `n` nodes, with `n` limited to the size of the table.
pub(crate) fn rule(n: usize) -> &'static [(f64, f64)] {
    let n = n.clamp(1, RULES.len() - 1);
    RULES[n].get_or_init(|| gauss_legendre(n))
}

/// Number of nodes that are processed together. Each lane has a sum of its own, so the compiler can
/// use vector instructions without reordering additions.
pub(crate) const LANES: usize = 8;

/// One value per lane.
pub(crate) type Lanes = [f64; LANES];

/// Points of the source and their weights, with separate arrays of coordinates for vector
/// instructions.
#[derive(Default)]
pub(crate) struct Nodes {
    x: Vec<f64>,
    y: Vec<f64>,
    weight: Vec<f64>,
}

impl Nodes {
    pub fn clear(&mut self) {
        self.x.clear();
        self.y.clear();
        self.weight.clear();
    }

    pub fn is_empty(&self) -> bool {
        self.x.is_empty()
    }

    pub fn push(&mut self, x: f64, y: f64, weight: f64) {
        self.x.push(x);
        self.y.push(y);
        self.weight.push(weight);
    }

    /// Coordinates and weights, eight nodes at a time; the last block is padded with nodes of
    /// weight zero.
    pub fn blocks(&mut self) -> impl Iterator<Item = (&Lanes, &Lanes, &Lanes)> {
        let full = self.x.len().next_multiple_of(LANES);
        let last = (self.x.last().copied(), self.y.last().copied());
        self.x.resize(full, last.0.unwrap_or(0.0));
        self.y.resize(full, last.1.unwrap_or(0.0));
        self.weight.resize(full, 0.0);
        let (x, y, weight) =
            (self.x.as_chunks().0, self.y.as_chunks().0, self.weight.as_chunks().0);
        x.iter().zip(y).zip(weight).map(|((x, y), weight)| (x, y, weight))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rule_is_exact_for_polynomials() {
        for n in [1, 2, 3, 7, 20, 65] {
            let rule = gauss_legendre(n);
            let degree = 2 * n as i32 - 2;
            let sum: f64 = rule.iter().map(|&(x, w)| w * x.powi(degree)).sum();
            let exact = 2.0 / f64::from(degree + 1);
            assert!((sum - exact).abs() < 1e-13, "{n}: {sum} against {exact}");
        }
    }
}
