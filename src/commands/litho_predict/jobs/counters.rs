//! Metrics of the record. All numbers are counted in the registry, so that they only grow.

use super::super::pipeline;
use super::super::registry::Store;
use crate::context::Context;
use crate::told::measure;
use anyhow::Result;
use jiff::Timestamp;
use libchar_assurance::litho::decision::{missed_limits, violations};
use libchar_core::metrics::SECONDS;
use libchar_history::registry::counts;

pub fn count(ctx: &Context, store: &Store) -> Result<()> {
    let jobs = store.registry.litho_jobs()?;
    measure(ctx, counts::of_jobs(&jobs));

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
        ctx.metrics.borrow_mut().histogram(name, help, &SECONDS, &values);
    }

    let with_limits = jobs.iter().filter_map(|job| {
        let missed = missed_limits(
            &pipeline::limits_of(job)?,
            &super::entry(job),
            job.prediction.as_deref(),
        );
        Some(missed)
    });
    measure(ctx, violations(with_limits.flatten()));
    let (alerts, outcomes) = (store.registry.litho_alerts(true)?, store.registry.outcomes()?);
    measure(ctx, counts::of_alerts(&alerts, outcomes.len()));
    Ok(())
}
