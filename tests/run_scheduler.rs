//! `libchar run` and a scheduler that refuses, prints noise, forgets jobs and holds them: a
//! stand-in for Slurm with moods.

use crate::common::standin::{self, is_done, leftovers, starts};
use crate::common::{Ran, Sandbox, repository};
use std::fs;
use std::os::unix::fs::symlink;

/// A domain whose scheduler has this mood.
fn domain(points: usize, fault: &'static str, mood: &str, settings: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    let settings = format!("[cluster]\npoll = '200ms'\ngrace = '1s'\n{settings}");
    standin::lay(&sandbox, points, &settings, |_| fault);
    sandbox.write("slurm/mood", mood);
    fs::create_dir(sandbox.path().join("bin")).unwrap();
    for name in ["sbatch", "squeue", "scancel"] {
        symlink(
            repository().join("testdata/bin/moody-slurm"),
            sandbox.path().join("bin").join(name),
        )
        .unwrap();
    }
    sandbox
}

fn run(sandbox: &Sandbox, args: &[&str]) -> Ran {
    let path = format!("{}/bin:{}", sandbox.path().display(), std::env::var("PATH").unwrap());
    let args = [&["run", "--executor", "slurm"], args].concat();
    let output = sandbox.command(&args).env("PATH", path).output().unwrap();
    Ran {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

fn calls(sandbox: &Sandbox, program: &str) -> Vec<String> {
    let calls = sandbox.read("slurm/calls");
    calls.lines().filter(|call| call.starts_with(program)).map(str::to_owned).collect()
}

fn assert_all_once(sandbox: &Sandbox, points: usize, ran: &Ran) {
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for i in 0..points {
        assert!(is_done(sandbox, i) && starts(sandbox, i) == 1, "point {i}: {}", ran.stderr);
    }
    assert_eq!(leftovers(sandbox), Vec::<String>::new());
}

#[test]
fn a_number_in_a_sites_own_words_is_no_job() {
    for mood in ["noise", "mute"] {
        let sandbox = domain(6, "slow2", mood, "");
        let ran = run(&sandbox, &[]);
        assert_all_once(&sandbox, 6, &ran);
        let doubted = ran
            .stderr
            .contains("no line that sbatch printed is a job number (`Submitted to Stampede3`)");
        assert_eq!(doubted, mood == "mute", "{}", ran.stderr);
    }
}

#[test]
fn jobs_are_cancelled_by_their_name() {
    let sandbox = domain(2, "hang until 1", "held", "");
    let path = format!("{}/bin:{}", sandbox.path().display(), std::env::var("PATH").unwrap());
    let mut command = sandbox.command(&["run", "--executor", "slurm"]);
    let mut child = command.env("PATH", path).spawn().unwrap();
    for _ in 0..300 {
        if sandbox.path().join("slurm/since-1").exists() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let ran = run(&sandbox, &["--cancel"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("1 submission cancelled"), "{}", ran.stderr);
    let cancelled = calls(&sandbox, "scancel");
    assert!(cancelled.len() == 1 && cancelled[0].contains("scancel --name=lc-"), "{cancelled:?}");
    assert!(!cancelled[0].contains("4711"), "{cancelled:?}");
}

#[test]
fn a_refusal_that_passes_is_waited_out() {
    for (mood, first) in [
        ("limit", "AssocMaxSubmitJobLimit"),
        ("timeout", "Socket timed out on send/recv operation"),
    ] {
        let sandbox = domain(12, "slow2", mood, "pack = 2\nmax_array = 2\n");
        let ran = run(&sandbox, &[]);
        assert_all_once(&sandbox, 12, &ran);
        assert!(ran.stderr.contains(first), "{}", ran.stderr);
        assert!(ran.stderr.matches("refused the jobs for now").count() <= 3, "{}", ran.stderr);
    }
}

#[test]
fn a_job_that_only_a_person_frees_is_ended_and_tried_again() {
    let sandbox = domain(3, "", "held", "");
    let ran = run(&sandbox, &[]);
    assert_all_once(&sandbox, 3, &ran);
    assert!(
        ran.stderr.contains("job 4711 is in the state REQUEUE_HOLD, which only a person ends"),
        "{}",
        ran.stderr
    );
    assert_eq!(calls(&sandbox, "scancel").len(), 1);
}

#[test]
fn an_empty_answer_is_doubted() {
    let sandbox = domain(4, "slow9", "amnesia", "pack = 2\n");
    let ran = run(&sandbox, &[]);
    assert_all_once(&sandbox, 4, &ran);
}
