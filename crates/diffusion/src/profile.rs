//! Depth profiles in silicon and the figures read off them: junctions, doses, peaks, sheet
//! resistance.

use crate::constants::{Q_C, UM_PER_CM};
use crate::mobility::Mobility;
use crate::model::{Model, ModelError};
use crate::process::interpolate_log;
use crate::species::{Kind, Species};
use crate::wafer::Wafer;

/// Concentrations over depth in silicon.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// Depths below the silicon's surface, um, rising.
    pub depth_um: Vec<f64>,
    /// Dopants.
    pub dopants: Vec<DopantProfile>,
}

/// One dopant over depth.
#[derive(Clone, Debug, PartialEq)]
pub struct DopantProfile {
    /// The dopant.
    pub species: Species,
    /// Total concentration, cm-3.
    pub conc_cm3: Vec<f64>,
    /// Electrically active concentration, cm-3.
    pub active_cm3: Vec<f64>,
}

/// A place where the type of the silicon changes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Junction {
    /// Depth, um.
    pub depth_um: f64,
    /// Type above it.
    pub above: Kind,
    /// Type below it.
    pub below: Kind,
}

/// A layer of one type between two junctions.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ConductingLayer {
    /// Type.
    pub kind: Kind,
    /// Depth of its top, um.
    pub top_um: f64,
    /// Depth of its bottom, um.
    pub bottom_um: f64,
    /// Whether a junction bounds it below; if not, it extends to the end of the profile.
    pub closed: bool,
    /// Net active dose, cm-2.
    pub net_dose_cm2: f64,
    /// Sheet resistance, ohm per square.
    pub rs_ohm_sq: f64,
}

impl Profile {
    /// Profile of a wafer. The active concentration is that of the hottest temperature of the last
    /// furnace step, frozen in. Before any furnace step implanted dopants are not active.
    ///
    /// # Errors
    /// When a set of the model does not exist or lacks a dopant.
    pub fn of(wafer: &Wafer, model: &Model) -> Result<Profile, ModelError> {
        let depth_um = wafer.depth_um();
        let temp_c = wafer.last_temp_c.unwrap_or(1000.0);
        let nodes: Vec<Vec<f64>> = (0..wafer.species.len())
            .map(|k| wafer.silicon_conc(k).iter().map(|c| c.max(0.0)).collect())
            .collect();
        let active = model.active(&wafer.species, &nodes, temp_c)?;
        let dopants = wafer
            .species
            .iter()
            .zip(nodes)
            .zip(active)
            .map(|((species, conc_cm3), active_cm3)| DopantProfile {
                species: *species,
                conc_cm3,
                active_cm3,
            })
            .collect();
        Ok(Profile { depth_um, dopants })
    }

    fn sum(&self, kind: Kind, node: usize) -> f64 {
        self.dopants.iter().filter(|d| d.species.kind() == kind).map(|d| d.conc_cm3[node]).sum()
    }

    /// Junctions by total concentration, from the surface down. Between two nodes the ratio of
    /// donors to acceptors is interpolated logarithmically, which is exact for exponential
    /// profiles.
    pub fn junctions(&self) -> Vec<Junction> {
        self.crossings(|node| (self.sum(Kind::Donor, node), self.sum(Kind::Acceptor, node)))
    }

    /// Like [`Profile::junctions`], but by active concentration.
    fn electrical_junctions(&self) -> Vec<Junction> {
        self.crossings(|node| {
            let of = |kind| {
                let here = self.dopants.iter().filter(|d| d.species.kind() == kind);
                here.map(|d| d.active_cm3[node]).sum::<f64>()
            };
            (of(Kind::Donor), of(Kind::Acceptor))
        })
    }

    fn crossings(&self, pair: impl Fn(usize) -> (f64, f64)) -> Vec<Junction> {
        let mut found = Vec::new();
        let mut last: Option<(usize, Kind)> = None;
        for node in 0..self.depth_um.len() {
            let (donors, acceptors) = pair(node);
            let kind = match donors.total_cmp(&acceptors) {
                std::cmp::Ordering::Greater => Kind::Donor,
                std::cmp::Ordering::Less => Kind::Acceptor,
                std::cmp::Ordering::Equal => continue,
            };
            if let Some((before, above)) = last
                && above != kind
            {
                let (d, a) = pair(before);
                found.push(Junction {
                    depth_um: crossing(
                        (self.depth_um[before], d, a),
                        (self.depth_um[node], donors, acceptors),
                    ),
                    above,
                    below: kind,
                });
            }
            last = Some((node, kind));
        }
        found
    }

    /// Deepest depth, um, at which a dopant falls to a concentration; `None` when it never does.
    pub fn depth_of_level_um(&self, dopant: usize, level_cm3: f64) -> Option<f64> {
        let c = &self.dopants[dopant].conc_cm3;
        let above = (0..c.len().saturating_sub(1))
            .rev()
            .find(|&i| c[i] >= level_cm3 && c[i + 1] < level_cm3)?;
        let (x0, x1) = (self.depth_um[above], self.depth_um[above + 1]);
        Some(crossing((x0, c[above], level_cm3), (x1, c[above + 1], level_cm3)))
    }

    /// Concentration of a dopant at a depth, cm-3.
    pub fn conc_at(&self, dopant: usize, depth_um: f64) -> f64 {
        interpolate_log(&self.depth_um, &self.dopants[dopant].conc_cm3, depth_um)
    }

    /// Layers of one type with their sheet resistances, from the surface down.
    ///
    /// # Formula
    /// `1 / Rs = q integral mu(N_total) |n_net| dx` over the layer, where all active dopants of both kinds
    /// scatter and the difference conducts; the mobility is that of the layer's most abundant dopant.
    pub fn layers(&self, mobility: Mobility) -> Vec<ConductingLayer> {
        let junctions = self.electrical_junctions();
        let n = self.depth_um.len();
        if n < 2 || self.dopants.is_empty() {
            return Vec::new();
        }
        let end = self.depth_um[n - 1];
        let mut tops = vec![self.depth_um[0]];
        tops.extend(junctions.iter().map(|j| j.depth_um));
        let bottoms: Vec<f64> =
            junctions.iter().map(|j| j.depth_um).chain(std::iter::once(end)).collect();
        tops.iter()
            .zip(&bottoms)
            .enumerate()
            .filter_map(|(index, (&top_um, &bottom_um))| {
                let (net_dose_cm2, conductance, kind) =
                    self.conduct(mobility, top_um, bottom_um)?;
                Some(ConductingLayer {
                    kind,
                    top_um,
                    bottom_um,
                    closed: index < junctions.len(),
                    net_dose_cm2,
                    rs_ohm_sq: 1.0 / conductance,
                })
            })
            .collect()
    }

    /// Net dose, conductance and type between two depths that lie in one layer.
    fn conduct(&self, mobility: Mobility, top_um: f64, bottom_um: f64) -> Option<(f64, f64, Kind)> {
        let inside: Vec<usize> = (0..self.depth_um.len())
            .filter(|&i| (top_um..=bottom_um).contains(&self.depth_um[i]))
            .collect();
        let richest = |node: usize| {
            self.dopants.iter().max_by(|a, b| a.active_cm3[node].total_cmp(&b.active_cm3[node]))
        };
        let densest =
            inside.iter().max_by(|a, b| self.net(**a).abs().total_cmp(&self.net(**b).abs()))?;
        let species = richest(*densest)?.species;
        if self.net(*densest) == 0.0 {
            return None;
        }
        // The net concentration is zero at the junctions themselves.
        let edge = |x: f64| (x, 0.0, 0.0);
        let mut samples: Vec<(f64, f64, f64)> = Vec::with_capacity(inside.len() + 2);
        for &node in &inside {
            let total: f64 = self.dopants.iter().map(|d| d.active_cm3[node]).sum();
            let net = self.net(node).abs();
            samples.push((self.depth_um[node], net, net * mobility.cm2_vs(species, total)));
        }
        if samples.first().is_some_and(|s| s.0 > top_um) {
            samples.insert(0, edge(top_um));
        }
        if samples.last().is_some_and(|s| s.0 < bottom_um) {
            samples.push(edge(bottom_um));
        }
        let (mut dose, mut conductance) = (0.0, 0.0);
        for pair in samples.windows(2) {
            let half = 0.5 * (pair[1].0 - pair[0].0) / UM_PER_CM;
            dose += half * (pair[0].1 + pair[1].1);
            conductance += half * (pair[0].2 + pair[1].2) * Q_C;
        }
        (conductance > 0.0).then(|| (dose, conductance, species.kind()))
    }

    /// Active donors less active acceptors at a node, cm-3.
    fn net(&self, node: usize) -> f64 {
        self.dopants.iter().map(|d| d.species.kind().charge() * d.active_cm3[node]).sum()
    }
}

/// Depth between two samples `(depth, a, b)` at which `a = b`; `ln(a/b)` is taken to be linear
/// where it exists.
fn crossing(first: (f64, f64, f64), second: (f64, f64, f64)) -> f64 {
    let (x0, a0, b0) = first;
    let (x1, a1, b1) = second;
    let share = if a0 > 0.0 && b0 > 0.0 && a1 > 0.0 && b1 > 0.0 {
        let (r0, r1) = ((a0 / b0).ln(), (a1 / b1).ln());
        r0 / (r0 - r1)
    } else {
        let (d0, d1) = (a0 - b0, a1 - b1);
        d0 / (d0 - d1)
    };
    x0 + share.clamp(0.0, 1.0) * (x1 - x0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_without_a_junction_has_none() {
        let conc: Vec<f64> = (0..100).map(|i| 1e18 * f64::from(-i).exp()).collect();
        let boron =
            DopantProfile { species: Species::Boron, active_cm3: conc.clone(), conc_cm3: conc };
        let depth_um = (0..100).map(|i| 0.01 * f64::from(i)).collect();
        let profile = Profile { depth_um, dopants: vec![boron] };
        assert_eq!(profile.junctions(), []);
        assert_eq!(profile.depth_of_level_um(0, 1e30), None);
        assert!(!profile.layers(Mobility::Masetti)[0].closed);
    }
}
