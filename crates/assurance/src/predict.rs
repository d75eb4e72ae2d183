//! A model over new runs in the order of time: value, interval, what it rests on, and whether to measure.

use crate::family::Fitted;
use crate::intervals::Interval;
use crate::model::Model;
use crate::sampling::{Allowed, Record};
use libchar_learn::Matrix;
use std::collections::VecDeque;

/// What is decided about a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Measure it.
    Measure,
    /// Its prediction will do.
    Skip,
}

/// The rule of measure or skip.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// What a skipped run must keep to.
    pub allowed: Allowed,
    /// Greatest share of wrong skips, of which the upper 95 % bound is held to it.
    pub risk: f64,
}

/// One run.
#[derive(Clone, Debug)]
pub struct Run {
    /// Predicted value.
    pub value: f64,
    /// Half width of its interval; infinite where no finite one keeps the promise.
    pub half_width: f64,
    /// Part of the value that is the residual update.
    pub correction: f64,
    /// Value when nothing is known of the run.
    pub base: f64,
    /// What each feature adds to it.
    pub attributions: Vec<f64>,
    /// Features outside the range of the training runs.
    pub outside: Vec<usize>,
    /// Whether the truth, where it was measured, lay inside.
    pub covered: Option<bool>,
    /// Decision and reason, where there is a rule.
    pub decision: Option<(Decision, String)>,
}

/// All runs and the state after them.
#[derive(Clone, Debug)]
pub struct Replay {
    /// One an input row.
    pub runs: Vec<Run>,
    /// Runs that were measured, and those of them inside their interval.
    pub measured: usize,
    /// See `measured`.
    pub covered: usize,
    /// Record of the rule, with the runs that judged the model.
    pub record: Record,
}

/// Predicts runs; `truth` is what was measured of each, and teaches the runs after it once it is known, `delay` runs later.
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
