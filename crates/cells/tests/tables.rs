//! Tables of sky130's inverter against the published library.

#![allow(clippy::disallowed_methods, reason = "tests read and write files")]
#![allow(clippy::print_stderr, reason = "a test says what it measured, or why it skips")]

mod common;

use common::{config, has_ngspice, known, reference, simulate};
use libchar_cells::tables::{CellTables, Grid, tables};
use libchar_cells::work::Work;
use std::path::Path;

/// Layout parameters of `decks/inv_1_layout_params.spice` with series resistances and stress distances that reproduce the
/// published DC currents (fitted to those alone, at two other corners).
const EXTRACTED: &str = "\
.subckt sky130_fd_sc_hd__inv_1 A VGND VNB VPB VPWR Y
X0 d0 A s0 VNB sky130_fd_pr__nfet_01v8 w=650000u l=150000u ad=0.169 as=0.169 pd=1.82 ps=1.82 sa=165000u sb=165000u
R0 s0 VGND 95
R1 d0 Y 225
X1 d1 A s1 VPB sky130_fd_pr__pfet_01v8_hvt w=1e+06u l=150000u ad=0.26 as=0.26 pd=2.52 ps=2.52 sa=185000u sb=185000u
R2 s1 VPWR 194
R3 d1 Y 67
.ends
";

fn inverter(folder: &Path, netlist: &Path) -> CellTables {
    let config = config(&folder.join("models/sky130_mini.lib.spice"), 0.181284);
    let (known, bench) = known(&config, netlist);
    let mut work = Work::of(&config, &known, &bench);
    for task in work.tasks() {
        while let Some(deck) = task.deck() {
            task.take(&simulate(&deck));
        }
    }
    tables(&config, &known, &work)
}

/// The published table of a name: by transition, then by load.
fn published(folder: &Path, group: &str, name: &str) -> Vec<Vec<f64>> {
    let path = folder.join("cells/inv/sky130_fd_sc_hd__inv_1__tt_025C_1v80.lib.json");
    let json: serde_json::Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let tables = json["pin,Y"][group].as_object().unwrap();
    let table = tables.iter().find(|(key, _)| key.starts_with(name)).unwrap().1;
    serde_json::from_value(table["values"].clone()).unwrap()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Differences of entries whose load is at least the one at `from`.
fn differences(own: &Grid, other: &[Vec<f64>], from: usize, relative: bool) -> Vec<f64> {
    let pairs = own.iter().zip(other).flat_map(|(a, b)| a.iter().zip(b).skip(from));
    pairs
        .map(|(a, b)| {
            let d = (a.unwrap() - b).abs();
            if relative { d / b.abs() } else { d }
        })
        .collect()
}

#[test]
fn the_extracted_inverter_is_the_published_one() {
    let (Some(folder), true) = (reference(), has_ngspice()) else { return };
    let netlist = tempfile::tempdir().unwrap();
    let path = netlist.path().join("inv.spice");
    std::fs::write(&path, EXTRACTED).unwrap();
    let own = inverter(&folder, &path);
    assert!(own.holes.is_empty(), "{:?}", own.holes);
    let arc = &own.arcs[0];
    let (rise, fall) = (arc.rise.as_ref().unwrap(), arc.fall.as_ref().unwrap());
    for (name, group, grid, relative, limit) in [
        ("cell_fall", "timing", &fall.delay, true, 0.04),
        ("cell_rise", "timing", &rise.delay, true, 0.03),
        ("fall_transition", "timing", &fall.transition, true, 0.06),
        ("rise_transition", "timing", &rise.transition, true, 0.02),
        ("fall_power", "internal_power", &fall.power, false, 1e-4),
        ("rise_power", "internal_power", &rise.power, false, 1e-3),
    ] {
        // Loads from 3.6 fF for timing; all for power.
        let from = if relative { 2 } else { 0 };
        let found = median(differences(grid, &published(&folder, group, name), from, relative));
        eprintln!("{name}: median {found:.3e}, limit {limit:.0e}");
        assert!(found <= limit, "{name}: {found}");
    }
    // `pin,A` of the published library, in pF.
    let (rise, fall) = own.capacitance[0];
    let (rise, fall) = (rise.unwrap() / 0.00239 - 1.0, fall.unwrap() / 0.002214 - 1.0);
    eprintln!("capacitance: rise {rise:.4}, fall {fall:.4}");
    assert!(rise.abs() <= 0.1 && fall.abs() <= 0.01, "{rise} {fall}");
}
