use super::input::RecipeInput;
use crate::context::Context;
use crate::exit::{Outcome, refused};
use anyhow::Result;
use clap::Args;
use libchar_diffusion::sensitivity::sensitivity;
use serde_json::json;

/// Print the sensitivity of the figures to each input, such as d xj / d T
///
/// Central differences: 1 degree for temperatures, 1 % for all other inputs, with time steps ten times
/// finer than usual. `slope` is per unit of the input, `elasticity` is percent of the figure per percent.
#[derive(Args)]
pub struct Sensitivity {
    #[command(flatten)]
    input: RecipeInput,
    /// Figures whose sensitivity to print
    #[arg(long, value_delimiter = ',', default_value = "xj_nm,rs_ohm_sq,tox_nm")]
    of: Vec<String>,
    /// Inputs to change [default: every temperature, time, dose, energy, concentration, pressure and thickness]
    #[arg(long, value_name = "PATH", value_delimiter = ',')]
    to: Vec<String>,
}

pub fn run(args: Sensitivity, ctx: &Context) -> Result<Outcome> {
    let loaded = args.input.load(ctx)?;
    args.input.begin(&loaded, "diffuse sensitivity", json!({}), ctx);
    let frame = sensitivity(&loaded, &args.of, &args.to).map_err(refused)?;
    ctx.print(&frame)?;
    Ok(Outcome::Fine)
}
