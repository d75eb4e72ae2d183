use super::plant::PlantArgs;
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use clap::Args;
use libchar_core::{Format, Frame, frame};
use libchar_history::ResultRow;
use libchar_metrology::r2r::design::{Plant, figures};
use libchar_metrology::r2r::law::Law;
use libchar_metrology::r2r::simulate::{Bounds, Run, detection, runs};
use libchar_numeric::draws::Draws;
use libchar_numeric::moments;
use libchar_spc::chart::{Data, Design, Given, Kind, Phase};
use libchar_spc::subgroup::Subgroups;
use libchar_spc::violation::{judge, limit_rule};
use serde_json::{Value, json};

const EXAMPLES: &str = "\
Examples:
  libchar r2r simulate --lambda 0.3 --step 2 --within 10
  libchar r2r simulate --lambda 0.3 --disturbance ima --theta 0.7 --deadband 0.5
  libchar r2r simulate --lambda 0.3 --step 2 --rows 200 > runs.csv
  libchar r2r simulate --lambda 0.3 --step 2 --rows 200 | libchar spc chart --kind i-mr --value disturbance -

On stdout: with --rows the runs, else the figures. The step comes in the middle of the rows.";

/// Fewest runs before the step, from which the limits of the charts come.
const LEAST_ROWS: usize = 40;

/// Simulate what control costs, and what it hides from charts
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Simulate {
    #[command(flatten)]
    plant: PlantArgs,
    /// Runs from which the spread is taken
    #[arg(long, value_name = "N", default_value_t = 200_000)]
    runs: usize,
    /// Size of the step that charts should see, in standard deviations of the disturbance's shocks
    #[arg(long, value_name = "SIGMAS", default_value_t = 2.0)]
    step: f64,
    /// Runs within which they should
    #[arg(long, value_name = "N", default_value_t = 10)]
    within: usize,
    /// Repetitions of the step
    #[arg(long, value_name = "N", default_value_t = 4000)]
    repetitions: usize,
    /// The recipe stays while y is expected within this of the target
    #[arg(long, value_name = "Y", default_value_t = 0.0)]
    deadband: f64,
    /// Greatest change of y by one change of the recipe
    #[arg(long, value_name = "Y")]
    step_limit: Option<f64>,
    /// Print this many runs with the step in their middle
    #[arg(long, value_name = "N")]
    rows: Option<usize>,
    /// Seed of all draws
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// One series on an individuals chart of spc.
struct Charted {
    name: &'static str,
    alarms: usize,
    /// Runs from the step to the first alarm after it.
    after: Option<usize>,
}

pub fn run(args: &Simulate, ctx: &Context) -> Result<Outcome> {
    let plant = args.plant.plant()?;
    let (law, given) = args.plant.law()?;
    args.check()?;
    if !given {
        ctx.log
            .info("r2r", "no weights are given: 0.3 is taken; `libchar r2r design` finds the best");
    }
    ctx.begin("r2r simulate", json!({ "method": law.name(), "xi": plant.xi, "seed": args.seed }));
    let own = figures(law, &plant);
    if !own.stable {
        let most = own.xi_max.map_or("unknown".to_owned(), |most| format!("{most:.4}"));
        let message =
            format!("the loop is not stable at a gain ratio of {} (at most {most})", plant.xi);
        return Err(Usage(message).into());
    }
    let bounds = Bounds { deadband: args.deadband, step: args.step_limit };
    let mut draws = Draws::new(args.seed, &["r2r", "simulate"]);
    let long = runs(Some(law), &plant, bounds, args.runs, &mut draws, 0, |_| 0.0);
    let y: Vec<f64> = long.iter().map(|r| r.y).collect();
    let reference = plant.disturbance.reference() * plant.sigma.powi(2);
    let simulated = moments::variance(&y).map(|variance| variance / reference);
    let offset = moments::mean(&y);
    let moved = long.iter().filter(|r| r.change != 0.0).count() as f64 / long.len() as f64;
    let mut draws = Draws::new(args.seed, &["r2r", "detect"]);
    let step = args.step * plant.sigma;
    let seen = detection(law, &plant, bounds, step, args.within, args.repetitions, &mut draws);
    let rows = args.series(law, &plant, bounds, step);
    let charts = charts(&rows)?;
    let free = bounds.deadband == 0.0 && bounds.step.is_none();
    let advice = advice(seen.y_controlled, seen.y_uncontrolled, seen.disturbance);
    let numbers: Vec<(&str, Option<f64>)> = vec![
        ("var_ratio", own.var_ratio.filter(|_| free)),
        ("simulated_var_ratio", simulated),
        ("offset", own.offset.filter(|_| free)),
        ("simulated_offset", Some(offset)),
        ("share_of_runs_with_a_move", Some(moved)),
        ("p_detect_controlled", Some(seen.y_controlled)),
        ("p_detect_uncontrolled", Some(seen.y_uncontrolled)),
        ("p_detect_disturbance", Some(seen.disturbance)),
        ("p_detect_moves", Some(seen.moves)),
    ];
    match (ctx.format(), args.rows) {
        (Format::Json, _) => {
            let mut body = json!({
                "method": law.name(), "law": law.text(), "xi": plant.xi, "delay_runs": plant.delay,
                "disturbance": plant.disturbance.name(), "step_sigma": args.step, "within_runs": args.within,
                "repetitions": seen.repetitions, "runs_simulated": args.runs,
            });
            for (name, value) in &numbers {
                body[*name] = json!(value);
            }
            let charts = charts.iter().map(|c| json!({ "series": c.name, "alarms": c.alarms, "runs_from_step_to_alarm": c.after }));
            body["charts"] = charts.collect::<Value>();
            body["remarks"] = json!([advice]);
            ctx.write_document("-", &frame::document("libchar.r2r-simulate", 1, body))?;
        }
        (_, Some(_)) => ctx.print(&series_frame(&rows))?,
        _ => {
            let mut frame = Frame::new("libchar.r2r-rows", 1, ["quantity", "value"]);
            for (name, value) in &numbers {
                frame.push(vec![(*name).into(), (*value).into()]);
            }
            ctx.print(&frame)?;
        }
    }
    for chart in &charts {
        let after = chart.after.map_or("never after the step".to_owned(), |runs| {
            format!("{runs} runs after the step")
        });
        ctx.log.info(
            "r2r",
            format!(
                "an individuals chart of {} alarms {} times, first {after}",
                chart.name, chart.alarms
            ),
        );
    }
    ctx.log.info("r2r", &advice);
    ctx.journal.results(
        numbers.iter().filter_map(|(name, value)| Some(ResultRow::value(*name, (*value)?, None))),
    );
    Ok(Outcome::Fine)
}

fn advice(controlled: f64, uncontrolled: f64, disturbance: f64) -> String {
    let figures = format!(
        "a chart of y sees the step with probability {controlled:.3} under control and {uncontrolled:.3} without; one of the disturbance estimate y - b u with {disturbance:.3}"
    );
    match disturbance > controlled {
        true => {
            format!("{figures}: chart the disturbance estimate and the recipe moves, not y alone")
        }
        false => {
            format!("{figures}: chart the recipe moves too, which show what control takes out of y")
        }
    }
}

/// Alarms of individuals charts, whose limits come from the runs before the step.
fn charts(rows: &[(Run, Run)]) -> Result<Vec<Charted>> {
    type Series = (&'static str, fn(&(Run, Run)) -> f64);
    let series: [Series; 4] = [
        ("y", |r| r.0.y),
        ("y without control", |r| r.1.y),
        ("the disturbance estimate", |r| r.0.disturbance),
        ("the recipe moves", |r| r.0.change),
    ];
    let at = rows.len() / 2;
    let mut found = Vec::new();
    for (name, of) in series {
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

fn series_frame(rows: &[(Run, Run)]) -> Frame {
    let columns = ["run", "y", "y_uncontrolled", "disturbance", "recipe", "change", "step"];
    let mut frame = Frame::new("libchar.r2r-runs", 1, columns);
    let at = rows.len() / 2;
    for (t, (with, without)) in rows.iter().enumerate() {
        frame.push(vec![
            (t + 1).into(),
            with.y.into(),
            without.y.into(),
            with.disturbance.into(),
            with.recipe.into(),
            with.change.into(),
            (t >= at).into(),
        ]);
    }
    frame
}

impl Simulate {
    fn check(&self) -> Result<(), Usage> {
        let bounds = [
            ("--runs", self.runs, 1000, 10_000_000),
            ("--within", self.within, 1, 10_000),
            ("--repetitions", self.repetitions, 1, 100_000),
            ("--rows", self.rows.unwrap_or(LEAST_ROWS), LEAST_ROWS, 1_000_000),
        ];
        for (name, value, least, most) in bounds {
            if !(least..=most).contains(&value) {
                return Err(Usage(format!("{name} {value}: expected {least} to {most}")));
            }
        }
        if self.deadband < 0.0 {
            return Err(Usage(format!("--deadband {}: expected 0 or more", self.deadband)));
        }
        match self.step_limit {
            Some(limit) if limit <= 0.0 => {
                Err(Usage(format!("--step-limit {limit}: expected above 0")))
            }
            _ => Ok(()),
        }
    }

    /// Runs with and without control; the step comes in their middle.
    fn series(&self, law: Law, plant: &Plant, bounds: Bounds, step: f64) -> Vec<(Run, Run)> {
        let count = self.rows.unwrap_or(200);
        let mut draws = Draws::new(self.seed, &["r2r", "rows"]);
        let shift = |t: usize| if t >= count / 2 { step } else { 0.0 };
        let with = runs(Some(law), plant, bounds, count, &mut draws, 0, shift);
        let without = runs(None, plant, bounds, count, &mut draws, 0, shift);
        with.into_iter().zip(without).collect()
    }
}
