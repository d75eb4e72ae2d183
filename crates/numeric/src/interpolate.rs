//! Interpolation in tables of one and two axes.

/// What happens beyond the ends of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beyond {
    /// There is no value.
    Nothing,
    /// The value at the end.
    Hold,
    /// The line through the last two points goes on, as timing tools read a Liberty table.
    Extend,
}

/// The interval of a rising `axis` that holds `x`, or is nearest to it, and how far `x` lies along it (0 to 1 within).
/// `None` for fewer than two values or where `x` is not a number.
pub fn locate(axis: &[f64], x: f64) -> Option<(usize, f64)> {
    if axis.len() < 2 || x.is_nan() {
        return None;
    }
    let index = axis.partition_point(|a| *a <= x).clamp(1, axis.len() - 1) - 1;
    let (low, high) = (axis[index], axis[index + 1]);
    Some((index, (x - low) / (high - low)))
}

/// Position along an axis under the rule of its ends.
fn place(axis: &[f64], x: f64, beyond: Beyond) -> Option<(usize, f64)> {
    let (index, share) = locate(axis, x)?;
    match beyond {
        _ if (0.0..=1.0).contains(&share) => Some((index, share)),
        Beyond::Nothing => None,
        Beyond::Hold => Some((index, share.clamp(0.0, 1.0))),
        Beyond::Extend => Some((index, share)),
    }
}

/// Value at `x` of the polygon through (`axis`, `values`); the axis rises strictly.
///
/// `None` for fewer than two points, and beyond the ends under [`Beyond::Nothing`].
pub fn linear(axis: &[f64], values: &[f64], x: f64, beyond: Beyond) -> Option<f64> {
    let (i, share) = place(axis, x, beyond)?;
    let (a, b) = (*values.get(i)?, *values.get(i + 1)?);
    Some(mix(a, b, share))
}

/// Value at (`x`, `y`) of the table whose rows follow `rows` and whose columns follow `columns`; both axes rise strictly.
///
/// `None` where [`linear`] has none.
pub fn bilinear(
    rows: &[f64],
    columns: &[f64],
    table: &[Vec<f64>],
    (x, y): (f64, f64),
    beyond: Beyond,
) -> Option<f64> {
    let ((i, along), (j, across)) = (place(rows, x, beyond)?, place(columns, y, beyond)?);
    let at = |i: usize, j: usize| table.get(i)?.get(j).copied();
    let low = mix(at(i, j)?, at(i, j + 1)?, across);
    let high = mix(at(i + 1, j)?, at(i + 1, j + 1)?, across);
    Some(mix(low, high, along))
}

/// Exactly `a` at 0 and `b` at 1.
fn mix(a: f64, b: f64, share: f64) -> f64 {
    if share == 1.0 { b } else { a + share * (b - a) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AXIS: [f64; 3] = [1.0, 2.0, 4.0];
    const VALUES: [f64; 3] = [10.0, 20.0, 0.0];

    #[test]
    fn between_at_and_beyond_the_points() {
        let at = |x, beyond| linear(&AXIS, &VALUES, x, beyond);
        assert_eq!(at(1.5, Beyond::Nothing), Some(15.0));
        assert_eq!([1.0, 2.0, 4.0].map(|x| at(x, Beyond::Nothing)), VALUES.map(Some));
        assert_eq!([0.0, 5.0].map(|x| at(x, Beyond::Nothing)), [None, None]);
        assert_eq!([0.0, 5.0].map(|x| at(x, Beyond::Hold)), [Some(10.0), Some(0.0)]);
        assert_eq!([0.0, 5.0].map(|x| at(x, Beyond::Extend)), [Some(0.0), Some(-10.0)]);
        assert_eq!(at(f64::NAN, Beyond::Hold), None);
        assert_eq!(linear(&[1.0], &[2.0], 1.0, Beyond::Hold), None);
    }

    /// Bilinear interpolation reproduces a + bx + cy + dxy everywhere.
    #[test]
    fn a_table_of_a_bilinear_function() {
        let f = |x: f64, y: f64| 1.0 + 2.0 * x - 3.0 * y + 0.5 * x * y;
        let columns = [0.0, 1.0, 3.0, 7.0];
        let table: Vec<Vec<f64>> =
            AXIS.iter().map(|x| columns.iter().map(|y| f(*x, *y)).collect()).collect();
        for (x, y) in [(1.0, 0.0), (1.3, 2.2), (4.0, 7.0), (0.2, 9.0)] {
            let found = bilinear(&AXIS, &columns, &table, (x, y), Beyond::Extend).unwrap();
            assert!((found - f(x, y)).abs() < 1e-12, "{x}, {y}: {found}");
        }
        assert_eq!(bilinear(&AXIS, &columns, &table, (0.2, 1.0), Beyond::Nothing), None);
    }
}
