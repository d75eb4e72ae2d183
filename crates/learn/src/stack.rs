//! Weights of the ensemble's members, fitted to rows that the members were not fitted on.

use nalgebra::{DMatrix, DVector};

/// Share of the held-out squared error by which a further member must reduce it to get a weight.
const WORTH: f64 = 2e-3;

/// Non-negative weights `w` for which `sum_m w_m members[m]` comes closest to `wanted` in least squares.
///
/// All subsets are tried (there are few members), so the optimum is exact. Of the subsets within
/// [`WORTH`] of the best, the one with the fewest members is used; the other members get weight 0.
pub fn weights(members: &[Vec<f64>], wanted: &[f64]) -> Vec<f64> {
    let none: f64 = wanted.iter().map(|y| y * y).sum();
    let mut best_of_size: Vec<(f64, Vec<f64>)> = vec![(none, vec![0.0; members.len()])];
    for size in 1..=members.len() {
        let mut best: Option<(f64, Vec<f64>)> = None;
        for subset in (0u32..1 << members.len()).filter(|s| s.count_ones() as usize == size) {
            let chosen: Vec<usize> =
                (0..members.len()).filter(|m| subset & (1 << m) != 0).collect();
            let Some((error, weights)) = fit(members, &chosen, wanted) else { continue };
            if best.as_ref().is_none_or(|b| error < b.0) {
                best = Some((error, weights));
            }
        }
        best_of_size.extend(best);
    }
    let least = best_of_size.iter().map(|b| b.0).fold(f64::INFINITY, f64::min);
    let good = best_of_size.into_iter().find(|b| b.0 <= least * (1.0 + WORTH) + 1e-300);
    good.map_or_else(|| vec![0.0; members.len()], |b| b.1)
}

/// Least squares on the chosen members; `None` unless all weights are positive.
fn fit(members: &[Vec<f64>], chosen: &[usize], wanted: &[f64]) -> Option<(f64, Vec<f64>)> {
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
    let gram = DMatrix::from_fn(chosen.len(), chosen.len(), |i, j| {
        product(&members[chosen[i]], &members[chosen[j]])
    });
    let right =
        DVector::from_iterator(chosen.len(), chosen.iter().map(|&m| product(&members[m], wanted)));
    let solution = gram.cholesky()?.solve(&right);
    if solution.iter().any(|w| !(w.is_finite() && *w > 0.0)) {
        return None;
    }
    let mut weights = vec![0.0; members.len()];
    for (&m, w) in chosen.iter().zip(solution.iter()) {
        weights[m] = *w;
    }
    let error = wanted
        .iter()
        .enumerate()
        .map(|(i, y)| {
            let sum: f64 = members.iter().zip(&weights).map(|(m, w)| w * m[i]).sum();
            (y - sum).powi(2)
        })
        .sum();
    Some((error, weights))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn helpful_members_are_found_and_the_rest_get_nothing() {
        let a: Vec<f64> = (0..100).map(|i| (i as f64 * 0.37).sin()).collect();
        let b: Vec<f64> = (0..100).map(|i| (i as f64 * 0.11).cos()).collect();
        let opposite: Vec<f64> = a.iter().map(|v| -v).collect();
        let wanted: Vec<f64> = a.iter().zip(&b).map(|(x, y)| 0.7 * x + 0.2 * y).collect();
        let found = weights(&[a, opposite, b], &wanted);
        assert!((found[0] - 0.7).abs() < 1e-9 && found[1] == 0.0 && (found[2] - 0.2).abs() < 1e-9);
    }

    #[test]
    fn useless_members_leave_the_start_alone() {
        let wanted: Vec<f64> = (0..50).map(|i| f64::from(i % 2) - 0.5).collect();
        let flat = vec![1.0; 50];
        assert_eq!(weights(&[flat, vec![0.0; 50]], &wanted), [0.0, 0.0]);
    }
}
