use crate::context::Context;
use crate::domain::{self, Domain};
use crate::exit::Outcome;
use crate::log::Level;
use crate::stage;
use crate::stale;
use anyhow::{Context as _, Result};
use clap::Args;
use libchar_core::{Frame, atomic, hash};
use libchar_pvt::matrix::Cell;
use libchar_pvt::{Point, points};
use rayon::prelude::*;
use serde_json::{Map, Value, json};
use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Points whose decks are written before their rows: what is in memory at a time.
const CHUNK: usize = 4096;

const EXAMPLES: &str = "\
Examples:
  libchar -C gpio/1p1v gen                     a deck a point, and points.csv
  libchar gen --dry-run | wc -l                how many points there are
  libchar gen | grep ^TT/ | libchar run -      simulate those of one corner
  libchar gen --dry-run --format json          the points with voltages, sections and hashes

Prints one point a line; --format prints whole rows. A deck that is unchanged is not written again. Points of an
earlier gen that are no longer in the matrix are named, and removed with --prune.";

/// Generate a deck at every PVT point
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Gen {
    /// List the points without writing anything
    #[arg(short = 'n', long)]
    dry_run: bool,
    /// Remove the folders of points that are no longer in the matrix
    #[arg(long)]
    prune: bool,
    /// Print the condition table in use instead, a start for configuration/table_condition.csv
    #[arg(long, conflicts_with_all = ["dry_run", "prune"])]
    conditions: bool,
}

pub fn run(args: Gen, ctx: &Context) -> Result<Outcome> {
    if args.conditions {
        ctx.write("-", &domain::condition_table(ctx)?.bytes)?;
        return Ok(Outcome::Fine);
    }
    stage::run("gen", ctx, || generate(&args, ctx))
}

fn generate(args: &Gen, ctx: &Context) -> Result<Outcome> {
    let here = Path::new(".");
    // A dry run leaves no trace, not even a lock.
    let _lock = if args.dry_run { None } else { Some(ctx.lock(here, "gen")?) };
    let domain = Domain::read(ctx)?;
    if !args.dry_run {
        ctx.begin("gen", parameters(&domain));
    }
    for note in domain.template.notes(&domain.matrix) {
        ctx.log.warning("template", note);
    }
    for (rule, line) in domain.template.rules() {
        let template = domain::template_path(ctx);
        ctx.log.debug("rule", format!("{}:{line}: {rule}", template.display()));
    }
    let stale = stale::find(&domain)?;
    let written = Decks::write(&domain, args.dry_run)?;
    if !args.dry_run {
        atomic::sync_file_system(here).context("cannot sync the decks")?;
        atomic::write_with(Path::new(points::FILE), |out| print_rows(&domain, &written, out))
            .context("cannot write points.csv")?;
        ctx.produces(Path::new(points::FILE));
    }
    for point in &stale {
        let removed = args.prune && !args.dry_run;
        let what = if removed { "removed: no longer a point" } else { "no longer a point" };
        if removed {
            stale::remove(point).with_context(|| format!("cannot remove {point}"))?;
        }
        ctx.log.point(if removed { Level::Info } else { Level::Warning }, "stale", point, what);
    }
    report(args, ctx, &domain, &written, stale.len());
    print(ctx, &domain, &written)?;
    Ok(Outcome::Fine)
}

/// The hash of every deck, in the order of the matrix; the decks themselves are on the disk.
struct Decks {
    hashes: Vec<String>,
    changed: usize,
}

impl Decks {
    /// Renders all decks and writes those that differ from what is there.
    fn write(domain: &Domain, dry_run: bool) -> Result<Decks> {
        let mut decks = Decks { hashes: Vec::with_capacity(domain.matrix.len()), changed: 0 };
        for start in (0..domain.matrix.len()).step_by(CHUNK) {
            let end = domain.matrix.len().min(start + CHUNK);
            let written: Vec<(String, bool)> = (start..end)
                .into_par_iter()
                .filter_map(|index| domain.matrix.cell(index))
                .map(|cell| write_deck(domain, &cell, dry_run))
                .collect::<Result<_>>()?;
            for (hash, changed) in written {
                decks.hashes.push(hash);
                decks.changed += usize::from(changed);
            }
        }
        Ok(decks)
    }

    /// The points in the order of the matrix.
    fn points<'a>(&'a self, domain: &'a Domain) -> impl Iterator<Item = Point> + 'a {
        domain.matrix.cells().zip(&self.hashes).map(|(cell, hash)| {
            let id = cell.id();
            Point {
                corner: cell.corner.corner.clone(),
                extraction: cell.corner.extraction.clone(),
                temp_c: cell.temp_c,
                supply: cell.supply.name.clone(),
                section: cell.corner.section.clone(),
                supplies: cell.supply.supplies.clone(),
                deck: format!("{id}/{}", domain.deck_name),
                deck_sha256: hash.clone(),
                id,
            }
        })
    }
}

/// Renders one deck; returns its hash and whether the file differs.
fn write_deck(domain: &Domain, cell: &Cell, dry_run: bool) -> Result<(String, bool)> {
    let deck = domain.template.render(cell).map_err(libchar_core::Faults::from)?;
    let path = Path::new(&cell.id()).join(&domain.deck_name);
    let differs = fs::read(&path).map_or(true, |old| old != deck);
    if differs && !dry_run {
        atomic::write_unsynced(&path, &deck)
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok((hash::sha256(&deck), differs))
}

/// Writes `points.csv`, a part at a time.
fn print_rows(domain: &Domain, decks: &Decks, out: &mut dyn Write) -> io::Result<()> {
    let mut header = true;
    for part in frames(domain, decks) {
        let csv = part.to_csv();
        let begin = csv.iter().position(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        out.write_all(if header { &csv } else { &csv[begin..] })?;
        header = false;
    }
    Ok(())
}

fn frames<'a>(domain: &'a Domain, decks: &'a Decks) -> impl Iterator<Item = Frame> + 'a {
    let mut points = decks.points(domain);
    std::iter::from_fn(move || {
        let mut frame = points::frame(domain.matrix.groups());
        points.by_ref().take(CHUNK).for_each(|point| frame.push(points::row(&point)));
        (!frame.is_empty()).then_some(frame)
    })
}

/// Prints ids, or whole rows where a format is asked for.
fn print(ctx: &Context, domain: &Domain, decks: &Decks) -> Result<()> {
    let mut out = ctx.stdout();
    match ctx.options.format {
        None => {
            for cell in domain.matrix.cells() {
                writeln!(out, "{}", cell.id())?;
            }
        }
        Some(crate::cli::Format::Csv) => print_rows(domain, decks, &mut out)?,
        Some(format) => {
            let mut frame = points::frame(domain.matrix.groups());
            decks.points(domain).for_each(|point| frame.push(points::row(&point)));
            frame.write(format.into(), &mut out)?;
        }
    }
    Ok(out.flush()?)
}

fn report(args: &Gen, ctx: &Context, domain: &Domain, decks: &Decks, stale: usize) {
    let (points, changed) = (domain.matrix.len(), decks.changed);
    let verb = if args.dry_run { "to write" } else { "written" };
    let mut message =
        format!("{points} points: {changed} decks {verb}, {} unchanged", points - changed);
    if stale > 0 && !args.prune {
        message += &format!("; {stale} stale points, which --prune removes");
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
