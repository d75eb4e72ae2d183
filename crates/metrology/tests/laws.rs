//! Measurements whose results follow from their construction.

use libchar_core::Table;
use libchar_core::table::Header;
use libchar_metrology::answer::Answer;
use libchar_metrology::bind::bind;
use libchar_metrology::evaluate::evaluate;
use libchar_metrology::methods;
use libchar_metrology::setup::Setup;

/// The answer to a file and a setup, or why there is none.
fn answer(method: &str, setup_text: &str, csv: &str) -> Result<Answer, String> {
    let method = methods::find(method).unwrap();
    let table = Table::parse_csv_with("t.csv", csv.as_bytes(), Header::Required).unwrap();
    let mut setup = Setup::default();
    setup.read("s.toml", setup_text).unwrap();
    let bound = bind(method, Some(&table), &setup, None).map_err(|faults| faults.to_string())?;
    let job = bound.jobs.into_iter().next().unwrap().map_err(|(_, reason)| reason)?;
    let found = evaluate(method, &job, 0.95).map_err(|refusal| refusal.reason)?;
    Ok(found.answer)
}

fn close(answer: &Answer, name: &str, expected: f64, relative: f64) {
    let found = answer.get(name).unwrap();
    assert!((found - expected).abs() <= relative * expected.abs(), "{name}: {found}, {expected}");
}

/// A transistor by Gummel and Poon's equations; `sign` is -1 for a pnp.
fn transistor(sign: f64) -> String {
    let vt = 1.380_649e-23 * 300.0 / 1.602_176_634e-19;
    let row = |v: f64| {
        let ic = 1e-16 * (v / vt).exp_m1();
        let ib = ic / 100.0 + 1e-14 * (v / (1.9 * vt)).exp_m1();
        format!("{},{:e},{:e}\n", sign * v, sign * ic, sign * ib)
    };
    let mut csv = "vbe_v,ic_a,ib_a\n".to_owned();
    (15..=35).for_each(|i| csv.push_str(&row(0.02 * f64::from(i))));
    // What is no current of a junction does not count: below three thermal voltages, and a base
    // current that flows backwards.
    csv.push_str(&format!("{},{:e},{:e}\n", sign * 0.03, sign * 1e-9, sign * 1e-9));
    csv.push_str(&format!("{},{:e},{:e}\n", sign * 0.41, sign * 1e-9, sign * -1e-9));
    // Nor does a current of zero.
    csv.push_str(&format!("{},0,{:e}\n", sign * 0.43, sign * 1e-9));
    csv.push_str(&format!("{},{:e},0\n", sign * 0.45, sign * 1e-9));
    csv
}

#[test]
fn a_transistor_without_noise_gives_its_own_parameters() {
    for (sign, kind) in [(1.0, "npn"), (-1.0, "pnp")] {
        let found = answer("bjt-gummel", "temperature_k = 300", &transistor(sign)).unwrap();
        for (name, expected) in
            [("is_a", 1e-16), ("nf", 1.0), ("bf", 100.0), ("ise_a", 1e-14), ("ne", 1.9)]
        {
            close(&found, name, expected, 1e-4);
        }
        assert!(found.words.iter().any(|word| word.1 == kind), "{kind}");
    }
}

/// 100 counts a second without a film and 10 more for each nm, counted for 10 000 s: a standard
/// uncertainty of 0.1 a second.
#[test]
fn a_rate_below_that_of_no_film_is_refused() {
    let mut csv = "thickness_nm,counts,live_time_s\n".to_owned();
    for nm in [0, 5, 10, 20, 40] {
        csv.push_str(&format!("{nm},{},10000\n", (100 + 10 * nm) * 10_000));
    }
    let of = |rate: f64| {
        let counts = rate * 1e4;
        answer("xrf", &format!("unknown = {{ counts = {counts}, live_time_s = 10000 }}"), &csv)
    };
    let found = of(250.0).unwrap();
    close(&found, "thickness_nm", 15.0, 1e-9);
    close(&found, "rate_cps", 250.0, 1e-12);
    assert!(of(99.8).is_ok(), "two standard uncertainties below it");
    let refused = of(99.5).unwrap_err();
    assert!(refused.contains("lies below that of no film"), "{refused}");
    let beyond = of(800.0).unwrap_err();
    assert!(beyond.contains("far beyond that of the thickest standard"), "{beyond}");
    let thick = of(520.0).unwrap();
    close(&thick, "thickness_nm", 42.0, 1e-9);
    assert!(thick.warnings.iter().any(|warning| warning.contains("extrapolated")));
}

/// A sine of the wavelength of the cut-off: the Gaussian mean keeps half of it, and so does the
/// roughness (ISO 16610-21).
#[test]
fn a_sine_of_the_cut_off_is_halved() {
    let profile = |points: u32| {
        let mut csv = "x_mm,z_um\n".to_owned();
        for i in 0..points {
            let x = f64::from(i) / 64.0;
            csv.push_str(&format!("{x},{}\n", (std::f64::consts::TAU * x).sin()));
        }
        csv
    };
    let of = |more: &str| answer("line-profile", &format!("cutoff_mm = 1\n{more}"), &profile(641));
    let whole = of("").unwrap();
    close(&whole, "rq_um", 0.5 / 2f64.sqrt(), 2e-3);
    close(&whole, "rp_um", 0.5, 2e-3);
    // A part may reach one sampling distance beyond the profile, and no further.
    assert!(of("evaluation_mm = [-0.015625, 10.015625]").is_ok());
    assert!(of("evaluation_mm = [0, 10.03125]").unwrap_err().contains("must lie in the profile"));
    assert!(of("evaluation_mm = [-0.03125, 10]").unwrap_err().contains("must lie in the profile"));
    assert!(of("evaluation_mm = [4, 4.5]").unwrap_err().contains("must lie in the profile"));
    let few = answer("line-profile", "cutoff_mm = 1", &profile(9)).unwrap_err();
    assert!(few.contains("ten or more points"), "{few}");
}
