use super::artifact;
use super::input::Runs;
use crate::context::Context;
use crate::exit::{Outcome, Usage, refused};
use crate::registry::{Candidate, RegistryArgs};
use crate::told::{keep, say};
use anyhow::Result;
use clap::{Args, ValueEnum};
use libchar_assurance::evaluate::{self, Settings};
use libchar_assurance::family::{Family, Given};
use libchar_assurance::intervals;
use libchar_assurance::model::{Model, Origin};
use libchar_assurance::model_file;
use libchar_assurance::prepare::Columns;
use libchar_assurance::split::{Kind, Split};
use libchar_core::hash;
use serde_json::{Value, json};

const EXAMPLES: &str = "\
Examples:
  libchar vm train runs.csv --target depth_um --group lot
  libchar vm train runs.csv --target y --time run --train-rows 160
  libchar vm train runs.csv --target y --time run --train-rows 150 --calibration-rows 150 --format json
  libchar vm train wafers.csv --target depth --group lot --order wafer --features rf_power,wafer -o depth.json

Exit 1 when no model has skill over the best baseline, or the best one misses a gate. Then nothing is registered or
promoted. A model with skill is registered as a candidate, and `libchar models promote` puts it into production.";

/// How runs are split into those that train and those that judge
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Way {
    /// The first runs train; each later run is predicted from what was known before it
    Forward,
    /// Groups are left out in turn
    Group,
}

/// Train models, compare them with baselines, and keep the best one if it has skill
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Train {
    #[command(flatten)]
    runs: Runs,
    /// Column of the measured target
    #[arg(long, value_name = "COLUMN")]
    target: String,
    /// Column of the groups, such as the lot
    #[arg(long, value_name = "COLUMN")]
    group: Option<String>,
    /// Column of the position within a group; it is also used as a feature [default: counted]
    #[arg(long, value_name = "COLUMN")]
    order: Option<String>,
    /// Columns to learn from [default: all that hold numbers]
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    features: Vec<String>,
    /// Columns to ignore
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    ignore: Vec<String>,
    /// Columns to learn from although they look doubtful
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    keep: Vec<String>,
    /// Kind of split [default: forward with --time or without --group, else group]
    #[arg(long, value_enum)]
    split: Option<Way>,
    /// Split at random, to see what a random split hides; nothing is registered
    #[arg(long, conflicts_with = "split")]
    shuffled: bool,
    /// Forward split: number of runs that train [default: 60 %, whole groups]
    #[arg(long, value_name = "N")]
    train_rows: Option<usize>,
    /// Forward split: number of runs after them whose errors set the intervals [default: errors within the training runs do]
    #[arg(long, value_name = "N", default_value_t = 0)]
    calibration_rows: usize,
    /// Weight of the newest residual in the residual update
    #[arg(long, value_name = "LAMBDA", default_value_t = 0.5)]
    update_lambda: f64,
    /// Do not try residual updates
    #[arg(long)]
    no_update: bool,
    /// Number of runs from a run to its measurement; 1: known before the next run
    #[arg(long, value_name = "RUNS", default_value_t = 1)]
    delay: usize,
    /// Families of models to try: ols, ridge, elastic-net, trees
    #[arg(long, value_name = "NAMES", value_delimiter = ',', value_parser = family)]
    models: Vec<Family>,
    /// Penalty of ridge, as scikit-learn counts it [default: chosen within the training runs]
    #[arg(long, value_name = "ALPHA")]
    ridge_alpha: Option<f64>,
    /// Share of runs that may lie outside their intervals
    #[arg(long, value_name = "SHARE", default_value_t = 0.1)]
    alpha: f64,
    /// Step size with which the miss rate of an adaptive interval is adjusted
    #[arg(long, value_name = "STEP", default_value_t = 0.02)]
    gamma: f64,
    /// Number of newest errors that an adaptive interval uses
    #[arg(long, value_name = "RUNS", default_value_t = 150)]
    window: usize,
    /// Seed of all random draws
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Name in the registry that models for the same purpose share; one of them is in production [default: the target]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Write the model to this file instead of registering it
    #[arg(short, long, value_name = "FILE")]
    output: Option<String>,
    /// Write the full evaluation as JSON, besides the scores on stdout
    #[arg(long, value_name = "FILE")]
    report: Option<String>,
    #[command(flatten)]
    registry: RegistryArgs,
}

fn family(text: &str) -> Result<Family, String> {
    let names = Family::ALL.map(Family::name).join(", ");
    Family::parse(text).ok_or_else(|| format!("expected one of: {names}"))
}

pub fn run(args: &Train, ctx: &Context) -> Result<Outcome> {
    ctx.begin("vm train", args.parameters());
    let mut settings = args.settings();
    settings.check().map_err(refused)?;
    if args.split == Some(Way::Group) && args.group.is_none() {
        let message = "--split group: name the column of the groups by --group";
        return Err(Usage(message.to_owned()).into());
    }
    let read = args.runs.read(ctx)?;
    let hear = &mut |note| say(ctx, note);
    let (data, doubtful) =
        args.columns().data(&read.table, args.runs.na.into(), hear).map_err(refused)?;
    let split =
        Split { kind: settings.kind, train: args.train_rows, calibration: settings.calibration };
    settings.train = split.train(&data, hear).map_err(refused)?;
    let (report, best) = evaluate::evaluate(&data, &args.target, doubtful, &settings)
        .map_err(|error| Usage(format!("{}: {error}", read.table.file)))?;
    let train = if settings.kind == Kind::Forward { settings.train } else { data.len() };
    let origin = Origin {
        group: args.group.clone(),
        time: args.runs.time.clone(),
        data_sha256: read.sha256.clone(),
        ranges: data.ranges(train),
    };
    let kept = match report.has_skill {
        true => args.store(ctx, &Model::of(&best, report.clone(), origin))?,
        false => Value::Null,
    };
    let document = report.document(read.source(), kept);
    if let Some(path) = &args.report {
        ctx.write_document(path, &document)?;
    }
    ctx.answer(|| document, || report.frame())?;
    keep(ctx, report.kept());
    report.notes().into_iter().for_each(|note| say(ctx, note));
    Ok(Outcome::found(report.missed().count()))
}

impl Train {
    fn parameters(&self) -> Value {
        json!({
            "data": self.runs.data, "target": self.target, "group": self.group, "time": self.runs.time,
            "features": self.features, "ignore": self.ignore, "keep": self.keep, "shuffled": self.shuffled,
            "train_rows": self.train_rows, "calibration_rows": self.calibration_rows,
            "update_lambda": self.update_lambda, "delay": self.delay, "alpha": self.alpha, "seed": self.seed,
        })
    }

    fn columns(&self) -> Columns<'_> {
        Columns {
            target: &self.target,
            group: self.group.as_deref(),
            time: self.runs.time.as_deref(),
            order: self.order.as_deref(),
            features: &self.features,
            ignore: &self.ignore,
            keep: &self.keep,
        }
    }

    /// The settings that do not depend on the runs; the number of training runs is set later.
    fn settings(&self) -> Settings {
        let wanted = self.split.map(|way| match way {
            Way::Forward => Kind::Forward,
            Way::Group => Kind::Group,
        });
        let (has_group, has_time) = (self.group.is_some(), self.runs.time.is_some());
        let mut families = self.models.clone();
        families.dedup();
        Settings {
            kind: Split::kind(self.shuffled, wanted, has_group, has_time),
            train: 0,
            calibration: self.calibration_rows,
            lambda: self.update_lambda,
            delay: self.delay,
            updates: !self.no_update,
            families: if families.is_empty() { Family::ALL.to_vec() } else { families },
            intervals: intervals::Settings {
                alpha: self.alpha,
                gamma: self.gamma,
                window: self.window,
            },
            given: Given { seed: self.seed, ridge_alpha: self.ridge_alpha },
        }
    }

    /// Registers the model, or writes it to a file; returns its description.
    fn store(&self, ctx: &Context, model: &Model) -> Result<Value> {
        let bytes = model_file::encode(model)?;
        let digest = hash::sha256(&bytes);
        if self.shuffled {
            return Ok(Value::Null);
        }
        if let Some(file) = &self.output {
            ctx.write(file, &bytes)?;
            return Ok(json!({ "file": file, "sha256": digest }));
        }
        let candidate = Candidate {
            family: artifact::family(self.name.as_deref().unwrap_or(&self.target)),
            ending: "json",
            bytes: &bytes,
            digest: digest.clone(),
            rows: model.card.rows,
            accuracy: None,
            critical_accuracy: None,
            report: serde_json::to_string(&model.card)?,
        };
        let (model_id, _) = self.registry.open(ctx)?.register(ctx, candidate)?;
        Ok(json!({ "model_id": model_id, "sha256": digest }))
    }
}
