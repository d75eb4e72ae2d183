//! The moving-range chart beside an individuals chart.

/// Limits on |xᵢ − xᵢ₋₁| of a moving-range chart beside an individuals chart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MovingRange {
    /// Upper limit in sigma of the individuals; D4 d2 = 3.686 for ranges of two.
    pub upper_sigma: f64,
}

impl MovingRange {
    /// Whether `step` is beyond the limit. The first point has no step (NaN) and does not alarm.
    pub fn is_beyond(self, step: f64) -> bool {
        step.abs() > self.upper_sigma
    }
}
