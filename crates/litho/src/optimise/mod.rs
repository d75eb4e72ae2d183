//! Finds the settings that print a set of features best: exact physics over a grid, then a seeded
//! search from its best points.

mod evaluate;
mod limits;
mod search;

use serde::Serialize;

use crate::job::JobParameters;

/// The objective, which the search makes as good as possible.
#[derive(Clone, Debug, PartialEq)]
pub enum Objective {
    /// The depth of focus that all features share at one dose, with at least the latitude that the
    /// first feature's job asks for.
    CommonDof,
    /// The exposure latitude at best focus that all features share.
    CommonLatitude,
    /// The greatest yield risk among the features, from the spread of dose and focus; it is
    /// minimized.
    YieldRisk,
    /// The sum of weights times terms.
    Weights(Vec<(Term, f64)>),
}

/// A term of a weighted objective, in its own unit; of several features the worst counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// Common depth of focus in nm.
    Dof,
    /// Common exposure latitude in percent.
    Latitude,
    /// Least normalized image log-slope.
    Nils,
    /// Greatest mask error factor.
    Meef,
    /// Greatest yield risk from the spread of dose and focus.
    YieldRisk,
}

impl Term {
    /// All terms.
    pub const ALL: [Term; 5] = [Term::Dof, Term::Latitude, Term::Nils, Term::Meef, Term::YieldRisk];

    /// Its name in options and documents.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Term::Dof => "dof_nm",
            Term::Latitude => "el_pct",
            Term::Nils => "nils",
            Term::Meef => "meef",
            Term::YieldRisk => "yield_risk",
        }
    }
}

impl Objective {
    /// Whether a smaller value is better.
    #[must_use]
    pub fn is_least(&self) -> bool {
        *self == Self::YieldRisk
    }

    /// Whether the objective depends on the yield risk.
    fn asks_risk(&self) -> bool {
        match self {
            Self::YieldRisk => true,
            Self::Weights(terms) => terms.iter().any(|(term, _)| *term == Term::YieldRisk),
            Self::CommonDof | Self::CommonLatitude => false,
        }
    }
}

/// A field that may vary.
#[derive(Clone, Debug, PartialEq)]
pub struct Variable {
    /// One of [`FIELDS`].
    pub field: &'static str,
    /// Least value.
    pub low: f64,
    /// Greatest value.
    pub high: f64,
}

/// Fields that can vary: lens and source of all features, the mask bias of the first (or of all, if
/// the others do not follow their own targets), assist features of those that have them, and
/// `dose`, in units of the first feature's dose to size.
pub const FIELDS: [&str; 11] = [
    "na",
    "sigma",
    "sigma_in",
    "sigma_out",
    "pole_center",
    "pole_radius",
    "pole_angle_deg",
    "mask_bias_nm",
    "assist_nm",
    "assist_offset_nm",
    "dose",
];

/// An optimization problem.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The features; the first sets the dose.
    pub features: Vec<JobParameters>,
    /// What may vary.
    pub variables: Vec<Variable>,
    /// The objective.
    pub objective: Objective,
    /// Least normalized image log-slope of every feature at best focus.
    pub nils_min: Option<f64>,
    /// Greatest mask error factor of every feature.
    pub meef_max: Option<f64>,
    /// Whether the mask bias of every other feature is chosen so that the feature prints its target
    /// at the dose of the first one.
    pub bias_on_target: bool,
    /// Greatest absolute value of such a bias in nm.
    pub bias_limit_nm: f64,
    /// Least width of a ring, sigma_out - sigma_in.
    pub ring_min: f64,
    /// Greatest distance of a pole's outer edge from the axis.
    pub pole_reach_max: f64,
    /// Seed of the search.
    pub seed: u64,
}

/// One setting and its results.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Solution {
    /// Values of the variables, in their order.
    pub values: Vec<f64>,
    /// Value of the objective.
    pub objective: f64,
    /// Depth of focus common to all features in nm.
    pub dof_nm: f64,
    /// Exposure latitude at best focus common to all features, in percent.
    pub el_pct: f64,
    /// Least dose at which the depth of focus holds, in units of the first feature's dose to size.
    pub dose_low: Option<f64>,
    /// Greatest such dose.
    pub dose_high: Option<f64>,
    /// Threshold of the resist.
    pub threshold: f64,
    /// Mask bias of each feature in nm.
    pub bias_nm: Vec<f64>,
    /// Normalized image log-slope of each feature at best focus.
    pub nils: Vec<f64>,
    /// Mask error factor of each feature.
    pub meef: Vec<f64>,
    /// Yield risk of each feature from the spread of dose and focus.
    pub yield_risk: Vec<f64>,
    /// Bounds and limits that the setting lies on.
    pub limited_by: Vec<String>,
    /// Which features end the common window, and at which side of the dose.
    pub window_ends: Vec<String>,
}

/// Everything that a search found.
#[derive(Clone, Debug)]
pub struct Search {
    /// The best.
    pub best: Solution,
    /// Other local optima, the best first.
    pub local: Vec<Solution>,
    /// Points of the grid that are within 1 % (yield risk: 5 %) of the best.
    pub near: Vec<Solution>,
    /// Every feasible point of the grid.
    pub grid: Vec<Solution>,
    /// Points of the grid, feasible or not.
    pub tried: usize,
}
