mod many;

use super::alerts::alert;
use super::chart::warn_skipped;
use super::choice::{told, word};
use super::options::{DataArgs, like, unfit, usage};
use crate::context::Context;
use crate::exit::{Outcome, Usage, refused};
use anyhow::Result;
use clap::Args;
use clap::builder::TypedValueParser;
use libchar_spc::capability::study::{Asked, Method, design};
use libchar_spc::capability::{Family, QuantileType, Specification};
use libchar_spc::chart::{Data, Kind};
use libchar_spc::convention::Convention;
use libchar_spc::data::shape;
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

The process is charted first: the capability of an unstable process means nothing; it is then printed with that warning
and exit code 1. --min-cpk gives exit code 1 when Cpk (Ppk of the first other method, if one is named) is below it.")]
pub struct Capability {
    #[command(flatten)]
    data: DataArgs,
    /// Lower specification limit
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    lsl: Option<f64>,
    /// Upper specification limit
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    usl: Option<f64>,
    /// Target value; without it there is no Cpm [--like qcc: the middle of the limits]
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    target: Option<f64>,
    /// Short-term sigma: an estimator of `spc chart --sigma`, or a number [default: mr, or range in subgroups]
    #[arg(long, value_name = "ESTIMATOR|NUMBER")]
    sigma: Option<String>,
    /// Confidence of the intervals
    #[arg(long, value_name = "SHARE", default_value_t = 0.95)]
    confidence: f64,
    /// Methods for a process that is not normally distributed, besides the normal indices
    #[arg(long, value_parser = methods(), value_delimiter = ',')]
    method: Vec<Method>,
    /// empirical: position of a percentile among n values, 6: p(n+1), 7: p(n-1)+1
    #[arg(long, value_name = "6|7", default_value = "7", value_parser = word::<QuantileType>())]
    quantile_type: QuantileType,
    /// Table of column, lsl, usl, target; prints one row of results per column
    #[arg(long, value_name = "FILE", conflicts_with_all = ["columns", "lsl", "usl", "target", "svg"])]
    spec: Option<String>,
    /// Rules that decide whether the process is stable
    #[arg(long, value_name = "LIST", default_value = "rule1")]
    rules: String,
    /// Exit 1 when the index falls below this
    #[arg(long, value_name = "INDEX")]
    min_cpk: Option<f64>,
    /// Constants and intervals: exact, or as R qcc 2.7 rounds them
    #[arg(long, value_parser = like(), default_value = "exact")]
    like: Convention,
    /// Draw the histogram
    #[arg(long, value_name = "FILE")]
    svg: Option<String>,
}

/// A parser of methods for processes that are not normal.
fn methods() -> impl TypedValueParser<Value = Method> {
    let of = |family: Family, help| (Method::Percentiles(family), family.name(), help);
    told([
        (Method::BoxCox, "box-cox", "Power transformation to normality (values above 0)"),
        of(Family::Normal, "Percentiles of a normal distribution"),
        of(Family::Lognormal, "Percentiles of a lognormal distribution (values above 0)"),
        of(Family::Weibull, "Percentiles of a Weibull distribution (values above 0)"),
        of(Family::Weibull3, "Percentiles of a Weibull distribution with a threshold"),
        of(
            Family::Johnson,
            "Percentiles of a Johnson curve through four percentiles (Slifker and Shapiro)",
        ),
        of(Family::Pearson, "Percentiles of a Pearson curve of four moments (Clements)"),
        of(Family::Empirical, "Percentiles of the sample itself"),
    ])
}

impl Capability {
    /// How each column is judged; `usual` is the default estimator for values in subgroups.
    fn asked(&self, usual: Option<Estimator>) -> Result<Asked> {
        let (design, given) = design(usual, self.like, self.sigma.as_deref()).map_err(usage)?;
        Ok(Asked {
            rules: rules(&self.rules, &design).map_err(refused)?,
            design,
            given,
            confidence: self.confidence,
            methods: self.method.clone(),
            quantiles: self.quantile_type,
        })
    }
}

pub fn run(args: &Capability, ctx: &Context) -> Result<Outcome> {
    let layout = args.data.layout();
    let is_grouped = layout.has_subgroups() || layout.columns.len() > 1;
    let kind = if is_grouped { Kind::XbarR } else { Kind::IMr };
    if args.spec.is_some() || layout.is_many(kind) {
        return many::run(args, ctx);
    }
    let specification = Specification::new(args.lsl, args.usl, args.target).map_err(usage)?;
    if args.data.stage.is_some() {
        return Err(Usage(
            "capability is computed for one stage; select its rows first".to_owned(),
        )
        .into());
    }
    let asked = args.asked(is_grouped.then_some(Estimator::Range))?;
    ctx.begin(
        "spc capability",
        json!({ "input": args.data.input, "specification": specification, "design": asked.design, "rules": args.rules }),
    );
    let source = ctx.read(&args.data.input)?;
    let table = args.data.table(ctx, &source)?;
    let prepared = shape(&layout, &table, &source.bytes, &asked.design, false).map_err(refused)?;
    warn_skipped(ctx, &prepared);
    let Data::Measured(groups) = &prepared.data else {
        return Err(Usage("capability needs measurements".to_owned()).into());
    };
    let study = asked.study(groups, &specification).map_err(|e| unfit(&prepared.file, e))?;
    let column = prepared.columns.join(",");
    for warning in &study.warnings {
        ctx.log.warning("capability", warning);
    }
    ctx.answer(|| study.document(&column, groups, &asked), || study.frame())?;
    if let Some(file) = &args.svg {
        ctx.write(file, study.picture(&column, groups).as_bytes())?;
    }
    let short = study.shortfall(&column, args.min_cpk);
    if let Some(message) = &short {
        ctx.log.warning("capability", message);
        alert(ctx, "spc", "warning", message.clone(), None);
    }
    Ok(Outcome::found(study.gate.events + usize::from(short.is_some())))
}
