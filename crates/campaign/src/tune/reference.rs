//! The converged simulation: options are tightened until the measures no longer change.

use super::errors::{Errors, Tolerances, Values, percent};
use super::sample::Sample;
use super::simulate::{Simulate, Simulated};
use libchar_core::number::significant;
use libchar_engine::Options;
use std::collections::BTreeMap;

/// The tolerance divided by the largest difference allowed between the converged simulation and the
/// one before.
const MARGIN: f64 = 5.0;

/// A converged simulation of some points.
#[derive(Debug, Clone, Default)]
pub struct Reference {
    /// Index of its options in the ladder.
    pub rung: usize,
    /// Values by index of the point.
    pub values: BTreeMap<usize, Values>,
    /// The difference from the simulation that was one step less tight.
    pub uncertainty: Errors,
    /// CPU time of all points.
    pub cpu_s: f64,
}

/// Why there is no choice, as lines for people.
pub type Refusal = Vec<String>;

/// Climbs the ladder until two sets of options in a row give the same measures at all points,
/// within a fifth of the tolerance.
///
/// # Errors
/// The errors of the bench.
pub fn converge<B: Simulate>(
    bench: &mut B,
    ladder: &[Options],
    (sample, points): (&Sample, &[usize]),
    tolerances: &Tolerances,
) -> Result<Result<Reference, Refusal>, B::Error> {
    let mut before: Option<Vec<Simulated>> = None;
    let mut refusal = Vec::new();
    for (rung, options) in ladder.iter().enumerate() {
        let tasks: Vec<(usize, &Options)> = points.iter().map(|&point| (point, options)).collect();
        let now = bench.simulate(&tasks)?;
        let failed = now.iter().zip(points).find_map(|(s, p)| Some((s.values.as_ref().err()?, p)));
        if let Some((reason, &point)) = failed {
            let point = &sample.points[point].id;
            // Options with which a simulation fails end the climb.
            refusal.push(format!("{point}: no simulation with {options}: {reason}"));
            return Ok(Err(refusal));
        }
        if let Some(before) = before.replace(now.clone()) {
            let reference = compare(rung, points, &before, &now, tolerances);
            match doubts(&reference, sample, points, tolerances) {
                doubts if doubts.is_empty() => return Ok(Ok(reference)),
                doubts => refusal = doubts,
            }
        }
    }
    Ok(Err(refusal))
}

fn compare(
    rung: usize,
    points: &[usize],
    before: &[Simulated],
    now: &[Simulated],
    tolerances: &Tolerances,
) -> Reference {
    let mut reference = Reference { rung, ..Reference::default() };
    for ((&point, before), now) in points.iter().zip(before).zip(now) {
        reference.cpu_s += now.cpu_s;
        if let (Ok(before), Ok(now)) = (&before.values, &now.values) {
            reference.uncertainty.add(point, before, now, tolerances);
            reference.values.insert(point, now.clone());
        }
    }
    reference
}

/// Says which measures are not converged, one line for each.
fn doubts(
    reference: &Reference,
    sample: &Sample,
    points: &[usize],
    tolerances: &Tolerances,
) -> Vec<String> {
    let enough = tolerances.relative / MARGIN;
    let doubtful = reference.uncertainty.by_measure.values().filter(|w| w.error > enough);
    doubtful
        .map(|worst| {
            let name = &worst.measure;
            let all: Vec<f64> = points
                .iter()
                .filter_map(|point| reference.values.get(point))
                .flat_map(|values| values.iter().filter(|(key, _)| key.0 == *name))
                .map(|(_, value)| *value)
                .collect();
            let here = reference.values.get(&worst.point).into_iter().flatten();
            let here = here.filter(|(key, _)| key.0 == *name).map(|(_, value)| value.abs());
            let smallest = here.fold(f64::INFINITY, f64::min);
            let largest = all.iter().fold(0.0_f64, |largest, value| largest.max(value.abs()));
            let has_both_signs = all.iter().any(|v| *v > 0.0) && all.iter().any(|v| *v < 0.0);
            let point = &sample.points[worst.point].id;
            if worst.error.is_infinite() || smallest < tolerances.relative * largest || has_both_signs {
                let advice = match largest > 0.0 {
                    true => significant(tolerances.relative * largest, 1),
                    false => "VALUE".to_owned(),
                };
                format!(
                    "{point}: `{name}` is about zero ({}), where a relative error says nothing; \
                     state how far it may be off, such as --absolute {name}={advice}",
                    significant(smallest, 3),
                )
            } else {
                format!(
                    "{point}: `{name}` does not converge: the two tightest simulations differ by {}, and a \
                     tolerance of {} needs {}",
                    percent(worst.error),
                    percent(tolerances.relative),
                    percent(enough),
                )
            }
        })
        .collect()
}
