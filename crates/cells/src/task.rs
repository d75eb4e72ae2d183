//! Tasks: each gives one deck after the other until the values of a table are known.

use crate::cell::{Behaviour, Cell};
use crate::deck::{self, Bench, Edges, Missing, Setting, Writer, source};
use crate::experiment::Experiment;
use std::collections::BTreeMap;

/// Attempts of one deck: each waits longer than the one before.
const ATTEMPTS: usize = 3;

/// The factor between the waits of two consecutive attempts.
const LONGER: f64 = 4.0;

/// The factor between the waits of the first and the last attempt.
pub const LONGEST_WAIT: f64 = LONGER * LONGER;

/// The result of a simulation.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Outcome {
    /// Measures by name, in SI units.
    pub measures: BTreeMap<String, f64>,
    /// The reason why it did not end normally.
    pub failure: Option<String>,
}

/// Values that need one or more simulations.
pub trait Task {
    /// The deck to simulate next; `None` when the task is over.
    fn deck(&self) -> Option<String>;
    /// Takes the result of the deck.
    fn take(&mut self, outcome: &Outcome);
    /// The reason why values are missing at the end, if any are missing.
    fn failure(&self) -> Option<String>;
}

/// Delays, transitions and energies at one input transition.
#[derive(Debug, Clone)]
pub struct TableTask<'a> {
    bench: &'a Bench,
    cell: &'a Cell,
    /// The experiment.
    pub experiment: Experiment,
    /// Its transition and loads.
    pub setting: Setting,
    attempt: usize,
    /// The results.
    pub edges: Option<Edges>,
    failure: Option<String>,
}

impl<'a> TableTask<'a> {
    /// A task that has not started.
    pub fn new(bench: &'a Bench, cell: &'a Cell, experiment: Experiment, setting: Setting) -> Self {
        TableTask { bench, cell, experiment, setting, attempt: 0, edges: None, failure: None }
    }

    /// The supply voltage in volts.
    pub fn vdd_v(&self) -> f64 {
        self.bench.vdd_v
    }
}

impl Task for TableTask<'_> {
    fn deck(&self) -> Option<String> {
        let open = self.edges.is_none();
        open.then(|| deck::render(self.bench, self.cell, &self.experiment, &self.setting))
    }

    fn take(&mut self, outcome: &Outcome) {
        let (edges, missing) =
            deck::read(self.bench, &self.experiment, &self.setting, &outcome.measures);
        self.attempt += 1;
        if missing.is_some()
            && outcome.failure.is_some()
            && self.setting.recipe + 1 < deck::RECIPES.len()
        {
            self.setting.recipe += 1;
            return;
        }
        if missing.is_some() && self.attempt < ATTEMPTS {
            self.setting.settle_s *= LONGER;
            return;
        }
        self.failure = missing.map(|missing| match (missing, &outcome.failure) {
            (_, Some(failure)) => failure.clone(),
            (Missing::Unsettled, None) => {
                let wait_ns = self.setting.settle_s * 1e9;
                format!("the output is not at its rail {wait_ns:.3} ns after the ramp's end: its load may be beyond its drive")
            }
            (Missing::Unmeasured, None) => "the output does not cross its thresholds".to_owned(),
        });
        self.edges = Some(edges);
    }

    fn failure(&self) -> Option<String> {
        self.failure.clone()
    }
}

/// Power of a cell at rest, in each of its states.
#[derive(Debug, Clone)]
pub struct LeakageTask<'a> {
    bench: &'a Bench,
    cell: &'a Cell,
    /// Watts by state, in the order of the cell's states; `None` if the value is not known.
    pub watts: Option<Vec<Option<f64>>>,
    failure: Option<String>,
}

/// The time at which the current is read, in seconds. The state is that of the operating point, and nothing changes it.
const READ_AT_S: f64 = 1e-9;

impl<'a> LeakageTask<'a> {
    /// A task that has not started.
    pub fn new(bench: &'a Bench, cell: &'a Cell) -> Self {
        LeakageTask { bench, cell, watts: None, failure: None }
    }
}

impl Task for LeakageTask<'_> {
    fn deck(&self) -> Option<String> {
        if self.watts.is_some() {
            return None;
        }
        let mut w = Writer::new(self.bench, self.cell, "leakage", deck::EXACT);
        for (node, level) in [("low", false), ("high", true)] {
            source(&mut w, node, level, &[]);
        }
        for (k, rest) in self.cell.rests.iter().enumerate() {
            let node = |i: usize| if rest.inputs >> i & 1 == 1 { "high" } else { "low" };
            w.copy(&k.to_string(), &|input| node(input).to_owned());
            w.nodeset(&k.to_string(), rest);
        }
        w.line(format_args!(".tran {READ_AT_S:e} {:e}", 2.0 * READ_AT_S));
        for (k, rest) in self.cell.rests.iter().enumerate() {
            w.line(format_args!(".meas tran l{k} find i(vp{k}) at={READ_AT_S:e}"));
            // The bit that it shows tells whether it is in the state that is meant.
            if rest.stored.is_some() {
                w.line(format_args!(".meas tran q{k} find v(o{k}_0) at={READ_AT_S:e}"));
            }
        }
        w.text.push_str(".end\n");
        Some(w.text)
    }

    fn take(&mut self, outcome: &Outcome) {
        let inverted = match &self.cell.behaviour {
            Behaviour::Sequential(s) => s.inverted[0],
            Behaviour::Combinational(_) => false,
        };
        let watts = self.cell.rests.iter().enumerate().map(|(k, rest)| {
            let amps = outcome.measures.get(&format!("l{k}"))?;
            if let Some(bit) = rest.stored {
                let shown = outcome.measures.get(&format!("q{k}"))?;
                if (*shown > self.bench.vdd_v / 2.0) == (bit == inverted) {
                    return None;
                }
            }
            Some(-amps * self.bench.vdd_v)
        });
        let watts: Vec<Option<f64>> = watts.collect();
        if watts.contains(&None) {
            let failure = outcome.failure.clone();
            self.failure =
                Some(failure.unwrap_or_else(|| "the cell does not stay in a state".to_owned()));
        }
        self.watts = Some(watts);
    }

    fn failure(&self) -> Option<String> {
        self.failure.clone()
    }
}
