//! `[notify]`: starts programs of the site when a command ends, and passes them the alerts that it
//! raised.

use crate::answers;
use crate::context::Context;
use crate::exit::{self, Outcome, explain};
use crate::who;
use anyhow::{Result, anyhow};
use libchar_core::{Faults, frame};
use libchar_history::Alert;
use libchar_runner::Signals;
use libchar_runner::program::Program;
use serde_json::{Value, json};
use std::time::Duration;
use toml::Value as Setting;

/// Time limit of a program, and how often it is tried again.
const TIME: Duration = Duration::from_secs(10);
const RETRIES: i64 = 1;

/// Severities in rising order.
const SEVERITIES: [&str; 3] = ["info", "warning", "critical"];

fn rank(severity: &str) -> usize {
    SEVERITIES.iter().position(|known| known.eq_ignore_ascii_case(severity)).unwrap_or(1)
}

/// Starts every program of `[notify]` with the alerts that it asks for. A program that fails only
/// causes a warning.
pub fn tell(ctx: &Context, run: &Value, alerts: &[Alert], result: &Result<Outcome>) {
    let programs = ctx.config.section("notify");
    let stopped = result.as_ref().err().filter(|_| exit::number(result) == 2).map(explain);
    if programs.is_empty() || (alerts.is_empty() && stopped.is_none()) {
        return;
    }
    if let Err(error) = ctx.config.consent("notify") {
        return ctx.log.alarm("notify", Faults::from(error).to_string());
    }
    for (name, program) in programs {
        let least = program.get("severity").and_then(Setting::as_str).map_or(1, rank);
        let heard: Vec<&Alert> = alerts.iter().filter(|a| rank(&a.severity) >= least).collect();
        if heard.is_empty() && stopped.is_none() {
            continue;
        }
        let event = event(run, &heard, stopped.as_deref(), exit::number(result));
        if let Err(error) = start(&name, &program, &event) {
            ctx.log.alarm("notify", format!("{name} was not notified: {}", explain(&error)));
        }
    }
}

/// The input of a program: the run, the highest severity, and the alerts.
fn event(run: &Value, alerts: &[&Alert], stopped: Option<&str>, code: u8) -> Value {
    let gravest = alerts.iter().map(|alert| rank(&alert.severity)).max().unwrap_or(0);
    let gravest = if stopped.is_some() { SEVERITIES.len() - 1 } else { gravest };
    let details = |text: &String| serde_json::from_str::<Value>(text).ok();
    let alerts: Vec<Value> = alerts
        .iter()
        .map(|alert| {
            json!({
                "source": alert.source, "severity": alert.severity.to_lowercase(), "message": alert.message,
                "details": alert.details.as_ref().and_then(details),
            })
        })
        .collect();
    let mut body = run.clone();
    body["user"] = who::name().into();
    body["version"] = env!("CARGO_PKG_VERSION").into();
    body["severity"] = SEVERITIES[gravest].into();
    body["exit_code"] = code.into();
    body["stopped"] = stopped.into();
    body["alerts"] = alerts.into();
    frame::document("libchar.event", 1, body)
}

/// Starts one program, and again if it fails.
fn start(name: &str, table: &Setting, event: &Value) -> Result<()> {
    let retries = table.get("retries").and_then(Setting::as_integer).unwrap_or(RETRIES);
    let program = answers::program(&format!("notify.{name}"), table, TIME)?;
    let program = Program { input: format!("{event}\n").into_bytes(), ..program };
    let path = program.path.display();
    let signals = Signals::watch()?;
    let once = || -> Result<()> {
        let (ended, output) = program.capture(1 << 16, &signals)?;
        if ended.code == Some(0) {
            return Ok(());
        }
        let output = String::from_utf8_lossy(&output);
        let last = output.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let said = if last.is_empty() { String::new() } else { format!(": {}", last.trim()) };
        Err(match ended.code {
            _ if ended.timed_out => {
                let time = program.timeout.unwrap_or(TIME).as_secs_f64();
                anyhow!("`{path}` took longer than {time} s")
            }
            Some(code) => anyhow!("`{path}` ended with {code}{said}"),
            None => anyhow!("`{path}` was ended by a signal{said}"),
        })
    };
    let mut tried = once();
    for _ in 0..retries {
        if tried.is_ok() {
            break;
        }
        tried = once();
    }
    tried
}
