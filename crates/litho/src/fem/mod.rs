//! Focus-exposure matrices: measured widths, and the model that a calibration fits to them.

mod fit;
mod judged;
mod model;
mod trust;

pub use fit::{Calibration, Settings, calibrate};
pub use judged::{Judged, LEAST_P, LeftOut, leave_out, pitches, residuals, rms};
pub use model::{Model, Predicted};
pub use trust::{Interval, Trust, chi2_p_value, identifiability, profile};

use serde::Serialize;

/// One measured point of a matrix.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Period of the lines in nm.
    pub pitch_nm: f64,
    /// Drawn width in nm.
    pub target_cd_nm: f64,
    /// Dose in mJ/cm2.
    pub dose_mj_cm2: f64,
    /// Focus setting of the tool in nm.
    pub focus_nm: f64,
    /// Position on the wafer in the direction of the focus tilt; 0 where there is none.
    pub site_x: f64,
    /// What was seen.
    pub seen: Seen,
    /// Standard deviation of a measured width in nm; 1 where it is to be estimated.
    pub sigma_nm: f64,
}

/// What was observed at a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Seen {
    /// A line of this width in nm.
    Width(f64),
    /// No line, or not exactly one.
    Nothing,
    /// Nothing was measured, or the result is unknown.
    Unknown,
}

/// Parameters that can be fitted, in the order of all vectors of parameters.
pub const PARAMETERS: [&str; 7] = [
    "e0_mj_cm2",
    "blur_nm",
    "focus_offset_nm",
    "dose_offset_mj_cm2",
    "mask_bias_nm",
    "flare",
    "focus_tilt_nm",
];

/// Values of [`PARAMETERS`].
pub type Values = [f64; PARAMETERS.len()];

/// Index of each parameter.
pub(crate) const E0: usize = 0;
pub(crate) const BLUR: usize = 1;
pub(crate) const FOCUS: usize = 2;
pub(crate) const DOSE: usize = 3;
pub(crate) const BIAS: usize = 4;
pub(crate) const FLARE: usize = 5;
pub(crate) const TILT: usize = 6;

/// Two parameters that the data hardly distinguish.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Correlation {
    /// The first parameter.
    pub a: &'static str,
    /// The second parameter.
    pub b: &'static str,
    /// Correlation of their errors.
    pub correlation: f64,
}
