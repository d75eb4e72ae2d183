//! The cells of the open sky130 library (Apache-2.0): what switches say against what is published. Read from
//! `LIBCHAR_REFDATA`; nothing is compared where it is not set.

#![allow(clippy::disallowed_methods, reason = "tests read and write files")]

use libchar_cells::Cell;
use libchar_cells::netlist::{Devices, Netlists};
use libchar_cells::recognize::{directions, recognize};
use std::path::Path;

fn cells(folder: &Path) -> Vec<Cell> {
    let mut netlists = Netlists::default();
    let mut names = Vec::new();
    for cell in std::fs::read_dir(folder.join("sky130/cells")).unwrap() {
        for file in std::fs::read_dir(cell.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|e| e == "spice") {
                netlists.add("x", &std::fs::read_to_string(&path).unwrap()).unwrap();
            }
        }
    }
    names.extend(netlists.iter().map(|s| s.name.clone()));
    let fixed = [("VPWR", true), ("VPB", true), ("VGND", false), ("VNB", false)]
        .map(|(n, b)| (n.to_owned(), b));
    let mut cells = Vec::new();
    for name in names {
        let subckt = netlists.get(&name).unwrap();
        let flat = netlists.flatten(subckt, &Devices::default()).unwrap();
        let pins: Vec<String> =
            subckt.pins.iter().filter(|p| !fixed.iter().any(|(n, _)| n == *p)).cloned().collect();
        let (inputs, outputs) = directions(&flat, &fixed, &pins);
        cells.push(
            recognize(&name, &subckt.pins, &flat, &fixed, inputs, outputs)
                .unwrap_or_else(|e| panic!("{name}: {e}")),
        );
    }
    cells
}

/// The functions, clocks, data and clears are those of the published library (`function`, `ff`, `latch` of
/// cells/*/*__tt_025C_1v80.lib.json).
#[test]
fn switches_say_what_is_published() {
    let Some(folder) = libchar_testing::reference_data() else { return };
    let found: Vec<String> = cells(Path::new(&folder))
        .iter()
        .map(|cell| {
            format!("{}: {}", cell.name.trim_start_matches("sky130_fd_sc_hd__"), cell.said())
        })
        .collect();
    let published = [
        "a21oi_1: Y = (!A1&!B1) | (!A2&!B1)",
        "and2_1: X = A&B",
        "buf_1: X = A",
        "dfrtp_1: D at CLK, clear !RESET_B",
        "dfxtp_1: D at CLK",
        "dlxtp_1: D at GATE",
        "ebufn_1: Z = A unless TE_B",
        "ha_1: COUT = A&B; SUM = (A&!B) | (!A&B)",
        "inv_1: Y = !A",
        "inv_2: Y = !A",
        "mux2_1: X = (A0&!S) | (A1&S)",
        "nand2_1: Y = (!A) | (!B)",
        "nor2_1: Y = !A&!B",
        "o21ai_1: Y = (!A1&!A2) | (!B1)",
        "or3_1: X = (A) | (B) | (C)",
        "xor2_1: X = (A&!B) | (!A&B)",
    ];
    assert_eq!(found, published);
}
