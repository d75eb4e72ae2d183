//! How high a risk is.

use serde::Serialize;

/// The failure probability against the threshold of the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RiskLevel {
    /// Below half of the threshold.
    Low,
    /// From half of the threshold up to it.
    Medium,
    /// At the threshold or above.
    High,
}

impl RiskLevel {
    /// The level of a probability.
    pub fn of(probability: f64, threshold: f64) -> Self {
        if probability >= threshold {
            RiskLevel::High
        } else if probability >= 0.5 * threshold {
            RiskLevel::Medium
        } else {
            RiskLevel::Low
        }
    }
}
