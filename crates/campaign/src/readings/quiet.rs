//! The outputs of many points, read on all cores.

use super::{Reader, Reading, prints};
use crate::desk::Desk;
use crate::domain::read_config;
use libchar_core::Fault;
use libchar_pvt::{Point, config};
use rayon::prelude::*;

/// Reads the outputs of points, in their order; a point whose files have faults has those instead.
pub fn all(desk: &Desk<'_>, points: &[Point]) -> Vec<Result<Reading, Vec<Fault>>> {
    let (site, simulator) = (desk.config.section("simulators"), simulator(desk));
    let (prints, environment) = (prints(desk.config), &desk.environment);
    let readings: Vec<Result<Reading, Vec<Fault>>> = points
        .par_iter()
        .map_init(
            || Reader::new(&site, simulator.as_deref(), &prints, environment),
            |reader, point| reader.read(point),
        )
        .collect();
    let read = readings.iter().flatten().flat_map(|reading| &reading.files);
    read.for_each(|path| desk.hears.reads(path));
    readings
}

/// Reads the outputs of points without messages; `None` for those whose files have faults.
pub fn quietly(desk: &Desk<'_>, points: &[Point]) -> Vec<Option<Reading>> {
    all(desk, points).into_iter().map(Result::ok).collect()
}

/// The simulator that `config.cfg` names at present, if the file can be read.
fn simulator(desk: &Desk<'_>) -> Option<String> {
    let has_config = desk.has(config::FILE);
    has_config.then(|| read_config(desk).ok()).flatten().map(|config| config.simulator)
}

#[cfg(test)]
mod tests {
    use super::quietly;
    use crate::fixture::{Domain, Files, Table, config, log};
    use std::fs;

    #[test]
    fn points_are_read_in_order_and_faults_are_left_out() {
        let domain = Domain::new(3);
        for i in [0, 2] {
            let id = &domain.points[i].id;
            fs::write(format!("{id}/sim_tx.log"), log(&format!("{i}.000000e-09"))).unwrap();
        }
        fs::remove_file(&domain.points[1].deck).unwrap();
        let (config, files) = (config(""), Files::default());
        let read = quietly(&Table::here(&config, &files), &domain.points);
        let value = |i: usize| read[i].as_ref().map(|reading| reading.measures.rows[0].value);
        assert_eq!((value(0), value(2)), (Some(Some(0.0)), Some(Some(2e-9))));
        assert!(read[1].is_none(), "its deck is gone");
        let logs = files.0.borrow().iter().filter(|path| path.ends_with("sim_tx.log")).count();
        assert_eq!(logs, 2, "what was read is told");
    }
}
