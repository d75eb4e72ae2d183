use crate::context::Context;
use crate::exit::{Outcome, refused};
use anyhow::Result;
use clap::{Args, ValueEnum};
use libchar_diffusion::ambient;
use libchar_diffusion::oxide::Asked;
use serde_json::json;

const EXAMPLES: &str = "\
Examples:
  libchar diffuse oxide --ambient dry --temp 1000C --time 30min,1h,2h
  libchar diffuse oxide --ambient wet --orientation 111 --temp 900C,1000C --time 1h --parameters suprem4
  libchar diffuse oxide --ambient dry --temp 1000C --time 1h --massoud none --initial 25nm
  libchar diffuse oxide --ambient dry --temp 950C --time 30min --oxidant 20 --hcl 2";

#[derive(Clone, Copy, ValueEnum)]
enum Ambient {
    /// Oxygen
    Dry,
    /// Steam
    Wet,
}

/// Compute thermal oxide growth without a recipe: Deal and Grove with Massoud's thin-oxide rate
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Oxide {
    /// Oxidizing gas
    #[arg(long, value_enum)]
    ambient: Ambient,
    /// Surface orientation: 100, 110 or 111
    #[arg(long, default_value_t = 100)]
    orientation: i64,
    /// Temperatures, such as 1000C
    #[arg(long = "temp", value_delimiter = ',', required = true)]
    temps: Vec<String>,
    /// Times, such as 30min
    #[arg(long = "time", value_delimiter = ',', required = true)]
    times: Vec<String>,
    /// Pressure of the gas, atm
    #[arg(long, value_name = "ATM", default_value_t = 1.0)]
    pressure: f64,
    /// Share of the oxidant (oxygen if dry, steam if wet), percent by volume; the rest is inert [default: all but the HCl]
    #[arg(long, value_name = "PERCENT")]
    oxidant: Option<f64>,
    /// HCl in dry oxygen, percent by volume, 0 to 10; at 900 to 1100 C
    #[arg(long, value_name = "PERCENT", default_value_t = 0.0)]
    hcl: f64,
    /// Oxide thickness at the start, such as 2nm
    #[arg(long, default_value = "0nm")]
    initial: String,
    /// Rate constants: deal_grove or suprem4
    #[arg(long, default_value = "deal_grove")]
    parameters: String,
    /// Massoud's constants: plummer, suprem4 or none [default: those that go with the rate constants]
    #[arg(long)]
    massoud: Option<String>,
}

pub fn run(args: Oxide, ctx: &Context) -> Result<Outcome> {
    let ambient = match args.ambient {
        Ambient::Dry => ambient::Ambient::Dry,
        Ambient::Wet => ambient::Ambient::Wet,
    };
    let asked = Asked {
        ambient,
        orientation: args.orientation,
        temps: &args.temps,
        times: &args.times,
        pressure_atm: args.pressure,
        oxidant_pct: args.oxidant,
        hcl_pct: args.hcl,
        initial: &args.initial,
        parameters: &args.parameters,
        massoud: args.massoud.as_deref(),
    };
    let read = asked.read().map_err(refused)?;
    ctx.begin(
        "diffuse oxide",
        json!({
            "ambient": ambient.name(), "orientation": args.orientation, "temp": args.temps,
            "time": args.times, "pressure_atm": args.pressure,
            "oxidant_pct": args.oxidant, "hcl_pct": args.hcl, "initial": args.initial,
            "parameters": args.parameters, "massoud": asked.massoud(),
        }),
    );
    ctx.print(&read.frame().map_err(refused)?)?;
    Ok(Outcome::Fine)
}
