//! Runs a recipe: every step in order on one wafer.

use crate::closed_form::gauss_legendre;
use crate::cold::{STILL_C, skips_cold};
use crate::constants::{LATTICE_CM3, SI_PER_OXIDE, UM_PER_CM};
use crate::defects::parameters::{Damage, DefectModel, Growing};
use crate::defects::state::DefectState;
use crate::implant::{Implant, ImplantError};
use crate::model::ModelError;
use crate::oxidation::{Ambient, OxideGrowth, linear_factor};
use crate::parameters::Parameters;
use crate::recipe::{Action, Recipe, Source, Thermal};
use crate::remarks;
use crate::solver::coupling::Coupling;
use crate::solver::field::Field;
use crate::solver::physics::Physics;
use crate::solver::scheme::{Growth, Job};
use crate::solver::stepper::Stepper;
use crate::solver::{Effort, SolverError, Surface};
use crate::spacing::{finest_oxide, oxide_spacing, pile_up};
use crate::species::Species;
use crate::wafer::{Wafer, extend_nodes, lay_nodes};

/// Why a recipe cannot be run, and at which step (from 0).
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("step {}: {kind}", step + 1)]
pub struct RunError {
    /// Step that failed, from 0.
    pub step: usize,
    /// What went wrong.
    pub kind: RunErrorKind,
}

/// Kind of a step's error.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RunErrorKind {
    /// A model does not cover the step.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// An implant cannot be computed.
    #[error(transparent)]
    Implant(#[from] ImplantError),
    /// The equations could not be solved.
    #[error(transparent)]
    Solver(#[from] SolverError),
    /// A step that needs a bare surface found oxide.
    #[error("predep needs a bare surface, and {tox_nm:.3} nm of oxide cover it: strip it first")]
    Covered {
        /// Oxide thickness, nm.
        tox_nm: f64,
    },
    /// A step that needs oxide found none.
    #[error("strip needs oxide, and there is none")]
    NoOxide,
    /// A concentration above that of silicon's atoms.
    #[error("{conc_cm3:.2e} cm-3 of {species} are more than silicon has atoms (5e22 cm-3)")]
    Impossible {
        /// The dopant.
        species: Species,
        /// Its highest concentration, cm-3.
        conc_cm3: f64,
    },
    /// More dopants than the solver can handle at once.
    #[error("{0} dopants at once are too many")]
    TooManySpecies(usize),
}

/// What a step did.
#[derive(Clone, Debug, PartialEq)]
pub struct StepReport {
    /// The recipe's word for the step.
    pub word: &'static str,
    /// Name in the recipe.
    pub name: Option<String>,
    /// Oxide thickness after the step, nm.
    pub tox_nm: f64,
    /// What the step did to each dopant of the wafer.
    pub dopants: Vec<DopantReport>,
    /// Effort of the solver.
    pub effort: Effort,
    /// Limits of the models that the user should know.
    pub warnings: Vec<String>,
}

/// What a step did to one dopant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DopantReport {
    /// The dopant.
    pub species: Species,
    /// Dose in the silicon after the step, cm-2.
    pub silicon_dose_cm2: f64,
    /// Dose in the oxide after the step, cm-2.
    pub oxide_dose_cm2: f64,
    /// Dose that came in through the surface or was implanted, cm-2.
    pub inflow_cm2: f64,
    /// Intrinsic thermal budget of the step, cm2.
    pub dt_cm2: f64,
}

/// A recipe that ran.
#[derive(Clone, Debug)]
pub struct Run {
    /// The wafer after the last step.
    pub wafer: Wafer,
    /// What every step did.
    pub steps: Vec<StepReport>,
    /// Remarks on the wafer before the first step.
    pub remarks: Vec<String>,
}

/// Runs a recipe.
///
/// # Errors
/// At the first step that cannot be done.
pub fn run(recipe: &Recipe) -> Result<Run, RunError> {
    let species = recipe.species();
    let mut wafer = prepare(recipe, species.clone());
    let mut steps = Vec::with_capacity(recipe.steps.len());
    let mut damaged = false;
    for (index, step) in recipe.steps.iter().enumerate() {
        let fail = |kind: RunErrorKind| RunError { step: index, kind };
        let mut warnings = remarks::of_step(recipe, &step.action, &species, damaged);
        let before: Vec<(f64, f64)> = (0..species.len()).map(|k| wafer.doses_cm2(k)).collect();
        let mut inflow = vec![0.0; species.len()];
        let mut effort = Effort::default();
        match &step.action {
            Action::Strip if wafer.oxide <= 0.0 => return Err(fail(RunErrorKind::NoOxide)),
            Action::Strip => wafer.strip_oxide(),
            Action::Deposit { thickness_nm } => wafer.deposit_oxide(thickness_nm * 1e-7),
            Action::Sheet { species: dopant, dose_cm2 } => {
                let k = index_of(&species, *dopant);
                let m = wafer.mesh.oxide_nodes;
                wafer.conc[k][m] += dose_cm2 / wafer.mesh.volume[m];
                inflow[k] = *dose_cm2;
            }
            Action::Implant(implant) => {
                let k = index_of(&species, implant.species);
                inflow[k] =
                    lay_implant(recipe, &mut wafer, k, implant, &mut warnings).map_err(fail)?;
                damaged = true;
            }
            Action::Predep { .. } if wafer.oxide > 0.0 => {
                return Err(fail(RunErrorKind::Covered { tox_nm: wafer.tox_nm() }));
            }
            Action::Predep { .. } | Action::Anneal { .. } => {
                let before = wafer.last_temp_c;
                (inflow, effort) =
                    furnace(recipe, &mut wafer, &step.action, &mut warnings).map_err(fail)?;
                let hottest = step.action.hottest_c().unwrap_or_default();
                if before.is_some() && recipe.model.is_cold(hottest) {
                    wafer.last_temp_c = before;
                }
                damaged = false;
            }
        }
        let pieces = step.action.pieces();
        let dopants = species
            .iter()
            .enumerate()
            .map(|(k, dopant)| {
                let (oxide_dose_cm2, silicon_dose_cm2) = wafer.doses_cm2(k);
                DopantReport {
                    species: *dopant,
                    silicon_dose_cm2,
                    oxide_dose_cm2,
                    inflow_cm2: inflow[k],
                    dt_cm2: pieces.iter().map(|piece| budget(recipe, *dopant, *piece)).sum(),
                }
            })
            .collect();
        if matches!(step.action, Action::Strip) {
            let lost: f64 = before.iter().map(|(oxide, _)| oxide).sum();
            if lost > 0.0 {
                warnings.push(format!("the stripped oxide took {lost:.3e} cm-2 of dopant with it"));
            }
        }
        steps.push(StepReport {
            word: step.word,
            name: step.name.clone(),
            tox_nm: wafer.tox_nm(),
            dopants,
            effort,
            warnings,
        });
    }
    Ok(Run { wafer, steps, remarks: remarks::of_wafer(recipe) })
}

/// Puts an implant into the wafer; returns the dose that stays in it, cm-2.
fn lay_implant(
    recipe: &Recipe,
    wafer: &mut Wafer,
    k: usize,
    implant: &Implant,
    warnings: &mut Vec<String>,
) -> Result<f64, RunErrorKind> {
    if wafer.oxide > 0.0 {
        warnings.extend(remarks::of_oxide_range(implant));
    }
    let back = recipe.ends_at_back() && wafer.deepest_um() >= recipe.deepest_um() * (1.0 - 1e-9);
    let before = wafer.silicon_conc(k).to_vec();
    let stayed = wafer.implant(k, implant, back)?;
    let damage = recipe.model.defects.as_ref().map_or(Damage::None, |model| model.damage);
    if damage != Damage::None
        && let Some(mut state) = wafer.defects.take()
    {
        let into =
            if damage == Damage::PlusOne { &mut state.extra[0] } else { &mut state.clustered };
        for ((c, now), before) in into.iter_mut().zip(wafer.silicon_conc(k)).zip(&before) {
            *c += implant.damage * (now - before);
        }
        state.implanted = true;
        wafer.defects = Some(state);
    }
    let most = wafer.silicon_conc(k).iter().copied().fold(0.0, f64::max);
    if most > LATTICE_CM3 {
        return Err(RunErrorKind::Impossible { species: implant.species, conc_cm3: most });
    }
    let passing = 1.0 - stayed / implant.dose_cm2;
    if passing < 1e-9 {
        return Ok(implant.dose_cm2);
    }
    warnings.push(format!("{:.3} % of the dose pass through the wafer", 100.0 * passing));
    Ok(stayed)
}

fn index_of(species: &[Species], one: Species) -> usize {
    species.iter().position(|s| *s == one).unwrap_or(0)
}

/// Intrinsic `integral D dt` of a furnace step, cm2.
fn budget(recipe: &Recipe, species: Species, thermal: Thermal) -> f64 {
    let Ok(terms) = recipe.model.terms(species) else { return 0.0 };
    if thermal.is_constant() {
        return terms.at(thermal.from_c).intrinsic() * thermal.time_s;
    }
    let panels = 1 + ((thermal.to_c - thermal.from_c).abs() / 10.0) as usize;
    let mean = gauss_legendre(0.0, 1.0, panels, |share| {
        terms.at(thermal.from_c + share * (thermal.to_c - thermal.from_c)).intrinsic()
    });
    mean * thermal.time_s
}

/// The wafer before the first step.
fn prepare(recipe: &Recipe, species: Vec<Species>) -> Wafer {
    let grid = recipe.grid;
    let depth_um =
        grid.depth_um.unwrap_or_else(|| likely_depth_um(recipe)).min(recipe.substrate.thickness_um);
    let surface_um = grid.surface_nm.map_or_else(|| surface_interval_um(recipe), |nm| nm * 1e-3);
    let mut nodes = lay_nodes(depth_um, surface_um.min(depth_um / 50.0), grid.nodes, grid.uniform);
    if recipe.model.defects.is_some() {
        let layers = recipe.steps.iter().filter_map(|step| match &step.action {
            Action::Implant(implant) => implant.silicon_moments().ok(),
            _ => None,
        });
        let layers: Vec<(f64, f64)> = layers.map(|m| (m.rp_um, m.drp_um)).collect();
        nodes = extend_nodes(&nodes, &layers, recipe.substrate.thickness_um);
    }
    let mut wafer = Wafer::new(&nodes, species.clone());
    if recipe.model.defects.is_some() {
        let mut state = DefectState::rest(nodes.len());
        for profile in &recipe.initial_defects {
            let end = profile.depth_um.last().copied().unwrap_or(0.0);
            let extra = &mut state.extra[usize::from(profile.vacancies)];
            for (c, x) in extra.iter_mut().zip(&nodes).filter(|(_, x)| **x <= end) {
                *c += interpolate_log(&profile.depth_um, &profile.conc_cm3, *x);
            }
        }
        wafer.defects = Some(state);
    }
    if let Some((background, conc)) = recipe.substrate.background {
        wafer.conc[index_of(&species, background)].fill(conc);
    }
    for profile in &recipe.initial {
        let k = index_of(&species, profile.species);
        for (c, x) in wafer.conc[k].iter_mut().zip(&nodes) {
            *c += interpolate_log(&profile.depth_um, &profile.conc_cm3, *x);
        }
    }
    if recipe.substrate.oxide_nm > 0.0 {
        wafer.deposit_oxide(recipe.substrate.oxide_nm * 1e-7);
    }
    wafer
}

/// Value at `x`, interpolated logarithmically between samples (linearly where one is zero) and
/// constant outside them.
pub fn interpolate_log(depth: &[f64], value: &[f64], x: f64) -> f64 {
    let upper = depth.partition_point(|d| *d < x);
    if upper == 0 {
        return value.first().copied().unwrap_or(0.0);
    }
    if upper == depth.len() {
        return value[upper - 1];
    }
    let share = (x - depth[upper - 1]) / (depth[upper] - depth[upper - 1]);
    let (a, b) = (value[upper - 1], value[upper]);
    if a > 0.0 && b > 0.0 { a * (b / a).powf(share) } else { a + share * (b - a) }
}

/// Estimated depth that contains the profiles, um. A domain that is too shallow grows later.
fn likely_depth_um(recipe: &Recipe) -> f64 {
    let mut implanted: f64 = 0.1;
    let mut spread = 0.0;
    for step in &recipe.steps {
        if let Action::Implant(implant) = &step.action {
            implanted = implanted.max(implant.reach_um().unwrap_or(0.0));
        }
        for piece in step.action.pieces() {
            let fastest = recipe
                .species()
                .iter()
                .map(|species| budget(recipe, *species, *piece))
                .fold(0.0, f64::max);
            spread += fastest;
        }
    }
    for profile in &recipe.initial {
        implanted = implanted.max(profile.depth_um.last().copied().unwrap_or(0.0));
    }
    let depth = implanted + 8.0 * f64::sqrt(spread) * UM_PER_CM;
    depth.max(0.5 * depth + consumed_um(recipe))
}

/// Silicon that the oxides of a recipe consume, um. Steps without a growth law are skipped.
fn consumed_um(recipe: &Recipe) -> f64 {
    let mut oxide = recipe.substrate.oxide_nm * 1e-3;
    let mut consumed = 0.0;
    for step in &recipe.steps {
        match &step.action {
            Action::Strip => oxide = 0.0,
            Action::Deposit { thickness_nm } => oxide += thickness_nm * 1e-3,
            Action::Anneal { course, gas } if gas.oxidizes() => {
                let Ok(law) = recipe.model.growth(recipe.substrate.orientation, *gas) else {
                    continue;
                };
                for piece in &course.pieces {
                    let grown = law.grow(oxide, piece.from_c, piece.to_c, piece.time_s);
                    consumed += SI_PER_OXIDE * (grown - oxide);
                    oxide = grown;
                }
            }
            _ => {}
        }
    }
    consumed
}

/// First interval of the mesh, um: fine enough for implants and thin junctions, coarser where the
/// oxide consumes much silicon.
fn surface_interval_um(recipe: &Recipe) -> f64 {
    let mut interval: f64 = 5e-4;
    let mut grown = 0.0;
    for step in &recipe.steps {
        match &step.action {
            Action::Implant(implant) => {
                if let Ok(moments) = implant.silicon_moments() {
                    interval = interval.min(moments.drp_um / 10.0);
                }
            }
            Action::Anneal { course, gas } if gas.oxidizes() => {
                if let Ok(law) = recipe.model.growth(recipe.substrate.orientation, *gas) {
                    for piece in &course.pieces {
                        grown = law.grow(grown, piece.from_c, piece.to_c, piece.time_s);
                    }
                }
            }
            _ => {}
        }
    }
    interval.max(0.44 * grown / 300.0)
}

/// Runs a furnace step, one piece of its temperature after the other.
fn furnace(
    recipe: &Recipe,
    wafer: &mut Wafer,
    action: &Action,
    warnings: &mut Vec<String>,
) -> Result<(Vec<f64>, Effort), RunErrorKind> {
    recipe.model.check_step(&wafer.species, action)?;
    let mut inflow = vec![0.0; wafer.species.len()];
    let mut effort = Effort::default();
    for piece in action.pieces() {
        let solved = if skips_cold(recipe, action) { piece.above(STILL_C) } else { Some(*piece) };
        let Some(piece) = solved else { continue };
        let (into, spent) = furnace_piece(recipe, wafer, action, piece, warnings)?;
        inflow.iter_mut().zip(into).for_each(|(sum, part)| *sum += part);
        effort.add(spent);
    }
    warnings.dedup();
    wafer.last_temp_c = action.hottest_c().or(wafer.last_temp_c);
    Ok((inflow, effort))
}

/// Runs one linear piece of a furnace step with a solver for the number of dopants.
fn furnace_piece(
    recipe: &Recipe,
    wafer: &mut Wafer,
    action: &Action,
    piece: Thermal,
    warnings: &mut Vec<String>,
) -> Result<(Vec<f64>, Effort), RunErrorKind> {
    match wafer.species.len() {
        0 => furnace_of::<0>(recipe, wafer, action, piece, warnings),
        1 => furnace_of::<1>(recipe, wafer, action, piece, warnings),
        2 => furnace_of::<2>(recipe, wafer, action, piece, warnings),
        3 => furnace_of::<3>(recipe, wafer, action, piece, warnings),
        4 => furnace_of::<4>(recipe, wafer, action, piece, warnings),
        5 => furnace_of::<5>(recipe, wafer, action, piece, warnings),
        6 => furnace_of::<6>(recipe, wafer, action, piece, warnings),
        7 => furnace_of::<7>(recipe, wafer, action, piece, warnings),
        more => Err(RunErrorKind::TooManySpecies(more)),
    }
}

fn furnace_of<const K: usize>(
    recipe: &Recipe,
    wafer: &mut Wafer,
    action: &Action,
    thermal: Thermal,
    warnings: &mut Vec<String>,
) -> Result<(Vec<f64>, Effort), RunErrorKind> {
    let gas_flow = action.gas();
    let model = &recipe.model;
    let species: [Species; K] = std::array::from_fn(|k| wafer.species[k]);
    let growth = model.growth(recipe.substrate.orientation, gas_flow)?;
    let grows = gas_flow.oxidizes();
    if K == 0 {
        // There is nothing to diffuse: only the oxide grows.
        let grown = grown_oxide(&growth, wafer.oxide, thermal);
        if grown > wafer.oxide {
            wafer.deposit_oxide(grown - wafer.oxide);
        }
        return Ok((Vec::new(), Effort::default()));
    }
    if grows {
        wafer.seed_oxide();
    }
    let under_oxide = wafer.mesh.oxide_nodes > 0;
    let final_oxide = grown_oxide(&growth, wafer.oxide, thermal);
    let grown = final_oxide - wafer.oxide;
    if wafer.oxide > 0.0 {
        wafer.refine_oxide(finest_oxide(model, &species, thermal, grown));
    }
    if grows {
        let consumed = SI_PER_OXIDE * grown;
        let silicon = &wafer.mesh.position[wafer.mesh.oxide_nodes..];
        let eaten = silicon.partition_point(|x| x - silicon[0] <= consumed);
        let conc: Vec<[f64; K]> = (0..(eaten + 1).min(silicon.len()))
            .map(|j| std::array::from_fn(|k| wafer.silicon_conc(k)[j]))
            .collect();
        let coldest = thermal.from_c.min(thermal.to_c);
        let physics = model.physics(&species, coldest, true, None)?;
        match pile_up(&physics, &conc, consumed / thermal.time_s) {
            Some(length) => wafer.resolve_pile_up(length, consumed),
            None => wafer.mesh.ride(1),
        }
    }
    let mut surface = [Surface::Closed; K];
    let mut gas = None;
    if let Action::Predep { species: dopant, source, .. } = action {
        let k = index_of(&species, *dopant);
        surface[k] = match source {
            Source::Surface(conc) => Surface::Held(*conc),
            Source::Solubility => Surface::Held(
                Parameters::builtin()
                    .solid_solubility(*dopant, thermal.from_c)
                    .ok_or(ModelError::NoSolubility(*dopant))?,
            ),
            Source::Gas(conc) => {
                gas = Some(*dopant);
                Surface::Gas(*conc)
            }
        };
    }
    let state = wafer.defects.take();
    let coupled = state.as_ref().is_some_and(|state| grows || !state.is_at_rest());
    // Every later call differs only in temperature, and cannot fail where this one succeeded.
    let at_start =
        Physics { prompt: coupled, ..model.physics(&species, thermal.from_c, under_oxide, gas)? };
    let physics_at =
        |time_s: f64| match model.physics(&species, thermal.at(time_s), under_oxide, gas) {
            Ok(physics) => Physics { prompt: coupled, ..physics },
            Err(_) => at_start,
        };
    let doping_factor = |time_s: f64, conc: &[f64; K]| {
        linear_factor(physics_at(time_s).ratio(conc, 1.0), thermal.at(time_s))
    };
    let grow = |start_s: f64, thickness: f64, dt: f64, conc: &[f64; K]| {
        let growth = match model.doped_oxidation {
            true => OxideGrowth { linear_factor: doping_factor(start_s, conc), ..growth },
            false => growth,
        };
        let um =
            growth.grow(thickness * UM_PER_CM, thermal.at(start_s), thermal.at(start_s + dt), dt);
        um / UM_PER_CM
    };
    let job = Job {
        time_s: thermal.time_s,
        physics_at: &physics_at,
        isothermal: thermal.is_constant(),
        surface,
        growth: grows.then_some((&grow as Growth<'_, K>, wafer.oxide)),
        oxide_spacing: oxide_spacing(wafer.oxide, final_oxide),
        tolerance: recipe.tolerance,
        longest_s: longest_s(action, thermal),
        undisturbed: species.map(|s| recipe.deep_conc_cm3(s)),
        deepest: recipe.deepest_um() / UM_PER_CM,
        ends_there: recipe.ends_at_back(),
    };
    let mut conc: Vec<[f64; K]> =
        (0..wafer.mesh.len()).map(|i| std::array::from_fn(|k| wafer.conc[k][i])).collect();
    let mut stepper = Stepper::<K>::default();
    let defect_physics = |time_s: f64, rate: f64| {
        let temp_c = thermal.at(time_s);
        let rates = growth.at(temp_c);
        let fastest = (rates.linear_um_h + rates.thin_um_h) / (3600.0 * UM_PER_CM);
        let growing = Growing { rate, fastest, wet: gas_flow.ambient == Ambient::Wet };
        let at = |defects: &DefectModel| defects.at(temp_c, growing);
        model.defects.as_ref().map(at).unwrap_or_default()
    };
    let mut coupling = match (&model.defects, &state) {
        (Some(defects), Some(state)) if coupled => {
            let start = defects.start_c.filter(|_| state.implanted);
            let start = start.map(|temp_c| defects.at(temp_c, Growing::default()));
            let silicon = &conc[wafer.mesh.oxide_nodes..];
            let u: Vec<f64> = silicon.iter().map(|c| at_start.ratio(c, 1.0)).collect();
            let field = Field::new(state, &defect_physics(0.0, 0.0), &u, start.as_ref());
            // A localized source of interstitials spreads over an interval within nanoseconds.
            let first_s = if state.is_at_rest() { 1e-6 } else { 1e-9 };
            let fi = species.map(|s| defects.fi(s));
            Some(Coupling::new(field, &defect_physics, fi, first_s))
        }
        _ => None,
    };
    let done = stepper.run(&mut wafer.mesh, &mut conc, &job, coupling.as_mut())?;
    wafer.mesh.rest();
    wafer.defects = coupling.map(|coupling| coupling.field.state()).or(state);
    for (k, column) in wafer.conc.iter_mut().enumerate() {
        column.clear();
        column.extend(conc.iter().map(|c| c[k]));
    }
    if grows {
        wafer.oxide = done.oxide;
        let factor = doping_factor(0.0, &conc[wafer.mesh.oxide_nodes]);
        if !model.doped_oxidation && factor > 1.1 {
            warnings.push(format!(
                "silicon doped as at this surface oxidizes {factor:.1} times faster where the \
                 reaction limits; `[model] doped_oxidation = true` takes that into account"
            ));
        }
    }
    if done.reached_back {
        warnings.push("the profile reaches the back of the wafer, which nothing passes".to_owned());
    }
    Ok((done.inflow.to_vec(), done.effort))
}

/// Largest time step, s. Over a ramp it is small enough to follow the change of the diffusivities;
/// over a short piece of a measured profile it depends on the temperature span of the piece.
fn longest_s(action: &Action, piece: Thermal) -> f64 {
    if piece.is_constant() {
        return f64::INFINITY;
    }
    let whole = action.pieces().len() == 1;
    let span_c = (piece.to_c - piece.from_c).abs();
    let parts = if whole { 24.0 } else { (span_c / 10.0).ceil().clamp(2.0, 24.0) };
    piece.time_s / parts
}

fn grown_oxide(growth: &OxideGrowth<'_>, oxide: f64, thermal: Thermal) -> f64 {
    growth.grow(oxide * UM_PER_CM, thermal.from_c, thermal.to_c, thermal.time_s) / UM_PER_CM
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Point defects of a profile lie within it: there are none below its last depth.
    #[test]
    fn point_defects_end_with_their_profile() {
        let text = "[substrate]\ndopant = 'P'\nconc_cm3 = 1e15\n[model]\ndefects = 'two_dim'\n\
                    [[initial]]\nspecies = 'vacancies'\ndepth_um = [0, 0.1]\n\
                    conc_cm3 = [1e15, 1e15]\n\
                    [[step]]\ntype = 'drive'\ntemp_c = 900\ntime = '1 min'\n";
        let loaded = crate::loaded::tests::loaded(text);
        let recipe = loaded.read(&loaded.document).unwrap().recipe;
        let wafer = prepare(&recipe, recipe.species());
        let extra = &wafer.defects.as_ref().unwrap().extra;
        assert!(extra[0].iter().all(|c| *c == 0.0));
        assert!(extra[1][0] > 0.99e15 && extra[1][0] < 1.01e15);
        assert_eq!(extra[1][extra[1].len() - 1], 0.0);
    }
}
