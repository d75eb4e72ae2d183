use crate::context::Context;
use crate::exit::{Outcome, refused};
use anyhow::Result;
use clap::Args;
use libchar_diffusion::mobility;
use libchar_diffusion::species::Species;
use serde_json::json;

/// Print mobility and resistivity of uniformly doped silicon at 300 K by every mobility model
#[derive(Args)]
pub struct Resistivity {
    /// Dopant
    species: Species,
    /// Concentrations, cm-3
    #[arg(required = true, value_name = "CONC_CM3")]
    conc: Vec<f64>,
}

pub fn run(args: Resistivity, ctx: &Context) -> Result<Outcome> {
    mobility::check(&args.conc).map_err(refused)?;
    ctx.begin(
        "diffuse resistivity",
        json!({ "species": args.species.name(), "conc_cm3": args.conc }),
    );
    ctx.print(&mobility::frame(args.species, &args.conc))?;
    Ok(Outcome::Fine)
}
