//! Kills and faults at many instants of a run: in the end every point has exactly one result, and
//! nothing that was finished is simulated again.
//!
//! By default a fixed sample; `LIBCHAR_TORTURE=500` kills at that many random instants and at every
//! system call that changes a file, and makes every one of these calls fail, as `just torture`
//! does; 100 does a fifth of it.

use crate::common::strace::{inject, thorough};
use crate::common::{Sandbox, standin};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

const POINTS: usize = 60;

/// The command whose system calls are tampered with.
const RUN: [&str; 3] = ["run", "-j", "4"];

/// The system calls with which libchar changes files, and the errors that each is made to return.
const CALLS: [(&str, &[&str]); 9] = [
    ("write", &["ENOSPC", "EIO"]),
    ("pwrite64", &["ENOSPC", "EIO"]),
    ("fsync", &["EIO"]),
    ("syncfs", &["EIO"]),
    ("rename", &["ENOSPC", "EIO", "EXDEV", "EROFS", "EACCES"]),
    ("renameat", &["ENOSPC", "EIO", "EXDEV", "EROFS", "EACCES"]),
    ("unlink", &["EROFS", "EACCES"]),
    ("unlinkat", &["EROFS", "EACCES"]),
    ("mkdir", &["ENOSPC", "EROFS", "EACCES"]),
];

/// Runs to the end and checks that every point has exactly one result, and was simulated at most
/// `most` times.
fn finish(sandbox: &Sandbox, most: usize, what: &str) {
    let ran = sandbox.run(&["run", "-j", "4"]);
    assert_eq!(ran.code, 0, "{what}: {}", ran.stderr);
    assert_eq!(ran.stdout.lines().count(), POINTS, "{what}");
    for i in 0..POINTS {
        let starts = standin::starts(sandbox, i);
        assert!((1..=most).contains(&starts), "{what}: point {i} was simulated {starts} times");
    }
    assert_eq!(standin::leftovers(sandbox), Vec::<String>::new(), "{what}");
    let history = sandbox.run(&["history", "verify"]);
    assert!(history.code < 2, "{what}: {}", history.stderr);
}

#[test]
fn kills_at_random_instants_lose_and_repeat_nothing() {
    let mut seed = 12345u64;
    let mut kills = 0;
    while kills < thorough().unwrap_or(12) {
        let sandbox = standin::domain(POINTS, |_| "slow02");
        loop {
            seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            let mut child = sandbox
                .command(&["run", "-j", "4"])
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            std::thread::sleep(Duration::from_millis(20 + (seed >> 33) % 250));
            if child.try_wait().unwrap().is_some() {
                break;
            }
            child.kill().unwrap();
            child.wait().unwrap();
            kills += 1;
        }
        finish(&sandbox, 1, "random kill");
    }
    eprintln!("{kills} kills at random instants");
}

#[test]
fn kills_at_each_system_call_lose_and_repeat_nothing() {
    if !libchar_testing::has("strace") {
        return;
    }
    let mut kills = 0;
    for (call, _) in CALLS {
        for at in instants() {
            let sandbox = standin::domain(POINTS, |_| "");
            let output = inject(&sandbox, &RUN, call, &format!("signal=SIGKILL:when={at}"), false);
            finish(&sandbox, 1, &format!("killed at {call} {at}"));
            if output.status.success() {
                break;
            }
            kills += 1;
        }
    }
    eprintln!("{kills} kills at system calls");
}

#[test]
fn faults_of_files_have_one_clear_cause_and_the_next_run_completes() {
    if !libchar_testing::has("strace") {
        return;
    }
    let (mut faults, mut harmless) = (0, 0);
    for (call, errors) in CALLS {
        for error in errors {
            for at in instants() {
                let sandbox = standin::domain(POINTS, |_| "");
                // A full disk would stay full, but then no error could be reported either.
                let for_ever = if call == "write" { "" } else { "+" };
                let rule = format!("error={error}:when={at}{for_ever}");
                let output = inject(&sandbox, &RUN, call, &rule, false);
                let what = format!("{call} {rule}");
                let reached = is_told(&output, error, &what);
                finish(&sandbox, 2, &what);
                faults += 1;
                harmless += usize::from(!reached);
                if output.status.success() {
                    break;
                }
            }
        }
    }
    eprintln!("{faults} faults of files, {harmless} without harm");
}

#[test]
fn a_result_that_cannot_be_published_has_one_clear_cause() {
    if !libchar_testing::has("strace") {
        return;
    }
    for error in ["ENOSPC", "EXDEV", "EROFS", "EACCES", "EIO"] {
        let sandbox = standin::domain(POINTS, |_| "");
        // The calls are counted in each process: libchar itself renames more often than a
        // supervisor publishes.
        let output = inject(&sandbox, &RUN, "rename", &format!("error={error}:when=4+"), true);
        assert!(is_told(&output, error, "publish"), "{error}");
        finish(&sandbox, 2, &format!("publish {error}"));
    }
}

#[test]
fn a_disk_that_fills_up_stops_the_run_until_there_is_space() {
    let sandbox = Sandbox::new();
    let Some(disk) = SmallDisk::mount(&sandbox, "1600k") else { return };
    standin::lay(&sandbox, POINTS, "", |_| "");
    let filler = sandbox.path().join("filler");
    let free = disk.free_kb();
    std::fs::write(&filler, vec![0; (free - 150) * 1024]).unwrap();
    let ran = sandbox.run(&["run", "-j", "4"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("No space left on device"), "{}", ran.stderr);
    std::fs::remove_file(&filler).unwrap();
    finish(&sandbox, 2, "small disk");
}

/// Whether a run that met `error` stopped because of it; if so, its exit code must be 2, with one
/// line that names the error.
fn is_told(output: &Output, error: &str, what: &str) -> bool {
    let stderr = String::from_utf8_lossy(&output.stderr);
    let code = output.status.code();
    assert!(matches!(code, Some(0 | 2)), "{what}: exit {code:?}: {stderr}");
    let text = match error {
        "ENOSPC" => "No space left on device",
        "EIO" => "Input/output error",
        "EXDEV" => "Invalid cross-device link",
        "EROFS" => "Read-only file system",
        _ => "Permission denied",
    };
    let causes = stderr.lines().filter(|line| line.contains(text) && !line.contains("warning: "));
    assert!(code == Some(0) || causes.count() == 1, "{what}: {stderr}");
    assert!(stderr.matches("not in the history").count() <= 1, "{what}: {stderr}");
    code == Some(2)
}

/// The counts at which a call is made to fail, until a run makes fewer calls than that.
fn instants() -> impl Iterator<Item = usize> {
    (1..).step_by(thorough().map_or(79, |kills| (500 / kills.max(1)).max(1)))
}

/// A file system of its own for a sandbox.
struct SmallDisk<'a> {
    sandbox: &'a Sandbox,
}

impl SmallDisk<'_> {
    /// Mounts it, or returns `None` after reporting that the test is skipped.
    fn mount<'a>(sandbox: &'a Sandbox, size: &str) -> Option<SmallDisk<'a>> {
        let mut command = Command::new("mount");
        command.args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"]).arg(sandbox.path());
        if command.output().is_ok_and(|output| output.status.success()) {
            return Some(SmallDisk { sandbox });
        }
        libchar_testing::skip("mount", "no file system can be mounted here");
        None
    }

    fn free_kb(&self) -> usize {
        let output =
            Command::new("df").args(["-k", "--output=avail"]).arg(self.sandbox.path()).output();
        let text = String::from_utf8(output.unwrap().stdout).unwrap();
        text.lines().nth(1).unwrap().trim().parse().unwrap()
    }
}

impl Drop for SmallDisk<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(self.sandbox.path()).status();
    }
}
