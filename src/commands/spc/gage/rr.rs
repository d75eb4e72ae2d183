use super::super::measured::MeasuredArgs;
use super::super::options::{unfit, usage};
use super::raise;
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use clap::{Args, ValueEnum};
use libchar_core::{Cell, Format, Frame, frame, number};
use libchar_spc::gage::picture;
use libchar_spc::gage::sources::{Source, Study, sources};
use libchar_spc::gage::{Anova, Cells, Comparison, Design, Interaction, Options, anova, xbar_r};
use libchar_spc::tolerance;
use serde_json::{Value, json};
use std::io::Write;

/// Split the spread of readings into parts, operators and the gage itself
#[derive(Args)]
#[command(after_long_help = "\
Examples:
  libchar spc gage rr study.csv -c x_nm --part part --operator operator --lsl 95 --usl 105
  libchar spc gage rr study.csv -c trial1 -c trial2 -c trial3 --part part --operator operator --method xbar-r
  libchar spc gage rr pull.csv -c force_n --part part --operator operator --nested      destructive: each part has one operator
  libchar spc gage rr auto.csv -c x_nm --part part --max-grr 10                           one operator: repeatability alone

Every operator measures every part as often as the others (crossed), or has parts of his own (--nested). Exit code 1: the
spread of the gage takes more than --max-grr % of the tolerance (of the study without one), or --min-ndc is not reached.")]
pub struct Rr {
    #[command(flatten)]
    data: MeasuredArgs,
    /// Column of parts
    #[arg(long, value_name = "COLUMN")]
    part: String,
    /// Column of operators [default: all readings are of one]
    #[arg(long, value_name = "COLUMN")]
    operator: Option<String>,
    /// Every operator has parts of his own: part 1 of A is not part 1 of B
    #[arg(long, requires = "operator")]
    nested: bool,
    /// Analysis of variance, or averages and ranges
    #[arg(long, value_enum, default_value_t = Method::Anova)]
    method: Method,
    /// Interaction of part and operator: kept if its p value is at most --alpha, always or never
    #[arg(long, value_enum, default_value_t = InteractionArg::Tested)]
    interaction: InteractionArg,
    /// p value above which the interaction is pooled with repeatability (AIAG: 0.25)
    #[arg(long, value_name = "P", default_value_t = 0.05)]
    alpha: f64,
    /// Negative variances: taken as 0 before the total, or kept
    #[arg(long, value_enum, default_value_t = Negative::Zero)]
    negative: Negative,
    /// Constants of xbar-r: exact, or four digits as the AIAG's worksheet prints them
    #[arg(long, value_enum, default_value_t = Like::Exact)]
    like: Like,
    /// Width of the tolerance
    #[arg(long, value_name = "NUMBER", conflicts_with_all = ["lsl", "usl"])]
    tolerance: Option<f64>,
    /// Lower specification limit
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    lsl: Option<f64>,
    /// Upper specification limit
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    usl: Option<f64>,
    /// Mean of the process, for a tolerance of one limit [default: that of the study]
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    mean: Option<f64>,
    /// Sigma of the process, in place of that of the study's parts
    #[arg(long, value_name = "NUMBER")]
    historical_sigma: Option<f64>,
    /// Sigmas in a study variation (older practice: 5.15)
    #[arg(long, value_name = "SIGMA", default_value_t = 6.0)]
    multiplier: f64,
    /// Confidence of the intervals
    #[arg(long, value_name = "SHARE", default_value_t = 0.95)]
    confidence: f64,
    /// Exit 1 when the gage takes more than this share, %
    #[arg(long, value_name = "PERCENT")]
    max_grr: Option<f64>,
    /// Exit 1 with fewer distinct categories
    #[arg(long, value_name = "N")]
    min_ndc: Option<usize>,
    /// Draw components and cell means
    #[arg(long, value_name = "FILE")]
    svg: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Method {
    Anova,
    XbarR,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum InteractionArg {
    Tested,
    Always,
    Never,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Negative {
    Zero,
    Keep,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Like {
    Exact,
    Aiag,
}

pub fn run(args: &Rr, ctx: &Context) -> Result<Outcome> {
    let options = args.options()?;
    let design = if args.nested { Design::Nested } else { Design::Crossed };
    if args.method == Method::XbarR && (args.nested || args.negative == Negative::Keep) {
        let message = "--method xbar-r has neither --nested nor --negative keep";
        return Err(Usage(message.to_owned()).into());
    }
    if args.method == Method::XbarR && args.interaction == InteractionArg::Always {
        return Err(Usage("--method xbar-r has no interaction".to_owned()).into());
    }
    ctx.begin(
        "spc gage rr",
        json!({ "input": args.data.input, "part": args.part, "operator": args.operator, "nested": args.nested }),
    );
    let names: Vec<&str> =
        std::iter::once(args.part.as_str()).chain(args.operator.as_deref()).collect();
    let readings = args.data.read(ctx, &names, None)?;
    let fault = |error| unfit(&readings.file, error);
    let operators = readings.labels.get(1).map(Vec::as_slice);
    let cells =
        Cells::new(&readings.values, &readings.labels[0], operators, design).map_err(fault)?;
    let study = match args.method {
        Method::Anova => Study::Anova(anova(&cells, design, &options).map_err(fault)?),
        Method::XbarR => {
            let study = xbar_r(&cells, &options, args.like == Like::Aiag).map_err(fault)?;
            Study::Range(study)
        }
    };
    let sources = sources(&study, &options);
    for warning in study.warnings() {
        ctx.log.warning("gage", warning);
    }
    print(args, ctx, &readings.column, &cells, design, &study, &sources)?;
    if let Some(file) = &args.svg {
        let svg = picture::study(&readings.column, &cells, design, &sources);
        ctx.write(file, svg.as_bytes())?;
    }
    Ok(Outcome::found(judge(args, ctx, &readings.column, &study, &sources)))
}

impl Rr {
    fn options(&self) -> Result<Options> {
        tolerance::check(0.5, self.confidence).map_err(usage)?;
        let positive = [
            ("--tolerance", self.tolerance),
            ("--historical-sigma", self.historical_sigma),
            ("--multiplier", Some(self.multiplier)),
            ("--max-grr", self.max_grr),
        ];
        for (name, value) in positive {
            if value.is_some_and(|value| !(value > 0.0 && value.is_finite())) {
                return Err(Usage(format!("{name} must be above 0")).into());
            }
        }
        if !(0.0..=1.0).contains(&self.alpha) {
            return Err(Usage(format!("--alpha {} is no p value from 0 to 1", self.alpha)).into());
        }
        if let (Some(lsl), Some(usl)) = (self.lsl, self.usl)
            && lsl >= usl
        {
            return Err(Usage(format!("--lsl {lsl} is not below --usl {usl}")).into());
        }
        Ok(Options {
            interaction: match self.interaction {
                InteractionArg::Tested => Interaction::Tested,
                InteractionArg::Always => Interaction::Always,
                InteractionArg::Never => Interaction::Never,
            },
            alpha: self.alpha,
            keep_negative: self.negative == Negative::Keep,
            multiplier: self.multiplier,
            confidence: self.confidence,
            against: Comparison {
                tolerance: self.tolerance,
                lsl: self.lsl,
                usl: self.usl,
                mean: self.mean,
                historical_sigma: self.historical_sigma,
            },
        })
    }
}

fn frame_of(sources: &[Source]) -> Frame {
    let columns = [
        "source",
        "variance",
        "lower",
        "upper",
        "percent_contribution",
        "sd",
        "study_variation",
        "percent_study_variation",
        "percent_tolerance",
    ];
    let mut frame = Frame::new("libchar.spc-gage-rr", 1, columns);
    for source in sources {
        frame.push(vec![
            source.name.into(),
            source.variance.into(),
            source.interval.map(|i| i[0]).into(),
            source.interval.map(|i| i[1]).into(),
            source.percent_contribution.into(),
            source.sd.into(),
            source.study_variation.into(),
            source.percent_study_variation.into(),
            source.percent_tolerance.into(),
        ]);
    }
    frame
}

fn print(
    args: &Rr,
    ctx: &Context,
    column: &str,
    cells: &Cells,
    design: Design,
    study: &Study,
    sources: &[Source],
) -> Result<()> {
    let mut out = ctx.stdout();
    match ctx.format() {
        Format::Json => {
            let mut body = json!({
                "column": column,
                "design": if design == Design::Nested { "nested" } else { "crossed" },
                "operators": cells.operators.iter().filter(|name| !name.is_empty()).collect::<Vec<_>>(),
                "parts": cells.parts[0].len(),
                "trials": cells.trials,
                "multiplier": args.multiplier,
            });
            let (name, value): (&str, Value) = match study {
                Study::Anova(study) => ("anova", json!(study)),
                Study::Range(study) => ("xbar_r", json!(study)),
            };
            body["method"] = json!(if name == "anova" { "anova" } else { "xbar-r" });
            body[if name == "anova" { "study" } else { "ranges" }] = value;
            frame::write_json(&mut out, &frame::document("libchar.spc-gage-rr", 1, body))?;
        }
        Format::Table => {
            if let Study::Anova(study) = study {
                table_of(study).write(Format::Table, &mut out)?;
                writeln!(out)?;
            }
            frame_of(sources).write(Format::Table, &mut out)?;
            writeln!(out, "\n{}", sentence(study))?;
        }
        other => frame_of(sources).write(other, &mut out)?,
    }
    Ok(out.flush()?)
}

/// The analysis of variance.
fn table_of(study: &Anova) -> Frame {
    let mut frame = Frame::new("libchar.spc-gage-anova", 1, ["term", "df", "ss", "ms", "f", "p"]);
    for name in ["part", "operator", "interaction", "repeatability"] {
        if let Some(row) = study.anova.get(name) {
            let cells: Vec<Cell> = vec![
                name.into(),
                row.df.into(),
                row.ss.into(),
                row.ms.into(),
                row.f.into(),
                row.p.into(),
            ];
            frame.push(cells);
        }
    }
    frame
}

fn sentence(study: &Study) -> String {
    let ndc = match study.ndc() {
        1 => "the gage tells 1 category of parts apart".to_owned(),
        n => format!("the gage tells {n} categories of parts apart"),
    };
    let interaction = match study {
        Study::Anova(study) => match (study.interaction_kept, &study.anova_full) {
            (Some(true), _) => "; the interaction of part and operator is in the model".to_owned(),
            (Some(false), Some(full)) => {
                let p = full["interaction"].p.map_or("-".to_owned(), |p| number::significant(p, 3));
                format!(
                    "; the interaction of part and operator (p {p}) is pooled with repeatability"
                )
            }
            _ => String::new(),
        },
        Study::Range(_) => String::new(),
    };
    ndc + &interaction
}

/// Findings of --max-grr and --min-ndc.
fn judge(args: &Rr, ctx: &Context, column: &str, study: &Study, sources: &[Source]) -> usize {
    let grr = &sources[0];
    let (share, of) = match grr.percent_tolerance {
        Some(share) => (share, "the tolerance"),
        None => (grr.percent_study_variation, "the study variation"),
    };
    let mut findings = 0;
    if let Some(most) = args.max_grr.filter(|most| share > *most) {
        let share = number::significant(share, 3);
        raise(ctx, format!("{column}: the gage takes {share} % of {of}, more than {most} %"));
        findings += 1;
    }
    if let Some(least) = args.min_ndc.filter(|least| study.ndc() < *least) {
        let ndc = study.ndc();
        let message = format!("{column}: {ndc} distinct categories are fewer than {least}");
        raise(ctx, message);
        findings += 1;
    }
    findings
}
