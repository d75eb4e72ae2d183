//! The `[[initial]]` tables: the content of the wafer before the first step.

use libchar_core::Faults;

use super::course::read_dialect;
use super::load::Load;
use super::reader::{Reader, Recipes as _, Section};
use super::sims::parse_profile_as;
use crate::constants::LATTICE_CM3;
use crate::recipe::{InitialDefects, InitialProfile};
use crate::species::Species;

pub(crate) fn read_initial<'a>(
    reader: &mut Reader<'a>,
    root: &Section<'a>,
    load: Load<'_>,
) -> Vec<InitialProfile> {
    let mut profiles = Vec::new();
    for section in reader.sections(root, "initial").into_iter().filter(|s| !is_defects(s)) {
        let keys = ["species", "profile", "format", "depth_um", "conc_cm3", "floor_cm3"];
        reader.known(&section, "key of [[initial]]", &keys);
        let floor = reader.positive(&section, "floor_cm3", false);
        let key = if section.has("profile") { "profile" } else { "conc_cm3" };
        let read = match reader.text(&section, "profile") {
            Some(path) => read_file(reader, &section, path, load),
            None => read_lists(reader, &section),
        };
        let Some((depth_um, dopants, notes)) = read else { continue };
        for (species, conc_cm3) in dopants {
            if let Some(most) = conc_cm3.iter().copied().find(|c| *c > LATTICE_CM3) {
                let found = format!("{most:e} cm-3 is more than silicon has atoms");
                reader.fault(section.place(key), found, "at most 5e22");
            }
            let mut profile = cut(species, depth_um.clone(), conc_cm3, floor);
            profile.notes.clone_from(&notes);
            profiles.push(profile);
        }
    }
    profiles
}

/// Depths, um, the dopants with their concentrations, cm-3, and the notes of the reader.
type Read = (Vec<f64>, Dopants, Vec<String>);

/// Concentrations by dopant, cm-3.
type Dopants = Vec<(Species, Vec<f64>)>;

fn read_lists<'a>(reader: &mut Reader<'a>, section: &Section<'a>) -> Option<Read> {
    if !section.has("species") {
        reader.missing(section, "species", "the dopant of the profile");
    }
    let species = reader.species(section, "species");
    let depth = reader.numbers(section, "depth_um", true);
    let conc = reader.numbers(section, "conc_cm3", true);
    if depth.len() < 2 || depth.len() != conc.len() {
        let found = format!("{} depths and {} concentrations", depth.len(), conc.len());
        let expected = "`profile = \"file.csv\"`, or two lists of equal length, two or more";
        reader.fault(section.place("conc_cm3"), found, expected);
        return None;
    }
    if depth.windows(2).any(|pair| pair[1] <= pair[0]) {
        reader.fault(section.place("depth_um"), "depths that do not rise", "rising depths");
        return None;
    }
    Some((depth, vec![(species?, conc)], Vec::new()))
}

fn read_file<'a>(
    reader: &mut Reader<'a>,
    section: &Section<'a>,
    path: &str,
    load: Load<'_>,
) -> Option<Read> {
    let bytes = match load(path) {
        Ok(bytes) => bytes,
        Err(why) => {
            reader.fault(section.place("profile"), why, "");
            return None;
        }
    };
    let dialect = read_dialect(reader, section);
    let species = reader.species(section, "species");
    if section.has("species") && species.is_none() {
        return None;
    }
    let measured = match parse_profile_as(path, &bytes, &dialect) {
        Ok(measured) => measured,
        Err(faults) => {
            reader.faults.extend(faults.into_vec());
            return None;
        }
    };
    let dopants = chosen(measured.columns, species);
    match (dopants.is_empty(), species) {
        (true, Some(wanted)) => {
            let found = format!("{path} has no column for {wanted}");
            let expected = "a column `conc_cm3` or one named after the dopant";
            reader.fault(section.place("species"), found, expected);
        }
        (true, None) => reader.missing(section, "species", "the dopant of the profile"),
        _ => {}
    }
    Some((measured.depth_um, dopants, measured.notes))
}

/// The column of the chosen dopant, or of all dopants that are named.
fn chosen(columns: Vec<(Option<Species>, Vec<f64>)>, species: Option<Species>) -> Dopants {
    let named = columns.into_iter().filter_map(|(own, conc)| Some((own.or(species)?, conc)));
    named.filter(|(own, _)| species.is_none_or(|wanted| wanted == *own)).collect()
}

/// Depths and dopants of the file of an `[[initial]]`, to be written into the recipe itself.
///
/// # Errors
/// Faults of the file.
pub(crate) fn read_measured<'a>(
    reader: &mut Reader<'a>,
    section: &Section<'a>,
    path: &str,
    bytes: &[u8],
) -> Result<(Vec<f64>, Dopants), Faults> {
    let dialect = read_dialect(reader, section);
    let species = reader.species(section, "species");
    let measured = parse_profile_as(path, bytes, &dialect)?;
    Ok((measured.depth_um, chosen(measured.columns, species)))
}

/// The words for interstitials and vacancies, which are point defects and not dopants.
const DEFECTS: [&str; 2] = ["interstitials", "vacancies"];

fn is_defects(section: &Section<'_>) -> bool {
    let species = section.get("species").and_then(|value| value.get_ref().as_str());
    species.is_some_and(|name| DEFECTS.contains(&name))
}

/// Reads profiles of free interstitials and vacancies above equilibrium before the first furnace
/// step.
pub(crate) fn read_initial_defects<'a>(
    reader: &mut Reader<'a>,
    root: &Section<'a>,
    on: bool,
) -> Vec<InitialDefects> {
    let mut profiles = Vec::new();
    let known = reader.faults.len();
    let sections = reader.sections(root, "initial");
    reader.faults.truncate(known);
    for section in sections.into_iter().filter(is_defects) {
        let keys = ["species", "depth_um", "conc_cm3"];
        reader.known(&section, "key of [[initial]] with point defects", &keys);
        let depth_um = reader.numbers(&section, "depth_um", true);
        let conc_cm3 = reader.numbers(&section, "conc_cm3", true);
        let rises = depth_um.windows(2).all(|pair| pair[1] > pair[0]);
        if depth_um.len() < 2 || depth_um.len() != conc_cm3.len() || !rises {
            let found = format!("{} depths and {} concentrations", depth_um.len(), conc_cm3.len());
            let expected = "two lists of equal length, two or more, with rising depths";
            reader.fault(section.place("conc_cm3"), found, expected);
            continue;
        }
        if !on {
            let expected = "`defects = \"two_dim\"` in [model]";
            reader.fault(section.place("species"), "point defects without their model", expected);
        }
        let species = section.get("species").and_then(|value| value.get_ref().as_str());
        let vacancies = species == Some(DEFECTS[1]);
        profiles.push(InitialDefects { vacancies, depth_um, conc_cm3 });
    }
    profiles
}

/// Removes the noise floor of the measurement from a profile. Below the deepest sample above the
/// floor it continues with the slope of its last decade. Where there is no such slope it falls to
/// zero.
fn cut(
    species: Species,
    mut depth_um: Vec<f64>,
    mut conc_cm3: Vec<f64>,
    floor_cm3: Option<f64>,
) -> InitialProfile {
    if let Some(floor) = floor_cm3 {
        let kept = conc_cm3.iter().rposition(|c| *c > floor).map_or(0, |last| last + 1);
        depth_um.truncate(kept.max(1));
        conc_cm3.truncate(kept.max(1));
        if kept == 0 {
            conc_cm3[0] = 0.0;
        }
        let (x, c) = (depth_um[depth_um.len() - 1], conc_cm3[conc_cm3.len() - 1]);
        let above = (0..conc_cm3.len()).rev().find(|i| conc_cm3[*i] >= 10.0 * c);
        let slope = above.map(|i| (conc_cm3[i] / c).ln() / (x - depth_um[i]));
        if let Some(slope) = slope.filter(|slope| slope.is_finite() && *slope > 0.0) {
            for decade in 1..=12 {
                let fall = f64::from(decade) * std::f64::consts::LN_10;
                depth_um.push(x + fall / slope);
                conc_cm3.push(c * (-fall).exp());
            }
        }
        let step = 1e-6 + 1e-9 * depth_um[depth_um.len() - 1];
        depth_um.push(depth_um[depth_um.len() - 1] + step);
        conc_cm3.push(0.0);
    }
    InitialProfile { species, depth_um, conc_cm3, floor_cm3, notes: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An exponential over a floor continues as the exponential.
    #[test]
    fn a_floor_is_cut_and_the_slope_goes_on() {
        let depth: Vec<f64> = (0..=60).map(|i| 0.01 * f64::from(i)).collect();
        let clean = |x: f64| 1e19 * (-x / 0.05).exp();
        let conc = depth.iter().map(|x| clean(*x).max(2e16)).collect();
        let profile = cut(Species::Boron, depth, conc, Some(2.5e16));
        let at = |x| crate::process::interpolate_log(&profile.depth_um, &profile.conc_cm3, x);
        for x in [0.1, 0.29, 0.35, 0.5, 0.8] {
            assert!((at(x) / clean(x) - 1.0).abs() < 1e-6, "{x}: {:e}", at(x));
        }
        assert_eq!(at(5.0), 0.0);
    }
}
