//! Kills and faults in every command that keeps state: no set is left half made, what existed
//! before still verifies, and the next command works without manual repair.
//!
//! By default a sample of the system calls; with `LIBCHAR_TORTURE=500` (`just torture`), every call
//! that changes a file.

use crate::common::strace::{inject, thorough};
use crate::common::{Ran, Sandbox, standin};
use crate::litho_fab::{GOOD, HEADER, STARVED, candidate};
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Output};

/// The system calls with which libchar changes files, and the error that each is made to return.
const CALLS: [(&str, &str); 13] = [
    ("write", "ENOSPC"),
    ("pwrite64", "EIO"),
    ("openat", "EACCES"),
    ("mkdir", "ENOSPC"),
    ("rename", "EXDEV"),
    ("fchmod", "EROFS"),
    ("chmod", "EROFS"),
    ("utimensat", "EROFS"),
    ("fsync", "EIO"),
    ("syncfs", "EIO"),
    ("ftruncate", "EIO"),
    ("unlink", "EROFS"),
    ("unlinkat", "EROFS"),
];

/// No command here makes this many system calls of one kind.
const MOST_CALLS: usize = 3_000;

/// What must hold after a command, whether or not it was completed.
type Law = fn(&Sandbox, &str);

/// A folder with state, the commands that change it, and what must hold after each of them, however
/// it ended.
struct Room {
    folder: Sandbox,
    commands: &'static [(&'static [&'static str], Law)],
    is_sound: fn(&Sandbox, &[&str], Law, &str),
}

fn rooms() -> [Room; 2] {
    [
        Room { folder: prepared(), commands: &COMMANDS, is_sound },
        Room { folder: with_registry(), commands: &OF_REGISTRY, is_sound: registry_is_sound },
    ]
}

/// A command, with `SET` in place of the newest set, and its law.
const COMMANDS: [(&[&str], Law); 6] = [
    (&["bkp"], nothing_more),
    (&["bkp", "restore", "SET", "--to", "new"], restored_whole_or_not_at_all),
    (&["bkp", "prune", "--keep", "1"], nothing_more),
    (&["bkp", "drill"], nothing_more),
    (&["history", "tag", "latest", "lot=L7"], nothing_more),
    (&["history", "prune", "--keep", "2"], nothing_more),
];

/// Commands that change the model registry.
const OF_REGISTRY: [(&[&str], Law); 4] = [
    (&["litho-predict", "models", "promote", "v1"], nothing_more),
    (&["litho-predict", "jobs", "submit", "jobs.csv"], nothing_more),
    (&["litho-predict", "jobs", "resume"], nothing_more),
    (&["alerts", "ack", "a1"], nothing_more),
];

/// One of so many system calls of a kind is tampered with.
fn step() -> usize {
    thorough().map_or(97, |kills| (500 / kills.max(1)).max(1))
}

/// A domain with results and two sets.
fn prepared() -> Sandbox {
    let sandbox = standin::domain(2, |_| "good");
    let must = |args: &[&str]| {
        let Ran { code, stderr, .. } = sandbox.run(args);
        assert!(code < 2, "{args:?}: {stderr}");
    };
    must(&["run", "--no-batch"]);
    must(&["ext"]);
    must(&["bkp"]);
    must(&["bkp"]);
    sandbox
}

/// A registry with a candidate, jobs that wait, and an alert.
fn with_registry() -> Sandbox {
    let sandbox = candidate();
    sandbox.write("jobs.csv", format!("{HEADER}{GOOD}"));
    let submit = ["litho-predict", "jobs", "submit", "-"];
    // Without a model in production, the job is simulated, and misses its limits.
    assert_eq!(sandbox.pipe(&submit, format!("{HEADER}{STARVED}")).code, 1);
    let waiting = format!("{HEADER}{}", GOOD.replace("good", "waits"));
    assert_eq!(sandbox.pipe(&[&submit[..], &["--hold"]].concat(), waiting).code, 0);
    assert!(sandbox.run(&["alerts"]).stdout.contains("a1"), "there is an alert to acknowledge");
    sandbox
}

/// Checks that at most one model of a family is in production, that each job is in one state, and
/// that the chain is intact.
fn registry_is_sound(sandbox: &Sandbox, args: &[&str], _: Law, what: &str) {
    let look = |args: &[&str]| {
        let ran = sandbox.run(args);
        assert_eq!(ran.code, 0, "{what}: {args:?}: {}", ran.stderr);
        ran.stdout
    };
    let models = look(&["litho-predict", "models", "list", "--format", "csv"]);
    assert!(models.matches(",production,").count() <= 1, "{what}: {models}");
    let before = look(&["litho-predict", "jobs", "status", "--format", "csv"]);
    for job in ["starved", "waits"] {
        assert_eq!(before.matches(&format!("{job},")).count(), 1, "{what}: {before}");
    }
    look(&["history", "verify"]);
    // If the change was made before the fault, a second call is refused; otherwise it succeeds.
    let again = sandbox.run(args);
    let is_done = ["already", "acknowledged by", "is production"]
        .iter()
        .any(|words| again.stderr.contains(words));
    assert!(again.code < 2 || is_done, "{what}: again: {}", again.stderr);
    look(&["litho-predict", "jobs", "status"]);
    look(&["history", "verify"]);
}

fn sets(sandbox: &Sandbox) -> Vec<String> {
    let entries = fs::read_dir(sandbox.path()).unwrap().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut sets: Vec<String> = names.filter(|name| name.starts_with("00bkp_")).collect();
    sets.sort();
    sets
}

fn nothing_more(_: &Sandbox, _: &str) {}

fn restored_whole_or_not_at_all(sandbox: &Sandbox, what: &str) {
    let new = sandbox.path().join("new");
    if new.exists() {
        let set = sandbox.path().join(sets(sandbox).pop().unwrap());
        let output =
            Command::new("diff").args(["-r", "-x", "manifest.json"]).args([set, new]).output();
        assert!(output.unwrap().status.success(), "{what}: the restored folder is not the set");
    }
}

/// Checks that every set verifies, that the history is intact, and that the command works when it
/// is called again.
fn is_sound(sandbox: &Sandbox, args: &[&str], law: Law, what: &str) {
    let left = sets(sandbox);
    assert!(!left.is_empty(), "{what}: no set is left");
    for set in &left {
        let verified = sandbox.run(&["bkp", "verify", set]);
        assert_eq!(verified.code, 0, "{what}: {set}: {}{}", verified.stdout, verified.stderr);
    }
    law(sandbox, what);
    let chain = sandbox.run(&["history", "verify"]);
    assert_eq!(chain.code, 0, "{what}: {}{}", chain.stdout, chain.stderr);
    let again = sandbox.run(args);
    let is_there = again.stderr.contains("exists");
    assert!(again.code < 2 || is_there, "{what}: again: {}", again.stderr);
    law(sandbox, what);
    let entries = fs::read_dir(sandbox.path()).unwrap().flatten();
    let litter: Vec<_> = entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with(".libchar-"))
        .collect();
    // What a killed restore leaves behind is removed by the next command that makes a folder there.
    assert!(litter.is_empty() || args[0] == "history" || is_there, "{what}: left {litter:?}");
}

fn copy(folder: &Sandbox) -> Sandbox {
    let sandbox = Sandbox::new();
    let mut copy = Command::new("cp");
    copy.arg("-a").arg(folder.path().join(".")).arg(sandbox.path());
    assert!(copy.status().unwrap().success());
    sandbox
}

fn torture(
    rule: impl Fn(&str, usize) -> String,
    ended: impl Fn(&Output, &Output) -> bool,
) -> usize {
    let mut tried = 0;
    for Room { folder, commands, is_sound } in rooms() {
        for (args, law) in commands {
            let newest = sets(&folder).pop().unwrap_or_default();
            let args: Vec<&str> =
                args.iter().map(|arg| if *arg == "SET" { newest.as_str() } else { arg }).collect();
            let untouched = inject(&copy(&folder), &args, "write", "error=EIO:when=60000", true);
            for (call, error) in CALLS {
                // The first files that a process opens are its libraries.
                let from = if call == "openat" { 8 } else { 1 };
                for at in (from..MOST_CALLS).step_by(step()) {
                    let sandbox = copy(&folder);
                    let rule = rule(error, at);
                    let what = format!("{} with {call} {rule}", args.join(" "));
                    // Files are copied and hashed by several threads, so each thread is traced.
                    let output = inject(&sandbox, &args, call, &rule, true);
                    is_sound(&sandbox, &args, *law, &what);
                    if ended(&output, &untouched) {
                        break;
                    }
                    assert!(at + step() < MOST_CALLS, "{what}: no number of calls is enough");
                    tried += 1;
                }
            }
        }
    }
    tried
}

#[test]
fn kills_at_system_calls_leave_every_set_and_the_chain_whole() {
    if !libchar_testing::has("strace") {
        return;
    }
    let killed =
        |output: &Output| output.status.signal() == Some(9) || output.status.code() == Some(137);
    let kills = torture(|_, at| format!("signal=SIGKILL:when={at}"), |output, _| !killed(output));
    assert!(kills > 0);
    eprintln!("{kills} kills");
}

#[test]
fn system_calls_that_fail_leave_every_set_and_the_chain_whole() {
    if !libchar_testing::has("strace") {
        return;
    }
    let faults = torture(
        |error, at| format!("error={error}:when={at}"),
        |output, untouched| {
            let code = output.status.code();
            let said = |output: &Output| {
                // Times and numbers differ, and a set of the same second has `_1` after its time.
                let is_counted = |c: char| c.is_ascii_digit() || c == '_';
                String::from_utf8_lossy(&output.stderr).replace(is_counted, "")
            };
            assert!(matches!(code, Some(0..=2)), "exit {code:?}: {}", said(output));
            // The history is a journal: if an entry cannot be written, that is reported, and the
            // work is done.
            code == untouched.status.code() && said(output) == said(untouched)
        },
    );
    assert!(faults > 0);
    eprintln!("{faults} faults");
}

/// Flips one bit of a file, at a place that depends on `n`.
fn flip(path: &std::path::Path, n: usize) -> Vec<u8> {
    let before = fs::read(path).unwrap();
    let mut bytes = before.clone();
    let place = n.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(n) >> 7;
    let at = place % bytes.len();
    bytes[at] ^= 1 << (place / bytes.len() % 8);
    rewrite(path, &bytes);
    before
}

/// Writes other content with the same time, so that only the content differs.
fn rewrite(path: &std::path::Path, bytes: &[u8]) {
    let time = fs::metadata(path).unwrap().modified().unwrap();
    fs::write(path, bytes).unwrap();
    fs::File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
}

fn files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found: Vec<_> = walkdir::WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .flatten()
        .filter(|entry| entry.file_type().is_file())
        .filter(|entry| entry.metadata().is_ok_and(|data| data.len() > 0))
        .map(walkdir::DirEntry::into_path)
        .collect();
    found.sort();
    found
}

#[test]
fn every_flipped_bit_of_a_set_and_of_a_recorded_output_is_found() {
    let sandbox = prepared();
    let flips = thorough().unwrap_or(60);
    let set = sets(&sandbox).pop().unwrap();
    let all = files(&sandbox.path().join(&set));
    for n in 0..flips {
        let file = &all[n % all.len()];
        let before = flip(file, n);
        let verified = sandbox.run(&["bkp", "verify", &set]);
        assert!(matches!(verified.code, 1 | 2), "flip {n} of {} was not found", file.display());
        rewrite(file, &before);
    }
    assert_eq!(sandbox.run(&["bkp", "verify", &set]).code, 0);
    let log = sandbox.path().join(standin::id(0)).join("sim_tx.log");
    for n in 0..flips {
        let before = flip(&log, n);
        let read = sandbox.run(&["ext"]);
        let is_told = read.stderr.contains("`libchar run` simulates the point again");
        assert!(is_told && read.code == 1, "flip {n}: {} {}", read.code, read.stderr);
        rewrite(&log, &before);
    }
    let whole = sandbox.run(&["ext"]);
    assert_eq!(whole.code, 0, "{}", whole.stderr);
}
