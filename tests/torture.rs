//! Kills and faults at many instants of a run: every point is there once, and nothing that is finished is
//! simulated again.
//!
//! A fixed sample by default; `LIBCHAR_TORTURE=500` does that many of each kind, as `just torture` says.

#![allow(clippy::print_stderr, reason = "a test says why it skips")]

mod common;

use common::{Sandbox, repository};
use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

const POINTS: usize = 60;

fn rounds(default: usize) -> usize {
    std::env::var("LIBCHAR_TORTURE").ok().and_then(|n| n.parse().ok()).unwrap_or(default)
}

/// Sixty points of a stand-in that counts its starts, each taking so many hundredths of a second.
fn domain() -> Sandbox {
    let sandbox = Sandbox::new();
    let program = repository().join("testdata/bin/faulty-ngspice");
    sandbox.write(
        "libchar.toml",
        format!(
            "[run]\nretry_delay = '10ms'\n[simulators.faulty]\nbase = 'ngspice'\nprogram = '{}'\nbatch = ''\n",
            program.display()
        ),
    );
    sandbox.write("config.cfg", "simulator=faulty\n");
    let mut rows =
        "point,corner,extraction,temp_c,supply,section,vccn_v,vcctx_v,deck,deck_sha256\n"
            .to_owned();
    for i in 0..POINTS {
        let deck = format!(
            "t\n* fault slow02\n.param n={i}\n.temp 25\n\
             .meas tran tphl trig v(a) val=1 rise=1 targ v(b) val=1 fall=1\n.end\n"
        );
        let id = format!("TT/typical/typical_25/v{i}");
        sandbox.write(&format!("{id}/sim_tx.sp"), &deck);
        let hash = libchar_core::hash::sha256(deck.as_bytes());
        rows.push_str(&format!("{id},TT,typical,25,v{i},TT,1,1,{id}/sim_tx.sp,{hash}\n"));
    }
    sandbox.write("points.csv", rows);
    sandbox
}

fn starts(sandbox: &Sandbox, i: usize) -> usize {
    let path = format!("faults/TT_typical_typical_25_v{i}_sim_tx.sp");
    fs::read_to_string(sandbox.path().join(path)).map_or(0, |text| text.lines().count())
}

/// Runs to the end and checks that every point is there once, simulated at most `most` times.
fn finish(sandbox: &Sandbox, most: usize, what: &str) {
    let ran = sandbox.run(&["run", "-j", "4"]);
    assert_eq!(ran.code, 0, "{what}: {}", ran.stderr);
    assert_eq!(ran.stdout.lines().count(), POINTS, "{what}");
    for i in 0..POINTS {
        assert!(
            (1..=most).contains(&starts(sandbox, i)),
            "{what}: point {i} {}",
            starts(sandbox, i)
        );
    }
    let left: Vec<String> = fs::read_dir(sandbox.path().join(".libchar/run"))
        .unwrap()
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| name.contains(".work-") || name.ends_with(".done") || name.ends_with(".tmp"))
        .collect();
    assert_eq!(left, Vec::<String>::new(), "{what}");
    let history = sandbox.run(&["history", "verify"]);
    assert!(history.code < 2, "{what}: {}", history.stderr);
}

#[test]
fn kills_at_random_instants_lose_and_repeat_nothing() {
    let mut seed = 12345u64;
    let mut kills = 0;
    while kills < rounds(12) {
        let sandbox = domain();
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
}

#[test]
fn kills_at_each_system_call_lose_and_repeat_nothing() {
    if !has("strace") {
        return;
    }
    let step = if std::env::var_os("LIBCHAR_TORTURE").is_some() { 1 } else { 97 };
    for call in ["write", "rename", "fsync", "unlink"] {
        for at in (1..).step_by(step) {
            let sandbox = domain();
            let mut command = inject(&sandbox, &format!("{call}:signal=SIGKILL:when={at}"), call);
            let reached = !command.status().unwrap().success();
            finish(&sandbox, 1, &format!("killed at {call} {at}"));
            if !reached || at > 250 {
                break;
            }
        }
    }
}

#[test]
fn faults_of_files_have_one_clear_cause_and_the_next_run_completes() {
    if !has("strace") {
        return;
    }
    for (call, error) in [
        ("rename", "ENOSPC"),
        ("rename", "EXDEV"),
        ("write", "EIO"),
        ("rename", "EROFS"),
        ("unlink", "EACCES"),
    ] {
        let sandbox = domain();
        // From the 30th on: a disk that is full stays full.
        let first = if call == "write" { 150 } else { 30 };
        let output = inject(&sandbox, &format!("{call}:error={error}:when={first}+"), call)
            .stderr(Stdio::piped())
            .output()
            .unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        if output.status.success() {
            continue;
        }
        assert_eq!(output.status.code(), Some(2), "{call} {error}: {stderr}");
        finish(&sandbox, 2, &format!("{call} {error}"));
    }
}

/// `libchar run` under strace, which makes one system call of libchar itself fail, not those of its supervisors.
fn inject(sandbox: &Sandbox, rule: &str, call: &str) -> Command {
    let libchar = sandbox.command(&["run", "-j", "4"]);
    let mut command = Command::new("strace");
    command
        .args([
            "-qq",
            "-o",
            "/dev/null",
            "-e",
            &format!("trace={call}"),
            "-e",
            &format!("inject={rule}"),
        ])
        .arg(libchar.get_program())
        .args(libchar.get_args())
        .current_dir(sandbox.path())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    for (name, value) in libchar.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command
}

fn has(program: &str) -> bool {
    let found = Command::new(program).arg("-V").output().is_ok();
    if !found {
        eprintln!("skipped: {program} is not installed");
    }
    found
}
