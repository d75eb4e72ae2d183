//! The spread of delays and transitions that the mismatch of a cell's devices makes.

use crate::cell::Cell;
use crate::config::lvf::Method;
use crate::deck::{Bench, Edge, Setting};
use crate::experiment::Experiment;
use crate::task::{Outcome, TableTask, Task};
use crate::vary::settings;
use libchar_numeric::moments;
use libchar_pvt::variation::{Sampling, Variation};

/// Samples of one deck. Copies of a deck share its time steps, so it is fixed: results must not depend on how many
/// simulations run at a time.
pub const SAMPLES_PER_DECK: usize = 100;

/// A deviate with less than this share of each variance at the least load is left at 0 at the other loads.
const FROZEN: f64 = 1e-4;

/// The spread of one quantity, in its unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// Standard deviation towards smaller values.
    pub early: f64,
    /// Standard deviation towards larger values.
    pub late: f64,
    /// Of samples alone: standard deviation, mean less the value without mismatch, and skewness (without a unit).
    pub moments: Option<[f64; 3]>,
}

/// Spreads of delay and transition, in seconds; `None` where they are not known.
pub type Pair = [Option<Spread>; 2];

/// The spread from what a step of one standard deviation of each parameter up and down does to a quantity.
///
/// The parameters are independent, so squares add: of each the step that goes further in the direction.
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
/// The early and late deviations are the roots of the mean squares about the mean, of the samples on its two sides.
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

/// Spreads at one input transition, load after load.
#[derive(Debug, Clone)]
pub struct SpreadTask<'a> {
    bench: &'a Bench,
    cell: &'a Cell,
    experiment: Experiment,
    /// With the loads of the table; each deck has one of them.
    pub setting: Setting,
    method: Method,
    variation: &'a Variation,
    /// Deviates that are not frozen.
    active: Vec<usize>,
    /// All draws, by sample; none for the method of steps.
    draws: std::rc::Rc<Vec<Vec<f64>>>,
    /// Samples of this load so far, by measured step: differences of delay and transition.
    samples: Vec<[Vec<f64>; 2]>,
    current: Option<TableTask<'a>>,
    drawn: usize,
    /// By load that is done, then by measured step.
    pub spreads: Vec<Vec<Pair>>,
    failure: Option<String>,
}

/// The draws of a method.
pub fn draws(method: Method, variation: &Variation) -> std::rc::Rc<Vec<Vec<f64>>> {
    let Method::MonteCarlo { samples, seed } = method else { return Vec::new().into() };
    variation.draw(seed, Sampling::Random, samples).into()
}

impl<'a> SpreadTask<'a> {
    /// A task that has not begun; `bench` is that of the cell that varies, `draws` those of the method.
    pub fn new(
        (bench, cell): (&'a Bench, &'a Cell),
        experiment: Experiment,
        setting: Setting,
        (method, variation): (Method, &'a Variation),
        draws: std::rc::Rc<Vec<Vec<f64>>>,
    ) -> Self {
        let mut task = SpreadTask {
            bench,
            cell,
            experiment,
            setting,
            method,
            variation,
            active: (0..variation.varied().len()).collect(),
            draws,
            samples: Vec::new(),
            current: None,
            drawn: 0,
            spreads: Vec::new(),
            failure: None,
        };
        task.begin();
        task
    }

    /// How the spreads are found.
    pub fn method(&self) -> Method {
        self.method
    }

    /// Decks, if none is repeated.
    pub fn decks(&self) -> usize {
        let of_a_load = match self.method {
            Method::Sensitivity => 1,
            Method::MonteCarlo { samples, .. } => samples.div_ceil(SAMPLES_PER_DECK),
        };
        self.setting.loads_f.len() * of_a_load
    }

    /// Copies of the cell in all decks, if nothing is frozen.
    pub fn copies(&self) -> usize {
        let of_a_load = match self.method {
            Method::Sensitivity => 1 + self.variation.one_at_a_time(),
            Method::MonteCarlo { samples, .. } => samples + samples.div_ceil(SAMPLES_PER_DECK),
        };
        self.setting.loads_f.len() * of_a_load
    }

    /// The next deck: the cell without mismatch, then its variants.
    fn begin(&mut self) {
        let load_f = self.setting.loads_f[self.spreads.len()];
        let mut varied = vec![String::new()];
        match self.method {
            Method::Sensitivity => {
                let rows = self.variation.draw(0, Sampling::OneAtATime, usize::MAX);
                for p in &self.active {
                    let pair = rows[2 * p..2 * p + 2].iter();
                    varied.extend(pair.map(|row| settings(row.iter().copied().enumerate())));
                }
            }
            Method::MonteCarlo { samples, .. } => {
                let end = (self.drawn + SAMPLES_PER_DECK).min(samples);
                let rows = self.draws[self.drawn..end].iter();
                varied.extend(rows.map(|row| settings(row.iter().copied().enumerate())));
                self.drawn = end;
            }
        }
        let setting =
            Setting { loads_f: vec![load_f; varied.len()], varied, ..self.setting.clone() };
        self.current =
            Some(TableTask::new(self.bench, self.cell, self.experiment.clone(), setting));
    }

    /// Takes what the copies of a deck did.
    fn harvest(&mut self, edges: &[Vec<Edge>]) {
        let differences: Vec<[Option<Vec<f64>>; 2]> = edges.iter().map(|row| differ(row)).collect();
        match self.method {
            Method::Sensitivity => {
                let steps = |d: &Vec<f64>| d.chunks(2).map(|p| (p[0], p[1])).collect::<Vec<_>>();
                let pair = |both: &[Option<Vec<f64>>; 2]| {
                    [0, 1].map(|what| both[what].as_ref().map(|d| of_steps(&steps(d))))
                };
                self.spreads.push(differences.iter().map(pair).collect());
                if self.spreads.len() == 1 {
                    self.freeze(&differences);
                }
            }
            Method::MonteCarlo { samples, .. } => {
                self.samples.resize_with(differences.len(), Default::default);
                for (all, new) in self.samples.iter_mut().zip(&differences) {
                    for (all, new) in all.iter_mut().zip(new) {
                        all.extend(new.iter().flatten());
                    }
                }
                if self.drawn < samples {
                    return;
                }
                let spread = |all: Vec<f64>| of_samples(&all).filter(|_| all.len() == samples);
                let found = std::mem::take(&mut self.samples);
                self.spreads.push(found.into_iter().map(|both| both.map(spread)).collect());
                self.drawn = 0;
            }
        }
    }

    /// Leaves out what hardly moves anything.
    fn freeze(&mut self, differences: &[[Option<Vec<f64>>; 2]]) {
        let all: Vec<&Vec<f64>> = differences.iter().flatten().flatten().collect();
        let counts = |k: usize| {
            all.iter().any(|d| {
                let own = |k: usize| d[2 * k].abs().max(d[2 * k + 1].abs()).powi(2);
                own(k) >= FROZEN * (0..d.len() / 2).map(own).sum::<f64>()
            })
        };
        if all.len() == 2 * differences.len() {
            self.active = (0..self.active.len()).filter(|k| counts(*k)).collect();
        }
    }
}

/// Differences of all copies from the first one, of delay and of transition; `None` if one is not known.
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

    /// 3 up and 4 up make 5; a parameter that goes the same way for both steps counts once, on that side alone.
    #[test]
    fn squares_add_on_each_side() {
        let found = of_steps(&[(3.0, -1.0), (-1.0, 4.0), (0.0, 0.0)]);
        assert_eq!((found.late, found.early), (5.0, 2f64.sqrt()));
        let found = of_steps(&[(2.0, 1.0)]);
        assert_eq!((found.late, found.early), (2.0, 0.0));
    }

    /// By hand: 0 0 0 4 has the mean 1; below it the deviations are 1, above it 3.
    #[test]
    fn samples_have_two_sides() {
        let found = of_samples(&[0.0, 0.0, 0.0, 4.0]).unwrap();
        assert_eq!((found.early, found.late), (1.0, 3.0));
        let [sd, shift, skewness] = found.moments.unwrap();
        assert!((sd - 2.0).abs() < 1e-12 && (shift - 1.0).abs() < 1e-12 && skewness > 0.0);
        assert_eq!(of_samples(&[1.0]), None);
    }
}
