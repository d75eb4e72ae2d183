use super::assignment;
use crate::context::Context;
use crate::data_format::DataFormat;
use crate::data_format::Na;
use crate::exit::{Outcome, Usage, refused};
use crate::told::say;
use anyhow::Result;
use clap::Args;
use libchar_assurance::trim::{self, Past};
use libchar_assurance::trimmed::{Asked, Shown};
use libchar_core::table::{Header, columns};
use libchar_core::{Faults, Table};
use libchar_history::ResultRow;
use libchar_metrology::r2r::slopes::Slopes;
use serde_json::json;

const EXAMPLES: &str = "\
Examples:
  libchar diffuse sensitivity recipe.toml --format json | libchar r2r trim --target xj_nm=350
  libchar r2r trim slopes.json --target xj_nm=350 --measured runs.csv --to step.2.time_s --limit step.2.time_s=60
  libchar r2r trim slopes.json --target xj_nm=350,rs_ohm_sq=92 --scale xj_nm=2,rs_ohm_sq=0.5

The expected improvement comes from measured runs of the unchanged recipe, one column per figure; without them, or with fewer
than 20, it is not known. Exit 1 when a limit keeps a figure from its target, or the measured runs do not show that a trim helps.";

/// Recommend small changes of a recipe (a trim) from the slopes of `diffuse sensitivity`
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Trim {
    /// Slopes as `diffuse sensitivity` prints them, as JSON or CSV [default: standard input]
    #[arg(default_value = "-")]
    slopes: String,
    /// Target values of figures
    #[arg(long, value_name = "FIGURE=VALUE", value_delimiter = ',', required = true, value_parser = named)]
    target: Vec<(String, f64)>,
    /// Inputs that may change [default: all that have a slope]
    #[arg(long, value_name = "PATH", value_delimiter = ',')]
    to: Vec<String>,
    /// Greatest change allowed for an input
    #[arg(long, value_name = "PATH=CHANGE", value_delimiter = ',', value_parser = named)]
    limit: Vec<(String, f64)>,
    /// Size of a miss of each figure; misses of this size count the same [default: 1 % of each target]
    #[arg(long, value_name = "FIGURE=SIZE", value_delimiter = ',', value_parser = named)]
    scale: Vec<(String, f64)>,
    /// Measured runs of the unchanged recipe, one column per figure, in the order of time
    #[arg(long, value_name = "FILE")]
    measured: Option<String>,
    /// Weight of the newest run in the EWMA that says where a figure is now [default: by least squares]
    #[arg(long, value_name = "L", requires = "measured")]
    lambda: Option<f64>,
    /// What to do with a cell of the runs that holds no number
    #[arg(long, value_enum, default_value_t = Na::Error)]
    na: Na,
    #[command(flatten)]
    format: DataFormat,
}

fn named(text: &str) -> Result<(String, f64), String> {
    assignment(text, "NAME")
}

pub fn run(args: &Trim, ctx: &Context) -> Result<Outcome> {
    ctx.begin(
        "r2r trim",
        json!({ "slopes": args.slopes, "target": args.target, "measured": args.measured }),
    );
    let targets = &args.target;
    let asked = Asked { targets, scales: &args.scale, lambda: args.lambda };
    asked.check().map_err(refused)?;
    let table = args.format.read(ctx, &ctx.read(&args.slopes)?, Header::Required)?;
    let slopes = Slopes::read(&table, targets, &args.to, &args.limit).map_err(refused)?;
    let pasts = args.pasts(ctx)?;
    let goals = asked.goals(&slopes, &pasts);
    let found = trim::trim(&slopes.slopes, &goals, &slopes.values, &slopes.inputs);
    let shown = Shown { targets, slopes: &slopes, goals: &goals, pasts: &pasts, found: &found };
    ctx.answer(|| shown.document(&table.file), || shown.frame())?;
    ctx.journal.results(
        slopes
            .inputs
            .iter()
            .zip(&found.u)
            .map(|(input, u)| ResultRow::value(format!("{} next", input.name), *u, None)),
    );
    shown.notes().into_iter().for_each(|note| say(ctx, note));
    let findings = shown.findings();
    findings.iter().for_each(|finding| ctx.log.warning("r2r", finding));
    Ok(Outcome::found(findings.len()))
}

impl Trim {
    /// What measured runs say about each figure; `None` for each without measured runs.
    fn pasts(&self, ctx: &Context) -> Result<Vec<Option<Past>>> {
        let Some(file) = &self.measured else { return Ok(vec![None; self.target.len()]) };
        let table = self.format.read(ctx, &ctx.read(file)?, Header::Required)?;
        self.target
            .iter()
            .map(|(name, target)| {
                let y = self.series(ctx, &table, name)?;
                let past = trim::past(&y, *target, self.lambda)
                    .map_err(|error| Usage(format!("{}: {name}: {error}", table.file)))?;
                Ok(Some(past))
            })
            .collect()
    }

    /// The measured values of a figure; runs without a value are counted.
    fn series(&self, ctx: &Context, table: &Table, name: &str) -> Result<Vec<f64>> {
        let place = table.column(name).map_err(Faults::from)?;
        let numbers = columns::numbers(table, &[place], self.na.into())?;
        if !numbers.skipped.is_empty() {
            let left = numbers.skipped.len();
            let message = format!("{left} cells of {name} hold no number and are left out");
            ctx.log.warning("r2r", message);
        }
        Ok(numbers.values.concat().into_iter().filter(|v| !v.is_nan()).collect())
    }
}
