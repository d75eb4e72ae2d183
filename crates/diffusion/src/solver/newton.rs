//! Newton's method for one implicit stage: `V c - a F(c) = rhs`, a block-tridiagonal system.

use super::Surface;
use super::block::{Block, apply, inverse, times};
use super::mesh::Mesh;
use super::nodes::Nodes;
use super::physics::Physics;

/// Buffers of the elimination, kept for the error estimate.
#[derive(Debug, Default)]
pub(crate) struct Elimination<const K: usize> {
    diagonal_inverse: Vec<Block<K>>,
    upper: Vec<Block<K>>,
    lower: Vec<Block<K>>,
    solution: Vec<[f64; K]>,
    /// Derivatives of the first face's flux with respect to its two nodes.
    first_face: Option<(Block<K>, Block<K>)>,
}

/// Motion of the interface during a step, cm/s in each material.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Motion {
    pub oxide: f64,
    pub silicon: f64,
}

/// One implicit stage.
pub(crate) struct Stage<'a, const K: usize> {
    pub mesh: &'a Mesh,
    pub physics: &'a Physics<K>,
    pub surface: &'a [Surface; K],
    pub motion: Motion,
    /// Weight of the new rate, s.
    pub weight: f64,
    /// Amounts that the stage starts from, cm-2.
    pub rhs: &'a [[f64; K]],
    /// Scale of a correction: relative to the concentration, and absolute.
    pub relative: f64,
    pub absolute: f64,
}

/// Flux through one face and its derivatives with respect to the two nodes.
#[derive(Clone, Copy)]
struct Face<const K: usize> {
    flux: [f64; K],
    by_left: Block<K>,
    by_right: Block<K>,
}

impl<const K: usize> Face<K> {
    const NONE: Self = Face { flux: [0.0; K], by_left: [[0.0; K]; K], by_right: [[0.0; K]; K] };
}

/// A stage that converged.
pub(crate) struct Solved<const K: usize> {
    pub iterations: usize,
    /// Rate at which each dopant enters through the surface, cm-2/s, exact for the returned solution.
    pub inflow: [f64; K],
}

/// Where Newton's method stopped without converging.
pub(crate) struct Diverged {
    pub node: usize,
    pub iterations: usize,
}

impl<const K: usize> Elimination<K> {
    pub fn resize(&mut self, nodes: usize) {
        self.diagonal_inverse.resize(nodes, [[0.0; K]; K]);
        self.upper.resize(nodes, [[0.0; K]; K]);
        self.lower.resize(nodes, [[0.0; K]; K]);
        self.solution.resize(nodes, [0.0; K]);
    }

    /// Iterates from the guess in `conc` (the active nodes only) until the correction is small.
    ///
    /// The discrete fluxes cancel in pairs in the residual as in the Jacobian, so that every
    /// iterate conserves the dose to rounding, converged or not.
    pub fn solve(
        &mut self,
        stage: &Stage<'_, K>,
        nodes: &mut Nodes<K>,
        conc: &mut [[f64; K]],
    ) -> Result<Solved<K>, Diverged> {
        const MOST: usize = 12;
        let mut last = f64::INFINITY;
        let mut worst_node = 0;
        for iteration in 1..=MOST {
            nodes.evaluate(stage.physics, stage.mesh.oxide_nodes, conc);
            let diverged = |node| Diverged { node, iterations: iteration };
            let first_flux = self.eliminate(stage, nodes, conc).map_err(diverged)?;
            self.substitute(conc.len());
            let mut worst: f64 = 0.0;
            for (i, (c, step)) in conc.iter_mut().zip(&self.solution).enumerate() {
                for k in 0..K {
                    c[k] += step[k];
                    let size = step[k].abs() / (stage.relative * c[k].abs() + stage.absolute);
                    if size > worst || size.is_nan() {
                        worst = size;
                        worst_node = i;
                    }
                }
            }
            if !worst.is_finite() || (iteration > 3 && worst > 2.0 * last) {
                return Err(diverged(worst_node));
            }
            if worst <= 1.0 {
                let mut inflow = self.inflow_of(stage.surface, stage.physics, &self.solution);
                for k in 0..K {
                    inflow[k] += match stage.surface[k] {
                        Surface::Closed => 0.0,
                        Surface::Gas(gas) => {
                            let before = conc[0][k] - self.solution[0][k];
                            stage.physics.dopants[k].gas_transfer * (gas - before)
                        }
                        Surface::Held(_) => first_flux[k],
                    };
                }
                return Ok(Solved { iterations: iteration, inflow });
            }
            last = worst;
        }
        Err(Diverged { node: worst_node, iterations: MOST })
    }

    /// Assembles the Newton system and eliminates its lower blocks in one pass.
    fn eliminate(
        &mut self,
        stage: &Stage<'_, K>,
        nodes: &Nodes<K>,
        conc: &[[f64; K]],
    ) -> Result<[f64; K], usize> {
        let n = conc.len();
        let a = stage.weight;
        let mut left: Face<K> = Face::NONE;
        let mut first = Face::NONE;
        for i in 0..n {
            let right = if i + 1 < n { face(stage, nodes, conc, i) } else { Face::NONE };
            let volume = stage.mesh.volume[i];
            let mut diagonal = [[0.0; K]; K];
            let mut residual = [0.0; K];
            for k in 0..K {
                residual[k] =
                    stage.rhs[i][k] + a * (left.flux[k] - right.flux[k]) - volume * conc[i][k];
                for j in 0..K {
                    diagonal[k][j] = a * (right.by_left[k][j] - left.by_right[k][j]);
                }
                diagonal[k][k] += volume;
            }
            let mut upper = right.by_right;
            for row in &mut upper {
                for value in row {
                    *value *= a;
                }
            }
            if i == 0 {
                first = right;
                for k in 0..K {
                    match stage.surface[k] {
                        Surface::Closed => {}
                        Surface::Gas(gas) => {
                            let h = stage.physics.dopants[k].gas_transfer;
                            residual[k] += a * h * (gas - conc[0][k]);
                            diagonal[k][k] += a * h;
                        }
                        Surface::Held(held) => {
                            diagonal[k] = [0.0; K];
                            diagonal[k][k] = volume;
                            upper[k] = [0.0; K];
                            residual[k] = volume * (held - conc[0][k]);
                        }
                    }
                }
            } else {
                let mut lower = left.by_left;
                for row in &mut lower {
                    for value in row {
                        *value *= -a;
                    }
                }
                let carried = times(&lower, &self.upper[i - 1]);
                let known = apply(&lower, &self.solution[i - 1]);
                for k in 0..K {
                    residual[k] -= known[k];
                    for j in 0..K {
                        diagonal[k][j] -= carried[k][j];
                    }
                }
                self.lower[i] = lower;
            }
            let inverse = inverse(diagonal).ok_or(i)?;
            self.upper[i] = times(&inverse, &upper);
            self.solution[i] = apply(&inverse, &residual);
            self.diagonal_inverse[i] = inverse;
            left = right;
        }
        self.first_face = Some((first.by_left, first.by_right));
        Ok(first.flux)
    }

    fn substitute(&mut self, n: usize) {
        for i in (0..n.saturating_sub(1)).rev() {
            let known = apply(&self.upper[i], &self.solution[i + 1]);
            for k in 0..K {
                self.solution[i][k] -= known[k];
            }
        }
    }

    /// Solves with the matrix of the last iteration; `amounts` becomes concentrations.
    pub fn filter(&mut self, amounts: &mut [[f64; K]]) {
        let n = amounts.len();
        for i in 0..n {
            let mut right = amounts[i];
            if i > 0 {
                let known = apply(&self.lower[i], &self.solution[i - 1]);
                for k in 0..K {
                    right[k] -= known[k];
                }
            }
            self.solution[i] = apply(&self.diagonal_inverse[i], &right);
        }
        self.substitute(n);
        amounts.copy_from_slice(&self.solution[..n]);
    }

    /// Change of the inflow through the surface with a change of the concentrations, linearized exactly
    /// as the balance was, so that inflow and dose agree to rounding.
    pub fn inflow_of(
        &self,
        surface: &[Surface; K],
        physics: &Physics<K>,
        change: &[[f64; K]],
    ) -> [f64; K] {
        std::array::from_fn(|k| match surface[k] {
            Surface::Closed => 0.0,
            Surface::Gas(_) => -physics.dopants[k].gas_transfer * change[0][k],
            Surface::Held(_) => {
                let Some((by_first, by_second)) = &self.first_face else { return 0.0 };
                let second = change.get(1).unwrap_or(&[0.0; K]);
                (0..K).map(|j| by_first[k][j] * change[0][j] + by_second[k][j] * second[j]).sum()
            }
        })
    }
}

/// Flux from node `i` to node `i + 1`.
#[inline(always)]
fn face<const K: usize>(
    stage: &Stage<'_, K>,
    nodes: &Nodes<K>,
    conc: &[[f64; K]],
    i: usize,
) -> Face<K> {
    let oxide = stage.mesh.oxide_nodes;
    if i + 1 == oxide {
        return interface(stage, conc, i);
    }
    let (l, r) = (&nodes.all[i], &nodes.all[i + 1]);
    let inverse = stage.mesh.inverse_interval[i];
    let mut face = Face::NONE;
    for k in 0..K {
        let mean = 0.5 * (l.g[k] + r.g[k]) * inverse;
        let difference = r.u[k] - l.u[k];
        let half = 0.5 * difference * inverse;
        face.flux[k] = -mean * difference;
        for j in 0..K {
            face.by_left[k][j] = mean * l.du[k][j] - half * l.dg[k][j];
            face.by_right[k][j] = -mean * r.du[k][j] - half * r.dg[k][j];
        }
    }
    // A moving face sweeps up the dopant that it passes.
    if oxide >= 2
        && let share = stage.mesh.face_speed(i)
        && share > 0.0
    {
        let speed = if i >= oxide { stage.motion.silicon } else { stage.motion.oxide };
        let swept = 0.5 * share * speed;
        for k in 0..K {
            face.flux[k] -= swept * (conc[i][k] + conc[i + 1][k]);
            face.by_left[k][k] -= swept;
            face.by_right[k][k] -= swept;
        }
    }
    face
}

/// Segregation through the interface, and the dopant in the silicon that turns into oxide.
fn interface<const K: usize>(stage: &Stage<'_, K>, conc: &[[f64; K]], i: usize) -> Face<K> {
    let mut face = Face::NONE;
    for (k, dopant) in stage.physics.dopants.iter().enumerate() {
        let in_oxide = dopant.transfer * dopant.segregation;
        let in_silicon = dopant.transfer + stage.motion.silicon;
        face.flux[k] = in_oxide * conc[i][k] - in_silicon * conc[i + 1][k];
        face.by_left[k][k] = in_oxide;
        face.by_right[k][k] = -in_silicon;
    }
    face
}

/// Rate of change of the amounts at every node, cm-2/s, and the inflow through the surface.
pub(crate) fn rates<const K: usize>(
    stage: &Stage<'_, K>,
    nodes: &mut Nodes<K>,
    conc: &[[f64; K]],
    out: &mut [[f64; K]],
) -> [f64; K] {
    nodes.evaluate(stage.physics, stage.mesh.oxide_nodes, conc);
    let n = conc.len();
    let mut left = [0.0; K];
    let mut inflow = [0.0; K];
    for i in 0..n {
        let right = if i + 1 < n { face(stage, nodes, conc, i).flux } else { [0.0; K] };
        if i == 0 {
            for k in 0..K {
                inflow[k] = match stage.surface[k] {
                    Surface::Closed => 0.0,
                    Surface::Gas(gas) => stage.physics.dopants[k].gas_transfer * (gas - conc[0][k]),
                    Surface::Held(_) => right[k],
                };
            }
            left = inflow;
        }
        out[i] = std::array::from_fn(|k| left[k] - right[k]);
        left = right;
    }
    inflow
}
