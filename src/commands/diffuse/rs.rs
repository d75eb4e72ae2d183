use crate::context::Context;
use crate::exit::{Outcome, refused};
use anyhow::Result;
use clap::{Args, ValueEnum};
use libchar_diffusion::format::{Quantity, parse_profile, quantity};
use libchar_diffusion::mobility;
use libchar_diffusion::model::{self, Model};
use libchar_diffusion::sheet::{assemble, layers, parse_background};
use libchar_diffusion::species::Species;
use serde_json::json;

const EXAMPLES: &str = "\
Examples:
  libchar diffuse rs sims.csv --species boron --background phosphorus=1e15
  libchar diffuse rs profile.csv --mobility astm_f723 --activation suprem4 --activated-at 1000C";

#[derive(Clone, Copy, ValueEnum)]
enum Activation {
    /// All dopants are active
    Full,
    /// Dopants are active up to the solid solubility
    Solubility,
    /// Dopants are active up to the solid solubility, and arsenic forms clusters
    Suprem4,
}

/// Compute the sheet resistance of a depth profile
///
/// Reads depth_um (or depth_nm) and conc_cm3, or columns such as boron_cm3 as `--profile` writes them.
/// Prints every layer from the surface down to the last junction.
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Rs {
    /// Profile, `-` for standard input
    #[arg(value_name = "PROFILE", default_value = "-")]
    profile: String,
    /// Dopant of the column conc_cm3
    #[arg(long)]
    species: Option<Species>,
    /// Background dopant and its concentration, cm-3
    #[arg(long, value_name = "SPECIES=CONC")]
    background: Option<String>,
    /// Mobility model: masetti, arora or astm_f723
    #[arg(long, default_value = "masetti")]
    mobility: String,
    /// Model of the electrically active part of the dopants
    #[arg(long, value_enum, default_value = "full")]
    activation: Activation,
    /// Temperature at which the active part was frozen in
    #[arg(long, value_name = "TEMP", default_value = "1000C")]
    activated_at: String,
}

pub fn run(args: Rs, ctx: &Context) -> Result<Outcome> {
    let mobility = mobility::named(&args.mobility).map_err(refused)?;
    let background =
        args.background.as_deref().map(parse_background).transpose().map_err(refused)?;
    let temp_c = quantity(&args.activated_at, "--activated-at", Quantity::Temperature);
    let temp_c = temp_c.map_err(refused)?;
    let source = ctx.read(&args.profile)?;
    ctx.begin(
        "diffuse rs",
        json!({
            "profile": source.name, "species": args.species.map(Species::name),
            "background": args.background, "mobility": args.mobility,
        }),
    );
    let measured = parse_profile(&source.name, &source.bytes)?;
    let activation = match args.activation {
        Activation::Full => model::Activation::Full,
        Activation::Solubility => model::Activation::Solubility,
        Activation::Suprem4 => model::Activation::Suprem4,
    };
    let model = Model { activation, ..Model::default() };
    let profile = assemble(&source.name, measured, args.species, background, &model, temp_c)
        .map_err(refused)?;
    let frame = layers(&profile, mobility, background.is_some());
    if frame.is_empty() {
        ctx.log.warning("rs", "no junction: the sheet resistance would be that of the whole wafer");
    }
    ctx.print(&frame)?;
    Ok(Outcome::Fine)
}
