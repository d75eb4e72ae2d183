//! `lib plan`: shows what would be simulated.

use crate::context::Context;
use crate::exit::Outcome;
use anyhow::Result;
use clap::Args;
use libchar_cells::benches::Read;
use libchar_cells::plan::{empty_benches, frame};
use libchar_engine::deck::Search;

/// Print the cells, arcs, tables, simulations and their CPU time, without simulating
#[derive(Args)]
pub struct Plan {
    /// File that describes the library
    #[arg(value_name = "CELLS.TOML", default_value = libchar_cells::config::FILE)]
    file: String,
    /// Only these cells: a name, or a pattern with `*`; may be repeated
    #[arg(long, value_name = "NAME")]
    cell: Vec<String>,
    /// Take indexes, attributes, pins and names from this Liberty file, and compare its functions [default: `like` in CELLS.TOML]
    #[arg(long, value_name = "OLD.LIB")]
    like: Option<String>,
}

pub fn run(args: &Plan, ctx: &Context) -> Result<Outcome> {
    ctx.look("lib");
    let source = super::source(&args.file, &args.cell, args.like.as_deref(), ctx)?;
    // Variation is described in models and netlists, so these are read; everything else is counted
    // without them.
    let benches = match source.config.lvf {
        Some(_) => super::benches(&source, &mut Read::new(Search::default()), ctx)?.0,
        None => empty_benches(&source),
    };
    let (frame, sum) = frame(&source, &benches);
    ctx.print(&frame)?;
    let message = format!("{} simulations, about {:.0} s of CPU time", sum.simulations, sum.cpu_s);
    ctx.log.info("plan", message);
    Ok(Outcome::Fine)
}
