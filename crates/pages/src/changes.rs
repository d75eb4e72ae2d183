//! What differs between a report and the baseline that it is compared with.

use crate::diff::Entry;
use crate::model::{Domain, Measure, Row};
use std::collections::BTreeMap;

/// Error of a simulated value, as a fraction, if no preset and no study states it.
pub const ASSUMED_ERROR: f64 = 1e-3;

/// The change of one measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Relative changes at the points that both have, as fractions.
    pub relative: Vec<f64>,
    /// Number of them beyond the error of the simulation.
    pub beyond: usize,
    /// Relative change at the typical point.
    pub typ: Option<f64>,
    /// Number of points at which only one of the two has a value.
    pub not_compared: usize,
    /// Whether any limit differs.
    pub limit_moved: bool,
}

/// Why a limit is missed that was not missed before, or since when it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// The baseline's value misses the new limit, too.
    LimitMoved,
    /// The baseline's value is within the new limit.
    ValueMoved,
    /// The baseline misses its own limit.
    Before,
    /// The baseline has no such value.
    New,
}

impl Since {
    /// Why a judgement has changed, from the old value and judgement, and from the new entry with
    /// its limits and judgement.
    pub fn of(old: Option<f64>, old_verdict: &str, new: &Entry) -> Option<Since> {
        let Some(old) = old else { return Some(Since::New) };
        if old_verdict == new.verdict {
            return None;
        }
        let (lower, upper) = new.limits;
        let misses = is_outside(old, lower, upper);
        let is_missed = new.verdict == "FAIL";
        Some(if misses == is_missed { Since::LimitMoved } else { Since::ValueMoved })
    }

    /// The short form in a table.
    pub fn name(self) -> &'static str {
        match self {
            Since::LimitMoved => "the limit moved",
            Since::ValueMoved => "the value moved",
            Since::Before => "as before",
            Since::New => "no old value",
        }
    }

    /// The sentence of a card.
    pub fn words(self) -> &'static str {
        match self {
            Since::LimitMoved => "The limit moved: the baseline's value misses the new limit too.",
            Since::ValueMoved => "The value moved: the baseline's value keeps this limit.",
            Since::Before => "The baseline misses its limit here too.",
            Since::New => "New: the baseline has no value here.",
        }
    }
}

fn is_outside(value: f64, lower: Option<f64>, upper: Option<f64>) -> bool {
    upper.is_some_and(|limit| value > limit) || lower.is_some_and(|limit| value < limit)
}

/// A baseline's rows by measure, point and step.
pub struct Baseline<'a> {
    rows: BTreeMap<(&'a str, &'a str, &'a str), &'a Row>,
}

impl<'a> Baseline<'a> {
    /// Indexes the rows of a domain.
    pub fn new(domain: &'a Domain) -> Baseline<'a> {
        let all = domain
            .measures
            .iter()
            .flat_map(|measure| measure.rows.iter().map(move |row| (measure, row)));
        let rows = all.map(|(measure, row)| {
            ((measure.key.as_str(), domain.points[row.point].id.as_str(), row.step.as_str()), row)
        });
        Baseline { rows: rows.collect() }
    }

    /// The baseline's row of the same measure, point and step.
    pub fn row(&self, domain: &Domain, measure: &Measure, row: &Row) -> Option<&'a Row> {
        self.rows
            .get(&(measure.key.as_str(), domain.points[row.point].id.as_str(), row.step.as_str()))
            .copied()
    }

    /// Compares all rows of a measure; `error` is the error of the simulation, as a fraction.
    pub fn change(&self, domain: &Domain, measure: &Measure, error: f64) -> Change {
        let mut change = Change {
            relative: Vec::new(),
            beyond: 0,
            typ: None,
            not_compared: 0,
            limit_moved: false,
        };
        for row in &measure.rows {
            let old = self.row(domain, measure, row);
            if let Some(old) = old {
                change.limit_moved |= old.lower != row.lower || old.upper != row.upper;
            }
            match (row.value, old.and_then(|old| old.value)) {
                (Some(new), Some(old)) => {
                    let relative = if new == old { 0.0 } else { (new - old) / old.abs() };
                    if relative.is_finite() {
                        change.relative.push(relative);
                    }
                    change.beyond += usize::from(relative.abs() > error);
                    let typical = domain.typ.as_deref() == Some(&domain.points[row.point].id);
                    if typical {
                        change.typ = Some(relative);
                    }
                }
                (None, None) => {}
                _ => change.not_compared += 1,
            }
        }
        change
    }

    /// Why the worst row of a measure misses its limit.
    pub fn since(&self, domain: &Domain, measure: &Measure, worst: &Row) -> Since {
        let Some(old) = self.row(domain, measure, worst) else { return Since::New };
        let Some(value) = old.value else { return Since::New };
        if old.missed {
            return Since::Before;
        }
        if is_outside(value, worst.lower, worst.upper) {
            Since::LimitMoved
        } else {
            Since::ValueMoved
        }
    }
}

/// The median of relative changes, 0 for none.
pub fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    match sorted.len() {
        0 => 0.0,
        n if n % 2 == 1 => sorted[n / 2],
        n => 0.5 * (sorted[n / 2 - 1] + sorted[n / 2]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::tests::inputs;

    fn changed(edit: impl Fn(&mut serde_json::Value)) -> Domain {
        let mut inputs = inputs();
        for row in inputs.creport["measures"][0]["rows"].as_array_mut().expect("rows") {
            edit(row);
        }
        Domain::read(&inputs)
    }

    #[test]
    fn a_moved_limit_and_a_moved_value_are_told_apart() {
        let now = Domain::read(&inputs());
        let measure = &now.measures[0];
        let worst = measure.worst().expect("a worst row");
        let since = |old: &Domain| Baseline::new(old).since(&now, measure, worst);
        let looser = changed(|row| {
            row["upper"] = 3e-11.into();
            row["result"] = "PASS".into();
        });
        assert_eq!(since(&looser), Since::LimitMoved);
        let faster = changed(|row| {
            row["value"] = 1.5e-11.into();
            row["result"] = "PASS".into();
        });
        assert_eq!(since(&faster), Since::ValueMoved);
        assert_eq!(since(&now.clone()), Since::Before);
    }

    #[test]
    fn changes_within_the_error_do_not_count() {
        let now = Domain::read(&inputs());
        let old = changed(|row| {
            if let Some(value) = row["value"].as_f64() {
                row["value"] = (value * 1.0005).into();
            }
        });
        let change = Baseline::new(&old).change(&now, &now.measures[0], ASSUMED_ERROR);
        assert_eq!((change.relative.len(), change.beyond, change.limit_moved), (7, 0, false));
        assert!((median(&change.relative) + 0.0005).abs() < 1e-6);
    }
}
