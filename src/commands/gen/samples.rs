//! Makes the samples of every point, as the configuration describes them.

use super::budget;
use crate::context::Context;
use crate::log::Level;
use crate::sources::desk;
use anyhow::Result;
use libchar_campaign::domain::Domain;
use libchar_campaign::fresh::loops;
use libchar_campaign::generate::{self, Sampled};
use libchar_campaign::samples::{BLOCKS, DRAWS};
use libchar_core::words::count;
use libchar_pvt::config::Samples;
use std::path::Path;

/// Writes the decks of all blocks, then the tables of draws and blocks; removes the tables where nothing varies. Says how many
/// samples there are, if there are some.
pub fn write(domain: &Domain, ctx: &Context, dry_run: bool) -> Result<Option<String>> {
    let Some(varying) = &domain.varying else {
        if !dry_run {
            generate::remove_tables()?;
        }
        return Ok(None);
    };
    let samples = match (varying.count(), &varying.samples) {
        (Some(samples), _) => samples,
        (None, Samples::Auto(budget)) => budget::decide(*budget, ctx)?,
        (None, _) => 0,
    };
    for (name, message) in generate::unused(domain, varying, samples)? {
        ctx.log.point(Level::Warning, "effect", &name, message);
    }
    let loops = loops(domain, &desk(ctx));
    let sampled = generate::sample(domain, varying, samples, loops, dry_run)?;
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
    Ok((samples > 0).then(|| text(samples, &sampled, dry_run)))
}

fn text(samples: usize, sampled: &Sampled, dry_run: bool) -> String {
    let verb = if dry_run { "to write" } else { "written" };
    format!(
        "{} of each point, in {}: {} {verb}",
        count(samples, "sample"),
        count(sampled.blocks, "block"),
        count(sampled.changed, "deck")
    )
}
