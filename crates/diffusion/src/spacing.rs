//! How fine the mesh must be beside an interface through which dopants pass.

use crate::constants::{LATTICE_CM3, SI_PER_OXIDE};
use crate::model::Model;
use crate::parameters::Parameters;
use crate::solver::nodes::Nodes;
use crate::solver::physics::Physics;
use crate::species::Species;
use crate::thermal::Thermal;

/// Distance of new nodes in a growing oxide, cm: a sixtieth of the final oxide. On an existing
/// oxide it is at most a twentieth of the newly grown part.
pub(crate) fn oxide_spacing(before: f64, after: f64) -> f64 {
    let whole = (after / 60.0).clamp(1e-7, 2e-6);
    if before > 0.0 { whole.min(((after - before) / 20.0).max(1e-8)) } else { whole }
}

/// First oxide interval at the interface, cm: a tenth of a length that is the sum of the shortest
/// diffusion length of a dopant in the oxide and a fifth of the grown thickness.
pub(crate) fn finest_oxide(
    model: &Model,
    species: &[Species],
    thermal: Thermal,
    grown: f64,
) -> f64 {
    /// A spacing below a thousandth of an atom improves nothing.
    const LEAST: f64 = 1e-11;
    let hottest = thermal.from_c.max(thermal.to_c);
    let lengths = species.iter().filter_map(|s| {
        let d = Parameters::builtin().oxide_diffusivity(*s, hottest);
        let segregates = model.segregation(*s, hottest).is_some();
        (d > 0.0 && segregates).then(|| (d * thermal.time_s).sqrt())
    });
    let shortest = lengths.fold(f64::INFINITY, f64::min);
    if shortest.is_infinite() {
        return 1e-9;
    }
    (0.1 * (shortest + 0.2 * grown)).clamp(LEAST, 2e-7)
}

/// Length, cm, of the pile-up of a dopant in front of an oxide whose interface moves at `speed`
/// (cm/s, in the silicon): the shortest `D/v` of the dopants in the silicon that will be consumed,
/// with `conc` at its nodes. D is the slope of the flux at the concentration of the pile: where
/// clusters hold an arsenic peak back, that is far below the diffusivity. `None` where nothing
/// piles up.
pub(crate) fn pile_up<const K: usize>(
    physics: &Physics<K>,
    conc: &[[f64; K]],
    speed: f64,
) -> Option<f64> {
    /// Concentration below which a dopant is ignored, cm-3.
    const NOTHING: f64 = 1e13;
    let deepest = conc.last()?;
    let mut nodes = Nodes::default();
    nodes.resize(1);
    let lengths = (0..K).filter_map(|k| {
        let peak = conc.iter().map(|c| c[k]).fold(0.0, f64::max);
        let dopant = &physics.dopants[k];
        if peak < NOTHING || speed <= 0.0 {
            return None;
        }
        let mut piled = *deepest;
        piled[k] = (peak * (dopant.segregation * SI_PER_OXIDE).max(1.0)).min(LATTICE_CM3);
        nodes.evaluate(physics, 0, &[piled]);
        let held_back = nodes.all[0].g[k] * nodes.all[0].du[k][k];
        let d = dopant.silicon.intrinsic().min(held_back);
        (d > 0.0).then(|| d / speed)
    });
    lengths.reduce(f64::min)
}
