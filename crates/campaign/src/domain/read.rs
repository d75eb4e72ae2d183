//! The files of a domain -> the domain: `config.cfg`, the tables and the template.

use super::nodes;
use super::{Domain, Varying, deck_name, random_fault};
use crate::desk::Desk;
use crate::drawn;
use crate::samples::BLOCKS;
use crate::setting::fault_below;
use anyhow::{Result, anyhow, bail};
use libchar_core::input::Source;
use libchar_core::{Fault, Faults};
use libchar_engine::Simulator;
use libchar_pvt::conditions::{self, Conditions};
use libchar_pvt::config::Samples;
use libchar_pvt::corners::{self, Corners};
use libchar_pvt::supplies::Supplies;
use libchar_pvt::sweeps::{self, Sweeps};
use libchar_pvt::temperatures::{self, Temperatures};
use libchar_pvt::variation::{self, Sampling, Variation};
use libchar_pvt::{
    Matrix, Point, RunConfig, Setting, SupplyNames, Tables, Template, config, points,
};
use std::collections::BTreeMap;

/// Reads and checks `config.cfg`, the tables and the template.
///
/// # Errors
/// The faults of all files at once, unless one hides those of another.
pub fn read(desk: &Desk<'_>) -> Result<Domain> {
    let mut faults = Vec::new();
    let config = keep(config_file(desk)?, &mut faults);
    let tables = tables(desk, config.as_ref(), &mut faults);
    let source = keep(desk.read(desk.template()), &mut faults);
    let deck_name = keep(deck_name(&desk.template()).map_err(Faults::from), &mut faults);
    let (Some(config), Some(tables)) = (config, tables) else {
        return Err(all(faults));
    };
    let Some(matrix) = keep(Matrix::new(&config, &tables), &mut faults) else {
        return Err(all(faults));
    };
    faults.extend(nodes::faults(&config, &matrix, desk.config)?);
    let variables = variables(desk);
    let supply_names = keep(supply_names(&tables, desk).map_err(Faults::from), &mut faults);
    let Some(supply_names) = supply_names else { return Err(all(faults)) };
    let template = source.as_ref().and_then(|source| {
        let setting = Setting {
            config: &config,
            tables: &tables,
            matrix: &matrix,
            variables: &variables,
            supply_names: &supply_names,
        };
        keep(Template::parse(&source.name, &source.bytes, setting), &mut faults)
    });
    let random = match (&source, &template, &deck_name) {
        (Some(source), Some(template), Some(name)) => {
            let file = (source.name.as_str(), source.bytes.as_slice());
            drawn::first(file, template, &matrix, name, desk.netlists())
        }
        _ => None,
    };
    let wants_samples = config.samples != Samples::None;
    let native = random.is_some() && (wants_samples || config.has("seed"));
    faults.extend(random_fault(&config, random.as_ref()));
    let varies = template.as_ref().is_none_or(Template::varies);
    if wants_samples && !native && (!varies || tables.variation.varied().is_empty()) {
        faults.push(nothing_varies(&config, desk));
    }
    let varying = wants_samples.then(|| varying(&config, tables.variation, native));
    match (template, deck_name, faults.is_empty()) {
        (Some(template), Some(deck_name), true) => {
            Ok(Domain { config, matrix, template, deck_name, varying, native })
        }
        _ => Err(all(faults)),
    }
}

fn nothing_varies(config: &RunConfig, desk: &Desk<'_>) -> Fault {
    let found = format!("`samples` is `{}`, but no deck varies", config.value("samples"));
    let expected = format!(
        "{} in {}, and its parameters in the template, as in {{{{ mc.dvth }}}}; or samples=none",
        variation::FILE,
        desk.tables().display()
    );
    config.fault("samples", found).expected(expected)
}

fn varying(config: &RunConfig, variation: Variation, native: bool) -> Varying {
    let sampling = match &config.samples {
        Samples::Count(_, sampling) => *sampling,
        Samples::OneAtATime => Sampling::OneAtATime,
        _ => Sampling::Random,
    };
    Varying { variation, sampling, seed: config.seed, native, samples: config.samples.clone() }
}

/// Reads `config.cfg`. The inner result has the faults of its content, the outer one other errors.
fn config_file(desk: &Desk<'_>) -> Result<Result<RunConfig, Faults>> {
    if !desk.has(config::FILE) {
        bail!("no config.cfg here: a characterization directory has one; name it with -C DIR");
    }
    let source = desk.read(config::FILE)?;
    // A name is data, so it is accepted also from a file whose programs are not started.
    let mut names = Simulator::names(&desk.config.section("simulators"));
    names.extend(desk.config.all_names("simulators"));
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    Ok(RunConfig::parse(&source.name, &source.bytes, &names))
}

/// Reads `config.cfg`.
///
/// # Errors
/// A folder without one, or its faults.
pub fn read_config(desk: &Desk<'_>) -> Result<RunConfig> {
    Ok(config_file(desk)??)
}

/// Reads the matrix that `gen` wrote to `points.csv`.
///
/// # Errors
/// A folder without one, or its faults.
pub fn read_points(desk: &Desk<'_>) -> Result<Vec<Point>> {
    if !desk.has(points::FILE) {
        bail!("no points.csv here: run `libchar gen` first");
    }
    let source = desk.read(points::FILE)?;
    // The table with the blocks of samples, if there is one.
    desk.hears.reads(&desk.path(BLOCKS));
    Ok(points::parse(&source.name, &source.bytes)?)
}

/// The condition table of the domain, or the built-in one.
///
/// # Errors
/// A table that cannot be read.
pub fn condition_table(desk: &Desk<'_>) -> Result<Source, Faults> {
    let path = desk.tables().join(conditions::FILE);
    if desk.has(&path) {
        return desk.read(path);
    }
    let name = "built-in condition table".to_owned();
    Ok(Source { name, bytes: conditions::DEFAULT.into() })
}

/// The variations between samples; empty if the domain has no such table.
///
/// # Errors
/// Faults of the table.
pub fn variation_table(desk: &Desk<'_>) -> Result<Variation, Faults> {
    table(desk, variation::FILE, Variation::parse)
}

/// A table that a domain may be without.
fn table<T: Default>(
    desk: &Desk<'_>,
    name: &str,
    parse: impl FnOnce(&str, &[u8]) -> Result<T, Faults>,
) -> Result<T, Faults> {
    let path = desk.tables().join(name);
    if !desk.has(&path) {
        return Ok(T::default());
    }
    let source = desk.read(path)?;
    parse(&source.name, &source.bytes)
}

fn tables(desk: &Desk<'_>, config: Option<&RunConfig>, faults: &mut Vec<Fault>) -> Option<Tables> {
    let file = |name: &str| desk.read(desk.tables().join(name));
    let corners = file(corners::FILE).and_then(|s| Corners::parse(&s.name, &s.bytes));
    let corners = keep(corners, faults);
    let supplies = config.and_then(|config| {
        let name = format!("table_supply_list_{}.csv", config.sim_mode.name());
        keep(file(&name).and_then(|s| Supplies::parse(&s.name, &s.bytes)), faults)
    });
    let temperatures = keep(table(desk, temperatures::FILE, Temperatures::parse), faults);
    let conditions = condition_table(desk).and_then(|s| Conditions::parse(&s.name, &s.bytes));
    let conditions = keep(conditions, faults);
    let sweeps = keep(table(desk, sweeps::FILE, Sweeps::parse), faults);
    let variation = keep(variation_table(desk), faults);
    Some(Tables {
        variation: variation?,
        sweeps: sweeps?,
        corners: corners?,
        supplies: supplies?,
        temperatures: temperatures?,
        conditions: conditions?,
    })
}

fn variables(desk: &Desk<'_>) -> BTreeMap<String, String> {
    let section = desk.config.section("template.variables");
    let text = |value: &toml::Value| value.as_str().unwrap_or_default().to_owned();
    section.iter().map(|(name, value)| (name.clone(), text(value))).collect()
}

/// The site's own names of supplies, which must not be used for anything else.
fn supply_names(tables: &Tables, desk: &Desk<'_>) -> Result<SupplyNames, Fault> {
    let section = desk.config.section("supply_names");
    let pairs = section.iter().map(|(name, own)| (name.as_str(), own.as_str().unwrap_or_default()));
    let fault = |key: &str, what: String| {
        fault_below(desk.config, &format!("supply_names.{key}"), what)
            .expected("a name of its own, such as vccn = \"vdd\"")
    };
    let names = SupplyNames::new(pairs).map_err(|(key, what)| fault(&key, what))?;
    let axes = tables.sweeps.axes().iter().map(|axis| axis.name.clone());
    let varied = tables.variation.varied().iter().map(|varied| varied.deck_name());
    for taken in axes.chain(varied) {
        if let Some(own) = names.own(&taken) {
            let what = format!("`{own}` is a supply, and a swept or varied quantity too");
            let key = section.iter().find(|(_, value)| value.as_str() == Some(own));
            return Err(fault(key.map_or("", |(key, _)| key), what));
        }
    }
    Ok(names)
}

fn keep<T>(result: Result<T, Faults>, faults: &mut Vec<Fault>) -> Option<T> {
    result.map_err(|more| faults.extend(more.into_vec())).ok()
}

fn all(faults: Vec<Fault>) -> anyhow::Error {
    match Faults::or((), faults) {
        Err(faults) => faults.into(),
        Ok(()) => anyhow!("a part of the domain is missing without a fault"),
    }
}

#[cfg(test)]
mod tests {
    use super::{condition_table, read, read_config, read_points};
    use crate::fixture::{Files, Table, config};
    use std::path::Path;

    #[test]
    fn the_files_of_a_domain_become_its_points() {
        let table = Table::new();
        let (config, files) = (config(""), Files::default());
        let desk = table.desk(&config, &files);
        let domain = read(&desk).unwrap();
        // Two corners, two temperatures and one supply.
        assert_eq!(domain.matrix.len(), 4);
        assert_eq!(domain.deck_name, "sim_tx.sp");
        assert!(domain.varying.is_none() && !domain.native);
        let read: Vec<String> =
            files.0.borrow().iter().map(|path| path.display().to_string()).collect();
        assert!(read.iter().any(|path| path.ends_with("config.cfg")), "{read:?}");
        assert!(!read.iter().any(|path| path.ends_with("table_sweep.csv")), "there is none");
        let built_in = condition_table(&desk).unwrap();
        assert_eq!(built_in.name, "built-in condition table");
    }

    #[test]
    fn the_faults_of_all_files_are_told_at_once() {
        let table = Table::new();
        table.write(
            "configuration/table_corner_list.csv",
            "corner,extraction,nmos,pmos,rs,ls\nT T,typical,0,0,0,0\n",
        );
        table.write("config.cfg", "simulator=ngspice\nsim_mode=ac\ncondition=perf\nvccn=x y\n");
        let (config, files) = (config(""), Files::default());
        let error = read(&table.desk(&config, &files)).err().unwrap().to_string();
        assert!(
            error.contains("table_corner_list.csv:2") && error.contains("config.cfg:4"),
            "{error}"
        );
    }

    #[test]
    fn samples_of_decks_in_which_nothing_varies_are_a_fault() {
        let table = Table::new();
        table.write(
            "config.cfg",
            "simulator=ngspice\ncondition=perf\nsim_mode=ac\nsamples=8\nseed=1\n",
        );
        let (config, files) = (config(""), Files::default());
        let error = read(&table.desk(&config, &files)).err().unwrap().to_string();
        assert!(error.contains("`samples` is `8`, but no deck varies"), "{error}");
    }

    #[test]
    fn a_folder_without_files_says_what_it_lacks() {
        let folder = tempfile::tempdir().unwrap();
        let (config, files) = (config(""), Files::default());
        let desk = crate::desk::Desk { folder: folder.path(), ..Table::here(&config, &files) };
        assert!(read_config(&desk).unwrap_err().to_string().starts_with("no config.cfg here"));
        assert!(read_points(&desk).unwrap_err().to_string().starts_with("no points.csv here"));
        assert!(!Path::new(&desk.path("points.csv")).exists());
    }

    #[test]
    fn a_name_of_a_supply_is_its_own() {
        let table = Table::new();
        table.write("configuration/table_sweep.csv", "name,value\nvdd,1\nvdd,2\n");
        let (config, files) = (config("supply_names = { vccn = 'vdd' }"), Files::default());
        let error = read(&table.desk(&config, &files)).err().unwrap().to_string();
        assert!(error.contains("`vdd` is a supply, and a swept or varied quantity too"), "{error}");
    }
}
