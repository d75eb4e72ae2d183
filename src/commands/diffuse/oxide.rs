use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use clap::{Args, ValueEnum};
use libchar_core::Frame;
use libchar_diffusion::format::{Quantity, parse_quantity};
use libchar_diffusion::gas::Gas;
use libchar_diffusion::model::Model;
use libchar_diffusion::oxidation::{self, Orientation};
use libchar_diffusion::parameters::Parameters;
use libchar_diffusion::species::Species;
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
    let orientation = Orientation::from_miller(args.orientation).ok_or_else(|| {
        Usage(format!("unknown orientation {}; expected one of: 100, 110, 111", args.orientation))
    })?;
    let ambient = match args.ambient {
        Ambient::Dry => oxidation::Ambient::Dry,
        Ambient::Wet => oxidation::Ambient::Wet,
    };
    if !(args.pressure > 0.0 && args.pressure <= 100.0) {
        return Err(Usage(format!(
            "--pressure {}: expected more than 0, at most 100",
            args.pressure
        ))
        .into());
    }
    let gas = gas(&args, ambient)?;
    let temps = quantities(&args.temps, "--temp", Quantity::Temperature)?;
    let times = quantities(&args.times, "--time", Quantity::Time)?;
    let initial_um =
        quantities(std::slice::from_ref(&args.initial), "--initial", Quantity::Length)?[0];
    if let Some(time) = times.iter().chain([&initial_um]).find(|t| **t < 0.0) {
        return Err(Usage(format!("{time} is negative")).into());
    }
    let matching =
        if args.parameters == "deal_grove" { "plummer" } else { args.parameters.as_str() };
    let massoud = args.massoud.as_deref().unwrap_or(matching);
    let model = Model {
        oxidation: args.parameters.clone(),
        massoud: (massoud != "none").then(|| massoud.to_owned()),
        ..Model::default()
    };
    ctx.begin(
        "diffuse oxide",
        json!({
            "ambient": ambient.name(), "orientation": args.orientation, "temp": args.temps,
            "time": args.times, "pressure_atm": args.pressure,
            "oxidant_pct": args.oxidant, "hcl_pct": args.hcl, "initial": args.initial,
            "parameters": args.parameters, "massoud": massoud,
        }),
    );
    let growth = model.growth(orientation, gas).map_err(|e| Usage(e.to_string()))?;
    let columns = [
        "ambient",
        "orientation",
        "temp_c",
        "time_s",
        "pressure_atm",
        "initial_nm",
        "tox_nm",
        "b_um2_h",
        "b_over_a_um_h",
        "parameters",
        "massoud",
        "oxidant_atm",
        "hcl_pct",
    ];
    let mut frame = Frame::new("libchar.diffuse-oxide", 1, columns);
    let no_species: [Species; 0] = [];
    for temp_c in &temps {
        model.check_temperature(&no_species, gas, *temp_c).map_err(|e| Usage(e.to_string()))?;
        let rates = growth.at(*temp_c);
        for time_s in &times {
            let tox_um = growth.grow(initial_um, *temp_c, *temp_c, *time_s);
            frame.push(vec![
                ambient.name().into(),
                args.orientation.into(),
                (*temp_c).into(),
                (*time_s).into(),
                args.pressure.into(),
                (initial_um * 1e3).into(),
                (tox_um * 1e3).into(),
                rates.parabolic_um2_h.into(),
                rates.linear_um_h.into(),
                args.parameters.as_str().into(),
                massoud.into(),
                gas.oxidant_atm().into(),
                gas.hcl_pct.into(),
            ]);
        }
    }
    ctx.print(&frame)?;
    Ok(Outcome::Fine)
}

/// The gas that the options describe.
fn gas(args: &Oxide, ambient: oxidation::Ambient) -> Result<Gas> {
    let most = Parameters::builtin().chlorine().most_pct();
    if !(0.0..=most).contains(&args.hcl) {
        return Err(Usage(format!("--hcl {}: expected 0 to {most}", args.hcl)).into());
    }
    if args.hcl > 0.0 && ambient != oxidation::Ambient::Dry {
        let message = "--hcl: its factors were measured in oxygen; expected --ambient dry";
        return Err(Usage(message.to_owned()).into());
    }
    let mut gas = Gas::pure(ambient, args.pressure);
    gas.hcl_pct = args.hcl;
    if let Some(oxidant) = args.oxidant {
        let most = 100.0 - args.hcl;
        if !(oxidant > 0.0 && oxidant <= most) {
            let message = format!("--oxidant {oxidant}: expected more than 0, at most {most}");
            return Err(Usage(message).into());
        }
        gas.oxidant_pct = oxidant;
    }
    Ok(gas)
}

/// Parses the numbers with units of an option.
pub fn quantities(texts: &[String], option: &str, quantity: Quantity) -> Result<Vec<f64>> {
    let parse = |text: &String| {
        let message = || Usage(format!("{option} {text}: expected {}", quantity.example()));
        parse_quantity(text, quantity).ok_or_else(|| message().into())
    };
    texts.iter().map(parse).collect()
}
