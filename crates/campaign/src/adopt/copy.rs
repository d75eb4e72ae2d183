//! Copies adopted outputs into the folder of their point, with a status that marks them as adopted.

use super::find::Simulated;
use crate::outputs;
use crate::status::Status;
use anyhow::{Context as _, Result};
use libchar_core::hash;
use libchar_engine::Simulator;
use libchar_engine::measure::FileName;
use libchar_files::atomic;
use libchar_pvt::Point;
use std::fs;
use std::path::Path;

/// Text that stands for the version of the simulator.
pub const ADOPTED: &str = "adopted, not simulated here";

/// Copies deck and outputs into the point's folder; returns the point with its deck.
///
/// # Errors
/// Errors of the file system.
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

#[cfg(test)]
mod tests {
    use super::super::find::simulated;
    use super::copy;
    use crate::fixture::{Domain, log, names};
    use crate::status::Status;
    use libchar_engine::Simulator;
    use std::fs;
    use std::path::Path;

    #[test]
    fn outputs_get_a_deck_and_a_status_that_says_what_they_are() {
        let outputs = tempfile::tempdir().unwrap();
        fs::write(outputs.path().join("tx.out"), log("1.000000e-09")).unwrap();
        let found = simulated(outputs.path()).unwrap();
        let domain = Domain::new(1);
        let mut point = domain.points[0].clone();
        point.id = domain.path("adopted").display().to_string();
        let simulator = Simulator::find("ngspice", &toml::Table::new()).unwrap();
        let known = ("ngspice".to_owned(), simulator);
        let point = copy(point, &found[0], Some(&known)).unwrap();
        assert_eq!(names(Path::new(&point.id)), ["status.json", "tx.log", "tx.sp"]);
        assert!(point.deck.ends_with("/tx.sp"));
        let status = Status::read(&point.id).unwrap();
        assert_eq!(
            (status.simulator.as_str(), status.version.as_str()),
            ("ngspice", super::ADOPTED)
        );
        assert!(status.outputs.is_some_and(|outputs| outputs.len() == 1));
        let status = copy(point, &found[0], None).map(|point| Status::read(&point.id)).unwrap();
        assert_eq!(status.unwrap().simulator, "unknown");
    }
}
