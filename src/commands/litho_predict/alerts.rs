use super::registry::RegistryArgs;
use crate::context::Context;
use crate::exit::Outcome;
use crate::who::name as user;
use anyhow::Result;
use clap::{Args, Subcommand, ValueEnum};
use libchar_core::Frame;
use libchar_history::registry::{AlertChange, LithoAlert};

/// List, acknowledge and resolve alerts
#[derive(Args)]
#[command(arg_required_else_help = true)]
pub struct Alerts {
    #[command(subcommand)]
    action: Action,
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

/// Who did it, and why.
#[derive(Args)]
pub struct Who {
    /// Name of the person who acknowledges or resolves the alert [default: the user]
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// Reason, recorded with the alert
    #[arg(long, value_name = "TEXT")]
    pub why: Option<String>,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
pub enum Actionable {
    /// The alert led to an action
    Yes,
    /// The alert was a false alarm
    No,
}

pub fn run(args: &Alerts, ctx: &Context) -> Result<Outcome> {
    let store = args.registry.open_existing(ctx)?;
    let alerts = match &args.action {
        Action::List { all } => store.registry.litho_alerts(*all)?,
        Action::Ack { alert, who: Who { by, why } } => {
            let by = by.clone().unwrap_or_else(user);
            let change = AlertChange::Acknowledge { by: &by, why: why.as_deref() };
            vec![store.change(ctx, alert, &change)?]
        }
        Action::Resolve { alert, who: Who { by, why }, actionable } => {
            let by = by.clone().unwrap_or_else(user);
            let was_actionable = actionable.map(|a| a == Actionable::Yes);
            let change = AlertChange::Resolve { by: &by, why: why.as_deref(), was_actionable };
            vec![store.change(ctx, alert, &change)?]
        }
    };
    ctx.print(&frame(&alerts))?;
    Ok(Outcome::Fine)
}

fn frame(alerts: &[LithoAlert]) -> Frame {
    Frame::of(
        "libchar.litho-alerts",
        1,
        alerts,
        &[
            ("alert_id", |a| a.alert_id.as_str().into()),
            ("fired_at", |a| a.fired_at.as_str().into()),
            ("acknowledged_at", |a| a.acknowledged_at.clone().into()),
            ("resolved_at", |a| a.resolved_at.clone().into()),
            ("severity", |a| a.severity.as_str().into()),
            ("job_id", |a| a.job_id.clone().into()),
            ("alert_type", |a| a.alert_type.as_str().into()),
            ("message", |a| a.message.as_str().into()),
            ("recommendation", |a| a.recommendation.clone().into()),
            ("acknowledged_by", |a| a.acknowledged_by.clone().into()),
            ("was_actionable", |a| a.was_actionable.into()),
        ],
    )
}
