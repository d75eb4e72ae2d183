//! Searches for changes of the first jobs that may miss their limits. Each search takes as long as
//! a hundred simulations, so their number is limited.

use super::judge::{Judge, Judgement};
use super::{NamedJob, TrustError};
use libchar_core::Note;
use rayon::prelude::*;

/// Number of jobs for which changes are searched by default.
pub const MOST: usize = 20;

/// Searches for changes of the first [`MOST`] jobs that may miss their limits. Returns a note if
/// there are more such jobs.
///
/// # Errors
/// [`TrustError`] of the model or the profile.
pub fn first(
    judge: &Judge,
    jobs: &[NamedJob],
    judged: &mut [Judgement],
) -> Result<Option<Note>, TrustError> {
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
    Ok(cut(all))
}

/// A note if not all of the jobs were searched.
fn cut(all: usize) -> Option<Note> {
    let message = format!(
        "changes were searched for the first {MOST} of {all} jobs that may miss their limits; --alternatives searches for all"
    );
    (all > MOST).then_some(Note::Info("alternatives", message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_search_that_was_cut_is_told() {
        assert_eq!(cut(MOST), None);
        let Some(Note::Info("alternatives", told)) = cut(MOST + 1) else { panic!("no note") };
        assert!(told.starts_with("changes were searched for the first 20 of 21 jobs "), "{told}");
    }
}
