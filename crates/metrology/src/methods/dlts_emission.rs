//! What rate windows and transients both give.

/// Emission rates of one trap over temperature, and the amplitudes that came with them.
#[derive(Default)]
pub(super) struct Emission {
    pub temperature_k: Vec<f64>,
    pub rate_per_s: Vec<f64>,
    /// Relative standard uncertainty of each rate, where it was fitted.
    pub u_relative: Option<Vec<f64>>,
    /// dC/C0 of each.
    pub share: Vec<f64>,
}
