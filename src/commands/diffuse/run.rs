use super::input::RecipeInput;
use crate::context::Context;
use crate::exit::{Outcome, Usage, refused};
use crate::told::{keep, say};
use anyhow::Result;
use clap::Args;
use libchar_diffusion::{picture, report};
use serde_json::json;
use std::path::PathBuf;

/// Run a recipe
#[derive(Args)]
pub struct Run {
    #[command(flatten)]
    pub input: RecipeInput,
    /// More recipes; one table shows the figures of all recipes
    #[arg(value_name = "RECIPE")]
    pub more: Vec<String>,
    /// Write document, profile and picture of each recipe into this folder, as NAME.json, NAME.csv, NAME.svg
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Write the concentrations over depth as CSV
    #[arg(long, value_name = "FILE")]
    pub profile: Option<String>,
    /// Write the resistivity over depth and the spreading resistance as CSV
    #[arg(long, value_name = "FILE")]
    pub spreading: Option<String>,
    /// Radius of the probes' contacts for --spreading, um
    #[arg(long, value_name = "UM", default_value_t = 2.0, requires = "spreading")]
    contact_radius: f64,
    /// Draw the concentrations over depth
    #[arg(long, value_name = "FILE")]
    pub svg: Option<String>,
    /// Write the full report as JSON, besides the figures on stdout
    #[arg(long, value_name = "FILE")]
    pub report: Option<String>,
}

pub fn run(args: Run, ctx: &Context) -> Result<Outcome> {
    let radius_um = args.contact_radius;
    if !(radius_um > 0.0 && radius_um.is_finite()) {
        return Err(
            Usage(format!("--contact-radius {radius_um}: expected a number above 0")).into()
        );
    }
    let loaded = args.input.load(ctx)?;
    args.input.begin(&loaded, "diffuse", json!({}), ctx);
    let simulated = loaded.simulate(&loaded.document).map_err(refused)?;
    loaded.check_limits(&simulated)?;
    report::notes(&simulated, None).into_iter().for_each(|note| say(ctx, note));
    let document = report::document(&simulated);
    if let Some(path) = &args.profile {
        ctx.write(path, &report::profile(&simulated).to_csv())?;
    }
    if let Some(path) = &args.spreading {
        if simulated.run.wafer.is_heated() {
            ctx.write(path, &report::spreading(&simulated, radius_um).to_csv())?;
        } else {
            let text = format!("{path} is not written: nothing is active before a furnace step");
            ctx.log.warning("figures", text);
        }
    }
    if let Some(path) = &args.svg {
        ctx.write(path, picture::profile(&simulated).as_bytes())?;
    }
    if let Some(path) = &args.report {
        ctx.write_document(path, &document)?;
    }
    ctx.answer(|| document, || report::figures(&simulated))?;
    keep(ctx, report::kept(&simulated, None));
    Ok(Outcome::found(simulated.figures.missed().count()))
}
