//! Derives the behaviour of a cell from all states that its switch network can take.

use crate::cell::{Behaviour, Cell, Function, Rest, Sequential};
use crate::logic::Truth;
use crate::netlist::Flat;
use crate::switch::{Bit, Network, State};
use std::collections::BTreeMap;

/// The most inputs of a cell: at most 2 to this power assignments are enumerated.
pub const MOST_INPUTS: usize = 10;

/// The most states of a cell that are enumerated.
const MOST_STATES: usize = 50_000;

/// The reason why a cell was not recognized.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unknown {
    /// It cannot be derived from the transistors which pins are outputs.
    #[error("no pin is an output that its transistors join to both supplies")]
    NoOutput,
    /// The cell has too many inputs for an enumeration.
    #[error("it has {0} inputs, and at most {MOST_INPUTS} are tried")]
    TooLarge(usize),
    /// An assignment joins supply and ground.
    #[error("with {0} its transistors join {1} to supply and ground at once")]
    Fight(String, String),
    /// The cell stores something, and no clock was found.
    #[error("it stores a bit, and no clock or enable was found: {0}")]
    NoClock(String),
}

/// Decides which pins are inputs and outputs. An output is a pin that channels join to both supplies without passing
/// another pin. A pin that floats for all values of the inputs is no output, such as the data pin of a latch that enters
/// by a transmission gate.
pub fn directions(
    flat: &Flat,
    fixed: &[(String, bool)],
    pins: &[String],
) -> (Vec<String>, Vec<String>) {
    let network = Network::new(flat, fixed, pins);
    let barrier: Vec<usize> =
        fixed.iter().map(|(n, _)| n).chain(pins).filter_map(|n| network.node(n)).collect();
    let reaches = |bit: bool, pin: &str| {
        let goals: Vec<usize> =
            fixed.iter().filter(|(_, b)| *b == bit).filter_map(|(n, _)| network.node(n)).collect();
        let Some(start) = network.node(pin) else { return false };
        network.joins(start, &goals, &barrier)
    };
    let (outputs, inputs): (Vec<String>, Vec<String>) =
        pins.iter().cloned().partition(|pin| reaches(true, pin) && reaches(false, pin));
    if outputs.len() < 2 || inputs.len() > MOST_INPUTS {
        return (inputs, outputs);
    }
    let nodes: Vec<usize> = inputs.iter().filter_map(|pin| network.node(pin)).collect();
    let states = (0..1usize << nodes.len()).map(|assignment| {
        let bits = nodes.iter().enumerate().map(|(i, node)| (*node, assignment >> i & 1 == 1));
        network.settle(&network.unknown(), &bits.collect::<Vec<_>>())
    });
    let states: Vec<State> = states.collect();
    let is_driven = |pin: &String| {
        let node = network.node(pin);
        states.iter().any(|state| node.is_some_and(|node| !state.floating.contains(&node)))
    };
    if !outputs.iter().any(is_driven) {
        return (inputs, outputs);
    }
    let outputs: Vec<String> = outputs.into_iter().filter(is_driven).collect();
    (pins.iter().filter(|pin| !outputs.contains(pin)).cloned().collect(), outputs)
}

/// Recognizes a cell with these inputs and outputs.
///
/// # Errors
/// A cell that is too large, that joins its supplies, or whose clock cannot be found.
pub fn recognize(
    name: &str,
    pins: &[String],
    flat: &Flat,
    fixed: &[(String, bool)],
    inputs: Vec<String>,
    outputs: Vec<String>,
) -> Result<Cell, Unknown> {
    if outputs.is_empty() {
        return Err(Unknown::NoOutput);
    }
    if inputs.len() > MOST_INPUTS {
        return Err(Unknown::TooLarge(inputs.len()));
    }
    let all: Vec<String> = inputs.iter().chain(&outputs).cloned().collect();
    let network = Network::new(flat, fixed, &all);
    let explored = Explored::of(&network, &inputs, &outputs);
    let mut cell = Cell {
        name: name.to_owned(),
        pins: pins.to_vec(),
        inputs,
        outputs,
        behaviour: Behaviour::Combinational(Vec::new()),
        rests: Vec::new(),
        network,
    };
    explored.refuse_fights(&cell)?;
    match explored.combinational(&cell) {
        Some(behaviour) => {
            cell.behaviour = behaviour;
            let states = &explored.starts;
            cell.rests = states
                .iter()
                .enumerate()
                .map(|(inputs, at)| Rest {
                    inputs,
                    stored: None,
                    state: explored.states[*at].1.clone(),
                })
                .collect();
        }
        None => {
            let found = explored.sequential(&cell)?;
            cell.rests = explored.rests(&found);
            cell.behaviour = Behaviour::Sequential(found);
        }
    }
    Ok(cell)
}

/// All states that a cell can reach by changes of one input after the other.
struct Explored {
    /// The inputs and the nodes of each state.
    states: Vec<(usize, State)>,
    /// The state of each assignment of inputs if nothing was known before.
    starts: Vec<usize>,
    /// For each state, the next state after a change of each input.
    after: Vec<Vec<usize>>,
    outputs: Vec<usize>,
    inputs: usize,
}

impl Explored {
    fn of(network: &Network, inputs: &[String], outputs: &[String]) -> Explored {
        let node = |name: &String| network.node(name).unwrap_or_default();
        let input_nodes: Vec<usize> = inputs.iter().map(node).collect();
        let settle = |before: &State, assignment: usize| {
            let bits: Vec<(usize, bool)> = input_nodes
                .iter()
                .enumerate()
                .map(|(i, node)| (*node, assignment >> i & 1 == 1))
                .collect();
            network.settle(before, &bits)
        };
        let mut explored = Explored {
            states: Vec::new(),
            starts: Vec::new(),
            after: Vec::new(),
            outputs: outputs.iter().map(node).collect(),
            inputs: inputs.len(),
        };
        let mut known: BTreeMap<(usize, State), usize> = BTreeMap::new();
        let mut place = |explored: &mut Explored, assignment: usize, state: State| {
            let next = explored.states.len();
            let at = *known.entry((assignment, state.clone())).or_insert(next);
            if at == next {
                explored.states.push((assignment, state));
            }
            at
        };
        for assignment in 0..1usize << inputs.len() {
            let state = settle(&network.unknown(), assignment);
            let at = place(&mut explored, assignment, state);
            explored.starts.push(at);
        }
        // A cell that forgets nothing is done already.
        let remembers = explored.starts.iter().any(|at| {
            explored.outputs.iter().any(|o| {
                let state = &explored.states[*at].1;
                state.bits[*o].is_none() && (state.driven[*o] || !explored.floats(state, *o))
            })
        });
        let mut at = 0;
        while remembers && at < explored.states.len() && explored.states.len() < MOST_STATES {
            let mut row = Vec::with_capacity(inputs.len());
            for input in 0..inputs.len() {
                let (assignment, state) = &explored.states[at];
                let assignment = assignment ^ (1 << input);
                let state = settle(state, assignment);
                row.push(place(&mut explored, assignment, state));
            }
            explored.after.push(row);
            at += 1;
        }
        explored
    }

    /// Whether an output is not driven: a three-state output at rest.
    fn floats(&self, state: &State, output: usize) -> bool {
        !state.driven[output] && state.floating.contains(&output)
    }

    fn refuse_fights(&self, cell: &Cell) -> Result<(), Unknown> {
        for (assignment, state) in &self.states {
            if let Some(node) = state.fights.first() {
                let inputs = cell.condition(*assignment, &[]);
                return Err(Unknown::Fight(inputs, cell.network.names()[*node].clone()));
            }
        }
        Ok(())
    }

    fn combinational(&self, cell: &Cell) -> Option<Behaviour> {
        let mut functions = Vec::new();
        for output in &self.outputs {
            let state = |a: usize| &self.states[self.starts[a]].1;
            let is_known =
                |a: usize| state(a).bits[*output].is_some() || self.floats(state(a), *output);
            if !(0..self.starts.len()).all(is_known) {
                return None;
            }
            let value = Truth::of(&cell.inputs, |a| {
                state(a).bits[*output].filter(|_| state(a).driven[*output])
            });
            let floats = Truth::of(&cell.inputs, |a| Some(self.floats(state(a), *output)));
            let three_state = floats.values.contains(&Some(true)).then_some(floats);
            functions.push(Function { value, three_state });
        }
        Some(Behaviour::Combinational(functions))
    }

    fn shown(&self, at: usize, output: usize) -> Bit {
        let state = &self.states[at].1;
        state.bits[self.outputs[output]].filter(|_| state.driven[self.outputs[output]])
    }

    /// States in which the outputs are known.
    fn known(&self) -> impl Iterator<Item = usize> {
        (0..self.after.len())
            .filter(|at| (0..self.outputs.len()).all(|o| self.shown(*at, o).is_some()))
    }

    fn level(&self, at: usize, input: usize) -> bool {
        self.states[at].0 >> input & 1 == 1
    }

    fn sequential(&self, cell: &Cell) -> Result<Sequential, Unknown> {
        let no = |why: &str| Unknown::NoClock(why.to_owned());
        if self.after.len() < self.states.len() {
            return Err(no("it has too many states"));
        }
        if self.known().next().is_none() {
            return Err(no("no order of its inputs makes its outputs known"));
        }
        let inverted: Vec<bool> = (0..self.outputs.len())
            .map(|o| self.known().next().is_some_and(|at| self.shown(at, o) != self.shown(at, 0)))
            .collect();
        let follows = |at: usize| {
            (0..self.outputs.len()).all(|o| (self.shown(at, o) != self.shown(at, 0)) == inverted[o])
        };
        if !self.known().all(follows) {
            return Err(no("its outputs do not all show the same bit"));
        }
        let (clear, preset) = self.asynchronous();
        let quiet = |at: &usize| {
            let off = |found: Option<(usize, bool)>| {
                found.is_none_or(|(pin, level)| self.level(*at, pin) != level)
            };
            off(clear) && off(preset)
        };
        // Changes of inputs that change the bit: input, level after it.
        let mut moves: Vec<(usize, bool)> = Vec::new();
        for at in self.known().filter(quiet) {
            for (input, after) in self.after[at].iter().enumerate() {
                let changed =
                    self.shown(*after, 0).is_some_and(|bit| Some(bit) != self.shown(at, 0));
                if changed && quiet(after) {
                    moves.push((input, !self.level(at, input)));
                }
            }
        }
        moves.sort_unstable();
        moves.dedup();
        let candidates: Vec<(usize, bool)> = match moves.as_slice() {
            [] => return Err(no("no single input makes it store the value of other inputs")),
            [only] => vec![*only],
            many => many
                .iter()
                .copied()
                .filter(|(pin, level)| !many.contains(&(*pin, !level)))
                .filter(|(pin, level)| self.only_while(*pin, *level, &quiet))
                .collect(),
        };
        let [(clock, active)] = candidates.as_slice() else {
            let names: Vec<&str> =
                moves.iter().map(|(pin, _)| cell.inputs[*pin].as_str()).collect();
            return Err(no(&format!("{} change its output", names.join(", "))));
        };
        let is_flop = moves.len() == 1;
        let next = self.next(cell, *clock, *active, &quiet).ok_or_else(|| {
            no("what it stores at the clock's edge depends on more than its inputs")
        })?;
        Ok(Sequential { is_flop, clock: *clock, active: *active, next, clear, preset, inverted })
    }

    /// Whether the bit changes only while a pin is at a level, or only when it comes to it.
    fn only_while(&self, pin: usize, level: bool, quiet: &dyn Fn(&usize) -> bool) -> bool {
        self.known().filter(|at| quiet(at) && self.level(*at, pin) != level).all(|at| {
            self.after[at].iter().enumerate().all(|(input, after)| {
                input == pin || !quiet(after) || self.shown(*after, 0) == self.shown(at, 0)
            })
        })
    }

    /// Inputs and the levels at which the bit is always 0, and those at which it is always 1.
    #[expect(clippy::type_complexity, reason = "an input and a level for each of two values")]
    fn asynchronous(&self) -> (Option<(usize, bool)>, Option<(usize, bool)>) {
        let mut found: [Option<(usize, bool)>; 2] = [None, None];
        // Where clear and preset meet, one of them wins; the other one shows itself where that is at rest.
        for _ in 0..2 {
            let winning = found;
            let quiet = |at: &usize| {
                winning.iter().flatten().all(|(pin, level)| self.level(*at, *pin) != *level)
            };
            for input in (0..self.inputs).filter(|i| winning.iter().flatten().all(|w| w.0 != *i)) {
                for level in [false, true] {
                    let mut at_level = self
                        .known()
                        .filter(|at| quiet(at) && self.level(*at, input) == level)
                        .peekable();
                    let Some(first) = at_level.peek().and_then(|at| self.shown(*at, 0)) else {
                        continue;
                    };
                    let of = &mut found[usize::from(first)];
                    if of.is_none() && at_level.all(|at| self.shown(at, 0) == Some(first)) {
                        *of = Some((input, level));
                    }
                }
            }
        }
        (found[0], found[1])
    }

    /// The value that the clock stores, as a function of the inputs; `None` if it is not such a function.
    fn next(
        &self,
        cell: &Cell,
        clock: usize,
        active: bool,
        quiet: &dyn Fn(&usize) -> bool,
    ) -> Option<Truth> {
        let mut values: Vec<Bit> = vec![None; 1 << self.inputs];
        for at in self.known().filter(|at| quiet(at) && self.level(*at, clock) != active) {
            let after = self.after[at][clock];
            let bit = self.shown(after, 0)?;
            for assignment in [self.states[at].0, self.states[after].0] {
                if values[assignment].is_some_and(|other| other != bit) {
                    return None;
                }
                values[assignment] = Some(bit);
            }
        }
        Some(Truth { pins: cell.inputs.clone(), values })
    }

    /// One state for each assignment of inputs and stored bit in which all nodes are known.
    fn rests(&self, found: &Sequential) -> Vec<Rest> {
        let mut rests: BTreeMap<(usize, Bit), usize> = BTreeMap::new();
        for at in self.known() {
            let whole =
                |at: usize| self.states[at].1.bits.iter().filter(|bit| bit.is_none()).count();
            let bit = self.shown(at, 0).map(|bit| bit != found.inverted[0]);
            let entry = rests.entry((self.states[at].0, bit)).or_insert(at);
            if whole(at) < whole(*entry) {
                *entry = at;
            }
        }
        rests
            .into_iter()
            .map(|((inputs, stored), at)| Rest { inputs, stored, state: self.states[at].1.clone() })
            .collect()
    }
}
