//! A cell as it was recognized: its pins and what it does.

use crate::logic::Truth;
use crate::switch::{Network, State};

/// A cell whose behaviour is known.
#[derive(Debug, Clone)]
pub struct Cell {
    /// Its name, that of its subcircuit.
    pub name: String,
    /// Pins of the subcircuit, in order, as written.
    pub pins: Vec<String>,
    /// Its inputs, in the order of the subcircuit.
    pub inputs: Vec<String>,
    /// Its outputs, in the order of the subcircuit.
    pub outputs: Vec<String>,
    /// What it does.
    pub behaviour: Behaviour,
    /// Its states at rest, one for each assignment of inputs and stored value.
    pub rests: Vec<Rest>,
    /// Its network of switches.
    pub network: Network,
}

/// What a cell does.
#[derive(Debug, Clone, PartialEq)]
pub enum Behaviour {
    /// Outputs follow the inputs; functions of all inputs, in the order of [`Cell::outputs`].
    Combinational(Vec<Function>),
    /// The cell stores one bit.
    Sequential(Sequential),
}

/// What an output of a combinational cell does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Function {
    /// Its value; `None` where it floats.
    pub value: Truth,
    /// Where it floats, if anywhere.
    pub three_state: Option<Truth>,
}

/// A flip-flop or a latch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sequential {
    /// Whether it takes its data at an edge; a latch takes them during a level.
    pub is_flop: bool,
    /// The clock or the enable, as a number of an input.
    pub clock: usize,
    /// The level after the active edge, or the level that lets data through.
    pub active: bool,
    /// What it stores, as a function of all inputs.
    pub next: Truth,
    /// The input and level that clear it.
    pub clear: Option<(usize, bool)>,
    /// The input and level that preset it.
    pub preset: Option<(usize, bool)>,
    /// For each output whether it shows the inverted bit.
    pub inverted: Vec<bool>,
}

/// A state at rest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rest {
    /// The inputs: bit i is input i.
    pub inputs: usize,
    /// The stored bit of a sequential cell.
    pub stored: Option<bool>,
    /// All nodes.
    pub state: State,
}

impl Sequential {
    /// Inputs that decide what is stored: not the clock, and neither clear nor preset.
    pub fn data(&self) -> Vec<usize> {
        let other = |i: &usize| {
            *i != self.clock
                && self.clear.is_none_or(|(pin, _)| pin != *i)
                && self.preset.is_none_or(|(pin, _)| pin != *i)
        };
        (0..self.next.pins.len()).filter(other).collect()
    }

    /// Clear and preset: input, level at which it acts, what it stores.
    pub fn asynchronous(&self) -> impl Iterator<Item = (usize, bool, bool)> {
        let clear = self.clear.map(|(pin, level)| (pin, level, false));
        let preset = self.preset.map(|(pin, level)| (pin, level, true));
        clear.into_iter().chain(preset)
    }

    /// The assignment with every clear and preset at rest and all other inputs low.
    pub fn quiet(&self) -> usize {
        self.asynchronous().map(|(pin, level, _)| usize::from(!level) << pin).sum()
    }
}

impl Cell {
    /// Takes the opposite of the stored bit for it: nothing that can be seen from outside changes.
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

    /// A condition on inputs in Liberty's syntax, without those of `except`; empty if none is left.
    pub fn condition(&self, assignment: usize, except: &[usize]) -> String {
        let words = self.inputs.iter().enumerate().filter(|(i, _)| !except.contains(i));
        let words = words.map(|(i, pin)| match assignment >> i & 1 {
            1 => pin.clone(),
            _ => format!("!{pin}"),
        });
        words.collect::<Vec<_>>().join("&")
    }

    /// What it does, in a line: its outputs with their functions, or what it stores when.
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

    /// What kind of cell it is, in a word.
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
