//! Checks that cells can drive their loads, before anything else is simulated.

use crate::deck::Bench;
use crate::drive::{DriveTask, said};
use crate::library::Known;
use crate::schedule::{Count, Job};
use crate::simulate::Room;
use crate::source::Source;
use crate::task::Task;
use anyhow::Result;
use libchar_core::{Fault, Faults, Note};

/// Simulates each output of each cell once; counts by cell and condition. With `holes`, loads
/// beyond the drive only cause warnings, because their entries become holes.
///
/// # Errors
/// Loads beyond the drive, unless `holes` is set.
pub fn check(
    source: &Source,
    benches: &[Bench],
    materials: &[String],
    holes: bool,
    room: &Room<'_>,
) -> Result<Vec<Count>> {
    let n = source.cells.len();
    let mut tasks: Vec<Vec<DriveTask<'_>>> = Vec::new();
    for (at, bench) in benches.iter().enumerate() {
        tasks.push(DriveTask::all(&source.config, &source.cells[at % n], bench));
    }
    let jobs = tasks.iter_mut().enumerate().map(|(at, own)| Job {
        name: source.name(at),
        material: materials[at].clone(),
        tasks: own.iter_mut().map(|task| task as &mut dyn Task).collect(),
    });
    let counts = room.simulate(jobs.collect())?;
    let mut faults = Vec::new();
    for (at, own) in tasks.iter().enumerate() {
        let (known, pvt) = (&source.cells[at % n], &source.config.pvt[at / n]);
        for task in own {
            let Some((found, expected)) = said(known, task, &pvt.name) else { continue };
            let (file, (line, column)) = place(source, known, task.output);
            faults.push(Fault::at(file, line, column, found).expected(expected));
        }
    }
    if !holes {
        Faults::or((), faults)?;
        return Ok(counts);
    }
    for fault in faults {
        (room.hear)(Note::Warning("lib", fault.to_string()));
    }
    Ok(counts)
}

/// The place in a file at which the largest load of an output is given.
fn place<'a>(source: &'a Source, known: &Known, output: usize) -> (&'a str, (usize, usize)) {
    let config = &source.config;
    let pin = known.like.as_ref().and_then(|liked| liked.pin(&known.cell.outputs[output]));
    let like = config.like.as_ref().map(|like| like.file.as_str());
    let of_like = like.zip(pin).filter(|(_, pin)| pin.loads_pf.is_some());
    match (known.said.max_load_place, of_like) {
        (Some(place), _) if known.said.max_load_pf.is_some() => (&config.file, place),
        (_, Some((file, pin))) => (file, pin.place),
        _ => (&config.file, config.loads_place),
    }
}
