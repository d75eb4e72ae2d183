//! Whether what varied shows in the results: an axis along which all values are the same never
//! reached the simulation.

use crate::results::{ResultRow, Results};
use std::collections::{BTreeMap, BTreeSet};

/// The axes of at least two values along which no result differs, with the number of values:
/// `corner`, `temperature`, `supply` and the swept axes.
pub fn axes_without_effect(results: &Results) -> Vec<(String, usize)> {
    let swept = results.is_axis().into_iter().zip(&results.sweep).enumerate();
    let swept = swept.filter(|(_, (is_axis, _))| *is_axis).map(|(i, (_, name))| (name.clone(), i));
    let mut axes: Vec<(String, Axis)> = vec![
        ("corner".to_owned(), Box::new(|row| format!("{}/{}", row.corner, row.extraction))),
        ("temperature".to_owned(), Box::new(|row| bits(row.temp_c))),
        ("supply".to_owned(), Box::new(|row| row.supply.clone())),
    ];
    axes.extend(swept.map(|(name, i)| -> (String, Axis) {
        (name, Box::new(move |row: &ResultRow| bits(row.sweep[i])))
    }));
    let same = |at: usize| {
        let values: BTreeSet<String> = results.rows.iter().map(&axes[at].1).collect();
        let is_same = values.len() > 1 && is_alike(results, &axes, at);
        is_same.then_some((axes[at].0.clone(), values.len()))
    };
    (0..axes.len()).filter_map(same).collect()
}

type Axis = Box<dyn Fn(&ResultRow) -> String>;

fn bits(value: Option<f64>) -> String {
    value.map(f64::to_bits).unwrap_or_default().to_string()
}

/// Whether each measure has a single value along an axis wherever everything else is equal, and
/// there are two values to compare somewhere.
fn is_alike(results: &Results, axes: &[(String, Axis)], at: usize) -> bool {
    let is_axis = results.is_axis();
    let mut seen: BTreeMap<_, (u64, String)> = BTreeMap::new();
    let mut compared = false;
    for row in results.rows.iter().filter(|row| row.sample.is_none()) {
        let Some(value) = row.value else { continue };
        let steps = row.sweep.iter().zip(&is_axis).filter(|(_, is_axis)| !**is_axis);
        let steps: Vec<String> = steps.map(|(step, _)| bits(*step)).collect();
        let others = axes.iter().enumerate().filter(|(other, _)| *other != at);
        let others: Vec<String> = others.map(|(_, (_, axis))| axis(row)).collect();
        let key = (row.measure.as_str(), row.alter, steps, others);
        let place = axes[at].1(row);
        match seen.get(&key) {
            Some((known, _)) if *known != value.to_bits() => return false,
            Some((_, other)) => compared |= *other != place,
            None => drop(seen.insert(key, (value.to_bits(), place))),
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
        assert_eq!(axes_without_effect(&results(&all)), [("corner".to_owned(), 2)]);
        let mut differs = all;
        differs[3].3 = 2.1;
        assert_eq!(axes_without_effect(&results(&differs)), []);
        assert_eq!(axes_without_effect(&results(&all[..1])), []);
        // With one value at each corner, only the corners themselves can be compared.
        assert_eq!(axes_without_effect(&results(&[all[0], all[2]])), [("corner".to_owned(), 2)]);
        assert_eq!(axes_without_effect(&results(&[all[0], all[3]])), []);
    }
}
