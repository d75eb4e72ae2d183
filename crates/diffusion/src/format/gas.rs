//! The keys of the gas of a furnace step, and which of its values no published number covers.

use super::reader::{Reader, Section};
use crate::gas::Gas;
use crate::model::Model;
use crate::oxidation::Ambient;
use crate::parameters::Parameters;

/// Keys of a step that describe the gas.
pub(crate) const KEYS: [&str; 5] = ["ambient", "pressure_atm", "o2_pct", "h2o_pct", "hcl_pct"];
/// Highest pressure, atm.
const MOST_ATM: f64 = 100.0;

pub(crate) fn read_gas<'a>(
    reader: &mut Reader<'a>,
    section: &Section<'a>,
    kind: &str,
    model: &Model,
) -> Option<Gas> {
    let words = Ambient::ALL.map(|ambient| (ambient.name(), ambient));
    let ambient = reader.word(section, "ambient", &words);
    if kind == "oxidize" && !section.has("ambient") {
        reader.missing(section, "ambient", "dry or wet");
    }
    if kind == "oxidize" && ambient == Some(Ambient::Inert) {
        let expected = "dry or wet, or `type = \"anneal\"`";
        reader.fault(section.place("ambient"), "an inert oxidation", expected);
    }
    let ambient = if section.has("ambient") { ambient? } else { Ambient::Inert };
    let pressure_atm = reader.positive(section, "pressure_atm", false).unwrap_or(1.0);
    if pressure_atm > MOST_ATM {
        reader.fault(section.place("pressure_atm"), format!("{pressure_atm} atm"), "at most 100");
    }
    let mut gas = Gas::pure(ambient, pressure_atm);
    gas.hcl_pct = read_chlorine(reader, section, ambient);
    for (key, of, name) in [("o2_pct", Ambient::Dry, "oxygen"), ("h2o_pct", Ambient::Wet, "steam")]
    {
        let Some(pct) = reader.positive(section, key, false) else { continue };
        if ambient != of {
            let found = format!("a share of {name} in a step that is {}", ambient.name());
            reader.fault(section.place(key), found, format!("`ambient = \"{}\"`", of.name()));
        } else if pct > 100.0 - gas.hcl_pct {
            let found = format!("{pct} % of {name}{}", beside(gas.hcl_pct));
            reader.fault(section.place(key), found, "at most 100 % of all gases together");
        } else {
            gas.oxidant_pct = pct;
        }
    }
    let stated = ["o2_pct", "h2o_pct", "hcl_pct"].into_iter().find(|key| section.has(key));
    if let (Some(key), Some(_)) = (stated, model.oxide_rates) {
        let found =
            format!("`{key}` together with [model.oxide_rates], which hold for the gas as it is");
        reader.fault(section.place(key), found, "one of them");
    }
    Some(gas)
}

fn beside(hcl_pct: f64) -> String {
    if hcl_pct == 0.0 { String::new() } else { format!(" beside {hcl_pct} % of HCl") }
}

fn read_chlorine<'a>(reader: &mut Reader<'a>, section: &Section<'a>, ambient: Ambient) -> f64 {
    let Some(pct) = reader.positive(section, "hcl_pct", true) else { return 0.0 };
    let most = Parameters::builtin().chlorine().most_pct();
    let place = section.place("hcl_pct");
    if ambient != Ambient::Dry {
        let found = format!("HCl in a step that is {}", ambient.name());
        reader.fault(place, found, "`ambient = \"dry\"`: its factors were measured in oxygen");
        return 0.0;
    }
    if pct > most {
        let expected = format!("at most {most}, the end of the table (Hess and Deal, 1977)");
        reader.fault(place, format!("{pct} % of HCl"), expected);
        return 0.0;
    }
    pct
}
