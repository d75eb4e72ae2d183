use super::registry::{ROLLBACK_DAYS, RegistryArgs, Store, earliest_rollback, now};
use super::shadow::trial;
use crate::commands::vm;
use crate::context::Context;
use crate::exit::Outcome;
use crate::told;
use anyhow::{Context as _, Result};
use clap::{Args, Subcommand};
use libchar_assurance::gate::Gate;
use libchar_assurance::litho::evaluate::Report;
use libchar_assurance::litho::tables::gate_frame;
use libchar_core::told::Alert;
use libchar_core::{Frame, frame};
use libchar_history::registry::{LITHO, Model};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// List models, put one into production, or roll it back
#[derive(Args)]
#[command(arg_required_else_help = true)]
pub struct Models {
    #[command(subcommand)]
    action: Action,
    #[command(flatten)]
    registry: RegistryArgs,
}

#[derive(Subcommand)]
enum Action {
    /// List all models, newest first
    List,
    /// Show a model with its evaluation, as JSON
    Show {
        /// Version or id of the model
        model: String,
    },
    /// Put a model into production if it passes every gate; exit 1 if it does not
    Promote {
        /// Version or id of the model
        model: String,
    },
    /// Put the previous model back into production, within 30 days of its retirement
    Rollback {
        /// Version or id of the model in production [default: that of lithography]
        model: Option<String>,
    },
}

pub fn run(args: &Models, ctx: &Context) -> Result<Outcome> {
    let store = args.registry.open_existing(ctx)?;
    match &args.action {
        Action::List => ctx.print(&list(&store.registry.models()?))?,
        Action::Show { model } => show(ctx, &store.registry.model(model)?)?,
        Action::Promote { model } => return promote(ctx, &store, model),
        Action::Rollback { model } => rollback(ctx, &store, model.as_deref())?,
    }
    Ok(Outcome::Fine)
}

fn list(models: &[Model]) -> Frame {
    Frame::of(
        "libchar.litho-models",
        1,
        models,
        &[
            ("version", |m| m.version.as_str().into()),
            ("model_id", |m| m.model_id.as_str().into()),
            ("status", |m| m.status.name().into()),
            ("trained_at", |m| m.trained_at.as_str().into()),
            ("deployed_at", |m| m.deployed_at.clone().into()),
            ("retired_at", |m| m.retired_at.clone().into()),
            ("training_samples", |m| m.training_samples.into()),
            ("overall_accuracy", |m| m.overall_accuracy.into()),
            ("critical_accuracy", |m| m.critical_accuracy.into()),
            ("artifact_path", |m| m.artifact_path.as_str().into()),
            ("family", |m| m.family.as_str().into()),
        ],
    )
}

fn show(ctx: &Context, model: &Model) -> Result<()> {
    let mut body = json!(model);
    body["report"] = serde_json::from_str(&model.report).unwrap_or(Value::Null);
    // The keys of thousands of jobs are of no use to a reader.
    if let Some(report) = body["report"].as_object_mut() {
        report.remove("known_jobs");
    }
    ctx.write_document("-", &frame::document("libchar.litho-model", 1, body))
}

fn promote(ctx: &Context, store: &Store, name: &str) -> Result<Outcome> {
    ctx.begin("litho-predict models promote", json!({ "model": name }));
    let model = store.registry.model(name)?;
    // The artifact must be intact before the model goes into production.
    check(store, &model)?;
    let gates = gates(ctx, store, &model)?;
    ctx.print(&gate_frame(&gates))?;
    put_into_production(ctx, store, &model, &gates)
}

/// Puts a model into production if every gate is passed.
pub fn put_into_production(
    ctx: &Context,
    store: &Store,
    model: &Model,
    gates: &[Gate],
) -> Result<Outcome> {
    told::keep(ctx, gates.iter().map(Gate::kept));
    let failed = gates.iter().filter(|gate| !gate.passed).count();
    if failed > 0 {
        let what = if failed == 1 { "gate" } else { "gates" };
        let message =
            format!("{} stays {}: it misses {failed} {what}", model.version, model.status);
        ctx.log.warning("promote", message);
        return Ok(Outcome::Findings);
    }
    let current = store.registry.production(&model.family)?;
    let expected = current.as_ref().map(|current| current.model_id.as_str());
    store.registry.promote(&model.model_id, expected, &now())?;
    announce(
        ctx,
        store,
        "promotion",
        match &current {
            Some(old) => format!(
                "{} replaces {} in production; rollback is possible for {ROLLBACK_DAYS} days",
                model.version, old.version
            ),
            None => format!("{} is in production", model.version),
        },
    )?;
    Ok(Outcome::Fine)
}

/// The gates in an evaluation; its other fields are ignored.
#[derive(Deserialize)]
struct OwnGates {
    gates: Vec<Gate>,
}

fn read_report<T: DeserializeOwned>(model: &Model) -> Result<T> {
    serde_json::from_str(&model.report)
        .with_context(|| format!("the evaluation of {} cannot be read", model.version))
}

/// Checks that the artifact of a model is the registered one and can be used.
fn check(store: &Store, model: &Model) -> Result<()> {
    match model.family == LITHO {
        true => store.load(model).map(drop),
        false => vm::artifact::load(store, model).map(drop),
    }
}

/// The gates of the model's evaluation and of its trial beside the model in production.
pub fn gates(ctx: &Context, store: &Store, model: &Model) -> Result<Vec<Gate>> {
    if model.family != LITHO {
        return Ok(read_report::<OwnGates>(model)?.gates);
    }
    let report: Report = read_report(model)?;
    let mut gates = report.gates.clone();
    match store.registry.production(&model.family)? {
        Some(current) if current.model_id != model.model_id => {
            gates.extend(trial(store, model, &current)?.gates(&report));
        }
        Some(_) => {}
        None => ctx.log.info("promote", "no model is in production: there was nothing to shadow"),
    }
    Ok(gates)
}

fn rollback(ctx: &Context, store: &Store, name: Option<&str>) -> Result<()> {
    ctx.begin("litho-predict models rollback", json!({ "model": name }));
    let family = match name {
        Some(name) => store.registry.model(name)?.family,
        None => LITHO.to_owned(),
    };
    let current = store.registry.production(&family)?;
    if let Some(predecessor) = current.and_then(|model| model.predecessor) {
        // A predecessor whose artifact is missing or damaged must not be restored.
        check(store, &store.registry.model(&predecessor)?)?;
    }
    let (left, back) = store.registry.rollback(&family, &now(), &earliest_rollback())?;
    let message = format!("{} is back in production instead of {}", back.version, left.version);
    announce(ctx, store, "rollback", message)
}

fn announce(ctx: &Context, store: &Store, kind: &'static str, message: String) -> Result<()> {
    ctx.log.info("production", &message);
    let alert = Alert { severity: "INFO", kind, job: None, message, advice: None };
    store.note(ctx, &told::alert(alert))?;
    Ok(())
}
