//! The optics compared with closed forms and with an independent program.

use std::f64::consts::PI;

use libchar_litho::job::{MaskKind, SourceKind};
use libchar_litho::quick::mtf;
use libchar_litho::simulate::{Simulation, simulate};
use libchar_litho::{Image, JobParameters, noise};
use serde_json::{Map, Value};

const CASES: &str = include_str!("../../../testdata/litho/optics_cases.json");
const DATASET: &str = include_str!("../../../testdata/litho/dataset_sample.csv");

fn close(what: &str, got: f64, expected: f64, rel: f64, abs: f64) {
    let allowed = rel * expected.abs() + abs;
    assert!((got - expected).abs() <= allowed, "{what}: {got} instead of {expected}");
}

/// The job of a case; names there are shorter than ours.
fn job(inputs: &Map<String, Value>) -> JobParameters {
    let number = |name: &str| inputs.get(name).and_then(Value::as_f64);
    let need = |name: &str| number(name).unwrap_or_else(|| panic!("no {name}"));
    let mut p = JobParameters::new(need("lam"), need("na"), need("pitch"), need("cd"));
    p.mask_bias_nm = number("mask_cd").map_or(0.0, |m| m - p.cd_nm);
    p.imaging = serde_json::from_value(inputs["mode"].clone()).expect("scalar or vector");
    p.medium_index = number("n_medium");
    p.blur_nm = number("blur").unwrap_or(0.0);
    p.defocus_nm = number("defocus").unwrap_or(0.0);
    p.resist_thickness_nm = number("thickness").unwrap_or(0.0);
    p.resist_index = number("n_resist");
    p.absorption_per_um = number("alpha_per_um");
    p.dose_mj_cm2 = number("dose_mj_cm2");
    p.dose_sigma_pct = number("dose_sigma_rel").map(|s| 100.0 * s);
    p.focus_sigma_nm = number("focus_sigma_nm");
    p.segment_nm = number("segment_nm");
    match &inputs["source"] {
        Value::Object(source) => {
            let get = |name: &str| source.get(name).and_then(Value::as_f64);
            p.source = Some(match source["kind"].as_str() {
                Some("conv") => SourceKind::Conventional,
                Some("annular") => SourceKind::Annular,
                Some("dipole") => SourceKind::Dipole,
                _ => SourceKind::Point,
            });
            (p.sigma, p.sigma_in, p.sigma_out) = (get("s"), get("si"), get("so"));
            (p.pole_center, p.pole_radius) = (get("c"), get("r"));
            (p.source_x, p.source_y) = (get("sx"), get("sy"));
        }
        // A coherent alternating mask gives two orders alone.
        _ => (p.source, p.mask) = (Some(SourceKind::Point), MaskKind::Alternating),
    }
    p
}

fn value(s: &Simulation, name: &str) -> f64 {
    let number = |v: Option<f64>| v.unwrap_or(f64::NAN);
    let noise = || s.noise.expect("noise");
    match name {
        "nils" => number(s.image.nils),
        "I_edge" => s.image.intensity_edge,
        "I_center_line" => s.image.intensity_line_center,
        "I_center_space" => s.image.intensity_space_center,
        "contrast" => s.image.contrast,
        "contrast_center" => s.image.contrast_center,
        "phi_rad" => number(s.image.phase_first_order_rad),
        "el_pm10pct" | "el_best_focus" => s.window.el_best_focus_pct / 100.0,
        "meef" => number(s.meef),
        "dof_at_el5_nm" => s.window.dof_nm,
        "dof_cap_nm" => s.window.dof_cap_nm,
        "focus_probe_nm" => s.window.focus_nm[10],
        "nils_at_probe" => number(s.window.nils[10]),
        "D_lo_probe" => number(s.window.dose_low[10]),
        "D_hi_probe" => number(s.window.dose_high[10]),
        "photons_edge_nm2" => noise().photons_edge_nm2,
        "ler3s_nm" => number(noise().ler3s_nm),
        "sigma_cd_seg_nm" => number(noise().sigma_cd_segment_nm),
        "yield_risk" => number(s.yield_risk),
        _ => panic!("unknown result {name}"),
    }
}

#[test]
fn every_reference_case_holds_at_its_tolerance() {
    let cases: Value = serde_json::from_str(CASES).expect("JSON");
    let mut seen = 0;
    for case in cases["cases"].as_array().expect("cases") {
        let (id, inputs) = (case["id"].as_str().unwrap_or_default(), &case["inputs"]);
        let rel = case["rel_tol"].as_f64().expect("a tolerance");
        let input = |name: &str| inputs[name].as_f64().expect(name);
        let simulation = match case["kind"].as_str() {
            Some("mtf") => {
                let expected = case["expected"]["mtf"].as_f64().expect("mtf");
                close(id, mtf(input("f_over_cutoff")), expected, rel, 0.0);
                seen += 1;
                continue;
            }
            Some("noise") => {
                let incident = noise::photons_incident_nm2(input("dose_mj_cm2"), input("lam"));
                let share = noise::absorbed_share(input("alpha_per_um"), input("thickness_nm"));
                let expected = |name: &str| case["expected"][name].as_f64().expect(name);
                close(id, incident, expected("photons_incident_nm2"), rel, 0.0);
                close(id, incident * share, expected("photons_absorbed_nm2"), rel, 0.0);
                seen += 1;
                continue;
            }
            _ => simulate(&job(inputs.as_object().expect("inputs")).check().expect(id)),
        };
        for (name, expected) in case["expected"].as_object().expect("expected") {
            if let Value::Bool(capped) = expected {
                assert_eq!(simulation.window.dof_capped, *capped, "{id}");
                continue;
            }
            let expected = expected.as_f64().expect("a number");
            let abs = case["abs_tol"][name].as_f64().unwrap_or(1e-14);
            if name == "dof_at_el5_nm" && has_ridge(&simulation, inputs, expected) {
                assert!(simulation.window.dof_nm < expected, "{id}");
                continue;
            }
            close(&format!("{id} {name}"), value(&simulation, name), expected, rel, abs);
        }
        seen += 1;
    }
    assert_eq!(seen, 19);
}

/// Whether the line's centre is brighter than its edges may be, at the focus where the depth of
/// focus by the edges alone would end. The line then prints as two, which the independent program
/// does not check.
fn has_ridge(simulation: &Simulation, inputs: &Value, dof_nm: f64) -> bool {
    let mut p = job(inputs.as_object().expect("inputs"));
    p.defocus_nm = dof_nm / 2.0;
    let image = Image::of(&p.check().expect("a sound job"));
    let high = simulation.window.dose_high_at_dof.expect("a dose");
    image.at(0.0) > image.at(0.45 * p.cd_nm) && image.at(0.0) > simulation.threshold / high
}

/// The depth of focus and yield of the sample were computed on coarser grids, so their tolerances
/// are wider.
#[test]
fn a_benchmark_of_jobs_agrees_with_an_independent_program() {
    let mut lines = DATASET.lines().filter(|l| !l.starts_with('#'));
    let header: Vec<&str> = lines.next().expect("a header").split(',').collect();
    let (mut jobs, mut ridges) = (0, 0);
    for line in lines {
        let row: Map<String, Value> = header
            .iter()
            .zip(line.split(','))
            .map(|(name, text)| ((*name).to_owned(), text.parse::<f64>().expect("a number").into()))
            .collect();
        let is_input = |name: &str| libchar_litho::record::FIELDS.iter().any(|f| f.0 == name);
        let inputs = row.clone().into_iter().filter(|(name, _)| is_input(name)).collect();
        let parameters = JobParameters::from_record(&inputs).expect("a record");
        let s = simulate(&parameters.check().expect("a sound job"));
        let truth = |name: &str| row[name].as_f64().expect(name);
        let prints = truth("true_nils") > 0.0;
        close(line, s.best_focus.nils.expect("nils"), truth("true_nils"), 1e-5, 1e-12);
        close(line, s.window.el_best_focus_pct, truth("true_el_pct"), 1e-5, 1e-10);
        assert_eq!(s.meef.is_some(), prints, "{line}");
        if let Some(meef) = s.meef {
            close(line, meef.min(15.0), truth("true_meef"), 1e-5, 0.0);
        }
        let noise = s.noise.expect("noise");
        if truth("true_nils") > 0.6 {
            close(line, noise.ler3s_nm.expect("ler"), truth("true_ler3s_nm"), 1e-5, 0.0);
        }
        let step = s.window.focus_nm[60] / 24.0;
        // The independent program checks only the edges: it counts foci at which a bright ridge
        // splits the line.
        let (found, theirs) = (s.window.dof_nm, truth("true_dof_nm"));
        if found < theirs - 0.25 * step {
            ridges += 1;
        } else {
            close(line, found, theirs, 0.0, 0.25 * step);
        }
        jobs += 1;
    }
    assert_eq!((jobs, ridges), (109, 6));
}

/// Two plane waves at +-theta in the image: TE keeps all contrast, TM cos(2 theta), unpolarized light the mean.
#[test]
fn two_beams_interfere_as_their_fields_are_parallel() {
    for (na, medium_index, pitch) in [(0.9, 1.0, 110.0), (1.35, 1.44, 80.0), (1.35, 1.44, 72.0)] {
        let sine: f64 = 193.0 / (2.0 * pitch * medium_index);
        let tm = 1.0 - 2.0 * sine * sine;
        for (polarization, expected) in [("te", 1.0), ("tm", tm), ("unpolarized", (1.0 + tm) / 2.0)]
        {
            let mut p = JobParameters::new(193.0, na, pitch, pitch / 2.0);
            p.medium_index = Some(medium_index);
            (p.source, p.mask) = (Some(SourceKind::Point), MaskKind::Alternating);
            p.polarization = serde_json::from_value(polarization.into()).expect("a name");
            let image = Image::of(&p.check().expect("a sound job"));
            close(polarization, image.contrast_center(), expected, 1e-12, 1e-12);
        }
    }
}

/// The clear-field amplitudes 1 and -sqrt(T) give the mean amplitude (1 - d) - sqrt(T) d. An
/// alternating mask, whose period is twice the pitch, has no order 0 but passes its two first
/// orders, 2/pi cos(pi/4) each.
#[test]
fn masks_pass_the_light_that_their_areas_pass() {
    for (mask, transmission, expected) in [
        (MaskKind::Binary, None, 0.5_f64.powi(2)),
        (MaskKind::Attenuated, Some(0.06), (0.5 - 0.5 * 0.06_f64.sqrt()).powi(2)),
        (MaskKind::Alternating, None, 4.0 / PI.powi(2)),
    ] {
        // A pitch whose first order lies outside the pupil leaves order 0 alone.
        let mut p = JobParameters::new(193.0, 0.5, 200.0, 100.0);
        (p.source, p.mask, p.mask_transmission) = (Some(SourceKind::Point), mask, transmission);
        let image = Image::of(&p.check().expect("a sound job"));
        close("mean", image.mean(), expected, 1e-14, 1e-30);
    }
}
