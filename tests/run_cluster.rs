//! `libchar run` on clusters: real Slurm and Grid Engine if they are installed, the others with a
//! stand-in that records how it is called.

use crate::common::cluster::Cluster;
use crate::common::standin::{self, starts};
use crate::common::{Sandbox, repository};
use std::fs;
use std::os::unix::fs::symlink;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const SETTINGS: &str = "[cluster]\npoll = '300ms'\ngrace = '2s'\n";

/// Points of a stand-in simulator that counts how often it is started.
fn domain(points: usize, fault: &'static str) -> Sandbox {
    let sandbox = Sandbox::new();
    standin::lay(&sandbox, points, SETTINGS, |_| fault);
    sandbox
}

/// Sixty points that are submitted at once, six for each element, so that every core is busy.
fn packs() -> Sandbox {
    let sandbox = Sandbox::new();
    standin::lay(&sandbox, 60, &format!("{SETTINGS}pack = 6\n"), |_| "slow3");
    sandbox
}

/// How often daemons are killed: more than once if `LIBCHAR_TORTURE` is set.
fn rounds() -> usize {
    if std::env::var_os("LIBCHAR_TORTURE").is_some() { 10 } else { 1 }
}

fn assert_each_once(sandbox: &Sandbox, points: usize) {
    for i in 0..points {
        assert_eq!(starts(sandbox, i), 1, "point {i}");
        assert!(standin::is_done(sandbox, i), "point {i}");
    }
}

/// Checks that every point is done, that none of `finished` was simulated again, and that at most
/// `most` of the others were, once more.
fn assert_only_unfinished_again(sandbox: &Sandbox, finished: &[usize], most: usize) {
    let again: Vec<usize> = (0..60).filter(|&i| starts(sandbox, i) != 1).collect();
    eprintln!("{} finished when it was killed; simulated again: {again:?}", finished.len());
    assert!(!again.iter().any(|i| finished.contains(i)), "{again:?} of {finished:?}");
    assert!(again.len() <= most && again.iter().all(|&i| starts(sandbox, i) == 2), "{again:?}");
    assert!((0..60).all(|i| standin::is_done(sandbox, i)));
    assert_eq!(standin::leftovers(sandbox), Vec::<String>::new());
}

/// Starts `libchar run` on Slurm, and leaves it running.
fn submit(cluster: &Cluster, sandbox: &Sandbox) -> Child {
    cluster
        .command(sandbox, &["run", "--executor", "slurm"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("libchar starts")
}

/// Waits for libchar's end and checks that it succeeded.
fn assert_ends_well(child: Child) {
    let output = child.wait_with_output().expect("libchar ends");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{stderr}");
}

fn wait_for(what: impl Fn() -> bool) {
    for _ in 0..300 {
        if what() {
            return;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("waited in vain");
}

#[test]
fn slurm_simulates_every_point_once_even_if_libchar_is_killed() {
    let Some(cluster) = Cluster::slurm("27817") else { return };
    let sandbox = domain(40, "slow1");
    let mut child = cluster
        .command(&sandbox, &["run", "--executor", "slurm"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    wait_for(|| (0..40).any(|i| starts(&sandbox, i) > 0));
    child.kill().unwrap();
    child.wait().unwrap();
    let output = cluster.command(&sandbox, &["run", "--executor", "slurm"]).output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{stderr}");
    assert_each_once(&sandbox, 40);
    assert_eq!(standin::leftovers(&sandbox), Vec::<String>::new());
}

#[test]
fn slurm_jobs_can_be_detached_from_and_cancelled() {
    let Some(cluster) = Cluster::slurm("27917") else { return };
    let sandbox = domain(3, "hang until 1");
    let mut child = cluster
        .command(&sandbox, &["run", "--executor", "slurm"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    wait_for(|| (0..3).all(|i| starts(&sandbox, i) > 0));
    assert!(
        Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success()
    );
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let output =
        cluster.command(&sandbox, &["run", "--executor", "slurm", "--cancel"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let output = cluster.command(&sandbox, &["run", "--executor", "slurm"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!((0..3).map(|i| starts(&sandbox, i)).collect::<Vec<_>>(), [2, 2, 2]);
}

#[test]
fn slurm_that_is_killed_costs_only_what_it_simulated() {
    let Some(cluster) = Cluster::slurm("28017") else { return };
    for round in 0..rounds() {
        let sandbox = packs();
        let child = submit(&cluster, &sandbox);
        wait_for(|| standin::finished(&sandbox, 60).len() > 10 + 4 * round);
        let finished = standin::finished(&sandbox, 60);
        cluster.control(&["kill"]);
        std::thread::sleep(Duration::from_secs(2));
        cluster.control(&["again"]);
        assert_ends_well(child);
        // Eight cores simulate at the same time.
        assert_only_unfinished_again(&sandbox, &finished, 8);
    }
}

#[test]
fn a_slurm_node_that_crashes_costs_only_what_it_simulated() {
    let Some(cluster) = Cluster::slurm("28117") else { return };
    for round in 0..rounds() {
        let sandbox = packs();
        let child = submit(&cluster, &sandbox);
        wait_for(|| standin::finished(&sandbox, 60).len() > 10 + 2 * round);
        let finished = standin::finished(&sandbox, 60);
        cluster.control(&["crash", "n1"]);
        std::thread::sleep(Duration::from_secs(1));
        cluster.control(&["again"]);
        assert_ends_well(child);
        // Two of the eight cores belong to the node.
        assert_only_unfinished_again(&sandbox, &finished, 2);
    }
}

/// libchar and Slurm both die, and Slurm starts elements again if it does not know that they were
/// started.
#[test]
fn a_killed_libchar_is_attached_to_what_it_submitted() {
    let Some(cluster) = Cluster::slurm("28217") else { return };
    for _ in 0..rounds() {
        let sandbox = packs();
        let mut child = submit(&cluster, &sandbox);
        wait_for(|| standin::finished(&sandbox, 60).len() > 5);
        child.kill().unwrap();
        child.wait().unwrap();
        let finished = standin::finished(&sandbox, 60);
        cluster.control(&["kill"]);
        cluster.control(&["again"]);
        let attach = ["run", "--executor", "slurm", "--attach"];
        let attached = cluster.command(&sandbox, &attach).output().expect("libchar runs");
        if attached.status.code() != Some(0) {
            // Slurm may have lost a job that it had just accepted; attaching submits nothing.
            let stderr = String::from_utf8_lossy(&attached.stderr);
            assert!(stderr.contains(" lost"), "{stderr}");
            assert_ends_well(submit(&cluster, &sandbox));
        }
        assert_only_unfinished_again(&sandbox, &finished, 8);
    }
}

#[test]
fn grid_engine_simulates_every_point_once() {
    let Some(cluster) = Cluster::grid_engine("27444") else { return };
    let sandbox = domain(20, "");
    let output = cluster.command(&sandbox, &["run", "--executor", "sge"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert_each_once(&sandbox, 20);
}

#[test]
fn described_schedulers_are_called_as_their_manuals_say() {
    for (name, programs, expected) in [
        ("lsf", ["bsub", "bjobs"], "-n\n1\n-M\n1GB\n-rn\n-o\n/dev/null\n-q\nfast\n/bin/sh\n"),
        ("netbatch", ["nbjob", "nbstatus"], "--class\n1C&&1G\n--target\nfast\n/bin/sh\n"),
        (
            "htcondor",
            ["condor_submit", "condor_q"],
            "-append\nrequest_cpus=1\n-append\nrequest_memory=1GB\n",
        ),
    ] {
        let sandbox = domain(12, "");
        sandbox.write(
            "libchar.toml",
            sandbox.read("libchar.toml").replace("[cluster]\n", "[cluster]\nqueue = 'fast'\n"),
        );
        let bin = sandbox.path().join("bin");
        fs::create_dir(&bin).unwrap();
        for program in programs {
            symlink(repository().join("testdata/bin/scheduler"), bin.join(program)).unwrap();
        }
        let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
        let output =
            sandbox.command(&["run", "--executor", name]).env("PATH", path).output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{name}: {stderr}");
        assert_each_once(&sandbox, 12);
        let calls = sandbox.read(&format!("calls/{}", programs[0]));
        assert!(calls.contains(expected), "{name}: {calls}");
    }
}

#[test]
fn a_scheduler_that_refuses_is_told_and_nothing_stays_open() {
    let sandbox = domain(2, "");
    sandbox.write(
        "libchar.toml",
        sandbox.read("libchar.toml")
            + "[executors.picky]\nsubmit = ['false']\nstatus = ['true']\ncancel = ['true']\nfields = ['id', 'name', 'state']\n",
    );
    let ran = sandbox.run(&["run", "--executor", "picky"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("false refused the jobs"), "{}", ran.stderr);
    assert!(sandbox.read(".libchar/run/submissions.jsonl").contains("closed"));
    assert_eq!(sandbox.run(&["run"]).code, 0);
    let ran = sandbox.run(&["run", "--executor", "slrum"]);
    assert!(ran.stderr.contains("unknown executor `slrum`; expected one of:"), "{}", ran.stderr);
}

#[test]
fn batched_points_of_slurm_have_the_digits_of_plain_ones() {
    let Some(cluster) = Cluster::slurm("28317") else { return };
    let [batched, plain] = [(); 2].map(|()| {
        let sandbox = Sandbox::new();
        sandbox.copy("examples/level-shifter");
        assert_eq!(sandbox.run(&["-C", "level-shifter", "gen"]).code, 0);
        sandbox
    });
    let sample = ["-C", "level-shifter", "run", "--corner", "TT", "--sample", "36"];
    let args = [&sample[..], &["--executor", "slurm", "--max-running", "3"]].concat();
    let output = cluster.command(&batched, &args).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let ran = plain.run(&[&sample[..], &["--no-batch", "--no-trim"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let attempts = batched.read("level-shifter/.libchar/run/attempts.jsonl");
    assert!(attempts.lines().count() < 30, "batches: {attempts}");
    let measures = |sandbox: &Sandbox| {
        let done = sandbox.run(&["-C", "level-shifter", "run", "--corner", "TT", "--dry-run"]);
        assert_eq!(done.code, 0, "{}", done.stderr);
        sandbox.run(&["-C", "level-shifter", "ext", "--format", "csv"]).stdout
    };
    let (one, other) = (measures(&batched), measures(&plain));
    assert_eq!(one, other);
    assert!(one.contains(",tphl,"), "{one}");
}
