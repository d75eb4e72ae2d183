//! `libchar litho-predict jobs`: jobs on their way through their states.

use crate::common::{Sandbox, assert_schema};
use crate::litho_fab::{BEYOND, GOOD, HEADER, STARVED, candidate, fab, rows, states};
use std::collections::BTreeMap;

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
    // Without a model there is no preflight, so the simulation itself finds it.
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
    // Killed as soon as some jobs are finished and others are not.
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
    // A blocked job can be run all the same, with a user and a reason.
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
