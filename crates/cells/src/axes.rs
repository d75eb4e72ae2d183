//! The axes of a cell's tables: transitions and loads.

use crate::config::Config;
use libchar_core::number;

/// Transitions and loads at which a cell is measured.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Axes {
    /// Transitions of delays and energies, in ns, in rising order.
    pub slews_ns: Vec<f64>,
    /// Loads of each output, in pF, in rising order.
    pub loads_pf: Vec<Vec<f64>>,
    /// Transitions of constraints, in ns, in rising order: of the related pin, of the constrained one.
    pub constraint_ns: [Vec<f64>; 2],
    /// Transitions of pulses, in ns, in rising order.
    pub pulse_ns: Vec<f64>,
}

impl Axes {
    /// The axes of the templates for a cell with this many outputs; `None` if its largest load is not specified.
    pub fn of(config: &Config, max_load_pf: Option<f64>, outputs: usize) -> Option<Axes> {
        let constraint = &config.constraint_slews_ns;
        Some(Axes {
            slews_ns: config.slews_ns.clone(),
            loads_pf: vec![config.loads_pf(max_load_pf)?; outputs],
            constraint_ns: [constraint.clone(), constraint.clone()],
            pulse_ns: constraint.clone(),
        })
    }

    /// The axes of an output's tables.
    pub fn of_output(&self, output: usize) -> [&[f64]; 2] {
        [&self.slews_ns, &self.loads_pf[output]]
    }

    /// The smallest load of any output, in pF.
    pub fn least_pf(&self) -> f64 {
        self.loads_pf
            .iter()
            .filter_map(|loads| loads.first())
            .copied()
            .fold(f64::INFINITY, f64::min)
    }

    /// The slowest transition, in ns.
    pub fn slowest_ns(&self) -> f64 {
        self.slews_ns.last().copied().unwrap_or_default()
    }
}

/// This many values from the first to the last, each larger than the one before by the same factor, rounded to the six
/// digits that the file shows.
pub fn geometric(first: f64, last: f64, points: usize) -> Vec<f64> {
    by_factor(first, last, points).map(rounded).collect()
}

/// This many values from the first to the last, each larger than the one before by the same factor.
pub fn by_factor(first: f64, last: f64, points: usize) -> impl Iterator<Item = f64> {
    let factor = (last / first).powf(1.0 / (points.max(2) - 1) as f64);
    (0..points).map(move |i| first * factor.powi(i as i32))
}

/// A number rounded to six significant digits, so that the index that is written is the value that was simulated.
pub fn rounded(value: f64) -> f64 {
    number::rounded(value, 6)
}

#[cfg(test)]
mod tests {
    use super::{by_factor, geometric};

    #[test]
    fn steps_by_a_factor_end_where_they_shall_and_show_six_digits() {
        assert_eq!(geometric(0.001, 0.1, 3), [0.001, 0.01, 0.1]);
        assert_eq!(geometric(1.0, 5.0, 3)[1], 2.23607);
        let exact: Vec<f64> = by_factor(1.0, 5.0, 3).collect();
        assert!((exact[1] - 5f64.sqrt()).abs() < 1e-15);
    }
}
