use super::job_table;
use super::registry::{RegistryArgs, now};
use super::surrogate::TARGETS;
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::Result;
use clap::Args;
use libchar_core::{Faults, Frame};
use libchar_history::registry::NewAlert;
use libchar_learn::psi::{self, Bins, ZeroBins};
use libchar_litho::learner::{self, PARAMETER_NAMES, Row};
use serde_json::json;

/// Fewest jobs in a window: with fewer a decile is expected to hold less than two.
const LEAST_JOBS: usize = 20;

/// Compare a window of jobs with those that the model was trained on; exit 1 if they have drifted
#[derive(Args)]
pub struct Drift {
    /// Recent jobs as CSV, JSON or JSON lines; result columns are left aside [default: standard input]
    jobs: Option<String>,
    /// Model whose training jobs are the reference [default: the one in production]
    #[arg(short, long)]
    model: Option<String>,
    /// Probability of no alarm at all when nothing has moved
    #[arg(long, default_value_t = 0.95)]
    level: f64,
    #[command(flatten)]
    registry: RegistryArgs,
}

/// The index of one column.
struct Shift {
    name: String,
    kind: &'static str,
    bins: usize,
    reference_jobs: usize,
    psi: f64,
    critical: f64,
}

impl Shift {
    fn of(
        name: &str,
        kind: &'static str,
        bins: &Bins,
        constant: f64,
        window: &[f64],
        level: f64,
    ) -> Result<Shift> {
        let reference_jobs = bins.reference_rows();
        if bins.is_empty() {
            return Self::from_constant(name, kind, (reference_jobs, constant), window, level);
        }
        Ok(Shift {
            name: name.to_owned(),
            kind,
            bins: bins.len(),
            reference_jobs,
            psi: bins.psi(window, ZeroBins::AddHalf)?,
            critical: psi::critical(bins.len(), window.len(), reference_jobs, level)?,
        })
    }

    /// A column that never varied in training: two bins, its value and all others.
    fn from_constant(
        name: &str,
        kind: &'static str,
        (reference_jobs, constant): (usize, f64),
        window: &[f64],
        level: f64,
    ) -> Result<Shift> {
        let is_same = |v: &&f64| (**v - constant).abs() <= 1e-9 * constant.abs();
        let same = window.iter().filter(is_same).count() as u64;
        let counts = [same, window.len() as u64 - same];
        Ok(Shift {
            name: name.to_owned(),
            kind,
            bins: 2,
            reference_jobs,
            psi: psi::from_counts(&[reference_jobs as u64, 0], &counts, ZeroBins::AddHalf)?,
            critical: psi::critical(2, window.len(), reference_jobs, level)?,
        })
    }

    fn drifted(&self) -> bool {
        self.psi > self.critical
    }
}

pub fn run(args: &Drift, ctx: &Context) -> Result<Outcome> {
    ctx.begin("litho-predict drift", json!({ "model": args.model, "level": args.level }));
    if !(args.level > 0.0 && args.level < 1.0) {
        return Err(Usage(format!("--level {}: not between 0 and 1", args.level)).into());
    }
    let source = ctx.read(args.jobs.as_deref().unwrap_or("-"))?;
    let table = job_table::parse(&source)?;
    let skip = |name: &str| name.starts_with("true_") || TARGETS.iter().any(|t| t.0 == name);
    let (jobs, faults) = job_table::rows(&table, &[], skip);
    let jobs = Faults::or(jobs, faults)?;
    let loaded = args.registry.load(ctx, args.model.as_deref())?;

    let mut values = Vec::new();
    let mut strange = 0;
    for named in &jobs {
        match learner::row(&named.job) {
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
    let shifts = shifts(&loaded.surrogate, &values, args.level)?;
    print(ctx, &shifts, values.len())?;

    let drifted: Vec<&Shift> = shifts.iter().filter(|shift| shift.drifted()).collect();
    if let Some(worst) = drifted.iter().max_by(|a, b| a.psi.total_cmp(&b.psi)) {
        let message = format!(
            "{} of {} columns drifted from the training jobs of {}; worst {}: PSI {:.3}, critical {:.3}",
            drifted.len(),
            shifts.len(),
            loaded.version,
            worst.name,
            worst.psi,
            worst.critical
        );
        let recommendation = "retrain on recent jobs: libchar litho-predict train";
        let alert = NewAlert {
            fired_at: now(),
            severity: if worst.psi > 2.0 * worst.critical { "CRITICAL" } else { "WARN" },
            job_id: None,
            alert_type: "drift",
            message,
            recommendation: Some(recommendation.to_owned()),
        };
        // A model that is only a file has no registry to keep alerts.
        match args.registry.open_existing(ctx) {
            Ok(store) => store.fire(ctx, alert)?,
            Err(_) => ctx.log.warning("drift", alert.message),
        }
        ctx.log.info("drift", recommendation);
    }
    Ok(Outcome::found(drifted.len()))
}

/// Every parameter and every prediction; the level holds for all of them together (Bonferroni).
fn shifts(model: &libchar_learn::Surrogate, jobs: &[Row], level: f64) -> Result<Vec<Shift>> {
    let mut columns = Vec::new();
    for (j, name) in PARAMETER_NAMES.iter().enumerate() {
        let window: Vec<f64> = jobs.iter().map(|job| job.values[j]).collect();
        let constant = model.feature_ranges().nth(j).map_or(f64::NAN, |(low, _)| low);
        columns.push((*name, "feature", &model.feature_bins()[j], constant, window));
    }
    let predicted: Vec<_> = jobs
        .iter()
        .map(|job| model.predict(&job.values, job.regime as usize))
        .collect::<Result<_, _>>()?;
    for (t, (target, bins)) in model.targets().zip(model.prediction_bins()).enumerate() {
        let window: Vec<f64> = predicted.iter().map(|p| p[t].value).collect();
        let own = bins.is_empty().then(|| window.first().copied()).flatten();
        columns.push((target.name.as_str(), "prediction", bins, own.unwrap_or(f64::NAN), window));
    }
    let each = 1.0 - (1.0 - level) / columns.len().max(1) as f64;
    columns
        .iter()
        .map(|(name, kind, bins, constant, window)| {
            Shift::of(name, kind, bins, *constant, window, each)
        })
        .collect()
}

fn print(ctx: &Context, shifts: &[Shift], jobs: usize) -> Result<()> {
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
    ];
    let mut frame = Frame::new("libchar.litho-drift", 1, columns);
    let metrics = &mut ctx.metrics.borrow_mut();
    for shift in shifts {
        frame.push(vec![
            shift.name.as_str().into(),
            shift.kind.into(),
            jobs.into(),
            shift.reference_jobs.into(),
            shift.bins.into(),
            shift.psi.into(),
            shift.critical.into(),
            shift.drifted().into(),
            ZeroBins::AddHalf.name().into(),
        ]);
        let labels = [("column", shift.name.as_str()), ("kind", shift.kind)];
        metrics.gauge("lto_model_drift_psi", "Population stability index", &labels, shift.psi);
    }
    ctx.print(&frame)
}
