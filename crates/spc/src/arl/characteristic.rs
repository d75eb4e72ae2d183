//! The operating characteristic of a chart of means.

use super::shewhart::beta_risk;
use crate::error::SpcError;
use libchar_core::Frame;
use libchar_core::frame::Column;

/// Probability that a chart of means misses one shift.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Power {
    /// Values in a subgroup.
    pub n: usize,
    /// Shift of the mean in process sigmas.
    pub shift: f64,
    /// Probability that the next point stays inside the limits despite the shift.
    pub beta: f64,
}

const COLUMNS: [Column<'static, Power>; 5] = [
    ("n", |row| row.n.into()),
    ("shift", |row| row.shift.into()),
    ("beta", |row| row.beta.into()),
    ("power", |row| (1.0 - row.beta).into()),
    ("arl", |row| (1.0 / (1.0 - row.beta)).into()),
];

/// The miss probability of every size with every shift, for limits `width` sigmas of the mean from
/// the centre.
///
/// # Errors
/// Empty subgroups, a width out of range, shifts that are not finite numbers.
pub fn characteristic(sizes: &[usize], shifts: &[f64], width: f64) -> Result<Vec<Power>, SpcError> {
    if sizes.contains(&0) || !(width > 0.0 && width <= 20.0) {
        return Err(SpcError::Invalid("sizes are at least 1, and 0 < width <= 20".to_owned()));
    }
    if let Some(shift) = shifts.iter().find(|shift| !shift.is_finite()) {
        return Err(SpcError::Invalid(format!("shift {shift} is not a finite number")));
    }
    let of = |n| move |shift: &f64| Power { n, shift: *shift, beta: beta_risk(*shift, n, width) };
    Ok(sizes.iter().flat_map(|n| shifts.iter().map(of(*n))).collect())
}

/// A table with one row per size and shift.
pub fn frame(rows: &[Power]) -> Frame {
    Frame::of("libchar.spc-oc", 1, rows, &COLUMNS)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// n = 5, a shift of 2 sigma and limits at 3: β = Φ(3 − 2√5) = Φ(−1.4721) = 0.0705; Montgomery, chapter 6, reads 0.0708
    /// off a table of two digits.
    #[test]
    fn the_textbooks_shift_is_missed_once_in_fourteen() {
        let rows = characteristic(&[1, 5], &[0.0, 2.0], 3.0).unwrap();
        let order: Vec<(usize, f64)> = rows.iter().map(|row| (row.n, row.shift)).collect();
        assert_eq!(order, [(1, 0.0), (1, 2.0), (5, 0.0), (5, 2.0)]);
        assert!((rows[3].beta - 0.0705).abs() < 5e-5, "{rows:?}");
        let csv = String::from_utf8(frame(&rows[2..3]).to_csv()).unwrap();
        assert!(csv.starts_with("n,shift,beta,power,arl\n5,0,0.9973"), "{csv}");
        assert!(csv.trim_end().rsplit(',').next().unwrap().starts_with("370.398"), "{csv}");
    }

    #[test]
    fn sizes_widths_and_shifts_that_mean_nothing_are_refused() {
        for (size, shift, width) in
            [(0, 0.0, 3.0), (5, f64::NAN, 3.0), (5, 0.0, 0.0), (5, 0.0, 21.0), (5, 0.0, f64::NAN)]
        {
            assert!(characteristic(&[size], &[shift], width).is_err());
        }
    }
}
