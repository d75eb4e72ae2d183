//! `lib plan`: shows what would be simulated.

use super::benches::{Read, benches};
use super::source;
use crate::context::Context;
use crate::exit::Outcome;
use anyhow::Result;
use clap::Args;
use libchar_cells::bench;
use libchar_cells::work::{Cost, cost};
use libchar_core::{Cell, Frame};
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
    let source = source::read(&args.file, &args.cell, args.like.as_deref(), ctx)?;
    let columns = [
        "pvt",
        "cell",
        "kind",
        "inputs",
        "outputs",
        "does",
        "arcs",
        "experiments",
        "tables",
        "simulations",
        "lvf",
        "cpu_s",
    ];
    let mut frame = Frame::new("libchar.lib-plan", 1, columns);
    let mut sum = Cost::default();
    let n = source.cells.len();
    // Variation is described in models and netlists, so these are read; everything else is counted
    // without them.
    let benches = match source.config.lvf {
        Some(_) => benches(&source, &mut Read::new(Search::default()), ctx)?.0,
        None => {
            let all = source.config.pvt.iter();
            all.flat_map(|pvt| vec![bench::empty(&source.config, pvt); n]).collect()
        }
    };
    for (p, pvt) in source.config.pvt.iter().enumerate() {
        for (c, known) in source.cells.iter().enumerate() {
            let cell = &known.cell;
            let cost = cost(&source.config, known, &benches[p * n + c]);
            sum.simulations += cost.simulations;
            sum.cpu_s += cost.cpu_s;
            frame.push(vec![
                pvt.name.clone().into(),
                cell.name.clone().into(),
                cell.kind().into(),
                cell.inputs.join(" ").into(),
                cell.outputs.join(" ").into(),
                cell.said().into(),
                Cell::Integer(cost.arcs as i64),
                Cell::Integer(cost.experiments as i64),
                Cell::Integer(cost.tables as i64),
                Cell::Integer(cost.simulations as i64),
                Cell::Integer(cost.spreads as i64),
                ((cost.cpu_s * 100.0).round() / 100.0).into(),
            ]);
        }
    }
    ctx.print(&frame)?;
    let message = format!("{} simulations, about {:.0} s of CPU time", sum.simulations, sum.cpu_s);
    ctx.log.info("plan", message);
    Ok(Outcome::Fine)
}
