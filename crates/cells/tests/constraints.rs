//! Setup and hold of sky130's flip-flop against the published library, and against a sweep in small steps.

#![allow(clippy::disallowed_methods, reason = "tests read and write files")]
#![allow(clippy::print_stderr, reason = "a test says what it measured, or why it skips")]

mod common;

use common::{config, each, finish, has_ngspice, known, reference, simulate};
use libchar_cells::constraint::{ConstraintTask, Kind};
use libchar_cells::work::Work;

/// Which tables and entries are searched: all with LIBCHAR_TEST_ALL, else one entry of each setup and hold, so that the test is short.
fn is_wanted(kind: Kind, entry: usize) -> bool {
    std::env::var_os("LIBCHAR_TEST_ALL").is_some()
        || entry == 4 && matches!(kind, Kind::Setup | Kind::Hold)
}

/// Every distance from 2 ps below to 2 ps above what was found, in steps of 0.5 ps: the first that passes with all above it
/// is within 1 ps.
fn sweep(task: &ConstraintTask<'_>) {
    let found = task.value_s.unwrap();
    let distances: Vec<f64> = (-4..=4).map(|i| found + f64::from(i) * 0.5e-12).collect();
    let outcome = simulate(&task.deck_at(&distances));
    let failing = (0..distances.len()).rposition(|k| !task.pass(&outcome, k));
    let first = failing.map_or(0, |k| k + 1);
    let off = distances.get(first).map_or(f64::INFINITY, |d| d - found);
    eprintln!("  sweep: {:+.1} ps", off * 1e12);
    assert!(off.abs() <= 1.001e-12, "{off}");
}

#[test]
fn setup_and_hold_are_near_the_published_ones() {
    let (Some(folder), true) = (reference(), has_ngspice()) else { return };
    let cell = std::env::var("LIBCHAR_TEST_CELL").unwrap_or("dfxtp".to_owned());
    let name = format!("sky130_fd_sc_hd__{cell}_1");
    let config = config(&folder.join("models/sky130_mini.lib.spice"), 0.162058);
    let (known, bench) = known(&config, &folder.join(format!("cells/{cell}/{name}.spice")));
    let path = folder.join(format!("cells/{cell}/{name}__tt_025C_1v80.lib.json"));
    let json: serde_json::Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let mut work = Work::of(&config, &known, &bench);
    let wanted = work.constraints.iter_mut().flat_map(|s| s.tasks.iter_mut().enumerate());
    let wanted = wanted.filter(|(entry, task)| is_wanted(task.constraint.kind, *entry)).collect();
    let judged = each(wanted, |(entry, task): (usize, &mut ConstraintTask<'_>)| {
        let c = task.constraint.clone();
        let pin = &known.cell.inputs[c.pin];
        let edge = if c.rises { "rise_constraint" } else { "fall_constraint" };
        let timing = &json[format!("pin,{pin}")]["timing"];
        let one = std::slice::from_ref(timing);
        let groups = timing.as_array().map_or(one, Vec::as_slice);
        let group = groups.iter().find(|g| g["timing_type"] == c.timing_type()).unwrap();
        let table = group.as_object().unwrap().iter().find(|(k, _)| k.starts_with(edge));
        let began = std::time::Instant::now();
        let decks = finish(task);
        let own = task.value_s.unwrap_or(f64::NAN) * 1e12;
        let values = table.map(|(_, t)| t["values"].clone()).unwrap_or_default();
        let published = match c.kind {
            Kind::Pulse => values[entry].as_f64(),
            _ => values[entry / 3][entry % 3].as_f64(),
        };
        let published = published.unwrap_or(f64::NAN) * 1e3;
        eprintln!(
            "{pin} {} {edge} {entry}: {own:.1} ps, published {published:.1} ps, {decks} decks, {:.1?} {:?}",
            c.timing_type(),
            began.elapsed(),
            libchar_cells::task::Task::failure(task)
        );
        let is_judged = cell == "dfxtp" && matches!(c.kind, Kind::Setup | Kind::Hold) && entry == 4;
        if is_judged {
            assert!((own - published).abs() <= 30.0, "{own} {published}");
            sweep(task);
        }
        is_judged
    });
    assert!(cell != "dfxtp" || judged.into_iter().filter(|is| *is).count() >= 4);
}
