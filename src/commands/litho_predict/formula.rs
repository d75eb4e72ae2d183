use crate::context::Context;
use crate::exit::Outcome;
use crate::told::keep;
use anyhow::Result;
use clap::Args;
use libchar_core::frame::document;
use libchar_core::hash;
use libchar_litho::formula;
use serde_json::json;

const EXAMPLES: &str = "\
Formulas and their inputs:
  mtf       f_over_cutoff
  rayleigh  wavelength_nm, na, and optionally medium_index (1), k1 (0.25), k2 (0.5)
  photons   dose_mj_cm2, wavelength_nm, absorption_per_um, thickness_nm

Examples:
  echo '{\"formula\": \"mtf\", \"f_over_cutoff\": 0.25}' | libchar litho-predict formula
  echo '{\"formula\": \"rayleigh\", \"wavelength_nm\": 193, \"na\": 0.75}' | libchar litho-predict formula";

/// Evaluate a closed formula for the inputs of a JSON object
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Formula {
    /// JSON lines: one object with `formula` and its inputs per line
    #[arg(default_value = "-")]
    inputs: String,
}

pub fn run(args: &Formula, ctx: &Context) -> Result<Outcome> {
    let source = ctx.read(&args.inputs)?;
    let answers = formula::answers(&source)?;
    ctx.begin("litho-predict formula", json!({ "sha256": hash::sha256(&source.bytes) }));
    keep(ctx, formula::kept(&answers));
    let rows = json!({ "rows": answers });
    ctx.write_document("-", &document("libchar.litho-formula", 1, rows))?;
    Ok(Outcome::Fine)
}
