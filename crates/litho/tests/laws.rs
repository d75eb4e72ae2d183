//! Laws that any image obeys, whatever its job.

use libchar_litho::job::{Imaging, Polarization, SourceKind};
use libchar_litho::{Image, Job, JobParameters};
use proptest::prelude::*;

/// Jobs of all wavelengths, sources and pitches from the cut-off to isolated lines.
fn jobs() -> impl Strategy<Value = JobParameters> {
    let optics = prop::sample::select(vec![
        (13.5, 0.33),
        (13.5, 0.55),
        (193.0, 0.75),
        (193.0, 1.35),
        (248.0, 0.8),
    ]);
    (optics, 0.6..4.0, 0.3..0.7, 0.1..1.0, 0.0..0.9, -1.0..1.0).prop_map(
        |((wavelength, na), pitch, duty, sigma, hole, focus)| {
            let pitch = pitch * wavelength / na;
            let mut p = JobParameters::new(wavelength, na, pitch, duty * pitch);
            p.sigma_out = Some(sigma);
            p.sigma_in = Some(hole * (sigma - 0.02));
            p.defocus_nm = focus * wavelength / (na * na);
            p
        },
    )
}

fn image(p: &JobParameters) -> Image {
    Image::of(&checked(p))
}

fn checked(p: &JobParameters) -> Job {
    p.check().expect("a sound job")
}

fn positions(p: &JobParameters) -> impl Iterator<Item = f64> {
    let pitch = p.pitch_nm;
    (0..24).map(move |i| pitch * f64::from(i) / 24.0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn intensity_is_never_negative(p in jobs()) {
        let image = image(&p);
        for x in positions(&p) {
            prop_assert!(image.at(x) > -1e-10, "{} at {x}", image.at(x));
        }
    }

    #[test]
    fn both_sides_of_focus_and_of_the_line_are_the_same(p in jobs()) {
        let mut other = p.clone();
        other.defocus_nm = -p.defocus_nm;
        let (a, b) = (image(&p), image(&other));
        for x in positions(&p) {
            prop_assert!((a.at(x) - b.at(x)).abs() < 1e-12);
            prop_assert!((a.at(x) - a.at(-x)).abs() < 1e-12);
        }
    }

    /// Light of separate source points adds up: a ring is a disc minus its hole, weighted by their
    /// areas.
    #[test]
    fn sources_add(p in jobs()) {
        let (outer, inner) = (p.sigma_out.unwrap(), p.sigma_in.unwrap());
        prop_assume!(inner > 0.01);
        let disc = |sigma| {
            let mut q = p.clone();
            (q.sigma, q.sigma_in, q.sigma_out) = (Some(sigma), None, None);
            image(&q)
        };
        let (ring, whole, hole) = (image(&p), disc(outer), disc(inner));
        for x in positions(&p) {
            let sum = ring.at(x) * (outer * outer - inner * inner) + hole.at(x) * inner * inner;
            prop_assert!((sum - whole.at(x) * outer * outer).abs() < 1e-9);
        }
    }

    #[test]
    fn blur_and_defocus_keep_the_mean_intensity(p in jobs(), blur in 0.0..0.3) {
        let mut q = p.clone();
        q.blur_nm = blur * p.pitch_nm;
        q.defocus_nm = 0.0;
        prop_assert!((image(&p).mean() - image(&q).mean()).abs() < 1e-12);
    }

    /// TE light of a coherent source in the plane of the orders interferes like a scalar field.
    #[test]
    fn te_on_axis_is_scalar(p in jobs()) {
        let mut te = p.clone();
        (te.sigma_in, te.sigma_out) = (None, None);
        te.source = Some(SourceKind::Point);
        te.imaging = Imaging::Vector;
        te.polarization = Polarization::Te;
        let mut scalar = te.clone();
        scalar.imaging = Imaging::Scalar;
        let (a, b) = (image(&te), image(&scalar));
        for x in positions(&p) {
            prop_assert!((a.at(x) - b.at(x)).abs() < 1e-12);
        }
    }

    /// The mask error factor is the derivative of the printed width by the mask's width, at a fixed
    /// threshold.
    #[test]
    fn mask_error_is_a_derivative(p in jobs()) {
        let mut p = p;
        p.defocus_nm = 0.0;
        let s = libchar_litho::simulate::simulate(&checked(&p));
        prop_assume!(s.best_focus.printing == libchar_litho::printing::Printing::Prints);
        let meef = s.meef.expect("a line that prints has a slope");
        prop_assume!(meef < 20.0);
        let width = |bias: f64| {
            let mut q = p.clone();
            (q.mask_bias_nm, q.threshold) = (bias, Some(s.threshold));
            image(&q).line(s.threshold).map(|l| l.width_nm())
        };
        let step = 1e-4 * p.cd_nm;
        let (Some(wide), Some(narrow)) = (width(step), width(-step)) else {
            return Err(TestCaseError::fail("the line vanished"));
        };
        let slope = (wide - narrow) / (2.0 * step);
        prop_assert!((slope - meef).abs() < 1e-4 * meef.abs().max(1.0), "{slope} against {meef}");
    }

    /// No light is created: in every order the pupil passes at most what the mask sends.
    #[test]
    fn mean_intensity_is_below_the_clear_field(p in jobs()) {
        prop_assert!(image(&p).mean() <= 1.0);
    }
}

/// Every source point of sigma <= 1 - v sees orders 0 and ±1: the focused image is the coherent one.
#[test]
fn a_small_source_images_like_a_point() {
    let mut p = JobParameters::new(193.0, 0.9, 300.0, 150.0);
    p.imaging = Imaging::Scalar;
    p.sigma = Some(0.28);
    let mut point = p.clone();
    (point.sigma, point.source) = (None, Some(SourceKind::Point));
    let (a, b) = (image(&p), image(&point));
    for x in positions(&p) {
        assert!((a.at(x) - b.at(x)).abs() < 1e-13);
    }
}

/// Orders given one by one must image like the mask that has them.
#[test]
fn given_orders_are_a_mask() {
    let mut binary = JobParameters::new(193.0, 0.75, 260.0, 130.0);
    (binary.sigma, binary.defocus_nm) = (Some(0.5), 120.0);
    let mut given = binary.clone();
    given.mask = serde_json::from_value("orders".into()).expect("a name");
    let a1 = -1.0 / std::f64::consts::PI;
    given.mask_orders = serde_json::from_value(serde_json::json!([
        {"order": -1, "re": a1}, {"order": 0, "re": 0.5}, {"order": 1, "re": a1, "im": 0.0}
    ]))
    .expect("orders");
    let (a, b) = (image(&binary), image(&given));
    for x in positions(&binary) {
        assert!((a.at(x) - b.at(x)).abs() < 1e-13);
    }
}

/// A tilted beam out of focus shifts the image: two orders at different angles move by d (tan a + tan b)/2.
#[test]
fn a_tilted_point_out_of_focus_shifts_the_line() {
    let mut p = JobParameters::new(193.0, 0.9, 180.0, 90.0);
    (p.source, p.source_x, p.imaging) = (Some(SourceKind::Point), Some(-0.4), Imaging::Scalar);
    p.defocus_nm = 100.0;
    let job = checked(&p);
    let image = Image::of(&job);
    // Orders 0 and 1 alone pass, at pupil -0.4 and -0.4 + 193/(180 0.9).
    let sine = |pupil: f64| pupil * 0.9;
    let (s0, s1): (f64, f64) = (sine(-0.4), sine(-0.4) + 193.0 / 180.0);
    let phase = 2.0 * std::f64::consts::PI / 193.0
        * 100.0
        * ((1.0 - s0 * s0).sqrt() - (1.0 - s1 * s1).sqrt());
    let shift = phase / (2.0 * std::f64::consts::PI) * 180.0;
    let line = image.line(0.3).expect("a line");
    let center = f64::midpoint(line.left_nm, line.right_nm);
    assert!((center.abs() - shift.abs()).abs() < 1e-6, "{center} against {shift}");
    assert!(!image.is_mirrored());
    // Its width at a dose is still found.
    let threshold = image.threshold_for_width(80.0).expect("a threshold");
    let width = image.line(threshold).expect("a line").width_nm();
    assert!((width - 80.0).abs() < 1e-6, "{width}");
}

/// Where defocus shifts the image, the dose limits still print the widest and the narrowest allowed
/// line.
#[test]
fn dose_limits_follow_a_shifted_line() {
    let mut p = JobParameters::new(193.0, 0.9, 180.0, 90.0);
    (p.source, p.source_x, p.imaging) = (Some(SourceKind::Point), Some(-0.4), Imaging::Scalar);
    let s = libchar_litho::simulate::simulate(&checked(&p));
    let focus = s.window.focus_nm[20];
    p.defocus_nm = focus;
    let image = image(&p);
    for (dose, width) in [(s.window.dose_low[20], 99.0), (s.window.dose_high[20], 81.0)] {
        let line = image.line(s.threshold / dose.expect("a limit")).expect("a line");
        assert!((line.width_nm() - width).abs() < 1e-6, "{} against {width}", line.width_nm());
        assert!(f64::midpoint(line.left_nm, line.right_nm).abs() > 10.0);
    }
}
