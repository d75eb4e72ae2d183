//! Waivers: differences that somebody accepted, with the reason, and until when.

use super::compare::Comparison;
use super::tolerance::fits;

/// One line of a list of waivers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// A pattern for `PLACE MEASURE`, with `*` and `?`: `SS/* tphl`.
    pub pattern: String,
    /// Why the difference is accepted.
    pub reason: String,
    /// Whether its day has passed; it then waives nothing.
    pub expired: bool,
    /// Its line, from 1.
    pub line: usize,
    /// How many differences it covers.
    pub used: usize,
}

/// Marks the differences that a waiver covers; each counts for the first waiver that matches.
pub fn waive(comparison: &mut Comparison, waivers: &mut [Waiver]) {
    for difference in &mut comparison.differences {
        let entry = &difference.entry;
        let name = format!("{} {}", entry.place, entry.measure);
        let Some(waiver) = waivers.iter_mut().find(|waiver| fits(&waiver.pattern, name.trim()))
        else {
            continue;
        };
        waiver.used += 1;
        if !waiver.expired {
            difference.waived = Some(waiver.reason.clone());
        }
    }
}
