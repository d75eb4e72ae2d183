//! All tasks of a cell at one condition, and their costs.

use crate::cell::Cell;
use crate::config::Config;
use crate::config::lvf::Method;
use crate::constraint::{self, Constraint, ConstraintTask, Kind, constraints};
use crate::deck::{Bench, Setting};
use crate::experiment::{Experiment, Purpose, experiments};
use crate::library::Known;
use crate::spread::{SpreadTask, draws};
use crate::task::{LeakageTask, TableTask, Task};

/// Tables of an experiment: one task for each transition.
#[derive(Debug, Clone)]
pub struct Tables<'a> {
    /// The experiment.
    pub experiment: Experiment,
    /// One task for each transition of the delay template.
    pub tasks: Vec<TableTask<'a>>,
    /// Spreads by mismatch, if they are wanted: also one task for each transition.
    pub spreads: Vec<SpreadTask<'a>>,
}

/// The simulations of a cell at one condition.
#[derive(Debug, Clone)]
pub struct Work<'a> {
    /// Delays, transitions, energies, capacitances.
    pub tables: Vec<Tables<'a>>,
    /// Leakage, if it is wanted.
    pub leakage: Option<LeakageTask<'a>>,
    /// Searches for constraints, if they are wanted.
    pub constraints: Vec<Searches<'a>>,
}

/// The searches for a constraint's table.
#[derive(Debug, Clone)]
pub struct Searches<'a> {
    /// The constraint that is searched.
    pub constraint: Constraint,
    /// By transition of the related pin, then by that of the constrained one; for a pulse, by its own transition alone.
    pub tasks: Vec<ConstraintTask<'a>>,
}

/// The time that the deck waits for an output, in transitions of the template's last row: at the largest load the output
/// itself is about as slow as that.
const WAIT: f64 = 4.0;

/// The current below which an output counts as no longer driving, as a fraction of the current that charges the largest
/// load to the supply in the slowest transition.
const RELEASE: f64 = 0.05;

impl<'a> Work<'a> {
    /// The tasks of a cell.
    pub fn of(config: &Config, known: &'a Known, bench: &'a Bench) -> Work<'a> {
        let cell = &known.cell;
        let varying = bench.varying.as_deref().zip(config.lvf.as_ref());
        let varying = varying.map(|((bench, variation), lvf)| {
            (bench, (lvf.method, variation), draws(lvf.method, variation))
        });
        let tables = experiments(cell).into_iter().map(|experiment| {
            let settings = settings(config, known, &experiment, bench.vdd_v);
            let drives = matches!(experiment.purpose, Purpose::Arc(..)) && !experiment.is_release();
            let spread = |setting: &Setting| {
                let (bench, what, draws) = varying.as_ref().filter(|_| drives)?;
                let setting = setting.clone();
                Some(SpreadTask::new((*bench, cell), &experiment, setting, *what, draws.clone()))
            };
            let spreads = settings.iter().filter_map(spread).collect();
            let task = |setting| TableTask::new(bench, cell, experiment.clone(), setting);
            Tables { tasks: settings.into_iter().map(task).collect(), spreads, experiment }
        });
        Work {
            tables: tables.collect(),
            leakage: config.measure.leakage.then(|| LeakageTask::new(bench, cell)),
            constraints: searches(config, known, bench),
        }
    }

    /// All tasks.
    pub fn tasks(&mut self) -> Vec<&mut dyn Task> {
        let mut all: Vec<&mut dyn Task> = Vec::new();
        for tables in &mut self.tables {
            all.extend(tables.tasks.iter_mut().map(|task| task as &mut dyn Task));
            all.extend(tables.spreads.iter_mut().map(|task| task as &mut dyn Task));
        }
        for searches in &mut self.constraints {
            all.extend(searches.tasks.iter_mut().map(|task| task as &mut dyn Task));
        }
        all.extend(self.leakage.iter_mut().map(|task| task as &mut dyn Task));
        all
    }
}

/// Settings of an experiment's decks, one for each transition.
pub(crate) fn settings(
    config: &Config,
    known: &Known,
    experiment: &Experiment,
    vdd_v: f64,
) -> Vec<Setting> {
    let thresholds = &config.thresholds;
    let axes = &known.axes;
    let slews: Vec<f64> = axes.slews_ns.iter().map(|ns| ns * 1e-9).collect();
    let slowest = slews.last().copied().unwrap_or(1e-9);
    let output = match &experiment.purpose {
        Purpose::Arc(arc, _) => arc.output,
        Purpose::Hidden(..) => 0,
    };
    let loads: Vec<f64> = axes.loads_pf[output].iter().map(|pf| pf * 1e-12).collect();
    let least_f = axes.least_pf() * 1e-12;
    let drives = matches!(experiment.purpose, Purpose::Arc(..)) && !experiment.is_release();
    slews
        .iter()
        .map(|slew_s| Setting {
            slew_s: *slew_s,
            fast_s: slews[0],
            // No load changes what an input does that changes no output, nor when an output lets go.
            loads_f: if drives { loads.clone() } else { vec![least_f] },
            least_f,
            varied: Vec::new(),
            recipe: 0,
            release_a: RELEASE * loads.last().copied().unwrap_or(1e-15) * vdd_v / slowest,
            settle_s: thresholds.ramp(slowest) * if drives { WAIT } else { WAIT / 2.0 },
        })
        .collect()
}

fn searches<'a>(config: &Config, known: &'a Known, bench: &'a Bench) -> Vec<Searches<'a>> {
    if !config.measure.constraints {
        return Vec::new();
    }
    let seconds = |ns: &[f64]| ns.iter().map(|ns| ns * 1e-9).collect::<Vec<_>>();
    let axes = &known.axes;
    let [related, pin] = [seconds(&axes.constraint_ns[0]), seconds(&axes.constraint_ns[1])];
    let slowest = axes.slowest_ns() * 1e-9;
    let all = constraints(&known.cell).into_iter().map(|constraint| {
        let pairs: Vec<(f64, f64)> = match constraint.kind {
            Kind::Pulse => seconds(&axes.pulse_ns).iter().map(|slew| (*slew, *slew)).collect(),
            _ => related.iter().flat_map(|a| pin.iter().map(|b| (*a, *b))).collect(),
        };
        let task = |(related_slew_s, pin_slew_s)| {
            let setting = constraint::Setting {
                related_slew_s,
                pin_slew_s,
                fast_s: axes.slews_ns[0] * 1e-9,
                load_f: axes.least_pf() * 1e-12,
                settle_s: config.thresholds.ramp(slowest) * WAIT / 4.0,
                resolution_s: config.measure.resolution_s,
                degradation: config.measure.degradation,
            };
            ConstraintTask::new(bench, &known.cell, constraint.clone(), setting)
        };
        Searches { tasks: pairs.into_iter().map(task).collect(), constraint }
    });
    all.collect()
}

/// The numbers in one row of a plan.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Cost {
    /// Arcs.
    pub arcs: usize,
    /// States in which arcs occur, summed over all arcs, and changes of inputs that change no output.
    pub experiments: usize,
    /// Tables in the Liberty file.
    pub tables: usize,
    /// Simulations, if none has to be repeated.
    pub simulations: usize,
    /// Those simulations that are for the spread by mismatch.
    pub spreads: usize,
    /// CPU seconds, estimated.
    pub cpu_s: f64,
}

/// CPU seconds for one transistor in one step of an experiment, as measured for BSIM4 with ngspice 39.
const CPU_S_PER_STEP: f64 = 2.5e-3;

/// The same for a variant of a cell, as measured for a flip-flop for which two thirds of the variants are omitted at most
/// loads.
const CPU_S_PER_VARIED_STEP: f64 = 6e-4;

/// The same for searches, whose tolerances are wider.
const CPU_S_PER_SEARCH_STEP: f64 = 5e-4;

/// Decks that a search usually takes: each reduces its interval to a ninth.
const DECKS_PER_SEARCH: usize = 5;

/// The cost of a cell at one condition.
pub fn cost(config: &Config, known: &Known, bench: &Bench) -> Cost {
    let work = Work::of(config, known, bench);
    let transistors = known.cell.network.transistors() as f64;
    let mut cost = Cost { arcs: crate::arc::arcs(&known.cell).len(), ..Cost::default() };
    for tables in &work.tables {
        cost.experiments += 1;
        cost.simulations += tables.tasks.len();
        for task in &tables.tasks {
            let copies = task.setting.loads_f.len() as f64;
            cost.cpu_s +=
                CPU_S_PER_STEP * copies * transistors * tables.experiment.steps.len() as f64;
        }
        for task in &tables.spreads {
            let steps = task.steps() as f64;
            cost.spreads += task.decks();
            cost.cpu_s += CPU_S_PER_VARIED_STEP * task.copies() as f64 * transistors * steps;
        }
    }
    for searches in &work.constraints {
        let n = searches.tasks.len();
        cost.simulations += n * DECKS_PER_SEARCH;
        cost.cpu_s += CPU_S_PER_SEARCH_STEP * (n * DECKS_PER_SEARCH * 8) as f64 * transistors * 5.0;
    }
    // Whether it drives its loads.
    cost.simulations += known.cell.outputs.len();
    if work.leakage.is_some() {
        cost.simulations += 1;
        cost.cpu_s += 0.1;
    }
    cost.simulations += cost.spreads;
    cost.tables = table_count(config, &known.cell, &work);
    cost
}

/// The number of tables in the Liberty file: four for each arc, two of power for each, two of power for each input of
/// hidden power.
fn table_count(config: &Config, cell: &Cell, work: &Work<'_>) -> usize {
    let arcs = crate::arc::arcs(cell);
    let one_way = |kind| matches!(kind, crate::arc::Kind::Clear | crate::arc::Kind::Preset);
    let released = arcs.iter().filter(|arc| arc.kind == crate::arc::Kind::Disable).count();
    let driven = arcs.iter().filter(|arc| arc.kind != crate::arc::Kind::Disable);
    let driven: usize = driven.map(|arc| if one_way(arc.kind) { 2 } else { 4 }).sum();
    // A released output has two tables of delays and two scalars.
    let timing = driven + 4 * released;
    let hidden = work.tables.iter().filter(|t| matches!(t.experiment.purpose, Purpose::Hidden(..)));
    let mut inputs: Vec<usize> = hidden
        .filter_map(|t| match t.experiment.purpose {
            Purpose::Hidden(input, ..) => Some(input),
            Purpose::Arc(..) => None,
        })
        .collect();
    inputs.dedup();
    let power = if config.measure.power.is_some() { driven / 2 + 2 * inputs.len() } else { 0 };
    // Early and late of each, and three moments of samples.
    let spread = match config.lvf.as_ref().map(|lvf| lvf.method) {
        None => 0,
        Some(Method::Sensitivity) => 2 * driven,
        Some(Method::MonteCarlo { .. }) => 5 * driven,
    };
    timing + spread + power + work.constraints.len()
}
