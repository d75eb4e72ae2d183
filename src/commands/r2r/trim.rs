mod goals;
mod shown;

use crate::context::Context;
use crate::data_format::DataFormat;
use crate::data_format::Na;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use clap::Args;
use goals::Slopes;
use libchar_assurance::trim::{self, Goal, Past};
use libchar_core::Format;
use libchar_core::number::parse_decimal;
use libchar_core::table::Header;
use libchar_history::ResultRow;
use serde_json::json;
use shown::Shown;

const EXAMPLES: &str = "\
Examples:
  libchar diffuse sensitivity recipe.toml --format json | libchar r2r trim --target xj_nm=350
  libchar r2r trim slopes.json --target xj_nm=350 --measured runs.csv --to step.2.time_s --limit step.2.time_s=60
  libchar r2r trim slopes.json --target xj_nm=350,rs_ohm_sq=92 --scale xj_nm=2,rs_ohm_sq=0.5

The expected improvement comes from measured runs of the unchanged recipe, one column a figure; without them, or with fewer
than 20, it is not known. Exit 1 when a limit keeps a figure from its target, or the past does not show that a trim helps.";

/// Recommend a trim of a recipe from the slopes of `diffuse sensitivity`
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Trim {
    /// Slopes as `diffuse sensitivity` prints them, as JSON or CSV [default: standard input]
    #[arg(default_value = "-")]
    slopes: String,
    /// Where figures should be
    #[arg(long, value_name = "FIGURE=VALUE", value_delimiter = ',', required = true, value_parser = assignment)]
    target: Vec<(String, f64)>,
    /// Inputs that may change [default: all that have a slope]
    #[arg(long, value_name = "PATH", value_delimiter = ',')]
    to: Vec<String>,
    /// Greatest change of an input
    #[arg(long, value_name = "PATH=CHANGE", value_delimiter = ',', value_parser = assignment)]
    limit: Vec<(String, f64)>,
    /// Misses of figures that count alike [default: 1 % of each target]
    #[arg(long, value_name = "FIGURE=SIZE", value_delimiter = ',', value_parser = assignment)]
    scale: Vec<(String, f64)>,
    /// Measured runs of the recipe as it is, one column a figure, in the order of time
    #[arg(long, value_name = "FILE")]
    measured: Option<String>,
    /// Weight of the newest run in where a figure is expected [default: by least squares]
    #[arg(long, value_name = "L", requires = "measured")]
    lambda: Option<f64>,
    /// What to do with a cell of the runs that holds no number
    #[arg(long, value_enum, default_value_t = Na::Error)]
    na: Na,
    #[command(flatten)]
    format: DataFormat,
}

fn assignment(text: &str) -> Result<(String, f64), String> {
    let (name, value) = text.split_once('=').ok_or("expected NAME=VALUE")?;
    let value = parse_decimal(value).ok_or(format!("`{value}` is not a finite number"))?;
    Ok((name.to_owned(), value))
}

pub fn run(args: &Trim, ctx: &Context) -> Result<Outcome> {
    ctx.begin(
        "r2r trim",
        json!({ "slopes": args.slopes, "target": args.target, "measured": args.measured }),
    );
    args.check()?;
    let table = args.format.read(ctx, &ctx.read(&args.slopes)?, Header::Required)?;
    let slopes = Slopes::read(&table, &args.target, &args.to, &args.limit)?;
    let pasts = args.pasts(ctx)?;
    let goals: Vec<Goal> = args
        .target
        .iter()
        .enumerate()
        .map(|(i, (name, target))| Goal {
            target: *target,
            present: pasts[i].as_ref().map_or(slopes.simulated[i], |past| past.present),
            scale: args.scale_of(name, *target),
        })
        .collect();
    let found = trim::trim(&slopes.slopes, &goals, &slopes.values, &slopes.inputs);
    let shown = Shown { args, slopes: &slopes, goals: &goals, pasts: &pasts, found: &found };
    match ctx.format() {
        Format::Json => ctx.write_document("-", &shown.document(&table.file))?,
        _ => ctx.print(&shown.frame())?,
    }
    ctx.journal.results(
        slopes
            .inputs
            .iter()
            .zip(&found.u)
            .map(|(input, u)| ResultRow::value(format!("{} next", input.name), *u, None)),
    );
    Ok(Outcome::found(shown.tell(ctx)))
}

impl Trim {
    fn check(&self) -> Result<(), Usage> {
        let names: Vec<&str> = self.target.iter().map(|(name, _)| name.as_str()).collect();
        for (at, name) in names.iter().enumerate() {
            if names[..at].contains(name) {
                return Err(Usage(format!("--target {name}: named twice")));
            }
        }
        for (name, size) in &self.scale {
            if !names.contains(&name.as_str()) || *size <= 0.0 {
                let names = names.join(", ");
                return Err(Usage(format!(
                    "--scale {name}={size}: expected a size above 0 of one of: {names}"
                )));
            }
        }
        match self.lambda {
            Some(l) if !(l > 0.0 && l <= 1.0) => {
                Err(Usage(format!("--lambda {l}: expected above 0, at most 1")))
            }
            _ => Ok(()),
        }
    }

    fn scale_of(&self, name: &str, target: f64) -> f64 {
        let given = self.scale.iter().find(|(own, _)| own == name).map(|(_, size)| *size);
        given.unwrap_or(if target == 0.0 { 1.0 } else { 0.01 * target.abs() })
    }

    /// What the measured runs say of each figure; none without them.
    fn pasts(&self, ctx: &Context) -> Result<Vec<Option<Past>>> {
        let Some(file) = &self.measured else { return Ok(vec![None; self.target.len()]) };
        let table = self.format.read(ctx, &ctx.read(file)?, Header::Required)?;
        self.target
            .iter()
            .map(|(name, target)| {
                let y = goals::series(ctx, &table, name, self.na)?;
                let past = trim::past(&y, *target, self.lambda)
                    .map_err(|error| Usage(format!("{}: {name}: {error}", table.file)))?;
                Ok(Some(past))
            })
            .collect()
    }
}
