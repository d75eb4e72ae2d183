//! Searches for changes of the first jobs that may miss their limits. Each search takes as long as
//! a hundred simulations, so their number is limited.

use super::judge::{Judge, Judgement};
use super::{NamedJob, TrustError};
use rayon::prelude::*;

/// Number of jobs for which changes are searched by default.
pub const MOST: usize = 20;

/// Searches for changes of the first [`MOST`] jobs that may miss their limits. Returns the number
/// of all such jobs.
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
