//! Point defects of `libchar diffuse` as its user types them.

use crate::common::{Sandbox, assert_schema};

/// A boron layer below an arsenic implant, ten minutes at 800 C: transient diffusion decides its
/// depth.
const MARKER: &str = "\
[substrate]
dopant = \"phosphorus\"
conc_cm3 = 1e14
[model]
defects = \"two_dim\"
damage = \"clusters\"
[model.point_defects]
set = \"bracht\"
[[initial]]
species = \"boron\"
depth_um = [0, 0.29, 0.3, 0.31, 0.6]
conc_cm3 = [1e14, 1e14, 1e18, 1e14, 1e14]
[[step]]
type = \"implant\"
species = \"arsenic\"
dose_cm2 = 2e13
energy_kev = 50
[[step]]
name = \"anneal\"
type = \"anneal\"
temp_c = 800
time_s = 600
[report]
levels_cm3 = [1e15]
";

/// The prefactor of an Arrhenius pair is found again from two depths. A misspelt parameter, and a
/// pair of which it is not said which part is meant, are refused.
#[test]
fn parameters_of_point_defects_are_calibrated() {
    let sandbox = Sandbox::new();
    sandbox.write("marker.toml", MARKER);
    let truth = "model.point_defects.i_equilibrium=[5.8e23, 3.18]";
    let made = |seconds: &str| {
        let time = format!("step.anneal.time_s={seconds}");
        let ran = sandbox.run(&["diffuse", "marker.toml", "--set", truth, "--set", &time]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let line = ran.stdout.lines().find(|line| line.starts_with("boron.depth_nm@1e15,"));
        line.unwrap().split(',').nth(1).unwrap().to_owned()
    };
    let rows: Vec<String> =
        ["5", "600"].iter().map(|time| format!("{time},{}\n", made(time))).collect();
    sandbox.write("depth.csv", format!("step.2.time_s,boron.depth_nm@1e15\n{}", rows.concat()));
    let fit = |parameter: &str| {
        let args = ["diffuse", "calibrate", "marker.toml", "--measured", "depth.csv"];
        sandbox.run(&[&args[..], &["--fit", parameter, "--format", "json"]].concat())
    };
    let ran = fit("point_defects.i_equilibrium=1e22..1e25");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_schema(&ran.stdout);
    let document: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let value = document["rows"][0]["value"].as_f64().unwrap();
    assert!((value / 5.8e23 - 1.0).abs() < 0.02, "{}", ran.stdout);
    let ran = fit("point_defects.i_equilibrum");
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("did you mean `i_equilibrium`?"), "{}", ran.stderr);
    let ran = fit("point_defects.binding.e");
    assert!(ran.stderr.contains("`e`: expected d0 or ea"), "{}", ran.stderr);
}

/// A value that the recipe cannot hold is reported like a fault in its text, at the same place.
#[test]
fn a_sweep_says_what_its_recipe_cannot_hold() {
    let sandbox = Sandbox::new();
    sandbox.write("marker.toml", MARKER);
    let ran = sandbox.run(&[
        "diffuse",
        "sweep",
        "marker.toml",
        "--vary",
        "step.anneal.time_s=-5,600",
        "--vary",
        "step.anneal.temp_c=800,3000",
    ]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let rows: Vec<&str> = ran.stdout.lines().skip(1).collect();
    assert_eq!(rows.len(), 4, "{}", ran.stdout);
    assert!(rows[0].contains("a time of -5 s"), "{}", rows[0]);
    assert!(rows[2].ends_with(','), "{}", rows[2]);
    assert!(rows[3].contains("3000 C is outside"), "{}", rows[3]);
}
