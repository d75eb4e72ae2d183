//! Nodal quantities of the flux `F = -g dU/dx`, and their derivatives.
//!
//! With the field of the carriers, `D (grad C + z C grad ln n)` equals `D n^-z grad(C n^z)`, so that
//! `U = C n^z` and `g = D n^-z`: the flux between two nodes is an arithmetic mean times a difference,
//! which moves sharp fronts at their right speed and keeps the matrix diagonally dominant. Point defects
//! out of equilibrium, S for interstitials and W for vacancies, multiply `U` by `fi S + (1 - fi) W`.

use super::physics::{Law, Physics};

/// `g`, `U` and derivatives at every node; `[k][j]` is d(quantity of k)/d(concentration of j).
#[derive(Debug, Default)]
pub(crate) struct Nodes<const K: usize> {
    pub all: Vec<Node<K>>,
    /// Carrier ratio of the last evaluation, the first guess for the next one.
    ratio: Vec<f64>,
    /// Factor by which point defects enhance the diffusion, per node and dopant; empty at
    /// equilibrium.
    pub enhanced: Vec<[f64; K]>,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Node<const K: usize> {
    pub g: [f64; K],
    pub u: [f64; K],
    pub dg: [[f64; K]; K],
    pub du: [[f64; K]; K],
}

impl<const K: usize> Node<K> {
    pub const ZERO: Self = Node { g: [0.0; K], u: [0.0; K], dg: [[0.0; K]; K], du: [[0.0; K]; K] };
}

impl<const K: usize> Nodes<K> {
    pub fn resize(&mut self, nodes: usize) {
        self.all.resize(nodes, Node::ZERO);
        self.ratio.resize(nodes, 1.0);
    }

    /// Evaluates nodes `0..conc.len()`; the first `oxide` of them lie in the oxide.
    pub fn evaluate(&mut self, physics: &Physics<K>, oxide: usize, conc: &[[f64; K]]) {
        self.at_equilibrium(physics, oxide, conc);
        for (node, factors) in self.all.iter_mut().zip(&self.enhanced) {
            for k in 0..K {
                node.u[k] *= factors[k];
                node.du[k].iter_mut().for_each(|slope| *slope *= factors[k]);
            }
        }
    }

    fn at_equilibrium(&mut self, physics: &Physics<K>, oxide: usize, conc: &[[f64; K]]) {
        let (in_oxide, in_silicon) = self.all[..conc.len()].split_at_mut(oxide);
        for (node, c) in in_oxide.iter_mut().zip(conc) {
            *node = linear(c, std::array::from_fn(|k| physics.dopants[k].oxide));
        }
        let conc = &conc[oxide..];
        match physics.law {
            Law::Constant => {
                let d = std::array::from_fn(|k| physics.dopants[k].silicon.intrinsic());
                for (node, c) in in_silicon.iter_mut().zip(conc) {
                    *node = linear(c, d);
                }
            }
            Law::Power { c_ref, exponent } => {
                for (node, c) in in_silicon.iter_mut().zip(conc) {
                    *node = power(physics, c, c_ref, exponent);
                }
            }
            Law::Fermi { field } if physics.fully_active() => {
                if field {
                    for (node, c) in in_silicon.iter_mut().zip(conc) {
                        *node = fermi_full::<K, true>(physics, c);
                    }
                } else {
                    for (node, c) in in_silicon.iter_mut().zip(conc) {
                        *node = fermi_full::<K, false>(physics, c);
                    }
                }
            }
            Law::Fermi { field } => {
                let ratios = &mut self.ratio[oxide..];
                for ((node, c), ratio) in in_silicon.iter_mut().zip(conc).zip(ratios) {
                    *ratio = physics.ratio(c, *ratio);
                    *node = fermi_partial(physics, c, *ratio, field);
                }
            }
        }
    }
}

fn linear<const K: usize>(c: &[f64; K], d: [f64; K]) -> Node<K> {
    let mut node = Node { g: d, u: *c, ..Node::ZERO };
    for k in 0..K {
        node.du[k][k] = 1.0;
    }
    node
}

fn power<const K: usize>(physics: &Physics<K>, c: &[f64; K], c_ref: f64, exponent: f64) -> Node<K> {
    let mut node = linear(c, [0.0; K]);
    for k in 0..K {
        let ratio = (c[k] / c_ref).max(0.0);
        let d = physics.dopants[k].silicon.intrinsic() * ratio.powf(exponent);
        node.g[k] = d;
        node.dg[k][k] = if c[k] > 0.0 { exponent * d / c[k] } else { 0.0 };
    }
    node
}

/// All dopants are active: the carrier ratio is the closed solution of charge neutrality.
#[inline(always)]
fn fermi_full<const K: usize, const FIELD: bool>(physics: &Physics<K>, c: &[f64; K]) -> Node<K> {
    let mut net = 0.0;
    for k in 0..K {
        net += physics.dopants[k].charge * c[k];
    }
    let half = 0.5 * net / physics.ni;
    let root = (half * half + 1.0).sqrt();
    let r = if half >= 0.0 { half + root } else { 1.0 / (root - half) };
    let inverse = 1.0 / r;
    // dr/dnet = r / (2 ni root), because r + 1/r = 2 root.
    let by_net = 0.5 * r / (physics.ni * root);
    let mut node = Node::ZERO;
    for k in 0..K {
        let dopant = &physics.dopants[k];
        let s = dopant.silicon;
        let d = s.x + (s.m + s.mm * r) * r + s.p * inverse;
        let d_slope = s.m + 2.0 * s.mm * r - s.p * inverse * inverse;
        node.du[k][k] = 1.0;
        let (mut g_slope, mut u_slope) = (d_slope, 0.0);
        node.g[k] = d;
        node.u[k] = c[k];
        if FIELD {
            let (up, down) = if dopant.charge > 0.0 { (r, inverse) } else { (inverse, r) };
            node.g[k] = d * down;
            node.u[k] = c[k] * up;
            node.du[k][k] = up;
            g_slope = (d_slope - dopant.charge * d * inverse) * down;
            u_slope = dopant.charge * c[k] * up * inverse;
        }
        for j in 0..K {
            let dr = physics.dopants[j].charge * by_net;
            node.dg[k][j] = g_slope * dr;
            node.du[k][j] += u_slope * dr;
        }
    }
    node
}

/// With clusters or a solubility limit active and total concentration differ.
fn fermi_partial<const K: usize>(
    physics: &Physics<K>,
    c: &[f64; K],
    r: f64,
    field: bool,
) -> Node<K> {
    let inverse = 1.0 / r;
    let parts: [(f64, f64, f64); K] = std::array::from_fn(|k| physics.dopants[k].active(c[k], r));
    let mut stiffness = physics.ni * (1.0 + inverse * inverse);
    for k in 0..K {
        stiffness -= physics.dopants[k].charge * parts[k].2;
    }
    let mut node = Node::ZERO;
    for k in 0..K {
        let dopant = &physics.dopants[k];
        let s = dopant.silicon;
        let d = s.at_ratio(r);
        let d_slope = s.m + 2.0 * s.mm * r - s.p * inverse * inverse;
        let (mobile, by_conc, by_r) = if dopant.moves_active { parts[k] } else { (c[k], 1.0, 0.0) };
        let (up, down, charge) = match (field, dopant.charge > 0.0) {
            (false, _) => (1.0, 1.0, 0.0),
            (true, true) => (r, inverse, 1.0),
            (true, false) => (inverse, r, -1.0),
        };
        node.g[k] = d * down;
        node.u[k] = mobile * up;
        let g_slope = (d_slope - charge * d * inverse) * down;
        let u_slope = (by_r + charge * mobile * inverse) * up;
        for j in 0..K {
            let dr = physics.dopants[j].charge * parts[j].1 / stiffness;
            node.dg[k][j] = g_slope * dr;
            node.du[k][j] = u_slope * dr;
        }
        node.du[k][k] += by_conc * up;
    }
    node
}
