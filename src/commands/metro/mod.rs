//! `libchar metro`: turns raw measurements into results with their uncertainty.

mod input;

use crate::context::Context;
use crate::data_format::DataFormat;
use crate::exit::{Outcome, Usage, refused};
use crate::told::{keep, say};
use anyhow::Result;
use clap::Args;
use libchar_core::Format;
use libchar_metrology::method::Method;
use libchar_metrology::methods::find;
use libchar_metrology::{explain, picture, report};
use serde_json::json;

const EXAMPLES: &str = "\
Examples:
  libchar metro list
  libchar metro four-point-probe --explain
  libchar metro four-point-probe map.csv -s spacing_mm=1 -s diameter_mm=200 -s probe_direction=tangential
  libchar metro mosfet transfer.csv --setup device.toml --svg transfer.svg
  libchar metro tlm tlm.csv -s width_um=100 -s pad_length_um=50 --by sample --format json
  libchar metro gum budget.toml";

/// Turn raw measurements into results with their uncertainty
///
/// `list` names the methods; `METHOD --explain` prints formula, inputs with units, outputs, standard and pitfalls.
/// A row, site or sample that gives no result is named with the reason, and the exit code is 1; results of the
/// others are printed.
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Metro {
    /// Name of the method, or `list`
    #[arg(value_name = "METHOD")]
    method: String,
    /// Measurement as CSV or JSON, `-` for standard input; a .toml file is read as the setup
    #[arg(value_name = "FILE")]
    file: Option<String>,
    /// Read the setup (geometry, temperature, model) from a TOML file
    #[arg(long, value_name = "FILE")]
    setup: Option<String>,
    /// Set one key of the setup
    #[arg(short = 's', long = "set", value_name = "KEY=VALUE")]
    set: Vec<String>,
    #[command(flatten)]
    format: DataFormat,
    /// Give one result for each value of this column
    #[arg(long, value_name = "COLUMN")]
    by: Option<String>,
    /// Coverage probability of the expanded uncertainty
    #[arg(long, value_name = "P", default_value_t = 0.95)]
    coverage: f64,
    /// Explain the method instead of computing
    #[arg(long)]
    explain: bool,
    /// Draw the data with the fit
    #[arg(long, value_name = "FILE")]
    svg: Option<String>,
    /// Write the full report as JSON, besides the numbers on stdout
    #[arg(long, value_name = "FILE")]
    report: Option<String>,
}

pub fn run(args: Metro, ctx: &Context) -> Result<Outcome> {
    if args.method == "list" {
        ctx.print(&explain::list())?;
        return Ok(Outcome::Fine);
    }
    let method = find(&args.method).ok_or_else(|| explain::unknown(&args.method))?;
    if args.explain {
        match ctx.format() {
            Format::Json | Format::Jsonl => ctx.write_document("-", &explain::document(method))?,
            _ => ctx.write("-", explain::text(method).as_bytes())?,
        }
        return Ok(Outcome::Fine);
    }
    if !(0.5..1.0).contains(&args.coverage) {
        return Err(Usage(format!("--coverage {}: expected 0.5 to below 1", args.coverage)).into());
    }
    measure(&args, method, ctx)
}

fn measure(args: &Metro, method: &'static Method, ctx: &Context) -> Result<Outcome> {
    let input = input::read(args, method, ctx)?;
    ctx.begin(
        "metro",
        json!({ "method": method.name, "file": input.file, "setup": args.setup, "set": args.set }),
    );
    ctx.journal.recipe(input.setup_text());
    let measured = input.measure(method, args.by.as_deref(), args.coverage).map_err(refused)?;
    measured.notes().into_iter().for_each(|note| say(ctx, note));
    let document = || report::document(method, &input, &measured, args.coverage);
    if let Some(path) = &args.report {
        ctx.write_document(path, &document())?;
    }
    if let Some(path) = &args.svg {
        let svg = picture::draw(method, &measured)
            .ok_or_else(|| Usage("--svg: the results hold nothing to draw".to_owned()))?;
        ctx.write(path, svg.as_bytes())?;
    }
    ctx.answer(document, || report::rows(method, &measured))?;
    keep(ctx, report::kept(method, &measured));
    Ok(Outcome::found(measured.refused()))
}
