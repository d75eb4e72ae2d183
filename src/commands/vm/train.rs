use super::artifact;
use super::input::{self, RunTable, Runs};
use super::report;
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use crate::registry::{Candidate, RegistryArgs};
use anyhow::Result;
use clap::{Args, ValueEnum};
use libchar_assurance::columns::{self, Doubtful};
use libchar_assurance::data::Data;
use libchar_assurance::evaluate::{self, Settings};
use libchar_assurance::family::{Family, Given};
use libchar_assurance::intervals;
use libchar_assurance::model::{Model, Origin};
use libchar_assurance::report::Report;
use libchar_assurance::split::Kind;
use libchar_core::table::columns::list;
use libchar_core::{Faults, Format, hash};
use serde_json::{Value, json};

/// Fewest runs that train, and that judge.
const LEAST_TRAIN: usize = 10;
const LEAST_TEST: usize = 5;

const EXAMPLES: &str = "\
Examples:
  libchar vm train runs.csv --target depth_um --group lot
  libchar vm train runs.csv --target y --time run --train-rows 160
  libchar vm train runs.csv --target y --time run --train-rows 150 --calibration-rows 150 --format json
  libchar vm train wafers.csv --target depth --group lot --order wafer --features rf_power,wafer -o depth.json

Exit 1 when no model has skill over the best baseline, or the best one misses a gate. Then nothing is registered or
promoted; with skill the model is registered as a candidate, and `libchar models promote` puts it into production.";

/// How runs are split into those that train and those that judge
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Split {
    /// The first runs train; each later one is predicted with what was known before it
    Forward,
    /// Groups are left out in turn
    Group,
}

/// Train models beside baselines, and keep the best one if it has skill
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
    /// Column of the place within a group; it stays a feature [default: counted]
    #[arg(long, value_name = "COLUMN")]
    order: Option<String>,
    /// Columns to learn from [default: all that hold numbers]
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    features: Vec<String>,
    /// Columns to leave aside
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    ignore: Vec<String>,
    /// Doubtful columns to learn from all the same
    #[arg(long, value_name = "COLUMNS", value_delimiter = ',')]
    keep: Vec<String>,
    /// Kind of split [default: forward with --time or without --group, else group]
    #[arg(long, value_enum)]
    split: Option<Split>,
    /// Split at random, to see what that hides; nothing is registered
    #[arg(long, conflicts_with = "split")]
    shuffled: bool,
    /// Forward: runs that train [default: 60 %, whole groups]
    #[arg(long, value_name = "N")]
    train_rows: Option<usize>,
    /// Forward: runs after them whose errors set the intervals [default: errors within the training runs do]
    #[arg(long, value_name = "N", default_value_t = 0)]
    calibration_rows: usize,
    /// Weight of the newest residual in the residual update
    #[arg(long, value_name = "LAMBDA", default_value_t = 0.5)]
    update_lambda: f64,
    /// Do not try residual updates
    #[arg(long)]
    no_update: bool,
    /// Runs from a run to its measurement; 1: known before the next run
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
    /// Step of the adaptive miss rate
    #[arg(long, value_name = "STEP", default_value_t = 0.02)]
    gamma: f64,
    /// Errors that an adaptive interval remembers
    #[arg(long, value_name = "RUNS", default_value_t = 150)]
    window: usize,
    /// Seed of everything that is drawn
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Name under which models of the same purpose follow each other in the registry [default: the target]
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
    args.check()?;
    let table = args.runs.read(ctx)?;
    let (data, doubtful) = args.data(ctx, &table)?;
    let settings = args.settings(ctx, &data)?;
    let (report, best) = evaluate::evaluate(&data, &args.target, doubtful, &settings)
        .map_err(|error| Usage(format!("{}: {error}", table.table.file)))?;
    let train = if settings.kind == Kind::Forward { settings.train } else { data.len() };
    let origin = Origin {
        group: args.group.clone(),
        time: args.runs.time.clone(),
        data_sha256: table.sha256.clone(),
        ranges: ranges(&data, train),
    };
    let kept = match report.has_skill {
        true => args.store(ctx, &Model::of(&best, report.clone(), origin))?,
        false => Value::Null,
    };
    let source = json!({ "file": table.table.file, "sha256": table.sha256 });
    let document = report::document(&report, source, kept);
    if let Some(path) = &args.report {
        ctx.write_document(path, &document)?;
    }
    match ctx.format() {
        Format::Json => ctx.write_document("-", &document)?,
        _ => ctx.print(&report::rows(&report))?,
    }
    ctx.journal.results(report::history(&report));
    tell(ctx, &report);
    let missed = report.gates.iter().filter(|gate| !gate.passed).count();
    Ok(Outcome::found(missed))
}

fn tell(ctx: &Context, report: &Report) {
    ctx.log.info("vm", format!("the split is {}", report.split.text));
    for warning in &report.warnings {
        ctx.log.warning("vm", warning);
    }
    for gate in report.gates.iter().filter(|gate| report.has_skill && !gate.passed) {
        let found = gate.found.map_or("unknown".to_owned(), |found| format!("{found:.4}"));
        let message =
            format!("{} is {found}, limit {}: not fit for production", gate.gate, gate.limit);
        ctx.log.warning("gate", message);
    }
    let covered = report
        .coverage
        .found
        .map_or("an unknown share".to_owned(), |c| format!("{:.1} %", 100.0 * c));
    let worst = match (&report.coverage.worst_group, report.coverage.worst_group_coverage) {
        (Some(group), Some(share)) => {
            format!("; {:.1} % in the worst group, {group}", 100.0 * share)
        }
        _ => String::new(),
    };
    let nominal = 100.0 * report.coverage.nominal;
    ctx.log.info("vm", format!("intervals of {nominal:.0} % cover {covered}{worst}"));
    match report.has_skill {
        true => ctx.log.info("vm", &report.verdict),
        false => ctx.log.warning("vm", &report.verdict),
    }
}

fn ranges(data: &Data, train: usize) -> Vec<[f64; 2]> {
    (0..data.names.len())
        .map(|j| {
            let column = (0..train).map(|i| data.x.row(i)[j]);
            column.fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], v| {
                [low.min(v), high.max(v)]
            })
        })
        .collect()
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

    fn check(&self) -> Result<(), Usage> {
        let share = |name, value: f64, top: bool| {
            let fits = value > 0.0 && (value < 1.0 || top && value == 1.0);
            let end = if top { "at most 1" } else { "below 1" };
            if fits {
                Ok(())
            } else {
                Err(Usage(format!("{name} {value}: expected above 0, {end}")))
            }
        };
        share("--alpha", self.alpha, false)?;
        share("--update-lambda", self.update_lambda, true)?;
        share("--gamma", self.gamma, false)?;
        if let Some(alpha) = self.ridge_alpha.filter(|alpha| *alpha < 0.0) {
            return Err(Usage(format!("--ridge-alpha {alpha}: expected 0 or more")));
        }
        for (name, value) in [("--delay", self.delay), ("--window", self.window)] {
            if value == 0 {
                return Err(Usage(format!("{name} 0: expected 1 or more")));
            }
        }
        if self.split == Some(Split::Group) && self.group.is_none() {
            return Err(Usage(
                "--split group: name the column of the groups by --group".to_owned(),
            ));
        }
        Ok(())
    }

    fn kind(&self) -> Kind {
        match (self.shuffled, self.split, &self.group, &self.runs.time) {
            (true, ..) => Kind::Shuffled,
            (_, Some(Split::Group), ..) | (_, None, Some(_), None) => Kind::Group,
            _ => Kind::Forward,
        }
    }

    /// Measured runs with the features that are left, and the columns that are doubted.
    fn data(&self, ctx: &Context, read: &RunTable) -> Result<(Data, Vec<Doubtful>)> {
        let table = &read.table;
        let target = table.column(&self.target).map_err(Faults::from)?;
        let mut taken = vec![target];
        let named = self.group.iter().chain(&self.runs.time).chain(&self.ignore);
        for name in named {
            taken.push(table.column(name).map_err(Faults::from)?);
        }
        let order =
            self.order.as_ref().map(|name| table.column(name)).transpose().map_err(Faults::from)?;
        let columns = match self.features.is_empty() {
            false => self.chosen(read, &taken)?,
            true => {
                let (numeric, text) = read.numeric(&taken);
                let names: Vec<&str> = text.iter().map(|&c| table.columns[c].as_str()).collect();
                if !names.is_empty() {
                    ctx.log.info("vm", format!("columns of text are left out: {}", list(&names)));
                }
                numeric
            }
        };
        if columns.is_empty() {
            return Err(Usage(format!(
                "{}: no column of numbers is left to learn from",
                table.file
            ))
            .into());
        }
        let truth = read.target(target)?;
        let mut wanted = columns.clone();
        wanted.extend(order);
        let numbers = read.numbers(&wanted, self.runs.na)?;
        let whole = |row: usize| numbers.values.iter().all(|column| !column[row].is_nan());
        let rows: Vec<usize> =
            (0..table.len()).filter(|&row| truth[row].is_some() && whole(row)).collect();
        let unmeasured = truth.iter().filter(|y| y.is_none()).count();
        if unmeasured > 0 {
            ctx.log.info(
                "vm",
                format!(
                    "runs without a measured {}: {unmeasured} of {}, left out",
                    self.target,
                    table.len()
                ),
            );
        }
        let holes = table.len() - unmeasured - rows.len();
        if holes > 0 {
            ctx.log.warning(
                "vm",
                format!("measured runs with a cell that holds no number: {holes}, left out"),
            );
        }
        let (group, groups) = match &self.group {
            Some(name) => read.groups(name)?,
            None => (vec![0; table.len()], Vec::new()),
        };
        let pick = |values: &[usize]| rows.iter().map(|&row| values[row]).collect::<Vec<usize>>();
        let group = pick(&group);
        let data = Data {
            names: columns.iter().map(|&c| table.columns[c].clone()).collect(),
            x: input::matrix(&numbers.values[..columns.len()], &rows)?,
            y: rows.iter().filter_map(|&row| truth[row]).collect(),
            order: match order {
                Some(_) => rows.iter().map(|&row| numbers.values[columns.len()][row]).collect(),
                None => input::places(&group, groups.len()),
            },
            group,
            groups,
        };
        self.settle(data, table.file.as_str())
    }

    /// The features that were named, in their order.
    fn chosen(&self, read: &RunTable, taken: &[usize]) -> Result<Vec<usize>> {
        let mut columns = Vec::new();
        for name in &self.features {
            let column = read.table.column(name).map_err(Faults::from)?;
            if taken.contains(&column) {
                return Err(Usage(format!(
                    "--features: `{name}` is the target, the group, the time or ignored"
                ))
                .into());
            }
            if columns.contains(&column) {
                return Err(Usage(format!("--features: `{name}` is named twice")).into());
            }
            columns.push(column);
        }
        Ok(columns)
    }

    /// Names doubtful columns and leaves out those that nobody keeps.
    fn settle(&self, data: Data, file: &str) -> Result<(Data, Vec<Doubtful>)> {
        if data.len() < LEAST_TRAIN + LEAST_TEST {
            let message = format!(
                "{file}: {} measured runs; expected {} or more to train and to judge",
                data.len(),
                LEAST_TRAIN + LEAST_TEST
            );
            return Err(Usage(message).into());
        }
        let doubtful = columns::doubtful(&data, &self.target);
        let unknown = self.keep.iter().find(|name| !data.names.contains(name));
        if let Some(name) = unknown {
            let fault = libchar_core::Fault::of("--keep", format!("`{name}` is no feature"));
            return Err(
                Faults::from(fault.one_of(name, data.names.iter().map(String::as_str))).into()
            );
        }
        let left_out: Vec<String> = doubtful
            .iter()
            .filter(|d| d.doubt.leaves_out() && !self.keep.contains(&d.column))
            .map(|d| d.column.clone())
            .collect();
        if left_out.len() == data.names.len() {
            let names: Vec<&str> = left_out.iter().map(String::as_str).collect();
            let message = format!(
                "{file}: every column is doubtful, none is left to learn from: {}; --keep takes one all the same",
                list(&names)
            );
            return Err(Usage(message).into());
        }
        Ok((input::without(&data, &left_out)?, doubtful))
    }

    fn settings(&self, ctx: &Context, data: &Data) -> Result<Settings> {
        let kind = self.kind();
        if kind == Kind::Group && data.groups.len() < 3 {
            let message = format!(
                "--group: {} groups; expected 3 or more to leave each out",
                data.groups.len()
            );
            return Err(Usage(message).into());
        }
        let train = match (kind, self.train_rows) {
            (Kind::Forward, Some(rows)) => rows,
            (Kind::Forward, None) => self.cut(ctx, data),
            (_, Some(_)) => {
                return Err(
                    Usage("--train-rows: expected a split forward in time".to_owned()).into()
                );
            }
            _ => 0,
        };
        let used = train + self.calibration_rows;
        if kind == Kind::Forward && (train < LEAST_TRAIN || used + LEAST_TEST > data.len()) {
            let message = format!(
                "{train} runs to train and {} to set the intervals, of {}: expected {LEAST_TRAIN} or more to train and {LEAST_TEST} or more after all of them to judge",
                self.calibration_rows,
                data.len()
            );
            return Err(Usage(message).into());
        }
        if kind != Kind::Forward && self.calibration_rows > 0 {
            return Err(
                Usage("--calibration-rows: expected a split forward in time".to_owned()).into()
            );
        }
        let mut families = self.models.clone();
        families.dedup();
        Ok(Settings {
            kind,
            train,
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
        })
    }

    /// 60 % of the runs, and the rest of the group of the last of them, so that no group stands on both sides.
    fn cut(&self, ctx: &Context, data: &Data) -> usize {
        let wanted = data.len() * 60 / 100;
        if !data.has_groups() {
            return wanted;
        }
        let apart = |at: &usize| data.group[*at..].iter().all(|g| !data.group[..*at].contains(g));
        match (wanted..data.len().saturating_sub(LEAST_TEST)).find(apart) {
            Some(cut) => cut,
            None => {
                ctx.log.warning("vm", "groups reach from the training runs into the later ones: no cut keeps them apart");
                wanted
            }
        }
    }

    /// Registers the model, or writes it to the file that was named; says what it is.
    fn store(&self, ctx: &Context, model: &Model) -> Result<Value> {
        let bytes = artifact::encode(model)?;
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
