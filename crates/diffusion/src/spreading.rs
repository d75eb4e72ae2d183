//! Resistivity over depth, as a bevelled spreading-resistance measurement sees it.

use crate::constants::{Q_C, UM_PER_CM};
use crate::mobility::Mobility;
use crate::profile::Profile;
use crate::species::Kind;

/// Properties of the silicon at one depth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Local {
    /// Depth, um.
    pub depth_um: f64,
    /// Type.
    pub kind: Kind,
    /// Net active concentration, cm-3.
    pub net_cm3: f64,
    /// Mobility of the majority carriers, cm2/Vs.
    pub mobility_cm2_vs: f64,
    /// Resistivity at 300 K, ohm cm.
    pub resistivity_ohm_cm: f64,
}

impl Local {
    /// Resistance between two probes on uniform silicon of this resistivity, ohm.
    ///
    /// # Formula
    /// `rho / (2 a)` for two flat circular contacts of radius a, in um, far apart (Mazur and Dickey, J. Electrochem. Soc.
    /// 113, 255 (1966)). No correction for layers below: in a shallow layer over a junction the measured value is higher.
    pub fn spreading_ohm(&self, radius_um: f64) -> f64 {
        self.resistivity_ohm_cm * UM_PER_CM / (2.0 * radius_um)
    }
}

impl Profile {
    /// Resistivity at every node with active dopants: `1 / (q mu(N) |net|)`. All active dopants
    /// scatter, and the mobility is that of the most abundant dopant of the majority type. The
    /// carrier density is taken to equal the net doping: on a bevel carriers spill over junctions,
    /// which is not modelled.
    pub fn resistivity(&self, mobility: Mobility) -> Vec<Local> {
        let local = |node: usize| {
            let sum = |kind| -> f64 {
                let here = self.dopants.iter().filter(|d| d.species.kind() == kind);
                here.map(|d| d.active_cm3[node]).sum()
            };
            let (donors, acceptors) = (sum(Kind::Donor), sum(Kind::Acceptor));
            let kind = if donors > acceptors { Kind::Donor } else { Kind::Acceptor };
            let net_cm3 = (donors - acceptors).abs();
            let majority = self.dopants.iter().filter(|d| d.species.kind() == kind);
            let richest =
                majority.max_by(|a, b| a.active_cm3[node].total_cmp(&b.active_cm3[node]))?;
            let mobility_cm2_vs = mobility.cm2_vs(richest.species, donors + acceptors);
            (net_cm3 > 0.0).then(|| Local {
                depth_um: self.depth_um[node],
                kind,
                net_cm3,
                mobility_cm2_vs,
                resistivity_ohm_cm: 1.0 / (Q_C * mobility_cm2_vs * net_cm3),
            })
        };
        (0..self.depth_um.len()).filter_map(local).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::DopantProfile;
    use crate::species::Species;

    /// ASTM F723: 1e15 cm-3 of phosphorus have 4.4819 ohm cm, and between contacts of 2 um radius
    /// 11.2 kohm. Compensation removes carriers and adds scattering.
    #[test]
    fn uniform_silicon_has_its_resistivity() {
        let column = |species, conc: f64| DopantProfile {
            species,
            conc_cm3: vec![conc; 2],
            active_cm3: vec![conc; 2],
        };
        let profile = |boron| Profile {
            depth_um: vec![0.0, 1.0],
            dopants: vec![column(Species::Boron, boron), column(Species::Phosphorus, 1e15)],
        };
        let local = profile(0.0).resistivity(Mobility::AstmF723)[1];
        assert!((local.resistivity_ohm_cm / 4.481878 - 1.0).abs() < 1e-6, "{local:?}");
        assert!((local.spreading_ohm(2.0) / 11204.7 - 1.0).abs() < 1e-4);
        assert_eq!((local.kind, local.depth_um), (Kind::Donor, 1.0));
        let halved = profile(5e14).resistivity(Mobility::Masetti)[0];
        let whole = profile(0.0).resistivity(Mobility::Masetti)[0];
        assert!(halved.resistivity_ohm_cm > 2.0 * whole.resistivity_ohm_cm);
        assert_eq!(profile(2e15).resistivity(Mobility::Masetti)[0].kind, Kind::Acceptor);
        assert!(profile(1e15).resistivity(Mobility::Masetti).is_empty());
    }
}
