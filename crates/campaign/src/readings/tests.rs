use super::{Reader, Reading, tidy};
use crate::environment::Environment;
use crate::fixture::{self, Domain, log};
use crate::outputs::{self, Place};
use libchar_core::Fault;
use libchar_engine::Simulator;
use libchar_pvt::Point;
use std::fs;
use std::path::Path;

fn read(point: &Point) -> Result<Reading, Vec<Fault>> {
    let (site, environment) = (toml::Table::new(), Environment::default());
    Reader::new(&site, Some("ngspice"), &[], &environment).read(point)
}

fn write_log(point: &Point, text: &str) {
    fs::write(Path::new(&point.id).join("sim_tx.log"), text).unwrap();
}

/// Writes a status with these fields, and records the outputs as they are now.
fn write_status(point: &Point, fields: &str) {
    let simulator = Simulator::find("ngspice", &toml::Table::new()).unwrap();
    let place = Place { folder: Path::new(&point.id), stem: "sim_tx" };
    let outputs = serde_json::to_string(&outputs::record(place, &simulator).unwrap()).unwrap();
    let text = format!("{{{fields}, \"simulator\": \"ngspice\", \"outputs\": {outputs}}}");
    fs::write(Path::new(&point.id).join("status.json"), text).unwrap();
}

/// The value of `tphl`, and why it is missing.
fn value(reading: &Reading) -> (Option<f64>, Option<String>) {
    let row = reading.measures.rows.iter().find(|row| row.name == "tphl");
    (row.and_then(|row| row.value), reading.why())
}

#[test]
fn a_log_without_a_status_is_read_and_a_point_without_a_log_is_told() {
    let domain = Domain::new(2);
    write_log(&domain.points[0], &log("1.000000e-09"));
    let reading = read(&domain.points[0]).unwrap();
    assert_eq!(value(&reading), (Some(1e-9), None));
    assert_eq!(reading.asked, ["tphl"]);
    assert!(!reading.is_stale && reading.preset.is_none());
    assert_eq!(reading.files.len(), 2, "deck and log");
    let (none, why) = value(&read(&domain.points[1]).unwrap());
    assert_eq!(none, None);
    assert_eq!(why.unwrap(), "not simulated: neither a log nor a measure file");
}

#[test]
fn outputs_that_are_not_those_of_the_run_have_no_values() {
    let domain = Domain::new(1);
    let point = &domain.points[0];
    write_log(point, &log("1.000000e-09"));
    write_status(point, "\"status\": \"done\", \"preset\": \"fast\"");
    let reading = read(point).unwrap();
    assert_eq!(value(&reading), (Some(1e-9), None));
    assert_eq!((reading.preset.as_deref(), reading.files.len()), (Some("fast"), 3));
    write_log(point, &log("2.000000e-09"));
    let (none, why) = value(&read(point).unwrap());
    assert_eq!(none, None);
    assert!(why.unwrap().ends_with("its hash differs; `libchar run` simulates the point again"));
}

#[test]
fn values_of_a_run_that_failed_for_another_reason_are_not_those_of_the_point() {
    let domain = Domain::new(2);
    for (point, class) in domain.points.iter().zip(["singular", "measure"]) {
        write_log(point, &log("1.000000e-09"));
        let fields = format!("\"status\": \"failed\", \"class\": \"{class}\", \"reason\": \"why\"");
        write_status(point, &fields);
    }
    let (none, why) = value(&read(&domain.points[0]).unwrap());
    assert_eq!((none, why.as_deref()), (None, Some("the run failed (singular): why")));
    assert_eq!(value(&read(&domain.points[1]).unwrap()), (Some(1e-9), None), "good ones are kept");
}

#[test]
fn a_file_that_a_good_run_left_cut_is_a_fault_and_one_of_a_failed_run_is_not() {
    let domain = Domain::new(1);
    let point = &domain.points[0];
    write_log(point, &log("1.0"));
    write_status(point, "\"status\": \"done\"");
    assert!(read(point).unwrap_err()[0].to_string().contains("is cut"));
    write_status(point, "\"status\": \"failed\", \"class\": \"timeout\", \"reason\": \"late\"");
    let (none, why) = value(&read(point).unwrap());
    assert_eq!((none, why.as_deref()), (None, Some("the run failed (timeout): late")));
}

#[test]
fn another_deck_other_files_or_another_simulator_make_it_stale() {
    let domain = Domain::new(1);
    let point = &domain.points[0];
    write_log(point, &log("1.000000e-09"));
    let deck = &domain.jobs()[0].deck;
    for (deck_now, files, simulator, is_stale) in [
        (deck.sha256.as_str(), deck.files.as_str(), "ngspice", false),
        ("other", &deck.files, "ngspice", true),
        (&deck.sha256, "other", "ngspice", true),
        (&deck.sha256, &deck.files, "hspice", true),
    ] {
        let fields =
            format!("\"status\": \"done\", \"deck\": \"{deck_now}\", \"files\": \"{files}\"");
        write_status(point, &fields);
        let (site, environment) = (toml::Table::new(), Environment::default());
        let mut reader = Reader::new(&site, Some(simulator), &[], &environment);
        assert_eq!(
            reader.read(point).unwrap().is_stale,
            is_stale,
            "{deck_now} {files} {simulator}"
        );
    }
}

#[test]
fn samples_of_a_block_are_rows_of_its_point() {
    let mut domain = Domain::new(1);
    let id = format!("{}/mc_1-2", domain.points[0].id.clone());
    domain.add(&id, &fixture::deck("1"));
    write_log(&domain.points[0], &log("1.000000e-09"));
    let parts = [log("2.000000e-09"), log("failed")];
    write_log(&domain.points[1], &fixture::batch_log(&parts));
    let readings: Vec<Reading> = domain.points.iter().map(|point| read(point).unwrap()).collect();
    let results = tidy(&domain.points, &readings);
    let rows: Vec<_> = results
        .rows
        .iter()
        .map(|row| (row.point == domain.points[0].id, row.sample, row.value, row.status.as_str()))
        .collect();
    assert_eq!(
        rows,
        [
            (true, None, Some(1e-9), "ok"),
            (true, Some(1), Some(2e-9), "ok"),
            (true, Some(2), None, "failed")
        ]
    );
}

#[test]
fn samples_that_were_not_reached_failed() {
    let mut domain = Domain::new(0);
    domain.add("p/mc_1-2", &fixture::deck("1"));
    write_log(&domain.points[0], &fixture::batch_log(&[log("2.000000e-09")]));
    let reading = read(&domain.points[0]).unwrap();
    let rows = tidy(&domain.points, &[reading]).rows;
    let found: Vec<_> = rows.iter().map(|row| (row.sample, row.status.as_str())).collect();
    assert_eq!(found, [(Some(1), "ok"), (Some(2), "failed")]);
}

#[test]
fn a_measure_that_only_some_points_have_is_missing_at_the_others() {
    let mut domain = Domain::new(1);
    let other = fixture::deck("1").replace("tphl", "trise");
    domain.add("other", &other);
    write_log(&domain.points[0], &log("1.000000e-09"));
    write_log(&domain.points[1], &log("2.000000e-09").replace("tphl ", "trise"));
    let readings: Vec<Reading> = domain.points.iter().map(|point| read(point).unwrap()).collect();
    let results = tidy(&domain.points, &readings);
    let rows: Vec<_> = results
        .rows
        .iter()
        .map(|row| (row.measure.as_str(), row.value, row.status.as_str()))
        .collect();
    assert_eq!(
        rows,
        [
            ("tphl", Some(1e-9), "ok"),
            ("trise", None, "missing"),
            ("tphl", None, "missing"),
            ("trise", Some(2e-9), "ok")
        ]
    );
}
