use super::super::pipeline;
use super::super::registry::{Store, now};
use crate::context::Context;
use crate::exit::Outcome;
use crate::who::name as user;
use anyhow::Result;
use clap::Args;
use libchar_assurance::litho::decision::is_far;
use libchar_assurance::litho::judge::Estimate;
use libchar_assurance::litho::record::{SIGNALS, measurable};
use libchar_assurance::litho::report::unit_of;
use libchar_core::input::Source;
use libchar_core::{Cell, Fault, Faults, Frame, Table, hash};
use libchar_history::ResultRow;
use libchar_history::registry::{MeasuredOutcome, NewAlert};
use serde_json::json;
use std::collections::BTreeSet;

/// What was measured of jobs
#[derive(Args)]
pub struct Arrive {
    /// One row a job: job_id, any of nils, el_pct, dof_nm, meef, ler3s_nm, yield_risk, cd_nm, and optionally measured_at and
    /// source [default: standard input]
    outcomes: Option<String>,
    /// Where they were measured, for rows that do not say
    #[arg(long, value_name = "TEXT")]
    source: Option<String>,
}

/// Columns that say which job, when and where.
const ABOUT: [&str; 3] = ["job_id", "measured_at", "source"];

pub fn run(args: &Arrive, ctx: &Context, store: &Store) -> Result<Outcome> {
    let input = ctx.read(args.outcomes.as_deref().unwrap_or("-"))?;
    ctx.begin("litho-predict jobs outcome", json!({ "sha256": hash::sha256(&input.bytes) }));
    let arrivals = read(&input, store, args.source.as_deref())?;
    let added = store.registry.add_outcomes(&arrivals)?;
    if added.known > 0 {
        let message = format!("{} of {} were here already", added.known, arrivals.len());
        ctx.log.info("outcome", message);
    }
    judge(ctx, store, &arrivals)
}

/// Reads the rows; the jobs must be there.
fn read(input: &Source, store: &Store, source: Option<&str>) -> Result<Vec<MeasuredOutcome>> {
    let table = Table::parse(&input.name, &input.bytes)?;
    let mut faults: Vec<Fault> = table.column("job_id").err().into_iter().collect();
    let known = || ABOUT.into_iter().chain(SIGNALS.into_iter().filter(|name| measurable(name)));
    for (i, name) in table.columns.iter().enumerate() {
        if !known().any(|own| own == name) {
            let fault = table.header_fault(i, format!("unknown column `{name}`"));
            faults.push(fault.one_of(name, known()));
        }
    }
    if table.is_empty() {
        faults.push(Fault::of(&table.file, "no outcome: the table has no rows"));
    }
    Faults::or((), faults)?;
    let jobs: BTreeSet<String> =
        store.registry.litho_jobs()?.into_iter().map(|job| job.job_id).collect();
    let (recorded_at, by) = (now(), user());
    let (mut arrivals, mut faults) = (Vec::new(), Vec::new());
    for row in 0..table.len() {
        let cell = |name: &str| {
            let text = table.find_column(name).map_or("", |column| table.cell(row, column)).trim();
            (!text.is_empty()).then(|| text.to_owned())
        };
        let job_id = cell("job_id").unwrap_or_default();
        if !jobs.contains(&job_id) {
            let column = table.find_column("job_id").unwrap_or(0);
            let fault = table.fault(row, column, format!("no job `{job_id}` in the record"));
            faults.push(fault.one_of(&job_id, jobs.iter().map(String::as_str).take(20)));
            continue;
        }
        let before = arrivals.len() + faults.len();
        for (column, name) in table.columns.iter().enumerate().filter(|(_, n)| measurable(n)) {
            if table.cell(row, column).trim().is_empty() {
                continue;
            }
            match table.number(row, column) {
                Ok(value) => arrivals.push(MeasuredOutcome {
                    job_id: job_id.clone(),
                    measure: name.clone(),
                    value,
                    measured_at: cell("measured_at"),
                    recorded_at: recorded_at.clone(),
                    recorded_by: Some(by.clone()),
                    source: cell("source").or_else(|| source.map(str::to_owned)),
                }),
                Err(fault) => faults.push(fault),
            }
        }
        if arrivals.len() + faults.len() == before {
            let fault = table.row_fault(row, format!("nothing was measured of `{job_id}`"));
            faults.push(fault.expected("a number in one of the result columns"));
        }
    }
    Ok(Faults::or(arrivals, faults)?)
}

/// Holds arrivals against what was predicted and against the limits of their jobs; those that miss either by far are findings.
fn judge(ctx: &Context, store: &Store, arrivals: &[MeasuredOutcome]) -> Result<Outcome> {
    let columns = ["job_id", "measure", "measured", "predicted", "predicted_low", "predicted_high"];
    let more = ["simulated", "within", "misses"];
    let mut frame = Frame::new("libchar.litho-outcomes", 1, columns.into_iter().chain(more));
    let mut findings = 0;
    for arrival in arrivals {
        let job = store.registry.litho_job(&arrival.job_id)?;
        let entry = super::entry(&job);
        let (name, value) = (arrival.measure.as_str(), arrival.value);
        let none = Estimate { value: None, low: None, high: None };
        let said = entry.predicted.get(name).copied().unwrap_or(none);
        let within = said.low.zip(said.high).map(|(low, high)| (low..=high).contains(&value));
        let missed = pipeline::limits_of(&job).and_then(|profile| {
            let own = |limit: &&libchar_assurance::litho::profile::Limit| {
                limit.target == name && limit.violated(value)
            };
            profile.limits.iter().find(own).map(|limit| limit.text())
        });
        frame.push(vec![
            arrival.job_id.as_str().into(),
            name.into(),
            value.into(),
            said.value.into(),
            said.low.into(),
            said.high.into(),
            entry.simulated.get(name).copied().into(),
            within.map_or(Cell::Null, Cell::from),
            missed.clone().into(),
        ]);
        ctx.journal.results([ResultRow {
            point: Some(arrival.job_id.clone()),
            measure: format!("measured_{name}"),
            value: Some(value),
            unit: unit_of(name).map(str::to_owned),
            status: if missed.is_some() { "fails" } else { "ok" }.to_owned(),
        }]);
        let (severity, alert_type, what) = match missed {
            Some(limit) => ("CRITICAL", "constraint_violation", format!("misses {limit}")),
            None if is_far(value, said.low, said.high) => {
                let what = "lies far from what was predicted";
                ("WARN", "prediction_missed", what.to_owned())
            }
            None => continue,
        };
        findings += 1;
        let alert = NewAlert {
            fired_at: now(),
            severity,
            job_id: Some(arrival.job_id.clone()),
            alert_type,
            message: format!("{}: measured {name} {value} {what}", arrival.job_id),
            recommendation: Some("retrain on the record: libchar litho-predict retrain".to_owned()),
        };
        store.fire(ctx, alert)?;
    }
    ctx.print(&frame)?;
    Ok(Outcome::found(findings))
}
