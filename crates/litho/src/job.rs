//! The job contract: what a user writes about one exposure.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::exposure::Medium;

/// One lithography job as written in a file: raw values, nothing checked yet.
///
/// [`JobParameters::check`] turns it into a [`crate::Job`] or names every fault.
/// Lines run along y and are dark; x = 0 is the centre of a line; intensities are in units of the clear field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JobParameters {
    /// Name of the job; if absent, the row's number is used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job_id: Option<String>,

    /// Vacuum wavelength in nm: 13.5 (EUV), 193 (ArF), 248 (KrF), 365 (i-line) or 436 (g-line).
    pub wavelength_nm: f64,
    /// Numerical aperture on the wafer side; its range depends on wavelength and medium.
    pub na: f64,
    /// Medium between lens and resist; default vacuum for EUV, air below NA 1, water from NA 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub medium: Option<Medium>,
    /// Refractive index of the medium, if it is not the medium's usual one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub medium_index: Option<f64>,
    /// Imaging model; default: vector from NA 0.8.
    #[serde(default, skip_serializing_if = "is_default")]
    pub imaging: Imaging,
    /// Polarization of the illumination; it matters to vector imaging only.
    #[serde(default, skip_serializing_if = "is_default")]
    pub polarization: Polarization,

    /// Shape of the source; default annular if `sigma_in` is positive, else conventional.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceKind>,
    /// Radius of a conventional source in units of NA (0.8 if no radius is given).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sigma: Option<f64>,
    /// Inner radius of an annular source in units of NA.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sigma_in: Option<f64>,
    /// Outer radius of an annular (or conventional) source in units of NA.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sigma_out: Option<f64>,
    /// Distance of the pole centres of a dipole or quadrupole from the axis, in units of NA.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pole_center: Option<f64>,
    /// Radius of the poles of a dipole or quadrupole in units of NA.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pole_radius: Option<f64>,
    /// Direction of the first pole from the x axis in degrees; default 0 for a dipole (90: along y) and 45 for a quadrupole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pole_angle_deg: Option<f64>,
    /// Position of a point source along x in units of NA; default 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_x: Option<f64>,
    /// Position of a point source along y in units of NA; default 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_y: Option<f64>,

    /// Period of the printed lines in nm (an alternating mask repeats after two of them).
    pub pitch_nm: f64,
    /// Target width of the line in nm, at wafer scale.
    pub cd_nm: f64,
    /// Width of the line on the mask at wafer scale minus the target; default 0.
    #[serde(default)]
    pub mask_bias_nm: f64,
    /// Width in nm, at wafer scale, of an assist feature on the mask: a bar beside the line, too narrow to print; default none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assist_nm: Option<f64>,
    /// Distance in nm of the bar's centre from the line's, on both sides; default half the pitch,
    /// where two neighbours share one bar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assist_offset_nm: Option<f64>,
    /// Kind of mask.
    #[serde(default, skip_serializing_if = "is_default")]
    pub mask: MaskKind,
    /// What prints: a dark line, or a bright trench between dark spaces.
    #[serde(default, skip_serializing_if = "is_default")]
    pub tone: Tone,
    /// Intensity transmission of the dark parts of an attenuated mask; default 0.06.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mask_transmission: Option<f64>,
    /// Complex diffraction orders of a mask of kind `orders`, for instance from a rigorous mask solver.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mask_orders: Vec<MaskOrder>,

    /// Standard deviation of the Gaussian resist blur in nm; default 0.
    #[serde(default)]
    pub blur_nm: f64,
    /// Thickness of the resist in nm, over which the image is averaged; 0 is a thin resist.
    #[serde(default)]
    pub resist_thickness_nm: f64,
    /// Refractive index of the resist; default 1.0 for EUV, 1.7 else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resist_index: Option<f64>,
    /// Absorption of the resist per um; default by wavelength (see `docs/litho-simulate.md`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub absorption_per_um: Option<f64>,
    /// Share of the light that is scattered evenly over the field, 0 to 0.5; default 0.
    #[serde(default, skip_serializing_if = "is_default")]
    pub flare: f64,
    /// Resist threshold in units of the clear field; default: the dose is the dose to size, so the line prints at target.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threshold: Option<f64>,

    /// Incident dose in the clear field in mJ/cm2; without it there are no photon numbers, LER and
    /// yield.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dose_mj_cm2: Option<f64>,
    /// Standard deviation of the dose in percent; default 1.5.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dose_sigma_pct: Option<f64>,
    /// Distance of the wafer from best focus in nm, for the image; default 0.
    #[serde(default)]
    pub defocus_nm: f64,
    /// Standard deviation of focus in nm; default 5 % of lambda/NA^2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub focus_sigma_nm: Option<f64>,
    /// Allowed deviation of CD from target in percent; default 10.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cd_tolerance_pct: Option<f64>,
    /// Allowed distance in nm of the line's centre from x = 0; only asymmetric images can miss it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placement_tol_nm: Option<f64>,
    /// Exposure latitude in percent for which the depth of focus is stated; default 5.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub el_min_pct: Option<f64>,
    /// Length of line in nm over which the noise of a CD is averaged; default 50.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub segment_nm: Option<f64>,

    /// Sampling step of an external simulator in nm; the built-in optics do not use it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grid_size_nm: Option<f64>,
    /// Complexity of the layout around the line: a factor in the cost of a full simulation.
    #[serde(default, skip_serializing_if = "is_default")]
    pub pattern_complexity: PatternComplexity,
    /// Whether a surrogate model may answer for the simulator.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub use_ai_surrogate: bool,
    /// The fab's own class of the job, 1 to 20.
    #[serde(default = "first_class", skip_serializing_if = "is_first_class")]
    pub job_class: u8,
    /// Priority in the queue.
    #[serde(default, skip_serializing_if = "is_default")]
    pub priority: JobPriority,
    /// Name of the constraint profile whose limits a prediction must meet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub constraint_profile: Option<String>,
    /// Who submitted the job.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub submitted_by: Option<String>,
    /// Any other data that are kept with the job.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub metadata: Map<String, Value>,
}

impl JobParameters {
    /// Makes a job with the given optics and pattern, and defaults for all other fields.
    #[must_use]
    pub fn new(wavelength_nm: f64, na: f64, pitch_nm: f64, cd_nm: f64) -> Self {
        Self {
            job_id: None,
            wavelength_nm,
            na,
            medium: None,
            medium_index: None,
            imaging: Imaging::default(),
            polarization: Polarization::default(),
            source: None,
            sigma: None,
            sigma_in: None,
            sigma_out: None,
            pole_center: None,
            pole_radius: None,
            pole_angle_deg: None,
            source_x: None,
            source_y: None,
            pitch_nm,
            cd_nm,
            mask_bias_nm: 0.0,
            assist_nm: None,
            assist_offset_nm: None,
            mask: MaskKind::default(),
            tone: Tone::default(),
            mask_transmission: None,
            mask_orders: Vec::new(),
            blur_nm: 0.0,
            resist_thickness_nm: 0.0,
            resist_index: None,
            absorption_per_um: None,
            flare: 0.0,
            threshold: None,
            dose_mj_cm2: None,
            dose_sigma_pct: None,
            defocus_nm: 0.0,
            focus_sigma_nm: None,
            cd_tolerance_pct: None,
            placement_tol_nm: None,
            el_min_pct: None,
            segment_nm: None,
            grid_size_nm: None,
            pattern_complexity: PatternComplexity::default(),
            use_ai_surrogate: true,
            job_class: first_class(),
            priority: JobPriority::default(),
            constraint_profile: None,
            submitted_by: None,
            metadata: Map::new(),
        }
    }
}

/// Imaging model.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Imaging {
    /// Vector from NA 0.8, scalar below.
    #[default]
    Auto,
    /// Scalar: all orders interfere fully; a fair approximation below NA 0.8.
    Scalar,
    /// Vector: three field components, which refraction turns as each order converges on the wafer.
    Vector,
}

/// Polarization of the illumination at the pupil.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Polarization {
    /// Equal, incoherent parts of both.
    #[default]
    Unpolarized,
    /// Electric field along the lines (y): full interference at any angle.
    #[serde(alias = "y")]
    Te,
    /// Electric field across the lines (x): two beams at angle theta keep cos(2 theta) of their contrast.
    #[serde(alias = "x")]
    Tm,
}

/// Shape of the illumination in the pupil.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SourceKind {
    /// A disc of radius `sigma` (or `sigma_out`).
    Conventional,
    /// A ring from `sigma_in` to `sigma_out`.
    Annular,
    /// Two discs of radius `pole_radius` at `pole_center` from the axis, opposite each other.
    Dipole,
    /// Four discs of radius `pole_radius` at `pole_center` from the axis, a quarter turn apart.
    Quadrupole,
    /// A point at `source_x`, `source_y`: coherent illumination.
    Point,
}

/// Which feature prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// A dark line.
    #[default]
    Line,
    /// A bright trench: the mask's clear and dark parts change places.
    Trench,
}

/// Kind of mask; all are thin (Kirchhoff) masks with one dark line a pitch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MaskKind {
    /// Opaque line in a clear field.
    #[default]
    Binary,
    /// Line of transmission `mask_transmission` and phase 180 degrees.
    Attenuated,
    /// Opaque line between spaces of phase 0 and 180 degrees in turn.
    Alternating,
    /// Diffraction orders given one by one in `mask_orders`, with the pitch as period.
    Orders,
}

/// One diffraction order of a mask: its complex amplitude in units of the clear field's.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MaskOrder {
    /// Number of the order: the spatial frequency is `order / pitch_nm`.
    pub order: i32,
    /// Real part of the amplitude.
    pub re: f64,
    /// Imaginary part of the amplitude.
    #[serde(default)]
    pub im: f64,
}

/// Complexity of the layout around the line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PatternComplexity {
    /// A bare grating.
    Simple,
    /// Logic of one orientation.
    #[default]
    Moderate,
    /// Two-dimensional logic.
    Complex,
}

/// Priority of a job in the queue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum JobPriority {
    /// Runs when nothing else waits.
    Low,
    /// The usual priority.
    #[default]
    Normal,
    /// Before the usual ones.
    High,
    /// Before all others.
    Critical,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

fn yes() -> bool {
    true
}

fn is_true(value: &bool) -> bool {
    *value
}

fn first_class() -> u8 {
    1
}

fn is_first_class(value: &u8) -> bool {
    *value == first_class()
}
