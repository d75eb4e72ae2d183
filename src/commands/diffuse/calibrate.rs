use super::input::RecipeInput;
use crate::context::Context;
use crate::exit::{Outcome, refused};
use crate::told::keep;
use anyhow::Result;
use clap::Args;
use libchar_diffusion::calibrate::{Parameter, calibrate, parameter, read_data};
use libchar_diffusion::species::Species;
use serde_json::json;

const EXAMPLES: &str = "\
Parameters to fit; append `=LOW..HIGH` to set bounds (else a factor of 100 either way):
  boron.x.d0 boron.p.ea    prefactor (cm2/s) or energy (eV) of a diffusivity term: x, m, mm, p
  boron.segregation        C_Si / C_SiO2
  point_defects.binding point_defects.i_equilibrium.ea
                           a parameter of [model.point_defects]: its prefactor, or its energy
  step.2.temp_c ...        any number of the recipe
If a prefactor and its energy are both fitted, the fit uses the diffusivity at the mean temperature and the energy; bounds of the
prefactor then apply to the diffusivity at that temperature.

Measured data: a profile (depth_um and conc_cm3, or boron_cm3 ...), or a table with one experiment per row,
whose columns are figures (xj_nm, rs_ohm_sq ...) and fields of the recipe (step.1.temp_c ...).

Examples:
  libchar diffuse calibrate base.toml --fit boron.p.d0 --measured sims.csv --species boron
  libchar diffuse calibrate base.toml --fit boron.p.d0,boron.p.ea --measured xj_over_temperature.csv";

/// Fit parameters to measured profiles, junctions or sheet resistances, with confidence intervals
///
/// Least squares of the logarithm of calculated over measured values. The intervals are 95 % by Student's t and
/// are valid as far as the model is linear in the parameters near the best values.
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Calibrate {
    #[command(flatten)]
    input: RecipeInput,
    /// Parameters to fit
    #[arg(long, value_name = "PARAMETER", value_delimiter = ',', required = true)]
    fit: Vec<String>,
    /// Measured profile or table
    #[arg(long, value_name = "FILE")]
    measured: String,
    /// Dopant of the measured column conc_cm3
    #[arg(long)]
    species: Option<Species>,
    /// Ignore measured concentrations below this value, cm-3
    #[arg(long, value_name = "CM3", default_value_t = 1e16)]
    floor: f64,
}

pub fn run(args: Calibrate, ctx: &Context) -> Result<Outcome> {
    let loaded = args.input.load(ctx)?;
    let parsed = loaded.read(&loaded.document)?;
    let parameters = args.fit.iter().map(|text| parameter(text, &parsed));
    let parameters: Vec<Parameter> = parameters.collect::<Result<_, _>>().map_err(refused)?;
    let source = ctx.read(&args.measured)?;
    let data = read_data(&source.name, &source.bytes)?;
    args.input.begin(
        &loaded,
        "diffuse calibrate",
        json!({ "fit": args.fit, "measured": args.measured }),
        ctx,
    );
    let fitted = calibrate(&loaded, &parsed, &parameters, &data, args.species, args.floor)
        .map_err(refused)?;
    let is_converged = fitted.fit.converged;
    keep(ctx, fitted.kept(&parameters));
    ctx.log.info("fit", fitted.sentence());
    for warning in fitted.warnings(&parameters) {
        ctx.log.warning("fit", warning);
    }
    ctx.print(&fitted.frame(&parameters))?;
    Ok(Outcome::found(usize::from(!is_converged)))
}
