//! The moving interface: its position, and the nodes beside it.

use super::field::Field;
use super::mesh::Mesh;
use super::newton::Motion;
use crate::constants::SI_PER_OXIDE;

/// Share of the silicon interval in front of the interface that one step may oxidize.
const BITE: f64 = 0.6;

/// Number of silicon nodes, from the last one that moves with the interface on, that must remain.
pub(crate) const FEWEST: usize = 4;

/// Oxide that may grow before the nodes must be adjusted again, cm.
pub(crate) fn room(mesh: &Mesh) -> f64 {
    BITE * mesh.interval(mesh.last_riding()) / SI_PER_OXIDE
}

/// Positions of the interface in the oxide and in the silicon.
pub(crate) fn interface_of(mesh: &Mesh) -> (f64, f64) {
    match mesh.oxide_nodes {
        0 => (0.0, 0.0),
        m => (mesh.position[m - 1], mesh.position[m]),
    }
}

pub(crate) fn advance(mesh: &mut Mesh, from: (f64, f64), motion: Motion, time: f64) {
    if motion != Motion::default() {
        mesh.move_interface(from.0 + motion.oxide * time, from.1 + motion.silicon * time);
    }
}

pub(crate) fn restore(mesh: &mut Mesh, interface: (f64, f64)) {
    if mesh.oxide_nodes > 0 {
        mesh.move_interface(interface.0, interface.1);
    }
}

/// Adjusts the intervals beside a moving interface. It removes the silicon node that the last node
/// moving with the interface is about to reach, and inserts a node into a stretched oxide interval,
/// both without changing the dose. Returns the change of the number of nodes.
pub(crate) fn tend<const K: usize>(
    mesh: &mut Mesh,
    conc: &mut Vec<[f64; K]>,
    oxide_spacing: f64,
    mut field: Option<&mut Field>,
) -> isize {
    let before = mesh.len();
    let (m, e) = (mesh.oxide_nodes, mesh.last_riding());
    while mesh.len() > e + FEWEST && mesh.interval(e) < 0.5 * mesh.interval(e + 1) {
        let amount: [f64; K] =
            std::array::from_fn(|k| (e..e + 3).map(|i| mesh.volume[i] * conc[i][k]).sum());
        let held = field.as_ref().map(|field| (field.held(mesh), mesh.volume[m..].to_vec()));
        mesh.position.remove(e + 1);
        conc.remove(e + 1);
        mesh.measure();
        if let (Some(field), Some((held, volumes))) = (&mut field, held) {
            field.remove(e + 1 - m, mesh, &volumes, held);
        }
        for k in 0..K {
            let behind = mesh.volume[e] * conc[e][k];
            let rest = (amount[k] - behind) / mesh.volume[e + 1];
            if rest > 0.0 {
                conc[e + 1][k] = rest;
            } else {
                let held = behind + mesh.volume[e + 1] * conc[e + 1][k];
                let scale = if held > 0.0 { amount[k] / held } else { 1.0 };
                conc[e][k] *= scale;
                conc[e + 1][k] *= scale;
            }
        }
    }
    // A node at the linearly interpolated concentration does not change the dose by the trapezoidal
    // rule.
    let last = mesh.interval(m - 2);
    if last > 1.6 * oxide_spacing {
        let share = oxide_spacing / last;
        let (left, right) = (conc[m - 2], conc[m - 1]);
        let between = std::array::from_fn(|k| left[k] + share * (right[k] - left[k]));
        mesh.position.insert(m - 1, mesh.position[m - 2] + oxide_spacing);
        conc.insert(m - 1, between);
        mesh.oxide_nodes += 1;
        mesh.measure();
    }
    mesh.len() as isize - before as isize
}
