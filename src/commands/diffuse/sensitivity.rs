use super::draft::Draft;
use super::input::RecipeInput;
use super::knob::{Knob, inputs};
use super::report::unit;
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use clap::Args;
use libchar_core::{Cell, Frame};
use rayon::prelude::*;
use serde_json::json;

/// Print what a change of each input does to the figures: d xj / d T and its kin
///
/// Central differences: 1 degree for temperatures, 1 % for all other inputs, with time steps ten times
/// finer than usual. `slope` is per unit of the input, `elasticity` is percent of the figure per percent.
#[derive(Args)]
pub struct Sensitivity {
    #[command(flatten)]
    input: RecipeInput,
    /// Figures
    #[arg(long, value_delimiter = ',', default_value = "xj_nm,rs_ohm_sq,tox_nm")]
    of: Vec<String>,
    /// Inputs [default: every temperature, time, dose, energy, concentration, pressure and thickness]
    #[arg(long, value_name = "PATH", value_delimiter = ',')]
    to: Vec<String>,
}

pub fn run(args: Sensitivity, ctx: &Context) -> Result<Outcome> {
    let loaded = args.input.load(ctx)?;
    ctx.begin("diffuse sensitivity", json!({ "recipe": loaded.name, "set": args.input.set }));
    ctx.journal.recipe(loaded.effective());
    loaded.depends(ctx);
    let parsed = loaded.read(&loaded.document)?;
    let all = inputs(&parsed.recipe);
    let chosen: Vec<(Knob, f64)> = if args.to.is_empty() {
        all
    } else {
        let mut chosen = Vec::new();
        for path in &args.to {
            let knob = Knob::new(path);
            let known = all.iter().find(|(other, _)| *other == knob);
            let valid: Vec<&str> = all.iter().map(|(other, _)| other.path.as_str()).collect();
            let message = format!("no input `{path}`; expected one of: {}", valid.join(", "));
            chosen.push(known.cloned().ok_or(Usage(message))?);
        }
        chosen
    };
    let mut base = Draft::new(&loaded);
    let finer = parsed.recipe.tolerance.relative / 10.0;
    base.turn(&Knob::new("accuracy.relative"), finer.max(1e-8))?;
    let evaluate = |knob: Option<(&Knob, f64)>| -> Result<Vec<Option<f64>>> {
        let mut draft = base.clone();
        if let Some((knob, value)) = knob {
            draft.turn(knob, value)?;
        }
        let simulated = draft.simulate()?;
        let get =
            |name: &String| simulated.figures.get(name).map_err(|e| Usage(e.to_string()).into());
        args.of.iter().map(get).collect()
    };
    let here = evaluate(None)?;
    let slopes: Vec<Result<Vec<Option<f64>>>> = chosen
        .par_iter()
        .map(|(knob, value)| {
            let step = if knob.unit() == "C" { 1.0 } else { 0.01 * value };
            let above = evaluate(Some((knob, value + step)))?;
            let below = evaluate(Some((knob, value - step)))?;
            Ok(above
                .iter()
                .zip(&below)
                .map(|(a, b)| Some((a.as_ref()? - b.as_ref()?) / (2.0 * step)))
                .collect())
        })
        .collect();
    let columns =
        ["input", "value", "unit", "figure", "figure_value", "slope", "slope_unit", "elasticity"];
    let mut frame = Frame::new("libchar.diffuse-sensitivity", 1, columns);
    for ((knob, value), slopes) in chosen.iter().zip(slopes) {
        for ((name, here), slope) in args.of.iter().zip(&here).zip(slopes?) {
            let elasticity =
                slope.zip(*here).filter(|(_, h)| *h != 0.0).map(|(s, h)| s * value / h);
            frame.push(vec![
                knob.path.as_str().into(),
                (*value).into(),
                knob.unit().into(),
                name.as_str().into(),
                (*here).into(),
                slope.into(),
                Cell::from(format!("{} per {}", unit(name).unwrap_or("1"), knob.unit())),
                elasticity.into(),
            ]);
        }
    }
    ctx.print(&frame)?;
    Ok(Outcome::Fine)
}
