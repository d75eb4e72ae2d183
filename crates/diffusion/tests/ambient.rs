//! Gas mixtures and measured temperatures.

use libchar_diffusion::figures::Figures;
use libchar_diffusion::format::Document;
use libchar_diffusion::gas::Gas;
use libchar_diffusion::model::Model;
use libchar_diffusion::oxidation::{Ambient, Orientation};
use libchar_diffusion::process::{Run, run};

fn solve(text: &str, file: &str) -> (Run, Figures) {
    let parsed = Document::new("t.toml", text).read(&|_| Ok(file.as_bytes().to_vec()));
    let parsed = parsed.unwrap_or_else(|faults| panic!("{faults}"));
    let run = run(&parsed.recipe).unwrap();
    let figures = Figures::of(&parsed.recipe, &run).unwrap();
    (run, figures)
}

fn faults(text: &str, file: &str) -> String {
    let parsed = Document::new("t.toml", text).read(&|_| Ok(file.as_bytes().to_vec()));
    parsed.unwrap_err().to_string()
}

fn figure(figures: &Figures, name: &str) -> f64 {
    figures.get(name).unwrap().unwrap()
}

/// Deal and Grove's closed form from 25 nm, with B and B/A multiplied by Hess and Deal's factors,
/// or by the partial pressure and its power 0.75; calculated independently of this crate.
#[test]
fn chlorine_and_dilution_change_the_rates() {
    let model = Model { massoud: None, ..Model::default() };
    let dry = Gas::pure(Ambient::Dry, 1.0);
    for (orientation, gas, temp_c, hours, expected) in [
        (Orientation::O111, dry, 1000.0, 1.0, 0.06976666601006525),
        (Orientation::O111, Gas { hcl_pct: 3.0, ..dry }, 1000.0, 1.0, 0.09167692310127794),
        (Orientation::O111, Gas { hcl_pct: 6.0, ..dry }, 1050.0, 1.0, 0.1384016210022998),
        (Orientation::O100, Gas { oxidant_pct: 20.0, ..dry }, 1000.0, 2.0, 0.04362931828945312),
    ] {
        let law = model.growth(orientation, gas).unwrap();
        let grown = law.grow(0.025, temp_c, temp_c, 3600.0 * hours);
        assert!((grown / expected - 1.0).abs() < 1e-9, "{gas:?}: {grown}");
    }
}

const STEP: &str = "[[step]]\ntype='oxidize'\ntemp_c=1000\ntime_s=3600\n";

#[test]
fn a_share_of_oxygen_is_its_partial_pressure() {
    let tox = |gas: &str| figure(&solve(&format!("{STEP}{gas}"), "").1, "tox_nm");
    let diluted = tox("ambient='dry'\npressure_atm=2\no2_pct=15");
    assert_eq!(diluted, tox("ambient='dry'\npressure_atm=0.3"));
    assert_eq!(tox("ambient='wet'\nh2o_pct=40"), tox("ambient='wet'\npressure_atm=0.4"));
    assert!(tox("ambient='dry'\nhcl_pct=5") > 1.2 * tox("ambient='dry'"));
    let (run, _) = solve(&format!("{STEP}ambient='dry'\no2_pct=5\nhcl_pct=1"), "");
    let said = run.steps[0].warnings.join("\n");
    assert!(said.contains("below the 0.1 to 1 atm") && said.contains("not validated"), "{said}");
}

#[test]
fn gases_outside_what_was_measured_are_refused() {
    for (gas, expected) in [
        ("ambient='dry'\nhcl_pct=12", "t.toml:6:9: 12 % of HCl\n  expected at most 10"),
        ("ambient='wet'\nhcl_pct=3", "t.toml:6:9: HCl in a step that is wet"),
        ("ambient='wet'\no2_pct=30", "t.toml:6:8: a share of oxygen in a step that is wet"),
        ("ambient='dry'\no2_pct=98\nhcl_pct=3", "t.toml:6:8: 98 % of oxygen beside 3 % of HCl"),
        ("ambient='dry'\no2_pct=0", "t.toml:6:8: `o2_pct` is 0"),
        (
            "ambient='dry'\nhcl_pct=3\nramp_to_c=1150",
            "t.toml:3:8: 1150 C is outside the range of chlorine",
        ),
        (
            "ambient='dry'\nhcl_pct=3\nramp_to_c=850",
            "t.toml:3:8: 850 C is outside the range of chlorine",
        ),
        (
            "ambient='dry'\no2_pct=9\n[model.oxide_rates]\nparabolic_um2_h=1\nlinear_um_h=1",
            "t.toml:6:8: `o2_pct` together with [model.oxide_rates]",
        ),
    ] {
        let said = faults(&format!("{STEP}{gas}"), "");
        assert!(said.starts_with(expected), "{said}");
        assert_eq!(said.matches("t.toml:").count(), 1, "{said}");
    }
}

const IMPLANT: &str = "[substrate]\ndopant='P'\nconc_cm3=1e16\n\
     [[step]]\ntype='implant'\nspecies='B'\ndose_cm2=1e14\nenergy_kev=20\n";

/// A ramp that is sampled at its ends and between them gives the same result as the ramp itself, in
/// any file format.
#[test]
fn a_sampled_ramp_is_the_ramp() {
    for defects in ["", "[model]\ndefects='two_dim'\ndamage='clusters'\n"] {
        let ramp = format!(
            "{defects}{IMPLANT}[[step]]\ntype='anneal'\ntemp_c=800\nramp_to_c=1050\ntime_s=100\n\
             [[step]]\ntype='anneal'\ntemp_c=1050\ntime_s=10\n"
        );
        let file = format!("{defects}{IMPLANT}[[step]]\ntype='anneal'\nprofile='rta.csv'\n");
        let mut tool = "Chamber 2;Recipe RTP7\n\nTime (s);Pyro [\u{b0}C];Power (%)\n".to_owned();
        for i in 0..=440 {
            let t = 0.25 * f64::from(i);
            let temp = (800.0 + 2.5 * t).min(1050.0);
            tool += &format!("{t};{temp};50\n").replace('.', ",");
        }
        let (ramped, sampled) = (solve(&ramp, "").1, solve(&file, &tool));
        let remarks = sampled.0.steps[1].warnings.join("\n");
        assert!(
            remarks.contains("441 samples of the temperature are followed by 2 straight pieces"),
            "{remarks}"
        );
        assert!(remarks.contains("at most 0.00 C off"), "{remarks}");
        assert!(remarks.contains("rta.csv is read with separator ';'"), "{remarks}");
        for name in ["xj_nm", "rs_ohm_sq", "boron.dt_cm2"] {
            let (a, b) = (figure(&ramped, name), figure(&sampled.1, name));
            assert!((a / b - 1.0).abs() < 2e-3, "{defects}{name}: {a} {b}");
        }
    }
}

/// The time steps do not skip a spike, and a remark reports the cold time beside it that is left
/// out.
#[test]
fn a_spike_in_a_long_cold_record_is_followed() {
    let step = "[[step]]\ntype='anneal'\n";
    let spike = format!(
        "{IMPLANT}{step}temp_c=600\nramp_to_c=1100\ntime_s=2\n{step}temp_c=1100\nramp_to_c=600\ntime_s=5\n"
    );
    let lists = format!(
        "{IMPLANT}{step}time_points_s=[0,3600,3602.4,3604.4,3609.4,3615.4,9000]\n\
         temp_points_c=[25,25,600,1100,600,25,-3]\n"
    );
    let ((run, long), short) = (solve(&lists, ""), solve(&spike, "").1);
    let (a, b) = (figure(&long, "xj_nm"), figure(&short, "xj_nm"));
    assert!((a / b - 1.0).abs() < 2e-3, "{a} {b}");
    let said = run.steps[1].warnings.join("\n");
    assert!(said.contains("8991.5 s below 500 C move nothing and are not solved"), "{said}");
    let hotter = lists.replace("temp_points_c", "temp_offset_c=20\ntemp_points_c");
    let (run, hotter) = solve(&hotter, "");
    // exp(3.46 eV/k (1/1373 K - 1/1393 K)) = 1.52 at the top, more below it.
    let budget = |figures| figure(figures, "boron.dt_cm2");
    let ratio = budget(&hotter) / budget(&long);
    assert!((1.52..1.6).contains(&ratio), "{ratio}");
    assert!(run.steps[1].warnings.join("\n").contains("20 C are added to every sample"));
}

#[test]
fn every_fault_of_a_measured_temperature_has_its_place() {
    let step = format!("{IMPLANT}[[step]]\ntype='anneal'\nprofile='r.csv'\n");
    for (more, file, expected) in [
        (
            "",
            "time_s,temp_c\n0,900\n2,x\n1,950\n3,2000\n",
            "r.csv:3:3: `x` in column `temp_c` is not a finite number\n\
          r.csv:4:1: time 1 after 2\n  expected rising times\n\
          r.csv:5:3: temperature 2000, 2000 C\n  expected above absolute zero and below 1414 C, where silicon melts",
        ),
        ("", "time_s,temp_c\n0,900\n", "r.csv: fewer than two samples of the temperature"),
        ("", "t,Temp (K)\n0,900\n1,900\n", "r.csv:1:1: no column `time_s`"),
        ("temp_column='TC3'", "time_s,TC1 (C)\n0,900\n1,900\n", "r.csv:1:1: no column `TC3`"),
        (
            "temp_unit='F'",
            "time_s,Temp\n0,900\n1,900\n",
            "r.csv:1:1: column `Temp` has the unit `F`",
        ),
        (
            "temp_c=900",
            "time_s,temp_c\n0,900\n1,900\n",
            "t.toml:12:8: `temp_c` together with a measured temperature",
        ),
        (
            "temp_offset_c=600",
            "time_s,temp_c\n0,900\n1,900\n",
            "t.toml:12:15: a temperature of 900 C with an offset of 600 C",
        ),
        (
            "format={separater=';'}",
            "time_s,temp_c\n0,900\n1,900\n",
            "t.toml:12:9: unknown key of `format` `separater`",
        ),
    ] {
        let said = faults(&format!("{step}{more}"), file);
        assert!(said.starts_with(expected), "{said}");
    }
    let text =
        format!("{IMPLANT}[[step]]\ntype='anneal'\ntime_points_s=[0,1]\ntemp_points_c=[900]\n");
    assert!(faults(&text, "").starts_with("t.toml:12:15: 2 times and 1 temperatures"));
}
