//! The common result of rate windows and transients.

/// Emission rates of one trap over temperature, with their amplitudes.
#[derive(Default)]
pub(super) struct Emission {
    pub temperature_k: Vec<f64>,
    pub rate_per_s: Vec<f64>,
    /// Relative standard uncertainty of each rate, if it was fitted.
    pub u_relative: Option<Vec<f64>>,
    /// dC/C0 for each rate.
    pub share: Vec<f64>,
}
