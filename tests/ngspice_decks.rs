//! ngspice's own example decks as points of `libchar run`: every deck that ngspice simulates
//! without an error is done.
//!
//! `LIBCHAR_NGSPICE_SOURCES` names the unpacked source package (`apt-get source ngspice`); without
//! it the test is skipped. It takes some minutes of CPU: each deck runs alone first, which shows
//! ngspice's own result, and then as a point.

use crate::common::{Sandbox, has_ngspice};
use libchar_pvt::{Point, Supply, points};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Decks that take more CPU time are left out. The wall time only ends decks that wait for input.
const ALONE: &str = "ulimit -t 20; exec timeout 120 ngspice -n -b \"$0\"";

/// Texts of ngspice for a failed simulation, in any line: independent of libchar's own patterns,
/// which are anchored.
/// A measure that cannot be taken is an error of ngspice, too.
const FAILED: [&str; 4] =
    ["simulation(s) aborted", "fatal error", "interrupted due to error", "error: measure"];

/// A deck that ngspice itself simulates without an error, and its result.
struct Alone {
    deck: PathBuf,
    temp_c: f64,
    /// Whether it ended with exit code 1 only because it lacks `quit`.
    lacks_quit: bool,
}

fn decks(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            decks(&path, found);
        } else if path.extension().is_some_and(|e| e == "cir" || e == "sp" || e == "spi") {
            found.push(path);
        }
    }
}

/// `None` for a deck that ngspice does not simulate without an error, or not in time.
fn alone(path: &Path) -> Option<Alone> {
    let output = Command::new("sh")
        .args(["-c", ALONE])
        .arg(path.file_name()?)
        .current_dir(path.parent()?)
        .env("OMP_THREAD_LIMIT", "1")
        .stdin(Stdio::null())
        .output()
        .ok()?;
    let log = [output.stdout, output.stderr].concat();
    let log = String::from_utf8_lossy(&log).to_lowercase();
    let lacks_quit = match output.status.code() {
        Some(0) => false,
        Some(1) if log.contains("no simulations run") => true,
        _ => return None,
    };
    let (_, after) = log.split_once("doing analysis at temp = ")?;
    let temp_c = after.split_whitespace().next()?.parse().ok()?;
    let failed = FAILED.iter().any(|text| log.contains(text));
    (!failed).then(|| Alone { deck: path.to_owned(), temp_c, lacks_quit })
}

/// The results of ngspice for all decks, two at a time, in order.
fn all_alone(all: &[PathBuf]) -> Vec<Alone> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut found = Vec::new();
        while let Some(path) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
            found.extend(alone(path));
        }
        found
    };
    let mut found = std::thread::scope(|scope| {
        let other = scope.spawn(work);
        let mut own = work();
        own.extend(other.join().expect("the other half"));
        own
    });
    found.sort_by(|a, b| a.deck.cmp(&b.deck));
    found
}

/// The point of a deck in its folder, which is the domain.
fn point(number: usize, deck: &Alone, hash: String) -> Point {
    let supply = format!("d{number}");
    let id = libchar_pvt::point::id("TT", "typical", deck.temp_c, &supply, &[]);
    let name = deck.deck.file_name().expect("a name").to_string_lossy();
    Point {
        deck: format!("{id}/{name}"),
        id,
        corner: "TT".to_owned(),
        extraction: "typical".to_owned(),
        temp_c: deck.temp_c,
        supply,
        section: "TT".to_owned(),
        supplies: vec![Supply { vccn_v: 1.0, vcctx_v: 1.0 }],
        sweep: Vec::new(),
        deck_sha256: hash,
    }
}

/// Simulates the decks of one folder; returns for each the reason why it is not done.
fn run(sandbox: &Sandbox, folder: &Path, decks: &[&Alone]) -> Vec<Option<String>> {
    let write = |path: &Path, content: &[u8]| {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, content).expect("a written file");
    };
    let mut frame = points::frame(1, std::iter::empty());
    let mut listed = Vec::new();
    for (number, deck) in decks.iter().enumerate() {
        let text =
            std::fs::read(folder.join(deck.deck.file_name().expect("a name"))).expect("a deck");
        let point = point(number, deck, libchar_core::hash::sha256(&text));
        write(&folder.join(&point.deck), &text);
        frame.push(points::row(&point));
        listed.push(point);
    }
    write(&folder.join("points.csv"), &frame.to_csv());
    write(&folder.join("config.cfg"), b"simulator=ngspice\nMEM=1\n");
    write(
        &folder.join("libchar.toml"),
        b"[run]\nretries = 0\nbreaker_in_a_row = 0\nbreaker_percent = 0.0\ntimeout = '10m'\n",
    );
    let output =
        sandbox.command(&["run", "-j", "2"]).current_dir(folder).output().expect("libchar runs");
    let code = output.status.code();
    assert!(matches!(code, Some(0 | 1)), "{code:?} {}", String::from_utf8_lossy(&output.stderr));
    let why = |point: &Point| {
        let text = std::fs::read(folder.join(&point.id).join("status.json")).expect("a status");
        let status: serde_json::Value = serde_json::from_slice(&text).expect("JSON");
        let reason = status["reason"].as_str().unwrap_or_default();
        (status["status"] != "done").then(|| format!("{}: {reason}", status["class"]))
    };
    listed.iter().map(why).collect()
}

#[test]
fn what_ngspice_simulates_without_an_error_is_done() {
    let Some(sources) = std::env::var_os("LIBCHAR_NGSPICE_SOURCES").filter(|_| has_ngspice())
    else {
        eprintln!("skipped: LIBCHAR_NGSPICE_SOURCES names no folder of ngspice's sources");
        return;
    };
    let sandbox = Sandbox::new();
    for copy in ["alone", "points"] {
        let to = sandbox.path().join(copy);
        std::fs::create_dir(&to).expect("a folder");
        for part in ["tests", "examples"] {
            let from = Path::new(&sources).join(part);
            let status = Command::new("cp").arg("-r").arg(from).arg(&to).status().expect("cp runs");
            assert!(status.success());
        }
    }
    let mut all = Vec::new();
    decks(&sandbox.path().join("alone"), &mut all);
    let found = all_alone(&all);
    let mut by_folder: BTreeMap<&Path, Vec<&Alone>> = BTreeMap::new();
    for deck in &found {
        by_folder.entry(deck.deck.parent().expect("a folder")).or_default().push(deck);
    }
    let mut counts = [(0, 0); 2];
    for (folder, decks) in by_folder {
        let below = folder.strip_prefix(sandbox.path().join("alone")).expect("a copy");
        eprintln!("{}: {} decks", below.display(), decks.len());
        let whys = run(&sandbox, &sandbox.path().join("points").join(below), &decks);
        for (deck, why) in decks.iter().zip(whys) {
            let (done, of) = &mut counts[usize::from(deck.lacks_quit)];
            *of += 1;
            match why {
                None => *done += 1,
                Some(why) => eprintln!(
                    "{}: {why}",
                    below.join(deck.deck.file_name().expect("a name")).display()
                ),
            }
        }
    }
    let [zero, lacks_quit] = counts;
    eprintln!(
        "{} decks; exit code 0: {} of {} done; lacking `quit`: {} of {} done",
        all.len(),
        zero.0,
        zero.1,
        lacks_quit.0,
        lacks_quit.1
    );
    assert!(zero.1 > 0 && lacks_quit.1 > 0, "the sources hold decks");
    assert_eq!(zero.0, zero.1);
    assert!(lacks_quit.0 * 159 >= lacks_quit.1 * 155);
}
