//! `lib`: standard-cell libraries.

mod check;

use crate::context::Context;
use crate::exit::Outcome;
use anyhow::Result;
use clap::{Args, Subcommand};

/// Check standard-cell libraries in Liberty format
#[derive(Args)]
pub struct Lib {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    Check(check::Check),
}

pub fn run(args: Lib, ctx: &Context) -> Result<Outcome> {
    match args.action {
        Action::Check(args) => check::run(&args, ctx),
    }
}
