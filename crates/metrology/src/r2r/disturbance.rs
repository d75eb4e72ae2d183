//! Disturbances of a process from run to run.

/// The kind of a disturbance; its shocks have variance 1 here.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Disturbance {
    /// Independent from run to run.
    White,
    /// Integrated moving average, `eta_t = eta_(t-1) + e_t - theta e_(t-1)`; a random walk at theta 0.
    Ima(f64),
    /// Autoregressive, `eta_t = phi eta_(t-1) + e_t`.
    Ar(f64),
}

impl Disturbance {
    /// The name used in documents.
    pub fn name(self) -> &'static str {
        match self {
            Disturbance::White => "white",
            Disturbance::Ima(_) => "ima",
            Disturbance::Ar(_) => "ar1",
        }
    }

    /// Moving-average and autoregressive polynomials, without the integrator.
    pub fn parts(self) -> (Vec<f64>, Vec<f64>) {
        match self {
            Disturbance::White => (vec![1.0], vec![1.0]),
            Disturbance::Ima(theta) => (vec![1.0, -theta], vec![1.0]),
            Disturbance::Ar(phi) => (vec![1.0], vec![1.0, -phi]),
        }
    }

    /// Variance without control in units of the variance of the shocks; `None` if it grows without
    /// bound.
    pub fn variance(self) -> Option<f64> {
        match self {
            Disturbance::White => Some(1.0),
            Disturbance::Ima(theta) => (theta == 1.0).then_some(1.0),
            Disturbance::Ar(phi) => (phi.abs() < 1.0).then(|| 1.0 / (1.0 - phi * phi)),
        }
    }

    /// Variance to which ratios refer: that without control or, for an integrated disturbance, that
    /// of the shocks.
    pub fn reference(self) -> f64 {
        match self {
            Disturbance::Ima(_) => 1.0,
            other => other.variance().unwrap_or(1.0),
        }
    }
}

/// A disturbance generated from shocks.
#[derive(Clone, Debug)]
pub struct Walk {
    kind: Disturbance,
    last: f64,
    shock: f64,
}

impl Walk {
    /// Starts at 0. An autoregressive disturbance needs some runs until it is stationary.
    pub fn new(kind: Disturbance) -> Walk {
        Walk { kind, last: 0.0, shock: 0.0 }
    }

    /// The next value.
    pub fn next(&mut self, shock: f64) -> f64 {
        self.last = match self.kind {
            Disturbance::White => shock,
            Disturbance::Ima(theta) => self.last + shock - theta * self.shock,
            Disturbance::Ar(phi) => phi * self.last + shock,
        };
        self.shock = shock;
        self.last
    }
}
