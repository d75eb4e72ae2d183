//! Inputs that change as the output of a driver cell does, in real ngspice.

#![allow(clippy::disallowed_methods, reason = "tests read files")]

mod common;

use common::{finish, has_ngspice, known, simulate};
use libchar_cells::bench::add_variation;
use libchar_cells::config::{Config, parse};
use libchar_cells::constraint::Kind;
use libchar_cells::deck::{Bench, render};
use libchar_cells::driver::{DriverTask, slews};
use libchar_cells::work::Work;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn example() -> (Config, PathBuf) {
    example_of("cells.toml", "inv_1")
}

/// A cell of the example's library: tables of cells whose netlists are not read are left out.
fn example_of(file: &str, cell: &str) -> (Config, PathBuf) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/lib");
    let text = std::fs::read_to_string(folder.join(file)).unwrap();
    let others = ["inv_1", "nand2_1", "dff_1", "not"].into_iter().filter(|other| *other != cell);
    let others: Vec<String> = others.map(|other| format!("cells.{other}")).collect();
    let is_other = |table: &&str| others.iter().any(|other| table.starts_with(other));
    let tables: Vec<&str> = text.split("\n[").filter(|table| !is_other(table)).collect();
    let models = folder.join("models/cmos45.lib").display().to_string();
    let text = tables.join("\n[").replace("models/cmos45.lib", &models);
    (parse(file, text.as_bytes()).unwrap(), folder.join(format!("cells/{cell}.sp")))
}

/// Lets the inputs of a cell change as the example's inverter does.
fn driven(bench: &mut Bench, slews_ns: &[f64]) {
    let (mut config, netlist) = example();
    config.slews_ns = slews_ns.to_vec();
    let (inverter, own) = known(&config, &netlist);
    let wanted = slews(std::slice::from_ref(&inverter));
    let mut task = DriverTask::new(&config, &inverter, &own, wanted).unwrap();
    finish(&mut task);
    bench.give(&task.shapes().map(Arc::new).unwrap());
}

/// The sources of the inputs of a deck.
fn sources(deck: &str) -> Vec<&str> {
    deck.lines().filter(|line| line.contains(" pwl(")).collect()
}

#[test]
fn a_constraint_is_searched_with_the_waveforms_of_the_driver() {
    if !has_ngspice() {
        return;
    }
    let (mut config, netlist) = example_of("cells.toml", "dff_1");
    config.slews_ns = vec![0.015, 0.1];
    config.constraint_slews_ns = vec![0.03, 0.1];
    let (known, ramps) = known(&config, &netlist);
    let mut bench = ramps.clone();
    driven(&mut bench, &[0.015, 0.03, 0.1]);
    let [own, plain] = [&bench, &ramps].map(|bench| {
        let mut work = Work::of(&config, &known, bench);
        let setup = work.constraints.iter_mut().find(|s| s.tasks[0].constraint.kind == Kind::Setup);
        let task = &mut setup.unwrap().tasks[0];
        finish(task);
        let found = task.value_s.unwrap();
        let distances = [found - 1.1e-12, found];
        let deck = task.deck_at(&distances);
        let outcome = simulate(&deck);
        assert!(!task.pass(&outcome, 0) && task.pass(&outcome, 1), "{found}");
        (found, sources(&deck).into_iter().map(str::len).max())
    });
    // The driver's waveform has more corners than a ramp, and moves the entry.
    assert!(own.1 > plain.1, "{own:?} {plain:?}");
    assert!(
        (own.0 - plain.0).abs() > 0.1e-12 && (own.0 - plain.0).abs() < 20e-12,
        "{own:?} {plain:?}"
    );
}

#[test]
fn a_cell_whose_devices_vary_sees_the_waveforms_of_the_driver() {
    if !has_ngspice() {
        return;
    }
    let (mut config, netlist) = example_of("lvf.toml", "inv_1");
    config.slews_ns = vec![0.015, 0.1];
    let (known, mut bench) = known(&config, &netlist);
    add_variation(&config, &known.cell, &mut bench).unwrap();
    driven(&mut bench, &config.slews_ns);
    let work = Work::of(&config, &known, &bench);
    let task = &work.tables[0].tasks[0];
    let deck = |bench: &Bench| render(bench, &known.cell, &task.experiment, &task.setting);
    let (nominal, varied) = (deck(&bench), deck(&bench.varying.as_deref().unwrap().0));
    assert_eq!(sources(&varied), sources(&nominal));
    assert!(sources(&nominal)[0].split_whitespace().count() > 20, "{nominal}");
}

#[test]
fn the_waveform_has_the_transition_of_the_table_and_is_no_ramp() {
    if !has_ngspice() {
        return;
    }
    let (mut config, netlist) = example();
    config.slews_ns = vec![0.015, 0.03, 0.1];
    let (known, ramps) = known(&config, &netlist);
    let cells = std::slice::from_ref(&known);
    let mut task = DriverTask::new(&config, &known, &ramps, slews(cells)).unwrap();
    let decks = finish(&mut task);
    assert_eq!(task.why(), None);
    assert!(decks <= 9, "{decks}");
    let mut bench = ramps.clone();
    bench.shapes = task.shapes().map(Arc::new);
    let (own, plain) = (Work::of(&config, &known, &bench), Work::of(&config, &known, &ramps));
    for (driven, ramped) in own.tables[0].tasks.iter().zip(&plain.tables[0].tasks) {
        let slew_s = driven.setting.slew_s;
        let deck = render(&bench, &known.cell, &driven.experiment, &driven.setting);
        let (low, high) = (0.2 * 1.1, 0.8 * 1.1);
        let input = format!(
            "\n.meas tran up trig v(i0) val={low} rise=1 targ v(i0) val={high} rise=1\n.meas tran down trig v(i0) val={high} fall=1 targ v(i0) val={low} fall=1\n\
             .meas tran early trig v(i0) val={low} rise=1 targ v(i0) val=0.55 rise=1\n.end\n"
        );
        let found = simulate(&deck.replace("\n.end\n", &input)).measures;
        for edge in ["up", "down"] {
            let off = found[edge] / slew_s - 1.0;
            assert!(off.abs() < 5e-3, "{edge} {slew_s}: {off}");
        }
        // The middle of a ramp is in its middle.
        assert!((found["early"] / found["up"] - 0.5).abs() > 0.005, "{found:?}");
        let ramped = render(&ramps, &known.cell, &ramped.experiment, &ramped.setting);
        let ramped = simulate(&ramped).measures;
        let differences: Vec<f64> = ["d0_0", "d1_0", "d0_2", "d1_2"]
            .iter()
            .map(|d| (found[*d] / ramped[*d] - 1.0).abs())
            .collect();
        assert!(differences.iter().all(|d| *d < 0.5), "{differences:?}");
        assert!(differences.iter().any(|d| *d > 1e-3), "{differences:?}");
    }
}

#[test]
fn a_transition_that_the_driver_has_not_is_told_with_its_least_one() {
    if !has_ngspice() {
        return;
    }
    let (mut config, netlist) = example();
    config.slews_ns = vec![1e-4, 0.02];
    let (known, bench) = known(&config, &netlist);
    let cells = std::slice::from_ref(&known);
    let mut task = DriverTask::new(&config, &known, &bench, slews(cells)).unwrap();
    finish(&mut task);
    let why = task.why().unwrap();
    assert!(why.starts_with("the driver `inv_1` has no transition of 0.0001 ns at its"), "{why}");
    assert_eq!(task.shapes(), None);
}
