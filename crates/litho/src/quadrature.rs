//! Gauss-Legendre nodes, and nodes over a lit part of the pupil that converge to rounding.

use std::f64::consts::PI;

use crate::source::{Disc, Patch};

/// A quadrature rule on [-1, 1]: pairs of node and weight.
pub(crate) type Rule = Vec<(f64, f64)>;

/// The Gauss-Legendre rule of `n` points, exact for polynomials of degree 2n - 1.
///
/// Newton's method on the Legendre recurrence, started from the asymptotic roots (Press et al., Numerical Recipes, `gauleg`).
pub(crate) fn gauss_legendre(n: usize) -> Rule {
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

/// A point of the source and its weight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Node {
    pub x: f64,
    pub y: f64,
    pub weight: f64,
}

/// Nodes over the part of `patch` that lies in all of `pupils`, for an integrand that is even in y.
///
/// The region is split along x wherever one edge takes over from another, so that between two cuts its upper and lower
/// limits are single arcs. Where an arc closes it falls as a square root; x = a + (b - a)(1 - cos t)/2 makes that smooth
/// in t, so both rules converge geometrically. Weights sum to the region's area (only y >= 0 is sampled, at double weight).
pub(crate) fn region_nodes(
    patch: Patch,
    pupils: &[Disc],
    (along_x, along_y): (&Rule, &Rule),
    nodes: &mut Vec<Node>,
) {
    let hole = patch.hole;
    let mut limits = vec![patch.outer];
    limits.extend_from_slice(pupils);
    let low = limits.iter().map(|d| d.center - d.radius).fold(f64::NEG_INFINITY, f64::max);
    let high = limits.iter().map(|d| d.center + d.radius).fold(f64::INFINITY, f64::min);
    if low >= high {
        return;
    }
    let mut cuts = vec![low, high];
    for (i, a) in limits.iter().enumerate() {
        cuts.extend(limits[i + 1..].iter().filter_map(|b| a.crossing(*b)));
        cuts.extend(hole.and_then(|h| a.crossing(h)));
    }
    if let Some(h) = hole {
        cuts.extend([h.center - h.radius, h.center + h.radius]);
    }
    cuts.retain(|c| (low..=high).contains(c));
    cuts.sort_by(f64::total_cmp);
    for pair in cuts.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        if b - a < 1e-14 {
            continue;
        }
        let middle = f64::midpoint(a, b);
        let Some(top) =
            limits.iter().min_by(|p, q| p.half_height(middle).total_cmp(&q.half_height(middle)))
        else {
            continue;
        };
        let bottom = hole.filter(|h| h.half_height(middle) > 0.0);
        if bottom.is_some_and(|h| h.half_height(middle) >= top.half_height(middle)) {
            continue;
        }
        for &(u, wu) in along_x {
            let (sine, cosine) = (PI / 2.0 * (u + 1.0)).sin_cos();
            let x = a + (b - a) * 0.5 * (1.0 - cosine);
            let (y0, y1) = (bottom.map_or(0.0, |h| h.half_height(x)), top.half_height(x));
            let half = 0.5 * (y1 - y0);
            let weight = wu * PI / 4.0 * (b - a) * sine * half * 2.0;
            for &(v, wv) in along_y {
                nodes.push(Node { x, y: y0 + half * (v + 1.0), weight: weight * wv });
            }
        }
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

    /// The area that two unit discs at distance d share: 2 acos(d/2) - d/2 sqrt(4 - d^2).
    #[test]
    fn overlapping_discs_have_the_known_area() {
        let rules = (gauss_legendre(16), gauss_legendre(2));
        let unit = |center| Disc { center, radius: 1.0 };
        for d in [1e-3, 0.1, 0.5, 1.0, 1.5, 1.9, 1.999] {
            let mut nodes = Vec::new();
            let patch = Patch { outer: unit(0.0), hole: None };
            region_nodes(patch, &[unit(d)], (&rules.0, &rules.1), &mut nodes);
            let area: f64 = nodes.iter().map(|n| n.weight).sum();
            let exact = 2.0 * (d / 2.0_f64).acos() - d / 2.0 * (4.0 - d * d).sqrt();
            assert!((area - exact).abs() < 1e-13, "{d}: {area} against {exact}");
        }
    }
}
