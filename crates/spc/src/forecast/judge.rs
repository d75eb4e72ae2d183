//! The quality of probabilities: discrimination, Brier skill, and the calibration table.

use serde::{Deserialize, Serialize};

/// Jackknife intervals, which leave out each life in turn, computed on the logit scale for scores
/// from 0 to 1. `None` where a score is not defined without one of the lives.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Intervals {
    /// Confidence of the intervals.
    pub confidence: f64,
    /// Number of lives that they are based on.
    pub lives: usize,
    /// Interval of the base rate.
    pub base_rate: Option<[f64; 2]>,
    /// Interval of the area under the curve.
    pub auc: Option<[f64; 2]>,
    /// Interval of the mean squared error.
    pub brier: Option<[f64; 2]>,
    /// Interval of the Brier skill.
    pub brier_skill: Option<[f64; 2]>,
}

/// One row of a calibration table.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct CalibrationRow {
    /// Lower end of the predicted probability, included.
    pub from: f64,
    /// Upper end, excluded (included in the last row).
    pub to: f64,
    /// Number of predictions in the row.
    pub predictions: usize,
    /// Mean of the predictions; `None` for an empty row.
    pub mean_predicted: Option<f64>,
    /// Observed share of events; `None` for an empty row.
    pub observed: Option<f64>,
    /// Interval of that share, if there are enough lives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed_interval: Option<[f64; 2]>,
}

/// The scores of a set of predictions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Judgement {
    /// Number of predictions.
    pub predictions: usize,
    /// Observed share of events.
    pub base_rate: f64,
    /// Area under the receiver operating characteristic; `None` unless both outcomes occur.
    pub auc: Option<f64>,
    /// Mean squared error of the probabilities.
    pub brier: f64,
    /// 1 − Brier / (base rate · (1 − base rate)); `None` unless both outcomes occur.
    pub brier_skill: Option<f64>,
    /// Ten rows of equal width in predicted probability.
    pub calibration: Vec<CalibrationRow>,
    /// Intervals, if there are enough lives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intervals: Option<Intervals>,
}

const ROWS: usize = 10;

/// Judges pairs of a predicted probability and the outcome.
pub fn judge(pairs: &[(f64, bool)]) -> Judgement {
    let n = pairs.len() as f64;
    let events = pairs.iter().filter(|pair| pair.1).count() as f64;
    let outcome = |event: bool| f64::from(u8::from(event));
    let brier = pairs.iter().map(|(p, event)| (p - outcome(*event)).powi(2)).sum::<f64>() / n;
    let base_rate = events / n;
    let both = events > 0.0 && events < n;
    Judgement {
        predictions: pairs.len(),
        base_rate,
        auc: both
            .then(|| (rank_sum(pairs) - events * (events + 1.0) / 2.0) / (events * (n - events))),
        brier,
        brier_skill: both.then(|| 1.0 - brier / (base_rate * (1.0 - base_rate))),
        calibration: (0..ROWS).map(|row| calibration_row(pairs, row)).collect(),
        intervals: None,
    }
}

/// Sum of the ranks of the events, with ties sharing their mean rank (Mann-Whitney).
fn rank_sum(pairs: &[(f64, bool)]) -> f64 {
    let mut sorted = pairs.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut sum, mut below) = (0.0, 0);
    for tied in sorted.chunk_by(|a, b| a.0 == b.0) {
        let mean_rank = below as f64 + (tied.len() as f64 + 1.0) / 2.0;
        sum += mean_rank * tied.iter().filter(|pair| pair.1).count() as f64;
        below += tied.len();
    }
    sum
}

fn calibration_row(pairs: &[(f64, bool)], row: usize) -> CalibrationRow {
    let (from, to) = (row as f64 / ROWS as f64, (row + 1) as f64 / ROWS as f64);
    let inside: Vec<&(f64, bool)> =
        pairs.iter().filter(|(p, _)| *p >= from && (*p < to || row + 1 == ROWS)).collect();
    let n = inside.len();
    let mean = |value: &dyn Fn(&(f64, bool)) -> f64| {
        (n > 0).then(|| inside.iter().map(|pair| value(pair)).sum::<f64>() / n as f64)
    };
    CalibrationRow {
        from,
        to,
        predictions: n,
        mean_predicted: mean(&|pair| pair.0),
        observed: mean(&|pair| f64::from(u8::from(pair.1))),
        observed_interval: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: of the 2·3 pairs of an event and a non-event, 4 are ordered correctly and 1 is
    /// tied: 4.5/6.
    #[test]
    fn auc_counts_ties_half() {
        let pairs = [(0.9, true), (0.4, true), (0.4, false), (0.8, false), (0.1, false)];
        let judgement = judge(&pairs);
        assert!((judgement.auc.unwrap() - 4.5 / 6.0).abs() < 1e-15);
        assert!((judgement.brier - (0.01 + 0.36 + 0.16 + 0.64 + 0.01) / 5.0).abs() < 1e-15);
        assert!((judgement.brier_skill.unwrap() - (1.0 - 0.236 / 0.24)).abs() < 1e-12);
        assert_eq!(judgement.calibration.iter().map(|row| row.predictions).sum::<usize>(), 5);
        assert_eq!(judgement.calibration[4].observed, Some(0.5));
        assert_eq!(judgement.calibration[2].observed, None);
    }

    #[test]
    fn certainty_belongs_to_the_last_row() {
        let judgement = judge(&[(1.0, true), (0.0, true)]);
        assert_eq!(judgement.calibration[9].predictions, 1);
        assert_eq!((judgement.auc, judgement.brier_skill), (None, None));
    }
}
