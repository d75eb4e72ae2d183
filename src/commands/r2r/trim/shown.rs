//! A trim as rows, as a document and in words.

use super::Trim;
use super::goals::Slopes;
use crate::context::Context;
use libchar_assurance::skill::Skill;
use libchar_assurance::trim::{Goal, LEAST_RUNS, Past};
use libchar_core::{Frame, frame};
use libchar_metrology::r2r::recipe::Recipe;
use serde_json::{Value, json};

/// Change of an input, in shares of it or tens of degrees, beyond which slopes are doubted.
const FAR: f64 = 0.1;

/// What is shown of a trim.
pub struct Shown<'a> {
    pub args: &'a Trim,
    pub slopes: &'a Slopes,
    pub goals: &'a [Goal],
    pub pasts: &'a [Option<Past>],
    pub found: &'a Recipe,
}

impl Shown<'_> {
    /// One row an input.
    pub fn frame(&self) -> Frame {
        let columns = ["input", "unit", "value", "delta", "next", "held_by"];
        let mut frame = Frame::new("libchar.r2r-trim-rows", 1, columns);
        for (j, input) in self.slopes.inputs.iter().enumerate() {
            let (value, next) = (self.slopes.values[j], self.found.u[j]);
            frame.push(vec![
                input.name.as_str().into(),
                self.slopes.units[j].as_str().into(),
                value.into(),
                (next - value).into(),
                next.into(),
                self.found.held[j].unwrap_or_default().into(),
            ]);
        }
        frame
    }

    /// The improvement that the past shows of figure `i`, else why there is none.
    fn improvement(&self, i: usize) -> Result<&Skill, String> {
        let past = self.pasts[i].as_ref().ok_or("no measured runs were given")?;
        past.improvement.as_ref().ok_or(format!("fewer than {LEAST_RUNS} runs were measured"))
    }

    /// The JSON document.
    pub fn document(&self, file: &str) -> Value {
        let changes: Vec<Value> = (0..self.slopes.inputs.len())
            .map(|j| {
                let (value, next) = (self.slopes.values[j], self.found.u[j]);
                json!({
                    "input": self.slopes.inputs[j].name, "unit": self.slopes.units[j], "value": value,
                    "delta": next - value, "next": next, "held_by": self.found.held[j],
                })
            })
            .collect();
        let figures: Vec<Value> = self
            .args
            .target
            .iter()
            .enumerate()
            .map(|(i, (name, target))| {
                let improvement = self.improvement(i);
                json!({
                    "figure": name, "target": target, "simulated": self.slopes.simulated[i], "present": self.goals[i].present,
                    "present_from": if self.pasts[i].is_some() { "measured runs" } else { "the simulation" },
                    "lambda": self.pasts[i].as_ref().map(|past| past.lambda), "expected": target - self.found.left[i],
                    "expected_improvement": improvement.as_ref().ok().map(|s| json!({
                        "share_of_mean_square": s.value, "low": s.low, "high": s.high, "runs": s.runs, "shown": s.is_shown(),
                    })),
                    "why_unknown": improvement.as_ref().err(),
                })
            })
            .collect();
        let body = json!({
            "action": "recipe_trim", "slopes": file, "changes": changes, "figures": figures, "findings": self.findings(),
            "remarks": self.remarks(),
        });
        frame::document("libchar.r2r-trim", 1, body)
    }

    fn findings(&self) -> Vec<String> {
        let held: Vec<&str> = (0..self.slopes.inputs.len())
            .filter(|j| self.found.held[*j].is_some())
            .map(|j| self.slopes.inputs[j].name.as_str())
            .collect();
        let mut findings = Vec::new();
        for (i, (name, target)) in self.args.target.iter().enumerate() {
            let left = self.found.left[i];
            if left.abs() > 1e-9 * target.abs().max(self.goals[i].scale) {
                let why = match held.is_empty() {
                    true => "the inputs cannot bring all figures to their targets".to_owned(),
                    false => format!("held are {}", held.join(", ")),
                };
                findings.push(format!("{name} stays {:+.6} from its target: {why}", -left));
            }
            if let Ok(skill) = self.improvement(i)
                && !skill.is_shown()
            {
                findings.push(format!(
                    "the past of {name} does not show that a trim helps: leave the recipe as it is"
                ));
            }
        }
        findings
    }

    fn remarks(&self) -> Vec<String> {
        let mut remarks = Vec::new();
        for (j, input) in self.slopes.inputs.iter().enumerate() {
            let (value, unit) = (self.slopes.values[j], &self.slopes.units[j]);
            let change = (self.found.u[j] - value).abs();
            let size = if unit == "C" { 100.0 } else { value.abs() };
            if change > FAR * size {
                remarks.push(format!("{} changes by {change:.4} {unit}: slopes need not hold so far, so simulate the trimmed recipe", input.name));
            }
        }
        remarks
    }

    /// Says all of it, and counts the findings.
    pub fn tell(&self, ctx: &Context) -> usize {
        for (i, (name, target)) in self.args.target.iter().enumerate() {
            let from = if self.pasts[i].is_some() { "measured" } else { "simulated" };
            ctx.log.info(
                "r2r",
                format!(
                    "{name}: {from} at {:.6}, target {target}, expected at {:.6} after the trim",
                    self.goals[i].present,
                    target - self.found.left[i]
                ),
            );
            ctx.log.info("r2r", match self.improvement(i) {
                Ok(skill) => {
                    let percent = |v: Option<f64>| v.map_or("unknown".to_owned(), |v| format!("{:.1} %", 100.0 * v));
                    format!(
                        "{name}: trims from earlier runs would have taken {} off the mean square about the target of the last {} runs (95 %: {} to {})",
                        percent(skill.value), skill.runs, percent(skill.low), percent(skill.high)
                    )
                }
                Err(why) => format!("{name}: the expected improvement is unknown, as {why}"),
            });
        }
        self.remarks().iter().for_each(|remark| ctx.log.warning("r2r", remark));
        let findings = self.findings();
        findings.iter().for_each(|finding| ctx.log.warning("r2r", finding));
        findings.len()
    }
}
