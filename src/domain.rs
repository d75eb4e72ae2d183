//! The files of a characterization directory, the current folder, that several stages read.

use crate::context::Context;
use crate::exit::Usage;
use crate::sources::netlists;
use anyhow::Result;
use libchar_campaign::domain::{Domain, Varying, deck_name, random_fault};
use libchar_campaign::drawn;
use libchar_campaign::samples::BLOCKS;
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
use std::path::{Path, PathBuf};

/// Reads and checks `config.cfg`, the tables and the template.
///
/// # Errors
/// The faults of all files at once, unless one hides those of another.
pub fn read(ctx: &Context) -> Result<Domain> {
    let mut faults = Vec::new();
    let config = keep(read_config_file(ctx)?, &mut faults);
    let tables = read_tables(ctx, config.as_ref(), &mut faults);
    let template = keep(read_file(ctx, &template_path(ctx)), &mut faults);
    let deck_name = keep(deck_name(&template_path(ctx)).map_err(Faults::from), &mut faults);
    let (Some(config), Some(tables)) = (config, tables) else {
        return Err(all(faults));
    };
    let Some(matrix) = keep(Matrix::new(&config, &tables), &mut faults) else {
        return Err(all(faults));
    };
    faults.extend(crate::nodes::faults(&config, &matrix, ctx)?);
    let variables = variables(ctx);
    let supply_names = keep(supply_names(&tables, ctx).map_err(Faults::from), &mut faults);
    let Some(supply_names) = supply_names else { return Err(all(faults)) };
    let source = template;
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
            drawn::first((&source.name, &source.bytes), template, &matrix, name, netlists())
        }
        _ => None,
    };
    let wants_samples = config.samples != Samples::None;
    let native = random.is_some() && (wants_samples || config.has("seed"));
    faults.extend(random_fault(&config, random.as_ref()));
    let varies = template.as_ref().is_none_or(Template::varies);
    if wants_samples && !native && (!varies || tables.variation.varied().is_empty()) {
        let found = format!("`samples` is `{}`, but no deck varies", config.value("samples"));
        let expected = format!(
            "{} in {}, and its parameters in the template, as in {{{{ mc.dvth }}}}; or samples=none",
            variation::FILE,
            tables_folder(ctx).display()
        );
        faults.push(config.fault("samples", found).expected(expected));
    }
    let sampling = match &config.samples {
        Samples::Count(_, sampling) => *sampling,
        Samples::OneAtATime => Sampling::OneAtATime,
        _ => Sampling::Random,
    };
    let varying = wants_samples.then(|| Varying {
        variation: tables.variation,
        sampling,
        seed: config.seed,
        native,
        samples: config.samples.clone(),
    });
    match (template, deck_name, faults.is_empty()) {
        (Some(template), Some(deck_name), true) => {
            Ok(Domain { config, matrix, template, deck_name, varying, native })
        }
        _ => Err(all(faults)),
    }
}

/// Reads `config.cfg`. The inner result has the faults of its content, the outer one other errors.
fn read_config_file(ctx: &Context) -> Result<Result<RunConfig, Faults>> {
    if !Path::new(config::FILE).exists() {
        let message =
            "no config.cfg here: a characterization directory has one; name it with -C DIR";
        return Err(Usage(message.to_owned()).into());
    }
    let source = ctx.read(config::FILE)?;
    Ok({
        // A name is data, so it is accepted also from a file whose programs are not started.
        let mut names = Simulator::names(&ctx.config.section("simulators"));
        names.extend(ctx.config.all_names("simulators"));
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        RunConfig::parse(&source.name, &source.bytes, &names)
    })
}

/// Reads `config.cfg`.
pub fn read_config(ctx: &Context) -> Result<RunConfig> {
    Ok(read_config_file(ctx)??)
}

/// Reads the matrix that `gen` wrote to `points.csv`.
pub fn read_points(ctx: &Context) -> Result<Vec<Point>> {
    if !Path::new(points::FILE).exists() {
        return Err(Usage("no points.csv here: run `libchar gen` first".to_owned()).into());
    }
    let source = ctx.read(points::FILE)?;
    // The table with the blocks of samples, if there is one.
    ctx.depends(Path::new(BLOCKS));
    Ok(points::parse(&source.name, &source.bytes)?)
}

/// Path of the template that the configuration names.
pub fn template_path(ctx: &Context) -> PathBuf {
    ctx.config.text("template.path").unwrap_or_default().into()
}

/// The condition table of the domain, or the built-in one.
pub fn condition_table(ctx: &Context) -> Result<Source, Faults> {
    let path = tables_folder(ctx).join(conditions::FILE);
    if path.exists() {
        return read_file(ctx, &path);
    }
    let name = "built-in condition table".to_owned();
    Ok(Source { name, bytes: conditions::DEFAULT.into() })
}

/// The variations between samples; empty if the domain has no such table.
///
/// # Errors
/// Faults of the table.
pub fn variation_table(ctx: &Context) -> Result<Variation, Faults> {
    let path = tables_folder(ctx).join(variation::FILE);
    if !path.exists() {
        return Ok(Variation::default());
    }
    let source = read_file(ctx, &path)?;
    Variation::parse(&source.name, &source.bytes)
}

/// The folder of the tables.
pub fn tables_folder(ctx: &Context) -> PathBuf {
    ctx.config.text("tables.path").unwrap_or_default().into()
}

fn read_tables(
    ctx: &Context,
    config: Option<&RunConfig>,
    faults: &mut Vec<Fault>,
) -> Option<Tables> {
    let folder = tables_folder(ctx);
    let corners = keep(read_file(ctx, &folder.join(corners::FILE)), faults)
        .and_then(|source| keep(Corners::parse(&source.name, &source.bytes), faults));
    let supplies = config.and_then(|config| {
        let file = format!("table_supply_list_{}.csv", config.sim_mode.name());
        let source = keep(read_file(ctx, &folder.join(file)), faults)?;
        keep(Supplies::parse(&source.name, &source.bytes), faults)
    });
    let path = folder.join(temperatures::FILE);
    let temperatures = match path.exists() {
        true => keep(read_file(ctx, &path), faults)
            .and_then(|source| keep(Temperatures::parse(&source.name, &source.bytes), faults)),
        false => Some(Temperatures::default()),
    };
    let conditions = keep(condition_table(ctx), faults)
        .and_then(|source| keep(Conditions::parse(&source.name, &source.bytes), faults));
    let path = folder.join(sweeps::FILE);
    let sweeps = match path.exists() {
        true => keep(read_file(ctx, &path), faults)
            .and_then(|source| keep(Sweeps::parse(&source.name, &source.bytes), faults)),
        false => Some(Sweeps::default()),
    };
    let variation = keep(variation_table(ctx), faults);
    Some(Tables {
        variation: variation?,
        sweeps: sweeps?,
        corners: corners?,
        supplies: supplies?,
        temperatures: temperatures?,
        conditions: conditions?,
    })
}

fn variables(ctx: &Context) -> BTreeMap<String, String> {
    let section = ctx.config.section("template.variables");
    let text = |value: &toml::Value| value.as_str().unwrap_or_default().to_owned();
    section.iter().map(|(name, value)| (name.clone(), text(value))).collect()
}

/// The site's own names of supplies, which must not be used for anything else.
fn supply_names(tables: &Tables, ctx: &Context) -> Result<SupplyNames, Fault> {
    let section = ctx.config.section("supply_names");
    let pairs = section.iter().map(|(name, own)| (name.as_str(), own.as_str().unwrap_or_default()));
    let fault = |key: &str, what: String| {
        let fault = ctx.fault_of_setting(&format!("supply_names.{key}"), what);
        fault.expected("a name of its own, such as vccn = \"vdd\"")
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

fn read_file(ctx: &Context, path: &Path) -> Result<Source, Faults> {
    let name = path.display().to_string();
    let read = ctx.read(&name);
    read.map_err(|error| {
        error.downcast().unwrap_or_else(|e| Fault::of(name, crate::exit::explain(&e)).into())
    })
}

fn keep<T>(result: Result<T, Faults>, faults: &mut Vec<Fault>) -> Option<T> {
    result.map_err(|more| faults.extend(more.into_vec())).ok()
}

fn all(faults: Vec<Fault>) -> anyhow::Error {
    match Faults::or((), faults) {
        Err(faults) => faults.into(),
        Ok(()) => unreachable!("a part is missing without a fault"),
    }
}
