mod many;

use super::chart::warn_skipped;
use super::options::{DataArgs, Like, unfit, usage};
use crate::context::Context;
use crate::exit::{Outcome, Usage, refused};
use anyhow::Result;
use clap::{Args, ValueEnum};
use libchar_core::Format;
use libchar_history::Alert;
use libchar_spc::capability::study::{Asked, Method};
use libchar_spc::capability::{Family, QuantileType, Specification};
use libchar_spc::chart::{Data, Design, Given, Kind};
use libchar_spc::data::shape;
use libchar_spc::picture;
use libchar_spc::sigma::Estimator;
use libchar_spc::study::rules;
use serde_json::json;

/// Compare the spread of a process with its specification
#[derive(Args)]
#[command(after_long_help = "\
Examples:
  libchar spc capability run.csv -c tox_nm --lsl 95 --usl 105
  libchar spc capability run.csv -c tox_nm --lsl 95 --usl 105 --subgroup-size 5 --sigma range --min-cpk 1.33
  libchar spc capability particles.csv -c count --usl 12 --method box-cox,lognormal
  libchar spc capability fab.csv --spec spec.csv --subgroup lot          a table of columns; spec.csv: column,lsl,usl,target
  libchar spc capability fab.csv --columns 'cd_*' --by tool --lsl 42 --usl 48

The process is charted first: capability says nothing about an unstable one, and is then printed with that warning
and exit code 1. --min-cpk gives exit code 1 when Cpk (Ppk of the first other method, where one is named) falls short.")]
pub struct Capability {
    #[command(flatten)]
    data: DataArgs,
    /// Lower specification limit
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    lsl: Option<f64>,
    /// Upper specification limit
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    usl: Option<f64>,
    /// Target, for Cpm: none without one [--like qcc: the middle of the limits]
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    target: Option<f64>,
    /// Short-term sigma: an estimator of `spc chart --sigma`, or a number [default: mr, or range in subgroups]
    #[arg(long, value_name = "ESTIMATOR|NUMBER")]
    sigma: Option<String>,
    /// Confidence of the intervals
    #[arg(long, value_name = "SHARE", default_value_t = 0.95)]
    confidence: f64,
    /// Ways to judge a process that is not normal, besides the normal indices
    #[arg(long, value_enum, value_delimiter = ',')]
    method: Vec<MethodName>,
    /// empirical: position of a percentile among n values, 6: p(n+1), 7: p(n-1)+1
    #[arg(long, value_name = "6|7", default_value = "7", value_parser = ["6", "7"])]
    quantile_type: String,
    /// Table of column, lsl, usl, target: one row of results a column
    #[arg(long, value_name = "FILE", conflicts_with_all = ["columns", "lsl", "usl", "target", "svg"])]
    spec: Option<String>,
    /// Rules of the stability gate
    #[arg(long, value_name = "LIST", default_value = "rule1")]
    rules: String,
    /// Exit 1 when the index falls below this
    #[arg(long, value_name = "INDEX")]
    min_cpk: Option<f64>,
    /// Constants and intervals: exact, or as R qcc 2.7 rounds them
    #[arg(long, value_enum, default_value_t = Like::Exact)]
    like: Like,
    /// Draw the histogram
    #[arg(long, value_name = "FILE")]
    svg: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum MethodName {
    /// Power transformation to normality (values above 0)
    BoxCox,
    /// Percentiles of a normal distribution
    Normal,
    /// Percentiles of a lognormal distribution (values above 0)
    Lognormal,
    /// Percentiles of a Weibull distribution (values above 0)
    Weibull,
    /// Percentiles of a Weibull distribution with a threshold
    Weibull3,
    /// Percentiles of a Johnson curve through four percentiles (Slifker and Shapiro)
    Johnson,
    /// Percentiles of a Pearson curve of four moments (Clements)
    Pearson,
    /// Percentiles of the sample itself
    Empirical,
}

impl From<MethodName> for Method {
    fn from(name: MethodName) -> Method {
        Method::Percentiles(match name {
            MethodName::BoxCox => return Method::BoxCox,
            MethodName::Normal => Family::Normal,
            MethodName::Lognormal => Family::Lognormal,
            MethodName::Weibull => Family::Weibull,
            MethodName::Weibull3 => Family::Weibull3,
            MethodName::Johnson => Family::Johnson,
            MethodName::Pearson => Family::Pearson,
            MethodName::Empirical => Family::Empirical,
        })
    }
}

impl Capability {
    /// How each column is judged, by a chart of this design.
    fn asked(&self, design: Design, given: Given) -> Result<Asked> {
        Ok(Asked {
            rules: rules(&self.rules, &design).map_err(refused)?,
            design,
            given,
            confidence: self.confidence,
            methods: self.method.iter().copied().map(Method::from).collect(),
            quantiles: match self.quantile_type.as_str() {
                "6" => QuantileType::Six,
                _ => QuantileType::Seven,
            },
        })
    }
}

pub fn run(args: &Capability, ctx: &Context) -> Result<Outcome> {
    let grouped = args.data.subgroup.is_some() || args.data.subgroup_size.is_some_and(|n| n > 1);
    let own = if grouped || args.data.columns.len() > 1 { Kind::XbarR } else { Kind::IMr };
    if args.spec.is_some() || args.data.layout().is_many(own) {
        return many::run(args, ctx);
    }
    let specification = Specification::new(args.lsl, args.usl, args.target).map_err(usage)?;
    if args.data.stage.is_some() {
        return Err(Usage("capability is of one stage; cut the data first".to_owned()).into());
    }
    let subgrouped = args.data.subgroup.is_some()
        || args.data.subgroup_size.is_some_and(|n| n > 1)
        || args.data.columns.len() > 1;
    let kind = if subgrouped { Kind::XbarR } else { Kind::IMr };
    let mut design = Design { convention: args.like.into(), ..Design::new(kind) };
    let given = match args.sigma.as_deref().map(|text| (text, text.parse::<f64>())) {
        Some((_, Ok(sigma))) => Some(sigma),
        Some((name, Err(_))) => {
            design.estimator = Estimator::parse(name).map_err(usage)?;
            None
        }
        None => None,
    };
    let given = Given { sigma: given, ..Given::default() };
    let asked = args.asked(design, given)?;
    ctx.begin(
        "spc capability",
        json!({ "input": args.data.input, "specification": specification, "design": asked.design, "rules": args.rules }),
    );
    let source = ctx.read(&args.data.input)?;
    let table = args.data.table(ctx, &source)?;
    let layout = args.data.layout();
    let prepared = shape(&layout, &table, &source.bytes, &asked.design, false).map_err(refused)?;
    warn_skipped(ctx, &prepared);
    let Data::Measured(groups) = &prepared.data else {
        return Err(Usage("capability is of measurements".to_owned()).into());
    };
    let study = asked.study(groups, &specification).map_err(|e| unfit(&prepared.file, e))?;
    let column = prepared.columns.join(",");
    for warning in &study.warnings {
        ctx.log.warning("capability", warning);
    }
    match ctx.format() {
        Format::Json => ctx.write_document("-", &study.document(&column, groups, &asked))?,
        _ => ctx.print(&study.frame())?,
    }
    if let Some(file) = &args.svg {
        let found = &study.found;
        let (mean, within, overall) = (found.mean, found.sigma_within, found.sigma_overall);
        let told = study.lines();
        let values = groups.values();
        let svg = picture::histogram(&column, values, &specification, mean, within, overall, &told);
        ctx.write(file, svg.as_bytes())?;
    }
    let judged = study.index();
    let short = args.min_cpk.is_some_and(|least| judged < least);
    if short {
        let message = format!(
            "{column}: capability index {judged:.3} is below {}",
            args.min_cpk.unwrap_or(0.0)
        );
        ctx.log.warning("capability", &message);
        let alert = Alert {
            source: "spc".to_owned(),
            severity: "warning".to_owned(),
            message,
            details: None,
        };
        ctx.journal.alert(alert);
    }
    Ok(Outcome::found(study.gate.events + usize::from(short)))
}
