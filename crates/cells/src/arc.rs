//! Timing arcs of a cell, and for each arc the states of the other inputs in which it occurs.

use crate::cell::{Behaviour, Cell, Function, Sequential};

/// The kind of an arc, as in Liberty's `timing_type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// An output follows an input.
    Combinational,
    /// A clock's active edge makes the output change.
    Clock,
    /// The output is cleared.
    Clear,
    /// The output is preset.
    Preset,
    /// A floating output starts to be driven.
    Enable,
    /// A driven output is released and floats.
    Disable,
}

/// How the direction of the output's edge depends on that of the input's edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sense {
    /// The same direction.
    Positive,
    /// The opposite one.
    Negative,
    /// Either direction.
    Either,
}

impl Sense {
    /// Liberty's word.
    pub fn word(self) -> &'static str {
        match self {
            Sense::Positive => "positive_unate",
            Sense::Negative => "negative_unate",
            Sense::Either => "non_unate",
        }
    }
}

/// A timing arc.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arc {
    /// The output, by its number.
    pub output: usize,
    /// The related input, by its number.
    pub input: usize,
    /// The kind of the arc.
    pub kind: Kind,
    /// Its sense.
    pub sense: Sense,
    /// The states in which it occurs: assignments of the other inputs.
    pub ways: Vec<usize>,
}

impl Arc {
    /// Liberty's `timing_type`.
    pub fn timing_type(&self, cell: &Cell) -> &'static str {
        let rising = matches!(&cell.behaviour, Behaviour::Sequential(s) if s.active);
        match self.kind {
            Kind::Combinational => "combinational",
            Kind::Clock if rising => "rising_edge",
            Kind::Clock => "falling_edge",
            Kind::Clear => "clear",
            Kind::Preset => "preset",
            Kind::Enable => "three_state_enable",
            Kind::Disable => "three_state_disable",
        }
    }
}

/// All arcs of a cell, by output, then by input.
pub fn arcs(cell: &Cell) -> Vec<Arc> {
    let mut all = Vec::new();
    for output in 0..cell.outputs.len() {
        for input in 0..cell.inputs.len() {
            match &cell.behaviour {
                Behaviour::Combinational(functions) => {
                    all.extend(combinational(&functions[output], output, input));
                }
                Behaviour::Sequential(s) => all.extend(sequential(s, output, input)),
            }
        }
    }
    all
}

/// Arcs of one input of a combinational output, one for each sense.
fn combinational(function: &Function, output: usize, input: usize) -> Vec<Arc> {
    let mut all: Vec<Arc> = Vec::new();
    let mut add =
        |kind, sense, way| match all.iter_mut().find(|a| a.kind == kind && a.sense == sense) {
            Some(arc) => arc.ways.push(way),
            None => all.push(Arc { output, input, kind, sense, ways: vec![way] }),
        };
    let values = &function.value.values;
    for way in (0..values.len()).filter(|a| a >> input & 1 == 0) {
        match (values[way], values[way | 1 << input]) {
            (Some(false), Some(true)) => add(Kind::Combinational, Sense::Positive, way),
            (Some(true), Some(false)) => add(Kind::Combinational, Sense::Negative, way),
            // An enable that is high when it drives: both directions follow its rising edge.
            (None, Some(_)) => {
                add(Kind::Enable, Sense::Positive, way);
                add(Kind::Disable, Sense::Negative, way);
            }
            (Some(_), None) => {
                add(Kind::Enable, Sense::Negative, way);
                add(Kind::Disable, Sense::Positive, way);
            }
            _ => {}
        }
    }
    all.sort_by_key(|arc| (arc.kind, arc.sense));
    all
}

fn sequential(s: &Sequential, output: usize, input: usize) -> Vec<Arc> {
    let inverted = s.inverted[output];
    let arc = |kind, sense, ways| vec![Arc { output, input, kind, sense, ways }];
    if input == s.clock {
        return arc(Kind::Clock, Sense::Either, vec![s.quiet()]);
    }
    if let Some((_, level, stores)) = s.asynchronous().find(|(pin, ..)| *pin == input) {
        let kind = if stores != inverted { Kind::Preset } else { Kind::Clear };
        // The output rises with a preset, falls with a clear.
        let sense = if level == (kind == Kind::Preset) { Sense::Positive } else { Sense::Negative };
        return arc(kind, sense, vec![s.quiet()]);
    }
    if s.is_flop {
        return Vec::new();
    }
    // While a latch is open, its output follows the data.
    let open = s.quiet() | usize::from(s.active) << s.clock;
    let mut ways: [Vec<usize>; 2] = Default::default();
    for way in sides(s, input, open) {
        let rises = s.next.values[way | 1 << input] == Some(true);
        ways[usize::from(rises != inverted)].push(way);
    }
    let [falling, rising] = ways;
    let both = [(Sense::Positive, rising), (Sense::Negative, falling)];
    both.into_iter()
        .filter(|(_, ways)| !ways.is_empty())
        .map(|(sense, ways)| Arc { output, input, kind: Kind::Combinational, sense, ways })
        .collect()
}

/// Assignments of the other data inputs, on top of those of `base`, for which an input decides what is stored. The input's
/// own bit is 0 in them.
pub fn sides(s: &Sequential, input: usize, base: usize) -> Vec<usize> {
    let data: Vec<usize> = s.data().into_iter().filter(|pin| *pin != input).collect();
    let mut found = Vec::new();
    for choice in 0..1usize << data.len() {
        let mut way = base & !(1 << input);
        for (i, pin) in data.iter().enumerate() {
            way = way & !(1 << pin) | (choice >> i & 1) << pin;
        }
        let (low, high) = (s.next.values[way], s.next.values[way | 1 << input]);
        if low.is_some() && high.is_some() && low != high {
            found.push(way);
        }
    }
    found
}
