//! Which jobs of a record train, calibrate and test a model, and which are held back for its trial
//! beside the model in production.

use super::training::Parts;
use libchar_numeric::draws::Draws;

/// Shares of training and calibration among the jobs that are not held back; the rest tests.
const SHARES: (f64, f64) = (0.60, 0.15);

/// Share of the jobs that are new to production which are held back, if more than the minimum can
/// be spared.
const STANDS_BY: f64 = 0.2;

/// Number of jobs that the record must have for each one held back: the trial must not take too
/// many jobs from the training.
const FOR_EACH: usize = 3;

/// Indices of jobs by their use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holdout {
    /// Training jobs, then calibration jobs, then test jobs.
    pub order: Vec<usize>,
    /// Number of training jobs.
    pub train: usize,
    /// Number of calibration jobs.
    pub calibrate: usize,
    /// Jobs held back for the trial beside production, which no model has seen; empty if there are
    /// too few jobs.
    pub shadow: Vec<usize>,
}

impl Holdout {
    /// The parts of [`Holdout::order`].
    pub fn parts(&self) -> Parts {
        let (train, held) = (self.train, self.train + self.calibrate);
        Parts { train: 0..train, calibrate: train..held, test: held..self.order.len() }
    }
}

/// Assigns jobs by random draws that depend only on the seed and the content of the job, so that
/// jobs keep their order when others are added. `is_new` says which jobs the model in production
/// has not seen (`None`: there is none in production), `least` how many of them a trial needs.
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
        // All jobs are new, but there are not enough of them to also train on.
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
