//! The spread of delays and transitions caused by the mismatch of a cell's devices.

use crate::cell::Cell;
use crate::config::lvf::Method;
use crate::deck::{Bench, Edge, Setting};
use crate::experiment::Experiment;
use crate::frozen::{Kept, choose};
use crate::task::{Outcome, TableTask, Task};
use crate::vary::settings;
use libchar_numeric::moments;
use libchar_pvt::variation::{Sampling, Variation};

/// The most transistors of one deck: with more, its time grows faster than their number. Copies of a deck share its time
/// steps, so the number of copies depends on the cell alone: results must not depend on how many simulations run at a
/// time.
const TRANSISTORS_PER_DECK: usize = 400;

/// The most samples of one deck.
const SAMPLES_PER_DECK: usize = 100;

/// The fraction of the wait for the largest load that the smallest load needs.
const LEAST_WAIT: f64 = 0.125;

/// The spread of one quantity, in the unit of that quantity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// Standard deviation towards smaller values.
    pub early: f64,
    /// Standard deviation towards larger values.
    pub late: f64,
    /// Of samples only: standard deviation, mean minus the value without mismatch, and skewness (without a unit).
    pub moments: Option<[f64; 3]>,
}

/// Spreads of delay and transition, in seconds; `None` if they are not known.
pub type Pair = [Option<Spread>; 2];

/// The spread, computed from the changes of a quantity when each parameter is one standard deviation up and down.
///
/// The parameters are independent, so their squares add. For each direction, the step that goes further counts.
pub fn of_steps(steps: &[(f64, f64)]) -> Spread {
    let root = |far: &dyn Fn(f64, f64) -> f64| {
        let squares: Vec<f64> = steps.iter().map(|(a, b)| far(*a, *b)).collect();
        moments::sum(squares.iter().map(|d| d * d)).sqrt()
    };
    Spread {
        early: root(&|a, b| (-a).max(-b).max(0.0)),
        late: root(&|a, b| a.max(b).max(0.0)),
        moments: None,
    }
}

/// The spread of samples, given as differences from the value without mismatch; `None` for fewer than three, or if
/// all are the same.
///
/// The early deviation is computed from the samples below the mean, the late one from those above it. Each is the root of
/// the mean square of their distances from the mean.
pub fn of_samples(differences: &[f64]) -> Option<Spread> {
    let mean = moments::mean(differences);
    let side = |is_late: bool| {
        let own = differences.iter().filter(|d| (**d > mean) == is_late);
        let own: Vec<f64> = own.copied().collect();
        let squares = moments::sum(own.iter().map(|d| (d - mean) * (d - mean)));
        (squares / own.len().max(1) as f64).sqrt()
    };
    let (sd, skewness) = (moments::sd(differences)?, moments::skewness(differences)?);
    Some(Spread { early: side(false), late: side(true), moments: Some([sd, mean, skewness]) })
}

/// The task that computes the spreads at one input transition, load after load, with some variants of the cell in each
/// deck.
#[derive(Debug, Clone)]
pub struct SpreadTask<'a> {
    bench: &'a Bench,
    cell: &'a Cell,
    experiment: Experiment,
    /// The setting with all loads of the table; each deck has one of them.
    pub setting: Setting,
    method: Method,
    variation: &'a Variation,
    /// Parameters that are stepped at this load, and their share of each variance after others were omitted.
    kept: Kept,
    /// All draws, by sample; empty for the method of steps.
    draws: std::sync::Arc<Vec<Vec<f64>>>,
    /// Variants of this load so far, by measured step: differences of delay and transition.
    found: Vec<[Vec<f64>; 2]>,
    current: Option<TableTask<'a>>,
    simulated: usize,
    /// By finished load, then by measured step.
    pub spreads: Vec<Vec<Pair>>,
    failure: Option<String>,
}

/// The draws of a method.
pub fn draws(method: Method, variation: &Variation) -> std::sync::Arc<Vec<Vec<f64>>> {
    let Method::MonteCarlo { samples, seed } = method else { return Vec::new().into() };
    variation.draw(seed, Sampling::Random, samples).into()
}

impl<'a> SpreadTask<'a> {
    /// A task that has not started; `bench` is that of the cell that varies, `draws` are those of the method.
    pub fn new(
        (bench, cell): (&'a Bench, &'a Cell),
        experiment: &Experiment,
        setting: Setting,
        (method, variation): (Method, &'a Variation),
        draws: std::sync::Arc<Vec<Vec<f64>>>,
    ) -> Self {
        let parameters = (0..variation.varied().len()).collect();
        let mut task = SpreadTask {
            bench,
            cell,
            experiment: experiment.brief(cell),
            setting,
            method,
            variation,
            kept: Kept { parameters, shares: Vec::new() },
            draws,
            found: Vec::new(),
            current: None,
            simulated: 0,
            spreads: Vec::new(),
            failure: None,
        };
        task.begin();
        task
    }

    /// The method by which the spreads are computed.
    pub fn method(&self) -> Method {
        self.method
    }

    /// Steps of the inputs in each deck.
    pub fn steps(&self) -> usize {
        self.experiment.steps.len()
    }

    /// The number of decks, if none is repeated and every parameter is stepped.
    pub fn decks(&self) -> usize {
        self.setting.loads_f.len() * self.variants().div_ceil(self.per_deck())
    }

    /// Copies of the cell in all decks, under the same conditions.
    pub fn copies(&self) -> usize {
        self.decks() + self.setting.loads_f.len() * self.variants()
    }

    /// Variants of the cell at the current load.
    fn variants(&self) -> usize {
        match self.method {
            Method::Sensitivity => 2 * self.kept.parameters.len(),
            Method::MonteCarlo { samples, .. } => samples,
        }
    }

    /// Variants of one deck; both steps of a parameter are in the same deck.
    fn per_deck(&self) -> usize {
        let copies = TRANSISTORS_PER_DECK / self.cell.network.transistors().max(1);
        (copies / 2 * 2).clamp(4, SAMPLES_PER_DECK)
    }

    /// The next deck: the cell without mismatch, then its variants.
    fn begin(&mut self) {
        let loads = &self.setting.loads_f;
        let load_f = loads[self.spreads.len()];
        let end = (self.simulated + self.per_deck()).min(self.variants());
        let next = self.simulated..end;
        let set = |row: &Vec<f64>| settings(row.iter().copied().enumerate());
        let mut varied = vec![String::new()];
        match self.method {
            Method::Sensitivity => {
                let rows = self.variation.draw(0, Sampling::OneAtATime, usize::MAX);
                varied.extend(next.map(|v| set(&rows[2 * self.kept.parameters[v / 2] + v % 2])));
            }
            Method::MonteCarlo { .. } => varied.extend(self.draws[next].iter().map(set)),
        }
        self.simulated = end;
        // A small load follows its input at once; should it be late after all, the deck is made longer.
        let share = load_f / loads.last().copied().unwrap_or(load_f);
        let settle_s = self.setting.settle_s * (LEAST_WAIT + (1.0 - LEAST_WAIT) * share);
        let loads_f = vec![load_f; varied.len()];
        let setting = Setting { loads_f, varied, settle_s, ..self.setting.clone() };
        let experiment = self.experiment.clone();
        self.current = Some(TableTask::new(self.bench, self.cell, experiment, setting));
    }

    /// Takes the results of the copies of a deck.
    fn harvest(&mut self, edges: &[Vec<Edge>]) {
        self.found.resize_with(edges.len(), Default::default);
        for (all, row) in self.found.iter_mut().zip(edges) {
            for (all, new) in all.iter_mut().zip(differ(row)) {
                all.extend(new.into_iter().flatten());
            }
        }
        let variants = self.variants();
        if self.simulated < variants {
            return;
        }
        let found = std::mem::take(&mut self.found);
        let is_whole = |all: &Vec<f64>| all.len() == variants;
        let pairs = found.iter().enumerate().map(|(number, both)| {
            [0, 1].map(|what| match self.method {
                _ if !is_whole(&both[what]) => None,
                Method::Sensitivity => Some(self.of_kept(&both[what], 2 * number + what)),
                Method::MonteCarlo { .. } => of_samples(&both[what]),
            })
        });
        self.spreads.push(pairs.collect());
        self.simulated = 0;
        if self.method == Method::Sensitivity && self.spreads.len() == 1 {
            self.leave_out(&found);
        }
    }

    /// The spread of a quantity; omitted parameters keep the share of the variance that they had at the smallest load.
    fn of_kept(&self, differences: &[f64], quantity: usize) -> Spread {
        let all = of_steps(&pairs(differences));
        let root = self.kept.shares.get(quantity).copied().unwrap_or(1.0).sqrt();
        Spread { early: all.early / root, late: all.late / root, moments: None }
    }

    /// Omits parameters that have almost no effect, unless a value is missing: then their effect is not known.
    fn leave_out(&mut self, found: &[[Vec<f64>; 2]]) {
        let measured = self.experiment.steps.iter().filter(|step| step.is_measured);
        let responds: Vec<bool> = measured.map(|step| step.response.is_some()).collect();
        let own = found.iter().zip(&responds).filter(|(_, responds)| **responds);
        let all: Vec<_> = own.flat_map(|(both, _)| both).map(|d| pairs(d)).collect();
        if all.iter().any(|steps| steps.len() != self.kept.parameters.len()) {
            return;
        }
        let mut kept = choose(&all);
        // Of steps without a response there is nothing to share.
        let mut shares = kept.shares.into_iter();
        let share =
            |responds: &bool| [(); 2].map(|()| if *responds { shares.next() } else { None });
        kept.shares = responds.iter().flat_map(share).map(|share| share.unwrap_or(1.0)).collect();
        self.kept = kept;
    }
}

/// The changes for a step up and a step down of each parameter.
fn pairs(differences: &[f64]) -> Vec<(f64, f64)> {
    differences.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
}

/// Differences of all copies from the first one, of delay and of transition; `None` if one of them is not known.
fn differ(row: &[Edge]) -> [Option<Vec<f64>>; 2] {
    let values: [fn(&Edge) -> Option<f64>; 2] = [|e| e.delay_s, |e| e.transition_s];
    values.map(|value| {
        let first = value(row.first()?)?;
        row[1..].iter().map(|edge| value(edge).map(|v| v - first)).collect()
    })
}

impl Task for SpreadTask<'_> {
    fn deck(&self) -> Option<String> {
        self.current.as_ref()?.deck()
    }

    fn take(&mut self, outcome: &Outcome) {
        let Some(current) = &mut self.current else { return };
        current.take(outcome);
        let Some(edges) = current.edges.take() else { return };
        self.failure = self.failure.take().or(current.failure());
        self.current = None;
        self.harvest(&edges);
        if self.spreads.len() < self.setting.loads_f.len() {
            self.begin();
        }
    }

    fn failure(&self) -> Option<String> {
        self.failure.as_ref().map(|why| format!("spread by mismatch: {why}"))
    }
}

#[cfg(test)]
mod tests {
    use super::{of_samples, of_steps};

    /// 3 up and 4 up make 5; a parameter that changes the quantity in the same direction for both steps counts once, on
    /// that side alone.
    #[test]
    fn squares_add_on_each_side() {
        let found = of_steps(&[(3.0, -1.0), (-1.0, 4.0), (0.0, 0.0)]);
        assert_eq!((found.late, found.early), (5.0, 2f64.sqrt()));
        let found = of_steps(&[(2.0, 1.0)]);
        assert_eq!((found.late, found.early), (2.0, 0.0));
    }

    /// Calculated by hand: 0 0 0 4 has the mean 1; below it the deviations are 1, above it 3.
    #[test]
    fn samples_have_two_sides() {
        let found = of_samples(&[0.0, 0.0, 0.0, 4.0]).unwrap();
        assert_eq!((found.early, found.late), (1.0, 3.0));
        let [sd, shift, skewness] = found.moments.unwrap();
        assert!((sd - 2.0).abs() < 1e-12 && (shift - 1.0).abs() < 1e-12 && skewness > 0.0);
        assert_eq!(of_samples(&[1.0]), None);
    }
}
