//! Arguments that several actions share, and how they become a design.

use super::selection::Selection;
use crate::context::Context;
use crate::data_format::{DataFormat, Na};
use crate::exit::{Usage, refused};
use anyhow::Result;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use libchar_core::input::Source;
use libchar_core::table::Header;
use libchar_core::{Faults, Table};
use libchar_spc::SpcError;
use libchar_spc::capability::specifications::Specifications;
use libchar_spc::chart::{self, CovarianceEstimator, Design, Given, Kind, Options};
use libchar_spc::convention::Convention;
use libchar_spc::data::Layout;
use libchar_spc::sigma::Estimator;

/// A kind of chart as it is typed, with what that says about the data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Typed {
    pub kind: Kind,
    /// Deviations from a nominal value.
    pub is_deviation: bool,
}

/// Charts of deviations from nominal, which are usual charts of other numbers.
const DEVIATIONS: [(&str, Kind); 2] = [("dnom-i-mr", Kind::IMr), ("dnom-xbar-r", Kind::XbarR)];

/// A parser of kinds of chart, for help and completion.
pub fn kind_parser() -> impl TypedValueParser<Value = Typed> {
    let names = Kind::ALL.map(Kind::name).into_iter().chain(DEVIATIONS.map(|(name, _)| name));
    PossibleValuesParser::new(names).map(|name| {
        let deviation = DEVIATIONS.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind);
        let kind = deviation.or_else(|| Kind::ALL.into_iter().find(|kind| kind.name() == name));
        Typed { kind: kind.unwrap_or(Kind::IMr), is_deviation: deviation.is_some() }
    })
}

/// Which numbers to chart.
#[derive(Args, Clone)]
#[command(next_help_heading = "Data")]
pub struct DataArgs {
    /// CSV, JSON or JSON lines; `-` is standard input
    #[arg(default_value = "-")]
    pub input: String,
    /// Column to chart; several, or one list with commas, for charts of several variables and for subgroups that lie in one row [default: the only numeric one]
    #[arg(short, long = "column", value_name = "NAME")]
    pub columns: Vec<String>,
    /// Columns whose names match, such as 'cd_*': each a chart of its own, or the variables of t2, mewma and mcusum
    #[arg(long = "columns", value_name = "PATTERN")]
    pub patterns: Vec<String>,
    /// Columns whose values split the rows into groups with charts of their own, such as tool,recipe
    #[arg(long, value_name = "COLUMN,...", value_delimiter = ',')]
    pub by: Vec<String>,
    /// Successive rows that form a subgroup
    #[arg(long, value_name = "N", conflicts_with = "subgroup")]
    pub subgroup_size: Option<usize>,
    /// Column whose equal neighbours form a subgroup
    #[arg(long, value_name = "COLUMN")]
    pub subgroup: Option<String>,
    /// Units inspected: a column, or one number for all rows (p, np, u, laney-p, laney-u, z-p, z-u)
    #[arg(short = 'n', long, value_name = "COLUMN|N")]
    pub sample_size: Option<String>,
    /// Column of times, which must not go backwards: ISO 8601 or numbers
    #[arg(long, value_name = "COLUMN")]
    pub time: Option<String>,
    /// Form of the times where it is another, such as %d/%m/%Y
    #[arg(long, value_name = "FORMAT", requires = "time")]
    pub time_format: Option<String>,
    /// Columns that every alarm carries: lot, tool, wafer
    #[arg(long = "label", value_name = "COLUMN")]
    pub label: Vec<String>,
    /// Column whose every new value restarts limits and rules
    #[arg(long, value_name = "COLUMN")]
    pub stage: Option<String>,
    /// Column of nominal values (dnom-i-mr, dnom-xbar-r), or of target shares and rates (z-p, z-u)
    #[arg(long, value_name = "COLUMN")]
    pub nominal: Option<String>,
    /// Column of parts (z-mr, short-xbar-r, dnom-i-mr)
    #[arg(long, value_name = "COLUMN")]
    pub part: Option<String>,
    /// Column of runs of a part [default: a new one where the part changes]
    #[arg(long, value_name = "COLUMN", requires = "part")]
    pub run: Option<String>,
    /// Unit of the time between events (t, with --time and no column)
    #[arg(long, value_enum, default_value_t = TimeUnit::Days)]
    pub unit: TimeUnit,
    /// Cells that hold no finite number
    #[arg(long, value_enum, default_value_t = Na::Error)]
    pub na: Na,
    #[command(flatten)]
    pub selection: Selection,
    #[command(flatten)]
    pub format: DataFormat,
}

impl DataArgs {
    /// What stands where in the table.
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
            unit_s: self.unit.seconds(),
            na: self.na.into(),
        }
    }

    /// The table of an input: as it is where it reads plainly, else by the reader of measured data, which says what it
    /// found.
    pub fn table(&self, ctx: &Context, source: &Source) -> Result<Table> {
        let table = read_table(&self.format, ctx, source)?;
        self.selection.apply(ctx, table, self.time.as_deref(), self.time_format.as_deref())
    }
}

/// A table with or without a header, plainly written or as other tools and countries write it.
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

/// Units of time between events.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TimeUnit {
    Days,
    Hours,
    Minutes,
    Seconds,
}

impl TimeUnit {
    /// Its seconds.
    pub fn seconds(self) -> f64 {
        match self {
            Self::Days => 86_400.0,
            Self::Hours => 3_600.0,
            Self::Minutes => 60.0,
            Self::Seconds => 1.0,
        }
    }
}

/// How the chart is made.
#[derive(Args)]
#[command(next_help_heading = "Chart")]
pub struct DesignArgs {
    /// Kind of chart [default: i-mr]
    #[arg(long, value_parser = kind_parser())]
    pub chart: Option<Typed>,
    /// Model of autocorrelated points, in place of --chart: ar1 is residual, ewma is moving-centerline
    #[arg(long, value_enum, conflicts_with = "chart")]
    pub model: Option<Model>,
    /// Sigma: mr, median-mr, range, sd, range-weighted, sd-weighted, pooled, overall, or a number that is given
    #[arg(long, value_name = "ESTIMATOR|NUMBER")]
    pub sigma: Option<String>,
    /// Centre line or target, in place of the mean
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true, alias = "target")]
    pub center: Option<f64>,
    /// Distance of the limits in sigma of what is plotted
    #[arg(long, value_name = "SIGMA", default_value_t = 3.0)]
    pub width: f64,
    /// Widen the limits so that this share of such Phase I samples alarms at most at the nominal rate (i-mr, xbar-r, xbar-s), such as 90%
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub guarantee: Option<f64>,
    /// Values in a moving range
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub span: usize,
    /// EWMA, MEWMA: weight of the newest value; moving-centerline: in place of the fitted one
    #[arg(long, value_name = "WEIGHT")]
    pub lambda: Option<f64>,
    /// EWMA, MEWMA: exact variance of each point, or asymptotic [default: exact, for MEWMA asymptotic]; g: probability or sigma [default: probability]
    #[arg(long, value_enum)]
    pub limits: Option<LimitsArg>,
    /// CUSUM, MCUSUM: reference value in sigma, half the shift to be found
    #[arg(long, value_name = "SIGMA", default_value_t = 0.5)]
    pub k: f64,
    /// CUSUM, MCUSUM: decision interval in sigma [default: 5, for MCUSUM 5.5]; MEWMA: limit of T2
    #[arg(long, value_name = "SIGMA")]
    pub h: Option<f64>,
    /// MEWMA: in-control run length that the limit has [default: 370]
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
    #[arg(long, value_enum, default_value_t = Covariance::Sample)]
    pub covariance: Covariance,
    /// MEWMA, MCUSUM: mean vector that is given, with --cov
    #[arg(
        long,
        value_name = "A,B,...",
        value_delimiter = ',',
        requires = "cov",
        allow_negative_numbers = true
    )]
    pub mean: Vec<f64>,
    /// MEWMA, MCUSUM: covariance matrix that is given, rows separated by semicolons
    #[arg(long, value_name = "A,B;B,C", requires = "mean", allow_hyphen_values = true)]
    pub cov: Option<String>,
    /// MCUSUM: whose sums
    #[arg(long, value_enum, default_value_t = Form::Crosier)]
    pub mcusum: Form,
    /// laney-p, laney-u: spread of the z scores by mr or sd, or a number that is given
    #[arg(long, value_name = "mr|sd|NUMBER", default_value = "mr")]
    pub sigma_z: String,
    /// laney-p, laney-u: least spread of the z scores
    #[arg(long, value_name = "NUMBER", default_value_t = 0.0)]
    pub min_sigma_z: f64,
    /// t: distribution of the times
    #[arg(long, value_enum, default_value_t = Law::Weibull)]
    pub method: Law,
    /// z-mr: whose moving ranges make sigma
    #[arg(long, value_enum, default_value_t = By::Part)]
    pub sigma_by: By,
    /// i-mr, dnom-i-mr: moving ranges across the parts of --part, or within each alone
    #[arg(long, value_enum, default_value_t = RangesAcross::Across)]
    pub mr: RangesAcross,
    /// three-way: sigma within subgroups
    #[arg(long, value_enum, default_value_t = WithinArg::Range)]
    pub within: WithinArg,
    /// three-way: sigma between subgroups by moving range or analysis of variance
    #[arg(long, value_enum, default_value_t = BetweenArg::Mr)]
    pub between: BetweenArg,
    /// residual: how the model is fitted
    #[arg(long, value_enum, default_value_t = Fit::Ml)]
    pub fit: Fit,
    /// residual: autocorrelation that is given
    #[arg(long, value_name = "PHI", allow_negative_numbers = true)]
    pub phi: Option<f64>,
    /// moving-centerline: where the forecasts begin
    #[arg(long, value_enum, default_value_t = StartArg::First)]
    pub z0: StartArg,
    /// Constants and intervals: exact, or as R qcc 2.7 rounds them
    #[arg(long, value_enum, default_value_t = Like::Exact)]
    pub like: Like,
}

/// Enumerations of the command line that name one of the crate's each.
macro_rules! choices {
    ($($name:ident => $target:ty { $($variant:ident = $word:literal),+ $(,)? })+) => { $(
        #[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
        pub enum $name { $(#[value(name = $word)] $variant),+ }

        impl From<$name> for $target {
            fn from(choice: $name) -> Self {
                match choice { $($name::$variant => Self::$variant),+ }
            }
        }
    )+ };
}

choices! {
    Law => chart::TimeLaw { Weibull = "weibull", Exponential = "exponential", Nelson = "nelson" }
    By => chart::SigmaBy { Part = "part", Run = "run", All = "all", Size = "size" }
    WithinArg => chart::Within { Range = "range", Sd = "sd", Pooled = "pooled" }
    BetweenArg => chart::Between { Mr = "mr", Anova = "anova" }
    Fit => chart::ArFit { Ml = "ml", Cls = "cls", Yw = "yw" }
    StartArg => chart::Start { First = "first", Mean = "mean" }
    Form => chart::McusumForm { Crosier = "crosier", Mc1 = "mc1" }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Model {
    Ar1,
    Ewma,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RangesAcross {
    Across,
    WithinPart,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LimitsArg {
    Exact,
    Asymptotic,
    Probability,
    Sigma,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum EwmaLimits {
    Exact,
    Asymptotic,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Covariance {
    Sample,
    Successive,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Like {
    /// Defining integrals, published formulas
    Exact,
    /// d2 to three decimals, and qcc's own d3 and interval of Cpm
    Qcc,
}

impl From<Like> for Convention {
    fn from(like: Like) -> Self {
        match like {
            Like::Exact => Self::Exact,
            Like::Qcc => Self::Qcc,
        }
    }
}

/// A share as `0.9` or `90%`.
pub fn share(text: &str) -> Result<f64, String> {
    let (number, scale) = text.strip_suffix('%').map_or((text, 1.0), |number| (number, 100.0));
    let value = number.trim().parse::<f64>().map_err(|e| e.to_string())? / scale;
    match value > 0.0 && value < 1.0 {
        true => Ok(value),
        false => Err("a share between 0 and 1, such as 0.9 or 90%, is expected".to_owned()),
    }
}

impl DesignArgs {
    /// The kind of chart that is asked for.
    pub fn kind(&self) -> Option<Kind> {
        match self.model {
            Some(Model::Ar1) => Some(Kind::Residual),
            Some(Model::Ewma) => Some(Kind::MovingCenterline),
            None => self.chart.map(|typed| typed.kind),
        }
    }

    /// Whether deviations from nominal are charted.
    pub fn is_deviation(&self) -> bool {
        self.chart.is_some_and(|typed| typed.is_deviation)
    }

    /// The design, and what was given instead of estimated.
    pub fn design(&self) -> Result<(Design, Given)> {
        let kind = self.kind().unwrap_or(Kind::IMr);
        let sigma_z = self.sigma_z.parse::<f64>().ok();
        let h = self.h.unwrap_or(if kind == Kind::Mcusum { 5.5 } else { 5.0 });
        let exact = kind != Kind::Mewma;
        let options = Options {
            sigma_z: match self.sigma_z.as_str() {
                "sd" => chart::SigmaZ::Sd,
                "mr" => chart::SigmaZ::Mr,
                _ if sigma_z.is_some() => chart::SigmaZ::Mr,
                other => {
                    return Err(
                        Usage(format!("--sigma-z is mr, sd or a number, not `{other}`")).into()
                    );
                }
            },
            min_sigma_z: self.min_sigma_z,
            rare_limits: match self.limits {
                Some(LimitsArg::Sigma) => chart::RareLimits::Sigma,
                _ => chart::RareLimits::Probability,
            },
            time_law: self.method.into(),
            sigma_by: self.sigma_by.into(),
            within: self.within.into(),
            between: self.between.into(),
            fit: self.fit.into(),
            start: self.z0.into(),
            mcusum: self.mcusum.into(),
            target_arl: match (kind, self.h) {
                (Kind::Mewma, None) => self.target_arl.unwrap_or(370.0),
                _ => 0.0,
            },
            ranges_within_part: self.mr == RangesAcross::WithinPart,
        };
        let mut design = Design {
            width: self.width,
            span: self.span,
            lambda: self.lambda.unwrap_or(0.2),
            exact_limits: match self.limits {
                Some(LimitsArg::Exact) => true,
                Some(LimitsArg::Asymptotic) => false,
                _ => exact,
            },
            k: self.k,
            h,
            head_start: self.head_start.unwrap_or(if self.fir { h / 2.0 } else { 0.0 }),
            confidence: self.confidence,
            covariance: match self.covariance {
                Covariance::Sample => CovarianceEstimator::Sample,
                Covariance::Successive => CovarianceEstimator::Successive,
            },
            convention: self.like.into(),
            options,
            ..Design::new(kind)
        };
        let mut given = Given {
            center: self.center,
            sigma: None,
            sigma_z,
            phi: self.phi,
            lambda: self.lambda,
            means: self.mean.clone(),
            covariance: self.cov.as_deref().map(matrix).transpose()?.unwrap_or_default(),
        };
        match self.sigma.as_deref().map(|text| (text, text.parse::<f64>())) {
            Some((_, Ok(value))) if value > 0.0 && value.is_finite() => given.sigma = Some(value),
            Some((_, Ok(value))) => {
                let expected = "a standard deviation above 0";
                return Err(usage(SpcError::OutOfRange { name: "--sigma", value, expected }));
            }
            Some((name, Err(_))) => design.estimator = Estimator::parse(name).map_err(usage)?,
            None => {}
        }
        design.check().map_err(usage)?;
        Ok((design, given))
    }
}

/// A matrix typed as `1,0.5;0.5,1`.
fn matrix(text: &str) -> Result<Vec<Vec<f64>>> {
    let number = |cell: &str| {
        cell.trim()
            .parse::<f64>()
            .map_err(|_| Usage(format!("--cov: `{cell}` is no number")).into())
    };
    text.split(';').map(|row| row.split(',').map(number).collect()).collect()
}

/// The table of specification limits that `--spec` names; empty without one.
pub fn specifications(ctx: &Context, file: Option<&str>) -> Result<Specifications> {
    let Some(file) = file else { return Ok(Specifications::default()) };
    let source = ctx.read(file)?;
    Ok(Specifications::read(&Table::parse(&source.name, &source.bytes)?)?)
}

/// A wrong argument.
pub fn usage(error: SpcError) -> anyhow::Error {
    refused(error.usage())
}

/// Data that a chart cannot be made of, with the input's name.
pub fn unfit(file: &str, error: SpcError) -> anyhow::Error {
    Faults::from(error.of(file)).into()
}
