//! Plain decks, written here from the names of pins alone: one copy of a cell, whole models, tight tolerances, one process
//! for one entry. Nothing of them comes from the decks that they judge.

#![allow(dead_code, reason = "each test uses a part")]

use crate::common::simulate;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The supply of all decks, in volts.
pub const VDD_V: f64 = 1.8;

/// Pins of supplies and wells.
const SUPPLIES: [&str; 4] = ["VPWR", "VPB", "VGND", "VNB"];

/// A cell to be simulated.
pub struct Bed {
    models: PathBuf,
    netlist: PathBuf,
    cell: String,
    pins: Vec<String>,
}

/// A change of a pin: when the middle of its ramp is, its transition (20 % to 80 %), what the pin becomes.
#[derive(Debug, Clone, PartialEq)]
pub struct Move {
    /// The pin.
    pub pin: String,
    /// The middle of its ramp, in seconds.
    pub middle_s: f64,
    /// Its transition, in seconds.
    pub slew_s: f64,
    /// What the pin becomes.
    pub value: bool,
}

impl Move {
    fn ramp_s(&self) -> f64 {
        self.slew_s / 0.6
    }
}

/// What is done to a cell: the pins at the start, then changes in the order of time.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Stimulus {
    start: BTreeMap<String, bool>,
    moves: Vec<Move>,
    /// When all is at rest again.
    pub now_s: f64,
    /// How many time steps the simulation has at least.
    pub steps: f64,
    /// How long the pins rest between changes that are not judged: stacked transistors that are off go on leaking, which
    /// moves what is judged by a few parts in a thousand.
    pub rest_s: f64,
}

impl Stimulus {
    /// Pins at the start, such as `D=0 CLK=0`.
    pub fn from(pins: &str) -> Stimulus {
        let pin = |word: &str| word.split_once('=').map(|(pin, v)| (pin.to_owned(), v == "1"));
        let start = pins.split_whitespace().filter_map(pin).collect();
        Stimulus { start, moves: Vec::new(), now_s: 1e-9, steps: 500.0, rest_s: 2.5e-9 }
    }

    /// The same with another rest.
    pub fn resting(self, rest_s: f64) -> Stimulus {
        Stimulus { rest_s, ..self }
    }

    /// Changes a pin quickly and waits.
    pub fn then(mut self, pin: &str, value: bool) -> Stimulus {
        let is = self.moves.iter().rev().find(|m| m.pin == pin).map(|m| m.value);
        if is.unwrap_or(self.start[pin]) == value {
            return self;
        }
        self.push(pin, value, 0.01e-9, self.rest_s);
        self
    }

    /// A whole pulse of a pin.
    pub fn pulse(self, pin: &str, level: bool) -> Stimulus {
        self.then(pin, level).then(pin, !level)
    }

    /// Changes a pin with a transition; returns when its ramp began.
    pub fn push(&mut self, pin: &str, value: bool, slew_s: f64, rest_s: f64) -> f64 {
        let began = self.now_s;
        let middle_s = began + slew_s / 0.6 / 2.0;
        self.moves.push(Move { pin: pin.to_owned(), middle_s, slew_s, value });
        self.now_s = began + slew_s / 0.6 + rest_s;
        began
    }

    /// Changes a pin around a time of one's own.
    pub fn at(&mut self, pin: &str, value: bool, slew_s: f64, middle_s: f64) {
        self.moves.push(Move { pin: pin.to_owned(), middle_s, slew_s, value });
    }

    fn sources(&self) -> String {
        let level = |v: bool| if v { VDD_V } else { 0.0 };
        let mut text = String::new();
        for (pin, start) in &self.start {
            let _ = write!(text, "v_{pin} {pin} 0 pwl(0 {}", level(*start));
            let mut is = *start;
            let mut own: Vec<&Move> = self.moves.iter().filter(|m| m.pin == *pin).collect();
            own.sort_by(|a, b| a.middle_s.total_cmp(&b.middle_s));
            for m in own {
                let (from, to) = (m.middle_s - m.ramp_s() / 2.0, m.middle_s + m.ramp_s() / 2.0);
                let _ = write!(text, " {from:.9e} {} {to:.9e} {}", level(is), level(m.value));
                is = m.value;
            }
            text.push_str(")\n");
        }
        text
    }
}

impl Bed {
    /// A cell of the reference data, such as `inv_1`.
    pub fn of(folder: &Path, cell: &str) -> Bed {
        let name = format!("sky130_fd_sc_hd__{cell}");
        let kind = cell.rsplit_once('_').map_or(cell, |(kind, _)| kind);
        let netlist = folder.join(format!("cells/{kind}/{name}.spice"));
        let text = std::fs::read_to_string(&netlist).unwrap();
        let line = text.lines().find(|line| line.starts_with(".subckt")).unwrap();
        let pins = line.split_whitespace().skip(2).map(str::to_owned).collect();
        Bed { models: folder.join("models/sky130_mini.lib.spice"), netlist, cell: name, pins }
    }

    /// The netlist's file.
    pub fn netlist(&self) -> &Path {
        &self.netlist
    }

    /// The current of the supply's source at rest after a stimulus: what floats inside would creep for seconds, so a second
    /// simulation starts at rest beside the voltages that the first one ends with.
    pub fn at_rest_after(&self, stimulus: &Stimulus) -> f64 {
        let text = std::fs::read_to_string(&self.netlist).unwrap();
        let devices = text.lines().filter(|line| line.starts_with(['X', 'x']));
        let mut nodes: Vec<&str> =
            devices.flat_map(|line| line.split_whitespace().skip(1).take(4)).collect();
        nodes.sort_unstable();
        nodes.dedup();
        let shown = |node: &&str| match self.pins.iter().any(|pin| pin == node) {
            true => (*node).to_owned(),
            false => format!("x1.{node}"),
        };
        let is_driven = |node: &&str| SUPPLIES.contains(node) || stimulus.start.contains_key(*node);
        let nodes: Vec<String> = nodes.iter().filter(|node| !is_driven(node)).map(shown).collect();
        let at = 0.999 * stimulus.now_s;
        let measures: String = (0..nodes.len())
            .map(|k| format!(".meas tran n{k} find v({}) at={at:e}\n", nodes[k]))
            .collect();
        let found = self.measure(stimulus, "", &measures);
        let voltages: String = (0..nodes.len())
            .map(|k| format!(" v({})={:e}", nodes[k], found[&format!("n{k}")]))
            .collect();
        let mut rest = Stimulus { moves: Vec::new(), now_s: 10e-9, ..stimulus.clone() };
        for change in &stimulus.moves {
            rest.start.insert(change.pin.clone(), change.value);
        }
        let nodeset = format!(".nodeset{voltages}\n");
        self.measure(&rest, &nodeset, ".meas tran l find i(vdd) at=5e-9\n")["l"]
    }

    /// Simulates a stimulus with what hangs at the outputs, and reads the measures.
    pub fn measure(
        &self,
        stimulus: &Stimulus,
        hangs: &str,
        measures: &str,
    ) -> BTreeMap<String, f64> {
        let node = |pin: &String| match pin.as_str() {
            "VPWR" | "VPB" => "vdd".to_owned(),
            "VGND" | "VNB" => "0".to_owned(),
            pin => pin.to_owned(),
        };
        let nodes: Vec<String> = self.pins.iter().map(node).collect();
        let end = stimulus.now_s;
        let step = end / stimulus.steps;
        let deck = format!(
            "* {cell}\n.lib '{}' tt\n.include '{}'\n.temp 25\n.options reltol=1e-6 abstol=1e-14 vntol=1e-8 chgtol=1e-18 trtol=0.3 method=gear gmin=1e-15\n\
             vdd vdd 0 {VDD_V}\n{}x1 {} {cell}\n{hangs}\n.tran {step:e} {end:.9e} 0 {step:e}\n{measures}\n.end\n",
            self.models.display(),
            self.netlist.display(),
            stimulus.sources(),
            nodes.join(" "),
            cell = self.cell,
        );
        let mut outcome = simulate(&deck);
        if outcome.failure.is_some() {
            // The tightest tolerance does not always converge.
            outcome = simulate(&deck.replace("reltol=1e-6", "reltol=1e-5"));
        }
        assert_eq!(outcome.failure, None, "{deck}");
        outcome.measures
    }
}

/// `.meas` from one crossing to another, both after a time; a crossing is a node, a fraction of the supply, a direction.
pub fn between(name: &str, from: (&str, f64, bool), to: (&str, f64, bool), after_s: f64) -> String {
    let at = |(node, fraction, rises): (&str, f64, bool)| {
        let edge = if rises { "rise" } else { "fall" };
        format!("v({node}) val={:.9} td={after_s:.9e} {edge}=1", fraction * VDD_V)
    };
    format!(".meas tran {name} trig {} targ {}\n", at(from), at(to))
}

/// What an output does after a pin changed: delay and transition in seconds, energy of the supply in joules.
pub struct Response {
    /// From the middle of the pin's ramp, in seconds.
    pub delay_s: f64,
    /// Between 20 % and 80 %, in seconds.
    pub transition_s: f64,
    /// From the supply, in joules.
    pub supply_j: f64,
}

/// Simulates the last, judged change of a stimulus.
pub fn response(
    bed: &Bed,
    mut stimulus: Stimulus,
    (pin, value, slew_s): (&str, bool, f64),
    (output, rises, load_f): (&str, bool, f64),
    hangs: &str,
) -> Response {
    // The window of energies: four ramps of the slowest transition.
    let began = stimulus.push(pin, value, slew_s, 10e-9);
    let end = stimulus.now_s;
    let (first, last) = if rises { (0.2, 0.8) } else { (0.8, 0.2) };
    let measures = [
        between("delay", (pin, 0.5, value), (output, 0.5, rises), began),
        between("slope", (output, first, rises), (output, last, rises), began),
        format!(".meas tran q integ i(vdd) from={began:.9e} to={end:.9e}\n"),
    ];
    let hangs = format!("cl {output} 0 {load_f:e}\n{hangs}");
    let found = bed.measure(&stimulus, &hangs, &measures.concat());
    Response {
        delay_s: found["delay"],
        transition_s: found["slope"],
        supply_j: -found["q"] * VDD_V,
    }
}
