//! The estimated beginning of a change that an alarm has detected.

use super::Kind;

/// Estimates the 0-based index of the first changed point of `z`, whose last point raised an alarm
/// of this kind: the start that makes the profile likelihood of the change largest. `None` for
/// kinds that do not begin at a point (cycles, outliers).
pub(super) fn estimate(z: &[f64], kind: Kind) -> Option<usize> {
    match kind {
        Kind::Spike => z.len().checked_sub(1),
        Kind::Cycle | Kind::Outliers => None,
        Kind::LevelUp => latest_best(z, |sums| level(sums.level.max(0.0), sums.points)),
        Kind::LevelDown => latest_best(z, |sums| level(sums.level.min(0.0), sums.points)),
        Kind::SpreadUp => {
            latest_best(z, |sums| spread((sums.square / sums.points).max(1.0), sums.points))
        }
        Kind::SpreadDown => {
            latest_best(z, |sums| spread((sums.square / sums.points).min(1.0), sums.points))
        }
        Kind::Persistence => {
            latest_best(z, |sums| correlation((sums.product / sums.square).max(0.0), sums.points))
        }
        Kind::Alternation => {
            latest_best(z, |sums| correlation((sums.product / sums.square).min(0.0), sums.points))
        }
    }
}

/// Sums over the points from a candidate start to the alarm.
#[derive(Default)]
struct Sums {
    points: f64,
    level: f64,
    square: f64,
    product: f64,
}

/// Twice the log-likelihood gain of a shifted mean.
fn level(sum: f64, points: f64) -> f64 {
    sum * sum / points
}

/// Twice the log-likelihood gain of another variance.
fn spread(variance: f64, points: f64) -> f64 {
    if points < 2.0 { 0.0 } else { points * (variance - 1.0 - variance.max(1e-12).ln()) }
}

/// Twice the log-likelihood gain of a lag-1 correlation.
fn correlation(rho: f64, points: f64) -> f64 {
    if points < 3.0 || !rho.is_finite() {
        0.0
    } else {
        -points * (1.0 - (rho * rho).min(1.0 - 1e-12)).ln()
    }
}

/// Walks back from the end and returns the start with the largest gain (the latest of equals).
fn latest_best(z: &[f64], gain: impl Fn(&Sums) -> f64) -> Option<usize> {
    let mut sums = Sums::default();
    let mut best: Option<(f64, usize)> = None;
    for i in (0..z.len()).rev() {
        sums.points += 1.0;
        sums.level += z[i];
        sums.square += z[i] * z[i];
        if let Some(next) = z.get(i + 1) {
            sums.product += z[i] * next;
        }
        let now = gain(&sums);
        if best.is_none_or(|(largest, _)| now > largest) {
            best = Some((now, i));
        }
    }
    best.map(|(_, i)| i)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noiseless_changes_begin_where_they_begin() {
        let step: Vec<f64> = (0..40).map(|i| if i < 30 { 0.0 } else { 1.0 }).collect();
        assert_eq!(estimate(&step, Kind::LevelUp), Some(30));
        let wide: Vec<f64> = (0..40).map(|i: usize| if i.is_multiple_of(2) { 1.0 } else { -1.0 } * if i < 30 { 1.0 } else { 3.0 }).collect();
        assert_eq!(estimate(&wide, Kind::SpreadUp), Some(30));
        assert_eq!(estimate(&step, Kind::Spike), Some(39));
        assert_eq!(estimate(&step, Kind::Cycle), None);
        assert_eq!(estimate(&[], Kind::LevelUp), None);
    }
}
