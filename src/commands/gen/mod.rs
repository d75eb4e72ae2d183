pub mod budget;
mod rows;
mod samples;

use crate::context::Context;
use crate::domain;
use crate::exit::Outcome;
use crate::log::Level;
use crate::preflight;
use crate::sources::desk;
use crate::stage;
use anyhow::{Context as _, Result};
use clap::Args;
use libchar_campaign::domain::{Domain, condition_table};
use libchar_campaign::generate::{Decks, write_csv};
use libchar_campaign::session::Host;
use libchar_campaign::{effect, provenance, stale};
use libchar_core::words::count;
use libchar_files::atomic;
use libchar_pvt::points;
use serde_json::{Map, Value, json};
use std::path::Path;

const EXAMPLES: &str = "\
Examples:
  libchar -C gpio/1p1v gen                     one deck per point, and points.csv
  libchar gen --dry-run | wc -l                the number of points
  libchar gen | grep ^TT/ | libchar run -      simulate the points of one corner
  libchar gen --dry-run --format json          the points with voltages, sections and hashes

Prints one point per line; --format prints whole rows. A deck that is unchanged is not written again. Points of an
earlier gen that are no longer in the matrix are named, and removed with --prune.";

/// Generate a deck for every PVT point
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Gen {
    /// List the points without writing anything
    #[arg(short = 'n', long)]
    dry_run: bool,
    /// Remove the folders of points that are no longer in the matrix
    #[arg(long)]
    prune: bool,
    /// Exit 1 if different corners, temperatures, supplies or swept values give equal decks
    #[arg(long)]
    require_effect: bool,
    /// Only print the condition table in use, as a start for your own configuration/table_condition.csv
    #[arg(long, conflicts_with_all = ["dry_run", "prune"])]
    conditions: bool,
}

pub fn run(args: Gen, ctx: &Context) -> Result<Outcome> {
    if args.conditions {
        ctx.write("-", &condition_table(&desk(ctx))?.bytes)?;
        return Ok(Outcome::Fine);
    }
    stage::run("gen", ctx, || generate(&args, ctx))
}

fn generate(args: &Gen, ctx: &Context) -> Result<Outcome> {
    let here = Path::new(".");
    // A dry run writes nothing, not even a lock.
    let _lock = if args.dry_run { None } else { Some(ctx.lock(here, "gen")?) };
    let domain = domain::read(ctx)?;
    if !args.dry_run {
        ctx.begin("gen", parameters(&domain));
        ctx.inputs(provenance::of_domain(&desk(ctx)));
    }
    preflight::refuse(preflight::of_settings(&domain, ctx))?;
    let template = domain::template_path(ctx).display().to_string();
    for message in effect::shared_files(&domain, &template)? {
        ctx.log.warning("shared-file", message);
    }
    let effect = effect::missing(&domain, desk(ctx).netlists())?;
    for axis in &effect {
        ctx.log.warning("effect", axis.to_string());
    }
    for (rule, line) in domain.template.rules() {
        let template = domain::template_path(ctx);
        ctx.log.debug("rule", format!("{}:{line}: {rule}", template.display()));
    }
    let written = Decks::write(&domain, args.dry_run)?;
    let samples = samples::write(&domain, ctx, args.dry_run)?;
    let stale = stale::find(&domain)?;
    if !args.dry_run {
        atomic::sync_file_system(here).context("cannot sync the decks")?;
        atomic::write_with(Path::new(points::FILE), |out| write_csv(&domain, &written, out))
            .context("cannot write points.csv")?;
        ctx.produces(Path::new(points::FILE));
        written.points(&domain).for_each(|point| ctx.makes(point.deck.into()));
    }
    for point in &stale {
        let removed = args.prune && !args.dry_run;
        let what = if removed { "removed: no longer a point" } else { "no longer a point" };
        if removed {
            stale::remove(&domain, point).with_context(|| format!("cannot remove {point}"))?;
        }
        ctx.log.point(Level::Debug, "stale", point, what);
    }
    report(args, ctx, &domain, &written, stale.len());
    if let Some(message) = samples {
        ctx.log.info("samples", message);
    }
    rows::print(ctx, &domain, &written)?;
    Ok(Outcome::found(if args.require_effect { effect.len() } else { 0 }))
}

fn report(args: &Gen, ctx: &Context, domain: &Domain, decks: &Decks, stale: usize) {
    let (points, changed) = (domain.matrix.len(), decks.changed);
    let verb = if args.dry_run { "to write" } else { "written" };
    let (of, decks) = (count(points, "point"), count(changed, "deck"));
    let mut message = format!("{of}: {decks} {verb}, {} unchanged", points - changed);
    match (stale, args.prune && !args.dry_run) {
        (0, _) => {}
        (1, true) => message += "; 1 stale point removed",
        (_, true) => message += &format!("; {stale} stale points removed"),
        (1, false) => message += "; 1 folder is no longer a point: --prune removes it",
        (_, false) => {
            message += &format!("; {stale} folders are no longer points: --prune removes them")
        }
    }
    ctx.log.info("generated", message);
    let mut metrics = ctx.metrics.borrow_mut();
    metrics.gauge("libchar_points", "Points of the matrix", &[], points as f64);
    metrics.gauge("libchar_decks_written", "Decks that the last gen wrote", &[], changed as f64);
}

fn parameters(domain: &Domain) -> Value {
    let mut parameters = Map::new();
    for (key, value) in domain.config.iter() {
        parameters.insert(key.to_owned(), json!(value));
    }
    parameters.insert("points".to_owned(), json!(domain.matrix.len()));
    Value::Object(parameters)
}
