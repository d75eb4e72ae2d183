//! Baselines: simple predictions that need no model.

use crate::data::Data;
use crate::split::{Fold, Kind};
use libchar_learn::Matrix;
use libchar_learn::linear::{Moments, Penalty};

/// Weight of the newest run in the EWMA baseline.
pub const EWMA_LAMBDA: f64 = 0.3;

/// Predictions of a baseline; runs that it cannot predict are absent.
#[derive(Clone, Debug)]
pub struct Baseline {
    /// Name in documents.
    pub name: &'static str,
    /// Run and prediction, ascending by run.
    pub predicted: Vec<(usize, f64)>,
}

/// All baselines, for the test runs of the folds.
///
/// `last measured` and `ewma` use the runs of the same group if the split is by group, else all
/// runs. A run counts as measured `delay` runs after it was made.
pub fn all(kind: Kind, data: &Data, folds: &[Fold], delay: usize) -> Vec<Baseline> {
    let mut tested: Vec<usize> = folds.iter().flat_map(|f| f.test.iter().copied()).collect();
    tested.sort_unstable();
    let of_fold = |name, one: &dyn Fn(&Fold) -> Vec<(usize, f64)>| {
        let mut predicted: Vec<(usize, f64)> = folds.iter().flat_map(one).collect();
        predicted.sort_by_key(|(row, _)| *row);
        Baseline { name, predicted }
    };
    let of_past = |name, grouped: bool, one: &dyn Fn(&[f64]) -> f64| {
        let all = past(data, grouped, delay, one);
        let known = tested.iter().filter_map(|&row| Some((row, all[row]?)));
        Baseline { name, predicted: known.collect() }
    };
    let grouped = kind == Kind::Group;
    let mut baselines = vec![of_fold("mean", &|fold| mean(data, fold))];
    if data.has_groups() {
        baselines.push(of_past("group mean", true, &libchar_numeric::moments::mean));
        baselines.push(of_fold("order within group", &|fold| order(data, fold)));
    }
    baselines.push(of_past("last measured", grouped, &|y| y[y.len() - 1]));
    baselines.push(of_past("ewma", grouped, &|y| {
        y[1..].iter().fold(y[0], |level, y| EWMA_LAMBDA * y + (1.0 - EWMA_LAMBDA) * level)
    }));
    baselines
}

fn mean(data: &Data, fold: &Fold) -> Vec<(usize, f64)> {
    let mean = libchar_numeric::moments::mean(&data.truth(&fold.train));
    fold.test.iter().map(|&row| (row, mean)).collect()
}

/// Predicts by a line over the position within the group.
fn order(data: &Data, fold: &Fold) -> Vec<(usize, f64)> {
    let rows: Vec<[f64; 1]> = data.order.iter().map(|place| [*place]).collect();
    let fit = Matrix::from_rows(&rows)
        .and_then(|x| Moments::of(&x, &data.y, &fold.train)?.fit(Penalty::None));
    let Ok(line) = fit else { return Vec::new() };
    fold.test.iter().map(|&row| (row, line.predict(&[data.order[row]]))).collect()
}

/// Applies `one`, for each run, to the measurements that were known before it, oldest first: those
/// of its group or of all runs.
fn past(data: &Data, grouped: bool, delay: usize, one: &dyn Fn(&[f64]) -> f64) -> Vec<Option<f64>> {
    let groups = if grouped { data.groups.len().max(1) } else { 1 };
    let mut seen: Vec<Vec<f64>> = vec![Vec::new(); groups];
    (0..data.len())
        .map(|row| {
            let own = &mut seen[if grouped { data.group[row] } else { 0 }];
            let known = (own.len() + 1).saturating_sub(delay.max(1));
            let value = (known > 0).then(|| one(&own[..known]));
            own.push(data.y[row]);
            value
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::split::forward;

    fn data() -> Data {
        Data {
            y: vec![1.0, 3.0, 5.0, 11.0, 13.0, 15.0],
            group: vec![0, 0, 0, 1, 1, 1],
            groups: vec!["a".to_owned(), "b".to_owned()],
            order: vec![1.0, 2.0, 3.0, 1.0, 2.0, 3.0],
            ..Data::default()
        }
    }

    fn named<'a>(baselines: &'a [Baseline], name: &str) -> &'a [(usize, f64)] {
        &baselines.iter().find(|b| b.name == name).unwrap().predicted
    }

    #[test]
    fn forward_baselines_know_what_came_before() {
        let found = all(Kind::Forward, &data(), &[forward(6, 3, 3)], 1);
        assert_eq!(named(&found, "mean"), [(3, 3.0), (4, 3.0), (5, 3.0)]);
        assert_eq!(named(&found, "last measured"), [(3, 5.0), (4, 11.0), (5, 13.0)]);
        assert_eq!(named(&found, "group mean"), [(4, 11.0), (5, 12.0)]);
        let order: Vec<f64> = named(&found, "order within group").iter().map(|p| p.1).collect();
        assert!(order.iter().zip([1.0, 3.0, 5.0]).all(|(a, b)| (a - b).abs() < 1e-9));
        let late = all(Kind::Forward, &data(), &[forward(6, 3, 3)], 2);
        assert_eq!(named(&late, "last measured"), [(3, 3.0), (4, 5.0), (5, 11.0)]);
    }

    #[test]
    fn baselines_of_a_group_end_at_its_border() {
        let fold = Fold { train: vec![0, 1, 2], test: vec![3, 4, 5] };
        let found = all(Kind::Group, &data(), &[fold], 1);
        assert_eq!(named(&found, "last measured"), [(4, 11.0), (5, 13.0)]);
        assert_eq!(named(&found, "ewma")[1].1, 0.3 * 13.0 + 0.7 * 11.0);
    }
}
