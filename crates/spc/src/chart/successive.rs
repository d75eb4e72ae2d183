//! Limits of T² whose covariance comes from successive differences.
//!
//! With this covariance T² has no closed-form distribution: the beta and F limits of the sample
//! covariance alarm two to three times too often, and a beta with fewer degrees of freedom
//! (Sullivan and Woodall 1996) alarms far too rarely. The tail is therefore computed by a
//! conditional expectation: the other rows are drawn at random, and given them the probability that
//! the judged row lies beyond the limit is exact. A few thousand draws then leave an error below
//! one per cent of the rate.

use crate::distribution::{chi2_quantile, chi2_sf, f_quantile};
use crate::normal;
use nalgebra::{Cholesky, DMatrix, DVector};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use rayon::prelude::*;

/// With more Phase I rows than this, the limits for many rows are exact to one per cent of the
/// rate.
const MANY_ROWS: usize = 400;
/// Judged positions in each draw of the other rows. The scatter comes from the covariance of a
/// draw, so few positions of many draws are better than the opposite.
const POSITIONS: usize = 4;

/// Number of draws: an error of the rate of about one per cent for few rows; fewer draws for many
/// rows, where the limit is close to its asymptote anyway.
fn draws(p: usize, m: usize) -> usize {
    (6_000_000 / (p * m)).clamp(2_000, 40_000)
}

/// Upper limit of T² for the `m` Phase I rows of `p` variables themselves.
pub(super) fn phase_one(p: usize, m: usize, confidence: f64) -> f64 {
    let wide = chi2_quantile(confidence, p as f64);
    if m > MANY_ROWS {
        return wide;
    }
    let draws: Vec<Conditional> =
        (0..draws(p, m)).into_par_iter().flat_map_iter(|draw| judged_rows(p, m, draw)).collect();
    solve(1.0 - confidence, wide, |limit| {
        draws.iter().map(|draw| draw.beyond(limit, p, m)).sum::<f64>() / draws.len() as f64
    })
}

/// Upper limit of T² for a new row.
pub(super) fn phase_two(p: usize, m: usize, confidence: f64) -> f64 {
    let (of_p, of_m) = (p as f64, m as f64);
    // A Wishart matrix with these degrees of freedom has nearly the same first two moments.
    let freedom = 2.0 * (of_m - 1.0).powi(2) / (3.0 * of_m - 4.0);
    let factor = of_p * (1.0 + 1.0 / of_m) * freedom / (freedom - of_p + 1.0).max(1.0);
    let near = factor * f_quantile(confidence, of_p, (freedom - of_p + 1.0).max(1.0));
    if m > MANY_ROWS {
        return near;
    }
    // The direction of a new row is independent of the covariance, so its T² is (1 + 1/m) χ² times
    // the first element of the inverse.
    let inverses: Vec<f64> = (0..draws(p, m))
        .into_par_iter()
        .filter_map(|draw| {
            let (_, s) = rows_and_covariance(p, m, draw);
            Some(Cholesky::new(s)?.inverse()[(0, 0)] * (1.0 + 1.0 / of_m))
        })
        .collect();
    solve(1.0 - confidence, near, |limit| {
        let tail = inverses.iter().map(|inverse| chi2_sf(limit / inverse, of_p)).sum::<f64>();
        tail / inverses.len() as f64
    })
}

/// The limit at which a decreasing `rate` equals `wanted`; the search starts at `near`.
fn solve(wanted: f64, near: f64, rate: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (near / 2.0, near);
    while rate(low) < wanted && low > 1e-9 {
        low /= 2.0;
    }
    while rate(high) > wanted && high < 1e9 {
        (low, high) = (high, high * 1.5);
    }
    for _ in 0..40 {
        let middle = f64::midpoint(low, high);
        if rate(middle) > wanted {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

/// Standard normal rows (m × p) and their covariance from successive differences.
fn rows_and_covariance(p: usize, m: usize, draw: usize) -> (DMatrix<f64>, DMatrix<f64>) {
    let mut random = ChaCha8Rng::seed_from_u64(0x7432);
    random.set_stream(draw as u64);
    let mut gauss = || {
        let u = ((random.next_u64() >> 11) as f64 + 0.5) * (1.0 / (1u64 << 53) as f64);
        normal::quantile(u)
    };
    let rows = DMatrix::from_fn(m, p, |_, _| gauss());
    let mut s = DMatrix::zeros(p, p);
    for i in 1..m {
        let step = rows.row(i) - rows.row(i - 1);
        s += step.transpose() * step;
    }
    (rows, s / (2.0 * (m as f64 - 1.0)))
}

/// T² of a row at distance r from the mean along one axis, given everything that is independent of
/// r: r²/(a r² + 2 b r + c).
struct Conditional {
    a: f64,
    b: f64,
    c: f64,
}

impl Conditional {
    /// Probability that T² is above `limit`: r² is (1 − 1/m) χ²_p, and both signs of r are equally
    /// likely.
    fn beyond(&self, limit: f64, p: usize, m: usize) -> f64 {
        let scale = 1.0 - 1.0 / m as f64;
        let tail = |r: f64| if r <= 0.0 { 1.0 } else { chi2_sf(r * r / scale, p as f64) };
        // T² > L where (1 − aL) r² − 2bL r − cL > 0.
        let (open, c) = (1.0 - self.a * limit, self.c * limit);
        let side = |b: f64| {
            let b = b * limit;
            let root = b * b + open * c;
            if open > 0.0 {
                tail((b + root.sqrt()) / open)
            } else if b < 0.0 && root > 0.0 {
                // The region between both roots.
                tail((-b - root.sqrt()) / -open) - tail((-b + root.sqrt()) / -open)
            } else {
                0.0
            }
        };
        0.5 * (side(self.b) + side(-self.b))
    }
}

/// The conditional distributions of some rows of one draw: all rows of a short chart, else twelve
/// spread over the chart, with the ends represented in proportion.
fn judged_rows(p: usize, m: usize, draw: usize) -> Vec<Conditional> {
    let (rows, s) = rows_and_covariance(p, m, draw);
    let count = POSITIONS.min(m);
    (0..count).filter_map(|k| conditional(&rows, &s, (k * m + draw % m) / count % m)).collect()
}

/// With y = xᵢ − x̄ = r u and the rest X⊥ independent of y: S = α yyᵀ + y gᵀ + g yᵀ + S⊥, so along u = e₁ the
/// reciprocal of u'S⁻¹u (a Schur complement) is a quadratic in r.
fn conditional(rows: &DMatrix<f64>, s: &DMatrix<f64>, i: usize) -> Option<Conditional> {
    let (m, p) = rows.shape();
    let scale = 2.0 * (m as f64 - 1.0);
    let norm = 1.0 - 1.0 / m as f64;
    let y: DVector<f64> = (rows.row(i) - rows.row_mean()).transpose();
    // h = XᵀB eᵢ and eᵢᵀB eᵢ, where B is the matrix of squared successive differences.
    let mut h = DVector::zeros(p);
    let mut own = 0.0;
    for j in [i.checked_sub(1), (i + 1 < m).then_some(i + 1)].into_iter().flatten() {
        h += (rows.row(i) - rows.row(j)).transpose() / scale;
        own += 1.0 / scale;
    }
    let g = (&h - &y * (own / norm)) / norm;
    let rest = s - (&h * y.transpose() + &y * h.transpose()) / norm
        + &y * y.transpose() * (own / (norm * norm));
    let alpha = own / (norm * norm);
    if p == 1 {
        return Some(Conditional { a: alpha, b: g[0], c: rest[(0, 0)] });
    }
    let block = Cholesky::new(rest.view((1, 1), (p - 1, p - 1)).into_owned())?;
    let (g_rest, s_rest) =
        (g.rows(1, p - 1).into_owned(), rest.view((1, 0), (p - 1, 1)).column(0).into_owned());
    let (solved_g, solved_s) = (block.solve(&g_rest), block.solve(&s_rest));
    Some(Conditional {
        a: alpha - g_rest.dot(&solved_g),
        b: g[0] - g_rest.dot(&solved_s),
        c: rest[(0, 0)] - s_rest.dot(&solved_s),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 200 000 simulated charts each (numpy, PCG64): the limits of Phase I and Phase II.
    #[test]
    fn simulated_limits_are_met() {
        for (m, p, confidence, one, two) in [
            (30, 2, 0.99, 9.0331, 12.8389),
            (30, 2, 0.9973, 11.4701, 17.6917),
            (60, 4, 0.9973, 16.1553, 21.6398),
        ] {
            let found = (phase_one(p, m, confidence), phase_two(p, m, confidence));
            assert!((found.0 / one - 1.0).abs() < 0.01, "{m} {p}: {found:?} for {one}");
            assert!((found.1 / two - 1.0).abs() < 0.01, "{m} {p}: {found:?} for {two}");
        }
    }
}
