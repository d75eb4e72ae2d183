//! Parameters of point defects: by name, each a pair `[prefactor, eV]`, and their values at a temperature.

use std::collections::BTreeMap;

use crate::constants::{LATTICE_CM3, arrhenius};
pub use crate::defects::set::DefectSet;
use crate::parameters::Parameters;
use crate::species::Species;

/// What an implant leaves behind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Damage {
    /// Nothing.
    #[default]
    None,
    /// `damage` free interstitials per ion.
    PlusOne,
    /// `damage` interstitials per ion, all of them in clusters that dissolve.
    Clusters,
}

impl Damage {
    /// Every kind.
    pub const ALL: [Damage; 3] = [Damage::None, Damage::PlusOne, Damage::Clusters];

    /// Name in recipes and reports.
    pub fn name(self) -> &'static str {
        match self {
            Damage::None => "none",
            Damage::PlusOne => "plus_one",
            Damage::Clusters => "clusters",
        }
    }
}

/// The point-defect model of a recipe.
#[derive(Clone, Debug, PartialEq)]
pub struct DefectModel {
    /// Parameter set.
    pub set: String,
    /// Values that replace those of the set.
    pub own: BTreeMap<String, [f64; 2]>,
    /// What implants leave behind.
    pub damage: Damage,
    /// Temperature, degrees Celsius, whose equilibrium is the initial state of the defects in an
    /// implanted wafer; `None` takes that of the next furnace step.
    pub start_c: Option<f64>,
}

/// Names of the parameters, their units and meanings.
pub const NAMES: [(&str, &str, &str); 30] = [
    ("i_diffusivity", "cm2/s", "diffusivity of free interstitials"),
    ("i_equilibrium", "cm-3", "their equilibrium concentration in intrinsic silicon"),
    ("i_charge_neg", "1", "negative over neutral interstitials in intrinsic silicon"),
    ("i_charge_pos", "1", "positive over neutral interstitials"),
    ("v_diffusivity", "cm2/s", "diffusivity of free vacancies"),
    ("v_equilibrium", "cm-3", "their equilibrium concentration in intrinsic silicon"),
    ("v_charge_neg", "1", "negative over neutral vacancies"),
    ("v_charge_dneg", "1", "doubly negative over neutral vacancies"),
    ("v_charge_pos", "1", "positive over neutral vacancies"),
    ("recombination", "cm3/s", "bulk recombination of both"),
    ("trap_total", "cm-3", "traps of interstitials"),
    ("trap_empty_fraction", "1", "share of the traps that is empty at equilibrium"),
    ("trap_rate", "cm3/s", "capture by traps"),
    ("i_surface_velocity", "cm/s", "recombination of interstitials at a surface at rest"),
    ("i_surface_ratio", "1", "its increase where the oxide grows fastest"),
    ("i_surface_power", "1", "power of the growth rate in it"),
    ("v_surface_velocity", "cm/s", "recombination of vacancies at a surface at rest"),
    ("v_surface_ratio", "1", "its increase where the oxide grows fastest"),
    ("v_surface_power", "1", "power of the growth rate in it"),
    ("injection", "1", "interstitials injected per oxidized atom of silicon"),
    ("wet_injection", "1", "factor on the injection in steam"),
    ("oxide_expansion", "1", "oxide grown per silicon consumed, of the injecting velocity"),
    ("capture_alpha", "1", "capture of interstitials by clusters, in spacings"),
    ("spacing", "cm", "distance of neighbours"),
    ("binding", "eV", "binding energy of an interstitial to a cluster (the value, no pair)"),
    ("fi_boron", "1", "share of interstitials in the diffusion of boron"),
    ("fi_phosphorus", "1", "of phosphorus"),
    ("fi_arsenic", "1", "of arsenic"),
    ("fi_antimony", "1", "of antimony"),
    ("fi_other", "1", "of indium, gallium and aluminum"),
];

/// All properties of the defects at one temperature, for one surface and one growth rate.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct DefectPhysics {
    pub temp_c: f64,
    pub i_diffusivity: f64,
    pub v_diffusivity: f64,
    i_equilibrium: f64,
    v_equilibrium: f64,
    i_charge: [f64; 2],
    v_charge: [f64; 3],
    pub recombination: f64,
    pub traps: f64,
    pub trap_empty: f64,
    pub trap_rate: f64,
    /// Recombination velocities at the surface, cm/s.
    pub i_surface: f64,
    pub v_surface: f64,
    /// Interstitials injected by the growing oxide, cm-2/s.
    pub injected: f64,
    /// Capture by clusters, cm3/s, and their dissolution, 1/s.
    pub capture: f64,
    pub dissolution: f64,
}

impl DefectPhysics {
    /// Equilibrium concentrations of interstitials and vacancies at the carrier ratio `u`, cm-3.
    pub fn equilibrium(&self, u: f64) -> (f64, f64) {
        let [i_neg, i_pos] = self.i_charge;
        let [v_neg, v_dneg, v_pos] = self.v_charge;
        let i = (1.0 + i_neg * u + i_pos / u) / (1.0 + i_neg + i_pos);
        let v = (1.0 + v_neg * u + v_dneg * u * u + v_pos / u) / (1.0 + v_neg + v_dneg + v_pos);
        (self.i_equilibrium * i, self.v_equilibrium * v)
    }
}

/// Growth of an oxide above the silicon, as far as injection depends on it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Growing {
    /// Growth rate of the oxide, cm/s.
    pub rate: f64,
    /// The rate at zero thickness, cm/s.
    pub fastest: f64,
    /// Whether it grows in steam.
    pub wet: bool,
}

impl DefectModel {
    fn set(&self) -> Option<&'static DefectSet> {
        Parameters::builtin().point_defects(&self.set)
    }

    /// A parameter's pair: the recipe's own value, else the set's.
    pub fn pair(&self, name: &str) -> [f64; 2] {
        let of_set = || self.set().map_or([0.0, 0.0], |set| set.pair(name));
        self.own.get(name).copied().unwrap_or_else(of_set)
    }

    /// Range of the set, degrees Celsius.
    pub fn range_c(&self) -> (f64, f64) {
        self.set().map_or((0.0, 0.0), |set| (set.min_c, set.max_c))
    }

    /// Share of interstitials, as opposed to vacancies, in the diffusion of a dopant.
    pub fn fi(&self, species: Species) -> f64 {
        let name = match species {
            Species::Boron => "fi_boron",
            Species::Phosphorus => "fi_phosphorus",
            Species::Arsenic => "fi_arsenic",
            Species::Antimony => "fi_antimony",
            Species::Indium | Species::Gallium | Species::Aluminum => "fi_other",
        };
        self.pair(name)[0]
    }

    /// The parameters at a temperature under an oxide that grows or rests.
    ///
    /// # Formula
    /// Recombination velocity at the surface `Ksurf (Krat (v/vmax)^Kpow + 1)`, injection `theta 5e22 v`, both with v the
    /// velocity of the silicon's surface and vmax that of the oxide at zero thickness, as in SUPREM-IV. Clusters (one
    /// moment of {311} defects): `dC/dt = 4 pi alpha a D I C - D/a^2 exp(-Eb/kT) C`.
    pub(crate) fn at(&self, temp_c: f64, growing: Growing) -> DefectPhysics {
        let value = |name: &str| {
            let [prefactor, energy] = self.pair(name);
            if prefactor == 0.0 { 0.0 } else { arrhenius(prefactor, energy, temp_c) }
        };
        let velocity = growing.rate / value("oxide_expansion").max(1.0);
        let surface = |[rest, ratio, power]: [&str; 3]| {
            let faster = if growing.rate > 0.0 && value(ratio) > 0.0 {
                value(ratio) * (velocity / growing.fastest).powf(value(power))
            } else {
                0.0
            };
            value(rest) * (faster + 1.0)
        };
        let factor = if growing.wet { value("wet_injection") } else { 1.0 };
        let (spacing, diffusivity) = (value("spacing"), value("i_diffusivity"));
        let capture = 4.0 * std::f64::consts::PI * value("capture_alpha") * spacing * diffusivity;
        let binding = self.pair("binding")[0];
        DefectPhysics {
            temp_c,
            i_diffusivity: diffusivity,
            v_diffusivity: value("v_diffusivity"),
            i_equilibrium: value("i_equilibrium"),
            v_equilibrium: value("v_equilibrium"),
            i_charge: [value("i_charge_neg"), value("i_charge_pos")],
            v_charge: [value("v_charge_neg"), value("v_charge_dneg"), value("v_charge_pos")],
            recombination: value("recombination"),
            traps: value("trap_total"),
            trap_empty: value("trap_empty_fraction").min(0.999),
            trap_rate: value("trap_rate"),
            i_surface: surface(["i_surface_velocity", "i_surface_ratio", "i_surface_power"]),
            v_surface: surface(["v_surface_velocity", "v_surface_ratio", "v_surface_power"]),
            injected: factor * value("injection") * LATTICE_CM3 * velocity,
            capture,
            dissolution: arrhenius(diffusivity / (spacing * spacing).max(1e-300), binding, temp_c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_set_has_every_parameter_and_no_other() {
        for name in Parameters::builtin().point_defect_names() {
            let set = Parameters::builtin().point_defects(name).unwrap();
            let known: Vec<&str> = NAMES.iter().map(|(name, ..)| *name).collect();
            assert!(set.values.keys().all(|key| known.contains(&key.as_str())), "{name}");
            assert!(known.iter().all(|key| set.values.contains_key(*key)), "{name}");
        }
    }

    /// Evaluated independently from the same constants with k = 8.61738e-5 eV/K, which is 0.06 ‰
    /// larger.
    #[test]
    fn values_at_temperatures() {
        let model = DefectModel {
            set: "suprem4".into(),
            own: BTreeMap::new(),
            damage: Damage::None,
            start_c: None,
        };
        let at = model.at(1000.0, Growing::default());
        assert!((at.i_diffusivity / 1.8471458e-7 - 1.0).abs() < 1e-3);
        assert!((at.equilibrium(1.0).0 / 1.7311992e13 - 1.0).abs() < 1e-3);
        assert!((at.trap_empty / 0.14028397 - 1.0).abs() < 1e-3);
        assert!((at.trap_rate / 1.97268e-15 - 1.0).abs() < 1e-3);
    }
}
