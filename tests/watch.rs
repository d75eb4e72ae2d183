//! `libchar watch`: what the files of a domain show of its run.

use crate::common::{Sandbox, assert_schema};
use std::io::Write;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

const POINTS: [&str; 4] = ["TT/a/a_25/v1", "SS/a/a_25/v1", "FF/a/a_25/v1", "SF/a/a_25/v1"];

fn domain(sandbox: &Sandbox, name: &str) {
    let mut points =
        "point,corner,extraction,temp_c,supply,section,vccn_v,vcctx_v,deck,deck_sha256\n"
            .to_owned();
    for point in POINTS {
        points.push_str(&format!("{point},TT,a,25,v1,TT,1,1,{point}/sim_tx.sp,0\n"));
    }
    sandbox.write(&format!("{name}/points.csv"), points);
}

fn status(sandbox: &Sandbox, domain: &str, point: &str, status: &str, class: &str) {
    let class = if class.is_empty() { "null".to_owned() } else { format!("\"{class}\"") };
    let text = format!(
        "{{\"point\":\"{point}\",\"status\":\"{status}\",\"class\":{class},\"reason\":\"stopped\\u001b[2J\",\"flaky\":true,\"recipe\":null}}"
    );
    sandbox.write(&format!("{domain}/{point}/status.json"), text);
}

fn attempt(number: usize, point: &str, status: &str, started: f64) -> String {
    format!(
        "{{\"attempt\":\"20260102T030405000-7-{number}\",\"points\":[\"{point}\"],\"settled\":1,\"try\":1,\"status\":\"{status}\",\"class\":\"timeout\",\"reason\":\"too long\",\"recipe\":null,\"started_unix_s\":{started},\"wall_s\":10}}\n"
    )
}

/// A libchar that is alive until the value is dropped, as the holder of a lock.
struct Living(Child);

impl Living {
    fn new(sandbox: &Sandbox) -> Living {
        domain(sandbox, "other");
        let mut command = sandbox.command(&["watch", "other"]);
        Living(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("libchar starts"))
    }

    fn lock(&self, sandbox: &Sandbox, domain: &str) {
        sandbox
            .write(&format!("{domain}/.libchar/lock"), format!("pid {}: libchar run", self.0.id()));
    }
}

impl Drop for Living {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn one_look_tells_states_failures_and_the_rate() {
    let sandbox = Sandbox::new();
    domain(&sandbox, "d");
    let idle = sandbox.run(&["watch", "d", "--once"]);
    assert_eq!(idle.code, 0);
    assert!(
        idle.stdout.starts_with("d   IDLE\n") && idle.stdout.contains("waiting 4"),
        "{}",
        idle.stdout
    );
    status(&sandbox, "d", POINTS[0], "done", "");
    status(&sandbox, "d", POINTS[1], "failed", "convergence");
    sandbox.write(
        "d/.libchar/run/attempts.jsonl",
        attempt(1, "SF/a/a_25/v1", "done", 0.0).replace("20260102T", "20250102T")
            + &attempt(1, POINTS[0], "done", 1000.0)
            + &attempt(2, POINTS[1], "failed", 1010.0)
            + "{\"attempt\":\"torn",
    );
    std::fs::create_dir_all(sandbox.path().join("d/.libchar/run/20260102T030405000-7-3.work-1"))
        .expect("a folder");
    let interrupted = sandbox.run(&["watch", "d", "--once"]);
    assert!(
        interrupted.code == 1 && interrupted.stdout.contains("INTERRUPTED"),
        "{}",
        interrupted.stdout
    );
    let living = Living::new(&sandbox);
    living.lock(&sandbox, "d");
    let ran = sandbox.run(&["watch", "d", "other", "--once", "--format", "json"]);
    assert_eq!(ran.code, 0, "a failure of a run that goes on is none yet: {}", ran.stderr);
    assert_schema(&ran.stdout);
    let document: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
    let d = &document["domains"][0];
    assert_eq!((d["state"].as_str(), d["stage"].as_str()), (Some("running"), Some("run")));
    let counts =
        ["points", "done", "failed", "running", "waiting", "flaky"].map(|name| d[name].as_u64());
    assert_eq!(counts, [4, 1, 1, 1, 1, 2].map(Some));
    // Two points in 20 s of this run; the older run does not count.
    assert_eq!(
        (d["elapsed_s"].as_f64(), d["rate_per_min"].as_f64(), d["eta_s"].as_f64()),
        (Some(20.0), Some(6.0), Some(20.0))
    );
    assert_eq!(d["failures"][0]["class"], "convergence");
    assert_eq!(d["last"][0]["event"], "timeout: too long");
    assert_eq!(sandbox.run(&["watch", "d", "other", "--once", "--metrics", "all.prom"]).code, 0);
    let metrics = sandbox.read("all.prom");
    for line in [
        "libchar_domain_points{domain=\"d\",state=\"failed\"} 1\n",
        "libchar_domain_state{domain=\"d\",state=\"running\"} 1\n",
        "libchar_domain_state{domain=\"other\",state=\"running\"} 0\n",
        "libchar_domain_seconds_left{domain=\"d\"} 20\n",
    ] {
        assert!(metrics.contains(line), "{line}{metrics}");
    }
    let people = sandbox.run(&["watch", "d", "--once"]);
    assert!(
        people.stdout.contains("x convergence           1   SS/a/a_25/v1: stopped\\u{1b}[2J"),
        "{}",
        people.stdout
    );
}

#[test]
fn it_waits_until_nothing_runs() {
    let sandbox = Sandbox::new();
    domain(&sandbox, "d");
    for point in &POINTS[1..] {
        status(&sandbox, "d", point, "done", "");
    }
    let living = Living::new(&sandbox);
    living.lock(&sandbox, "d");
    let mut command = sandbox.command(&["watch", "d", "--until-done", "--interval", "0.1"]);
    let mut watching = command.stdout(Stdio::piped()).spawn().expect("libchar starts");
    std::thread::sleep(Duration::from_millis(300));
    assert!(watching.try_wait().expect("a process").is_none(), "it waits");
    status(&sandbox, "d", POINTS[0], "failed", "crash");
    let path = sandbox.write("d/.libchar/run/attempts.jsonl", "");
    let mut file = std::fs::File::options().append(true).open(path).expect("the list");
    file.write_all(attempt(1, POINTS[0], "failed", 5.0).as_bytes()).expect("a line");
    drop(living);
    let began = Instant::now();
    while watching.try_wait().expect("a process").is_none() {
        assert!(began.elapsed() < Duration::from_secs(60), "it ends");
        std::thread::sleep(Duration::from_millis(20));
    }
    let output = watching.wait_with_output().expect("its output");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text.starts_with("d: running: 3 of 4 points done, 0 failed, 0 running, 1 waiting"),
        "{text}"
    );
    assert!(
        text.ends_with(
            "d: finished: 3 of 4 points done, 1 failed, 0 running, 0 waiting, 4 flaky\n"
        ),
        "{text}"
    );
}

#[test]
fn a_held_run_says_why_and_a_folder_that_is_none_is_refused() {
    let sandbox = Sandbox::new();
    domain(&sandbox, "d");
    sandbox.write(
        "d/.libchar/run/held",
        "[{\"class\":\"licence\",\"reason\":\"no licence\",\"axes\":[],\"groups\":[]}]",
    );
    let ran = sandbox.run(&["watch", "d", "--once"]);
    assert!(ran.code == 1 && ran.stdout.contains("HELD   no licence"), "{}", ran.stdout);
    let ran = sandbox.run(&["watch", "nothing", "--once"]);
    assert!(
        ran.code == 2 && ran.stderr.contains("nothing: the folder is not a domain"),
        "{}",
        ran.stderr
    );
    let ran = sandbox.run(&["watch", "d", "--interval", "0"]);
    assert!(ran.code == 2 && ran.stderr.contains("0.1 to 3600"), "{}", ran.stderr);
    let ran = sandbox.run(&["watch", "d", "--once", "--format", "csv"]);
    assert!(ran.stdout.starts_with("folder,state,points,done"), "{}", ran.stdout);
}
