//! `libchar run`: what is simulated in which order, of which size, with which options, and
//! what need not be simulated.

use crate::common::Sandbox;
use crate::common::standin::{HEADER, domain, point, starts, status};
use std::fs;

/// Adds to the configuration of a domain.
fn configure(sandbox: &Sandbox, more: &str) {
    let text = sandbox.read("libchar.toml");
    sandbox.write("libchar.toml", text + more);
}

#[test]
fn recipes_are_tried_in_order_and_the_result_says_which_one_helped() {
    let faults = ["", "needs-gear", "zero-after-bad", "netlist"];
    let sandbox = domain(4, |i| faults[i]);
    configure(&sandbox, "[recipes]\nloose = { reltol = 0.01 }\ngear = { method = 'gear' }\n");
    sandbox.write(
        "libchar.toml",
        sandbox.read("libchar.toml").replace("[run]\n", "[run]\nrecipes = ['loose', 'gear']\n"),
    );
    let ran = sandbox.run(&["run", "-j", "1"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("; trying loose (reltol=0.01)\n"), "{}", ran.stderr);
    assert!(ran.stderr.contains("v1: done with the options of gear\n"), "{}", ran.stderr);
    let helped = status(&sandbox, 1);
    assert_eq!(
        (&helped["status"], &helped["recipe"], &helped["attempts"], &helped["flaky"]),
        (&"done".into(), &"gear".into(), &3.into(), &false.into())
    );
    assert_eq!(
        (status(&sandbox, 0)["recipe"].clone(), status(&sandbox, 2)["recipe"].clone()),
        Default::default()
    );
    assert_eq!(status(&sandbox, 2)["class"], "convergence");
    // A netlist error is not tried again.
    assert_eq!((starts(&sandbox, 3), status(&sandbox, 3)["attempts"].clone()), (1, 1.into()));
    assert!(sandbox.read("run.csv").contains("v1,done,,,3,false,gear,\n"));
    // A point that is done with a recipe is done until the recipe changes.
    let dry = |sandbox: &Sandbox| sandbox.run(&["run", "--dry-run", "--point", "*v1"]).stdout;
    assert_eq!(dry(&sandbox), "");
    let text = sandbox.read("libchar.toml");
    sandbox.write("libchar.toml", text.replace("method = 'gear'", "method = 'gear', maxord = 3"));
    assert_eq!(dry(&sandbox), "TT/typical/typical_25/v1\n");
}

#[test]
fn a_recipe_that_is_not_described_or_not_known_is_refused() {
    for (recipes, described, message) in [
        (
            "['gaer']",
            "gear = { method = 'gear' }",
            "run.recipes: no recipe is called `gaer`\n  expected one of: gear\n  did you mean `gear`?\n",
        ),
        (
            "['tight']",
            "tight = { retol = 1e-6 }",
            "recipes.tight: `retol` is not an option that may be set",
        ),
    ] {
        let sandbox = domain(1, |_| "");
        configure(&sandbox, &format!("[recipes]\n{described}\n"));
        let text = sandbox.read("libchar.toml");
        sandbox.write(
            "libchar.toml",
            text.replace("[run]\n", &format!("[run]\nrecipes = {recipes}\n")),
        );
        let ran = sandbox.run(&["run"]);
        assert_eq!(ran.code, 2);
        assert!(ran.stderr.starts_with(message), "{}", ran.stderr);
    }
}

#[test]
fn points_start_after_those_that_they_wait_for() {
    let sandbox = domain(4, |i| if i == 3 { "measure until 1" } else { "" });
    configure(
        &sandbox,
        "[after]\n'*/v0' = ['*/v1', '*/v2']\n'*/v2' = ['*/v3']\n'*/nowhere' = ['*']\n",
    );
    let ran = sandbox.run(&["run", "-j", "4"]);
    assert_eq!(ran.code, 1);
    assert_eq!((0..4).map(|i| starts(&sandbox, i)).collect::<Vec<_>>(), [0, 1, 0, 1]);
    for line in [
        "TT/typical/typical_25/v2: waits for TT/typical/typical_25/v3, which is not done",
        "TT/typical/typical_25/v0: waits for TT/typical/typical_25/v2, which is not done",
        "1 of 4 points done, 1 failed, 2 missing; 2 simulated now",
    ] {
        assert!(ran.stderr.contains(line), "{}", ran.stderr);
    }
    // The cause is removed: all the others run, one after the other.
    let ran = sandbox.run(&["run", "-j", "4"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let attempts = sandbox.read(".libchar/run/attempts.jsonl");
    let order: Vec<&str> =
        attempts.lines().skip(2).map(|line| &line[line.find("/v").unwrap() + 1..][..2]).collect();
    assert_eq!(order, ["v3", "v2", "v0"]);
}

#[test]
fn points_that_wait_for_each_other_or_for_nothing_are_refused() {
    for (rules, message) in [
        (
            "'*/v0' = ['*/v1']\n'*/v1' = ['*/v0']\n",
            "after: TT/typical/typical_25/v0 and others wait for each other\n",
        ),
        (
            "'*/v0' = ['TT/typical/typical_25/w1']\n",
            "after.\"*/v0\": no point is `TT/typical/typical_25/w1`\n  did you mean `TT/typical/typical_25/v1`?\n",
        ),
    ] {
        let sandbox = domain(2, |_| "");
        configure(&sandbox, &format!("[after]\n{rules}"));
        let ran = sandbox.run(&["run"]);
        assert_eq!((ran.code, ran.stderr.as_str()), (2, message));
    }
}

#[test]
fn a_point_reads_what_the_point_before_it_left() {
    let sandbox = domain(2, |_| "");
    let deck = "t\n.include 'TT/typical/typical_25/v1/sim_tx.log'\n.temp 25\n.end\n";
    let first = sandbox.read("points.csv").lines().nth(2).unwrap().to_owned() + "\n";
    let rows = HEADER.to_owned() + &point(&sandbox, "v0", deck) + &first;
    sandbox.write("points.csv", rows);
    configure(&sandbox, "[after]\n'*/v0' = ['*/v1']\n");
    assert_eq!(sandbox.run(&["run"]).code, 0);
    // Its key is that of the file that it read, so nothing is left to do.
    assert!(sandbox.run(&["run"]).stderr.contains("; 0 simulated now"));
}

#[test]
fn points_of_different_size_keep_within_cores_and_memory() {
    let sandbox = domain(12, |i| if i % 3 == 0 { "weigh4" } else { "weigh1" });
    configure(
        &sandbox,
        "multi_threaded = true\n[sizes]\n'*' = { cpu = 1, mem_gb = 1 }\n'*/v0' = { cpu = 4, mem_gb = 4 }\n\
         '*/v3' = { cpu = 4 }\n'*/v6' = { cpu = 4 }\n'*/v9' = { cpu = 4 }\n",
    );
    let weights = |sandbox: &Sandbox| -> Vec<u32> {
        sandbox.read("weights").lines().map(|line| line.trim().parse().unwrap()).collect()
    };
    let ran = sandbox.run(&["run", "-j", "5"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let most = weights(&sandbox).into_iter().max().unwrap();
    assert_eq!(most, 5, "cores");
    // A point that needs more cores than there are runs alone.
    fs::remove_file(sandbox.path().join("weights")).unwrap();
    sandbox.run(&["run", "-j", "2", "--again"]);
    assert_eq!(weights(&sandbox).into_iter().max().unwrap(), 4, "alone");
    let text = sandbox.read("libchar.toml");
    sandbox.write("libchar.toml", text.replace("[run]\n", "[run]\nmemory_gb = 2\n"));
    fs::remove_file(sandbox.path().join("weights")).unwrap();
    sandbox.run(&[
        "run", "-j", "8", "--again", "--point", "*/v1", "--point", "*/v2", "--point", "*/v4",
        "--point", "*/v5",
    ]);
    assert_eq!(weights(&sandbox).into_iter().max().unwrap(), 2, "memory");
}

#[test]
fn points_that_differ_in_their_names_alone_are_simulated_once() {
    let sandbox = domain(0, |_| "");
    let deck = |title: &str, fault: &str| {
        format!("{title}\n* fault {fault}\n.include 'body.inc'\n.temp 25\n.end\n")
    };
    let mut rows = HEADER.to_owned();
    for i in 0..3 {
        let text = deck(&format!("* TT/typical/typical_25/v{i}"), "");
        rows += &point(&sandbox, &format!("v{i}"), &text);
    }
    rows += &point(&sandbox, "v3", &deck("t", "measure"));
    rows += &point(&sandbox, "v4", &deck("t", "measure"));
    rows += &point(&sandbox, "v5", &deck("another title", ""));
    sandbox.write("points.csv", rows);
    let ran = sandbox.run(&["run"]);
    let counts: Vec<usize> = (0..6).map(|i| starts(&sandbox, i)).collect();
    assert_eq!((ran.code, counts), (1, vec![1, 0, 0, 1, 0, 1]), "{}", ran.stderr);
    assert_eq!(status(&sandbox, 2)["reused"], "TT/typical/typical_25/v0");
    assert_eq!(status(&sandbox, 4)["class"], "measure");
    assert!(ran.stderr.contains("4 of 6 points done, 2 failed; 3 simulated now"), "{}", ran.stderr);
    let log = |i: usize| sandbox.read(&format!("TT/typical/typical_25/v{i}/sim_tx.log"));
    assert_eq!(log(0), log(2));
    // They are done, and a result whose log is lost is taken over once more.
    assert!(sandbox.run(&["run", "--point", "*v[0-2]"]).code == 2);
    fs::remove_file(sandbox.path().join("TT/typical/typical_25/v0/sim_tx.log")).unwrap();
    let ran = sandbox.run(&["run"]);
    assert!(ran.stderr.contains("; 1 simulated now"), "{}", ran.stderr);
    assert_eq!((starts(&sandbox, 0), log(0)), (1, log(1)));
    let ran = sandbox.run(&["run", "--no-reuse", "--again"]);
    assert!(ran.stderr.contains("; 6 simulated now"), "{}", ran.stderr);
    assert_eq!(status(&sandbox, 2)["reused"], serde_json::Value::Null);
}

#[test]
fn a_run_with_a_preset_says_so_and_is_another_one_than_without() {
    let sandbox = domain(2, |i| if i == 0 { "needs-gear" } else { "" });
    sandbox.write(
        "presets.toml",
        "[gear]\noptions = { method = 'gear' }\n[odd]\noptions = { mehtod = 'gear' }\n",
    );
    assert_eq!(sandbox.run(&["run"]).code, 1);
    let ran = sandbox.run(&["run", "--preset", "gear"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("preset gear (method=gear): its errors were not measured\n"),
        "{}",
        ran.stderr
    );
    assert_eq!((starts(&sandbox, 1), status(&sandbox, 1)["preset"].clone()), (1, "gear".into()));
    assert!(sandbox.read("run.csv").contains("v1,done,,,1,false,,gear\n"));
    // A result with a preset does not count for the deck as written, nor the reverse.
    let ran = sandbox.run(&["run", "--dry-run"]);
    assert_eq!(ran.stdout.lines().count(), 2);
    let ran = sandbox.run(&["run", "--preset", "gaer"]);
    assert_eq!(
        (ran.code, ran.stderr.as_str()),
        (
            2,
            "presets.toml: there is no preset `gaer`\n  expected one of: gear, odd\n  did you mean `gear`?\n"
        )
    );
    let ran = sandbox.run(&["run", "--preset", "odd"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("preset `odd`: `mehtod` is not an option"), "{}", ran.stderr);
}
