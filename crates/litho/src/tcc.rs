//! Transmission cross coefficients: how strongly each pair of diffraction orders interferes in the image.

use std::f64::consts::PI;

use crate::check::{Job, Optics};
use crate::complex::Complex;
use crate::job::Polarization;
use crate::quadrature::{Node, Rule, gauss_legendre, region_nodes};
use crate::source::{Disc, Source};

/// Equally spaced distances from best focus, in nm: start, start + step, ...
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FocusGrid {
    /// First focus.
    pub start_nm: f64,
    /// Distance between two.
    pub step_nm: f64,
    /// How many, at least 1.
    pub count: usize,
}

impl FocusGrid {
    /// One focus alone.
    #[must_use]
    pub fn at(focus_nm: f64) -> Self {
        Self { start_nm: focus_nm, step_nm: 0.0, count: 1 }
    }

    /// The i-th focus.
    #[must_use]
    pub fn focus_nm(&self, i: usize) -> f64 {
        self.start_nm + self.step_nm * i as f64
    }

    fn farthest_nm(&self) -> f64 {
        self.start_nm.abs().max(self.focus_nm(self.count - 1).abs())
    }
}

/// The coefficient of one pair of orders at each focus of a grid.
pub(crate) struct Pair {
    pub n: i32,
    pub m: i32,
    pub at_focus: Vec<Complex>,
}

/// All coefficients of a job's optics and pitch; the mask's amplitudes are not in them.
///
/// # Formula
///
/// T(n, m; f) = 1/A ∫ S(s) P(s + n v) P(s + m v) e_n·e_m <exp(i (phi_n - phi_m)(f + z))>_z d²s with v = lambda/(period NA),
/// phi_n = 2 pi/lambda sqrt(n_medium² - NA² |s + n v|²) (the exact defocus phase), e_n the field's direction after the lens
/// (1 if scalar), and <>_z the three-point Gauss-Legendre mean over z = ±thickness/(2 n_resist).
/// No obliquity or radiometric factor.
pub(crate) struct Tcc {
    pub grid: FocusGrid,
    pub pairs: Vec<Pair>,
}

/// Nodes along x and y of each piece of a region, before the phase asks for more: within 1e-10 of many more nodes.
const NODES: (usize, usize) = (28, 14);

/// Amplitude of orders that touch the rim of the pupil: they pass.
const RIM: f64 = 1.0 + 1e-12;

impl Tcc {
    pub fn new(job: &Job, grid: FocusGrid) -> Self {
        Self::with_nodes(job, grid, NODES)
    }

    /// As [`Self::new`], with a given number of nodes: the convergence test doubles it.
    pub fn with_nodes(job: &Job, grid: FocusGrid, nodes: (usize, usize)) -> Self {
        let kernel = Kernel::new(job);
        let spacing = kernel.spacing;
        let last = ((1.0 + job.source.reach()) / spacing + 1e-9).floor() as i32;
        let depth = grid.farthest_nm() + job.resist.thickness_nm / (2.0 * job.resist.index);
        let extra = (kernel.greatest_rate() * depth / 2.0).ceil() as usize;
        let rules = (gauss_legendre(nodes.0 + extra), gauss_legendre(nodes.1 + extra / 2));
        let mirrored = job.source.is_mirrored();
        let mut pairs: Vec<Pair> = Vec::new();
        for n in -last..=last {
            for m in -last..=n {
                if f64::from(n - m) * spacing > 2.0 * RIM {
                    continue;
                }
                if mirrored && n + m < 0 {
                    // T(-m, -n) is the conjugate of T(n, m) for a source that is its own mirror image.
                    continue;
                }
                let at_focus = kernel.coefficient(&job.source, n, m, grid, (&rules.0, &rules.1));
                if at_focus.iter().all(|c| *c == Complex::ZERO) {
                    continue;
                }
                if mirrored && n + m > 0 {
                    let conjugate = at_focus.iter().map(|c| c.conj()).collect();
                    pairs.push(Pair { n: -m, m: -n, at_focus: conjugate });
                }
                pairs.push(Pair { n, m, at_focus });
            }
        }
        Self { grid, pairs }
    }
}

/// What the integrand needs to know of the optics.
struct Kernel {
    optics: Optics,
    spacing: f64,
    resist_node_nm: f64,
}

impl Kernel {
    fn new(job: &Job) -> Self {
        let period = job.mask.period_nm(job.pitch_nm);
        Self {
            optics: job.optics,
            spacing: job.optics.wavelength_nm / (period * job.optics.na),
            resist_node_nm: 0.6_f64.sqrt() * job.resist.thickness_nm / (2.0 * job.resist.index),
        }
    }

    /// Phase in rad per nm of defocus between the axis and the rim.
    fn greatest_rate(&self) -> f64 {
        let o = &self.optics;
        let n = o.medium_index;
        2.0 * PI / o.wavelength_nm * (n - (n * n - o.na * o.na).max(0.0).sqrt())
    }

    /// T(n, m) at each focus.
    fn coefficient(
        &self,
        source: &Source,
        n: i32,
        m: i32,
        grid: FocusGrid,
        rules: (&Rule, &Rule),
    ) -> Vec<Complex> {
        let (a, b) = (f64::from(n) * self.spacing, f64::from(m) * self.spacing);
        let mut nodes = Vec::new();
        if let Source::Point { source_x: x, source_y: y } = *source {
            if (x + a).hypot(y) <= RIM && (x + b).hypot(y) <= RIM {
                nodes.push(Node { x, y, weight: 1.0 });
            }
        } else {
            let pupil = |shift: f64| Disc { center: -shift, radius: 1.0 };
            let (pupils, count) = ([pupil(a), pupil(b)], if n == m { 1 } else { 2 });
            let mut area = 0.0;
            for patch in source.patches() {
                let radius = (patch.outer.radius, patch.hole.map_or(0.0, |h| h.radius));
                area += PI * (radius.0 - radius.1) * (radius.0 + radius.1);
                region_nodes(patch, &pupils[..count], rules, &mut nodes);
            }
            nodes.iter_mut().for_each(|node| node.weight /= area);
        }
        let mut sums = vec![Lanes::default(); grid.count];
        for block in nodes.chunks(LANES) {
            self.add_block(block, (a, b), grid, &mut sums);
        }
        let total = |s: &Lanes| Complex { re: s.re.iter().sum(), im: s.im.iter().sum() };
        sums.iter().map(total).collect()
    }

    /// Add a block of nodes at every focus: one turn of the phase is found per node, the others follow by multiplying.
    fn add_block(&self, block: &[Node], (a, b): (f64, f64), grid: FocusGrid, sums: &mut [Lanes]) {
        let (mut wave, mut turn) = (Lanes::default(), Lanes::default());
        for (i, node) in block.iter().enumerate() {
            let (rate, overlap) = self.integrand(node, a, b);
            let mut weight = node.weight * overlap;
            if self.resist_node_nm > 0.0 {
                weight *= (4.0 + 5.0 * (rate * self.resist_node_nm).cos()) / 9.0;
            }
            wave.set(i, phase(rate * grid.start_nm).scale(weight));
            turn.set(i, phase(rate * grid.step_nm));
        }
        for sum in sums {
            for i in 0..LANES {
                sum.re[i] += wave.re[i];
                sum.im[i] += wave.im[i];
                let next = wave.re[i] * turn.re[i] - wave.im[i] * turn.im[i];
                wave.im[i] = wave.re[i] * turn.im[i] + wave.im[i] * turn.re[i];
                wave.re[i] = next;
            }
        }
    }

    /// Phase per nm of defocus between the two orders, and how far their fields are parallel.
    fn integrand(&self, node: &Node, a: f64, b: f64) -> (f64, f64) {
        let o = &self.optics;
        let (p, q) = (node.x + a, node.x + b);
        let n2 = o.medium_index * o.medium_index;
        let squared = |x: f64| o.na * o.na * (x * x + node.y * node.y);
        let (root_a, root_b) =
            ((n2 - squared(p)).max(0.0).sqrt(), (n2 - squared(q)).max(0.0).sqrt());
        // The difference of the roots, without cancellation.
        let rate = 2.0 * PI / o.wavelength_nm * o.na * o.na * (q - p) * (q + p) / (root_a + root_b);
        let overlap = o.vector.map_or(1.0, |polarization| {
            let s = o.na / o.medium_index;
            let ray = |x: f64, root: f64| [s * x, s * node.y, root / o.medium_index];
            overlap(polarization, ray(p, root_a), ray(q, root_b))
        });
        (rate, overlap)
    }
}

/// exp(i angle), at no cost for the angle of best focus.
fn phase(angle: f64) -> Complex {
    if angle == 0.0 { Complex::real(1.0) } else { Complex::turn(angle) }
}

/// Nodes that are turned from focus to focus together, each with a sum of its own: the compiler needs no leave to reorder.
const LANES: usize = 8;

/// One complex number a lane, parts apart, as vector instructions take them.
#[derive(Clone, Copy, Default)]
struct Lanes {
    re: [f64; LANES],
    im: [f64; LANES],
}

impl Lanes {
    fn set(&mut self, i: usize, value: Complex) {
        (self.re[i], self.im[i]) = (value.re, value.im);
    }
}

/// Scalar product of the fields that two orders bring to the image, for light of one polarization at the pupil.
///
/// Refraction turns the field with the ray: a pupil field along x becomes (1 - α²/(1+γ), -αβ/(1+γ), -α) for direction
/// cosines (α, β, γ), and one along y (-αβ/(1+γ), 1 - β²/(1+γ), -β) (Mansuripur 1986; Flagello, Milster and Rosenbluth 1996).
fn overlap(polarization: Polarization, a: [f64; 3], b: [f64; 3]) -> f64 {
    let along_x = |r: [f64; 3]| {
        let f = 1.0 / (1.0 + r[2]);
        [1.0 - r[0] * r[0] * f, -r[0] * r[1] * f, -r[0]]
    };
    let along_y = |r: [f64; 3]| {
        let f = 1.0 / (1.0 + r[2]);
        [-r[0] * r[1] * f, 1.0 - r[1] * r[1] * f, -r[1]]
    };
    let dot = |u: [f64; 3], v: [f64; 3]| u[0] * v[0] + u[1] * v[1] + u[2] * v[2];
    let tm = || dot(along_x(a), along_x(b));
    let te = || dot(along_y(a), along_y(b));
    match polarization {
        Polarization::Unpolarized => 0.5 * (tm() + te()),
        Polarization::Te => te(),
        Polarization::Tm => tm(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::JobParameters;
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
        let pitch = uniform(rng, 0.55, 5.0) * wavelength / na;
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

    #[test]
    fn the_source_integral_has_converged() {
        let mut rng = ChaCha8Rng::seed_from_u64(6);
        let mut worst = 0.0_f64;
        for _ in 0..60 {
            let job = random_job(&mut rng);
            let unit = job.optics.wavelength_nm / job.optics.na.powi(2);
            let grid = FocusGrid { start_nm: 0.0, step_nm: 0.75 * unit, count: 3 };
            let usual = Tcc::new(&job, grid);
            let fine = Tcc::with_nodes(&job, grid, (60, 40));
            assert_eq!(usual.pairs.len(), fine.pairs.len());
            for (a, b) in usual.pairs.iter().zip(&fine.pairs) {
                for (u, v) in a.at_focus.iter().zip(&b.at_focus) {
                    worst = worst.max((u.re - v.re).hypot(u.im - v.im));
                }
            }
        }
        assert!(worst < 1e-9, "changes by {worst:e} with four times the nodes");
    }
}
