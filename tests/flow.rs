//! Chains of stages: `flow` and the stages typed one by one leave the same bytes; so do pipes.

use crate::common::{Ran, Sandbox, has_ngspice};
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Stdio;

/// A domain with two corners, two temperatures and one supply group of three: 12 points of a small circuit.
fn small(sandbox: &Sandbox, name: &str) {
    let file = |path: &str| format!("{name}/{path}");
    sandbox.write(
        &file("config.cfg"),
        "mode=prelay\nsimulator=ngspice\nCPU=1\nMEM=1\nvccn=1p1v\ncorner=TT,SS\ntemperature=m40,125\n\
         2nd_supply_swp=\n3rd_supply_swp=\n",
    );
    sandbox.write(
        &file("configuration/table_corner_list.csv"),
        "corner,extraction,nmos,pmos,rs,ls\nTT,typical,0,0,0,0\nSS,typical,-1,-1,0,0\nFF,typical,1,1,0,0\n",
    );
    sandbox.write(
        &file("configuration/table_supply_list_ac.csv"),
        "name,vccn,vcctx\nv1min,0.99,0.99\nv1nom,1.1,1.1\nv1max,1.21,1.21\n",
    );
    sandbox.write(
        &file("template/sim_tx.sp"),
        "rc {{ point }}\n.lib 'models.lib' {{ section }}\n.temp {{ temp_c }}\n.param vccn={{ vccn_v }}\n\
         v1 a 0 pulse(0 {vccn} 0.1n 10p 10p 1n 2n)\nr1 a b {rr}\nc1 b 0 10f\n.tran 1p 1n\n\
         .meas tran tr when v(b)='vccn/2' rise=1\n.meas tran vmax max v(b)\n.end\n",
    );
    sandbox.write(
        &file("models.lib"),
        "* sections\n.lib TT\n.param rr=1k\n.endl\n.lib SS\n.param rr=1.2k\n.endl\n.lib FF\n.param rr=900\n.endl\n",
    );
    sandbox.write(&file("libchar.toml"), "[specs.tr]\nmax = '150p'\nunit = 's'\n");
}

/// The files that libchar computes, by name. Simulators' logs, the journal, the metadata of attempts and backups are not.
fn computed(domain: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(domain).sort_by_file_name() {
        let entry = entry.expect("a readable folder");
        let name = entry.path().strip_prefix(domain).expect("below").display().to_string();
        let left_out =
            name.starts_with(".libchar") || name.starts_with("00bkp_") || name.ends_with(".log");
        if entry.file_type().is_file() && !left_out {
            let mut bytes = std::fs::read(entry.path()).expect("a readable file");
            if name.ends_with("/status.json") {
                // Removes the hashes of logs, in which the simulator prints times.
                let mut status: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
                status.as_object_mut().expect("an object").remove("outputs");
                bytes = status.to_string().into_bytes();
            }
            files.insert(name, bytes);
        }
    }
    files
}

fn assert_same(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) {
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (name, bytes) in one {
        assert!(bytes == &other[name], "{name} differs");
    }
}

#[test]
fn flow_leaves_the_bytes_of_the_stages_typed_one_by_one() {
    if !has_ngspice() {
        return;
    }
    let sandbox = Sandbox::new();
    small(&sandbox, "a");
    small(&sandbox, "b");
    let ran = sandbox.run(&["-C", "a", "flow"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    for stage in ["gen", "run", "ext", "srt", "bkp"] {
        let ran = sandbox.run(&["-C", "b", stage]);
        assert_eq!(ran.code, 0, "{stage}: {}", ran.stderr);
    }
    let files = computed(&sandbox.path().join("a"));
    assert_same(&files, &computed(&sandbox.path().join("b")));
    assert_eq!(sandbox.read("a/results.csv").lines().count(), 1 + 12 * 2);
    // All of it is in the history, with its stages.
    let shown = sandbox.run(&["-C", "a", "history", "show", "latest"]).stdout;
    for stage in ["gen", "run", "ext", "srt", "bkp"] {
        assert!(shown.contains(&format!("\"stage\": \"{stage}\"")), "{shown}");
    }
}

#[test]
fn a_pipe_computes_what_the_domain_does() {
    if !has_ngspice() {
        return;
    }
    let sandbox = Sandbox::new();
    small(&sandbox, "a");
    let ids = sandbox.run(&["-C", "a", "gen"]).stdout;
    assert_eq!(ids.lines().count(), 12);
    assert!(ids.starts_with("TT/typical/typical_m40/v1min\n"), "{ids}");
    let chosen: String =
        ids.lines().filter(|id| id.starts_with("TT/")).map(|id| format!("{id}\n")).collect();
    let done = sandbox.pipe(&["-C", "a", "run", "-"], &chosen);
    assert_eq!((done.code, done.stdout.lines().count()), (0, 6), "{}", done.stderr);
    let results = sandbox.pipe(&["-C", "a", "ext", "-"], &done.stdout);
    assert_eq!((results.code, results.stdout.lines().count()), (0, 13), "{}", results.stderr);
    assert!(!sandbox.path().join("a/results.csv").exists(), "a part is not the whole");
    let report = sandbox.pipe(&["-C", "a", "srt", "-"], &results.stdout);
    assert_eq!(report.code, 0, "{}", report.stderr);
    assert!(report.stdout.contains("\ntr,1,s,6,6,0,0,"), "{}", report.stdout);
    // The values equal those of the whole domain, half of which is not simulated.
    assert_eq!(sandbox.run(&["-C", "a", "ext"]).code, 1);
    let whole = sandbox.read("a/results.csv");
    assert!(results.stdout.lines().all(|row| whole.lines().any(|other| other == row)), "{whole}");
}

#[test]
fn stages_of_one_pipe_start_together_and_do_not_lock_each_other_out() {
    if !has_ngspice() {
        return;
    }
    let sandbox = Sandbox::new();
    small(&sandbox, "a");
    let mut children = Vec::new();
    let mut input = Stdio::null();
    let (mut end, output) = std::io::pipe().expect("a pipe");
    let mut output = Some(output);
    for args in [vec!["gen"], vec!["run", "-"], vec!["ext", "-"], vec!["srt", "-"]] {
        let is_last = args[0] == "srt";
        let target = if is_last { output.take().expect("once").into() } else { Stdio::piped() };
        let mut command = sandbox.command(&["-C", "a"]);
        let mut child = command.args(args).stdin(input).stdout(target).spawn().expect("it starts");
        input = child.stdout.take().map_or_else(Stdio::null, Stdio::from);
        children.push(child);
    }
    let mut report = String::new();
    std::io::Read::read_to_string(&mut end, &mut report).expect("text");
    for mut child in children {
        assert!(child.wait().expect("it ends").success());
    }
    assert!(report.contains("\ntr,1,s,12,12,0,0,"), "{report}");
}

#[test]
fn findings_go_on_unless_strict_and_unreadable_input_stops() {
    if !has_ngspice() {
        return;
    }
    let sandbox = Sandbox::new();
    small(&sandbox, "a");
    sandbox.write("a/libchar.toml", "[specs.tr]\nmax = '1p'\nunit = 's'\n");
    let ran = sandbox.run(&["-C", "a", "flow", "--format", "csv"]);
    assert_eq!(ran.code, 1);
    assert_eq!(stages(&ran), ["gen,0", "run,0", "ext,0", "srt,1", "bkp,0"]);
    let ran = sandbox.run(&["-C", "a", "flow", "--strict", "--format", "csv"]);
    assert_eq!((ran.code, stages(&ran).last().cloned()), (1, Some("srt,1".to_owned())));
    sandbox.write("a/config.cfg", "mode=prelya\n");
    let ran = sandbox.run(&["-C", "a", "flow", "--format", "csv"]);
    assert_eq!(ran.code, 2);
    assert_eq!(stages(&ran), ["gen,2"]);
    assert!(ran.stderr.contains("config.cfg:1:6: "), "{}", ran.stderr);
    assert!(ran.stderr.contains("did you mean `prelay`?"), "{}", ran.stderr);
}

#[test]
fn stages_out_of_order_are_a_mistake() {
    let sandbox = Sandbox::new();
    small(&sandbox, "a");
    let ran = sandbox.run(&["-C", "a", "flow", "run", "gen"]);
    assert_eq!(ran.code, 2);
    assert_eq!(
        ran.stderr,
        "libchar: stages out of order; their order is gen run ext srt bkp usr\n"
    );
}

/// Stage and exit code of each row of the summary.
fn stages(ran: &Ran) -> Vec<String> {
    let row = |line: &str| line.rsplit_once(',').map(|(start, _)| start.to_owned());
    ran.stdout.lines().skip(1).filter_map(row).collect()
}

#[test]
fn domains_over_shared_tables_run_side_by_side() {
    if !has_ngspice() {
        return;
    }
    let sandbox = Sandbox::new();
    small(&sandbox, "shared");
    for name in ["gpio", "i3c"] {
        let domain = sandbox.path().join(name);
        std::fs::create_dir(&domain).expect("a folder");
        for part in ["config.cfg", "configuration", "template", "models.lib", "libchar.toml"] {
            let target = Path::new("../shared").join(part);
            std::os::unix::fs::symlink(target, domain.join(part)).expect("a link");
        }
    }
    let both = ["gpio", "i3c"].map(|name| {
        sandbox.command(&["-C", name, "flow"]).stdout(Stdio::null()).spawn().expect("it starts")
    });
    for mut child in both {
        assert!(child.wait().expect("it ends").success());
    }
    let gpio = computed(&sandbox.path().join("gpio"));
    assert_same(&gpio, &computed(&sandbox.path().join("i3c")));
    // The shared folder still holds only what was there before.
    assert!(!sandbox.path().join("shared/points.csv").exists());
}

#[test]
fn a_second_libchar_in_a_domain_is_told_who_is_there() {
    let sandbox = Sandbox::new();
    small(&sandbox, "a");
    std::fs::create_dir_all(sandbox.path().join("a/.libchar")).expect("a folder");
    let lock = std::fs::File::create(sandbox.path().join("a/.libchar/lock")).expect("a file");
    lock.lock().expect("the lock");
    std::fs::write(sandbox.path().join("a/.libchar/lock"), "pid 1: libchar run").expect("a file");
    let ran = sandbox.run(&["-C", "a", "gen"]);
    assert_eq!(ran.code, 75, "{}", ran.stderr);
    assert_eq!(
        ran.stderr,
        "libchar: ./.libchar/lock is in use by another libchar (pid 1: libchar run); wait with --wait\n"
    );
}

#[test]
fn what_changes_no_result_is_told_after_run_and_once_in_a_flow() {
    if !has_ngspice() {
        return;
    }
    let sandbox = Sandbox::new();
    small(&sandbox, "a");
    let told = |args: &[&str]| {
        let ran = sandbox.run(&[&["-C", "a"], args].concat());
        let line = "all results are equal at the 2 values of the temperature";
        (ran.code, ran.stderr.matches(line).count(), ran.stderr)
    };
    assert_eq!(told(&["gen"]).0, 0);
    // A single corner, temperature and supply cannot be equal to another.
    let one = ["run", "--require-effect", "--point", "TT/typical/typical_m40/v1min"];
    let ran = told(&one);
    assert_eq!((ran.0, ran.2.contains("are equal")), (0, false), "{}", ran.2);
    let again = ["run", "--again"];
    let required = ["run", "--require-effect"];
    for (args, code) in [(&["run"][..], 0), (&required, 1), (&again, 0), (&["flow"], 0)] {
        let ran = told(args);
        assert_eq!((ran.0, ran.1, ran.2.matches("are equal").count()), (code, 1, 1), "{}", ran.2);
    }
    // Nothing was simulated, so there is nothing new to report.
    assert_eq!(told(&["run"]).1, 0);
}
