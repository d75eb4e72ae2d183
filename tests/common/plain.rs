//! Decks simulated without libchar, in the usual way: `xargs -P2 ngspice -b`.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Simulates decks, named relative to `folder`, each into `<deck>.plain`, two at a time and each with one thread.
/// Returns the wall time, or `None` after reporting that the test is skipped.
pub fn simulate(folder: &Path, decks: &[String]) -> Option<Duration> {
    if !libchar_testing::has("ngspice") {
        return None;
    }
    let began = Instant::now();
    let mut xargs = Command::new("xargs")
        .args(["-P2", "-I{}", "ngspice", "-b", "-o", "{}.plain", "{}"])
        .env("OMP_THREAD_LIMIT", "1")
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("xargs starts");
    let lines = decks.iter().map(|deck| format!("{deck}\n")).collect::<String>();
    xargs.stdin.take().expect("a pipe").write_all(lines.as_bytes()).expect("xargs reads");
    assert!(xargs.wait().expect("xargs ends").success(), "ngspice fails");
    Some(began.elapsed())
}

/// The measures that [`simulate`] left for a deck.
pub fn measures_of(folder: &Path, deck: &str) -> BTreeMap<String, String> {
    let log = folder.join(format!("{deck}.plain"));
    measures(&fs::read_to_string(&log).unwrap_or_else(|e| panic!("{}: {e}", log.display())))
}

/// The measures of an ngspice log, in the digits that it prints.
pub fn measures(log: &str) -> BTreeMap<String, String> {
    let (_, rest) = log.split_once("Measurements for").unwrap_or_default();
    let (rest, _) = rest.split_once("Total analysis time").unwrap_or((rest, ""));
    rest.lines()
        .filter_map(|line| {
            let (name, value) = line.split_once('=')?;
            // Output on standard error comes in between, such as `Trying gmin = …`.
            let name = name.trim();
            let is_measure = !name.contains(char::is_whitespace);
            is_measure.then_some((name.to_owned(), value.split_whitespace().next()?.to_owned()))
        })
        .collect()
}
