//! `lib check`: finds problems in a Liberty file that would disturb tools or engineers.

use crate::context::Context;
use crate::exit::Outcome;
use anyhow::Result;
use clap::Args;
use libchar_core::fault::Places;
use libchar_core::{Fault, Faults, Format, Frame, input};
use libchar_liberty::check::{Finding, Severity, check};
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

/// All rules, for `--rule`.
const RULES: [&str; 23] = [
    "syntax",
    "units",
    "thresholds",
    "conditions",
    "delay-model",
    "cells",
    "names",
    "duplicate",
    "supplies",
    "attribute",
    "template",
    "table",
    "index",
    "monotone",
    "sign",
    "negative-delay",
    "timing-type",
    "arc",
    "missing-arc",
    "function",
    "sense",
    "leakage",
    "lvf",
];

/// A finding with its place.
struct Row {
    fault: Fault,
    severity: Severity,
    rule: &'static str,
    cell: String,
}

pub fn run(args: &Check, ctx: &Context) -> Result<Outcome> {
    let unknown = args.rule.iter().filter(|rule| !RULES.contains(&rule.as_str()));
    let faults = unknown
        .map(|rule| Fault::of("--rule", format!("unknown rule `{rule}`")).one_of(rule, RULES));
    Faults::or((), faults.collect())?;
    ctx.begin("lib check", json!({ "files": args.files, "rules": args.rule }));
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    for file in &args.files {
        match findings(file, ctx) {
            Ok(found) => rows.extend(found),
            Err(error) => faults.extend(error.downcast::<Faults>()?.into_vec()),
        }
    }
    // A file that cannot be read ends the whole check: a partial check would look like a passed
    // one.
    Faults::or((), faults)?;
    rows.retain(|row| args.rule.is_empty() || args.rule.iter().any(|rule| rule == row.rule));
    print(&rows, ctx)?;
    let count = |severity| rows.iter().filter(|row| row.severity == severity).count();
    let [errors, warnings, notes] = [Severity::Error, Severity::Warning, Severity::Note].map(count);
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    ctx.log.info(
        "check",
        format!(
            "{} file{}: {errors} error{}, {warnings} warning{}, {notes} note{}",
            args.files.len(),
            plural(args.files.len()),
            plural(errors),
            plural(warnings),
            plural(notes)
        ),
    );
    Ok(Outcome::found(errors + warnings))
}

fn findings(file: &str, ctx: &Context) -> Result<Vec<Row>> {
    let source = ctx.read(file)?;
    let text = input::text(&source.name, &source.bytes).map_err(Faults::from)?;
    let document = libchar_liberty::read(&source.name, text)?;
    let places = Places::of(text);
    let row = |finding: Finding| Row {
        fault: places.fault(&source.name, finding.at, finding.found).expected(finding.expected),
        severity: finding.severity,
        rule: finding.rule,
        cell: finding.cell,
    };
    let remarks = document.remarks.iter().map(|remark| Row {
        fault: remark.clone(),
        severity: Severity::Warning,
        rule: "syntax",
        cell: String::new(),
    });
    let mut rows: Vec<Row> = remarks.chain(check(&document).into_iter().map(row)).collect();
    rows.sort_by_key(|row| (row.fault.line, row.fault.column));
    Ok(rows)
}

/// Prints findings as faults on a terminal, so that editors can jump to their places; as rows
/// elsewhere.
fn print(rows: &[Row], ctx: &Context) -> Result<()> {
    if ctx.format() == Format::Table {
        let told = rows.iter().map(|row| {
            let mut fault = row.fault.clone();
            let cell = if row.cell.is_empty() { String::new() } else { format!("{}: ", row.cell) };
            fault.found = format!("{}: {cell}{} [{}]", row.severity.name(), fault.found, row.rule);
            fault
        });
        if let Err(faults) = Faults::or((), told.collect()) {
            ctx.write("-", format!("{faults}\n").as_bytes())?;
        }
        return Ok(());
    }
    let columns = ["file", "line", "column", "severity", "rule", "cell", "found", "expected"];
    let mut frame = Frame::new("libchar.lib-check", 1, columns);
    for row in rows {
        frame.push(vec![
            row.fault.file.as_str().into(),
            row.fault.line.into(),
            row.fault.column.into(),
            row.severity.name().into(),
            row.rule.into(),
            row.cell.as_str().into(),
            row.fault.found.as_str().into(),
            row.fault.expected.as_deref().into(),
        ]);
    }
    ctx.print(&frame)
}
