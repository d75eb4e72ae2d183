//! Optics of layered films: dispersion, mixtures, the reflection of a stack, and the fit of a
//! stack's parameters.
//!
//! Convention everywhere: index n - ik, time dependence exp(+i w t), rho = rp/rs = tan(psi) exp(i delta); a bare
//! dielectric below the Brewster angle has delta = 180 degrees.

pub mod dispersion;
pub mod ema;
pub mod inputs;
pub mod materials;
pub mod search;
pub mod stack;
pub mod structure;

/// A complex number: an index n - ik, a permittivity, an amplitude.
pub type Complex = nalgebra::Complex<f64>;
