//! `libchar lib`: characterizes standard cells from their netlists and writes Liberty.

mod benches;
mod characterize;
mod check;
mod drive;
mod driver;
mod engine;
mod plan;
mod simulate;
mod source;
mod store;

use crate::context::Context;
use crate::exit::Outcome;
use anyhow::Result;
use clap::{Args, Subcommand};
use engine::Engine;
use libchar_cells::config::FILE;
use libchar_core::words::count;
use libchar_engine::deck::Search;
use libchar_runner::Signals;

const EXAMPLES: &str = "\
Examples:
  libchar lib plan                         cells, arcs, tables, simulations and their CPU time
  libchar lib                              simulate what is missing, write one file for each condition of cells.toml
  libchar lib --cell 'inv_*' -j 2          some cells, two simulations at the same time
  libchar lib --like OLD.lib               take indexes, attributes and names from another library, compare its functions
  libchar lib --holes                      write the files although values are missing
  libchar lib check example45.lib          look for faults in a Liberty file

A simulation is not repeated if its deck, which holds the models and netlists that it uses, and the simulator with its version
and options are unchanged. A value that no simulation gave is a hole: without --holes no file is written for that
condition, and a missing value is never written as 0.";

/// Characterize standard cells: from netlists to Liberty
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
#[command(after_long_help = EXAMPLES)]
pub struct Lib {
    #[command(subcommand)]
    action: Option<Action>,
    #[command(flatten)]
    characterize: characterize::Characterize,
}

#[derive(Subcommand)]
enum Action {
    Plan(plan::Plan),
    Check(check::Check),
}

/// The checks of a library for `check`: its cells, and the simulator.
pub fn checks(ctx: &Context) -> Vec<(&'static str, Result<String>)> {
    let source = match source::read(FILE, &[], None, ctx) {
        Ok(source) => source,
        Err(error) => return vec![("domain", Err(error))],
    };
    let (cells, conditions) = (source.cells.len(), source.config.pvt.len());
    let of = format!("{} at {} of {FILE}", count(cells, "cell"), count(conditions, "condition"));
    let simulator = Signals::watch()
        .map_err(anyhow::Error::from)
        .and_then(|signals| Engine::of(&source.config, ctx, &signals))
        .map(|engine| format!("{} {}", source.config.simulator, engine.version));
    // Faults that make every simulation fail: models that lack a section, a subcircuit or a bin.
    let models = benches::benches(&source, &mut benches::Read::new(Search::default()), ctx);
    let domain = models.map(|_| of);
    vec![("domain", domain), ("simulator", simulator)]
}

pub fn run(args: Lib, ctx: &Context) -> Result<Outcome> {
    match args.action {
        None => characterize::run(&args.characterize, ctx),
        Some(Action::Plan(args)) => plan::run(&args, ctx),
        Some(Action::Check(args)) => check::run(&args, ctx),
    }
}
