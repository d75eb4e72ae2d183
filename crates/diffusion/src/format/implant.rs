//! An `implant` step.

use super::keys::keys;
use super::reader::{Reader, Recipes as _, Section};
use crate::constants::LATTICE_CM3;
use crate::defects::parameters::Damage;
use crate::implant::{Implant, ImplantError, Ion, Moments, Shape, Tail};
use crate::model::Model;
use crate::recipe::Action;

pub(crate) fn read_implant<'a>(
    reader: &mut Reader<'a>,
    section: &Section<'a>,
    model: &Model,
) -> Option<Action> {
    const OWN: [&str; 14] = [
        "species",
        "dose_cm2",
        "energy_kev",
        "tilt_deg",
        "shape",
        "ion",
        "rp_nm",
        "drp_nm",
        "skewness",
        "kurtosis",
        "oxide_rp_nm",
        "oxide_drp_nm",
        "tail",
        "damage",
    ];
    keys(reader, section, &OWN);
    let own_moments = section.has("rp_nm") || section.has("drp_nm");
    for key in ["species", "dose_cm2", "energy_kev"] {
        let needed = key != "energy_kev" || !own_moments;
        if needed && !section.has(key) {
            reader.missing(section, key, "species, dose_cm2 and energy_kev (or rp_nm and drp_nm)");
        }
    }
    let species = reader.species(section, "species");
    let dose_cm2 = reader.positive(section, "dose_cm2", false);
    let energy_kev = reader.positive(section, "energy_kev", false);
    let tilt_deg = reader.positive(section, "tilt_deg", true).unwrap_or(0.0);
    if tilt_deg >= 89.0 {
        reader.fault(
            section.place("tilt_deg"),
            format!("a tilt of {tilt_deg} degrees"),
            "less than 89",
        );
    }
    let shape = reader
        .word(section, "shape", &[("pearson", Shape::Pearson), ("gaussian", Shape::Gaussian)])
        .unwrap_or(Shape::Pearson);
    let ion = match reader.text(section, "ion") {
        None | Some("atom") => Ion::Atom,
        Some("BF2" | "bf2") => Ion::Bf2,
        Some(other) => {
            reader.not_one_of(section.place("ion"), "ion", other, &["atom", "BF2"]);
            Ion::Atom
        }
    };
    let skewness = reader.finite(section, "skewness").unwrap_or(0.0);
    let kurtosis = reader.finite(section, "kurtosis").unwrap_or(3.0);
    let mut own = |rp: &str, drp: &str| read_range(reader, section, rp, drp, skewness, kurtosis);
    let moments = own("rp_nm", "drp_nm");
    let oxide_moments = own("oxide_rp_nm", "oxide_drp_nm");
    let tail = read_tail(reader, section);
    let damage = reader.positive(section, "damage", true);
    if section.has("damage") && !model.defects.as_ref().is_some_and(|d| d.damage != Damage::None) {
        let expected =
            "`defects = \"two_dim\"` and `damage = \"clusters\"` or \"plus_one\" in [model]";
        reader.fault(section.place("damage"), "damage that no model takes up", expected);
    }
    let implant = Implant {
        species: species?,
        dose_cm2: dose_cm2?,
        energy_kev: if own_moments { energy_kev.unwrap_or(0.0) } else { energy_kev? },
        tilt_deg,
        shape,
        ion,
        moments,
        oxide_moments,
        tail,
        ranges: model.ranges,
        damage: damage.unwrap_or(1.0),
    };
    if ion == Ion::Bf2 && implant.species != crate::species::Species::Boron {
        reader.fault(section.place("ion"), format!("BF2 ions of {}", implant.species), "boron");
    }
    // Faults of energy, table and moments come from the recipe's text, so they have a place in it.
    if let Err(error) = implant.reach_um() {
        let key = match error {
            ImplantError::Energy { .. } => "energy_kev",
            ImplantError::NoTable { .. } => "species",
            ImplantError::Shape(_) => "kurtosis",
        };
        let help = match error {
            ImplantError::NoTable { .. } => "its range: rp_nm and drp_nm",
            ImplantError::Energy { .. } => {
                "an energy of the table, or the range itself: rp_nm and drp_nm"
            }
            ImplantError::Shape(_) => "kurtosis well above 1 + skewness^2",
        };
        reader.fault(section.place(key), error.to_string(), help);
        return None;
    }
    if let Some(peak) = implant.peak_cm3().ok().filter(|peak| *peak > LATTICE_CM3) {
        let most = implant.dose_cm2 * LATTICE_CM3 / peak;
        reader.fault(
            section.place("dose_cm2"),
            format!("a peak of {peak:.2e} cm-3 is more than silicon has atoms"),
            format!("at this range a dose of at most {most:.2e} cm-2"),
        );
    }
    Some(Action::Implant(implant))
}

/// A range given in the recipe: both lengths or none.
fn read_range<'a>(
    reader: &mut Reader<'a>,
    section: &Section<'a>,
    rp_key: &str,
    drp_key: &str,
    skewness: f64,
    kurtosis: f64,
) -> Option<Moments> {
    let rp = reader.positive(section, rp_key, false);
    let drp = reader.positive(section, drp_key, false);
    for (key, other) in [(rp_key, drp_key), (drp_key, rp_key)] {
        if section.has(other) && !section.has(key) {
            reader.missing(section, key, &format!("both {rp_key} and {drp_key}"));
        }
    }
    Some(Moments { rp_um: rp? * 1e-3, drp_um: drp? * 1e-3, skewness, kurtosis })
}

/// The channelled part: `tail = { share, rp_nm, drp_nm, skewness, kurtosis }`.
fn read_tail<'a>(reader: &mut Reader<'a>, section: &Section<'a>) -> Option<Tail> {
    let tail = reader.section(section, "tail")?;
    let keys = ["share", "rp_nm", "drp_nm", "skewness", "kurtosis"];
    reader.known(&tail, "key of a tail", &keys);
    for key in &keys[..3] {
        if !tail.has(key) {
            reader.missing(&tail, key, "share, rp_nm and drp_nm");
        }
    }
    let skewness = reader.finite(&tail, "skewness").unwrap_or(0.0);
    let kurtosis = reader.finite(&tail, "kurtosis").unwrap_or(3.0);
    let share = reader.positive(&tail, "share", true)?;
    if share >= 1.0 {
        let expected = "less than 1: the share of the dose that channels";
        reader.fault(tail.place("share"), format!("a share of {share}"), expected);
    }
    let moments = read_range(reader, &tail, "rp_nm", "drp_nm", skewness, kurtosis)?;
    Some(Tail { share, moments })
}
