//! `libchar run` on clusters: real Slurm and Grid Engine where they are installed, the others with a stand-in
//! that records how it is called.

#![allow(clippy::print_stderr, reason = "a test says why it skips")]

mod common;

use common::{Sandbox, repository};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// Points of a stand-in simulator that counts its starts.
fn domain(points: usize, fault: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    let program = repository().join("testdata/bin/faulty-ngspice");
    sandbox.write(
        "libchar.toml",
        format!(
            "[cluster]\npoll = '300ms'\ngrace = '2s'\n[run]\nretry_delay = '10ms'\n\
             [simulators.faulty]\nbase = 'ngspice'\nprogram = '{}'\nbatch = ''\n",
            program.display()
        ),
    );
    sandbox.write("config.cfg", "simulator=faulty\nMEM=1\n");
    let mut rows =
        "point,corner,extraction,temp_c,supply,section,vccn_v,vcctx_v,deck,deck_sha256\n"
            .to_owned();
    for i in 0..points {
        let deck = format!(
            "t\n* fault {fault}\n.param n={i}\n.temp 25\n.meas tran tphl trig v(a) val=1 rise=1 targ v(b) val=1 fall=1\n.end\n"
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

fn assert_each_once(sandbox: &Sandbox, points: usize) {
    for i in 0..points {
        assert_eq!(starts(sandbox, i), 1, "point {i}");
        assert!(
            sandbox.read(&format!("TT/typical/typical_25/v{i}/status.json")).contains("\"done\"")
        );
    }
}

/// A cluster of the project's own scripts, or `None` after saying that the test skips.
struct Cluster {
    tool: &'static str,
    folder: tempfile::TempDir,
    variables: Vec<(String, String)>,
}

impl Cluster {
    fn up(tool: &'static str, daemon: &str, port: &str) -> Option<Cluster> {
        let paths = ["/usr/sbin", "/usr/bin"].map(|folder| Path::new(folder).join(daemon));
        if !paths.iter().any(|path| path.exists()) {
            eprintln!("skipped: {daemon} is not installed");
            return None;
        }
        let folder = tempfile::tempdir().unwrap();
        let script = repository().join("testdata/tools").join(tool);
        // Into a file: the daemons would keep a pipe open.
        let output = folder.path().join("up.out");
        let status = Command::new(script)
            .arg("up")
            .arg(folder.path().join("cluster"))
            .env("PORT", port)
            .stdout(fs::File::create(&output).unwrap())
            .stderr(Stdio::null())
            .status()
            .unwrap();
        assert!(status.success(), "{tool} up");
        let text = fs::read_to_string(output).unwrap();
        let variables = text
            .lines()
            .map(|line| match line.split_once('=') {
                Some((name, value)) => {
                    (name.trim_start_matches("export ").to_owned(), value.to_owned())
                }
                None => ("SLURM_CONF".to_owned(), line.trim().to_owned()),
            })
            .collect();
        Some(Cluster { tool, folder, variables })
    }

    fn command(&self, sandbox: &Sandbox, args: &[&str]) -> Command {
        let mut command = sandbox.command(args);
        command.envs(self.variables.iter().cloned());
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let script = repository().join("testdata/tools").join(self.tool);
        let _ = Command::new(script)
            .arg("down")
            .arg(self.folder.path().join("cluster"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
    }
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
    let Some(cluster) = Cluster::up("slurm.sh", "slurmctld", "27817") else { return };
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
    let left = fs::read_dir(sandbox.path().join(".libchar/run")).unwrap().flatten();
    let left: Vec<PathBuf> =
        left.map(|e| e.path()).filter(|p| p.to_string_lossy().contains("submission-")).collect();
    assert_eq!(left, Vec::<PathBuf>::new());
}

#[test]
fn slurm_jobs_can_be_detached_from_and_cancelled() {
    let Some(cluster) = Cluster::up("slurm.sh", "slurmctld", "27917") else { return };
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
fn grid_engine_simulates_every_point_once() {
    let Some(cluster) = Cluster::up("gridengine.sh", "sge_qmaster", "27444") else { return };
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
    let Some(cluster) = Cluster::up("slurm.sh", "slurmctld", "28017") else { return };
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
