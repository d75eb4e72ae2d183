//! Inputs that change as the output of a driver cell does, in real ngspice.

#![allow(clippy::disallowed_methods, reason = "tests read files")]

mod common;

use common::{finish, has_ngspice, known, simulate};
use libchar_cells::config::{Config, parse};
use libchar_cells::deck::render;
use libchar_cells::driver::{DriverTask, slews};
use libchar_cells::work::Work;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn example() -> (Config, PathBuf) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/lib");
    let text = std::fs::read_to_string(folder.join("cells.toml")).unwrap();
    // No netlist but that of the inverter is read.
    let text = text.split("[cells.nand2_1]").next().unwrap();
    let models = folder.join("models/cmos45.lib").display().to_string();
    let text = text.replace("models/cmos45.lib", &models);
    (parse("cells.toml", text.as_bytes()).unwrap(), folder.join("cells/inv_1.sp"))
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
