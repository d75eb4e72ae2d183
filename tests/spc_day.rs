//! What happens to `libchar spc` in a fab's day: gaps, lots, outputs written over inputs, many
//! columns, names with commas.

use crate::common::{Ran, Sandbox, assert_schema};
use serde_json::{Value, json};

fn document(ran: &Ran) -> Value {
    assert_schema(&ran.stdout);
    serde_json::from_str(&ran.stdout).unwrap()
}

/// The values of a column of CSV.
fn column(csv: &str, name: &str) -> Vec<String> {
    let mut lines = csv.lines();
    let place = lines.next().unwrap().split(',').position(|n| n == name).unwrap();
    lines.map(|line| line.split(',').nth(place).unwrap().to_owned()).collect()
}

const STEADY: &str = "x\n10\n11\n9\n10.5\n9.5\n10\n10.2\n9.9\n10.1\n9.8\n";

#[test]
fn a_stream_groups_rows_as_the_chart_does() {
    let sandbox = Sandbox::new();
    sandbox.write("g.csv", "x\n1\n2\n3\n2\n4\n3\n1\n2\n3\n5\n2\n3\n");
    let limits =
        ["spc", "limits", "g.csv", "--chart", "xbar-s", "--subgroup-size", "3", "-o", "g.json"];
    assert_eq!(sandbox.run(&limits).code, 0);
    sandbox.write("s.csv", "x\n1\nNaN\n3\n10\n11\n12\n20\n21\n22\n");
    let chart = [
        "spc",
        "chart",
        "s.csv",
        "--baseline",
        "g.json",
        "--na",
        "skip",
        "--show",
        "points",
        "--format",
        "csv",
    ];
    let watch =
        ["spc", "watch", "s.csv", "--baseline", "g.json", "--na", "skip", "--format", "csv"];
    let (charted, watched) = (sandbox.run(&chart), sandbox.run(&watch));
    for (csv, place) in [(&charted.stdout, 0), (&watched.stdout, 1)] {
        let panels = column(csv, "panel");
        let values = column(csv, "value");
        let means_here: Vec<&String> =
            panels.iter().zip(&values).filter(|(p, _)| *p == "xbar").map(|(_, v)| v).collect();
        assert_eq!(means_here, ["2", "11", "21"], "{place}: {csv}");
    }
    assert_eq!((charted.code, watched.code), (1, 1));
}

#[test]
fn lots_of_any_size_end_where_the_next_begins() {
    let sandbox = Sandbox::new();
    let mut csv = "lot,tool,x\n".to_owned();
    for lot in 0..8 {
        for (i, step) in [0.0, 0.4, -0.3].iter().enumerate() {
            csv += &format!("L{lot},E0{},{}\n", i % 2, 10.0 + step + 0.1 * f64::from(lot % 3));
        }
    }
    sandbox.write("g.csv", &csv);
    let limits = [
        "spc",
        "limits",
        "g.csv",
        "-c",
        "x",
        "--chart",
        "xbar-r",
        "--subgroup",
        "lot",
        "-o",
        "g.json",
    ];
    assert_eq!(sandbox.run(&limits).code, 0);
    sandbox.write(
        "s.csv",
        "lot,tool,x\nA,E04,1\nA,E04,2\nA,E04,3\nB,E05,10\nB,E05,11\nC,E04,20\nC,E04,21\nC,E04,22\n",
    );
    let watch =
        ["spc", "watch", "s.csv", "--baseline", "g.json", "--label", "tool", "--format", "csv"];
    let ran = sandbox.run(&watch);
    let rows: Vec<(String, String, String)> = column(&ran.stdout, "panel")
        .into_iter()
        .zip(column(&ran.stdout, "value"))
        .zip(column(&ran.stdout, "lot").into_iter().zip(column(&ran.stdout, "tool")))
        .filter(|((panel, _), _)| panel == "xbar")
        .map(|((_, value), (lot, tool))| (value, lot, tool))
        .collect();
    let own = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
    assert_eq!(rows, [own("2", "A", "E04"), own("10.5", "B", "E05"), own("21", "C", "E04")]);
    let json = sandbox.run(&["spc", "watch", "s.csv", "--baseline", "g.json", "--format", "json"]);
    assert_eq!(document(&json)["rows"][0]["at"]["lot"], "A", "{}", json.stderr);
    let table =
        sandbox.run(&["spc", "watch", "s.csv", "--baseline", "g.json", "--format", "table"]);
    assert!(table.stdout.starts_with("index   line    panel        value"), "{}", table.stdout);
    // A lot of one wafer has a mean, but no range.
    sandbox.write("one.csv", "lot,x\nA,10\nA,10.2\nB,10.1\nC,10\nC,10.3\nC,9.9\n");
    let chart = [
        "spc",
        "chart",
        "one.csv",
        "-c",
        "x",
        "--chart",
        "xbar-r",
        "--subgroup",
        "lot",
        "--format",
        "json",
    ];
    let found = document(&sandbox.run(&chart));
    assert_eq!(found["panels"][1]["values"][1], Value::Null);
    assert!(found["panels"][0]["values"][1] == 10.1 && found["panels"][0]["ucl"][1].is_f64());
}

#[test]
fn nothing_replaces_an_input_or_a_baseline() {
    let sandbox = Sandbox::new();
    sandbox.write("d.csv", STEADY);
    for args in [
        &["spc", "limits", "d.csv", "-o", "d.csv"][..],
        &["spc", "chart", "d.csv", "--svg", "./d.csv"],
    ] {
        let ran = sandbox.run(args);
        assert!(ran.code == 2 && ran.stderr.contains("is an input of this command"), "{ran:?}");
        assert_eq!(sandbox.read("d.csv"), STEADY);
    }
    assert_eq!(sandbox.run(&["spc", "limits", "d.csv", "-o", "b.json"]).code, 0);
    let first = sandbox.read("b.json");
    let again = ["spc", "limits", "d.csv", "--center", "9", "-o", "b.json"];
    let ran = sandbox.run(&again);
    assert!(ran.code == 2 && ran.stderr.contains("--force"), "{}", ran.stderr);
    assert_eq!(sandbox.read("b.json"), first);
    assert_eq!(sandbox.run(&[&again[..], &["--force"]].concat()).code, 0);
    assert_schema(&sandbox.read("b.json"));
    let second: Value = serde_json::from_str(&sandbox.read("b.json")).unwrap();
    assert_eq!(
        (&second["provenance"]["replaces"]["center"], &second["parameters"]["center"]),
        (&json!(10.0), &json!(9.0))
    );
    let ran = sandbox.run(&["spc", "chart", "d.csv", "--svg", "b.json"]);
    assert!(ran.code == 2 && ran.stderr.contains("others may rely on"), "{}", ran.stderr);
}

#[test]
fn every_alarm_is_marked() {
    let sandbox = Sandbox::new();
    let csv: String = (0..1000).map(|i| format!("{}\n", 5 * (i % 2))).collect();
    sandbox.write("x.csv", format!("x\n{csv}"));
    let args = ["spc", "chart", "x.csv", "--center", "0", "--sigma", "1", "--svg", "a.svg"];
    assert_eq!(sandbox.run(&args).code, 1);
    let svg = sandbox.read("a.svg");
    let marks = svg.split("</svg>").next().unwrap().matches("r=\"3.5\"").count();
    // 500 alarms on a plot 642 pixels wide: no two are on the same pixel.
    assert_eq!(marks, 500);
}

#[test]
fn a_series_that_does_not_vary_is_a_finding_and_a_short_stage_is_plotted() {
    let sandbox = Sandbox::new();
    let ran = sandbox.pipe(&["spc", "chart", "--format", "json"], "x\n5\n5\n5\n");
    assert_eq!(ran.code, 1);
    let found = document(&ran);
    assert_eq!((&found["violation_count"], &found["panels"][0]["ucl"]), (&json!(1), &Value::Null));
    assert!(found["notes"][0].as_str().unwrap().contains("do not vary (all are 5)"), "{found}");
    let ran = sandbox.pipe(&["spc", "chart"], "x\n1\n\n3\n4\n");
    assert!(
        ran.code == 2 && ran.stderr.starts_with("-:3: empty cell in column `x`"),
        "{}",
        ran.stderr
    );
    let staged = "s,x\na,1\na,2\na,3\na,2\nb,9\nc,5\nc,6\nc,5\nc,4\n";
    let ran =
        sandbox.pipe(&["spc", "chart", "-c", "x", "--stage", "s", "--format", "json"], staged);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("stage `b`: there are no limits"), "{}", ran.stderr);
}

#[test]
fn names_with_commas_and_lists_both_work() {
    let sandbox = Sandbox::new();
    let csv = "\"CD, nm\",y\n1,5\n2,6\n1.5,5\n1,7\n";
    let ran = sandbox.pipe(&["spc", "chart", "-c", "CD, nm", "--show", "points"], csv);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let wide = "a,b\n1,2\n2,2\n1,3\n2,1\n";
    let ran = sandbox.pipe(&["spc", "chart", "-c", "a,b", "--chart", "xbar-r"], wide);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let ran = sandbox.pipe(&["spc", "chart", "--na", "skip"], "x\n\"1,204\"\n998\n\"1,310\"\n");
    assert!(ran.code == 2 && ran.stderr.contains("separators between thousands"), "{}", ran.stderr);
}

#[test]
fn points_left_out_make_no_limits_and_are_recorded() {
    let sandbox = Sandbox::new();
    sandbox.write("x.csv", "lot,x\nA,10\nB,11\nC,9\nD,50\nE,10.5\nF,9.5\nG,10\n");
    let base = ["spc", "limits", "x.csv", "-c", "x", "--label", "lot", "--exclude", "lot == D"];
    let ran = sandbox.run(&base);
    assert!(ran.code == 2 && ran.stderr.contains("--reason"), "{}", ran.stderr);
    let ran = sandbox.run(&[&base[..], &["--reason", "probe broken"]].concat());
    let found = document(&ran);
    assert_eq!(found["parameters"]["center"], 10.0);
    assert_eq!(
        found["provenance"]["excluded"],
        json!([{ "point": 4, "line": 5, "label": "D", "reason": "probe broken" }])
    );
    let chart = [
        "spc",
        "chart",
        "x.csv",
        "-c",
        "x",
        "--exclude",
        "4",
        "--reason",
        "probe broken",
        "--format",
        "json",
    ];
    let ran = sandbox.run(&chart);
    assert_eq!((ran.code, &document(&ran)["excluded"][0]["point"]), (0, &json!(4)));
}

#[test]
fn a_fitted_distribution_has_its_own_parts_per_million_and_verdict() {
    let sandbox = Sandbox::new();
    let csv = std::fs::read_to_string(
        crate::common::repository().join("testdata/spc/data/cap_weibull_v.csv"),
    )
    .unwrap();
    sandbox.write("w.csv", csv);
    let args = ["spc", "capability", "w.csv", "--lsl", "0.5", "--usl", "30", "--method", "weibull"];
    let ran = sandbox.run(&[&args[..], &["--format", "csv"]].concat());
    assert!(ran.stdout.contains("expected_ppm_weibull_percentile,12359.7"), "{}", ran.stdout);
    assert!(!ran.stdout.contains("expected_ppm_overall"), "{}", ran.stdout);
    let found = document(&sandbox.run(&[&args[..], &["--format", "json"]].concat()));
    assert!((found["expected_ppm"].as_f64().unwrap() - 12_359.761).abs() < 0.01);
    // Cpm is computed from all values and needs a target.
    let ten = "x\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n";
    let cpm = |more: &[&str]| {
        let args = ["spc", "capability", "--lsl", "0", "--usl", "12", "--format", "json"];
        document(&sandbox.pipe(&[&args[..], more].concat(), ten))["cpm"]["value"].as_f64()
    };
    assert_eq!(cpm(&[]), None);
    assert!((cpm(&["--target", "6"]).unwrap() - 0.6517).abs() < 1e-3);
    assert!((cpm(&["--like", "qcc"]).unwrap() - 1.966).abs() < 2e-3);
}

#[test]
fn capability_of_many_columns_is_one_table() {
    let sandbox = Sandbox::new();
    let csv = std::fs::read_to_string(
        crate::common::repository().join("testdata/spc/data/cap_many_v.csv"),
    )
    .unwrap();
    sandbox.write("many.csv", csv);
    sandbox.write(
        "spec.csv",
        "column,lsl,usl,target\nvth_mv,400,500,450\nidsat_ua,520,,\nleak_na,,6,\ncd_nm,43,47,\ngap_um,2.6,3.3,\nstuck,7,8,\n",
    );
    let ran = sandbox.run(&[
        "spc",
        "capability",
        "many.csv",
        "--spec",
        "spec.csv",
        "--subgroup",
        "lot",
        "--format",
        "json",
    ]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let rows = document(&ran)["rows"].clone();
    assert_eq!(rows.as_array().unwrap().len(), 6);
    assert!((rows[0]["cpk"].as_f64().unwrap() - 2.051_748_297_365).abs() < 1e-9);
    assert_eq!((&rows[4]["n"], &rows[4]["missing"]), (&json!(98), &json!(2)));
    assert!((rows[4]["cpk"].as_f64().unwrap() - 1.041_123_446_430).abs() < 1e-9, "{}", rows[4]);
    assert_eq!((&rows[1]["cp"], &rows[5]["cpk"]), (&Value::Null, &Value::Null));
    assert!(rows[5]["reason"].as_str().unwrap().contains("do not vary"));
}

#[test]
fn charts_of_the_trade_from_the_command_line() {
    let sandbox = Sandbox::new();
    let data = |name: &str| {
        let path = crate::common::repository().join(format!("testdata/spc/data/{name}.csv"));
        sandbox.write(&format!("{name}.csv"), std::fs::read(path).unwrap());
        format!("{name}.csv")
    };
    let close = |found: &Value, expected: f64| {
        let found = found.as_f64().unwrap_or(f64::NAN);
        assert!((found - expected).abs() < 1e-6 * expected.abs(), "{found} for {expected}");
    };
    let chart = |name: &str, args: &[&str]| -> Value {
        let file = data(name);
        let ran = sandbox.run(&[&["spc", "chart", &file, "--format", "json"], args].concat());
        assert!(ran.code < 2, "{}", ran.stderr);
        document(&ran)
    };
    let laney =
        chart("laney_p_over_v", &["--chart", "laney-p", "-c", "defective", "-n", "inspected"]);
    close(&laney["parameters"][0]["estimates"]["sigma_z"], 3.733_713_193_070_783);
    close(&laney["details"]["z"][0], -2.255_494_748_953_595);
    let g = chart("g_a_v", &["--chart", "g", "-c", "between"]);
    assert_eq!((&g["panels"][0]["ucl"], &g["panels"][0]["center"]), (&json!(373.0), &json!(39.0)));
    let t = chart("t_times_v", &["--chart", "t", "--time", "event", "--method", "nelson"]);
    close(&t["panels"][0]["ucl"], 33.725_739_434_657_335);
    let t = chart("t_a_v", &["--chart", "t", "-c", "days"]);
    close(&t["panels"][0]["lcl"], 0.007_185_035_018_157_901);
    let dnom = chart(
        "dnom_v",
        &["--chart", "dnom-i-mr", "-c", "x", "--nominal", "nominal", "--part", "part"],
    );
    close(&dnom["panels"][0]["ucl"], 3.056_008_324_862_598);
    let dnom = chart(
        "dnom_xbar_v",
        &["--chart", "dnom-xbar-r", "-c", "x1,x2,x3,x4", "--nominal", "nominal"],
    );
    close(&dnom["panels"][0]["ucl"], 1.715_343_968_765_192_1);
    let z = chart(
        "zmr_v",
        &["--chart", "z-mr", "-c", "x", "--part", "part", "--run", "run", "--sigma-by", "run"],
    );
    close(&z["panels"][0]["values"][0], 0.832_836_905_755_648_7);
    let short =
        chart("short_std_v", &["--chart", "short-xbar-r", "-c", "x1,x2,x3,x4", "--part", "part"]);
    close(&short["panels"][0]["ucl"], 0.728_597_185_894_704_5);
    let p = chart(
        "short_p_v",
        &["--chart", "z-p", "-c", "defective", "-n", "inspected", "--nominal", "target"],
    );
    close(&p["panels"][0]["values"][0], -1.888_534_740_875_120_7);
    let three = chart(
        "threeway_s_v",
        &["--chart", "three-way", "-c", "thk", "--subgroup", "lot", "--within", "sd"],
    );
    close(&three["parameters"][0]["estimates"]["sigma_between"], 2.494_258_023_005_183);
    close(&three["panels"][2]["ucl"], 4.085_675_078_890_097);
    let ar = chart("ar1_fit_v", &["--model", "ar1", "-c", "x"]);
    assert!((ar["parameters"][0]["estimates"]["phi"].as_f64().unwrap() - 0.6082).abs() < 1e-4);
    let ima = chart("ima_v", &["--model", "ewma", "-c", "x"]);
    assert_eq!(ima["violations"][0]["timestamp_index"], 61);
    let given = [
        "--mean",
        "1,2",
        "--cov",
        "0.5421,-0.0081;-0.0081,2.3889",
        "--lambda",
        "0.1",
        "--target-arl",
        "200",
    ];
    let mewma = chart("mewma_2_v", &[&["--chart", "mewma", "-c", "y1,y2"], &given[..]].concat());
    close(&mewma["panels"][0]["ucl"], 8.633_580_643_544_08);
    assert_eq!(mewma["violations"][0]["timestamp_index"], 18);
    assert_eq!(mewma["violations"][0]["decomposition"].as_array().unwrap().len(), 2);
    let sums = ["--mean", "0,0", "--cov", "1,0.5;0.5,1"];
    let mcusum = chart("mcusum_v", &[&["--chart", "mcusum", "-c", "y1,y2"], &sums[..]].concat());
    assert_eq!(mcusum["violations"][0]["timestamp_index"], 13);
}

/// I chart of 30 points by moving range: 3.85 sigma keep the rate nominal in 90 % of such charts.
#[test]
fn limits_from_few_points_say_how_often_they_alarm() {
    let sandbox = Sandbox::new();
    let csv: String = (0..30).map(|i| format!("{}\n", (i * 7 % 11) as f64 / 3.0)).collect();
    let args = ["spc", "chart", "--format", "json", "--guarantee", "90%"];
    let found = document(&sandbox.pipe(&args, format!("x\n{csv}")));
    assert!(
        (found["design"]["width"].as_f64().unwrap() - 3.854).abs() < 0.05,
        "{}",
        found["design"]
    );
    let found = document(&sandbox.pipe(&["spc", "chart", "--format", "json"], format!("x\n{csv}")));
    let estimated = &found["in_control_arl"]["estimated"];
    assert_eq!(estimated["points"], 30);
    // With known limits every 105 points; the moving range alone accounts for most of the
    // difference.
    let every = estimated["alarms_every"].as_f64().unwrap();
    assert!((50.0..95.0).contains(&every), "{every}");
}

#[test]
fn alarms_that_somebody_acknowledged_are_drawn_as_known() {
    let sandbox = Sandbox::new();
    sandbox.write("libchar.toml", "");
    let mut csv = "lot,x\n".to_owned();
    for i in 0..40 {
        let x = if i == 20 { 30.0 } else { 10.0 + 0.1 * f64::from(i * 7 % 11) };
        csv += &format!("L{i:02},{x}\n");
    }
    sandbox.write("d.csv", &csv);
    let chart = [
        "spc", "chart", "d.csv", "-c", "x", "--label", "lot", "--svg", "a.svg", "--format", "json",
    ];
    let first = document(&sandbox.run(&chart));
    assert!(first.get("acknowledged").is_none() && !sandbox.read("a.svg").contains("known"));
    let alerts = document(&sandbox.run(&["alerts", "list", "--format", "json"]));
    let open = alerts["rows"].as_array().unwrap();
    let id = open
        .iter()
        .find(|row| row["message"].as_str().unwrap().contains("on the x panel"))
        .unwrap();
    let id = id["alert"].as_str().unwrap();
    let ran = sandbox.run(&["alerts", "ack", id, "--why", "broken probe"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let ran = sandbox.run(&[&chart[..7], &["--svg", "b.svg", "--format", "json"]].concat());
    let found = document(&ran);
    assert_eq!(
        (ran.code, &found["acknowledged"][0]["why"]),
        (1, &json!("broken probe")),
        "{}",
        ran.stdout
    );
    assert_eq!(found["acknowledged"][0]["point"], 21);
    assert!(sandbox.read("b.svg").contains(" known<"), "the callout says so");
}

#[test]
fn moving_ranges_within_parts_or_refused() {
    let sandbox = Sandbox::new();
    let mut csv = "part,nominal,x\n".to_owned();
    for i in 0..30 {
        let (part, nominal) = if i / 5 % 2 == 0 { ("A", 10.0) } else { ("B", 50.0) };
        let bias = if part == "B" { 4.0 } else { 0.0 };
        csv += &format!("{part},{nominal},{:.2}\n", nominal + bias + 0.1 * f64::from(i * 7 % 5));
    }
    sandbox.write("d.csv", csv);
    let chart =
        ["spc", "chart", "d.csv", "-c", "x", "--chart", "dnom-i-mr", "--nominal", "nominal"];
    let sigma = |more: &[&str]| {
        let found = document(
            &sandbox.run(&[&chart[..], &["--part", "part", "--format", "json"], more].concat()),
        );
        found["parameters"][0]["sigma"].as_f64().unwrap()
    };
    assert!(sigma(&["--mr", "within-part"]) < 0.6 * sigma(&[]));
    let ran = sandbox.run(&[&chart[..], &["--mr", "within-part"]].concat());
    assert!(ran.code == 2 && ran.stderr.contains("with --part"), "{}", ran.stderr);
}
