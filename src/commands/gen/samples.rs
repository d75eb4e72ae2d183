//! Makes the samples of every point, as the configuration describes them.

use super::budget;
use crate::context::Context;
use crate::log::Level;
use anyhow::Result;
use libchar_campaign::domain::{Domain, Varying};
use libchar_campaign::generate;
use libchar_campaign::samples::{BLOCKS, DRAWS};
use libchar_engine::Simulator;
use libchar_pvt::config::Samples;
use std::collections::BTreeSet;
use std::path::Path;

/// Numbers of what gen wrote for the samples.
#[derive(Debug, Default)]
pub struct Written {
    /// Samples of each point.
    pub samples: usize,
    /// Blocks of each point.
    pub blocks: usize,
    /// Number of decks that changed.
    pub changed: usize,
}

/// Writes the decks of all blocks, then the tables of draws and blocks. Removes the tables if
/// nothing varies.
pub fn write(domain: &Domain, ctx: &Context, dry_run: bool) -> Result<Written> {
    let Some(varying) = &domain.varying else {
        if !dry_run {
            generate::remove_tables()?;
        }
        return Ok(Written::default());
    };
    let samples = match (varying.count(), &varying.samples) {
        (Some(samples), _) => samples,
        (None, Samples::Auto(budget)) => budget::decide(*budget, ctx)?,
        (None, _) => 0,
    };
    extend(domain, varying, samples, ctx, dry_run)
}

/// Makes `samples` samples of each point.
pub fn extend(
    domain: &Domain,
    varying: &Varying,
    samples: usize,
    ctx: &Context,
    dry_run: bool,
) -> Result<Written> {
    for (name, message) in generate::unused(domain, varying, samples)? {
        ctx.log.point(Level::Warning, "effect", &name, message);
    }
    let sampled = generate::sample(domain, varying, samples, loops(domain, ctx), dry_run)?;
    if !sampled.shared {
        let message = "the decks of samples differ in more than numbers of .param: each is simulated by a process of its own";
        ctx.log.info("samples", message);
    }
    if !dry_run {
        sampled.write_tables()?;
        ctx.produces(Path::new(DRAWS));
        ctx.produces(Path::new(BLOCKS));
    }
    for row in &sampled.rows {
        ctx.makes(Path::new(&row.id()).join(&domain.deck_name));
    }
    Ok(Written { samples, blocks: sampled.blocks, changed: sampled.changed })
}

/// The points for which `gen` would now draw or write other samples than its tables contain.
pub fn older(domain: &Domain, ctx: &Context) -> Result<BTreeSet<String>> {
    let Some(varying) = &domain.varying else { return Ok(generate::left_over()) };
    let samples = varying.count().unwrap_or_else(budget::present);
    Ok(generate::sample(domain, varying, samples, loops(domain, ctx), true)?.differing())
}

/// Whether one process of the simulator may simulate several samples.
fn loops(domain: &Domain, ctx: &Context) -> bool {
    let simulator = Simulator::find(&domain.config.simulator, &ctx.config.section("simulators"));
    simulator.is_ok_and(|simulator| simulator.batch == "ngspice") && ctx.config.flag("run.batch")
}
