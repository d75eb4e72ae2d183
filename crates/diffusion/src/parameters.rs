//! Parameter sets with their sources, read from the table that is compiled in.
//!
//! Sets are chosen by name; every set names its source, its status and its temperature range.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::constants::{arrhenius, kelvin};
use crate::defects::set::DefectSet;
use crate::gas::Chlorine;
use crate::species::Species;

/// Whether the numbers of a set were read in the cited source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Read in the cited source.
    Verified,
    /// Recalled from memory: results are experimental.
    Recalled,
}

/// An intrinsic carrier concentration `n0 T^1.5 exp(-e_ev/kT)`, T in kelvin.
#[derive(Clone, Debug, Deserialize)]
pub struct IntrinsicCarriers {
    /// Where the numbers come from.
    pub source: String,
    /// Whether the numbers were checked against the source.
    pub status: Status,
    n0: f64,
    e_ev: f64,
}

impl IntrinsicCarriers {
    /// Intrinsic carrier concentration, cm-3.
    pub fn at(&self, temp_c: f64) -> f64 {
        arrhenius(self.n0, self.e_ev, temp_c) * kelvin(temp_c).powf(1.5)
    }
}

/// Charge-state terms of one dopant, each `[prefactor cm2/s, activation energy eV]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DiffusivityTerms {
    /// Neutral defects.
    pub x: [f64; 2],
    /// Singly negative defects, times n/ni.
    pub m: [f64; 2],
    /// Doubly negative defects, times (n/ni)^2.
    pub mm: [f64; 2],
    /// Singly positive defects, times ni/n.
    pub p: [f64; 2],
}

/// The terms at one temperature, cm2/s.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Diffusivity {
    /// Neutral term.
    pub x: f64,
    /// Coefficient of n/ni.
    pub m: f64,
    /// Coefficient of (n/ni)^2.
    pub mm: f64,
    /// Coefficient of ni/n.
    pub p: f64,
}

impl DiffusivityTerms {
    /// The terms at `temp_c` degrees Celsius.
    pub fn at(&self, temp_c: f64) -> Diffusivity {
        let term = |[prefactor, energy]: [f64; 2]| {
            if prefactor == 0.0 { 0.0 } else { arrhenius(prefactor, energy, temp_c) }
        };
        Diffusivity { x: term(self.x), m: term(self.m), mm: term(self.mm), p: term(self.p) }
    }
}

impl Diffusivity {
    /// Diffusivity at the carrier ratio `r = n/ni`, cm2/s.
    pub fn at_ratio(&self, r: f64) -> f64 {
        self.x + (self.m + self.mm * r) * r + self.p / r
    }

    /// Diffusivity in intrinsic silicon (n = ni), cm2/s.
    pub fn intrinsic(&self) -> f64 {
        self.at_ratio(1.0)
    }
}

/// A set of diffusivities from one source.
#[derive(Clone, Debug, Deserialize)]
pub struct DiffusivitySet {
    /// Where the numbers come from.
    pub source: String,
    /// Whether the numbers were checked against the source.
    pub status: Status,
    /// Lowest temperature of the set, degrees Celsius.
    pub min_c: f64,
    /// Highest temperature of the set, degrees Celsius.
    pub max_c: f64,
    #[serde(flatten)]
    species: BTreeMap<String, DiffusivityTerms>,
}

impl DiffusivitySet {
    /// The terms of a species, if the set has them.
    pub fn terms(&self, species: Species) -> Option<DiffusivityTerms> {
        self.species.get(species.name()).copied()
    }

    /// The species that the set knows.
    pub fn species(&self) -> Vec<Species> {
        Species::ALL.into_iter().filter(|s| self.terms(*s).is_some()).collect()
    }
}

#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) struct Clustering {
    pub ctn0: f64,
    pub ctn_e_ev: f64,
}

#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) struct SoftLimit {
    pub b: f64,
}

#[derive(Clone, Copy, Debug, Deserialize)]
struct Interface {
    transfer_cm_s: f64,
}

#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) struct RatePair {
    pub par0: f64,
    pub par_e_ev: f64,
    pub lin0: f64,
    pub lin_e_ev: f64,
}

#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) struct LowRatePair {
    pub par0: f64,
    pub par_e_ev: f64,
    pub par_break_c: f64,
    pub lin0: f64,
    pub lin_e_ev: f64,
    pub lin_break_c: f64,
}

#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) struct ByOrientation<T> {
    pub o100: T,
    pub o110: T,
    pub o111: T,
}

#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) struct PressureExponents {
    pub dry_lin: f64,
    pub dry_par: f64,
    pub wet_lin: f64,
    pub wet_par: f64,
}

/// Deal-Grove constants from one source.
#[derive(Clone, Debug, Deserialize)]
pub struct OxidationSet {
    /// Where the numbers come from.
    pub source: String,
    /// Lowest temperature of the set, degrees Celsius.
    pub min_c: f64,
    /// Highest temperature of the set, degrees Celsius.
    pub max_c: f64,
    /// Offset thickness, um, that replaces the fast initial growth of dry oxide when no thin-oxide
    /// term is used.
    pub x_i_dry_um: f64,
    pub(crate) dry: RatePair,
    pub(crate) wet: RatePair,
    pub(crate) wet_low: Option<LowRatePair>,
    pub(crate) orient: ByOrientation<f64>,
    pub(crate) pressure_exponent: PressureExponents,
}

#[derive(Clone, Copy, Debug, Deserialize)]
pub(crate) struct ThinRate {
    pub c0: f64,
    pub e_ev: f64,
    pub l_um: f64,
}

/// Massoud's constants of thin dry oxide from one source.
#[derive(Clone, Debug, Deserialize)]
pub struct MassoudSet {
    /// Where the numbers come from.
    pub source: String,
    #[serde(flatten)]
    pub(crate) rates: ByOrientation<ThinRate>,
}

#[derive(Debug, Deserialize)]
struct MomentTable {
    #[serde(default = "gibbons")]
    set: String,
    material: String,
    ion: String,
    rows: Vec<[f64; 5]>,
}

fn gibbons() -> String {
    "gibbons".to_owned()
}

/// All parameter sets.
#[derive(Debug, Deserialize)]
pub struct Parameters {
    ni: BTreeMap<String, IntrinsicCarriers>,
    diffusivity: BTreeMap<String, DiffusivitySet>,
    oxide_diffusivity: BTreeMap<String, [f64; 2]>,
    arsenic_clustering: Clustering,
    activation: SoftLimit,
    solid_solubility: BTreeMap<String, Vec<[f64; 2]>>,
    segregation: BTreeMap<String, [f64; 2]>,
    gas_transfer: BTreeMap<String, [f64; 2]>,
    interface: Interface,
    oxidation: BTreeMap<String, OxidationSet>,
    massoud: BTreeMap<String, MassoudSet>,
    chlorine: Chlorine,
    point_defects: BTreeMap<String, DefectSet>,
    implant: Vec<MomentTable>,
}

impl Parameters {
    /// The compiled-in sets, parsed once.
    pub fn builtin() -> &'static Parameters {
        static BUILTIN: OnceLock<Parameters> = OnceLock::new();
        BUILTIN.get_or_init(|| {
            toml::from_str(include_str!("data/parameters.toml"))
                .unwrap_or_else(|error| unreachable!("the compiled-in table is tested: {error}"))
        })
    }

    /// An intrinsic-carrier formula by name.
    pub fn ni(&self, name: &str) -> Option<&IntrinsicCarriers> {
        self.ni.get(name)
    }

    /// Names of the intrinsic-carrier formulas.
    pub fn ni_names(&self) -> Vec<&str> {
        self.ni.keys().map(String::as_str).collect()
    }

    /// A diffusivity set by name.
    pub fn diffusivity(&self, name: &str) -> Option<&DiffusivitySet> {
        self.diffusivity.get(name)
    }

    /// Names of the diffusivity sets.
    pub fn diffusivity_names(&self) -> Vec<&str> {
        self.diffusivity.keys().map(String::as_str).collect()
    }

    /// An oxidation set by name.
    pub fn oxidation(&self, name: &str) -> Option<&OxidationSet> {
        self.oxidation.get(name)
    }

    /// Names of the oxidation sets.
    pub fn oxidation_names(&self) -> Vec<&str> {
        self.oxidation.keys().map(String::as_str).collect()
    }

    /// A set of Massoud's constants by name.
    pub fn massoud(&self, name: &str) -> Option<&MassoudSet> {
        self.massoud.get(name)
    }

    /// Names of the sets of Massoud's constants.
    pub fn massoud_names(&self) -> Vec<&str> {
        self.massoud.keys().map(String::as_str).collect()
    }

    /// Factors of hydrogen chloride on dry oxidation.
    pub fn chlorine(&self) -> &Chlorine {
        &self.chlorine
    }

    /// A set of point-defect parameters by name.
    pub fn point_defects(&self, name: &str) -> Option<&DefectSet> {
        self.point_defects.get(name)
    }

    /// Names of the sets of point-defect parameters.
    pub fn point_defect_names(&self) -> Vec<&str> {
        self.point_defects.keys().map(String::as_str).collect()
    }

    /// Diffusivity in SiO2, cm2/s; zero for a species without a known one.
    pub fn oxide_diffusivity(&self, species: Species, temp_c: f64) -> f64 {
        self.oxide_diffusivity
            .get(species.name())
            .map_or(0.0, |[d0, ea]| arrhenius(*d0, *ea, temp_c))
    }

    /// Electrically active limit, cm-3. It is linear in temperature between the rows of the table,
    /// and beyond them it continues along the outermost segments, as in SUPREM, but not below a
    /// hundredth of the first row. `None` for a species without a table.
    pub fn solid_solubility(&self, species: Species, temp_c: f64) -> Option<f64> {
        let rows = self.solid_solubility.get(species.name())?;
        let upper = rows.iter().position(|row| row[0] >= temp_c).unwrap_or(rows.len() - 1).max(1);
        let ([t0, s0], [t1, s1]) = (rows[upper - 1], rows[upper]);
        Some((s0 + (temp_c - t0) * (s1 - s0) / (t1 - t0)).max(0.01 * rows[0][1]))
    }

    /// Lowest and highest temperature of a solubility table, degrees Celsius.
    pub fn solubility_range(&self, species: Species) -> Option<(f64, f64)> {
        let rows = self.solid_solubility.get(species.name())?;
        Some((rows.first()?[0], rows.last()?[0]))
    }

    /// Equilibrium ratio `C_Si / C_SiO2`; `None` for a species without a known one.
    pub fn segregation(&self, species: Species, temp_c: f64) -> Option<f64> {
        self.segregation.get(species.name()).map(|[m0, e]| arrhenius(*m0, *e, temp_c))
    }

    /// Transport coefficient from the gas into silicon, cm/s.
    pub fn gas_transfer(&self, species: Species, temp_c: f64) -> Option<f64> {
        self.gas_transfer.get(species.name()).map(|[h0, e]| arrhenius(*h0, *e, temp_c))
    }

    /// Transport coefficient of the Si/SiO2 interface, cm/s, without its factor sqrt(m).
    pub fn interface_transfer_cm_s(&self) -> f64 {
        self.interface.transfer_cm_s
    }

    pub(crate) fn clustering(&self) -> Clustering {
        self.arsenic_clustering
    }

    pub(crate) fn soft_limit(&self) -> SoftLimit {
        self.activation
    }

    /// Rows `[energy keV, Rp um, dRp um, skewness, kurtosis]` of an ion in a material, by set.
    pub(crate) fn moment_rows(&self, set: &str, material: &str, ion: &str) -> Option<&[[f64; 5]]> {
        self.implant
            .iter()
            .find(|table| table.set == set && table.material == material && table.ion == ion)
            .map(|table| table.rows.as_slice())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values computed in the reference collection from the same constants: 900, 1000, 1100 C.
    #[test]
    fn intrinsic_carriers_match_the_reference() {
        let ni = Parameters::builtin().ni("suprem4").unwrap();
        for (temp_c, expected) in [(900.0, 3.945e18), (1000.0, 7.137e18), (1100.0, 1.194e19)] {
            assert!((ni.at(temp_c) / expected - 1.0).abs() < 1e-3);
        }
    }

    #[test]
    fn solubility_interpolates_and_extends() {
        let parameters = Parameters::builtin();
        let boron = |t| parameters.solid_solubility(Species::Boron, t).unwrap();
        assert_eq!(boron(1000.0), 1.1922e20);
        assert_eq!(boron(987.5), (1.0435e20 + 1.1922e20) / 2.0);
        assert!(boron(790.0) < boron(800.0));
        assert!(parameters.solid_solubility(Species::Phosphorus, 1200.0).unwrap() > 3.7943e20);
        assert_eq!(parameters.solid_solubility(Species::Gallium, 1000.0), None);
    }

    #[test]
    fn boron_segregates_into_the_oxide() {
        let m = Parameters::builtin().segregation(Species::Boron, 1000.0).unwrap();
        assert!((m - 0.28).abs() < 0.005, "{m}");
    }

    #[test]
    fn every_verified_species_is_in_the_default_set() {
        let set = Parameters::builtin().diffusivity("suprem4").unwrap();
        assert!(Species::ALL.iter().all(|s| s.is_verified() == set.terms(*s).is_some()));
    }
}
