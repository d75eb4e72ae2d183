//! Records everything that determines the results of a run: two runs with equal inputs differ only
//! by chance.

use crate::desk::Desk;
use crate::engine::Engine;
use crate::key::Keys;
use libchar_core::hash;
use libchar_history::Input;
use libchar_pvt::config;
use std::fs;
use std::path::Path;

/// What the domain says: config.cfg with its text, the tables and the template.
pub fn of_domain(desk: &Desk<'_>) -> Vec<Input> {
    let config = fs::read_to_string(desk.path(config::FILE)).ok();
    let config = config.map(|text| Input::text("config", config::FILE, text));
    let entries = fs::read_dir(desk.path(desk.tables())).into_iter().flatten().flatten();
    let mut tables: Vec<_> = entries
        .map(|entry| desk.tables().join(entry.file_name()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "csv"))
        .collect();
    tables.sort();
    let tables = tables.iter().filter_map(|path| file(desk, "tables", path));
    config.into_iter().chain(tables).chain(file(desk, "template", &desk.template())).collect()
}

/// The simulator, and the options that all points share.
pub fn of_engine(engine: &Engine) -> Vec<Input> {
    let options = hash::sha256(engine.key_material().current.as_bytes());
    let preset = engine.preset.as_ref();
    [
        Input::digest("simulator", &engine.name, engine.version.as_str()),
        Input::digest("options", "simulation", options),
    ]
    .into_iter()
    .chain(preset.map(|preset| Input::text("preset", &preset.name, preset.options.to_string())))
    .collect()
}

/// The files that decks read.
pub fn of_models(keys: &Keys) -> Vec<Input> {
    let of =
        |(path, sha256): (&Path, &str)| Input::digest("models", path.display().to_string(), sha256);
    keys.digests().map(of).collect()
}

fn file(desk: &Desk<'_>, kind: &str, path: &Path) -> Option<Input> {
    let bytes = fs::read(desk.path(path)).ok()?;
    Some(Input::digest(kind, path.display().to_string(), hash::sha256(&bytes)))
}

#[cfg(test)]
mod tests {
    use super::{of_domain, of_engine};
    use crate::fixture::{Domain, Files, Table, config};
    use libchar_core::hash;

    #[test]
    fn the_files_of_a_domain_are_inputs_in_order() {
        let table = Table::new();
        table.write("configuration/notes.txt", "no table");
        let (config, files) = (config(""), Files::default());
        let inputs = of_domain(&table.desk(&config, &files));
        let names: Vec<(&str, &str)> =
            inputs.iter().map(|input| (input.kind.as_str(), input.name.as_str())).collect();
        assert_eq!(
            names,
            [
                ("config", "config.cfg"),
                ("tables", "configuration/table_corner_list.csv"),
                ("tables", "configuration/table_supply_list_ac.csv"),
                ("tables", "configuration/table_temperature_list.csv"),
                ("template", "template/sim_tx.sp"),
            ]
        );
        assert!(inputs[0].text.is_some() && inputs[1].text.is_none());
        let temperatures = hash::sha256(b"temperature\nm40\n125\n");
        assert_eq!(inputs[3].digest, temperatures);
    }

    #[test]
    fn a_simulator_is_known_by_its_version_and_options() {
        let inputs = of_engine(&Domain::new(1).engine);
        assert_eq!(inputs.len(), 2, "no preset");
        assert_eq!((inputs[0].name.as_str(), inputs[0].digest.as_str()), ("ngspice", "ngspice-39"));
        assert_eq!(inputs[1].kind, "options");
    }
}
