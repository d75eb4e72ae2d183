use super::artifact::{self, Loaded};
use super::input::{self, RunTable, Runs};
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use crate::registry::RegistryArgs;
use anyhow::Result;
use clap::{Args, ValueEnum};
use libchar_assurance::intervals::Interval;
use libchar_assurance::predict::{Decision, Replay, Rule, Run, replay};
use libchar_assurance::sampling::Allowed;
use libchar_core::{Cell, Faults, Format, Frame, frame};
use libchar_history::ResultRow;
use serde_json::{Value, json};

const EXAMPLES: &str = "\
Examples:
  libchar vm predict new.csv --model depth.json
  libchar vm predict new.csv --lower 43.5 --upper 44.5 --risk 0.05
  libchar vm predict new.csv --tolerance 0.4 --risk 0.05 --format json

Rows are runs in the order of time. A cell of the target that holds a number is a measurement: it tells how many runs lay
inside their intervals so far, corrects what comes after it, and counts for the rule of measure or skip.
Exit 1 when a run's inputs lie outside the range of the training runs.";

/// Which interval is used
#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    /// One width, from held-out errors by group or forward in time
    Static,
    /// Follows the errors of measured runs
    Adaptive,
}

/// Predict runs with intervals, what they rest on, and whether to measure
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Predict {
    #[command(flatten)]
    runs: Runs,
    /// Model: a file, version or id [default: the one in production]
    #[arg(short, long, value_name = "MODEL")]
    model: Option<String>,
    /// Interval [default: the one that kept its promise in the evaluation]
    #[arg(long, value_enum)]
    interval: Option<Kind>,
    /// Lower limit of the target: a run may go unmeasured where its interval stays above
    #[arg(long, value_name = "VALUE")]
    lower: Option<f64>,
    /// Upper limit of the target
    #[arg(long, value_name = "VALUE")]
    upper: Option<f64>,
    /// Greatest error of a run that goes unmeasured, in place of limits
    #[arg(long, value_name = "VALUE", conflicts_with_all = ["lower", "upper"])]
    tolerance: Option<f64>,
    /// Greatest share of wrong skips, which the upper 95 % bound of Wilson must not exceed
    #[arg(long, value_name = "SHARE", default_value_t = 0.05)]
    risk: f64,
    /// Runs from a run to its measurement [default: as in training]
    #[arg(long, value_name = "RUNS")]
    delay: Option<usize>,
    #[command(flatten)]
    registry: RegistryArgs,
}

pub fn run(args: &Predict, ctx: &Context) -> Result<Outcome> {
    ctx.begin(
        "vm predict",
        json!({ "data": args.runs.data, "model": args.model, "risk": args.risk }),
    );
    let rule = args.rule()?;
    let loaded = artifact::choose(&args.registry, ctx, args.model.as_deref())?;
    let table = args.runs.read(ctx)?;
    let truth = match table.table.find_column(&loaded.model.target) {
        Some(column) => table.target(column)?,
        None => vec![None; table.table.len()],
    };
    let features: Vec<usize> = columns(&table, &loaded.model.features)?;
    let numbers = table.numbers(&features, args.runs.na)?;
    let whole = |row: &usize| numbers.values.iter().all(|column| !column[*row].is_nan());
    let rows: Vec<usize> = (0..table.table.len()).filter(whole).collect();
    if rows.len() < table.table.len() {
        let message = format!(
            "runs with a cell that holds no number: {}, not predicted",
            table.table.len() - rows.len()
        );
        ctx.log.warning("vm", message);
    }
    let truth: Vec<Option<f64>> = rows.iter().map(|&row| truth[row]).collect();
    let interval = match args.interval {
        Some(Kind::Static) => Interval::Static,
        Some(Kind::Adaptive) => Interval::Adaptive,
        None => loaded.model.interval.kind,
    };
    let trained = loaded.model.update.as_ref().map_or(1, |update| update.delay);
    let x = input::matrix(&numbers.values, &rows)?;
    let delay = args.delay.unwrap_or(trained);
    if delay == 0 {
        return Err(Usage("--delay 0: expected 1 or more".to_owned()).into());
    }
    let mut model = loaded.model.clone();
    model.update.iter_mut().for_each(|update| update.delay = delay);
    let found = replay(&model, &loaded.fitted, &x, &truth, interval, rule, delay);
    let shown = Shown {
        loaded: &loaded,
        found: &found,
        truth: &truth,
        table: &table,
        rows: &rows,
        interval,
    };
    match ctx.format() {
        Format::Json => ctx.write_document("-", &shown.document(rule))?,
        _ => ctx.print(&shown.frame(rule.is_some()))?,
    }
    ctx.journal.results(shown.history());
    shown.tell(ctx, rule)
}

fn columns(table: &RunTable, features: &[String]) -> Result<Vec<usize>, Faults> {
    let (found, missing): (Vec<_>, Vec<_>) =
        features.iter().map(|name| table.table.column(name)).partition(Result::is_ok);
    let missing = missing.into_iter().filter_map(Result::err).collect();
    Faults::or(found.into_iter().flatten().collect(), missing)
}

impl Predict {
    fn rule(&self) -> Result<Option<Rule>, Usage> {
        if !(self.risk > 0.0 && self.risk < 1.0) {
            return Err(Usage(format!("--risk {}: expected above 0, below 1", self.risk)));
        }
        let allowed = match (self.tolerance, self.lower, self.upper) {
            (Some(most), ..) if most > 0.0 => Allowed::Error(most),
            (Some(most), ..) => return Err(Usage(format!("--tolerance {most}: expected above 0"))),
            (None, None, None) => return Ok(None),
            (None, lower, upper) => {
                let (low, high) =
                    (lower.unwrap_or(f64::NEG_INFINITY), upper.unwrap_or(f64::INFINITY));
                if low >= high {
                    return Err(Usage(format!(
                        "--lower {low} --upper {high}: expected the lower limit below the upper"
                    )));
                }
                Allowed::Within(low, high)
            }
        };
        Ok(Some(Rule { allowed, risk: self.risk }))
    }
}

/// What is shown of predictions.
struct Shown<'a> {
    loaded: &'a Loaded,
    found: &'a Replay,
    truth: &'a [Option<f64>],
    table: &'a RunTable,
    rows: &'a [usize],
    interval: Interval,
}

impl Shown<'_> {
    /// What names a run: its time or its line.
    fn name(&self, at: usize) -> String {
        let row = self.rows[at];
        let time =
            self.loaded.model.time.as_ref().and_then(|name| self.table.table.find_column(name));
        match time {
            Some(column) => self.table.table.cell(row, column).to_owned(),
            None => format!("line {}", self.table.table.line(row)),
        }
    }

    fn outside(&self, run: &Run) -> Vec<&str> {
        run.outside.iter().map(|&j| self.loaded.model.features[j].as_str()).collect()
    }

    /// Features that move the value most, the largest first.
    fn main(&self, run: &Run) -> Vec<(&str, f64)> {
        let names = self.loaded.model.features.iter().map(String::as_str);
        let mut parts: Vec<(&str, f64)> = names.zip(run.attributions.iter().copied()).collect();
        parts.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        parts.retain(|part| part.1 != 0.0);
        parts
    }

    fn frame(&self, rule: bool) -> Frame {
        let mut columns = vec![
            "run",
            "predicted",
            "low",
            "high",
            "measured",
            "inside",
            "correction",
            "outside",
            "main",
        ];
        if rule {
            columns.extend(["decision", "reason"]);
        }
        let mut frame = Frame::new("libchar.vm-rows", 1, columns);
        for (at, run) in self.found.runs.iter().enumerate() {
            let main: Vec<String> = self
                .main(run)
                .iter()
                .take(3)
                .map(|(name, part)| format!("{name} {part:+.4}"))
                .collect();
            let mut row: Vec<Cell> = vec![
                self.name(at).into(),
                run.value.into(),
                (run.value - run.half_width).into(),
                (run.value + run.half_width).into(),
                self.truth[at].into(),
                run.covered.into(),
                run.correction.into(),
                self.outside(run).join(" ").into(),
                main.join("; ").into(),
            ];
            if rule {
                let (decision, reason) = decided(run);
                row.extend([decision.into(), reason.into()]);
            }
            frame.push(row);
        }
        frame
    }

    fn document(&self, rule: Option<Rule>) -> Value {
        let finite = |value: f64| value.is_finite().then_some(value);
        let runs: Vec<Value> = (0..self.found.runs.len())
            .map(|at| {
                let run = &self.found.runs[at];
                let (decision, reason) = decided(run);
                let parts: serde_json::Map<String, Value> =
                    self.main(run).into_iter().map(|(name, part)| (name.to_owned(), json!(part))).collect();
                json!({
                    "run": self.name(at), "predicted": run.value, "low": finite(run.value - run.half_width),
                    "high": finite(run.value + run.half_width), "measured": self.truth[at], "inside": run.covered,
                    "base": run.base, "correction": run.correction, "attributions": parts, "outside": self.outside(run),
                    "decision": decision, "reason": reason,
                })
            })
            .collect();
        let coverage = (self.found.measured > 0)
            .then(|| self.found.covered as f64 / self.found.measured as f64);
        let sampling = rule.map(|rule| {
            let record = self.found.record;
            json!({ "risk": rule.risk, "earlier_skips": record.skips, "wrong": record.wrong, "wrong_upper_95": record.bound() })
        });
        let body = json!({
            "model": self.loaded.version, "target": self.loaded.model.target,
            "interval": self.interval, "nominal": 1.0 - self.loaded.model.interval.alpha,
            "measured": self.found.measured, "inside": self.found.covered, "coverage_so_far": coverage,
            "sampling": sampling, "runs": runs,
        });
        frame::document("libchar.vm-predict", 1, body)
    }

    fn history(&self) -> Vec<ResultRow> {
        let target = &self.loaded.model.target;
        let one = |at: usize| ResultRow {
            point: Some(self.name(at)),
            ..ResultRow::value(format!("{target} predicted"), self.found.runs[at].value, None)
        };
        (0..self.found.runs.len()).map(one).collect()
    }

    fn tell(&self, ctx: &Context, rule: Option<Rule>) -> Result<Outcome> {
        let found = self.found;
        if found.measured > 0 {
            let share = 100.0 * found.covered as f64 / found.measured as f64;
            let nominal = 100.0 * (1.0 - self.loaded.model.interval.alpha);
            ctx.log.info(
                "vm",
                format!(
                    "coverage so far: {share:.1} % of {} measured runs, {nominal:.0} % wanted",
                    found.measured
                ),
            );
        }
        if let Some(rule) = rule {
            let skips = found
                .runs
                .iter()
                .filter(|run| matches!(run.decision, Some((Decision::Skip, _))))
                .count();
            ctx.log.info("vm", format!(
                "{skips} of {} runs may go unmeasured at a risk of {:.1} %: {} of {} earlier skips would have been wrong, at most {:.2} % (95 %)",
                found.runs.len(), 100.0 * rule.risk, found.record.wrong, found.record.skips, 100.0 * found.record.bound()
            ));
        }
        let mut beyond = 0;
        for (at, run) in found.runs.iter().enumerate().filter(|(_, run)| !run.outside.is_empty()) {
            beyond += 1;
            if beyond <= 10 {
                ctx.log.warning(
                    "vm",
                    format!(
                        "run {}: outside the range of the training runs: {}",
                        self.name(at),
                        self.outside(run).join(", ")
                    ),
                );
            }
        }
        if beyond > 10 {
            ctx.log.warning(
                "vm",
                format!(
                    "{} more runs have inputs outside the range of the training runs",
                    beyond - 10
                ),
            );
        }
        Ok(Outcome::found(beyond))
    }
}

fn decided(run: &Run) -> (Option<&'static str>, Option<String>) {
    match &run.decision {
        Some((Decision::Skip, reason)) => (Some("skip"), Some(reason.clone())),
        Some((Decision::Measure, reason)) => (Some("measure"), Some(reason.clone())),
        None => (None, None),
    }
}
