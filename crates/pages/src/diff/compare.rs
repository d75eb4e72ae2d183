//! Compares entries.

use super::entry::{Content, Entry, number_equals};
use super::tolerance::Tolerances;
use crate::changes::Since;
use std::collections::HashMap;

/// In which way two entries differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Only the old side has the entry.
    Missing,
    /// Only the new side has the entry.
    New,
    /// The judgement differs.
    Verdict,
    /// Only one of the two has a value.
    Status,
    /// The value differs.
    Value,
    /// The text differs.
    Text,
    /// The limits differ.
    Limit,
}

impl Kind {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Missing => "missing",
            Kind::New => "new",
            Kind::Verdict => "verdict",
            Kind::Status => "status",
            Kind::Value => "value",
            Kind::Text => "text",
            Kind::Limit => "limit",
        }
    }
}

/// One difference; for a table, the entry that differs most, with the number of entries that
/// differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// In which way they differ.
    pub kind: Kind,
    /// The old entry, or the new one if there is no old one.
    pub entry: Entry,
    /// The old content: the value, the verdict, the limits.
    pub old: Content,
    /// The new content.
    pub new: Content,
    /// New less old, in the entry's unit.
    pub delta: Option<f64>,
    /// `delta` divided by the magnitude of the old value, as a fraction.
    pub relative: Option<f64>,
    /// The distance up to which it would be no difference.
    pub tolerance: Option<f64>,
    /// Expanded uncertainty of `delta`.
    pub expanded: Option<f64>,
    /// `delta` divided by `expanded`.
    pub e_n: Option<f64>,
    /// For a verdict: whether the limit or the value moved.
    pub since: Option<Since>,
    /// Number of entries of the same table that differ in this way.
    pub count: usize,
    /// Why it does not count, from a waiver.
    pub waived: Option<String>,
}

/// Everything that differs.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Comparison {
    /// Number of entries that both sides have.
    pub compared: usize,
    /// Number of those that are equal, or within tolerance.
    pub same: usize,
    /// What differs, in the order of the old side, then of the new one.
    pub differences: Vec<Difference>,
}

/// Compares two sides.
pub fn compare(mut old: Vec<Entry>, mut new: Vec<Entry>, tolerances: &Tolerances) -> Comparison {
    number_equals(&mut old);
    number_equals(&mut new);
    let mut by_key: HashMap<(&str, &str, &str), &Entry> =
        new.iter().map(|entry| (entry.key(), entry)).collect();
    let mut comparison = Comparison::default();
    for entry in &old {
        match by_key.remove(&entry.key()) {
            None => comparison.differences.push(one_sided(entry, Kind::Missing)),
            Some(other) => {
                comparison.compared += 1;
                let before = comparison.differences.len();
                differ(entry, other, tolerances, &mut comparison.differences);
                comparison.same += usize::from(comparison.differences.len() == before);
            }
        }
    }
    let only_new = new.iter().filter(|entry| by_key.contains_key(&entry.key()));
    comparison.differences.extend(only_new.map(|entry| one_sided(entry, Kind::New)));
    comparison
}

fn of(entry: &Entry, kind: Kind, old: Content, new: Content) -> Difference {
    Difference {
        kind,
        entry: entry.clone(),
        old,
        new,
        delta: None,
        relative: None,
        tolerance: None,
        expanded: None,
        e_n: None,
        since: None,
        count: 1,
        waived: None,
    }
}

fn one_sided(entry: &Entry, kind: Kind) -> Difference {
    let content = entry.content.clone();
    match kind {
        Kind::Missing => of(entry, kind, content, Content::Nothing),
        _ => of(entry, kind, Content::Nothing, content),
    }
}

fn differ(old: &Entry, new: &Entry, tolerances: &Tolerances, found: &mut Vec<Difference>) {
    let text = |text: &str| Content::Text(text.to_owned());
    match (&old.content, &new.content) {
        (Content::Number(_), Content::Number(_)) => found.extend(values(old, new, tolerances)),
        (a, b) if a == b && old.status == new.status => {}
        (Content::Text(_), Content::Text(_)) => {
            found.push(of(old, Kind::Text, old.content.clone(), new.content.clone()));
        }
        // An entry without a value shows its status instead.
        (a, b) => {
            let side = |content: &Content, entry: &Entry| match content {
                Content::Nothing if !entry.status.is_empty() => text(&entry.status),
                content => content.clone(),
            };
            found.push(of(old, Kind::Status, side(a, old), side(b, new)));
        }
    }
    // A side without any limits was not judged, which is reported once and not at every point.
    if !old.verdict.is_empty() && !new.verdict.is_empty() {
        if old.limits != new.limits {
            found.push(of(old, Kind::Limit, text(&limits(old)), text(&limits(new))));
        }
        if old.verdict != new.verdict {
            let since = Since::of(old.content.number(), &old.verdict, new);
            found.push(Difference {
                since,
                ..of(old, Kind::Verdict, text(&old.verdict), text(&new.verdict))
            });
        }
    }
}

/// `≥ 1e-10, ≤ 3e-10`.
fn limits(entry: &Entry) -> String {
    let sides = [("≥", entry.limits.0), ("≤", entry.limits.1)];
    let sides: Vec<String> = sides
        .iter()
        .filter_map(|(sign, limit)| {
            Some(format!("{sign} {}", libchar_core::number::shortest((*limit)?)))
        })
        .collect();
    if sides.is_empty() { "none".to_owned() } else { sides.join(", ") }
}

/// Compares two numbers. Two measurements without a tolerance differ if |E_n| > 1 (ISO 13528:2022,
/// 9.7; ISO/IEC 17043):
/// E_n = (x_new - x_old) / sqrt(U_new^2 + U_old^2), with expanded uncertainties of uncorrelated
/// results.
fn values(old: &Entry, new: &Entry, tolerances: &Tolerances) -> Option<Difference> {
    let in_old_unit =
        |value: f64| if new.scale == old.scale { value } else { value * (new.scale / old.scale) };
    let (a, b) = (old.content.number()?, in_old_unit(new.content.number()?));
    let delta = b - a;
    let tolerance = tolerances.of(old, a);
    let expanded = match (old.expanded, new.expanded) {
        (Some(u), Some(v)) => Some(u.hypot(in_old_unit(v))).filter(|u| *u > 0.0),
        _ => None,
    };
    let e_n = expanded.map(|expanded| delta / expanded);
    let differs = match e_n {
        Some(e_n) if !tolerances.given => e_n.abs() > 1.0,
        _ => delta.abs() > tolerance,
    };
    // Equal texts in two units may differ in the last bit.
    let is_rounding = old.scale != new.scale && delta.abs() <= 4.0 * f64::EPSILON * a.abs();
    (differs && !is_rounding).then(|| Difference {
        delta: Some(delta),
        relative: (a != 0.0).then(|| delta / a.abs()),
        tolerance: Some(if e_n.is_some() && !tolerances.given {
            expanded.unwrap_or_default()
        } else {
            tolerance
        }),
        expanded,
        e_n,
        ..of(old, Kind::Value, Content::Number(a), Content::Number(b))
    })
}

impl Comparison {
    /// Merges the entries of a table that differ in the same way into one: the entry that differs
    /// most, with their number.
    pub fn fold_tables(&mut self) {
        let mut first: HashMap<(String, String, Kind), usize> = HashMap::new();
        let mut folded: Vec<Difference> = Vec::new();
        for difference in std::mem::take(&mut self.differences) {
            if difference.entry.at.is_empty() {
                folded.push(difference);
                continue;
            }
            let entry = &difference.entry;
            let key = (entry.place.clone(), entry.measure.clone(), difference.kind);
            match first.get(&key) {
                None => {
                    first.insert(key, folded.len());
                    folded.push(difference);
                }
                Some(at) => {
                    let count = folded[*at].count + 1;
                    if difference.severity() > folded[*at].severity() {
                        folded[*at] = difference;
                    }
                    folded[*at].count = count;
                }
            }
        }
        self.differences = folded;
    }

    /// Differences that no waiver covers.
    pub fn open(&self) -> usize {
        self.differences.iter().filter(|difference| difference.waived.is_none()).count()
    }
}

impl Difference {
    /// How far it is beyond its tolerance: the larger, the worse. Differences that are not numbers
    /// come before all numbers.
    pub fn severity(&self) -> f64 {
        match (self.delta, self.tolerance) {
            (Some(delta), Some(tolerance)) if tolerance > 0.0 => delta.abs() / tolerance,
            // Differences without a tolerance are ordered by the relative difference, above all
            // that have one.
            (Some(_), _) => 1e6 * (1.0 + self.relative.map_or(1.0, f64::abs)),
            _ => f64::INFINITY,
        }
    }
}
