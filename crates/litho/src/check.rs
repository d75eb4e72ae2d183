//! Checks raw parameters. Returns a job that can be computed, or every fault in them.

use serde::Serialize;
use thiserror::Error;

use crate::complex::Complex;
use crate::exposure::{Exposure, Medium, at_wavelength, nearest_wavelength_nm};
use crate::job::{Imaging, JobParameters, MaskKind, Polarization, SourceKind, Tone};
use crate::mask::{Assist, Mask};
use crate::source::Source;

/// One fault of one field of a job.
#[derive(Clone, Debug, PartialEq, Error)]
#[error("{field}: {found}")]
pub struct JobFault {
    /// The field, by the name it has in files.
    pub field: String,
    /// What was found there.
    pub found: String,
    /// What was expected.
    pub expected: String,
    /// The nearest valid value or name, if there is one.
    pub nearest: Option<String>,
}

/// A job whose values are all known and within their ranges. Lengths are in nm.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// Lens, medium and imaging model.
    pub optics: Optics,
    /// The illumination.
    pub source: Source,
    /// The mask.
    pub mask: Mask,
    /// Period of the printed lines.
    pub pitch_nm: f64,
    /// Target width of the line.
    pub cd_nm: f64,
    /// Width of the line on the mask, at wafer scale.
    pub mask_cd_nm: f64,
    /// Assist features beside the line.
    pub assist: Option<Assist>,
    /// Whether the line is dark or bright.
    pub tone: Tone,
    /// Share of the light that is spread evenly over the field.
    pub flare: f64,
    /// The resist.
    pub resist: Resist,
    /// Clear-field dose in mJ/cm2, if the job gives one.
    pub dose_mj_cm2: Option<f64>,
    /// Standard deviation of the dose, as a fraction.
    pub dose_sigma: f64,
    /// Distance from best focus at which the image is wanted.
    pub defocus_nm: f64,
    /// Standard deviation of focus.
    pub focus_sigma_nm: f64,
    /// Allowed deviation of CD, as a fraction of the target.
    pub cd_tolerance: f64,
    /// Allowed distance of the line's centre from x = 0; `None` if it is not judged.
    pub placement_tol_nm: Option<f64>,
    /// Exposure latitude for which the depth of focus is stated, as a fraction.
    pub el_min: f64,
    /// Length of line over which the noise of a CD is averaged.
    pub segment_nm: f64,
    /// The job's parameters as given, for example those about cost and handling.
    pub parameters: JobParameters,
}

/// Lens and medium.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Optics {
    /// Vacuum wavelength in nm.
    pub wavelength_nm: f64,
    /// Numerical aperture.
    pub na: f64,
    /// The medium between lens and resist.
    pub medium: Medium,
    /// Its refractive index.
    pub medium_index: f64,
    /// Polarization if the image is computed from the vector field; absent for scalar imaging.
    pub vector: Option<Polarization>,
}

/// The resist: a threshold after Gaussian blur, averaged over its depth.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Resist {
    /// Thickness in nm; 0 is thin.
    pub thickness_nm: f64,
    /// Refractive index.
    pub index: f64,
    /// Standard deviation of the blur in nm.
    pub blur_nm: f64,
    /// Absorption per um.
    pub absorption_per_um: f64,
    /// Threshold in units of the clear field; `None` takes the dose as the dose to size.
    pub threshold: Option<f64>,
}

impl Resist {
    /// Defocus, in nm, of the outer nodes of the three-point Gauss-Legendre mean over the resist's
    /// depth, relative to the middle node. Within the resist the light spreads less, by the
    /// refractive index.
    pub(crate) fn node_nm(&self) -> f64 {
        0.6_f64.sqrt() * self.thickness_nm / (2.0 * self.index)
    }
}

impl Job {
    /// Amplitude of order `n` of the mask, assist features included.
    pub(crate) fn order(&self, n: i32) -> Complex {
        let mut order = self.mask.order(self.tone, n, self.mask_cd_nm, self.pitch_nm);
        if let Some(assist) = &self.assist {
            order.re += self.mask.assist_order(self.tone, n, assist, self.pitch_nm);
        }
        order
    }

    /// Whether the mask sends light into an order, or would if its line were wider.
    pub(crate) fn has_order(&self, n: i32) -> bool {
        let of = (n, self.mask_cd_nm, self.pitch_nm);
        self.order(n) != Complex::ZERO
            || self.mask.order_slope(self.tone, of.0, of.1, of.2) != Complex::ZERO
    }
}

impl JobParameters {
    /// Check every field against its range and against the others.
    ///
    /// # Errors
    ///
    /// All faults, in the order of the contract's fields.
    pub fn check(&self) -> Result<Job, Vec<JobFault>> {
        let mut c = Checker { faults: Vec::new() };
        let (exposure, medium_index) = c.exposure(self);
        c.within("na", self.na, na_range(exposure, medium_index));
        let pitch_known = c.within("pitch_nm", self.pitch_nm, (1.0, 20_000.0));
        let pitch = if pitch_known { self.pitch_nm } else { f64::INFINITY };
        let cd_known = c.open("cd_nm", self.cd_nm, (0.0, pitch));
        let source = c.source(self);
        let mask = c.mask(self);
        let mask_cd_nm = self.cd_nm + self.mask_bias_nm;
        if cd_known && !(mask_cd_nm > 0.0 && mask_cd_nm < pitch) {
            c.push(
                "mask_bias_nm",
                format!("{} nm makes the mask's line {mask_cd_nm} nm wide", self.mask_bias_nm),
                format!("a line between 0 and the pitch, {} nm", self.pitch_nm),
            );
        }
        let assist = c.assist(self, mask_cd_nm, pitch_known && cd_known);
        c.within("blur_nm", self.blur_nm, (0.0, 1000.0));
        c.within("resist_thickness_nm", self.resist_thickness_nm, (0.0, 2000.0));
        c.optional("resist_index", self.resist_index, (0.8, 2.5));
        c.optional("absorption_per_um", self.absorption_per_um, (0.0, 100.0));
        c.within("flare", self.flare, (0.0, 0.5));
        if let Some(t) = self.threshold {
            c.open("threshold", t, (0.0, 2.0));
        }
        if let Some(dose) = self.dose_mj_cm2 {
            c.within("dose_mj_cm2", dose, (0.1, 1000.0));
        }
        c.optional("dose_sigma_pct", self.dose_sigma_pct, (0.0, 20.0));
        let scale = self.wavelength_nm / self.na;
        // If wavelength or aperture is itself at fault, ranges that depend on it are not checked.
        if exposure.is_some() && self.na > 0.0 && scale.is_finite() {
            // Beyond these limits a line is practically isolated and the image practically out of
            // focus.
            if pitch_known {
                c.within("pitch_nm", self.pitch_nm, (1.0, (40.0 * scale).max(1.0)));
            }
            let far = 20.0 * scale / self.na;
            c.within("defocus_nm", self.defocus_nm, (-far, far));
            c.optional("focus_sigma_nm", self.focus_sigma_nm, (0.0, 0.1 * far));
        }
        c.optional("cd_tolerance_pct", self.cd_tolerance_pct, (0.1, 50.0));
        c.optional("placement_tol_nm", self.placement_tol_nm, (0.0, 1e6));
        c.optional("el_min_pct", self.el_min_pct, (0.0, 50.0));
        c.optional("segment_nm", self.segment_nm, (1.0, 1e6));
        c.optional("grid_size_nm", self.grid_size_nm, (0.1, 10.0));
        if !(1..=20).contains(&self.job_class) {
            c.push("job_class", self.job_class.to_string(), "a class from 1 to 20".into());
        }
        let (Some(exposure), Some(source), Some(mask)) = (exposure, source, mask) else {
            return Err(c.faults);
        };
        if !c.faults.is_empty() {
            return Err(c.faults);
        }
        Ok(Job {
            optics: Optics {
                wavelength_nm: self.wavelength_nm,
                na: self.na,
                medium: exposure.medium,
                medium_index,
                vector: match self.imaging {
                    Imaging::Auto if self.na >= VECTOR_FROM_NA => Some(self.polarization),
                    Imaging::Vector => Some(self.polarization),
                    Imaging::Auto | Imaging::Scalar => None,
                },
            },
            source,
            mask,
            pitch_nm: self.pitch_nm,
            cd_nm: self.cd_nm,
            mask_cd_nm,
            assist,
            tone: self.tone,
            flare: self.flare,
            resist: Resist {
                thickness_nm: self.resist_thickness_nm,
                index: self.resist_index.unwrap_or(exposure.resist_index),
                blur_nm: self.blur_nm,
                absorption_per_um: self.absorption_per_um.unwrap_or(exposure.absorption_per_um),
                threshold: self.threshold,
            },
            dose_mj_cm2: self.dose_mj_cm2,
            dose_sigma: self.dose_sigma_pct.unwrap_or(1.5) / 100.0,
            defocus_nm: self.defocus_nm,
            focus_sigma_nm: self
                .focus_sigma_nm
                .unwrap_or(0.05 * self.wavelength_nm / (self.na * self.na)),
            cd_tolerance: self.cd_tolerance_pct.unwrap_or(10.0) / 100.0,
            placement_tol_nm: self.placement_tol_nm,
            el_min: self.el_min_pct.unwrap_or(5.0) / 100.0,
            segment_nm: self.segment_nm.unwrap_or(50.0),
            parameters: self.clone(),
        })
    }
}

/// Aperture from which a scalar image misjudges the contrast, so that `imaging = auto` uses the
/// vector image.
pub const VECTOR_FROM_NA: f64 = 0.8;

/// Range of apertures that an exposure and a given refractive index allow.
fn na_range(exposure: Option<&Exposure>, medium_index: f64) -> (f64, f64) {
    let (low, high) = exposure.map_or((0.1, 1.35), |e| e.na);
    (low, high.min(0.95 * medium_index))
}

struct Checker {
    faults: Vec<JobFault>,
}

impl Checker {
    fn push(&mut self, field: &str, found: String, expected: String) {
        self.faults.push(JobFault { field: field.into(), found, expected, nearest: None });
    }

    /// Checks a number against a closed range. If bounds depend on another field that is at fault,
    /// the range may be empty; the fault then names no nearest value.
    fn within(&mut self, field: &str, value: f64, (low, high): (f64, f64)) -> bool {
        if (low..=high).contains(&value) {
            return true;
        }
        let known = !value.is_nan() && low <= high;
        let nearest = known.then(|| format!("{}", value.max(low).min(high)));
        self.faults.push(JobFault {
            field: field.into(),
            found: format!("{value} is out of range"),
            expected: format!("a number from {low} to {high}"),
            nearest,
        });
        false
    }

    fn optional(&mut self, field: &str, value: Option<f64>, range: (f64, f64)) {
        if let Some(value) = value {
            self.within(field, value, range);
        }
    }

    /// Checks a number against an open range, whose upper end may be infinite.
    fn open(&mut self, field: &str, value: f64, (low, high): (f64, f64)) -> bool {
        if value > low && value < high {
            return true;
        }
        let expected = if high.is_finite() {
            format!("a number above {low} and below {high}")
        } else {
            format!("a finite number above {low}")
        };
        self.push(field, format!("{value} is out of range"), expected);
        false
    }

    fn exposure(&mut self, p: &JobParameters) -> (Option<&'static Exposure>, f64) {
        let wanted = p.medium.or_else(|| (p.na >= 1.0).then_some(Medium::Water));
        let known: Vec<_> = at_wavelength(p.wavelength_nm).collect();
        if known.is_empty() {
            self.faults.push(JobFault {
                field: "wavelength_nm".into(),
                found: format!("{} nm is not a wavelength of an exposure tool", p.wavelength_nm),
                expected: "13.5, 193, 248, 365 or 436 nm".into(),
                nearest: Some(nearest_wavelength_nm(p.wavelength_nm).to_string()),
            });
            return (None, p.medium_index.unwrap_or(1.0));
        }
        let exposure = match (wanted, p.medium) {
            (None, _) => known.first().copied(),
            // An aperture of 1 or more at a wavelength without immersion: the check of `na` reports
            // it.
            (Some(m), None) => {
                known.iter().find(|e| e.medium == m).or_else(|| known.first()).copied()
            }
            (Some(m), Some(_)) => known.iter().find(|e| e.medium == m).copied(),
        };
        let Some(exposure) = exposure else {
            let names: Vec<_> = known.iter().map(|e| e.medium.name()).collect();
            let medium = wanted.map_or("none", Medium::name);
            self.faults.push(JobFault {
                field: "medium".into(),
                found: format!("{medium} at {} nm", p.wavelength_nm),
                expected: names.join(" or "),
                nearest: names.first().map(ToString::to_string),
            });
            return (None, p.medium_index.unwrap_or(1.0));
        };
        if let Some(n) = p.medium_index {
            if !self.within("medium_index", n, (0.9, 2.0)) {
                return (None, exposure.index);
            }
            return (Some(exposure), n);
        }
        (Some(exposure), exposure.index)
    }

    fn source(&mut self, p: &JobParameters) -> Option<Source> {
        let before = self.faults.len();
        let kind = p.source.unwrap_or(if p.sigma_in.is_some_and(|s| s > 0.0) {
            SourceKind::Annular
        } else {
            SourceKind::Conventional
        });
        for (field, value, owner) in [
            ("sigma", p.sigma, SourceKind::Conventional),
            ("sigma_in", p.sigma_in, SourceKind::Annular),
            ("sigma_out", p.sigma_out, SourceKind::Annular),
            ("pole_center", p.pole_center, SourceKind::Dipole),
            ("pole_radius", p.pole_radius, SourceKind::Dipole),
            ("pole_angle_deg", p.pole_angle_deg, SourceKind::Dipole),
            ("source_x", p.source_x, SourceKind::Point),
            ("source_y", p.source_y, SourceKind::Point),
        ] {
            // A conventional source is a ring without a hole, so sigma_in = 0 and sigma_out
            // describe it too.
            let is_disc = kind == SourceKind::Conventional
                && (field == "sigma_out" || (field == "sigma_in" && value == Some(0.0)));
            let has_poles = kind == SourceKind::Quadrupole && owner == SourceKind::Dipole;
            if value.is_some() && owner != kind && !is_disc && !has_poles && value != Some(0.0) {
                self.push(
                    field,
                    format!("a {} source has no `{field}`", name_of(kind)),
                    format!("only {}", fields_of(kind)),
                );
            }
        }
        let source = match kind {
            SourceKind::Conventional => {
                if let (Some(a), Some(b)) = (p.sigma, p.sigma_out)
                    && a != b
                {
                    self.push(
                        "sigma_out",
                        format!("{b} together with sigma {a}"),
                        "one radius of a conventional source".into(),
                    );
                }
                let field = if p.sigma.is_some() { "sigma" } else { "sigma_out" };
                let sigma = p.sigma.or(p.sigma_out).unwrap_or(0.8);
                self.within(field, sigma, (0.01, 1.0));
                Source::Conventional { sigma }
            }
            SourceKind::Annular => {
                let sigma_out = self.required("sigma_out", p.sigma_out, kind);
                let sigma_in = self.required("sigma_in", p.sigma_in, kind);
                if let (Some(out), Some(inner)) = (p.sigma_out, p.sigma_in) {
                    self.within("sigma_out", out, (0.01, 1.0));
                    self.within("sigma_in", inner, (0.0, (out - 0.01).max(0.0)));
                }
                if sigma_in == 0.0 {
                    Source::Conventional { sigma: sigma_out }
                } else {
                    Source::Annular { sigma_in, sigma_out }
                }
            }
            SourceKind::Dipole => {
                let (pole_center, pole_radius) = self.poles(p, kind, 1.0);
                let pole_angle_deg = self.pole_angle(p, 0.0);
                Source::Dipole { pole_center, pole_radius, pole_angle_deg }
            }
            SourceKind::Quadrupole => {
                // Neighbours are a quarter turn apart and must not overlap.
                let (pole_center, pole_radius) = self.poles(p, kind, 0.5_f64.sqrt());
                let pole_angle_deg = self.pole_angle(p, 45.0);
                Source::Quadrupole { pole_center, pole_radius, pole_angle_deg }
            }
            SourceKind::Point => {
                let (source_x, source_y) = (p.source_x.unwrap_or(0.0), p.source_y.unwrap_or(0.0));
                self.within("source_x", source_x, (-1.0, 1.0));
                self.within("source_y", source_y, (-1.0, 1.0));
                if source_x.hypot(source_y) > 1.0 && self.faults.len() == before {
                    self.push(
                        "source_y",
                        format!("the point ({source_x}, {source_y}) lies outside the pupil"),
                        "a point within radius 1".into(),
                    );
                }
                Source::Point { source_x, source_y }
            }
        };
        (self.faults.len() == before).then_some(source)
    }

    /// Reads the distance of poles from the axis and their radius. Poles may touch the rim and each
    /// other; `apart` is half the distance of neighbours in units of their distance from the axis.
    fn poles(&mut self, p: &JobParameters, kind: SourceKind, apart: f64) -> (f64, f64) {
        let pole_center = self.required("pole_center", p.pole_center, kind);
        let pole_radius = self.required("pole_radius", p.pole_radius, kind);
        let both = p.pole_center.is_some() && p.pole_radius.is_some();
        // The largest allowed radius is known only if the distance from the axis is valid.
        if both && self.within("pole_center", pole_center, (0.01, 0.99)) {
            let room = (apart * pole_center).min(1.0 - pole_center);
            // The slack allows c = 0.9, r = 0.1 to touch the rim in spite of rounding.
            self.within("pole_radius", pole_radius, (0.01_f64.min(room), room + 1e-12));
        }
        (pole_center, pole_radius)
    }

    fn pole_angle(&mut self, p: &JobParameters, default: f64) -> f64 {
        self.optional("pole_angle_deg", p.pole_angle_deg, (-360.0, 360.0));
        p.pole_angle_deg.unwrap_or(default)
    }

    /// Reads a radius that the kind of source requires.
    fn required(&mut self, field: &str, value: Option<f64>, kind: SourceKind) -> f64 {
        if value.is_none() {
            self.push(
                field,
                format!("a {} source without it", name_of(kind)),
                fields_of(kind).into(),
            );
        }
        value.unwrap_or(f64::NAN)
    }

    /// Reads assist features: bars that touch neither the line nor each other, on masks with a
    /// single amplitude of the dark parts.
    fn assist(&mut self, p: &JobParameters, mask_cd_nm: f64, known: bool) -> Option<Assist> {
        let Some(width_nm) = p.assist_nm else {
            if p.assist_offset_nm.is_some() {
                self.push(
                    "assist_offset_nm",
                    "there is no assist feature".into(),
                    "`assist_nm`, the width of a bar, as well".into(),
                );
            }
            return None;
        };
        if !matches!(p.mask, MaskKind::Binary | MaskKind::Attenuated) {
            self.push(
                "assist_nm",
                "assist features on this mask".into(),
                "mask = binary or attenuated".into(),
            );
        }
        let half_pitch = p.pitch_nm / 2.0;
        let assist = Assist { width_nm, offset_nm: p.assist_offset_nm.unwrap_or(half_pitch) };
        let widest = half_pitch - mask_cd_nm / 2.0;
        if !known || !self.open("assist_nm", width_nm, (0.0, (2.0 * widest).max(0.0))) {
            return None;
        }
        // A bar lies between the line and the neighbour's bar, or halfway between two lines.
        let least = (mask_cd_nm + width_nm) / 2.0;
        let most = half_pitch - width_nm / 2.0;
        let between = assist.offset_nm > least && assist.offset_nm < most;
        if !assist.is_single(p.pitch_nm) && !between {
            self.push(
                "assist_offset_nm",
                format!("{} nm: the bar touches the line or another bar", assist.offset_nm),
                format!("a number above {least} and below {most}, or half the pitch, {half_pitch}"),
            );
        }
        Some(assist)
    }

    fn mask(&mut self, p: &JobParameters) -> Option<Mask> {
        let before = self.faults.len();
        if p.mask_transmission.is_some() && p.mask != MaskKind::Attenuated {
            self.push(
                "mask_transmission",
                "a mask that is not attenuated has none".into(),
                "mask = attenuated".into(),
            );
        }
        if p.mask_orders.is_empty() == (p.mask == MaskKind::Orders) {
            self.push(
                "mask_orders",
                format!("{} orders", p.mask_orders.len()),
                "diffraction orders with mask = orders, and only there".into(),
            );
        }
        for (i, o) in p.mask_orders.iter().enumerate() {
            let repeated = p.mask_orders[..i].iter().any(|q| q.order == o.order);
            let sound = o.re.is_finite() && o.im.is_finite() && o.order.abs() <= 1000;
            if repeated || !sound {
                self.push(
                    "mask_orders",
                    format!("order {} with amplitude ({}, {})", o.order, o.re, o.im),
                    "each order once, from -1000 to 1000, with a finite amplitude".into(),
                );
            }
        }
        let mask = match p.mask {
            MaskKind::Binary => Mask::Binary,
            MaskKind::Alternating => Mask::Alternating,
            MaskKind::Attenuated => {
                let transmission = p.mask_transmission.unwrap_or(0.06);
                self.open("mask_transmission", transmission, (0.0, 1.0));
                Mask::Attenuated { transmission }
            }
            MaskKind::Orders => Mask::Orders { orders: p.mask_orders.clone() },
        };
        (self.faults.len() == before).then_some(mask)
    }
}

fn name_of(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Conventional => "conventional",
        SourceKind::Annular => "annular",
        SourceKind::Dipole => "dipole",
        SourceKind::Quadrupole => "quadrupole",
        SourceKind::Point => "point",
    }
}

fn fields_of(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Conventional => "`sigma` (or `sigma_out`)",
        SourceKind::Annular => "`sigma_in` and `sigma_out`",
        SourceKind::Dipole | SourceKind::Quadrupole => {
            "`pole_center` and `pole_radius` (and `pole_angle_deg`)"
        }
        SourceKind::Point => "`source_x` and `source_y`",
    }
}
