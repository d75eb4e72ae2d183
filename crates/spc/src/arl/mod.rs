//! Average run lengths: how many points a chart plots until it alarms, on average.
//!
//! All of them hold for independent normal points (except [`shewhart::autocorrelated`]) whose mean
//! and sigma are known. A chart with estimated limits alarms more often; how much more varies from
//! estimate to estimate.

pub mod asked;
mod chain;
pub mod characteristic;
mod chart;
pub mod cusum;
pub mod ewma;
mod moving_range;
pub mod multivariate;
pub mod rules;
pub mod shewhart;
mod simulate;
mod survival;

pub use chain::Chain;
pub(crate) use chart::spread_alarm_at;
pub use chart::{chart_arl, is_limit_rule};
pub use ewma::EwmaLimits;
pub use moving_range::MovingRange;
pub use rules::{listing, rules_arl, window_rate};
pub use simulate::{Simulated, simulate};

/// How the mean moves away from the centre line, in sigma.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Change {
    /// The mean is off by `sigma` from the first point on.
    Step {
        /// Distance in sigma; 0 is an undisturbed process.
        sigma: f64,
    },
    /// The mean moves by `slope` each point: point n (from 1) has its mean at n × slope.
    Ramp {
        /// Drift in sigma per point.
        slope: f64,
    },
}

impl Change {
    /// An undisturbed process.
    pub const NONE: Self = Self::Step { sigma: 0.0 };

    /// Mean of point `n`, counted from 1.
    pub fn mean(self, n: usize) -> f64 {
        match self {
            Self::Step { sigma } => sigma,
            Self::Ramp { slope } => slope * n as f64,
        }
    }

    fn is_constant(self) -> bool {
        matches!(self, Self::Step { .. }) || self == Self::Ramp { slope: 0.0 }
    }
}

/// How a run length was computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// By a formula.
    ClosedForm,
    /// A finite Markov chain over the zones, exact up to rounding.
    MarkovChain,
    /// A Fredholm equation solved by quadrature, to about eight digits.
    IntegralEquation,
    /// Simulated runs; see the standard error.
    MonteCarlo,
}

impl Method {
    /// The name that is used in results.
    pub fn name(self) -> &'static str {
        match self {
            Self::ClosedForm => "closed form",
            Self::MarkovChain => "markov chain",
            Self::IntegralEquation => "integral equation",
            Self::MonteCarlo => "monte carlo",
        }
    }
}

/// An average run length and how it was found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RunLength {
    /// Mean number of points up to and including the first alarm; infinite if nothing can alarm.
    pub arl: f64,
    /// Standard error of `arl`; 0 if it was not simulated.
    pub standard_error: f64,
    /// How it was computed.
    pub method: Method,
}

impl RunLength {
    fn exact(arl: f64, method: Method) -> Self {
        Self { arl, standard_error: 0.0, method }
    }
}
