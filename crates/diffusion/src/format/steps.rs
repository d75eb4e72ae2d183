//! The `[[step]]` tables, and the checks of a step against the steps before it.

use super::course::{self, read_course};
use super::gas::{self, read_gas};
use super::implant::read_implant;
use super::keys::keys;
use super::load::Load;
use super::reader::{Reader, Recipes as _, Section};
use super::substrate::check_conc;
use super::units::Quantity;
use crate::course::Course;
use crate::model::{Model, ModelError};
use crate::parameters::Parameters;
use crate::recipe::{Action, Recipe, Source, Step, Thermal};

const KINDS: [&str; 8] =
    ["predep", "implant", "sheet", "anneal", "drive", "oxidize", "deposit", "strip"];
/// Steps that other process simulators model and this one does not.
const NOT_MODELLED: [&str; 7] =
    ["polysilicon", "poly", "nitride", "epitaxy", "epi", "glass", "etch"];
const THERMAL_KEYS: [&str; 6] = ["temperature", "temp_c", "ramp_to", "ramp_to_c", "time", "time_s"];

/// Reads the steps of a recipe, each with the index of its table.
pub(crate) fn read_steps<'a>(
    reader: &mut Reader<'a>,
    root: &Section<'a>,
    model: &Model,
    load: Load<'_>,
) -> Vec<(Step, usize)> {
    let mut steps = Vec::new();
    if !root.has("step") {
        reader.fault(0..0, "a recipe without steps", "one or more [[step]]");
    }
    for (number, section) in reader.sections(root, "step").into_iter().enumerate() {
        let name = reader.text(&section, "name").map(str::to_owned);
        if !section.has("type") {
            reader.missing(&section, "type", format!("one of: {}", KINDS.join(", ")).as_str());
            continue;
        }
        let Some(kind) = reader.text(&section, "type") else { continue };
        let before = reader.faults.len();
        let action = match kind {
            "predep" => read_predep(reader, &section),
            "implant" => read_implant(reader, &section, model),
            "sheet" => read_sheet(reader, &section),
            "anneal" | "drive" | "oxidize" => read_anneal(reader, &section, kind, model, load),
            "deposit" => read_deposit(reader, &section),
            "strip" => {
                keys(reader, &section, &["material"]);
                reader.word(&section, "material", &[("oxide", ())]);
                Some(Action::Strip)
            }
            other if NOT_MODELLED.contains(&other) => {
                let found = format!("a step `{other}`, which is not modelled");
                let expected = format!("one of: {}", KINDS.join(", "));
                reader.fault(section.place("type"), found, expected);
                None
            }
            other => {
                reader.not_one_of(section.place("type"), "step type", other, &KINDS);
                None
            }
        };
        if let (Some(action), true) = (action, reader.faults.len() == before) {
            let word = KINDS.into_iter().find(|known| *known == kind);
            let word = word.unwrap_or_else(|| action.word());
            steps.push((Step { action, word, name }, number));
        }
    }
    steps
}

fn thermal_keys(own: &[&'static str]) -> Vec<&'static str> {
    own.iter().chain(&THERMAL_KEYS).copied().collect()
}

fn read_thermal<'a>(reader: &mut Reader<'a>, section: &Section<'a>) -> Option<Thermal> {
    for (key, plain, what) in [
        ("temperature", "temp_c", "a temperature such as \"1000 C\""),
        ("time", "time_s", "a time such as \"30 min\""),
    ] {
        if !section.has(key) && !section.has(plain) {
            reader.missing(section, key, what);
        }
    }
    let from_c = reader.quantity(section, "temperature", "temp_c", Quantity::Temperature);
    let to_c = reader.quantity(section, "ramp_to", "ramp_to_c", Quantity::Temperature);
    let time_s = reader.quantity(section, "time", "time_s", Quantity::Time);
    let (from_c, time_s) = (from_c?, time_s?);
    let to_c = to_c.unwrap_or(from_c);
    let place = if section.has("time") { section.place("time") } else { section.place("time_s") };
    if time_s <= 0.0 {
        reader.fault(place, format!("a time of {time_s} s"), "a time above 0");
        return None;
    }
    if time_s > 3.2e8 {
        reader.fault(place, format!("a time of {time_s} s"), "less than ten years");
        return None;
    }
    if from_c <= -273.15 || to_c <= -273.15 {
        reader.fault(section.place("temperature"), "a temperature below absolute zero", "");
        return None;
    }
    Some(Thermal { from_c, to_c, time_s })
}

fn read_predep<'a>(reader: &mut Reader<'a>, section: &Section<'a>) -> Option<Action> {
    keys(reader, section, &thermal_keys(&["species", "conc_cm3", "gas_conc_cm3"]));
    if !section.has("species") {
        reader.missing(section, "species", "the dopant");
    }
    let species = reader.species(section, "species");
    let thermal = read_thermal(reader, section);
    let gas = reader.positive(section, "gas_conc_cm3", false);
    let solubility =
        section.get("conc_cm3").is_some_and(|value| value.get_ref().as_str() == Some("solubility"));
    let source = if section.has("gas_conc_cm3") {
        if section.has("conc_cm3") {
            reader.fault(
                section.place("conc_cm3"),
                "both `conc_cm3` and `gas_conc_cm3`",
                "one of them",
            );
        }
        gas.map(Source::Gas)
    } else if solubility {
        if let Some(species) = species
            && Parameters::builtin().solid_solubility(species, 1000.0).is_none()
        {
            let error = ModelError::NoSolubility(species).to_string();
            reader.fault(section.place("conc_cm3"), error, "a concentration in cm-3");
        }
        Some(Source::Solubility)
    } else if section.has("conc_cm3") {
        reader.positive(section, "conc_cm3", false).map(Source::Surface)
    } else {
        reader.missing(section, "conc_cm3", "a surface concentration in cm-3, or \"solubility\"");
        None
    };
    if let (Some(Source::Surface(conc) | Source::Gas(conc)), key) =
        (source, if section.has("conc_cm3") { "conc_cm3" } else { "gas_conc_cm3" })
        && conc > 5e22
    {
        check_conc(reader, section, key, Some(conc));
    }
    Some(Action::Predep { species: species?, source: source?, thermal: thermal? })
}

fn read_sheet<'a>(reader: &mut Reader<'a>, section: &Section<'a>) -> Option<Action> {
    keys(reader, section, &["species", "dose_cm2"]);
    for key in ["species", "dose_cm2"] {
        if !section.has(key) {
            reader.missing(section, key, "species and dose_cm2");
        }
    }
    let species = reader.species(section, "species");
    let dose_cm2 = reader.positive(section, "dose_cm2", false);
    Some(Action::Sheet { species: species?, dose_cm2: dose_cm2? })
}

fn read_anneal<'a>(
    reader: &mut Reader<'a>,
    section: &Section<'a>,
    kind: &str,
    model: &Model,
    load: Load<'_>,
) -> Option<Action> {
    let own: Vec<&'static str> = gas::KEYS.iter().chain(&course::KEYS).copied().collect();
    keys(reader, section, &thermal_keys(&own));
    let gas = read_gas(reader, section, kind, model);
    let course = if course::is_measured(section) {
        read_course(reader, section, load)
    } else {
        read_thermal(reader, section).map(Course::from)
    };
    Some(Action::Anneal { course: course?, gas: gas? })
}

fn read_deposit<'a>(reader: &mut Reader<'a>, section: &Section<'a>) -> Option<Action> {
    keys(reader, section, &["material", "thickness", "thickness_nm"]);
    reader.word(section, "material", &[("oxide", ())]);
    if !section.has("thickness") && !section.has("thickness_nm") {
        reader.missing(section, "thickness", "a length such as \"25 nm\"");
    }
    let value = reader.quantity(section, "thickness", "thickness_nm", Quantity::Length)?;
    let thickness_nm = if section.has("thickness") { value * 1e3 } else { value };
    if !(0.1..=1e5).contains(&thickness_nm) {
        reader.fault(
            section.place("thickness"),
            format!("an oxide of {thickness_nm} nm"),
            "0.1 nm to 100 um",
        );
        return None;
    }
    Some(Action::Deposit { thickness_nm })
}

/// Checks the recipe as a whole: temperatures outside a set's range, oxide that is missing or in
/// the way, dopants that the sets do not know. Returns the places of the steps.
pub(crate) fn check_order<'a>(
    reader: &mut Reader<'a>,
    recipe: &Recipe,
    steps: &[(Step, usize)],
    root: &Section<'a>,
) -> Vec<usize> {
    let sections = {
        // The sections were checked when the steps were read; faults of this second reading are
        // dropped.
        let known = reader.faults.len();
        let sections = reader.sections(root, "step");
        reader.faults.truncate(known);
        sections
    };
    let species = recipe.species();
    let mut covered = recipe.substrate.oxide_nm > 0.0;
    let mut warm = false;
    for (step, number) in steps {
        let section = sections[*number];
        let place = section.place("type");
        match &step.action {
            Action::Predep { .. } if covered => reader.fault(
                place.clone(),
                "predep on a wafer that oxide covers",
                "a bare surface: a `strip` step before it",
            ),
            Action::Strip if !covered => {
                reader.fault(
                    place.clone(),
                    "strip where there is no oxide",
                    "an `oxidize` or `deposit` step before it",
                );
            }
            _ => {}
        }
        match &step.action {
            Action::Strip => covered = false,
            Action::Deposit { .. } => covered = true,
            Action::Anneal { gas, .. } if gas.oxidizes() => covered = true,
            _ => {}
        }
        if let Some(hottest) = step.action.hottest_c() {
            warm = true;
            if let Err(error) = recipe.model.check_step(&species, &step.action) {
                let keys = ["temperature", "temp_c", "profile", "temp_points_c"];
                let key = keys.into_iter().find(|key| section.has(key));
                let expected = match step.action.gas().hcl_pct > 0.0 {
                    false => "a temperature of the set, or another set (parameters, oxidation)",
                    true => "a temperature of every set, the ends of a ramp too, or no `hcl_pct`",
                };
                reader.fault(
                    section.place(key.unwrap_or("temperature")),
                    error.to_string(),
                    expected,
                );
            }
            if covered {
                for dopant in
                    species.iter().filter(|s| recipe.model.segregation(**s, 1000.0).is_none())
                {
                    let found = ModelError::NoSegregation(*dopant).to_string();
                    reader.fault(
                        place.clone(),
                        found,
                        format!("[model.segregation] with `{dopant} = `"),
                    );
                }
            }
            if let Action::Predep { species: dopant, source: Source::Gas(_), .. } = step.action
                && Parameters::builtin().gas_transfer(dopant, hottest).is_none()
            {
                let error = ModelError::NoGasTransfer(dopant).to_string();
                reader.fault(section.place("gas_conc_cm3"), error, "`conc_cm3`");
            }
        }
    }
    if warm {
        let set = &recipe.model.parameters;
        for dopant in species.iter().filter(|s| recipe.model.terms(**s).is_err()) {
            let known = recipe.model.diffusivity_set().map(|set| set.species()).unwrap_or_default();
            let names: Vec<&str> = known.iter().map(|s| s.name()).collect();
            let found = format!("parameter set `{set}` has no diffusivity for {dopant}");
            let expected = format!(
                "one of its species ({}), another set, or [model.diffusivity.{dopant}]",
                names.join(", ")
            );
            let at = steps.iter().find(|(step, _)| step.action.brings() == Some(*dopant));
            let place = match at {
                Some((_, number)) => sections[*number].place("species"),
                None => root.place("substrate"),
            };
            reader.fault(place, found, expected);
        }
    }
    steps.iter().map(|(_, number)| sections[*number].place("type").start).collect()
}
