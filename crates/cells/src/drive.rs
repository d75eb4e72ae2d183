//! Checks whether a cell can drive its loads, with one quick simulation of each output before the tables.

use crate::axes::{by_factor, rounded};
use crate::cell::Cell;
use crate::config::Config;
use crate::deck::{self, Bench, Setting};
use crate::experiment::{Experiment, Purpose, experiments};
use crate::library::Known;
use crate::task::{LONGEST_WAIT, Outcome, Task};
use crate::work::settings;

/// The number of loads in one deck; each is larger than the one before by the same factor.
const COPIES: usize = 8;

/// The index in [`deck::RECIPES`] of the options: only the level at the end matters.
const QUICK: usize = 2;

/// The task that finds the largest load at which an output reaches its rails within the longest wait of its tables.
#[derive(Debug, Clone)]
pub struct DriveTask<'a> {
    bench: &'a Bench,
    cell: &'a Cell,
    /// The output.
    pub output: usize,
    experiment: Experiment,
    setting: Setting,
    least_f: f64,
    most_f: f64,
    round: usize,
    is_over: bool,
    /// The largest load that the output was found to drive, in farads, if that is less than its last load; 0 if it drives
    /// none of them.
    pub drives_f: Option<f64>,
}

impl<'a> DriveTask<'a> {
    /// One task for each output that the cell drives in some experiment.
    pub fn all(config: &Config, known: &'a Known, bench: &'a Bench) -> Vec<DriveTask<'a>> {
        let cell = &known.cell;
        let mut all: Vec<DriveTask<'a>> = Vec::new();
        for experiment in experiments(cell) {
            let Purpose::Arc(arc, _) = &experiment.purpose else { continue };
            let output = arc.output;
            if experiment.is_release() || all.iter().any(|task| task.output == output) {
                continue;
            }
            let Some(mut setting) =
                settings(config, known, &experiment, bench.vdd_v).into_iter().next()
            else {
                continue;
            };
            let loads = &setting.loads_f;
            let (least_f, most_f) = (loads[0], loads[loads.len() - 1]);
            setting.settle_s *= LONGEST_WAIT;
            setting.recipe = QUICK;
            setting.loads_f = between(least_f, most_f);
            let experiment = experiment.brief(cell);
            all.push(DriveTask {
                bench,
                cell,
                output,
                experiment,
                setting,
                least_f,
                most_f,
                round: 0,
                is_over: false,
                drives_f: None,
            });
        }
        all
    }
}

/// Loads from the smallest to the largest; if the smallest is 0, they begin at a hundredth of the largest.
fn between(least_f: f64, most_f: f64) -> Vec<f64> {
    let first = if least_f > 0.0 { least_f } else { most_f / 100.0 };
    by_factor(first, most_f, COPIES).collect()
}

impl Task for DriveTask<'_> {
    fn deck(&self) -> Option<String> {
        let render = || deck::render(self.bench, self.cell, &self.experiment, &self.setting);
        (!self.is_over).then(render)
    }

    fn take(&mut self, outcome: &Outcome) {
        self.is_over = true;
        if outcome.measures.is_empty() {
            // Its tables will tell why.
            return;
        }
        let (edges, _) = deck::read(self.bench, &self.experiment, &self.setting, &outcome.measures);
        let steps = self.experiment.steps.iter().filter(|step| step.is_measured);
        let driven: Vec<_> =
            edges.iter().zip(steps).filter(|(_, step)| step.response.is_some()).collect();
        let drives = |k: &usize| driven.iter().all(|(row, _)| row[*k].delay_s.is_some());
        let passed = (0..COPIES).take_while(drives).count();
        if passed == COPIES && self.round == 0 {
            return;
        }
        let loads = &self.setting.loads_f;
        let last = if passed == 0 { None } else { Some(loads[passed - 1]) };
        self.drives_f = Some(last.or(self.drives_f).unwrap_or(0.0));
        if self.round == 0 && passed > 0 {
            // Between the last that is driven and the first that is not.
            self.setting.loads_f = between(loads[passed - 1], loads[passed]);
            (self.round, self.is_over) = (1, false);
        }
    }

    fn failure(&self) -> Option<String> {
        None
    }
}

/// The text for a load that the cell cannot drive: what was found, and what is expected.
pub fn said(known: &Known, task: &DriveTask<'_>, pvt: &str) -> Option<(String, String)> {
    let pf = |farads: f64| rounded(farads * 1e12);
    let drives = task.drives_f?;
    let (cell, output) = (&known.cell.name, &known.cell.outputs[task.output]);
    let wait = rounded(task.setting.settle_s * 1e9);
    let found = format!(
        "`{cell}` does not bring {output} to its rail within {wait} ns with its largest load, {} pF, at `{pvt}`",
        pf(task.most_f)
    );
    let expected = match drives > 0.0 {
        // Downwards, so that what is told can be driven.
        true => format!("at most {} pF, which it drives", three_digits_down(pf(drives))),
        false => format!(
            "less than its least load, {} pF, which it does not drive either",
            pf(task.least_f)
        ),
    };
    Some((found, expected))
}

fn three_digits_down(value: f64) -> f64 {
    let unit = 10f64.powf(value.log10().floor() - 2.0);
    rounded((value / unit).floor() * unit)
}

#[cfg(test)]
mod tests {
    use super::{COPIES, between, three_digits_down};

    #[test]
    fn what_is_told_can_be_driven() {
        assert_eq!(three_digits_down(0.123999), 0.123);
        assert_eq!(three_digits_down(45.67), 45.6);
        assert_eq!(three_digits_down(100.0), 100.0);
    }

    #[test]
    fn loads_go_from_the_least_to_the_largest_also_from_none() {
        let loads = between(0.0, 1e-12);
        assert_eq!(loads.len(), COPIES);
        assert!((loads[0] / 1e-14 - 1.0).abs() < 1e-12);
        assert!((loads[COPIES - 1] / 1e-12 - 1.0).abs() < 1e-12);
    }
}
