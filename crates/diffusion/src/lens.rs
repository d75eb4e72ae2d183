//! A path to one number of a parsed recipe, through which it is changed in place. Sweeps, fits and
//! maps change numbers thousands of times without writing and parsing a text.

use crate::defects::parameters::NAMES;
use crate::recipe::{Action, Recipe, Source};
use crate::species::Species;

/// Names of the charge-state terms of a diffusivity.
pub const TERMS: [&str; 4] = ["x", "m", "mm", "p"];

/// A place in a recipe that holds a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lens {
    /// Number of a step, counted from 0, and the key.
    Step(usize, Key),
    /// Concentration of the background, cm-3.
    Background,
    /// Relative accuracy of the time steps.
    Accuracy,
    /// Segregation coefficient, the same at every temperature.
    Segregation(Species),
    /// Charge-state term of a diffusivity, by its place in [`TERMS`]; then 0 for the prefactor or 1
    /// for the energy.
    Term(Species, usize, usize),
    /// Parameter of the point defects; 0 for the prefactor, 1 for the energy, `None` for a value
    /// that does not depend on temperature.
    Defect(&'static str, Option<usize>),
}

/// Numbers of steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the key of a recipe of the same name")]
pub enum Key {
    DoseCm2,
    EnergyKev,
    TempC,
    RampToC,
    TimeS,
    PressureAtm,
    ThicknessNm,
    ConcCm3,
    GasConcCm3,
}

const KEYS: [(&str, Key); 9] = [
    ("dose_cm2", Key::DoseCm2),
    ("energy_kev", Key::EnergyKev),
    ("temp_c", Key::TempC),
    ("ramp_to_c", Key::RampToC),
    ("time_s", Key::TimeS),
    ("pressure_atm", Key::PressureAtm),
    ("thickness_nm", Key::ThicknessNm),
    ("conc_cm3", Key::ConcCm3),
    ("gas_conc_cm3", Key::GasConcCm3),
];

impl Lens {
    /// Finds the number of a path such as `step.2.time_s`, `step.drive.temp_c`,
    /// `model.segregation.boron`, `model.diffusivity.boron.p.ea` or `model.point_defects.binding`.
    /// Returns `None` where the recipe has no such number, for example because it gives a measured
    /// temperature or ranges of its own instead.
    pub fn find(recipe: &Recipe, path: &str) -> Option<Lens> {
        let parts: Vec<&str> = path.split('.').collect();
        let lens = match parts[..] {
            ["step", step, key] => {
                let named = |wanted: &str| {
                    recipe.steps.iter().position(|step| step.name.as_deref() == Some(wanted))
                };
                let index =
                    step.parse::<usize>().ok().map_or_else(|| named(step), |n| n.checked_sub(1));
                Lens::Step(index?, KEYS.iter().find(|(name, _)| *name == key)?.1)
            }
            ["substrate", "conc_cm3"] => Lens::Background,
            ["accuracy", "relative"] => Lens::Accuracy,
            ["model", "segregation", species] => Lens::Segregation(species.parse().ok()?),
            ["model", "diffusivity", species, term, part] => {
                let term = TERMS.iter().position(|known| *known == term)?;
                Lens::Term(species.parse().ok()?, term, place(part)?)
            }
            ["model", "point_defects", name] => Lens::Defect(known(name)?, None),
            ["model", "point_defects", name, part] => {
                Lens::Defect(known(name)?, Some(place(part)?))
            }
            _ => return None,
        };
        lens.put(&mut recipe.clone(), 1.0).then_some(lens)
    }

    /// Whether the path is a key of the recipe's text, and not one of several numbers in a value.
    pub fn has_key(&self) -> bool {
        !matches!(self, Lens::Term(..) | Lens::Defect(_, Some(_)))
    }

    /// Puts a number into the recipe. Returns false, and changes nothing, if the recipe cannot hold
    /// it.
    pub fn set(&self, recipe: &mut Recipe, value: f64) -> bool {
        self.takes(value) && self.put(recipe, value)
    }

    /// Whether a number is in the valid range.
    fn takes(&self, value: f64) -> bool {
        let bottom = match self {
            Lens::Step(_, Key::TempC | Key::RampToC) => return value > -273.15 && value < 1e4,
            Lens::Step(_, Key::TimeS) => return value > 0.0 && value <= 3.2e8,
            Lens::Step(..) | Lens::Background | Lens::Accuracy | Lens::Segregation(_) => {
                value > 0.0
            }
            Lens::Term(..) | Lens::Defect(..) => value >= 0.0,
        };
        bottom && value.is_finite()
    }

    fn put(&self, recipe: &mut Recipe, value: f64) -> bool {
        let model = &mut recipe.model;
        match self {
            Lens::Step(index, key) => {
                let action = recipe.steps.get_mut(*index).map(|step| &mut step.action);
                action.is_some_and(|action| put_step(action, *key, value))
            }
            Lens::Background => match &mut recipe.substrate.background {
                Some((_, conc)) => replace(conc, value),
                None => false,
            },
            Lens::Accuracy => replace(&mut recipe.tolerance.relative, value),
            Lens::Segregation(species) => {
                model.segregation.insert(*species, [value, 0.0]);
                true
            }
            Lens::Term(species, term, place) => {
                let Ok(mut terms) = model.terms(*species) else { return false };
                let all = [&mut terms.x, &mut terms.m, &mut terms.mm, &mut terms.p];
                let [x, m, mm, p] = all;
                let pair = [x, m, mm, p].into_iter().nth(*term);
                let done = pair.is_some_and(|pair| replace(&mut pair[*place], value));
                model.diffusivity.insert(*species, terms);
                done
            }
            Lens::Defect(name, place) => {
                let Some(defects) = &mut model.defects else { return false };
                let mut pair = defects.pair(name);
                match place {
                    None => pair = [value, 0.0],
                    Some(place) => pair[*place] = value,
                }
                defects.own.insert((*name).to_owned(), pair);
                true
            }
        }
    }
}

fn put_step(action: &mut Action, key: Key, value: f64) -> bool {
    match (action, key) {
        (Action::Implant(implant), Key::DoseCm2) => replace(&mut implant.dose_cm2, value),
        (Action::Implant(implant), Key::EnergyKev) if implant.moments.is_none() => {
            replace(&mut implant.energy_kev, value)
        }
        (Action::Sheet { dose_cm2, .. }, Key::DoseCm2) => replace(dose_cm2, value),
        (Action::Deposit { thickness_nm }, Key::ThicknessNm) => replace(thickness_nm, value),
        (Action::Predep { source: Source::Surface(conc), .. }, Key::ConcCm3)
        | (Action::Predep { source: Source::Gas(conc), .. }, Key::GasConcCm3) => {
            replace(conc, value)
        }
        (Action::Predep { thermal, .. }, Key::TempC | Key::RampToC | Key::TimeS) => {
            put_thermal(thermal, key, value)
        }
        (Action::Anneal { gas, .. }, Key::PressureAtm) => replace(&mut gas.pressure_atm, value),
        (Action::Anneal { course, .. }, _) if course.measured.is_none() => {
            match &mut course.pieces[..] {
                [thermal] => put_thermal(thermal, key, value),
                _ => false,
            }
        }
        _ => false,
    }
}

fn put_thermal(thermal: &mut crate::thermal::Thermal, key: Key, value: f64) -> bool {
    match key {
        Key::TempC => {
            // A hold stays a hold.
            if thermal.is_constant() {
                thermal.to_c = value;
            }
            replace(&mut thermal.from_c, value)
        }
        Key::RampToC => replace(&mut thermal.to_c, value),
        Key::TimeS => replace(&mut thermal.time_s, value),
        _ => false,
    }
}

fn replace(slot: &mut f64, value: f64) -> bool {
    *slot = value;
    true
}

fn place(part: &str) -> Option<usize> {
    ["d0", "ea"].iter().position(|known| *known == part)
}

fn known(name: &str) -> Option<&'static str> {
    NAMES.iter().map(|(known, ..)| *known).find(|known| *known == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Document;

    const TEXT: &str = "[substrate]\ndopant='P'\nconc_cm3=1e15\n[model]\ndefects='two_dim'\n\
        [[step]]\ntype='implant'\nspecies='B'\ndose_cm2=1e14\nenergy_kev=50\n\
        [[step]]\nname='up'\ntype='drive'\ntemp_c=800\nramp_to_c=1000\ntime_s=60\n\
        [[step]]\ntype='oxidize'\nambient='wet'\ntemp_c=900\ntime_s=60\n[[step]]\ntype='strip'\n\
        [[step]]\ntype='deposit'\nthickness_nm=10\n\
        [[step]]\ntype='anneal'\ntime_points_s=[0,9]\ntemp_points_c=[700,900]\n";

    fn read(document: &Document) -> Recipe {
        document.read(&|_| Err(String::new())).unwrap().recipe
    }

    /// Changing a number through a lens gives the same recipe as writing that number into the text.
    #[test]
    fn a_lens_changes_what_the_text_would() {
        let document = Document::new("t.toml", TEXT);
        let recipe = read(&document);
        for (path, value) in [
            ("substrate.conc_cm3", 3e16),
            ("step.1.dose_cm2", 3e13),
            ("step.1.energy_kev", 70.0),
            ("step.up.temp_c", 850.0),
            ("step.2.ramp_to_c", 950.0),
            ("step.3.temp_c", 950.0),
            ("step.3.time_s", 90.0),
            ("step.3.pressure_atm", 2.0),
            ("step.5.thickness_nm", 20.0),
            ("accuracy.relative", 1e-4),
            ("model.segregation.boron", 0.2),
            ("model.point_defects.binding", 1.85),
        ] {
            let mut through = recipe.clone();
            let lens = Lens::find(&recipe, path).unwrap_or_else(|| panic!("{path}"));
            assert!(lens.set(&mut through, value) && through != recipe, "{path}");
            let mut changed = document.clone();
            changed.set(path, &format!("{value:e}")).unwrap();
            assert_eq!(through, read(&changed), "{path}");
        }
        let mut through = recipe.clone();
        for (path, value) in
            [("model.diffusivity.boron.p.d0", 0.9), ("model.point_defects.i_equilibrium.ea", 1.6)]
        {
            assert!(Lens::find(&recipe, path).unwrap().set(&mut through, value));
        }
        let mut changed = document.clone();
        let boron = recipe.model.terms(Species::Boron).unwrap();
        let own =
            format!("{{ x = [{:e}, {}], p = [0.9, {}] }}", boron.x[0], boron.x[1], boron.p[1]);
        changed.set("model.diffusivity.boron", &own).unwrap();
        let prefactor = recipe.model.defects.as_ref().unwrap().pair("i_equilibrium")[0];
        let pair = format!("[{prefactor:e}, 1.6]");
        changed.set("model.point_defects.i_equilibrium", &pair).unwrap();
        assert_eq!(through, read(&changed));
    }

    #[test]
    fn what_the_recipe_does_not_hold_has_no_lens() {
        let recipe = read(&Document::new("t.toml", TEXT));
        for path in [
            "step.4.time_s",
            "step.6.time_s",
            "step.6.temp_c",
            "step.9.time_s",
            "step.0.dose_cm2",
            "step.down.time_s",
            "step.1.conc_cm3",
            "model.point_defects.bindin",
            "model.diffusivity.boron.q.d0",
            "grid.nodes",
        ] {
            assert_eq!(Lens::find(&recipe, path), None, "{path}");
        }
        let time = Lens::find(&recipe, "step.3.time_s").unwrap();
        for value in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            let mut turned = recipe.clone();
            assert!(!time.set(&mut turned, value) && turned == recipe);
        }
    }
}
