//! Applies a model to new runs in the order of time: value, interval, contributions of the
//! features, and whether to measure.

use crate::family::Fitted;
use crate::intervals::Interval;
use crate::model::Model;
use crate::sampling::{Allowed, Record};
use libchar_core::Refused;
use libchar_learn::Matrix;
use std::collections::VecDeque;

/// The decision about a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Measure it.
    Measure,
    /// Do not measure it: the prediction is good enough.
    Skip,
}

/// The rule that decides between measuring and skipping.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// What is allowed for a skipped run.
    pub allowed: Allowed,
    /// Largest allowed share of wrong skips; the upper 95 % bound of the share must not exceed it.
    pub risk: f64,
}

impl Rule {
    /// Makes the rule from a tolerance, a lower and an upper limit, if any of them is given.
    ///
    /// # Errors
    /// Numbers that do not give a valid rule.
    pub fn of(
        (tolerance, lower, upper): (Option<f64>, Option<f64>, Option<f64>),
        risk: f64,
    ) -> Result<Option<Rule>, Refused> {
        if !(risk > 0.0 && risk < 1.0) {
            return Err(Refused::Usage(format!("--risk {risk}: expected above 0, below 1")));
        }
        let allowed = match (tolerance, lower, upper) {
            (Some(most), ..) if most > 0.0 => Allowed::Error(most),
            (Some(most), ..) => {
                return Err(Refused::Usage(format!("--tolerance {most}: expected above 0")));
            }
            (None, None, None) => return Ok(None),
            (None, lower, upper) => {
                let (low, high) =
                    (lower.unwrap_or(f64::NEG_INFINITY), upper.unwrap_or(f64::INFINITY));
                if low >= high {
                    return Err(Refused::Usage(format!(
                        "--lower {low} --upper {high}: expected the lower limit below the upper"
                    )));
                }
                Allowed::Within(low, high)
            }
        };
        Ok(Some(Rule { allowed, risk }))
    }
}

/// One run.
#[derive(Clone, Debug)]
pub struct Run {
    /// Predicted value.
    pub value: f64,
    /// Half width of its interval; infinite if no finite one has the nominal coverage.
    pub half_width: f64,
    /// Part of the value that is the residual update.
    pub correction: f64,
    /// Value without knowledge of the run.
    pub base: f64,
    /// Contribution of each feature to the value.
    pub attributions: Vec<f64>,
    /// Features outside the range of the training runs.
    pub outside: Vec<usize>,
    /// Whether the measured value, if there is one, is inside the interval.
    pub covered: Option<bool>,
    /// Decision and reason, if there is a rule.
    pub decision: Option<(Decision, String)>,
}

/// All runs, and statistics over them.
#[derive(Clone, Debug)]
pub struct Replay {
    /// One per input row.
    pub runs: Vec<Run>,
    /// Number of measured runs.
    pub measured: usize,
    /// Number of measured runs inside their interval.
    pub covered: usize,
    /// Record of the rule, including the runs that judged the model.
    pub record: Record,
}

/// Predicts runs. `truth` has the measured value of each; it becomes known `delay` runs later, and
/// then updates the predictions of the following runs.
pub fn replay(
    model: &Model,
    fitted: &Fitted,
    x: &Matrix,
    truth: &[Option<f64>],
    interval: Interval,
    rule: Option<Rule>,
    delay: usize,
) -> Replay {
    let mut adaptive = model.adaptive();
    let mut update = model.update.clone();
    let mut record = Record::default();
    if let Some(rule) = rule {
        for (predicted, width, truth) in &model.judged {
            let width = width.unwrap_or(f64::INFINITY);
            record.learn(rule.allowed, *predicted, width, *truth);
        }
    }
    let mut waiting: VecDeque<Option<(f64, f64, f64)>> = VecDeque::new();
    let mut replay = Replay { runs: Vec::new(), measured: 0, covered: 0, record };
    for (i, truth) in truth.iter().enumerate().take(x.rows()) {
        let row = x.row(i);
        let fixed = fitted.predict(row);
        let correction = update.as_ref().map_or(0.0, |u| u.level);
        let value = fixed + correction;
        let half_width = match interval {
            Interval::Static => model.interval.half_width.unwrap_or(f64::INFINITY),
            Interval::Adaptive => adaptive.bound(),
        };
        let (base, attributions) = fitted.attributions(row);
        let beyond = |j: &usize| !(model.ranges[*j][0]..=model.ranges[*j][1]).contains(&row[*j]);
        let outside: Vec<usize> = (0..row.len()).filter(beyond).collect();
        let decision = rule.map(|rule| decide(rule, &replay.record, value, half_width, &outside));
        let covered = truth.map(|truth| (truth - value).abs() <= half_width);
        replay.measured += usize::from(covered.is_some());
        replay.covered += usize::from(covered == Some(true));
        if let Some(update) = &mut update {
            update.push(truth.map(|truth| truth - fixed));
        }
        waiting.push_back(truth.map(|truth| (value, half_width, truth)));
        while waiting.len() >= delay.max(1) {
            let Some(Some((value, width, truth))) = waiting.pop_front() else { continue };
            adaptive.learn((truth - value).abs(), width);
            if let Some(rule) = rule {
                replay.record.learn(rule.allowed, value, width, truth);
            }
        }
        replay.runs.push(Run {
            value,
            half_width,
            correction,
            base,
            attributions,
            outside,
            covered,
            decision,
        });
    }
    replay
}

fn decide(
    rule: Rule,
    record: &Record,
    value: f64,
    half_width: f64,
    outside: &[usize],
) -> (Decision, String) {
    let measure = |why: String| (Decision::Measure, why);
    if !outside.is_empty() {
        return measure("inputs lie outside the range of the training runs".to_owned());
    }
    if !rule.allowed.holds(value, half_width) {
        return measure(match rule.allowed {
            Allowed::Within(..) => "the interval reaches beyond the limits".to_owned(),
            Allowed::Error(_) => "the interval is wider than the tolerance".to_owned(),
        });
    }
    let bound = record.bound();
    let shown = format!(
        "{} of {} earlier skips would have been wrong, at most {:.2} % (95 %)",
        record.wrong,
        record.skips,
        100.0 * bound
    );
    match bound <= rule.risk {
        true => (Decision::Skip, shown),
        false => measure(format!("{shown}: more than the risk of {:.2} %", 100.0 * rule.risk)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_has_a_tolerance_or_limits() {
        let rule = |tolerance, lower, upper, risk| {
            let found = Rule::of((tolerance, lower, upper), risk);
            found.map(|rule| rule.map(|r| r.allowed)).map_err(|refused| refused.to_string())
        };
        assert_eq!(rule(None, None, None, 0.05), Ok(None));
        assert_eq!(rule(Some(2.0), None, None, 0.05), Ok(Some(Allowed::Error(2.0))));
        let upper = Allowed::Within(f64::NEG_INFINITY, 3.0);
        assert_eq!(rule(None, None, Some(3.0), 0.05), Ok(Some(upper)));
        for (found, expected) in [
            (rule(None, None, None, 1.0), "--risk 1: expected above 0, below 1"),
            (rule(Some(0.0), None, None, 0.1), "--tolerance 0: expected above 0"),
            (
                rule(None, Some(3.0), Some(3.0), 0.1),
                "--lower 3 --upper 3: expected the lower limit below the upper",
            ),
        ] {
            assert_eq!(found, Err(expected.to_owned()));
        }
    }
}
