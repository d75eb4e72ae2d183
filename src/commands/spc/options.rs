//! Arguments that several actions share, and the design that follows from them.

use super::choice::{told, word};
use super::selection::Selection;
use crate::context::Context;
use crate::data_format::{DataFormat, Na};
use crate::exit::refused;
use anyhow::Result;
use clap::builder::TypedValueParser;
use clap::{ArgAction, Args};
use libchar_core::input::Source;
use libchar_core::table::Header;
use libchar_core::{Faults, Table};
use libchar_spc::SpcError;
use libchar_spc::capability::specifications::Specifications;
use libchar_spc::chart::{self, CovarianceEstimator, Design, Given, Kind, Options, Wanted};
use libchar_spc::convention::Convention;
use libchar_spc::data::Layout;

/// A kind of chart as typed, and whether deviations from a nominal value are charted.
pub type Typed = (Kind, bool);

/// Charts of deviations from nominal: the usual charts, applied to the deviations.
const DEVIATIONS: [(Kind, &str); 2] = [(Kind::IMr, "dnom-i-mr"), (Kind::XbarR, "dnom-xbar-r")];

/// A parser for kinds of chart, with help and completion.
fn kind() -> impl TypedValueParser<Value = Typed> {
    let usual = Kind::ALL.map(|kind| ((kind, false), kind.name(), ""));
    let deviations = DEVIATIONS.map(|(kind, name)| ((kind, true), name, ""));
    told(usual.into_iter().chain(deviations))
}

/// A parser for models of autocorrelated points, as kinds of chart.
fn model() -> impl TypedValueParser<Value = Kind> {
    told([(Kind::Residual, "ar1", ""), (Kind::MovingCenterline, "ewma", "")])
}

/// A parser for the moving ranges of short runs: whether they stay within a part.
fn ranges() -> impl TypedValueParser<Value = bool> {
    told([(false, "across", ""), (true, "within-part", "")])
}

/// A parser for units of time, in seconds.
fn seconds() -> impl TypedValueParser<Value = f64> {
    let units = [(86_400.0, "days"), (3_600.0, "hours"), (60.0, "minutes"), (1.0, "seconds")];
    told(units.map(|(seconds, unit)| (seconds, unit, "")))
}

/// Which numbers to chart.
#[derive(Args, Clone)]
#[command(next_help_heading = "Data")]
pub struct DataArgs {
    /// CSV, JSON or JSON lines; `-` is standard input
    #[arg(default_value = "-")]
    pub input: String,
    /// Column to chart; several, or a list with commas, for charts of several variables and for subgroups in one row [default: the only numeric one]
    #[arg(short, long = "column", value_name = "NAME")]
    pub columns: Vec<String>,
    /// Columns whose names match, such as 'cd_*': one chart for each, or the variables of t2, mewma and mcusum
    #[arg(long = "columns", value_name = "PATTERN")]
    pub patterns: Vec<String>,
    /// Columns whose values split the rows into groups with separate charts, such as tool,recipe
    #[arg(long, value_name = "COLUMN,...", value_delimiter = ',')]
    pub by: Vec<String>,
    /// Number of successive rows that form a subgroup
    #[arg(long, value_name = "N", conflicts_with = "subgroup")]
    pub subgroup_size: Option<usize>,
    /// Column in which successive equal values form a subgroup
    #[arg(long, value_name = "COLUMN")]
    pub subgroup: Option<String>,
    /// Units inspected: a column, or one number for all rows (p, np, u, laney-p, laney-u, z-p, z-u)
    #[arg(short = 'n', long, value_name = "COLUMN|N")]
    pub sample_size: Option<String>,
    /// Column of times, which must not go backwards: ISO 8601 or numbers
    #[arg(long, value_name = "COLUMN")]
    pub time: Option<String>,
    /// Format of the times, if they are neither ISO 8601 nor numbers, such as %d/%m/%Y
    #[arg(long, value_name = "FORMAT", requires = "time")]
    pub time_format: Option<String>,
    /// Columns to show with every alarm, such as lot, tool, wafer
    #[arg(long = "label", value_name = "COLUMN")]
    pub label: Vec<String>,
    /// Column of stages: every new value restarts limits and rules
    #[arg(long, value_name = "COLUMN")]
    pub stage: Option<String>,
    /// Column of nominal values (dnom-i-mr, dnom-xbar-r), or of target shares and rates (z-p, z-u)
    #[arg(long, value_name = "COLUMN")]
    pub nominal: Option<String>,
    /// Column of parts (z-mr, short-xbar-r, dnom-i-mr)
    #[arg(long, value_name = "COLUMN")]
    pub part: Option<String>,
    /// Column that names the runs of a part [default: a new one where the part changes]
    #[arg(long, value_name = "COLUMN", requires = "part")]
    pub run: Option<String>,
    /// Unit of the time between events (t, with --time and no column)
    #[arg(long, value_parser = seconds(), default_value = "days")]
    pub unit: f64,
    /// What to do with cells that hold no finite number
    #[arg(long, value_enum, default_value_t = Na::Error)]
    pub na: Na,
    #[command(flatten)]
    pub selection: Selection,
    #[command(flatten)]
    pub format: DataFormat,
}

impl DataArgs {
    /// The layout of the table: which column has which role.
    pub fn layout(&self) -> Layout {
        Layout {
            columns: self.columns.clone(),
            patterns: self.patterns.clone(),
            by: self.by.clone(),
            subgroup_size: self.subgroup_size,
            subgroup: self.subgroup.clone(),
            sample_size: self.sample_size.clone(),
            time: self.time.clone(),
            time_format: self.time_format.clone(),
            label: self.label.clone(),
            stage: self.stage.clone(),
            nominal: self.nominal.clone(),
            part: self.part.clone(),
            run: self.run.clone(),
            unit_s: self.unit,
            na: self.na.into(),
        }
    }

    /// Reads an input as a table. A plain CSV file is read directly; anything else goes to the
    /// reader of measured data, which reports the layout that it detected.
    pub fn table(&self, ctx: &Context, source: &Source) -> Result<Table> {
        let table = read_table(&self.format, ctx, source)?;
        self.selection.apply(ctx, table, self.time.as_deref(), self.time_format.as_deref())
    }
}

/// Reads a table with or without a header, in plain CSV or in the formats of other tools and
/// countries.
pub fn read_table(format: &DataFormat, ctx: &Context, source: &Source) -> Result<Table> {
    let is_plain = |table: &Table| match &table.columns[..] {
        [only] => !only.contains([';', '\t', '|']),
        _ => true,
    };
    if !format.is_stated() {
        match Table::parse_with(&source.name, &source.bytes, Header::UnlessNumbers) {
            Ok(table) if is_plain(&table) => return Ok(table),
            Err(faults) => {
                let read = format.read(ctx, source, Header::UnlessNumbers);
                return read.map_err(|_| faults.into());
            }
            Ok(_) => {}
        }
    }
    format.read(ctx, source, Header::UnlessNumbers)
}

/// How the chart is made.
#[derive(Args)]
#[command(next_help_heading = "Chart")]
pub struct DesignArgs {
    /// Kind of chart [default: i-mr]
    #[arg(long, value_parser = kind())]
    pub chart: Option<Typed>,
    /// Model of autocorrelated points, in place of --chart: ar1 means residual, ewma means moving-centerline
    #[arg(long, value_parser = model(), conflicts_with = "chart")]
    pub model: Option<Kind>,
    /// Estimator of sigma: mr, median-mr, range, sd, range-weighted, sd-weighted, pooled, overall; or a known sigma as a number
    #[arg(long, value_name = "ESTIMATOR|NUMBER")]
    pub sigma: Option<String>,
    /// Centre line or target, in place of the mean
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true, alias = "target")]
    pub center: Option<f64>,
    /// Distance of the limits from the centre line, in sigma of the plotted statistic
    #[arg(long, value_name = "SIGMA", default_value_t = 3.0)]
    pub width: f64,
    /// Widen the limits so that this share of Phase I samples, such as 90%, alarms at most at the nominal rate (i-mr, xbar-r, xbar-s)
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub guarantee: Option<f64>,
    /// Number of values in a moving range
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub span: usize,
    /// EWMA, MEWMA: weight of the newest value; moving-centerline: weight in place of the fitted one
    #[arg(long, value_name = "WEIGHT")]
    pub lambda: Option<f64>,
    /// EWMA, MEWMA: limits from the exact variance of each point, or asymptotic [default: exact, for MEWMA asymptotic]; g: probability or sigma limits [default: probability]
    #[arg(long, value_parser = word::<chart::Limits>())]
    pub limits: Option<chart::Limits>,
    /// CUSUM, MCUSUM: reference value in sigma, half the shift to be detected
    #[arg(long, value_name = "SIGMA", default_value_t = 0.5)]
    pub k: f64,
    /// CUSUM, MCUSUM: decision interval in sigma [default: 5, for MCUSUM 5.5]; MEWMA: limit of T2
    #[arg(long, value_name = "SIGMA")]
    pub h: Option<f64>,
    /// MEWMA: in-control run length for which the limit is set [default: 370]
    #[arg(long, value_name = "ARL", conflicts_with = "h")]
    pub target_arl: Option<f64>,
    /// CUSUM: start both sums at this many sigma
    #[arg(long, value_name = "SIGMA", conflicts_with = "fir")]
    pub head_start: Option<f64>,
    /// CUSUM: fast initial response, a head start of h/2
    #[arg(long)]
    pub fir: bool,
    /// T2: share of in-control points below the limit
    #[arg(long, value_name = "SHARE", default_value_t = 0.9973)]
    pub confidence: f64,
    /// T2, MEWMA, MCUSUM: covariance of the sample, or of successive differences
    #[arg(long, value_parser = word::<CovarianceEstimator>(), default_value = "sample")]
    pub covariance: CovarianceEstimator,
    /// MEWMA, MCUSUM: known mean vector, with --cov
    #[arg(
        long,
        value_name = "A,B,...",
        value_delimiter = ',',
        requires = "cov",
        allow_negative_numbers = true
    )]
    pub mean: Vec<f64>,
    /// MEWMA, MCUSUM: known covariance matrix, rows separated by semicolons
    #[arg(long, value_name = "A,B;B,C", requires = "mean", allow_hyphen_values = true)]
    pub cov: Option<String>,
    /// MCUSUM: sums of Crosier, or of Pignatiello and Runger (mc1)
    #[arg(long, value_parser = word::<chart::McusumForm>(), default_value = "crosier")]
    pub mcusum: chart::McusumForm,
    /// laney-p, laney-u: spread of the z scores by mr or sd, or a known spread as a number
    #[arg(long, value_name = "mr|sd|NUMBER", default_value = "mr")]
    pub sigma_z: String,
    /// laney-p, laney-u: lower bound of the spread of the z scores
    #[arg(long, value_name = "NUMBER", default_value_t = 0.0)]
    pub min_sigma_z: f64,
    /// t: distribution of the times between events
    #[arg(long, value_parser = word::<chart::TimeLaw>(), default_value = "weibull")]
    pub method: chart::TimeLaw,
    /// z-mr: estimate sigma for each part, each run, all parts together, or in proportion to size
    #[arg(long, value_parser = word::<chart::SigmaBy>(), default_value = "part")]
    pub sigma_by: chart::SigmaBy,
    /// i-mr, dnom-i-mr: moving ranges across the parts of --part, or only within each part
    #[arg(long, value_parser = ranges(), default_value = "across", action = ArgAction::Set)]
    pub mr: bool,
    /// three-way: estimator of sigma within subgroups
    #[arg(long, value_parser = word::<chart::Within>(), default_value = "range")]
    pub within: chart::Within,
    /// three-way: sigma between subgroups by moving range or analysis of variance
    #[arg(long, value_parser = word::<chart::Between>(), default_value = "mr")]
    pub between: chart::Between,
    /// residual: fit by maximum likelihood (ml), conditional least squares (cls) or Yule-Walker (yw)
    #[arg(long, value_parser = word::<chart::ArFit>(), default_value = "ml")]
    pub fit: chart::ArFit,
    /// residual: known autocorrelation
    #[arg(long, value_name = "PHI", allow_negative_numbers = true)]
    pub phi: Option<f64>,
    /// moving-centerline: value at which the forecasts begin
    #[arg(long, value_parser = word::<chart::Start>(), default_value = "first")]
    pub z0: chart::Start,
    /// Constants and intervals: exact, or as R qcc 2.7 rounds them
    #[arg(long, value_parser = like(), default_value = "exact")]
    pub like: Convention,
}

/// A parser for conventions.
pub fn like() -> impl TypedValueParser<Value = Convention> {
    let qcc = "As R qcc 2.7: d2 to three decimals, qcc's own d3 and interval of Cpm";
    told([
        (Convention::Exact, "exact", "Exact: defining integrals, published formulas"),
        (Convention::Qcc, "qcc", qcc),
    ])
}

/// Parses a share such as `0.9` or `90%`.
fn share(text: &str) -> Result<f64, String> {
    let (number, scale) = text.strip_suffix('%').map_or((text, 1.0), |number| (number, 100.0));
    let value = number.trim().parse::<f64>().map_err(|e| e.to_string())? / scale;
    match value > 0.0 && value < 1.0 {
        true => Ok(value),
        false => Err("a share between 0 and 1, such as 0.9 or 90%, is expected".to_owned()),
    }
}

impl DesignArgs {
    /// The requested kind of chart.
    pub fn kind(&self) -> Option<Kind> {
        self.model.or(self.chart.map(|(kind, _)| kind))
    }

    /// Whether deviations from nominal are charted.
    pub fn is_deviation(&self) -> bool {
        self.chart.is_some_and(|(_, is_deviation)| is_deviation)
    }

    /// The design, and the parameters that are given instead of being estimated.
    pub fn design(&self) -> Result<(Design, Given)> {
        let options = Options {
            min_sigma_z: self.min_sigma_z,
            time_law: self.method,
            sigma_by: self.sigma_by,
            within: self.within,
            between: self.between,
            fit: self.fit,
            start: self.z0,
            mcusum: self.mcusum,
            ranges_within_part: self.mr,
            ..Options::default()
        };
        let design = Design {
            width: self.width,
            span: self.span,
            k: self.k,
            confidence: self.confidence,
            covariance: self.covariance,
            convention: self.like,
            options,
            ..Design::new(self.kind().unwrap_or(Kind::IMr))
        };
        let (center, phi, means) = (self.center, self.phi, self.mean.clone());
        let wanted = Wanted {
            design,
            given: Given { center, phi, means, ..Given::default() },
            sigma: self.sigma.as_deref(),
            lambda: self.lambda,
            limits: self.limits,
            h: self.h,
            target_arl: self.target_arl,
            head_start: self.head_start,
            is_fast: self.fir,
            sigma_z: &self.sigma_z,
            covariance: self.cov.as_deref(),
        };
        wanted.complete().map_err(usage)
    }
}

/// The table of specification limits that `--spec` names; empty without one.
pub fn specifications(ctx: &Context, file: Option<&str>) -> Result<Specifications> {
    let Some(file) = file else { return Ok(Specifications::default()) };
    let source = ctx.read(file)?;
    Ok(Specifications::read(&Table::parse(&source.name, &source.bytes)?)?)
}

/// Turns an error about an argument into one of this program.
pub fn usage(error: SpcError) -> anyhow::Error {
    refused(error.usage())
}

/// Turns an error about data that do not fit a chart into a fault with the input's name.
pub fn unfit(file: &str, error: SpcError) -> anyhow::Error {
    Faults::from(error.of(file)).into()
}
