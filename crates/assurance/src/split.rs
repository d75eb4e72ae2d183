//! Which runs train a model and which test it: by group, or forward in time. A shuffled split
//! exists only to show how misleading it is.

use crate::data::Data;
use libchar_core::Note;
use libchar_core::Refused;
use libchar_core::told::Hearer;
use libchar_numeric::draws;
use serde::{Deserialize, Serialize};

/// Largest number of groups of which each is left out alone.
pub const MOST_SINGLE_GROUPS: usize = 30;
/// Number of folds for more groups, and of a shuffled split.
pub const FOLDS: usize = 10;
/// Number of folds by which a setting is chosen within the training runs.
const INNER_FOLDS: usize = 5;

/// Least number of training runs.
pub const LEAST_TRAIN: usize = 10;

/// Least number of test runs.
pub const LEAST_TEST: usize = 5;

/// How runs are split.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The first runs train; every later run is predicted with what was known before it.
    Forward,
    /// Whole groups are left out in turn.
    Group,
    /// Runs at random: neighbours in time and runs of a group are in both parts.
    Shuffled,
}

impl Kind {
    /// Name in documents.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Forward => "forward",
            Kind::Group => "group",
            Kind::Shuffled => "shuffled",
        }
    }
}

/// Training runs and test runs, ascending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fold {
    /// Training runs.
    pub train: Vec<usize>,
    /// Test runs.
    pub test: Vec<usize>,
}

/// One fold: the first `train` runs train, those from `from` on test.
pub fn forward(rows: usize, train: usize, from: usize) -> Fold {
    Fold { train: (0..train).collect(), test: (from..rows).collect() }
}

/// Folds of whole groups among the runs `rows`: one per group if there are at most `single` groups,
/// else `folds`.
pub fn by_group(data: &Data, rows: &[usize], single: usize, folds: usize) -> Vec<Fold> {
    let mut present: Vec<usize> = rows.iter().map(|&i| data.group[i]).collect();
    present.sort_unstable();
    present.dedup();
    let folds = if present.len() <= single { present.len() } else { folds.min(present.len()) };
    let fold_of = |group: usize| present.partition_point(|g| *g < group) % folds.max(1);
    part(rows, folds, |i| fold_of(data.group[i]))
}

/// Random folds, the same for the same seed.
pub fn shuffled(rows: usize, folds: usize, seed: u64) -> Vec<Fold> {
    let mut place = vec![0; rows];
    for (at, row) in draws::shuffled(seed, &["vm", "split"], rows).into_iter().enumerate() {
        place[row] = at % folds.max(1);
    }
    part(&(0..rows).collect::<Vec<_>>(), folds, |i| place[i])
}

fn part(rows: &[usize], folds: usize, fold_of: impl Fn(usize) -> usize) -> Vec<Fold> {
    let fold = |k: usize| {
        let (test, train) = rows.iter().partition(|&&i| fold_of(i) == k);
        Fold { train, test }
    };
    (0..folds).map(fold).collect()
}

/// Folds within the training runs, of the same kind as the outer split, so that the choice of a
/// setting is not more optimistic than the test.
pub fn inner(kind: Kind, data: &Data, train: &[usize], seed: u64) -> Vec<Fold> {
    match kind {
        Kind::Group => by_group(data, train, INNER_FOLDS, INNER_FOLDS),
        Kind::Shuffled => {
            let map = |list: &[usize]| list.iter().map(|&k| train[k]).collect();
            let folds = shuffled(train.len(), INNER_FOLDS, seed ^ 1);
            folds.iter().map(|f| Fold { train: map(&f.train), test: map(&f.test) }).collect()
        }
        Kind::Forward => {
            // The second half in five parts, each predicted from all runs before it.
            let n = train.len();
            let cut = |k: usize| n / 2 + (n - n / 2) * k / INNER_FOLDS;
            (0..INNER_FOLDS)
                .map(|k| Fold {
                    train: train[..cut(k)].to_vec(),
                    test: train[cut(k)..cut(k + 1)].to_vec(),
                })
                .filter(|fold| !fold.test.is_empty() && fold.train.len() > 2)
                .collect()
        }
    }
}

/// Options of a split.
#[derive(Clone, Copy, Debug)]
pub struct Split {
    /// Kind of split.
    pub kind: Kind,
    /// Number of training runs, forward in time; `None` for 60 %, rounded up to whole groups.
    pub train: Option<usize>,
    /// Number of runs after them that set the intervals, forward in time.
    pub calibration: usize,
}

impl Split {
    /// The kind of split: the one that is requested, else forward if there is a time or no group,
    /// else by group.
    pub fn kind(shuffled: bool, wanted: Option<Kind>, has_group: bool, has_time: bool) -> Kind {
        match (shuffled, wanted, has_group, has_time) {
            (true, ..) => Kind::Shuffled,
            (_, Some(Kind::Group), ..) | (_, None, true, false) => Kind::Group,
            _ => Kind::Forward,
        }
    }

    /// Number of training runs; 0 where the split is not forward.
    ///
    /// # Errors
    /// Too few groups or runs, and options that do not apply to the kind.
    pub fn train(&self, data: &Data, hear: Hearer) -> Result<usize, Refused> {
        if self.kind == Kind::Group && data.groups.len() < 3 {
            return Err(Refused::Usage(format!(
                "--group: {} groups; expected 3 or more to leave each out",
                data.groups.len()
            )));
        }
        if self.kind != Kind::Forward {
            let given = [("--train-rows", self.train.is_some())];
            let given = given.into_iter().chain([("--calibration-rows", self.calibration > 0)]);
            return match given.into_iter().find(|(_, is_given)| *is_given) {
                None => Ok(0),
                Some((name, _)) => {
                    Err(Refused::Usage(format!("{name}: expected a split forward in time")))
                }
            };
        }
        let train = self.train.unwrap_or_else(|| cut(data, hear));
        if train < LEAST_TRAIN || train + self.calibration + LEAST_TEST > data.len() {
            return Err(Refused::Usage(format!(
                "{train} runs to train and {} to set the intervals, of {}: expected {LEAST_TRAIN} or more to train and {LEAST_TEST} or more after all of them to judge",
                self.calibration,
                data.len()
            )));
        }
        Ok(train)
    }
}

/// 60 % of the runs, plus the rest of the last run's group, so that no group is in both parts.
fn cut(data: &Data, hear: Hearer) -> usize {
    let wanted = data.len() * 60 / 100;
    if !data.has_groups() {
        return wanted;
    }
    let apart = |at: &usize| data.group[*at..].iter().all(|g| !data.group[..*at].contains(g));
    (wanted..data.len().saturating_sub(LEAST_TEST)).find(apart).unwrap_or_else(|| {
        let told =
            "groups reach from the training runs into the later ones: no cut keeps them apart";
        hear(Note::Warning("vm", told.to_owned()));
        wanted
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grouped(groups: usize, each: usize) -> Data {
        Data {
            y: vec![0.0; groups * each],
            group: (0..groups * each).map(|i| i / each).collect(),
            groups: (0..groups).map(|g| g.to_string()).collect(),
            ..Data::default()
        }
    }

    #[test]
    fn no_group_stands_on_both_sides() {
        for groups in [3, 12, 47] {
            let data = grouped(groups, 4);
            let rows: Vec<usize> = (0..data.len()).collect();
            let folds = by_group(&data, &rows, MOST_SINGLE_GROUPS, FOLDS);
            assert_eq!(folds.len(), if groups <= 30 { groups } else { 10 });
            let mut seen = Vec::new();
            for fold in folds {
                let of = |rows: &[usize]| rows.iter().map(|i| data.group[*i]).collect::<Vec<_>>();
                assert!(of(&fold.test).iter().all(|g| !of(&fold.train).contains(g)));
                assert_eq!(fold.train.len() + fold.test.len(), data.len());
                seen.extend(fold.test);
            }
            seen.sort_unstable();
            assert_eq!(seen, rows);
        }
    }

    #[test]
    fn forward_folds_never_look_ahead() {
        let data = grouped(1, 60);
        let train: Vec<usize> = (0..40).collect();
        let folds = inner(Kind::Forward, &data, &train, 1);
        assert_eq!(folds.len(), 5);
        assert!(folds.iter().all(|f| f.train.last() < f.test.first()));
        assert_eq!(folds.last().unwrap().test.last(), Some(&39));
    }

    #[test]
    fn the_kind_of_split_follows_time_and_groups() {
        let kind = |wanted, group, time| Split::kind(false, wanted, group, time);
        assert_eq!(kind(None, true, false), Kind::Group);
        assert_eq!(kind(None, true, true), Kind::Forward);
        assert_eq!(kind(None, false, false), Kind::Forward);
        assert_eq!(kind(Some(Kind::Group), true, true), Kind::Group);
        assert_eq!(Split::kind(true, None, true, true), Kind::Shuffled);
    }

    #[test]
    fn a_cut_keeps_groups_whole_where_it_can() {
        let data = grouped(5, 4);
        let split = Split { kind: Kind::Forward, train: None, calibration: 0 };
        // 60 % are the first three lots.
        assert_eq!(split.train(&data, &mut |_| {}).ok(), Some(12));
        let mut mixed = data.clone();
        mixed.group.iter_mut().enumerate().for_each(|(i, g)| *g = i % 5);
        let mut notes = Vec::new();
        assert_eq!(split.train(&mixed, &mut |note| notes.push(note)).ok(), Some(12));
        assert_eq!(notes.len(), 1);
    }

    #[test]
    fn splits_that_cannot_be_are_refused() {
        let data = grouped(5, 4);
        let told = |kind, train, calibration| {
            let split = Split { kind, train, calibration };
            split.train(&data, &mut |_| {}).map_err(|refused| refused.to_string())
        };
        assert_eq!(told(Kind::Group, None, 0), Ok(0));
        assert!(told(Kind::Forward, Some(9), 0).unwrap_err().starts_with("9 runs to train and 0"));
        assert!(
            told(Kind::Forward, Some(12), 4).is_err() && told(Kind::Forward, Some(12), 3) == Ok(12)
        );
        let forward = "expected a split forward in time";
        assert_eq!(told(Kind::Group, Some(12), 3), Err(format!("--train-rows: {forward}")));
        assert_eq!(told(Kind::Shuffled, None, 3), Err(format!("--calibration-rows: {forward}")));
        let two = grouped(2, 10);
        let split = Split { kind: Kind::Group, train: None, calibration: 0 };
        assert!(
            split
                .train(&two, &mut |_| {})
                .unwrap_err()
                .to_string()
                .starts_with("--group: 2 groups")
        );
    }
}
