//! The effect of a fab's process on an image: parameters that `calibrate` fits and simulations use.

use serde::{Deserialize, Serialize};

use crate::job::JobParameters;

/// A calibrated process.
///
/// # Formula
///
/// The resist is exposed where (dose - dose_offset) I(x) >= e0, with I = (1 - flare) I_blurred +
/// flare; the mask's line is `mask_bias` wider than drawn; the tool's best focus is at
/// `focus_offset + focus_tilt site_x`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Process {
    /// Dose in mJ/cm2 that exposes the resist in a clear field.
    pub e0_mj_cm2: f64,
    /// Standard deviation of the resist's blur in nm.
    #[serde(default)]
    pub blur_nm: f64,
    /// Focus setting of the tool at which the image is sharpest, in nm.
    #[serde(default)]
    pub focus_offset_nm: f64,
    /// Dose that has no effect on the resist, in mJ/cm2.
    #[serde(default)]
    pub dose_offset_mj_cm2: f64,
    /// Width of the mask's line at wafer scale minus the drawn width, in nm.
    #[serde(default)]
    pub mask_bias_nm: f64,
    /// Share of the light that is spread evenly over the field.
    #[serde(default)]
    pub flare: f64,
    /// Change of best focus in nm per unit of `site_x`.
    #[serde(default)]
    pub focus_tilt_nm: f64,
}

impl Process {
    /// The job as this process runs it: with the process's blur and flare if the job gives none,
    /// the mask's bias added, and the threshold that follows from the dose. Jobs count focus from
    /// best focus, so the focus offset has no effect.
    #[must_use]
    pub fn run(&self, job: &JobParameters) -> JobParameters {
        let mut job = self.expose(job);
        let seen = job.dose_mj_cm2.map(|dose| dose - self.dose_offset_mj_cm2);
        if let Some(seen) = seen.filter(|s| *s > 0.0 && job.threshold.is_none()) {
            job.threshold = Some(self.e0_mj_cm2 / seen);
        }
        job
    }

    /// The job with the process's effects on the image; its dose is left as the dose to size.
    #[must_use]
    pub fn expose(&self, job: &JobParameters) -> JobParameters {
        let mut job = job.clone();
        if job.blur_nm == 0.0 {
            job.blur_nm = self.blur_nm;
        }
        if job.flare == 0.0 {
            job.flare = self.flare;
        }
        job.mask_bias_nm += self.mask_bias_nm;
        job
    }
}
