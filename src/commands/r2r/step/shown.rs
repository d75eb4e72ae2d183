//! The next recipe as rows, as a document and in words.

use crate::context::Context;
use libchar_core::{Frame, frame};
use libchar_metrology::r2r::controller::Controller;
use libchar_metrology::r2r::ledger::{Ledger, News};
use libchar_metrology::r2r::step::{Belief, Next};
use serde_json::{Value, json};

/// What is shown of a step.
pub struct Shown<'a> {
    pub controller: &'a Controller,
    pub ledger: &'a Ledger,
    pub beliefs: &'a [Belief],
    pub next: &'a Next,
    pub news: &'a News,
    /// Whether the state says something else than before.
    pub is_changed: bool,
}

impl Shown<'_> {
    fn last(&self) -> &[f64] {
        self.ledger.runs.last().map_or(&self.controller.start, |run| &run.recipe)
    }

    /// What holds an input, or why it is what it is.
    fn held(&self, j: usize) -> Option<&'static str> {
        match self.ledger.pending() {
            Some(_) => Some("an override"),
            None if self.next.is_quiet => Some("the deadband"),
            None => self.next.held[j],
        }
    }

    /// One row an input.
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

    /// What each output is expected at with the recipe that was set.
    fn expected(&self) -> Vec<f64> {
        let effect = self.controller.effect(&self.ledger.next).into_iter().zip(self.beliefs);
        effect.map(|(effect, belief)| effect + belief.disturbance.expected()).collect()
    }

    /// Why the recipe is what it is, one sentence each.
    fn reasons(&self) -> Vec<String> {
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

    /// What a person should look at.
    fn findings(&self) -> Vec<String> {
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
                    "{} stays {miss:+.6} from its target: held are {}",
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
                    "the newest measurement of {}, {y}, lies outside {} to {} and taught nothing",
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

    /// Says all of it, and counts the findings.
    pub fn tell(&self, ctx: &Context, dry_run: bool) -> usize {
        let plural = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
        let news = format!(
            "{}, {}",
            plural(self.news.runs, "new run"),
            plural(self.news.late, "late measurement")
        );
        ctx.log.info(
            "r2r",
            match (self.is_changed, dry_run) {
                (false, _) => {
                    "nothing is new: the state and the recipe are what they were".to_owned()
                }
                (true, false) => news,
                (true, true) => format!("{news}; the state was not written"),
            },
        );
        if let Some(set) = &self.news.strayed {
            let run = &self.ledger.runs[self.ledger.runs.len() - self.news.runs];
            for (j, input) in
                self.controller.inputs.iter().enumerate().filter(|(j, _)| run.recipe[*j] != set[*j])
            {
                ctx.log.warning(
                    "r2r",
                    format!(
                        "run {} had {} at {}, and {} was set",
                        run.run, input.name, run.recipe[j], set[j]
                    ),
                );
            }
        }
        self.reasons().iter().for_each(|reason| ctx.log.info("r2r", reason));
        let findings = self.findings();
        findings.iter().for_each(|finding| ctx.log.warning("r2r", finding));
        findings.len()
    }
}
