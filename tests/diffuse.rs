//! `libchar diffuse` as its user types it.

use crate::common::{Sandbox, assert_schema};

const BASE: &str = "\
name = \"base\"
[substrate]
dopant = \"phosphorus\"
conc_cm3 = 1e16
[[step]]
type = \"implant\"
species = \"boron\"
dose_cm2 = 1e14
energy_kev = 50
[[step]]
name = \"drive\"
type = \"drive\"
temperature = \"1000 C\"
time = \"60 min\"
";

fn base() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("base.toml", BASE);
    sandbox
}

/// Value of a row `figure,value,...` of CSV.
fn value(csv: &str, figure: &str) -> f64 {
    let line = csv.lines().find(|line| line.split(',').next() == Some(figure));
    let line = line.unwrap_or_else(|| panic!("{figure} is not in {csv}"));
    line.split(',').nth(1).unwrap().parse().unwrap_or_else(|_| panic!("{line}"))
}

/// Reference: the same recipe by LSODA on SUPREM-IV's own as-implanted profile gives 0.5759 um at
/// 1e16 cm-3 without the background, which moves the junction by less than 1 %.
#[test]
fn a_recipe_gives_figures_profile_picture_and_a_repeatable_run() {
    let sandbox = base();
    let ran = sandbox.run(&[
        "diffuse",
        "base.toml",
        "--profile",
        "p.csv",
        "--svg",
        "p.svg",
        "--report",
        "r.json",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!((value(&ran.stdout, "xj_nm") / 575.9 - 1.0).abs() < 0.01);
    assert!((value(&ran.stdout, "boron.dose_cm2") / 1e14 - 1.0).abs() < 1e-9);
    assert!(ran.stderr.contains("transient-enhanced diffusion"));
    assert!(sandbox.read("p.csv").starts_with("material,depth_um,boron_cm3,phosphorus_cm3,"));
    assert!(sandbox.read("p.svg").contains("boron"));
    assert_schema(&sandbox.read("r.json"));
    let again = sandbox.run(&["diffuse", "run", "base.toml"]);
    assert_eq!(again.stdout, ran.stdout);
    let recipe = sandbox.run(&["history", "show", "latest", "--recipe"]);
    assert_eq!(recipe.stdout, BASE);
    // The profile that was written can be read as an input.
    let rs = sandbox.run(&["diffuse", "rs", "p.csv"]);
    assert_eq!(rs.code, 0, "{}", rs.stderr);
    let line = rs.stdout.lines().nth(1).unwrap();
    let rs: f64 = line.split(',').nth(5).unwrap().parse().unwrap();
    assert!((rs / value(&ran.stdout, "rs_ohm_sq") - 1.0).abs() < 2e-3, "{rs}");
}

#[test]
fn changed_values_are_in_the_recipe_of_the_run() {
    let sandbox = base();
    let args =
        ["diffuse", "base.toml", "--set", "step.drive.time=30 min", "--set", "model.ni=plummer"];
    let ran = sandbox.run(&args);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let recipe = sandbox.run(&["history", "show", "latest", "--recipe"]).stdout;
    let changed = BASE.replace("time = \"60 min\"", "time = \"30 min\"");
    assert_eq!(recipe, format!("{changed}\n[model]\nni = \"plummer\"\n"));
    sandbox.write("again.toml", recipe);
    assert_eq!(sandbox.run(&["diffuse", "again.toml"]).stdout, ran.stdout);
}

#[test]
fn measured_profiles_are_kept_with_the_run() {
    let sandbox = Sandbox::new();
    sandbox.write("sims.csv", "depth_um,conc_cm3\n0,1e19\n0.1,5e18\n0.2,1e16\n0.3,1e13\n");
    sandbox.write(
        "sims.toml",
        "[[initial]]\nspecies = \"boron\"\nprofile = \"sims.csv\"\n\
         [[step]]\ntype = \"anneal\"\ntemperature = \"950 C\"\ntime = \"20 min\"\n",
    );
    let ran = sandbox.run(&["diffuse", "sims.toml", "--depfile", "sims.d", "--report", "r.json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(sandbox.read("sims.d").contains("sims.csv"));
    let recipe = sandbox.run(&["history", "show", "latest", "--recipe"]).stdout;
    std::fs::remove_file(sandbox.path().join("sims.csv")).unwrap();
    sandbox.write("again.toml", recipe);
    assert_eq!(sandbox.run(&["diffuse", "again.toml"]).stdout, ran.stdout);
}

#[test]
fn measured_temperatures_are_read_told_and_kept_with_the_run() {
    let sandbox = base();
    let spike = "Tool;RTP 3\n\nTime;Pyro;TC\ns;\u{b0}C;\u{b0}C\n0;600;598\n2,5;1050;1046\n3,5;1050;1047\n10;600;601\n";
    sandbox.write("rta.csv", spike);
    let recipe = BASE.replace(
        "temperature = \"1000 C\"\ntime = \"60 min\"",
        "profile = \"rta.csv\"\ntemp_column = \"Pyro\"\ntemp_offset_c = 5",
    );
    sandbox.write("rta.toml", &recipe);
    let ran = sandbox.run(&["diffuse", "rta.toml", "--depfile", "rta.d"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(sandbox.read("rta.d").contains("rta.csv"));
    for said in [
        "step 2 (drive): rta.csv is read with separator ';' decimal ,",
        "4 samples of the temperature are followed by 3 straight pieces, at most 0.00 C off",
        "5 C are added to every sample",
    ] {
        assert!(ran.stderr.contains(said), "{said}: {}", ran.stderr);
    }
    let kept = sandbox.run(&["history", "show", "latest", "--recipe"]).stdout;
    let slopes =
        sandbox.run(&["diffuse", "sensitivity", "rta.toml", "--to", "step.2.temp_offset_c"]);
    assert!(
        slopes.stdout.contains("step.2.temp_offset_c,5,K,xj_nm"),
        "{}{}",
        slopes.stdout,
        slopes.stderr
    );
    sandbox.write("rta.csv", "time_s,Pyro\n0,600\n1,x\n");
    let bad = sandbox.run(&["diffuse", "rta.toml"]);
    assert_eq!(bad.code, 2);
    assert!(bad.stderr.contains("rta.csv:1:1: column `Pyro` has no unit"), "{}", bad.stderr);
    std::fs::remove_file(sandbox.path().join("rta.csv")).unwrap();
    sandbox.write("again.toml", kept);
    assert_eq!(sandbox.run(&["diffuse", "again.toml"]).stdout, ran.stdout);
}

#[test]
fn resistivity_over_depth_is_that_of_the_mobility_model() {
    let sandbox = base();
    let args = ["diffuse", "base.toml", "--spreading", "s.csv", "--contact-radius", "5"];
    let ran = sandbox.run(&args);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let text = sandbox.read("s.csv");
    let last: Vec<&str> = text.lines().last().unwrap().split(',').collect();
    // The undisturbed wafer, 1e16 of phosphorus: 0.52725 ohm cm with Masetti's mobility.
    let rho: f64 = last[4].parse().unwrap();
    assert!(
        last[1] == "n" && last[7] == "masetti" && (rho / 0.52725 - 1.0).abs() < 1e-3,
        "{last:?}"
    );
    let ohm: f64 = last[5].parse().unwrap();
    assert!((ohm / (rho / 10e-4) - 1.0).abs() < 1e-9, "{last:?}");
    assert_eq!(sandbox.run(&["diffuse", "base.toml", "--contact-radius", "5"]).code, 2);
    let radius = ["diffuse", "base.toml", "--spreading", "s.csv", "--contact-radius", "0"];
    assert_eq!(sandbox.run(&radius).code, 2);
}

#[test]
fn limits_decide_the_exit_code() {
    let sandbox = Sandbox::new();
    sandbox.write("base.toml", format!("{BASE}[limits]\nxj_nm = {{ max = 500 }}\n"));
    let ran = sandbox.run(&["diffuse", "base.toml"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("xj_nm misses its limits"));
    assert_eq!(sandbox.run(&["diffuse", "base.toml", "--exit-zero"]).code, 0);
    sandbox.write("base.toml", format!("{BASE}[limits]\nxj_um = {{ max = 500 }}\n"));
    let ran = sandbox.run(&["diffuse", "base.toml"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("base.toml:16:1: unknown key figure `xj_um`"), "{}", ran.stderr);
    assert!(ran.stderr.contains("did you mean `xj_nm`"), "{}", ran.stderr);
}

#[test]
fn every_fault_of_a_recipe_is_said_with_its_place() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "bad.toml",
        "\
[substrate]
dopant = \"phosphorous\"
conc_cm3 = 1e15
[model]
ni = \"plumer\"
[[step]]
type = \"implant\"
species = \"boron\"
dose_cm2 = 1e14
energy_kev = 5000
[[step]]
type = \"drive\"
temperature = \"1000 C\"
time = \"-30 min\"
[[step]]
type = \"anneal\"
temperature = \"1600 C\"
time = 30
[[step]]
type = \"strip\"
[[step]]
type = \"aneal\"
",
    );
    let ran = sandbox.run(&["diffuse", "bad.toml"]);
    assert_eq!(ran.code, 2);
    assert_eq!(ran.stdout, "");
    let expected = [
        "bad.toml:2:10: unknown species `phosphorous`\n",
        "  did you mean `phosphorus`?",
        "bad.toml:5:6: unknown ni `plumer`",
        "bad.toml:10:14: energy 5000 keV is outside the boron range table in silicon (0.2 to 1000 keV)",
        "bad.toml:14:8: a time of -1800 s\n  expected a time above 0",
        "bad.toml:18:8: `time` is 30 without a unit",
        "bad.toml:20:8: strip where there is no oxide",
        "bad.toml:22:8: unknown step type `aneal`",
        "  did you mean `anneal`?",
    ];
    for text in expected {
        assert!(ran.stderr.contains(text), "{text:?} is not in\n{}", ran.stderr);
    }
}

#[test]
fn temperatures_outside_a_set_name_the_set() {
    let sandbox = Sandbox::new();
    let hot = BASE.replace("1000 C", "1600 C");
    sandbox.write("hot.toml", hot);
    let ran = sandbox.run(&["diffuse", "hot.toml"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("hot.toml:13:15: 1600 C is outside the range of diffusivity set `suprem4` (700 to 1300 C)"),
        "{}",
        ran.stderr
    );
}

#[test]
fn bad_measured_depths_name_their_file() {
    let sandbox = Sandbox::new();
    sandbox.write("sims.csv", "depth_um,conc_cm3\n0.1,1e17\n0.05,1e16\n-0.2,1e15\n");
    sandbox.write(
        "sims.toml",
        "[[initial]]\nspecies = \"boron\"\nprofile = \"sims.csv\"\n[[step]]\ntype = \"anneal\"\ntemp_c = 1000\ntime_s = 60\n",
    );
    let ran = sandbox.run(&["diffuse", "sims.toml"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("sims.csv:3:1: depth 0.05 after 0.1"), "{}", ran.stderr);
    assert!(ran.stderr.contains("sims.csv:4:1: negative depth -0.2"), "{}", ran.stderr);
}

#[test]
fn a_failing_run_leaves_no_file() {
    let sandbox = Sandbox::new();
    sandbox.write("shallow.toml", format!("{BASE}[grid]\ndepth = \"0.4 um\"\n"));
    let ran = sandbox.run(&["diffuse", "shallow.toml", "--profile", "p.csv", "--report", "r.json"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains(
            "shallow.toml:12:8: step 2: the profile reaches the end of the domain at 0.4 um"
        ),
        "{}",
        ran.stderr
    );
    assert!(!sandbox.path().join("p.csv").exists() && !sandbox.path().join("r.json").exists());
}

#[test]
fn solve_finds_both_times_and_says_when_there_is_none() {
    let sandbox = Sandbox::new();
    // Drive-in of 5e14 cm-2 with a constant D: 17181 s by formula; a second solution comes far
    // later, when the surface has thinned out.
    sandbox.write(
        "sheet.toml",
        "[substrate]\ndopant = \"phosphorus\"\nconc_cm3 = 1e15\n[model]\ndiffusion = \"constant\"\n\
         [model.diffusivity.boron]\nx = [0.76, 3.46]\n[[step]]\ntype = \"sheet\"\nspecies = \"boron\"\n\
         dose_cm2 = 5e14\n[[step]]\ntype = \"drive\"\ntemperature = \"1100 C\"\ntime = \"1 h\"\n",
    );
    let args = [
        "diffuse",
        "solve",
        "sheet.toml",
        "--target",
        "xj_nm=3000",
        "--vary",
        "step.2.time=10min..20h",
    ];
    let ran = sandbox.run(&args);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(ran.stdout.lines().count(), 2);
    assert!((value(&ran.stdout, "step.2.time_s") / 17181.237 - 1.0).abs() < 3e-3, "{}", ran.stdout);
    let args = [
        "diffuse",
        "solve",
        "sheet.toml",
        "--target",
        "xj_nm=9000",
        "--vary",
        "step.2.time=10min..1h",
    ];
    let ran = sandbox.run(&args);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("xj_nm = 9000 nm cannot be met"), "{}", ran.stderr);
}

#[test]
fn sweep_and_sensitivity_agree() {
    let sandbox = base();
    let args = [
        "diffuse",
        "sweep",
        "base.toml",
        "--vary",
        "step.drive.temp_c=995,1005",
        "--figures",
        "xj_nm",
        "--format",
        "json",
    ];
    let ran = sandbox.run(&args);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_schema(&ran.stdout);
    let sweep: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let xj = |row: usize| sweep["rows"][row]["xj_nm"].as_f64().unwrap();
    let slope = (xj(1) - xj(0)) / 10.0;
    let args = [
        "diffuse",
        "sensitivity",
        "base.toml",
        "--of",
        "xj_nm",
        "--to",
        "step.2.temperature",
        "--format",
        "json",
    ];
    let ran = sandbox.run(&args);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_schema(&ran.stdout);
    let row: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let direct = row["rows"][0]["slope"].as_f64().unwrap();
    assert!((slope / direct - 1.0).abs() < 0.05, "{slope} {direct}");
    assert_eq!(row["rows"][0]["slope_unit"], "nm per C");
}

#[test]
fn a_sweep_goes_on_past_a_run_that_fails() {
    let sandbox = base();
    let ran =
        sandbox.run(&["diffuse", "sweep", "base.toml", "--vary", "step.1.energy_kev=50,5000"]);
    assert_eq!(ran.code, 1);
    assert_eq!(ran.stdout.lines().count(), 3);
    assert!(ran.stdout.contains("energy 5000 keV is outside"), "{}", ran.stdout);
}

#[test]
fn calibration_recovers_the_constant_that_made_the_data() {
    let sandbox = base();
    let made = sandbox.run(&[
        "diffuse",
        "base.toml",
        "--profile",
        "made.csv",
        "--set",
        "model.diffusivity.boron={ x = [0.037, 3.46], p = [1.1, 3.46] }",
    ]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    let boron: String = sandbox
        .read("made.csv")
        .lines()
        .map(|line| line.split(',').collect::<Vec<_>>())
        .enumerate()
        .filter(|(i, _)| i % 12 == 0)
        .map(|(_, cells)| format!("{},{}\n", cells[1], cells[2]))
        .collect();
    sandbox.write("sims.csv", boron);
    let ran = sandbox.run(&[
        "diffuse",
        "calibrate",
        "base.toml",
        "--fit",
        "boron.p.d0",
        "--measured",
        "sims.csv",
        "--format",
        "json",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_schema(&ran.stdout);
    let fit: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let number = |name: &str| fit["rows"][0][name].as_f64().unwrap();
    assert!((number("value") / 1.1 - 1.0).abs() < 0.01, "{}", ran.stdout);
    assert!(number("low95") <= number("value") && number("value") <= number("high95"));
}

#[test]
fn uniformity_sums_up_a_boat() {
    let sandbox = base();
    sandbox.write("boat.csv", "slot,dtemp_c\n1,-2\n2,0\n3,2\n");
    let ran = sandbox.run(&[
        "diffuse",
        "uniformity",
        "base.toml",
        "--map",
        "boat.csv",
        "--figures",
        "xj_nm",
        "--svg",
        "b.svg",
        "--sites",
        "s.csv",
        "--format",
        "json",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_schema(&ran.stdout);
    assert!(sandbox.read("b.svg").contains("slot"));
    assert_eq!(sandbox.read("s.csv").lines().count(), 4);
    sandbox.write("bad.csv", "slot,dtemp_c\n1,warm\n");
    let ran = sandbox.run(&["diffuse", "uniformity", "base.toml", "--map", "bad.csv"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.starts_with("bad.csv:2:3: `warm`"), "{}", ran.stderr);
}

#[test]
fn small_tools_print_reference_values() {
    let sandbox = Sandbox::new();
    let ran = sandbox.run(&[
        "diffuse",
        "oxide",
        "--ambient",
        "dry",
        "--temp",
        "1000C",
        "--time",
        "1h",
        "--format",
        "json",
    ]);
    assert_schema(&ran.stdout);
    // Radau integration of Deal-Grove with Massoud's term: 47.968 nm.
    let oxide: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert!((oxide["rows"][0]["tox_nm"].as_f64().unwrap() / 47.968 - 1.0).abs() < 1e-4);
    let erfc = [
        "diffuse",
        "closed",
        "erfc",
        "--surface",
        "1e20",
        "--d0",
        "0.76",
        "--ea",
        "3.46",
        "--temp",
        "1000C",
        "--time",
        "30min",
        "--background",
        "1e15",
    ];
    let ran = sandbox.run(&erfc);
    assert!(ran.stdout.contains("dose,,5919352539326"), "{}", ran.stdout);
    assert!(ran.stdout.contains("xj,1e15,327.7016243471"), "{}", ran.stdout);
    let ran = sandbox.run(&["diffuse", "resistivity", "boron", "1e18", "--format", "json"]);
    assert_schema(&ran.stdout);
    assert!(ran.stdout.contains("0.0389335193612"), "{}", ran.stdout);
    assert_eq!(
        sandbox
            .run(&["diffuse", "oxide", "--ambient", "dry", "--temp", "200C", "--time", "1h"])
            .code,
        2
    );
    assert_eq!(sandbox.run(&["diffuse", "closed", "gaussian", "--dose", "1e14"]).code, 2);
}

#[test]
fn golden_recipes_hold() {
    let sandbox = Sandbox::new();
    let golden = crate::common::repository().join("examples/golden");
    let ran = sandbox.run(&[
        "diffuse",
        "check",
        golden.to_str().unwrap(),
        "--junit",
        "g.xml",
        "--format",
        "json",
    ]);
    assert_schema(&ran.stdout);
    let result: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let rows = result["rows"].as_array().unwrap();
    let wrong: Vec<_> = rows.iter().filter(|row| row["ok"] != true).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(ran.code, 0);
    let recipes: std::collections::BTreeSet<_> =
        rows.iter().map(|row| row["recipe"].as_str()).collect();
    assert!(recipes.len() >= 50, "{} recipes", recipes.len());
    assert!(sandbox.read("g.xml").contains("failures=\"0\""));
}

#[test]
fn a_golden_recipe_that_differs_is_a_finding() {
    let sandbox = Sandbox::new();
    let golden =
        format!("{BASE}[expect]\nxj_nm = 400\n[origin]\nkind = \"analytic\"\nsource = \"none\"\n");
    sandbox.write("g/a.toml", golden);
    sandbox.write("g/b.toml", BASE);
    let ran = sandbox.run(&["diffuse", "check", "g", "--junit", "g.xml"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stdout.contains("no [origin]"), "{}", ran.stdout);
    let xml = sandbox.read("g.xml");
    assert!(xml.contains("failures=\"2\"") && xml.contains("expected 400 within 2 %"), "{xml}");
}

/// Twenty junctions and sheet resistances at five temperatures with 2 % of noise, made with known
/// constants: the fit finds both constants again despite the noise.
#[test]
fn prefactor_and_energy_are_found_together() {
    let sandbox = base();
    let temps = [950.0, 975.0, 1000.0, 1025.0, 1050.0];
    let mut rows = Vec::new();
    for temp in temps {
        for minutes in [30, 90] {
            let ran = sandbox.run(&[
                "diffuse",
                "base.toml",
                "-q",
                "--set",
                &format!("step.drive.temp_c={temp}"),
                "--set",
                &format!("step.drive.time={minutes} min"),
            ]);
            let (xj, rs) = (value(&ran.stdout, "xj_nm"), value(&ran.stdout, "rs_ohm_sq"));
            rows.push((temp, 60 * minutes, xj, rs));
        }
    }
    for seed in 0..3_u32 {
        let mut table = "step.2.temp_c,step.2.time_s,xj_nm,rs_ohm_sq\n".to_owned();
        let mut state = 12_345 + seed;
        let mut noise = || {
            let draws = (0..12).map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                f64::from(state) / f64::from(u32::MAX)
            });
            1.0 + 0.02 * (draws.sum::<f64>() - 6.0)
        };
        for (temp, time, xj, rs) in &rows {
            table += &format!("{temp},{time},{},{}\n", xj * noise(), rs * noise());
        }
        sandbox.write("measured.csv", table);
        let ran = sandbox.run(&[
            "diffuse",
            "calibrate",
            "base.toml",
            "--fit",
            "boron.p.d0,boron.p.ea",
            "--measured",
            "measured.csv",
            "--format",
            "json",
        ]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let fit: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
        for (row, truth) in [(0, 0.76), (1, 3.46)] {
            let number = |name: &str| fit["rows"][row][name].as_f64().unwrap();
            // 95 % intervals of two parameters: in three draws the true value is seldom outside,
            // and never far.
            let (low, high) = (number("low95"), number("high95"));
            let room = (high / low).sqrt();
            assert!(low / room < truth && truth < high * room, "{}", ran.stdout);
        }
    }
}

/// The +1 damage of an implant in clusters: deeper than the Fermi model, and every parameter in the report.
#[test]
fn point_defects_deepen_an_implant_and_are_all_reported() {
    let sandbox = base();
    let model = ["--set", "model.defects=two_dim", "--set", "model.damage=clusters"];
    let short = ["diffuse", "base.toml", "--set", "step.drive.temperature=900 C"];
    let fermi = sandbox.run(&short);
    assert!(fermi.stderr.contains("transient-enhanced diffusion"), "{}", fermi.stderr);
    let args = [&short[..], &model[..], &["--report", "r.json", "--profile", "p.csv"]].concat();
    let ran = sandbox.run(&args);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(!ran.stderr.contains("transient-enhanced diffusion"), "{}", ran.stderr);
    assert!(value(&ran.stdout, "xj_nm") > 1.2 * value(&fermi.stdout, "xj_nm"), "{}", ran.stdout);
    assert!(value(&ran.stdout, "clusters_cm2") < 1e14);
    assert!(sandbox.read("p.csv").lines().next().unwrap().ends_with("v_over_vstar,clusters_cm3"));
    let report = sandbox.read("r.json");
    assert_schema(&report);
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    let model = &report["model"];
    assert_eq!(model["point_defects.i_diffusivity"], "1.03e6 cm2/s, 3.22 eV");
    assert!(model["point_defects"].as_str().unwrap().contains("SUPREM-IV.GS"));
    assert_eq!(model["damage"], "clusters");
    // The profile can be read as an input.
    assert_eq!(sandbox.run(&["diffuse", "rs", "p.csv"]).code, 0);
}
