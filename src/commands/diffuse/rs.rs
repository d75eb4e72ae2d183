use super::oxide::quantities;
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use clap::{Args, ValueEnum};
use libchar_core::{Fault, Faults, Frame, number};
use libchar_diffusion::format::{MeasuredProfile, Quantity, parse_profile};
use libchar_diffusion::mobility::Mobility;
use libchar_diffusion::model::{self, Model};
use libchar_diffusion::process::interpolate_log;
use libchar_diffusion::profile::{DopantProfile, Profile};
use libchar_diffusion::species::Species;
use serde_json::json;

const EXAMPLES: &str = "\
Examples:
  libchar diffuse rs sims.csv --species boron --background phosphorus=1e15
  libchar diffuse rs profile.csv --mobility astm_f723 --activation suprem4 --activated-at 1000C";

#[derive(Clone, Copy, ValueEnum)]
enum Activation {
    /// Everything is active
    Full,
    /// Up to the solid solubility
    Solubility,
    /// Solubility, and clusters of arsenic
    Suprem4,
}

/// Sheet resistance of a depth profile
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
    /// How much of the dopants is active
    #[arg(long, value_enum, default_value = "full")]
    activation: Activation,
    /// Temperature at which the active part was frozen in
    #[arg(long, value_name = "TEMP", default_value = "1000C")]
    activated_at: String,
}

pub fn run(args: Rs, ctx: &Context) -> Result<Outcome> {
    let mobility =
        Mobility::ALL.into_iter().find(|m| m.name() == args.mobility).ok_or_else(|| {
            let valid = Mobility::ALL.map(Mobility::name).join(", ");
            Usage(format!("unknown mobility `{}`; expected one of: {valid}", args.mobility))
        })?;
    let background = args.background.as_deref().map(parse_background).transpose()?;
    let temp_c = quantities(
        std::slice::from_ref(&args.activated_at),
        "--activated-at",
        Quantity::Temperature,
    )?[0];
    let source = ctx.read(&args.profile)?;
    ctx.begin(
        "diffuse rs",
        json!({
            "profile": source.name, "species": args.species.map(Species::name),
            "background": args.background, "mobility": args.mobility,
        }),
    );
    let measured = parse_profile(&source.name, &source.bytes)?;
    let model = Model {
        activation: match args.activation {
            Activation::Full => model::Activation::Full,
            Activation::Solubility => model::Activation::Solubility,
            Activation::Suprem4 => model::Activation::Suprem4,
        },
        ..Model::default()
    };
    let profile = assemble(&source.name, measured, args.species, background, &model, temp_c)?;
    let columns = ["layer", "type", "top_nm", "bottom_nm", "net_dose_cm2", "rs_ohm_sq", "mobility"];
    let mut frame = Frame::new("libchar.diffuse-rs", 1, columns);
    for (index, layer) in profile.layers(mobility).iter().enumerate() {
        // The last layer of a wafer with a background goes on below the profile.
        if !layer.closed && background.is_some() {
            continue;
        }
        frame.push(vec![
            (index + 1).into(),
            layer.kind.letter().to_string().into(),
            (layer.top_um * 1e3).into(),
            (layer.bottom_um * 1e3).into(),
            layer.net_dose_cm2.into(),
            layer.rs_ohm_sq.into(),
            mobility.name().into(),
        ]);
    }
    if frame.is_empty() {
        ctx.log.warning("rs", "no junction: the sheet resistance would be that of the whole wafer");
    }
    ctx.print(&frame)?;
    Ok(Outcome::Fine)
}

fn parse_background(text: &str) -> Result<(Species, f64)> {
    let wrong = || Usage(format!("--background {text}: expected SPECIES=CONC, such as boron=1e15"));
    let (species, conc) = text.split_once('=').ok_or_else(wrong)?;
    let species = species.parse().map_err(|error| Usage(format!("--background: {error}")))?;
    let conc = number::parse_decimal(conc).filter(|c| *c >= 0.0).ok_or_else(wrong)?;
    Ok((species, conc))
}

/// The measured columns with the background, densely enough for the integral.
fn assemble(
    file: &str,
    measured: MeasuredProfile,
    species: Option<Species>,
    background: Option<(Species, f64)>,
    model: &Model,
    temp_c: f64,
) -> Result<Profile> {
    /// Samples between two measured depths.
    const BETWEEN: usize = 8;
    let coarse = &measured.depth_um;
    let mut depth_um: Vec<f64> = coarse
        .windows(2)
        .flat_map(|pair| {
            let (from, to) = (pair[0], pair[1]);
            (0..BETWEEN).map(move |i| from + (to - from) * i as f64 / BETWEEN as f64)
        })
        .collect();
    depth_um.extend(coarse.last());
    let mut dopants: Vec<(Species, Vec<f64>)> = Vec::new();
    let mut add =
        |species: Species, conc: Vec<f64>| match dopants.iter_mut().find(|(s, _)| *s == species) {
            Some((_, sum)) => sum.iter_mut().zip(conc).for_each(|(a, b)| *a += b),
            None => dopants.push((species, conc)),
        };
    for (column, conc) in &measured.columns {
        let dopant = column.or(species).ok_or_else(|| {
            Faults::from(
                Fault::of(file, "whose concentration is `conc_cm3`?").expected("--species"),
            )
        })?;
        add(dopant, depth_um.iter().map(|x| interpolate_log(coarse, conc, *x)).collect());
    }
    if let Some((dopant, conc)) = background {
        add(dopant, vec![conc; depth_um.len()]);
    }
    dopants.sort_by_key(|(species, _)| *species);
    let (species, conc): (Vec<Species>, Vec<Vec<f64>>) = dopants.into_iter().unzip();
    let active = model.active(&species, &conc, temp_c)?;
    let columns = species.into_iter().zip(conc).zip(active);
    let dopants = columns
        .map(|((species, conc_cm3), active_cm3)| DopantProfile { species, conc_cm3, active_cm3 })
        .collect();
    Ok(Profile { depth_um, dopants })
}
