//! Physical constants (CODATA 2018) and the conversions that every module needs.

/// Boltzmann constant, eV/K.
pub const K_EV_PER_K: f64 = 8.617_333_262e-5;
/// Elementary charge, C.
pub const Q_C: f64 = 1.602_176_634e-19;
/// Silicon consumed per unit of oxide thickness grown.
pub const SI_PER_OXIDE: f64 = 0.44;
/// Atoms of silicon, cm-3.
pub const LATTICE_CM3: f64 = 5e22;
/// Micrometres in a centimetre.
pub const UM_PER_CM: f64 = 1e4;
/// Temperature at which mobility and sheet resistance are evaluated, K.
pub const ROOM_K: f64 = 300.0;

/// Kelvin from degrees Celsius.
pub fn kelvin(temp_c: f64) -> f64 {
    temp_c + 273.15
}

/// `prefactor * exp(-energy_ev / kT)` at `temp_c` degrees Celsius.
pub fn arrhenius(prefactor: f64, energy_ev: f64, temp_c: f64) -> f64 {
    prefactor * (-energy_ev / (K_EV_PER_K * kelvin(temp_c))).exp()
}
