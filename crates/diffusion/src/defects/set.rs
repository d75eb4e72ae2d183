//! Named sets of point-defect parameters, each from one source.

use serde::Deserialize;
use std::collections::BTreeMap;

/// A set of parameters from one source.
#[derive(Clone, Debug, Deserialize)]
pub struct DefectSet {
    /// Where the numbers come from.
    pub source: String,
    /// Lowest temperature of the set, degrees Celsius.
    pub min_c: f64,
    /// Highest temperature of the set, degrees Celsius.
    pub max_c: f64,
    #[serde(flatten)]
    pub(super) values: BTreeMap<String, [f64; 2]>,
}

impl DefectSet {
    /// The pair `[prefactor, eV]` of a parameter.
    pub fn pair(&self, name: &str) -> [f64; 2] {
        self.values.get(name).copied().unwrap_or([0.0, 0.0])
    }
}
