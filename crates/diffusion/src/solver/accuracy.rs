//! Length of the first time step, and the error of a step.

use super::Tolerance;
use super::mesh::Mesh;
use super::nodes::Nodes;
use super::physics::Physics;
use super::scheme::Job;

/// Time in which the steepest part of the profile spreads over half an interval.
pub(super) fn first_step<const K: usize>(
    mesh: &Mesh,
    physics: &Physics<K>,
    conc: &[[f64; K]],
    job: &Job<'_, K>,
) -> f64 {
    let mut fastest: f64 = 0.0;
    let mut nodes = Nodes::default();
    nodes.resize(conc.len());
    nodes.evaluate(physics, mesh.oxide_nodes, conc);
    for i in 0..conc.len().saturating_sub(1) {
        if i + 1 == mesh.oxide_nodes {
            continue;
        }
        for k in 0..K {
            let (left, right) = (&nodes.all[i], &nodes.all[i + 1]);
            let flux = 0.5 * (left.g[k] + right.g[k]) * (right.u[k] - left.u[k]);
            let held = conc[i][k].max(conc[i + 1][k]) + job.tolerance.floor_cm3;
            fastest = fastest.max(flux.abs() / held * mesh.inverse_interval[i].powi(2));
        }
    }
    (0.25 / fastest).min(0.02 * job.time_s).max(1e-9 * job.time_s)
}

/// Largest error of a node in units of the tolerance. Besides the concentration itself, an error is
/// judged by how far it shifts the profile. The allowed shift is half the relative tolerance times
/// the depth, and the depth counts as at least forty intervals (for a profile that the mesh does
/// not resolve yet).
pub(super) fn error_norm<const K: usize>(
    mesh: &Mesh,
    error: &[[f64; K]],
    conc: &[[f64; K]],
    tolerance: Tolerance,
) -> f64 {
    let n = conc.len();
    let m = mesh.oxide_nodes;
    let mut worst: f64 = 0.0;
    for i in 0..n {
        let left = if i == 0 || i == m { i } else { i - 1 };
        let right = if i + 1 == n || i + 1 == m { i } else { i + 1 };
        let span = mesh.position[right] - mesh.position[left];
        let depth = if i >= m { mesh.position[i] - mesh.position[m] } else { 0.0 };
        let shift = 0.5 * tolerance.relative * depth.max(20.0 * span);
        for k in 0..K {
            let slope = (conc[right][k] - conc[left][k]).abs() / span.max(f64::MIN_POSITIVE);
            let scale = tolerance.relative * conc[i][k].abs() + tolerance.floor_cm3 + slope * shift;
            let ratio = error[i][k] / scale;
            worst = worst.max(ratio.abs());
        }
    }
    worst
}
