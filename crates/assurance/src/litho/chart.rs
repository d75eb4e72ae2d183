//! The charts of one job: its image, and its process window.

use libchar_core::svg::{Axis, Chart, PALETTE, stack_rendered};
use libchar_litho::simulate::Simulation;
use libchar_litho::{Image, Job};

const BLUE: &str = PALETTE[0];
const RED: &str = PALETTE[1];
const GREEN: &str = PALETTE[2];
const GREY: &str = "#666666";

/// Intensity over one pitch on either side of a line, with the threshold and the nominal edges.
pub fn image(id: &str, job: &Job, simulation: &Simulation) -> String {
    let image = Image::of(job);
    let points: Vec<(f64, f64)> = (0..=400)
        .map(|i| job.pitch_nm * (f64::from(i) / 200.0 - 1.0))
        .map(|x| (x, image.at(x)))
        .collect();
    let top = points.iter().map(|p| p.1).fold(simulation.threshold, f64::max);
    let mut chart = Chart::new(
        format!("{id}: image at {} nm from best focus", job.defocus_nm),
        Axis::linear("x (nm)", points.iter().map(|p| p.0)),
        Axis::linear("intensity (clear field = 1)", [0.0, top]),
    );
    let half = job.cd_nm / 2.0;
    chart.rect((-half, 0.0), (half, top), GREY, 0.12).line(&points, BLUE, 2.0).level(
        simulation.threshold,
        "threshold",
        RED,
    );
    chart.render()
}

/// Two panels: dose limits against focus, and the exposure latitude that all focus up to each one shares.
pub fn window(id: &str, job: &Job, simulation: &Simulation) -> String {
    let window = &simulation.window;
    let both_sides = |doses: &[Option<f64>]| -> Vec<(f64, f64)> {
        let side = |sign: f64| {
            window
                .focus_nm
                .iter()
                .zip(doses)
                .map(move |(f, d)| (sign * f, d.map_or(f64::NAN, |d| 100.0 * (d - 1.0))))
        };
        side(-1.0).rev().chain(side(1.0).skip(1)).collect()
    };
    let (low, high) = (both_sides(&window.dose_low), both_sides(&window.dose_high));
    let near = |points: &[(f64, f64)]| {
        points.iter().map(|p| p.1).filter(|d| d.abs() < 60.0).collect::<Vec<_>>()
    };
    let doses = near(&low).into_iter().chain(near(&high)).chain([-5.0, 5.0]);
    let end = window.dof_nm / 2.0;
    let latitude: Vec<(f64, f64)> =
        window.focus_nm.iter().zip(&window.el_pct).map(|(f, el)| (*f, *el)).collect();
    let mut chart = Chart::new(
        format!(
            "{id}: process window, CD within {} %, depth of focus {:.1} nm at {} % latitude",
            100.0 * job.cd_tolerance,
            window.dof_nm,
            100.0 * job.el_min
        ),
        Axis::linear("focus (nm)", low.iter().map(|p| p.0)),
        Axis::linear("dose from nominal (%)", doses),
    );
    chart
        .line(&low, BLUE, 2.0)
        .line(&high, RED, 2.0)
        .level(0.0, "", GREY)
        .mark(end, "", GREY)
        .mark(-end, "", GREY)
        .legend("least dose", BLUE)
        .legend("greatest dose", RED);
    let mut below = Chart::new(
        "Exposure latitude common to all focus up to each distance".to_owned(),
        Axis::linear("distance from best focus (nm)", latitude.iter().map(|p| p.0)),
        Axis::linear("exposure latitude (%)", latitude.iter().map(|p| p.1).chain([0.0])),
    );
    below
        .line(&latitude, GREEN, 2.0)
        .level(100.0 * job.el_min, "least wanted", GREY)
        .mark(end, "", GREY);
    stack_rendered(&[chart.render(), below.render()])
}
