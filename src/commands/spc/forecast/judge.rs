use super::super::columns::Na;
use super::super::model_file;
use super::super::runs::FeatureArgs;
use super::fit::HistoryArgs;
use crate::context::Context;
use crate::exit::Outcome;
use anyhow::Result;
use clap::Args;
use libchar_core::{Fault, Faults, Format, Frame, Table, frame, number};
use libchar_spc::forecast::Judgement;
use serde_json::json;

/// Judge a model on lives that it has not seen: discrimination, Brier skill, calibration table
#[derive(Args)]
pub struct Judge {
    #[command(flatten)]
    history: HistoryArgs,
    /// The model
    #[arg(long, value_name = "FILE")]
    model: String,
}

pub fn run(args: &Judge, ctx: &Context) -> Result<Outcome> {
    ctx.begin(
        "spc forecast judge",
        json!({ "history": args.history.table, "unit": args.history.unit, "model": args.model }),
    );
    let model = model_file::read(&args.model, ctx)?;
    let source = ctx.read(&args.history.table)?;
    let table = Table::parse(&source.name, &source.bytes)?;
    let columns = FeatureArgs { features: Vec::new(), ignore: Vec::new(), na: Na::Error };
    let lives = args.history.lives(&table, &columns, &model.reference.features, ctx)?;
    let verdict = model
        .judge(&lives)
        .map_err(|fault| Faults::from(Fault::of(&table.file, fault.to_string())))?;
    print(&verdict, ctx)?;
    let text = |value: Option<f64>, digits| {
        value.map_or("-".to_owned(), |v| number::significant(v, digits))
    };
    ctx.log.info(
        "judge",
        format!(
            "{} lives, {} runs, base rate {} %: AUC {}, Brier {}, Brier skill {} %",
            lives.len(),
            verdict.predictions,
            number::significant(100.0 * verdict.base_rate, 3),
            text(verdict.auc, 4),
            number::significant(verdict.brier, 4),
            text(verdict.brier_skill.map(|skill| 100.0 * skill), 3),
        ),
    );
    Ok(Outcome::Fine)
}

fn print(verdict: &Judgement, ctx: &Context) -> Result<()> {
    if ctx.format() == Format::Json {
        let body = serde_json::to_value(verdict)?;
        return ctx
            .write_document("-", &frame::document("libchar.spc-forecast-judgement", 1, body));
    }
    let columns = ["from", "to", "predictions", "mean_predicted", "observed"];
    let mut frame = Frame::new("libchar.spc-forecast-judgement", 1, columns);
    for row in &verdict.calibration {
        frame.push(vec![
            row.from.into(),
            row.to.into(),
            row.predictions.into(),
            row.mean_predicted.into(),
            row.observed.into(),
        ]);
    }
    ctx.print(&frame)
}
