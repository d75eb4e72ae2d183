//! The methods, one file each.

mod areal;
mod cd;
mod compare;
mod cv_schottky;
mod cv_series;
mod four_point;
mod gum_budget;
mod hall;
mod ler;
mod mosfet;
mod mosfet_dibl;
mod profile;
mod step;
mod tlm;
mod van_der_pauw;

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
    &cv_schottky::METHOD,
    &cv_series::METHOD,
    &cd::METHOD,
    &cd::IMAGE,
    &ler::METHOD,
    &step::METHOD,
    &profile::METHOD,
    &areal::METHOD,
    &areal::LINE,
];

/// A method by its name.
pub fn find(name: &str) -> Option<&'static Method> {
    METHODS.iter().find(|method| method.name == name).copied()
}
