//! Laney's p′ and u′ charts: shares and rates whose spread differs from the binomial's or Poisson's.

use super::attributes::{self, check};
use super::options::SigmaZ;
use super::{Chart, Design, Given, Kind, Panel, Parameters};
use crate::describe::{mean, sd, sum};
use crate::error::SpcError;
use crate::sigma::moving_ranges;

/// The kind of chart that Laney's variant is based on.
fn plain(kind: Kind) -> Kind {
    if kind == Kind::LaneyP { Kind::P } else { Kind::U }
}

/// Estimates the pooled centre, and sigma_z of zᵢ = (pᵢ − p̄)/sᵢ (Laney 2002): the mean moving
/// range over d2.
pub(super) fn estimate(
    design: &Design,
    counts: &[f64],
    sizes: &[f64],
    given: &Given,
) -> Result<Parameters, SpcError> {
    let mut parameters = attributes::estimate(plain(design.chart), counts, sizes, given)?;
    let sigma_z = match given.sigma_z {
        Some(value) if value > 0.0 && value.is_finite() => value,
        Some(value) => {
            return Err(SpcError::OutOfRange { name: "sigma_z", value, expected: "above 0" });
        }
        None => {
            let z = scores(design, &parameters, counts, sizes)?;
            match design.options.sigma_z {
                SigmaZ::Mr => {
                    let ranges = moving_ranges(&z, 2)?;
                    sum(ranges.iter().copied()) / ranges.len() as f64 / design.convention.d2(2)?
                }
                SigmaZ::Sd => sd(&z).ok_or(SpcError::TooFew {
                    what: "sigma_z",
                    needed: 2,
                    unit: "points",
                    found: z.len(),
                })?,
            }
            .max(design.options.min_sigma_z)
        }
    };
    if sigma_z == 0.0 {
        return Err(SpcError::Invalid(format!(
            "every {} is the same, so sigma_z is 0 and the limits would have no width; use --chart {}",
            if design.chart == Kind::LaneyP { "share" } else { "rate" },
            plain(design.chart).name()
        )));
    }
    parameters.estimates.insert("sigma_z".to_owned(), sigma_z);
    Ok(parameters)
}

/// zᵢ = (pᵢ − p̄)/sᵢ, where sᵢ is the binomial or Poisson standard deviation.
fn scores(
    design: &Design,
    parameters: &Parameters,
    counts: &[f64],
    sizes: &[f64],
) -> Result<Vec<f64>, SpcError> {
    let design = Design { chart: plain(design.chart), ..design.clone() };
    let panel = attributes::panel(&design, parameters, counts, sizes)?;
    Ok((0..counts.len()).map(|i| panel.z(i)).collect())
}

/// The chart with limits p̄ ± w sᵢ sigma_z, clipped at 0 (and 1).
pub(super) fn chart(
    design: &Design,
    parameters: &Parameters,
    counts: &[f64],
    sizes: &[f64],
) -> Result<Chart, SpcError> {
    check(plain(design.chart), counts, sizes)?;
    let sigma_z = parameters.estimate("sigma_z")?;
    let wide =
        Design { chart: plain(design.chart), width: design.width * sigma_z, ..design.clone() };
    let panel = attributes::panel(&wide, parameters, counts, sizes)?;
    let z = scores(design, parameters, counts, sizes)?;
    let sigma = panel.sigma.map(|s| s * sigma_z);
    let name = if design.chart == Kind::LaneyP { "p" } else { "u" };
    Ok(Chart { panels: vec![Panel { sigma, name, ..panel }], details: vec![("z", z)] })
}

/// sigma_z of the data of a p or u chart; above 1 they are over-dispersed.
pub fn dispersion(design: &Design, counts: &[f64], sizes: &[f64]) -> Option<f64> {
    let kind = match design.chart {
        Kind::P => Kind::LaneyP,
        Kind::U => Kind::LaneyU,
        _ => return None,
    };
    let laney = Design { chart: kind, ..design.clone() };
    let parameters = attributes::estimate(design.chart, counts, sizes, &Given::default()).ok()?;
    let z = scores(&laney, &parameters, counts, sizes).ok()?;
    let ranges = moving_ranges(&z, 2).ok()?;
    Some(mean(&ranges) / design.convention.d2(2).ok()?)
}
