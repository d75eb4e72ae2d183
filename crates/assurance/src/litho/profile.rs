//! Constraint profiles: limits of a job's results, and the probabilities at which a job is warned
//! of or blocked.

use super::targets::TARGETS;
use libchar_core::{Fault, Faults};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One limit of a result.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    /// The result.
    pub target: &'static str,
    /// The bound.
    pub value: f64,
    /// Whether results above the value are violations; else those below are.
    pub above: bool,
}

impl Limit {
    /// The limit as text, such as `nils >= 1.2`.
    pub fn text(&self) -> String {
        format!("{} {} {}", self.target, if self.above { "<=" } else { ">=" }, self.value)
    }

    /// Whether a result violates it.
    pub fn violated(&self, result: f64) -> bool {
        if self.above { result > self.value } else { result < self.value }
    }
}

impl Serialize for Limit {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.target, self.value, self.above).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (name, value, above) = <(String, f64, bool)>::deserialize(deserializer)?;
        let known = TARGETS.iter().find(|(target, ..)| *target == name);
        let unknown = || serde::de::Error::custom(format!("unknown result `{name}`"));
        Ok(Limit { target: known.ok_or_else(unknown)?.0, value, above })
    }
}

/// A named set of limits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// Limits of the results.
    pub limits: Vec<Limit>,
    /// Probability of a violation from which on a job is run with a warning.
    pub warn: f64,
    /// Probability of a violation from which on a job is blocked.
    pub block: f64,
}

/// All profiles, by name; there is always a `default`.
pub struct Profiles {
    by_name: BTreeMap<String, Profile>,
}

/// Probability of a violation from which on a job gets a warning, unless its profile gives another.
pub const WARN: f64 = 0.1;
/// Probability of a violation from which on a job is blocked, unless its profile gives another.
pub const BLOCK: f64 = 0.9;

impl Profiles {
    /// The default profile: an exposure latitude of at least 5 % and a yield risk of at most 10 %.
    pub fn built_in() -> Profiles {
        let limit = |target, value, above| Limit { target, value, above };
        let limits = vec![limit("el_pct", 5.0, false), limit("yield_risk", 0.1, true)];
        let default = Profile { limits, warn: WARN, block: BLOCK };
        Profiles { by_name: BTreeMap::from([("default".to_owned(), default)]) }
    }

    /// These profiles, with `others` added; a profile of an existing name replaces it.
    #[must_use]
    pub fn with(mut self, others: BTreeMap<String, Profile>) -> Profiles {
        self.by_name.extend(others);
        self
    }

    /// The profile of a given name.
    pub fn find(&self, name: &str) -> Option<&Profile> {
        self.by_name.get(name)
    }

    /// All names.
    pub fn names(&self) -> Vec<String> {
        self.by_name.keys().cloned().collect()
    }

    /// A single profile under a name.
    pub fn only(name: &str, profile: Profile) -> Profiles {
        Profiles { by_name: BTreeMap::from([(name.to_owned(), profile)]) }
    }

    /// The profile that a job names, else `default`.
    pub fn get(&self, job: &str, name: Option<&str>) -> Result<(&str, &Profile), Faults> {
        let name = name.unwrap_or("default");
        match self.by_name.get_key_value(name) {
            Some((name, profile)) => Ok((name, profile)),
            None => {
                let fault = Fault::of(job, format!("unknown constraint profile `{name}`"))
                    .one_of(name, self.by_name.keys().map(String::as_str));
                Err(Faults::from(fault))
            }
        }
    }
}
