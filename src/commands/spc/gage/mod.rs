//! Measurement systems.

mod bias;
mod linearity;
mod rr;
mod stability;
mod type_one;

use crate::context::Context;
use crate::exit::Outcome;
use anyhow::Result;
use clap::{Args, Subcommand};
use libchar_core::{Cell, Frame};
use libchar_history::Alert;

/// Study a measurement system: repeatability and reproducibility, bias, linearity, stability
#[derive(Args)]
#[command(arg_required_else_help = true)]
pub struct Gage {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    Rr(rr::Rr),
    Bias(bias::Bias),
    Linearity(linearity::Linearity),
    #[command(name = "type1")]
    TypeOne(type_one::TypeOne),
    Stability(stability::Stability),
}

pub fn run(args: &Gage, ctx: &Context) -> Result<Outcome> {
    match &args.action {
        Action::Rr(args) => rr::run(args, ctx),
        Action::Bias(args) => bias::run(args, ctx),
        Action::Linearity(args) => linearity::run(args, ctx),
        Action::TypeOne(args) => type_one::run(args, ctx),
        Action::Stability(args) => stability::run(args, ctx),
    }
}

/// A frame of named quantities, one a row.
fn quantities(schema: &'static str, rows: impl IntoIterator<Item = (&'static str, Cell)>) -> Frame {
    let mut frame = Frame::new(schema, 1, ["quantity", "value"]);
    for (name, value) in rows {
        frame.push(vec![name.into(), value]);
    }
    frame
}

/// Says what is wrong with a gage, to the terminal and the history.
fn raise(ctx: &Context, message: String) {
    ctx.log.warning("gage", &message);
    ctx.journal.alert(Alert {
        source: "spc gage".to_owned(),
        severity: "warning".to_owned(),
        message,
        details: None,
    });
}
