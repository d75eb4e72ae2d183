//! Properties of each dopant at one temperature, as the transport equations use them.

use crate::parameters::Diffusivity;

/// How the flux depends on the concentration.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Law {
    /// Carrier-dependent diffusivity (Fermi model), with or without the built-in field.
    Fermi {
        /// Whether the field of the carriers drags the dopants.
        field: bool,
    },
    /// Diffusivity independent of concentration.
    Constant,
    /// `D (C / c_ref)^exponent`, for front solutions with a known shape.
    Power {
        /// Concentration at which the diffusivity has its nominal value, cm-3.
        c_ref: f64,
        /// Exponent.
        exponent: f64,
    },
}

/// One dopant at one temperature; lengths in cm, concentrations in cm-3.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DopantPhysics {
    /// +1 donor, -1 acceptor.
    pub charge: f64,
    /// Charge-state terms in silicon, cm2/s.
    pub silicon: Diffusivity,
    /// Diffusivity in oxide, cm2/s.
    pub oxide: f64,
    /// Solubility above which activation saturates softly; infinite for full activation.
    pub solubility: f64,
    /// `b` of the soft limit.
    pub soft_b: f64,
    /// Cluster constant times ni; 0 without clustering.
    pub cluster: f64,
    /// Whether only the active part moves.
    pub moves_active: bool,
    /// Equilibrium ratio C_Si / C_SiO2.
    pub segregation: f64,
    /// Transport coefficient across the Si/SiO2 interface, cm/s.
    pub transfer: f64,
    /// Transport coefficient from the gas, cm/s.
    pub gas_transfer: f64,
}

/// All dopants at one temperature.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Physics<const K: usize> {
    /// Intrinsic carrier concentration, cm-3.
    pub ni: f64,
    pub law: Law,
    /// Whether the search for a carrier ratio ends as soon as Newton's correction is at rounding
    /// level. Otherwise rounding can keep the iterate on one side of its bracket, and the search
    /// starts again. Runs at equilibrium do not set it, so that their results stay the same to the
    /// last bit.
    pub prompt: bool,
    pub dopants: [DopantPhysics; K],
}

impl DopantPhysics {
    /// Active concentration and its derivatives with respect to concentration and carrier ratio.
    #[inline]
    pub fn active(&self, conc: f64, r: f64) -> (f64, f64, f64) {
        let (unclustered, free, by_r) = if self.cluster == 0.0 {
            (conc, 1.0, 0.0)
        } else {
            let bound = self.cluster * r;
            let free = 1.0 / (1.0 + bound * bound);
            (conc * free, free, -2.0 * conc * free * free * bound * self.cluster)
        };
        if unclustered <= self.solubility {
            return (unclustered, free, by_r);
        }
        // S + p ln((C - bS)/p): value and slope are continuous at C = S.
        let p = self.solubility * (1.0 - self.soft_b);
        let excess = unclustered - self.soft_b * self.solubility;
        let slope = p / excess;
        (self.solubility + p * (excess / p).ln(), slope * free, slope * by_r)
    }
}

impl<const K: usize> Physics<K> {
    /// Whether active and total concentration are the same.
    pub fn fully_active(&self) -> bool {
        self.dopants.iter().all(|d| d.cluster == 0.0 && d.solubility == f64::INFINITY)
    }

    /// Carrier ratio n/ni from charge neutrality when `net` (cm-3) does not depend on it.
    #[inline]
    pub fn ratio_of_net(&self, net: f64) -> f64 {
        let half = 0.5 * net / self.ni;
        let root = (half * half + 1.0).sqrt();
        // The quotient form loses no digits in p-type silicon.
        if half >= 0.0 { half + root } else { 1.0 / (root - half) }
    }

    /// Carrier ratio n/ni where clusters hold back part of the dopants.
    ///
    /// The left side of `ni (r - 1/r) - sum(charge * active(r)) = 0` grows with r, so that Newton's
    /// method inside a bracket always converges.
    pub fn ratio(&self, conc: &[f64; K], guess: f64) -> f64 {
        if self.dopants.iter().all(|d| d.cluster == 0.0) {
            let net =
                (0..K).map(|k| self.dopants[k].charge * self.dopants[k].active(conc[k], 1.0).0);
            return self.ratio_of_net(net.sum());
        }
        let balance = |r: f64| {
            let (mut value, mut slope) = (self.ni * (r - 1.0 / r), self.ni * (1.0 + 1.0 / (r * r)));
            for k in 0..K {
                let (active, _, by_r) = self.dopants[k].active(conc[k], r);
                value -= self.dopants[k].charge * active;
                slope -= self.dopants[k].charge * by_r;
            }
            (value, slope)
        };
        let (mut low, mut high) = (0.0, f64::INFINITY);
        let mut r = if guess > 0.0 && guess.is_finite() { guess } else { 1.0 };
        for _ in 0..100 {
            let (value, slope) = balance(r);
            if self.prompt && (value / slope).abs() <= 1e-13 * r {
                return r - value / slope;
            }
            if value > 0.0 {
                high = r
            } else {
                low = r
            }
            let mut next = r - value / slope;
            if !(next > low && next < high) {
                next = if high.is_finite() { 0.5 * (low + high) } else { 2.0 * r };
            }
            let step = (next - r).abs();
            r = next;
            if step <= 1e-13 * r {
                break;
            }
        }
        r
    }

    /// Active concentrations at a node.
    pub fn active(&self, conc: &[f64; K]) -> [f64; K] {
        let r = self.ratio(conc, 1.0);
        std::array::from_fn(|k| self.dopants[k].active(conc[k], r).0)
    }
}
