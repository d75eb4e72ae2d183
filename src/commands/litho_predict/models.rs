use super::evaluate::{self, COVERAGE_LEVEL, Gate, Report};
use super::registry::{ROLLBACK_DAYS, RegistryArgs, Store, earliest_rollback, now};
use super::shadow::{LEAST_JOBS, MARGIN_PCT, Trial};
use crate::context::Context;
use crate::exit::Outcome;
use anyhow::{Context as _, Result};
use clap::{Args, Subcommand};
use libchar_core::{Frame, frame};
use libchar_history::registry::{Model, NewAlert};
use libchar_learn::conformal;
use serde_json::{Value, json};

/// List models, put one into production, or take it back
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
        /// Version or id
        model: String,
    },
    /// Put a model into production if it passes every gate; exit 1 if it does not
    Promote {
        /// Version or id
        model: String,
    },
    /// Put the predecessor of the model in production back, within 30 days of its retirement
    Rollback,
}

pub fn run(args: &Models, ctx: &Context) -> Result<Outcome> {
    let store = args.registry.open_existing(ctx)?;
    match &args.action {
        Action::List => ctx.print(&list(&store.registry.models()?))?,
        Action::Show { model } => show(ctx, &store.registry.model(model)?)?,
        Action::Promote { model } => return promote(ctx, &store, model),
        Action::Rollback => rollback(ctx, &store)?,
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
        ],
    )
}

fn show(ctx: &Context, model: &Model) -> Result<()> {
    let mut body = json!(model);
    body["report"] = serde_json::from_str(&model.report).unwrap_or(Value::Null);
    // Marks of thousands of jobs say nothing to a reader.
    if let Some(report) = body["report"].as_object_mut() {
        report.remove("known_jobs");
    }
    ctx.write_document("-", &frame::document("libchar.litho-model", 1, body))
}

fn promote(ctx: &Context, store: &Store, name: &str) -> Result<Outcome> {
    ctx.begin("litho-predict models promote", json!({ "model": name }));
    let model = store.registry.model(name)?;
    // The artifact must be whole before anyone depends on it.
    store.load(&model)?;
    let report: Report = serde_json::from_str(&model.report)
        .with_context(|| format!("the evaluation of {} cannot be read", model.version))?;
    let current = store.registry.production()?;
    let mut gates = report.gates.clone();
    match &current {
        Some(current) if current.model_id != model.model_id => {
            gates.extend(shadow_gates(&Trial::of(store, &model, current)?, &report));
        }
        Some(_) => {}
        None => ctx.log.info("promote", "no model is in production: there was nothing to shadow"),
    }
    ctx.print(&evaluate::gate_frame(&gates))?;
    let failed = gates.iter().filter(|gate| !gate.passed).count();
    if failed > 0 {
        let message = format!("{} stays {}: it misses {failed} gates", model.version, model.status);
        ctx.log.warning("promote", message);
        return Ok(Outcome::Findings);
    }
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

/// What a model must show on the same jobs as the one in production.
fn shadow_gates(trial: &Trial, offline: &Report) -> Vec<Gate> {
    let jobs = trial.jobs.len() as f64;
    let mut gates = vec![Gate::at_least("shadow_jobs", Some(jobs), LEAST_JOBS as f64)];
    if trial.jobs.len() < LEAST_JOBS {
        return gates;
    }
    // Against production: not significantly worse. Against its own evaluation: no worse than chance.
    let worse = if trial.test.mean_difference > 0.0 { trial.test.p_value } else { 1.0 };
    gates.push(Gate::at_least("shadow_p_value_against_worse", Some(worse), 0.05));
    // Few jobs find no difference where there is one: the greatest that they leave possible is bounded, too.
    let possible = trial.worst_difference / trial.production_error_mean;
    let possible = Some(100.0 * possible).filter(|p| p.is_finite());
    gates.push(Gate::at_most("shadow_error_excess_pct_at_most", possible, MARGIN_PCT));
    let variance =
        offline.error_sd.powi(2) / offline.test_rows.max(1) as f64 + trial.error_sd.powi(2) / jobs;
    let excess = (trial.error_mean - offline.error_mean) / variance.sqrt();
    gates.push(Gate::at_most(
        "shadow_error_excess_in_standard_errors",
        Some(excess).filter(|e| e.is_finite()),
        3.0,
    ));
    let missed = ((1.0 - trial.coverage) * jobs).round() as usize;
    let p_value =
        conformal::miss_p_value(missed, trial.jobs.len(), offline.calibration_rows, offline.alpha);
    gates.push(Gate::at_least("shadow_coverage_p_value", p_value.ok(), COVERAGE_LEVEL));
    gates
}

fn rollback(ctx: &Context, store: &Store) -> Result<()> {
    ctx.begin("litho-predict models rollback", json!({}));
    if let Some(predecessor) = store.registry.production()?.and_then(|model| model.predecessor) {
        // A predecessor whose artifact is gone or damaged must not come back.
        store.load(&store.registry.model(&predecessor)?)?;
    }
    let (left, back) = store.registry.rollback(&now(), &earliest_rollback())?;
    let message = format!("{} is back in production instead of {}", back.version, left.version);
    announce(ctx, store, "rollback", message)
}

fn announce(ctx: &Context, store: &Store, alert_type: &'static str, message: String) -> Result<()> {
    ctx.log.info("production", &message);
    let severity = "INFO";
    let alert = NewAlert {
        fired_at: now(),
        severity,
        job_id: None,
        alert_type,
        message,
        recommendation: None,
    };
    store.registry.fire(&alert)?;
    Ok(())
}
