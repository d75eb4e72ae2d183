//! Statistical process control: charts, rules, capability, drift, tool health.
//!
//! Every function takes values and returns values. A column of numbers becomes a [`chart`] (centre
//! line, limits, plotted statistic), [`rules`] judge the chart, [`arl`] computes how often those
//! rules alarm on an undisturbed process, and [`knowledge`] adds causes and actions to the rules
//! that fired.
//!
//! Indices of points are 1-based wherever they leave the crate, because people read control charts
//! that way.

pub mod acknowledged;
pub mod alarms;
pub mod arl;
pub mod baseline;
pub mod bench_drift;
pub mod capability;
pub mod chart;
pub mod components;
pub mod constants;
pub mod convention;
pub mod data;
pub mod describe;
pub mod distribution;
pub mod drift;
pub mod drift_study;
pub mod error;
pub mod estimated;
pub mod features;
pub mod forecast;
pub mod frozen;
pub mod gage;
pub mod gather;
pub mod health;
pub mod knowledge;
pub mod limits;
pub mod many;
pub mod many_report;
pub mod many_study;
pub mod mean_squares;
pub mod one_study;
pub mod picture;
pub mod quadrature;
pub mod report;
pub mod rules;
pub mod run_table;
pub mod sigma;
pub mod stream;
pub mod study;
pub mod subgroup;
pub mod tolerance;
pub mod violation;
pub mod watch;
pub mod words;

pub use error::SpcError;
pub use libchar_numeric::normal;
