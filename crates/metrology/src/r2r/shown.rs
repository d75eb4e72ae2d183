//! The next recipe as a table, as a document and in sentences.

use super::controller::Controller;
use super::ledger::{Ledger, News};
use super::step::{Belief, Next};
use libchar_core::words::count;
use libchar_core::{Frame, frame};
use serde_json::{Value, json};

/// The result of a step.
pub struct Shown<'a> {
    /// The controller.
    pub controller: &'a Controller,
    /// The memory of the controller.
    pub ledger: &'a Ledger,
    /// The estimated disturbance of each output.
    pub beliefs: &'a [Belief],
    /// The recommended recipe.
    pub next: &'a Next,
    /// What the rows added.
    pub news: &'a News,
    /// Whether the state differs from that before.
    pub is_changed: bool,
}

impl Shown<'_> {
    fn last(&self) -> &[f64] {
        self.ledger.runs.last().map_or(&self.controller.start, |run| &run.recipe)
    }

    /// What restricts or determines an input, if anything does.
    fn held(&self, j: usize) -> Option<&'static str> {
        match self.ledger.pending() {
            Some(_) => Some("an override"),
            None if self.next.is_quiet => Some("the deadband"),
            None => self.next.held[j],
        }
    }

    /// A table with one row per input.
    pub fn frame(&self) -> Frame {
        let columns =
            ["input", "last", "next", "change", "recommended", "low", "high", "step", "held_by"];
        let mut frame = Frame::new("libchar.r2r-step-rows", 1, columns);
        for (j, input) in self.controller.inputs.iter().enumerate() {
            let (last, next) = (self.last()[j], self.ledger.next[j]);
            frame.push(vec![
                input.name.as_str().into(),
                last.into(),
                next.into(),
                (next - last).into(),
                self.next.recipe[j].into(),
                input.low.into(),
                input.high.into(),
                Some(input.step).filter(|s| s.is_finite()).into(),
                self.held(j).unwrap_or_default().into(),
            ]);
        }
        frame
    }

    /// The expected value of each output with the recipe that is set.
    fn expected(&self) -> Vec<f64> {
        let effect = self.controller.effect(&self.ledger.next).into_iter().zip(self.beliefs);
        effect.map(|(effect, belief)| effect + belief.disturbance.expected()).collect()
    }

    /// The reasons for the recipe, in sentences.
    pub fn reasons(&self) -> Vec<String> {
        let expected = self.expected();
        let mut reasons = Vec::new();
        if let Some(own) = self.ledger.pending() {
            reasons.push(format!("The recipe was set by {}: {}.", own.by, own.why));
        }
        for (i, output) in self.controller.outputs.iter().enumerate() {
            let belief = &self.beliefs[i];
            if belief.learned == 0 {
                reasons.push(format!(
                    "No measurement of {} is believed yet: it is taken to be on its target.",
                    output.name
                ));
                continue;
            }
            let miss = self.next.before[i] - output.target;
            reasons.push(match self.next.is_quiet {
                true => format!(
                    "With the present recipe {} is expected at {:.6}, {miss:+.6} from its target and within the deadband of {}.",
                    output.name, self.next.before[i], output.deadband
                ),
                false => format!(
                    "With the present recipe {} is expected at {:.6}, {miss:+.6} from its target; with the next one at {:.6}.",
                    output.name, self.next.before[i], expected[i]
                ),
            });
        }
        for (j, input) in self.controller.inputs.iter().enumerate() {
            if let (Some(what), None) = (self.next.held[j], self.ledger.pending()) {
                reasons.push(format!("{} is held by {what}.", input.name));
            }
        }
        reasons
    }

    /// Findings that a person should check.
    pub fn findings(&self) -> Vec<String> {
        let mut findings = Vec::new();
        let is_bound = |held: &&'static str| *held != "its greatest step";
        let bounds: Vec<String> = (0..self.next.held.len())
            .filter_map(|j| {
                self.next.held[j]
                    .filter(is_bound)
                    .map(|what| format!("{} by {what}", self.controller.inputs[j].name))
            })
            .collect();
        let expected = self.expected();
        for (i, output) in self.controller.outputs.iter().enumerate() {
            let (belief, miss) = (&self.beliefs[i], expected[i] - output.target);
            let is_far = miss.abs() > output.deadband.max(1e-9 * output.target.abs().max(1.0));
            if is_far && !bounds.is_empty() && self.ledger.pending().is_none() {
                findings.push(format!(
                    "{} stays {miss:+.6} from its target: these inputs are held: {}",
                    output.name,
                    bounds.join(", ")
                ));
            }
            if belief.waiting > self.controller.delay {
                let runs = match belief.waiting {
                    1 => "the newest run has".to_owned(),
                    n => format!("the newest {n} runs have"),
                };
                findings.push(format!(
                    "{runs} no measurement of {}, which is expected {} runs late at most: the recipe rests on older runs",
                    output.name, self.controller.delay
                ));
            }
            if let Some(y) = belief.doubted {
                findings.push(format!(
                    "the newest measurement of {}, {y}, lies outside {} to {} and was not used",
                    output.name, output.low, output.high
                ));
            }
        }
        findings
    }

    /// The JSON document.
    pub fn document(&self, controller: &str) -> Value {
        let (l1, l2) = self.controller.law.weights();
        let finite = |value: f64| Some(value).filter(|v| v.is_finite());
        let expected = self.expected();
        let outputs: Vec<Value> = self
            .controller
            .outputs
            .iter()
            .enumerate()
            .map(|(i, o)| {
                let b = &self.beliefs[i];
                json!({
                    "output": o.name, "target": o.target, "deadband": o.deadband, "disturbance": b.disturbance.level,
                    "trend": b.disturbance.trend, "expected_before": self.next.before[i], "expected_after": expected[i],
                    "measured_runs": b.learned, "refused": b.refused, "waiting": b.waiting,
                })
            })
            .collect();
        let inputs: Vec<Value> = self
            .controller
            .inputs
            .iter()
            .enumerate()
            .map(|(j, input)| {
                json!({
                    "input": input.name, "last": self.last()[j], "next": self.ledger.next[j],
                    "recommended": self.next.recipe[j], "low": input.low, "high": input.high, "step": finite(input.step),
                    "held_by": self.held(j),
                })
            })
            .collect();
        let own = self.ledger.pending().map(|o| json!({ "by": o.by, "why": o.why }));
        let body = json!({
            "controller": controller, "method": self.controller.law.name(), "law": self.controller.law.text(),
            "lambda": l1, "lambda2": l2, "delay_runs": self.controller.delay, "runs": self.ledger.runs.len(),
            "last_run": self.ledger.runs.last().map(|run| &run.run), "new_runs": self.news.runs,
            "late_measurements": self.news.late, "changed": self.is_changed, "override": own,
            "overrides_so_far": self.ledger.overrides.len(),
            "inputs": inputs, "outputs": outputs, "reasons": self.reasons(), "findings": self.findings(),
        });
        frame::document("libchar.r2r-step", 1, body)
    }

    /// A sentence about new runs and measurements; `dry_run` says that the state was not written.
    pub fn news(&self, dry_run: bool) -> String {
        let (runs, late) = (self.news.runs, self.news.late);
        let news = format!("{}, {}", count(runs, "new run"), count(late, "late measurement"));
        match (self.is_changed, dry_run) {
            (false, _) => "nothing is new: the state and the recipe are what they were".to_owned(),
            (true, false) => news,
            (true, true) => format!("{news}; the state was not written"),
        }
    }

    /// The inputs of the first new run whose value differs from the recipe that was set, in
    /// sentences.
    pub fn strayed(&self) -> Vec<String> {
        let Some(set) = &self.news.strayed else { return Vec::new() };
        let run = &self.ledger.runs[self.ledger.runs.len() - self.news.runs];
        let told = |(j, name): (usize, &str)| {
            let (own, set) = (run.recipe[j], set[j]);
            let text = || format!("run {} had {name} at {own}, and {set} was set", run.run);
            (own != set).then(text)
        };
        let names = self.controller.inputs.iter().map(|input| input.name.as_str());
        names.enumerate().filter_map(told).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::controller;
    use super::super::ledger::Row;
    use super::*;

    fn controller(extra: &str) -> Controller {
        let text = format!(
            "lambda = 0.3\n[outputs.y]\ntarget = 44\n{extra}\n[inputs.u]\nstart = 60\nlow = 59\nhigh = 80\ngain = 0.5\n"
        );
        controller::read("c.toml", &text).unwrap()
    }

    /// Applies a function to the result after these runs, each given by its recipe and measurement.
    fn shown<T>(
        extra: &str,
        runs: &[(Option<f64>, Option<f64>)],
        body: impl FnOnce(&Shown) -> T,
    ) -> T {
        let c = controller(extra);
        let mut ledger = Ledger::new(&c, "");
        let rows = runs.iter().enumerate().map(|(i, (u, y))| Row {
            run: (i + 1).to_string(),
            recipe: vec![*u],
            measured: vec![*y],
        });
        let news = ledger.take(&rows.collect::<Vec<_>>()).unwrap();
        let (beliefs, next) = ledger.recommend(&c);
        ledger.next = next.recipe.clone();
        body(&Shown {
            controller: &c,
            ledger: &ledger,
            beliefs: &beliefs,
            next: &next,
            news: &news,
            is_changed: true,
        })
    }

    /// As in the step computed by hand: y = 46 at u = 60 requires 58.8, but the smallest
    /// value is 59. There y is 14.6 + 29.5.
    #[test]
    fn a_bound_that_keeps_an_output_from_its_target_is_a_finding() {
        let (findings, reasons, frame, document) = shown("", &[(None, Some(46.0))], |s| {
            (s.findings(), s.reasons(), s.frame(), s.document("c.toml"))
        });
        assert_eq!(findings.len(), 1);
        assert!(
            findings[0]
                .starts_with("y stays +0.100000 from its target: these inputs are held: u by "),
            "{findings:?}"
        );
        assert!(reasons[0].contains("is expected at 44.600000, +0.600000 from its target; with the next one at 44.100000."), "{reasons:?}");
        let csv = String::from_utf8(frame.to_csv()).unwrap();
        assert!(csv.lines().nth(1).unwrap().starts_with("u,60,59,-1,59,59,80,,"), "{csv}");
        assert_eq!(
            (&document["inputs"][0]["next"], &document["new_runs"]),
            (&json!(59.0), &json!(1))
        );
    }

    #[test]
    fn a_late_and_an_absurd_measurement_are_findings() {
        let late = shown("", &[(None, None), (None, None)], |s| s.findings());
        assert!(
            late[0].starts_with(
                "the newest 2 runs have no measurement of y, which is expected 0 runs late"
            ),
            "{late:?}"
        );
        let absurd = shown("high = 60", &[(None, Some(400.0))], |s| s.findings());
        assert!(absurd[0].contains("400, lies outside -inf to 60 and was not used"), "{absurd:?}");
    }

    #[test]
    fn what_is_new_is_counted_and_what_strayed_is_named() {
        assert_eq!(shown("", &[(None, None)], |s| s.news(false)), "1 new run, 0 late measurements");
        let dry = shown("", &[(None, None); 2], |s| s.news(true));
        assert_eq!(dry, "2 new runs, 0 late measurements; the state was not written");
        assert!(
            shown("", &[(Some(70.0), None)], |s| s.strayed()).is_empty(),
            "nobody had set anything"
        );
        let c = controller("");
        let mut ledger = Ledger::new(&c, "");
        let row = |run: &str, u| Row { run: run.to_owned(), recipe: vec![u], measured: vec![None] };
        ledger.take(&[row("1", None)]).unwrap();
        let news = ledger.take(&[row("2", Some(61.0))]).unwrap();
        let (beliefs, next) = ledger.recommend(&c);
        let own = Shown {
            controller: &c,
            ledger: &ledger,
            beliefs: &beliefs,
            next: &next,
            news: &news,
            is_changed: false,
        };
        assert_eq!(own.strayed(), ["run 2 had u at 61, and 60 was set"]);
        assert!(own.news(false).starts_with("nothing is new"));
    }
}
