//! Small dense blocks of the block-tridiagonal matrix.

pub(crate) type Block<const K: usize> = [[f64; K]; K];

/// Inverse: by Cramer's rule up to two rows, else by Gauss-Jordan elimination with row pivoting.
/// `None` when singular or not finite.
#[inline]
pub(crate) fn inverse<const K: usize>(mut a: Block<K>) -> Option<Block<K>> {
    if K == 1 {
        let pivot = a[0][0];
        a[0][0] = 1.0 / pivot;
        return (pivot != 0.0 && pivot.is_finite()).then_some(a);
    }
    if K == 2 {
        let determinant = a[0][0] * a[1][1] - a[0][1] * a[1][0];
        let scale = 1.0 / determinant;
        let mut inv = a;
        (inv[0][0], inv[1][1]) = (a[1][1] * scale, a[0][0] * scale);
        (inv[0][1], inv[1][0]) = (-a[0][1] * scale, -a[1][0] * scale);
        return (determinant != 0.0 && determinant.is_finite()).then_some(inv);
    }
    let mut inv = [[0.0; K]; K];
    for (k, row) in inv.iter_mut().enumerate() {
        row[k] = 1.0;
    }
    for col in 0..K {
        let pivot_row = (col..K).max_by(|&i, &j| a[i][col].abs().total_cmp(&a[j][col].abs()))?;
        a.swap(col, pivot_row);
        inv.swap(col, pivot_row);
        let pivot = a[col][col];
        if pivot == 0.0 || !pivot.is_finite() {
            return None;
        }
        let scale = 1.0 / pivot;
        for j in 0..K {
            a[col][j] *= scale;
            inv[col][j] *= scale;
        }
        for i in 0..K {
            if i != col {
                let factor = a[i][col];
                for j in 0..K {
                    a[i][j] -= factor * a[col][j];
                    inv[i][j] -= factor * inv[col][j];
                }
            }
        }
    }
    Some(inv)
}

#[inline]
pub(crate) fn times<const K: usize>(a: &Block<K>, b: &Block<K>) -> Block<K> {
    std::array::from_fn(|i| std::array::from_fn(|j| (0..K).map(|l| a[i][l] * b[l][j]).sum()))
}

#[inline]
pub(crate) fn apply<const K: usize>(a: &Block<K>, x: &[f64; K]) -> [f64; K] {
    std::array::from_fn(|i| (0..K).map(|j| a[i][j] * x[j]).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inverse_undoes() {
        let a = [[0.0, 2.0, 1.0], [1.0, -1.0, 3.0], [4.0, 0.5, 0.25]];
        let product = times(&inverse(a).unwrap(), &a);
        for (i, row) in product.iter().enumerate() {
            for (j, value) in row.iter().enumerate() {
                assert!((value - f64::from(u8::from(i == j))).abs() < 1e-14);
            }
        }
        let small = [[3.0, -1.0], [0.5, 2.0]];
        let product = times(&inverse(small).unwrap(), &small);
        assert!((product[0][0] - 1.0).abs() + (product[1][1] - 1.0).abs() < 1e-15);
        assert!(product[0][1].abs() + product[1][0].abs() < 1e-15);
        assert_eq!(inverse([[1.0, 2.0], [2.0, 4.0]]), None);
    }
}
