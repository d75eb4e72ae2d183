//! Widths that a process prints at the points of a matrix, and their derivatives by its parameters.

use std::collections::BTreeMap;

use super::{BIAS, BLUR, DOSE, E0, FLARE, FOCUS, PARAMETERS, Point, TILT, Values};
use crate::check::{Job, JobFault};
use crate::complex::Complex;
use crate::image::Image;
use crate::job::JobParameters;
use crate::process::Process;
use crate::stack::ImageStack;
use crate::strict;
use crate::tcc::Tcc;

/// Accuracy of the optics: 1e-7 nm of a line of 100 nm.
const PRECISE: f64 = 1e-10;

/// The model's prediction for a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Predicted {
    /// A line of this width in nm, and its derivative by each parameter; that of the blur is per
    /// nm² of its square.
    Line(f64, Values),
    /// Not exactly one line.
    Nothing,
}

struct Feature {
    job: Job,
    tcc: Tcc,
}

/// A job's optics at the points of a matrix.
pub struct Model {
    features: Vec<Feature>,
    /// For each image: its feature, focus and `site_x`, and the points that share it.
    images: Vec<(usize, f64, f64, Vec<usize>)>,
    points: usize,
    step_nm: f64,
}

fn key(values: &[f64]) -> Vec<u64> {
    values.iter().map(|v| v.to_bits()).collect()
}

impl Model {
    /// Computes the optics of a template, whose pitch, width, dose and focus are replaced by those
    /// of the points.
    ///
    /// # Errors
    /// The faults of the first feature that is not a valid job, with the index of its point.
    pub fn new(template: &JobParameters, points: &[Point]) -> Result<Self, (usize, Vec<JobFault>)> {
        let depth = template.wavelength_nm / (template.na * template.na);
        let far = points.iter().map(|p| p.focus_nm.abs()).fold(0.0, f64::max) + 2.0 * depth;
        let mut features: Vec<Feature> = Vec::new();
        let mut known: BTreeMap<Vec<u64>, usize> = BTreeMap::new();
        let mut images: BTreeMap<Vec<u64>, usize> = BTreeMap::new();
        let mut shared: Vec<(usize, f64, f64, Vec<usize>)> = Vec::new();
        for (i, point) in points.iter().enumerate() {
            let name = key(&[point.pitch_nm, point.target_cd_nm]);
            let feature = match known.get(&name) {
                Some(&feature) => feature,
                None => {
                    let mut p = template.clone();
                    (p.pitch_nm, p.cd_nm) = (point.pitch_nm, point.target_cd_nm);
                    (p.defocus_nm, p.threshold, p.flare) = (0.0, None, 0.0);
                    let job = p.check().map_err(|faults| (i, faults))?;
                    let tcc = Tcc::new(&job, far, PRECISE);
                    features.push(Feature { job, tcc });
                    known.insert(name, features.len() - 1);
                    features.len() - 1
                }
            };
            let image = key(&[feature as f64, point.focus_nm, point.site_x]);
            let place = *images.entry(image).or_insert_with(|| {
                shared.push((feature, point.focus_nm, point.site_x, Vec::new()));
                shared.len() - 1
            });
            shared[place].3.push(i);
        }
        Ok(Self { features, images: shared, points: points.len(), step_nm: 1e-3 * depth })
    }

    /// The prediction of a process for each point.
    #[must_use]
    pub fn predict(&self, points: &[Point], values: &Values) -> Vec<Predicted> {
        let stacks: Vec<(ImageStack, ImageStack)> =
            self.features.iter().map(|f| f.stacks(values)).collect();
        let mut predicted = vec![Predicted::Nothing; self.points];
        for (feature, focus_nm, site_x, own) in &self.images {
            let (stack, by_mask) = &stacks[*feature];
            let focus = focus_nm - values[FOCUS] - values[TILT] * site_x;
            let image = stack.image(focus);
            let mut slopes = None;
            for &i in own {
                let seen = points[i].dose_mj_cm2 - values[DOSE];
                if seen <= 0.0 {
                    continue;
                }
                let level = values[E0] / seen;
                let Some((left, right)) = strict::only_line(&image, level) else { continue };
                let slopes = slopes.get_or_insert_with(|| Slopes {
                    focus: [stack.image(focus + self.step_nm), stack.image(focus - self.step_nm)],
                    mask: by_mask.image(focus),
                    blur: by_square_of_blur(&image),
                    step_nm: self.step_nm,
                });
                let edge = |x: f64| slopes.edge(&image, x, values, seen, *site_x);
                let (l, r) = (edge(left), edge(right));
                predicted[i] = Predicted::Line(right - left, std::array::from_fn(|k| r[k] - l[k]));
            }
        }
        predicted
    }

    /// For each point, the level in units of the clear field at which its line is as wide as
    /// measured; `None` without a measured width. If blur and focus are right, the threshold is
    /// this level times the dose.
    pub(super) fn levels(&self, points: &[Point], values: &Values) -> Vec<Option<f64>> {
        let mut levels = vec![None; self.points];
        for (feature, focus_nm, site_x, own) in &self.images {
            let (stack, _) = self.features[*feature].stacks(values);
            let image = stack.image(focus_nm - values[FOCUS] - values[TILT] * site_x);
            for &i in own {
                if let super::Seen::Width(width) = points[i].seen {
                    levels[i] = image.threshold_for_width(width);
                }
            }
        }
        levels
    }

    /// The job of the first feature, whose optics all features share.
    pub(super) fn job(&self) -> Option<&Job> {
        self.features.first().map(|f| &f.job)
    }

    /// Smallest width of a line or a space on the mask, in nm.
    pub(super) fn room_nm(&self) -> f64 {
        let room = |f: &Feature| f.job.mask_cd_nm.min(f.job.pitch_nm - f.job.mask_cd_nm);
        self.features.iter().map(room).fold(f64::INFINITY, f64::min)
    }
}

impl Feature {
    fn stacks(&self, values: &Values) -> (ImageStack, ImageStack) {
        let mut job = self.job.clone();
        job.mask_cd_nm += values[BIAS];
        (job.resist.blur_nm, job.flare) = (values[BLUR], values[FLARE]);
        (ImageStack::new(&job, &self.tcc), ImageStack::mask_slope(&job, &self.tcc))
    }
}

/// Derivatives of the image by each parameter.
struct Slopes {
    focus: [Image; 2],
    mask: Image,
    blur: Image,
    step_nm: f64,
}

impl Slopes {
    /// Movement of an edge per unit of each parameter: -(dI - dlevel)/I'.
    fn edge(&self, image: &Image, x: f64, values: &Values, seen: f64, site_x: f64) -> Values {
        let slope = image.slope(x);
        let level = values[E0] / seen;
        let by_focus = (self.focus[0].at(x) - self.focus[1].at(x)) / (2.0 * self.step_nm);
        let mut by = [0.0; PARAMETERS.len()];
        by[E0] = -1.0 / seen;
        by[DOSE] = -level / seen;
        by[BLUR] = self.blur.at(x);
        by[FOCUS] = -by_focus;
        by[TILT] = -by_focus * site_x;
        by[BIAS] = self.mask.at(x);
        by[FLARE] = (1.0 - image.at(x)) / (1.0 - values[FLARE]);
        by.map(|change| -change / slope)
    }
}

/// Derivative of an image by the square of its blur, per nm²: harmonic k falls as exp(-2 pi² sigma²
/// k²/period²).
fn by_square_of_blur(image: &Image) -> Image {
    let unit = -2.0 * (std::f64::consts::PI / image.period_nm).powi(2);
    let scaled = |(k, c): (usize, &Complex)| c.scale(unit * (k * k) as f64);
    Image {
        coefficients: image.coefficients.iter().enumerate().map(scaled).collect(),
        ..image.clone()
    }
}

impl From<Values> for Process {
    fn from(v: Values) -> Self {
        Self {
            e0_mj_cm2: v[E0],
            blur_nm: v[BLUR],
            focus_offset_nm: v[FOCUS],
            dose_offset_mj_cm2: v[DOSE],
            mask_bias_nm: v[BIAS],
            flare: v[FLARE],
            focus_tilt_nm: v[TILT],
        }
    }
}

impl From<&Process> for Values {
    fn from(p: &Process) -> Self {
        [
            p.e0_mj_cm2,
            p.blur_nm,
            p.focus_offset_nm,
            p.dose_offset_mj_cm2,
            p.mask_bias_nm,
            p.flare,
            p.focus_tilt_nm,
        ]
    }
}
