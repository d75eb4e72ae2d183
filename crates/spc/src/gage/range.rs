//! Gage repeatability and reproducibility by averages and ranges, as in the AIAG's worksheet.

use super::{Cells, Options};
use crate::constants::range_moments;
use crate::describe::mean;
use crate::error::SpcError;
use serde::Serialize;

/// The quantities of the worksheet. This method has no interaction.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct RangeStudy {
    /// Mean range of the readings of one operator on one part.
    pub rbar: f64,
    /// Range of the operators' means; `None` for one operator.
    pub xdiff: Option<f64>,
    /// Range of the parts' means.
    pub rp: f64,
    /// 1/d2 of the trials (1/d2* up to 15 cells).
    pub k1: f64,
    /// 1/d2* of the operators.
    pub k2: Option<f64>,
    /// 1/d2* of the parts.
    pub k3: f64,
    /// Equipment variation: repeatability.
    pub ev: f64,
    /// Appraiser variation: reproducibility. It is 0 if its square is negative, `None` for one
    /// operator.
    pub av: Option<f64>,
    /// √(EV² + AV²).
    pub grr: f64,
    /// Part variation.
    pub pv: f64,
    /// Total variation.
    pub tv: f64,
    /// 100 GRR / TV.
    pub percent_grr: f64,
    /// Multiplier × GRR over the tolerance, %.
    pub percent_tolerance_grr: Option<f64>,
    /// Number of distinct categories: 1.41 PV/GRR truncated to a whole number, at least 1.
    pub ndc: usize,
}

/// Averages and ranges of crossed `cells`, with exact constants or, `as_printed`, with those
/// rounded to four digits in the worksheet.
///
/// # Errors
/// Sizes that have no constants, readings that do not vary.
pub fn xbar_r(cells: &Cells, options: &Options, as_printed: bool) -> Result<RangeStudy, SpcError> {
    let (o, p, r) = (cells.operators.len(), cells.parts[0].len(), cells.trials);
    let round = |k: f64| if as_printed { (k * 1e4).round() / 1e4 } else { k };
    // d2* for `groups` ranges of m values each.
    let star = |m: usize, groups: f64| -> Result<f64, SpcError> {
        let (d2, d3) = range_moments(m)?;
        Ok((d2 * d2 + d3 * d3 / groups).sqrt())
    };
    let range = |values: &[f64]| {
        let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        high - values.iter().copied().fold(f64::INFINITY, f64::min)
    };
    let ranges: Vec<f64> = cells.values.iter().flatten().map(|cell| range(cell)).collect();
    let operators: Vec<f64> = cells.values.iter().map(|parts| mean(&parts.concat())).collect();
    let parts: Vec<f64> = (0..p)
        .map(|j| mean(&(0..o).flat_map(|i| cells.values[i][j].clone()).collect::<Vec<_>>()))
        .collect();
    let rbar = mean(&ranges);
    let groups = if o * p > 15 { f64::INFINITY } else { (o * p) as f64 };
    let k1 = round(1.0 / star(r, groups)?);
    let k3 = round(1.0 / star(p, 1.0)?);
    let ev = rbar * k1;
    let (xdiff, k2, av) = if o > 1 {
        let (xdiff, k2) = (range(&operators), round(1.0 / star(o, 1.0)?));
        let square = (xdiff * k2).powi(2) - ev * ev / (p * r) as f64;
        (Some(xdiff), Some(k2), Some(square.max(0.0).sqrt()))
    } else {
        (None, None, None)
    };
    let grr = ev.hypot(av.unwrap_or(0.0));
    let rp = range(&parts);
    let pv = rp * k3;
    if grr == 0.0 {
        return Err(SpcError::ZeroVariance { what: "a gage study", value: cells.values[0][0][0] });
    }
    let tv = options.against.historical_sigma.unwrap_or(grr.hypot(pv));
    let pv = if options.against.historical_sigma.is_some() {
        (tv * tv - grr * grr).max(0.0).sqrt()
    } else {
        pv
    };
    let against = options.against;
    let width = against.tolerance.or_else(|| Some(against.usl? - against.lsl?));
    Ok(RangeStudy {
        rbar,
        xdiff,
        rp,
        k1,
        k2,
        k3,
        ev,
        av,
        grr,
        pv,
        tv,
        percent_grr: 100.0 * grr / tv,
        percent_tolerance_grr: width.map(|width| 100.0 * options.multiplier * grr / width),
        ndc: ((1.41 * pv / grr) as usize).max(1),
    })
}
