//! The limit that gives a detector the requested run length.
//!
//! `limits.csv` has two simulated tables per method (written by `examples/drift_limits.rs`, one row
//! per value):
//!
//! - `arl`: limit against in-control average run length, mean and sigma known;
//! - `share`: the limit that a given share of driftless series exceeds within the first 100 points, for a mean and sigma
//!   estimated from m points (m = 0: known).
//!
//! With estimated parameters the average run length is a poor criterion, because it is dominated by
//! the few samples whose sigma is estimated too large. The corrected limit instead gives, averaged
//! over Phase I samples, the same probability of a false alarm within 100 points as known
//! parameters would.

use super::Method;
use crate::SpcError;
use std::sync::LazyLock;

/// Smallest number of Phase I points for which limits exist.
pub const SMALLEST_PHASE1: usize = 10;
/// Average run lengths that can be requested.
pub const ARL_RANGE: std::ops::RangeInclusive<f64> = 10.0..=1e9;
/// The number of points that a false-alarm rate refers to.
pub const HORIZON: usize = 100;

/// A limit with its false-alarm rates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limit {
    /// The level above which the detector alarms, corrected for the size of Phase I.
    pub level: f64,
    /// The level for known mean and sigma.
    pub known_level: f64,
    /// Probability of a false alarm within the first 100 points at `level`.
    pub false_alarm_100: f64,
    /// That probability at the uncorrected `known_level`.
    pub uncorrected_false_alarm_100: f64,
}

/// Finds the limit for an in-control average run length and a Phase I of `phase1` points (`None`:
/// mean and sigma are known).
///
/// # Errors
///
/// [`SpcError::OutOfRange`] for a run length outside [`ARL_RANGE`], [`SpcError::TooFew`] for fewer
/// than [`SMALLEST_PHASE1`] points.
pub fn limit(method: Method, arl: f64, phase1: Option<usize>) -> Result<Limit, SpcError> {
    if !ARL_RANGE.contains(&arl) {
        return Err(SpcError::OutOfRange { name: "ARL", value: arl, expected: "10 to 1e9 points" });
    }
    if let Some(found) = phase1.filter(|m| *m < SMALLEST_PHASE1) {
        return Err(SpcError::TooFew {
            what: "Phase I of a drift detector",
            needed: SMALLEST_PHASE1,
            unit: "points",
            found,
        });
    }
    let tables = &TABLES[method as usize];
    let known_level = interpolate(&tables.arl, arl.ln());
    let known = tables.curve(None);
    let share = invert(&known, known_level);
    let Some(m) = phase1 else {
        let rate = share.exp().min(1.0);
        return Ok(Limit {
            level: known_level,
            known_level,
            false_alarm_100: rate,
            uncorrected_false_alarm_100: rate,
        });
    };
    let estimated = tables.curve(Some(m));
    // Never below the limit for known parameters, so that noise in the table cannot increase the
    // false alarms.
    let level = (known_level + interpolate(&estimated, share) - interpolate(&known, share))
        .max(known_level);
    Ok(Limit {
        level,
        known_level,
        false_alarm_100: share.exp().min(1.0),
        uncorrected_false_alarm_100: invert(&estimated, known_level).exp().min(1.0),
    })
}

/// Points (x, limit) with x ascending.
type Curve = Vec<(f64, f64)>;

struct Tables {
    /// (ln ARL, limit).
    arl: Curve,
    /// For each m, ascending, with 0 (known parameters) last: (ln share, limit).
    shares: Vec<(usize, Curve)>,
}

impl Tables {
    /// The curve (ln share, limit) for m points: linear in 1/m between the simulated sizes.
    fn curve(&self, m: Option<usize>) -> Curve {
        let reciprocal = |m: usize| if m == 0 { 0.0 } else { 1.0 / m as f64 };
        let wanted = reciprocal(m.unwrap_or(0));
        let after = self
            .shares
            .iter()
            .position(|(m, _)| reciprocal(*m) <= wanted)
            .unwrap_or(self.shares.len() - 1);
        let (larger, curve) = &self.shares[after];
        if after == 0 || reciprocal(*larger) >= wanted {
            return curve.clone();
        }
        let (smaller, below) = &self.shares[after - 1];
        let part = (wanted - reciprocal(*larger)) / (reciprocal(*smaller) - reciprocal(*larger));
        curve.iter().zip(below).map(|(a, b)| (a.0, a.1 + part * (b.1 - a.1))).collect()
    }
}

static TABLES: LazyLock<[Tables; 2]> = LazyLock::new(|| Method::ALL.map(read));

/// Reads one method's rows `method,table,phase1_points,x,limit`.
fn read(method: Method) -> Tables {
    let mut tables = Tables { arl: Vec::new(), shares: Vec::new() };
    for line in include_str!("limits.csv").lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let [name, table, m, x, limit] = cells[..] else { continue };
        let (Ok(m), Ok(x), Ok(limit)) =
            (m.parse::<usize>(), x.parse::<f64>(), limit.parse::<f64>())
        else {
            continue;
        };
        if name != method.name() {
            continue;
        }
        if table == "arl" {
            tables.arl.push((x.ln(), limit));
        } else {
            if tables.shares.last().is_none_or(|(last, _)| *last != m) {
                tables.shares.push((m, Vec::new()));
            }
            if let Some((_, curve)) = tables.shares.last_mut() {
                curve.push((x.ln(), limit));
            }
        }
    }
    tables
}

/// Piecewise linear interpolation, extrapolated with the slope of the last segment.
fn interpolate(curve: &[(f64, f64)], x: f64) -> f64 {
    let i = curve.partition_point(|p| p.0 < x).clamp(1, curve.len() - 1);
    let (a, b) = (curve[i - 1], curve[i]);
    a.1 + (x - a.0) * (b.1 - a.1) / (b.0 - a.0)
}

/// The x at which a decreasing curve reaches `limit`.
fn invert(curve: &[(f64, f64)], limit: f64) -> f64 {
    let i = curve.partition_point(|p| p.1 > limit).clamp(1, curve.len() - 1);
    let (a, b) = (curve[i - 1], curve[i]);
    a.0 + (limit - a.1) * (b.0 - a.0) / (b.1 - a.1)
}

#[cfg(test)]
mod tests {
    use super::super::calibrate::{average_run_lengths, highest_levels, share_above};
    use super::*;

    #[test]
    fn both_tables_are_whole_and_monotone() {
        for tables in &*TABLES {
            assert!(tables.arl.len() >= 10 && tables.shares.len() >= 10);
            assert!(tables.arl.windows(2).all(|w| w[0].0 < w[1].0 && w[0].1 < w[1].1));
            for (m, curve) in &tables.shares {
                assert!(curve.windows(2).all(|w| w[0].0 < w[1].0 && w[0].1 > w[1].1), "m = {m}");
            }
            assert!(tables.shares.windows(2).all(|w| w[0].0 < w[1].0 || w[1].0 == 0));
        }
    }

    /// A new simulation, with another seed than the table's, finds the requested run length.
    #[test]
    fn limits_give_the_run_length_asked_for() {
        for method in Method::ALL {
            let asked = [30.0, 100.0, 370.0];
            let limits = asked.map(|arl| limit(method, arl, None).unwrap().level);
            for (arl, found) in asked.iter().zip(average_run_lengths(method, &limits, 4000, 4711)) {
                let error = 4.0 * found.standard_error + 0.015 * arl;
                assert!((found.mean - arl).abs() < error, "{method}: asked {arl}, found {found:?}");
            }
        }
    }

    /// The bound from the martingale: the run length is at least e^limit.
    #[test]
    fn the_likelihood_limit_never_exceeds_its_bound() {
        for arl in [10.0, 100.0, 2000.0, 1e6, 1e9] {
            assert!(limit(Method::Likelihood, arl, None).unwrap().level <= f64::ln(arl));
        }
    }

    #[test]
    fn corrected_limits_hold_the_false_alarm_rate() {
        for method in Method::ALL {
            for m in [12, 25, 60] {
                let limit = limit(method, 500.0, Some(m)).unwrap();
                let levels = highest_levels(method, Some(m), HORIZON, 8000, 99);
                for (level, expected) in [
                    (limit.level, limit.false_alarm_100),
                    (limit.known_level, limit.uncorrected_false_alarm_100),
                ] {
                    let found = share_above(&levels, level);
                    let error =
                        4.0 * (expected * (1.0 - expected) / 8000.0).sqrt() + 0.03 * expected;
                    assert!(
                        (found - expected).abs() < error,
                        "{method}, m = {m}: {found} instead of {expected}"
                    );
                }
                assert!(limit.uncorrected_false_alarm_100 > limit.false_alarm_100);
            }
        }
    }

    #[test]
    fn absurd_requests_are_refused() {
        for arl in [9.0, 0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(limit(Method::Charts, arl, None).is_err(), "{arl}");
        }
        assert!(limit(Method::Charts, 370.0, Some(9)).is_err());
    }
}
