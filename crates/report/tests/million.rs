//! What statistics and pictures of a million samples cost, without reading the table.

use libchar_numeric::draws::Draws;
use libchar_report::Specs;
use libchar_report::statistics::sensitivity::Parameters;
use libchar_report::statistics::{Section, Series, picture, statistics};
use std::collections::BTreeMap;

/// Prints the time, which depends on the machine and is not asserted; the statistics are.
#[test]
#[expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a measurement needs the clock, and tells what it found"
)]
#[ignore = "a measurement: cargo test --release -p libchar-report --test million -- --ignored --nocapture"]
fn statistics_and_pictures_of_a_million_samples() {
    let mut draws = Draws::new(1, &["million"]);
    let z: Vec<f64> = (1..=1_000_000).map(|sample| draws.normal(sample)).collect();
    let series = Series {
        point: "p".to_owned(),
        corner: "TT".to_owned(),
        measure: "m".to_owned(),
        alter: 1,
        values: (1..).zip(z.iter().map(|z| Some(1.0 + 0.1 * z))).collect(),
        nominal: Some(1.0),
    };
    let draws: BTreeMap<u64, Vec<f64>> = (1..).zip(z.iter().map(|z| vec![*z])).collect();
    let parameters = Parameters {
        names: vec!["z".to_owned()],
        sigmas: vec![1.0],
        groups: vec![None],
        pairs: false,
    };
    let start = std::time::Instant::now();
    let found = statistics(series, &Specs::default(), &parameters, &draws, false);
    let told = start.elapsed();
    let section = Section { draws, parameters: parameters.names, ..Section::default() };
    let pictures = picture::pictures(&section, &found);
    let all = start.elapsed();
    eprintln!("statistics {told:?}, with {} pictures {all:?}", pictures.len());
    let sd = found.sd.unwrap();
    assert!((sd.value / 0.1 - 1.0).abs() < 5.0 / 2e6f64.sqrt());
    assert!((found.sensitivity.unwrap().unwrap().effects[0].slope.value - 0.1).abs() < 1e-12);
}
