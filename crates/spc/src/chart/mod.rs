//! Control charts: what is plotted, where its centre and limits lie.
//!
//! A chart is made in two steps, so that Phase I and Phase II share everything: [`Design::estimate`] turns Phase I data
//! into [`Parameters`], and [`Design::chart`] draws any data against parameters, fresh or frozen.

mod attributes;
mod cusum;
mod ewma;
mod hotelling;
mod panel;
mod run;
mod successive;
mod variables;

pub use cusum::cusum;
pub use ewma::ewma;
pub use hotelling::{CovarianceEstimator, covariance, t2, t2_limit};
pub use panel::{Level, Panel, Scope};
pub use run::{RunChart, run_chart};

use crate::arl::ewma::EwmaLimits;
use crate::convention::Convention;
use crate::error::SpcError;
use crate::sigma::Estimator;
use crate::subgroup::Subgroups;
use serde::{Deserialize, Serialize};

/// The kinds of chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Individuals and moving range.
    IMr,
    /// Subgroup means and ranges.
    XbarR,
    /// Subgroup means and standard deviations.
    XbarS,
    /// Proportion of defective units.
    P,
    /// Number of defective units.
    Np,
    /// Number of defects.
    C,
    /// Defects per unit.
    U,
    /// Exponentially weighted moving average.
    Ewma,
    /// Tabular cumulative sum.
    Cusum,
    /// Hotelling's T² of individual observations.
    T2,
    /// Values about their median, judged by runs alone.
    Run,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 11] = [
        Self::IMr,
        Self::XbarR,
        Self::XbarS,
        Self::P,
        Self::Np,
        Self::C,
        Self::U,
        Self::Ewma,
        Self::Cusum,
        Self::T2,
        Self::Run,
    ];

    /// The name that the command line and results use.
    pub fn name(self) -> &'static str {
        match self {
            Self::IMr => "i-mr",
            Self::XbarR => "xbar-r",
            Self::XbarS => "xbar-s",
            Self::P => "p",
            Self::Np => "np",
            Self::C => "c",
            Self::U => "u",
            Self::Ewma => "ewma",
            Self::Cusum => "cusum",
            Self::T2 => "t2",
            Self::Run => "run",
        }
    }

    /// Whether points are counts rather than measurements.
    pub fn is_attribute(self) -> bool {
        matches!(self, Self::P | Self::Np | Self::C | Self::U)
    }

    /// Whether run rules mean anything on its main panel: points must be independent and roughly symmetric.
    pub fn takes_rules(self) -> bool {
        !matches!(self, Self::Ewma | Self::Cusum | Self::T2 | Self::Run)
    }
}

/// What a chart is to look like; everything but the data.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Design {
    /// The kind of chart.
    pub chart: Kind,
    /// Sigma estimator of charts of measurements.
    pub estimator: Estimator,
    /// Values in a moving range.
    pub span: usize,
    /// Distance of Shewhart and EWMA limits in sigma of what is plotted.
    pub width: f64,
    /// Weight of the newest value of an EWMA.
    pub lambda: f64,
    /// Whether EWMA limits widen over the first points.
    pub exact_limits: bool,
    /// Reference value of a CUSUM in sigma: half the shift to be found.
    pub k: f64,
    /// Decision interval of a CUSUM in sigma.
    pub h: f64,
    /// Where both sides of a CUSUM start, in sigma; h/2 is a fast initial response.
    pub head_start: f64,
    /// Share of in-control T² values below the limit.
    pub confidence: f64,
    /// Whose range constants are used.
    pub convention: Convention,
    /// How the covariance of T² is estimated.
    pub covariance: CovarianceEstimator,
}

impl Design {
    /// The usual design of a kind of chart.
    pub fn new(chart: Kind) -> Self {
        let estimator = match chart {
            Kind::XbarR => Estimator::Range,
            Kind::XbarS => Estimator::Sd,
            _ => Estimator::Mr,
        };
        Self {
            chart,
            estimator,
            span: 2,
            width: 3.0,
            lambda: 0.2,
            exact_limits: true,
            k: 0.5,
            h: 5.0,
            head_start: 0.0,
            confidence: 0.9973,
            convention: Convention::Exact,
            covariance: CovarianceEstimator::Sample,
        }
    }

    /// Refuse designs that mean nothing.
    pub fn check(&self) -> Result<(), SpcError> {
        if !(self.width > 0.0 && self.width <= 20.0) {
            let expected = "0 < width <= 20 sigma";
            return Err(SpcError::OutOfRange { name: "width", value: self.width, expected });
        }
        if !(self.confidence > 0.0 && self.confidence < 1.0) {
            let expected = "0 < confidence < 1";
            return Err(SpcError::OutOfRange {
                name: "confidence",
                value: self.confidence,
                expected,
            });
        }
        if !(2..=100).contains(&self.span) {
            let expected = "2 to 100 values";
            return Err(SpcError::OutOfRange { name: "span", value: self.span as f64, expected });
        }
        crate::arl::ewma::check_lambda(self.lambda)?;
        crate::arl::cusum::check_design(self.k, self.h)?;
        if !(0.0..self.h).contains(&self.head_start) {
            let expected = "0 <= head start < h";
            return Err(SpcError::OutOfRange {
                name: "head start",
                value: self.head_start,
                expected,
            });
        }
        Ok(())
    }

    /// EWMA limits as the run-length module names them.
    pub fn ewma_limits(&self) -> EwmaLimits {
        if self.exact_limits { EwmaLimits::Exact } else { EwmaLimits::Asymptotic }
    }
}

/// The data of a chart.
#[derive(Debug, Clone, PartialEq)]
pub enum Data {
    /// Measurements, in subgroups of one or more.
    Measured(Subgroups),
    /// Counts with the number of units inspected (opportunities, area) for each.
    Counts {
        /// Defects or defective units.
        counts: Vec<f64>,
        /// Units inspected.
        sizes: Vec<f64>,
    },
    /// Rows of several variables.
    Vectors(Vec<Vec<f64>>),
}

impl Data {
    /// Number of points that a chart of it has.
    pub fn len(&self) -> usize {
        match self {
            Self::Measured(groups) => groups.len(),
            Self::Counts { counts, .. } => counts.len(),
            Self::Vectors(rows) => rows.len(),
        }
    }

    /// Whether there is nothing to plot.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Points `from` up to but not including `to`.
    pub fn slice(&self, from: usize, to: usize) -> Self {
        match self {
            Self::Measured(groups) => Self::Measured(groups.slice(from, to)),
            Self::Counts { counts, sizes } => {
                Self::Counts { counts: counts[from..to].to_vec(), sizes: sizes[from..to].to_vec() }
            }
            Self::Vectors(rows) => Self::Vectors(rows[from..to].to_vec()),
        }
    }
}

/// Centre and spread of the undisturbed process, as Phase I found them or as they were given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// Mean of the process, mean proportion, or mean count a unit; the median of a run chart; 0 for T².
    pub center: f64,
    /// Standard deviation of one value; null where the centre alone fixes the limits (p, np, c, u) or nothing does.
    pub sigma: Option<f64>,
    /// Points (subgroups) that sigma, of counts the centre, was estimated from; 0 if given.
    pub points: usize,
    /// Values that centre or sigma were estimated from; 0 if both were given.
    pub values: usize,
    /// Mean of each variable (T²).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub means: Vec<f64>,
    /// Covariance matrix, row by row (T²).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub covariance: Vec<Vec<f64>>,
}

/// Values that replace estimates.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Given {
    /// Centre or target.
    pub center: Option<f64>,
    /// Standard deviation of one value.
    pub sigma: Option<f64>,
}

/// A chart: one or two panels over the same points.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// The panel that the kind is named after, then its companion.
    pub panels: Vec<Panel>,
}

/// Whether a chart judges the data that made its limits, or others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Limits come from the data on the chart.
    One,
    /// Limits are known beforehand.
    Two,
}

impl Design {
    /// Estimate what `given` leaves open from Phase I data.
    ///
    /// # Errors
    /// Data of the wrong kind, too few points, no variation.
    pub fn estimate(&self, data: &Data, given: Given) -> Result<Parameters, SpcError> {
        self.check()?;
        match (self.chart, data) {
            (Kind::P | Kind::Np | Kind::C | Kind::U, Data::Counts { counts, sizes }) => {
                attributes::estimate(self.chart, counts, sizes, given)
            }
            (Kind::T2, Data::Vectors(rows)) => hotelling::estimate(rows, self.covariance),
            (Kind::Run, Data::Measured(groups)) => run::estimate(groups, given),
            (
                Kind::IMr | Kind::XbarR | Kind::XbarS | Kind::Ewma | Kind::Cusum,
                Data::Measured(groups),
            ) => variables::estimate(self, groups, given),
            _ => Err(self.wrong_data()),
        }
    }

    /// Draw `data` against `parameters`.
    ///
    /// # Errors
    /// Data of the wrong kind, subgroups that the chart cannot take.
    pub fn chart(
        &self,
        parameters: &Parameters,
        data: &Data,
        phase: Phase,
    ) -> Result<Chart, SpcError> {
        let panels = match (self.chart, data) {
            (Kind::P | Kind::Np | Kind::C | Kind::U, Data::Counts { counts, sizes }) => {
                vec![attributes::panel(self, parameters, counts, sizes)?]
            }
            (Kind::T2, Data::Vectors(rows)) => {
                vec![hotelling::panel(self, parameters, rows, phase)?]
            }
            (Kind::Run, Data::Measured(groups)) => vec![run::panel(parameters, groups)],
            (Kind::IMr, Data::Measured(groups)) => {
                variables::individuals(self, parameters, groups)?
            }
            (Kind::XbarR | Kind::XbarS, Data::Measured(groups)) => {
                variables::means(self, parameters, groups)?
            }
            (Kind::Ewma, Data::Measured(groups)) => vec![ewma::panel(self, parameters, groups)?],
            (Kind::Cusum, Data::Measured(groups)) => cusum::panels(self, parameters, groups)?,
            _ => return Err(self.wrong_data()),
        };
        Ok(Chart { panels })
    }

    fn wrong_data(&self) -> SpcError {
        let needs = match self.chart {
            Kind::T2 => "rows of two or more variables",
            kind if kind.is_attribute() => "counts",
            _ => "one column of measurements",
        };
        SpcError::Invalid(format!("a {} chart needs {needs}", self.chart.name()))
    }
}
