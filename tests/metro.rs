//! `libchar metro`: columns and units, refusals, exit codes, documents, the history.

use crate::common::{Sandbox, assert_schema, repository};
use serde_json::Value;

fn data(name: &str) -> String {
    repository().join("testdata/metro/case_data").join(name).display().to_string()
}

#[test]
fn a_map_has_its_sites_and_its_statistics() {
    let sandbox = Sandbox::new();
    let setup = ["-s", "spacing_mm=1", "-s", "diameter_mm=200", "-s", "probe_direction=tangential"];
    let map = data("map-01.csv");
    let mut args = vec!["metro", "four-point-probe", &map, "--format", "json"];
    args.extend(setup);
    let ran = sandbox.run(&args);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert_schema(&ran.stdout);
    let document: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(document["results"].as_array().unwrap().len(), 49);
    let mean = document["summary"]["numbers"][1]["y"].as_f64().unwrap();
    // testdata/metro/cases.json, map-01: exact disc images.
    assert!((mean - 51.076_731_532_454_964).abs() < 1e-5, "{mean}");
    assert_eq!(ran.stdout, sandbox.run(&args).stdout);
}

#[test]
fn one_bad_row_does_not_stop_the_others() {
    let sandbox = Sandbox::new();
    sandbox.write("m.csv", "site,v_mv,i_ma\na,4.5,1\nb,-4.5,1\nc,x,1\nd,4.6,1\n");
    let ran =
        sandbox.run(&["metro", "four-point-probe", "m.csv", "-s", "geometry=infinite thin sheet"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stdout.contains("site=a,rs_ohm_sq,20.39562"), "{}", ran.stdout);
    assert!(
        ran.stdout.contains("site=b,,,,,,,refused") && ran.stdout.contains("all,n,2,"),
        "{}",
        ran.stdout
    );
    assert!(
        ran.stderr
            .contains("site=c: no result: m.csv:4:3: `x` in column `v_mv` is not a finite number"),
        "{}",
        ran.stderr
    );
}

#[test]
fn units_are_refused_where_they_stand() {
    let sandbox = Sandbox::new();
    for (header, message) in [
        (
            "d_um,r_xohm",
            "t.csv:1:6: unknown unit `xohm` of column `r_xohm`, for `r`\n  expected a unit of resistance: ohm,",
        ),
        ("d_um,r_v", "t.csv:1:6: column `r_v` carries a unit of voltage, for `r`"),
        ("d_um,Resistance", "t.csv:1:6: column `Resistance` names no unit, for `r`"),
        ("d_a,r_s", "t.csv:1:5: column `r_s` carries a unit of"),
        ("q_um,r_ohm", "t.csv:1:1: no column `d_um`"),
        ("d_um,r_ohm,d_nm", "t.csv:1:12: columns `d_um` and `d_nm` both give `d`"),
    ] {
        let cells = ",1".repeat(header.matches(',').count());
        sandbox.write("t.csv", format!("{header}\n1{cells}\n2{cells}\n3{cells}\n"));
        let ran =
            sandbox.run(&["metro", "tlm", "t.csv", "-s", "width_um=100", "-s", "pad_length_um=50"]);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{header}");
        assert!(ran.stderr.contains(message), "{header}: {}", ran.stderr);
    }
}

#[test]
fn both_swapped_columns_are_named_at_once() {
    let sandbox = Sandbox::new();
    let file = data("neg-02.csv");
    let ran = sandbox.run(&["metro", "cv-schottky", &file, "-s", "area_m2=1e-6"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("column `v_a` carries a unit of current"), "{}", ran.stderr);
}

#[test]
fn the_setup_is_consumed_to_the_last_key() {
    let sandbox = Sandbox::new();
    sandbox.write("tlm.toml", "width_mm = 0.1\npad_lenght_um = 50\n");
    let file = data("tlm-01.csv");
    let ran = sandbox.run(&["metro", "tlm", &file, "--setup", "tlm.toml"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("tlm.toml:2:1: unknown key `pad_lenght_um` for tlm"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("did you mean `pad_length_um`?"), "{}", ran.stderr);
    sandbox.write("tlm.toml", "width_mm = 0.1\npad_length = \"50 um\"\n");
    assert_eq!(sandbox.run(&["metro", "tlm", &file, "--setup", "tlm.toml"]).code, 0);
}

#[test]
fn too_little_data_is_a_reason_and_no_number() {
    let sandbox = Sandbox::new();
    let file = data("neg-04.csv");
    let ran = sandbox.run(&[
        "metro",
        "tlm",
        &file,
        "-s",
        "width_um=100",
        "-s",
        "pad_length_um=50",
        "--format",
        "json",
    ]);
    assert_eq!(ran.code, 1);
    assert_schema(&ran.stdout);
    assert!(
        ran.stderr.contains("two") || ran.stderr.contains("2 spacings leave no degree of freedom"),
        "{}",
        ran.stderr
    );
    assert!(!ran.stdout.contains("rs_ohm_sq"));
    let ran =
        sandbox.run(&["metro", "hall", "-s", "v_h_v=-6e-4", "-s", "i_ma=1", "-s", "b_t=5000"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("gauss given as tesla?"), "{}", ran.stderr);
}

#[test]
fn a_budget_tells_first_order_from_monte_carlo() {
    let sandbox = Sandbox::new();
    sandbox.write("b.toml", "model = \"h*cos(rad(p))\"\n[quantities]\nh = { value = 180.0, u = 0.02 }\np = { value = 0.0, u = 2.0 }\n");
    let ran = sandbox.run(&["metro", "gum", "b.toml", "--format", "json"]);
    assert_eq!(ran.code, 0);
    assert_schema(&ran.stdout);
    assert!(ran.stderr.contains("the result is the Monte Carlo interval"), "{}", ran.stderr);
    sandbox.write("b.toml", "model = \"h*cos(p)\"\n[quantities]\nh = 180\n");
    assert_eq!(sandbox.run(&["metro", "gum", "b.toml"]).code, 2);
}

#[test]
fn every_method_explains_itself() {
    let sandbox = Sandbox::new();
    let list = sandbox.run(&["metro", "list", "--format", "json"]);
    assert_schema(&list.stdout);
    let document: Value = serde_json::from_str(&list.stdout).unwrap();
    for row in document["rows"].as_array().unwrap() {
        let name = row["method"].as_str().unwrap();
        let ran = sandbox.run(&["metro", name, "--explain", "--format", "json"]);
        assert_eq!(ran.code, 0, "{name}");
        assert_schema(&ran.stdout);
    }
    let ran = sandbox.run(&["metro", "tlmm"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("did you mean `tlm`?"), "{}", ran.stderr);
}

#[test]
fn the_examples_run() {
    let sandbox = Sandbox::new();
    let folder = sandbox.copy("examples/metro");
    let folder = folder.display().to_string();
    let transfer = [
        "-C",
        &folder,
        "metro",
        "mosfet",
        "transfer.csv",
        "-s",
        "vd_v=0.05",
        "-s",
        "w_um=10",
        "-s",
        "l_um=1",
        "--svg",
        "t.svg",
    ];
    let ran = sandbox.run(&transfer);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("vth_elr_v") && ran.stdout.contains("vth_sd_v"));
    assert!(sandbox.read("metro/t.svg").contains("<polyline"));
    let ran = sandbox.run(&["-C", &folder, "metro", "gum", "budget.toml"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}

#[test]
fn a_map_is_drawn_and_has_its_section_on_the_page() {
    let sandbox = Sandbox::new();
    let mut csv = String::from("x_mm,y_mm,i_ma,v_mv\n");
    for (k, (x, y)) in [(0, 0), (50, 0), (0, 50), (-50, 0), (0, -50)].into_iter().enumerate() {
        csv.push_str(&format!("{x},{y},1,{}\n", 10.0 + 0.1 * k as f64));
    }
    // A site with the wrong sign has no number.
    csv.push_str("80,0,1,-10\n");
    sandbox.write("map.csv", csv);
    let ran = sandbox.run(&[
        "metro",
        "four-point-probe",
        "map.csv",
        "-s",
        "spacing_mm=1",
        "-s",
        "diameter_mm=200",
        "-s",
        "probe_direction=tangential",
        "--svg",
        "map.svg",
        "--report",
        "map.json",
    ]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(sandbox.read("map.svg").contains("rs_ohm_sq over the wafer"));
    let document: serde_json::Value = serde_json::from_str(&sandbox.read("map.json")).unwrap();
    assert_eq!(document["summary"]["map"]["sites"].as_array().map(Vec::len), Some(5));
    let ran = sandbox.run(&["report", "--html", "map.html", "map.json"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let page = sandbox.read("map.html");
    assert!(page.contains("four-point-probe: 1 of 6 has no result."), "{page}");
    assert!(page.contains("is -10 ohm: voltage and current"), "{page}");
}
