//! `libchar bkp`: sets of a domain, made, verified, restored, pruned.

use crate::common::points::{POINTS, domain, simulated};
use crate::common::{Ran, Sandbox, assert_schema};
use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

fn simulated_domain() -> Sandbox {
    let sandbox = Sandbox::new();
    domain(&sandbox);
    simulated(&sandbox);
    sandbox.write("template/sim_tx.sp", "* template\n");
    sandbox.write(
        &format!("{}/status.json", POINTS[0]),
        "{\"status\":\"done\",\"class\":null,\"reason\":null,\"simulator\":\"ngspice\",\"version\":\"ngspice-39\"}",
    );
    assert_eq!(sandbox.run(&["ext"]).code, 0);
    assert_eq!(sandbox.run(&["srt"]).code, 0);
    sandbox
}

fn at(sandbox: &Sandbox, seconds: &str) -> Ran {
    let output = sandbox.command(&["bkp"]).env("SOURCE_DATE_EPOCH", seconds).output().unwrap();
    Ran {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

#[test]
fn a_set_holds_everything_but_older_sets_and_restores_to_the_same_domain() {
    let sandbox = simulated_domain();
    let ran = at(&sandbox, "1767323045");
    assert_eq!((ran.code, ran.stdout.as_str()), (0, "00bkp_20260102030405\n"), "{}", ran.stderr);
    assert_eq!(at(&sandbox, "1767323045").stdout, "00bkp_20260102030405_1\n");
    let manifest = sandbox.read("00bkp_20260102030405/manifest.json");
    assert_schema(&manifest);
    let content = |manifest: &str| {
        let line = manifest.lines().find(|line| line.contains("\"content\"")).unwrap();
        line.to_owned()
    };
    let second = sandbox.read("00bkp_20260102030405_1/manifest.json");
    assert_eq!(content(&manifest), content(&second), "no set within a set");
    for part in [
        "\".libchar/history.db\"",
        "\"entries\": ",
        "\"config.cfg\"",
        "\"template/sim_tx.sp\"",
        "\"creport.txt\"",
        "\"results.csv\"",
        "\"measures/tphl.csv\"",
        "sim_tx.log",
        "ngspice-39",
        "libchar bkp restore",
    ] {
        assert!(manifest.contains(part), "{part}: {manifest}");
    }
    assert_eq!(sandbox.run(&["bkp", "verify", "--all"]).code, 0);

    let ran = sandbox.run(&["bkp", "restore", "00bkp_20260102030405", "--to", "again"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let ran = sandbox.run(&["-C", "again", "ext"]);
    assert_eq!(ran.code, 0, "times are restored too, so nothing looks stale: {}", ran.stderr);
    assert_eq!(sandbox.read("again/results.csv"), sandbox.read("results.csv"));
    let ran = sandbox.run(&["bkp", "restore", "00bkp_20260102030405", "--to", "again"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("again exists; name a new folder: a restore never overwrites"),
        "{}",
        ran.stderr
    );
}

#[test]
fn verify_names_each_difference() {
    let sandbox = simulated_domain();
    at(&sandbox, "1767323045");
    let set = "00bkp_20260102030405";
    sandbox.write(&format!("{set}/creport.csv"), "changed\n");
    sandbox.write(&format!("{set}/new"), "x");
    std::fs::remove_file(sandbox.path().join(set).join("config.cfg")).unwrap();
    std::fs::remove_file(sandbox.path().join(set).join("points.csv")).unwrap();
    symlink("/etc/passwd", sandbox.path().join(set).join("points.csv")).unwrap();
    let ran = sandbox.run(&["bkp", "verify"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(lines[0], "set,path,difference");
    assert_eq!(lines[1], "00bkp_20260102030405,config.cfg,missing");
    assert!(
        lines[2].starts_with("00bkp_20260102030405,creport.csv,8 bytes instead of "),
        "{lines:?}"
    );
    assert_eq!(lines[3], "00bkp_20260102030405,new,not in the manifest");
    assert_eq!(lines[4], "00bkp_20260102030405,points.csv,not a regular file");
    assert_schema(&sandbox.run(&["bkp", "verify", "--format", "json"]).stdout);
    let ran = sandbox.run(&["bkp", "restore", set, "--to", "again"]);
    assert_eq!(ran.code, 2);
    assert!(!sandbox.path().join("again").exists());
}

#[test]
fn a_manifest_that_leads_out_of_the_set_restores_nothing() {
    let sandbox = simulated_domain();
    at(&sandbox, "1767323045");
    let path = "00bkp_20260102030405/manifest.json";
    sandbox.write(path, sandbox.read(path).replace("\"config.cfg\"", "\"../../config.cfg\""));
    let ran = sandbox.run(&["bkp", "restore", "00bkp_20260102030405", "--to", "again"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.starts_with(
            "00bkp_20260102030405/manifest.json: the path \"../../config.cfg\" leads out of the set"
        ),
        "{}",
        ran.stderr
    );
    sandbox.write(path, &sandbox.read(path)[..100]);
    let ran = sandbox.run(&["bkp", "verify"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.starts_with("00bkp_20260102030405/manifest.json:"), "{}", ran.stderr);
    let ran = sandbox.run(&["bkp", "list"]);
    assert_eq!(ran.code, 1, "a set without a readable manifest is a finding");
}

#[test]
fn what_a_killed_backup_left_is_cleared_and_old_sets_are_pruned() {
    let sandbox = simulated_domain();
    sandbox.write(".libchar-bkp-20250101000000-1.tmp/half", "x");
    for seconds in ["1767323045", "1767323046", "1767323047"] {
        assert_eq!(at(&sandbox, seconds).code, 0);
    }
    assert!(!sandbox.path().join(".libchar-bkp-20250101000000-1.tmp").exists());
    assert_eq!(sandbox.run(&["bkp", "prune"]).code, 2, "the number to keep is not given");
    let ran = sandbox.run(&["bkp", "prune", "--keep", "0"]);
    assert_eq!(
        (ran.code, ran.stderr.as_str()),
        (2, "libchar: --keep 0: expected 1 or more sets\n")
    );
    sandbox.write(".libchar-work-1-0.tmp/tree/half", "x");
    let ran = sandbox.run(&["bkp", "prune", "--keep", "1", "--dry-run"]);
    assert_eq!(ran.stdout, "set\n00bkp_20260102030405\n00bkp_20260102030406\n");
    sandbox.write("libchar.toml", "[bkp]\nkeep = 2\n");
    assert_eq!(sandbox.run(&["bkp", "prune"]).stdout, "set\n00bkp_20260102030405\n");
    assert!(!sandbox.path().join(".libchar-work-1-0.tmp").exists());
    let list = sandbox.run(&["bkp", "list"]).stdout;
    assert_eq!(list.lines().count(), 3, "{list}");
    assert_schema(&sandbox.run(&["bkp", "list", "--format", "json"]).stdout);
}

#[test]
fn tables_and_project_file_that_domains_share_are_in_the_set() {
    let sandbox = Sandbox::new();
    sandbox.write("libchar.toml", "[tables]\npath = '../shared'\n");
    sandbox.write("shared/table_corner_list.csv", "TT,typical,0,0,0,0\n");
    sandbox.write("gpio/config.cfg", "simulator=ngspice\n");
    let ran = sandbox.run(&["-C", "gpio", "bkp"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let manifest = sandbox.read(&format!("gpio/{}/manifest.json", ran.stdout.trim()));
    assert!(
        manifest.contains("\"libchar.toml\"")
            && manifest.contains("\"outside/configuration/table_corner_list.csv\""),
        "{manifest}"
    );
}

#[test]
fn a_folder_that_is_no_domain_is_not_backed_up() {
    let ran = Sandbox::new().run(&["bkp"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("neither config.cfg nor cells.toml here"), "{}", ran.stderr);
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

fn chmod(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

fn files(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| if path.is_dir() { files(&path) } else { 1 }).sum()
}

fn work_folders(folder: &Path) -> Vec<PathBuf> {
    let is_work = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().contains("-work-");
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(is_work).collect()
}

/// A domain of many small files with one set, and a restore of it that was stopped halfway.
fn restoring(sandbox: &Sandbox) -> (Child, String, usize) {
    sandbox.write("config.cfg", "simulator=ngspice\n");
    for i in 0..3000 {
        sandbox.write(&format!("TT/{}/{i}.sp", i / 100), format!("* deck {i}\n"));
    }
    let set = sandbox.run(&["bkp"]).stdout.trim().to_owned();
    let number = files(&sandbox.path().join(&set));
    let mut command = sandbox.command(&["bkp", "restore", &set, "--to", "again"]);
    let child = command.stderr(Stdio::null()).spawn().unwrap();
    while !work_folders(sandbox.path()).iter().any(|work| work.join("tree/TT/0/0.sp").exists()) {
        std::thread::sleep(Duration::from_millis(1));
        assert!(!sandbox.path().join("again").exists(), "too quick to be stopped");
    }
    signal(&child, "STOP");
    (child, set, number)
}

fn signal(child: &Child, name: &str) {
    let status = Command::new("kill").args([&format!("-{name}"), &child.id().to_string()]).status();
    assert!(status.unwrap().success());
}

#[test]
fn a_backup_leaves_the_restore_that_is_under_way_alone() {
    let sandbox = Sandbox::new();
    let (mut child, _, number) = restoring(&sandbox);
    let ran = sandbox.run(&["bkp"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let ran = sandbox.run(&["bkp", "prune", "--keep", "1"]);
    // Pruning may remove the set that is being restored: the restore then reports it and leaves
    // nothing.
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    signal(&child, "CONT");
    let code = child.wait().unwrap().code();
    let again = sandbox.path().join("again");
    match code {
        // The manifest is not restored.
        Some(0) => assert_eq!(files(&again), number - 1),
        code => assert!(code == Some(2) && !again.exists(), "{code:?}"),
    }
    assert_eq!(work_folders(sandbox.path()), [""; 0].map(PathBuf::from));
}

#[test]
fn a_restore_that_was_killed_needs_no_hand() {
    let sandbox = Sandbox::new();
    let (mut child, set, number) = restoring(&sandbox);
    signal(&child, "KILL");
    child.wait().unwrap();
    assert_eq!(work_folders(sandbox.path()).len(), 1);
    let ran = sandbox.run(&["bkp", "restore", &set, "--to", "again"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(files(&sandbox.path().join("again")), number - 1);
    assert_eq!(work_folders(sandbox.path()), [""; 0].map(PathBuf::from));
}

#[test]
fn a_copy_that_is_changed_under_the_restore_is_no_success() {
    let sandbox = Sandbox::new();
    let (mut child, ..) = restoring(&sandbox);
    let work = &work_folders(sandbox.path())[0];
    fs::remove_file(work.join("tree/TT/0/0.sp")).unwrap();
    signal(&child, "CONT");
    assert_eq!(child.wait().unwrap().code(), Some(2));
    assert!(!sandbox.path().join("again").exists());
}

#[test]
fn the_only_good_set_is_never_pruned() {
    let sandbox = simulated_domain();
    at(&sandbox, "1767323045");
    at(&sandbox, "1767323046");
    sandbox.write("00bkp_20260102030406/manifest.json", "{");
    let ran = sandbox.run(&["bkp", "prune", "--keep", "1"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, "set\n"), "{}", ran.stderr);
    let said = "00bkp_20260102030406 stays and does not count as kept: ";
    assert!(ran.stderr.contains(said), "{}", ran.stderr);
    assert_eq!(sandbox.run(&["bkp", "verify", "00bkp_20260102030405"]).code, 0);
    // A set that was dated by a clock that ran ahead does not stay the newest for ever.
    fs::remove_dir_all(sandbox.path().join("00bkp_20260102030406")).unwrap();
    let ahead = at(&sandbox, "7952342400").stdout;
    let ran = sandbox.run(&["bkp", "prune", "--keep", "1"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, "set\n"), "{}", ran.stderr);
    assert!(ran.stderr.contains("it is dated in the future"), "{ahead}: {}", ran.stderr);
}

#[test]
fn private_files_stay_private_and_setuid_bits_are_dropped() {
    let sandbox = Sandbox::new();
    sandbox.write("config.cfg", "simulator=ngspice\n");
    let secret = sandbox.write("inner/secret", "key\n");
    let tool = sandbox.write("tool", "#!/bin/sh\n");
    fs::create_dir(sandbox.path().join("empty")).unwrap();
    chmod(&secret, 0o600);
    chmod(secret.parent().unwrap(), 0o750);
    chmod(&tool, 0o4755);
    let ran = sandbox.run(&["bkp"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("tool is setuid or setgid; its copy is not"), "{}", ran.stderr);
    let set = ran.stdout.trim();
    for place in [sandbox.path().join(set), sandbox.path().join("again")] {
        if !place.exists() {
            assert_eq!(sandbox.run(&["bkp", "restore", set, "--to", "again"]).code, 0);
        }
        assert_eq!(mode(&place.join("inner/secret")), 0o600);
        assert_eq!(mode(&place.join("inner")), 0o750);
        assert_eq!(mode(&place.join("tool")), 0o755);
        assert!(place.join("empty").is_dir());
    }
    chmod(&sandbox.path().join(set).join("tool"), 0o4755);
    let ran = sandbox.run(&["bkp", "verify", set]);
    assert_eq!(ran.stdout, format!("set,path,difference\n{set},tool,mode 4755 instead of 0755\n"));
}

#[test]
fn a_set_of_0_1_verifies_and_restores() {
    let sandbox = Sandbox::new();
    sandbox.write("config.cfg", "simulator=ngspice\n");
    let set = sandbox.copy("testdata/written-by-0.1/set");
    let ran = sandbox.run(&["bkp", "verify", "set"]);
    assert_eq!(ran.code, 0, "{}{}", ran.stdout, ran.stderr);
    let ran = sandbox.run(&["bkp", "restore", "set", "--to", "again"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(files(&sandbox.path().join("again")), files(&set) - 1);
    let text = sandbox.read("set/manifest.json");
    sandbox.write("set/manifest.json", text.replacen("\"size\": ", "\"size\": 1", 1));
    assert_eq!(sandbox.run(&["bkp", "verify", "set"]).code, 2);
}

#[test]
fn a_manifest_that_is_a_pipe_or_of_another_document_is_refused() {
    let sandbox = Sandbox::new();
    sandbox.write("config.cfg", "simulator=ngspice\n");
    let set = sandbox.run(&["bkp"]).stdout.trim().to_owned();
    let manifest = sandbox.path().join(&set).join("manifest.json");
    let text = fs::read_to_string(&manifest).unwrap();
    for (from, to) in
        [("libchar.backup", "other.thing"), ("\"version\": 2", "\"version\": 99"), ("T", "t")]
    {
        fs::write(&manifest, text.replacen(from, to, 1)).unwrap();
        let ran = sandbox.run(&["bkp", "verify", &set]);
        assert_eq!(ran.code, 2, "{from}: {}", ran.stderr);
        assert!(ran.stderr.starts_with(&format!("{set}/manifest.json: ")), "{}", ran.stderr);
    }
    fs::remove_file(&manifest).unwrap();
    assert!(Command::new("mkfifo").arg(&manifest).status().unwrap().success());
    assert_eq!(sandbox.run(&["bkp", "list"]).code, 1);
    let ran = sandbox.run(&["bkp", "verify", &set]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("not a regular file"), "{}", ran.stderr);
}

#[test]
fn nothing_is_restored_into_a_set() {
    let sandbox = Sandbox::new();
    sandbox.write("config.cfg", "simulator=ngspice\n");
    let set = sandbox.run(&["bkp"]).stdout.trim().to_owned();
    let ran = sandbox.run(&["bkp", "restore", &set, "--to", &format!("{set}/sub")]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("lies in the backup set"), "{}", ran.stderr);
    assert_eq!(sandbox.run(&["bkp", "verify", &set]).code, 0);
}

#[test]
fn the_history_is_in_the_set_and_the_set_remembers_its_end() {
    let sandbox = simulated_domain();
    let set = sandbox.run(&["bkp"]).stdout.trim().to_owned();
    assert_eq!(sandbox.run(&["bkp", "restore", &set, "--to", "again"]).code, 0);
    let listed = sandbox.run(&["-C", "again", "history"]).stdout;
    assert!(listed.contains(",ext,") && listed.contains(",srt,"), "{listed}");
    assert_eq!(
        sandbox.run(&["-C", "again", "history", "verify", "--anchor", &format!("../{set}")]).code,
        0
    );
    // If another program's file is in the place of the history, the set is made, with a message.
    sandbox
        .write("other.db", "no database, but long enough to be taken for a file of one".repeat(99));
    let ran = sandbox.run(&["bkp", "-q", "--history", "other.db"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("the history is not in the set"), "{}", ran.stderr);
}

/// Whether restic is installed; if not, reports that the test is skipped.
fn has_restic() -> bool {
    libchar_testing::has("restic")
}

fn in_store(sandbox: &Sandbox, args: &[&str]) -> Ran {
    sandbox.run(&[args, &["--store", "store", "--password-file", "password"]].concat())
}

/// Puts a set with this time into the store.
fn into_store(sandbox: &Sandbox, epoch: &str) {
    let store = ["--store", "store", "--password-file", "password"];
    let options = ["--exclude", "password", "--exclude", "store/*"];
    let mut command = sandbox.command(&[&["bkp"], &store[..], &options[..]].concat());
    let output = command.env("SOURCE_DATE_EPOCH", epoch).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn sets_go_into_a_store_and_come_back() {
    if !has_restic() {
        return;
    }
    let sandbox = simulated_domain();
    sandbox.write("password", "secret\n");
    chmod(&sandbox.path().join("config.cfg"), 0o600);
    fs::create_dir(sandbox.path().join("empty")).unwrap();
    for epoch in ["1767323045", "1767409445", "1767409446"] {
        into_store(&sandbox, epoch);
    }
    assert_eq!(work_folders(sandbox.path()), [""; 0].map(PathBuf::from));
    let ran = in_store(&sandbox, &["bkp", "list", "--format", "json"]);
    assert_schema(&ran.stdout);
    assert!(ran.stdout.contains("\"00bkp_20260103030406\""), "{}", ran.stdout);
    assert_eq!(in_store(&sandbox, &["bkp", "verify"]).code, 0);

    let ran = in_store(&sandbox, &["bkp", "restore", "00bkp_20260102030405", "--to", "again"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(sandbox.read("again/results.csv"), sandbox.read("results.csv"));
    assert_eq!(mode(&sandbox.path().join("again/config.cfg")), 0o600);
    assert!(sandbox.path().join("again/empty").is_dir());
    assert!(!sandbox.path().join("again/manifest.json").exists());
    assert_eq!(in_store(&sandbox, &["bkp", "restore", "latest", "--to", "again"]).code, 2);
    let ran = in_store(&sandbox, &["bkp", "drill", "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_schema(&ran.stdout);

    let copy = in_store(&sandbox, &["bkp", "copy", "--to", "second"]);
    assert_eq!(copy.code, 0, "{}", copy.stderr);
    let dry = in_store(&sandbox, &["bkp", "prune", "--keep-daily", "1", "--dry-run"]);
    assert_eq!((dry.code, dry.stdout.lines().count()), (0, 3), "{}", dry.stderr);
    let ran = in_store(&sandbox, &["bkp", "prune", "--keep-daily", "1"]);
    assert_eq!(ran.stdout, dry.stdout, "{}", ran.stderr);
    assert_eq!(in_store(&sandbox, &["bkp", "list"]).stdout.lines().count(), 2);
    let second = ["bkp", "list", "--store", "second", "--password-command", "cat password"];
    assert_eq!(sandbox.run(&second).stdout.lines().count(), 4);

    // A flipped byte, a wrong password, a set that does not exist.
    let packs = sandbox.path().join("second/data");
    let folder = fs::read_dir(packs).unwrap().map(|entry| entry.unwrap().path());
    let pack = folder
        .filter(|f| files(f) > 0)
        .map(|f| fs::read_dir(f).unwrap().next().unwrap().unwrap().path())
        .next()
        .unwrap();
    let mut bytes = fs::read(&pack).unwrap();
    bytes[0] ^= 1;
    chmod(&pack, 0o600);
    fs::write(&pack, bytes).unwrap();
    let second = ["bkp", "verify", "--store", "second", "--password-file", "password"];
    assert_eq!(sandbox.run(&second).code, 1);
    assert_eq!(
        in_store(&sandbox, &["bkp", "restore", "00bkp_19990102030405", "--to", "x"]).code,
        2
    );
    let nowhere = ["bkp", "verify", "--store", "nowhere", "--password-file", "password"];
    let ran = sandbox.run(&nowhere);
    assert_eq!(ran.code, 2, "a store that nobody looked into is not a broken one: {}", ran.stderr);
    assert!(ran.stderr.contains("nowhere"), "{}", ran.stderr);
    sandbox.write("password", "wrong\n");
    for command in ["list", "verify"] {
        let ran = in_store(&sandbox, &["bkp", command]);
        assert_eq!(ran.code, 2, "{command}: {}", ran.stderr);
        assert!(
            ran.stderr.contains("wrong password") && !ran.stderr.contains("secret"),
            "{}",
            ran.stderr
        );
    }
}

/// A store takes a file of the same size and time for unchanged. A set whose manifest differs from
/// that could not be restored.
#[test]
fn a_set_in_a_store_builds_only_upon_what_did_not_change() {
    if !has_restic() {
        return;
    }
    let sandbox = simulated_domain();
    sandbox.write("password", "secret\n");
    let results = sandbox.path().join("results.csv");
    into_store(&sandbox, "1767323045");
    let time = fs::metadata(&results).unwrap().modified().unwrap();
    let text = fs::read_to_string(&results).unwrap().replace("OK", "ok");
    fs::write(&results, &text).unwrap();
    fs::File::options().append(true).open(&results).unwrap().set_modified(time).unwrap();
    into_store(&sandbox, "1767409445");
    let ran = in_store(&sandbox, &["bkp", "restore", "latest", "--to", "again"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(sandbox.read("again/results.csv"), text);

    // The set to build upon was removed meanwhile.
    let stored = sandbox.read(".libchar/stored.json");
    let id = stored.split('"').find(|part| part.len() == 64).unwrap().to_owned();
    sandbox.write(".libchar/stored.json", stored.replace(&id, &"0".repeat(64)));
    into_store(&sandbox, "1767495845");
    let list = in_store(&sandbox, &["bkp", "list"]).stdout;
    let row = list.lines().find(|line| line.contains("00bkp_20260104")).unwrap();
    let short = row.split(',').nth(2).unwrap();
    let ran = in_store(&sandbox, &["bkp", "restore", short, "--to", "by-id"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("by-id"), "{}", ran.stderr);
}

#[test]
fn a_drill_is_timed_and_remembered() {
    let sandbox = simulated_domain();
    sandbox.write("libchar.toml", "[bkp]\nmax_age = '1d'\n");
    assert!(sandbox.run(&["check"]).stdout.contains("no backup was verified yet"));
    sandbox.run(&["bkp"]);
    let ran = sandbox.run(&["bkp", "drill", "--format", "json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_schema(&ran.stdout);
    assert!(!sandbox.run(&["check"]).stdout.contains("WARN,backup"));
    let trend = sandbox.run(&["history", "trend", "restore_time_s"]);
    assert_eq!(trend.stdout.lines().count(), 2, "{}", trend.stderr);
    sandbox
        .write(".libchar/verified.json", "{\"what\":\"00bkp_1\",\"at\":\"2020-01-01T00:00:00Z\"}");
    let checked = sandbox.run(&["check"]).stdout;
    assert!(
        checked.contains("00bkp_1 was verified at 2020-01-01T00:00:00Z, longer ago than the 1d"),
        "{checked}"
    );
}

#[test]
fn of_a_linked_library_only_what_decks_read_is_taken() {
    let sandbox = Sandbox::new();
    for name in ["used.lib", "deep/inner.inc", "unused.lib", "docs/manual.pdf"] {
        sandbox.write(&format!("pdk/{name}"), format!("* {name}\n"));
    }
    sandbox.write("pdk/used.lib", "* used\n.include 'models/deep/inner.inc'\n");
    sandbox.write("d/config.cfg", "simulator=ngspice\n");
    sandbox.write("d/TT/sim_tx.sp", "* deck\n.include 'models/used.lib'\n.end\n");
    sandbox.write("d/notes.log", "x");
    symlink("../pdk", sandbox.path().join("d/models")).unwrap();
    let set = |args: &[&str]| {
        let ran = sandbox.run(&[&["-C", "d", "bkp"], args].concat());
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        (sandbox.path().join("d").join(ran.stdout.trim()), ran.stderr)
    };
    let (taken, said) = set(&[]);
    assert!(taken.join("models/used.lib").exists() && taken.join("models/deep/inner.inc").exists());
    assert!(!taken.join("models/unused.lib").exists() && !taken.join("models/docs").exists());
    assert!(
        said.contains("left out 2 files below linked folders, because no deck reads them"),
        "{said}"
    );
    let (taken, _) = set(&["--include", "models/*.lib", "--exclude", "*.log"]);
    assert!(taken.join("models/unused.lib").exists() && !taken.join("notes.log").exists());
}
