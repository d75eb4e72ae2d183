//! The `[model]` table.

use super::defects::read_defects;
use super::reader::{Reader, Section};
use crate::implant::Ranges;
use crate::mobility::Mobility;
use crate::model::{Activation, DiffusionModel, InterfaceModel, Model, OxideRates};
use crate::parameters::{DiffusivityTerms, Parameters};
use crate::species::Species;

const KEYS: [&str; 19] = [
    "diffusion",
    "field",
    "parameters",
    "ni",
    "activation",
    "mobility",
    "oxidation",
    "massoud",
    "interface",
    "c_ref_cm3",
    "exponent",
    "diffusivity",
    "segregation",
    "oxide_rates",
    "ranges",
    "doped_oxidation",
    "defects",
    "damage",
    "point_defects",
];

pub(crate) fn read_model<'a>(reader: &mut Reader<'a>, root: &Section<'a>) -> Model {
    let mut model = Model::default();
    let Some(section) = reader.section(root, "model") else { return model };
    reader.known(&section, "key of [model]", &KEYS);
    let kinds = [("fermi", 0), ("constant", 1), ("power", 2)];
    let c_ref = reader.positive(&section, "c_ref_cm3", false);
    let exponent = reader.positive(&section, "exponent", true);
    match reader.word(&section, "diffusion", &kinds) {
        Some(1) => model.diffusion = DiffusionModel::Constant,
        Some(2) => {
            for key in ["c_ref_cm3", "exponent"] {
                if !section.has(key) {
                    reader.missing(&section, key, "D = D_intrinsic (C / c_ref_cm3)^exponent");
                }
            }
            if let (Some(c_ref_cm3), Some(exponent)) = (c_ref, exponent) {
                model.diffusion = DiffusionModel::Power { c_ref_cm3, exponent };
            }
        }
        _ => {}
    }
    if let Some(field) = reader.flag(&section, "field") {
        model.field = field;
    }
    let parameters = Parameters::builtin();
    let set = |reader: &mut Reader<'a>, key: &str, names: Vec<&str>, into: &mut String| {
        let words: Vec<(&str, &str)> = names.iter().map(|name| (*name, *name)).collect();
        if let Some(name) = reader.word(&section, key, &words) {
            *into = name.to_owned();
        }
    };
    set(reader, "parameters", parameters.diffusivity_names(), &mut model.parameters);
    set(reader, "ni", parameters.ni_names(), &mut model.ni);
    set(reader, "oxidation", parameters.oxidation_names(), &mut model.oxidation);
    let mut thin = parameters.massoud_names();
    thin.push("none");
    // SUPREM's constants belong together: its linear rates are valid only with its thin-oxide term.
    let mut massoud = model.oxidation.clone();
    if massoud == "deal_grove" {
        massoud = "plummer".to_owned();
    }
    set(reader, "massoud", thin, &mut massoud);
    model.massoud = (massoud != "none").then_some(massoud);
    let words = [
        ("full", Activation::Full),
        ("solubility", Activation::Solubility),
        ("suprem4", Activation::Suprem4),
    ];
    if let Some(activation) = reader.word(&section, "activation", &words) {
        model.activation = activation;
    }
    let words = Mobility::ALL.map(|mobility| (mobility.name(), mobility));
    if let Some(mobility) = reader.word(&section, "mobility", &words) {
        model.mobility = mobility;
    }
    let words =
        [("equilibrium", InterfaceModel::Equilibrium), ("suprem4", InterfaceModel::Suprem4)];
    if let Some(interface) = reader.word(&section, "interface", &words) {
        model.interface = interface;
    }
    let words = [Ranges::Gibbons, Ranges::MonteCarlo].map(|ranges| (ranges.name(), ranges));
    if let Some(ranges) = reader.word(&section, "ranges", &words) {
        model.ranges = ranges;
    }
    if let Some(flag) = reader.flag(&section, "doped_oxidation") {
        model.doped_oxidation = flag;
    }
    model.defects = read_defects(reader, &section);
    read_diffusivities(reader, &section, &mut model);
    read_segregation(reader, &section, &mut model);
    if let Some(rates) = reader.section(&section, "oxide_rates") {
        let keys = ["parabolic_um2_h", "linear_um_h"];
        reader.known(&rates, "key of [model.oxide_rates]", &keys);
        for key in keys {
            if !rates.has(key) {
                reader.missing(&rates, key, "both rate constants");
            }
        }
        let parabolic = reader.positive(&rates, "parabolic_um2_h", false);
        let linear = reader.positive(&rates, "linear_um_h", false);
        if let (Some(parabolic_um2_h), Some(linear_um_h)) = (parabolic, linear) {
            model.oxide_rates = Some(OxideRates { parabolic_um2_h, linear_um_h });
        }
    }
    model
}

/// Dopants named by the keys of a table.
fn by_species<'a>(reader: &mut Reader<'a>, section: &Section<'a>) -> Vec<(Species, &'a str)> {
    let mut found = Vec::new();
    for (key, _) in section.table {
        let name = key.get_ref().as_ref();
        match name.parse::<Species>() {
            Ok(species) => found.push((species, name)),
            Err(_) => {
                let valid = Species::ALL.map(Species::name);
                reader.not_one_of(key.span(), "species", name, &valid);
            }
        }
    }
    found
}

fn read_diffusivities<'a>(reader: &mut Reader<'a>, section: &Section<'a>, model: &mut Model) {
    let Some(table) = reader.section(section, "diffusivity") else { return };
    for (species, key) in by_species(reader, &table) {
        let Some(terms) = reader.section(&table, key) else { continue };
        reader.known(&terms, "diffusivity term", &["x", "m", "mm", "p", "d_cm2_s"]);
        let mut term = |key: &str| match reader.numbers(&terms, key, true)[..] {
            [] => [0.0, 0.0],
            [prefactor, energy] => [prefactor, energy],
            _ => {
                reader.fault(
                    terms.place(key),
                    format!("`{key}` of {species}"),
                    "[prefactor cm2/s, energy eV]",
                );
                [0.0, 0.0]
            }
        };
        let mut own = DiffusivityTerms { x: term("x"), m: term("m"), mm: term("mm"), p: term("p") };
        if let Some(d) = reader.positive(&terms, "d_cm2_s", false) {
            own.x = [d, 0.0];
        }
        if own == DiffusivityTerms::default() {
            reader.fault(terms.span(), format!("{species} with no diffusivity"), "a term above 0");
        }
        model.diffusivity.insert(species, own);
    }
}

fn read_segregation<'a>(reader: &mut Reader<'a>, section: &Section<'a>, model: &mut Model) {
    let Some(table) = reader.section(section, "segregation") else { return };
    for (species, key) in by_species(reader, &table) {
        if table.get(key).is_some_and(|value| value.get_ref().is_array()) {
            match reader.numbers(&table, key, true)[..] {
                [m0, energy] if m0 > 0.0 => {
                    model.segregation.insert(species, [m0, energy]);
                }
                _ => reader.fault(
                    table.place(key),
                    format!("segregation of {species}"),
                    "[prefactor, energy eV], or a number",
                ),
            }
        } else if let Some(m) = reader.positive(&table, key, false) {
            model.segregation.insert(species, [m, 0.0]);
        }
    }
}
