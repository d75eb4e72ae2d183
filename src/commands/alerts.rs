//! `alerts`: the alerts of all commands, and what people did about them.

use super::litho_predict::alerts::{Actionable, Who};
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use crate::registry::{RegistryArgs, Store};
use crate::who;
use anyhow::Result;
use clap::{Args, Subcommand};
use libchar_core::{Cell, Frame};
use libchar_history::registry::{AlertChange, LithoAlert};
use libchar_history::{Action as Done, Actor, Change, History, RaisedAlert};

const EXAMPLES: &str = "\
Examples:
  libchar alerts                                        alerts that are open or acknowledged, newest first
  libchar alerts ack 12 --why 'looking at furnace 3'
  libchar alerts resolve 12 --why 'thermocouple replaced' --actionable yes

Ids 1, 2 ... are alerts of runs in the history; a1, a2 ... are alerts of the model registry beside it. Who changed an alert, when
and why is sealed in the history's audit chain.";

/// List, acknowledge and resolve the alerts of all commands
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Alerts {
    #[command(subcommand)]
    action: Option<Action>,
    #[command(flatten)]
    registry: RegistryArgs,
}

#[derive(Subcommand)]
enum Action {
    /// List alerts that are not resolved, the newest first
    List {
        /// List resolved alerts too
        #[arg(long)]
        all: bool,
        /// List at most this many alerts of the history, and at most as many of the registry
        #[arg(short = 'n', long, default_value_t = 50)]
        limit: usize,
    },
    /// Acknowledge an alert: record that somebody is looking into it
    Ack {
        /// Id of the alert
        alert: String,
        #[command(flatten)]
        who: Who,
    },
    /// Resolve an alert
    Resolve {
        /// Id of the alert
        alert: String,
        #[command(flatten)]
        who: Who,
        /// Whether the alert was useful
        #[arg(long)]
        actionable: Option<Actionable>,
    },
}

pub fn run(args: Alerts, ctx: &Context) -> Result<Outcome> {
    let mut frame = Frame::new("libchar.raised-alerts", 1, COLUMNS);
    match args.action.unwrap_or(Action::List { all: false, limit: 50 }) {
        Action::List { all, limit } => list(&args.registry, all, limit, ctx, &mut frame)?,
        Action::Ack { alert, who } => {
            let change = Change { action: Done::Acknowledged, why: who.why, was_actionable: None };
            frame.push(change_one(&args.registry, &alert, &change, who.by.as_deref(), ctx)?);
        }
        Action::Resolve { alert, who, actionable } => {
            let was_actionable = actionable.map(|a| a == Actionable::Yes);
            let change = Change { action: Done::Resolved, why: who.why, was_actionable };
            frame.push(change_one(&args.registry, &alert, &change, who.by.as_deref(), ctx)?);
        }
    }
    ctx.print(&frame)?;
    Ok(Outcome::Fine)
}

fn list(
    registry: &RegistryArgs,
    all: bool,
    limit: usize,
    ctx: &Context,
    frame: &mut Frame,
) -> Result<()> {
    let path = ctx.history_path()?;
    let mut rows = Vec::new();
    if path.exists() {
        let alerts = History::read(&path)?.alerts(limit, all)?;
        rows.extend(alerts.into_iter().map(|alert| (alert.raised_at.clone(), of_run(alert))));
    }
    if let Some(store) = registry_if_any(registry, ctx)? {
        let alerts = store.registry.litho_alerts(all)?.into_iter().take(limit);
        rows.extend(alerts.map(|alert| (alert.fired_at.clone(), of_registry(alert))));
    }
    rows.sort_by(|a, b| b.0.cmp(&a.0));
    rows.into_iter().for_each(|(_, row)| frame.push(row));
    Ok(())
}

fn registry_if_any(registry: &RegistryArgs, ctx: &Context) -> Result<Option<Store>> {
    if registry.exists(ctx)? { registry.open_existing(ctx).map(Some) } else { Ok(None) }
}

fn change_one(
    registry: &RegistryArgs,
    id: &str,
    change: &Change,
    by: Option<&str>,
    ctx: &Context,
) -> Result<Vec<Cell>> {
    let actor = who::actor(by);
    if let Ok(number) = id.parse() {
        let path = ctx.history_path()?;
        let changed = match path.exists() {
            true => History::open(&path)?.change_alert(number, change, &actor)?,
            false => None,
        };
        let message = format!("no alert {id}; `libchar alerts` lists them");
        return Ok(of_run(changed.ok_or(Usage(message))?));
    }
    let store = registry.open_existing(ctx)?;
    let Actor { user, .. } = &actor;
    let why = change.why.as_deref();
    let change = match change.action {
        Done::Acknowledged => AlertChange::Acknowledge { by: user, why },
        Done::Resolved => {
            AlertChange::Resolve { by: user, why, was_actionable: change.was_actionable }
        }
    };
    Ok(of_registry(store.change(ctx, id, &change)?))
}

const COLUMNS: [&str; 11] = [
    "alert",
    "raised_at",
    "source",
    "severity",
    "state",
    "changed_at",
    "changed_by",
    "why",
    "was_actionable",
    "message",
    "run",
];

fn of_run(alert: RaisedAlert) -> Vec<Cell> {
    vec![
        alert.alert_id.to_string().into(),
        alert.raised_at.into(),
        alert.alert.source.into(),
        alert.alert.severity.to_lowercase().into(),
        alert.state.into(),
        alert.changed_at.into(),
        alert.changed_by.into(),
        alert.why.into(),
        alert.was_actionable.into(),
        alert.alert.message.into(),
        alert.job_id.into(),
    ]
}

fn of_registry(alert: LithoAlert) -> Vec<Cell> {
    let (state, at, by, why) = if alert.resolved_at.is_some() {
        ("resolved", alert.resolved_at, alert.resolved_by, alert.resolved_why)
    } else if alert.acknowledged_at.is_some() {
        ("acknowledged", alert.acknowledged_at, alert.acknowledged_by, alert.acknowledged_why)
    } else {
        ("open", None, None, None)
    };
    vec![
        alert.alert_id.into(),
        alert.fired_at.into(),
        format!("litho-predict {}", alert.alert_type).into(),
        alert.severity.to_lowercase().into(),
        state.into(),
        at.into(),
        by.into(),
        why.into(),
        alert.was_actionable.into(),
        alert.message.into(),
        Cell::Null,
    ]
}
