//! Changes for the first jobs that may miss their limits: a search takes as long as a hundred simulations.

use super::judge::{Judge, Judgement};
use super::{NamedJob, TrustError};
use rayon::prelude::*;

/// Jobs for which changes are searched unasked.
pub const MOST: usize = 20;

/// Searches changes for the first [`MOST`] jobs that may miss their limits; returns how many there are of them in all.
///
/// # Errors
/// [`TrustError`] of the model or the profile.
pub fn first(
    judge: &Judge,
    jobs: &[NamedJob],
    judged: &mut [Judgement],
) -> Result<usize, TrustError> {
    let mut missing: Vec<_> = jobs
        .iter()
        .zip(judged.iter_mut())
        .filter(|(_, judgement)| !judgement.violations.is_empty())
        .collect();
    let all = missing.len();
    missing.truncate(MOST);
    missing
        .par_iter_mut()
        .try_for_each(|(named, judgement)| judge.search(&named.job, judgement))?;
    Ok(all)
}
