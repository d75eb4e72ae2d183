//! Remarks on a result: what the models leave out, extrapolate or assume.

use crate::cold::{STILL_C, skips_cold};
use crate::course::{Course, Measured};
use crate::defects::parameters::{Damage, DefectModel};
use crate::gas::Gas;
use crate::implant::{Implant, Ion, Origin, Shape, Target};
use crate::model::Activation;
use crate::oxidation::Ambient;
use crate::parameters::Parameters;
use crate::recipe::{Action, Recipe, Source, Thermal};
use crate::species::Species;

/// Remarks on the wafer before the first step.
pub(crate) fn of_wafer(recipe: &Recipe) -> Vec<String> {
    let mut remarks = Vec::new();
    for profile in &recipe.initial {
        for note in &profile.notes {
            if !remarks.contains(note) {
                remarks.push(note.clone());
            }
        }
        let background = match recipe.substrate.background {
            Some((species, conc)) if species == profile.species => 0.0 * conc,
            Some((_, conc)) => conc,
            None => 0.0,
        };
        let (Some(last), Some(depth)) = (profile.conc_cm3.last(), profile.depth_um.last()) else {
            continue;
        };
        let species = profile.species;
        if *last > background {
            remarks.push(format!(
                "the profile of {species} ends at {last:.2e} cm-3, {depth} um deep, above the \
                 background: the wafer has that concentration all through; give `floor_cm3` if it \
                 is the noise floor of the measurement"
            ));
        }
        if let Some(floor) = profile.floor_cm3 {
            remarks.push(format!(
                "the profile of {species} is cut at its floor of {floor:.2e} cm-3 and goes on with \
                 the slope of its last decade"
            ));
        }
    }
    remarks
}

/// Remarks on a step.
pub(crate) fn of_step(
    recipe: &Recipe,
    action: &Action,
    species: &[Species],
    damaged: bool,
) -> Vec<String> {
    let mut remarks = Vec::new();
    if let Action::Anneal { course: Course { measured: Some(measured), pieces }, .. } = action {
        of_measured(measured, pieces, &mut remarks);
    }
    if skips_cold(recipe, action) {
        of_cold(action.pieces(), &mut remarks);
    }
    if let Some((coldest, hottest)) = action.range_c() {
        of_heat(recipe, hottest, species, &mut remarks);
        if let Some(defects) = &recipe.model.defects {
            of_defects(defects, [coldest.max(STILL_C), hottest], damaged, &mut remarks);
        } else if damaged {
            remarks.push(
                "transient-enhanced diffusion after the implant is not modelled: short or cool \
                 anneals come out too shallow"
                    .to_owned(),
            );
        }
    }
    match action {
        Action::Anneal { gas, .. } if gas.oxidizes() => {
            of_gas(recipe, *gas, &mut remarks);
            match &recipe.model.defects {
                None => of_oxidation(recipe, species, &mut remarks),
                Some(defects) => of_injection(defects, gas.ambient, &mut remarks),
            }
        }
        Action::Predep { species, source: Source::Surface(conc), thermal } => {
            let limit = Parameters::builtin().solid_solubility(*species, thermal.from_c);
            if let Some(limit) = limit.filter(|limit| *conc > 1.0001 * limit) {
                remarks.push(format!(
                    "the surface is held at {conc:.2e} cm-3, above the {limit:.2e} cm-3 of \
                     {species} that are active at {} C",
                    thermal.from_c
                ));
            }
        }
        Action::Implant(implant) => of_implant(implant, &mut remarks),
        _ => {}
    }
    remarks
}

/// Remarks on how a measured temperature was reduced to pieces.
fn of_measured(measured: &Measured, pieces: &[Thermal], remarks: &mut Vec<String>) {
    remarks.extend(measured.notes.iter().cloned());
    let count = if pieces.len() == 1 { "piece" } else { "pieces" };
    remarks.push(format!(
        "{} samples of the temperature are followed by {} straight {count}, at most {:.2} C off; the thermal \
         budget at 3.46 eV differs by {:.2} %",
        measured.samples,
        pieces.len(),
        measured.error_c,
        100.0 * measured.budget_error
    ));
    if measured.offset_c != 0.0 {
        remarks.push(format!("{} C are added to every sample", measured.offset_c));
    }
}

/// The time that is not simulated because it is too cold.
fn of_cold(pieces: &[Thermal], remarks: &mut Vec<String>) {
    let solved = |piece: &Thermal| piece.above(STILL_C).map_or(0.0, |part| part.time_s);
    let still_s: f64 = pieces.iter().map(|piece| piece.time_s - solved(piece)).sum();
    if still_s > 0.0 {
        remarks.push(format!("{still_s:.1} s below {STILL_C} C move nothing and are not solved"));
    }
}

/// Remarks on properties of a gas that no measurement covers.
fn of_gas(recipe: &Recipe, gas: Gas, remarks: &mut Vec<String>) {
    if recipe.model.oxide_rates.is_some() {
        if gas.pressure_atm != 1.0 {
            let text = "the rates of [model.oxide_rates] are taken as they stand: the pressure has no effect";
            remarks.push(text.to_owned());
        }
        return;
    }
    if gas.ambient == Ambient::Dry && gas.oxidant_atm() < 0.1 {
        remarks.push(format!(
            "oxygen at {:.3} atm is below the 0.1 to 1 atm of Deal and Grove: the powers of the pressure are \
             extrapolated",
            gas.oxidant_atm()
        ));
    }
    if gas.hcl_pct == 0.0 {
        return;
    }
    if gas.oxidant_pct < 100.0 - gas.hcl_pct || gas.pressure_atm != 1.0 {
        remarks.push(
            "the factors of HCl were measured in oxygen at 1 atm: their product with another pressure is not \
             validated"
                .to_owned(),
        );
    }
    if recipe.model.massoud.is_some() {
        let text = "HCl does not change the thin-oxide rate here: no table of it is known, as in SUPREM-IV";
        remarks.push(text.to_owned());
    }
    if recipe.model.defects.is_some() {
        remarks.push(
            "chlorine lowers the injection of interstitials, which is not modelled: the supersaturation is too high"
                .to_owned(),
        );
    }
}

fn of_heat(recipe: &Recipe, hottest: f64, species: &[Species], remarks: &mut Vec<String>) {
    for dopant in species.iter().filter(|s| !recipe.model.is_verified(**s)) {
        remarks.push(format!("{dopant} is experimental: no verified source of its constants"));
    }
    if recipe.model.is_cold(hottest) && !species.is_empty() {
        remarks.push(format!(
            "{hottest} C is below the range of diffusivity set `{}`: its values are extrapolated, \
             and the activity stays as it was",
            recipe.model.parameters
        ));
        return;
    }
    if recipe.model.activation == Activation::Full {
        return;
    }
    for dopant in species {
        let Some((low, high)) = Parameters::builtin().solubility_range(*dopant) else { continue };
        if !(low..=high).contains(&hottest) && recipe.brings(*dopant) {
            remarks.push(format!(
                "the active limit of {dopant} is tabulated from {low} to {high} C and extrapolated \
                 to {hottest} C"
            ));
        }
    }
}

fn of_defects(defects: &DefectModel, ends_c: [f64; 2], damaged: bool, remarks: &mut Vec<String>) {
    let (low, high) = defects.range_c();
    for temp_c in ends_c {
        if !(low..=high).contains(&temp_c) {
            remarks.push(format!(
                "point-defect set `{}` holds from {low} to {high} C and is extrapolated to {temp_c} C",
                defects.set
            ));
        }
    }
    if damaged && defects.damage == Damage::Clusters && defects.set == "suprem4" {
        remarks.push(
            "set `suprem4` has no clusters of its own, and a slow surface: together they last far \
             longer than measured (hours at 900 C); set `bracht` dissolves them in seconds"
                .to_owned(),
        );
    }
    if damaged && defects.damage == Damage::None {
        remarks.push(
            "the implant's damage is not modelled: `damage = \"clusters\"` in [model] lets its \
             interstitials enhance the diffusion"
                .to_owned(),
        );
    }
}

/// Remarks on the injection of interstitials. A set may have no parameters for it. In SUPREM-IV
/// steam injects by the same law as dry oxygen, which contradicts measurements.
fn of_injection(defects: &DefectModel, ambient: Ambient, remarks: &mut Vec<String>) {
    if defects.pair("injection")[0] == 0.0 {
        remarks.push(format!(
            "set `{}` has no injection of interstitials by growing oxide: oxidation-enhanced diffusion is not modelled \
             with it; `injection` in [model.point_defects] gives one",
            defects.set
        ));
    }
    if ambient != Ambient::Wet {
        return;
    }
    if defects.set == "suprem4" && defects.pair("wet_injection")[0] == 1.0 {
        remarks.push(
            "the supersaturation of interstitials in steam is SUPREM-IV's (about 70 at 900 C) and \
             not validated: Jeng and Dunham (1992) measured less than in dry oxygen at the same \
             rate; `wet_injection` in [model.point_defects] scales it"
                .to_owned(),
        );
    }
}

fn of_oxidation(recipe: &Recipe, species: &[Species], remarks: &mut Vec<String>) {
    // A uniform background hardly moves: only its part at the surface does.
    let moving = species.iter().filter(|s| recipe.brings(**s));
    let (slowed, enhanced): (Vec<Species>, Vec<Species>) =
        moving.partition(|s| matches!(s, Species::Antimony));
    let names = |of: &[Species]| of.iter().map(|s| s.name()).collect::<Vec<_>>().join(", ");
    let come = |of: &[Species]| if of.len() == 1 { "comes" } else { "come" };
    if !enhanced.is_empty() {
        remarks.push(format!(
            "oxidation-enhanced diffusion is not modelled: {} {} out too shallow \
             (SUPREM-IV with point defects: boron +36 % after 30 min dry at 1100 C)",
            names(&enhanced),
            come(&enhanced)
        ));
    }
    if !slowed.is_empty() {
        remarks.push(format!(
            "oxidation-retarded diffusion is not modelled: {} {} out too deep",
            names(&slowed),
            come(&slowed)
        ));
    }
}

fn of_implant(implant: &Implant, remarks: &mut Vec<String>) {
    if implant.shape == Shape::Pearson && implant.tilt_deg == 0.0 && implant.tail.is_none() {
        let text = "channelling is not modelled: the tail of an untilted implant is deeper";
        remarks.push(text.to_owned());
    }
    if implant.ion == Ion::Bf2 && implant.moments.is_none() {
        remarks.push(format!(
            "the molecule BF2 breaks up: boron carries {:.2} of the {} keV",
            implant.dopant_kev(),
            implant.energy_kev
        ));
    }
    if let Ok((_, Origin::MonteCarlo)) = implant.moments_in(Target::Silicon) {
        remarks.push(format!(
            "the range at {:.2} keV is that of an amorphous target by Monte Carlo: no channelling, \
             and good to about 10 % below 5 keV",
            implant.dopant_kev()
        ));
    }
}

/// How the ranges in the oxide were found, if they were scaled from silicon.
pub(crate) fn of_oxide_range(implant: &Implant) -> Option<String> {
    let scaled = implant.moments_in(Target::Oxide).is_ok_and(|(_, o)| o == Origin::Scaled);
    scaled.then(|| {
        "the range in the oxide is that in silicon by the ratio of the tabulated ranges; \
         `oxide_rp_nm` and `oxide_drp_nm` give another"
            .to_owned()
    })
}
