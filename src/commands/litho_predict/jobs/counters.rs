//! Metrics of the record. All numbers are counted in the registry, so that they only grow.

use super::super::pipeline;
use super::super::registry::Store;
use crate::context::Context;
use anyhow::Result;
use jiff::Timestamp;
use libchar_assurance::litho::decision::missed_limits;
use libchar_core::metrics::SECONDS;
use libchar_history::registry::JobState;
use std::collections::BTreeMap;

pub fn count(ctx: &Context, store: &Store) -> Result<()> {
    let jobs = store.registry.litho_jobs()?;
    let number = |state: JobState| jobs.iter().filter(|job| job.status == state).count() as f64;
    let metrics = &mut ctx.metrics.borrow_mut();
    let total = jobs.len() as f64;
    metrics.counter("lto_jobs_submitted_total", "Total jobs submitted", &[], total);
    let done = number(JobState::Completed);
    metrics.counter("lto_jobs_completed_total", "Total jobs completed", &[], done);
    let blocked = number(JobState::Blocked);
    metrics.counter("lto_jobs_blocked_total", "Jobs blocked by preflight", &[], blocked);
    let waiting = jobs.iter().filter(|job| job.status.is_automatic()).count() as f64;
    metrics.gauge("lto_jobs_waiting", "Jobs whose next step a program takes", &[], waiting);

    // The times of imported jobs are unknown.
    let own = || jobs.iter().filter(|job| job.simulation_s.is_some());
    let from_end_to_end: Vec<f64> = own()
        .filter_map(|job| {
            let end: Timestamp = job.completed_at.as_deref()?.parse().ok()?;
            let start: Timestamp = job.submitted_at.parse().ok()?;
            Some(end.duration_since(start).as_secs_f64())
        })
        .collect();
    for (name, help, values) in [
        ("lto_job_duration_seconds", "From submission to the last state", from_end_to_end),
        (
            "lto_simulation_duration_seconds",
            "Time of the simulator alone",
            own().filter_map(|job| job.simulation_s).collect(),
        ),
        (
            "lto_model_inference_duration_seconds",
            "Time of the preflight: the model, and the physics where it is in doubt",
            jobs.iter().filter_map(|job| job.preflight_s).collect(),
        ),
    ] {
        metrics.histogram(name, help, &SECONDS, &values);
    }

    let mut violations: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    for job in &jobs {
        let Some(limits) = pipeline::limits_of(job) else { continue };
        for missed in missed_limits(&limits, &super::entry(job), job.prediction.as_deref()) {
            *violations.entry(missed).or_default() += 1;
        }
    }
    let help = "Limits that jobs were predicted (warn) or simulated (critical) to miss";
    for ((target, severity), number) in violations {
        let labels = [("type", target), ("severity", severity)];
        metrics.counter("lto_constraint_violations_total", help, &labels, f64::from(number));
    }
    let arrived = store.registry.outcomes()?.len() as f64;
    metrics.counter("lto_outcomes_total", "Measured outcomes that arrived", &[], arrived);
    let mut fired: BTreeMap<(String, String), u32> = BTreeMap::new();
    for alert in store.registry.litho_alerts(true)? {
        *fired.entry((alert.severity, alert.alert_type)).or_default() += 1;
    }
    for ((severity, alert_type), number) in fired {
        let labels = [("severity", severity.as_str()), ("alert_type", alert_type.as_str())];
        metrics.counter("lto_alert_fired_total", "Alerts fired", &labels, f64::from(number));
    }
    Ok(())
}
