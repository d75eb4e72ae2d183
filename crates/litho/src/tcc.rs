//! Transmission cross coefficients: how strongly each pair of diffraction orders interferes in the image.

use crate::check::Job;
use crate::kernel::{Kernel, RIM};
use crate::quadrature::Nodes;

/// The coefficient of one pair of orders, through focus.
pub(crate) struct Pair {
    pub n: i32,
    pub m: i32,
    /// Moments M_j of the coefficient's Chebyshev series in the phase; their number depends on the
    /// depth.
    pub moments: Vec<f64>,
}

/// All coefficients for a job's optics and pitch. They do not contain the mask's amplitudes, but
/// pairs of orders that the mask does not have are left out.
///
/// # Formula
///
/// T(n, m; f) = 1/A ∫ S(s) P(s + n v) P(s + m v) e_n·e_m exp(i (phi_n - phi_m) f) d²s with v = lambda/(period NA),
/// phi_n = 2 pi/lambda sqrt(n_medium² - NA² |s + n v|²) (the exact defocus phase), e_n the field's direction after the lens
/// (1 if scalar). No obliquity or radiometric factor.
///
/// |phi_n - phi_m| never exceeds R, the difference between axis and rim. So with t = (phi_n - phi_m)/R the wave is
/// exp(i R f t) = Σ_j i^j c_j(R f) T_j(t), T_j the Chebyshev polynomials, and T(n, m; f) = Σ_j i^j c_j(R f) M_j with real
/// moments M_j = 1/A ∫ S P P e_n·e_m T_j(t) d²s that hold for every focus.
pub(crate) struct Tcc {
    /// R, in rad per nm of defocus.
    pub rate: f64,
    /// Accuracy of the moments.
    pub tolerance: f64,
    pub pairs: Vec<Pair>,
}

/// Tolerance of the computed physics.
pub(crate) const TOLERANCE: f64 = 1e-13;

impl Tcc {
    /// Computes the coefficients for every focus up to `farthest_nm` from best focus, each within a
    /// few hundred times `tolerance`.
    pub fn new(job: &Job, farthest_nm: f64, tolerance: f64) -> Self {
        let depth_nm = farthest_nm.abs() + job.resist.node_nm();
        let kernel = Kernel::new(job, depth_nm, tolerance);
        let last = ((1.0 + job.source.reach()) / kernel.spacing + 1e-9).floor() as i32;
        let mirrored = job.source.is_mirrored();
        let orders: Vec<i32> = (-last..=last).filter(|&n| job.has_order(n)).collect();
        let mut pairs: Vec<Pair> = Vec::new();
        let mut nodes = Nodes::default();
        for (i, &n) in orders.iter().enumerate() {
            for &m in &orders[..=i] {
                if f64::from(n - m) * kernel.spacing > 2.0 * RIM {
                    continue;
                }
                if mirrored && n + m < 0 {
                    // T(-m, -n) is the conjugate of T(n, m) for a source that is symmetric about x
                    // = 0.
                    continue;
                }
                kernel.lit_by_both(&job.source, (n, m), &mut nodes);
                if nodes.is_empty() {
                    continue;
                }
                let moments = kernel.moments(&mut nodes, (n, m));
                if mirrored && n + m > 0 {
                    let sign = |j: usize| if j % 2 == 1 { -1.0 } else { 1.0 };
                    let conjugate =
                        moments.iter().enumerate().map(|(j, value)| sign(j) * value).collect();
                    pairs.push(Pair { n: -m, m: -n, moments: conjugate });
                }
                pairs.push(Pair { n, m, moments });
            }
        }
        Self { rate: kernel.greatest_rate, tolerance, pairs }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::JobParameters;
    use crate::chebyshev::wave;
    use crate::job::SourceKind;
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::{Rng, SeedableRng};

    fn uniform(rng: &mut ChaCha8Rng, low: f64, high: f64) -> f64 {
        low + (high - low) * (rng.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A random job of any kind of source, from dense lines to ones ten times the resolution.
    fn random_job(rng: &mut ChaCha8Rng) -> Job {
        let (wavelength, na) =
            [(13.5, 0.33), (13.5, 0.55), (193.0, 0.93), (193.0, 1.35), (248.0, 0.7)]
                [(rng.next_u64() % 5) as usize];
        let pitch = uniform(rng, 0.55, 7.0) * wavelength / na;
        let mut p = JobParameters::new(wavelength, na, pitch, uniform(rng, 0.3, 0.6) * pitch);
        match rng.next_u64() % 3 {
            0 => p.sigma = Some(uniform(rng, 0.05, 1.0)),
            1 => {
                p.sigma_out = Some(uniform(rng, 0.3, 1.0));
                p.sigma_in = p.sigma_out.map(|out| uniform(rng, 0.05, out - 0.05));
            }
            _ => {
                p.source = Some(SourceKind::Dipole);
                p.pole_center = Some(uniform(rng, 0.3, 0.8));
                p.pole_radius = p.pole_center.map(|c| uniform(rng, 0.05, c.min(1.0 - c)));
            }
        }
        p.resist_thickness_nm = uniform(rng, 0.0, 0.3) * wavelength;
        p.check().expect("a sound job")
    }

    /// A coefficient at one focus.
    fn at(pair: &Pair, wave: &[f64]) -> (f64, f64) {
        let mut value = [0.0; 4];
        for (j, (moment, c)) in pair.moments.iter().zip(wave).enumerate() {
            value[j % 4] += moment * c;
        }
        (value[0] - value[2], value[1] - value[3])
    }

    #[test]
    fn the_source_integral_has_converged() {
        let mut rng = ChaCha8Rng::seed_from_u64(6);
        let mut worst = 0.0_f64;
        for _ in 0..60 {
            let job = random_job(&mut rng);
            let unit = job.optics.wavelength_nm / job.optics.na.powi(2);
            let usual = Tcc::new(&job, 1.5 * unit, TOLERANCE);
            let fine = Tcc::new(&job, 1.5 * unit, TOLERANCE.powi(3));
            assert_eq!(usual.pairs.len(), fine.pairs.len());
            for focus_nm in [0.0, 0.75 * unit, 1.5 * unit] {
                let wave = wave(usual.rate * focus_nm, 1e-16);
                for (a, b) in usual.pairs.iter().zip(&fine.pairs) {
                    let (u, v) = (at(a, &wave), at(b, &wave));
                    worst = worst.max((u.0 - v.0).hypot(u.1 - v.1));
                }
            }
        }
        assert!(worst < 1e-10, "changes by {worst:e} with three times the digits");
    }
}
