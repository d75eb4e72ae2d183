use super::super::registry::Store;
use crate::context::Context;
use crate::exit::Outcome;
use anyhow::Result;
use clap::Args;
use libchar_assurance::litho::record::{Entry, SIGNALS, Truth};
use libchar_core::svg::{Axis, Chart, PALETTE};
use libchar_core::{Cell, Fault, Faults, Frame};

/// What was predicted, simulated and measured
#[derive(Args)]
pub struct History {
    /// Only these jobs
    jobs: Vec<String>,
    /// Only these signals: results, cd_nm, and the trade-off signals
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    signals: Vec<String>,
    /// At most so many jobs, the newest
    #[arg(short = 'n', long, value_name = "N")]
    limit: Option<usize>,
}

/// One signal from job to job
#[derive(Args)]
pub struct Trend {
    /// The signal, such as dof_nm or overall_health
    signal: String,
    /// At most so many jobs, the newest
    #[arg(short = 'n', long, value_name = "N")]
    limit: Option<usize>,
    /// Draw it as SVG
    #[arg(long, value_name = "FILE")]
    svg: Option<String>,
}

fn known(name: &str) -> Result<&'static str> {
    let own = SIGNALS.into_iter().find(|own| *own == name);
    let fault = || Fault::of("signal", format!("unknown signal `{name}`")).one_of(name, SIGNALS);
    Ok(own.ok_or_else(|| Faults::from(fault()))?)
}

fn newest(entries: &[Entry], limit: Option<usize>) -> &[Entry] {
    &entries[entries.len() - limit.unwrap_or(entries.len()).min(entries.len())..]
}

/// One row a job and signal.
pub fn history(args: &History, ctx: &Context, store: &Store) -> Result<Outcome> {
    let signals: Vec<&str> = match args.signals.as_slice() {
        [] => SIGNALS.to_vec(),
        names => names.iter().map(|name| known(name)).collect::<Result<_>>()?,
    };
    // A job that is not there is told.
    for id in &args.jobs {
        store.registry.litho_job(id)?;
    }
    let mut entries = super::entries(store)?;
    entries.retain(|entry| args.jobs.is_empty() || args.jobs.contains(&entry.id));
    let mut frame = Frame::new(
        "libchar.litho-record",
        1,
        [
            "submitted_at",
            "job_id",
            "signal",
            "predicted",
            "predicted_low",
            "predicted_high",
            "simulated",
            "measured",
            "measurements",
        ],
    );
    for entry in newest(&entries, args.limit) {
        for name in &signals {
            let said = entry.predicted.get(*name);
            let (simulated, measured) = (entry.simulated.get(*name), entry.measured_mean(name));
            if said.is_none() && simulated.is_none() && measured.is_none() {
                continue;
            }
            frame.push(vec![
                entry.at.as_str().into(),
                entry.id.as_str().into(),
                (*name).into(),
                said.and_then(|e| e.value).into(),
                said.and_then(|e| e.low).into(),
                said.and_then(|e| e.high).into(),
                simulated.copied().into(),
                measured.into(),
                entry.measured.get(*name).map_or(0, Vec::len).into(),
            ]);
        }
    }
    ctx.print(&frame)?;
    Ok(Outcome::Fine)
}

/// One row a job that knows the signal, the oldest first.
pub fn trend(args: &Trend, ctx: &Context, store: &Store) -> Result<Outcome> {
    let name = known(&args.signal)?;
    let mut entries = super::entries(store)?;
    entries.retain(|entry| {
        entry.predicted.contains_key(name) || entry.truth(name, Truth::Best).is_some()
    });
    let entries = newest(&entries, args.limit);
    let mut frame = Frame::new(
        "libchar.litho-trend",
        1,
        [
            "submitted_at",
            "job_id",
            "predicted",
            "predicted_low",
            "predicted_high",
            "simulated",
            "measured",
            "error",
            "within",
        ],
    );
    for entry in entries {
        let said = entry.predicted.get(name);
        let truth = entry.truth(name, Truth::Best);
        let value = said.and_then(|e| e.value);
        let interval = said.and_then(|e| e.low.zip(e.high));
        let within = interval.zip(truth).map(|((low, high), y)| (low..=high).contains(&y));
        frame.push(vec![
            entry.at.as_str().into(),
            entry.id.as_str().into(),
            value.into(),
            interval.map(|i| i.0).into(),
            interval.map(|i| i.1).into(),
            entry.simulated.get(name).copied().into(),
            entry.measured_mean(name).into(),
            truth.zip(value).map(|(y, p)| y - p).into(),
            within.map_or(Cell::Null, Cell::from),
        ]);
    }
    ctx.print(&frame)?;
    if let Some(file) = &args.svg {
        ctx.write(file, picture(name, entries).as_bytes())?;
    }
    Ok(Outcome::Fine)
}

/// Predictions with their intervals, what was simulated and what was measured, in the order of submission.
fn picture(name: &str, entries: &[Entry]) -> String {
    let all = entries.iter().flat_map(|entry| {
        let said = entry.predicted.get(name);
        let ends = said.into_iter().flat_map(|e| [e.value, e.low, e.high]).flatten();
        ends.chain(entry.simulated.get(name).copied()).chain(entry.measured_mean(name))
    });
    let mut chart = Chart::new(
        format!("{name} from job to job"),
        Axis::linear("job", [1.0, entries.len().max(1) as f64]),
        Axis::linear(name, all.filter(|v| v.is_finite())),
    );
    let [band, simulated, measured] = [PALETTE[0], PALETTE[2], PALETTE[1]];
    for (i, entry) in entries.iter().enumerate() {
        let x = (i + 1) as f64;
        if let Some(said) = entry.predicted.get(name) {
            if let Some((low, high)) = said.low.zip(said.high) {
                chart.line(&[(x, low), (x, high)], band, 1.0);
            }
            if let Some(value) = said.value {
                chart.dot(x, value, 2.0, band);
            }
        }
        if let Some(value) = entry.simulated.get(name) {
            chart.dot(x, *value, 2.0, simulated);
        }
        if let Some(value) = entry.measured_mean(name) {
            chart.dot(x, value, 3.0, measured);
        }
    }
    chart
        .legend("predicted, with its interval", band)
        .legend("simulated", simulated)
        .legend("measured", measured);
    chart.render()
}
