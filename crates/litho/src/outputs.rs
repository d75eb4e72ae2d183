//! Results of a job in the same form for every simulator.

use std::f64::consts::PI;

use serde::{Deserialize, Serialize};

use crate::check::Job;
use crate::printing::Printing;
use crate::quick::Estimate;
use crate::simulate::Simulation;

/// Results that all simulators share; those that a simulator does not compute are absent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outputs {
    /// Whether the line prints, at the job's defocus.
    pub printing: Option<Printing>,
    /// Width of the line at the job's defocus, in nm.
    pub cd_nm: Option<f64>,
    /// Normalized image log-slope at the nominal edge, at the job's defocus.
    pub nils: Option<f64>,
    /// Image contrast over the period, at the job's defocus.
    pub contrast: Option<f64>,
    /// Exposure latitude at best focus in percent.
    pub el_pct: Option<f64>,
    /// Depth of focus in nm.
    pub dof_nm: Option<f64>,
    /// Mask error enhancement factor at best focus.
    pub meef: Option<f64>,
    /// Three standard deviations of an edge's position, in nm.
    pub ler3s_nm: Option<f64>,
    /// Share of lines out of tolerance.
    pub yield_risk: Option<f64>,
}

impl From<&Simulation> for Outputs {
    fn from(s: &Simulation) -> Self {
        Self {
            printing: Some(s.image.printing),
            cd_nm: s.image.cd_nm,
            nils: s.image.nils,
            contrast: Some(s.image.contrast),
            el_pct: Some(s.window.el_best_focus_pct),
            dof_nm: Some(s.window.dof_nm),
            meef: s.meef,
            ler3s_nm: s.noise.and_then(|n| n.ler3s_nm),
            yield_risk: s.yield_risk,
        }
    }
}

impl Outputs {
    /// The results of the quick formulas.
    ///
    /// # Formula
    ///
    /// The image is taken as a sinusoid of contrast C = MTF, I = (1 - C cos(2 pi x/p))/2, so NILS =
    /// cd 2 pi/p C sin(pi cd/p) / (1 - C cos(pi cd/p)); EL = 10 % NILS (±10 % of CD, both sides);
    /// Rayleigh depth of focus for k2 = 0.5. None of these depends on sigma, mask or resist.
    #[must_use]
    pub fn quick(job: &Job, estimate: &Estimate) -> Self {
        let c = estimate.mtf;
        let phase = PI * job.cd_nm / job.pitch_nm;
        let nils = 2.0 * phase * c * phase.sin() / (1.0 - c * phase.cos());
        Self {
            printing: Some(if c > 0.0 { Printing::Prints } else { Printing::NoModulation }),
            nils: Some(nils),
            contrast: Some(c),
            el_pct: Some(100.0 * job.cd_tolerance * nils),
            dof_nm: Some(if c > 0.0 { estimate.dof_nm } else { 0.0 }),
            ..Self::default()
        }
    }
}
