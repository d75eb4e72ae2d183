//! Charts of counts: p, np, c, u.

use super::{Design, Given, Kind, Level, Panel, Parameters, Scope};
use crate::describe::sum;
use crate::error::SpcError;

/// Estimates the pooled proportion or rate: Σ counts / Σ sizes.
pub(super) fn estimate(
    kind: Kind,
    counts: &[f64],
    sizes: &[f64],
    given: &Given,
) -> Result<Parameters, SpcError> {
    check(kind, counts, sizes)?;
    let center =
        given.center.unwrap_or_else(|| sum(counts.iter().copied()) / sum(sizes.iter().copied()));
    let proportion = matches!(kind, Kind::P | Kind::Np);
    if !(center > 0.0 && center.is_finite()) || (proportion && center >= 1.0) {
        let what = if proportion { "mean proportion" } else { "mean count" };
        return Err(SpcError::Invalid(format!("{what} is {center}, so no limits can be drawn")));
    }
    let estimated_from = if given.center.is_some() { 0 } else { counts.len() };
    Ok(Parameters {
        center,
        sigma: None,
        points: estimated_from,
        values: estimated_from,
        ..Parameters::default()
    })
}

/// p: p̄ ± w √(p̄(1−p̄)/nᵢ); np: nᵢp̄ ± w √(nᵢp̄(1−p̄)); c: c̄ ± w √c̄; u: ū ± w √(ū/nᵢ). Limits
/// are clipped at 0 (and at 1 or nᵢ).
pub(super) fn panel(
    design: &Design,
    parameters: &Parameters,
    counts: &[f64],
    sizes: &[f64],
) -> Result<Panel, SpcError> {
    check(design.chart, counts, sizes)?;
    let mean = parameters.center;
    let (name, values, center, sigma, most): (_, Vec<f64>, Vec<f64>, Vec<f64>, Vec<f64>) =
        match design.chart {
            Kind::P => (
                "p",
                counts.iter().zip(sizes).map(|(c, n)| c / n).collect(),
                vec![mean; counts.len()],
                sizes.iter().map(|n| (mean * (1.0 - mean) / n).sqrt()).collect(),
                vec![1.0; counts.len()],
            ),
            Kind::Np => (
                "np",
                counts.to_vec(),
                sizes.iter().map(|n| n * mean).collect(),
                sizes.iter().map(|n| (n * mean * (1.0 - mean)).sqrt()).collect(),
                sizes.to_vec(),
            ),
            Kind::U => (
                "u",
                counts.iter().zip(sizes).map(|(c, n)| c / n).collect(),
                vec![mean; counts.len()],
                sizes.iter().map(|n| (mean / n).sqrt()).collect(),
                vec![f64::INFINITY; counts.len()],
            ),
            _ => (
                "c",
                counts.to_vec(),
                vec![mean; counts.len()],
                vec![mean.sqrt(); counts.len()],
                vec![f64::INFINITY; counts.len()],
            ),
        };
    let upper = center
        .iter()
        .zip(&sigma)
        .zip(&most)
        .map(|((c, s), most)| (c + design.width * s).min(*most))
        .collect();
    let lower = center.iter().zip(&sigma).map(|(c, s)| (c - design.width * s).max(0.0)).collect();
    Ok(Panel {
        name,
        values,
        center: Level::from_points(center),
        upper: Level::from_points(upper),
        lower: Level::from_points(lower),
        sigma: Level::from_points(sigma),
        scope: Scope::Zones,
        measured: matches!(design.chart, Kind::C | Kind::Np),
    })
}

pub(super) fn check(kind: Kind, counts: &[f64], sizes: &[f64]) -> Result<(), SpcError> {
    if counts.is_empty() {
        return Err(SpcError::TooFew { what: "a chart", needed: 1, unit: "points", found: 0 });
    }
    for (i, (count, size)) in counts.iter().zip(sizes).enumerate() {
        let at = i + 1;
        if !count.is_finite() || *count < 0.0 {
            return Err(SpcError::Invalid(format!("point {at}: {count} is not a count")));
        }
        if !(size.is_finite() && *size > 0.0) {
            return Err(SpcError::Invalid(format!(
                "point {at}: {size} units inspected; must be above 0"
            )));
        }
        if matches!(kind, Kind::P | Kind::Np) && count > size {
            return Err(SpcError::Invalid(format!(
                "point {at}: {count} defective of {size} inspected"
            )));
        }
        if count.fract() != 0.0 {
            return Err(SpcError::Invalid(format!("point {at}: {count} is not a whole count")));
        }
    }
    Ok(())
}
