use super::models;
use super::plain;
use super::registry::{RegistryArgs, Store};
use super::shadow;
use super::train;
use crate::context::Context;
use crate::exit::Outcome;
use crate::told::{keep, measure};
use anyhow::Result;
use clap::{Args, ValueEnum};
use libchar_assurance::gate::Gate;
use libchar_assurance::litho::holdout::{self, Holdout};
use libchar_assurance::litho::known::Known;
use libchar_assurance::litho::known_table::unknown_target;
use libchar_assurance::litho::record::{Truth, lessons};
use libchar_assurance::litho::tables::gate_frame;
use libchar_assurance::litho::targets::TARGETS;
use libchar_assurance::litho::training::{self, Trained};
use libchar_assurance::litho::trial::{self, LEAST_JOBS};
use libchar_core::Faults;
use libchar_history::registry::{LITHO, Model};
use libchar_learn::train::Settings;
use serde_json::json;

const EXAMPLES: &str = "\
Examples:
  libchar litho-predict jobs import fab.csv            add jobs with results to the record
  libchar litho-predict retrain                        train a candidate, and test every gate
  libchar litho-predict retrain --truth measured --promote
  0 3 * * 1  libchar -q litho-predict retrain --promote   a cron job, weekly

Exit code 1: the model fails a gate and stays a candidate.";

/// Train a model on the record of jobs, try it beside the one in production, test every gate; exit 1 if it fails one
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Retrain {
    /// Results that count as the truth
    #[arg(long, default_value = "best")]
    truth: Whose,
    /// Results to predict [default: those that at least half of the jobs with results have]
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    targets: Vec<String>,
    /// Share of results that may lie outside their intervals
    #[arg(long, value_name = "SHARE", default_value_t = 0.05)]
    alpha: f64,
    /// Seed of all random draws
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Put the model into production if it passes every gate
    #[arg(long)]
    promote: bool,
    #[command(flatten)]
    registry: RegistryArgs,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Whose {
    /// Mean of the measured results; simulated results if there are none
    Best,
    /// Measured results only
    Measured,
    /// Simulated results only
    Simulated,
}

impl Whose {
    pub fn truth(self) -> Truth {
        match self {
            Whose::Best => Truth::Best,
            Whose::Measured => Truth::Measured,
            Whose::Simulated => Truth::Simulated,
        }
    }
}

pub fn run(args: &Retrain, ctx: &Context) -> Result<Outcome> {
    let parameters = json!({ "seed": args.seed, "alpha": args.alpha, "targets": args.targets });
    ctx.begin("litho-predict retrain", parameters);
    let wanted: Vec<&str> = args.targets.iter().map(String::as_str).collect();
    let unknown = wanted.iter().filter(|name| !TARGETS.iter().any(|t| t.0 == **name));
    Faults::or((), unknown.map(|name| unknown_target(name)).collect())?;
    let store = args.registry.open_existing(ctx)?;
    let entries = super::jobs::entries(&store)?;
    let found = lessons(&entries, args.truth.truth(), &wanted)?;
    ctx.log.info("record", found.sentence(entries.len()));

    let production = store.registry.production(LITHO)?;
    let held = share(&found.known, production.as_ref(), args.seed)?;
    let known = found.known.select(&held.order);
    let settings = Settings { alpha: args.alpha, seed: args.seed, ..Settings::default() };
    let trained = Trained::of(&known, held.parts(), &settings).map_err(plain)?;
    let version = train::register(ctx, &store, &trained)?;
    keep(ctx, training::kept(&trained.report));
    let model = store.registry.model(&version)?;
    let gates = gates(ctx, &store, &model, production.as_ref(), &found.known, &held)?;
    ctx.print(&gate_frame(&gates))?;
    measure(ctx, training::gate_metrics(&gates));
    let is_in_production = production.as_ref().is_some_and(|p| p.model_id == model.model_id);
    if args.promote && !is_in_production {
        return models::put_into_production(ctx, &store, &model, &gates);
    }
    let failed = gates.iter().filter(|gate| !gate.passed).count();
    if is_in_production {
        ctx.log.info("retrain", format!("{version} is in production already: nothing is new"));
    } else if failed == 0 {
        let message = format!("`libchar models promote {version}` puts it into production");
        ctx.log.info("retrain", message);
    }
    Ok(Outcome::found(failed))
}

/// Chooses the jobs that train, calibrate, test, and are held back for the trial.
fn share(known: &Known, production: Option<&Model>, seed: u64) -> Result<Holdout> {
    let keys = known.keys();
    let is_new = match production {
        Some(model) => {
            let seen = trial::seen([&shadow::report_of(model)?]);
            Some(keys.iter().map(|key| !seen.contains(key)).collect::<Vec<bool>>())
        }
        None => None,
    };
    Ok(holdout::share(&keys, is_new.as_deref(), LEAST_JOBS, seed))
}

/// The gates of the evaluation, and those of the trial on jobs that neither model has seen.
fn gates(
    ctx: &Context,
    store: &Store,
    model: &Model,
    production: Option<&Model>,
    known: &Known,
    held: &Holdout,
) -> Result<Vec<Gate>> {
    if let Some(production) = production.filter(|p| p.model_id != model.model_id) {
        if held.shadow.is_empty() {
            let message = format!(
                "a trial beside {} needs {LEAST_JOBS} jobs that are new to it, and twice as many others to learn from: it is postponed until there are more; `libchar litho-predict shadow -m {}` runs it",
                production.version, model.version
            );
            ctx.log.warning("shadow", message);
        } else {
            shadow::compare(store, &known.select(&held.shadow), model, production)?;
        }
    }
    models::gates(ctx, store, model)
}
