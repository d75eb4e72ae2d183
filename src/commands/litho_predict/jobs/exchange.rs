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
use libchar_core::{Fault, Faults, Format, Frame, hash, input};
use libchar_history::registry::{JobState, LithoJob, MeasuredOutcome, Transition, WholeJob};
use serde::Deserialize;
use serde_json::{Map, Value, json};
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

/// A job as `export` writes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exported {
    job_id: String,
    submitted_at: String,
    completed_at: Option<String>,
    status: JobState,
    submitted_by: Option<String>,
    job_class: i64,
    priority: i64,
    adapter_type: String,
    parameters: Value,
    prediction: Option<Value>,
    outputs: Option<Value>,
    model_version: Option<String>,
    decided_by: Option<Value>,
    #[serde(default)]
    preflight_s: Option<f64>,
    #[serde(default)]
    simulation_s: Option<f64>,
    transitions: Vec<Transition>,
    outcomes: Vec<MeasuredOutcome>,
}

/// Everything about a job: `status` shows it, and `import` accepts it.
pub fn whole(store: &Store, job: &LithoJob) -> Result<Value> {
    let parsed = |text: &Option<String>| {
        text.as_deref().and_then(|text| serde_json::from_str(text).ok()).unwrap_or(Value::Null)
    };
    let mut body = json!(job);
    body["parameters"] = parsed(&Some(job.parameters.clone()));
    body["prediction"] = parsed(&job.prediction);
    body["outputs"] = parsed(&job.outputs);
    body["decided_by"] = parsed(&job.decided_by);
    body["transitions"] = json!(store.registry.transitions(&job.job_id)?);
    body["outcomes"] = json!(store.registry.outcomes_of(&job.job_id)?);
    Ok(body)
}

/// Writes the record: as JSON with everything, or with one row per job.
pub fn export(ctx: &Context, store: &Store) -> Result<Outcome> {
    let mut jobs = store.registry.litho_jobs()?;
    jobs.reverse();
    let whole = || jobs.iter().map(|job| whole(store, job)).collect::<Result<Vec<_>>>();
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
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let is_whole = serde_json::from_str::<Map<String, Value>>(first)
        .is_ok_and(|object| object.contains_key("transitions"));
    let jobs = if is_whole { whole_jobs(&source.name, text)? } else { table(&source, &args.from)? };
    let added = store.registry.take_in(&jobs)?;
    let message = format!("{} jobs are new, {} were here already", added.new, added.known);
    ctx.log.info("import", message);
    let ids: BTreeSet<&str> = jobs.iter().map(|whole| whole.job.job_id.as_str()).collect();
    let mut listed = store.registry.litho_jobs()?;
    listed.retain(|job| ids.contains(job.job_id.as_str()));
    listed.reverse();
    super::leave_results(ctx, &listed);
    ctx.print(&super::list(&listed))?;
    Ok(Outcome::Fine)
}

/// Reads JSON lines that `export` wrote.
fn whole_jobs(name: &str, text: &str) -> Result<Vec<WholeJob>> {
    let (mut jobs, mut faults) = (Vec::new(), Vec::new());
    let numbered = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    for (i, line) in numbered {
        match serde_json::from_str::<Exported>(line) {
            Ok(e) => {
                let text = |value: Option<Value>| {
                    value.filter(|v| !v.is_null()).map(|value| value.to_string())
                };
                let job = LithoJob {
                    job_id: e.job_id,
                    submitted_at: e.submitted_at,
                    completed_at: e.completed_at,
                    status: e.status,
                    submitted_by: e.submitted_by,
                    job_class: e.job_class,
                    priority: e.priority,
                    adapter_type: e.adapter_type,
                    parameters: e.parameters.to_string(),
                    prediction: text(e.prediction),
                    outputs: text(e.outputs),
                    model_version: e.model_version,
                    decided_by: text(e.decided_by),
                    preflight_s: e.preflight_s,
                    simulation_s: e.simulation_s,
                };
                let stray = e.outcomes.iter().find(|o| o.job_id != job.job_id);
                if let Some(stray) = stray {
                    let found = format!("an outcome of `{}` in job `{}`", stray.job_id, job.job_id);
                    faults.push(Fault::at(name, i + 1, 0, found));
                }
                jobs.push(WholeJob { job, transitions: e.transitions, outcomes: e.outcomes });
            }
            Err(error) => {
                let fault = Fault { line: i + 1, ..Fault::json(name, &error) };
                faults.push(fault.expected("a job as `jobs export --format jsonl` writes it"));
            }
        }
    }
    Ok(Faults::or(jobs, faults)?)
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
                prediction: None,
                outputs: found.outputs.map(|outputs| outputs.to_string()),
                model_version: None,
                decided_by: None,
                preflight_s: None,
                simulation_s: None,
            },
        })
    };
    exchange::table(source)?.into_iter().map(whole).collect()
}
