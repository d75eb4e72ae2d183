//! Samples of varied parameters: from the table to the statistics, with ngspice.

use crate::common::cluster::Cluster;
use crate::common::{Sandbox, assert_schema, has_ngspice, reference_data};
use std::collections::BTreeMap;

/// The example with this number of samples.
fn mismatch(samples: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.copy("examples/mismatch");
    sandbox.write(
        "mismatch/config.cfg",
        format!("simulator=ngspice\nCPU=1\nMEM=1\nsamples={samples}\nseed=1\n"),
    );
    sandbox
}

fn stages(sandbox: &Sandbox, more: &[&str]) {
    for stage in ["gen", "run", "ext"] {
        let mut args = vec!["-C", "mismatch", stage];
        args.extend(more.iter().filter(|_| stage == "run"));
        let ran = sandbox.run(&args);
        assert_eq!(ran.code, 0, "{stage}: {}", ran.stderr);
    }
}

/// Rows of a CSV file by column name.
fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().unwrap().split(',').collect();
    let row = |line: &str| {
        names.iter().map(|n| (*n).to_owned()).zip(line.split(',').map(str::to_owned)).collect()
    };
    lines.map(row).collect()
}

/// Each sample agrees with its closed form: (VDD + dvtn - dvtp)/2 and ln 2 R C.
#[test]
fn each_sample_is_that_of_its_draws() {
    if !has_ngspice() {
        return;
    }
    let sandbox = mismatch("40");
    stages(&sandbox, &[]);
    let draws = rows(&sandbox.read("mismatch/samples.csv"));
    assert_eq!(draws.len(), 40);
    let results = sandbox.read("mismatch/results.csv");
    assert!(
        results.starts_with(
            "point,corner,extraction,temp_c,supply,alter,measure,value,status,sample\n"
        )
    );
    let mut seen = 0;
    for row in rows(&results) {
        let value: f64 = row["value"].parse().unwrap();
        let nominal = BTreeMap::new();
        let draw = match row["sample"].as_str() {
            "" => &nominal,
            sample => &draws[sample.parse::<usize>().unwrap() - 1],
        };
        let of = |name: &str, nominal: f64| draw.get(name).map_or(nominal, |v| v.parse().unwrap());
        let vdd = if row["supply"] == "v1min" { 1.62 } else { 1.8 };
        let expected = match row["measure"].as_str() {
            "vth" => (vdd + of("dvt.mn1", 0.0) - of("dvt.mp1", 0.0)) / 2.0,
            _ => std::f64::consts::LN_2 * of("rsh", 1e3) * 1e-12,
        };
        assert!((value / expected - 1.0).abs() < 5e-5, "{row:?}, expected {expected:e}");
        seen += 1;
    }
    assert_eq!(seen, 2 * 2 * 41);
    let points = sandbox.run(&["-C", "mismatch", "ext", "--format", "json"]);
    assert_schema(&points.stdout);
}

/// Neither the number of jobs nor batching nor earlier simulations change a byte; with more
/// samples, the others stay as they are.
#[test]
fn results_depend_on_the_draws_alone() {
    if !has_ngspice() {
        return;
    }
    let sandbox = mismatch("70");
    stages(&sandbox, &["-j", "1"]);
    let first = sandbox.read("mismatch/results.csv");
    let other = mismatch("30");
    stages(&other, &["-j", "2"]);
    other.write("mismatch/config.cfg", "simulator=ngspice\nCPU=1\nMEM=1\nsamples=70\nseed=1\n");
    let ran = other.run(&["-C", "mismatch", "gen"]);
    assert!(ran.stderr.contains("0 decks written, 2 unchanged"), "{}", ran.stderr);
    let todo = other.run(&["-C", "mismatch", "run", "--dry-run"]).stdout;
    let first_sample = |id: &str| -> u64 {
        id.rsplit_once("/mc_").unwrap().1.split('-').next().unwrap().parse().unwrap()
    };
    assert!(todo.lines().count() > 2 && todo.lines().all(|id| first_sample(id) > 30), "{todo}");
    stages(&other, &["-j", "2"]);
    assert_eq!(other.read("mismatch/results.csv"), first);
    let alone = mismatch("70");
    alone.write("mismatch/libchar.toml", "[run]\nbatch = false\n");
    stages(&alone, &[]);
    assert_eq!(alone.read("mismatch/results.csv"), first);
}

#[test]
fn the_statistics_are_those_of_the_closed_forms() {
    if !has_ngspice() {
        return;
    }
    let sandbox = mismatch("200");
    stages(&sandbox, &[]);
    let ran = sandbox.run(&["-C", "mismatch", "srt", "--format", "json", "--pictures", "plots"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_schema(&ran.stdout);
    let document: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let statistics = &document["statistics"];
    assert_eq!(
        (&statistics["samples"], &statistics["parameters"][0]),
        (&200.into(), &"dvt.mn1".into())
    );
    let find = |name: &str| {
        let all = statistics["measures"].as_array().unwrap();
        all.iter()
            .find(|m| m["measure"] == name && m["point"].as_str().unwrap().ends_with("v1nom"))
            .unwrap()
    };
    // Within five standard errors of 200 samples: 5/sqrt(200) of the mean in sigma, 5/sqrt(400) of sigma.
    for (name, mean, sd) in
        [("vth", 0.9, 0.02 / 2f64.sqrt()), ("t50", 6.9315e-10, 0.05 * 6.9315e-10)]
    {
        let found = find(name);
        let number = |of: &serde_json::Value| of.as_f64().unwrap();
        assert!((number(&found["mean"]["value"]) - mean).abs() < 0.36 * sd, "{found}");
        assert!((number(&found["sd"]["value"]) / sd - 1.0).abs() < 0.25, "{found}");
        let linear = number(&found["sensitivity"]["linear_sd"]);
        assert!((linear / sd - 1.0).abs() < 1e-3, "{linear:e} against {sd:e}");
    }
    let slope =
        |i: usize| find("vth")["sensitivity"]["effects"][i]["slope"]["value"].as_f64().unwrap();
    assert!((slope(0) - 0.5).abs() < 1e-4 && (slope(1) + 0.5).abs() < 1e-4);
    let yielded = find("vth")["yield"]["passing"].as_u64().unwrap();
    let within = rows(&sandbox.read("mismatch/results.csv"));
    let within = within.iter().filter(|row| {
        row["measure"] == "vth" && row["supply"] == "v1nom" && !row["sample"].is_empty()
    });
    let within =
        within.filter(|row| (0.77..=0.94).contains(&row["value"].parse::<f64>().unwrap())).count();
    assert_eq!(yielded, within as u64);
    let mut wider = document.clone();
    wider["statistics"]["measures"][0]["sd"]["value"] = serde_json::json!(1.0);
    sandbox.write("old.json", document.to_string());
    sandbox.write("new.json", wider.to_string());
    let compared = sandbox.run(&["diff", "old.json", "new.json", "--format", "csv"]);
    assert_eq!(compared.code, 1, "{}", compared.stderr);
    assert!(
        compared.stdout.lines().nth(1).is_some_and(|line| line.contains(" sd,")),
        "{}",
        compared.stdout
    );
    assert_eq!(compared.stdout.lines().count(), 2, "{}", compared.stdout);
    let text = sandbox.read("mismatch/statistics.txt");
    assert!(text.contains("samples that keep all limits at all points: "), "{text}");
    let svg = sandbox.read("mismatch/plots/vth_TT_typical_typical_27_v1nom_histogram.svg");
    assert!(svg.starts_with("<svg"), "{svg}");
    let ran = sandbox.run(&["-C", "mismatch", "report", "--html", "page.html", "--measure", "vth"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let page = sandbox.read("mismatch/page.html");
    for part in
        ["200 samples of each point", "id=\"hist-vth-t\"", "id=\"qq-vth-t\"", "vth against dvt.mn1"]
    {
        assert!(page.contains(part), "{part}");
    }
    assert!(!page.contains("id=\"s-t50\""));
}

/// If R and C both vary, ln 2 R C gains ln 2 R C a b with both one sigma up, beyond the effect of
/// each alone.
#[test]
fn an_interaction_is_that_of_the_closed_form() {
    if !has_ngspice() {
        return;
    }
    let sandbox = mismatch("60");
    let template = sandbox.read("mismatch/template/sim_tx.sp");
    let varied = template.replace("{{ mc.rsh }}", "{{ mc.rsh }} fc={{ mc.fc }}");
    sandbox.write("mismatch/template/sim_tx.sp", varied.replace("c1 out 0 1p", "c1 out 0 {1p*fc}"));
    let table = sandbox.read("mismatch/configuration/table_variation.csv");
    sandbox
        .write("mismatch/configuration/table_variation.csv", format!("{table}fc,normal,1,10%,\n"));
    let toml = sandbox.read("mismatch/libchar.toml");
    sandbox.write("mismatch/libchar.toml", format!("{toml}\n[report]\ninteractions = true\n"));
    stages(&sandbox, &[]);
    let ran = sandbox.run(&["-C", "mismatch", "srt", "--format", "json"]);
    assert_schema(&ran.stdout);
    let document: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let all = document["statistics"]["measures"].as_array().unwrap();
    let found = &all.iter().find(|m| m["measure"] == "t50").unwrap()["sensitivity"]["interactions"];
    let pairs = found["pairs"].as_array().unwrap();
    let pair = pairs.iter().find(|p| p["parameters"] == serde_json::json!(["rsh", "fc"])).unwrap();
    let expected = std::f64::consts::LN_2 * 1e-9 * 0.05 * 0.1;
    let effect = pair["effect"]["value"].as_f64().unwrap();
    assert!((effect / expected - 1.0).abs() < 0.01, "{effect:e} against {expected:e}");
    let text = sandbox.read("mismatch/statistics.txt");
    assert!(text.contains("\ninteractions") && text.contains("rsh x fc"), "{text}");
}

/// t50 varies by 5 %, so that 1.96 · 5 %/√n reaches 0.5 % after 400 samples, whatever the number of
/// jobs and the earlier samples.
#[test]
fn samples_are_taken_until_the_interval_is_narrow() {
    if !has_ngspice() {
        return;
    }
    let sandbox = mismatch("auto:0.6%");
    let ran = sandbox.run(&["-C", "mismatch", "flow", "gen", "run", "ext", "srt", "-j", "2"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let samples = |sandbox: &Sandbox| sandbox.read("mismatch/samples.csv").lines().count() - 1;
    assert_eq!(samples(&sandbox), 400, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("400 samples are enough: the 95 % interval of the mean of t50"),
        "{}",
        ran.stderr
    );
    // Starting with more samples than needed, it comes to the same result.
    let other = mismatch("450");
    stages(&other, &["-j", "1"]);
    other.write(
        "mismatch/config.cfg",
        "simulator=ngspice\nCPU=1\nMEM=1\nsamples=auto:0.6%\nseed=1\n",
    );
    let ran = other.run(&["-C", "mismatch", "flow", "gen", "run", "ext", "srt"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(other.read("mismatch/results.csv"), sandbox.read("mismatch/results.csv"));
    assert_eq!(other.read("mismatch/statistics.txt"), sandbox.read("mismatch/statistics.txt"));
    // Stage by stage, `gen` reports how far it is.
    let third = mismatch("auto:yield:5%");
    third.write("mismatch/libchar.toml", "");
    let ran = third.run(&["-C", "mismatch", "gen"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("no measure has a limit"), "{}", ran.stderr);
}

/// A one-at-a-time design needs six simulations for each point, and its sigma is that of the closed
/// form.
#[test]
fn one_at_a_time_gives_the_linear_sigma() {
    if !has_ngspice() {
        return;
    }
    let sandbox = mismatch("oat");
    stages(&sandbox, &[]);
    assert_eq!(sandbox.read("mismatch/samples.csv").lines().count(), 1 + 6);
    let ran = sandbox.run(&["-C", "mismatch", "srt", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let found = &document["statistics"]["measures"][0];
    assert_eq!((&found["measure"], &found["mean"]), (&"vth".into(), &serde_json::Value::Null));
    let linear = found["sensitivity"]["linear_sd"].as_f64().unwrap();
    assert!((linear / (0.02 / 2f64.sqrt()) - 1.0).abs() < 1e-3, "{linear}");
}

/// A sample that fails is counted, and the other samples are used.
#[test]
fn samples_without_a_value_are_counted() {
    if !has_ngspice() {
        return;
    }
    let sandbox = mismatch("40");
    let template = sandbox.read("mismatch/template/sim_tx.sp");
    // If the capacitor is charged too slowly, this level is never reached: 1 - exp(-5 ns / RC) at
    // the end is 0.9933 at nominal.
    let late = template.replace("val=0.5 rise=1\n.end", "val=0.993 rise=1\n.end");
    sandbox.write("mismatch/template/sim_tx.sp", late);
    assert_eq!(sandbox.run(&["-C", "mismatch", "gen"]).code, 0);
    let ran = sandbox.run(&["-C", "mismatch", "run"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(ran.stderr.contains("/mc_"), "{}", ran.stderr);
    assert_eq!(sandbox.run(&["-C", "mismatch", "ext"]).code, 1);
    let results = rows(&sandbox.read("mismatch/results.csv"));
    let lacking =
        results.iter().filter(|row| row["value"].is_empty() && !row["sample"].is_empty()).count();
    assert!(lacking > 0 && lacking < 80, "{lacking}");
    assert_eq!(
        results.iter().filter(|row| row["measure"] == "vth" && row["value"].is_empty()).count(),
        0
    );
    let ran = sandbox.run(&["-C", "mismatch", "srt", "--format", "json"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.stderr.contains(&format!("{lacking} values of samples are missing")),
        "{}",
        ran.stderr
    );
}

const RANDOM: &str = "* {{ point }}\n.temp {{ temp }}\n.param vccn={{ vccn }}\n.param r=agauss(1k,100,1)\nv1 a 0 {vccn}\nr1 a b {r}\nr2 b 0 1k\n.tran 1n 10n\n.meas tran vb find v(b) at=5n\n.end\n";

#[test]
fn random_functions_need_a_seed_and_get_one_a_sample() {
    let sandbox = mismatch("none");
    sandbox.write("mismatch/template/sim_tx.sp", RANDOM);
    sandbox.write("mismatch/config.cfg", "simulator=ngspice\n");
    let ran = sandbox.run(&["-C", "mismatch", "gen"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("template/sim_tx.sp:4:10: the random function `agauss` has no seed: each simulation would give other values"),
        "{}",
        ran.stderr
    );
    sandbox.write("mismatch/config.cfg", "simulator=ngspice\nsamples=5\nseed=3\n");
    sandbox.write("mismatch/libchar.toml", "");
    let ran = sandbox.run(&["-C", "mismatch", "gen"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let deck = |sample: usize| {
        sandbox
            .read(&format!("mismatch/TT/typical/typical_27/v1nom/mc_{sample}-{sample}/sim_tx.sp"))
    };
    assert!(deck(1).contains("\n.option seed=") && deck(1) != deck(2).replace("mc_2-2", "mc_1-1"));
    if !has_ngspice() {
        return;
    }
    stages(&sandbox, &[]);
    let first = sandbox.read("mismatch/results.csv");
    assert_eq!(sandbox.run(&["-C", "mismatch", "run", "--again", "-j", "2"]).code, 0);
    assert_eq!(sandbox.run(&["-C", "mismatch", "ext"]).code, 0);
    assert_eq!(sandbox.read("mismatch/results.csv"), first);
    let values: std::collections::BTreeSet<String> = rows(&first)
        .into_iter()
        .filter(|row| row["supply"] == "v1nom")
        .map(|row| row["value"].clone())
        .collect();
    assert_eq!(values.len(), 6, "each sample has a seed of its own");
}

/// Random functions in models are found where decks read them: in the section that the corner
/// chooses, or in an included file.
#[test]
fn random_functions_of_libraries_need_a_seed_too() {
    let sandbox = mismatch("none");
    sandbox.write("mismatch/config.cfg", "simulator=ngspice\n");
    sandbox.write("mismatch/libchar.toml", "");
    let template = RANDOM.replace("agauss(1k,100,1)", "1k\n.lib models.lib {{ corner }}");
    sandbox.write("mismatch/template/sim_tx.sp", template);
    let library = ".lib TT\n.include plain.inc\n.endl\n.lib MC\n.param q=0\n.endl\n";
    sandbox.write("mismatch/models.lib", library);
    sandbox.write(
        "mismatch/plain.inc",
        "* agauss(0,1,1)\n.param sw=1\n.param dv='sw*agauss(0,1m,1)'\n",
    );
    let ran = sandbox.run(&["-C", "mismatch", "gen"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("plain.inc:3:15: the random function `agauss` has no seed: each simulation would give other values"),
        "{}",
        ran.stderr
    );
    // A switch that is 0 turns it off, as process design kits do it; another corner's section is
    // not read.
    sandbox.write("mismatch/plain.inc", ".param sw=0\n.param dv='sw*agauss(0,1m,1)'\n");
    assert_eq!(sandbox.run(&["-C", "mismatch", "gen"]).code, 0);
    sandbox.write("mismatch/plain.inc", ".param dv=0\n");
    sandbox.write("mismatch/models.lib", library.replace(".param q=0", ".param q=agauss(0,1,1)"));
    assert_eq!(sandbox.run(&["-C", "mismatch", "gen"]).code, 0);
    // With a seed, each deck contains the seed, and so its key depends on it.
    sandbox.write("mismatch/plain.inc", ".param dv=gauss(1,0.1,1)\n");
    sandbox.write("mismatch/config.cfg", "simulator=ngspice\nseed=3\n");
    let ran = sandbox.run(&["-C", "mismatch", "gen"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let deck = sandbox.read("mismatch/TT/typical/typical_27/v1nom/sim_tx.sp");
    assert!(deck.contains("\n.option seed="), "{deck}");
}

/// Samples that an HSPICE deck takes by itself are drawn anew at each start, too.
#[test]
fn native_monte_carlo_needs_a_seed() {
    let sandbox = mismatch("none");
    sandbox.write("mismatch/libchar.toml", "");
    let template = "* {{ point }}\n.temp {{ temp }}\n.param vccn={{ vccn }}\nv1 a 0 {vccn}\nr1 a 0 1k\n.tran 1n 10n sweep monte=30\n.meas tran va find v(a) at=5n\n.end\n";
    sandbox.write("mismatch/template/sim_tx.sp", template);
    sandbox.write("mismatch/config.cfg", "simulator=hspice\n");
    let ran = sandbox.run(&["-C", "mismatch", "gen"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("template/sim_tx.sp:6:20: `sweep monte` has no seed"),
        "{}",
        ran.stderr
    );
    sandbox.write("mismatch/config.cfg", "simulator=hspice\nseed=7\n");
    let ran = sandbox.run(&["-C", "mismatch", "gen"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let deck = sandbox.read("mismatch/TT/typical/typical_27/v1nom/sim_tx.sp");
    assert!(deck.contains("\n.option seed=") && deck.contains("sweep monte=30"), "{deck}");
}

#[test]
fn samples_of_nothing_are_refused() {
    let sandbox = mismatch("10");
    let template = sandbox.read("mismatch/template/sim_tx.sp");
    let still =
        template.replace("mc.dvt.mn1", "0").replace("mc.dvt.mp1", "0").replace("mc.rsh", "1000");
    sandbox.write("mismatch/template/sim_tx.sp", &still);
    let ran = sandbox.run(&["-C", "mismatch", "gen"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("config.cfg:4:9: `samples` is `10`, but no deck varies"),
        "{}",
        ran.stderr
    );
    // A quantity of the table that no deck uses is reported.
    sandbox.write("mismatch/template/sim_tx.sp", template.replace("mc.dvt.mn1", "0"));
    let ran = sandbox.run(&["-C", "mismatch", "gen"]);
    assert_eq!(ran.code, 0);
    assert!(
        ran.stderr.contains("no deck has `dvt.mn1`: it varies without effect"),
        "{}",
        ran.stderr
    );
}

/// A cluster gives the same bytes as this machine, even if libchar is killed halfway and started
/// again.
#[test]
fn slurm_gives_the_bytes_of_a_local_run() {
    if !has_ngspice() {
        return;
    }
    let Some(cluster) = Cluster::slurm("29017") else { return };
    let local = mismatch("60");
    stages(&local, &[]);
    let first = local.read("mismatch/results.csv");
    let sandbox = mismatch("60");
    sandbox.write("mismatch/libchar.toml", "[cluster]\npoll = '300ms'\ngrace = '2s'\n");
    let ran = sandbox.run(&["-C", "mismatch", "gen"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let run = ["-C", "mismatch", "run", "--executor", "slurm"];
    let mut killed = cluster.command(&sandbox, &run).spawn().unwrap();
    std::thread::sleep(std::time::Duration::from_secs(2));
    killed.kill().unwrap();
    killed.wait().unwrap();
    let output = cluster.command(&sandbox, &run).output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{stderr}");
    let ran = sandbox.run(&["-C", "mismatch", "ext"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(sandbox.read("mismatch/results.csv"), first);
}

/// An inverter of SkyWater's 130 nm process with mismatch of its thresholds (A_vt / sqrt(W L) with
/// the models' own slopes): one step of each parameter gives the sigma that 1000 samples have.
#[test]
fn sky130_sigma_by_sensitivity_is_that_of_samples() {
    let Some(data) = reference_data().map(|data| data.join("sky130")) else { return };
    if !has_ngspice() {
        return;
    }
    let sigma = |samples: &str| -> Vec<f64> {
        let sandbox = Sandbox::new();
        let library = data.join("sky130_trim.lib.spice");
        sandbox.write("template/sim_tx.sp", SKY130.replace("LIBRARY", &library.to_string_lossy()));
        sandbox.write(
            "config.cfg",
            format!("simulator=ngspice\nCPU=1\nMEM=1\nsamples={samples}\nseed=1\n"),
        );
        for (table, text) in [
            ("corner_list", "corner,extraction,nmos,pmos\ntt,typical,0,0\n"),
            ("supply_list_ac", "v1nom,1.8\n"),
            ("temperature_list", "25\n"),
            (
                "variation",
                "parameter,distribution,nominal,sigma\ndvtn,normal,0,10.7m\ndvtp,normal,0,14.2m\n",
            ),
        ] {
            sandbox.write(&format!("configuration/table_{table}.csv"), text);
        }
        for stage in ["gen", "run", "ext", "srt"] {
            let ran = sandbox.run(&[stage]);
            assert!(ran.code <= 1, "{stage}: {}", ran.stderr);
        }
        let report: serde_json::Value =
            serde_json::from_str(&sandbox.read("creport.json")).unwrap();
        let measures = report["statistics"]["measures"].as_array().unwrap();
        let name =
            if samples == "oat" { &["sensitivity", "linear_sd"][..] } else { &["sd", "value"] };
        measures
            .iter()
            .map(|m| name.iter().fold(m, |m, part| &m[*part]).as_f64().unwrap())
            .collect()
    };
    let (linear, sampled) = (sigma("oat"), sigma("1000"));
    assert_eq!(linear.len(), 2);
    for (linear, sampled) in linear.iter().zip(&sampled) {
        eprintln!("linear {linear:e}, of 1000 samples {sampled:e}, ratio {:.4}", linear / sampled);
        assert!((linear / sampled - 1.0).abs() < 0.08);
    }
}

const SKY130: &str = "* inverter with mismatch {{ point }}
.lib 'LIBRARY' {{ section }}
.temp {{ temp }}
.param vccn={{ vccn }} dvtn={{ mc.dvtn }} dvtp={{ mc.dvtp }}
.option reltol=1e-6 abstol=1e-14 vntol=1e-8
vdd vdd 0 {vccn}
vin in 0 pulse(0 {vccn} 0.2n 40p 40p 1n 2.4n)
vgn gn0 in {-dvtn}
vgp gp0 in {dvtp}
xn out gn0 0 0 sky130_fd_pr__nfet_01v8 w=0.65 l=0.15
xp out gp0 vdd vdd sky130_fd_pr__pfet_01v8_hvt w=1.0 l=0.15
c1 out 0 5f
.tran 100p 2.4n
.meas tran tphl trig v(in) val='vccn/2' rise=1 targ v(out) val='vccn/2' fall=1
.meas tran tplh trig v(in) val='vccn/2' fall=1 targ v(out) val='vccn/2' rise=1
.end
";
