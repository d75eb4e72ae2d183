//! The samples of a baseline: its spread and yield beside those of a report.

use crate::model::{array, number};
use crate::quantity::{share, short};
use serde_json::Value;
use std::collections::HashMap;

/// The mark before an estimate of the baseline whose interval does not overlap that of the report.
const APART: &str = "≠ ";

/// Measure, point and step of an entry.
type Key<'a> = (&'a str, &'a str, u64);

/// The entries of a baseline's statistics.
pub struct Was<'a> {
    entries: HashMap<Key<'a>, &'a Value>,
}

impl<'a> Was<'a> {
    /// Indexes the statistics of a baseline's report; `None` if it has no samples.
    pub fn of(creport: &'a Value) -> Option<Was<'a>> {
        let entries = array(creport.get("statistics")?, "measures");
        let entries: HashMap<_, _> =
            entries.iter().filter_map(|entry| Some((key(entry)?, entry))).collect();
        (!entries.is_empty()).then_some(Was { entries })
    }

    /// The baseline's entry of the same measure, step and point.
    fn entry(&self, now: &Value) -> Option<&'a Value> {
        self.entries.get(&key(now)?).copied()
    }

    /// The baseline's sigma; empty if it has none.
    pub fn sd(&self, now: &Value, unit: &str) -> String {
        let told = || {
            let old = self.entry(now)?.get("sd")?;
            Some(format!("{}{}", mark(now.get("sd"), old), short(number(old, "value")?, unit)))
        };
        told().unwrap_or_default()
    }

    /// The baseline's yield; empty if it has none.
    pub fn yielded(&self, now: &Value) -> String {
        let told = || {
            let old = self.entry(now)?.get("yield")?.get("share")?;
            let new = now.get("yield").and_then(|of| of.get("share"));
            Some(format!("{}{}", mark(new, old), share(number(old, "value")?, 2)))
        };
        told().unwrap_or_default()
    }
}

fn key(entry: &Value) -> Option<Key<'_>> {
    let name = |of: &str| entry.get(of).and_then(Value::as_str);
    let alter = number(entry, "alter").unwrap_or(1.0);
    Some((name("measure")?, name("point")?, alter.to_bits()))
}

/// The mark for two estimates whose intervals do not overlap. If one has no interval, there is no
/// mark.
fn mark(new: Option<&Value>, old: &Value) -> &'static str {
    let ends = |of: &Value| Some((number(of, "low")?, number(of, "high")?));
    match new.and_then(ends).zip(ends(old)) {
        Some(((low, high), (old_low, old_high))) if high < old_low || old_high < low => APART,
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::Was;
    use serde_json::{Value, json};

    fn entry(sd: [f64; 3], share: [f64; 3]) -> Value {
        let of = |[value, low, high]: [f64; 3]| json!({ "value": value, "low": low, "high": high });
        json!({ "measure": "tp", "point": "TT/t", "sd": of(sd), "yield": { "share": of(share) } })
    }

    #[test]
    fn only_intervals_that_do_not_meet_are_marked() {
        let creport =
            json!({ "statistics": { "measures": [entry([2.0, 1.8, 2.2], [0.9, 0.8, 0.95])] } });
        let was = Was::of(&creport).unwrap();
        let told = |now: Value| {
            [was.sd(&now, "ps"), was.yielded(&now)].map(|text| text.replace('\u{202f}', " "))
        };
        assert_eq!(told(entry([2.1, 2.0, 2.3], [0.99, 0.97, 1.0])), ["2.000 ps", "≠ 90.00 %"]);
        assert_eq!(told(entry([1.0, 0.9, 1.1], [0.9, 0.8, 0.95])), ["≠ 2.000 ps", "90.00 %"]);
        // An entry of another point or step has no baseline.
        let mut other = entry([1.0, 0.9, 1.1], [0.9, 0.8, 0.95]);
        other["alter"] = json!(2.0);
        assert_eq!(told(other), ["", ""]);
        assert!(Was::of(&json!({ "statistics": null })).is_none());
    }
}
