//! The waveforms of the driver cell, before all that needs them.

use super::simulate::{Job, Room, simulate};
use super::source::Source;
use crate::context::Context;
use anyhow::Result;
use libchar_campaign::sources::Disk;
use libchar_cells::bench::bench;
use libchar_cells::deck::Bench;
use libchar_cells::driver::{DriverTask, slews};
use libchar_cells::task::Task;
use libchar_core::{Fault, Faults};
use libchar_engine::trim::Trimmer;
use std::sync::Arc;

/// Simulates the driver cell at each condition, if there is one, and gives its waveforms to the benches of that condition.
///
/// # Errors
/// A driver that does not rise and fall; a transition that it does not have.
pub fn give_waveforms(
    source: &Source,
    benches: &mut [Bench],
    mut disk: Disk,
    room: &Room<'_>,
    ctx: &Context,
) -> Result<()> {
    let (Some(known), Some((name, (line, column)))) = (&source.driver, &source.config.driver)
    else {
        return Ok(());
    };
    let fault = |found: String| Fault::at(&source.config.file, *line, *column, found);
    let (mut trimmer, files) = (Trimmer::default(), source.files.iter());
    let files: Vec<String> = files.map(|file| file.display().to_string()).collect();
    let mut own = Vec::new();
    for pvt in &source.config.pvt {
        let models = source.folder.join(&pvt.models).display().to_string();
        let paths = (models.as_str(), files.as_slice());
        let (bench, reason) =
            bench(&source.config, &known.cell, pvt, paths, &mut trimmer, &mut disk);
        let material = reason.map(|_| super::benches::digest(&disk)).unwrap_or_default();
        own.push((bench, material));
    }
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
    simulate(jobs.collect(), room, ctx)?;
    let mut faults = Vec::new();
    let n = source.cells.len();
    for (p, (task, pvt)) in tasks.iter().zip(&source.config.pvt).enumerate() {
        let Some(shapes) = task.shapes().map(Arc::new) else {
            let why = task.failure().unwrap_or_else(|| "it gave no waveform".to_owned());
            let expected = "a larger driver, slower transitions, or ramps, without `driver`";
            faults.push(fault(format!("{why}, at `{}`", pvt.name)).expected(expected));
            continue;
        };
        for bench in &mut benches[p * n..(p + 1) * n] {
            if let Some(varying) = &mut bench.varying {
                varying.0.shapes = Some(shapes.clone());
            }
            bench.shapes = Some(shapes.clone());
        }
    }
    Ok(Faults::or((), faults)?)
}
