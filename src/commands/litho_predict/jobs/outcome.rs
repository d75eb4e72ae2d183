use super::super::pipeline;
use super::super::registry::{Store, now};
use crate::context::Context;
use crate::exit::Outcome;
use crate::told;
use crate::who::name as user;
use anyhow::Result;
use clap::Args;
use libchar_assurance::litho::outcome::{self, Arrival};
use libchar_core::hash;
use libchar_history::registry::MeasuredOutcome;
use serde_json::json;
use std::collections::BTreeSet;

/// What was measured of jobs
#[derive(Args)]
pub struct Arrive {
    /// Table with one row per job: job_id, any of nils, el_pct, dof_nm, meef, ler3s_nm, yield_risk, cd_nm, and optionally measured_at and
    /// source [default: standard input]
    outcomes: Option<String>,
    /// Where the results were measured, for rows that give no source
    #[arg(long, value_name = "TEXT")]
    source: Option<String>,
}

pub fn run(args: &Arrive, ctx: &Context, store: &Store) -> Result<Outcome> {
    let input = ctx.read(args.outcomes.as_deref().unwrap_or("-"))?;
    ctx.begin("litho-predict jobs outcome", json!({ "sha256": hash::sha256(&input.bytes) }));
    let jobs: BTreeSet<String> =
        store.registry.litho_jobs()?.into_iter().map(|job| job.job_id).collect();
    let arrivals = outcome::read(&input, &jobs)?;
    let (recorded_at, by) = (now(), user());
    let measured = |arrival: &Arrival| MeasuredOutcome {
        job_id: arrival.job_id.clone(),
        measure: arrival.measure.clone(),
        value: arrival.value,
        measured_at: arrival.measured_at.clone(),
        recorded_at: recorded_at.clone(),
        recorded_by: Some(by.clone()),
        source: arrival.source.clone().or_else(|| args.source.clone()),
    };
    let added = store.registry.add_outcomes(&arrivals.iter().map(measured).collect::<Vec<_>>())?;
    if added.known > 0 {
        let message = format!("{} of {} were here already", added.known, arrivals.len());
        ctx.log.info("outcome", message);
    }
    judge(ctx, store, &arrivals)
}

/// Compares measured results with the predictions and the limits of their jobs. Findings are missed
/// limits and results far from their predictions.
fn judge(ctx: &Context, store: &Store, arrivals: &[Arrival]) -> Result<Outcome> {
    let (mut outcomes, mut findings) = (Vec::new(), 0);
    for arrival in arrivals {
        let job = store.registry.litho_job(&arrival.job_id)?;
        let (entry, limits) = (super::entry(&job), pipeline::limits_of(&job));
        let found = outcome::Outcome::of(&entry, limits.as_ref(), &arrival.measure, arrival.value);
        told::keep(ctx, [found.kept()]);
        if let Some(alert) = found.alert() {
            findings += 1;
            store.fire(ctx, told::alert(alert))?;
        }
        outcomes.push(found);
    }
    ctx.print(&outcome::frame(&outcomes))?;
    Ok(Outcome::found(findings))
}
