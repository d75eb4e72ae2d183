use super::input::{RecipeInput, depends};
use crate::context::Context;
use crate::exit::{Outcome, Usage, refused};
use anyhow::Result;
use clap::Args;
use libchar_core::{Frame, Refused, number};
use libchar_diffusion::draft::Draft;
use libchar_diffusion::knob::bounded;
use libchar_diffusion::report::unit;
use libchar_diffusion::search;
use libchar_history::ResultRow;
use serde_json::json;

const EXAMPLES: &str = "\
Examples:
  libchar diffuse solve base.toml --target xj_nm=600 --vary step.2.time=5min..10h
  libchar diffuse solve gate.toml --target tox_nm=25 --vary step.1.temperature=900C..1100C
  libchar diffuse solve base.toml --target rs_ohm_sq=120 --vary step.1.dose_cm2=1e13..1e16";

/// Find the time, temperature or dose that meets a target; print all solutions if there are several
///
/// Scans between the bounds, then refines every crossing. Two solutions closer together than a scan interval can
/// be missed: raise --samples. Exits 1 if the target cannot be met between the bounds, and prints what can be reached.
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Solve {
    #[command(flatten)]
    input: RecipeInput,
    /// Figure and its target value
    #[arg(long, value_name = "FIGURE=VALUE")]
    target: String,
    /// Field of the recipe to vary, and its bounds
    #[arg(long, value_name = "PATH=LOW..HIGH")]
    vary: String,
    /// Number of intervals of the scan
    #[arg(long, default_value_t = 24, value_parser = clap::value_parser!(u16).range(2..))]
    samples: u16,
}

pub fn run(args: Solve, ctx: &Context) -> Result<Outcome> {
    let loaded = args.input.load(ctx)?;
    let (figure, target) = args
        .target
        .split_once('=')
        .and_then(|(name, value)| Some((name.trim(), number::parse_decimal(value.trim())?)))
        .ok_or_else(|| Usage(format!("--target {}: expected FIGURE=VALUE", args.target)))?;
    let (knob, low, high) = bounded(&args.vary).map_err(refused)?;
    ctx.begin(
        "diffuse solve",
        json!({ "recipe": loaded.name, "set": args.input.set, "target": args.target, "vary": args.vary }),
    );
    ctx.journal.recipe(loaded.effective());
    depends(&loaded, ctx);
    let draft = Draft::new(&loaded);
    let evaluate = |value: f64| -> Result<Option<f64>, Refused> {
        let mut draft = draft.clone();
        draft.turn(&knob, value)?;
        let simulated = draft.simulate()?;
        simulated.figures.get(figure).map_err(|error| Refused::Usage(error.to_string()))
    };
    let logarithmic = low > 0.0 && high / low > 20.0;
    let samples = usize::from(args.samples);
    let found =
        search::roots(evaluate, target, (low, high), samples, logarithmic).map_err(refused)?;
    let mut frame =
        Frame::new("libchar.diffuse-solve", 1, ["path", "value", "unit", "figure", "reached"]);
    for root in &found.roots {
        let reached = evaluate(*root).map_err(refused)?;
        frame.push(vec![
            knob.path.as_str().into(),
            (*root).into(),
            knob.unit().into(),
            figure.into(),
            reached.into(),
        ]);
        ctx.journal.results([ResultRow {
            point: None,
            measure: knob.path.clone(),
            value: Some(*root),
            unit: Some(knob.unit().to_owned()),
            status: "ok".to_owned(),
        }]);
    }
    ctx.print(&frame)?;
    if found.roots.is_empty() {
        let between = format!(
            "{} between {} and {} {}",
            knob.path,
            number::shortest(low),
            number::shortest(high),
            knob.unit()
        );
        let message = match found.range() {
            Some((least, most)) => format!(
                "{figure} = {} {} cannot be met: {between} gives {} to {}",
                number::shortest(target),
                unit(figure).unwrap_or_default(),
                number::significant(least, 6),
                number::significant(most, 6)
            ),
            None => format!("{figure} does not exist anywhere for {between}"),
        };
        ctx.log.warning("target", message);
        return Ok(Outcome::Findings);
    }
    Ok(Outcome::Fine)
}
