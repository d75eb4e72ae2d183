//! `libchar litho-predict`: train, predict, drift, models, shadow, alerts, jobs.

use crate::common::{Ran, Sandbox, assert_schema, repository};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

const HEADER: &str = "job_id,wavelength_nm,na,sigma_out,pitch_nm,cd_nm,dose_mj_cm2,\
    resist_thickness_nm,blur_nm,focus_sigma_nm\n";
/// Prints with room to spare; prints with next to no dose; lies beyond the cut-off.
const GOOD: &str = "good,13.5,0.33,0.8,40,20,60,30,4,15\n";
const STARVED: &str = "starved,13.5,0.33,0.8,36,18,1,30,4,15\n";
const BEYOND: &str = "beyond,193,0.9,0.7,110,55,25,100,8,20\n";

/// Lines `first..last` of the known jobs, counted from 0 without the header.
fn known(first: usize, last: usize) -> String {
    let text = std::fs::read_to_string(repository().join("testdata/litho/jobs.csv")).unwrap();
    let mut lines = text.lines().filter(|line| !line.starts_with('#'));
    let header = lines.next().unwrap();
    let rows: Vec<&str> = lines.skip(first).take(last - first).collect();
    format!("{header}\n{}\n", rows.join("\n"))
}

/// A folder with one registered candidate, trained once for all tests.
fn trained() -> &'static Path {
    static FOLDER: OnceLock<(Sandbox, Ran)> = OnceLock::new();
    let (sandbox, ran) = FOLDER.get_or_init(|| {
        let sandbox = Sandbox::new();
        sandbox.write("libchar.toml", "");
        let ran = sandbox.pipe(&["litho-predict", "train", "-", "--format", "json"], known(0, 750));
        (sandbox, ran)
    });
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_schema(&ran.stdout);
    sandbox.path()
}

/// A folder of its own with a model in production.
fn fab() -> Sandbox {
    let sandbox = candidate();
    let ran = sandbox.run(&["litho-predict", "models", "promote", "v1", "--format", "json"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_schema(&ran.stdout);
    sandbox
}

fn candidate() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("libchar.toml", "");
    let from = trained().join(".libchar");
    let status = std::process::Command::new("cp")
        .arg("-a")
        .arg(from)
        .arg(sandbox.path().join(".libchar"))
        .status();
    assert!(status.unwrap().success());
    sandbox
}

fn artifact(sandbox: &Sandbox) -> PathBuf {
    let folder = sandbox.path().join(".libchar/models");
    std::fs::read_dir(folder).unwrap().next().unwrap().unwrap().path()
}

/// Rows of a CSV by column.
fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap().split(',').collect();
    let cells = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<_>>();
    lines.map(|line| header.iter().map(|h| (*h).to_owned()).zip(cells(line)).collect()).collect()
}

fn number(row: &BTreeMap<String, String>, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column}: {row:?}"))
}

#[test]
fn a_trained_model_is_a_candidate_until_it_is_promoted() {
    let sandbox = candidate();
    let ran = sandbox.pipe(&["litho-predict", "predict"], format!("{HEADER}{GOOD}"));
    assert_eq!(
        (ran.code, ran.stderr.as_str()),
        (
            2,
            "libchar: no model is in production; `libchar litho-predict models promote` puts one there\n"
        )
    );
    let list = sandbox.run(&["litho-predict", "models", "list", "--format", "json"]);
    assert_schema(&list.stdout);
    assert!(list.stdout.contains("\"status\": \"candidate\""), "{}", list.stdout);
    let show = sandbox.run(&["litho-predict", "models", "show", "v1"]);
    assert_schema(&show.stdout);
    let ran = sandbox.run(&["litho-predict", "models", "promote", "v2"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (2, "libchar: no model `v2`; there are: v1\n"));
    assert_eq!(sandbox.run(&["litho-predict", "models", "promote", "v1"]).code, 0);
    let again = sandbox.run(&["litho-predict", "models", "promote", "v1"]);
    assert_eq!(again.code, 2);
    assert!(again.stderr.ends_with("is in production already\n"), "{}", again.stderr);
}

#[test]
fn without_a_registry_the_message_names_the_way() {
    let sandbox = Sandbox::new();
    sandbox.write("libchar.toml", "");
    let ran = sandbox.run(&["litho-predict", "models", "list"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("no model registry: ")
            && ran.stderr.contains("`libchar litho-predict train` makes one"),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_good_job_runs_and_a_hopeless_one_is_blocked() {
    let sandbox = fab();
    let jobs = format!("{HEADER}{GOOD}{BEYOND}");
    let ran = sandbox.pipe(&["litho-predict", "predict", "-", "--format", "csv"], &jobs);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let rows = rows(&ran.stdout);
    assert_eq!((rows[0]["verdict"].as_str(), rows[0]["answer"].as_str()), ("run", "model"));
    assert_eq!(rows[1]["verdict"], "block");
    for target in ["nils", "el_pct", "dof_nm", "meef", "ler3s_nm", "yield_risk"] {
        let [value, low, high] =
            ["", "_low", "_high"].map(|end| number(&rows[0], &format!("{target}{end}")));
        assert!(low <= value && value <= high && high > low, "{target}: {low} {value} {high}");
    }
    // The exact physics lies in the intervals of the model.
    let exact = sandbox.pipe(&["litho-predict", "simulate", "-", "--format", "csv"], &jobs);
    let exact = self::rows(&exact.stdout);
    for target in ["nils", "el_pct", "meef"] {
        let truth = number(&exact[0], target);
        let (low, high) = (
            number(&rows[0], &format!("{target}_low")),
            number(&rows[0], &format!("{target}_high")),
        );
        assert!(low <= truth && truth <= high, "{target}: {low} {truth} {high}");
    }
    let json = sandbox.pipe(&["litho-predict", "predict", "-", "--format", "json"], jobs);
    assert_schema(&json.stdout);
    assert_eq!(sandbox.run(&["--exit-zero", "litho-predict", "models", "list"]).code, 0);
}

#[test]
fn a_profile_decides_and_alternatives_keep_it() {
    let sandbox = fab();
    sandbox.write("limits.toml", "[default]\nnils = { min = 2.05 }\n");
    let job = format!("{HEADER}{}", GOOD.replace(",0.33,", ",0.31,"));
    let args = ["litho-predict", "predict", "-", "--profiles", "limits.toml", "--format", "csv"];
    let ran = sandbox.pipe(&args, &job);
    let first = &rows(&ran.stdout)[0];
    assert_ne!(first["verdict"], "run", "{ran:?}");
    assert!(first["violations"].starts_with("nils >= 2.05: "), "{first:?}");
    // Taking the first alternative satisfies the profile.
    let change = first["alternatives"].split(" | ").next().unwrap().to_owned();
    assert!(!change.is_empty(), "{first:?}");
    let without = sandbox.pipe(&[&args[..], &["--no-alternatives"]].concat(), &job);
    assert_eq!(rows(&without.stdout)[0]["alternatives"], "");
    let mut with: Vec<&str> = args.to_vec();
    for field in change.split("; ") {
        with.extend(["--set", field]);
    }
    let changed = sandbox.pipe(&with, &job);
    assert_eq!(rows(&changed.stdout)[0]["violations"], "", "{change}");
    let unknown = format!(
        "{}{}",
        HEADER.replace("job_id", "job_id,constraint_profile"),
        GOOD.replace("good", "good,defualt")
    );
    let ran = sandbox.pipe(&["litho-predict", "predict"], unknown);
    assert_eq!(
        (ran.code, ran.stderr.as_str()),
        (
            2,
            "good: unknown constraint profile `defualt`\n  expected one of: default\n  did you mean `default`?\n"
        )
    );
}

#[test]
fn the_terms_of_an_explanation_add_up() {
    let sandbox = fab();
    let ran = sandbox.pipe(
        &["litho-predict", "predict", "-", "--explain", "--format", "json"],
        format!("{HEADER}{GOOD}{BEYOND}"),
    );
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_schema(&ran.stdout);
    let document: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let mut sums: BTreeMap<(String, String), (f64, f64)> = BTreeMap::new();
    for row in document["rows"].as_array().unwrap() {
        let text = |name: &str| row[name].as_str().unwrap().to_owned();
        let sum = sums.entry((text("job_id"), text("target"))).or_default();
        let value = row["value"].as_f64().unwrap();
        if text("term") == "total" { sum.1 = value } else { sum.0 += value }
    }
    assert_eq!(sums.len(), 12);
    for (what, (sum, total)) in sums {
        assert!((sum - total).abs() <= 1e-9 * total.abs().max(1.0), "{what:?}: {sum} {total}");
    }
}

#[test]
fn what_the_model_does_not_know_the_physics_answers() {
    let sandbox = fab();
    let dipole = "job_id,wavelength_nm,na,source,pole_center,pole_radius,pitch_nm,cd_nm,dose_mj_cm2,\
        resist_thickness_nm,blur_nm,focus_sigma_nm\nd,13.5,0.33,dipole,0.65,0.2,32,16,30,30,4,15\n";
    let far = format!("{HEADER}far,13.5,0.55,0.8,400,200,60,30,4,15\n");
    let line = format!("{HEADER}line,365,0.6,0.6,800,400,100,500,20,50\n");
    for (job, doubt) in [
        (dipole.to_owned(), "no feature expresses `source`"),
        (far, "unlike the training jobs"),
        (line, "no training jobs at this wavelength"),
    ] {
        let ran = sandbox.pipe(&["litho-predict", "predict", "-", "--format", "csv"], &job);
        let row = &rows(&ran.stdout)[0];
        assert_eq!(row["answer"], "physics", "{row:?}");
        assert!(row["doubts"].contains(doubt), "{row:?}");
        assert_eq!(row["nils_low"], "");
        let ran = sandbox
            .pipe(&["litho-predict", "predict", "-", "--no-physics", "--format", "csv"], job);
        let row = &rows(&ran.stdout)[0];
        assert_ne!(
            (row["verdict"].as_str(), row["answer"].as_str()),
            ("run", "physics"),
            "{row:?}"
        );
    }
}

#[test]
fn a_damaged_model_is_never_used() {
    let sandbox = fab();
    let path = artifact(&sandbox);
    let whole = std::fs::read(&path).unwrap();
    let fault = |bytes: &[u8]| {
        std::fs::write(&path, bytes).unwrap();
        let ran = sandbox.pipe(&["litho-predict", "predict"], format!("{HEADER}{GOOD}"));
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
        ran.stderr
    };
    let mut edited = whole.clone();
    edited[whole.len() / 2] ^= 1;
    assert!(fault(&edited).contains("damaged model: its SHA-256 differs from what was written"));
    assert!(fault(&whole[..whole.len() / 2]).contains("damaged model: its body has"));
    assert!(fault(b"").contains("damaged model: it does not start as a libchar model"));
    // A whole model in the place of another one.
    let other = sandbox.path().join("other.lcm");
    let args = ["litho-predict", "train", "-", "--seed", "9", "-q", "-o", "other.lcm"];
    assert!(sandbox.pipe(&args, known(0, 300)).code <= 1);
    assert!(
        fault(&std::fs::read(other).unwrap())
            .contains("another model than the one registered as v1")
    );
    std::fs::remove_file(&path).unwrap();
    let ran = sandbox.pipe(&["litho-predict", "predict"], format!("{HEADER}{GOOD}"));
    assert!(ran.stderr.contains("cannot read the artifact of v1"), "{}", ran.stderr);
    // Nor may it be promoted.
    let ran = sandbox.run(&["litho-predict", "models", "promote", "v1"]);
    assert_eq!(ran.code, 2);
}

#[test]
fn impossible_jobs_are_named_with_their_place() {
    let sandbox = fab();
    let jobs = format!(
        "{HEADER}{}{}{}",
        GOOD.replace(",0.33,", ",1.33,"),
        GOOD.replace(",60,", ",-60,"),
        GOOD.replace(",0.8,", ",NaN,")
    );
    sandbox.write("bad.csv", jobs);
    let ran = sandbox.run(&["litho-predict", "predict", "bad.csv"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert_eq!(
        ran.stderr,
        "bad.csv:2:11: `na`: 1.33 is out of range\n  expected a number from 0.1 to 0.55\n  did you mean `0.55`?\n\
         bad.csv:3:26: `dose_mj_cm2`: -60 is out of range\n  expected a number from 0.1 to 1000\n  did you mean `0.1`?\n\
         bad.csv:4:16: `sigma_out`: `NaN`\n  expected a finite number\n"
    );
}

#[test]
fn training_data_is_checked() {
    let sandbox = Sandbox::new();
    sandbox.write("libchar.toml", "");
    let train = |data: &str, more: &[&str]| {
        sandbox.write("d.csv", data);
        let ran = sandbox.run(&[&["litho-predict", "train", "d.csv"], more].concat());
        assert_eq!(ran.code, 2);
        ran.stderr
    };
    assert_eq!(
        train(&format!("{HEADER}{GOOD}"), &[]),
        "d.csv:1: no column with results\n  \
         expected one or more of: nils, el_pct, dof_nm, meef, ler3s_nm, yield_risk\n"
    );
    let some = known(0, 120);
    let mut lines: Vec<&str> = some.lines().collect();
    let broken = lines[3].rsplit_once(',').map(|(row, _)| format!("{row},1.5")).unwrap();
    lines[3] = &broken;
    let fault = train(&lines.join("\n"), &[]);
    assert!(fault.starts_with("d.csv:4:") && fault.contains("`yield_risk` is 1.5"), "{fault}");
    assert_eq!(
        train(&some, &["--train-rows", "0-99", "--calibrate-rows", "50-110"]),
        "libchar: --train-rows and --calibrate-rows share rows: a model must not be judged on what it learned\n"
    );
    assert_eq!(
        train(&some, &["--train-rows", "0-999"]),
        "libchar: --train-rows: row 999 of 120, counted from 0\n"
    );
    assert_eq!(train(&some, &[]), "libchar: training needs at least 100 rows, found 72\n");
    assert_eq!(
        train(&some, &["--targets", "nills"]),
        "--targets: unknown target `nills`\n  \
         expected one of: nils, el_pct, dof_nm, meef, ler3s_nm, yield_risk\n  did you mean `nils`?\n"
    );
    assert!(train(&some, &["--train-rows", "9-2"]).contains("has no rows"));
}

#[test]
fn drift_is_silent_on_like_jobs_and_alarms_on_others() {
    let sandbox = fab();
    let drift = ["litho-predict", "drift", "-", "--format", "json"];
    let like = sandbox.pipe(&drift, known(750, 1000));
    assert_eq!(like.code, 0, "{}", like.stdout);
    assert_schema(&like.stdout);
    let window = known(750, 1000);
    let (header, rest) = window.split_once('\n').unwrap();
    let high_na: Vec<&str> = rest
        .lines()
        .filter(|row| {
            row.split(',').nth(1).and_then(|na| na.parse().ok()).is_some_and(|na: f64| na > 0.6)
        })
        .collect();
    let other = sandbox.pipe(&drift, format!("{header}\n{}\n", high_na.join("\n")));
    assert_eq!(other.code, 1);
    assert!(other.stderr.contains("retrain on recent jobs"), "{}", other.stderr);
    // The alert is there, and goes its way.
    let alerts = ["litho-predict", "alerts"];
    let list = sandbox.run(&[&alerts[..], &["list", "--format", "json"]].concat());
    assert_schema(&list.stdout);
    assert!(list.stdout.contains("\"alert_type\": \"drift\""), "{}", list.stdout);
    // Messages hold commas: JSON, not CSV.
    let run = |more: &[&str]| sandbox.run(&[&alerts[..], more, &["--format", "json"]].concat());
    let rows = |ran: &Ran| -> Vec<serde_json::Value> {
        let document: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
        document["rows"].as_array().unwrap().clone()
    };
    assert_eq!(rows(&run(&["ack", "a2", "--by", "eva"]))[0]["acknowledged_by"], "eva");
    assert!(run(&["ack", "a2"]).stderr.contains("was acknowledged by eva"));
    let resolved = run(&["resolve", "a2", "--actionable", "yes"]);
    assert_eq!(rows(&resolved)[0]["was_actionable"], true);
    assert_eq!(run(&["resolve", "a9"]).code, 2);
    assert_eq!(rows(&run(&["list"])).len(), 1);
    assert_eq!(rows(&run(&["list", "--all"])).len(), 2);
    let few = sandbox.pipe(&drift, known(800, 810));
    assert_eq!(
        (few.code, few.stderr.as_str()),
        (2, "libchar: a window needs at least 20 jobs, found 10\n")
    );
}

#[test]
fn a_shadow_needs_two_hundred_jobs_and_a_rollback_a_predecessor() {
    let sandbox = fab();
    let back = sandbox.run(&["litho-predict", "models", "rollback"]);
    assert_eq!(
        (back.code, back.stderr.as_str()),
        (2, "libchar: v1 has no predecessor: there is nothing to roll back to\n")
    );
    let train = ["litho-predict", "train", "-", "--seed", "2"];
    assert_eq!(sandbox.pipe(&train, known(0, 750)).code, 0);
    let shadow = ["litho-predict", "shadow", "-", "--model", "v2", "--format", "json"];
    let few = sandbox.pipe(&shadow, known(750, 900));
    assert_eq!(few.code, 1);
    assert_schema(&few.stdout);
    assert!(few.stderr.contains("150 of at least 200 jobs"), "{}", few.stderr);
    let refused = sandbox.run(&["litho-predict", "models", "promote", "v2"]);
    assert_eq!(refused.code, 1);
    assert!(refused.stdout.contains("shadow_jobs,150,200,false"), "{}", refused.stdout);
    // The same jobs again do not count twice; new ones do.
    let again = sandbox.pipe(&shadow, known(750, 900));
    assert!(again.stdout.contains("\"jobs\": 150"), "{}", again.stdout);
    let enough = sandbox.pipe(&shadow, known(900, 1000));
    assert!(enough.stdout.contains("\"jobs\": 250"), "{}", enough.stdout);
    assert_eq!(enough.code, 0, "{enough:?}");
    let promoted = sandbox.run(&["litho-predict", "models", "promote", "v2"]);
    assert_eq!(promoted.code, 0, "{promoted:?}");
    let status = || {
        let list = sandbox.run(&["litho-predict", "models", "list", "--format", "csv"]);
        rows(&list.stdout).iter().map(|row| row["status"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(status(), ["production", "retired"]);
    assert_eq!(sandbox.run(&["litho-predict", "models", "rollback"]).code, 0);
    assert_eq!(status(), ["retired", "production"]);
    let own = sandbox.pipe(&["litho-predict", "shadow", "-", "-m", "v1"], known(900, 1000));
    assert_eq!(
        (own.code, own.stderr.as_str()),
        (2, "libchar: v1 is in production: it cannot be its own shadow\n")
    );
}

#[test]
fn jobs_end_where_they_belong() {
    let sandbox = fab();
    let jobs = format!(
        "{HEADER}{GOOD}{BEYOND}{}",
        GOOD.replace("good", "wrong").replace(",0.33,", ",1.33,")
    );
    let ran = sandbox.pipe(&["litho-predict", "jobs", "submit", "-", "--format", "json"], jobs);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert_schema(&ran.stdout);
    let status = sandbox.run(&["litho-predict", "jobs", "status", "--format", "csv"]);
    let states: BTreeMap<String, String> = rows(&status.stdout)
        .into_iter()
        .map(|r| (r["job_id"].clone(), r["status"].clone()))
        .collect();
    assert_eq!(states["good"], "COMPLETED");
    assert_eq!(states["beyond"], "BLOCKED");
    assert_eq!(states["wrong"], "REJECTED");
    let show = sandbox.run(&["litho-predict", "jobs", "status", "good"]);
    assert_schema(&show.stdout);
    for (step, to) in [("clear", "CLEARED"), ("cancel", "CANCELLED"), ("review", "ENGINEER_REVIEW")]
    {
        let ran = sandbox.run(&["litho-predict", "jobs", step, "good"]);
        let message = format!(
            "libchar: job `good` is COMPLETED: it cannot become {to}; from COMPLETED it can become nothing\n"
        );
        assert_eq!((ran.code, ran.stderr), (2, message));
    }
    let twice = sandbox.pipe(&["litho-predict", "jobs", "submit"], format!("{HEADER}{GOOD}"));
    assert_eq!((twice.code, twice.stderr.as_str()), (2, "libchar: job `good` exists already\n"));
}

#[test]
fn a_simulation_that_misses_its_limits_goes_to_an_engineer() {
    // Without a model there is no preflight: the simulation itself finds out.
    let sandbox = Sandbox::new();
    sandbox.write("libchar.toml", "");
    let metrics = ["--metrics", "m.prom"];
    let jobs = ["litho-predict", "jobs"];
    let hold = sandbox.pipe(
        &[&jobs[..], &["submit", "-", "--hold"]].concat(),
        format!("{HEADER}{STARVED}{GOOD}"),
    );
    assert_eq!(hold.code, 0, "{}", hold.stderr);
    assert!(hold.stdout.contains("starved,SUBMITTED"), "{}", hold.stdout);
    assert_eq!(sandbox.run(&[&jobs[..], &["cancel", "good"]].concat()).code, 0);
    let ran = sandbox.run(&[&jobs[..], &["resume"], &metrics].concat());
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.stdout.contains("starved,ANOMALY_FLAGGED"), "{}", ran.stdout);
    assert!(ran.stderr.contains("CRITICAL: starved: the simulation misses"), "{}", ran.stderr);
    assert_eq!(sandbox.run(&[&jobs[..], &["clear", "starved"]].concat()).code, 2);
    assert_eq!(sandbox.run(&[&jobs[..], &["review", "starved"]].concat()).code, 0);
    let note = ["escalate", "starved", "--note", "dose is a typing error"];
    assert!(sandbox.run(&[&jobs[..], &note].concat()).stdout.contains("starved,ESCALATED"));
    let text = sandbox.read("m.prom");
    for line in [
        "# TYPE lto_jobs_submitted_total counter",
        "lto_jobs_submitted_total 2",
        "lto_alert_fired_total{severity=\"CRITICAL\",alert_type=\"constraint_violation\"} 1",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
}

#[test]
fn jobs_survive_a_kill_and_go_on() {
    use std::process::Stdio;
    let sandbox = fab();
    let mut text = HEADER.to_owned();
    for i in 0..400 {
        text.push_str(&GOOD.replace("good", &format!("j{i}")));
    }
    sandbox.write("many.csv", text);
    let mut child = sandbox
        .command(&["litho-predict", "jobs", "submit", "many.csv"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let registry =
        libchar_history::registry::Registry::open(&sandbox.path().join(".libchar/registry.db"))
            .unwrap();
    // Kill it as soon as some jobs are through and others are not.
    let through = || {
        let jobs = registry.litho_jobs().unwrap();
        (jobs.iter().filter(|job| !job.status.is_automatic()).count(), jobs.len())
    };
    while through().0 < 3 && child.try_wait().unwrap().is_none() {
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let (done, all) = through();
    assert_eq!(all, 400);
    assert!(done < all, "the run ended before it could be killed");
    let resumed = sandbox.run(&["litho-predict", "jobs", "resume"]);
    assert_eq!(resumed.code, 0, "{}", resumed.stderr);
    assert_eq!(through(), (400, 400));
    for job in registry.litho_jobs().unwrap() {
        let steps = registry.transitions(&job.job_id).unwrap();
        for pair in steps.windows(2) {
            assert_eq!(pair[1].old_status, Some(pair[0].new_status), "{}", job.job_id);
            assert!(pair[0].new_status.next().contains(&pair[1].new_status), "{}", job.job_id);
        }
        assert_eq!(steps.last().unwrap().new_status, job.status);
    }
}

/// The states of all jobs by id.
fn states(sandbox: &Sandbox) -> BTreeMap<String, String> {
    let ran = sandbox.run(&["litho-predict", "jobs", "status", "--format", "csv"]);
    rows(&ran.stdout).into_iter().map(|r| (r["job_id"].clone(), r["status"].clone())).collect()
}

#[test]
fn a_job_keeps_the_limits_that_it_was_submitted_with() {
    let sandbox = fab();
    sandbox.write("limits.toml", "[default]\nnils = { min = 3.0 }\n");
    let submit =
        ["litho-predict", "jobs", "submit", "-", "--hold", "--profiles", "limits.toml", "-q"];
    sandbox.pipe(&submit, format!("{HEADER}{GOOD}"));
    assert_eq!(sandbox.run(&["litho-predict", "jobs", "resume", "-q"]).code, 1);
    assert_eq!(states(&sandbox)["good"], "BLOCKED");
    let shown = sandbox.run(&["litho-predict", "jobs", "status", "good"]);
    assert_schema(&shown.stdout);
    assert!(shown.stdout.contains("\"nils\""), "{}", shown.stdout);
    // Blocked, it can be run all the same, by name and reason.
    let without = sandbox.run(&["litho-predict", "jobs", "override", "good"]);
    assert_eq!(without.code, 2);
    let ran = sandbox.run(&[
        "litho-predict",
        "jobs",
        "override",
        "good",
        "--note",
        "a trial",
        "--by",
        "eva",
        "-q",
    ]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert_eq!(states(&sandbox)["good"], "ANOMALY_FLAGGED");
    let shown = sandbox.run(&["litho-predict", "jobs", "status", "good"]).stdout;
    assert!(shown.contains("a trial") && shown.contains("eva"), "{shown}");
}

#[test]
fn a_bad_job_ends_alone() {
    let sandbox = fab();
    let header = HEADER.replace("job_id", "job_id,constraint_profile");
    let good = |name: &str, profile: &str| GOOD.replace("good", &format!("{name},{profile}"));
    let jobs = format!("{header}{}{}{}", good("a", "typo"), good("b", ""), good("c", ""));
    let ran = sandbox.pipe(&["litho-predict", "jobs", "submit", "-", "-q"], jobs);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let states = states(&sandbox);
    assert_eq!(
        (states["a"].as_str(), states["b"].as_str(), states["c"].as_str()),
        ("REJECTED", "COMPLETED", "COMPLETED")
    );
    let shown = sandbox.run(&["litho-predict", "jobs", "status", "a"]).stdout;
    assert!(
        shown.contains("unknown constraint profile `typo`, expected one of default"),
        "{shown}"
    );
}

#[test]
fn nothing_is_submitted_before_all_input_is_read() {
    let sandbox = fab();
    let submit = ["litho-predict", "jobs", "submit", "-", "--profiles", "nosuch.toml"];
    assert_eq!(sandbox.pipe(&submit, format!("{HEADER}{GOOD}")).code, 2);
    assert!(states(&sandbox).is_empty());
    assert_eq!(sandbox.pipe(&submit[..4], format!("{HEADER}{GOOD}")).code, 0);
}

#[test]
fn who_asks_for_the_physics_gets_it_in_preflight_too() {
    let sandbox = fab();
    let header = HEADER.replace("job_id", "job_id,use_ai_surrogate");
    let job = format!("{header}{}", GOOD.replace("good", "good,false"));
    assert_eq!(sandbox.pipe(&["litho-predict", "jobs", "submit", "-", "-q"], job).code, 0);
    let shown = sandbox.run(&["litho-predict", "jobs", "status", "good"]).stdout;
    let document: serde_json::Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(document["prediction"]["answer"], "physics", "{shown}");
}

#[test]
fn a_failed_job_can_be_sent_once_more() {
    let sandbox = candidate();
    sandbox.write(
        "libchar.toml",
        "[litho.simulators.fake]\ncommand = [\"sh\", \"fake.sh\", \"{jobs}\", \"{results}\"]\n",
    );
    sandbox.write("fake.sh", "exit 3\n");
    let submit = ["litho-predict", "jobs", "submit", "-", "--simulator", "fake", "-q"];
    assert_eq!(sandbox.pipe(&submit, format!("{HEADER}{GOOD}")).code, 1);
    assert_eq!(states(&sandbox)["good"], "FAILED");
    sandbox.write(
        "fake.sh",
        "echo '{\"job_id\":\"good\",\"nils\":2.5,\"el_pct\":20,\"dof_nm\":90,\"meef\":1,\"ler3s_nm\":2,\"yield_risk\":0.01}' > \"$2\"\n",
    );
    let retry = ["litho-predict", "jobs", "retry", "good", "--note", "licence was gone"];
    let ran = sandbox.run(&retry);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(states(&sandbox)["good"], "COMPLETED");
    let again = sandbox.run(&retry);
    assert_eq!(
        (again.code, again.stderr.as_str()),
        (2, "libchar: job `good` is COMPLETED, neither BLOCKED nor FAILED\n")
    );
}

#[test]
fn the_registry_is_named_anywhere_and_lists_are_lists() {
    let sandbox = fab();
    let list = sandbox.run(&["litho-predict", "models", "list", "--registry", ".libchar"]);
    assert_eq!(list.code, 0, "{}", list.stderr);
    sandbox.write("limits.toml", "[default]\nnils = { min = 2.05 }\n");
    let args = ["litho-predict", "predict", "-", "--profiles", "limits.toml", "--format", "json"];
    let ran = sandbox.pipe(&args, format!("{HEADER}{STARVED}{BEYOND}"));
    assert_schema(&ran.stdout);
    let document: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert!(document["rows"][1]["violations"][0]["limit"].is_string(), "{}", ran.stdout);
    sandbox
        .write("limits.toml", "[default]\nnils = { min = 2, max = 1 }\nyield_risk = { max = 3 }\n");
    let ran = sandbox.pipe(&args, format!("{HEADER}{GOOD}"));
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("min 2 is above max 1")
            && ran.stderr.contains("max = 3 is out of range"),
        "{}",
        ran.stderr
    );
}

/// A column that never varied in training and now does is the clearest drift there is.
#[test]
fn change_from_a_constant_is_drift() {
    let sandbox = Sandbox::new();
    sandbox.write("libchar.toml", "");
    let fixed = |text: String, value: &str| {
        let mut lines = text.lines();
        let header = lines.next().unwrap();
        let at = header.split(',').position(|h| h == "dose_sigma_pct").unwrap();
        let set = |line: &str| {
            let mut cells: Vec<&str> = line.split(',').collect();
            cells[at] = value;
            cells.join(",")
        };
        format!("{header}\n{}\n", lines.map(set).collect::<Vec<_>>().join("\n"))
    };
    let args = ["litho-predict", "train", "-", "-q", "-o", "m.lcm"];
    assert!(sandbox.pipe(&args, fixed(known(0, 400), "1.5")).code <= 1);
    let drift = |value: &str| {
        let args = ["litho-predict", "drift", "-", "-m", "m.lcm", "--format", "csv", "-q"];
        let ran = sandbox.pipe(&args, fixed(known(400, 500), value));
        rows(&ran.stdout).into_iter().find(|r| r["column"] == "dose_sigma_pct").unwrap()
    };
    assert_eq!(drift("1.5")["drifted"], "false");
    assert_eq!(drift("3.0")["drifted"], "true");
}

#[test]
fn a_shadow_is_not_tried_on_what_it_learned() {
    let sandbox = fab();
    let more = ["litho-predict", "train", "-", "--seed", "7", "-q"];
    assert!(sandbox.pipe(&more, known(0, 750)).code <= 1);
    let ran = sandbox.pipe(&["litho-predict", "shadow", "-", "-m", "v2"], known(0, 300));
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("300 of 300 jobs are left out"), "{}", ran.stderr);
    let ran = sandbox
        .pipe(&["litho-predict", "shadow", "-", "-m", "v2", "--format", "csv"], known(700, 960));
    let row = &rows(&ran.stdout)[0];
    assert_eq!(row["jobs"], "210", "{}", ran.stderr);
}
