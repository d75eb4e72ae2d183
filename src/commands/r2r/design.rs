use super::keep;
use super::plant::PlantArgs;
use crate::context::Context;
use crate::exit::{Outcome, refused};
use anyhow::Result;
use clap::Args;
use libchar_metrology::r2r::designed::{Designed, check};
use serde_json::json;

const EXAMPLES: &str = "\
Examples:
  libchar r2r design --lambda 0.3
  libchar r2r design --lambda 0.3 --disturbance ima --theta 0.7
  libchar r2r design --method holt --lambda 0.3 --lambda2 0.1 --drift 0.1
  libchar r2r design --gain 2.8 --model-gain 2 --lambda 0.3 --step 1 --runs 8
  libchar r2r design --method integral --delay 2

Without --lambda the best weights are computed. Exit 1 when the loop is not stable.";

/// Compute variance, offset, stability and best weight of a controller, in closed form
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Design {
    #[command(flatten)]
    plant: PlantArgs,
    /// Size of the step in the disturbance for the printed response
    #[arg(long, value_name = "SIZE", default_value_t = 1.0)]
    step: f64,
    /// Number of runs of the printed response
    #[arg(long, value_name = "N", default_value_t = 10)]
    runs: usize,
}

pub fn run(args: &Design, ctx: &Context) -> Result<Outcome> {
    let asked = args.plant.asked();
    let plant = asked.plant().map_err(refused)?;
    let law = asked.law().map_err(refused)?;
    check(args.runs).map_err(refused)?;
    ctx.begin(
        "r2r design",
        json!({ "method": law.0.name(), "xi": plant.xi, "delay": plant.delay }),
    );
    let found = Designed::of(law, plant, args.step, args.runs).map_err(refused)?;
    found.warnings().iter().for_each(|warning| ctx.log.warning("r2r", warning));
    ctx.answer(|| found.document(), || found.frame())?;
    keep(ctx, &found.numbers());
    Ok(Outcome::found(usize::from(!found.is_stable())))
}
