//! Arguments that several actions share, and how they become a design and data.

use super::columns::{Na, Skipped};
use super::input::{self, Request, Rows};
use crate::context::{Context, Source};
use crate::exit::Usage;
use anyhow::{Result, anyhow};
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use libchar_core::{Fault, Faults};
use libchar_spc::SpcError;
use libchar_spc::arl::is_limit_rule;
use libchar_spc::baseline::Baseline;
use libchar_spc::chart::{CovarianceEstimator, Data, Design, Given, Kind};
use libchar_spc::convention::Convention;
use libchar_spc::rules::{Pattern, Rule, parse_rules};
use libchar_spc::sigma::Estimator;
use libchar_spc::subgroup::Subgroups;

/// A parser of kinds of chart, for help and completion.
pub fn kind_parser() -> impl TypedValueParser<Value = Kind> {
    PossibleValuesParser::new(Kind::ALL.map(Kind::name))
        .map(|name| Kind::ALL.into_iter().find(|kind| kind.name() == name).unwrap_or(Kind::IMr))
}

/// Which numbers to chart.
#[derive(Args, Clone)]
#[command(next_help_heading = "Data")]
pub struct DataArgs {
    /// CSV, JSON or JSON lines; `-` is standard input
    #[arg(default_value = "-")]
    pub input: String,
    /// Column to chart; several for t2, or for subgroups that lie in one row [default: the only numeric one]
    #[arg(short, long = "column", value_name = "NAME", value_delimiter = ',')]
    pub columns: Vec<String>,
    /// Successive rows that form a subgroup
    #[arg(long, value_name = "N", conflicts_with = "subgroup")]
    pub subgroup_size: Option<usize>,
    /// Column whose equal neighbours form a subgroup
    #[arg(long, value_name = "COLUMN")]
    pub subgroup: Option<String>,
    /// Units inspected: a column, or one number for all rows (p, np, u)
    #[arg(short = 'n', long, value_name = "COLUMN|N")]
    pub sample_size: Option<String>,
    /// Column of times, which must not go backwards
    #[arg(long, value_name = "COLUMN")]
    pub time: Option<String>,
    /// Column whose every new value restarts limits and rules
    #[arg(long, value_name = "COLUMN")]
    pub stage: Option<String>,
    /// Cells that hold no finite number
    #[arg(long, value_enum, default_value_t = Na::Error)]
    pub na: Na,
}

/// How the chart is made.
#[derive(Args)]
#[command(next_help_heading = "Chart")]
pub struct DesignArgs {
    /// Kind of chart [default: i-mr]
    #[arg(long, value_parser = kind_parser())]
    pub chart: Option<Kind>,
    /// Sigma: mr, median-mr, range, sd, range-weighted, sd-weighted, pooled, overall, or a number that is given
    #[arg(long, value_name = "ESTIMATOR|NUMBER")]
    pub sigma: Option<String>,
    /// Centre line or target, in place of the mean
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true, alias = "target")]
    pub center: Option<f64>,
    /// Distance of the limits in sigma of what is plotted
    #[arg(long, value_name = "SIGMA", default_value_t = 3.0)]
    pub width: f64,
    /// Values in a moving range
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub span: usize,
    /// EWMA: weight of the newest value
    #[arg(long, value_name = "WEIGHT", default_value_t = 0.2)]
    pub lambda: f64,
    /// EWMA: limits of the exact variance of each point, or of the last
    #[arg(long, value_enum, default_value_t = EwmaLimits::Exact)]
    pub limits: EwmaLimits,
    /// CUSUM: reference value in sigma, half the shift to be found
    #[arg(long, value_name = "SIGMA", default_value_t = 0.5)]
    pub k: f64,
    /// CUSUM: decision interval in sigma
    #[arg(long, value_name = "SIGMA", default_value_t = 5.0)]
    pub h: f64,
    /// CUSUM: start both sums at this many sigma
    #[arg(long, value_name = "SIGMA", conflicts_with = "fir")]
    pub head_start: Option<f64>,
    /// CUSUM: fast initial response, a head start of h/2
    #[arg(long)]
    pub fir: bool,
    /// T2: share of in-control points below the limit
    #[arg(long, value_name = "SHARE", default_value_t = 0.9973)]
    pub confidence: f64,
    /// T2: covariance of the sample, or of successive differences
    #[arg(long, value_enum, default_value_t = Covariance::Sample)]
    pub covariance: Covariance,
    /// Constants and intervals: exact, or as R qcc 2.7 rounds them
    #[arg(long, value_enum, default_value_t = Like::Exact)]
    pub like: Like,
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

impl DesignArgs {
    /// The design, and what was given instead of estimated.
    pub fn design(&self) -> Result<(Design, Given)> {
        let mut design = Design {
            width: self.width,
            span: self.span,
            lambda: self.lambda,
            exact_limits: self.limits == EwmaLimits::Exact,
            k: self.k,
            h: self.h,
            head_start: self.head_start.unwrap_or(if self.fir { self.h / 2.0 } else { 0.0 }),
            confidence: self.confidence,
            covariance: match self.covariance {
                Covariance::Sample => CovarianceEstimator::Sample,
                Covariance::Successive => CovarianceEstimator::Successive,
            },
            convention: self.like.into(),
            ..Design::new(self.chart.unwrap_or(Kind::IMr))
        };
        let mut given = Given { center: self.center, sigma: None };
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

/// A wrong argument.
pub fn usage(error: SpcError) -> anyhow::Error {
    let message = match &error {
        SpcError::UnknownName { found, expected, .. } => {
            let nearest =
                libchar_core::nearest::nearest(found, expected.iter().map(String::as_str));
            let hint =
                nearest.map(|name| format!("\n  did you mean `{name}`?")).unwrap_or_default();
            format!("{error}\n  expected one of: {}{hint}", expected.join(", "))
        }
        _ => error.to_string(),
    };
    Usage(message).into()
}

/// Data that a chart cannot be made of, with the input's name.
pub fn unfit(file: &str, error: SpcError) -> anyhow::Error {
    Faults::from(Fault::of(file, error.to_string())).into()
}

/// The rules of `--rules` that fit a chart of this design.
///
/// The one-point rule at three sigma stands for "beyond the limits" and moves with `--width`.
pub fn rules(text: &str, design: &Design) -> Result<Vec<Rule>> {
    let mut rules = parse_rules(text).map_err(usage)?;
    if !design.chart.takes_rules()
        && let Some(rule) = rules.iter().find(|rule| !is_limit_rule(&rule.pattern))
    {
        let (id, chart) = (&rule.id, design.chart.name());
        let why = match design.chart {
            Kind::Run => "has no limits and its own tests",
            Kind::T2 => "has points without a side",
            _ => "has points that depend on each other",
        };
        return Err(
            Usage(format!("rule {id} is not defined on a {chart} chart, which {why}")).into()
        );
    }
    for rule in &mut rules {
        if let Pattern::Beyond { k: 1, m: 1, z } = &mut rule.pattern
            && *z == 3.0
        {
            *z = design.width;
        }
    }
    Ok(rules)
}

/// Data with the labels of its points.
pub struct Prepared {
    /// The input's name.
    pub file: String,
    /// Charted columns.
    pub columns: Vec<String>,
    /// The data.
    pub data: Data,
    /// Time or subgroup of each point; empty without such a column.
    pub labels: Vec<String>,
    /// Name of each stage, and its first and last-plus-one point; one without a name where there is no column.
    pub stages: Vec<(Option<String>, usize, usize)>,
    /// Cells left out.
    pub skipped: Vec<Skipped>,
}

impl Prepared {
    /// The size that all subgroups share; 1 for single values.
    pub fn subgroup_size(&self) -> Option<usize> {
        match &self.data {
            Data::Measured(groups) => groups.common_size(),
            _ => Some(1),
        }
    }
}

impl DataArgs {
    /// Takes from a baseline what the caller left open: columns and subgroup size.
    pub fn adopt(&self, baseline: &Baseline) -> DataArgs {
        let mut adopted = self.clone();
        if adopted.columns.is_empty() {
            adopted.columns.clone_from(&baseline.columns);
        }
        let grouped = adopted.subgroup.is_some() || adopted.subgroup_size.is_some();
        if !grouped && baseline.columns.len() == 1 && baseline.subgroup_size.is_some_and(|n| n > 1)
        {
            adopted.subgroup_size = baseline.subgroup_size;
        }
        adopted
    }

    /// Reads and shapes the data for a kind of chart.
    pub fn prepare(&self, ctx: &Context, kind: Kind) -> Result<Prepared> {
        self.shape(&ctx.read(&self.input)?, kind)
    }

    fn shape(&self, source: &Source, kind: Kind) -> Result<Prepared> {
        let units = self.sample_size.as_deref();
        let fixed_units = units.and_then(|text| text.parse::<f64>().ok());
        let unit_column = units.filter(|_| fixed_units.is_none());
        match (kind, units) {
            (Kind::P | Kind::Np | Kind::U, None) => {
                let message =
                    format!("a {} chart needs --sample-size: a column or a number", kind.name());
                return Err(Usage(message).into());
            }
            (Kind::P | Kind::Np | Kind::U, Some(_)) | (_, None) => {}
            (_, Some(_)) => {
                return Err(Usage(format!("a {} chart has no --sample-size", kind.name())).into());
            }
        }
        let grouped = self.subgroup.is_some() || self.subgroup_size.is_some_and(|n| n != 1);
        if grouped && (kind.is_attribute() || matches!(kind, Kind::T2 | Kind::IMr)) {
            let hint = if kind == Kind::IMr { "; use --chart xbar-r or xbar-s" } else { "" };
            return Err(Usage(format!("a {} chart has no subgroups{hint}", kind.name())).into());
        }
        let labels = [&self.time, &self.stage, &self.subgroup];
        let request = Request {
            values: &self.columns,
            several: kind == Kind::T2
                || (matches!(kind, Kind::XbarR | Kind::XbarS)
                    && !grouped
                    && self.columns.is_empty()),
            extra: unit_column,
            labels: labels.iter().filter_map(|label| label.as_deref()).collect(),
            na: self.na,
        };
        let mut rows = input::read(source, &request)?;
        let mut texts = std::mem::take(&mut rows.labels).into_iter();
        let mut next =
            |label: &Option<String>| label.is_some().then(|| texts.next().unwrap_or_default());
        let (time, stage, subgroup) = (next(&self.time), next(&self.stage), next(&self.subgroup));
        if let Some(time) = &time {
            input::check_time(&rows, time)?;
        }
        let several = rows.values.len() > 1;
        if several && kind != Kind::T2 && (grouped || kind.is_attribute() || kind == Kind::IMr) {
            let message =
                "several columns are subgroups only for charts of means, without --subgroup";
            return Err(Usage(message.to_owned()).into());
        }
        // First and last-plus-one row of each point.
        let count = rows.lines.len();
        let spans: Vec<(usize, usize)> = match (self.subgroup_size, &subgroup) {
            (Some(0), _) => return Err(Usage("subgroups have at least 1 value".to_owned()).into()),
            (Some(size), _) => {
                if count % size != 0 {
                    let found = format!(
                        "{count} rows do not fill subgroups of {size}: {} left over",
                        count % size
                    );
                    return Err(Faults::from(Fault::of(&rows.file, found)).into());
                }
                (0..count / size).map(|i| (i * size, (i + 1) * size)).collect()
            }
            (None, Some(labels)) => {
                let runs = input::runs(&rows, labels, "subgroup")?;
                runs.into_iter().map(|(_, range)| (range.start, range.end)).collect()
            }
            (None, None) => (0..count).map(|i| (i, i + 1)).collect(),
        };
        assemble(rows, kind, spans, fixed_units, [time, stage, subgroup])
    }
}

/// Points out of rows. Rows without a number shrink their subgroup, or drop their point.
fn assemble(
    mut rows: Rows,
    kind: Kind,
    spans: Vec<(usize, usize)>,
    fixed_units: Option<f64>,
    [time, stage, subgroup]: [Option<Vec<String>>; 3],
) -> Result<Prepared> {
    let plain =
        rows.skipped.is_empty() && spans.len() == rows.lines.len() && rows.values.len() == 1;
    // Last row of each point that is kept.
    let mut kept: Vec<(usize, usize)> = Vec::new();
    let data = if kind == Kind::T2 {
        let mut vectors = Vec::new();
        for (first, end) in spans {
            let vector: Vec<f64> = rows.values.iter().map(|column| column[first]).collect();
            if vector.iter().all(|x| x.is_finite()) {
                vectors.push(vector);
                kept.push((first, end));
            }
        }
        Data::Vectors(vectors)
    } else if kind.is_attribute() {
        let (mut counts, mut sizes) = (Vec::new(), Vec::new());
        for (first, end) in spans {
            let count = rows.values[0][first];
            let size = fixed_units.or(rows.extra.get(first).copied()).unwrap_or(1.0);
            if count.is_finite() && size.is_finite() {
                counts.push(count);
                sizes.push(size);
                kept.push((first, end));
            }
        }
        Data::Counts { counts, sizes }
    } else if plain {
        kept = spans;
        let values = std::mem::take(&mut rows.values[0]);
        Data::Measured(Subgroups::individuals(values).map_err(|e| unfit(&rows.file, e))?)
    } else {
        let (mut values, mut sizes) = (Vec::new(), Vec::new());
        for (first, end) in spans {
            let before = values.len();
            for row in first..end {
                values
                    .extend(rows.values.iter().map(|column| column[row]).filter(|x| x.is_finite()));
            }
            if values.len() > before {
                sizes.push(values.len() - before);
                kept.push((first, end));
            }
        }
        Data::Measured(Subgroups::by_sizes(values, &sizes).map_err(|e| unfit(&rows.file, e))?)
    };
    if kept.is_empty() {
        return Err(Faults::from(Fault::of(&rows.file, "no row holds a number")).into());
    }
    let stages = match &stage {
        None => vec![(None, 0, kept.len())],
        Some(names) => stages(&rows, names, &kept)?,
    };
    let labels = match time.as_ref().or(subgroup.as_ref()) {
        None => Vec::new(),
        Some(texts) => kept.iter().map(|(_, end)| texts[end - 1].clone()).collect(),
    };
    Ok(Prepared {
        file: rows.file,
        columns: rows.columns,
        data,
        labels,
        stages,
        skipped: rows.skipped,
    })
}

/// Stages as ranges of points; a subgroup lies within one stage.
fn stages(
    rows: &Rows,
    names: &[String],
    kept: &[(usize, usize)],
) -> Result<Vec<(Option<String>, usize, usize)>> {
    let runs = input::runs(rows, names, "stage")?;
    let mut stages: Vec<(Option<String>, usize, usize)> = Vec::new();
    let mut runs = runs.into_iter().peekable();
    for (point, (first, end)) in kept.iter().enumerate() {
        while runs.peek().is_some_and(|(_, range)| range.end <= *first) {
            runs.next();
        }
        let (name, range) = runs.peek().ok_or_else(|| anyhow!("a point outside every stage"))?;
        if range.end < *end {
            let found = format!("a subgroup reaches over the end of stage `{name}`");
            return Err(Faults::from(Fault::at(&rows.file, rows.lines[*first], 0, found)).into());
        }
        match stages.last_mut() {
            Some((Some(current), _, last)) if current == name => *last = point + 1,
            _ => stages.push((Some(name.clone()), point, point + 1)),
        }
    }
    Ok(stages)
}
