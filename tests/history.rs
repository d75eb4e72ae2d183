//! `libchar history` and `libchar alerts`: what ran, its audit chain, its labels, its alerts.

use crate::common::points::{domain, simulated};
use crate::common::{Ran, Sandbox, assert_schema, repository};
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};
use std::time::Duration;

const DATA: &str =
    "x,y\n1,2\n2,3\n3,2.5\n4,2.2\n5,2\n6,2\n7,2\n8,2.1\n9,2.2\n10,1.9\n11,2.3\n12,40\n";

/// A history of three charts, each with two alerts.
fn charted() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("libchar.toml", "");
    sandbox.write("data.csv", DATA);
    for _ in 0..3 {
        assert_eq!(sandbox.run(&["spc", "chart", "data.csv", "-c", "y"]).code, 1);
    }
    sandbox
}

fn sql(sandbox: &Sandbox, text: &str) {
    let database = rusqlite::Connection::open(sandbox.path().join(".libchar/history.db")).unwrap();
    database.execute_batch(&format!("PRAGMA foreign_keys = OFF; {text}")).unwrap();
}

fn runs(ran: &Ran) -> Vec<String> {
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let names = ran.stdout.lines().skip(1).map(|line| line.split(',').next().unwrap().to_owned());
    names.collect()
}

#[test]
fn every_cut_of_the_chain_is_found() {
    let sandbox = charted();
    let ran = sandbox.run(&["history", "verify"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, "seq,run,reason\n"), "{}", ran.stderr);
    assert!(ran.stderr.contains("6 entries, intact; the last is "), "{}", ran.stderr);
    let head = sandbox.run(&["history", "verify", "--head"]).stdout;
    assert!(head.starts_with("entries,hash\n6,"), "{head}");
    sandbox.write("anchor", &head);
    assert_eq!(sandbox.run(&["history", "verify", "--anchor", "anchor"]).code, 0);
    assert_schema(&sandbox.run(&["history", "verify", "--head", "--format", "json"]).stdout);

    sql(&sandbox, "UPDATE alerts SET message = 'nothing' WHERE alert_id = 3");
    let ran = sandbox.run(&["history", "verify", "--format", "json"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(ran.stdout.contains("\"seq\": 4"), "{}", ran.stdout);
    assert_schema(&ran.stdout);

    // Deletes the newest run, with all its traces in the file.
    let sandbox = charted();
    let head = sandbox.run(&["history", "verify", "--head"]).stdout;
    sandbox.write("anchor", &head);
    sql(
        &sandbox,
        "DELETE FROM audit WHERE seq > 4; UPDATE sqlite_sequence SET seq = 4 WHERE name = 'audit';
         CREATE TEMP TABLE gone AS SELECT job_id FROM jobs ORDER BY rowid DESC LIMIT 1;
         DELETE FROM results WHERE job_id IN gone; DELETE FROM alerts WHERE job_id IN gone;
         DELETE FROM inputs WHERE job_id IN gone; DELETE FROM jobs WHERE job_id IN gone",
    );
    assert_eq!(sandbox.run(&["history", "verify"]).code, 0);
    let ran = sandbox.run(&["history", "verify", "--anchor", "anchor"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(
        ran.stdout.contains("anchor remembers 6 entries, and the chain ends after 4"),
        "{}",
        ran.stdout
    );
    sandbox.write("anchor", "nonsense\n");
    let ran = sandbox.run(&["history", "verify", "--anchor", "anchor"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.starts_with("anchor:1:1: not the end of an audit chain"), "{}", ran.stderr);

    // A missing history does not count as an intact one.
    sandbox.write(".libchar/history.db", "");
    let ran = sandbox.run(&["history", "verify"]);
    assert_eq!(ran.code, 2, "{}", ran.stdout);
}

#[test]
fn five_hundred_flips_in_the_chain_are_found() {
    let sandbox = charted();
    let database = sandbox.path().join(".libchar/history.db");
    let history = libchar_history::History::read(&database).unwrap();
    let copy = sandbox.path().join("copy.db");
    history.back_up(&copy).unwrap();
    let connection = rusqlite::Connection::open(&copy).unwrap();
    let columns = ["kind", "job_id", "content", "previous", "hash"];
    let mut state = 12345u64;
    let mut draw = |below: usize| {
        // Knuth's constants: the places need not be very random, only many.
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for _ in 0..500 {
        let (seq, column) = (1 + draw(6), columns[draw(columns.len())]);
        let read = format!("SELECT CAST({column} AS BLOB) FROM audit WHERE seq = {seq}");
        let value: Vec<u8> = connection.query_row(&read, [], |row| row.get(0)).unwrap();
        if value.is_empty() {
            continue;
        }
        let mut flipped = value.clone();
        flipped[draw(value.len())] ^= 1 << draw(8);
        let write = format!("UPDATE audit SET {column} = CAST(?1 AS TEXT) WHERE seq = {seq}");
        connection.execute(&write, [&flipped]).unwrap();
        let faults = libchar_history::History::read(&copy).unwrap().verify(&[]).faults;
        assert!(!faults.is_empty(), "{column} of {seq}: {value:?} -> {flipped:?}");
        connection.execute(&write, [&value]).unwrap();
    }
    assert_eq!(libchar_history::History::read(&copy).unwrap().verify(&[]).faults, []);
}

#[test]
fn alerts_are_acknowledged_and_resolved_by_name_and_reason() {
    let sandbox = charted();
    let ran = sandbox.run(&["alerts"]);
    assert_eq!(runs(&ran).len(), 6);
    let ran = sandbox.run(&["alerts", "ack", "1", "--by", "eva", "--why", "looking at it"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains(",acknowledged,") && ran.stdout.contains(",eva,looking at it,"));
    let ran = sandbox.run(&["alerts", "ack", "1"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("alert 1 was acknowledged by eva at "), "{}", ran.stderr);
    let resolve = ["alerts", "resolve", "1", "--why", "seal", "--actionable", "yes"];
    let ran = sandbox.run(&[&resolve[..], &["--format", "json"]].concat());
    assert_schema(&ran.stdout);
    assert!(ran.stdout.contains("\"was_actionable\": true"), "{}", ran.stdout);
    assert_eq!(runs(&sandbox.run(&["alerts", "list"])).len(), 5);
    assert_eq!(runs(&sandbox.run(&["alerts", "list", "--all"])).len(), 6);
    assert_eq!(sandbox.run(&["alerts", "ack", "77"]).code, 2);
    assert_eq!(sandbox.run(&["history", "verify"]).code, 0);
    sql(&sandbox, "UPDATE alert_events SET user = 'bob'");
    assert_eq!(sandbox.run(&["history", "verify"]).code, 1);
}

#[test]
fn runs_are_labelled_found_followed_and_let_go() {
    let sandbox = charted();
    let all = runs(&sandbox.run(&["history"]));
    assert_eq!(all.len(), 3);
    let first = &all[2];
    let ran = sandbox.run(&["history", "tag", first, "lot=L7", "note=after the maintenance"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    sandbox.run(&["history", "tag", first, "lot=L8", "note=and again"]);
    assert_schema(&sandbox.run(&["history", "tag", first, "die=1", "--format", "json"]).stdout);
    let one = |args: &[&str]| runs(&sandbox.run(&[&["history"], args].concat()));
    assert_eq!(one(&["--tag", "lot=L8"]), [first.as_str()]);
    assert_eq!(one(&["--tag", "lot=L7"]), [""; 0]);
    assert_eq!(one(&["search", "Maintenance"]), [first.as_str()]);
    assert_eq!(one(&["search", "beyond 3 sigma"]), all);
    assert_eq!(one(&["--command", "spc", "--since", "1h", "--folder", "."]), all);
    assert_eq!(one(&["--until", "2026-01-01"]), [""; 0]);
    assert_eq!(one(&["list", "--status", "done"]), [""; 0]);
    let ran = sandbox.run(&["history", "--since", "soon"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("--since is `soon`; expected a date"), "{}", ran.stderr);
    let shown = sandbox.run(&["history", "show", first]).stdout;
    assert_schema(&shown);
    assert!(shown.contains("after the maintenance") && shown.contains("\"uid\": "), "{shown}");
    let settings = sandbox.run(&["history", "show", first, "--settings"]).stdout;
    assert!(settings.contains("run.timeout = \"10h\"\n"), "{settings}");

    // The labels of the oldest job were sealed after everything of the others, so it stays.
    let ran = sandbox.run(&["history", "prune", "--keep", "1"]);
    assert_eq!(runs(&ran), [all[1].as_str()]);
    sandbox.run(&["spc", "chart", "data.csv", "-c", "y"]);
    let ran = sandbox.run(&["history", "prune", "--keep", "1", "--dry-run"]);
    assert_eq!(runs(&ran).len(), 2);
    assert!(ran.stderr.contains("4 unresolved alerts of these runs"), "{}", ran.stderr);
    assert_eq!(sandbox.run(&["history", "prune", "--keep", "1"]).stdout, ran.stdout);
    assert_eq!(one(&[]).len(), 1);
    assert_eq!(sandbox.run(&["history", "verify"]).code, 0);
}

#[test]
fn a_measure_is_followed_from_run_to_run() {
    let sandbox = Sandbox::new();
    domain(&sandbox);
    simulated(&sandbox);
    for _ in 0..3 {
        assert_eq!(sandbox.run(&["ext"]).code, 0);
    }
    let ran = sandbox.run(&["history", "trend", "tphl", "--svg", "t.svg"]);
    assert_eq!(runs(&ran).len(), 3);
    assert!(ran.stderr.contains("mean of tphl: ▅▅▅"), "{}", ran.stderr);
    assert!(sandbox.read("t.svg").contains("<svg"));
    assert_schema(&sandbox.run(&["history", "trend", "tphl", "--format", "json"]).stdout);
    let ran = sandbox.run(&["history", "trend", "tplh_"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("no result of a measure `tplh_`"), "{}", ran.stderr);
    let csv = sandbox.run(&["history", "export"]).stdout;
    assert!(csv.lines().count() > 3 && csv.contains(",tphl,2.4e-11,"), "{csv}");
    let ran = sandbox.run(&["history", "export", "--format", "jsonl", "-o", "all.jsonl"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let lines = sandbox.read("all.jsonl");
    assert_eq!(lines.lines().count(), 3);
    assert!(lines.contains("\"kind\":\"settings\""), "{lines}");
}

#[test]
fn what_gen_was_given_comes_back() {
    let sandbox = Sandbox::new();
    let folder = sandbox.copy("examples/inverter-pvt");
    let ran = sandbox.run(&["-C", "inverter-pvt", "gen"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let recipe = sandbox.run(&["-C", "inverter-pvt", "history", "show", "latest", "--recipe"]);
    assert_eq!(recipe.stdout, fs::read_to_string(folder.join("config.cfg")).unwrap());
    let shown = sandbox.run(&["-C", "inverter-pvt", "history", "show", "latest"]).stdout;
    for kind in ["config", "settings", "tables", "template"] {
        assert!(shown.contains(&format!("\"kind\": \"{kind}\"")), "{kind}: {shown}");
    }
    // Commands that only look leave no trace in the history.
    let before = runs(&sandbox.run(&["-C", "inverter-pvt", "history"])).len();
    sandbox.run(&["-C", "inverter-pvt", "run", "--dry-run"]);
    sandbox.run(&["-C", "inverter-pvt", "report"]);
    sandbox.run(&["-C", "inverter-pvt", "bkp", "verify"]);
    assert_eq!(runs(&sandbox.run(&["-C", "inverter-pvt", "history"])).len(), before);
}

#[test]
fn a_killed_run_is_lost_and_not_running() {
    let sandbox = Sandbox::new();
    domain(&sandbox);
    let program = sandbox.write(
        "slow",
        "#!/bin/sh\n[ \"$1\" = --version ] && exec echo ngspice-39\nexec sleep 60\n",
    );
    fs::set_permissions(&program, Permissions::from_mode(0o755)).unwrap();
    let settings =
        format!("[simulators.slow]\nbase = 'ngspice'\nprogram = '{}'\n", program.display());
    sandbox.write("libchar.toml", settings);
    sandbox.write("config.cfg", "simulator=slow\n");
    let mut command = sandbox.command(&["flow", "run"]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let status = || {
        let ran = sandbox.run(&["history", "--command", "flow"]);
        ran.stdout.lines().nth(1).map(|line| line.split(',').nth(2).unwrap().to_owned())
    };
    for _ in 0..500 {
        if status().as_deref() == Some("running") || child.try_wait().unwrap().is_some() {
            break;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    if child.try_wait().unwrap().is_none() {
        assert_eq!(status().as_deref(), Some("running"));
        child.kill().unwrap();
    }
    child.wait().unwrap();
    let kill = Command::new("sh").arg("-c").arg(format!("for p in $(ls /proc | grep '^[0-9]'); do [ \"$(readlink /proc/$p/cwd)\" = '{}' ] && kill -9 $p; done; true", sandbox.path().display())).status();
    assert!(kill.unwrap().success());
    assert_eq!(status().as_deref(), Some("lost"));
    assert_eq!(sandbox.run(&["history", "verify"]).code, 0);
}

#[test]
fn the_real_user_stands_beside_the_name() {
    let sandbox = Sandbox::new();
    sandbox.write("libchar.toml", "");
    sandbox.write("data.csv", DATA);
    for (user, expected) in [("alice", "\"user\": \"alice\""), ("", "\"user\": \"root\"")] {
        let mut command = sandbox.command(&["spc", "chart", "data.csv", "-c", "y"]);
        command.env("USER", user).env_remove("LOGNAME").output().unwrap();
        let shown = sandbox.run(&["history", "show", "latest"]).stdout;
        let uid = nix::unistd::getuid();
        assert!(shown.contains(&format!("\"uid\": {uid},")), "{shown}");
        if user == "alice" || uid.is_root() {
            assert!(shown.contains(expected), "{shown}");
        }
    }
}

#[test]
fn a_record_that_is_lost_is_said_even_quietly() {
    let sandbox = Sandbox::new();
    sandbox.write("data.csv", DATA);
    for (name, content) in
        [("garbage.db", "this is not a database".repeat(500)), ("text.db", "x".to_owned())]
    {
        sandbox.write(name, content);
        let ran = sandbox.run(&["-q", "spc", "chart", "data.csv", "-c", "y", "--history", name]);
        assert_eq!(ran.code, 1);
        assert!(ran.stderr.contains("this run is not in the history: "), "{name}: {}", ran.stderr);
    }
    let foreign = sandbox.path().join("cookies.db");
    rusqlite::Connection::open(&foreign)
        .unwrap()
        .execute_batch("CREATE TABLE cookies (x)")
        .unwrap();
    let before = fs::read(&foreign).unwrap();
    let ran =
        sandbox.run(&["-q", "spc", "chart", "data.csv", "-c", "y", "--history", "cookies.db"]);
    assert!(
        ran.stderr.contains("is not a database of libchar: it has a table `cookies`"),
        "{}",
        ran.stderr
    );
    assert_eq!(fs::read(&foreign).unwrap(), before);
}

#[test]
fn a_history_of_0_1_in_a_closed_folder_is_read() {
    let sandbox = Sandbox::new();
    let fixture = repository().join("testdata/written-by-0.1/history-killed.db");
    let folder = sandbox.path().join("closed");
    fs::create_dir(&folder).unwrap();
    fs::copy(fixture, folder.join("h.db")).unwrap();
    fs::set_permissions(folder.join("h.db"), Permissions::from_mode(0o444)).unwrap();
    fs::set_permissions(&folder, Permissions::from_mode(0o555)).unwrap();
    let unprivileged = nix::unistd::getuid().is_root();
    let run = |args: &[&str]| -> Ran {
        let mut command = sandbox.command(&[args, &["--history", "closed/h.db"]].concat());
        if unprivileged {
            fs::set_permissions(sandbox.path(), Permissions::from_mode(0o755)).unwrap();
            std::os::unix::process::CommandExt::uid(&mut command, 65534);
        }
        let output = command.output().unwrap();
        Ran {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    };
    let ran = run(&["history", "verify"]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    assert_eq!(runs(&run(&["history"])).len(), 7);
    fs::set_permissions(&folder, Permissions::from_mode(0o755)).unwrap();
}
