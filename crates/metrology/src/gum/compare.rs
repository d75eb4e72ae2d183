//! Comparison of two results for the same quantity.

/// Agreement of two results.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Comparison {
    /// `a - b`.
    pub difference: f64,
    /// Expanded uncertainty of the difference.
    pub expanded: f64,
    /// |a - b| over the expanded uncertainty of the difference.
    pub e_n: f64,
    /// Whether `e_n` is 1 or less.
    pub agree: bool,
}

/// Compares two independent results by their expanded uncertainties, which must have the same
/// coverage.
///
/// # Formula
/// `E_n = |a - b| / sqrt(U_a² + U_b²)`, agreement for `E_n <= 1` (ISO 13528, ISO/IEC 17043). `None`
/// if both uncertainties are zero or one is negative.
pub fn compare(a: f64, expanded_a: f64, b: f64, expanded_b: f64) -> Option<Comparison> {
    let expanded = expanded_a.hypot(expanded_b);
    if expanded_a < 0.0 || expanded_b < 0.0 || expanded <= 0.0 {
        return None;
    }
    let e_n = (a - b).abs() / expanded;
    Some(Comparison { difference: a - b, expanded, e_n, agree: e_n <= 1.0 })
}
