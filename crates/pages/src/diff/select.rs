//! Choosing the measures to compare.

use super::{Entry, fits};
use libchar_core::{Fault, Faults};

/// Keeps the entries whose measure fits one of the patterns; all of them if there is no pattern.
///
/// # Errors
/// Every pattern that no measure of either side fits: it is a slip of the pen.
pub fn only(patterns: &[String], old: &mut Vec<Entry>, new: &mut Vec<Entry>) -> Result<(), Faults> {
    if patterns.is_empty() {
        return Ok(());
    }
    let mut known: Vec<&str> =
        old.iter().chain(new.iter()).map(|entry| entry.measure.as_str()).collect();
    known.sort_unstable();
    known.dedup();
    let unknown = patterns.iter().filter(|pattern| !known.iter().any(|name| fits(pattern, name)));
    let faults = unknown.map(|pattern| {
        Fault::of("--measure", format!("no measure is named `{pattern}`"))
            .one_of(pattern, known.iter().copied())
    });
    Faults::or((), faults.collect())?;
    for side in [old, new] {
        side.retain(|entry| patterns.iter().any(|pattern| fits(pattern, &entry.measure)));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::only;
    use crate::diff::{Content, Entry};

    fn entries(measures: &[&str]) -> Vec<Entry> {
        measures.iter().map(|m| Entry::new("p", *m, Content::Number(1.0))).collect()
    }

    #[test]
    fn a_pattern_has_to_fit_one_side() {
        let (mut old, mut new) = (entries(&["tphl", "idd"]), entries(&["tplh", "idd"]));
        let patterns = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>();
        let error = only(&patterns(&["tpxx", "i*"]), &mut old, &mut new).unwrap_err().to_string();
        assert!(error.contains("no measure is named `tpxx`"), "{error}");
        assert!(!error.contains("`i*`"), "{error}");
        only(&patterns(&["TPLH"]), &mut old, &mut new).unwrap();
        assert_eq!((old.len(), new.len()), (0, 1));
        only(&[], &mut old, &mut new).unwrap();
        assert_eq!(new.len(), 1);
    }
}
