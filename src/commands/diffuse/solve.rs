use super::input::RecipeInput;
use crate::context::Context;
use crate::exit::{Outcome, refused};
use crate::told::keep;
use anyhow::Result;
use clap::Args;
use libchar_diffusion::solve::Asked;
use serde_json::json;

const EXAMPLES: &str = "\
Examples:
  libchar diffuse solve base.toml --target xj_nm=600 --vary step.2.time=5min..10h
  libchar diffuse solve gate.toml --target tox_nm=25 --vary step.1.temperature=900C..1100C
  libchar diffuse solve base.toml --target rs_ohm_sq=120 --vary step.1.dose_cm2=1e13..1e16";

/// Find the time, temperature or dose that meets a target; print all solutions if there are several
///
/// Scans between the bounds, then refines every crossing. Two solutions closer together than a scan interval can
/// be missed: raise --samples. Exits 1 if the target cannot be met between the bounds, and prints what can be reached.
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Solve {
    #[command(flatten)]
    input: RecipeInput,
    /// Figure and its target value
    #[arg(long, value_name = "FIGURE=VALUE")]
    target: String,
    /// Field of the recipe to vary, and its bounds
    #[arg(long, value_name = "PATH=LOW..HIGH")]
    vary: String,
    /// Number of intervals of the scan
    #[arg(long, default_value_t = 24, value_parser = clap::value_parser!(u16).range(2..))]
    samples: u16,
}

pub fn run(args: Solve, ctx: &Context) -> Result<Outcome> {
    let loaded = args.input.load(ctx)?;
    let asked = Asked::parse(&args.target, &args.vary).map_err(refused)?;
    let more = json!({ "target": args.target, "vary": args.vary });
    args.input.begin(&loaded, "diffuse solve", more, ctx);
    let solved = asked.solve(&loaded, usize::from(args.samples)).map_err(refused)?;
    keep(ctx, solved.kept());
    ctx.print(&solved.frame())?;
    let missed = solved.missed();
    missed.iter().for_each(|message| ctx.log.warning("target", message));
    Ok(Outcome::found(usize::from(missed.is_some())))
}
