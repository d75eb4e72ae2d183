//! A measured profile as one of a wafer: interpolated, with its background, activated by a model.

use crate::format::MeasuredProfile;
use crate::mobility::Mobility;
use crate::model::Model;
use crate::process::interpolate_log;
use crate::profile::{DopantProfile, Profile};
use crate::species::Species;
use libchar_core::{Fault, Frame, Refused, number};

/// Parses a background as typed, `SPECIES=CONC`.
///
/// # Errors
/// Text that is not a species and a concentration of at least 0, cm-3.
pub fn parse_background(text: &str) -> Result<(Species, f64), Refused> {
    let wrong = || {
        Refused::Usage(format!("--background {text}: expected SPECIES=CONC, such as boron=1e15"))
    };
    let (species, conc) = text.split_once('=').ok_or_else(wrong)?;
    let species =
        species.parse().map_err(|error| Refused::Usage(format!("--background: {error}")))?;
    let conc = number::parse_decimal(conc).filter(|c| *c >= 0.0).ok_or_else(wrong)?;
    Ok((species, conc))
}

/// The measured columns with the background, interpolated densely enough for the integral.
///
/// # Errors
/// A column whose dopant is not named, and dopants that the model does not know.
pub fn assemble(
    file: &str,
    measured: MeasuredProfile,
    species: Option<Species>,
    background: Option<(Species, f64)>,
    model: &Model,
    temp_c: f64,
) -> Result<Profile, Refused> {
    /// Samples between two measured depths.
    const BETWEEN: usize = 8;
    let coarse = &measured.depth_um;
    let mut depth_um: Vec<f64> = coarse
        .windows(2)
        .flat_map(|pair| {
            let (from, to) = (pair[0], pair[1]);
            (0..BETWEEN).map(move |i| from + (to - from) * i as f64 / BETWEEN as f64)
        })
        .collect();
    depth_um.extend(coarse.last());
    let mut dopants: Vec<(Species, Vec<f64>)> = Vec::new();
    let mut add =
        |species: Species, conc: Vec<f64>| match dopants.iter_mut().find(|(s, _)| *s == species) {
            Some((_, sum)) => sum.iter_mut().zip(conc).for_each(|(a, b)| *a += b),
            None => dopants.push((species, conc)),
        };
    for (column, conc) in &measured.columns {
        let dopant = column.or(species).ok_or_else(|| {
            Fault::of(file, "the dopant of `conc_cm3` is not given").expected("--species")
        })?;
        add(dopant, depth_um.iter().map(|x| interpolate_log(coarse, conc, *x)).collect());
    }
    if let Some((dopant, conc)) = background {
        add(dopant, vec![conc; depth_um.len()]);
    }
    dopants.sort_by_key(|(species, _)| *species);
    let (species, conc): (Vec<Species>, Vec<Vec<f64>>) = dopants.into_iter().unzip();
    let active = model.active(&species, &conc, temp_c);
    let active = active.map_err(|error| Refused::Usage(error.to_string()))?;
    let columns = species.into_iter().zip(conc).zip(active);
    let dopants = columns
        .map(|((species, conc_cm3), active_cm3)| DopantProfile { species, conc_cm3, active_cm3 })
        .collect();
    Ok(Profile { depth_um, dopants })
}

/// One row a layer, from the surface down to the last junction; the last layer of a wafer with a background goes on below
/// the profile and is none of them.
pub fn layers(profile: &Profile, mobility: Mobility, has_background: bool) -> Frame {
    let columns = ["layer", "type", "top_nm", "bottom_nm", "net_dose_cm2", "rs_ohm_sq", "mobility"];
    let mut frame = Frame::new("libchar.diffuse-rs", 1, columns);
    for (index, layer) in profile.layers(mobility).iter().enumerate() {
        if !layer.closed && has_background {
            continue;
        }
        frame.push(vec![
            (index + 1).into(),
            layer.kind.letter().to_string().into(),
            (layer.top_um * 1e3).into(),
            (layer.bottom_um * 1e3).into(),
            layer.net_dose_cm2.into(),
            layer.rs_ohm_sq.into(),
            mobility.name().into(),
        ]);
    }
    frame
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assembled(species: Option<Species>) -> Result<Profile, String> {
        let column = (None, vec![1e18, 1e16]);
        let measured =
            MeasuredProfile { depth_um: vec![0.0, 1.0], columns: vec![column], notes: Vec::new() };
        let background = Some((Species::Boron, 1e15));
        assemble("p.csv", measured, species, background, &Model::default(), 1000.0)
            .map_err(|refused| refused.to_string())
    }

    #[test]
    fn a_profile_is_dense_in_the_logarithm_and_lies_on_its_background() {
        let profile = assembled(Some(Species::Phosphorus)).unwrap();
        assert_eq!(profile.depth_um.len(), 9);
        let of = |species| profile.dopants.iter().find(|d| d.species == species).unwrap();
        assert!((of(Species::Phosphorus).conc_cm3[4] / 1e17 - 1.0).abs() < 1e-9);
        assert!(of(Species::Boron).conc_cm3.iter().all(|conc| *conc == 1e15));
        // A background of the same dopant adds to it.
        let same = assembled(Some(Species::Boron)).unwrap();
        assert_eq!((same.dopants.len(), same.dopants[0].conc_cm3[0]), (1, 1e18 + 1e15));
        let whose = assembled(None).unwrap_err();
        assert_eq!(whose, "p.csv: the dopant of `conc_cm3` is not given\n  expected --species");
    }

    #[test]
    fn the_layer_below_the_last_junction_is_that_of_the_wafer() {
        // Phosphorus falls from 1e18 to 1e16 in a background of 1e15 and has no junction: with the background told, no row.
        let profile = assembled(Some(Species::Phosphorus)).unwrap();
        assert!(layers(&profile, Mobility::Masetti, true).is_empty());
        let csv = String::from_utf8(layers(&profile, Mobility::Masetti, false).to_csv()).unwrap();
        assert!(csv.lines().nth(1).unwrap().starts_with("1,n,0,1000,"), "{csv}");
    }

    #[test]
    fn a_background_is_a_species_and_a_concentration() {
        assert_eq!(parse_background("boron=1e15"), Ok((Species::Boron, 1e15)));
        for wrong in ["boron", "boron=-1", "boron=x", "tin=1e15"] {
            assert!(parse_background(wrong).is_err(), "{wrong}");
        }
    }
}
