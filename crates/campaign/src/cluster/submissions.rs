//! Submissions of earlier runs that are still open.

use crate::cannot::cannot;
use anyhow::Result;
use libchar_runner::cluster::submission::{self, Open};
use libchar_runner::{Ticket, trash};
use std::collections::BTreeSet;
use std::path::Path;

/// The attempts of open submissions: their folders belong to jobs that may run.
pub fn alive(runs: &Path, open: &[Open]) -> BTreeSet<String> {
    tickets(runs, open).map(|(_, _, ticket)| ticket.attempt).collect()
}

/// Removes the folders of submissions that were prepared and never recorded in the journal: they were not submitted.
pub fn clear_unsubmitted(runs: &Path, open: &[Open]) -> Result<()> {
    trash::empty(runs).map_err(|e| cannot("clear", runs, e))?;
    for name in submission::laid(runs).map_err(|e| cannot("read", runs, e))? {
        if open.iter().all(|open| open.name != name) {
            submission::revoke(runs, &name).map_err(|e| cannot("remove", runs, e))?;
        }
    }
    Ok(())
}

/// The tickets of open submissions, each with its submission and element.
pub(super) fn tickets<'o>(
    runs: &Path,
    open: &'o [Open],
) -> impl Iterator<Item = (&'o str, usize, Ticket)> {
    let elements = open.iter().flat_map(move |open| {
        submission::elements(runs, &open.name).into_iter().map(move |e| (&*open.name, e))
    });
    elements.flat_map(move |(name, element)| {
        let tickets = submission::pack(runs, name, element).unwrap_or_default();
        tickets.into_iter().map(move |ticket| (name, element, ticket))
    })
}
