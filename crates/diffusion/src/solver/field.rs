//! One time step of interstitials, vacancies, traps and clusters: TR-BDF2 with Newton's method for
//! the two that move. Traps and clusters stay in place and are eliminated at every node.
//!
//! Fluxes are differences of the ratios to equilibrium. In every iterate one equation gains what
//! another loses, to rounding, because the traps and clusters follow the same linearization.

use super::mesh::Mesh;
use super::newton::Motion;
use super::scheme::{EARLIER, ERROR, IMPLICIT};
use crate::defects::parameters::DefectPhysics;
use crate::defects::state::DefectState;

/// Concentrations of interstitials and vacancies, share of empty traps, concentration in clusters.
pub(crate) type Local = [f64; 4];

/// Defects at the silicon nodes, and the buffers of a step.
#[derive(Debug, Default)]
pub(crate) struct Field {
    pub now: Vec<Local>,
    pub new: Vec<Local>,
    /// Equilibrium concentrations of interstitials and vacancies.
    rest: Vec<[f64; 2]>,
    ratio: Vec<[f64; 3]>,
    physics: DefectPhysics,
    amount: Vec<Local>,
    rate: [Vec<Local>; 3],
    rhs: Vec<Local>,
    /// Whether `rate[0]` is the rate of `now`.
    known: bool,
    inverse: Vec<[f64; 4]>,
    upper: Vec<[f64; 4]>,
    lower: Vec<[f64; 2]>,
    solution: Vec<[f64; 2]>,
}

/// Clusters below this concentration count as none, cm-3.
const NOTHING_CM3: f64 = 1.0;

/// Newton's method did not converge.
pub(crate) struct Lost;

impl Field {
    /// Makes the state of a wafer at the start of a furnace step; `u` are the carrier ratios of the
    /// silicon nodes. `start` is the equilibrium from which an implanted wafer starts.
    pub fn new(
        state: &DefectState,
        physics: &DefectPhysics,
        u: &[f64],
        start: Option<&DefectPhysics>,
    ) -> Field {
        let mut field = Field {
            ratio: (0..u.len())
                .map(|j| [state.i_ratio[j], state.v_ratio[j], state.empty_ratio[j]])
                .collect(),
            now: state.clustered.iter().map(|c| [0.0, 0.0, 0.0, *c]).collect(),
            ..Field::default()
        };
        field.settle(physics, u);
        for j in 0..u.len() {
            if let Some(start) = start {
                let (i, v) = start.equilibrium(1.0);
                (field.now[j][0], field.now[j][1]) = (i, v);
            }
            field.now[j][0] += state.extra[0][j];
            field.now[j][1] += state.extra[1][j];
        }
        field.measure();
        field
    }

    /// The state after the step.
    pub fn state(&self) -> DefectState {
        let mut state = DefectState::rest(self.now.len());
        for (j, [i, v, f]) in self.ratio.iter().enumerate() {
            (state.i_ratio[j], state.v_ratio[j], state.empty_ratio[j]) = (*i, *v, *f);
            state.clustered[j] = self.now[j][3];
        }
        state
    }

    /// Takes over the physics of the next time step. When the temperature changes, the ratios to
    /// equilibrium are kept and the concentrations recomputed.
    pub fn settle(&mut self, physics: &DefectPhysics, u: &[f64]) {
        let warmed = physics.temp_c != self.physics.temp_c;
        self.physics = *physics;
        self.rest.clear();
        self.rest.extend(u.iter().map(|u| {
            let (i, v) = physics.equilibrium(*u);
            [i, v]
        }));
        if warmed {
            for ((now, ratio), rest) in self.now.iter_mut().zip(&self.ratio).zip(&self.rest) {
                now[0] = ratio[0] * rest[0];
                now[1] = ratio[1] * rest[1];
                now[2] = (ratio[2] * physics.trap_empty).min(1.0);
            }
            self.known = false;
        }
    }

    /// Ratios of interstitials and vacancies to equilibrium at a node.
    pub fn ratios(&self, all: &[Local], node: usize) -> (f64, f64) {
        let (now, rest) = (&all[node], &self.rest[node]);
        ((now[0] / rest[0]).max(0.0), (now[1] / rest[1]).max(0.0))
    }

    fn measure(&mut self) {
        let empty = self.physics.trap_empty;
        self.ratio.clear();
        self.ratio.extend(self.now.iter().zip(&self.rest).map(|(now, rest)| {
            let traps = if empty > 0.0 { now[2] / empty } else { 1.0 };
            [now[0] / rest[0], now[1] / rest[1], traps]
        }));
    }

    /// Computes amounts and rates at the start of a step.
    pub fn begin(&mut self, mesh: &Mesh, motion: Motion) {
        let (n, m) = (self.now.len(), mesh.oxide_nodes);
        for buffer in [&mut self.new, &mut self.amount, &mut self.rhs] {
            buffer.resize(n, [0.0; 4]);
        }
        self.rate.iter_mut().for_each(|rate| rate.resize(n, [0.0; 4]));
        self.inverse.resize(n, [0.0; 4]);
        self.upper.resize(n, [0.0; 4]);
        self.lower.resize(n, [0.0; 2]);
        self.solution.resize(n, [0.0; 2]);
        for (j, (amount, now)) in self.amount.iter_mut().zip(&self.now).enumerate() {
            let volume = mesh.volume[m + j];
            *amount = [now[0] * volume, now[1] * volume, now[2], now[3]];
        }
        if !self.known {
            self.start_rates(mesh, motion);
        }
        self.new.copy_from_slice(&self.now);
    }

    fn start_rates(&mut self, mesh: &Mesh, motion: Motion) {
        let m = mesh.oxide_nodes;
        let p = self.physics;
        let mut left = self.surface_flux(&self.now[0], 0);
        for j in 0..self.now.len() {
            let right = self.flux(mesh, motion, j);
            let (now, rest, volume) = (self.now[j], self.rest[j], mesh.volume[m + j]);
            let recombined = p.recombination * (now[0] * now[1] - rest[0] * rest[1]);
            let held = p.trap_rate
                * (rest[0] * self.emission() * (1.0 - now[2]) - now[0] * now[2])
                * self.trapping();
            let captured = (p.capture * now[0] - p.dissolution) * now[3];
            let local = p.traps * held - captured - recombined;
            self.rate[0][j] = [
                left[0] - right[0] + volume * local,
                left[1] - right[1] - volume * recombined,
                held,
                captured,
            ];
            left = right;
        }
    }

    fn emission(&self) -> f64 {
        self.physics.trap_empty / (1.0 - self.physics.trap_empty)
    }

    fn trapping(&self) -> f64 {
        f64::from(u8::from(self.physics.traps > 0.0))
    }

    /// Flux from the surface into the silicon: injection minus recombination.
    fn surface_flux(&self, at: &Local, node: usize) -> [f64; 2] {
        let (p, rest) = (&self.physics, &self.rest[node]);
        [p.injected - p.i_surface * (at[0] - rest[0]), -p.v_surface * (at[1] - rest[1])]
    }

    /// Conductances of the face below a node, cm/s per ratio, and the share that a moving face
    /// sweeps up.
    fn face(&self, mesh: &Mesh, motion: Motion, j: usize) -> ([f64; 2], f64) {
        let inverse = mesh.inverse_interval[mesh.oxide_nodes + j];
        let (l, r) = (&self.rest[j], &self.rest[j + 1]);
        let g = [
            self.physics.i_diffusivity * 0.5 * (l[0] + r[0]) * inverse,
            self.physics.v_diffusivity * 0.5 * (l[1] + r[1]) * inverse,
        ];
        let swept = 0.5 * mesh.face_speed(mesh.oxide_nodes + j) * motion.silicon;
        (g, swept)
    }

    fn flux(&self, mesh: &Mesh, motion: Motion, j: usize) -> [f64; 2] {
        if j + 1 == self.now.len() {
            return [0.0; 2];
        }
        let (g, swept) = self.face(mesh, motion, j);
        std::array::from_fn(|k| {
            let (l, r) = (self.now[j][k], self.now[j + 1][k]);
            -g[k] * (r / self.rest[j + 1][k] - l / self.rest[j][k]) - swept * (l + r)
        })
    }

    /// Solves one stage of a step of `dt` on the current mesh: stage 0 ends inside the step, stage
    /// 1 at its end.
    pub fn stage(
        &mut self,
        mesh: &Mesh,
        motion: Motion,
        dt: f64,
        stage: usize,
    ) -> Result<(), Lost> {
        const MOST: usize = 12;
        let weight = IMPLICIT * dt;
        for j in 0..self.now.len() {
            for k in 0..4 {
                let earlier = match stage {
                    0 => weight * self.rate[0][j][k],
                    _ => EARLIER * dt * (self.rate[0][j][k] + self.rate[1][j][k]),
                };
                self.rhs[j][k] = self.amount[j][k] + earlier;
            }
        }
        for iteration in 0..MOST {
            let worst = self.iterate(mesh, motion, weight)?;
            if worst <= 1.0 {
                break;
            }
            if iteration + 1 == MOST {
                return Err(Lost);
            }
        }
        let m = mesh.oxide_nodes;
        for j in 0..self.now.len() {
            let (new, rhs, volume) = (&self.new[j], &self.rhs[j], mesh.volume[m + j]);
            self.rate[stage + 1][j] = [
                (new[0] * volume - rhs[0]) / weight,
                (new[1] * volume - rhs[1]) / weight,
                (new[2] - rhs[2]) / weight,
                (new[3] - rhs[3]) / weight,
            ];
        }
        Ok(())
    }

    /// One Newton iteration; returns the largest correction in units of its scale.
    fn iterate(&mut self, mesh: &Mesh, motion: Motion, a: f64) -> Result<f64, Lost> {
        const RELATIVE: f64 = 1e-4;
        const ABSOLUTE: f64 = 1e-5;
        let (n, m, p) = (self.now.len(), mesh.oxide_nodes, self.physics);
        let (kt, emission) = (p.trap_rate * self.trapping(), self.emission());
        let mut left = self.surface_flux(&self.new[0], 0);
        // Derivatives of the left flux by the left node and by this one.
        let mut by_left = [0.0; 2];
        let mut by_right = [-p.i_surface, -p.v_surface];
        for j in 0..n {
            let ([i, v, ..], rest, rhs) = (self.new[j], self.rest[j], self.rhs[j]);
            let volume = mesh.volume[m + j];
            let (mut right, mut right_by_left, mut right_by_right) = ([0.0; 2], [0.0; 2], [0.0; 2]);
            if j + 1 < n {
                let (g, swept) = self.face(mesh, motion, j);
                let (next, next_rest) = (&self.new[j + 1], &self.rest[j + 1]);
                for k in 0..2 {
                    let (l, r) = (self.new[j][k], next[k]);
                    right_by_left[k] = g[k] / rest[k] - swept;
                    right_by_right[k] = -g[k] / next_rest[k] - swept;
                    right[k] = -g[k] * (r / next_rest[k] - l / rest[k]) - swept * (l + r);
                }
            }
            // Traps and clusters of the stage, as functions of the interstitials.
            let open = 1.0 + a * kt * (i + rest[0] * emission);
            let empty = (rhs[2] + a * kt * rest[0] * emission) / open;
            let empty_by_i = -empty * a * kt / open;
            let (mut clustered, mut clustered_by_i) = (0.0, 0.0);
            if rhs[3].abs() > NOTHING_CM3 {
                let fall = 1.0 - a * (p.capture * i - p.dissolution);
                if fall <= 0.1 {
                    return Err(Lost);
                }
                clustered = rhs[3] / fall;
                clustered_by_i = clustered * a * p.capture / fall;
            }
            let recombined = a * volume * p.recombination * (i * v - rest[0] * rest[1]);
            let local = volume * (p.traps * (empty - rhs[2]) - (clustered - rhs[3]));
            let local_by_i = volume * (p.traps * empty_by_i - clustered_by_i);
            let mut residual = [
                rhs[0] + a * (left[0] - right[0]) - recombined + local - volume * i,
                rhs[1] + a * (left[1] - right[1]) - recombined - volume * v,
            ];
            let bi = a * volume * p.recombination;
            let mut d = [
                volume + bi * v - local_by_i + a * (right_by_left[0] - by_right[0]),
                bi * i,
                bi * v,
                volume + bi * i + a * (right_by_left[1] - by_right[1]),
            ];
            if j > 0 {
                let low = [-a * by_left[0], -a * by_left[1]];
                let above = self.upper[j - 1];
                let known = self.solution[j - 1];
                residual[0] -= low[0] * known[0];
                residual[1] -= low[1] * known[1];
                d[0] -= low[0] * above[0];
                d[1] -= low[0] * above[1];
                d[2] -= low[1] * above[2];
                d[3] -= low[1] * above[3];
                self.lower[j] = low;
            }
            let inverse = inverse(d)?;
            let (ui, uv) = (a * right_by_right[0], a * right_by_right[1]);
            self.upper[j] = [inverse[0] * ui, inverse[1] * uv, inverse[2] * ui, inverse[3] * uv];
            self.solution[j] = apply(&inverse, &residual);
            self.inverse[j] = inverse;
            // The correction of traps and clusters will be linear in that of the interstitials.
            self.new[j][2] = empty;
            self.new[j][3] = clustered;
            self.rate[2][j][2] = empty_by_i;
            self.rate[2][j][3] = clustered_by_i;
            (left, by_left, by_right) = (right, right_by_left, right_by_right);
        }
        self.substitute();
        let mut worst: f64 = 0.0;
        for j in 0..n {
            let step = self.solution[j];
            let slopes = [self.rate[2][j][2], self.rate[2][j][3]];
            let (new, rest) = (&mut self.new[j], &self.rest[j]);
            for k in 0..2 {
                new[k] += step[k];
                let scale = RELATIVE * new[k].abs() + ABSOLUTE * rest[k];
                worst = worst.max(step[k].abs() / scale);
            }
            new[2] += slopes[0] * step[0];
            new[3] += slopes[1] * step[0];
            if !new[0].is_finite() || !new[1].is_finite() {
                return Err(Lost);
            }
        }
        Ok(worst)
    }

    fn substitute(&mut self) {
        for j in (0..self.now.len().saturating_sub(1)).rev() {
            let next = self.solution[j + 1];
            let known = apply(&self.upper[j], &next);
            self.solution[j][0] -= known[0];
            self.solution[j][1] -= known[1];
        }
    }

    /// Largest error of the step just solved, in units of the tolerance. It is judged like the
    /// error of the dopants: by concentration, and by how far it shifts the profile.
    pub fn error(&mut self, mesh: &Mesh, dt: f64, relative: f64) -> f64 {
        /// A dopant depends on the time integral of the ratio, so a single step may have a larger
        /// error.
        const LOOSER: f64 = 3.0;
        let (n, m) = (self.now.len(), mesh.oxide_nodes);
        let relative = LOOSER * relative;
        let most = self.now.iter().map(|now| now[3]).fold(1e6, f64::max);
        let combined = |rate: &[Vec<Local>; 3], j: usize, k: usize| {
            dt * (ERROR[0] * rate[0][j][k] + ERROR[1] * rate[1][j][k] + ERROR[2] * rate[2][j][k])
        };
        let mut worst: f64 = 0.0;
        for j in 0..n {
            let mut right = [combined(&self.rate, j, 0), combined(&self.rate, j, 1)];
            if j > 0 {
                right[0] -= self.lower[j][0] * self.solution[j - 1][0];
                right[1] -= self.lower[j][1] * self.solution[j - 1][1];
            }
            self.solution[j] = apply(&self.inverse[j], &right);
            let clusters = combined(&self.rate, j, 3).abs()
                / (relative * (self.new[j][3].abs() + 0.01 * most));
            let traps = combined(&self.rate, j, 2).abs() / (relative * self.physics.trap_empty);
            let weight =
                1.0 / (1.0 + IMPLICIT * dt * self.physics.trap_rate * self.new[j][0].max(0.0));
            worst = worst.max(clusters);
            if self.physics.traps > 0.0 {
                worst = worst.max(0.3 * traps * weight);
            }
        }
        self.substitute();
        for j in 0..n {
            let (l, r) = (j.saturating_sub(1), (j + 1).min(n - 1));
            let span = mesh.position[m + r] - mesh.position[m + l];
            let depth = mesh.position[m + j] - mesh.position[m];
            let shift = 0.5 * relative * depth.max(20.0 * span) / span;
            for k in 0..2 {
                let slope = (self.new[r][k] - self.new[l][k]).abs();
                let new = &self.new[j];
                let scale = relative * (new[k].abs() + self.rest[j][k]) + slope * shift;
                worst = worst.max(self.solution[j][k].abs() / scale);
            }
        }
        worst
    }

    /// Accepts the step just solved. Traps and clusters stay fixed in the silicon: nodes that move
    /// with the interface pass them by `moved`, cm, and take interpolated values.
    pub fn accept(&mut self, mesh: &Mesh, moved: f64) {
        std::mem::swap(&mut self.now, &mut self.new);
        self.rate.swap(0, 2);
        let (m, last) = (mesh.oxide_nodes, mesh.last_riding());
        self.known = true;
        let was = |i: usize| mesh.position[i] - if i <= last { moved } else { 0.0 };
        let mut above = m + 1;
        for i in m..=last {
            let at = mesh.position[i];
            while above + 1 < mesh.len() && was(above) < at {
                above += 1;
            }
            if moved == 0.0 || above >= mesh.len() {
                break;
            }
            let share = (at - was(above - 1)) / (was(above) - was(above - 1));
            for k in 2..4 {
                let (left, right) = (self.now[above - 1 - m][k], self.now[above - m][k]);
                self.now[i - m][k] = left + share.min(1.0) * (right - left);
            }
        }
        self.measure();
    }

    /// Amounts of interstitials, vacancies and clusters, cm-2.
    pub fn held(&self, mesh: &Mesh) -> [f64; 3] {
        let volumes = &mesh.volume[mesh.oxide_nodes..];
        [0, 1, 3].map(|k| self.now.iter().zip(volumes).map(|(now, volume)| now[k] * volume).sum())
    }

    /// Removes a node; `held` are the amounts before the removal. The trapezoidal rule over the
    /// remaining nodes gives slightly different amounts. The difference is spread over all nodes:
    /// at one node it would start a transient of microseconds.
    ///
    /// Rates are kept in proportion to the volumes (`before` are those before the removal).
    /// Computed anew they would contain the residual of Newton's method times the stiffness of the
    /// traps.
    pub fn remove(&mut self, node: usize, mesh: &Mesh, before: &[f64], held: [f64; 3]) {
        let after = &mesh.volume[mesh.oxide_nodes..];
        self.now.remove(node);
        self.rest.remove(node);
        self.ratio.remove(node);
        if self.known {
            let rate = &mut self.rate[0];
            for j in node.saturating_sub(1)..=(node + 1).min(before.len() - 1) {
                rate[j][0] /= before[j];
                rate[j][1] /= before[j];
            }
            rate.remove(node);
            for j in node.saturating_sub(1)..=node.min(after.len() - 1) {
                rate[j][0] *= after[j];
                rate[j][1] *= after[j];
            }
        }
        let left = self.held(mesh);
        for (k, (before, after)) in [0, 1, 3].into_iter().zip(held.into_iter().zip(left)) {
            if after > 0.0 && before > 0.0 {
                let scale = before / after;
                self.now.iter_mut().for_each(|now| now[k] *= scale);
            }
        }
        self.measure();
    }

    /// Interstitials minus vacancies, including those in traps and clusters, cm-2.
    #[cfg(test)]
    pub fn balance(&self, mesh: &Mesh) -> (f64, f64) {
        let m = mesh.oxide_nodes;
        let mut sums = (0.0, 0.0);
        for (j, [i, v, f, c]) in self.now.iter().enumerate() {
            let volume = mesh.volume[m + j];
            sums.0 += volume * (i - v - self.physics.traps * f + c);
            sums.1 += volume * (i + v + c);
        }
        sums
    }
}

fn inverse([a, b, c, d]: [f64; 4]) -> Result<[f64; 4], Lost> {
    let determinant = a * d - b * c;
    if determinant == 0.0 || !determinant.is_finite() {
        return Err(Lost);
    }
    let scale = 1.0 / determinant;
    Ok([d * scale, -b * scale, -c * scale, a * scale])
}

fn apply(m: &[f64; 4], x: &[f64; 2]) -> [f64; 2] {
    [m[0] * x[0] + m[1] * x[1], m[2] * x[0] + m[3] * x[1]]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::defects::parameters::{Damage, DefectModel, Growing};

    /// With closed surfaces the difference of interstitials and vacancies, including those in traps
    /// and clusters, is conserved.
    #[test]
    fn interstitials_less_vacancies_are_kept() {
        let own = [("i_surface_velocity", [0.0, 0.0]), ("v_surface_velocity", [0.0, 0.0])];
        let model = DefectModel {
            set: "suprem4".into(),
            own: own.map(|(name, pair)| (name.to_owned(), pair)).into(),
            damage: Damage::Clusters,
            start_c: None,
        };
        let physics = model.at(900.0, Growing::default());
        let nodes: Vec<f64> = (0..400).map(|j| 1e-7 * f64::from(j) * 1.01_f64.powi(j)).collect();
        let mesh = Mesh::new(&[], &nodes);
        let mut state = DefectState::rest(nodes.len());
        for (c, x) in state.clustered.iter_mut().zip(&nodes) {
            *c = 1e19 * (-((x - 1e-5) / 3e-6).powi(2)).exp();
        }
        state.extra[0].copy_from_slice(&state.clustered);
        let u = vec![1.0; nodes.len()];
        let mut field = Field::new(&state, &physics, &u, None);
        let (before, all) = field.balance(&mesh);
        let mut dt = 1e-9;
        for _ in 0..60 {
            field.begin(&mesh, Motion::default());
            let stages =
                [0, 1].map(|stage| field.stage(&mesh, Motion::default(), dt, stage).is_ok());
            if stages == [true, true] {
                field.accept(&mesh, 0.0);
                dt *= 1.5;
            } else {
                dt *= 0.25;
            }
        }
        let (after, _) = field.balance(&mesh);
        let most = field.ratio.iter().map(|r| r[0]).fold(0.0, f64::max);
        assert!(most > 10.0 && field.now.iter().any(|now| now[1] != field.rest[0][1]), "{most}");
        assert!((after - before).abs() < 1e-8 * all, "{before:e} {after:e} {all:e}");
    }

    /// Where there are no clusters, a hundredth of the largest concentration is the scale: 1e16 of
    /// 1e18. Three times the tolerance of 1e-3 makes 3e13, and the weight of the last rate in the
    /// error of TR-BDF2 is -(2 - sqrt(2))/3.
    #[test]
    fn the_error_of_clusters_is_judged_by_a_hundredth_of_the_most() {
        let mesh = Mesh::new(&[], &[0.0, 1.0]);
        let at = vec![[1.0, 1.0, 1.0, 1e18], [1.0, 1.0, 1.0, 0.0]];
        let mut last = vec![[0.0; 4]; 2];
        last[1][3] = 3e13;
        let mut field = Field {
            now: at.clone(),
            new: at,
            rest: vec![[1.0; 2]; 2],
            rate: [vec![[0.0; 4]; 2], vec![[0.0; 4]; 2], last],
            inverse: vec![[1.0, 0.0, 0.0, 1.0]; 2],
            upper: vec![[0.0; 4]; 2],
            lower: vec![[0.0; 2]; 2],
            solution: vec![[0.0; 2]; 2],
            ..Field::default()
        };
        let error = field.error(&mesh, 1.0, 1e-3);
        assert!((error - (2.0 - 2f64.sqrt()) / 3.0).abs() < 1e-12, "{error}");
    }

    /// Clusters of 4 - x at the depth x stay in place while two nodes move by 1/4: at their new
    /// depths 1/4 and 5/4 there are 15/4 and 11/4.
    #[test]
    fn nodes_that_move_pass_the_clusters_by() {
        let mut mesh = Mesh::new(&[0.0, 1.0], &[0.0, 1.0, 2.0, 3.0]);
        mesh.ride(2);
        mesh.move_interface(1.5, 0.25);
        let at: Vec<Local> = [4.0, 3.0, 2.0, 1.0].map(|c| [1.0, 1.0, 1.0, c]).to_vec();
        let mut field =
            Field { now: at.clone(), new: at, rest: vec![[1.0; 2]; 4], ..Field::default() };
        field.accept(&mesh, 0.25);
        let found: Vec<f64> = field.now.iter().map(|now| now[3]).collect();
        assert_eq!(found, [3.75, 2.75, 2.0, 1.0]);
    }
}
