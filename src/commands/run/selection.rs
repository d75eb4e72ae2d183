//! Selects the points of a run.

use super::{Run, Usage};
use crate::point_list;
use anyhow::Result;
use libchar_campaign::choice;
use libchar_campaign::job;
use libchar_campaign::samples;
use libchar_campaign::status::{State, Status};
use libchar_core::input::Source;
use libchar_pvt::Point;
use std::collections::BTreeSet;

/// The points in the arguments and on standard input, in the order of points.csv.
///
/// # Errors
/// A name that is not a point or corner, with the nearest one.
pub fn choose(points: &[Point], args: &Run, named: Option<&Source>) -> Result<Vec<Point>> {
    let mut chosen: Vec<&Point> = points.iter().collect();
    if let Some(source) = named {
        let wanted = point_list::read(points, &source.name, &source.bytes)?;
        chosen.retain(|point| wanted.contains(&point.id));
    }
    choice::keep_named(&mut chosen, points, &args.point, &args.corner)?;
    if args.failed {
        let failed: BTreeSet<String> = job::with_blocks(chosen.iter().copied().cloned().collect())?
            .iter()
            .filter(|job| Status::read(&job.id).is_some_and(|status| status.status != State::Done))
            .map(|job| samples::point_id(&job.id).to_owned())
            .collect();
        chosen.retain(|point| failed.contains(&point.id));
    }
    if let Some(n) = args.sample {
        if n == 0 {
            return Err(Usage("--sample takes 1 or more".to_owned()).into());
        }
        chosen = choice::spread(&chosen, n);
    }
    Ok(chosen.into_iter().cloned().collect())
}
