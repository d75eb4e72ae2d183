use super::keep;
use super::plant::PlantArgs;
use crate::context::Context;
use crate::exit::{Outcome, refused};
use anyhow::Result;
use clap::Args;
use libchar_core::Format;
use libchar_metrology::r2r::simulate::Bounds;
use libchar_metrology::r2r::simulated::{Charted, Pair, Question, SERIES, Simulated};
use libchar_numeric::moments;
use libchar_spc::chart::{Data, Design, Given, Kind, Phase};
use libchar_spc::subgroup::Subgroups;
use libchar_spc::violation::{judge, limit_rule};
use serde_json::json;

const EXAMPLES: &str = "\
Examples:
  libchar r2r simulate --lambda 0.3 --step 2 --within 10
  libchar r2r simulate --lambda 0.3 --disturbance ima --theta 0.7 --deadband 0.5
  libchar r2r simulate --lambda 0.3 --step 2 --rows 200 > runs.csv
  libchar r2r simulate --lambda 0.3 --step 2 --rows 200 | libchar spc chart - --chart i-mr -c disturbance

On stdout: with --rows the runs, else the figures. The step comes in the middle of the rows.";

/// Simulate how much variance control adds, and which changes it hides from control charts
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Simulate {
    #[command(flatten)]
    plant: PlantArgs,
    /// Number of simulated runs from which variance and offset are computed
    #[arg(long, value_name = "N", default_value_t = 200_000)]
    runs: usize,
    /// Size of the step that charts should detect, in standard deviations of the disturbance's shocks
    #[arg(long, value_name = "SIGMAS", default_value_t = 2.0)]
    step: f64,
    /// Number of runs within which charts should detect the step
    #[arg(long, value_name = "N", default_value_t = 10)]
    within: usize,
    /// Number of repetitions of the step
    #[arg(long, value_name = "N", default_value_t = 4000)]
    repetitions: usize,
    /// Keep the recipe while y is expected to be within this distance of the target
    #[arg(long, value_name = "Y", default_value_t = 0.0)]
    deadband: f64,
    /// Greatest change of y that one change of the recipe may cause
    #[arg(long, value_name = "Y")]
    step_limit: Option<f64>,
    /// Print this many runs, with the step in the middle
    #[arg(long, value_name = "N")]
    rows: Option<usize>,
    /// Seed of all random draws
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

pub fn run(args: &Simulate, ctx: &Context) -> Result<Outcome> {
    let asked = args.plant.asked();
    let plant = asked.plant().map_err(refused)?;
    let (law, given) = asked.law().map_err(refused)?;
    let question = args.question();
    question.check().map_err(refused)?;
    if !given {
        ctx.log
            .info("r2r", "no weights are given: 0.3 is taken; `libchar r2r design` finds the best");
    }
    ctx.begin("r2r simulate", json!({ "method": law.name(), "xi": plant.xi, "seed": args.seed }));
    let found = Simulated::of(question, law, plant).map_err(refused)?;
    let charts = charts(&found.series)?;
    match (ctx.format(), args.rows) {
        (Format::Json, _) => ctx.write_document("-", &found.document(&charts))?,
        (_, Some(_)) => ctx.print(&found.rows())?,
        _ => ctx.print(&found.frame())?,
    }
    charts.iter().for_each(|chart| ctx.log.info("r2r", chart.sentence()));
    ctx.log.info("r2r", found.advice());
    keep(ctx, &found.numbers());
    Ok(Outcome::Fine)
}

/// The alarms of individuals charts whose limits come from the runs before the step.
fn charts(rows: &[Pair]) -> Result<Vec<Charted>> {
    let at = rows.len() / 2;
    let mut found = Vec::new();
    for (name, of) in SERIES {
        let values: Vec<f64> = rows.iter().map(of).collect();
        let Some(sigma) = moments::sd(&values[..at]).filter(|sd| *sd > 0.0) else { continue };
        let given = Given {
            center: Some(moments::mean(&values[..at])),
            sigma: Some(sigma),
            ..Given::default()
        };
        let design = Design::new(Kind::IMr);
        let data = Data::Measured(Subgroups::individuals(values)?);
        let parameters = design.estimate(&data, &given)?;
        let chart = design.chart(&parameters, &data, Phase::Two)?;
        let verdicts = judge(&chart, &[limit_rule()], true);
        let points: Vec<usize> =
            verdicts.first().map_or(Vec::new(), |v| v.events.iter().map(|e| e.first).collect());
        let after = points.iter().find(|point| **point >= at).map(|point| point - at);
        found.push(Charted { name, alarms: points.len(), after });
    }
    Ok(found)
}

impl Simulate {
    fn question(&self) -> Question {
        Question {
            runs: self.runs,
            step: self.step,
            within: self.within,
            repetitions: self.repetitions,
            bounds: Bounds { deadband: self.deadband, step: self.step_limit },
            rows: self.rows,
            seed: self.seed,
        }
    }
}
