//! Widths over dose and focus against an independent program.

use libchar_litho::JobParameters;
use libchar_litho::bossung::{Bossung, el_dof, el_dof_best_centre};
use serde_json::Value;

const CASES: &str = include_str!("../../../testdata/litho/bossung.json");
const CELLS: &str = include_str!("../../../testdata/litho/bossung.csv");

fn features(case: &Value) -> Vec<(JobParameters, f64, f64)> {
    let job = &case["job"];
    let of = |name: &str| job[name].as_f64();
    job["features"]
        .as_array()
        .expect("features")
        .iter()
        .map(|f| {
            let (pitch, cd) =
                (f["pitch_nm"].as_f64().expect("a pitch"), f["cd_nm"].as_f64().expect("a width"));
            let mut p = JobParameters::new(
                of("wavelength_nm").expect("a wavelength"),
                of("na").expect("an aperture"),
                pitch,
                cd,
            );
            p.imaging = serde_json::from_value(job["imaging"].clone()).expect("a name");
            p.mask = serde_json::from_value(job["mask"].clone()).expect("a mask");
            p.mask_transmission = of("mask_transmission");
            p.blur_nm = of("blur_nm").unwrap_or(0.0);
            p.cd_tolerance_pct = of("cd_tolerance_pct");
            p.mask_bias_nm = f["mask_bias_nm"].as_f64().unwrap_or(0.0);
            let src = &job["src"];
            let get = |name: &str| src[name].as_f64();
            match src["kind"].as_str() {
                Some("annular") => (p.sigma_in, p.sigma_out) = (get("si"), get("so")),
                Some("dipole") => {
                    p.source = serde_json::from_value("dipole".into()).expect("a source");
                    (p.pole_center, p.pole_radius) = (get("c"), get("r"));
                }
                _ => p.sigma = get("s"),
            }
            (p, pitch, f["focus_shift_nm"].as_f64().unwrap_or(0.0))
        })
        .collect()
}

#[test]
fn widths_latitudes_and_isofocal_points_agree() {
    let cases: Value = serde_json::from_str(CASES).expect("JSON");
    let (mut seen, mut curves, mut overlaps) = (0, 0, 0);
    for case in cases["jobs"].as_array().expect("jobs") {
        let id = case["id"].as_str().expect("an id");
        let threshold = case["threshold"].as_f64().expect("a threshold");
        let own = features(case);
        for (i, (p, pitch, shift)) in own.iter().enumerate() {
            let job = p.check().expect("a sound job");
            let bossung = Bossung::new(&job, 700.0).at_threshold(threshold).shifted(*shift);
            for line in CELLS.lines().skip(1) {
                let cells: Vec<&str> = line.split(',').collect();
                if cells[0] != id || cells[1].parse::<f64>() != Ok(*pitch) {
                    continue;
                }
                let number = |i: usize| cells[i].parse::<f64>().ok();
                let (dose, focus) = (number(3).expect("a dose"), number(4).expect("a focus"));
                let found = bossung.matrix(&[dose], &[focus])[0];
                match (found.cd_nm, number(5)) {
                    (Some(a), Some(b)) => assert!((a / b - 1.0).abs() < 1e-6, "{id} {line}: {a}"),
                    (None, None) => {}
                    other => panic!("{id} {line}: {other:?}"),
                }
                if let (Some(a), Some(b)) = (found.nils, number(6)) {
                    assert!((a / b - 1.0).abs() < 1e-5, "{id} {line}: NILS {a}");
                }
                seen += 1;
            }
            let expected = &case["features"][i];
            if let Some(cd) = expected["isofocal"]["cd_nm"].as_f64() {
                let isofocal = bossung.isofocal().expect("an isofocal point");
                assert!((isofocal.cd_nm / cd - 1.0).abs() < 1e-3, "{id}: {isofocal:?} {cd}");
            }
            for limit in expected["limits"].as_array().expect("limits") {
                let focus = limit["focus_nm"].as_f64().expect("a focus");
                let hull = bossung.doses(focus).hull();
                for (side, own) in
                    [("dose_low", hull.map(|h| h.0)), ("dose_high", hull.map(|h| h.1))]
                {
                    match (own, limit[side].as_f64()) {
                        (Some(a), Some(b)) => {
                            assert!((a / b - 1.0).abs() < 1e-6, "{id} {focus} {side}: {a} {b}");
                        }
                        (None, None) => {}
                        other => panic!("{id} {pitch} {focus} {side}: {other:?}"),
                    }
                }
            }
            if *shift == 0.0 {
                for row in expected["el_dof_centred"].as_array().into_iter().flatten() {
                    let dof = row["dof_nm"].as_f64().expect("a depth");
                    let foci: Vec<f64> =
                        (0..=40).map(|i| dof / 2.0 * f64::from(i) / 40.0).collect();
                    let el = el_dof(&[&bossung], &foci).last().expect("a point").1;
                    let theirs = row["el_pct"].as_f64().expect("a latitude");
                    assert!(
                        (el - theirs).abs() < 1e-3 * theirs + 1e-3,
                        "{id} {dof}: {el} {theirs}"
                    );
                    curves += 1;
                }
            }
        }
        let all: Vec<Bossung> = own
            .iter()
            .map(|(p, _, shift)| {
                let job = p.check().expect("a sound job");
                Bossung::new(&job, 700.0).at_threshold(threshold).shifted(*shift)
            })
            .collect();
        let all: Vec<&Bossung> = all.iter().collect();
        let overlap = &case["overlap"];
        for row in overlap["el_dof_centred"].as_array().expect("a curve") {
            let dof = row["dof_nm"].as_f64().expect("a depth");
            let foci: Vec<f64> = (0..=40).map(|i| dof / 2.0 * f64::from(i) / 40.0).collect();
            let el = el_dof(&all, &foci).last().expect("a point").1;
            let theirs = row["el_pct"].as_f64().expect("a latitude");
            assert!((el - theirs).abs() < 1e-3 * theirs + 1e-3, "{id} {dof}: {el} {theirs}");
            overlaps += 1;
        }
        // The program's own foci: -focus_max to focus_max in its steps.
        let far = case["job"]["focus_max_nm"].as_f64().expect("a focus");
        let step = case["focus_grid_step_nm"].as_f64().expect("a step");
        let found = el_dof_best_centre(&all, far, (2.0 * far / step).round() as usize);
        for row in overlap["el_dof_best_centre"].as_array().expect("a curve") {
            let dof = row["dof_nm"].as_f64().expect("a depth");
            let own = found.iter().find(|c| (c.dof_nm - dof).abs() < 0.51 * step).expect("a depth");
            let theirs = row["el_pct"].as_f64().expect("a latitude");
            assert!(
                (own.el_pct - theirs).abs() < 1e-3 * theirs + 2e-2,
                "{id} {dof}: {own:?} {row}"
            );
            overlaps += 1;
        }
    }
    assert!(seen > 500 && curves > 20 && overlaps > 40, "{seen} {curves} {overlaps}");
}
