//! One file a subcommand: read, compute, write.

mod completions;
mod config;
mod flow;
mod history;
mod litho_predict;
mod man;
mod spc;

use crate::context::Context;
use crate::exit::Outcome;
use anyhow::Result;
use clap::Subcommand;

#[derive(Subcommand)]
pub enum Command {
    Spc(spc::Spc),
    Flow(flow::Flow),
    LithoPredict(litho_predict::LithoPredict),
    History(history::History),
    Config(config::Config),
    Man(man::Man),
    Completions(completions::Completions),
}

pub fn run(command: Command, ctx: &Context) -> Result<Outcome> {
    match command {
        Command::Spc(args) => spc::run(args, ctx),
        Command::Flow(args) => flow::run(args, ctx),
        Command::LithoPredict(args) => litho_predict::run(args, ctx),
        Command::History(args) => history::run(args, ctx),
        Command::Config(args) => config::run(args, ctx),
        Command::Man(args) => man::run(args, ctx),
        Command::Completions(args) => completions::run(args, ctx),
    }
}
