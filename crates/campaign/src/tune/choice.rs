//! The chosen options, with what is known of their errors.

use super::errors::Errors;
use super::search::Candidate;
use crate::presets::MeasureErrors;
use libchar_engine::Options;
use std::collections::BTreeMap;

/// The chosen options.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Index in the list of candidates.
    pub place: usize,
    /// The options.
    pub options: Options,
    /// CPU time divided by that of the deck as written.
    pub cpu_ratio: f64,
    /// Errors by measure.
    pub errors: BTreeMap<String, MeasureErrors>,
}

impl Choice {
    /// Makes a choice of a candidate. `uncertain` holds the uncertainties of the converged values
    /// at the sample and at the points of the verification.
    pub fn of(
        place: usize,
        candidate: &Candidate,
        deck_cpu: f64,
        uncertain: [&Errors; 2],
    ) -> Choice {
        let none = Errors::default();
        let sample = candidate.errors.as_ref().unwrap_or(&none);
        let verified = candidate.verified.as_ref().and_then(|verified| verified.as_ref().ok());
        let errors = |name: &String| MeasureErrors {
            sample: sample.of(name),
            verified: verified.map(|verified| verified.of(name)),
            reference: uncertain.iter().map(|errors| errors.of(name)).fold(0.0, f64::max),
        };
        Choice {
            place,
            options: candidate.options.clone(),
            cpu_ratio: candidate.cpu() / deck_cpu,
            errors: sample.by_measure.keys().map(|name| (name.clone(), errors(name))).collect(),
        }
    }
}
