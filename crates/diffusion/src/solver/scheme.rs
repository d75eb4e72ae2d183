//! What the parts of the integrator share: the weights of TR-BDF2, a furnace step, the current time
//! step.
//!
//! The coefficients are those of M. E. Hosea and L. F. Shampine, Appl. Numer. Math. 20, 21 (1996).

use super::mesh::Mesh;
use super::newton::{Motion, Stage};
use super::physics::Physics;
use super::{Surface, Tolerance};

/// Share of a step that its first stage takes.
pub(crate) const GAMMA: f64 = 2.0 - std::f64::consts::SQRT_2;
/// Weight of the implicit rate in both stages.
pub(crate) const IMPLICIT: f64 = 0.5 * GAMMA;
/// Weight of the two earlier rates in the second stage.
pub(crate) const EARLIER: f64 = 0.25 * std::f64::consts::SQRT_2;
/// Weights of the rates in the error: those of the third-order companion less those of the step.
pub(crate) const ERROR: [f64; 3] = [
    (1.0 - EARLIER) / 3.0 - EARLIER,
    (3.0 * EARLIER + 1.0) / 3.0 - EARLIER,
    IMPLICIT / 3.0 - IMPLICIT,
];
/// A correction of Newton's method below this share of the tolerance is the last one: the next
/// would be quadratically smaller.
const NEWTON_SHARE: f64 = 0.5;

/// Active nodes beyond the last node that changes, and beyond the interface.
pub(crate) const MARGIN: usize = 24;

/// Returns the oxide thickness in cm after `dt` seconds, from `(time s, thickness cm, dt s)` over
/// silicon of the given surface concentrations, cm-3.
pub(crate) type Growth<'a, const K: usize> = &'a dyn Fn(f64, f64, f64, &[f64; K]) -> f64;

/// One furnace step.
pub(crate) struct Job<'a, const K: usize> {
    pub time_s: f64,
    /// Physics at a time of the step.
    pub physics_at: &'a dyn Fn(f64) -> Physics<K>,
    /// Whether the physics is the same throughout the step.
    pub isothermal: bool,
    pub surface: [Surface; K],
    /// Growth law and initial thickness, cm.
    pub growth: Option<(Growth<'a, K>, f64)>,
    /// Distance of new nodes in the growing oxide, cm.
    pub oxide_spacing: f64,
    pub tolerance: Tolerance,
    /// Largest time step, s.
    pub longest_s: f64,
    /// Concentrations of the silicon below the domain, cm-3.
    pub undisturbed: [f64; K],
    /// Greatest depth of the domain, cm; a profile that reaches its end is a fault.
    pub deepest: f64,
    /// Whether the domain's greatest depth is the wafer's back, which nothing passes.
    pub ends_there: bool,
}

/// The current time step.
#[derive(Clone, Copy)]
pub(crate) struct Step<const K: usize> {
    /// Physics at the start of the furnace step.
    pub physics: Physics<K>,
    pub t: f64,
    pub dt: f64,
    /// Size of the step before it; 0 if there is none to extrapolate from.
    pub last_dt: f64,
    pub motion: Motion,
    /// Active nodes.
    pub window: usize,
    /// Inflow at the start that belongs to `rate[0]`; `None` when both must be computed.
    pub start_inflow: Option<[f64; K]>,
}

pub(crate) fn stage<'a, const K: usize>(
    mesh: &'a Mesh,
    physics: &'a Physics<K>,
    job: &'a Job<'_, K>,
    step: &Step<K>,
    weight: f64,
    rhs: &'a [[f64; K]],
) -> Stage<'a, K> {
    Stage {
        mesh,
        physics,
        surface: &job.surface,
        motion: step.motion,
        weight,
        rhs,
        relative: NEWTON_SHARE * job.tolerance.relative,
        absolute: NEWTON_SHARE * job.tolerance.floor_cm3,
    }
}
