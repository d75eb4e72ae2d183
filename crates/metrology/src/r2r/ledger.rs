//! The memory of a controller between calls: runs, recommended recipes, and overrides by people.

use super::controller::Controller;
use super::step::{self, Belief, Next, Run};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The memory of a controller.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ledger {
    /// Names of the inputs.
    pub inputs: Vec<String>,
    /// Names of the outputs.
    pub outputs: Vec<String>,
    /// SHA-256 of the controller's file that the recommendation is based on.
    pub controller_sha256: String,
    /// Runs in order.
    pub runs: Vec<Run>,
    /// Recipes that people set instead of the recommended ones.
    pub overrides: Vec<Override>,
    /// The recipe of the next run.
    pub next: Vec<f64>,
}

/// A recipe that a person set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Override {
    /// The run after which it applies, for one run; `None` if it applies to the first run.
    pub after: Option<String>,
    /// The recommended recipe.
    pub recommended: Vec<f64>,
    /// The recipe that was set.
    pub recipe: Vec<f64>,
    /// The person who set it.
    pub by: String,
    /// The reason.
    pub why: String,
}

/// A row of the given table of runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Name of the run.
    pub run: String,
    /// The recipe of the run; `None` for inputs that the row does not state.
    pub recipe: Vec<Option<f64>>,
    /// The measured outputs; `None` where there is no measurement.
    pub measured: Vec<Option<f64>>,
}

/// A contradiction between a row and the ledger; `row` counts from 0.
#[derive(Clone, Debug, PartialEq)]
pub enum Conflict {
    /// A known run has another value: of an output if `is_output`, else of an input.
    Differs {
        /// Index of the row.
        row: usize,
        /// Index of the output or input.
        place: usize,
        /// Whether it is an output.
        is_output: bool,
        /// The known value.
        known: f64,
    },
    /// A new run is listed before a known one.
    OutOfOrder {
        /// Index of the row.
        row: usize,
        /// Name of the known run that comes later.
        before: String,
    },
}

/// What the rows added to the ledger.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct News {
    /// Number of new runs.
    pub runs: usize,
    /// Number of measurements for known runs that had none.
    pub late: usize,
    /// The recipe that was set for the first new run, if it ran with another one.
    pub strayed: Option<Vec<f64>>,
}

impl Ledger {
    /// An empty ledger.
    pub fn new(controller: &Controller, sha256: &str) -> Ledger {
        Ledger {
            inputs: controller.inputs.iter().map(|i| i.name.clone()).collect(),
            outputs: controller.outputs.iter().map(|o| o.name.clone()).collect(),
            controller_sha256: sha256.to_owned(),
            next: controller.start.clone(),
            ..Ledger::default()
        }
    }

    /// Checks that the ledger belongs to a controller with these inputs and outputs and is
    /// complete.
    ///
    /// # Errors
    /// A description of the difference.
    pub fn check(&self, controller: &Controller) -> Result<(), String> {
        let own = Ledger::new(controller, "");
        if (&self.inputs, &self.outputs) != (&own.inputs, &own.outputs) {
            let (inputs, outputs) = (self.inputs.join(", "), self.outputs.join(", "));
            return Err(format!("it steers {outputs} by {inputs}, and the controller does not"));
        }
        let (n, m) = (self.inputs.len(), self.outputs.len());
        let recipes =
            self.runs.iter().map(|r| &r.recipe).chain(self.overrides.iter().map(|o| &o.recipe));
        let whole =
            recipes.chain([&self.next]).all(|r| r.len() == n && r.iter().all(|u| u.is_finite()))
                && self.runs.iter().all(|r| r.measured.len() == m);
        if whole { Ok(()) } else { Err("a recipe or a run in it is incomplete".to_owned()) }
    }

    /// Adds rows; known rows change nothing.
    ///
    /// # Errors
    /// Every row that contradicts the ledger. The ledger is then partly changed and must be
    /// discarded.
    pub fn take(&mut self, rows: &[Row]) -> Result<News, Vec<Conflict>> {
        let mut places: HashMap<String, usize> =
            self.runs.iter().enumerate().map(|(at, run)| (run.run.clone(), at)).collect();
        let known = self.runs.len();
        let last_known = rows.iter().rposition(|row| places.contains_key(&row.run));
        let (mut news, mut conflicts) = (News::default(), Vec::new());
        for (at, row) in rows.iter().enumerate() {
            match places.get(&row.run) {
                Some(&place) => {
                    self.amend(place, at, row, place < known, &mut news, &mut conflicts)
                }
                None => {
                    if let Some(later) = last_known.filter(|later| *later > at) {
                        let before = rows[later].run.clone();
                        conflicts.push(Conflict::OutOfOrder { row: at, before });
                    }
                    places.insert(row.run.clone(), self.runs.len());
                    self.append(row, &mut news);
                }
            }
        }
        if conflicts.is_empty() { Ok(news) } else { Err(conflicts) }
    }

    fn append(&mut self, row: &Row, news: &mut News) {
        let recipe: Vec<f64> =
            row.recipe.iter().zip(&self.next).map(|(u, set)| u.unwrap_or(*set)).collect();
        // A recipe was recommended only for the first new run, and for none before the first call.
        let is_told = !self.runs.is_empty() || !self.overrides.is_empty();
        if news.runs == 0 && is_told && recipe != self.next {
            news.strayed = Some(self.next.clone());
        }
        self.runs.push(Run { run: row.run.clone(), recipe, measured: row.measured.clone() });
        news.runs += 1;
    }

    fn amend(
        &mut self,
        place: usize,
        at: usize,
        row: &Row,
        is_old: bool,
        news: &mut News,
        conflicts: &mut Vec<Conflict>,
    ) {
        let run = &mut self.runs[place];
        for (i, (own, found)) in run.measured.iter_mut().zip(&row.measured).enumerate() {
            match (*own, *found) {
                (None, Some(value)) => {
                    *own = Some(value);
                    news.late += usize::from(is_old);
                }
                (Some(known), Some(value)) if known != value => {
                    conflicts.push(Conflict::Differs { row: at, place: i, is_output: true, known });
                }
                _ => {}
            }
        }
        for (j, (known, found)) in run.recipe.iter().zip(&row.recipe).enumerate() {
            if found.is_some_and(|found| found != *known) {
                let known = *known;
                conflicts.push(Conflict::Differs { row: at, place: j, is_output: false, known });
            }
        }
    }

    /// The override of the next run, if there is one.
    pub fn pending(&self) -> Option<&Override> {
        let last = self.runs.last().map(|run| run.run.as_str());
        self.overrides.last().filter(|o| o.after.as_deref() == last)
    }

    /// The estimated disturbances, and the recipe that follows from them.
    pub fn recommend(&self, controller: &Controller) -> (Vec<Belief>, Next) {
        let beliefs = step::believe(controller, &self.runs);
        let last = self.runs.last().map_or(&controller.start, |run| &run.recipe);
        let next = step::next(controller, &beliefs, last);
        (beliefs, next)
    }

    /// Overrides the next recipe. Repeating the last override changes nothing; of several overrides
    /// for the same run, the last one applies.
    pub fn set_aside(&mut self, recommended: &[f64], recipe: Vec<f64>, by: &str, why: &str) {
        let after = self.runs.last().map(|run| run.run.clone());
        let own = Override {
            after,
            recommended: recommended.to_vec(),
            recipe,
            by: by.to_owned(),
            why: why.to_owned(),
        };
        if self.overrides.last() != Some(&own) {
            self.overrides.push(own);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::controller::read;
    use super::*;

    fn controller() -> Controller {
        let text = "lambda = 0.3\n[outputs.y]\ntarget = 44\n[inputs.u]\nstart = 60\nlow = 40\nhigh = 80\ngain = 0.5\n";
        read("c.toml", text).unwrap()
    }

    fn row(run: &str, u: Option<f64>, y: Option<f64>) -> Row {
        Row { run: run.to_owned(), recipe: vec![u], measured: vec![y] }
    }

    #[test]
    fn the_same_rows_twice_change_nothing() {
        let mut ledger = Ledger::new(&controller(), "c");
        let rows = [row("1", None, Some(46.0)), row("2", Some(58.0), None)];
        let news = ledger.take(&rows).unwrap();
        assert_eq!((news.runs, news.late, news.strayed), (2, 0, None));
        let before = ledger.clone();
        assert_eq!(ledger.take(&rows).unwrap(), News::default());
        assert_eq!(ledger.take(&rows[1..]).unwrap(), News::default());
        assert_eq!(ledger, before);
        let news = ledger.take(&[row("3", Some(59.0), None)]).unwrap();
        assert_eq!(news.strayed, Some(vec![60.0]));
    }

    /// The same recipe follows regardless of the order in which measurements arrive.
    #[test]
    fn late_measurements_lead_where_timely_ones_do() {
        let c = controller();
        let timely =
            [("1", 46.0), ("2", 45.0), ("3", 47.0)].map(|(run, y)| row(run, Some(60.0), Some(y)));
        let mut one = Ledger::new(&c, "");
        one.take(&timely).unwrap();
        let mut two = Ledger::new(&c, "");
        for blank in &timely {
            two.take(&[Row { measured: vec![None], ..blank.clone() }]).unwrap();
        }
        let news = [2, 0, 1].map(|k| two.take(&timely[k..=k]).unwrap().late);
        assert_eq!(news, [1, 1, 1]);
        assert_eq!(one.recommend(&c).1, two.recommend(&c).1);
    }

    #[test]
    fn contradictions_are_named() {
        let mut ledger = Ledger::new(&controller(), "");
        ledger.take(&[row("1", Some(60.0), Some(46.0))]).unwrap();
        let found = ledger
            .clone()
            .take(&[row("0", None, None), row("1", Some(61.0), Some(47.0))])
            .unwrap_err();
        assert_eq!(found.len(), 3);
        assert_eq!(found[0], Conflict::OutOfOrder { row: 0, before: "1".to_owned() });
        assert_eq!(found[1], Conflict::Differs { row: 1, place: 0, is_output: true, known: 46.0 });
    }

    #[test]
    fn an_override_holds_for_one_run() {
        let c = controller();
        let mut ledger = Ledger::new(&c, "");
        ledger.take(&[row("1", None, Some(46.0))]).unwrap();
        ledger.set_aside(&[58.8], vec![59.0], "ada", "new part");
        ledger.set_aside(&[58.8], vec![59.0], "ada", "new part");
        assert_eq!((ledger.overrides.len(), ledger.pending().is_some()), (1, true));
        ledger.take(&[row("2", None, None)]).unwrap();
        assert!(ledger.pending().is_none());
        assert!(ledger.check(&c).is_ok());
        let other = read(
            "c",
            "lambda = 0.3\n[outputs.z]\ntarget = 44\n[inputs.u]\nstart = 60\nlow = 40\nhigh = 80\ngain = 0.5\n",
        );
        assert!(ledger.check(&other.unwrap()).is_err());
    }
}
