use super::plant::PlantArgs;
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use clap::Args;
use libchar_core::{Cell, Format, Frame, frame};
use libchar_history::ResultRow;
use libchar_metrology::r2r::design::{best, figures};
use serde_json::json;

const EXAMPLES: &str = "\
Examples:
  libchar r2r design --lambda 0.3
  libchar r2r design --lambda 0.3 --disturbance ima --theta 0.7
  libchar r2r design --method holt --lambda 0.3 --lambda2 0.1 --drift 0.1
  libchar r2r design --gain 2.8 --model-gain 2 --lambda 0.3 --step 1 --runs 8
  libchar r2r design --method integral --delay 2

Without --lambda the best weights are found. Exit 1 when the loop is not stable.";

/// Variance, offset, stability and best weight of a controller, in closed form
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Design {
    #[command(flatten)]
    plant: PlantArgs,
    /// Size of a step in the disturbance whose response is shown
    #[arg(long, value_name = "SIZE", default_value_t = 1.0)]
    step: f64,
    /// Runs of that response
    #[arg(long, value_name = "N", default_value_t = 10)]
    runs: usize,
}

pub fn run(args: &Design, ctx: &Context) -> Result<Outcome> {
    let plant = args.plant.plant()?;
    let (law, given) = args.plant.law()?;
    const MOST_RUNS: usize = 100_000;
    if args.runs > MOST_RUNS {
        return Err(Usage(format!("--runs {}: expected at most {MOST_RUNS}", args.runs)).into());
    }
    ctx.begin("r2r design", json!({ "method": law.name(), "xi": plant.xi, "delay": plant.delay }));
    let found = best(law, &plant);
    let law = match (given, found) {
        (true, _) => law,
        (false, Some((law, _))) => law,
        (false, None) => {
            return Err(
                Usage("no weight makes this loop stable; give one by --lambda".to_owned()).into()
            );
        }
    };
    let own = figures(law, &plant);
    let response: Vec<f64> =
        law.close(plant.xi, plant.delay).step(args.runs).iter().map(|y| y * args.step).collect();
    let (l1, l2) = law.weights();
    let optimum = found.map(|(law, _)| law.weights());
    let reference = match plant.disturbance.variance() {
        Some(_) => "variance without control",
        None => "variance of the shocks: without control it has no bound",
    };
    let numbers: Vec<(&str, Option<f64>)> = vec![
        ("xi", Some(plant.xi)),
        ("lambda", Some(l1)),
        ("lambda2", l2),
        ("var_ratio", own.var_ratio),
        ("sd_inflation", own.sd_inflation),
        ("offset", own.offset),
        ("rms", own.rms),
        ("xi_max", own.xi_max),
        ("lambda_max", own.weight_max),
        ("gain_margin", own.gain_margin),
        ("lambda_best", optimum.map(|o| o.0)),
        ("lambda2_best", optimum.and_then(|o| o.1)),
        ("rms_best", found.map(|(_, square)| square.sqrt())),
    ];
    let mut warnings = Vec::new();
    if !own.stable {
        warnings.push("the loop is not stable: it has neither a spread nor an offset".to_owned());
    }
    if own.var_ratio.is_some_and(|ratio| ratio > 1.0)
        && plant.disturbance.variance().is_some()
        && plant.drift == 0.0
    {
        warnings.push("control makes y worse: there is no drift to remove here, and every correction follows noise".to_owned());
    }
    warnings.iter().for_each(|warning| ctx.log.warning("r2r", warning));
    match ctx.format() {
        Format::Json => {
            let mut body = json!({
                "method": law.name(), "law": law.text(), "delay_runs": plant.delay,
                "disturbance": plant.disturbance.name(), "sigma": plant.sigma, "drift_per_run": plant.drift,
                "stable": own.stable, "var_ratio_refers_to": reference,
            });
            for (name, value) in &numbers {
                body[*name] = json!(value);
            }
            body["y_after_step"] = json!(response);
            body["warnings"] = json!(warnings);
            ctx.write_document("-", &frame::document("libchar.r2r-design", 1, body))?;
        }
        _ => {
            let mut rows = Frame::new("libchar.r2r-rows", 1, ["quantity", "value"]);
            rows.push(vec!["method".into(), law.name().into()]);
            for (name, value) in &numbers {
                rows.push(vec![(*name).into(), (*value).into()]);
            }
            for (k, y) in response.iter().enumerate() {
                rows.push(vec![format!("y_after_step_{k}").into(), Cell::from(*y)]);
            }
            ctx.print(&rows)?;
        }
    }
    let kept =
        numbers.iter().filter_map(|(name, value)| Some(ResultRow::value(*name, (*value)?, None)));
    ctx.journal.results(kept);
    Ok(Outcome::found(usize::from(!own.stable)))
}
