//! Closed solutions for a constant diffusivity: predeposition, drive-in, two-step and implant anneal.
//!
//! Depths in um, times in s, diffusivities in cm2/s, doses in cm-2, concentrations in cm-3.
//! They hold for intrinsic silicon (doping well below ni) and an inert surface.

use statrs::function::erf::{erfc, erfc_inv};

use crate::constants::UM_PER_CM;

/// Constant-source predeposition: `C = Cs erfc(x / 2 sqrt(Dt))`.
///
/// # Formula
/// Solution of Fick's second law on the half space with `C(0, t) = Cs`; dose `2 Cs sqrt(Dt/pi)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Predeposition {
    /// Surface concentration, cm-3.
    pub surface_cm3: f64,
    /// Diffusivity times time, cm2.
    pub dt_cm2: f64,
}

impl Predeposition {
    /// Concentration at a depth, cm-3.
    pub fn conc_cm3(&self, depth_um: f64) -> f64 {
        self.surface_cm3 * erfc(depth_um / self.length_um())
    }

    /// Concentrations at many depths, without allocation beyond the result.
    pub fn profile(&self, depths_um: &[f64]) -> Vec<f64> {
        let scale = self.length_um().recip();
        depths_um.iter().map(|x| self.surface_cm3 * erfc(x * scale)).collect()
    }

    /// Dose, cm-2.
    pub fn dose_cm2(&self) -> f64 {
        2.0 * self.surface_cm3 * (self.dt_cm2 / std::f64::consts::PI).sqrt()
    }

    /// Depth at which the concentration falls to `background_cm3`; `None` when the surface is below it.
    pub fn junction_um(&self, background_cm3: f64) -> Option<f64> {
        (background_cm3 > 0.0 && background_cm3 < self.surface_cm3)
            .then(|| self.length_um() * erfc_inv(background_cm3 / self.surface_cm3))
    }

    /// `2 sqrt(Dt)`, um.
    pub fn length_um(&self) -> f64 {
        2.0 * self.dt_cm2.sqrt() * UM_PER_CM
    }
}

/// Limited-source drive-in of a sheet at the surface: `C = Q/sqrt(pi Dt) exp(-x^2/4Dt)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DriveIn {
    /// Dose, cm-2.
    pub dose_cm2: f64,
    /// Diffusivity times time, cm2.
    pub dt_cm2: f64,
}

impl DriveIn {
    /// Concentration at the surface, cm-3.
    pub fn surface_cm3(&self) -> f64 {
        self.dose_cm2 / (std::f64::consts::PI * self.dt_cm2).sqrt()
    }

    /// Concentration at a depth, cm-3.
    pub fn conc_cm3(&self, depth_um: f64) -> f64 {
        let x = depth_um / UM_PER_CM;
        self.surface_cm3() * (-x * x / (4.0 * self.dt_cm2)).exp()
    }

    /// Depth at which the concentration falls to `background_cm3`; `None` when the surface is below it.
    pub fn junction_um(&self, background_cm3: f64) -> Option<f64> {
        let surface = self.surface_cm3();
        (background_cm3 > 0.0 && background_cm3 < surface)
            .then(|| 2.0 * (self.dt_cm2 * (surface / background_cm3).ln()).sqrt() * UM_PER_CM)
    }
}

/// Predeposition followed by a drive-in with an inert surface, without the Gaussian approximation.
///
/// # Formula
/// Smith's integral `C(x) = (2 C0/pi) integral_0^a exp(-b (1 + y^2)) / (1 + y^2) dy`, where
/// `a = sqrt(D1t1/D2t2)` and `b = x^2 / (4 (D1t1 + D2t2))`. At the surface: `(2 C0/pi) atan(a)`.
/// (R. C. T. Smith, Austral. J. Phys. 6, 127, 1953.)
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TwoStep {
    /// Surface concentration of the predeposition, cm-3.
    pub surface_cm3: f64,
    /// Diffusivity times time of the predeposition, cm2.
    pub predep_dt_cm2: f64,
    /// Diffusivity times time of the drive-in, cm2.
    pub drive_dt_cm2: f64,
}

impl TwoStep {
    /// Concentration at a depth, cm-3.
    pub fn conc_cm3(&self, depth_um: f64) -> f64 {
        let x = depth_um / UM_PER_CM;
        let b = x * x / (4.0 * (self.predep_dt_cm2 + self.drive_dt_cm2));
        // With y = tan(phi) the integrand is exp(-b / cos^2 phi) on a finite interval.
        let phi_end = (self.predep_dt_cm2 / self.drive_dt_cm2).sqrt().atan();
        let integral = gauss_legendre(0.0, phi_end, 24, |phi: f64| {
            let cos = phi.cos();
            (-b / (cos * cos)).exp()
        });
        2.0 * self.surface_cm3 / std::f64::consts::PI * integral
    }

    /// Dose, that of the predeposition, cm-2.
    pub fn dose_cm2(&self) -> f64 {
        Predeposition { surface_cm3: self.surface_cm3, dt_cm2: self.predep_dt_cm2 }.dose_cm2()
    }

    /// Approximates the predeposition by a sheet of the same dose at the surface, the usual
    /// Gaussian drive-in.
    pub fn gaussian(&self) -> DriveIn {
        DriveIn { dose_cm2: self.dose_cm2(), dt_cm2: self.drive_dt_cm2 }
    }

    /// Depth at which the concentration falls to `background_cm3`; `None` when the surface is below it.
    pub fn junction_um(&self, background_cm3: f64) -> Option<f64> {
        let reach = 2.0 * (self.predep_dt_cm2 + self.drive_dt_cm2).sqrt() * UM_PER_CM;
        falling_crossing(|x| self.conc_cm3(x), background_cm3, reach)
    }
}

/// Annealed Gaussian implant under an inert surface.
///
/// # Formula
/// The Gaussian `N(Rp, dRp)` cut at the surface, diffused with `sigma^2 = dRp^2 + 2Dt` and its mirror
/// image: each half is `G(x -+ Rp) (1 + erf(.)) / 2`; the dose retained is `Q (1 + erf(Rp/sqrt2 dRp))/2`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GaussianImplant {
    /// Dose that arrives, cm-2; what would lie in front of the surface is lost.
    pub dose_cm2: f64,
    /// Projected range, um.
    pub rp_um: f64,
    /// Projected straggle, um.
    pub drp_um: f64,
    /// Diffusivity times time of the anneal, cm2; 0 as implanted.
    pub dt_cm2: f64,
}

impl GaussianImplant {
    /// Concentration at a depth, cm-3.
    pub fn conc_cm3(&self, depth_um: f64) -> f64 {
        let (rp, s) = (self.rp_um, self.drp_um);
        let spread = 2.0 * self.dt_cm2 * UM_PER_CM * UM_PER_CM;
        let variance = s * s + spread;
        let peak = self.dose_cm2 * UM_PER_CM / (2.0 * std::f64::consts::PI * variance).sqrt();
        let image = |x: f64| {
            // Share of the source that lies in the silicon, as weighted at the depth x.
            let cut = if spread == 0.0 {
                if x >= 0.0 { 1.0 } else { 0.0 }
            } else {
                0.5 * erfc(-(rp * spread + x * s * s) / (s * (2.0 * variance * spread).sqrt()))
            };
            peak * (-(x - rp) * (x - rp) / (2.0 * variance)).exp() * cut
        };
        if spread == 0.0 { image(depth_um) } else { image(depth_um) + image(-depth_um) }
    }

    /// Dose that stays in the silicon, cm-2.
    pub fn retained_dose_cm2(&self) -> f64 {
        self.dose_cm2 * 0.5 * erfc(-self.rp_um / (std::f64::consts::SQRT_2 * self.drp_um))
    }

    /// Deepest depth at which the concentration falls to `background_cm3`.
    pub fn junction_um(&self, background_cm3: f64) -> Option<f64> {
        let deepest_peak = self.rp_um.max(0.0);
        if self.conc_cm3(deepest_peak) <= background_cm3 {
            return None;
        }
        let reach = self.drp_um + 2.0 * self.dt_cm2.sqrt() * UM_PER_CM;
        falling_crossing(|x| self.conc_cm3(deepest_peak + x), background_cm3, reach)
            .map(|x| x + deepest_peak)
    }
}

/// Finds the argument at which a function, falling for positive arguments, passes `level`; `scale`
/// is a typical length of the function.
fn falling_crossing(f: impl Fn(f64) -> f64, level: f64, scale: f64) -> Option<f64> {
    if level.is_nan() || level <= 0.0 || f(0.0) <= level {
        return None;
    }
    let (mut low, mut high) = (0.0, scale);
    while f(high) > level {
        (low, high) = (high, 2.0 * high);
    }
    for _ in 0..200 {
        let mid = 0.5 * (low + high);
        if mid <= low || mid >= high {
            break;
        }
        if f(mid) > level { low = mid } else { high = mid }
    }
    Some(0.5 * (low + high))
}

/// Composite five-point Gauss-Legendre rule on `panels` equal panels.
pub(crate) fn gauss_legendre(from: f64, to: f64, panels: usize, f: impl Fn(f64) -> f64) -> f64 {
    const NODES: [f64; 3] = [0.0, 0.538_469_310_105_683_1, 0.906_179_845_938_664];
    const WEIGHTS: [f64; 3] =
        [0.568_888_888_888_888_9, 0.478_628_670_499_366_47, 0.236_926_885_056_189_08];
    let half = 0.5 * (to - from) / panels as f64;
    (0..panels)
        .map(|panel| {
            let mid = from + (2 * panel + 1) as f64 * half;
            let pair = |k: usize| f(mid - half * NODES[k]) + f(mid + half * NODES[k]);
            half * (WEIGHTS[0] * f(mid) + WEIGHTS[1] * pair(1) + WEIGHTS[2] * pair(2))
        })
        .sum()
}

/// Thermal budget `integral D dt` of an intrinsic diffusivity `d0 exp(-ea/kT)` over a linear ramp, cm2.
pub fn ramp_dt_cm2(d0_cm2_s: f64, ea_ev: f64, from_c: f64, to_c: f64, time_s: f64) -> f64 {
    let panels = 1 + ((to_c - from_c).abs() / 10.0) as usize;
    gauss_legendre(0.0, 1.0, panels, |s| {
        crate::constants::arrhenius(d0_cm2_s, ea_ev, from_c + s * (to_c - from_c))
    }) * time_s
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::constants::arrhenius;

    fn close(actual: f64, expected: f64, rel: f64) {
        assert!((actual / expected - 1.0).abs() < rel, "{actual} is not {expected}");
    }

    /// Boron 1000 C 30 min, constant D: values of the analytic formula at 15 digits (scipy).
    #[test]
    fn predeposition() {
        let d = arrhenius(0.76, 3.46, 1000.0);
        close(d, 1.5288532062309314e-14, 1e-12);
        let predep = Predeposition { surface_cm3: 1e20, dt_cm2: d * 1800.0 };
        close(predep.conc_cm3(0.1), 1.7768237935259656e19, 1e-9);
        close(predep.conc_cm3(0.3), 5259713186611269.0, 1e-9);
        close(predep.dose_cm2(), 591935253932645.8, 1e-12);
        close(predep.junction_um(1e15).unwrap(), 0.32770162434717554, 1e-9);
        close(predep.junction_um(1e16).unwrap(), 0.28863555072614405, 1e-9);
        assert_eq!(predep.junction_um(2e20), None);
        assert_eq!(predep.junction_um(0.0), None);
    }

    #[test]
    fn drive_in() {
        let drive = DriveIn { dose_cm2: 1e14, dt_cm2: 1.4204108118773347e-13 * 7200.0 };
        close(drive.surface_cm3(), 1.764216301741883e18, 1e-12);
        close(drive.conc_cm3(1.0), 1.5307716515890432e17, 1e-12);
        close(drive.junction_um(1e15).unwrap(), 1.7487279171598684, 1e-12);
    }

    /// Smith's integral by scipy's adaptive quadrature at 1e-12.
    #[test]
    fn two_step() {
        let two = TwoStep {
            surface_cm3: 1e20,
            predep_dt_cm2: 7.581481300784542e-12,
            drive_dt_cm2: 5.471615913695852e-10,
        };
        close(two.dose_cm2(), 310693446983180.8, 1e-9);
        let expected = [
            (0.0, 7.459426401659237e18),
            (0.25, 5.621064970040496e18),
            (1.0, 8.06466352637785e16),
            (1.5, 281284376839168.97),
            (2.0, 102120056759.39554),
        ];
        for (x, c) in expected {
            close(two.conc_cm3(x), c, 1e-9);
        }
        close(two.gaussian().conc_cm3(1.0), 7.769499325673586e16, 1e-9);
        close(two.junction_um(1e15).unwrap(), 1.4034930158648808, 1e-9);
    }

    #[test]
    fn annealed_implant() {
        let implant = GaussianImplant {
            dose_cm2: 1e14,
            rp_um: 0.1629,
            drp_um: 0.0515,
            dt_cm2: arrhenius(0.797, 3.46, 1000.0) * 3600.0,
        };
        close(implant.conc_cm3(0.0), 2.624228404676332e18, 1e-9);
        close(implant.conc_cm3(0.1629), 3.4261083788911124e18, 1e-9);
        close(implant.conc_cm3(0.5), 6.1177957193691704e16, 1e-9);
        close(implant.junction_um(1e16).unwrap(), 0.5691751497770324, 1e-9);
        close(implant.retained_dose_cm2(), 99921952471193.23, 1e-12);
    }

    #[test]
    fn ramps_integrate() {
        close(ramp_dt_cm2(0.76, 3.46, 800.0, 1000.0, 1200.0), 3.481199327886827e-12, 1e-9);
        close(ramp_dt_cm2(0.76, 3.46, 1000.0, 800.0, 2400.0), 6.962398655773654e-12, 1e-9);
        close(ramp_dt_cm2(0.76, 3.46, 1000.0, 1000.0, 1800.0), 2.7519357712156766e-11, 1e-9);
    }
}
