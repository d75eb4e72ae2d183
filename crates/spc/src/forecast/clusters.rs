//! Intervals of scores when predictions are grouped by life: the runs of one tool are not
//! independent trials.

use super::judge::{Intervals, Judgement, judge};
use crate::distribution::t_quantile;

/// Confidence of the intervals.
const CONFIDENCE: f64 = 0.95;
/// Smallest number of lives for an interval.
const FEWEST: usize = 5;

/// Judges predictions that are grouped by life; with five or more lives, adds intervals.
pub(super) fn judge_lives(lives: &[Vec<(f64, bool)>]) -> Judgement {
    let lives: Vec<&Vec<(f64, bool)>> = lives.iter().filter(|life| !life.is_empty()).collect();
    let pairs: Vec<(f64, bool)> = lives.iter().flat_map(|life| life.iter().copied()).collect();
    let mut verdict = judge(&pairs);
    if lives.len() < FEWEST {
        return verdict;
    }
    let without: Vec<Judgement> = (0..lives.len())
        .map(|left| {
            let others = lives.iter().enumerate().filter(|(i, _)| *i != left);
            judge(&others.flat_map(|(_, life)| life.iter().copied()).collect::<Vec<_>>())
        })
        .collect();
    let interval = |score: &dyn Fn(&Judgement) -> Option<f64>, bounded: bool| {
        jackknife(
            score(&verdict)?,
            &without.iter().map(score).collect::<Option<Vec<_>>>()?,
            bounded,
        )
    };
    let intervals = Intervals {
        confidence: CONFIDENCE,
        lives: lives.len(),
        base_rate: interval(&|j| Some(j.base_rate), true),
        auc: interval(&|j| j.auc, true),
        brier: interval(&|j| Some(j.brier), true),
        brier_skill: interval(&|j| j.brier_skill, false),
    };
    let rows: Vec<Option<[f64; 2]>> = (0..verdict.calibration.len())
        .map(|row| interval(&|j| j.calibration[row].observed, true))
        .collect();
    for (row, interval) in verdict.calibration.iter_mut().zip(rows) {
        row.observed_interval = interval;
    }
    verdict.intervals = Some(intervals);
    verdict
}

/// The score ± t standard errors from the scores without each life; `None` at the ends of the logit
/// scale.
fn jackknife(score: f64, without: &[f64], bounded: bool) -> Option<[f64; 2]> {
    let n = without.len() as f64;
    let scale = |x: f64| if bounded { (x / (1.0 - x)).ln() } else { x };
    let back = |x: f64| if bounded { 1.0 / (1.0 + (-x).exp()) } else { x };
    let moved: Vec<f64> = without.iter().map(|x| scale(*x)).collect();
    let center = moved.iter().sum::<f64>() / n;
    let spread: f64 = moved.iter().map(|x| (x - center) * (x - center)).sum();
    let half =
        t_quantile(f64::midpoint(1.0, CONFIDENCE), n - 1.0) * (spread * (n - 1.0) / n).sqrt();
    let ends = [back(scale(score) - half), back(scale(score) + half)];
    (ends.iter().all(|x| x.is_finite()) && half > 0.0).then_some(ends)
}

#[cfg(test)]
mod tests {
    use super::*;
    use libchar_numeric::draws::Draws;

    /// Lives with a random effect that is shared by their runs, so that the runs are not
    /// independent.
    fn world(seed: u64, lives: usize) -> Vec<Vec<(f64, bool)>> {
        let mut draw = Draws::new(seed, &["judge"]);
        (0..lives as u64)
            .map(|life| {
                let luck = draw.normal(life << 16);
                (1..=40u64)
                    .map(|run| {
                        let at = (life << 16) + 2 * run;
                        let odds = draw.normal(at) - 1.0;
                        let chance = 1.0 / (1.0 + (-odds - 0.8 * luck).exp());
                        (1.0 / (1.0 + (-odds).exp()), draw.uniform(at + 1) < chance)
                    })
                    .collect()
            })
            .collect()
    }

    /// 95 % intervals contain the value of a very large sample in at least 93 of 100 judgements.
    #[test]
    fn intervals_cover() {
        let truth = judge(&world(1, 4000).concat());
        let (mut auc, mut base, mut skill, mut count) = (0, 0, 0, 0);
        for seed in 0..400 {
            let found = judge_lives(&world(1000 + seed, 25));
            let Some(intervals) = found.intervals else { continue };
            let holds = |interval: Option<[f64; 2]>, value: f64| {
                usize::from(interval.is_some_and(|[lo, hi]| lo <= value && value <= hi))
            };
            auc += holds(intervals.auc, truth.auc.unwrap());
            base += holds(intervals.base_rate, truth.base_rate);
            skill += holds(intervals.brier_skill, truth.brier_skill.unwrap());
            count += 1;
        }
        assert_eq!(count, 400);
        for (name, held) in [("auc", auc), ("base rate", base), ("skill", skill)] {
            assert!(held * 100 >= 93 * count, "{name}: {held} of {count}");
        }
    }
}
