//! Finds which analyses in ngspice's log belong together: a control block may run several kinds of
//! analyses, and repeat all of them.
//!
//! The log does not name its analyses, so the names of measures decide. If a measure was printed N
//! times, its failures counted, the deck ran N times. The headings of analyses are then divided
//! evenly among the runs, or each alter begins where a name occurs again.

use super::pass::{Failures, Pass};
use std::collections::{BTreeMap, BTreeSet};

/// Joins the analyses of each alter into one pass.
pub(super) fn join<'a>(passes: Vec<Pass<'a>>, failures: &Failures) -> Vec<Pass<'a>> {
    let times = times(&passes, failures);
    let mut joined = match passes.len() {
        all if all <= times => passes,
        all => {
            let evenly = (times > 0 && all.is_multiple_of(times)).then(|| all / times);
            let at = evenly
                .map(|share| (0..all).step_by(share).collect::<Vec<usize>>())
                .filter(|starts| is_free_of_repeats(&passes, starts));
            let by_names = || Some(starts_by_names(&passes)).filter(|at| at.len() == times.max(1));
            match at.or_else(by_names) {
                Some(starts) => merge(passes, &starts),
                // Nobody can know in which alters a failed measure is missing, so each analysis is
                // an alter of its own.
                None => passes,
            }
        }
    };
    drop_repeated(&mut joined, times);
    joined
}

/// How often the deck ran: as often as the most frequent measure came or failed.
fn times(passes: &[Pass<'_>], failures: &Failures) -> usize {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for pass in passes {
        pass.names().into_iter().for_each(|name| *counts.entry(name).or_default() += 1);
    }
    for (name, failure) in failures {
        *counts.entry(name).or_default() += failure.times();
    }
    counts.into_values().max().unwrap_or(0)
}

/// Whether no name occurs twice between one start and the next.
fn is_free_of_repeats(passes: &[Pass<'_>], starts: &[usize]) -> bool {
    let ends = starts.iter().copied().skip(1).chain([passes.len()]);
    starts.iter().zip(ends).all(|(start, end)| {
        let mut seen = BTreeSet::new();
        let mut names = passes[*start..end].iter().flat_map(Pass::names);
        names.all(|name| seen.insert(name))
    })
}

/// The starts of the alters: an alter begins where a name occurs again.
fn starts_by_names(passes: &[Pass<'_>]) -> Vec<usize> {
    let mut starts = vec![0];
    let mut seen = BTreeSet::new();
    for (at, pass) in passes.iter().enumerate() {
        let names = pass.names();
        if names.iter().any(|name| seen.contains(name)) {
            starts.push(at);
            seen.clear();
        }
        seen.extend(names);
    }
    starts
}

fn merge<'a>(passes: Vec<Pass<'a>>, starts: &[usize]) -> Vec<Pass<'a>> {
    let mut merged: Vec<Pass<'a>> = Vec::new();
    for (at, pass) in passes.into_iter().enumerate() {
        match merged.last_mut().filter(|_| !starts.contains(&at)) {
            Some(last) => last.take(pass),
            None => merged.push(pass),
        }
    }
    merged
}

/// Drops the last pass if it adds nothing: if the one before contains it, or if it is empty and no
/// measure failed in it.
fn drop_repeated(passes: &mut Vec<Pass<'_>>, times: usize) {
    let [.., before, last] = passes.as_slice() else { return };
    let repeats = if last.is_empty() {
        !last.aborted && (before.is_empty() || passes.len() > times)
    } else {
        before.contains(last)
    };
    if repeats {
        passes.pop();
    }
}

#[cfg(test)]
mod tests {
    use crate::measure::Measure;
    use crate::measure::ngspice::parse;

    const HEAD: &str = "Doing analysis at TEMP = 27.000000 and TNOM = 27.000000\n";

    /// Rows of a log of passes, `name=value` each.
    fn of_passes(passes: &[&[&str]], failed: &[&str]) -> Vec<String> {
        let mut log = String::new();
        for pass in passes {
            log.push_str(HEAD);
            for equation in *pass {
                let (name, value) = equation.split_once('=').unwrap();
                log.push_str(&format!("{name:<20}=  {value}.000000e+00\n"));
            }
        }
        for name in failed {
            log.push_str(&format!("Error: measure  {name}  when(WHEN) : out of interval\n"));
            log.push_str(&format!(" meas tran {name} when v(b)=0.5 failed!\n"));
        }
        let shown = |row: &Measure| match row.value {
            Some(value) => format!("{}.{}={value}", row.alter, row.name),
            None => format!("{}.{} {}", row.alter, row.name, row.status),
        };
        parse("sim_tx.log", &log).unwrap().rows.iter().map(shown).collect()
    }

    #[test]
    fn analyses_of_several_kinds_are_one_alter() {
        // `op`, `tran`, `meas`; with a value printed after `op`; a pause that is resumed.
        assert_eq!(of_passes(&[&[], &["vmax=1"]], &[]), ["1.vmax=1"]);
        assert_eq!(
            of_passes(&[&["g=1"], &["vmax=2"], &["bw=3"]], &[]),
            ["1.g=1", "1.vmax=2", "1.bw=3"]
        );
        // The same in a loop.
        let twice: [&[&str]; 4] = [&["g=1"], &["v=2"], &["g=3"], &["v=4"]];
        assert_eq!(of_passes(&twice, &[]), ["1.g=1", "1.v=2", "2.g=3", "2.v=4"]);
        // An `op` before a loop.
        assert_eq!(
            of_passes(&[&[], &["v=1"], &["v=2"], &["v=3"]], &[]),
            ["1.v=1", "2.v=2", "3.v=3"]
        );
        // ngspice simulates once more because of `.print`.
        assert_eq!(of_passes(&[&["g=1"], &["v=2"], &["v=2"]], &[]), ["1.g=1", "1.v=2"]);
    }

    #[test]
    fn a_failure_counts_as_a_run_of_its_measure() {
        assert_eq!(of_passes(&[&["v=1"], &[], &["v=3"]], &["v"]), ["1.v=1", "2.v failed", "3.v=3"]);
        assert_eq!(of_passes(&[&["v=1"], &[]], &["v"]), ["1.v=1", "2.v failed"]);
        let loop_of_two: [&[&str]; 4] = [&[], &[], &[], &["v=4"]];
        assert_eq!(of_passes(&loop_of_two, &["v"]), ["1.v failed", "2.v=4"]);
        assert_eq!(of_passes(&[&["g=1"], &[]], &["v"]), ["1.g=1", "1.v failed"]);
    }
}
