//! Cells that libraries have, put together here from the pieces that they are made of: what their switches say, and which
//! arcs and constraints follow.

use libchar_cells::Cell;
use libchar_cells::arc::{Arc, arcs};
use libchar_cells::constraint::constraints;
use libchar_cells::netlist::{Devices, Netlists};
use libchar_cells::recognize::{Unknown, directions, recognize};
use std::collections::BTreeSet;

/// Gates of which cells are made, by `=`: `y = inv a`, `y = nand a b`, `y = nor a b`, `y = tinv a p n` (drives when n is high and
/// p low), `y = gate a p n` (a transmission gate).
fn netlist(name: &str, pins: &str, lines: &[&str]) -> String {
    let mut text = format!(".subckt {name} {pins} VGND VPWR\n");
    let mut count = 0;
    let mut mos = |text: &mut String, kind: &str, d: &str, g: &str, s: &str| {
        count += 1;
        let well = if kind == "nch" { "VGND" } else { "VPWR" };
        text.push_str(&format!("m{count} {d} {g} {s} {well} {kind} w=1u l=0.1u\n"));
    };
    for (number, line) in lines.iter().enumerate() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let (out, gate, ins) = (words[0], words[2], &words[3..]);
        match gate {
            "gate" => {
                mos(&mut text, "nch", out, ins[2], ins[0]);
                mos(&mut text, "pch", out, ins[1], ins[0]);
            }
            "tinv" => {
                mos(&mut text, "pch", &format!("u{number}"), ins[0], "VPWR");
                mos(&mut text, "pch", out, ins[1], &format!("u{number}"));
                mos(&mut text, "nch", &format!("l{number}"), ins[0], "VGND");
                mos(&mut text, "nch", out, ins[2], &format!("l{number}"));
            }
            _ => {
                // A stack on one side, all beside each other on the other one.
                let (stack, rail, beside, other) = match gate {
                    "nor" => ("pch", "VPWR", "nch", "VGND"),
                    _ => ("nch", "VGND", "pch", "VPWR"),
                };
                let mut above = out.to_owned();
                for (k, input) in ins.iter().enumerate() {
                    let last = k + 1 == ins.len();
                    let below = if last { rail.to_owned() } else { format!("s{number}_{k}") };
                    mos(&mut text, stack, &above, input, &below);
                    mos(&mut text, beside, out, input, other);
                    above = below;
                }
            }
        }
    }
    text + ".ends\n"
}

fn cell(name: &str, pins: &str, lines: &[&str]) -> Result<Cell, Unknown> {
    let mut netlists = Netlists::default();
    netlists.add("x", &netlist(name, pins, lines)).unwrap();
    let subckt = netlists.get(name).unwrap();
    let flat = netlists.flatten(subckt, &Devices::default()).unwrap();
    let fixed = [("VPWR", true), ("VGND", false)].map(|(n, b)| (n.to_owned(), b));
    let pins: Vec<String> = subckt.pins.iter().filter(|p| !p.starts_with('V')).cloned().collect();
    let (inputs, outputs) = directions(&flat, &fixed, &pins);
    recognize(name, &subckt.pins, &flat, &fixed, inputs, outputs)
}

/// Arcs as `from to timing_type timing_sense`, and how many states of the other inputs each has.
fn told(cell: &Cell) -> Vec<String> {
    let one = |arc: &Arc| {
        format!(
            "{} {} {} {} {}",
            cell.inputs[arc.input],
            cell.outputs[arc.output],
            arc.timing_type(cell),
            arc.sense.word(),
            arc.ways.len()
        )
    };
    arcs(cell).iter().map(one).collect()
}

/// Constraints as `pin timing_type related`, each once.
fn constrained(cell: &Cell) -> Vec<String> {
    let one = |c: &libchar_cells::constraint::Constraint| {
        format!("{} {} {}", cell.inputs[c.pin], c.timing_type(), cell.inputs[c.related])
    };
    constraints(cell).iter().map(one).collect::<BTreeSet<_>>().into_iter().collect()
}

#[test]
fn gates() {
    let said = |name: &str, pins: &str, lines: &[&str]| cell(name, pins, lines).unwrap().said();
    assert_eq!(said("nor3", "A B C Y", &["Y = nor A B C"]), "Y = !A&!B&!C");
    assert_eq!(
        said("nand4bb", "A_N B_N C D Y", &["i = inv A_N", "j = inv B_N", "Y = nand i j C D"]),
        "Y = (A_N) | (B_N) | (!C) | (!D)"
    );
    assert_eq!(
        said("conv", "A B Y", &["i = inv A", "j = inv B", "Y = gate i j B", "Y = gate A B j"]),
        "Y = (A&!B) | (!A&B)"
    );
    // A full adder of NANDs.
    let adder = cell(
        "fa",
        "A B CI COUT SUM",
        &[
            "t = nand A B",
            "u = nand A t",
            "v = nand t B",
            "h = nand u v",
            "w = nand h CI",
            "x = nand h w",
            "y = nand w CI",
            "SUM = nand x y",
            "COUT = nand t w",
        ],
    )
    .unwrap();
    assert_eq!(
        adder.said(),
        "COUT = (A&B) | (A&CI) | (B&CI); SUM = (A&B&CI) | (A&!B&!CI) | (!A&B&!CI) | (!A&!B&CI)"
    );
    let senses = told(&adder);
    assert_eq!(senses[0], "A COUT combinational positive_unate 2");
    assert!(senses.contains(&"CI SUM combinational negative_unate 2".to_owned()), "{senses:?}");
    // A multiplexer of four by transmission gates, with an inverter behind them.
    let mux = cell(
        "mux4",
        "A0 A1 A2 A3 S0 S1 Y",
        &[
            "a = inv S0",
            "b = inv S1",
            "l = gate A0 S0 a",
            "l = gate A1 a S0",
            "h = gate A2 S0 a",
            "h = gate A3 a S0",
            "m = gate l S1 b",
            "m = gate h b S1",
            "Y = inv m",
        ],
    )
    .unwrap();
    assert_eq!(told(&mux).len(), 4 + 2 * 2);
}

#[test]
fn three_states() {
    let einvp = cell("einvp", "A TE Z", &["n = inv TE", "Z = tinv A n TE"]).unwrap();
    assert_eq!(einvp.said(), "Z = !A unless !TE");
    assert_eq!(
        told(&einvp),
        [
            "A Z combinational negative_unate 1",
            "TE Z three_state_enable positive_unate 2",
            "TE Z three_state_disable negative_unate 2",
        ]
    );
    let einvn = cell("einvn", "A TE_B Z", &["n = inv TE_B", "Z = tinv A TE_B n"]).unwrap();
    assert_eq!(einvn.said(), "Z = !A unless TE_B");
}

/// A flip-flop whose master is open while `o` is low, with gates in both loops; `m` and `s` are their feedbacks.
fn flop(
    data: &'static str,
    pre: &[&'static str],
    gates: [&'static str; 4],
    out: &[&'static str],
) -> Vec<&'static str> {
    let mut lines = vec!["n = inv CLK", "c = inv n"];
    lines.extend(pre);
    lines.push(data);
    lines.extend(gates);
    lines.extend(out);
    lines
}

#[test]
fn flip_flops() {
    let plain = ["b = inv a", "a = tinv b n c", "p = gate b n c", "e = inv p"];
    let of = |name: &str, pins: &str, lines: Vec<&str>| cell(name, pins, &lines).unwrap();
    let dfxbp = of(
        "dfxbp",
        "CLK D Q Q_N",
        flop(
            "a = tinv D c n",
            &[],
            plain,
            &["p = tinv e c n", "Q = inv e_", "e_ = inv d_", "d_ = inv e", "Q_N = inv d_"],
        ),
    );
    assert_eq!(dfxbp.said(), "D at CLK");
    assert_eq!(told(&dfxbp), ["CLK Q rising_edge non_unate 1", "CLK Q_N rising_edge non_unate 1"]);
    assert_eq!(
        constrained(&dfxbp),
        ["CLK min_pulse_width CLK", "D hold_rising CLK", "D setup_rising CLK"]
    );
    // A scan input before the same.
    let sdf = of(
        "sdfxtp",
        "CLK D SCD SCE Q",
        flop(
            "a = tinv x c n",
            &["t = inv SCE", "x = gate D SCE t", "x = gate SCD t SCE"],
            plain,
            &["p = tinv e c n", "Q = inv e"],
        ),
    );
    assert_eq!(sdf.said(), "(D&!SCE) | (SCD&SCE) at CLK");
    assert_eq!(constrained(&sdf).len(), 7);
    // Set by a low SET_B in both loops; cleared by a low RESET_B too.
    let dfstp = of(
        "dfstp",
        "CLK D SET_B Q",
        flop(
            "a = tinv D c n",
            &[],
            ["b = nand a SET_B", "a = tinv b n c", "p = gate b n c", "e = inv p"],
            &["f = nand e SET_B", "p = gate f c n", "Q = inv e_", "e_ = inv f"],
        ),
    );
    assert_eq!(dfstp.said(), "D at CLK, preset !SET_B");
    assert_eq!(told(&dfstp), ["CLK Q rising_edge non_unate 1", "SET_B Q preset negative_unate 1"]);
    assert_eq!(
        constrained(&dfstp),
        [
            "CLK min_pulse_width CLK",
            "D hold_rising CLK",
            "D setup_rising CLK",
            "SET_B min_pulse_width SET_B",
            "SET_B recovery_rising CLK",
            "SET_B removal_rising CLK",
        ]
    );
}

/// Where clear and preset meet one wins, and both are told.
#[test]
fn clear_and_preset() {
    let lines = [
        "n = inv CLK",
        "c = inv n",
        "a = tinv D c n",
        "b = nand a SET_B",
        "a = tinv b n c",
        "p = gate b n c",
        "e = nand p RESET_B",
        "f = nand e SET_B",
        "p = gate f c n",
        "q = inv e",
        "u = inv q",
        "Q1 = inv u",
    ];
    let found = cell("dfbbp", "CLK D RESET_B SET_B Q1", &lines).unwrap();
    assert_eq!(found.said(), "D at CLK, clear !RESET_B, preset !SET_B");
    assert!(told(&found).contains(&"SET_B Q1 preset negative_unate 1".to_owned()));
    // Bits 2 and 3 are RESET_B and SET_B: with both low it is cleared.
    let both = found.rests.iter().filter(|rest| rest.inputs & 0b1100 == 0);
    assert!(both.map(|rest| rest.stored).all(|bit| bit == Some(false)));
}

#[test]
fn latches() {
    let dlrtn = cell(
        "dlrtn",
        "D GATE_N RESET_B Q",
        &[
            "g = inv GATE_N",
            "h = inv g",
            "x = gate D h g",
            "y = nand x RESET_B",
            "w = inv y",
            "x = gate w g h",
            "Q = inv y",
        ],
    )
    .unwrap();
    assert_eq!(dlrtn.said(), "D at !GATE_N, clear !RESET_B");
    assert_eq!(
        told(&dlrtn),
        [
            "D Q combinational positive_unate 1",
            "GATE_N Q falling_edge non_unate 1",
            "RESET_B Q clear positive_unate 1",
        ]
    );
    assert_eq!(
        constrained(&dlrtn),
        [
            "D hold_rising GATE_N",
            "D setup_rising GATE_N",
            "GATE_N min_pulse_width GATE_N",
            "RESET_B min_pulse_width RESET_B",
        ]
    );
}

/// What is not understood is refused with a reason.
#[test]
fn clock_gates_and_ties_are_refused() {
    let gate = cell(
        "dlclkp",
        "CLK GATE GCLK",
        &[
            "n = inv CLK",
            "x = gate GATE CLK n",
            "y = inv x",
            "w = inv y",
            "x = gate w n CLK",
            "z = nand w CLK",
            "GCLK = inv z",
        ],
    );
    assert!(matches!(gate, Err(Unknown::NoClock(_))), "{gate:?}");
    assert_eq!(cell("decap", "A", &["A = inv VPWR"]).map(|c| c.said()), Ok("A = 0".to_owned()));
}
