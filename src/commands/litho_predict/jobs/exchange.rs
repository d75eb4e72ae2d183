use super::super::registry::{Store, now};
use crate::context::Context;
use crate::exit::Outcome;
use crate::who::name as user;
use anyhow::Result;
use clap::Args;
use libchar_assurance::litho::job_table;
use libchar_assurance::litho::known_table::no_results;
use libchar_assurance::litho::record::{Entry, SIGNALS, measurable};
use libchar_assurance::litho::targets::TARGETS;
use libchar_assurance::litho::targets::job_key;
use libchar_core::frame::document;
use libchar_core::input::Source;
use libchar_core::{Cell, Fault, Faults, Format, Frame, Table, hash, input};
use libchar_history::registry::{JobState, LithoJob, MeasuredOutcome, Transition, WholeJob};
use libchar_litho::record::FIELDS;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

/// Jobs of elsewhere
#[derive(Args)]
pub struct Import {
    /// What `jobs export` wrote as JSON lines, or a table of jobs with results: columns nils … yield_risk (or simulated_*) are a
    /// simulator's, measured_* were measured [default: standard input]
    jobs: Option<String>,
    /// What the results of a table come from
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

/// Everything of a job: what `status` shows, and what `import` takes.
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

/// Writes the record: JSON with all of it, or one row a job.
pub fn export(ctx: &Context, store: &Store) -> Result<Outcome> {
    let mut jobs = store.registry.litho_jobs()?;
    jobs.reverse();
    match ctx.format() {
        Format::Csv | Format::Table => ctx.print(&flat(store, &jobs)?)?,
        Format::Json => {
            let rows = jobs.iter().map(|job| whole(store, job)).collect::<Result<Vec<_>>>()?;
            let body = json!({ "rows": rows });
            ctx.write_document("-", &document("libchar.litho-jobs-export", 1, body))?;
        }
        Format::Jsonl => {
            let mut out = ctx.stdout();
            for job in &jobs {
                serde_json::to_writer(&mut out, &whole(store, job)?)?;
                out.write_all(b"\n")?;
            }
            out.flush()?;
        }
    }
    Ok(Outcome::Fine)
}

/// One row a job: what it is, its fields, and what was predicted, simulated and measured.
fn flat(store: &Store, jobs: &[LithoJob]) -> Result<Frame> {
    let entries: BTreeMap<String, Entry> =
        super::entries(store)?.into_iter().map(|entry| (entry.id.clone(), entry)).collect();
    let parameters: Vec<Map<String, Value>> =
        jobs.iter().map(|job| serde_json::from_str(&job.parameters).unwrap_or_default()).collect();
    let is_used = |name: &str| parameters.iter().any(|p| p.contains_key(name));
    let own = ["job_id", "submitted_by", "job_class", "priority"];
    let fields: Vec<&str> =
        FIELDS.iter().map(|f| f.0).filter(|name| !own.contains(name) && is_used(name)).collect();
    let about = ["job_id", "status", "submitted_at", "completed_at", "submitted_by", "from"];
    let mut columns: Vec<String> = about.map(str::to_owned).to_vec();
    columns.push("model_version".to_owned());
    columns.extend(fields.iter().map(|name| (*name).to_owned()));
    for name in SIGNALS {
        columns.extend(["", "_low", "_high"].map(|end| format!("predicted_{name}{end}")));
        columns.push(format!("simulated_{name}"));
        columns.push(format!("measured_{name}"));
    }
    let mut frame = Frame::new("libchar.litho-jobs-table", 1, columns);
    for (job, parameters) in jobs.iter().zip(&parameters) {
        let entry = entries.get(&job.job_id).cloned().unwrap_or_default();
        let mut row: Vec<Cell> = vec![
            job.job_id.as_str().into(),
            job.status.name().into(),
            job.submitted_at.as_str().into(),
            job.completed_at.clone().into(),
            job.submitted_by.clone().into(),
            job.adapter_type.as_str().into(),
            job.model_version.clone().into(),
        ];
        row.extend(fields.iter().map(|name| match parameters.get(*name) {
            None | Some(Value::Null) => Cell::Null,
            Some(Value::Number(n)) => n.as_f64().into(),
            Some(Value::String(text)) => text.as_str().into(),
            Some(other) => other.to_string().into(),
        }));
        for name in SIGNALS {
            let said = entry.predicted.get(name);
            row.extend([said.and_then(|e| e.value), said.and_then(|e| e.low)].map(Cell::from));
            row.push(said.and_then(|e| e.high).into());
            row.push(entry.simulated.get(name).copied().into());
            row.push(entry.measured_mean(name).into());
        }
        frame.push(row);
    }
    Ok(frame)
}

pub fn import(args: &Import, ctx: &Context, store: &Store) -> Result<Outcome> {
    let source = ctx.read(args.jobs.as_deref().unwrap_or("-"))?;
    let parameters = json!({ "sha256": hash::sha256(&source.bytes), "from": args.from });
    ctx.begin("litho-predict jobs import", parameters);
    let text = input::text(&source.name, &source.bytes).map_err(Faults::from)?;
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let is_whole = serde_json::from_str::<Map<String, Value>>(first)
        .is_ok_and(|object| object.contains_key("transitions"));
    let jobs = if is_whole { lines(&source.name, text)? } else { table(&source, &args.from)? };
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

/// JSON lines that `export` wrote.
fn lines(name: &str, text: &str) -> Result<Vec<WholeJob>> {
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

/// A result's name and whether it was measured, if a column holds one.
fn result_of(column: &str) -> Option<(&str, bool)> {
    if let Some(name) = column.strip_prefix("measured_") {
        return measurable(name).then_some((name, true));
    }
    let plain = TARGETS.iter().any(|(name, ..)| *name == column).then_some(column);
    let name = column.strip_prefix("simulated_").filter(|name| SIGNALS.contains(name)).or(plain)?;
    Some((name, false))
}

/// Columns of `export` that are not needed again: a table says nothing of intervals and states.
fn is_left_aside(column: &str) -> bool {
    let about = ["status", "submitted_at", "completed_at", "from", "model_version"];
    about.contains(&column)
        || column.starts_with("predicted_")
        || column.starts_with("true_")
        || column.starts_with("measured_") && result_of(column).is_none()
}

/// A table of jobs with results.
fn table(source: &Source, from: &str) -> Result<Vec<WholeJob>> {
    let table: Table = job_table::parse(source)?;
    let skip = |name: &str| result_of(name).is_some() || is_left_aside(name);
    let (jobs, mut faults) = job_table::rows(&table, &[], skip);
    let results: Vec<(usize, &str, bool)> = table
        .columns
        .iter()
        .enumerate()
        .filter_map(|(i, name)| result_of(name).map(|(name, measured)| (i, name, measured)))
        .collect();
    if results.is_empty() {
        faults.push(no_results(&table));
    }
    Faults::or((), std::mem::take(&mut faults))?;
    let (at, by) = (now(), user());
    let mut found = Vec::new();
    for (row, named) in jobs.into_iter().enumerate() {
        let p = named.job.parameters.clone();
        // Without an id of its own a job is named by its content: the same table twice is the same jobs.
        let job_id =
            p.job_id.clone().unwrap_or_else(|| format!("job_{}", &job_key(&named.job)[..12]));
        let cell = |name: &str| {
            let text = table.find_column(name).map_or("", |column| table.cell(row, column)).trim();
            (!text.is_empty()).then(|| text.to_owned())
        };
        let (mut outputs, mut signals, mut outcomes) = (Map::new(), Map::new(), Vec::new());
        for &(column, name, measured) in &results {
            if table.cell(row, column).trim().is_empty() {
                continue;
            }
            let value = match table.number(row, column) {
                Ok(value) => value,
                Err(fault) => {
                    faults.push(fault);
                    continue;
                }
            };
            if measured {
                outcomes.push(MeasuredOutcome {
                    job_id: job_id.clone(),
                    measure: name.to_owned(),
                    value,
                    measured_at: None,
                    recorded_at: at.clone(),
                    recorded_by: Some(by.clone()),
                    source: Some(from.to_owned()),
                });
            } else if measurable(name) {
                outputs.insert(name.to_owned(), json!(value));
            } else {
                signals.insert(name.to_owned(), json!(value));
            }
        }
        if !signals.is_empty() {
            outputs.insert("signals".to_owned(), Value::Object(signals));
        }
        let step = Transition {
            old_status: None,
            new_status: JobState::Completed,
            changed_at: at.clone(),
            changed_by: Some(by.clone()),
            note: Some(format!("imported from {from}")),
        };
        let job = LithoJob {
            job_id,
            submitted_at: cell("submitted_at").unwrap_or_else(|| at.clone()),
            completed_at: Some(at.clone()),
            status: JobState::Completed,
            submitted_by: Some(p.submitted_by.clone().unwrap_or_else(|| by.clone())),
            job_class: i64::from(p.job_class),
            priority: p.priority as i64,
            adapter_type: cell("from").unwrap_or_else(|| from.to_owned()),
            parameters: serde_json::to_string(&p)?,
            prediction: None,
            outputs: (!outputs.is_empty()).then(|| Value::Object(outputs).to_string()),
            model_version: None,
            decided_by: None,
            preflight_s: None,
            simulation_s: None,
        };
        found.push(WholeJob { job, transitions: vec![step], outcomes });
    }
    Ok(Faults::or(found, faults)?)
}
