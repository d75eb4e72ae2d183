//! Constants: exact values of the SI of 2019, and the vacuum permittivity of CODATA 2018.

/// Boltzmann constant, J/K (exact).
pub const K_J_K: f64 = 1.380_649e-23;
/// Elementary charge, C (exact).
pub const Q_C: f64 = 1.602_176_634e-19;
/// Planck constant, J s (exact).
pub const H_J_S: f64 = 6.626_070_15e-34;
/// Speed of light in vacuum, m/s (exact).
pub const C_M_S: f64 = 299_792_458.0;
/// Permittivity of vacuum, F/m (CODATA 2018).
pub const EPS0_F_M: f64 = 8.854_187_812_8e-12;
/// h c in eV nm: energy of a photon times its wavelength in vacuum.
pub const HC_EV_NM: f64 = H_J_S * C_M_S / Q_C * 1e9;

/// Thermal voltage kT/q in V at a temperature in K.
pub fn thermal_voltage_v(temperature_k: f64) -> f64 {
    K_J_K * temperature_k / Q_C
}
