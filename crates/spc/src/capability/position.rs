//! Values between the order statistics of a sample.

/// The value at a position counted from 0, interpolated where the position is not whole.
pub(super) fn at_position(sorted: &[f64], at: f64) -> f64 {
    let at = at.clamp(0.0, sorted.len() as f64 - 1.0);
    let below = sorted[at.floor() as usize];
    let above = sorted[at.ceil() as usize];
    below + at.fract() * (above - below)
}
