//! Copies adopted outputs into the folder of their point, with a status that marks them as adopted.

use super::find::Simulated;
use crate::context::Context;
use anyhow::{Context as _, Result};
use libchar_campaign::outputs;
use libchar_campaign::status::Status;
use libchar_core::{Faults, hash};
use libchar_engine::Simulator;
use libchar_engine::measure::FileName;
use libchar_files::atomic;
use libchar_pvt::Point;
use std::fs;
use std::path::Path;

/// Text that stands for the version of the simulator.
pub const ADOPTED: &str = "adopted, not simulated here";

/// Finds the simulator with a given name.
pub fn simulator(name: Option<&str>, ctx: &Context) -> Result<Option<(String, Simulator)>> {
    let Some(name) = name else { return Ok(None) };
    ctx.config.consent("simulators").map_err(Faults::from)?;
    let simulator = Simulator::find(name, &ctx.config.section("simulators"))?;
    Ok(Some((name.to_owned(), simulator)))
}

/// Copies deck and outputs; returns the point with its deck.
pub fn copy(
    mut point: Point,
    simulated: &Simulated,
    simulator: Option<&(String, Simulator)>,
) -> Result<Point> {
    let folder = Path::new(&point.id);
    let (name, text) = match &simulated.deck {
        Some(deck) => {
            let name = deck.file_name().map(|name| name.to_string_lossy().into_owned());
            let text = fs::read(deck).with_context(|| format!("cannot read {}", deck.display()))?;
            (name.unwrap_or_default(), text)
        }
        None => {
            let text = format!("* {}: {ADOPTED}; no deck lay beside its outputs\n.end\n", point.id);
            (format!("{}.sp", simulated.stem), text.into_bytes())
        }
    };
    // The deck is written first, so that the outputs are newer, as after a simulation.
    write(&folder.join(&name), &text)?;
    let mut has_log = false;
    for file in &simulated.files {
        let own =
            file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let target = match FileName::parse(&own) {
            Some(_) => own,
            None if has_log => continue,
            None => {
                has_log = true;
                format!("{}.log", simulated.stem)
            }
        };
        let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
        write(&folder.join(target), &bytes)?;
    }
    point.deck = format!("{}/{name}", point.id);
    point.deck_sha256 = hash::sha256(&text);
    let place = outputs::Place { folder, stem: outputs::stem(&name) };
    let recorded = simulator.map(|(_, simulator)| outputs::record(place, simulator)).transpose()?;
    let name = simulator.map_or("unknown", |(name, _)| name);
    Status::adopted(&point, (name, ADOPTED), recorded).write()?;
    Ok(point)
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    atomic::write_unsynced(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}
