//! Photon shot noise: how many photons, and how rough they make an edge.

use std::f64::consts::PI;

use serde::Serialize;
use statrs::function::erf::erf;

use crate::check::Job;

/// Photon energy times wavelength, h c, in mJ nm (CODATA 2018, exact: 6.62607015e-34 J s x 299792458 m/s).
const H_C_MJ_NM: f64 = 6.626_070_15e-34 * 299_792_458.0 * 1e9 * 1e3;

/// Area of 1 cm2 in nm2.
const CM2_NM2: f64 = 1e14;

/// Photons that fall on a nm2 at a dose in mJ/cm2.
///
/// # Formula
///
/// N = D / (h c / lambda).
#[must_use]
pub fn photons_incident_nm2(dose_mj_cm2: f64, wavelength_nm: f64) -> f64 {
    dose_mj_cm2 / CM2_NM2 * wavelength_nm / H_C_MJ_NM
}

/// Share of the photons that a resist absorbs: 1 - exp(-alpha T).
#[must_use]
pub fn absorbed_share(absorption_per_um: f64, thickness_nm: f64) -> f64 {
    -(-absorption_per_um * thickness_nm * 1e-3).exp_m1()
}

/// Roughness of an edge from photon counting alone (no mask, chemical or development noise: a lower bound).
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Noise {
    /// Incident photons per nm2 in the clear field.
    pub photons_incident_nm2: f64,
    /// Absorbed photons per nm2 in the clear field.
    pub photons_absorbed_nm2: f64,
    /// Absorbed photons per nm2 at the edge of the line.
    pub photons_edge_nm2: f64,
    /// Three standard deviations of the position of one edge, in nm; `None` without blur or slope.
    pub ler3s_nm: Option<f64>,
    /// Standard deviation of the width averaged over the job's segment, in nm.
    pub sigma_cd_segment_nm: Option<f64>,
}

impl Noise {
    /// Noise of a job whose edge has intensity `edge` (clear field 1) and the given NILS.
    ///
    /// # Formula
    ///
    /// A Gaussian blur of standard deviation b counts photons over 4 pi b² (the inverse of the integral of its square), so the
    /// relative noise of the exposure at the edge is 1/sqrt(N_edge 4 pi b²) and the edge moves by cd/NILS times that.
    /// Noise at distance y along the line is correlated by exp(-y²/4b²); averaged over a segment L the variance shrinks by
    /// r = 1/L ∫ (1 - |y|/L) exp(-y²/4b²) dy = \[2 b sqrt(pi) erf(L/2b) - 4b²/L (1 - exp(-L²/4b²))\] / L,
    /// and both edges of a line give sigma_CD = sigma_edge sqrt(2 r).
    ///
    /// `None` if the job has no dose or its resist no thickness.
    #[must_use]
    pub fn of(job: &Job, edge: f64, nils: Option<f64>) -> Option<Self> {
        let incident = photons_incident_nm2(job.dose_mj_cm2?, job.optics.wavelength_nm);
        if job.resist.thickness_nm <= 0.0 {
            return None;
        }
        let absorbed =
            incident * absorbed_share(job.resist.absorption_per_um, job.resist.thickness_nm);
        let at_edge = absorbed * edge;
        let b = job.resist.blur_nm;
        let counted = at_edge * 4.0 * PI * b * b;
        let sigma = nils
            .filter(|n| *n > 0.0 && counted > 0.0)
            .map(|n| job.cd_nm / n / counted.sqrt())
            .filter(|s| s.is_finite());
        Some(Self {
            photons_incident_nm2: incident,
            photons_absorbed_nm2: absorbed,
            photons_edge_nm2: at_edge,
            ler3s_nm: sigma.map(|s| 3.0 * s),
            sigma_cd_segment_nm: sigma.map(|s| s * (2.0 * averaging(job.segment_nm, b)).sqrt()),
        })
    }
}

/// How much averaging over a segment shrinks the variance of an edge blurred by `b`.
fn averaging(segment_nm: f64, b: f64) -> f64 {
    let u = segment_nm / (2.0 * b);
    (2.0 * b * PI.sqrt() * erf(u) + 4.0 * b * b / segment_nm * (-u * u).exp_m1()) / segment_nm
}
