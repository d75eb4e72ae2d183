//! The models and parameter sets that a run uses.

use std::collections::BTreeMap;

use crate::constants::{K_EV_PER_K, kelvin};
use crate::defects::parameters::DefectModel;
use crate::gas::Gas;
use crate::implant::Ranges;
use crate::mobility::Mobility;
use crate::oxidation::{Orientation, OxideGrowth, RateConstants};
use crate::parameters::{DiffusivitySet, DiffusivityTerms, IntrinsicCarriers, Parameters, Status};
use crate::solver::physics::{DopantPhysics, Law, Physics};
use crate::species::Species;
use crate::step::Action;

/// How the diffusivity depends on concentration.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DiffusionModel {
    /// Charge-state terms times powers of n/ni.
    Fermi,
    /// The intrinsic value everywhere.
    Constant,
    /// Intrinsic value times `(C / c_ref_cm3)^exponent`: fronts of known shape.
    Power {
        /// Concentration at which the diffusivity has its intrinsic value, cm-3.
        c_ref_cm3: f64,
        /// Exponent.
        exponent: f64,
    },
}

/// How much of a dopant is electrically active.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activation {
    /// All of it.
    Full,
    /// Active up to the solid solubility, above it by SUPREM's soft limit.
    Solubility,
    /// The soft limit, and clusters of arsenic; precipitates of boron and arsenic do not move.
    Suprem4,
}

/// How fast a dopant passes the Si/SiO2 interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InterfaceModel {
    /// Segregation equilibrium at all times.
    Equilibrium,
    /// SUPREM-IV's finite transport coefficient.
    Suprem4,
}

/// Deal and Grove's constants at the temperature and pressure of the step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OxideRates {
    /// Parabolic constant B, um2/h.
    pub parabolic_um2_h: f64,
    /// Linear constant B/A, um/h.
    pub linear_um_h: f64,
}

/// Models and parameter sets, by name. Every report repeats them.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Dependence of the diffusivity on concentration.
    pub diffusion: DiffusionModel,
    /// Whether the carriers' electric field acts on the dopants (Fermi model).
    pub field: bool,
    /// Diffusivity set.
    pub parameters: String,
    /// Intrinsic-carrier formula.
    pub ni: String,
    /// Activation model.
    pub activation: Activation,
    /// Mobility model.
    pub mobility: Mobility,
    /// Oxidation set.
    pub oxidation: String,
    /// Set of Massoud's constants; `None` leaves the thin-oxide term out.
    pub massoud: Option<String>,
    /// Rate constants that replace those of the oxidation set, at every temperature.
    pub oxide_rates: Option<OxideRates>,
    /// Interface model.
    pub interface: InterfaceModel,
    /// Tables of implanted ranges.
    pub ranges: Ranges,
    /// Whether heavily doped silicon oxidizes faster.
    pub doped_oxidation: bool,
    /// Point defects; `None` keeps them at equilibrium.
    pub defects: Option<DefectModel>,
    /// Diffusivities that replace those of the set.
    pub diffusivity: BTreeMap<Species, DiffusivityTerms>,
    /// Segregation coefficients `[prefactor, eV]` that replace the table's.
    pub segregation: BTreeMap<Species, [f64; 2]>,
}

impl Default for Model {
    fn default() -> Self {
        Model {
            diffusion: DiffusionModel::Fermi,
            field: true,
            parameters: "suprem4".into(),
            ni: "suprem4".into(),
            activation: Activation::Suprem4,
            mobility: Mobility::Masetti,
            oxidation: "deal_grove".into(),
            massoud: Some("plummer".into()),
            oxide_rates: None,
            interface: InterfaceModel::Equilibrium,
            ranges: Ranges::Gibbons,
            doped_oxidation: false,
            defects: None,
            diffusivity: BTreeMap::new(),
            segregation: BTreeMap::new(),
        }
    }
}

/// A choice that cannot be computed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ModelError {
    /// No set of that name.
    #[error("unknown {what} set `{name}`")]
    UnknownSet {
        /// Kind of set.
        what: &'static str,
        /// The name asked for.
        name: String,
    },
    /// The set has no diffusivity for a species that diffuses.
    #[error("parameter set `{set}` has no diffusivity for {species}")]
    NoDiffusivity {
        /// Diffusivity set.
        set: String,
        /// The species.
        species: Species,
    },
    /// No segregation coefficient is known for a species under an oxide.
    #[error("no segregation coefficient is known for {0}")]
    NoSegregation(Species),
    /// No gas transport coefficient is known for the species.
    #[error("no gas transport coefficient is known for {0}")]
    NoGasTransfer(Species),
    /// No solubility is known for the species.
    #[error("no solid solubility is known for {0}")]
    NoSolubility(Species),
    /// A temperature outside the range of a set.
    #[error("{temp_c} C is outside the range of {what} set `{set}` ({min_c} to {max_c} C)")]
    Temperature {
        /// Temperature asked for, degrees Celsius.
        temp_c: f64,
        /// Kind of set.
        what: &'static str,
        /// Name of the set.
        set: String,
        /// Lowest temperature, degrees Celsius.
        min_c: f64,
        /// Highest temperature, degrees Celsius.
        max_c: f64,
    },
}

impl Model {
    /// The diffusivity set.
    ///
    /// # Errors
    /// When there is none of that name.
    pub fn diffusivity_set(&self) -> Result<&'static DiffusivitySet, ModelError> {
        Parameters::builtin().diffusivity(&self.parameters).ok_or_else(|| ModelError::UnknownSet {
            what: "diffusivity",
            name: self.parameters.clone(),
        })
    }

    fn carriers(&self) -> Result<&'static IntrinsicCarriers, ModelError> {
        Parameters::builtin()
            .ni(&self.ni)
            .ok_or_else(|| ModelError::UnknownSet { what: "ni", name: self.ni.clone() })
    }

    /// Intrinsic carrier concentration, cm-3.
    ///
    /// # Errors
    /// When there is no formula of that name.
    pub fn ni_cm3(&self, temp_c: f64) -> Result<f64, ModelError> {
        Ok(self.carriers()?.at(temp_c))
    }

    /// Charge-state terms of a species.
    ///
    /// # Errors
    /// When neither an override nor the set has them.
    pub fn terms(&self, species: Species) -> Result<DiffusivityTerms, ModelError> {
        if let Some(terms) = self.diffusivity.get(&species) {
            return Ok(*terms);
        }
        self.diffusivity_set()?
            .terms(species)
            .ok_or_else(|| ModelError::NoDiffusivity { set: self.parameters.clone(), species })
    }

    /// Whether results for the species are based on verified numbers only.
    pub fn is_verified(&self, species: Species) -> bool {
        self.diffusivity.contains_key(&species)
            || (species.is_verified()
                && self.diffusivity_set().is_ok_and(|set| set.status == Status::Verified))
    }

    /// Checks the temperatures of a furnace step against the ranges of the sets that it uses. The
    /// coldest temperature is checked only against the table of chlorine: dopants hardly move and
    /// oxide hardly grows at the cold ends of a ramp.
    ///
    /// # Errors
    /// A temperature outside a range.
    pub fn check_step(&self, species: &[Species], action: &Action) -> Result<(), ModelError> {
        let Some((coldest, hottest)) = action.range_c() else { return Ok(()) };
        let gas = action.gas();
        self.check_temperature(species, gas, hottest)?;
        if gas.hcl_pct > 0.0 { self.check_temperature(species, gas, coldest) } else { Ok(()) }
    }

    /// Checks one temperature against the ranges of the sets that a step uses.
    ///
    /// # Errors
    /// A temperature outside a range. Species with diffusivities of their own are not bound to the
    /// set's range.
    pub fn check_temperature(
        &self,
        species: &[Species],
        gas: Gas,
        temp_c: f64,
    ) -> Result<(), ModelError> {
        // Below its range a set is extrapolated: dopants hardly move there, and process flows
        // contain such holds.
        if species.iter().any(|s| !self.diffusivity.contains_key(s)) {
            let set = self.diffusivity_set()?;
            if temp_c > set.max_c {
                check_range("diffusivity", &self.parameters, set.min_c, set.max_c, temp_c)?;
            }
        }
        if gas.oxidizes() && self.oxide_rates.is_none() {
            let growth = self.growth(Orientation::O100, gas)?;
            check_range("oxidation", &self.oxidation, growth.set.min_c, growth.set.max_c, temp_c)?;
        }
        if gas.hcl_pct > 0.0 {
            let (low, high) = Parameters::builtin().chlorine().range_c();
            check_range("chlorine", "hess_deal", low, high, temp_c)?;
        }
        Ok(())
    }

    /// Whether a temperature lies below the range of the diffusivity set.
    pub fn is_cold(&self, temp_c: f64) -> bool {
        self.diffusivity_set().is_ok_and(|set| temp_c < set.min_c)
    }

    /// Segregation coefficient `C_Si / C_SiO2`.
    pub fn segregation(&self, species: Species, temp_c: f64) -> Option<f64> {
        match self.segregation.get(&species) {
            Some([m0, e]) => Some(crate::constants::arrhenius(*m0, *e, temp_c)),
            None => Parameters::builtin().segregation(species, temp_c),
        }
    }

    /// Growth law of an oxide.
    ///
    /// # Errors
    /// When a set of the model does not exist.
    pub fn growth(
        &self,
        orientation: Orientation,
        gas: Gas,
    ) -> Result<OxideGrowth<'static>, ModelError> {
        let parameters = Parameters::builtin();
        let set = parameters.oxidation(&self.oxidation).ok_or_else(|| ModelError::UnknownSet {
            what: "oxidation",
            name: self.oxidation.clone(),
        })?;
        let massoud =
            match &self.massoud {
                None => None,
                Some(name) => Some(parameters.massoud(name).ok_or_else(|| {
                    ModelError::UnknownSet { what: "massoud", name: name.clone() }
                })?),
            };
        let own = self.oxide_rates.map(|own| RateConstants {
            parabolic_um2_h: own.parabolic_um2_h,
            linear_um_h: own.linear_um_h,
            thin_um_h: 0.0,
            thin_length_um: 1.0,
        });
        Ok(OxideGrowth {
            set,
            massoud,
            orientation,
            ambient: gas.ambient,
            pressure_atm: gas.oxidant_atm(),
            hcl_pct: gas.hcl_pct,
            own,
            linear_factor: 1.0,
        })
    }

    /// Active concentrations, cm-3, of every species at every node, given as `conc[species][node]`.
    ///
    /// # Errors
    /// When a set of the model does not exist or lacks a species.
    pub fn active(
        &self,
        species: &[Species],
        conc: &[Vec<f64>],
        temp_c: f64,
    ) -> Result<Vec<Vec<f64>>, ModelError> {
        match species.len() {
            0 => Ok(Vec::new()),
            1 => self.active_of::<1>(species, conc, temp_c),
            2 => self.active_of::<2>(species, conc, temp_c),
            3 => self.active_of::<3>(species, conc, temp_c),
            4 => self.active_of::<4>(species, conc, temp_c),
            5 => self.active_of::<5>(species, conc, temp_c),
            6 => self.active_of::<6>(species, conc, temp_c),
            _ => self.active_of::<7>(species, conc, temp_c),
        }
    }

    fn active_of<const K: usize>(
        &self,
        species: &[Species],
        conc: &[Vec<f64>],
        temp_c: f64,
    ) -> Result<Vec<Vec<f64>>, ModelError> {
        if self.activation == Activation::Full {
            return Ok(conc.to_vec());
        }
        let species: [Species; K] = std::array::from_fn(|k| species[k]);
        let physics = self.physics(&species, temp_c, false, None)?;
        let nodes = conc.first().map_or(0, Vec::len);
        let mut active = vec![Vec::with_capacity(nodes); K];
        #[allow(
            clippy::needless_range_loop,
            reason = "a node is a place in every species' profile"
        )]
        for node in 0..nodes {
            let here = physics.active(&std::array::from_fn(|k| conc[k][node]));
            for (column, value) in active.iter_mut().zip(here) {
                column.push(value);
            }
        }
        Ok(active)
    }

    /// What the solver needs at one temperature. `oxide` and `gas` say whether the species meet an
    /// oxide or a doping gas; the coefficients for it must then be known.
    pub(crate) fn physics<const K: usize>(
        &self,
        species: &[Species; K],
        temp_c: f64,
        oxide: bool,
        gas: Option<Species>,
    ) -> Result<Physics<K>, ModelError> {
        let mut dopants = Vec::with_capacity(K);
        let ni = self.carriers()?.at(temp_c);
        for species in species {
            dopants.push(self.dopant(*species, temp_c, ni, oxide, gas == Some(*species))?);
        }
        let law = match self.diffusion {
            DiffusionModel::Fermi => Law::Fermi { field: self.field },
            DiffusionModel::Constant => Law::Constant,
            DiffusionModel::Power { c_ref_cm3, exponent } => {
                Law::Power { c_ref: c_ref_cm3, exponent }
            }
        };
        Ok(Physics { ni, law, prompt: false, dopants: std::array::from_fn(|k| dopants[k]) })
    }

    fn dopant(
        &self,
        species: Species,
        temp_c: f64,
        ni: f64,
        oxide: bool,
        gas: bool,
    ) -> Result<DopantPhysics, ModelError> {
        /// Fast compared with every other transport, yet slow enough for double precision, cm/s.
        const EQUILIBRIUM_TRANSFER: f64 = 1e-2;
        let parameters = Parameters::builtin();
        let segregation = match self.segregation(species, temp_c) {
            Some(m) => m,
            None if oxide => return Err(ModelError::NoSegregation(species)),
            None => 1.0,
        };
        let transfer = match self.interface {
            InterfaceModel::Equilibrium => EQUILIBRIUM_TRANSFER,
            InterfaceModel::Suprem4 => segregation.sqrt() * parameters.interface_transfer_cm_s(),
        };
        let gas_transfer = match parameters.gas_transfer(species, temp_c) {
            Some(h) => h,
            None if gas => return Err(ModelError::NoGasTransfer(species)),
            None => 0.0,
        };
        let solubility = match self.activation {
            Activation::Full => f64::INFINITY,
            // A species without a known limit counts as fully active; reports call it experimental.
            _ => parameters.solid_solubility(species, temp_c).unwrap_or(f64::INFINITY),
        };
        let clusters = self.activation == Activation::Suprem4 && species == Species::Arsenic;
        let cluster = if clusters {
            let constants = parameters.clustering();
            constants.ctn0 * (constants.ctn_e_ev / (K_EV_PER_K * kelvin(temp_c))).exp() * ni
        } else {
            0.0
        };
        Ok(DopantPhysics {
            charge: species.kind().charge(),
            silicon: self.terms(species)?.at(temp_c),
            oxide: parameters.oxide_diffusivity(species, temp_c),
            solubility,
            soft_b: parameters.soft_limit().b,
            cluster,
            moves_active: self.activation == Activation::Suprem4
                && matches!(species, Species::Boron | Species::Arsenic),
            segregation,
            transfer,
            gas_transfer,
        })
    }
}

fn check_range(
    what: &'static str,
    set: &str,
    min_c: f64,
    max_c: f64,
    temp_c: f64,
) -> Result<(), ModelError> {
    if (min_c..=max_c).contains(&temp_c) {
        return Ok(());
    }
    Err(ModelError::Temperature { temp_c, what, set: set.to_owned(), min_c, max_c })
}
