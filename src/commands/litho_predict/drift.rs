use super::registry::{Loaded, RegistryArgs, Store};
use super::shadow::report_of;
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use crate::told;
use anyhow::Result;
use clap::Args;
use libchar_assurance::litho::arrivals::Arrivals;
use libchar_assurance::litho::drift::{self, LEAST_JOBS, RETRAIN};
use libchar_assurance::litho::evaluate::Report;
use libchar_assurance::litho::record::Entry;
use libchar_history::registry::LITHO;
use libchar_litho::Job;
use serde_json::json;

const EXAMPLES: &str = "\
Without JOBS the newest jobs of the record are judged: their parameters and predictions against the training jobs, and those of
their results that have arrived against the intervals and errors with which the model was promoted.

Examples:
  libchar litho-predict drift tonight.csv
  libchar litho-predict drift --recent 500
  0 6 * * *  libchar -q litho-predict drift --metrics /var/lib/node_exporter/litho.prom   a cron job, daily

Exit code 1: something has drifted. Every finding is an alert.";

/// Compare recent jobs and their measured results with the training data of the model; exit 1 if they have drifted
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Drift {
    /// Recent jobs as CSV, JSON or JSON lines, `-` is standard input; result columns are ignored [default: the newest of the
    /// record, with their results]
    jobs: Option<String>,
    /// Number of newest jobs of the record to compare
    #[arg(long, value_name = "N", default_value_t = 200, conflicts_with = "jobs")]
    recent: usize,
    /// Model whose training jobs are the reference [default: the one in production]
    #[arg(short, long)]
    model: Option<String>,
    /// Probability that there is no alarm at all if nothing has drifted
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
    let (jobs, entries, store): (Vec<Job>, Vec<Entry>, Option<Store>) = match &args.jobs {
        // A model given as a file needs no registry if the jobs come from a file.
        Some(file) => (drift::jobs(&ctx.read(file)?)?, Vec::new(), opened.ok()),
        None => {
            let store = opened?;
            let entries = drift::newest(super::jobs::entries(&store)?, args.recent);
            (entries.iter().filter_map(|entry| entry.job.clone()).collect(), entries, Some(store))
        }
    };
    let loaded = args.registry.load(ctx, args.model.as_deref())?;
    let (values, strange) = drift::features(&jobs);
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
    let promised = arrived.as_ref().map(|(arrivals, report)| (arrivals, report));
    let found = drift::Drift::of(&loaded.surrogate, &values, args.level, promised)?;
    told::measure(ctx, found.metrics());
    told::keep(ctx, found.kept());
    ctx.print(&found.frame())?;
    let alerts = found.alerts(&loaded.version);
    for alert in &alerts {
        match &store {
            Some(store) => store.fire_once(ctx, told::alert(alert.clone()))?,
            None => ctx.log.warning("drift", &alert.message),
        }
    }
    if !alerts.is_empty() {
        ctx.log.info("drift", RETRAIN);
    }
    Ok(Outcome::found(found.findings()))
}

/// Results of recent jobs that the model has not seen, and the model's evaluation; `None` if the
/// registry has no evaluation of the model.
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
    let arrived = drift::arrivals(&loaded.surrogate, &report, entries)?;
    ctx.log.info("arrivals", arrived.sentence(&loaded.version));
    Ok(Some((arrived, report)))
}
