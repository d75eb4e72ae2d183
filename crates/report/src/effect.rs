//! Whether what varied shows in the results: an axis along which every value is the same never reached the simulation.

use crate::results::{ResultRow, Results};
use std::collections::{BTreeMap, BTreeSet};

/// The axes of two values or more along which no result differs, with the number of values: `corner`, `temperature`, `supply`.
pub fn axes_without_effect(results: &Results) -> Vec<(&'static str, usize)> {
    let temp = |row: &ResultRow| row.temp_c.map(f64::to_bits).unwrap_or_default().to_string();
    let corner = |row: &ResultRow| format!("{}/{}", row.corner, row.extraction);
    let supply = |row: &ResultRow| row.supply.clone();
    let axes: [(&'static str, Axis, [Axis; 2]); 3] = [
        ("corner", &corner, [&temp, &supply]),
        ("temperature", &temp, [&corner, &supply]),
        ("supply", &supply, [&corner, &temp]),
    ];
    let same = |(name, axis, others): (&'static str, Axis, [Axis; 2])| {
        let values: BTreeSet<String> = results.rows.iter().map(axis).collect();
        (values.len() > 1 && is_alike(results, axis, others)).then_some((name, values.len()))
    };
    axes.into_iter().filter_map(same).collect()
}

type Axis<'a> = &'a dyn Fn(&ResultRow) -> String;

/// Whether each measure has one value along an axis wherever all else is equal, and somewhere two values to compare.
fn is_alike(results: &Results, axis: Axis, [first, second]: [Axis; 2]) -> bool {
    let mut seen: BTreeMap<_, (u64, String)> = BTreeMap::new();
    let mut compared = false;
    for row in &results.rows {
        let Some(value) = row.value else { continue };
        let sweep: Vec<u64> =
            row.sweep.iter().map(|step| step.map_or(u64::MAX, f64::to_bits)).collect();
        let key = (row.measure.as_str(), row.alter, sweep, first(row), second(row));
        match seen.get(&key) {
            Some((known, _)) if *known != value.to_bits() => return false,
            Some((_, place)) => compared |= *place != axis(row),
            None => drop(seen.insert(key, (value.to_bits(), axis(row)))),
        }
    }
    compared
}

#[cfg(test)]
mod tests {
    use super::axes_without_effect;
    use crate::results::Results;

    fn results(rows: &[(&str, i32, &str, f64)]) -> Results {
        let mut text =
            "point,corner,extraction,temp_c,supply,alter,measure,value,status\n".to_owned();
        for (corner, temp, supply, value) in rows {
            text += &format!(
                "{corner}/t/t_{temp}/{supply},{corner},t,{temp},{supply},1,d,{value},ok\n"
            );
        }
        Results::parse("r", text.as_bytes()).unwrap()
    }

    #[test]
    fn an_axis_along_which_nothing_changes_is_named() {
        let all = [
            ("SS", 25, "a", 1.0),
            ("SS", 85, "a", 2.0),
            ("TT", 25, "a", 1.0),
            ("TT", 85, "a", 2.0),
        ];
        assert_eq!(axes_without_effect(&results(&all)), [("corner", 2)]);
        let mut differs = all;
        differs[3].3 = 2.1;
        assert_eq!(axes_without_effect(&results(&differs)), []);
        assert_eq!(axes_without_effect(&results(&all[..1])), []);
        // One value at each corner leaves nothing to compare but the corners themselves.
        assert_eq!(axes_without_effect(&results(&[all[0], all[2]])), [("corner", 2)]);
        assert_eq!(axes_without_effect(&results(&[all[0], all[3]])), []);
    }
}
