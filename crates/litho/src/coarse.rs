//! One Abbe image from a few dozen source points, and the process window that it shows.

use std::f64::consts::{PI, SQRT_2, TAU};

use crate::derived::LineSpace;
use crate::noise::{absorbed_share, photons_incident_nm2};

/// Focus steps of the coarse process window, from best focus to 1.5 Rayleigh units.
const FOCI: usize = 11;
/// Highest diffraction order kept on each side; coarser gratings lose their fine harmonics here.
const ORDERS: i32 = 8;
const HARMONICS: usize = 2 * ORDERS as usize + 1;
const RAYLEIGH_CAP: f64 = 1.5;
const MEEF_CAP: f64 = 15.0;
/// Exposure latitude that the depth of focus is stated for.
pub(crate) const LATITUDE: f64 = 0.05;

/// Cosine coefficients of the image at each focus, and their derivative by mask width at best focus.
pub(crate) struct CoarseImage {
    by_focus: [[f64; FOCI]; HARMONICS],
    by_mask: [f64; HARMONICS],
    used: usize,
}

const GAUSS3: [(f64, f64); 3] =
    [(-0.774_596_669_241_483_4, 5.0 / 9.0), (0.0, 8.0 / 9.0), (0.774_596_669_241_483_4, 5.0 / 9.0)];
const GAUSS2: [(f64, f64); 2] = [(-0.577_350_269_189_625_8, 1.0), (0.577_350_269_189_625_8, 1.0)];

/// A diffraction order that passes the pupil.
#[derive(Clone, Copy, Default)]
struct Order {
    n: i32,
    amplitude: f64,
    slope: f64,
    /// Phase for each nm of defocus.
    phase: f64,
    /// Field of the two polarizations: x, y, z each.
    field: [[f64; 3]; 2],
}

impl CoarseImage {
    pub fn of(job: &LineSpace, nu: f64, rayleigh_nm: f64) -> Self {
        let reach = (((1.0 + job.sigma_out) / nu).floor() as i32).clamp(0, ORDERS);
        let mut image = CoarseImage {
            by_focus: [[0.0; FOCI]; HARMONICS],
            by_mask: [0.0; HARMONICS],
            used: 2 * reach as usize + 1,
        };
        let optics = Optics::of(job, nu, reach);
        let step_nm = RAYLEIGH_CAP * rayleigh_nm / (FOCI - 1) as f64;
        let half_depth_nm = 0.5 * job.resist_thickness_nm / optics.resist_index;
        let mut orders = [Order::default(); 2 * ORDERS as usize + 1];
        let area = PI * (job.sigma_out.powi(2) - job.sigma_in.powi(2)) / 4.0;
        optics.for_each_source_point(job, |sx, sy, weight| {
            let passed = optics.orders_at(sx, sy, &mut orders);
            let weight = weight / area;
            for i in 0..passed {
                for j in 0..=i {
                    let (a, b) = (&orders[i], &orders[j]);
                    let overlap = if optics.vector { field_overlap(a, b) } else { 1.0 };
                    // A pair counts twice, as (m, n) and (n, m), unless it is one order with itself.
                    let twice = if i == j { 1.0 } else { 2.0 };
                    let delta = a.phase - b.phase;
                    let base = twice * weight * overlap * depth_average(delta * half_depth_nm);
                    let harmonic = (a.n - b.n).unsigned_abs() as usize;
                    image.by_mask[harmonic] +=
                        base * (a.slope * b.amplitude + a.amplitude * b.slope);
                    let strength = base * a.amplitude * b.amplitude;
                    let twice_cos = 2.0 * (delta * step_nm).cos();
                    let (mut before, mut now) = (0.5 * twice_cos, 1.0);
                    for value in &mut image.by_focus[harmonic] {
                        *value += strength * now;
                        let next = twice_cos * now - before;
                        before = now;
                        now = next;
                    }
                }
            }
        });
        image.blur(job);
        image
    }

    fn blur(&mut self, job: &LineSpace) {
        for k in 0..self.used {
            let damp = (-2.0 * (PI * k as f64 * job.blur_nm / job.pitch_nm).powi(2)).exp();
            self.by_mask[k] *= damp;
            self.by_focus[k].iter_mut().for_each(|c| *c *= damp);
        }
    }

    /// Intensity at every focus, its slope at every focus and its slope by mask width, at `x_nm`.
    fn at(&self, x_nm: f64, pitch_nm: f64) -> ([f64; FOCI], [f64; FOCI], f64) {
        let (mut value, mut slope, mut by_mask) = ([0.0; FOCI], [0.0; FOCI], 0.0);
        for k in 0..self.used {
            let frequency = TAU * k as f64 / pitch_nm;
            let (sin, cos) = (frequency * x_nm).sin_cos();
            by_mask += self.by_mask[k] * cos;
            for f in 0..FOCI {
                value[f] += self.by_focus[k][f] * cos;
                slope[f] -= self.by_focus[k][f] * frequency * sin;
            }
        }
        (value, slope, by_mask)
    }
}

/// Average of `cos(2 t u)` over the resist by three Gauss points, `t` the phase at half depth.
fn depth_average(t: f64) -> f64 {
    if t == 0.0 { 1.0 } else { (8.0 + 10.0 * (t * 0.774_596_669_241_483_4).cos()) / 18.0 }
}

fn field_overlap(a: &Order, b: &Order) -> f64 {
    let mut sum = 0.0;
    for p in 0..2 {
        for axis in 0..3 {
            sum += a.field[p][axis] * b.field[p][axis];
        }
    }
    0.5 * sum
}

/// The optical system seen by one job.
struct Optics {
    nu: f64,
    na: f64,
    reach: i32,
    medium_index: f64,
    resist_index: f64,
    wave_number: f64,
    vector: bool,
    amplitudes: [(f64, f64); 2 * ORDERS as usize + 1],
}

impl Optics {
    fn of(job: &LineSpace, nu: f64, reach: i32) -> Self {
        let mask_nm = job.mask_cd_nm;
        let mut amplitudes = [(0.0, 0.0); 2 * ORDERS as usize + 1];
        for n in -reach..=reach {
            let turn = PI * f64::from(n) / job.pitch_nm;
            amplitudes[(n + ORDERS) as usize] = if n == 0 {
                (1.0 - mask_nm / job.pitch_nm, -1.0 / job.pitch_nm)
            } else {
                let (sin, cos) = (turn * mask_nm).sin_cos();
                (-sin / (PI * f64::from(n)), -cos / job.pitch_nm)
            };
        }
        Optics {
            nu,
            na: job.na,
            reach,
            medium_index: job.medium_index,
            resist_index: job.resist_index,
            wave_number: TAU / job.wavelength_nm,
            vector: job.vector,
            amplitudes,
        }
    }

    /// Visits a quarter of the source (the other three mirror it); the weights add up to its area.
    fn for_each_source_point(&self, job: &LineSpace, mut visit: impl FnMut(f64, f64, f64)) {
        let mut cuts = Cuts::between(0.0, job.sigma_out);
        cuts.add(job.sigma_in);
        for n in -self.reach..=self.reach {
            let shift = f64::from(n) * self.nu;
            cuts.add(1.0 - shift);
            cuts.add(-1.0 - shift);
        }
        for (x0, x1) in cuts.sorted() {
            for (node, x_weight) in GAUSS3 {
                let sx = 0.5 * ((x0 + x1) + (x1 - x0) * node);
                let inner = (job.sigma_in.powi(2) - sx * sx).max(0.0).sqrt();
                let outer = (job.sigma_out.powi(2) - sx * sx).max(0.0).sqrt();
                let mut y_cuts = Cuts::between(inner, outer);
                for n in -self.reach..=self.reach {
                    let edge = 1.0 - (sx + f64::from(n) * self.nu).powi(2);
                    if edge > 0.0 {
                        y_cuts.add(edge.sqrt());
                    }
                }
                for (y0, y1) in y_cuts.sorted() {
                    for (node, y_weight) in GAUSS2 {
                        let sy = 0.5 * ((y0 + y1) + (y1 - y0) * node);
                        visit(sx, sy, 0.25 * x_weight * (x1 - x0) * y_weight * (y1 - y0));
                    }
                }
            }
        }
    }

    fn orders_at(&self, sx: f64, sy: f64, into: &mut [Order]) -> usize {
        let mut count = 0;
        for n in -self.reach..=self.reach {
            let fx = sx + f64::from(n) * self.nu;
            let radius2 = fx * fx + sy * sy;
            if radius2 > 1.0 {
                continue;
            }
            let (amplitude, slope) = self.amplitudes[(n + ORDERS) as usize];
            let sine2 = radius2 * (self.na / self.medium_index).powi(2);
            let kz = (1.0 - sine2).max(0.0).sqrt();
            let phase = self.wave_number * self.medium_index * kz;
            let mut field = [[0.0; 3]; 2];
            if self.vector {
                // Turning the field of a pupil point into the medium: s keeps its length, p tilts by kz.
                let (c2, s2, cs) = if radius2 > 1e-24 {
                    (fx * fx / radius2, sy * sy / radius2, fx * sy / radius2)
                } else {
                    (1.0, 0.0, 0.0)
                };
                let tilt = self.na / self.medium_index;
                field = [
                    [c2 * kz + s2, cs * (kz - 1.0), -fx * tilt],
                    [cs * (kz - 1.0), s2 * kz + c2, -sy * tilt],
                ];
            }
            into[count] = Order { n, amplitude, slope, phase, field };
            count += 1;
        }
        count
    }
}

/// Sorted break points of an integral, without allocation.
struct Cuts {
    points: [f64; 4 * ORDERS as usize + 6],
    count: usize,
    low: f64,
    high: f64,
}

impl Cuts {
    fn between(low: f64, high: f64) -> Self {
        let mut points = [0.0; 4 * ORDERS as usize + 6];
        points[0] = low;
        points[1] = high;
        Cuts { points, count: 2, low, high }
    }

    fn add(&mut self, at: f64) {
        if at > self.low && at < self.high && self.count < self.points.len() {
            self.points[self.count] = at;
            self.count += 1;
        }
    }

    fn sorted(&mut self) -> impl Iterator<Item = (f64, f64)> + '_ {
        let points = &mut self.points[..self.count];
        points.sort_unstable_by(f64::total_cmp);
        points.windows(2).map(|w| (w[0], w[1])).filter(|(a, b)| b > a)
    }
}

/// What the coarse image says of the job.
pub(crate) struct CoarseWindow {
    pub intensity_edge: f64,
    pub nils: f64,
    pub nils_defocused: f64,
    pub el_pct: f64,
    pub dof_nm: f64,
    pub meef: f64,
    pub photons_edge_nm2: f64,
    pub ler3s_nm: f64,
    pub yield_risk: f64,
}

impl CoarseWindow {
    pub fn of(job: &LineSpace, image: &CoarseImage, rayleigh_nm: f64) -> Self {
        let half = 0.5 * job.cd_nm;
        let (edge, slope, by_mask) = image.at(half, job.pitch_nm);
        let (inside, _, _) = image.at(0.9 * half, job.pitch_nm);
        let (outside, _, _) = image.at(1.1 * half, job.pitch_nm);
        let threshold = edge[0].max(1e-9);
        let step_nm = RAYLEIGH_CAP * rayleigh_nm / (FOCI - 1) as f64;
        let nils: [f64; FOCI] =
            std::array::from_fn(|f| (job.cd_nm * slope[f] / edge[f].max(1e-9)).max(0.0));
        let doses: [(f64, f64); FOCI] = std::array::from_fn(|f| {
            (threshold / outside[f].max(1e-9), threshold / inside[f].max(1e-9))
        });
        let el = |(low, high): (f64, f64)| (high - low).max(0.0);
        let meef = if slope[0] * half > 1e-6 * threshold {
            (-2.0 * by_mask / slope[0]).clamp(0.0, MEEF_CAP)
        } else {
            MEEF_CAP
        };
        let photons = threshold
            * photons_incident_nm2(job.dose_mj_cm2, job.wavelength_nm)
            * absorbed_share(job.absorption_per_um, job.resist_thickness_nm);
        let noise_nm = if nils[0] > 1e-6 && job.blur_nm > 0.0 {
            job.cd_nm / (nils[0] * (photons * 2.0 * TAU).sqrt() * job.blur_nm)
        } else {
            job.cd_nm
        };
        let ler3s_nm = (3.0 * noise_nm).min(job.cd_nm);
        CoarseWindow {
            intensity_edge: edge[0],
            nils: nils[0],
            nils_defocused: interpolate(&nils, job.focus_sigma_nm / step_nm),
            el_pct: 100.0 * el(doses[0]),
            dof_nm: dof_nm(&doses, step_nm),
            meef,
            photons_edge_nm2: photons,
            ler3s_nm,
            yield_risk: yield_risk(job, &doses, step_nm, ler3s_nm / 3.0),
        }
    }
}

fn interpolate(values: &[f64; FOCI], at: f64) -> f64 {
    let at = at.clamp(0.0, (FOCI - 1) as f64);
    let i = (at as usize).min(FOCI - 2);
    values[i] + (values[i + 1] - values[i]) * (at - i as f64)
}

/// Focus range over which one dose latitude of 5 % remains, both sides together.
fn dof_nm(doses: &[(f64, f64); FOCI], step_nm: f64) -> f64 {
    let (mut low, mut high) = doses[0];
    let mut before = high - low;
    if before < LATITUDE {
        return 0.0;
    }
    for (f, dose) in doses.iter().enumerate().skip(1) {
        low = low.max(dose.0);
        high = high.min(dose.1);
        let now = high - low;
        if now < LATITUDE {
            return 2.0 * step_nm * (f as f64 - 1.0 + (before - LATITUDE) / (before - now));
        }
        before = now;
    }
    2.0 * step_nm * (FOCI - 1) as f64
}

/// Probability that the width leaves 90 to 110 % when dose, focus and line edge vary.
fn yield_risk(job: &LineSpace, doses: &[(f64, f64); FOCI], step_nm: f64, sigma_nm: f64) -> f64 {
    /// Gauss–Hermite nodes of the standard normal, positive half of seven.
    const NODES: [(f64, f64); 4] = [
        (0.0, 0.457_142_857_142_857),
        (1.154_405_394_739_968, 2.0 * 0.240_123_178_605_013),
        (2.366_759_410_734_541, 2.0 * 0.030_757_123_967_586),
        (3.750_439_717_725_742, 2.0 * 0.000_548_268_855_972),
    ];
    let width_sigma = SQRT_2 * sigma_nm * segment_average(job.segment_nm, job.blur_nm).sqrt();
    let lows = doses.map(|d| d.0);
    let highs = doses.map(|d| d.1);
    let mut risk = 0.0;
    for (node, weight) in NODES {
        let at = node * job.focus_sigma_nm / step_nm;
        let (low, high) = (interpolate(&lows, at), interpolate(&highs, at));
        let latitude = high - low;
        if latitude < 1e-6 {
            risk += weight;
            continue;
        }
        let from_width = width_sigma * latitude / (0.2 * job.cd_nm);
        let sigma = job.dose_sigma.hypot(from_width).max(1e-9);
        risk += weight * (upper_tail((high - 1.0) / sigma) + upper_tail((1.0 - low) / sigma));
    }
    risk.clamp(0.0, 1.0)
}

/// Share of the variance that is left when an edge with correlation `exp(-(z / 2 s)^2)` is averaged
/// over `length`.
fn segment_average(length: f64, s: f64) -> f64 {
    if s <= 0.0 {
        return 0.0;
    }
    let r = length / (2.0 * s);
    let erf = 1.0 - 2.0 * upper_tail(r * SQRT_2);
    (PI.sqrt() * erf / r - (1.0 - (-r * r).exp()) / (r * r)).clamp(0.0, 1.0)
}

/// Probability that a standard normal exceeds `z` (Abramowitz and Stegun 26.2.17, error below 7.5e-8).
fn upper_tail(z: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.231_641_9 * z.abs());
    let poly = t
        * (0.319_381_530
            + t * (-0.356_563_782
                + t * (1.781_477_937 + t * (-1.821_255_978 + t * 1.330_274_429))));
    let tail = (-0.5 * z * z).exp() / TAU.sqrt() * poly;
    if z >= 0.0 { tail } else { 1.0 - tail }
}
