//! Simulates the waveforms of the driver cell, before the simulations that use them.

use crate::benches::Read;
use crate::deck::Bench;
use crate::driver::{DriverTask, slews};
use crate::schedule::Job;
use crate::simulate::Room;
use crate::source::Source;
use crate::task::Task;
use anyhow::Result;
use libchar_core::{Fault, Faults};
use std::sync::Arc;

/// Simulates the driver cell at each condition, if there is one, and adds its waveforms to the
/// benches of that condition.
///
/// # Errors
/// A driver that does not rise and fall, and a transition that it does not produce.
pub fn give_waveforms(
    source: &Source,
    benches: &mut [Bench],
    read: &mut Read,
    room: &Room<'_>,
) -> Result<()> {
    let (Some(known), Some((name, (line, column)))) = (&source.driver, &source.config.driver)
    else {
        return Ok(());
    };
    let fault = |found: String| Fault::at(&source.config.file, *line, *column, found);
    let pvts = source.config.pvt.iter();
    let own: Vec<(Bench, String)> = pvts.map(|pvt| read.bench(source, &known.cell, pvt)).collect();
    let slews = slews(&source.cells);
    let mut tasks = Vec::new();
    for (bench, _) in &own {
        let Some(task) = DriverTask::new(&source.config, known, bench, slews.clone()) else {
            let found = format!("no input of the driver `{name}` makes its output rise and fall");
            return Err(Faults::from(fault(found).expected("an inverter or a buffer")).into());
        };
        tasks.push(task);
    }
    let jobs = tasks.iter_mut().zip(&own).zip(&source.config.pvt).map(|((task, own), pvt)| Job {
        name: format!("{} driver {name}", pvt.name),
        material: own.1.clone(),
        tasks: vec![task as &mut dyn Task],
    });
    room.simulate(jobs.collect())?;
    let mut faults = Vec::new();
    let n = source.cells.len();
    for (p, (task, pvt)) in tasks.iter().zip(&source.config.pvt).enumerate() {
        let Some(shapes) = task.shapes().map(Arc::new) else {
            let why = task.why().unwrap_or("it gave no waveform");
            let expected = "a larger driver, slower transitions, or ramps, without `driver`";
            faults.push(fault(format!("{why}, at `{}`", pvt.name)).expected(expected));
            continue;
        };
        for bench in &mut benches[p * n..(p + 1) * n] {
            bench.give(&shapes);
        }
    }
    Ok(Faults::or((), faults)?)
}
