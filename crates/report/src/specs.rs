//! Limits of measures, at all points or at a set of corners.

use std::collections::{BTreeMap, BTreeSet};

/// Limits and unit of one measure.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Spec {
    /// The measure's unit, empty if it is not known.
    pub unit: String,
    /// Limits at every corner that is in no set.
    pub everywhere: (Option<f64>, Option<f64>),
    /// Limits at sets of corners; a limit that a set leaves open is the one of `everywhere`.
    pub corners: BTreeMap<String, (Option<f64>, Option<f64>)>,
}

/// The limits of all measures, by the measure's name in lower case.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Specs(pub BTreeMap<String, Spec>);

/// The corners of a set such as `SS, SF`.
pub fn corner_set(set: &str) -> impl Iterator<Item = &str> {
    set.split(',').map(str::trim).filter(|name| !name.is_empty())
}

impl Spec {
    /// Lower and upper limit at a corner.
    pub fn limits(&self, corner: &str) -> (Option<f64>, Option<f64>) {
        let named =
            self.corners.iter().filter(|(set, _)| corner_set(set).any(|name| name == corner));
        named.fold(self.everywhere, |(lower, upper), (_, (set_lower, set_upper))| {
            (set_lower.or(lower), set_upper.or(upper))
        })
    }

    /// Whether any limit is set.
    pub fn limits_anything(&self) -> bool {
        let set = |limits: &(Option<f64>, Option<f64>)| limits.0.is_some() || limits.1.is_some();
        set(&self.everywhere) || self.corners.values().any(set)
    }

    /// What is wrong with the limits: for each fault, the key below the measure's name, and what
    /// was found.
    pub fn faults(&self) -> Vec<(String, String)> {
        let mut faults = Vec::new();
        if !crate::quantity::is_unit(&self.unit) {
            faults.push((
                "unit".to_owned(),
                format!("the unit {:?} has blanks or is too long", self.unit),
            ));
        }
        let mut known = BTreeMap::new();
        for set in self.corners.keys() {
            let names: BTreeSet<&str> = corner_set(set).collect();
            if names.is_empty() {
                faults.push((format!("corners.{set:?}"), "a set without corners".to_owned()));
            }
            for name in names {
                if let Some(other) = known.insert(name, set) {
                    let what = format!("corner `{name}` is in {other:?} too");
                    faults.push((format!("corners.{set:?}"), what));
                }
            }
        }
        let everywhere = std::iter::once((String::new(), self.everywhere));
        let sets = self.corners.keys().flat_map(|set| {
            corner_set(set).map(move |corner| (format!("corners.{set:?}"), self.limits(corner)))
        });
        for (key, limits) in everywhere.chain(sets) {
            if let (Some(lower), Some(upper)) = limits
                && lower > upper
            {
                faults.push((key, format!("min {lower:e} is above max {upper:e}")));
            }
        }
        faults.dedup();
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::Spec;

    fn spec() -> Spec {
        Spec {
            unit: "s".to_owned(),
            everywhere: (None, Some(30e-12)),
            corners: [
                ("SS, SF".to_owned(), (None, Some(40e-12))),
                ("FF".to_owned(), (Some(1e-12), None)),
            ]
            .into(),
        }
    }

    #[test]
    fn a_set_of_corners_changes_only_what_it_says() {
        assert_eq!(spec().limits("TT"), (None, Some(30e-12)));
        assert_eq!(spec().limits("SF"), (None, Some(40e-12)));
        assert_eq!(spec().limits("FF"), (Some(1e-12), Some(30e-12)));
        assert!(spec().faults().is_empty());
    }

    #[test]
    fn limits_that_contradict_each_other_are_named() {
        let mut spec = spec();
        spec.corners.insert("SS".to_owned(), (Some(50e-12), None));
        let faults: Vec<String> =
            spec.faults().into_iter().map(|(key, what)| format!("{key}: {what}")).collect();
        assert_eq!(
            faults,
            [
                "corners.\"SS, SF\": corner `SS` is in \"SS\" too",
                "corners.\"SS\": min 5e-11 is above max 4e-11",
                "corners.\"SS, SF\": min 5e-11 is above max 4e-11",
            ]
        );
    }
}
