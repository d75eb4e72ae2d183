//! The linear algebra that the learners share.

use nalgebra::{DMatrix, DVector};

/// Lower Cholesky factor of a symmetric matrix, computed in blocks so that most of the work is
/// matrix products. `None` if the matrix is not positive definite.
pub fn cholesky(a: &DMatrix<f64>) -> Option<DMatrix<f64>> {
    const BLOCK: usize = 64;
    let n = a.nrows();
    let mut l = a.clone();
    for start in (0..n).step_by(BLOCK) {
        let size = BLOCK.min(n - start);
        let diagonal = l.view((start, start), (size, size)).clone_owned().cholesky()?.unpack();
        l.view_mut((start, start), (size, size)).copy_from(&diagonal);
        let below = n - start - size;
        if below == 0 {
            continue;
        }
        // The panel X below solves X D' = A; then X X' is subtracted from the remainder.
        let mut panel = l.view((start + size, start), (below, size)).clone_owned();
        for j in 0..size {
            let (solved, rest) = panel.as_mut_slice().split_at_mut(j * below);
            let column = &mut rest[..below];
            for (k, earlier) in solved.chunks_exact(below).enumerate() {
                let factor = diagonal[(j, k)];
                column.iter_mut().zip(earlier).for_each(|(c, e)| *c -= factor * e);
            }
            column.iter_mut().for_each(|c| *c /= diagonal[(j, j)]);
        }
        l.view_mut((start + size, start), (below, size)).copy_from(&panel);
        let mut rest = l.view_mut((start + size, start + size), (below, below));
        rest.gemm(-1.0, &panel, &panel.transpose(), 1.0);
    }
    l.fill_upper_triangle(0.0, 1);
    Some(l)
}

/// Solves `L L' x = b` for a lower factor with a positive diagonal.
pub fn cholesky_solve(l: &DMatrix<f64>, b: &DVector<f64>) -> DVector<f64> {
    let mut x = b.clone();
    l.solve_lower_triangular_unchecked_mut(&mut x);
    l.tr_solve_lower_triangular_unchecked_mut(&mut x);
    x
}

/// Inverse of `L L'`.
pub fn cholesky_inverse(l: &DMatrix<f64>) -> DMatrix<f64> {
    let n = l.nrows();
    let mut inverse = DMatrix::identity(n, n);
    l.solve_lower_triangular_unchecked_mut(&mut inverse);
    inverse.tr_mul(&inverse)
}

/// Dot product in four running sums, which lets the compiler use vector registers.
pub fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut sums = [0.0; 4];
    let (a4, b4) = (a.chunks_exact(4), b.chunks_exact(4));
    let tail: f64 = a4.remainder().iter().zip(b4.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in a4.zip(b4) {
        for lane in 0..4 {
            sums[lane] += x[lane] * y[lane];
        }
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + tail
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocked_factor_rebuilds_the_matrix() {
        let n = 150;
        let a = DMatrix::from_fn(n, n, |i, j| {
            (-((i as f64 - j as f64) / 9.0).powi(2)).exp() + if i == j { 0.1 } else { 0.0 }
        });
        let l = cholesky(&a).unwrap();
        assert!((&l * l.transpose() - &a).amax() < 1e-12);
        assert!((cholesky_inverse(&l) * &a - DMatrix::identity(n, n)).amax() < 1e-9);
        let b = DVector::from_fn(n, |i, _| (i as f64).sin());
        assert!((&a * cholesky_solve(&l, &b) - b).amax() < 1e-10);
    }

    #[test]
    fn indefinite_matrix_has_no_factor() {
        assert!(cholesky(&DMatrix::from_row_slice(2, 2, &[1.0, 2.0, 2.0, 1.0])).is_none());
    }
}
