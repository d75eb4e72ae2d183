//! The `[substrate]`, `[grid]` and `[accuracy]` tables.

use super::reader::{Reader, Recipes as _, Section};
use super::units::Quantity;
use crate::constants::LATTICE_CM3;
use crate::mobility::conc_of_resistivity;
use crate::oxidation::Orientation;
use crate::recipe::{Grid, Substrate};
use crate::solver::Tolerance;

pub(crate) fn read_substrate<'a>(reader: &mut Reader<'a>, root: &Section<'a>) -> Substrate {
    let mut substrate = Substrate {
        orientation: Orientation::O100,
        background: None,
        oxide_nm: 0.0,
        thickness_um: 725.0,
    };
    let Some(section) = reader.section(root, "substrate") else { return substrate };
    let keys = [
        "orientation",
        "dopant",
        "conc_cm3",
        "resistivity_ohm_cm",
        "oxide",
        "oxide_nm",
        "thickness",
        "thickness_um",
    ];
    reader.known(&section, "key of [substrate]", &keys);
    if let Some(number) = reader.finite(&section, "orientation") {
        match Orientation::from_miller(number as i64).filter(|_| number.fract() == 0.0) {
            Some(orientation) => substrate.orientation = orientation,
            None => reader.fault(
                section.place("orientation"),
                format!("unknown orientation {number}"),
                "one of: 100, 110, 111",
            ),
        }
    }
    let dopant = reader.species(&section, "dopant");
    let conc = reader.positive(&section, "conc_cm3", true);
    let resistivity = reader.positive(&section, "resistivity_ohm_cm", false);
    let conc = match (dopant, conc, resistivity) {
        (Some(_), Some(_), Some(_)) => {
            let found = "both `conc_cm3` and `resistivity_ohm_cm`";
            reader.fault(section.place("resistivity_ohm_cm"), found, "one of them");
            None
        }
        (Some(species), None, Some(rho)) => Some(conc_of_resistivity(species, rho)),
        (_, conc, _) => conc,
    };
    check_conc(reader, &section, "conc_cm3", conc);
    match (dopant, conc) {
        (Some(species), Some(conc)) if conc > 0.0 => substrate.background = Some((species, conc)),
        (Some(_), None) if !section.has("conc_cm3") && !section.has("resistivity_ohm_cm") => {
            reader.missing(
                &section,
                "conc_cm3",
                "`conc_cm3` or `resistivity_ohm_cm` of the dopant",
            );
        }
        (None, Some(_)) if !section.has("dopant") => {
            reader.missing(&section, "dopant", "the background's dopant, such as \"boron\"");
        }
        _ => {}
    }
    if let Some(um) = reader.quantity(&section, "oxide", "oxide_nm", Quantity::Length) {
        let nm = if section.has("oxide") { um * 1e3 } else { um };
        if nm < 0.0 {
            reader.fault(section.place("oxide"), "a negative oxide", "0 or more");
        }
        substrate.oxide_nm = nm.max(0.0);
    }
    if let Some(um) = reader.quantity(&section, "thickness", "thickness_um", Quantity::Length) {
        if um > 0.0 {
            substrate.thickness_um = um;
        } else {
            reader.fault(section.place("thickness"), "a wafer without thickness", "above 0");
        }
    }
    substrate
}

pub(crate) fn read_grid<'a>(reader: &mut Reader<'a>, root: &Section<'a>) -> Grid {
    let mut grid = Grid::default();
    let Some(section) = reader.section(root, "grid") else { return grid };
    let keys = ["depth", "depth_um", "nodes", "surface", "surface_nm", "spacing"];
    reader.known(&section, "key of [grid]", &keys);
    if let Some(um) = reader.quantity(&section, "depth", "depth_um", Quantity::Length) {
        if (1e-3..=1e4).contains(&um) {
            grid.depth_um = Some(um);
        } else {
            reader.fault(
                section.place("depth"),
                format!("a domain of {um} um"),
                "0.001 to 10000 um",
            );
        }
    }
    if let Some(nodes) = reader.finite(&section, "nodes") {
        if (20.0..=200_000.0).contains(&nodes) && nodes.fract() == 0.0 {
            grid.nodes = Some(nodes as usize);
        } else {
            reader.fault(
                section.place("nodes"),
                format!("{nodes} nodes"),
                "a whole number, 20 to 200000",
            );
        }
    }
    if let Some(value) = reader.quantity(&section, "surface", "surface_nm", Quantity::Length) {
        let nm = if section.has("surface") { value * 1e3 } else { value };
        if (0.01..=1000.0).contains(&nm) {
            grid.surface_nm = Some(nm);
        } else {
            reader.fault(
                section.place("surface"),
                format!("a first interval of {nm} nm"),
                "0.01 to 1000 nm",
            );
        }
    }
    grid.uniform =
        reader.word(&section, "spacing", &[("uniform", true), ("graded", false)]).unwrap_or(false);
    grid
}

pub(crate) fn read_accuracy<'a>(reader: &mut Reader<'a>, root: &Section<'a>) -> Tolerance {
    let mut tolerance = Tolerance::default();
    let Some(section) = reader.section(root, "accuracy") else { return tolerance };
    reader.known(&section, "key of [accuracy]", &["relative", "floor_cm3"]);
    if let Some(relative) = reader.finite(&section, "relative") {
        if (1e-8..=0.1).contains(&relative) {
            tolerance.relative = relative;
        } else {
            reader.fault(
                section.place("relative"),
                format!("`relative` is {relative}"),
                "1e-8 to 0.1",
            );
        }
    }
    if let Some(floor) = reader.positive(&section, "floor_cm3", false) {
        tolerance.floor_cm3 = floor;
    }
    tolerance
}

/// Reports a concentration that is higher than silicon's lattice allows as a fault.
pub(crate) fn check_conc<'a>(
    reader: &mut Reader<'a>,
    section: &Section<'a>,
    key: &str,
    conc: Option<f64>,
) {
    if let Some(conc) = conc.filter(|conc| *conc > LATTICE_CM3) {
        let found = format!("{conc:e} cm-3 is more than silicon has atoms");
        reader.fault(section.place(key), found, "at most 5e22");
    }
}
