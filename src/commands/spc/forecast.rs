mod fit;
mod judge;

use super::alerts::alert;
use super::chart::knowledge;
use super::model_file;
use super::runs::read;
use crate::context::Context;
use crate::data_format::DataFormat;
use crate::exit::Outcome;
use crate::told::say;
use anyhow::Result;
use clap::{Args, Subcommand};
use libchar_core::Format;
use libchar_spc::forecast::RiskLevel;
use libchar_spc::forecast::request::Request;
use libchar_spc::knowledge::Knowledge;
use serde_json::json;

const EXAMPLES: &str = "\
Examples:
  libchar spc forecast request.json --model furnace-a.json
  libchar spc forecast request.json --reference good.csv --failure-level 4.5
  libchar spc forecast fit history.csv --unit tool --horizon 100 -o furnace-a.json
  libchar spc forecast judge later.csv --unit tool --model furnace-a.json

The maintenance request holds `fdc_data` (one list per feature, one value per run), `lookahead_runs`, `risk_threshold`.
Exit 1 when the failure probability reaches the threshold.";

/// Forecast the failure of a tool: answer a maintenance request, or fit and judge the model for it
#[derive(Args)]
#[command(after_long_help = EXAMPLES, args_conflicts_with_subcommands = true)]
pub struct Forecast {
    #[command(subcommand)]
    action: Option<Action>,
    #[command(flatten)]
    answer: Answer,
}

#[derive(Subcommand)]
enum Action {
    Fit(fit::Fit),
    Judge(judge::Judge),
}

#[derive(Args)]
struct Answer {
    /// Maintenance request as JSON; `-` is standard input
    #[arg(default_value = "-")]
    request: String,
    /// Model file that `spc forecast fit` wrote: reference, failure level and classifier
    #[arg(long, value_name = "FILE")]
    model: Option<String>,
    /// Table of healthy runs, one column per feature, if there is no model
    #[arg(long, value_name = "FILE", conflicts_with = "model")]
    reference: Option<String>,
    /// Smoothed ln T² at which the tool fails, if there is no model
    #[arg(long, value_name = "LN_T2", conflicts_with = "model", allow_negative_numbers = true)]
    failure_level: Option<f64>,
    /// Maintenance actions: furnace, litho, metrology, none, or a TOML file
    #[arg(long, value_name = "NAME|FILE", default_value = "furnace")]
    knowledge: String,
    #[command(flatten)]
    format: DataFormat,
}

pub fn run(args: &Forecast, ctx: &Context) -> Result<Outcome> {
    match &args.action {
        Some(Action::Fit(args)) => fit::run(args, ctx),
        Some(Action::Judge(args)) => judge::run(args, ctx),
        None => answer(&args.answer, ctx),
    }
}

fn answer(args: &Answer, ctx: &Context) -> Result<Outcome> {
    ctx.begin(
        "spc forecast",
        json!({
            "request": args.request, "model": args.model, "reference": args.reference,
            "failure_level": args.failure_level, "knowledge": args.knowledge,
        }),
    );
    let source = ctx.read(&args.request)?;
    let request = Request::parse(&source.name, &source.bytes)?;
    let maintenance = knowledge(ctx, &args.knowledge)?.unwrap_or_else(Knowledge::empty);
    let model = args.model.as_ref().map(|path| model_file::read(path, ctx)).transpose()?;
    let healthy = args.reference.as_ref().map(|path| read(ctx, &args.format, path));
    let healthy = healthy.transpose()?;
    let (model, healthy, level) = (model.as_ref(), healthy.as_ref(), args.failure_level);
    let tell = &mut |note| say(ctx, note);
    let response = request.answer(model, healthy, level, &maintenance, tell)?;
    // A response is one document, which is written as JSON unless rows are requested.
    match (ctx.options.format, ctx.format()) {
        (_, Format::Json) | (None, Format::Csv) => ctx.write_document("-", &response.document())?,
        _ => ctx.print(&response.frame())?,
    }
    let high = response.risk_level == Some(RiskLevel::High);
    if high {
        let details = serde_json::to_string(&response).ok();
        alert(ctx, "spc forecast", "critical", response.sentence(), details);
    }
    Ok(Outcome::found(usize::from(high)))
}
