mod fit;
mod judge;

use super::model_file;
use crate::context::Context;
use crate::data_format::DataFormat;
use crate::exit::Outcome;
use anyhow::Result;
use clap::{Args, Subcommand};
use libchar_core::table::Header;
use libchar_core::table::columns;
use libchar_core::{Fault, Faults, Format, Frame, frame};
use libchar_history::Alert;
use libchar_spc::forecast::request::Request;
use libchar_spc::forecast::{self, Knowledge, Response, RiskLevel};
use libchar_spc::health::{LAMBDA, Reference};
use libchar_spc::knowledge::Knowledge as Maintenance;
use serde_json::json;

const EXAMPLES: &str = "\
Examples:
  libchar spc forecast request.json --model furnace-a.json
  libchar spc forecast request.json --reference good.csv --failure-level 4.5
  libchar spc forecast fit history.csv --unit tool --horizon 100 -o furnace-a.json
  libchar spc forecast judge later.csv --unit tool --model furnace-a.json

The request is the maintenance request: `fdc_data` (one list a feature, one value a run), `lookahead_runs`, `risk_threshold`.
Exit 1 when the failure probability reaches the threshold.";

/// Forecast a failure: answer a maintenance request, or fit and judge the model behind it
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
    /// The maintenance request, JSON; `-` is standard input
    #[arg(default_value = "-")]
    request: String,
    /// Reference, failure level and classifier, as `spc forecast fit` writes them
    #[arg(long, value_name = "FILE")]
    model: Option<String>,
    /// Healthy runs, one column a feature, where there is no model
    #[arg(long, value_name = "FILE", conflicts_with = "model")]
    reference: Option<String>,
    /// Smoothed ln T² at which the tool fails, where there is no model
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
    let knowledge = super::chart::knowledge(ctx, &args.knowledge)?;
    let knowledge = knowledge.unwrap_or_else(Maintenance::empty);
    let model = args.model.as_ref().map(|path| model_file::read(path, ctx)).transpose()?;
    let reference = match (&model, &args.reference) {
        (Some(model), _) => Some(model.reference.clone()),
        (None, Some(path)) => Some(reference(args, path, &request, ctx)?),
        (None, None) => request.reference()?,
    };
    let rows = match &reference {
        Some(reference) => {
            let unused = request.unused(&reference.features);
            if !unused.is_empty() {
                let message = format!("not in the reference, left out: {}", unused.join(", "));
                ctx.log.warning("features", message);
            }
            request.rows(&reference.features)?
        }
        None => Vec::new(),
    };
    let known = reference.as_ref().map(|reference| Knowledge {
        reference,
        lambda: model.as_ref().map_or(LAMBDA, |model| model.lambda),
        classifier: model.as_ref().and_then(|model| model.classifier.as_ref()),
        failure_level: match &model {
            Some(model) => model.failure_level,
            None => args.failure_level.or(request.failure_level),
        },
    });
    let response = forecast::respond(&request.question, known, &rows, &knowledge)
        .map_err(|fault| Faults::from(Fault::of(&source.name, fault.to_string())))?;
    print(&response, ctx)?;
    let high = response.risk_level == Some(RiskLevel::High);
    if high {
        alert(&response, ctx);
    }
    Ok(Outcome::found(usize::from(high)))
}

/// Fits the reference of a table of healthy runs for the features of the request.
fn reference(args: &Answer, path: &str, request: &Request, ctx: &Context) -> Result<Reference> {
    let source = ctx.read(path)?;
    let table = args.format.read(ctx, &source, Header::Required)?;
    let features: Vec<String> = request.features().map(str::to_owned).collect();
    let columns = columns::places(&table, &features)?;
    let rows = columns::numbers(&table, &columns, columns::Na::Error)?.complete().values;
    let fitted = Reference::fit(&features, &rows);
    Ok(fitted.map_err(|fault| Faults::from(Fault::of(path, fault.to_string())))?)
}

fn print(response: &Response, ctx: &Context) -> Result<()> {
    match ctx.format() {
        // A response is one document; where nobody asked for rows it is written as such.
        Format::Json | Format::Csv
            if ctx.options.format.is_none() || ctx.format() == Format::Json =>
        {
            let body = serde_json::to_value(response)?;
            ctx.write_document("-", &frame::document("libchar.spc-forecast", 1, body))
        }
        _ => ctx.print(&summary(response)?),
    }
}

/// The response as one row; lists are counted.
fn summary(response: &Response) -> Result<Frame> {
    let text = |value: serde_json::Value| value.as_str().map(str::to_owned);
    let columns = [
        "tool_health_score",
        "health_trend",
        "failure_probability",
        "lookahead_runs",
        "risk_level",
        "status",
        "calibrated",
        "first_recommendation",
        "first_feature",
    ];
    let mut frame = Frame::new("libchar.spc-forecast", 1, columns);
    frame.push(vec![
        response.tool_health_score.into(),
        text(serde_json::to_value(response.health_trend)?).into(),
        response.failure_probability.into(),
        response.lookahead_runs.into(),
        text(serde_json::to_value(response.risk_level)?).into(),
        text(serde_json::to_value(response.status)?).into(),
        response.calibrated.into(),
        response.recommendations.first().map(|r| r.action.clone()).into(),
        response.contributions.first().map(|c| c.feature.clone()).into(),
    ]);
    Ok(frame)
}

fn alert(response: &Response, ctx: &Context) {
    let probability = response.failure_probability.unwrap_or(1.0);
    let runs = response.lookahead_runs;
    ctx.journal.alert(Alert {
        source: "spc forecast".to_owned(),
        severity: "critical".to_owned(),
        message: format!("failure probability {probability:.2} within {runs} runs"),
        details: serde_json::to_string(response).ok(),
    });
}
