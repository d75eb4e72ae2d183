//! Reads the outputs of points, for their extraction and to check whether results are up to date.

use crate::context::Context;
use crate::domain;
use crate::sources::environment;
use libchar_campaign::readings::{Reader, Reading, prints};
use libchar_pvt::Point;
use rayon::prelude::*;
use std::path::Path;

/// Reads the outputs of points without messages; `None` for those whose files have faults.
pub fn quietly(ctx: &Context, points: &[Point]) -> Vec<Option<Reading>> {
    let (site, simulator) = (ctx.config.section("simulators"), simulator(ctx));
    let (prints, environment) = (prints(&ctx.config), environment());
    let readings: Vec<Option<Reading>> = points
        .par_iter()
        .map_init(
            || Reader::new(&site, simulator.as_deref(), &prints, &environment),
            |reader, point| reader.read(point).ok(),
        )
        .collect();
    readings.iter().flatten().flat_map(|reading| &reading.files).for_each(|path| ctx.depends(path));
    readings
}

/// The simulator that `config.cfg` names at present, if the file can be read.
pub fn simulator(ctx: &Context) -> Option<String> {
    let has_config = Path::new(libchar_pvt::config::FILE).exists();
    has_config.then(|| domain::read_config(ctx).ok()).flatten().map(|config| config.simulator)
}
