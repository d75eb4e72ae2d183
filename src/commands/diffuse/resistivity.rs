use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use clap::Args;
use libchar_core::Frame;
use libchar_diffusion::mobility::Mobility;
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
    if let Some(bad) = args.conc.iter().find(|n| !(**n >= 1e10 && **n <= 5e22)) {
        return Err(Usage(format!("{bad} cm-3: expected 1e10 to 5e22")).into());
    }
    ctx.begin(
        "diffuse resistivity",
        json!({ "species": args.species.name(), "conc_cm3": args.conc }),
    );
    let columns = ["species", "conc_cm3", "mobility", "mobility_cm2_vs", "resistivity_ohm_cm"];
    let mut frame = Frame::new("libchar.diffuse-resistivity", 1, columns);
    for conc in &args.conc {
        for model in Mobility::ALL {
            frame.push(vec![
                args.species.name().into(),
                (*conc).into(),
                model.name().into(),
                model.cm2_vs(args.species, *conc).into(),
                model.resistivity_ohm_cm(args.species, *conc).into(),
            ]);
        }
    }
    ctx.print(&frame)?;
    Ok(Outcome::Fine)
}
