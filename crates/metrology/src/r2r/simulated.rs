//! Results of simulated control: its performance, how well charts detect a step, and the runs
//! themselves.

use super::design::{Figures, Plant, figures};
use super::designed::{Numbers, quantities};
use super::law::Law;
use super::simulate::{Bounds, Detection, Run, detection, runs};
use libchar_core::{Frame, Refused, frame};
use libchar_numeric::draws::Draws;
use libchar_numeric::moments;
use serde_json::{Value, json};

/// Smallest number of runs in a series, because the limits of charts come from those before the
/// step.
const LEAST_ROWS: usize = 40;

/// Default number of runs in a series.
const ROWS: usize = 200;

/// Settings of a simulation.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    /// Number of runs that the spread is computed from.
    pub runs: usize,
    /// Size of the step to be detected, in standard deviations of the disturbance's shocks.
    pub step: f64,
    /// Number of runs within which it is to be detected.
    pub within: usize,
    /// Number of repetitions of the step.
    pub repetitions: usize,
    /// Restrictions of the recipe.
    pub bounds: Bounds,
    /// Number of runs in the series.
    pub rows: Option<usize>,
    /// Seed of all draws.
    pub seed: u64,
}

/// The result of an individuals chart of one series.
#[derive(Clone, Debug, PartialEq)]
pub struct Charted {
    /// The charted series.
    pub name: &'static str,
    /// Number of points beyond the limits.
    pub alarms: usize,
    /// Runs from the step to the first alarm after it; `None` if there is none.
    pub after: Option<usize>,
}

/// A run with control, and the same run without.
pub type Pair = (Run, Run);

/// A charted series: its name, and its value at a run.
pub type Series = (&'static str, fn(&Pair) -> f64);

/// The charted series.
pub const SERIES: [Series; 4] = [
    ("y", |r| r.0.y),
    ("y without control", |r| r.1.y),
    ("the disturbance estimate", |r| r.0.disturbance),
    ("the recipe moves", |r| r.0.change),
];

impl Question {
    /// Checks the settings.
    ///
    /// # Errors
    /// The first setting out of range.
    pub fn check(&self) -> Result<(), Refused> {
        let refuse = |found: String| Err(Refused::Usage(found));
        for (name, value, least, most) in [
            ("--runs", self.runs, 1000, 10_000_000),
            ("--within", self.within, 1, 10_000),
            ("--repetitions", self.repetitions, 1, 100_000),
            ("--rows", self.rows.unwrap_or(LEAST_ROWS), LEAST_ROWS, 1_000_000),
        ] {
            if !(least..=most).contains(&value) {
                return refuse(format!("{name} {value}: expected {least} to {most}"));
            }
        }
        if self.bounds.deadband < 0.0 {
            return refuse(format!("--deadband {}: expected 0 or more", self.bounds.deadband));
        }
        match self.bounds.step {
            Some(limit) if limit <= 0.0 => {
                refuse(format!("--step-limit {limit}: expected above 0"))
            }
            _ => Ok(()),
        }
    }

    /// Runs with and without control, with the step in the middle.
    fn series(&self, law: Law, plant: &Plant) -> Vec<Pair> {
        let count = self.rows.unwrap_or(ROWS);
        let mut draws = Draws::new(self.seed, &["r2r", "rows"]);
        let step = self.step * plant.sigma;
        let shift = |t: usize| if t >= count / 2 { step } else { 0.0 };
        let with = runs(Some(law), plant, self.bounds, count, &mut draws, 0, shift);
        let without = runs(None, plant, self.bounds, count, &mut draws, 0, shift);
        with.into_iter().zip(without).collect()
    }
}

/// The results of simulated control.
pub struct Simulated {
    question: Question,
    law: Law,
    plant: Plant,
    own: Figures,
    /// Variance ratio and mean of y, and the share of runs in which the recipe changes.
    spread: (Option<f64>, f64, f64),
    seen: Detection,
    /// The series, with the step in its middle.
    pub series: Vec<Pair>,
}

impl Simulated {
    /// Runs the simulation.
    ///
    /// # Errors
    /// A loop that is not stable.
    pub fn of(question: Question, law: Law, plant: Plant) -> Result<Simulated, Refused> {
        let own = figures(law, &plant);
        if !own.stable {
            let most = own.xi_max.map_or("unknown".to_owned(), |most| format!("{most:.4}"));
            return Err(Refused::Usage(format!(
                "the loop is not stable at a gain ratio of {} (at most {most})",
                plant.xi
            )));
        }
        let Question { bounds, within, repetitions, seed, .. } = question;
        let mut draws = Draws::new(seed, &["r2r", "simulate"]);
        let long = runs(Some(law), &plant, bounds, question.runs, &mut draws, 0, |_| 0.0);
        let y: Vec<f64> = long.iter().map(|r| r.y).collect();
        let reference = plant.disturbance.reference() * plant.sigma.powi(2);
        let ratio = moments::variance(&y).map(|variance| variance / reference);
        let moved = long.iter().filter(|r| r.change != 0.0).count() as f64 / long.len() as f64;
        let spread = (ratio, moments::mean(&y), moved);
        let mut draws = Draws::new(seed, &["r2r", "detect"]);
        let step = question.step * plant.sigma;
        let seen = detection(law, &plant, bounds, step, within, repetitions, &mut draws);
        let series = question.series(law, &plant);
        Ok(Simulated { question, law, plant, own, spread, seen, series })
    }

    /// All figures, by name. Those in closed form are given only if the recipe is not restricted.
    pub fn numbers(&self) -> Numbers {
        let Bounds { deadband, step } = self.question.bounds;
        let free = deadband == 0.0 && step.is_none();
        vec![
            ("var_ratio", self.own.var_ratio.filter(|_| free)),
            ("simulated_var_ratio", self.spread.0),
            ("offset", self.own.offset.filter(|_| free)),
            ("simulated_offset", Some(self.spread.1)),
            ("share_of_runs_with_a_move", Some(self.spread.2)),
            ("p_detect_controlled", Some(self.seen.y_controlled)),
            ("p_detect_uncontrolled", Some(self.seen.y_uncontrolled)),
            ("p_detect_disturbance", Some(self.seen.disturbance)),
            ("p_detect_moves", Some(self.seen.moves)),
        ]
    }

    /// A sentence on which chart shows the step.
    pub fn advice(&self) -> String {
        let Detection { y_controlled, y_uncontrolled, disturbance, .. } = self.seen;
        let figures = format!(
            "a chart of y sees the step with probability {y_controlled:.3} under control and {y_uncontrolled:.3} without; one of the disturbance estimate y - b u with {disturbance:.3}"
        );
        match disturbance > y_controlled {
            true => {
                format!(
                    "{figures}: chart the disturbance estimate and the recipe moves, not y alone"
                )
            }
            false => {
                format!(
                    "{figures}: chart the recipe moves too, which show what control takes out of y"
                )
            }
        }
    }

    /// A table with one row per figure.
    pub fn frame(&self) -> Frame {
        quantities(&self.numbers(), None)
    }

    /// A table with one row per run of the series.
    pub fn rows(&self) -> Frame {
        let columns = ["run", "y", "y_uncontrolled", "disturbance", "recipe", "change", "step"];
        let mut frame = Frame::new("libchar.r2r-runs", 1, columns);
        let at = self.series.len() / 2;
        for (t, (with, without)) in self.series.iter().enumerate() {
            frame.push(vec![
                (t + 1).into(),
                with.y.into(),
                without.y.into(),
                with.disturbance.into(),
                with.recipe.into(),
                with.change.into(),
                (t >= at).into(),
            ]);
        }
        frame
    }

    /// The JSON document, with the charts of the series.
    pub fn document(&self, charts: &[Charted]) -> Value {
        let (q, plant) = (&self.question, &self.plant);
        let mut body = json!({
            "method": self.law.name(), "law": self.law.text(), "xi": plant.xi, "delay_runs": plant.delay,
            "disturbance": plant.disturbance.name(), "step_sigma": q.step, "within_runs": q.within,
            "repetitions": self.seen.repetitions, "runs_simulated": q.runs,
        });
        for (name, value) in self.numbers() {
            body[name] = json!(value);
        }
        let charts = charts.iter().map(
            |c| json!({ "series": c.name, "alarms": c.alarms, "runs_from_step_to_alarm": c.after }),
        );
        body["charts"] = charts.collect();
        body["remarks"] = json!([self.advice()]);
        frame::document("libchar.r2r-simulate", 1, body)
    }
}

impl Charted {
    /// A sentence about what the chart detected.
    pub fn sentence(&self) -> String {
        let after = self.after.map_or("never after the step".to_owned(), |runs| {
            format!("{runs} runs after the step")
        });
        format!("an individuals chart of {} alarms {} times, first {after}", self.name, self.alarms)
    }
}

#[cfg(test)]
mod tests {
    use super::super::disturbance::Disturbance;
    use super::*;

    fn question() -> Question {
        Question {
            runs: 20_000,
            step: 2.0,
            within: 10,
            repetitions: 400,
            bounds: Bounds::default(),
            rows: Some(100),
            seed: 1,
        }
    }

    fn plant(xi: f64) -> Plant {
        Plant { xi, delay: 0, disturbance: Disturbance::White, sigma: 1.0, drift: 0.0 }
    }

    #[test]
    fn numbers_that_cannot_be_are_refused_by_their_option() {
        assert_eq!(question().check(), Ok(()));
        let bounds = |deadband, step| Bounds { deadband, step };
        for (wrong, expected) in [
            (Question { runs: 999, ..question() }, "--runs 999: expected 1000 to 10000000"),
            (Question { within: 0, ..question() }, "--within 0: expected 1 to 10000"),
            (Question { rows: Some(39), ..question() }, "--rows 39: expected 40 to 1000000"),
            (
                Question { bounds: bounds(-1.0, None), ..question() },
                "--deadband -1: expected 0 or more",
            ),
            (
                Question { bounds: bounds(0.0, Some(0.0)), ..question() },
                "--step-limit 0: expected above 0",
            ),
        ] {
            assert_eq!(wrong.check().unwrap_err().to_string(), expected);
        }
    }

    /// 2/(2 - 0.3) in closed form; with a deadband there is no closed form.
    #[test]
    fn a_simulation_costs_what_the_closed_form_says() {
        let found = Simulated::of(question(), Law::Ewma(0.3), plant(1.0)).unwrap();
        let of = |numbers: &Numbers, name: &str| numbers.iter().find(|n| n.0 == name).unwrap().1;
        let numbers = found.numbers();
        let known = of(&numbers, "var_ratio").unwrap();
        assert!((known - 2.0 / 1.7).abs() < 1e-12);
        assert!((of(&numbers, "simulated_var_ratio").unwrap() / known - 1.0).abs() < 0.05);
        assert!(
            found
                .advice()
                .ends_with("chart the disturbance estimate and the recipe moves, not y alone")
        );
        let held = Bounds { deadband: 0.5, step: None };
        let held =
            Simulated::of(Question { bounds: held, ..question() }, Law::Ewma(0.3), plant(1.0));
        let held = held.unwrap().numbers();
        assert!(
            of(&held, "var_ratio").is_none()
                && of(&held, "share_of_runs_with_a_move").unwrap() < 1.0
        );
    }

    #[test]
    fn the_step_stands_in_the_middle_of_the_rows() {
        let found = Simulated::of(question(), Law::Ewma(0.3), plant(1.0)).unwrap();
        let csv = String::from_utf8(found.rows().to_csv()).unwrap();
        let steps: Vec<bool> = csv.lines().skip(1).map(|row| row.ends_with(",true")).collect();
        assert_eq!((steps.len(), steps.iter().position(|step| *step)), (100, Some(50)));
        let charts = [Charted { name: "y", alarms: 2, after: Some(3) }];
        let document = found.document(&charts);
        assert_eq!(document["charts"][0]["runs_from_step_to_alarm"], 3);
        assert_eq!(
            (&document["runs_simulated"], &document["repetitions"]),
            (&json!(20_000), &json!(400))
        );
        assert_eq!(
            charts[0].sentence(),
            "an individuals chart of y alarms 2 times, first 3 runs after the step"
        );
        let never = Charted { after: None, ..charts[0].clone() };
        assert!(never.sentence().ends_with("first never after the step"));
    }

    #[test]
    fn a_loop_that_is_not_stable_is_not_simulated() {
        let told = Simulated::of(question(), Law::Ewma(0.9), plant(3.0)).map(drop).unwrap_err();
        assert_eq!(
            told.to_string(),
            "the loop is not stable at a gain ratio of 3 (at most 2.2222)"
        );
    }
}
