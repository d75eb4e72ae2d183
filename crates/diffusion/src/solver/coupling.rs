//! The coupling of the dopants to the point defects that they ride on.

use super::field::Field;
use super::mesh::Mesh;
use super::physics::Physics;
use super::stepper::Step;
use crate::defects::parameters::DefectPhysics;

/// Point defects that the dopants ride on.
pub(crate) struct Coupling<'a, const K: usize> {
    pub field: Field,
    /// Their physics at a time of the step, s, under an oxide that grows at a rate, cm/s.
    pub physics_at: &'a dyn Fn(f64, f64) -> DefectPhysics,
    /// Share of interstitials in the diffusion of each dopant.
    pub fi: [f64; K],
    /// First time step, s.
    pub first_s: f64,
    carriers: Vec<f64>,
}

impl<'a, const K: usize> Coupling<'a, K> {
    pub fn new(
        field: Field,
        physics_at: &'a dyn Fn(f64, f64) -> DefectPhysics,
        fi: [f64; K],
        first_s: f64,
    ) -> Self {
        Coupling { field, physics_at, fi, first_s, carriers: Vec::new() }
    }

    /// Makes ready for a step that begins on `mesh`.
    pub(super) fn begin(
        &mut self,
        mesh: &Mesh,
        conc: &[[f64; K]],
        physics: &Physics<K>,
        step: &Step<K>,
    ) {
        let silicon = &conc[mesh.oxide_nodes..];
        self.carriers.resize(silicon.len(), 1.0);
        for (u, c) in self.carriers.iter_mut().zip(silicon) {
            *u = physics.ratio(c, *u);
        }
        let defects = (self.physics_at)(step.t + 0.5 * step.dt, step.motion.oxide);
        self.field.settle(&defects, &self.carriers);
        self.field.begin(mesh, step.motion);
    }

    /// How much faster the dopants move at every node, by the defects at the start or at the stage just solved.
    pub(super) fn enhance(&self, oxide: usize, start: bool, into: &mut Vec<[f64; K]>) {
        let all = if start { &self.field.now } else { &self.field.new };
        into.clear();
        into.resize(oxide, [1.0; K]);
        into.extend((0..all.len()).map(|j| {
            let (i, v) = self.field.ratios(all, j);
            self.fi.map(|fi| fi * i + (1.0 - fi) * v)
        }));
    }
}
