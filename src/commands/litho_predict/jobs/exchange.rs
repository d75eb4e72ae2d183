use super::super::lines;
use super::super::registry::{Store, now};
use crate::context::Context;
use crate::exit::Outcome;
use crate::who::name as user;
use anyhow::Result;
use clap::Args;
use libchar_assurance::litho::exchange::{self, Imported, Row};
use libchar_assurance::litho::record::Entry;
use libchar_core::frame::document;
use libchar_core::input::Source;
use libchar_core::words::count;
use libchar_core::{Faults, Format, Frame, hash, input};
use libchar_history::registry::exchange::{is_whole, read};
use libchar_history::registry::{JobState, LithoJob, MeasuredOutcome, Transition, WholeJob};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Jobs of elsewhere
#[derive(Args)]
pub struct Import {
    /// JSON lines that `jobs export` wrote, or a table of jobs with results: columns nils … yield_risk (or simulated_*) hold
    /// simulated results, measured_* hold measured results [default: standard input]
    jobs: Option<String>,
    /// Name of the source of the results in a table
    #[arg(long, value_name = "NAME", default_value = "imported")]
    from: String,
}

/// Writes the record: as JSON with everything, or with one row per job.
pub fn export(ctx: &Context, store: &Store) -> Result<Outcome> {
    let mut jobs = store.registry.litho_jobs()?;
    jobs.reverse();
    let whole = || jobs.iter().map(|job| store.registry.whole(job)).collect::<Result<Vec<_>, _>>();
    match ctx.format() {
        Format::Csv | Format::Table => ctx.print(&flat(store, jobs)?)?,
        Format::Json => {
            let body = json!({ "rows": whole()? });
            ctx.write_document("-", &document("libchar.litho-jobs-export", 1, body))?;
        }
        Format::Jsonl => lines(ctx, whole()?)?,
    }
    Ok(Outcome::Fine)
}

/// One row per job: its description, its fields, and predicted, simulated and measured results.
fn flat(store: &Store, jobs: Vec<LithoJob>) -> Result<Frame> {
    let entries = super::entries(store)?.into_iter();
    let mut entries: BTreeMap<String, Entry> =
        entries.map(|entry| (entry.id.clone(), entry)).collect();
    let row = |job: LithoJob| Row {
        entry: entries.remove(&job.job_id).unwrap_or_else(|| super::entry(&job)),
        status: job.status.name(),
        completed_at: job.completed_at,
        submitted_by: job.submitted_by,
        from: job.adapter_type,
        model_version: job.model_version,
        parameters: serde_json::from_str(&job.parameters).unwrap_or_default(),
    };
    Ok(exchange::flat(&jobs.into_iter().map(row).collect::<Vec<_>>()))
}

pub fn import(args: &Import, ctx: &Context, store: &Store) -> Result<Outcome> {
    let source = ctx.read(args.jobs.as_deref().unwrap_or("-"))?;
    let parameters = json!({ "sha256": hash::sha256(&source.bytes), "from": args.from });
    ctx.begin("litho-predict jobs import", parameters);
    let text = input::text(&source.name, &source.bytes).map_err(Faults::from)?;
    let jobs = match is_whole(text) {
        true => read(&source.name, text)?,
        false => table(&source, &args.from)?,
    };
    let added = store.registry.take_in(&jobs)?;
    let message = format!("{}, {} were here already", count(added.new, "new job"), added.known);
    ctx.log.info("import", message);
    let ids: BTreeSet<&str> = jobs.iter().map(|whole| whole.job.job_id.as_str()).collect();
    let mut listed = store.registry.litho_jobs()?;
    listed.retain(|job| ids.contains(job.job_id.as_str()));
    listed.reverse();
    super::leave_results(ctx, &listed);
    ctx.print(&super::list(&listed))?;
    Ok(Outcome::Fine)
}

/// Reads a table of jobs with results.
fn table(source: &Source, from: &str) -> Result<Vec<WholeJob>> {
    let (at, by) = (now(), user());
    let whole = |found: Imported| -> Result<WholeJob> {
        let p = &found.parameters;
        let outcome = |(measure, value): (String, f64)| MeasuredOutcome {
            job_id: found.job_id.clone(),
            measure,
            value,
            measured_at: None,
            recorded_at: at.clone(),
            recorded_by: Some(by.clone()),
            source: Some(from.to_owned()),
        };
        let step = Transition {
            old_status: None,
            new_status: JobState::Completed,
            changed_at: at.clone(),
            changed_by: Some(by.clone()),
            note: Some(format!("imported from {from}")),
        };
        Ok(WholeJob {
            transitions: vec![step],
            outcomes: found.measured.into_iter().map(outcome).collect(),
            job: LithoJob {
                job_id: found.job_id.clone(),
                submitted_at: found.submitted_at.unwrap_or_else(|| at.clone()),
                completed_at: Some(at.clone()),
                status: JobState::Completed,
                submitted_by: Some(p.submitted_by.clone().unwrap_or_else(|| by.clone())),
                job_class: i64::from(p.job_class),
                priority: p.priority as i64,
                adapter_type: found.from.unwrap_or_else(|| from.to_owned()),
                parameters: serde_json::to_string(p)?,
                outputs: found.outputs.map(|outputs| outputs.to_string()),
                ..LithoJob::default()
            },
        })
    };
    exchange::table(source)?.into_iter().map(whole).collect()
}
