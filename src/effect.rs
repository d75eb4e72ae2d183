//! Finds axes of a domain that have no effect on its results.

use crate::context::Context;
use crate::sources::desk;
use libchar_campaign::readings::{quietly, tidy};
use libchar_pvt::Point;
use libchar_report::{Results, axes_without_effect};

/// Warns of axes along which no result differs; returns their number.
pub fn tell_of_results(results: &Results, ctx: &Context) -> usize {
    let axes = axes_without_effect(results);
    for (axis, values) in &axes {
        let message = format!(
            "all results are equal at the {values} values of the {axis}: it does not reach the simulation"
        );
        ctx.log.warning_once("effect", message);
    }
    axes.len()
}

/// Does the same for the outputs of simulated points. Their samples are not compared, because they
/// differ by more than the axes.
pub fn tell_of_points(points: &[Point], ctx: &Context) -> usize {
    let readings = quietly(&desk(ctx), points);
    let read = points.iter().cloned().zip(readings);
    let (points, readings): (Vec<Point>, Vec<_>) =
        read.filter_map(|(point, reading)| Some((point, reading?))).unzip();
    tell_of_results(&tidy(&points, &readings), ctx)
}
