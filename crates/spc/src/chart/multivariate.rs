//! Multivariate charts with memory: MEWMA and MCUSUM.

use super::hotelling::{factor, norm2};
use super::options::McusumForm;
use super::{Chart, Design, Given, Level, Panel, Parameters, Scope, hotelling};
use crate::arl::multivariate::mewma_limit;
use crate::error::SpcError;

/// Mean vector and covariance, given or estimated, and the limit h for the wanted run length.
pub(super) fn estimate(
    design: &Design,
    rows: &[Vec<f64>],
    given: &Given,
) -> Result<Parameters, SpcError> {
    let mut parameters = if given.means.is_empty() && given.covariance.is_empty() {
        hotelling::estimate(rows, design.covariance)?
    } else {
        let p = given.means.len();
        if p < 2 || given.covariance.len() != p || given.covariance.iter().any(|row| row.len() != p)
        {
            return Err(SpcError::Invalid(format!(
                "a mean of {p} variables needs a covariance of {p} x {p}, and at least 2 of them"
            )));
        }
        factor(&given.covariance)?;
        Parameters {
            means: given.means.clone(),
            covariance: given.covariance.clone(),
            ..Parameters::default()
        }
    };
    if design.chart == super::Kind::Mewma {
        let h = match design.options.target_arl {
            arl if arl > 0.0 => mewma_limit(parameters.means.len(), design.lambda, arl)?,
            _ => design.h,
        };
        parameters.estimates.insert("h".to_owned(), h);
    }
    Ok(parameters)
}

/// T² of z = λ(x − μ) + (1 − λ)z against h (Lowry et al. 1992). h belongs to the asymptotic covariance λ/(2−λ) Σ.
pub(super) fn mewma(
    design: &Design,
    parameters: &Parameters,
    rows: &[Vec<f64>],
) -> Result<Chart, SpcError> {
    let cholesky = factor(&parameters.covariance)?;
    let (lambda, keep) = (design.lambda, 1.0 - design.lambda);
    let mut z = vec![0.0; parameters.means.len()];
    let (mut asymptotic, mut exact) =
        (Vec::with_capacity(rows.len()), Vec::with_capacity(rows.len()));
    for (t, row) in rows.iter().enumerate() {
        for (z, (x, mean)) in z.iter_mut().zip(row.iter().zip(&parameters.means)) {
            *z = lambda * (x - mean) + keep * *z;
        }
        let t2 = norm2(&cholesky, &z) * (2.0 - lambda) / lambda;
        asymptotic.push(t2);
        exact.push(t2 / (1.0 - keep.powi(2 * (t as i32 + 1))));
    }
    let values = if design.exact_limits { exact.clone() } else { asymptotic.clone() };
    let panel = one_sided("mewma", values, parameters.estimate("h")?);
    let details = vec![("t2_asymptotic", asymptotic), ("t2_exact", exact)];
    Ok(Chart { panels: vec![panel], details })
}

/// Crosier's sum, or that of Pignatiello and Runger, against h.
pub(super) fn mcusum(
    design: &Design,
    parameters: &Parameters,
    rows: &[Vec<f64>],
) -> Result<Chart, SpcError> {
    let cholesky = factor(&parameters.covariance)?;
    let p = parameters.means.len();
    let (mut s, mut crosier) = (vec![0.0; p], Vec::with_capacity(rows.len()));
    let (mut d, mut mc1): (Vec<f64>, Vec<f64>) = (vec![0.0; p], Vec::with_capacity(rows.len()));
    let mut length = 0.0;
    for row in rows {
        let step: Vec<f64> = row.iter().zip(&parameters.means).map(|(x, m)| x - m).collect();
        for (s, x) in s.iter_mut().zip(&step) {
            *s += x;
        }
        let c = norm2(&cholesky, &s).sqrt();
        // The norm before shrinking determines whether and how much the sum shrinks.
        let shrink = if c <= design.k { 0.0 } else { 1.0 - design.k / c };
        s.iter_mut().for_each(|s| *s *= shrink);
        crosier.push(norm2(&cholesky, &s).sqrt());
        if mc1.last().is_none_or(|last| *last == 0.0) {
            d.iter_mut().for_each(|d| *d = 0.0);
            length = 0.0;
        }
        length += 1.0;
        for (d, x) in d.iter_mut().zip(&step) {
            *d += x;
        }
        mc1.push((norm2(&cholesky, &d).sqrt() - design.k * length).max(0.0));
    }
    let values = match design.options.mcusum {
        McusumForm::Crosier => crosier.clone(),
        McusumForm::Mc1 => mc1.clone(),
    };
    let panel = one_sided("mcusum", values, design.h);
    Ok(Chart { panels: vec![panel], details: vec![("crosier", crosier), ("mc1", mc1)] })
}

fn one_sided(name: &'static str, values: Vec<f64>, limit: f64) -> Panel {
    Panel {
        name,
        values,
        center: Level::Constant(0.0),
        upper: Level::Constant(limit),
        lower: Level::Constant(f64::NEG_INFINITY),
        sigma: Level::Constant(f64::NAN),
        scope: Scope::Limits,
        measured: false,
    }
}
