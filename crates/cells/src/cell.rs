//! A recognized cell: its pins and its behaviour.

use crate::logic::Truth;
use crate::switch::{Network, State};

/// A cell whose behaviour is known.
#[derive(Debug, Clone)]
pub struct Cell {
    /// Its name, which is that of its subcircuit.
    pub name: String,
    /// Pins of the subcircuit, in order, spelled as in the netlist.
    pub pins: Vec<String>,
    /// Its inputs, in the order of the subcircuit.
    pub inputs: Vec<String>,
    /// Its outputs, in the order of the subcircuit.
    pub outputs: Vec<String>,
    /// Its behaviour.
    pub behaviour: Behaviour,
    /// Its states at rest, one for each assignment of inputs and stored value.
    pub rests: Vec<Rest>,
    /// Its switch network.
    pub network: Network,
}

/// The behaviour of a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Behaviour {
    /// Outputs follow the inputs; functions of all inputs, in the order of [`Cell::outputs`].
    Combinational(Vec<Function>),
    /// The cell stores one bit.
    Sequential(Sequential),
}

/// The behaviour of one output of a combinational cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Function {
    /// Its value; `None` in the states in which it floats.
    pub value: Truth,
    /// The states in which it floats, if there are any.
    pub three_state: Option<Truth>,
}

/// A flip-flop or a latch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sequential {
    /// Whether it takes its data at an edge; a latch takes them during a level.
    pub is_flop: bool,
    /// The clock or the enable, by the number of the input.
    pub clock: usize,
    /// The level after the active edge of a flip-flop, or the level at which a latch is transparent.
    pub active: bool,
    /// What it stores, as a function of all inputs.
    pub next: Truth,
    /// The input and level that clear it.
    pub clear: Option<(usize, bool)>,
    /// The input and level that preset it.
    pub preset: Option<(usize, bool)>,
    /// For each output, whether it shows the inverted bit.
    pub inverted: Vec<bool>,
}

/// A state at rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rest {
    /// The inputs: bit i is input i.
    pub inputs: usize,
    /// The stored bit of a sequential cell.
    pub stored: Option<bool>,
    /// The levels of all nodes.
    pub state: State,
}

impl Sequential {
    /// Inputs that decide what is stored: all except the clock, clear and preset.
    pub fn data(&self) -> Vec<usize> {
        let other = |i: &usize| {
            *i != self.clock
                && self.clear.is_none_or(|(pin, _)| pin != *i)
                && self.preset.is_none_or(|(pin, _)| pin != *i)
        };
        (0..self.next.pins.len()).filter(other).collect()
    }

    /// Clear and preset: the input, the level at which it acts, and the value that it stores.
    pub fn asynchronous(&self) -> impl Iterator<Item = (usize, bool, bool)> {
        let clear = self.clear.map(|(pin, level)| (pin, level, false));
        let preset = self.preset.map(|(pin, level)| (pin, level, true));
        clear.into_iter().chain(preset)
    }

    /// The assignment with every clear and preset inactive and all other inputs low.
    pub fn quiet(&self) -> usize {
        self.asynchronous().map(|(pin, level, _)| usize::from(!level) << pin).sum()
    }
}

impl Cell {
    /// Inverts the meaning of the stored bit. Nothing that can be seen from outside changes.
    pub fn turn(&mut self) {
        let Behaviour::Sequential(s) = &mut self.behaviour else { return };
        s.next.values.iter_mut().for_each(|value| *value = value.map(|bit| !bit));
        (s.clear, s.preset) = (s.preset, s.clear);
        s.inverted.iter_mut().for_each(|inverted| *inverted = !*inverted);
        self.rests.iter_mut().for_each(|rest| rest.stored = rest.stored.map(|bit| !bit));
    }

    /// The number of an input.
    pub fn input(&self, name: &str) -> Option<usize> {
        self.inputs.iter().position(|input| input == name)
    }

    /// A condition on inputs in Liberty's syntax, without the inputs in `except`; empty if no input remains.
    pub fn condition(&self, assignment: usize, except: &[usize]) -> String {
        let words = self.inputs.iter().enumerate().filter(|(i, _)| !except.contains(i));
        let words = words.map(|(i, pin)| match assignment >> i & 1 {
            1 => pin.clone(),
            _ => format!("!{pin}"),
        });
        words.collect::<Vec<_>>().join("&")
    }

    /// The behaviour in one line: the outputs with their functions, or what is stored and when.
    pub fn said(&self) -> String {
        match &self.behaviour {
            Behaviour::Combinational(functions) => {
                let all = self.outputs.iter().zip(functions).map(|(pin, f)| {
                    let floats = f.three_state.as_ref().map(|t| format!(" unless {}", t.text()));
                    format!("{pin} = {}{}", f.value.text(), floats.unwrap_or_default())
                });
                all.collect::<Vec<_>>().join("; ")
            }
            Behaviour::Sequential(s) => {
                let at = |pin: usize, level: bool| {
                    format!("{}{}", if level { "" } else { "!" }, self.inputs[pin])
                };
                let mut text = format!("{} at {}", s.next.text(), at(s.clock, s.active));
                for (pin, level, stores) in s.asynchronous() {
                    let what = if stores { "preset" } else { "clear" };
                    text.push_str(&format!(", {what} {}", at(pin, level)));
                }
                text
            }
        }
    }

    /// The kind of cell, in one word.
    pub fn kind(&self) -> &'static str {
        match &self.behaviour {
            Behaviour::Combinational(functions) => {
                match functions.iter().any(|f| f.three_state.is_some()) {
                    true => "three-state",
                    false => "combinational",
                }
            }
            Behaviour::Sequential(s) if s.is_flop => "flip-flop",
            Behaviour::Sequential(_) => "latch",
        }
    }
}
