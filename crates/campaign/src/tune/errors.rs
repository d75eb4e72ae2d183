//! How far measures are from those of a converged simulation.

use libchar_core::number::significant;
use std::collections::BTreeMap;

/// Values of measures by name, alter and step of a sweep.
pub type Values = BTreeMap<(String, u32, usize), f64>;

/// How far measures may be off.
#[derive(Debug, Clone)]
pub struct Tolerances {
    /// Relative to the converged value.
    pub relative: f64,
    /// In the unit of the measure, by its name: for measures whose converged value is about zero.
    pub absolute: BTreeMap<String, f64>,
}

/// The largest error, and where it occurs.
#[derive(Debug, Clone, PartialEq)]
pub struct Worst {
    /// The error, relative.
    pub error: f64,
    /// The measure.
    pub measure: String,
    /// Index of the point.
    pub point: usize,
}

/// The largest errors by measure.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Errors {
    /// The largest error of each measure.
    pub by_measure: BTreeMap<String, Worst>,
}

impl Tolerances {
    /// The error of a value: `|x - x0| / max(|x0|, a / r)` with the relative tolerance `r` and the absolute one `a`,
    /// so that it is at most `r` where either tolerance holds. `None` where `x0` is zero and has no absolute one.
    pub fn error(&self, measure: &str, value: f64, converged: f64) -> Option<f64> {
        let floor = self.absolute.get(measure).map_or(0.0, |absolute| absolute / self.relative);
        let scale = converged.abs().max(floor);
        (scale > 0.0).then(|| (value - converged).abs() / scale)
    }
}

impl Errors {
    /// Adds the errors of a point. A value that is missing, or has no scale, counts as infinitely
    /// wrong.
    pub fn add(&mut self, point: usize, values: &Values, converged: &Values, t: &Tolerances) {
        for (key, wanted) in converged {
            let name = &key.0;
            let found = values.get(key).and_then(|value| t.error(name, *value, *wanted));
            let error = found.unwrap_or(f64::INFINITY);
            let known = self.by_measure.get(name);
            if known.is_none_or(|known| error > known.error) {
                let worst = Worst { error, measure: name.clone(), point };
                self.by_measure.insert(name.clone(), worst);
            }
        }
    }

    /// The largest error of all measures.
    pub fn worst(&self) -> Option<&Worst> {
        self.by_measure.values().reduce(|a, b| if b.error > a.error { b } else { a })
    }

    /// Whether every error is within a limit even if the converged value is off by its uncertainty.
    pub fn are_within(&self, limit: f64, uncertainty: &Errors) -> bool {
        self.by_measure.iter().all(|(name, worst)| worst.error + uncertainty.of(name) <= limit)
    }

    /// The largest error of a measure.
    pub fn of(&self, measure: &str) -> f64 {
        self.by_measure.get(measure).map_or(0.0, |worst| worst.error)
    }
}

/// Formats an error as a percentage.
pub fn percent(error: f64) -> String {
    format!("{} %", significant(100.0 * error, 2))
}

#[cfg(test)]
mod tests {
    use super::{Errors, Tolerances, Values};

    fn values(pairs: &[(&str, f64)]) -> Values {
        pairs.iter().map(|(name, value)| (((*name).to_owned(), 1, 0), *value)).collect()
    }

    #[test]
    fn either_tolerance_is_enough() {
        let absolute = [("ileak".to_owned(), 1e-9)].into();
        let t = Tolerances { relative: 1e-3, absolute };
        assert_eq!(t.error("tphl", 1.5, 1.0), Some(0.5));
        // 1 nA off is just within, however small the value is; at 1 mA the relative tolerance is the larger one.
        assert!((t.error("ileak", 1e-9, 0.0).unwrap() - 1e-3).abs() < 1e-15);
        assert!((t.error("ileak", 1.001e-3, 1e-3).unwrap() - 1e-3).abs() < 1e-12);
        assert_eq!(t.error("tphl", 0.0, 0.0), None);
    }

    #[test]
    fn the_worst_point_counts_and_uncertainty_adds() {
        let t = Tolerances { relative: 0.1, absolute: Default::default() };
        let mut errors = Errors::default();
        errors.add(3, &values(&[("a", 1.05), ("b", 2.0)]), &values(&[("a", 1.0), ("b", 2.0)]), &t);
        errors.add(4, &values(&[("a", 1.0), ("b", 1.9)]), &values(&[("a", 1.0), ("b", 2.0)]), &t);
        let worst = errors.worst().unwrap();
        assert_eq!((worst.measure.as_str(), worst.point), ("a", 3));
        let mut uncertainty = Errors::default();
        assert!(errors.are_within(t.relative, &uncertainty));
        uncertainty.add(3, &values(&[("b", 2.12)]), &values(&[("b", 2.0)]), &t);
        assert!(!errors.are_within(t.relative, &uncertainty));
        errors.add(5, &values(&[]), &values(&[("a", 1.0)]), &t);
        assert_eq!(errors.worst().unwrap().error, f64::INFINITY);
    }
}
