//! The wafer between two steps: mesh, concentrations, oxide.

use crate::constants::UM_PER_CM;
use crate::defects::state::DefectState;
use crate::implant::{Implant, ImplantError, Layer};
use crate::solver::mesh::Mesh;
use crate::species::Species;

/// Thickness of oxide that is put on a bare surface before an oxide grows, cm.
const SEED_OXIDE: f64 = 1e-9;

/// State of a wafer.
#[derive(Clone, Debug)]
pub struct Wafer {
    pub(crate) mesh: Mesh,
    /// Concentration of each species at every node, cm-3.
    pub(crate) conc: Vec<Vec<f64>>,
    pub(crate) species: Vec<Species>,
    /// Oxide thickness by the growth law, cm.
    pub(crate) oxide: f64,
    /// Temperature of the last furnace step, degrees Celsius; `None` before the first.
    pub(crate) last_temp_c: Option<f64>,
    /// Point defects at the silicon nodes; `None` without their model.
    pub(crate) defects: Option<DefectState>,
}

impl Wafer {
    /// A bare wafer on the given silicon nodes, um.
    pub(crate) fn new(depth_um: &[f64], species: Vec<Species>) -> Self {
        let silicon: Vec<f64> = depth_um.iter().map(|x| x / UM_PER_CM).collect();
        let mesh = Mesh::new(&[], &silicon);
        let conc = vec![vec![0.0; mesh.len()]; species.len()];
        Wafer { mesh, conc, species, oxide: 0.0, last_temp_c: None, defects: None }
    }

    /// Dopants in the wafer.
    pub fn species(&self) -> &[Species] {
        &self.species
    }

    /// Point defects at the silicon nodes, if the recipe models them.
    pub fn defects(&self) -> Option<&DefectState> {
        self.defects.as_ref()
    }

    /// Interstitials in clusters, cm-2.
    pub fn clustered_cm2(&self) -> Option<f64> {
        let silicon = &self.mesh.volume[self.mesh.oxide_nodes..];
        let state = self.defects.as_ref()?;
        Some(state.clustered.iter().zip(silicon).map(|(c, volume)| c * volume).sum())
    }

    /// Whether a furnace step has made dopants active.
    pub fn is_heated(&self) -> bool {
        self.last_temp_c.is_some()
    }

    /// Oxide thickness, nm.
    pub fn tox_nm(&self) -> f64 {
        self.oxide * 1e7
    }

    /// Depth of the mesh below the silicon's original surface, um.
    pub(crate) fn deepest_um(&self) -> f64 {
        self.mesh.position.last().copied().unwrap_or(0.0) * UM_PER_CM
    }

    /// Depths of the silicon nodes below the silicon's present surface, um.
    pub fn depth_um(&self) -> Vec<f64> {
        let silicon = &self.mesh.position[self.mesh.oxide_nodes..];
        silicon.iter().map(|x| (x - silicon[0]) * UM_PER_CM).collect()
    }

    /// Concentrations at the silicon nodes, cm-3.
    pub fn silicon_conc(&self, k: usize) -> &[f64] {
        &self.conc[k][self.mesh.oxide_nodes..]
    }

    /// Depths of the oxide nodes, um, negative: the interface is at 0.
    pub fn oxide_depth_um(&self) -> Vec<f64> {
        let oxide = &self.mesh.position[..self.mesh.oxide_nodes];
        let end = oxide.last().copied().unwrap_or(0.0);
        oxide.iter().map(|x| (x - end) * UM_PER_CM).collect()
    }

    /// Concentrations at the oxide nodes, cm-3.
    pub fn oxide_conc(&self, k: usize) -> &[f64] {
        &self.conc[k][..self.mesh.oxide_nodes]
    }

    /// Doses in the oxide and in the silicon, cm-2.
    pub fn doses_cm2(&self, k: usize) -> (f64, f64) {
        let m = self.mesh.oxide_nodes;
        // `sum` over an empty range would give -0.
        let dose = |range: std::ops::Range<usize>| -> f64 {
            range.map(|i| self.mesh.volume[i] * self.conc[k][i]).fold(0.0, |sum, dose| sum + dose)
        };
        (dose(0..m), dose(m..self.mesh.len()))
    }

    /// Adds amounts, cm-2, to the nodes, the oxide's first.
    fn add(&mut self, k: usize, amounts: impl Iterator<Item = f64>) {
        for ((c, volume), amount) in self.conc[k].iter_mut().zip(&self.mesh.volume).zip(amounts) {
            *c += amount / volume;
        }
    }

    /// Adds an implant to the wafer.
    ///
    /// Returns the dose that stays in it, cm-2; `back` says that the mesh ends at the wafer's back.
    pub(crate) fn implant(
        &mut self,
        k: usize,
        implant: &Implant,
        back: bool,
    ) -> Result<f64, ImplantError> {
        let m = self.mesh.oxide_nodes;
        let (oxide, silicon) = self.mesh.position.split_at(m);
        let below = |nodes: &[f64]| -> Vec<f64> {
            nodes.iter().map(|x| (x - nodes[0]) * UM_PER_CM).collect()
        };
        let (oxide, silicon) = (below(oxide), below(silicon));
        let volume: Vec<f64> = self.mesh.volume.iter().map(|v| v * UM_PER_CM).collect();
        let (in_oxide, in_silicon) = implant.amounts(
            Layer { depth_um: &oxide, volume_um: &volume[..m] },
            Layer { depth_um: &silicon, volume_um: &volume[m..] },
            back,
        )?;
        let stayed = in_oxide.iter().chain(&in_silicon).sum();
        self.add(k, in_oxide.into_iter().chain(in_silicon));
        Ok(stayed)
    }

    /// Puts a layer of undoped oxide on top, cm.
    pub(crate) fn deposit_oxide(&mut self, thickness: f64) {
        let m = self.mesh.oxide_nodes;
        let intervals = ((thickness / 2e-7) as usize).clamp(2, 60);
        let silicon = self.mesh.position[m..].to_vec();
        let mut oxide: Vec<f64> =
            (0..=intervals).map(|i| thickness * i as f64 / intervals as f64).collect();
        let mut added = oxide.len();
        if m > 0 {
            // The old top node becomes an inner node; its concentration is already in the list.
            oxide.pop();
            added -= 1;
            oxide.extend(self.mesh.position[..m].iter().map(|x| x + thickness));
        }
        let old_amount: Vec<f64> = (0..self.species.len()).map(|k| self.doses_cm2(k).0).collect();
        self.mesh = Mesh::new(&oxide, &silicon);
        for (k, conc) in self.conc.iter_mut().enumerate() {
            conc.splice(0..0, std::iter::repeat_n(0.0, added));
            if m > 0 {
                // The old top node now also represents half an interval of the new oxide.
                let others: f64 = (0..self.mesh.oxide_nodes)
                    .filter(|i| *i != added)
                    .map(|i| self.mesh.volume[i] * conc[i])
                    .sum();
                conc[added] = ((old_amount[k] - others) / self.mesh.volume[added]).max(0.0);
            }
        }
        self.oxide += thickness;
    }

    /// Adds nodes to the oxide until its intervals, which begin at the interface with `finest`
    /// (cm), grow by at most a seventh from one to the next. A node at the linearly interpolated
    /// concentration does not change the dose by the trapezoidal rule.
    ///
    /// Dopants hardly move in oxide: what diffuses in stays within a nanometre of the interface,
    /// and a coarser interval would take it up over its whole width at once.
    pub(crate) fn refine_oxide(&mut self, finest: f64) {
        const GROWTH: f64 = 1.15;
        let m = self.mesh.oxide_nodes;
        if m < 2 {
            return;
        }
        let (oxide, silicon) = self.mesh.position.split_at(m);
        let end = oxide[m - 1];
        let mut nodes = vec![end];
        let mut widest = finest;
        for pair in oxide.windows(2).rev() {
            let (left, mut right) = (pair[0], pair[1]);
            while right - left > 1.5 * widest {
                right -= widest;
                nodes.push(right);
                widest *= GROWTH;
            }
            nodes.push(left);
            widest = (finest + (GROWTH - 1.0) * (end - left)).max(finest);
        }
        nodes.reverse();
        if nodes.len() == m {
            return;
        }
        for conc in &mut self.conc {
            let refined: Vec<f64> = nodes.iter().map(|x| linear(oxide, &conc[..m], *x)).collect();
            conc.splice(..m, refined);
        }
        self.mesh = Mesh::new(&nodes, silicon);
    }

    /// Makes the silicon nodes in which a dopant piles up in front of a growing oxide move with the
    /// interface. `length` is the length of the pile-up, cm, and `consumed` the silicon that will
    /// be consumed. Where the existing nodes resolve the pile-up all the way, only the interface's
    /// own node moves; elsewhere nodes are inserted at the linearly interpolated concentration,
    /// which does not change the dose by the trapezoidal rule.
    pub(crate) fn resolve_pile_up(&mut self, length: f64, consumed: f64) {
        /// Largest interval, as a share of the pile-up's length, that existing nodes may have; and
        /// the interval that is chosen where they are coarser.
        const COARSEST: f64 = 0.3;
        const FINEST: f64 = 0.1;
        /// Growth of the intervals away from the interface.
        const GROWTH: f64 = 1.2;
        /// Number of lengths after which nothing is left of the pile-up.
        const REACH: f64 = 12.0;
        /// Intervals below the size of an atom improve nothing, cm.
        const LEAST: f64 = 1e-8;
        let m = self.mesh.oxide_nodes;
        let silicon = self.mesh.position[m..].to_vec();
        let (start, reach) = (silicon[0], REACH * length);
        let eaten = silicon.windows(2).filter(|pair| pair[0] - start <= consumed + length);
        let widest = eaten.map(|pair| pair[1] - pair[0]).fold(0.0, f64::max);
        if widest <= (COARSEST * length).max(LEAST) {
            self.mesh.ride(1);
            return;
        }
        let finest = (FINEST * length).max(LEAST);
        let mut place = 0;
        let mut riding = 1;
        while place + 8 < self.mesh.len() - m {
            let (left, right) = (self.mesh.position[m + place], self.mesh.position[m + place + 1]);
            let depth = left - start;
            let width = finest + (GROWTH - 1.0) * depth;
            if right - left > 1.5 * width {
                self.insert_silicon(place, left + width);
            } else if depth > reach && width > widest {
                break;
            }
            place += 1;
            riding = place + 1;
        }
        self.mesh.measure();
        self.mesh.ride(riding);
    }

    /// Inserts a node at `x`, cm, between silicon node `place` and the next. The caller must
    /// measure the mesh afterwards.
    fn insert_silicon(&mut self, place: usize, x: f64) {
        let i = self.mesh.oxide_nodes + place;
        let (left, right) = (self.mesh.position[i], self.mesh.position[i + 1]);
        let share = (x - left) / (right - left);
        self.mesh.position.insert(i + 1, x);
        for conc in &mut self.conc {
            conc.insert(i + 1, conc[i] + share * (conc[i + 1] - conc[i]));
        }
        if let Some(state) = &mut self.defects {
            state.insert(place, share);
        }
    }

    /// Puts on the thin oxide with which a growing step begins.
    pub(crate) fn seed_oxide(&mut self) {
        if self.mesh.oxide_nodes > 0 {
            return;
        }
        self.mesh = Mesh::new(&[0.0, SEED_OXIDE], &self.mesh.position.clone());
        for conc in &mut self.conc {
            conc.splice(0..0, [0.0, 0.0]);
        }
    }

    /// Removes the oxide with the dopant in it.
    pub(crate) fn strip_oxide(&mut self) {
        let m = self.mesh.oxide_nodes;
        self.mesh = Mesh::new(&[], &self.mesh.position[m..]);
        for conc in &mut self.conc {
            conc.drain(..m);
        }
        self.oxide = 0.0;
    }
}

/// Nodes for point defects, um: the nodes of the dopants, made no wider than a fifth of the
/// straggle near an implant, and continued to the back of the wafer.
pub(crate) fn extend_nodes(nodes: &[f64], layers: &[(f64, f64)], thickness_um: f64) -> Vec<f64> {
    /// Growth of the intervals below the dopants.
    const GROWTH: f64 = 1.12;
    /// Number of straggles around the range that are refined; they include the tail, which diffuses
    /// first.
    const REACH: f64 = 12.0;
    let mut out = vec![nodes[0]];
    for pair in nodes.windows(2) {
        let middle = 0.5 * (pair[0] + pair[1]);
        let width = layers
            .iter()
            .filter(|(rp, drp)| (middle - rp).abs() < REACH * drp)
            .map(|(_, drp)| 0.2 * drp)
            .fold(f64::INFINITY, f64::min);
        let parts = ((pair[1] - pair[0]) / width).ceil().max(1.0) as usize;
        out.extend((1..=parts).map(|i| {
            if i == parts {
                pair[1]
            } else {
                pair[0] + (pair[1] - pair[0]) * i as f64 / parts as f64
            }
        }));
    }
    let last = out.len() - 1;
    let mut interval = out[last] - out[last - 1];
    while thickness_um - out[out.len() - 1] > 1.5 * interval {
        interval *= GROWTH;
        out.push((out[out.len() - 1] + interval).min(thickness_um));
    }
    if out[out.len() - 1] < thickness_um {
        out.push(thickness_um);
    }
    out
}

/// Value at `x` on straight lines between rising samples.
fn linear(x: &[f64], y: &[f64], at: f64) -> f64 {
    let upper = x.partition_point(|x| *x < at).clamp(1, x.len() - 1);
    let share = (at - x[upper - 1]) / (x[upper] - x[upper - 1]);
    y[upper - 1] + share.clamp(0.0, 1.0) * (y[upper] - y[upper - 1])
}

/// Silicon nodes of a new wafer, um: intervals that grow in proportion to the depth, or equal ones.
pub(crate) fn lay_nodes(
    depth_um: f64,
    surface_um: f64,
    nodes: Option<usize>,
    uniform: bool,
) -> Vec<f64> {
    /// Growth of the interval per depth when the number of nodes is free.
    const SLOPE: f64 = 0.005;
    if uniform {
        let n = nodes.unwrap_or(1000).max(8);
        return (0..n).map(|i| depth_um * i as f64 / (n - 1) as f64).collect();
    }
    // x(s) = surface/slope (exp(slope s) - 1): the interval is surface + slope x.
    let slope = match nodes {
        None => SLOPE,
        Some(n) if surface_um * (n - 1) as f64 >= depth_um => {
            return lay_nodes(depth_um, surface_um, Some(n), true);
        }
        Some(n) => {
            let count = (n - 1) as f64;
            let reach = |slope: f64| surface_um / slope * ((slope * count).exp() - 1.0);
            let (mut low, mut high) = (1e-12, 20.0 / count);
            for _ in 0..100 {
                let mid = 0.5 * (low + high);
                if reach(mid) < depth_um { low = mid } else { high = mid }
            }
            0.5 * (low + high)
        }
    };
    let count = nodes.map_or_else(
        || ((1.0 + SLOPE * depth_um / surface_um).ln() / SLOPE).ceil() as usize,
        |n| n - 1,
    );
    let scale = depth_um / ((slope * count as f64).exp() - 1.0);
    (0..=count).map(|i| scale * ((slope * i as f64).exp() - 1.0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_reach_the_depth_with_rising_intervals() {
        for (nodes, uniform) in
            [(None, false), (Some(300), false), (Some(50), true), (Some(2000), false)]
        {
            let x = lay_nodes(2.0, 0.002, nodes, uniform);
            assert_eq!(x[0], 0.0);
            assert!((x[x.len() - 1] - 2.0).abs() < 1e-9);
            assert!(x.windows(2).all(|p| p[1] > p[0]));
            if let Some(n) = nodes {
                assert_eq!(x.len(), n);
            }
        }
    }

    #[test]
    fn oxide_comes_and_goes_without_touching_the_silicon() {
        let mut wafer = Wafer::new(&lay_nodes(1.0, 0.001, None, false), vec![Species::Boron]);
        wafer.conc[0].fill(1e16);
        let silicon = wafer.doses_cm2(0).1;
        wafer.deposit_oxide(2e-6);
        wafer.conc[0][1] = 1e18;
        let oxide = wafer.doses_cm2(0).0;
        wafer.deposit_oxide(3e-6);
        assert!((wafer.tox_nm() - 50.0).abs() < 1e-9);
        assert!((wafer.doses_cm2(0).0 / oxide - 1.0).abs() < 1e-12);
        assert_eq!(wafer.doses_cm2(0).1, silicon);
        wafer.strip_oxide();
        assert_eq!(wafer.doses_cm2(0), (0.0, silicon));
    }
}
