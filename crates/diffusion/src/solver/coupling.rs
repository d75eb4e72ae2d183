//! Couples the dopants to the point defects that carry them.

use super::field::Field;
use super::mesh::Mesh;
use super::physics::Physics;
use super::scheme::Step;
use crate::defects::parameters::DefectPhysics;

/// Point defects that enhance the diffusion of the dopants.
pub(crate) struct Coupling<'a, const K: usize> {
    pub field: Field,
    /// Returns their physics at a time of the step, s, under an oxide that grows at a rate, cm/s.
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

    /// Prepares for a step that begins on `mesh`.
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

    /// Enhancement of the dopants' diffusion at every node, by the defects at the start of the step
    /// or at the stage just solved.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::defects::parameters::{Damage, DefectModel, Growing};
    use crate::defects::state::DefectState;
    use crate::model::{Activation, Model};
    use crate::solver::scheme::Job;
    use crate::solver::stepper::Stepper;
    use crate::solver::{Surface, Tolerance};
    use crate::species::Species;
    use crate::wafer::lay_nodes;

    /// Anneals boron of 1e19 cm-3 over a background for half an hour at 1000 C, with defects or
    /// without, with the same time steps.
    fn anneal(defects: Option<&DefectModel>) -> (Vec<[f64; 2]>, f64) {
        let model = Model { activation: Activation::Full, ..Model::default() };
        let species = [Species::Boron, Species::Phosphorus];
        let physics = model.physics(&species, 1000.0, false, None).unwrap();
        let nodes: Vec<f64> = lay_nodes(2.0, 1e-3, None, false).iter().map(|x| x * 1e-4).collect();
        let mut mesh = Mesh::new(&[], &nodes);
        let bell = |x: f64| 1e19 * (-((x - 1e-5) / 3e-6).powi(2)).exp();
        let mut conc: Vec<[f64; 2]> = nodes.iter().map(|x| [bell(*x), 1e15]).collect();
        let job = Job {
            time_s: 1800.0,
            physics_at: &|_| physics,
            isothermal: true,
            surface: [Surface::Closed; 2],
            growth: None,
            oxide_spacing: 0.0,
            tolerance: Tolerance::default(),
            longest_s: f64::INFINITY,
            undisturbed: [0.0, 1e15],
            deepest: nodes[nodes.len() - 1],
            ends_there: true,
        };
        let at = |defects: &DefectModel| defects.at(1000.0, Growing::default());
        let defect_physics = |_: f64, _: f64| defects.map(at).unwrap_or_default();
        let mut coupling = defects.map(|defects| {
            let rest = DefectState::rest(nodes.len());
            let u: Vec<f64> = conc.iter().map(|c| physics.ratio(c, 1.0)).collect();
            let field = Field::new(&rest, &at(defects), &u, None);
            let fi = species.map(|s| defects.fi(s));
            Coupling::new(field, &defect_physics, fi, f64::INFINITY)
        });
        let mut stepper = Stepper::<2>::default();
        stepper.run(&mut mesh, &mut conc, &job, coupling.as_mut()).unwrap();
        let ratios = coupling.iter().flat_map(|c| c.field.state().i_ratio);
        (conc, ratios.map(|ratio| (ratio - 1.0).abs()).fold(0.0, f64::max))
    }

    /// Where charge states do not shift it, equilibrium is a solution of the coupled equations:
    /// interstitials and vacancies stay there, and the dopants diffuse as in the Fermi model, to
    /// 1e-9. With charge states I*(u) changes with the dopants, and the ratio deviates from 1
    /// because the defects must diffuse to follow it.
    #[test]
    fn at_equilibrium_the_coupled_equations_are_the_fermi_model() {
        let charges =
            ["i_charge_neg", "i_charge_pos", "v_charge_neg", "v_charge_dneg", "v_charge_pos"];
        let neutral = DefectModel {
            set: "suprem4".into(),
            own: charges.map(|name| (name.to_owned(), [0.0, 0.0])).into(),
            damage: Damage::None,
            start_c: None,
        };
        let charged = DefectModel { own: Default::default(), ..neutral.clone() };
        let (fermi, _) = anneal(None);
        let off = |found: &[[f64; 2]]| {
            let pairs = found.iter().zip(&fermi).filter(|(_, f)| f[0] > 1e12);
            pairs.map(|(c, f)| (c[0] / f[0] - 1.0).abs()).fold(0.0, f64::max)
        };
        let (coupled, away) = anneal(Some(&neutral));
        assert!(off(&coupled) < 1e-9 && away < 1e-9, "{:e} {away:e}", off(&coupled));
        let (coupled, away) = anneal(Some(&charged));
        assert!(off(&coupled) < 1e-2 && away < 1e-2, "{:e} {away:e}", off(&coupled));
    }
}
