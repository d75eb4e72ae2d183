//! A trim as rows, as a document and as text.

use crate::skill::Skill;
use crate::trim::{Goal, LEAST_RUNS, Past};
use libchar_core::Note;
use libchar_core::{Frame, Refused, frame};
use libchar_metrology::r2r::recipe::Recipe;
use libchar_metrology::r2r::slopes::Slopes;
use serde_json::{Value, json};

/// Change of an input, relative to its value or in tens of degrees, beyond which slopes are
/// unreliable.
const FAR: f64 = 0.1;

/// Options of a trim.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Figures with their targets.
    pub targets: &'a [(String, f64)],
    /// Scales of the figures: misses of this size count alike; by default 1 % of the target.
    pub scales: &'a [(String, f64)],
    /// Weight of the newest run in the expected value of a figure; `None` for the weight of least
    /// squares.
    pub lambda: Option<f64>,
}

impl Asked<'_> {
    /// Checks the options.
    ///
    /// # Errors
    /// Figures that are named twice, scales of other figures, and numbers that are not valid.
    pub fn check(&self) -> Result<(), Refused> {
        let names: Vec<&str> = self.targets.iter().map(|(name, _)| name.as_str()).collect();
        for (at, name) in names.iter().enumerate() {
            if names[..at].contains(name) {
                return Err(Refused::Usage(format!("--target {name}: named twice")));
            }
        }
        for (name, size) in self.scales {
            if !names.contains(&name.as_str()) || *size <= 0.0 {
                let names = names.join(", ");
                return Err(Refused::Usage(format!(
                    "--scale {name}={size}: expected a size above 0 of one of: {names}"
                )));
            }
        }
        match self.lambda {
            Some(l) if !(l > 0.0 && l <= 1.0) => {
                Err(Refused::Usage(format!("--lambda {l}: expected above 0, at most 1")))
            }
            _ => Ok(()),
        }
    }

    /// The goals of the figures. The expected value is that of the measured runs, else that of the
    /// simulation.
    pub fn goals(&self, slopes: &Slopes, pasts: &[Option<Past>]) -> Vec<Goal> {
        let goal = |(i, (name, target)): (usize, &(String, f64))| {
            let given = self.scales.iter().find(|(own, _)| own == name).map(|(_, size)| *size);
            let usual = if *target == 0.0 { 1.0 } else { 0.01 * target.abs() };
            Goal {
                target: *target,
                present: pasts[i].as_ref().map_or(slopes.simulated[i], |past| past.present),
                scale: given.unwrap_or(usual),
            }
        };
        self.targets.iter().enumerate().map(goal).collect()
    }
}

/// A trim with everything that is printed about it.
pub struct Shown<'a> {
    /// Figures with their targets.
    pub targets: &'a [(String, f64)],
    /// Slopes of the figures over the inputs.
    pub slopes: &'a Slopes,
    /// One goal per figure.
    pub goals: &'a [Goal],
    /// What the measured runs say of each figure.
    pub pasts: &'a [Option<Past>],
    /// The trimmed recipe.
    pub found: &'a Recipe,
}

impl Shown<'_> {
    /// One row per input.
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

    /// The improvement that past runs show for figure `i`, or why it is unknown.
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
            .targets
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

    /// Findings that need attention.
    pub fn findings(&self) -> Vec<String> {
        let held: Vec<&str> = (0..self.slopes.inputs.len())
            .filter(|j| self.found.held[*j].is_some())
            .map(|j| self.slopes.inputs[j].name.as_str())
            .collect();
        let mut findings = Vec::new();
        for (i, (name, target)) in self.targets.iter().enumerate() {
            let left = self.found.left[i];
            if left.abs() > 1e-9 * target.abs().max(self.goals[i].scale) {
                let why = match held.is_empty() {
                    true => "the inputs cannot bring all figures to their targets".to_owned(),
                    false => format!("these inputs are held: {}", held.join(", ")),
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

    /// Notes on each figure, and on inputs that change much.
    pub fn notes(&self) -> Vec<Note> {
        let mut notes = Vec::new();
        for (i, (name, target)) in self.targets.iter().enumerate() {
            let from = if self.pasts[i].is_some() { "measured" } else { "simulated" };
            notes.push(Note::Info(
                "r2r",
                format!(
                    "{name}: {from} at {:.6}, target {target}, expected at {:.6} after the trim",
                    self.goals[i].present,
                    target - self.found.left[i]
                ),
            ));
            notes.push(Note::Info("r2r", match self.improvement(i) {
                Ok(skill) => {
                    let percent = |v: Option<f64>| v.map_or("unknown".to_owned(), |v| format!("{:.1} %", 100.0 * v));
                    format!(
                        "{name}: trims from earlier runs would have taken {} off the mean square about the target of the last {} runs (95 %: {} to {})",
                        percent(skill.value), skill.runs, percent(skill.low), percent(skill.high)
                    )
                }
                Err(why) => format!("{name}: the expected improvement is unknown, as {why}"),
            }));
        }
        notes.extend(self.remarks().into_iter().map(|text| Note::Warning("r2r", text)));
        notes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trim::{past, trim};
    use libchar_core::Table;

    fn pairs(of: &[(&str, f64)]) -> Vec<(String, f64)> {
        of.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect()
    }

    /// A temperature of 950 C and a slope of 2 nm a degree, which may change by `most` degrees.
    fn slopes(most: f64) -> Slopes {
        let text = "input,value,unit,figure,figure_value,slope\ntemp,950,C,xj_nm,340,2\n";
        let table = Table::parse("slopes.csv", text.as_bytes()).unwrap();
        let limits = pairs(&[("temp", most)]);
        Slopes::read(&table, &pairs(&[("xj_nm", 350.0)]), &[], &limits).unwrap()
    }

    fn shown<T>(most: f64, past: Option<Past>, body: impl FnOnce(&Shown) -> T) -> T {
        let (slopes, targets, pasts) = (slopes(most), pairs(&[("xj_nm", 350.0)]), [past]);
        let asked = Asked { targets: &targets, scales: &[], lambda: None };
        let goals = asked.goals(&slopes, &pasts);
        let found = trim(&slopes.slopes, &goals, &slopes.values, &slopes.inputs);
        body(&Shown {
            targets: &targets,
            slopes: &slopes,
            goals: &goals,
            pasts: &pasts,
            found: &found,
        })
    }

    #[test]
    fn what_cannot_be_asked_is_refused() {
        let targets = pairs(&[("xj_nm", 350.0), ("rs", 0.0)]);
        let good = Asked { targets: &targets, scales: &[], lambda: None };
        assert_eq!(good.check(), Ok(()));
        assert_eq!(Asked { lambda: Some(1.0), ..good }.check(), Ok(()));
        let (twice, other) = (pairs(&[("rs", 1.0), ("rs", 2.0)]), pairs(&[("xj", 1.0)]));
        for (wrong, expected) in [
            (Asked { targets: &twice, ..good }, "--target rs: named twice"),
            (
                Asked { scales: &other, ..good },
                "--scale xj=1: expected a size above 0 of one of: xj_nm, rs",
            ),
            (Asked { lambda: Some(1.5), ..good }, "--lambda 1.5: expected above 0, at most 1"),
            (Asked { lambda: Some(0.0), ..good }, "--lambda 0: expected above 0, at most 1"),
        ] {
            assert_eq!(wrong.check().unwrap_err().to_string(), expected);
        }
    }

    #[test]
    fn scales_are_one_percent_and_the_past_goes_before_the_simulation() {
        let targets = pairs(&[("xj_nm", 350.0)]);
        let (own, pasts) = (slopes(9.0), [Some(past(&[346.0; 12], 350.0, Some(0.3)).unwrap())]);
        let asked = Asked { targets: &targets, scales: &[], lambda: None };
        let goal = &asked.goals(&own, &pasts)[0];
        assert!((goal.scale - 3.5).abs() < 1e-12 && (goal.present - 346.0).abs() < 1e-12);
        assert_eq!(asked.goals(&own, &[None])[0].present, 340.0);
        let scales = pairs(&[("xj_nm", 2.0)]);
        assert_eq!(Asked { scales: &scales, ..asked }.goals(&own, &[None])[0].scale, 2.0);
    }

    /// A figure that is 10 nm too shallow at 2 nm per degree requires 5 degrees.
    #[test]
    fn a_free_input_brings_the_figure_to_its_target() {
        let (frame, document, findings, notes) =
            shown(9.0, None, |s| (s.frame(), s.document("slopes.csv"), s.findings(), s.notes()));
        assert!(findings.is_empty(), "{findings:?}");
        let next = document["changes"][0]["next"].as_f64().unwrap();
        assert!((next - 955.0).abs() < 1e-9);
        assert_eq!(document["figures"][0]["why_unknown"], "no measured runs were given");
        assert!(
            String::from_utf8(frame.to_csv())
                .unwrap()
                .starts_with("input,unit,value,delta,next,held_by\ntemp,C,950,")
        );
        assert!(
            matches!(&notes[0], Note::Info(_, text) if text == "xj_nm: simulated at 340.000000, target 350, expected at 350.000000 after the trim")
        );
    }

    #[test]
    fn a_held_input_and_a_past_that_shows_nothing_are_findings() {
        let found = shown(3.0, None, |s| s.findings());
        assert_eq!(found, ["xj_nm stays -4.000000 from its target: these inputs are held: temp"]);
        // A figure on its target cannot gain anything.
        let y: Vec<f64> = (0..40).map(|i| 350.0 + if i % 2 == 0 { 1.0 } else { -1.0 }).collect();
        let flat = past(&y, 350.0, Some(0.3)).unwrap();
        let found = shown(9.0, Some(flat), |s| s.findings());
        assert!(
            found.iter().any(|f| f.starts_with("the past of xj_nm does not show")),
            "{found:?}"
        );
        let few = past(&[346.0; 12], 350.0, Some(0.3)).unwrap();
        let notes = shown(9.0, Some(few), |s| s.notes());
        assert!(
            matches!(&notes[1], Note::Info(_, text) if text.ends_with("as fewer than 20 runs were measured"))
        );
    }
}
