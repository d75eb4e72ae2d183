//! A recipe file from its text to a [`Recipe`].

use libchar_core::{Fault, Faults};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::model::read_model;
use super::reader::{Reader, Section};
use super::sims::parse_profile;
use super::steps::{check_order, read_steps};
use super::units::Quantity;
use crate::mobility::Mobility;
use crate::oxidation::Orientation;
use crate::recipe::{Grid, InitialProfile, Limits, Recipe, Report, Substrate};
use crate::solver::Tolerance;
use crate::species::Species;

/// What a golden recipe expects of one key figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Expectation {
    /// The key figure.
    pub figure: String,
    /// Its value.
    pub value: f64,
    /// Allowed difference, percent of the value.
    pub tol_pct: f64,
}

/// Where the expected values of a golden recipe come from.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    /// `analytic`, `suprem4`, `tsuprem4` or `independent`.
    pub kind: String,
    /// Which formula, run or script.
    pub source: String,
}

/// A recipe file, read.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// The recipe.
    pub recipe: Recipe,
    /// Expected key figures, in file order.
    pub expectations: Vec<Expectation>,
    /// Where they come from.
    pub origin: Option<Origin>,
}

/// A recipe file, and values that replace some of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    file: String,
    text: String,
    changes: Vec<(String, String)>,
}

/// Loads a file that a recipe names, such as a measured profile.
pub type Load<'a> = &'a dyn Fn(&str) -> Result<Vec<u8>, String>;

const KEYS: [&str; 12] = [
    "name",
    "about",
    "substrate",
    "model",
    "grid",
    "initial",
    "step",
    "report",
    "limits",
    "accuracy",
    "expect",
    "origin",
];

/// Keys that say the same: setting one takes the other away.
const ALIASES: [(&str, &str); 4] = [
    ("temperature", "temp_c"),
    ("ramp_to", "ramp_to_c"),
    ("time", "time_s"),
    ("thickness", "thickness_nm"),
];

impl Document {
    /// A document of a file's name and text.
    pub fn new(file: impl Into<String>, text: impl Into<String>) -> Document {
        Document { file: file.into(), text: text.into(), changes: Vec::new() }
    }

    /// Replaces a value by a TOML literal, such as `step.2.time` by `"45 min"` with its quotes. A step is
    /// named by its number from 1 or by its `name`.
    ///
    /// # Errors
    /// When the path leads nowhere or the literal is none.
    pub fn set(&mut self, path: &str, literal: &str) -> Result<(), String> {
        let (table, _) = DeTable::parse_recoverable(&self.text);
        let mut table = table.into_inner();
        for (path, literal) in &self.changes {
            replace(&mut table, path, literal)?;
        }
        replace(&mut table, path, literal)?;
        self.changes.push((path.to_owned(), literal.to_owned()));
        Ok(())
    }

    /// The files that the recipe names.
    pub fn files(&self) -> Vec<String> {
        let Ok(table) = self.text.parse::<toml::Table>() else { return Vec::new() };
        let initial = table.get("initial").and_then(toml::Value::as_array);
        let paths = initial.into_iter().flatten().filter_map(|profile| profile.get("profile"));
        paths.filter_map(|path| path.as_str().map(str::to_owned)).collect()
    }

    /// The recipe complete in itself: the text as it is, or, where values were replaced or measured
    /// profiles are named, rewritten with them in it.
    ///
    /// # Errors
    /// What `load` says, or that the text is no TOML.
    pub fn complete(&self, load: Load<'_>) -> Result<String, String> {
        let files = self.files();
        if self.changes.is_empty() && files.is_empty() {
            return Ok(self.text.clone());
        }
        let (tree, _) = DeTable::parse_recoverable(&self.text);
        let mut tree = tree.into_inner();
        for (path, literal) in &self.changes {
            replace(&mut tree, path, literal)?;
        }
        let mut table = plain_table(&tree).ok_or("a number that TOML cannot hold")?;
        let initial = table.get_mut("initial").and_then(toml::Value::as_array_mut);
        for profile in initial.into_iter().flatten().filter_map(toml::Value::as_table_mut) {
            let Some(path) = profile.get("profile").and_then(toml::Value::as_str) else { continue };
            let measured =
                parse_profile(path, &load(path)?).map_err(|faults| faults.to_string())?;
            let wanted = profile.get("species").and_then(toml::Value::as_str);
            let wanted = wanted.and_then(|name| name.parse::<Species>().ok());
            let mut columns = measured.columns.into_iter();
            let chosen = columns.find(|(species, _)| species.is_none() || *species == wanted);
            let Some((_, conc)) = chosen else { continue };
            let list = |values: Vec<f64>| values.into_iter().map(toml::Value::Float).collect();
            profile.remove("profile");
            profile.insert("depth_um".to_owned(), toml::Value::Array(list(measured.depth_um)));
            profile.insert("conc_cm3".to_owned(), toml::Value::Array(list(conc)));
        }
        toml::to_string(&table).map_err(|error| error.to_string())
    }

    /// Reads the recipe. `load` brings the files that it names.
    ///
    /// # Errors
    /// Every fault of the file with its place.
    pub fn read(&self, load: Load<'_>) -> Result<Parsed, Faults> {
        let (table, errors) = DeTable::parse_recoverable(&self.text);
        let mut table = table.into_inner();
        let syntax = errors.iter().map(|error| {
            let start = error.span().map_or(0, |span| span.start);
            Fault::at_offset(&self.file, &self.text, start, error.message().to_owned())
        });
        Faults::or((), syntax.collect())?;
        for (path, literal) in &self.changes {
            replace(&mut table, path, literal).map_err(|why| Fault::of(&self.file, why))?;
        }
        let mut reader = Reader { file: &self.file, text: &self.text, faults: Vec::new() };
        let root = Section { table: &table, span: (0, 0) };
        reader.known_keys(&root, "key", &KEYS);
        let name = reader.text(&root, "name").unwrap_or_default().to_owned();
        reader.text(&root, "about");
        let substrate = read_substrate(&mut reader, &root);
        let model = read_model(&mut reader, &root);
        let grid = read_grid(&mut reader, &root);
        let initial = read_initial(&mut reader, &root, load);
        let steps = read_steps(&mut reader, &root);
        let report = read_report(&mut reader, &root);
        let tolerance = read_accuracy(&mut reader, &root);
        let expectations = read_expectations(&mut reader, &root);
        let origin = read_origin(&mut reader, &root);
        let recipe = Recipe {
            name,
            substrate,
            model,
            grid,
            initial,
            steps: steps.iter().map(|(step, _)| step.clone()).collect(),
            report,
            tolerance,
        };
        check_order(&mut reader, &recipe, &steps, &root);
        Faults::or(Parsed { recipe, expectations, origin }, reader.faults)
    }
}

fn plain_table(table: &DeTable<'_>) -> Option<toml::Table> {
    table
        .iter()
        .map(|(key, value)| Some((key.get_ref().to_string(), plain(value.get_ref())?)))
        .collect()
}

fn plain(value: &DeValue<'_>) -> Option<toml::Value> {
    Some(match value {
        DeValue::String(text) => toml::Value::String(text.to_string()),
        DeValue::Integer(n) => {
            toml::Value::Integer(i64::from_str_radix(n.as_str(), n.radix()).ok()?)
        }
        DeValue::Float(x) => toml::Value::Float(x.as_str().parse().ok()?),
        DeValue::Boolean(flag) => toml::Value::Boolean(*flag),
        DeValue::Datetime(when) => toml::Value::Datetime(*when),
        DeValue::Array(items) => {
            toml::Value::Array(items.iter().map(|i| plain(i.get_ref())).collect::<Option<_>>()?)
        }
        DeValue::Table(table) => toml::Value::Table(plain_table(table)?),
    })
}

/// Puts a literal at a path of the tree.
fn replace<'a>(root: &mut DeTable<'a>, path: &'a str, literal: &'a str) -> Result<(), String> {
    let value = DeValue::parse(literal)
        .map_err(|error| format!("`{literal}` is no TOML value: {}", error.message()))?
        .into_inner();
    let (parents, last) = path.rsplit_once('.').unwrap_or(("", path));
    let mut table = root;
    let mut parents = parents.split('.').filter(|part| !part.is_empty());
    while let Some(part) = parents.next() {
        if part == "step" || part == "initial" {
            let index = parents.next().ok_or(format!("`{path}`: which {part}?"))?;
            table = element(table, part, index).map_err(|why| format!("`{path}`: {why}"))?;
            continue;
        }
        if table.get(part).is_none() {
            let empty = Spanned::new(0..0, DeValue::Table(DeTable::new()));
            table.insert(Spanned::new(0..0, part.into()), empty);
        }
        table = match table.get_mut(part).map(Spanned::get_mut) {
            Some(DeValue::Table(inner)) => inner,
            _ => return Err(format!("`{path}`: `{part}` is no table")),
        };
    }
    let place = table.get(last).map_or(0..0, Spanned::span);
    for (a, b) in ALIASES {
        if last == a {
            table.remove(b);
        } else if last == b {
            table.remove(a);
        }
    }
    table.insert(Spanned::new(place.clone(), last.into()), Spanned::new(place, value));
    Ok(())
}

/// An element of an array of tables, by its number from 1 or its `name`.
fn element<'t, 'a>(
    table: &'t mut DeTable<'a>,
    key: &str,
    index: &str,
) -> Result<&'t mut DeTable<'a>, String> {
    let Some(DeValue::Array(items)) = table.get_mut(key).map(Spanned::get_mut) else {
        return Err(format!("the recipe has no {key}"));
    };
    let count = items.len();
    let named = |item: &Spanned<DeValue<'_>>| {
        item.get_ref().get("name").and_then(|name| name.get_ref().as_str()) == Some(index)
    };
    let at = match index.parse::<usize>() {
        Ok(number) => number.wrapping_sub(1),
        Err(_) => items.iter().position(named).unwrap_or(usize::MAX),
    };
    match items.get_mut(at).map(Spanned::get_mut) {
        Some(DeValue::Table(inner)) => Ok(inner),
        _ => Err(format!("no {key} `{index}`: the recipe has {count}")),
    }
}

fn read_substrate<'a>(reader: &mut Reader<'a>, root: &Section<'a>) -> Substrate {
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
    reader.known_keys(&section, "key of [substrate]", &keys);
    if let Some(number) = reader.number(&section, "orientation") {
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

/// Concentration of a resistivity by Masetti's mobility, cm-3.
fn conc_of_resistivity(species: Species, rho_ohm_cm: f64) -> f64 {
    let (mut low, mut high) = (10.0_f64, 22.0_f64);
    for _ in 0..100 {
        let mid = 0.5 * (low + high);
        if Mobility::Masetti.resistivity_ohm_cm(species, 10f64.powf(mid)) > rho_ohm_cm {
            low = mid;
        } else {
            high = mid;
        }
    }
    10f64.powf(0.5 * (low + high))
}

fn read_grid<'a>(reader: &mut Reader<'a>, root: &Section<'a>) -> Grid {
    let mut grid = Grid::default();
    let Some(section) = reader.section(root, "grid") else { return grid };
    let keys = ["depth", "depth_um", "nodes", "surface", "surface_nm", "spacing"];
    reader.known_keys(&section, "key of [grid]", &keys);
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
    if let Some(nodes) = reader.number(&section, "nodes") {
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

fn read_initial<'a>(
    reader: &mut Reader<'a>,
    root: &Section<'a>,
    load: Load<'_>,
) -> Vec<InitialProfile> {
    let mut profiles = Vec::new();
    for section in reader.sections(root, "initial") {
        let keys = ["species", "profile", "depth_um", "conc_cm3"];
        reader.known_keys(&section, "key of [[initial]]", &keys);
        let species = reader.species(&section, "species");
        let (depth_um, conc_cm3) = if let Some(path) = reader.text(&section, "profile") {
            let loaded = load(path).map_err(|why| {
                vec![Fault::at_offset(
                    reader.file,
                    reader.text,
                    section.place("profile").start,
                    why,
                )]
            });
            let parsed =
                loaded.and_then(|bytes| parse_profile(path, &bytes).map_err(Faults::into_vec));
            match parsed {
                Err(faults) => {
                    reader.faults.extend(faults);
                    continue;
                }
                Ok(measured) => {
                    let depth = measured.depth_um;
                    let mut here = measured
                        .columns
                        .into_iter()
                        .filter_map(|(column, values)| Some((column.or(species)?, values)));
                    match species {
                        Some(wanted) => {
                            let column = here.find(|(column, _)| *column == wanted);
                            if column.is_none() {
                                let found = format!("{path} has no column for {wanted}");
                                reader.fault(
                                    section.place("species"),
                                    found,
                                    "a column `conc_cm3` or one named after the dopant",
                                );
                            }
                            (depth, column.map(|(_, values)| values).unwrap_or_default())
                        }
                        None => {
                            if !section.has("species") {
                                let all: Vec<_> = here.collect();
                                if all.is_empty() {
                                    reader.missing(
                                        &section,
                                        "species",
                                        "the dopant of the profile",
                                    );
                                }
                                profiles.extend(all.into_iter().map(|(species, conc_cm3)| {
                                    InitialProfile { species, depth_um: depth.clone(), conc_cm3 }
                                }));
                            }
                            continue;
                        }
                    }
                }
            }
        } else {
            let depth = reader.numbers(&section, "depth_um", true);
            let conc = reader.numbers(&section, "conc_cm3", true);
            if depth.len() < 2 || depth.len() != conc.len() {
                let found = format!("{} depths and {} concentrations", depth.len(), conc.len());
                reader.fault(
                    section.place("conc_cm3"),
                    found,
                    "`profile = \"file.csv\"`, or two lists of equal length, two or more",
                );
                continue;
            }
            if depth.windows(2).any(|pair| pair[1] <= pair[0]) {
                reader.fault(section.place("depth_um"), "depths that do not rise", "rising depths");
                continue;
            }
            (depth, conc)
        };
        match species {
            Some(species) => profiles.push(InitialProfile { species, depth_um, conc_cm3 }),
            None if !section.has("species") => {
                reader.missing(&section, "species", "the dopant of the profile");
            }
            None => {}
        }
    }
    profiles
}

fn read_report<'a>(reader: &mut Reader<'a>, root: &Section<'a>) -> Report {
    let mut report = Report::default();
    if let Some(section) = reader.section(root, "report") {
        reader.known_keys(&section, "key of [report]", &["levels_cm3", "depths_um"]);
        report.levels_cm3 = reader.numbers(&section, "levels_cm3", false);
        report.depths_um = reader.numbers(&section, "depths_um", true);
    }
    let Some(section) = reader.section(root, "limits") else { return report };
    for (key, value) in section.table {
        let figure = key.get_ref().as_ref();
        let DeValue::Table(table) = value.get_ref() else {
            reader.fault(
                value.span(),
                format!("limits of `{figure}`"),
                "{ min = , max = } or { target = , tol_pct = }",
            );
            continue;
        };
        let band = Section { table, span: (value.span().start, value.span().end) };
        reader.known_keys(&band, "key of a limit", &["min", "max", "target", "tol", "tol_pct"]);
        let mut limits =
            Limits { min: reader.number(&band, "min"), max: reader.number(&band, "max") };
        let target = reader.number(&band, "target");
        let tol = reader.positive(&band, "tol", true);
        let tol_pct = reader.positive(&band, "tol_pct", true);
        let width = tol.or_else(|| Some(target?.abs() * tol_pct? / 100.0));
        if let (Some(target), Some(width)) = (target, width) {
            limits = Limits { min: Some(target - width), max: Some(target + width) };
        }
        if limits.min.is_none() && limits.max.is_none() {
            reader.fault(
                value.span(),
                format!("no limit for `{figure}`"),
                "{ min = , max = } or { target = , tol_pct = }",
            );
        }
        report.limits.insert(figure.to_owned(), limits);
    }
    report
}

fn read_accuracy<'a>(reader: &mut Reader<'a>, root: &Section<'a>) -> Tolerance {
    let mut tolerance = Tolerance::default();
    let Some(section) = reader.section(root, "accuracy") else { return tolerance };
    reader.known_keys(&section, "key of [accuracy]", &["relative", "floor_cm3"]);
    if let Some(relative) = reader.number(&section, "relative") {
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

fn read_expectations<'a>(reader: &mut Reader<'a>, root: &Section<'a>) -> Vec<Expectation> {
    /// Percent, unless a recipe is tighter.
    const DEFAULT_TOL_PCT: f64 = 2.0;
    let Some(section) = reader.section(root, "expect") else { return Vec::new() };
    let general = reader.positive(&section, "tol_pct", false).unwrap_or(DEFAULT_TOL_PCT);
    let mut expectations = Vec::new();
    for (key, value) in section.table {
        let figure = key.get_ref().to_string();
        if figure == "tol_pct" {
            continue;
        }
        let (number, tol_pct) = match value.get_ref() {
            DeValue::Table(table) => {
                let inner = Section { table, span: (value.span().start, value.span().end) };
                reader.known_keys(&inner, "key of an expectation", &["value", "tol_pct"]);
                (reader.number(&inner, "value"), reader.positive(&inner, "tol_pct", false))
            }
            _ => (reader.number_of(value, &figure), None),
        };
        if let Some(number) = number {
            let tol_pct = tol_pct.unwrap_or(general);
            expectations.push(Expectation { figure, value: number, tol_pct });
        }
    }
    expectations
}

fn read_origin<'a>(reader: &mut Reader<'a>, root: &Section<'a>) -> Option<Origin> {
    let section = reader.section(root, "origin")?;
    reader.known_keys(&section, "key of [origin]", &["kind", "source"]);
    let kinds = ["analytic", "suprem4", "tsuprem4", "independent"].map(|kind| (kind, kind));
    let kind = reader.word(&section, "kind", &kinds);
    if !section.has("kind") {
        reader.missing(&section, "kind", "one of: analytic, suprem4, tsuprem4, independent");
    }
    let source = reader.text(&section, "source").unwrap_or_default();
    Some(Origin { kind: kind?.to_owned(), source: source.to_owned() })
}
