//! Measure files that an earlier run left beside those of this one.

use super::FileName;
use libchar_core::Fault;
use std::time::{Duration, SystemTime};

/// Smaller differences in time come from copying, not from two runs.
const COPY_TIME: Duration = Duration::from_secs(2);

/// A measure file in a point's folder.
#[derive(Debug, Clone)]
pub struct Found {
    /// The path to show in faults.
    pub path: String,
    /// The parts of its name.
    pub name: FileName,
    /// When it was last written.
    pub modified: SystemTime,
}

/// What is known of the run that should have written the files.
#[derive(Debug, Clone, Copy, Default)]
pub struct Run {
    /// Number of `.alter` blocks of the deck.
    pub alters: Option<usize>,
    /// When the run began, or its deck was written.
    pub began: Option<SystemTime>,
}

/// Finds the files of one stem that cannot come from the run.
///
/// A run writes one file for each alter, in their order. So a file is stale if its number is larger
/// than the number of alters of the deck, if it is older than the run, or older than a file with a
/// lower number. Of the two forms of the same file, the older one is stale.
pub fn stale(files: &[Found], run: Run) -> Vec<Fault> {
    let older = |file: &Found, than: SystemTime| {
        than.duration_since(file.modified).is_ok_and(|age| age > COPY_TIME)
    };
    let mut faults = Vec::new();
    for file in files {
        let FileName { analysis, number, .. } = file.name;
        let number_too_large =
            run.alters.filter(|alters| usize::try_from(number).is_ok_and(|n| n > *alters));
        let same_run =
            |other: &&Found| other.name.stem == file.name.stem && other.name.analysis == analysis;
        let earlier = files
            .iter()
            .filter(same_run)
            .find(|other| other.name.number < number && older(file, other.modified));
        let twin = files.iter().filter(same_run).find(|other| {
            other.name.number == number
                && other.name.csv != file.name.csv
                && older(file, other.modified)
        });
        let why = if let Some(alters) = number_too_large {
            format!("the deck has {alters} .alter, so m{analysis}{alters} is its last")
        } else if let Some(other) = earlier.or(twin) {
            format!("it is older than {}", other.path)
        } else if run.began.is_some_and(|began| older(file, began)) {
            "it is older than the deck and its last run".to_owned()
        } else {
            continue;
        };
        let fault = Fault::of(&file.path, format!("a measure file of an earlier run: {why}"));
        faults
            .push(fault.expected("only files of the last run; remove it, or run the point again"));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::{Found, Run, stale};
    use crate::measure::FileName;
    use std::time::{Duration, SystemTime};

    fn at(seconds: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000 + seconds)
    }

    fn files(named: &[(&str, u64)]) -> Vec<Found> {
        let found = |(path, seconds): &(&str, u64)| Found {
            path: (*path).to_owned(),
            name: FileName::parse(path).unwrap(),
            modified: at(*seconds),
        };
        named.iter().map(found).collect()
    }

    fn names(named: &[(&str, u64)], run: Run) -> Vec<String> {
        stale(&files(named), run).into_iter().map(|fault| fault.file).collect()
    }

    #[test]
    fn a_run_writes_its_alters_in_order() {
        let run = Run::default();
        assert!(names(&[("a.mt0", 100), ("a.mt1", 160), ("a.mt2", 220)], run).is_empty());
        assert_eq!(names(&[("a.mt0", 100), ("a.mt1", 160), ("a.mt2", 3)], run), ["a.mt2"]);
        // Files of another deck or another analysis do not count.
        assert!(names(&[("a.mt0", 100), ("b.mt1", 3), ("a.ms1", 3)], run).is_empty());
        // A copy does not keep the order to the millisecond.
        assert!(names(&[("a.mt0", 101), ("a.mt1", 100)], run).is_empty());
    }

    #[test]
    fn more_files_than_alters() {
        let run = Run { alters: Some(1), began: None };
        let faults = stale(&files(&[("a.mt0", 1), ("a.mt1", 2), ("a.mt2", 3)]), run);
        assert_eq!(faults.len(), 1);
        assert_eq!(
            faults[0].to_string(),
            "a.mt2: a measure file of an earlier run: the deck has 1 .alter, so mt1 is its last\n  \
             expected only files of the last run; remove it, or run the point again"
        );
    }

    #[test]
    fn older_than_the_run_or_than_its_other_form() {
        let run = Run { alters: None, began: Some(at(50)) };
        assert_eq!(names(&[("a.mt0", 10)], run), ["a.mt0"]);
        assert_eq!(names(&[("a.mt0", 60), ("a.mt0.csv", 10)], Run::default()), ["a.mt0.csv"]);
    }
}
