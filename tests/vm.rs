//! `libchar vm`: reference cases, verdicts, splits, columns, artifacts, predictions.

use crate::common::{Ran, Sandbox, assert_schema, reference_data, repository};
use serde_json::Value;

fn data(name: &str) -> String {
    repository().join("testdata/predict").join(name).display().to_string()
}

fn case(id: &str) -> Value {
    let text = std::fs::read_to_string(repository().join("testdata/predict/cases.json")).unwrap();
    let cases: Value = serde_json::from_str(&text).unwrap();
    cases["cases"].as_array().unwrap().iter().find(|c| c["id"] == id).unwrap().clone()
}

/// Checks a number against the check of a case: a value with rel and abs, a minimum, a maximum.
fn holds(case: &Value, name: &str, found: f64) {
    let check = &case["expected"][name];
    let number = |key: &str| check[key].as_f64();
    if let Some(value) = number("value") {
        let allowed = number("rel").unwrap_or(0.0) * value.abs() + number("abs").unwrap_or(0.0);
        assert!((found - value).abs() <= allowed, "{} {name}: {found}, {value}", case["id"]);
    }
    assert!(number("max").is_none_or(|max| found <= max), "{} {name}: {found}", case["id"]);
    assert!(number("min").is_none_or(|min| found >= min), "{} {name}: {found}", case["id"]);
    assert!(check.is_object(), "{} has no {name}", case["id"]);
}

fn train(sandbox: &Sandbox, args: &[&str]) -> (Ran, Value) {
    let mut all = vec!["vm", "train", "--format", "json", "--registry", "registry"];
    all.extend(args);
    let ran = sandbox.run(&all);
    assert_schema(&ran.stdout);
    let document = serde_json::from_str(&ran.stdout).unwrap();
    (ran, document)
}

fn score(document: &Value, name: &str, figure: &str) -> f64 {
    let scores = document["scores"].as_array().unwrap();
    let own = scores.iter().find(|s| s["name"] == name).unwrap_or_else(|| panic!("no {name}"));
    own[figure].as_f64().unwrap_or(f64::NAN)
}

#[test]
fn forward_in_time_the_cases_come_out() {
    for (id, chosen, code) in
        [("vm-07", "ols + update", 0), ("vm-08", "last measured", 1), ("vm-09", "ols", 0)]
    {
        let case = case(id);
        let rows = case["inputs"]["train_rows"].to_string();
        let sandbox = Sandbox::new();
        let file = data(&format!("{id}.csv"));
        let args = [&file, "--target", "y", "--time", "run", "--train-rows", &rows];
        let (ran, found) = train(&sandbox, &args);
        assert_eq!((ran.code, found["chosen"].as_str()), (code, Some(chosen)), "{}", ran.stderr);
        holds(&case, "static_ols_rmse", score(&found, "ols", "rmse"));
        holds(&case, "persistence_rmse", score(&found, "last measured", "rmse"));
        holds(&case, "ewma_03_rmse", score(&found, "ewma", "rmse"));
        holds(&case, "ols_residual_ewma_05_rmse", score(&found, "ols + update", "rmse"));
        holds(&case, "train_mean_rmse", score(&found, "mean", "rmse"));
        holds(&case, "chosen_rmse", found["chosen_rmse"].as_f64().unwrap());
        let loses = ran.stderr.contains("worse than the last measured run");
        assert_eq!(loses, id != "vm-09", "{}", ran.stderr);
        let registered = sandbox.path().join("registry/registry.db").exists();
        assert_eq!((registered, found["model"].is_null()), (code == 0, code == 1));
    }
}

#[test]
fn no_skill_is_a_result_and_nothing_is_kept() {
    let sandbox = Sandbox::new();
    let file = data("vm-08.csv");
    let args = [&file, "--target", "y", "--time", "run", "--train-rows", "150", "-o", "m.json"];
    let (ran, found) = train(&sandbox, &args);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("No skill over last measured"), "{}", ran.stderr);
    assert_eq!(found["has_skill"], false);
    assert!(!sandbox.path().join("m.json").exists());
}

#[test]
fn adaptive_intervals_cover_where_static_ones_fail() {
    let case = case("vm-10");
    let file = data("vm-10.csv");
    let args = [
        &file,
        "--target",
        "y",
        "--time",
        "run",
        "--train-rows",
        "150",
        "--calibration-rows",
        "150",
    ];
    let (_, found) = train(&Sandbox::new(), &args);
    holds(&case, "static_conformal_coverage", score(&found, "ols", "coverage_static"));
    holds(&case, "aci_coverage", score(&found, "ols", "coverage_adaptive"));
}

#[test]
fn columns_that_only_name_the_lot_promote_nothing() {
    let case = case("vm-11");
    let file = data("vm-11.csv");
    let (ran, found) = train(&Sandbox::new(), &[&file, "--target", "y", "--group", "lot"]);
    assert_eq!(ran.code, 1);
    holds(&case, "lolo_rmse_ols", score(&found, "ols", "rmse"));
    holds(&case, "lolo_rmse_mean_of_the_other_lots", score(&found, "mean", "rmse"));
    assert!(ran.stderr.contains("worse than the mean"), "{}", ran.stderr);
    assert!(ran.stderr.contains("column `x2` is constant within groups"), "{}", ran.stderr);
    let (shuffled, hides) = train(
        &Sandbox::new(),
        &[&file, "--target", "y", "--group", "lot", "--shuffled", "--models", "ols"],
    );
    assert_eq!((shuffled.code, hides["model"].is_null()), (1, true));
    assert!(score(&hides, "ols", "r2") > 0.0 && score(&found, "ols", "r2") < 0.0);
    assert!(shuffled.stderr.contains("SHUFFLED"), "{}", shuffled.stderr);
}

#[test]
fn real_wafers_reach_what_is_published() {
    let Some(folder) = reference_data().map(|f| f.join("bosch")) else { return };
    let (verify, features) = (folder.join("vm_verify.csv"), folder.join("features.csv"));
    let (verify, features) = (verify.display().to_string(), features.display().to_string());
    let case = case("vm-01");
    let few = "PlatenRFTuningCapacitor,SourceRFReflectedPower,SourceRFPeakToPeak,wafer";
    let lots = ["--target", "depth", "--group", "lot", "--order", "wafer"];
    let sandbox = Sandbox::new();
    let mut args = vec![verify.as_str(), "--features", few, "--ridge-alpha", "0.1"];
    args.extend(lots);
    let (_, found) = train(&sandbox, &args);
    holds(&case, "mean_rmse_um", score(&found, "mean", "rmse"));
    holds(&case, "wafer_order_ridge_rmse_um", score(&found, "order within group", "rmse"));
    holds(
        &case,
        "wafer_order_ridge_macro_mae_um",
        score(&found, "order within group", "mae_macro"),
    );
    holds(&case, "last_wafer_of_the_lot_rmse_um", score(&found, "last measured", "rmse"));
    holds(&case, "rf3_order_ridge_r2", score(&found, "ridge", "r2"));
    holds(&case, "rf3_order_ridge_macro_mae_um", score(&found, "ridge", "mae_macro"));
    holds(
        &case,
        "goal_macro_mae_um_4_features",
        score(&found, found["chosen"].as_str().unwrap(), "mae_macro"),
    );
    assert!((0.87..=0.95).contains(&found["coverage"]["found"].as_f64().unwrap()));
    assert_eq!(found["by_group"].as_array().unwrap().len(), 10);
    let mut args = vec![features.as_str(), "--ridge-alpha", "1"];
    args.extend(lots);
    let (_, found) = train(&sandbox, &args);
    holds(&case, "all41_ridge_macro_mae_um", score(&found, "ridge", "mae_macro"));
    let chosen = found["chosen"].as_str().unwrap();
    assert!(score(&found, chosen, "mae_macro") <= 0.100, "{chosen}");
    let found = found["coverage"]["found"].as_f64().unwrap();
    holds(&self::case("vm-02"), "grouped_coverage", found);
    let mut args = vec![verify.as_str()];
    args.extend(lots);
    let (ran, found) = train(&sandbox, &args);
    for column in ["pred", "h", "sd", "resid", "z", "pred_full"] {
        assert!(
            ran.stderr.contains(&format!("column `{column}` looks like the output")),
            "{}",
            ran.stderr
        );
        assert!(!found["features"].as_array().unwrap().contains(&Value::from(column)));
    }
}

#[test]
fn same_input_same_bytes() {
    let file = data("vm-09.csv");
    let args = [&file, "--target", "y", "--time", "run", "-o", "m.json"];
    let (one, two) = (Sandbox::new(), Sandbox::new());
    assert_eq!(train(&one, &args).0.stdout, train(&two, &args).0.stdout);
    assert_eq!(one.read("m.json"), two.read("m.json"));
    assert_schema(&one.read("m.json"));
}

#[test]
fn the_example_trains_and_predicts() {
    let sandbox = Sandbox::new();
    let folder = sandbox.copy("examples/vm").display().to_string();
    let run = |args: &[&str]| {
        let mut all = vec!["-C", folder.as_str(), "vm"];
        all.extend(args);
        sandbox.run(&all)
    };
    let ran = run(&[
        "train",
        "wafers.csv",
        "--target",
        "depth_um",
        "--group",
        "lot",
        "--order",
        "wafer",
        "-o",
        "depth.json",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.starts_with("name,kind,rows,rmse,mae,mae_macro,r2,"), "{}", ran.stdout);
    let again =
        run(&["train", "wafers.csv", "--target", "depth_um", "--group", "lot", "-o", "depth.json"]);
    assert_eq!(again.code, 2, "a model that others rely on is not replaced: {}", again.stderr);
    let ran = run(&["predict", "new.csv", "--model", "depth.json", "--format", "json"]);
    assert_schema(&ran.stdout);
    let found: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(found["measured"], 4);
    for run in found["runs"].as_array().unwrap() {
        let parts: f64 =
            run["attributions"].as_object().unwrap().values().filter_map(Value::as_f64).sum();
        let sum = run["base"].as_f64().unwrap() + parts + run["correction"].as_f64().unwrap();
        assert!((sum - run["predicted"].as_f64().unwrap()).abs() < 1e-9);
    }
    let ran =
        run(&["predict", "new.csv", "--model", "depth.json", "--lower", "43", "--upper", "45"]);
    assert!(
        ran.stdout.contains(",skip,\"0 of ") && ran.stderr.contains("coverage so far: "),
        "{ran:?}"
    );
    let strict = run(&[
        "predict",
        "new.csv",
        "--model",
        "depth.json",
        "--lower",
        "43",
        "--upper",
        "45",
        "--risk",
        "0.01",
    ]);
    assert!(
        !strict.stdout.contains(",skip,"),
        "80 runs cannot show a risk of 1 %: {}",
        strict.stdout
    );
}

#[test]
fn inputs_outside_the_training_range_are_named() {
    let sandbox = Sandbox::new();
    let file = data("vm-09.csv");
    train(&sandbox, &[&file, "--target", "y", "--time", "run", "-o", "m.json"]);
    sandbox.write("n.csv", "run,x1,x2,x3,y\n401,0,0,0,\n402,99,0,0,51\n");
    let ran = sandbox.run(&["vm", "predict", "n.csv", "--model", "m.json"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.stderr.contains("run 402: outside the range of the training runs: x1"),
        "{}",
        ran.stderr
    );
    sandbox.write("n.csv", "run,x1,x2\n401,0,0\n");
    let ran = sandbox.run(&["vm", "predict", "n.csv", "--model", "m.json"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.starts_with("n.csv:1:1: no column `x3`"), "{}", ran.stderr);
    let broken = sandbox.read("m.json").replace("\"family\": \"ols\"", "\"family\": \"oils\"");
    sandbox.write("broken.json", broken);
    sandbox.write("n.csv", "run,x1,x2,x3\n401,0,0,0\n");
    let ran = sandbox.run(&["vm", "predict", "n.csv", "--model", "broken.json"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("the model is damaged: its family is unknown"), "{}", ran.stderr);
}

#[test]
fn a_model_is_promoted_beside_that_of_another_target() {
    let sandbox = Sandbox::new();
    let file = data("vm-09.csv");
    train(
        &sandbox,
        &[&file, "--target", "y", "--time", "run", "--train-rows", "150", "--models", "ols,ridge"],
    );
    let models = |args: &[&str]| {
        let mut all = vec!["models", "--registry", "registry"];
        all.extend(args);
        sandbox.run(&all)
    };
    let ran = models(&["promote", "v1"]);
    assert!(ran.stdout.contains("skill_low_over_best_baseline"), "{ran:?}");
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(models(&["list"]).stdout.contains(",vm y"));
    sandbox.write("n.csv", "run,x1,x2,x3\n401,0,0,0\n");
    let ran = sandbox.run(&["vm", "predict", "n.csv", "--registry", "registry"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}

#[test]
fn faults_are_named_where_they_stand() {
    let sandbox = Sandbox::new();
    sandbox.write("r.csv", "run,x,y\n1,2,3\n3,1,x\n2,1,4\n");
    for (args, message) in [
        (
            &["r.csv", "--target", "yy"][..],
            "r.csv:1:1: no column `yy`\n  expected one of: run, x, y\n  did you mean `y`?",
        ),
        (&["r.csv", "--target", "y"], "r.csv:3:5: `x` in column `y` is not a finite number"),
        (&["r.csv", "--target", "y", "--time", "run"], "r.csv:4: time `2` after `3`"),
        (
            &["r.csv", "--target", "y", "--alpha", "1"],
            "libchar: --alpha 1: expected above 0, below 1",
        ),
        (&["r.csv", "--target", "y", "--models", "net"], "error: invalid value 'net'"),
        (
            &["r.csv", "--target", "y", "--split", "group"],
            "libchar: --split group: name the column",
        ),
    ] {
        let mut all = vec!["vm", "train"];
        all.extend(args);
        let ran = sandbox.run(&all);
        assert_eq!(ran.code, 2, "{}", ran.stderr);
        assert!(ran.stderr.starts_with(message), "{}", ran.stderr);
    }
}

/// An IMA(1,1) of theta 0.7 about 50 with a drift per run, from a generator of its own (Park and
/// Miller 1988; the sum of twelve uniforms makes a normal).
fn series(drift: f64, runs: usize) -> String {
    let mut state = 20_011_u64;
    let mut normal = || -> f64 {
        (0..12)
            .map(|_| {
                state = state * 48_271 % 2_147_483_647;
                state as f64 / 2_147_483_647.0
            })
            .sum::<f64>()
            - 6.0
    };
    let (mut level, mut last, mut text) = (50.0, 0.0, "run,y\n".to_owned());
    for run in 1..=runs {
        let shock = normal();
        level += drift + shock - 0.7 * last;
        last = shock;
        text += &format!("{run},{level:.4}\n");
    }
    text
}

#[test]
fn a_forecast_is_as_good_as_an_ewma_and_covers() {
    for (drift, chosen) in [(0.0, "ewma"), (0.3, "holt")] {
        let sandbox = Sandbox::new();
        sandbox.write("s.csv", series(drift, 600));
        let args = ["vm", "forecast", "s.csv", "--target", "y", "--time", "run", "--runs", "1"];
        let ran = sandbox.run(&[&args[..], &["--format", "json"]].concat());
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        assert_schema(&ran.stdout);
        let found: Value = serde_json::from_str(&ran.stdout).unwrap();
        assert_eq!(found["chosen"], chosen, "{}", ran.stderr);
        let rmse = |name: &str| {
            let tried = found["tried"].as_array().unwrap();
            tried.iter().find(|t| t["method"] == name).unwrap()["rmse"].as_f64().unwrap()
        };
        assert!(rmse(chosen) <= 1.02 * rmse("ewma") && rmse(chosen) < rmse("naive"));
        assert!((0.93..=0.97).contains(&found["coverage"].as_f64().unwrap()), "{found}");
        assert!(found["skill_over_naive"]["low"].as_f64().unwrap() > 0.0);
    }
}

#[test]
fn a_violation_that_is_probable_is_a_finding() {
    let sandbox = Sandbox::new();
    sandbox.write("s.csv", series(0.3, 200) + "201,\n");
    let forecast = |more: &str| {
        let mut all = vec!["vm", "forecast", "s.csv", "--target", "y"];
        if !more.contains("--runs") {
            all.extend(["--runs", "20"]);
        }
        all.extend(more.split_whitespace());
        sandbox.run(&all)
    };
    let ran = forecast("--upper 200");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stdout.starts_with(
            "ahead,forecast,low,high,naive,naive_low,naive_high,p_beyond,p_violated\n"
        ),
        "{}",
        ran.stdout
    );
    assert!(
        ran.stderr.contains("1 run has no value of `y`: the series goes on without"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("naive: rmse "), "{}", ran.stderr);
    let ran = forecast("--upper 114");
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("a limit is violated within the next 20 runs with probability "),
        "{}",
        ran.stderr
    );
    let column: Vec<f64> = ran
        .stdout
        .lines()
        .skip(1)
        .map(|l| l.rsplit(',').next().unwrap().parse().unwrap())
        .collect();
    assert!(column.is_sorted() && column.len() == 20, "{column:?}");
    assert_eq!(forecast("--upper 114").stdout, ran.stdout, "same input, same bytes");
    let rows = forecast("--upper 114 --format jsonl");
    assert_eq!(rows.stdout.lines().count(), 20);
    for (more, message) in [
        ("--risk 0.1", "libchar: --risk 0.1: state a limit by --lower or --upper"),
        (
            "--upper 5 --lower 6",
            "libchar: --lower 6 --upper 5: expected the lower limit below the upper",
        ),
        ("--runs 0", "libchar: --runs 0: expected 1 to 1000"),
        ("--train-rows 195", "libchar: --train-rows 195: expected 10 to 190"),
        ("--alpha 1", "libchar: --alpha 1: expected above 0, below 1"),
        ("--methods arima", "error: invalid value 'arima'"),
    ] {
        let ran = forecast(more);
        assert_eq!(ran.code, 2, "{more}");
        assert!(ran.stderr.starts_with(message), "{}", ran.stderr);
    }
    sandbox.write("s.csv", "y\n1\n2\nx\n");
    let ran = forecast("");
    assert!(
        ran.stderr.starts_with("s.csv:4:1: `x` in column `y` is not a finite number"),
        "{}",
        ran.stderr
    );
    let ran = forecast("--na skip");
    assert!(
        ran.stderr.contains("2 values of `y`: a forecast and its judgement need at least 20"),
        "{}",
        ran.stderr
    );
}

/// 600 runs whose target is a product of features: trees have skill on it, lines little.
fn product() -> String {
    let mut state = 4_711_u64;
    let mut uniform = || {
        state = state * 48_271 % 2_147_483_647;
        state as f64 / 2_147_483_647.0 - 0.5
    };
    (0..600).fold("run,a,b,y\n".to_owned(), |text, run| {
        let (a, b) = (uniform(), uniform());
        text + &format!("{run},{a:.4},{b:.4},{:.4}\n", 10.0 * a * b + 3.0 * a + 0.2 * uniform())
    })
}

/// The contributions of the features, with base and correction, add up to the prediction, for every
/// family.
#[test]
fn attributions_add_up_to_the_prediction() {
    let sandbox = Sandbox::new();
    sandbox.write("d.csv", product());
    for family in ["ols", "ridge", "elastic-net", "trees"] {
        let model = format!("{family}.json");
        let (ran, _) = train(
            &sandbox,
            &["d.csv", "--target", "y", "--time", "run", "--models", family, "-o", &model],
        );
        assert!(ran.code == 0, "{family}: {}", ran.stderr);
        let ran = sandbox.run(&["vm", "predict", "d.csv", "--model", &model, "--format", "json"]);
        let found: Value = serde_json::from_str(&ran.stdout).unwrap();
        for run in found["runs"].as_array().unwrap() {
            let number = |name: &str| run[name].as_f64().unwrap();
            let parts = run["attributions"].as_object().unwrap().values();
            let sum = number("base")
                + number("correction")
                + parts.filter_map(Value::as_f64).sum::<f64>();
            assert!((sum - number("predicted")).abs() < 1e-9, "{family} {run}");
        }
    }
}

#[test]
fn documents_are_sections_of_a_page_and_can_be_compared() {
    let sandbox = Sandbox::new();
    sandbox.write("d.csv", product());
    for (family, file) in [("ols", "old.json"), ("trees", "new.json")] {
        let args = ["d.csv", "--target", "y", "--time", "run", "--models", family];
        let (ran, _) = train(&sandbox, &args);
        sandbox.write(file, &ran.stdout);
    }
    let ran = sandbox.run(&["diff", "old.json", "new.json"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(
        ran.stdout.contains("chosen_rmse") && ran.stdout.contains("best_model,ols,trees"),
        "{}",
        ran.stdout
    );
    assert_eq!(sandbox.run(&["diff", "old.json", "old.json"]).code, 0);
    let forecast = sandbox.run(&["vm", "forecast", "d.csv", "--target", "y", "--format", "json"]);
    sandbox.write("forecast.json", &forecast.stdout);
    let design = sandbox.run(&["r2r", "design", "--lambda", "0.3", "--format", "json"]);
    sandbox.write("design.json", &design.stdout);
    let files = ["new.json", "forecast.json", "design.json"];
    let ran = sandbox.run(&[&["report", "--html", "page.html"], &files[..]].concat());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let page = sandbox.read("page.html");
    for heading in
        ["Skill of virtual metrology", "Forecast of a series", "Run-to-run control: design"]
    {
        assert!(page.contains(heading), "{heading}");
    }
}
