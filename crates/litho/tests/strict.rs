//! Process windows compared with an independent program, and the rule compared with direct
//! sampling.

use libchar_litho::extent::Extent;
use libchar_litho::job::SourceKind;
use libchar_litho::printing::Printing;
use libchar_litho::simulate::simulate;
use libchar_litho::{Image, Job, JobParameters};
use proptest::prelude::*;
use serde_json::Value;

const CASES: &str = include_str!("../../../testdata/litho/windows.json");

fn parameters(job: &Value) -> JobParameters {
    let Value::Object(map) = job else { panic!("a job is an object") };
    JobParameters::from_record(map).expect("a record")
}

fn check(what: &str, got: f64, expected: &Value, rel: f64, abs: f64) {
    let Some(expected) = expected.as_f64() else { return };
    let allowed = rel * expected.abs() + abs;
    assert!((got - expected).abs() <= allowed, "{what}: {got} instead of {expected}");
}

/// Tolerances follow from the convergence of the independent program. It has 6001 foci, so its area
/// is accurate to 1e-4.
#[test]
fn windows_agree_with_an_independent_program() {
    let cases: Value = serde_json::from_str(CASES).expect("JSON");
    let mut seen = 0;
    for case in cases["cases"].as_array().expect("cases") {
        let id = case["id"].as_str().expect("an id");
        let expected = &case["expected"];
        let p = parameters(&case["job"]);
        let simulate_at = |level: f64| {
            let mut p = p.clone();
            p.el_min_pct = Some(level);
            simulate(&p.check().expect("a sound job"))
        };
        let loose: f64 = if id == "W30" { 10.0 } else { 1.0 };
        let s = simulate(&p.check().expect("a sound job"));
        check(&format!("{id} threshold"), s.threshold, &expected["threshold"], 1e-9, 0.0);
        check(
            &format!("{id} el"),
            s.window.el_best_focus_pct,
            &expected["el_pct"],
            1e-6 * loose.powi(3),
            0.0,
        );
        for level in [5.0, 8.0, 10.0] {
            let key = format!("dof_nm@{level}");
            let found = simulate_at(level);
            check(&format!("{id} {key}"), found.window.dof_nm, &expected[&key], 1e-4 * loose, 0.01);
            let capped = expected[format!("capped@{level}")].as_bool();
            assert_eq!(Some(found.window.dof_capped), capped, "{id} {level}");
        }
        let stated = |d: Option<f64>| d.unwrap_or(f64::NAN);
        for (key, found) in [
            ("dose_low_at_dof", stated(s.window.dose_low_at_dof)),
            ("dose_high_at_dof", stated(s.window.dose_high_at_dof)),
        ] {
            check(&format!("{id} {key}"), found, &expected[key], 1e-4 * loose, 0.0);
        }
        let extent = Extent::of(&p.check().expect("a sound job"));
        for (key, found, tolerance) in [
            ("dof_nominal_dose_nm", extent.dof_nominal_dose_nm, 1e-4),
            ("last_focus_nm", extent.last_focus_nm, 1e-4),
            // Near the jump that ends W30 the foci of that program are a nanometre apart.
            ("area_pct_nm", extent.area_pct_nm, if id == "W30" { 2e-4 } else { 1e-4 }),
            ("max_rectangle_pct_nm", extent.max_rectangle_pct_nm, 1e-3),
        ] {
            check(&format!("{id} {key}"), found, &expected[key], tolerance * loose, 0.0);
        }
        let risk = extent.yield_risk_no_noise;
        check(&format!("{id} risk"), risk, &expected["yield_risk_no_noise"], 0.0, 2e-5);
        for row in case["table"].as_array().expect("a table") {
            let mut p = p.clone();
            let focus = row["focus_nm"].as_f64().expect("a focus");
            p.defocus_nm = focus;
            for (side, inward) in [("dose_low", 1.0), ("dose_high", -1.0)] {
                let Some(dose) = row[side].as_f64() else { continue };
                let mut printing_at = |dose: f64| {
                    p.threshold = Some(s.threshold / dose);
                    simulate(&p.check().expect("a sound job")).image.printing
                };
                let step = 2e-6 * loose * loose * dose;
                assert_eq!(
                    printing_at(dose + inward * step),
                    Printing::Prints,
                    "{id} {focus} {side}"
                );
                assert_ne!(
                    printing_at(dose - inward * step),
                    Printing::Prints,
                    "{id} {focus} {side}"
                );
            }
        }
        seen += 1;
    }
    assert_eq!(seen, 20);
}

/// Jobs of all sources, masks and tones, many of them with ridges, side lobes or no image.
fn jobs() -> impl Strategy<Value = JobParameters> {
    let optics =
        prop::sample::select(vec![(13.5, 0.33), (193.0, 0.75), (193.0, 1.35), (248.0, 0.63)]);
    let source =
        prop::sample::select(vec!["conventional", "annular", "dipole", "quadrupole", "point"]);
    let mask = prop::sample::select(vec!["binary", "attenuated", "alternating"]);
    let tone = prop::sample::select(vec!["line", "trench"]);
    ((optics, source, mask, tone), (0.7..3.0, 0.3..0.7, 0.1..0.95, 0.0..1.0, 0.0..0.1, 0.0..0.2))
        .prop_map(|((optics, source, mask, tone), (pitch, duty, sigma, shape, blur, flare))| {
            let (wavelength, na) = optics;
            let pitch = pitch * wavelength / na;
            let mut p = JobParameters::new(wavelength, na, pitch, duty * pitch);
            let name = |text: &str| Value::from(text);
            p.source = serde_json::from_value(name(source)).expect("a source");
            p.mask = serde_json::from_value(name(mask)).expect("a mask");
            p.tone = serde_json::from_value(name(tone)).expect("a tone");
            p.blur_nm = blur * pitch;
            p.flare = if flare > 0.1 { 0.0 } else { flare };
            match source {
                "conventional" => p.sigma = Some(sigma),
                "annular" => (p.sigma_in, p.sigma_out) = (Some(0.9 * shape * sigma), Some(sigma)),
                "point" => p.source_x = Some(0.5 * sigma * shape),
                _ => {
                    let center = 0.3 + 0.5 * sigma;
                    let room = (0.7 * center).min(1.0 - center);
                    (p.pole_center, p.pole_radius) =
                        (Some(center), Some(0.02 + (room - 0.02) * shape));
                    p.pole_angle_deg = Some(90.0 * shape);
                }
            }
            p
        })
}

/// Whether a threshold cuts one line within tolerance, judged by many samples of the image.
fn prints_by_samples(job: &Job, image: &Image, threshold: f64) -> Option<bool> {
    const N: usize = 4000;
    let step = job.pitch_nm / N as f64;
    let bright = job.tone == libchar_litho::job::Tone::Trench;
    let inside: Vec<bool> = (0..N)
        .map(|i| (image.at(step * (i as f64 - (N / 2) as f64)) < threshold) != bright)
        .collect();
    let starts = (0..N).filter(|&i| !inside[i] && inside[(i + 1) % N]).count();
    if starts != 1 || !inside[N / 2] {
        // A narrow line between samples can be missed only where there is one line too few.
        return Some(false);
    }
    let width = step * inside.iter().filter(|i| **i).count() as f64;
    let (low, high) = (job.cd_nm * (1.0 - job.cd_tolerance), job.cd_nm * (1.0 + job.cd_tolerance));
    let is_close = |limit: f64| (width - limit).abs() < 3.0 * step;
    (!is_close(low) && !is_close(high)).then_some(width > low && width < high)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 96,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// A point is in the window exactly when the image there prints one line within tolerance.
    #[test]
    fn the_window_holds_what_prints(p in jobs(), grid in 0_usize..40, place in -0.2..1.2_f64) {
        let job = p.check().expect("a sound job");
        let s = simulate(&job);
        let focus = s.window.focus_nm[grid];
        let (low, high) = match (s.window.dose_low[grid], s.window.dose_high[grid]) {
            (Some(low), Some(high)) => (low, high),
            _ => (0.8, 1.2),
        };
        let dose = low + place * (high - low);
        let gaps = &s.window.dose_gaps[grid];
        prop_assume!(f64::abs(dose - low) > 1e-9 && f64::abs(dose - high) > 1e-9);
        let is_inside = s.window.dose_low[grid].is_some()
            && dose >= low && dose <= high
            && !gaps.iter().any(|g| dose > g.0 && dose < g.1);
        let mut at = p.clone();
        (at.defocus_nm, at.threshold) = (focus, Some(s.threshold / dose));
        prop_assume!(at.threshold.is_some_and(|t| t > 0.0 && t < 2.0));
        let there = at.check().expect("a sound job");
        let printing = simulate(&there).image.printing;
        prop_assert_eq!(is_inside, printing == Printing::Prints, "{:?} at {} {}", printing, focus, dose);
        if let Some(prints) = prints_by_samples(&there, &Image::of(&there), s.threshold / dose) {
            // Samples may miss a narrow line that the rule finds.
            if prints != is_inside {
                let near = [-1e-3, 1e-3].map(|d| {
                    prints_by_samples(&there, &Image::of(&there), s.threshold / dose * (1.0 + d))
                });
                prop_assert!(near.contains(&Some(is_inside)), "{} {}", prints, is_inside);
            }
        }
    }
}

/// A quadrupole compared with an independent program; a dipole along y images lines like a disc on
/// the axis at its height.
#[test]
fn poles_off_the_axis_agree_with_an_independent_program() {
    let mut p = JobParameters::new(193.0, 0.75, 300.0, 140.0);
    (p.source, p.pole_center, p.pole_radius) =
        (Some(SourceKind::Quadrupole), Some(0.65), Some(0.2));
    (p.blur_nm, p.defocus_nm) = (10.0, 120.0);
    let image = Image::of(&p.check().expect("a sound job"));
    let expected = [
        0.706_588_548_1,
        0.612_297_441_3,
        0.384_658_572_6,
        0.157_019_703_9,
        0.062_728_597_14,
        0.157_019_703_9,
        0.384_658_572_6,
        0.612_297_441_3,
    ];
    let worst = |shift: f64| {
        (0..8)
            .map(|i| image.at(300.0 * (f64::from(i) / 8.0 + shift)) - expected[i as usize])
            .fold(0.0_f64, |a, d| a.max(d.abs()))
    };
    // The samples are at eighths of the pitch, from the middle of the space.
    assert!(worst(-0.5).min(worst(0.0)) < 1e-9, "{} {}", worst(-0.5), worst(0.0));
    assert!((image.nils(140.0).expect("light") - 2.674_519_31).abs() < 1e-7);
}

/// Poles turned by a right angle, and the sum of both: a quadrupole is two dipoles.
#[test]
fn four_poles_are_two_pairs() {
    let image = |kind, angle: f64| {
        let mut p = JobParameters::new(193.0, 1.2, 130.0, 60.0);
        (p.source, p.pole_center, p.pole_radius) = (Some(kind), Some(0.7), Some(0.25));
        (p.pole_angle_deg, p.defocus_nm) = (Some(angle), 60.0);
        Image::of(&p.check().expect("a sound job"))
    };
    for angle in [0.0, 30.0, 45.0, 77.0] {
        let four = image(SourceKind::Quadrupole, angle);
        let (a, b) = (image(SourceKind::Dipole, angle), image(SourceKind::Dipole, angle + 90.0));
        for i in 0..20 {
            let x = 6.5 * f64::from(i);
            let mean = 0.5 * (a.at(x) + b.at(x));
            assert!((four.at(x) - mean).abs() < 1e-10, "{angle} {x}: {} {mean}", four.at(x));
        }
    }
}

/// Babinet: what a trench lets through and what a line lets through make the clear field, amplitude by amplitude.
#[test]
fn a_trench_is_the_complement_of_a_line() {
    let image = |tone: &str| {
        let mut p = JobParameters::new(193.0, 0.75, 260.0, 120.0);
        p.source = Some(SourceKind::Point);
        p.tone = serde_json::from_value(tone.into()).expect("a tone");
        Image::of(&p.check().expect("a sound job"))
    };
    let (line, trench) = (image("line"), image("trench"));
    for i in 0..20 {
        let x = 13.0 * f64::from(i) - 130.0;
        // In focus a point source gives real amplitudes a and 1 - a; their sign is that of the larger.
        let (a, b) = (line.at(x).sqrt(), trench.at(x).sqrt());
        let sum = [a + b, a - b, b - a].map(|s| (s - 1.0).abs()).into_iter().fold(1.0, f64::min);
        assert!(sum < 1e-12, "{x}: {a} {b}");
    }
}

/// Flare adds its share of light everywhere and removes it from the image; it lowers the latitude.
#[test]
fn flare_is_light_everywhere() {
    let mut p = JobParameters::new(193.0, 0.75, 260.0, 120.0);
    let image = Image::of(&p.check().expect("a sound job"));
    let clean = simulate(&p.check().expect("a sound job"));
    p.flare = 0.08;
    let job: Job = p.check().expect("a sound job");
    let hazy = Image::of(&job);
    for i in 0..10 {
        let x = 13.0 * f64::from(i);
        assert!((hazy.at(x) - (0.92 * image.at(x) + 0.08)).abs() < 1e-14);
    }
    assert!(simulate(&job).window.el_best_focus_pct < clean.window.el_best_focus_pct);
}
