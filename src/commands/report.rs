//! `report`: checks and prints an earlier report.

mod library;
mod page;

use super::srt;
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use crate::freshness;
use anyhow::Result;
use clap::Args;
use libchar_core::{Fault, Faults, input};
use libchar_report::Report as Document;

/// File name of the domain's report.
const TEXT: &str = "creport.txt";

const EXAMPLES: &str = "\
Examples:
  libchar report                             print creport.txt of the domain
  libchar report --format json               the same as JSON
  libchar report --measure tphl 00bkp_20260102030405/creport.txt
  libchar report --html report.html          one page that a browser opens, with maps and charts of every measure
  libchar report --html report.html --against ../base --junit limits.xml
  libchar report --html lib.html tt.lib --against old.lib     tables of a Liberty file as maps, compared with another
  libchar report --html day.html chart.json diffuse.json    pages of other commands' JSON documents

The report is checked while it is read: a summary that does not agree with its rows is an error, reported with its line.
Exit code 1: a limit is missed, or a measure failed or is missing somewhere.";

/// Print a report that `srt` wrote, or convert it to another format
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Report {
    /// Text of a report, or `-` for standard input [default: creport.txt]; with --html also JSON documents of any command and Liberty files
    #[arg(value_name = "FILE")]
    inputs: Vec<String>,
    /// Only this measure; may be given several times
    #[arg(long, value_name = "NAME")]
    measure: Vec<String>,
    #[command(flatten)]
    page: page::PageArgs,
}

pub fn run(args: Report, ctx: &Context) -> Result<Outcome> {
    if args.page.wanted() {
        let tell = || {
            if args.inputs.is_empty() {
                tell_older_page(ctx);
            }
        };
        return page::run(&args.page, &args.inputs, &args.measure, ctx, tell);
    }
    let input = match args.inputs.as_slice() {
        [] => TEXT,
        [input] => input,
        [_, second, ..] => {
            let message = format!(
                "one report at a time: {second} is a second one (several documents need --html)"
            );
            return Err(Usage(message).into());
        }
    };
    ctx.look("report");
    let source = ctx.read(input)?;
    let text = input::text(&source.name, &source.bytes).map_err(Faults::from)?;
    let mut report = libchar_report::parse(&source.name, text)?;
    if input == TEXT {
        tell_older(ctx, &report);
    }
    if !args.measure.is_empty() {
        only(&mut report, &args.measure)?;
    }
    srt::print(ctx, &report)?;
    Ok(srt::outcome(&report))
}

/// Warns of files of the domain that are newer than its report.
fn tell_older(ctx: &Context, report: &Document) {
    for message in freshness::of_report(ctx, |results| srt::differs(ctx, results, report)) {
        ctx.log.warning("stale", message);
    }
}

/// Does the same for the forms that are made from `creport.json`.
fn tell_older_page(ctx: &Context) {
    let Ok(bytes) = std::fs::read(TEXT) else { return };
    if let Ok(report) = libchar_report::parse(TEXT, &String::from_utf8_lossy(&bytes)) {
        tell_older(ctx, &report);
    }
}

/// Keeps only the measures with these names.
fn only(report: &mut Document, measures: &[String]) -> Result<(), Faults> {
    let known: Vec<&str> = report.groups.iter().map(|group| group.measure.as_str()).collect();
    let unknown =
        measures.iter().filter(|name| !known.iter().any(|k| k.eq_ignore_ascii_case(name)));
    let faults = unknown
        .map(|name| {
            let what = format!("unknown measure `{name}`");
            Fault::of("--measure", what).one_of(name, known.iter().copied())
        })
        .collect();
    Faults::or((), faults)?;
    report
        .groups
        .retain(|group| measures.iter().any(|name| group.measure.eq_ignore_ascii_case(name)));
    Ok(())
}
