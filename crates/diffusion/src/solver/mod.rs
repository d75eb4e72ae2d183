//! Conservative transport of dopants: finite volumes in depth, TR-BDF2 in time.

#![allow(
    clippy::needless_range_loop,
    reason = "the indices are those of nodes and dopants in several arrays at once"
)]

pub(crate) mod accuracy;
pub(crate) mod block;
pub(crate) mod coupling;
pub(crate) mod field;
pub(crate) mod interface;
pub(crate) mod mesh;
pub(crate) mod newton;
pub(crate) mod nodes;
pub(crate) mod physics;
pub(crate) mod scheme;
pub(crate) mod stepper;
pub(crate) mod window;

/// Accuracy of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tolerance {
    /// Local error of a time step relative to the concentration.
    pub relative: f64,
    /// Concentration whose errors are negligible, cm-3.
    pub floor_cm3: f64,
}

impl Default for Tolerance {
    fn default() -> Self {
        Tolerance { relative: 3e-3, floor_cm3: 1e12 }
    }
}

/// Boundary condition above the silicon during a step, for one dopant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Surface {
    /// Nothing passes.
    Closed,
    /// The surface concentration is held, cm-3.
    Held(f64),
    /// A gas of this concentration, cm-3, exchanges dopant through a transport coefficient.
    Gas(f64),
}

/// Numerical effort of a step.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Effort {
    /// Accepted time steps.
    pub steps: usize,
    /// Rejected time steps.
    pub rejected: usize,
    /// Newton iterations.
    pub iterations: usize,
}

impl Effort {
    /// Adds the effort of another piece of the step.
    pub(crate) fn add(&mut self, other: Effort) {
        self.steps += other.steps;
        self.rejected += other.rejected;
        self.iterations += other.iterations;
    }
}

/// Why a step could not be solved.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum SolverError {
    /// Newton's method did not converge down to the smallest time step.
    #[error(
        "no convergence {time_s:.6} s into the step at a depth of {depth_um:.4} um with a time step of {dt_s:.3e} s"
    )]
    NoConvergence {
        /// Time reached, s.
        time_s: f64,
        /// Time step that failed, s.
        dt_s: f64,
        /// Depth of the largest correction, um.
        depth_um: f64,
    },
    /// A profile reached the end of a domain that may not grow.
    #[error(
        "the profile reaches the end of the domain at {depth_um} um, {time_s:.6} s into the step"
    )]
    DomainTooShallow {
        /// Depth of the domain, um.
        depth_um: f64,
        /// Time reached, s.
        time_s: f64,
    },
    /// Oxide grew through all of the silicon.
    #[error(
        "the oxide consumes the silicon down to the end of the domain at {depth_um} um, {time_s:.6} s into the step"
    )]
    Consumed {
        /// Depth of the domain, um.
        depth_um: f64,
        /// Time reached, s.
        time_s: f64,
    },
}
