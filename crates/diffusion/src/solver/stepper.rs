//! Adaptive TR-BDF2: L-stable, second order, with an embedded third-order error estimate.
//!
//! R. E. Bank et al., IEEE Trans. Electron Devices 32, 1992 (1985); the coefficients and the estimate
//! are those of M. E. Hosea and L. F. Shampine, Appl. Numer. Math. 20, 21 (1996).

use super::accuracy::{error_norm, first_step};
use super::coupling::Coupling;
use super::interface::{self, advance, interface_of, restore};
use super::mesh::Mesh;
use super::newton::{Diverged, Elimination, Motion, Solved, rates};
use super::nodes::Nodes;
use super::scheme::{EARLIER, ERROR, GAMMA, IMPLICIT, Job, MARGIN, Step, stage};
use super::{Effort, SolverError, Surface};
use crate::constants::{SI_PER_OXIDE, UM_PER_CM};

/// Number of steps and rejections after which a run is given up.
const MOST_STEPS: usize = 100_000;

/// Result of a furnace step.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Done<const K: usize> {
    /// Dose that entered through the surface, cm-2.
    pub inflow: [f64; K],
    /// Oxide thickness by the growth law, cm.
    pub oxide: f64,
    pub effort: Effort,
    /// Whether a profile reached the back of the wafer.
    pub reached_back: bool,
}

/// Solver with its buffers, which follow the size of the mesh and are not reallocated while
/// stepping.
#[derive(Debug, Default)]
pub(crate) struct Stepper<const K: usize> {
    pub(super) nodes: Nodes<K>,
    pub(super) elimination: Elimination<K>,
    pub(super) previous: Vec<[f64; K]>,
    pub(super) middle: Vec<[f64; K]>,
    pub(super) new: Vec<[f64; K]>,
    pub(super) amount: Vec<[f64; K]>,
    pub(super) rhs: Vec<[f64; K]>,
    pub(super) rate: [Vec<[f64; K]>; 3],
    pub(super) error: Vec<[f64; K]>,
}

/// A solved time step that is not accepted yet.
struct Tried<const K: usize> {
    /// Error in units of the tolerance.
    error: f64,
    inflow: [f64; K],
    end_inflow: [f64; K],
}

impl<const K: usize> Stepper<K> {
    pub(super) fn resize(&mut self, n: usize) {
        self.nodes.resize(n);
        self.elimination.resize(n);
        let [rate_0, rate_1, rate_2] = &mut self.rate;
        for buffer in [
            &mut self.previous,
            &mut self.middle,
            &mut self.new,
            &mut self.amount,
            &mut self.rhs,
            &mut self.error,
            rate_0,
            rate_1,
            rate_2,
        ] {
            buffer.resize(n, [0.0; K]);
        }
    }

    /// Advances the concentrations by a furnace step; the mesh may move, deepen and change its
    /// nodes.
    pub fn run(
        &mut self,
        mesh: &mut Mesh,
        conc: &mut Vec<[f64; K]>,
        job: &Job<'_, K>,
        mut coupling: Option<&mut Coupling<'_, K>>,
    ) -> Result<Done<K>, SolverError> {
        let mut done =
            Done { inflow: [0.0; K], oxide: 0.0, effort: Effort::default(), reached_back: false };
        let mut thickness = job.growth.map_or(0.0, |(_, start)| start);
        let depth = mesh.position[mesh.len() - 1] - mesh.position[mesh.oxide_nodes];
        let physics = (job.physics_at)(0.0);
        for k in 0..K {
            if let Surface::Held(held) = job.surface[k] {
                done.inflow[k] += mesh.volume[0] * (held - conc[0][k]);
                conc[0][k] = held;
            }
        }
        self.resize(mesh.len());
        let mut step = Step {
            physics,
            t: 0.0,
            dt: first_step(mesh, &physics, conc, job),
            last_dt: 0.0,
            motion: Motion::default(),
            window: self.first_window(mesh, conc, job, &physics),
            start_inflow: None,
        };
        if let Some(coupling) = &coupling {
            step.dt = step.dt.min(coupling.first_s);
        }
        while step.t < job.time_s {
            let rest = job.time_s - step.t;
            step.dt = step.dt.min(job.longest_s);
            if step.dt * 1.001 >= rest {
                step.dt = rest;
            } else if 2.0 * step.dt > rest {
                step.dt = 0.5 * rest;
            }
            let mut grown = thickness;
            if let Some((law, _)) = job.growth {
                let field = coupling.as_mut().map(|coupling| &mut coupling.field);
                let shift = interface::tend(mesh, conc, job.oxide_spacing, field);
                self.resize(mesh.len());
                let last = mesh.len() - 1;
                let left = mesh.position[last] - mesh.position[mesh.last_riding()];
                let deeper = left < 0.5 * depth && self.deepen(mesh, conc, job);
                if !deeper && last - mesh.last_riding() < interface::FEWEST {
                    return Err(SolverError::Consumed {
                        depth_um: mesh.position[last] * UM_PER_CM,
                        time_s: step.t,
                    });
                }
                // The oxide removes nodes from the silicon: the window must always reach beyond the
                // interface.
                let reach = step.window.saturating_add_signed(shift);
                step.window = reach.max(mesh.last_riding() + MARGIN).min(conc.len());
                step.last_dt = 0.0;
                step.start_inflow = None;
                let room = interface::room(mesh);
                let surface = conc[mesh.oxide_nodes];
                grown = law(step.t, thickness, step.dt, &surface);
                while grown - thickness > room {
                    step.dt *= (0.95 * room / (grown - thickness)).max(0.1);
                    grown = law(step.t, thickness, step.dt, &surface);
                }
                let speed = (grown - thickness) / step.dt;
                step.motion = Motion { oxide: speed, silicon: SI_PER_OXIDE * speed };
            }
            let interface = interface_of(mesh);
            let attempt =
                self.attempt(mesh, conc, job, &step, &mut done.effort, coupling.as_deref_mut());
            let tried = match attempt {
                Ok(tried) => tried,
                Err(diverged) => {
                    restore(mesh, interface);
                    done.effort.rejected += 1;
                    step.dt *= 0.25;
                    if step.dt < 1e-14 * job.time_s.max(1.0) || done.effort.rejected > MOST_STEPS {
                        return Err(SolverError::NoConvergence {
                            time_s: step.t,
                            dt_s: step.dt,
                            depth_um: mesh.position[diverged.node] * UM_PER_CM,
                        });
                    }
                    continue;
                }
            };
            let edge = self.edge_change(conc, step.window);
            let at_end = step.window == conc.len();
            let mut outran = edge > job.tolerance.floor_cm3;
            if outran && at_end && !self.deepen(mesh, conc, job) {
                if job.ends_there {
                    outran = false;
                    done.reached_back = true;
                } else {
                    return Err(SolverError::DomainTooShallow {
                        depth_um: mesh.position[mesh.len() - 1] * UM_PER_CM,
                        time_s: step.t,
                    });
                }
            }
            let factor = (0.85 * tried.error.max(1e-9).powf(-1.0 / 3.0)).clamp(0.2, 4.0);
            if outran || tried.error > 1.0 {
                restore(mesh, interface);
                done.effort.rejected += 1;
                if outran {
                    self.widen(conc, &mut step.window);
                } else {
                    step.dt *= factor.min(0.8);
                }
                continue;
            }
            let n = step.window;
            self.previous[..n].copy_from_slice(&conc[..n]);
            conc[..n].copy_from_slice(&self.new[..n]);
            self.rate.swap(0, 2);
            if let Some(coupling) = &mut coupling {
                coupling.field.accept(mesh, step.motion.silicon * step.dt);
            }
            for k in 0..K {
                done.inflow[k] += tried.inflow[k];
            }
            done.effort.steps += 1;
            thickness = grown;
            step.t = if step.dt >= rest { job.time_s } else { step.t + step.dt };
            step.last_dt = step.dt;
            step.dt *= factor;
            step.start_inflow = Some(tried.end_inflow);
            if edge > 1e-3 * job.tolerance.floor_cm3 && !at_end {
                self.widen(conc, &mut step.window);
            }
        }
        done.oxide = thickness;
        Ok(done)
    }

    /// Solves one step into `self.new` and estimates its error.
    fn attempt(
        &mut self,
        mesh: &mut Mesh,
        conc: &[[f64; K]],
        job: &Job<'_, K>,
        step: &Step<K>,
        effort: &mut Effort,
        mut coupling: Option<&mut Coupling<'_, K>>,
    ) -> Result<Tried<K>, Diverged> {
        let (n, dt) = (step.window, step.dt);
        let weight = IMPLICIT * dt;
        let physics = |share: f64| {
            if job.isothermal { step.physics } else { (job.physics_at)(step.t + share * dt) }
        };
        for (i, (amount, c)) in self.amount[..n].iter_mut().zip(conc).enumerate() {
            *amount = c.map(|c| c * mesh.volume[i]);
        }
        if let Some(coupling) = &mut coupling {
            coupling.begin(mesh, conc, &physics(0.0), step);
            coupling.enhance(mesh.oxide_nodes, true, &mut self.nodes.enhanced);
        }
        let start_inflow = match step.start_inflow {
            Some(known) => known,
            None => {
                let now = physics(0.0);
                let stage = stage(mesh, &now, job, step, weight, &[]);
                rates(&stage, &mut self.nodes, &conc[..n], &mut self.rate[0][..n])
            }
        };
        let interface = interface_of(mesh);

        // To t + GAMMA dt by the trapezoidal rule; the guess extrapolates the last step.
        let ahead = if step.last_dt > 0.0 { GAMMA * dt / step.last_dt } else { 0.0 };
        for i in 0..n {
            for k in 0..K {
                self.rhs[i][k] = self.amount[i][k] + weight * self.rate[0][i][k];
                let c = conc[i][k];
                self.middle[i][k] = plausible(c + ahead * (c - self.previous[i][k]), c);
            }
        }
        advance(mesh, interface, step.motion, GAMMA * dt);
        if let Some(coupling) = &mut coupling {
            self.defect_stage(mesh, step, coupling, 0)?;
        }
        let now = physics(GAMMA);
        let middle = counted(
            self.elimination.solve(
                &stage(mesh, &now, job, step, weight, &self.rhs[..n]),
                &mut self.nodes,
                &mut self.middle[..n],
            ),
            effort,
        )?;
        for i in 0..n {
            for k in 0..K {
                let gained = mesh.volume[i] * self.middle[i][k] - self.rhs[i][k];
                self.rate[1][i][k] = gained / weight;
            }
        }

        // To t + dt by backward differences.
        for i in 0..n {
            for k in 0..K {
                let earlier = self.rate[0][i][k] + self.rate[1][i][k];
                self.rhs[i][k] = self.amount[i][k] + EARLIER * dt * earlier;
                let (c, m) = (conc[i][k], self.middle[i][k]);
                self.new[i][k] = plausible(c + (m - c) / GAMMA, m);
            }
        }
        advance(mesh, interface, step.motion, dt);
        if let Some(coupling) = &mut coupling {
            self.defect_stage(mesh, step, coupling, 1)?;
        }
        let now = physics(1.0);
        let end = counted(
            self.elimination.solve(
                &stage(mesh, &now, job, step, weight, &self.rhs[..n]),
                &mut self.nodes,
                &mut self.new[..n],
            ),
            effort,
        )?;
        for i in 0..n {
            for k in 0..K {
                let gained = mesh.volume[i] * self.new[i][k] - self.rhs[i][k];
                self.rate[2][i][k] = gained / weight;
                self.error[i][k] = dt
                    * (ERROR[0] * self.rate[0][i][k]
                        + ERROR[1] * self.rate[1][i][k]
                        + ERROR[2] * self.rate[2][i][k]);
            }
        }
        self.elimination.filter(&mut self.error[..n]);
        let mut error = error_norm(mesh, &self.error[..n], &self.new[..n], job.tolerance);
        if let Some(coupling) = &mut coupling {
            error = error.max(coupling.field.error(mesh, dt, job.tolerance.relative));
        }
        let mut inflow = std::array::from_fn(|k| {
            EARLIER * dt * (start_inflow[k] + middle.inflow[k]) + weight * end.inflow[k]
        });
        let mut end_inflow = end.inflow;

        // Filtered once more, the estimate corrects the solution to third order, and the method is
        // still L-stable (filtered only once it would not be). As a filtered sum of rates it
        // conserves the dose.
        let first = self.elimination.inflow_of(&job.surface, &now, &self.error[..n]);
        for i in 0..n {
            self.rhs[i] = self.error[i].map(|e| e * mesh.volume[i]);
        }
        self.error[..n].copy_from_slice(&self.rhs[..n]);
        self.elimination.filter(&mut self.error[..n]);
        let keeps_sign = self.new[..n].iter().zip(&self.error[..n]).all(|(c, e)| {
            (0..K).all(|k| c[k] + e[k] >= 0.3 * c[k] - 1e-3 * job.tolerance.floor_cm3)
        });
        if keeps_sign {
            for i in 0..n {
                for k in 0..K {
                    let e = self.error[i][k];
                    self.new[i][k] += e;
                    self.rate[2][i][k] += (mesh.volume[i] * e - self.rhs[i][k]) / weight;
                }
            }
            let second = self.elimination.inflow_of(&job.surface, &now, &self.error[..n]);
            for k in 0..K {
                let early = ERROR[0] * start_inflow[k] + ERROR[1] * middle.inflow[k];
                inflow[k] += dt * (early + ERROR[2] * end.inflow[k]);
                inflow[k] += weight * (first[k] + second[k]);
                end_inflow[k] += second[k];
            }
        }
        Ok(Tried { error, inflow, end_inflow })
    }

    /// Solves a stage of the point defects and updates how they enhance the dopants' diffusion.
    fn defect_stage(
        &mut self,
        mesh: &Mesh,
        step: &Step<K>,
        coupling: &mut Coupling<'_, K>,
        stage: usize,
    ) -> Result<(), Diverged> {
        let lost = |_| Diverged { node: mesh.oxide_nodes, iterations: 0 };
        coupling.field.stage(mesh, step.motion, step.dt, stage).map_err(lost)?;
        coupling.enhance(mesh.oxide_nodes, false, &mut self.nodes.enhanced);
        Ok(())
    }
}

fn counted<const K: usize>(
    result: Result<Solved<K>, Diverged>,
    effort: &mut Effort,
) -> Result<Solved<K>, Diverged> {
    effort.iterations += match &result {
        Ok(solved) => solved.iterations,
        Err(diverged) => diverged.iterations,
    };
    result
}

/// Returns the guess, or the known value if the guess is far from it.
fn plausible(guess: f64, known: f64) -> f64 {
    if guess > 0.3 * known && guess < 3.0 * known { guess } else { known }
}
