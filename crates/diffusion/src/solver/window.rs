//! The active nodes: from the surface to a little beyond the last node that changes.

use super::mesh::Mesh;
use super::newton::{Motion, rates};
use super::physics::Physics;
use super::scheme::{Job, MARGIN, Step, stage};
use super::stepper::Stepper;

impl<const K: usize> Stepper<K> {
    /// Number of active nodes in the first step: all that change noticeably, and some more.
    pub(super) fn first_window(
        &mut self,
        mesh: &Mesh,
        conc: &[[f64; K]],
        job: &Job<'_, K>,
        physics: &Physics<K>,
    ) -> usize {
        let step = Step {
            physics: *physics,
            t: 0.0,
            dt: 0.0,
            last_dt: 0.0,
            motion: Motion::default(),
            window: conc.len(),
            start_inflow: None,
        };
        let stage = stage(mesh, physics, job, &step, 0.0, &[]);
        rates(&stage, &mut self.nodes, conc, &mut self.error);
        let least = 1e-4 * job.tolerance.floor_cm3;
        let last = (0..conc.len())
            .rev()
            .find(|&i| self.error[i].iter().any(|f| f.abs() * job.time_s > least * mesh.volume[i]));
        (last.unwrap_or(0).max(mesh.last_riding()) + MARGIN).min(conc.len())
    }

    /// Largest change at the outermost active nodes in the step just taken.
    pub(super) fn edge_change(&self, conc: &[[f64; K]], window: usize) -> f64 {
        let mut change: f64 = 0.0;
        for i in window.saturating_sub(3)..window {
            for k in 0..K {
                change = change.max((self.new[i][k] - conc[i][k]).abs());
            }
        }
        change
    }

    /// Adds nodes to the active window; they have not changed so far.
    pub(super) fn widen(&mut self, conc: &[[f64; K]], window: &mut usize) {
        let wider = (*window + *window / 4 + 8).min(conc.len());
        for i in *window..wider {
            self.rate[0][i] = [0.0; K];
            self.previous[i] = conc[i];
        }
        *window = wider;
    }

    /// Appends undisturbed silicon; returns false when the domain may not grow. The volume of the
    /// last node then grows. Its concentration is averaged over the new volume, so that the dose
    /// grows by exactly that of the new silicon.
    pub(super) fn deepen(
        &mut self,
        mesh: &mut Mesh,
        conc: &mut Vec<[f64; K]>,
        job: &Job<'_, K>,
    ) -> bool {
        let last = mesh.len() - 1;
        let depth = mesh.position[last];
        let goal = (1.3 * depth).min(job.deepest);
        if goal <= depth * (1.0 + 1e-9) {
            return false;
        }
        let covered = mesh.volume[last];
        let mut interval = mesh.interval(last - 1);
        while mesh.position[mesh.len() - 1] < goal {
            interval *= 1.02;
            mesh.position.push(mesh.position[mesh.len() - 1] + interval);
            conc.push(job.undisturbed);
        }
        mesh.measure();
        let covers = mesh.volume[last];
        for (c, below) in conc[last].iter_mut().zip(job.undisturbed) {
            *c = (*c * covered + below * (covers - covered)) / covers;
        }
        self.resize(mesh.len());
        true
    }
}
