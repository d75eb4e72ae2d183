//! Point defects in `[model]`: `defects`, `damage` and `[model.point_defects]`.

use super::reader::{Reader, Recipes as _, Section};
use super::units::Quantity;
use crate::defects::parameters::{Damage, DefectModel, NAMES};
use crate::parameters::Parameters;

/// The point-defect model, if the recipe has one.
pub(crate) fn read_defects<'a>(
    reader: &mut Reader<'a>,
    section: &Section<'a>,
) -> Option<DefectModel> {
    let on = reader.word(section, "defects", &[("none", false), ("two_dim", true)]);
    let words = Damage::ALL.map(|damage| (damage.name(), damage));
    let damage = reader.word(section, "damage", &words).unwrap_or_default();
    let own = reader.section(section, "point_defects");
    if !on.unwrap_or(false) {
        for key in ["damage", "point_defects"] {
            let idle = key == "damage" && damage == Damage::None;
            if section.has(key) && !idle {
                let found = format!("`{key}` without point defects");
                reader.fault(section.place(key), found, "`defects = \"two_dim\"` in [model]");
            }
        }
        return None;
    }
    let mut model =
        DefectModel { set: "suprem4".to_owned(), own: Default::default(), damage, start_c: None };
    let Some(own) = own else { return Some(model) };
    let mut keys = vec!["set", "start", "start_c"];
    keys.extend(NAMES.iter().map(|(name, ..)| *name));
    reader.known(&own, "key of [model.point_defects]", &keys);
    let names = Parameters::builtin().point_defect_names();
    let words: Vec<(&str, &str)> = names.iter().map(|name| (*name, *name)).collect();
    if let Some(name) = reader.word(&own, "set", &words) {
        model.set = name.to_owned();
    }
    model.start_c = reader.quantity(&own, "start", "start_c", Quantity::Temperature);
    for (name, ..) in NAMES.iter().filter(|(name, ..)| own.has(name)) {
        if let Some(pair) = read_pair(reader, &own, name) {
            model.own.insert((*name).to_owned(), pair);
        }
    }
    Some(model)
}

/// Reads `[prefactor, eV]`, or a number for a value that does not depend on temperature.
fn read_pair<'a>(reader: &mut Reader<'a>, own: &Section<'a>, name: &str) -> Option<[f64; 2]> {
    let pair = match own.get(name).and_then(|value| value.get_ref().as_array()) {
        None => Some([reader.finite(own, name)?, 0.0]),
        Some(items) => {
            let numbers: Vec<f64> = items
                .iter()
                .filter_map(|item| super::reader::plain_number(item.get_ref()))
                .collect();
            <[f64; 2]>::try_from(numbers).ok().filter(|_| items.len() == 2)
        }
    };
    let pair = pair.filter(|[prefactor, _]| *prefactor >= 0.0);
    if pair.is_none() {
        let expected = "[prefactor, energy eV] with a prefactor of 0 or more, or a number";
        reader.fault(own.place(name), format!("`{name}` of point defects"), expected);
    }
    pair
}
