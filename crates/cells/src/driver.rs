//! The waveforms of a driver cell. For each transition of the tables, the load is searched at which the driver's output
//! has this transition, and the waveform of the output is recorded.

use crate::axes::by_factor;
use crate::cell::Cell;
use crate::config::Config;
use crate::deck::{self, Bench, Setting};
use crate::experiment::{Experiment, Purpose, experiments};
use crate::library::Known;
use crate::shape::{Shape, Shapes};
use crate::task::{Outcome, Task};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Fractions of the swing at which the output is recorded, besides the thresholds.
const PARTS: [f64; 17] =
    [0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.98];

/// Loads of the first deck, in farads: the first is almost zero, and each is larger than the one before by the same
/// factor.
const FIRST_F: (f64, f64, usize) = (1e-17, 2e-13, 8);

/// How close a transition must be to the wanted one, as a fraction of it.
const NEAR: f64 = 1e-3;

/// The number of decks after which a search is given up.
const ROUNDS: usize = 9;

/// The search for the waveforms of all transitions at one condition.
#[derive(Debug, Clone)]
pub struct DriverTask<'a> {
    bench: &'a Bench,
    cell: &'a Cell,
    experiment: Experiment,
    setting: Setting,
    parts: Vec<f64>,
    slews_s: Vec<f64>,
    /// By edge (falling, rising): loads and the transitions that they gave, in rising order.
    known: [Vec<(f64, f64)>; 2],
    /// By transition, then by edge.
    found: Vec<[Option<Shape>; 2]>,
    round: usize,
    is_over: bool,
    failure: Option<String>,
}

/// All input transitions of all cells' decks, in seconds, in rising order.
pub fn slews(cells: &[Known]) -> Vec<f64> {
    let mut all: Vec<f64> = Vec::new();
    for known in cells {
        let axes = &known.axes;
        let [related, pin] = &axes.constraint_ns;
        for ns in axes.slews_ns.iter().chain(related).chain(pin).chain(&axes.pulse_ns) {
            all.push(ns * 1e-9);
        }
    }
    all.sort_by(f64::total_cmp);
    all.dedup_by(|a, b| (*a - *b).abs() <= 1e-9 * *b);
    all
}

impl<'a> DriverTask<'a> {
    /// A search that has not started; `None` if no input of the cell makes its output rise and fall.
    pub fn new(
        config: &Config,
        known: &'a Known,
        bench: &'a Bench,
        slews_s: Vec<f64>,
    ) -> Option<DriverTask<'a>> {
        let cell = &known.cell;
        let drives = |e: &Experiment| {
            let responses: Vec<bool> = e
                .steps
                .iter()
                .filter_map(|s| s.response.filter(|_| s.is_measured))
                .map(|r| r.1)
                .collect();
            !e.is_release()
                && matches!(e.purpose, Purpose::Arc(..))
                && responses.len() == 2
                && responses[0] != responses[1]
        };
        let experiment = experiments(cell).into_iter().find(drives)?;
        let (fastest, slowest) = (*slews_s.first()?, *slews_s.last()?);
        let t = &config.thresholds;
        let mut parts: Vec<f64> = PARTS.to_vec();
        parts.extend([t.delay, t.lower, t.upper, 1.0 - t.delay, 1.0 - t.lower, 1.0 - t.upper]);
        parts.sort_by(f64::total_cmp);
        parts.dedup_by(|a, b| (*a - *b).abs() < 1e-6);
        let (first, last, n) = FIRST_F;
        let setting = Setting {
            slew_s: fastest,
            fast_s: fastest,
            loads_f: by_factor(first, last, n).collect(),
            least_f: first,
            varied: Vec::new(),
            settle_s: 6.0 * t.ramp(slowest),
            recipe: 0,
            release_a: 0.0,
        };
        let found = slews_s.iter().map(|_| [None, None]).collect();
        Some(DriverTask {
            bench,
            cell,
            experiment,
            setting,
            parts,
            slews_s,
            known: [Vec::new(), Vec::new()],
            found,
            round: 0,
            is_over: false,
            failure: None,
        })
    }

    /// The waveforms, if the search has ended without a failure.
    pub fn shapes(&self) -> Option<Shapes> {
        let both = |(slew, [fall, rise]): (&f64, &[Option<Shape>; 2])| {
            Some((*slew, [fall.clone()?, rise.clone()?]))
        };
        let all: Option<Vec<_>> = self.slews_s.iter().zip(&self.found).map(both).collect();
        all.map(|all| Shapes { all })
    }

    /// The reason why there are no waveforms.
    pub fn why(&self) -> Option<&str> {
        self.failure.as_deref()
    }

    /// Measured steps: number, begin, output, whether it rises.
    fn steps(&self) -> Vec<(usize, usize, bool)> {
        let measured = self.experiment.steps.iter().filter(|step| step.is_measured).enumerate();
        measured
            .filter_map(|(n, step)| step.response.map(|(output, rises)| (n, output, rises)))
            .collect()
    }

    /// The result of a copy's output in a step.
    fn shape(&self, measures: &BTreeMap<String, f64>, number: usize, k: usize) -> Option<Shape> {
        let at = |(i, part): (usize, &f64)| {
            measures.get(&format!("w{number}_{k}_{i}")).map(|time| (*time, *part))
        };
        let crossings: Option<Vec<_>> = self.parts.iter().enumerate().map(at).collect();
        Shape::through(&crossings?)
    }

    /// The load at which an edge should have a transition, estimated from known loads: a line between two of them, or
    /// beyond the last.
    fn guess(&self, edge: usize, slew_s: f64) -> Option<f64> {
        let known = &self.known[edge];
        let above = known.iter().position(|(_, slew)| *slew > slew_s);
        let (a, b) = match above {
            Some(0) => return None,
            Some(i) => (known.get(i - 1)?, known.get(i)?),
            None => (known.get(known.len().checked_sub(2)?)?, known.last()?),
        };
        let load = a.0 + (b.0 - a.0) * (slew_s - a.1) / (b.1 - a.1);
        (load.is_finite() && load > 0.0).then_some(load)
    }

    /// The loads of the next deck, or the reason why there is none.
    fn next(&mut self) {
        let mut loads = Vec::new();
        for (slew_s, found) in self.slews_s.clone().into_iter().zip(self.found.clone()) {
            for (edge, shape) in found.iter().enumerate() {
                if shape.is_some() {
                    continue;
                }
                match self.guess(edge, slew_s) {
                    Some(load) if self.round < ROUNDS => loads.push(load),
                    _ => return self.fail(edge, slew_s),
                }
            }
        }
        self.is_over = loads.is_empty();
        self.setting.loads_f = loads;
    }

    fn fail(&mut self, edge: usize, slew_s: f64) {
        let ns = |s: f64| crate::axes::rounded(s * 1e9);
        let (edge_word, cell) = (["falling", "rising"][edge], &self.cell.name);
        let least = self.known[edge].first().map_or(0.0, |(_, slew)| *slew);
        self.is_over = true;
        self.failure = Some(if least > slew_s {
            format!(
                "the driver `{cell}` has no transition of {} ns at its {edge_word} output: without a load it takes {} ns",
                ns(slew_s),
                ns(least)
            )
        } else {
            format!(
                "no load was found with which the {edge_word} output of the driver `{cell}` takes {} ns",
                ns(slew_s)
            )
        });
    }
}

impl Task for DriverTask<'_> {
    fn deck(&self) -> Option<String> {
        if self.is_over {
            return None;
        }
        let deck = deck::render(self.bench, self.cell, &self.experiment, &self.setting);
        let begins = deck::begins(self.bench, &self.experiment, &self.setting);
        let mut lines = String::new();
        for (number, output, rises) in self.steps() {
            let (begin, word) = (begins[number], if rises { "rise" } else { "fall" });
            for k in 0..self.setting.loads_f.len() {
                for (i, part) in self.parts.iter().enumerate() {
                    let volts = self.bench.vdd_v * if rises { *part } else { 1.0 - part };
                    let _ = writeln!(
                        lines,
                        ".meas tran w{number}_{k}_{i} when v(o{k}_{output})={volts:.9} td={begin:.6e} {word}=1"
                    );
                }
            }
        }
        Some(deck.replace("\n.end\n", &format!("\n{lines}.end\n")))
    }

    fn take(&mut self, outcome: &Outcome) {
        let (edges, missing) =
            deck::read(self.bench, &self.experiment, &self.setting, &outcome.measures);
        if missing.is_some() && outcome.failure.is_some() {
            if self.setting.recipe + 1 < deck::RECIPES.len() {
                self.setting.recipe += 1;
                return;
            }
            self.is_over = true;
            self.failure.clone_from(&outcome.failure);
            return;
        }
        self.round += 1;
        for (number, _, rises) in self.steps() {
            let edge = usize::from(rises);
            for (k, load) in self.setting.loads_f.iter().enumerate() {
                let Some(slew) = edges[number][k].transition_s else { continue };
                self.known[edge].push((*load, slew));
                let near = self.slews_s.iter().position(|own| (slew - own).abs() <= NEAR * own);
                if let Some(at) = near.filter(|at| self.found[*at][edge].is_none()) {
                    self.found[at][edge] = self.shape(&outcome.measures, number, k);
                }
            }
            self.known[edge].sort_by(|a, b| a.0.total_cmp(&b.0));
            self.known[edge].dedup_by(|a, b| a.0 == b.0);
        }
        self.next();
    }

    fn failure(&self) -> Option<String> {
        // Whoever needs the waveforms tells it at the driver's place.
        None
    }
}
