use super::input::RecipeInput;
use crate::context::Context;
use crate::exit::{Outcome, refused};
use anyhow::Result;
use clap::Args;
use libchar_diffusion::knob::listed;
use libchar_diffusion::sweep::sweep;
use serde_json::json;

const EXAMPLES: &str = "\
Examples:
  libchar diffuse sweep base.toml --vary step.2.temperature=1000C..1100C:11
  libchar diffuse sweep base.toml --vary step.1.dose_cm2=1e13..1e16:13:log --vary model.ni=suprem4,plummer";

/// Run a recipe over ranges of its fields, one row per run
///
/// Several ranges form a grid, in which the last one changes fastest. The order of the rows does not depend on the number of cores.
/// A run that fails has empty figures and the reason in its last column; the exit code is then 1.
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Sweep {
    #[command(flatten)]
    input: RecipeInput,
    /// Field and values: PATH=A,B,C or PATH=LOW..HIGH:COUNT, logarithmic with :log
    #[arg(long, value_name = "PATH=RANGE", required = true)]
    vary: Vec<String>,
    /// Figures to print
    #[arg(long, value_delimiter = ',', default_value = "xj_nm,rs_ohm_sq,tox_nm")]
    figures: Vec<String>,
}

pub fn run(args: Sweep, ctx: &Context) -> Result<Outcome> {
    let loaded = args.input.load(ctx)?;
    let axes = args.vary.iter().map(|text| listed(text)).collect::<Result<Vec<_>, _>>();
    let axes = axes.map_err(refused)?;
    args.input.begin(&loaded, "diffuse sweep", json!({ "vary": args.vary }), ctx);
    let (frame, failed) = sweep(&loaded, &axes, &args.figures).map_err(refused)?;
    ctx.print(&frame)?;
    if failed > 0 {
        ctx.log.warning(
            "sweep",
            format!("{failed} of {} runs failed: see the column `fault`", frame.len()),
        );
    }
    Ok(Outcome::found(failed))
}
