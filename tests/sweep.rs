//! Axes of `table_sweep.csv` from the tables to the report, with ngspice.

use crate::common::{Sandbox, assert_schema, has_ngspice};

const SWEEP: &str = "name,label,value,from,to,count,scale\ncload,,,10p,1n,3,log\nrs,small,1k,,,,\nrs,large,2k,,,,\n";

/// A resistor charges a capacitor: half the step is reached after ln 2 R C.
const RC: &str = "\
* {{ point }}
.temp {{ temp }}
.param vccn={{ vccn }} r={{ sweep.rs }} c={{ sweep.cload }}
v1 in 0 pulse(0 {vccn} 1u 1p 1p 1 2)
r1 in out {r}
c1 out 0 {c}
.tran 1n 6u 0 1n
.meas tran t50 trig v(in) val='vccn/2' rise=1 targ v(out) val='vccn/2' rise=1
.meas tran vend find v(out) at=5.9u
.end
";

/// A domain of two supplies at one corner and temperature.
fn domain(config: &str, template: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("config.cfg", format!("simulator=ngspice\nCPU=1\nMEM=1\n{config}"));
    sandbox.write("configuration/table_corner_list.csv", "TT,typical,0,0\n");
    sandbox.write("configuration/table_supply_list_ac.csv", "v1min,1\nv1max,2\n");
    sandbox.write("configuration/table_temperature_list.csv", "25\n");
    sandbox.write("configuration/table_sweep.csv", SWEEP);
    sandbox.write("template/sim_tx.sp", template);
    sandbox
}

/// The closed form ln 2 R C makes lines along both axes and hyperbolas over both.
#[test]
fn swept_axes_are_drawn() {
    let sandbox = domain("sweep=all\n", RC);
    let mut results =
        "point,corner,extraction,temp_c,supply,alter,measure,value,status,sweep_cload,sweep_rs\n"
            .to_owned();
    for supply in ["v1min", "v1max"] {
        for (c, farad) in [("10p", 1e-11), ("100p", 1e-10), ("1n", 1e-9)] {
            for (r, ohm) in [("small", 1e3), ("large", 2e3)] {
                let value = std::f64::consts::LN_2 * farad * ohm;
                results += &format!(
                    "TT/typical/typical_25/{supply}/cload_{c}/rs_{r},TT,typical,25,{supply},1,t50,{value:e},ok,{farad:e},{ohm}\n"
                );
            }
        }
    }
    sandbox.write("results.csv", results);
    sandbox.write("libchar.toml", "[specs.t50]\nmax = \"1u\"\nunit = \"s\"\n");
    assert_eq!(sandbox.run(&["gen"]).code, 0);
    let ran = sandbox.run(&["srt", "--pictures", "plots"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(ran.stderr.contains("4 pictures in plots"), "{}", ran.stderr);
    let over = sandbox.read("plots/t50_over_cload_rs_TT_typical_typical_25_v1min_cload__rs_.svg");
    assert!(over.contains("t50 (s) over cload and rs") && over.contains(">limit 1e-6<"), "{over}");
    let along = sandbox.read("plots/t50_along_cload.svg");
    assert!(along.contains("4 lines"), "{along}");
    assert_eq!(sandbox.run(&["report", "--html", "page.html"]).code, 1);
    let page = sandbox.read("page.html");
    for part in [
        "id=\"along-t50-cload-t\"",
        "id=\"along-t50-rs-t\"",
        "id=\"over-t50-cload-rs-t\"",
        "the worst of 2 places",
    ] {
        assert!(page.contains(part), "{part}");
    }
}

#[test]
fn swept_values_go_from_the_table_to_the_report() {
    if !has_ngspice() {
        return;
    }
    let sandbox = domain("sweep=rs,cload:10p:1n\n", RC);
    let ran = sandbox.run(&["flow", "gen", "run", "ext", "srt"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let points = sandbox.read("points.csv");
    assert!(points.starts_with("point,corner,extraction,temp_c,supply,section,vccn_v,vcctx_v,sweep_cload,sweep_rs,deck,"), "{points}");
    assert!(points.contains("\nTT/typical/typical_25/v1min/cload_10p/rs_small,TT,typical,25,v1min,TT,1,1,1e-11,1000,"), "{points}");
    assert_eq!(points.lines().count(), 1 + 2 * 2 * 2);
    let results = sandbox.read("results.csv");
    assert!(results.starts_with(
        "point,corner,extraction,temp_c,supply,alter,measure,value,status,sweep_cload,sweep_rs\n"
    ));
    for row in results.lines().filter(|row| row.contains(",t50,")) {
        let cells: Vec<&str> = row.split(',').collect();
        let number = |i: usize| cells[i].parse::<f64>().unwrap();
        let expected = std::f64::consts::LN_2 * number(9) * number(10);
        assert!((number(7) / expected - 1.0).abs() < 2e-3, "{row}, expected {expected:e}");
    }
    let report = sandbox.run(&["srt", "--format", "json"]);
    assert_schema(&report.stdout);
    let document: serde_json::Value = serde_json::from_str(&report.stdout).unwrap();
    assert_eq!(
        document["axes"][0]["sweep"][0],
        serde_json::json!({ "axis": "cload", "label": "10p", "value": 1e-11 })
    );
    assert_eq!(document["measures"][0]["max"]["step"], "");
    assert_schema(&sandbox.run(&["gen", "--format", "json"]).stdout);
    assert_schema(&sandbox.run(&["ext", "--format", "json"]).stdout);
    let html = sandbox.run(&["report", "--html", "page.html"]);
    assert!(html.code < 2, "{}", html.stderr);
    let page = sandbox.read("page.html");
    assert!(page.contains("cload 10p, rs small"), "a map for each crossing");
}

#[test]
fn patterns_choose_swept_points_and_stale_ones_are_found() {
    let sandbox = domain("sweep=cload,rs\n", RC);
    assert_eq!(sandbox.run(&["gen"]).stdout.lines().count(), 2 * 3 * 2);
    let ran = sandbox.run(&["run", "--dry-run", "--point", "*/v1max/*/rs_large"]);
    assert_eq!(ran.stdout.lines().count(), 3, "{}", ran.stderr);
    // Without the axes, the points are the folders above the earlier ones.
    sandbox.write("config.cfg", "simulator=ngspice\n");
    sandbox.write(
        "template/sim_tx.sp",
        RC.replace("{{ sweep.rs }}", "1k").replace("{{ sweep.cload }}", "1p"),
    );
    let ran = sandbox.run(&["gen", "--prune"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("12 stale points removed"), "{}", ran.stderr);
    assert!(sandbox.path().join("TT/typical/typical_25/v1min/sim_tx.sp").is_file());
    assert!(!sandbox.path().join("TT/typical/typical_25/v1min/cload_10p").exists());
    // And back: the earlier points become folders of points again.
    sandbox.write("config.cfg", "simulator=ngspice\nsweep=cload,rs\n");
    sandbox.write("template/sim_tx.sp", RC);
    let ran = sandbox.run(&["gen", "--prune"]);
    assert!(ran.stderr.contains("2 stale points removed"), "{}", ran.stderr);
    assert!(!sandbox.path().join("TT/typical/typical_25/v1min/sim_tx.sp").exists());
    assert!(
        sandbox.path().join("TT/typical/typical_25/v1min/cload_10p/rs_small/sim_tx.sp").is_file()
    );
}

#[test]
fn an_axis_without_effect_is_told_and_an_unknown_one_refused() {
    let sandbox = domain("sweep=cload,rs\n", &RC.replace("{{ sweep.rs }}", "1k"));
    let ran = sandbox.run(&["gen", "--require-effect"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("the rs has no effect there"), "{}", ran.stderr);
    sandbox.write("config.cfg", "simulator=ngspice\nsweep=cloda\n");
    let ran = sandbox.run(&["gen"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains(
            "config.cfg:2:7: `sweep` names `cloda`, which is not in configuration/table_sweep.csv"
        ),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("did you mean `cload`?"), "{}", ran.stderr);
}

/// The statement rule puts the values into a plain deck.
#[test]
fn the_statement_rule_puts_values_into_a_plain_deck() {
    let plain = "t\n.temp 25\n.param vccn=1 rs=3k\n+ CLOAD=7p\nv1 in 0 {vccn}\nr1 in out {rs}\nc1 out 0 {cload}\n.op\n.end\n";
    let sandbox = domain("sweep=cload:100p,rs:large\n", plain);
    let ran = sandbox.run(&["gen"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let deck = sandbox.read("TT/typical/typical_25/v1max/cload_100p/rs_large/sim_tx.sp");
    assert!(deck.contains(".param vccn=2.0 rs=2000.0\n+ CLOAD=1e-10\n"), "{deck}");
}
