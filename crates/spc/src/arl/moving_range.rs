//! The moving-range chart beside an individuals chart.

/// Limits on |xᵢ − xᵢ₋₁| of a moving-range chart beside an individuals chart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MovingRange {
    /// Upper limit in sigma of the individuals; D4 d2 = 3.686 for ranges of two.
    pub upper_sigma: f64,
}

impl MovingRange {
    /// Whether a step alarms. A step from nowhere (NaN) does not.
    pub fn is_beyond(self, step: f64) -> bool {
        step.abs() > self.upper_sigma
    }
}
