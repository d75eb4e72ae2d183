use super::input::RecipeInput;
use crate::context::Context;
use crate::exit::{Outcome, refused};
use anyhow::Result;
use clap::Args;
use libchar_core::Table;
use libchar_diffusion::uniformity;
use serde_json::json;

const EXAMPLES: &str = "\
The map is a CSV with one row per site and the columns
  site      name, optional
  dtemp_c   added to every furnace temperature, degrees
  flow      factor on the oxidant's pressure and the doping gas, optional
  x_mm y_mm position on the wafer; or slot, the position in the boat: for the picture

Examples:
  libchar diffuse uniformity base.toml --map boat.csv --svg boat.svg
  libchar diffuse uniformity gate.toml --map wafer.csv --figures tox_nm --sites sites.csv";

/// Run a recipe at every site of a temperature and flow map; print sigma over mean of the figures
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Uniformity {
    #[command(flatten)]
    input: RecipeInput,
    /// Map of the boat or the wafer as CSV, one row per site
    #[arg(long, value_name = "FILE")]
    map: String,
    /// Figures to print
    #[arg(long, value_delimiter = ',', default_value = "xj_nm,rs_ohm_sq,tox_nm")]
    figures: Vec<String>,
    /// Write the figures of every site as CSV
    #[arg(long, value_name = "FILE")]
    sites: Option<String>,
    /// Draw the first figure over the map
    #[arg(long, value_name = "FILE")]
    svg: Option<String>,
}

pub fn run(args: Uniformity, ctx: &Context) -> Result<Outcome> {
    let loaded = args.input.load(ctx)?;
    let source = ctx.read(&args.map)?;
    let sites = uniformity::read_map(&Table::parse(&source.name, &source.bytes)?)?;
    args.input.begin(&loaded, "diffuse uniformity", json!({ "map": args.map }), ctx);
    let values = uniformity::figures(&loaded, &sites, &args.figures).map_err(refused)?;
    if let Some(path) = &args.sites {
        ctx.write(path, &uniformity::sites(&args.figures, &sites, &values).to_csv())?;
    }
    if let Some(path) = &args.svg {
        let first: Vec<Option<f64>> = values.iter().map(|row| row[0]).collect();
        let svg = uniformity::picture(&args.figures[0], &sites, &first);
        ctx.write(path, svg.as_bytes())?;
    }
    ctx.print(&uniformity::summary(&args.figures, &values))?;
    Ok(Outcome::Fine)
}
