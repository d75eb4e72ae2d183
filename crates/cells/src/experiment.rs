//! Experiments: the changes of a cell's inputs, one step after the other, and the steps that are measured.

use crate::arc::{Arc, Kind, Sense, arcs, sides};
use crate::cell::{Behaviour, Cell, Sequential};

/// One change of an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The input, by its number.
    pub input: usize,
    /// The new level of the input.
    pub value: bool,
    /// Whether it is measured: a measured change has the transition of the table, any other a short one.
    pub is_measured: bool,
    /// The output that changes, and whether it rises.
    pub response: Option<(usize, bool)>,
}

impl Step {
    /// The inputs after this change.
    pub fn after(&self, inputs: usize) -> usize {
        inputs & !(1 << self.input) | usize::from(self.value) << self.input
    }
}

/// The purpose of an experiment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// Tables of an arc in one of the states in which it occurs.
    Arc(Arc, usize),
    /// The energy of an input that changes no output, for an assignment of the other inputs (and the stored bit).
    Hidden(usize, usize, Option<bool>),
}

/// A sequence of steps from a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Experiment {
    /// The purpose of the experiment.
    pub purpose: Purpose,
    /// The inputs at the start: bit i is input i.
    pub start: usize,
    /// The stored bit at the start, if the simulation begins in that state; otherwise steps before the measured ones store
    /// it.
    pub stored: Option<bool>,
    /// The steps; each begins when all nodes are at rest.
    pub steps: Vec<Step>,
}

impl Experiment {
    /// Whether its output is released: then the time of the release is measured, and there is no transition.
    pub fn is_release(&self) -> bool {
        matches!(&self.purpose, Purpose::Arc(arc, _) if arc.kind == Kind::Disable)
    }

    /// An experiment whose first steps bring the cell into the wanted state.
    fn new(purpose: Purpose, start: usize, steps: Vec<Step>) -> Experiment {
        Experiment { purpose, start, stored: None, steps }
    }

    /// The same measured steps without those before them and after the last response: the experiment begins at rest with
    /// the bit stored. It is unchanged if the cell stores nothing or has no such state.
    pub fn brief(&self, cell: &Cell) -> Experiment {
        let Behaviour::Sequential(s) = &cell.behaviour else { return self.clone() };
        let first = self.steps.iter().position(|step| step.is_measured);
        let last = self.steps.iter().rposition(|step| step.response.is_some());
        let (Some(first), Some(last)) = (first, last) else { return self.clone() };
        let Some((output, rises)) = self.steps[first].response else { return self.clone() };
        let start = self.steps[..first].iter().fold(self.start, |at, step| step.after(at));
        let stored = Some(rises == s.inverted[output]);
        if !cell.rests.iter().any(|rest| rest.inputs == start && rest.stored == stored) {
            return self.clone();
        }
        let steps = self.steps[first..=last].to_vec();
        Experiment { purpose: self.purpose.clone(), start, stored, steps }
    }
}

/// The steps under construction, and the inputs after them.
pub(crate) struct Script {
    /// The inputs now.
    pub at: usize,
    steps: Vec<Step>,
}

impl Script {
    /// A script without steps.
    pub fn from(start: usize) -> Script {
        Script { at: start, steps: Vec::new() }
    }

    /// Changes an input, unless it has that level already.
    pub fn set(&mut self, input: usize, value: bool) {
        if (self.at >> input & 1 == 1) != value {
            self.push(input, value, false, None);
        }
    }

    /// Changes the inputs, in their order, to an assignment.
    pub fn bring(&mut self, inputs: impl IntoIterator<Item = usize>, assignment: usize) {
        for input in inputs {
            self.set(input, assignment >> input & 1 == 1);
        }
    }

    /// Inputs and their new levels, in order.
    pub fn changes(&self) -> Vec<(usize, bool)> {
        self.steps.iter().map(|step| (step.input, step.value)).collect()
    }

    fn measure(&mut self, input: usize, value: bool, response: Option<(usize, bool)>) {
        self.push(input, value, true, response);
    }

    fn push(
        &mut self,
        input: usize,
        value: bool,
        is_measured: bool,
        response: Option<(usize, bool)>,
    ) {
        self.at = self.at & !(1 << input) | usize::from(value) << input;
        self.steps.push(Step { input, value, is_measured, response });
    }

    /// Stores a bit by a whole pulse of the clock; false if no assignment of the data inputs stores it.
    pub fn store(&mut self, s: &Sequential, bit: bool) -> bool {
        let idle = self.at & !(1 << s.clock) | usize::from(!s.active) << s.clock;
        let Some(data) = assignment(s, bit, idle) else { return false };
        self.set(s.clock, !s.active);
        self.bring(s.data(), data);
        self.set(s.clock, s.active);
        self.set(s.clock, !s.active);
        true
    }
}

/// The assignment that stores a bit and differs in as few inputs as possible from another one.
pub fn assignment(s: &Sequential, bit: bool, near: usize) -> Option<usize> {
    let keep: usize =
        (0..s.next.pins.len()).filter(|i| !s.data().contains(i)).map(|i| 1 << i).sum();
    (0..s.next.values.len())
        .filter(|a| a & keep == near & keep && s.next.values[*a] == Some(bit))
        .min_by_key(|a| (a ^ near).count_ones())
}

/// All experiments that the delays, powers and capacitances of a cell need; with `when`, those of all states in which an
/// arc occurs.
pub fn experiments(cell: &Cell) -> Vec<Experiment> {
    let mut all = Vec::new();
    for arc in arcs(cell) {
        for way in &arc.ways {
            all.extend(arc_experiment(cell, &arc, *way));
        }
    }
    all.extend(hidden(cell));
    all
}

fn arc_experiment(cell: &Cell, arc: &Arc, way: usize) -> Option<Experiment> {
    let mut script = Script::from(way);
    let start = match (&cell.behaviour, arc.kind) {
        (Behaviour::Combinational(functions), Kind::Enable) => {
            let drives = arc.sense == Sense::Positive;
            let value = functions[arc.output].value.values[way | usize::from(drives) << arc.input]?;
            let driven = |a: usize| a & !(1 << arc.input) | usize::from(drives) << arc.input;
            // The output floats where it was left: it was driven to the other rail before.
            let other = (0..functions[arc.output].value.values.len())
                .filter(|a| {
                    driven(*a) == *a && functions[arc.output].value.values[*a] == Some(!value)
                })
                .min_by_key(|a| (a ^ way).count_ones())?;
            script = Script::from(other);
            script.set(arc.input, !drives);
            script.bring((0..cell.inputs.len()).filter(|i| *i != arc.input), way);
            script.measure(arc.input, drives, Some((arc.output, value)));
            script.measure(arc.input, !drives, None);
            other
        }
        (Behaviour::Combinational(functions), Kind::Disable) => {
            let drives = arc.sense == Sense::Negative;
            let start = way | usize::from(drives) << arc.input;
            let value = functions[arc.output].value.values[start]?;
            script = Script::from(start);
            script.measure(arc.input, !drives, Some((arc.output, !value)));
            start
        }
        (_, Kind::Combinational) => {
            let rises = arc.sense == Sense::Positive;
            script.measure(arc.input, true, Some((arc.output, rises)));
            script.measure(arc.input, false, Some((arc.output, !rises)));
            way
        }
        (Behaviour::Sequential(s), Kind::Clock) => return clock(s, arc),
        (Behaviour::Sequential(s), Kind::Clear | Kind::Preset) => return asynchronous(s, arc),
        _ => return None,
    };
    Some(Experiment::new(Purpose::Arc(arc.clone(), way), start, script.steps))
}

/// The active edge of a clock, once for each direction of the output.
fn clock(s: &Sequential, arc: &Arc) -> Option<Experiment> {
    let start = s.quiet() | usize::from(!s.active) << s.clock;
    let mut script = Script::from(start);
    let mut ok = script.store(s, s.inverted[arc.output]);
    for rises in [true, false] {
        let bit = rises != s.inverted[arc.output];
        match assignment(s, bit, script.at) {
            Some(data) => script.bring(s.data(), data),
            None => ok = false,
        }
        script.measure(s.clock, s.active, Some((arc.output, rises)));
        script.measure(s.clock, !s.active, None);
    }
    let purpose = Purpose::Arc(arc.clone(), start);
    ok.then_some(Experiment::new(purpose, start, script.steps))
}

/// A clear or preset that changes the output.
fn asynchronous(s: &Sequential, arc: &Arc) -> Option<Experiment> {
    let (_, level, stores) = s.asynchronous().find(|(pin, ..)| *pin == arc.input)?;
    let start = s.quiet() | usize::from(!s.active) << s.clock;
    let mut script = Script::from(start);
    let ok = script.store(s, !stores);
    script.measure(arc.input, level, Some((arc.output, stores != s.inverted[arc.output])));
    script.measure(arc.input, !level, None);
    let purpose = Purpose::Arc(arc.clone(), start);
    ok.then_some(Experiment::new(purpose, start, script.steps))
}

/// Experiments for changes of inputs that change no output.
fn hidden(cell: &Cell) -> Vec<Experiment> {
    let mut all = Vec::new();
    for input in 0..cell.inputs.len() {
        match &cell.behaviour {
            Behaviour::Combinational(functions) => {
                for way in (0..1usize << cell.inputs.len()).filter(|a| a >> input & 1 == 0) {
                    let same = |f: &crate::cell::Function| {
                        let floats = |a: usize| f.three_state.as_ref().and_then(|t| t.values[a]);
                        f.value.values[way] == f.value.values[way | 1 << input]
                            && floats(way) == floats(way | 1 << input)
                    };
                    if functions.iter().all(same) {
                        let mut script = Script::from(way);
                        script.measure(input, true, None);
                        script.measure(input, false, None);
                        let purpose = Purpose::Hidden(input, way, None);
                        all.push(Experiment::new(purpose, way, script.steps));
                    }
                }
            }
            Behaviour::Sequential(s) => all.extend(hidden_stored(s, input)),
        }
    }
    all
}

/// Changes of an input of a sequential cell that do not change its bit: data with the clock at both levels, the clock with
/// data that store the same bit, clear and preset when the bit already has the value that they store.
fn hidden_stored(s: &Sequential, input: usize) -> Vec<Experiment> {
    let mut all = Vec::new();
    for bit in [false, true] {
        let start = s.quiet() | usize::from(!s.active) << s.clock;
        let mut script = Script::from(start);
        if !script.store(s, bit) {
            continue;
        }
        let own = s.asynchronous().find(|(pin, ..)| *pin == input);
        if own.is_some_and(|(_, _, stores)| stores != bit) {
            continue;
        }
        if s.data().contains(&input) && sides(s, input, script.at).is_empty() {
            continue;
        }
        let now = script.at;
        let value = now >> input & 1 == 0;
        script.measure(input, value, None);
        script.measure(input, !value, None);
        let purpose = Purpose::Hidden(input, now & !(1 << input), Some(bit));
        all.push(Experiment::new(purpose, start, script.steps));
    }
    all
}
