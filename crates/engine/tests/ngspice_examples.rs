//! ngspice's own example decks: every one that ngspice simulates without an error is done.
//!
//! `LIBCHAR_NGSPICE_SOURCES` names the unpacked source package (`apt-get source ngspice`); without it the test skips. It
//! takes some minutes of CPU, and the decks write into a copy.

#![allow(clippy::print_stderr, reason = "a test says what it counted, or why it skips")]
#![allow(clippy::disallowed_methods, reason = "a test reads files")]

use libchar_engine::Simulator;
use libchar_engine::log::{About, Exit, judge};
use libchar_engine::measure::asked;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Decks that take more CPU are left out. The time on the wall only ends those that wait for somebody.
const ALONE: &str = "ulimit -t 20; exec timeout 300 ngspice -n -b \"$0\"";

/// Texts of ngspice for a simulation that failed, or that stopped at a breakpoint for somebody to resume it, in whatever
/// line: apart from libchar's own patterns, which are anchored.
const FAILED: [&str; 4] =
    ["simulation(s) aborted", "fatal error", "interrupted due to error", "pause requested"];

fn decks(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let is_deck = path.extension().is_some_and(|e| e == "cir" || e == "sp" || e == "spi");
        if path.is_dir() {
            decks(&path, found);
        } else if is_deck {
            found.push(path);
        }
    }
}

fn simulate(deck: &Path) -> Output {
    Command::new("sh")
        .args(["-c", ALONE])
        .arg(deck.file_name().unwrap())
        .current_dir(deck.parent().unwrap())
        .env("OMP_THREAD_LIMIT", "1")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// What ngspice itself says of a deck, and what libchar makes of it.
struct Verdict {
    deck: PathBuf,
    /// Whether it ended with exit code 1 for want of `quit` alone.
    lacks_quit: bool,
    refused: Option<String>,
}

/// `None` for a deck that ngspice does not simulate without an error.
fn verdict(ngspice: &Simulator, path: &Path) -> Option<Verdict> {
    let deck = String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned();
    let output = simulate(path);
    let log = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    let lower = log.to_lowercase();
    let ran = lower.contains("doing analysis at temp");
    let lacks_quit = match output.status.code() {
        Some(0) => false,
        Some(1) if lower.contains("no simulations run") => true,
        _ => return None,
    };
    if !ran || FAILED.iter().any(|text| lower.contains(text)) {
        return None;
    }
    let asked: Vec<String> = asked(&deck).measures.into_iter().map(|asked| asked.name).collect();
    let exit = Exit { code: output.status.code(), ..Exit::default() };
    let about = About { deck: &deck, asked: &asked, temp_c: None };
    let refused = judge(ngspice, &exit, &log, about).map(|failure| format!("{failure:?}"));
    Some(Verdict { deck: path.to_owned(), lacks_quit, refused })
}

/// The verdicts on all decks, two at a time, in order.
fn verdicts(ngspice: &Simulator, all: &[PathBuf]) -> Vec<Verdict> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut found = Vec::new();
        while let Some(path) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
            found.extend(verdict(ngspice, path));
        }
        found
    };
    let mut verdicts = std::thread::scope(|scope| {
        let other = scope.spawn(work);
        let mut own = work();
        own.extend(other.join().unwrap());
        own
    });
    verdicts.sort_by(|a, b| a.deck.cmp(&b.deck));
    verdicts
}

#[test]
fn what_ngspice_simulates_without_an_error_is_done() {
    let Some(sources) = std::env::var_os("LIBCHAR_NGSPICE_SOURCES") else {
        eprintln!("skipped: LIBCHAR_NGSPICE_SOURCES names no folder of ngspice's sources");
        return;
    };
    let copy = tempfile::tempdir().unwrap();
    for part in ["tests", "examples"] {
        let from = Path::new(&sources).join(part);
        let status = Command::new("cp").arg("-r").arg(from).arg(copy.path()).status().unwrap();
        assert!(status.success());
    }
    let ngspice = Simulator::find("ngspice", &toml::Table::new()).unwrap();
    let mut all = Vec::new();
    decks(copy.path(), &mut all);
    let verdicts = verdicts(&ngspice, &all);
    let count = |lacks_quit: bool| {
        let of: Vec<_> = verdicts.iter().filter(|v| v.lacks_quit == lacks_quit).collect();
        (of.iter().filter(|v| v.refused.is_none()).count(), of.len())
    };
    let (zero, lacks_quit) = (count(false), count(true));
    eprintln!(
        "{} decks; exit code 0: {} of {} done; lacking `quit`: {} of {} done",
        all.len(),
        zero.0,
        zero.1,
        lacks_quit.0,
        lacks_quit.1
    );
    for verdict in &verdicts {
        if let Some(failure) = &verdict.refused {
            let deck = verdict.deck.strip_prefix(copy.path()).unwrap();
            eprintln!("{}: {failure}", deck.display());
        }
    }
    assert!(zero.1 > 0 && lacks_quit.1 > 0, "the sources hold decks");
    assert_eq!(zero.0, zero.1);
    // 176 of 178 with version 39.3; two digital decks say that no analysis ran, which one did.
    assert!(lacks_quit.0 * 159 >= lacks_quit.1 * 155);
}
