//! Control charts: what is plotted, its centre line and its limits.
//!
//! A chart is made in two steps, so that Phase I and Phase II share everything:
//! [`Design::estimate`] turns Phase I data into [`Parameters`], and [`Design::chart`] draws any
//! data against parameters, which are newly estimated or frozen.

mod attributes;
mod cusum;
mod ewma;
mod hotelling;
mod laney;
mod multivariate;
mod options;
mod panel;
mod rare;
mod residual;
mod run;
mod shortrun;
mod successive;
mod threeway;
mod variables;
mod wanted;

pub use cusum::cusum;
pub use ewma::ewma;
pub use hotelling::{CovarianceEstimator, covariance, t2, t2_decomposition, t2_limit};
pub use laney::dispersion;
pub use options::{
    ArFit, Between, McusumForm, Options, RareLimits, SigmaBy, SigmaZ, Start, TimeLaw, Within,
};
pub use panel::{Level, Panel, Scope};
pub use run::{RunChart, run_chart};
pub use shortrun::{Parts, levene, runs_of};
pub(crate) use threeway::between_by_anova;
pub use wanted::{Limits, Wanted};

use crate::arl::ewma::EwmaLimits;
use crate::convention::Convention;
use crate::error::SpcError;
use crate::sigma::Estimator;
use crate::subgroup::Subgroups;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
    /// Laney's p′: proportions whose spread is estimated.
    LaneyP,
    /// Laney's u′: rates whose spread is estimated.
    LaneyU,
    /// Units between rare events.
    G,
    /// Time between rare events.
    T,
    /// Between and within: individuals of subgroup means, their moving range, and the spread within.
    ThreeWay,
    /// Standardized individuals of short runs.
    ZMr,
    /// Subgroup means and ranges of short runs in units of each part's mean range.
    ShortXbarR,
    /// Standardized proportions of short runs.
    ZP,
    /// Standardized rates of short runs.
    ZU,
    /// Multivariate EWMA.
    Mewma,
    /// Multivariate cumulative sum.
    Mcusum,
    /// Residuals of a first-order autoregression.
    Residual,
    /// Values about their EWMA forecast.
    MovingCenterline,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 24] = [
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
        Self::LaneyP,
        Self::LaneyU,
        Self::G,
        Self::T,
        Self::ThreeWay,
        Self::ZMr,
        Self::ShortXbarR,
        Self::ZP,
        Self::ZU,
        Self::Mewma,
        Self::Mcusum,
        Self::Residual,
        Self::MovingCenterline,
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
            Self::LaneyP => "laney-p",
            Self::LaneyU => "laney-u",
            Self::G => "g",
            Self::T => "t",
            Self::ThreeWay => "three-way",
            Self::ZMr => "z-mr",
            Self::ShortXbarR => "short-xbar-r",
            Self::ZP => "z-p",
            Self::ZU => "z-u",
            Self::Mewma => "mewma",
            Self::Mcusum => "mcusum",
            Self::Residual => "residual",
            Self::MovingCenterline => "moving-centerline",
        }
    }

    /// Whether points are counts rather than measurements.
    pub fn is_attribute(self) -> bool {
        matches!(self, Self::P | Self::Np | Self::C | Self::U | Self::LaneyP | Self::LaneyU)
            || self.has_targets()
    }

    /// Whether every point is judged against its own target.
    pub fn has_targets(self) -> bool {
        matches!(self, Self::ZP | Self::ZU)
    }

    /// Whether a point consists of several variables.
    pub fn is_multivariate(self) -> bool {
        matches!(self, Self::T2 | Self::Mewma | Self::Mcusum)
    }

    /// Whether each part has its own centre and spread.
    pub fn has_parts(self) -> bool {
        matches!(self, Self::ZMr | Self::ShortXbarR)
    }

    /// Whether a point is the mean of a subgroup.
    pub fn takes_subgroups(self) -> bool {
        matches!(
            self,
            Self::XbarR
                | Self::XbarS
                | Self::Ewma
                | Self::Cusum
                | Self::ThreeWay
                | Self::ShortXbarR
                | Self::Run
        )
    }

    /// Whether each point has a number of inspected units.
    pub fn needs_units(self) -> bool {
        self.is_attribute() && !matches!(self, Self::C)
    }

    /// Whether run rules are valid on its main panel: points must be independent and roughly
    /// symmetric.
    pub fn takes_rules(self) -> bool {
        !matches!(
            self,
            Self::Ewma | Self::Cusum | Self::Run | Self::G | Self::T | Self::MovingCenterline
        ) && !self.is_multivariate()
    }
}

/// The design of a chart: everything except the data.
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
    /// Reference value of a CUSUM in sigma: half the shift to be detected.
    pub k: f64,
    /// Decision interval of a CUSUM in sigma.
    pub h: f64,
    /// Where both sides of a CUSUM start, in sigma; h/2 is a fast initial response.
    pub head_start: f64,
    /// Share of in-control T² values below the limit.
    pub confidence: f64,
    /// Whose range constants and formulas are used.
    pub convention: Convention,
    /// How the covariance of T² is estimated.
    pub covariance: CovarianceEstimator,
    /// Options of the charts that can be made in more than one way.
    #[serde(default, skip_serializing_if = "Options::is_default")]
    pub options: Options,
}

impl Design {
    /// The default design of a kind of chart.
    pub fn new(chart: Kind) -> Self {
        let estimator = match chart {
            Kind::XbarR => Estimator::Range,
            Kind::XbarS => Estimator::Sd,
            Kind::ThreeWay => Estimator::Range,
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
            options: Options::default(),
        }
    }

    /// Refuses designs that make no sense.
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

    /// The EWMA limits in the type of the run-length module.
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
    /// Measurements of several parts.
    Parts(Parts),
    /// Counts, each with its own target.
    Shares {
        /// Defects or defective units.
        counts: Vec<f64>,
        /// Units inspected.
        sizes: Vec<f64>,
        /// Target shares or rates.
        targets: Vec<f64>,
    },
}

impl Data {
    /// Number of points that a chart of it has.
    pub fn len(&self) -> usize {
        match self {
            Self::Measured(groups) => groups.len(),
            Self::Counts { counts, .. } | Self::Shares { counts, .. } => counts.len(),
            Self::Vectors(rows) => rows.len(),
            Self::Parts(parts) => parts.groups.len(),
        }
    }

    /// The size that all subgroups share; 1 for single values, `None` where sizes differ.
    pub fn common_size(&self) -> Option<usize> {
        match self {
            Self::Measured(groups) => groups.common_size(),
            Self::Parts(parts) => parts.groups.common_size(),
            _ => Some(1),
        }
    }

    /// The points at the ascending indices `kept`.
    pub fn select(&self, kept: &[usize]) -> Self {
        let pick = |values: &[f64]| kept.iter().map(|i| values[*i]).collect::<Vec<f64>>();
        match self {
            Self::Measured(groups) => Self::Measured(groups.select(kept)),
            Self::Counts { counts, sizes } => {
                Self::Counts { counts: pick(counts), sizes: pick(sizes) }
            }
            Self::Vectors(rows) => Self::Vectors(kept.iter().map(|i| rows[*i].clone()).collect()),
            Self::Parts(parts) => Self::Parts(parts.select(kept)),
            Self::Shares { counts, sizes, targets } => {
                Self::Shares { counts: pick(counts), sizes: pick(sizes), targets: pick(targets) }
            }
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
            other => other.select(&(from..to).collect::<Vec<_>>()),
        }
    }
}

/// Centre and spread of the undisturbed process, as estimated in Phase I or as given.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// Mean of the process, mean proportion, or mean count per unit; the median of a run chart; 0
    /// for T².
    pub center: f64,
    /// Standard deviation of one value; `None` where the centre alone fixes the limits (p, np, c,
    /// u) or there are no limits.
    pub sigma: Option<f64>,
    /// Number of points (subgroups) that sigma (for counts, the centre) was estimated from; 0 if
    /// given.
    pub points: usize,
    /// Number of values that centre or sigma were estimated from; 0 if both were given.
    pub values: usize,
    /// Mean of each variable (T²).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub means: Vec<f64>,
    /// Covariance matrix, row by row (T²).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub covariance: Vec<Vec<f64>>,
    /// Further estimates of the kind of chart, by name: `sigma_z`, `phi`, `sigma_between` …
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub estimates: BTreeMap<String, f64>,
    /// Centre and spread of each part of a short run.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub parts: BTreeMap<String, Part>,
}

/// A part of a short run.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Mean of its values, or of their logarithms where sigma is proportional to size.
    pub mean: f64,
    /// Sigma of one value, if the part has its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sigma: Option<f64>,
    /// Mean range of its subgroups.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<f64>,
}

impl Parameters {
    /// The estimate of the given name.
    pub(crate) fn estimate(&self, name: &str) -> Result<f64, SpcError> {
        let found = self.estimates.get(name).copied();
        found.ok_or_else(|| SpcError::Invalid(format!("the limits hold no {name}")))
    }
}

/// Values that replace estimates.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Given {
    /// Centre or target.
    pub center: Option<f64>,
    /// Standard deviation of one value.
    pub sigma: Option<f64>,
    /// Spread of z scores (Laney).
    pub sigma_z: Option<f64>,
    /// Autocorrelation of the model (residual).
    pub phi: Option<f64>,
    /// Weight of the forecasts (moving-centerline).
    pub lambda: Option<f64>,
    /// Mean vector (mewma, mcusum).
    pub means: Vec<f64>,
    /// Covariance matrix (mewma, mcusum).
    pub covariance: Vec<Vec<f64>>,
}

/// A chart: panels over the same points.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Chart {
    /// The panel that the kind is named after, then its companions.
    pub panels: Vec<Panel>,
    /// Further numbers that the kind of chart reports, by name.
    pub details: Vec<(&'static str, Vec<f64>)>,
}

impl From<Vec<Panel>> for Chart {
    fn from(panels: Vec<Panel>) -> Self {
        Self { panels, details: Vec::new() }
    }
}

/// Whether the limits of a chart come from the data that it judges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Limits come from the data on the chart.
    One,
    /// Limits are known beforehand.
    Two,
}

impl Design {
    /// Estimates from Phase I data everything that `given` leaves open.
    ///
    /// # Errors
    /// Data of the wrong kind, too few points, no variation.
    pub fn estimate(&self, data: &Data, given: &Given) -> Result<Parameters, SpcError> {
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
            (Kind::LaneyP | Kind::LaneyU, Data::Counts { counts, sizes }) => {
                laney::estimate(self, counts, sizes, given)
            }
            (Kind::G | Kind::T, Data::Measured(groups)) => {
                rare::estimate(self, self.single(groups)?, given)
            }
            (Kind::ThreeWay, Data::Measured(groups)) => threeway::estimate(self, groups, given),
            (Kind::ZMr | Kind::ShortXbarR, Data::Parts(parts)) => shortrun::estimate(self, parts),
            (Kind::IMr, Data::Parts(parts)) => variables::estimate_within_runs(self, parts, given),
            (Kind::ZP | Kind::ZU, Data::Shares { .. }) => Ok(Parameters::default()),
            (Kind::Mewma | Kind::Mcusum, Data::Vectors(rows)) => {
                multivariate::estimate(self, rows, given)
            }
            (Kind::Residual | Kind::MovingCenterline, Data::Measured(groups)) => {
                residual::estimate(self, self.single(groups)?, given)
            }
            _ => Err(self.wrong_data()),
        }
    }

    /// Draws `data` against `parameters`.
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
            (Kind::LaneyP | Kind::LaneyU, Data::Counts { counts, sizes }) => {
                return laney::chart(self, parameters, counts, sizes);
            }
            (Kind::G | Kind::T, Data::Measured(groups)) => {
                return rare::chart(self, parameters, self.single(groups)?);
            }
            (Kind::ThreeWay, Data::Measured(groups)) => {
                return threeway::chart(self, parameters, groups);
            }
            (Kind::ZMr | Kind::ShortXbarR, Data::Parts(parts)) => {
                return shortrun::chart(self, parameters, parts);
            }
            (Kind::IMr, Data::Parts(parts)) => {
                variables::individuals_within_runs(self, parameters, parts)?
            }
            (Kind::ZP | Kind::ZU, Data::Shares { counts, sizes, targets }) => {
                return shortrun::shares(self, counts, sizes, targets);
            }
            (Kind::Mewma, Data::Vectors(rows)) => {
                return multivariate::mewma(self, parameters, rows);
            }
            (Kind::Mcusum, Data::Vectors(rows)) => {
                return multivariate::mcusum(self, parameters, rows);
            }
            (Kind::Residual | Kind::MovingCenterline, Data::Measured(groups)) => {
                return residual::chart(self, parameters, self.single(groups)?);
            }
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
        Ok(panels.into())
    }

    /// The values for a kind of chart that takes no subgroups.
    fn single<'a>(&self, groups: &'a Subgroups) -> Result<&'a [f64], SpcError> {
        match groups.common_size() {
            Some(1) => Ok(groups.values()),
            _ => {
                Err(SpcError::Invalid(format!("a {} chart takes single values", self.chart.name())))
            }
        }
    }

    fn wrong_data(&self) -> SpcError {
        let needs = match self.chart {
            kind if kind.is_multivariate() => "rows of two or more variables",
            kind if kind.has_parts() => "measurements with the part of each",
            kind if kind.has_targets() => "counts with a target of each",
            kind if kind.is_attribute() => "counts",
            _ => "one column of measurements",
        };
        SpcError::Invalid(format!("a {} chart needs {needs}", self.chart.name()))
    }
}
