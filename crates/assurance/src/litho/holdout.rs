//! Which jobs of a record train, calibrate, test, and stand by for the trial beside production.

use super::training::Parts;
use libchar_numeric::draws::Draws;

/// Shares of the jobs that train and calibrate, of those that do not stand by; the rest tests.
const SHARES: (f64, f64) = (0.60, 0.15);

/// Share of the jobs that are new to production that stand by, where more than the least can be spared.
const STANDS_BY: f64 = 0.2;

/// Jobs in the record for each one that stands by: a trial must not starve the model that it is held for.
const FOR_EACH: usize = 3;

/// Indices of jobs by their part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holdout {
    /// Jobs to train on, then those to calibrate, then those to test: one after the other in [`Holdout::order`].
    pub order: Vec<usize>,
    /// How many of them train.
    pub train: usize,
    /// How many of them calibrate.
    pub calibrate: usize,
    /// Jobs that no model has seen, for the trial beside production; empty where there are too few.
    pub shadow: Vec<usize>,
}

impl Holdout {
    /// The parts of [`Holdout::order`].
    pub fn parts(&self) -> Parts {
        let (train, held) = (self.train, self.train + self.calibrate);
        Parts { train: 0..train, calibrate: train..held, test: held..self.order.len() }
    }
}

/// Shares jobs out by draws on their marks, so that a job stays where it is while others come: its place hangs on the seed and
/// its content alone. `is_new` says which jobs the model in production has not seen (absent: nothing is in production), `least`
/// how many of them a trial needs.
pub fn share(keys: &[String], is_new: Option<&[bool]>, least: usize, seed: u64) -> Holdout {
    let mut order: Vec<(u64, usize)> = keys
        .iter()
        .enumerate()
        .map(|(i, key)| (Draws::new(seed, &["litho", "retrain", key]).bits(0), i))
        .collect();
    order.sort_unstable();
    let order = order.into_iter().map(|(_, i)| i);
    let new = is_new.map_or(0, |new| new.iter().filter(|new| **new).count());
    let wanted = least.max((STANDS_BY * new as f64) as usize);
    let wanted = if new >= least && keys.len() >= FOR_EACH * wanted { wanted } else { 0 };
    let (mut shadow, mut rest) = (Vec::new(), Vec::new());
    for i in order {
        let stands_by = shadow.len() < wanted && is_new.is_some_and(|new| new[i]);
        if stands_by { shadow.push(i) } else { rest.push(i) }
    }
    let part = |share: f64| (share * rest.len() as f64) as usize;
    let train = part(SHARES.0);
    let calibrate = part(SHARES.0 + SHARES.1) - train;
    Holdout { order: rest, train, calibrate, shadow }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn keys(n: usize) -> Vec<String> {
        (0..n).map(|i| format!("k{i}")).collect()
    }

    #[test]
    fn every_job_has_one_place_and_seen_jobs_never_stand_by() {
        let keys = keys(1000);
        let is_new: Vec<bool> = (0..1000).map(|i| i >= 600).collect();
        let held = share(&keys, Some(&is_new), 200, 1);
        assert_eq!(held.shadow.len(), 200);
        assert!(held.shadow.iter().all(|&i| is_new[i]));
        let all: BTreeSet<usize> = held.order.iter().chain(&held.shadow).copied().collect();
        assert_eq!((all.len(), held.order.len()), (1000, 800));
        let parts = held.parts();
        assert_eq!((parts.train, parts.calibrate, parts.test), (0..480, 480..600, 600..800));
        assert_eq!(held, share(&keys, Some(&is_new), 200, 1));
        assert_ne!(held, share(&keys, Some(&is_new), 200, 2));
    }

    #[test]
    fn too_few_new_jobs_all_train_and_many_spare_a_fifth() {
        let keys = keys(2000);
        let few: Vec<bool> = (0..2000).map(|i| i < 199).collect();
        assert!(share(&keys, Some(&few), 200, 1).shadow.is_empty());
        assert!(share(&keys, None, 200, 1).shadow.is_empty());
        // New jobs alone, but not enough of them to learn from as well.
        assert!(share(&keys[..599], Some(&[true; 599]), 200, 1).shadow.is_empty());
        assert_eq!(share(&keys[..600], Some(&[true; 600]), 200, 1).shadow.len(), 200);
        assert_eq!(share(&keys, Some(&vec![true; 2000]), 200, 1).shadow.len(), 400);
    }

    #[test]
    fn a_new_job_moves_no_other() {
        let place = |n: usize| {
            let held = share(&keys(n), None, 200, 7);
            held.order.into_iter().filter(|i| *i < 50).collect::<Vec<_>>()
        };
        assert_eq!(place(50), place(80));
    }
}
