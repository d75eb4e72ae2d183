//! `libchar r2r`: run-to-run control that does not hide faults.

mod design;
mod plant;
mod simulate;
mod step;
mod trim;

use crate::context::Context;
use crate::exit::Outcome;
use anyhow::Result;
use clap::{Args, Subcommand};
use libchar_core::number::parse_decimal;
use libchar_history::ResultRow;
use libchar_metrology::r2r::designed::Numbers;

/// Run-to-run control: design and simulate a controller, compute the next recipe or a trim
#[derive(Args)]
#[command(arg_required_else_help = true)]
pub struct R2r {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    Design(design::Design),
    Step(Box<step::Step>),
    Trim(Box<trim::Trim>),
    Simulate(Box<simulate::Simulate>),
}

pub fn run(args: R2r, ctx: &Context) -> Result<Outcome> {
    match args.action {
        Action::Design(args) => design::run(&args, ctx),
        Action::Step(args) => step::run(&args, ctx),
        Action::Trim(args) => trim::run(&args, ctx),
        Action::Simulate(args) => simulate::run(&args, ctx),
    }
}

/// Stores figures in the history.
fn keep(ctx: &Context, numbers: &Numbers) {
    let known = numbers.iter().filter_map(|(name, value)| Some((*name, (*value)?)));
    ctx.journal.results(known.map(|(name, value)| ResultRow::value(name, value, None)));
}

/// Parses `NAME=VALUE`; `name` stands for the name in messages.
fn assignment(text: &str, name: &str) -> Result<(String, f64), String> {
    let (name, value) = text.split_once('=').ok_or(format!("expected {name}=VALUE"))?;
    let value = parse_decimal(value).ok_or(format!("`{value}` is not a finite number"))?;
    Ok((name.to_owned(), value))
}
