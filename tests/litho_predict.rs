//! `libchar litho-predict`: train, predict, drift, models, shadow, alerts.

use crate::common::{Ran, Sandbox, assert_schema};
use crate::litho_fab::{
    BEYOND, GOOD, HEADER, STARVED, artifact, candidate, fab, known, number, rows,
};
use std::collections::BTreeMap;

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
    // The exact physics lies within the intervals of the model.
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
    // The first alternative meets the profile.
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
    // A valid model in the place of another one.
    let other = sandbox.path().join("other.lcm");
    let args = ["litho-predict", "train", "-", "--seed", "9", "-q", "-o", "other.lcm"];
    assert!(sandbox.pipe(&args, known(0, 300)).code <= 1);
    assert!(
        fault(&std::fs::read(other).unwrap()).contains("not the model that is registered as v1")
    );
    std::fs::remove_file(&path).unwrap();
    let ran = sandbox.pipe(&["litho-predict", "predict"], format!("{HEADER}{GOOD}"));
    assert!(ran.stderr.contains("cannot read the artifact of v1"), "{}", ran.stderr);
    // It may not be promoted either.
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
    // The alert exists, and it can be acknowledged and resolved.
    let alerts = ["litho-predict", "alerts"];
    let list = sandbox.run(&[&alerts[..], &["list", "--format", "json"]].concat());
    assert_schema(&list.stdout);
    assert!(list.stdout.contains("\"alert_type\": \"drift\""), "{}", list.stdout);
    // Messages contain commas, so JSON and not CSV.
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
    // Who fired it, who changed it and why is in the audit chain.
    let list = rows(&sandbox.run(&["history", "list", "--format", "json"]));
    let jobs =
        |command: &str| list.iter().filter(|job| job["command"] == command).collect::<Vec<_>>();
    // A refusal is recorded as a run, too.
    assert_eq!((jobs("alerts ack").len(), jobs("alerts resolve").len()), (2, 2), "{list:?}");
    let fired = jobs("litho-predict drift")[0]["run"].as_str().unwrap();
    let results = sandbox.run(&["history", "results", fired, "--format", "csv"]).stdout;
    assert!(
        results.contains("a2,alert drift,") && results.contains("columns drifted"),
        "{results}"
    );
    let chain = sandbox.run(&["history", "verify"]);
    assert_eq!(chain.code, 0, "{}", chain.stderr);
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
    // The same jobs do not count twice; new ones do.
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

/// If a column that never varied in training does now, that is the clearest drift there is.
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
