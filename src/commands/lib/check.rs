//! `lib check`: finds problems in a Liberty file that would disturb tools or engineers.

use crate::context::Context;
use crate::exit::Outcome;
use crate::many::all;
use anyhow::Result;
use clap::Args;
use libchar_core::{Faults, Format, input};
use libchar_liberty::check::report::{self, Row};
use serde_json::json;

const EXAMPLES: &str = "\
Rules:
  syntax          a missing `;` or comma, which some readers refuse
  units           units, also that of the load, are present and valid
  thresholds      percentages, not fractions; the lower slew threshold below the upper one
  conditions      operating conditions exist, are defined before they are used, and agree with nom_*
  names           related pins exist; cells and libraries have names
  duplicate       each cell, pin, template and attribute occurs once
  supplies        pg_pins have a voltage of voltage_map; pins name their power and ground
  attribute       valid directions, capacitances and other numbers; no misspelled names
  template        templates exist and name known variables
  table, index    as many values as the indexes require; indexes strictly increase; same shape as the template
  monotone        delays and transitions grow with the load
  sign            transitions above 0; deviations not negative
  negative-delay  no negative delays: a note if a slow input explains one, an error if not
  timing-type, arc, missing-arc     arcs are complete, and each input that an output depends on has one
  lvf             tables of mismatch spread have a nominal table of the same shape, and early and late once each
  function, sense, leakage          functions are valid and name pins; senses and `when` agree with the truth table

Examples:
  libchar lib check tt_025C_1v80.lib
  libchar lib check *.lib --format csv > findings.csv
  libchar lib check new.lib --rule monotone --rule negative-delay

Exit code 1: an error or a warning was found; notes only explain and do not count.";

/// Check Liberty files: syntax, units, tables, arcs, functions; exit 1 on a finding
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Check {
    /// Liberty files, `-` for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    /// Check only this rule; may be given several times
    #[arg(long, value_name = "NAME")]
    rule: Vec<String>,
}

pub fn run(args: &Check, ctx: &Context) -> Result<Outcome> {
    report::known(&args.rule)?;
    ctx.begin("lib check", json!({ "files": args.files, "rules": args.rule }));
    let findings = |file: &String| -> Result<Vec<Row>> {
        let source = ctx.read(file)?;
        let text = input::text(&source.name, &source.bytes).map_err(Faults::from)?;
        Ok(report::rows(&source.name, text, &args.rule)?)
    };
    // A file that cannot be read ends the whole check: a partial check would look like a passed
    // one.
    let rows = all(args.files.iter().map(findings))?.concat();
    match ctx.format() {
        // As faults, so that editors jump to them.
        Format::Table => ctx.write("-", report::text(&rows).as_bytes())?,
        _ => ctx.print(&report::frame(&rows))?,
    }
    let (said, findings) = report::sum(args.files.len(), &rows);
    ctx.log.info("check", said);
    Ok(Outcome::found(findings))
}
