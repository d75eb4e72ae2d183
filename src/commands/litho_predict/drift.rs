use super::registry::{Loaded, RegistryArgs, Store, now};
use super::shadow::report_of;
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use clap::Args;
use libchar_assurance::litho::arrivals::{self, Arrivals, Test};
use libchar_assurance::litho::evaluate::Report;
use libchar_assurance::litho::job_table;
use libchar_assurance::litho::record::{Entry, Truth};
use libchar_assurance::litho::shifts::{Shift, shifts};
use libchar_assurance::litho::targets::TARGETS;
use libchar_assurance::litho::{NamedJob, trial};
use libchar_core::{Cell, Faults, Frame};
use libchar_history::ResultRow;
use libchar_history::registry::{LITHO, NewAlert};
use libchar_learn::psi::ZeroBins;
use libchar_litho::Job;
use libchar_litho::learner;
use serde_json::json;

/// Fewest jobs in a window: with fewer a decile is expected to hold less than two.
const LEAST_JOBS: usize = 20;

const EXAMPLES: &str = "\
Without JOBS the newest jobs of the record are judged: their parameters and predictions against the training jobs, and what has
arrived of their results against the intervals and the errors that the model was promoted with.

Examples:
  libchar litho-predict drift tonight.csv
  libchar litho-predict drift --recent 500
  0 6 * * *  libchar -q litho-predict drift --metrics /var/lib/node_exporter/litho.prom   a cron job, daily

Exit code 1: something moved. Every finding is an alert.";

/// Compare recent jobs, and results that have arrived, with what the model was trained on; exit 1 if they have drifted
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Drift {
    /// Recent jobs as CSV, JSON or JSON lines, `-` is standard input; result columns are left aside [default: the newest of the
    /// record, with their results]
    jobs: Option<String>,
    /// Jobs of the record that are recent
    #[arg(long, value_name = "N", default_value_t = 200, conflicts_with = "jobs")]
    recent: usize,
    /// Model whose training jobs are the reference [default: the one in production]
    #[arg(short, long)]
    model: Option<String>,
    /// Probability of no alarm at all when nothing has moved
    #[arg(long, default_value_t = 0.95)]
    level: f64,
    #[command(flatten)]
    registry: RegistryArgs,
}

pub fn run(args: &Drift, ctx: &Context) -> Result<Outcome> {
    ctx.begin("litho-predict drift", json!({ "model": args.model, "level": args.level }));
    if !(args.level > 0.0 && args.level < 1.0) {
        return Err(Usage(format!("--level {}: not between 0 and 1", args.level)).into());
    }
    let opened = args.registry.open_existing(ctx);
    let (jobs, entries, store) = match &args.jobs {
        // A model that is only a file has no registry, and is enough for jobs of a file.
        Some(file) => (read(ctx, file)?, Vec::new(), opened.ok()),
        None => {
            let store = opened?;
            let (jobs, entries) = recent(&store, args.recent)?;
            (jobs, entries, Some(store))
        }
    };
    let loaded = args.registry.load(ctx, args.model.as_deref())?;
    let mut values = Vec::new();
    let mut strange = 0;
    for job in &jobs {
        match learner::row(job) {
            Ok(features) => values.push(features),
            Err(_) => strange += 1,
        }
    }
    if strange > 0 {
        ctx.log.warning("drift", format!("{strange} jobs that no feature expresses are left out"));
    }
    if values.len() < LEAST_JOBS {
        let message = format!("a window needs at least {LEAST_JOBS} jobs, found {}", values.len());
        return Err(Usage(message).into());
    }
    let arrived = match &store {
        Some(store) if !entries.is_empty() => arrived(ctx, store, &loaded, &entries)?,
        _ => None,
    };
    let others = arrived.as_ref().map_or(0, |(arrived, _)| arrived.tests());
    let shifts = shifts(&loaded.surrogate, &values, args.level, others)?;
    let tests = match &arrived {
        Some((arrived, report)) => {
            let chance = (1.0 - args.level) / (shifts.len() + others).max(1) as f64;
            arrived.judge(&loaded.surrogate, report, chance)
        }
        None => Vec::new(),
    };
    print(ctx, &shifts, &tests, values.len())?;
    let found = raise(ctx, store.as_ref(), &loaded.version, &shifts, &tests)?;
    Ok(Outcome::found(found))
}

fn read(ctx: &Context, file: &str) -> Result<Vec<Job>> {
    let source = ctx.read(file)?;
    let table = job_table::parse(&source)?;
    let skip = |name: &str| name.starts_with("true_") || TARGETS.iter().any(|t| t.0 == name);
    let (jobs, faults) = job_table::rows(&table, &[], skip);
    let jobs: Vec<NamedJob> = Faults::or(jobs, faults)?;
    Ok(jobs.into_iter().map(|named| named.job).collect())
}

/// The newest jobs of the record.
fn recent(store: &Store, number: usize) -> Result<(Vec<Job>, Vec<Entry>)> {
    let mut entries = super::jobs::entries(store)?;
    entries.retain(|entry| entry.job.is_some());
    let entries = entries.split_off(entries.len().saturating_sub(number));
    Ok((entries.iter().filter_map(|entry| entry.job.clone()).collect(), entries))
}

/// Results of recent jobs that the model has not seen, and its own evaluation; absent where it has none to hold them to.
fn arrived(
    ctx: &Context,
    store: &Store,
    loaded: &Loaded,
    entries: &[Entry],
) -> Result<Option<(Arrivals, Report)>> {
    let report = match store.registry.model(&loaded.version) {
        Ok(model) if model.family == LITHO => report_of(&model)?,
        _ => {
            let message = "the model is only a file, without an evaluation to hold arrivals to";
            ctx.log.warning("drift", message);
            return Ok(None);
        }
    };
    let seen = trial::seen([&report]);
    let names: Vec<String> = loaded.surrogate.targets().map(|t| t.name.clone()).collect();
    let mut jobs: Vec<(&Job, Vec<Option<f64>>)> = Vec::new();
    for entry in entries {
        let truth: Vec<Option<f64>> =
            names.iter().map(|name| entry.truth(name, Truth::Best)).collect();
        let Some(job) = &entry.job else { continue };
        let is_new = !seen.contains(&libchar_assurance::litho::targets::job_key(job));
        if is_new && truth.iter().any(Option::is_some) {
            jobs.push((job, truth));
        }
    }
    let arrived = Arrivals::of(&loaded.surrogate, &jobs)?;
    let least = arrivals::LEAST;
    let mut message = format!(
        "results of {} jobs that {} has not seen have arrived",
        arrived.jobs, loaded.version
    );
    if arrived.doubtful > 0 {
        let more = format!("; {} more are unlike its training jobs", arrived.doubtful);
        message.push_str(&more);
    }
    if arrived.tests() == 0 {
        message.push_str(&format!(": {least} are needed to judge coverage and error"));
    }
    ctx.log.info("arrivals", message);
    Ok(Some((arrived, report)))
}

/// Fires an alert for each kind of finding; returns how many findings there are.
fn raise(
    ctx: &Context,
    store: Option<&Store>,
    version: &str,
    shifts: &[Shift],
    tests: &[Test],
) -> Result<usize> {
    let retrain = "retrain on recent jobs: libchar litho-predict retrain";
    let mut alerts: Vec<(&'static str, &'static str, String)> = Vec::new();
    let drifted: Vec<&Shift> = shifts.iter().filter(|shift| shift.drifted()).collect();
    if let Some(worst) = drifted.iter().max_by(|a, b| a.psi.total_cmp(&b.psi)) {
        let message = format!(
            "{} of {} columns drifted from the training jobs of {version}; worst {}: PSI {:.3}, critical {:.3}",
            drifted.len(),
            shifts.len(),
            worst.name,
            worst.psi,
            worst.critical
        );
        let severity = if worst.psi > 2.0 * worst.critical { "CRITICAL" } else { "WARN" };
        alerts.push((severity, "drift", message));
    }
    for test in tests.iter().filter(|test| test.broken) {
        let what = match test.kind {
            "coverage" => format!(
                "intervals of {version} hold {:.1} % of what arrived of {}, {:.1} % were promised ({} jobs)",
                100.0 * test.found,
                test.what,
                100.0 * test.promised,
                test.jobs
            ),
            _ => format!(
                "errors of {version} are {:.4} sd on {} jobs that arrived, {:.4} on its own test",
                test.found, test.jobs, test.promised
            ),
        };
        alerts.push(("CRITICAL", if test.kind == "coverage" { "coverage" } else { "error" }, what));
    }
    for (severity, alert_type, message) in &alerts {
        let alert = NewAlert {
            fired_at: now(),
            severity,
            job_id: None,
            alert_type,
            message: message.clone(),
            recommendation: Some(retrain.to_owned()),
        };
        match store {
            Some(store) => store.fire_once(ctx, alert)?,
            None => ctx.log.warning("drift", alert.message),
        }
    }
    if !alerts.is_empty() {
        ctx.log.info("drift", retrain);
    }
    Ok(drifted.len() + tests.iter().filter(|test| test.broken).count())
}

fn print(ctx: &Context, shifts: &[Shift], tests: &[Test], jobs: usize) -> Result<()> {
    let columns = [
        "column",
        "kind",
        "jobs",
        "reference_jobs",
        "bins",
        "psi",
        "critical",
        "drifted",
        "zero_bins",
        "found",
        "promised",
        "p_value",
    ];
    let mut frame = Frame::new("libchar.litho-drift", 2, columns);
    let metrics = &mut ctx.metrics.borrow_mut();
    for shift in shifts {
        let mut row: Vec<Cell> = vec![
            shift.name.as_str().into(),
            shift.kind.into(),
            jobs.into(),
            shift.reference_jobs.into(),
            shift.bins.into(),
            shift.psi.into(),
            shift.critical.into(),
            shift.drifted().into(),
            ZeroBins::AddHalf.name().into(),
        ];
        row.extend([Cell::Null, Cell::Null, Cell::Null]);
        frame.push(row);
        let labels = [("column", shift.name.as_str()), ("kind", shift.kind)];
        metrics.gauge("lto_model_drift_psi", "Population stability index", &labels, shift.psi);
        let status = if shift.drifted() { "fails" } else { "ok" }.to_owned();
        let point = Some(shift.name.clone());
        let row = ResultRow::value(format!("psi_{}", shift.kind), shift.psi, None);
        ctx.journal.results([ResultRow { point, status, ..row }]);
    }
    for test in tests {
        let mut row: Vec<Cell> = vec![
            test.what.as_str().into(),
            test.kind.into(),
            test.jobs.into(),
            test.reference_jobs.into(),
        ];
        row.extend([Cell::Null, Cell::Null, Cell::Null]);
        row.push(test.broken.into());
        row.push(Cell::Null);
        row.extend([test.found, test.promised, test.p_value].map(Cell::from));
        frame.push(row);
        let labels = [("what", test.what.as_str())];
        let name = format!("lto_model_arrivals_{}", test.kind);
        metrics.gauge(&name, "Of results that arrived after training", &labels, test.found);
        let status = if test.broken { "fails" } else { "ok" }.to_owned();
        let row = ResultRow::value(test.kind, test.found, None);
        ctx.journal.results([ResultRow { point: Some(test.what.clone()), status, ..row }]);
    }
    ctx.print(&frame)
}
