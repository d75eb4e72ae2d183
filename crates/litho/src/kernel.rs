//! The integrand of a transmission coefficient, and the number of nodes needed to integrate it.

use std::f64::consts::PI;

use crate::chebyshev::terms;
use crate::check::{Job, Optics};
use crate::job::Polarization;
use crate::pole::Pole;
use crate::quadrature::{LANES, Lanes, Nodes, rule};
use crate::region::{Piece, overlap};
use crate::source::{Disc, Source};

/// Factor on the radius of pupils, so that orders exactly on the rim pass in spite of rounding.
pub(crate) const RIM: f64 = 1.0 + 1e-12;

/// The properties of the optics on which the integrand depends.
pub(crate) struct Kernel {
    optics: Optics,
    /// Distance between orders in the pupil.
    pub spacing: f64,
    /// Phase in rad per nm of defocus between the axis and the rim.
    pub greatest_rate: f64,
    /// The greatest phase at the farthest focus.
    phase: f64,
    /// Number of moments of a coefficient.
    count: usize,
    /// -ln of the tolerance.
    digits: f64,
}

impl Kernel {
    pub fn new(job: &Job, depth_nm: f64, tolerance: f64) -> Self {
        let o = job.optics;
        let n = o.medium_index;
        let greatest_rate =
            2.0 * PI / o.wavelength_nm * (n - (n * n - o.na * o.na).max(0.0).sqrt());
        let phase = greatest_rate * depth_nm;
        Self {
            optics: o,
            spacing: o.wavelength_nm / (job.mask.period_nm(job.pitch_nm) * o.na),
            greatest_rate,
            phase,
            count: terms(phase, tolerance),
            digits: -tolerance.ln(),
        }
    }

    /// Samples the part of the source whose light reaches the image through both orders. The
    /// weights sum to that part's share of the source.
    pub fn lit_by_both(&self, source: &Source, (n, m): (i32, i32), nodes: &mut Nodes) {
        nodes.clear();
        let shifts = (self.shift(n), self.shift(m));
        if let Source::Point { source_x: x, source_y: y } = *source {
            if (x + shifts.0).hypot(y) <= RIM && (x + shifts.1).hypot(y) <= RIM {
                nodes.push(x, y, 1.0);
            }
            return;
        }
        let pupil = |shift: f64| Disc { center: -shift, radius: 1.0 };
        let patches = source.patches();
        let unit = 1.0 / patches.iter().map(|p| p.area()).sum::<f64>();
        for patch in patches {
            if patch.above != 0.0 {
                let pupils = [pupil(shifts.0), pupil(shifts.1)];
                let pole = Pole { disc: patch.outer, above: patch.above, pupils };
                self.sample_pole(&pole, unit, shifts, nodes);
                continue;
            }
            // A ring is a disc minus its hole.
            let discs = [(Some(patch.outer), unit), (patch.hole, -unit)];
            for (disc, weight) in discs.into_iter().filter_map(|(d, w)| d.zip(Some(w))) {
                for piece in overlap(&[disc, pupil(shifts.0), pupil(shifts.1)]) {
                    self.sample(piece, weight, shifts, nodes);
                }
            }
        }
    }

    /// Adds nodes over a piece, which like the integrand is symmetric about the axis.
    fn sample(&self, piece: Piece, unit: f64, shifts: (f64, f64), nodes: &mut Nodes) {
        let Piece { arc, angle: (from, to) } = piece;
        let (along_x, along_y) = self.nodes_needed(piece, shifts);
        let (middle, half) = (f64::midpoint(from, to), 0.5 * (to - from));
        // The upper half of a rule for the whole height.
        let upper = &rule(2 * along_y)[along_y..];
        for &(u, weight_x) in rule(along_x) {
            let (sine, cosine) = (middle + half * u).sin_cos();
            let (x, top) = (arc.center + arc.radius * sine, arc.radius * cosine);
            let weight = 2.0 * unit * weight_x * half * top * top;
            for &(v, weight_y) in upper {
                nodes.push(x, top * v, weight * weight_y);
            }
        }
    }

    /// Adds nodes over a disc off the axis. With x = middle + half sin(pi t/2), an edge that
    /// becomes vertical at a strip's end is smooth in t.
    fn sample_pole(&self, pole: &Pole, unit: f64, shifts: (f64, f64), nodes: &mut Nodes) {
        for strip in pole.strips() {
            let (middle, half) =
                (f64::midpoint(strip.from, strip.to), 0.5 * (strip.to - strip.from));
            let swing = self.swing(pole, (strip.from, middle, strip.to), shifts);
            // A strip's edges are smooth within the ellipse whose half axes sum to about 2.6 (see `Pole::strips`).
            let count = nodes_for(self.digits, swing);
            for &(t, weight_x) in rule(count) {
                let (sine, cosine) = (PI / 2.0 * t).sin_cos();
                let x = middle + half * sine;
                let (bottom, top) = pole.edges(x);
                let height = 0.5 * (top - bottom);
                let weight = unit * weight_x * PI / 2.0 * half * cosine * height;
                for &(v, weight_y) in rule(count) {
                    nodes.push(x, f64::midpoint(bottom, top) + height * v, weight * weight_y);
                }
            }
        }
    }

    /// Change of the phase over a strip at the farthest focus.
    fn swing(&self, pole: &Pole, along: (f64, f64, f64), shifts: (f64, f64)) -> f64 {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for x in [along.0, along.1, along.2] {
            let (bottom, top) = pole.edges(x);
            for y in [bottom, f64::midpoint(bottom, top), top] {
                let turn = self.turn(x, y, shifts);
                (low, high) = (low.min(turn), high.max(turn));
            }
        }
        self.phase * (high - low)
    }

    /// Number of nodes that a piece needs along x, and along y above the axis.
    ///
    /// The integrand is singular on the circle |s + n v| = n_medium/NA, where the order's ray
    /// grazes the wafer, and oscillates with the phase at the farthest focus.
    fn nodes_needed(&self, piece: Piece, (a, b): (f64, f64)) -> (usize, usize) {
        let Piece { arc, angle: (from, to) } = piece;
        let (middle, half) = (f64::midpoint(from, to), 0.5 * (to - from));
        // Away from the real interval the area element grows as exp(2 half |Im|), and a change of
        // the phase along x as a sine.
        let growth_x = |rho: f64, swing: f64| {
            let far = half * (rho - 1.0 / rho) / 2.0;
            2.0 * far + 0.5 * swing * far.sinh() / half.sin()
        };
        if a == b || (self.phase == 0.0 && self.optics.vector.is_none()) {
            return (nodes(self.digits, f64::INFINITY, |rho| growth_x(rho, 0.0)), 1);
        }
        let graze = self.optics.medium_index / self.optics.na;
        let mut rho_x = f64::INFINITY;
        let mut consider = |sine: f64| {
            // The angle with that sine, complex if the sine is beyond 1.
            let (re, im) = if sine.abs() <= 1.0 {
                (sine.asin(), 0.0)
            } else {
                (PI / 2.0 * sine.signum(), sine.abs().acosh())
            };
            let (re, im) = ((re - middle) / half, im / half);
            rho_x = rho_x.min(ellipse(0.5 * ((re - 1.0).hypot(im) + (re + 1.0).hypot(im))));
        };
        for shift in [a, b] {
            let from_order = arc.center + shift;
            consider((graze - from_order) / arc.radius);
            consider((-graze - from_order) / arc.radius);
            if from_order != 0.0 {
                let excess = graze * graze - arc.radius * arc.radius - from_order * from_order;
                consider(excess / (2.0 * arc.radius * from_order));
            }
        }
        let mut rho_y = f64::INFINITY;
        let (mut low, mut high, mut swing_y) = (f64::INFINITY, f64::NEG_INFINITY, 0.0_f64);
        for angle in [from, middle, to] {
            let (sine, cosine) = angle.sin_cos();
            let (x, top) = (arc.center + arc.radius * sine, arc.radius * cosine);
            for shift in [a, b] {
                let singular = (graze * graze - (x + shift) * (x + shift)).max(0.0).sqrt();
                rho_y = rho_y.min(ellipse(singular / top.max(1e-9)));
            }
            let (axis, edge) = (self.turn(x, 0.0, (a, b)), self.turn(x, top, (a, b)));
            (low, high) = (low.min(axis).min(edge), high.max(axis).max(edge));
            swing_y = swing_y.max(self.phase * (axis - edge).abs());
        }
        let swing_x = self.phase * (high - low);
        let along_x = nodes(self.digits, rho_x, |rho| growth_x(rho, swing_x));
        // Along y the phase is quadratic.
        let both = nodes(self.digits, rho_y, |rho| swing_y * (rho * rho - 1.0 / (rho * rho)) / 4.0);
        (along_x, both.div_ceil(2))
    }

    /// Computes the moments over the nodes.
    pub fn moments(&self, nodes: &mut Nodes, (n, m): (i32, i32)) -> Vec<f64> {
        let shifts = (self.shift(n), self.shift(m));
        let mut sums = vec![[0.0; LANES]; self.count];
        for (x, y, weight) in nodes.blocks() {
            let (turn, mut wave) = self.integrand(x, y, weight, shifts);
            // T_{j+1} = 2 t T_j - T_{j-1}, with the weights in them.
            let mut before: Lanes = std::array::from_fn(|i| turn[i] * wave[i]);
            for sum in &mut sums {
                for i in 0..LANES {
                    sum[i] += wave[i];
                    let next = 2.0 * turn[i] * wave[i] - before[i];
                    before[i] = wave[i];
                    wave[i] = next;
                }
            }
        }
        sums.iter().map(|lanes| lanes.iter().sum()).collect()
    }

    /// The phase between the two orders in units of the greatest, and the weights multiplied by the
    /// scalar product of the orders' fields.
    ///
    /// Refraction turns the field with the ray: a pupil field along x becomes (1 - α²/(1+γ), -αβ/(1+γ), -α) for direction
    /// cosines (α, β, γ), and one along y (-αβ/(1+γ), 1 - β²/(1+γ), -β) (Mansuripur 1986; Flagello, Milster and Rosenbluth
    /// 1996). Both orders have the same β.
    fn integrand(
        &self,
        x: &Lanes,
        y: &Lanes,
        weight: &Lanes,
        shifts: (f64, f64),
    ) -> (Lanes, Lanes) {
        let o = &self.optics;
        let index = o.medium_index;
        let (n2, na2) = (index * index, o.na * o.na);
        let (a, b) = shifts;
        let unit = self.turn_unit(shifts);
        let along = o.vector.map(|polarization| match polarization {
            Polarization::Unpolarized => (0.5, 0.5),
            Polarization::Te => (0.0, 1.0),
            Polarization::Tm => (1.0, 0.0),
        });
        let (mut turn, mut overlap) = ([0.0; LANES], *weight);
        for i in 0..LANES {
            let (p, q, y2) = (x[i] + a, x[i] + b, y[i] * y[i]);
            let root_p = (n2 - na2 * (p * p + y2)).max(0.0).sqrt();
            let root_q = (n2 - na2 * (q * q + y2)).max(0.0).sqrt();
            turn[i] = unit * (p + q) / (root_p + root_q);
            if let Some((along_x, along_y)) = along {
                // 1/(1+γ) = n/(n + root); the direction cosines are NA/n times the pupil's
                // coordinates.
                let (f, g) = (index / (index + root_p), index / (index + root_q));
                let (pp, qq, pq, yy) =
                    (na2 / n2 * p * p, na2 / n2 * q * q, na2 / n2 * p * q, na2 / n2 * y2);
                let crossed = pq * yy * f * g;
                let tm = (1.0 - pp * f) * (1.0 - qq * g) + crossed + pq;
                let te = (1.0 - yy * f) * (1.0 - yy * g) + crossed + yy;
                overlap[i] *= along_x * tm + along_y * te;
            }
        }
        (turn, overlap)
    }

    /// The phase between two orders in units of the greatest, at one point.
    fn turn(&self, x: f64, y: f64, (a, b): (f64, f64)) -> f64 {
        let (n2, na2) = (self.optics.medium_index.powi(2), self.optics.na.powi(2));
        let root = |p: f64| (n2 - na2 * (p * p + y * y)).max(0.0).sqrt();
        let (p, q) = (x + a, x + b);
        self.turn_unit((a, b)) * (p + q) / (root(p) + root(q))
    }

    /// The factor in [`Self::turn`] that does not depend on the point. Without cancellation the
    /// difference of the roots is NA² (q - p)(q + p) over their sum; this is all of it but q + p
    /// and the sum.
    fn turn_unit(&self, (a, b): (f64, f64)) -> f64 {
        2.0 * PI / self.optics.wavelength_nm * self.optics.na.powi(2) * (b - a) / self.greatest_rate
    }

    fn shift(&self, order: i32) -> f64 {
        f64::from(order) * self.spacing
    }
}

/// Number of nodes in each direction for a strip of a pole over which the phase changes by `swing`.
fn nodes_for(digits: f64, swing: f64) -> usize {
    nodes(digits, 2.6, |rho| swing * (rho - 1.0 / rho) / 4.0).max(8)
}

/// Number of nodes of the Gauss-Legendre rule for a function that is analytic within the ellipse
/// around the interval whose half axes sum to `rho`, and that grows there as exp(growth).
///
/// The error of n nodes falls as exp(growth(r)) r^(-2n) for every r up to `rho`; the best of
/// several r is taken.
fn nodes(digits: f64, rho: f64, growth: impl Fn(f64) -> f64) -> usize {
    let needed = |r: f64| (digits + growth(r)) / (2.0 * r.ln());
    let within = [1.3, 1.6, 2.0, 2.4, 3.0, 4.0, 5.5, 8.0, 15.0].into_iter().filter(|r| *r < rho);
    let mut least = if rho.is_finite() { needed(rho) } else { f64::INFINITY };
    for r in within {
        least = least.min(needed(r));
    }
    least.ceil().max(1.0) as usize
}

/// Sum of the half axes of an ellipse with foci at ±1, from its long half axis.
fn ellipse(long: f64) -> f64 {
    (long + (long * long - 1.0).max(0.0).sqrt()).max(1.05)
}

#[cfg(test)]
mod node_tests {
    use super::*;

    /// A wave of ten times the swing needs about ten times the nodes, and no wave at all the least.
    #[test]
    fn nodes_grow_with_the_swing_of_the_phase() {
        let [still, slow, fast] = [0.0, 100.0, 1000.0].map(|swing| nodes_for(30.0, swing));
        assert!(still >= 8 && slow > still && fast > 5 * slow, "{still} {slow} {fast}");
    }
}
