//! The search: loosens one kind of options after the other, as far as the tolerance allows.

use super::errors::{Errors, Tolerances};
use super::plan::Axis;
use super::reference::Reference;
use super::simulate::{Simulate, Simulated};
use libchar_engine::Options;

/// A set of options replaces the best one only if its CPU time is below this fraction of the best
/// one's: a smaller difference is noise.
const CHEAPER: f64 = 0.97;

/// The fraction of the tolerance that search and choice use. The rest is a reserve for points that
/// are not simulated.
const USED: f64 = 0.7;

/// Rounds over all kinds of options.
const ROUNDS: usize = 3;

/// A set of options that was tried at all points of the sample.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The options; the empty set is the deck as written.
    pub options: Options,
    /// CPU time of each point: the least of all its simulations.
    pub cpu_s: Vec<f64>,
    /// Errors at the sample, or why there are none.
    pub errors: Result<Errors, String>,
    /// Errors at the points of the verification, if it was verified.
    pub verified: Option<Result<Errors, String>>,
    /// Whether every measure is within the tolerance at the sample.
    pub is_within: bool,
    /// Whether a part of the tolerance is left as a reserve, too.
    pub has_reserve: bool,
}

impl Candidate {
    /// CPU time of all points.
    pub fn cpu(&self) -> f64 {
        self.cpu_s.iter().sum()
    }
}

/// A search, and what it tried.
pub struct Search<'s, B> {
    /// The bench that simulates.
    pub bench: &'s mut B,
    /// The points of the sample.
    pub points: Vec<usize>,
    /// Their converged simulation.
    pub reference: Reference,
    /// How far measures may be off.
    pub tolerances: Tolerances,
    /// All that was tried, in that order; each set of options once.
    pub tried: Vec<Candidate>,
}

impl<B: Simulate> Search<'_, B> {
    /// Tries sets of options together and returns their indices in `tried`. A set that was tried
    /// before is not simulated again.
    pub fn evaluate(&mut self, sets: &[Options]) -> Result<Vec<usize>, B::Error> {
        let mut new: Vec<&Options> = Vec::new();
        for set in sets {
            if self.place(set).is_none() && !new.contains(&set) {
                new.push(set);
            }
        }
        let points = self.points.clone();
        let tasks: Vec<(usize, &Options)> =
            new.iter().flat_map(|set| points.iter().map(|&point| (point, *set))).collect();
        let simulated = self.bench.simulate(&tasks)?;
        for (set, simulated) in new.into_iter().zip(simulated.chunks(points.len().max(1))) {
            let errors = errors(simulated, &points, &self.reference, &self.tolerances);
            let within = |limit: f64| {
                let uncertainty = &self.reference.uncertainty;
                errors.as_ref().is_ok_and(|errors| errors.are_within(limit, uncertainty))
            };
            let relative = self.tolerances.relative;
            let (is_within, has_reserve) = (within(relative), within(USED * relative));
            let cpu_s = simulated.iter().map(|simulated| simulated.cpu_s).collect();
            let options = set.clone();
            self.tried.push(Candidate {
                options,
                cpu_s,
                errors,
                verified: None,
                is_within,
                has_reserve,
            });
        }
        Ok(sets.iter().filter_map(|set| self.place(set)).collect())
    }

    fn place(&self, set: &Options) -> Option<usize> {
        self.tried.iter().position(|candidate| candidate.options == *set)
    }

    /// Moves from a candidate that has a reserve to cheaper ones, as long as there are any; returns
    /// the index of the best.
    pub fn improve(&mut self, start: usize, axes: &[Axis]) -> Result<usize, B::Error> {
        let mut best = start;
        for _ in 0..ROUNDS {
            let before = best;
            for axis in axes {
                best = self.along(axis, best)?;
            }
            if best == before {
                break;
            }
        }
        Ok(best)
    }

    /// Returns the index of the cheapest candidate along one axis. Among ordered values, bisection
    /// finds the loosest one that has a reserve; it need not be the cheapest.
    fn along(&mut self, axis: &Axis, mut best: usize) -> Result<usize, B::Error> {
        let base = self.tried[best].options.clone();
        let set = |value: &Options| base.clone().with_all(value);
        let mut places = Vec::new();
        if axis.ordered {
            let (mut within, mut beyond) = (0, axis.values.len());
            while within < beyond {
                let middle = usize::midpoint(within, beyond);
                let tried = self.evaluate(&[set(&axis.values[middle])])?;
                if tried.iter().all(|&place| self.tried[place].has_reserve) {
                    within = middle + 1;
                } else {
                    beyond = middle;
                }
                places.extend(tried);
            }
        } else {
            let sets: Vec<Options> = axis.values.iter().map(set).collect();
            places = self.evaluate(&sets)?;
        }
        for place in places.into_iter().filter(|&place| self.tried[place].has_reserve) {
            if self.tried[place].cpu() < CHEAPER * self.tried[best].cpu() {
                best = place;
            }
        }
        Ok(best)
    }

    /// Simulates candidates once more, to measure their CPU time better.
    pub fn repeat(&mut self, places: &[usize]) -> Result<(), B::Error> {
        let sets: Vec<Options> = places.iter().map(|&p| self.tried[p].options.clone()).collect();
        // Point by point, so that other load on the machine affects all candidates alike.
        let tasks: Vec<(usize, &Options)> = self
            .points
            .iter()
            .flat_map(|&point| sets.iter().map(move |set| (point, set)))
            .collect();
        let simulated = self.bench.simulate(&tasks)?;
        for (point, simulated) in simulated.chunks(places.len().max(1)).enumerate() {
            for (&place, simulated) in places.iter().zip(simulated) {
                let least = &mut self.tried[place].cpu_s[point];
                *least = least.min(simulated.cpu_s);
            }
        }
        Ok(())
    }
}

/// The errors of simulations, or the first failure.
pub fn errors(
    simulated: &[Simulated],
    points: &[usize],
    reference: &Reference,
    tolerances: &Tolerances,
) -> Result<Errors, String> {
    let mut errors = Errors::default();
    for (simulated, point) in simulated.iter().zip(points) {
        let values = simulated.values.as_ref().map_err(Clone::clone)?;
        if let Some(converged) = reference.values.get(point) {
            errors.add(*point, values, converged, tolerances);
        }
    }
    Ok(errors)
}
