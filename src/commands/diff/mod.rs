//! `diff`: compares two things of the same kind.

mod print;
mod profiles;
mod side;

use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use clap::Args;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use libchar_core::{Fault, Faults};
use libchar_pages::diff::{Tolerances, compare, only, reasons, waive, waivers};
use serde_json::json;
use side::Side;

const EXAMPLES: &str = "\
OLD and NEW must be of the same kind, which is recognized from their content:
  domains, backup sets, runs of the history (their numbers, or `latest`), results.csv, creport.json   values at points
  Liberty libraries                      each cell, arc and table in ps, fF, pJ, nW; a table gives one row, its worst entry
  measurements of `metro` (JSON)         compared by their uncertainty: |E_n| > 1 is a difference
  depth profiles (SIMS, a run's profile) xj, depth of levels, dose, peak and ratio of every dopant that both have
  JSON documents of one schema           baselines, charts, reports of any command
  CSV tables with the same first column  such as limits; cells with text name a row, else the first column does

A value differs if its distance from the old value is above the tolerance: the larger of the absolute and the relative one.
Without a tolerance, values must be equal; measurements with an uncertainty are an exception.

Examples:
  libchar diff golden.csv results.csv --rel 0.1%
  libchar diff ../base . --tolerance tphl=1ps --tolerance 'i*=2%'
  libchar diff old.lib new.lib --tolerance 'cell_*=0.5ps,1%' --format csv
  libchar diff 00bkp_20260102030405 . --waive accepted.toml
  libchar diff sims.csv profile.csv --species boron --tolerance xj_nm=10nm --tolerance '*=20%' --svg both.svg
  libchar diff run1.json run2.json --format json > diff.json && libchar report diff.json --html diff.html

--waive FILE is TOML ([[waive]] with pattern, reason, expires) or CSV with these columns; a pattern matches `PLACE MEASURE`,
such as 'SS/* tphl'. An expired waiver is a finding; a waiver that matches nothing is named.
Exit code 1: something differs, or a waiver expired; 2: OLD and NEW are of different kinds.";

/// Compare two runs, domains, backup sets, results, libraries, profiles, measurements or documents
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Diff {
    /// Old side: a folder, a file, or the number of a run
    #[arg(value_name = "OLD")]
    old: String,
    /// New side: a folder, a file, or the number of a run
    #[arg(value_name = "NEW")]
    new: String,
    /// Absolute tolerance: take values within this distance as equal; in SI units or with a prefix, such as 1ps
    #[arg(long, value_name = "VALUE")]
    abs: Option<String>,
    /// Relative tolerance: take values within this part of the old value as equal, such as 2% or 0.02
    #[arg(long, value_name = "PART")]
    rel: Option<String>,
    /// Tolerance of one measure in place of --abs and --rel, such as tphl=1ps, 'i*=2%' or t=1ps,2%; may be given several times
    #[arg(long, value_name = "NAME=VALUE")]
    tolerance: Vec<String>,
    /// Compare only these measures; * and ? are wildcards; may be given several times
    #[arg(long, value_name = "NAME")]
    measure: Vec<String>,
    /// File of accepted differences, each with its reason and last day
    #[arg(long, value_name = "FILE")]
    waive: Option<String>,
    /// Show every entry of a table that differs, instead of the worst one
    #[arg(long)]
    each: bool,
    /// Show only this many of the worst differences, and count the others
    #[arg(long, value_name = "COUNT")]
    worst: Option<usize>,
    #[command(flatten)]
    profiles: profiles::Profiles,
}

pub fn run(args: Diff, ctx: &Context) -> Result<Outcome> {
    let tolerances = Tolerances::parse(args.abs.as_deref(), args.rel.as_deref(), &args.tolerance)
        .map_err(Usage)?;
    if args.old == "-" && args.new == "-" {
        return Err(
            Usage("standard input is one side: name a file for the other".to_owned()).into()
        );
    }
    ctx.begin("diff", json!({ "old": args.old, "new": args.new, "abs": args.abs, "rel": args.rel, "tolerance": args.tolerance }));
    let mut waivers = match &args.waive {
        Some(file) => {
            let today = TimeZone::UTC.to_datetime(Timestamp::now()).date();
            waivers::read(&ctx.read(file)?, today)?
        }
        None => Vec::new(),
    };
    let (mut old, mut new) = (side::read(&args.old, ctx)?, side::read(&args.new, ctx)?);
    same_kind(&old, &new)?;
    args.profiles.settle(&mut old, &mut new, ctx)?;
    if !old.spread.is_empty() && !new.spread.is_empty() {
        for side in [&mut old, &mut new] {
            side.entries.append(&mut side.spread);
        }
    }
    only(&args.measure, &mut old.entries, &mut new.entries)?;
    let entries = |side: &mut Side| std::mem::take(&mut side.entries);
    let mut comparison = compare(entries(&mut old), entries(&mut new), &tolerances);
    if comparison.compared == 0 {
        let fault = Fault::of(
            &args.new,
            format!("nothing in {} has the name of anything in {}", new.what, old.what),
        );
        return Err(Faults::from(
            fault.expected("two of the same kind, with points or names in common"),
        )
        .into());
    }
    if !args.each {
        comparison.fold_tables();
    }
    waive(&mut comparison, &mut waivers);
    let expired = tell(args.waive.as_deref(), &waivers, &old, &new, ctx);
    let reasons = reasons::differing(&old.reasons, &new.reasons);
    print::print(&comparison, [&old, &new], &reasons, args.worst, ctx)?;
    Ok(Outcome::found(comparison.open() + expired))
}

fn same_kind(old: &Side, new: &Side) -> Result<()> {
    if old.family == new.family {
        return Ok(());
    }
    Err(Usage(format!(
        "{} is {}, and {} is {}: these are not compared",
        old.name, old.what, new.name, new.what
    ))
    .into())
}

/// Reports what the rows do not show: waivers that are unused or expired, sides that were not
/// judged. Returns the expired waivers.
fn tell(
    file: Option<&str>,
    waivers: &[libchar_pages::diff::Waiver],
    old: &Side,
    new: &Side,
    ctx: &Context,
) -> usize {
    let file = file.unwrap_or_default();
    for waiver in waivers {
        let place = format!("{file}:{}: the waiver `{}`", waiver.line, waiver.pattern);
        if waiver.expired {
            ctx.log.warning("diff", format!("{place} has expired: {}", waiver.reason));
        } else if waiver.used == 0 {
            ctx.log.warning("diff", format!("{place} matches no difference"));
        }
    }
    if old.judged != new.judged {
        let bare = if old.judged { new } else { old };
        ctx.log.info(
            "diff",
            format!(
                "{} is {} without limits: limits and verdicts were not compared",
                bare.name, bare.what
            ),
        );
    }
    waivers.iter().filter(|waiver| waiver.expired).count()
}
