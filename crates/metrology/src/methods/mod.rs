//! The methods, one file for each.

mod areal;
mod bjt;
mod cd;
mod compare;
mod cv_mos;
mod cv_schottky;
mod cv_series;
mod diode;
mod dispersion;
mod dlts;
mod dlts_emission;
mod dlts_peaks;
mod dlts_transients;
mod ebic;
mod ellipsometry;
mod ellipsometry_forward;
mod etch_map;
mod four_point;
mod ftir_impurity;
mod ftir_thickness;
mod gum_budget;
mod hall;
mod ler;
mod lifetime;
mod mosfet;
mod mosfet_dibl;
mod naa;
mod photoluminescence;
mod profile;
mod raman;
mod rbs;
mod reflectometry;
mod sims;
mod solar_cell;
mod solar_diode;
mod spectral_mismatch;
mod step;
mod tlm;
mod uv_vis;
mod van_der_pauw;
mod xps;
mod xrd_epilayer;
mod xrd_lattice;
mod xrd_size_strain;
mod xrd_stress;
mod xrf;

use crate::method::Method;

/// All methods by family.
pub static METHODS: &[&Method] = &[
    &gum_budget::METHOD,
    &compare::METHOD,
    &four_point::METHOD,
    &van_der_pauw::METHOD,
    &hall::METHOD,
    &tlm::METHOD,
    &mosfet::METHOD,
    &mosfet_dibl::METHOD,
    &diode::METHOD,
    &solar_diode::METHOD,
    &solar_cell::METHOD,
    &spectral_mismatch::METHOD,
    &cv_mos::METHOD,
    &cv_schottky::METHOD,
    &bjt::GUMMEL,
    &bjt::EARLY,
    &dlts::METHOD,
    &ebic::METHOD,
    &cv_series::METHOD,
    &ellipsometry::METHOD,
    &ellipsometry_forward::METHOD,
    &dispersion::METHOD,
    &reflectometry::METHOD,
    &cd::METHOD,
    &cd::IMAGE,
    &ler::METHOD,
    &step::METHOD,
    &profile::METHOD,
    &areal::METHOD,
    &areal::LINE,
    &etch_map::METHOD,
    &xrd_lattice::METHOD,
    &xrd_size_strain::METHOD,
    &xrd_epilayer::METHOD,
    &xrd_stress::METHOD,
    &ftir_thickness::METHOD,
    &ftir_impurity::OXYGEN,
    &ftir_impurity::CARBON,
    &xps::METHOD,
    &sims::METHOD,
    &uv_vis::METHOD,
    &raman::METHOD,
    &photoluminescence::VARSHNI,
    &photoluminescence::PEAK,
    &xrf::METHOD,
    &rbs::METHOD,
    &naa::METHOD,
    &lifetime::DECAY,
    &lifetime::SURFACE,
    &lifetime::QSSPC,
];

/// The method called `name`.
pub fn find(name: &str) -> Option<&'static Method> {
    METHODS.iter().find(|method| method.name == name).copied()
}
