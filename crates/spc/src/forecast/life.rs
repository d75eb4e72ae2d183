//! Recorded lives of tools.

/// The life of one tool (or of one tool between two overhauls): its runs in order, the first of
/// them healthy.
#[derive(Debug, Clone, PartialEq)]
pub struct Life {
    /// Name in messages.
    pub unit: String,
    /// One row per run, with one value per feature.
    pub rows: Vec<Vec<f64>>,
    /// Whether it failed at its last run; if not, it was still working then.
    pub failed: bool,
}

/// The prediction for one run of a life.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Predicted {
    /// The life.
    pub unit: String,
    /// Run of the life, from 1.
    pub run: usize,
    /// Probability of a failure within the horizon.
    pub probability: f64,
    /// Whether the failure occurred; `None` where the record ends before that is known.
    pub failed: Option<bool>,
}
