use super::super::model_file;
use super::super::runs::FeatureArgs;
use super::fit::HistoryArgs;
use crate::context::Context;
use crate::data_format::Na;
use crate::exit::Outcome;
use anyhow::Result;
use clap::Args;
use libchar_core::{Fault, Faults, Format, Frame, frame, number};
use libchar_spc::forecast::{Judgement, Life, Model, Outside};
use serde_json::json;

/// Judge a model on lives that it has not seen: discrimination, Brier skill, calibration table
#[derive(Args)]
#[command(after_long_help = "\
Examples:
  libchar spc forecast judge later.csv --unit tool --model furnace-a.json
  libchar spc forecast judge later.csv --unit tool --model furnace-a.json --rows --format csv

Intervals are of 95 %, by leaving out each life in turn, from five lives on: runs of one tool are no independent trials. Tools whose
healthy runs lie outside those of the fit are named: what is said of them is an extrapolation.")]
pub struct Judge {
    #[command(flatten)]
    history: HistoryArgs,
    /// The model
    #[arg(long, value_name = "FILE")]
    model: String,
    /// Print the probability of every run with what came, in place of the verdict
    #[arg(long)]
    rows: bool,
}

pub fn run(args: &Judge, ctx: &Context) -> Result<Outcome> {
    ctx.begin(
        "spc forecast judge",
        json!({ "history": args.history.table, "unit": args.history.unit, "model": args.model }),
    );
    let model = model_file::read(&args.model, ctx)?;
    let table = args.history.read(ctx)?;
    let columns = FeatureArgs {
        features: Vec::new(),
        patterns: Vec::new(),
        ignore: Vec::new(),
        na: Na::Error,
    };
    let lives = args.history.lives(&table, &columns, &model.reference.features, ctx)?;
    let fault =
        |error: libchar_spc::SpcError| Faults::from(Fault::of(&table.file, error.to_string()));
    let outside = warn_outside(&model, &lives, ctx);
    if args.rows {
        ctx.print(&rows(&model, &lives, &outside).map_err(fault)?)?;
        return Ok(Outcome::Fine);
    }
    let verdict = model.judge(&lives).map_err(fault)?;
    print(&verdict, &outside, ctx)?;
    announce(&verdict, lives.len(), ctx);
    Ok(Outcome::Fine)
}

/// Names the tools outside those of the fit.
fn warn_outside(model: &Model, lives: &[Life], ctx: &Context) -> Vec<Outside> {
    if model.fitted.is_none() {
        ctx.log.info("judge", "the model does not say where the tools of its fit lay");
    }
    let outside = model.outside(lives);
    for of_unit in outside.chunk_by(|a, b| a.unit == b.unit) {
        let text = |x: f64| number::significant(x, 3);
        let named: Vec<String> = of_unit
            .iter()
            .map(|found| {
                let [low, high] = found.range;
                let (level, low, high) = (text(found.level), text(low), text(high));
                format!("{} at {level} sd, of the fit {low} to {high}", found.feature)
            })
            .collect();
        let message = format!(
            "`{}` lies outside the tools of the fit: {}",
            of_unit[0].unit,
            named.join("; ")
        );
        ctx.log.warning("judge", message);
    }
    outside
}

/// One row a run.
fn rows(
    model: &Model,
    lives: &[Life],
    outside: &[Outside],
) -> Result<Frame, libchar_spc::SpcError> {
    let columns = ["unit", "run", "failure_probability", "failed", "outside"];
    let mut frame = Frame::new("libchar.spc-forecast-rows", 1, columns);
    for run in model.predict(lives)? {
        let is_outside = outside.iter().any(|found| found.unit == run.unit);
        frame.push(vec![
            run.unit.into(),
            run.run.into(),
            run.probability.into(),
            run.failed.into(),
            is_outside.into(),
        ]);
    }
    Ok(frame)
}

fn announce(verdict: &Judgement, lives: usize, ctx: &Context) {
    let intervals = verdict.intervals;
    let text = |value: Option<f64>, range: Option<[f64; 2]>, digits, scale: f64| {
        let shown = |x: f64| number::significant(scale * x, digits);
        let value = value.map_or("-".to_owned(), shown);
        match range {
            Some([low, high]) => format!("{value} ({} to {})", shown(low), shown(high)),
            None => value,
        }
    };
    ctx.log.info(
        "judge",
        format!(
            "{lives} lives, {} runs, base rate {} %: AUC {}, Brier {}, Brier skill {} %",
            verdict.predictions,
            text(Some(verdict.base_rate), intervals.and_then(|i| i.base_rate), 3, 100.0),
            text(verdict.auc, intervals.and_then(|i| i.auc), 4, 1.0),
            text(Some(verdict.brier), intervals.and_then(|i| i.brier), 4, 1.0),
            text(verdict.brier_skill, intervals.and_then(|i| i.brier_skill), 3, 100.0),
        ),
    );
}

fn print(verdict: &Judgement, outside: &[Outside], ctx: &Context) -> Result<()> {
    if ctx.format() == Format::Json {
        let mut body = serde_json::to_value(verdict)?;
        body["outside"] = json!(outside);
        return ctx
            .write_document("-", &frame::document("libchar.spc-forecast-judgement", 1, body));
    }
    let columns = ["from", "to", "predictions", "mean_predicted", "observed", "lower", "upper"];
    let mut frame = Frame::new("libchar.spc-forecast-judgement", 1, columns);
    for row in &verdict.calibration {
        frame.push(vec![
            row.from.into(),
            row.to.into(),
            row.predictions.into(),
            row.mean_predicted.into(),
            row.observed.into(),
            row.observed_interval.map(|i| i[0]).into(),
            row.observed_interval.map(|i| i[1]).into(),
        ]);
    }
    ctx.print(&frame)
}
