//! The in-control run length of a chart as designed: all its panels and rules together.

use super::rules::Conditions;
use super::{Change, Method, MovingRange, RunLength, cusum, ewma, rules_arl};
use crate::chart::{Design, Kind};
use crate::constants::{RangeDistribution, c4, range_moments};
use crate::distribution::chi2_cdf;
use crate::error::SpcError;
use crate::rules::Pattern;

/// Mean number of points between false alarms of `design` judged by `patterns`, for subgroups of `n` values.
///
/// Companion panels are included: an individuals chart with its moving range alarms every 105
/// points, not every 370. Charts of counts use the normal approximation. `None` for kinds whose
/// rate is not fixed (such as a run chart) or not computed here, and for an I-MR pair of a span
/// other than 2 under rules that need the joint distribution.
pub fn chart_arl(
    design: &Design,
    patterns: &[Pattern],
    n: usize,
    runs: usize,
) -> Result<Option<RunLength>, SpcError> {
    let judges_limits = patterns.iter().any(is_limit_rule);
    let conditions = Conditions { runs, ..Conditions::default() };
    let found = match design.chart {
        // These are not normal: a g chart reports its own rate, and the rate of the others depends
        // on how their parameters were estimated.
        Kind::Run
        | Kind::G
        | Kind::T
        | Kind::MovingCenterline
        | Kind::ShortXbarR
        | Kind::ThreeWay => {
            return Ok(None);
        }
        Kind::Mcusum | Kind::Mewma => return Ok(None),
        Kind::P
        | Kind::Np
        | Kind::C
        | Kind::U
        | Kind::LaneyP
        | Kind::LaneyU
        | Kind::ZP
        | Kind::ZU => rules_arl(patterns, &conditions)?,
        Kind::Residual => rules_arl(patterns, &conditions)?,
        Kind::IMr | Kind::ZMr => {
            if judges_limits && design.span != 2 {
                return Ok(None);
            }
            let (d2, d3) = range_moments(2)?;
            let moving_range = judges_limits.then_some(MovingRange { upper_sigma: d2 + 3.0 * d3 });
            rules_arl(patterns, &Conditions { moving_range, ..conditions })?
        }
        Kind::XbarR | Kind::XbarS => {
            // The mean and the spread of a normal sample are independent.
            let other = if judges_limits { spread_alarm(design.chart, n)? } else { 0.0 };
            rules_arl(patterns, &Conditions { other, ..conditions })?
        }
        Kind::Ewma => {
            let arl =
                ewma::ewma_arl(design.lambda, design.width, design.ewma_limits(), Change::NONE)?;
            RunLength::exact(arl, Method::IntegralEquation)
        }
        Kind::Cusum => {
            let arl = cusum::cusum_arl(design.k, design.h, design.head_start, 0.0)?;
            RunLength::exact(arl, Method::IntegralEquation)
        }
        Kind::T2 => RunLength::exact(1.0 / (1.0 - design.confidence), Method::ClosedForm),
    };
    Ok(Some(found))
}

/// Whether a pattern is the one-point rule that also judges companion panels.
pub fn is_limit_rule(pattern: &Pattern) -> bool {
    matches!(pattern, Pattern::Beyond { k: 1, m: 1, z } if *z >= 2.5)
}

/// Probability that R or S of a normal subgroup of `n` falls outside its three-sigma limits.
fn spread_alarm(chart: Kind, n: usize) -> Result<f64, SpcError> {
    spread_alarm_at(chart == Kind::XbarR, n, 1.0)
}

/// As [`spread_alarm`], for limits from a sigma that is `ratio` times the true one.
pub(crate) fn spread_alarm_at(by_range: bool, n: usize, ratio: f64) -> Result<f64, SpcError> {
    if by_range {
        let (d2, d3) = range_moments(n)?;
        let range = RangeDistribution::new(n)?;
        let at = |r: f64| range.cdf(ratio * r.max(0.0));
        return Ok(1.0 - at(d2 + 3.0 * d3) + at(d2 - 3.0 * d3));
    }
    let (c4, freedom) = (c4(n)?, n as f64 - 1.0);
    let spread = (1.0 - c4 * c4).sqrt();
    let at = |s: f64| chi2_cdf(freedom * (ratio * s.max(0.0)).powi(2), freedom);
    Ok(1.0 - at(c4 + 3.0 * spread) + at(c4 - 3.0 * spread))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE1: [Pattern; 1] = [Pattern::Beyond { k: 1, m: 1, z: 3.0 }];

    fn arl(chart: Kind, n: usize) -> f64 {
        chart_arl(&Design::new(chart), &RULE1, n, 1000).unwrap().unwrap().arl
    }

    /// The moving range more than triples the false alarms of an individuals chart.
    #[test]
    fn companions_count() {
        assert!((arl(Kind::IMr, 1) - 105.35).abs() < 0.1, "{}", arl(Kind::IMr, 1));
        assert!((arl(Kind::C, 1) - 370.398).abs() < 0.001);
        // An R chart of five alarms with probability 0.0046 (Montgomery, chapter 6): 1/(0.0027 + 0.0046).
        assert!((arl(Kind::XbarR, 5) - 1.0 / 0.0073).abs() < 2.0, "{}", arl(Kind::XbarR, 5));
        assert!(arl(Kind::XbarS, 5) > 100.0 && arl(Kind::XbarS, 5) < 200.0);
    }
}
