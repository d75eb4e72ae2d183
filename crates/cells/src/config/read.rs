//! Reads `cells.toml` and reports all its faults at once.

use super::{Config, Loads, Measure, Power, Pvt, Role, Said, Thresholds, ends_and_middle};
use crate::like::Like;
use crate::netlist::Devices;
use libchar_core::toml_reader::{self, Reader, Section};
use libchar_core::{Fault, Faults, input};

/// Valid transitions, in ns: from a tenth of a picosecond to a microsecond.
const SLEWS_NS: (f64, f64) = (1e-4, 1e3);

/// Valid loads, in pF.
const LOADS_PF: (f64, f64) = (0.0, 1e3);

/// The most points of one axis of a table: 64 give 4096 entries.
const POINTS: (f64, f64) = (2.0, 64.0);

/// Reads the file.
///
/// # Errors
/// Every invalid statement in it, with its place.
pub fn parse(file: &str, bytes: &[u8]) -> Result<Config, Faults> {
    parse_like(file, bytes, None)
}

/// The library that the file's key `like` names, and the place of the key.
pub fn like_of(file: &str, bytes: &[u8]) -> Option<(String, (usize, usize))> {
    let text = input::text(file, bytes).ok()?;
    let document = toml_reader::parse(file, text).ok()?;
    let (mut r, root) = (Reader::new(file, text), Section::root(&document));
    let name = r.text(&root, "like")?;
    let (line, column) = r.place(root.place("like").start);
    Some((name.to_owned(), (line, column)))
}

/// Reads the file; supplies, thresholds and templates that it does not specify are taken from a library.
///
/// # Errors
/// The same as those of [`parse`].
pub fn parse_like(file: &str, bytes: &[u8], like: Option<Like>) -> Result<Config, Faults> {
    let text = input::text(file, bytes)?;
    let document = toml_reader::parse(file, text)?;
    let mut r = Reader::new(file, text);
    let root = Section::root(&document);
    r.known(
        &root,
        "key",
        &[
            "library",
            "like",
            "driver",
            "simulator",
            "netlists",
            "supplies",
            "pvt",
            "thresholds",
            "templates",
            "measure",
            "lvf",
            "devices",
            "cells",
        ],
    );
    let config = read(&mut r, file, &root, like);
    match (config, r.faults.is_empty()) {
        (Some(config), true) => Ok(config),
        (_, _) => Faults::or((), r.faults)
            .and_then(|()| Err(Fault::of(file, "the description is incomplete").into())),
    }
}

fn read<'a>(
    r: &mut Reader<'a>,
    file: &str,
    root: &Section<'a>,
    like: Option<Like>,
) -> Option<Config> {
    r.text(root, "like");
    let library = r.needs(root, "the file", "library").then(|| r.text(root, "library")).flatten();
    if let Some(name) = &library
        && !name.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c))
    {
        r.fault(
            root.place("library"),
            format!("the library's name `{name}`"),
            "letters, digits, `_`, `-`, `.`: it names files",
        );
    }
    let netlists =
        r.needs(root, "the file", "netlists").then(|| r.texts(root, "netlists")).flatten();
    let netlists = netlists
        .map(|list| list.into_iter().map(|(text, at)| (text, r.place(at))).collect::<Vec<_>>());
    let (supplies, supply_places) = supplies(r, root, like.as_ref()).into_iter().unzip();
    let liked = like.as_ref().filter(|_| !root.has("supplies"));
    let supply_file = liked.map_or(file, |like| &like.file).to_owned();
    let pvt = conditions(r, root);
    let thresholds = thresholds(r, root, like.as_ref());
    // Whoever names a library leaves templates to it.
    let is_like = like.is_some() || root.has("like");
    let has_templates = !is_like || root.has("templates");
    let none = || (Vec::new(), Loads::Given(Vec::new()), Vec::new());
    let (slews_ns, loads, constraint_slews_ns) =
        if has_templates { templates(r, root)? } else { none() };
    let loads_place = loads_place(r, root);
    let measure = measure(r, root);
    let lvf = super::lvf::read(r, root);
    let driver = r.text(root, "driver").map(str::to_owned);
    let driver = driver.map(|cell| (cell, r.place(root.place("driver").start)));
    let devices = devices(r, root);
    let cells = cells(r, root);
    let simulator = r.text(root, "simulator").unwrap_or("ngspice").to_owned();
    if let (Loads::Given(loads), Some(last)) =
        (&loads, cells.iter().find(|c| c.max_load_pf.is_some()))
        && let (Some(most), Some(largest)) = (last.max_load_pf, loads.last())
        && largest > &most
    {
        let (line, column) = last.place;
        let found = format!(
            "`max_load_pf` {most} of `{}` is below the largest load {largest} of [templates.delay]",
            last.pattern
        );
        r.faults.push(Fault::at(file, line, column, found).expected(
            "`least_load_pf` and `loads` instead of `loads_pf`, so that each cell has loads up to its own",
        ));
    }
    let mut config = Config {
        file: file.to_owned(),
        library: library?.to_owned(),
        simulator,
        netlists: netlists?,
        supplies,
        supply_places,
        supply_file,
        pvt,
        thresholds,
        slews_ns,
        loads,
        loads_place,
        constraint_slews_ns,
        measure,
        lvf,
        driver,
        devices,
        cells,
        has_templates,
        like,
    };
    fill(&mut config);
    Some(config)
}

/// Sets the templates that `cells.toml` leaves to the library: they are shown in the head of the Liberty file.
fn fill(config: &mut Config) {
    let Some(like) = &config.like else { return };
    if config.has_templates {
        return;
    }
    let slews = like.cells.iter().find_map(|cell| cell.slews_ns.clone()).unwrap_or_default();
    let loads = like.cells.iter().flat_map(|cell| &cell.pins).find_map(|pin| pin.loads_pf.clone());
    let constraint = like.cells.iter().find_map(|cell| cell.constraint_ns.clone());
    config.constraint_slews_ns = match constraint {
        Some([related, _]) => related,
        None => ends_and_middle(&slews),
    };
    config.slews_ns = slews;
    config.loads = Loads::Given(loads.unwrap_or_default());
}

/// A supply pin, its role, and the place where it is specified.
type Supply = ((String, Role), (usize, usize));

fn supplies<'a>(r: &mut Reader<'a>, root: &Section<'a>, like: Option<&Like>) -> Vec<Supply> {
    if !root.has("supplies") && (like.is_some() || root.has("like")) {
        return like.map(|like| like.supplies.clone()).unwrap_or_default();
    }
    r.needs(root, "the file", "supplies");
    let Some(section) = r.section(root, "supplies") else { return Vec::new() };
    let words: Vec<&str> = Role::WORDS.iter().map(|(word, _)| *word).collect();
    let mut found = Vec::new();
    for (key, value) in section.table {
        let pin = key.get_ref().to_string();
        let Some(word) = r.text(&section, &pin) else { continue };
        match Role::WORDS.iter().find(|(known, _)| *known == word) {
            Some((_, role)) => found.push(((pin, *role), r.place(key.span().start))),
            None => r.not_one_of(value.span(), "use of a supply pin", word, &words),
        }
    }
    for (role, name) in [(Role::Power, "power"), (Role::Ground, "ground")] {
        if !found.iter().any(|((_, r), _)| *r == role) {
            r.fault(
                section.span(),
                format!("no supply pin is `{name}`"),
                "a pin for power and one for ground",
            );
        }
    }
    found
}

fn conditions<'a>(r: &mut Reader<'a>, root: &Section<'a>) -> Vec<Pvt> {
    if !r.needs(root, "the file", "pvt") {
        return Vec::new();
    }
    let mut all: Vec<Pvt> = Vec::new();
    for node in r.list(root, "pvt").unwrap_or_default() {
        let Some(s) = r.table("pvt", node) else { continue };
        r.known(&s, "key of [[pvt]]", &["name", "models", "section", "temp_c", "vdd_v", "process"]);
        let what = "this [[pvt]]";
        let name = r.needs(&s, what, "name").then(|| r.text(&s, "name")).flatten();
        let models = r.needs(&s, what, "models").then(|| r.text(&s, "models")).flatten();
        let temp_c =
            r.needs(&s, what, "temp_c").then(|| r.within(&s, "temp_c", (-273.0, 400.0))).flatten();
        let vdd_v =
            r.needs(&s, what, "vdd_v").then(|| r.within(&s, "vdd_v", (0.05, 100.0))).flatten();
        let (section, process) = (r.text(&s, "section"), r.within(&s, "process", (0.0, 10.0)));
        let (Some(name), Some(models), Some(temp_c), Some(vdd_v)) = (name, models, temp_c, vdd_v)
        else {
            continue;
        };
        if all.iter().any(|other| other.name == name) {
            r.fault(
                s.span(),
                format!("two conditions are named `{name}`"),
                "a name of its own for each",
            );
        }
        let place = r.place(s.span().start);
        all.push(Pvt {
            name: name.to_owned(),
            models: models.to_owned(),
            section: section.map(str::to_owned),
            temp_c,
            vdd_v,
            process: process.unwrap_or(1.0),
            place,
        });
    }
    if all.is_empty() && r.faults.is_empty() {
        r.needs(root, "the file", "pvt");
    }
    all
}

fn thresholds<'a>(r: &mut Reader<'a>, root: &Section<'a>, like: Option<&Like>) -> Thresholds {
    let mut t = Thresholds { delay: 0.5, lower: 0.2, upper: 0.8, derate: 1.0 };
    if !root.has("thresholds")
        && let Some(like) = like
    {
        return like.thresholds.unwrap_or_else(|| {
            let found = format!(
                "{} does not give thresholds that are the same for both edges, for inputs and outputs",
                like.file
            );
            r.fault(root.span(), found, "[thresholds], which are then used");
            t
        });
    }
    let Some(s) = r.section(root, "thresholds") else { return t };
    r.known(&s, "threshold", &["delay_pct", "slew_lower_pct", "slew_upper_pct", "slew_derate"]);
    let percent = |r: &mut Reader<'a>, key: &str, default: f64| {
        r.within(&s, key, (0.1, 99.9)).map_or(default, |p| p / 100.0)
    };
    t.delay = percent(r, "delay_pct", t.delay);
    t.lower = percent(r, "slew_lower_pct", t.lower);
    t.upper = percent(r, "slew_upper_pct", t.upper);
    t.derate = r.within(&s, "slew_derate", (0.01, 100.0)).unwrap_or(t.derate);
    if t.lower >= t.upper {
        r.fault(s.span(), "`slew_lower_pct` is not below `slew_upper_pct`", "");
    }
    t
}

fn templates<'a>(r: &mut Reader<'a>, root: &Section<'a>) -> Option<(Vec<f64>, Loads, Vec<f64>)> {
    r.needs(root, "the file", "templates");
    let all = r.section(root, "templates")?;
    r.known(&all, "template", &["delay", "constraint"]);
    let Some(delay) = r.section(&all, "delay") else {
        r.needs(&all, "[templates]", "delay");
        return None;
    };
    r.known(
        &delay,
        "key of [templates.delay]",
        &["slews_ns", "loads_pf", "least_load_pf", "loads"],
    );
    let slews = r
        .needs(&delay, "[templates.delay]", "slews_ns")
        .then(|| r.rising(&delay, "slews_ns", SLEWS_NS))
        .flatten();
    let given = r.rising(&delay, "loads_pf", LOADS_PF);
    let least = r.within(&delay, "least_load_pf", (1e-7, LOADS_PF.1));
    let points = r.within(&delay, "loads", POINTS);
    let loads = match (given, least, points) {
        (Some(loads), None, None) => Some(Loads::Given(loads)),
        (None, Some(least), Some(points)) => Some(Loads::ToMaximum(least, points as usize)),
        _ => {
            let expected = "`loads_pf`, or `least_load_pf` with `loads`, the number of loads up to `max_load_pf` of each cell";
            r.fault(delay.span(), "[templates.delay] does not give its loads", expected);
            None
        }
    };
    let constraint = r.section(&all, "constraint");
    let constraint = constraint.and_then(|s| {
        r.known(&s, "key of [templates.constraint]", &["slews_ns"]);
        r.needs(&s, "[templates.constraint]", "slews_ns")
            .then(|| r.rising(&s, "slews_ns", SLEWS_NS))
            .flatten()
    });
    let slews = slews?;
    // Without a word the ends and the middle of the delay table.
    let constraint = constraint.unwrap_or_else(|| ends_and_middle(&slews));
    Some((slews, loads?, constraint))
}

/// The place where the loads of delay tables are specified.
fn loads_place<'a>(r: &Reader<'a>, root: &Section<'a>) -> (usize, usize) {
    let inner = |s: Section<'a>, key: &str| match s.get(key)?.get_ref() {
        toml::de::DeValue::Table(table) => Some(Section::new(table, s.place(key))),
        _ => None,
    };
    let delay = inner(*root, "templates").and_then(|all| inner(all, "delay"));
    let key =
        |s: Section<'a>| s.place(if s.has("loads_pf") { "loads_pf" } else { "least_load_pf" });
    r.place(delay.map_or(0, |s| key(s).start))
}

fn measure<'a>(r: &mut Reader<'a>, root: &Section<'a>) -> Measure {
    let mut m = Measure {
        power: Some(Power::Split),
        leakage: true,
        constraints: true,
        when: false,
        degradation: 0.1,
        resolution_s: 0.5e-12,
    };
    let Some(s) = r.section(root, "measure") else { return m };
    let keys =
        ["power", "leakage", "constraints", "when", "degradation_pct", "constraint_resolution_ps"];
    r.known(&s, "key of [measure]", &keys);
    if let Some(word) = r.text(&s, "power") {
        match word {
            "split" => m.power = Some(Power::Split),
            "total" => m.power = Some(Power::Total),
            "none" => m.power = None,
            _ => {
                r.not_one_of(s.place("power"), "kind of power", word, &["split", "total", "none"]);
            }
        }
    }
    m.leakage = r.flag(&s, "leakage").unwrap_or(m.leakage);
    m.constraints = r.flag(&s, "constraints").unwrap_or(m.constraints);
    m.when = r.flag(&s, "when").unwrap_or(m.when);
    m.degradation =
        r.within(&s, "degradation_pct", (0.1, 100.0)).map_or(m.degradation, |p| p / 100.0);
    m.resolution_s = r
        .within(&s, "constraint_resolution_ps", (0.01, 1000.0))
        .map_or(m.resolution_s, |p| p * 1e-12);
    m
}

fn devices<'a>(r: &mut Reader<'a>, root: &Section<'a>) -> Devices {
    let mut devices = Devices::default();
    let Some(s) = r.section(root, "devices") else { return devices };
    r.known(&s, "key of [devices]", &["nmos", "pmos"]);
    let lower =
        |list: Vec<(String, usize)>| list.iter().map(|(t, _)| t.to_ascii_lowercase()).collect();
    if let Some(list) = r.texts(&s, "nmos") {
        devices.nmos = lower(list);
    }
    if let Some(list) = r.texts(&s, "pmos") {
        devices.pmos = lower(list);
    }
    devices
}

/// Keys that declare the behaviour of a cell.
const DECLARED: [&str; 6] = ["clocked_on", "next_state", "enable", "data_in", "clear", "preset"];

fn cells<'a>(r: &mut Reader<'a>, root: &Section<'a>) -> Vec<Said> {
    let Some(all) = r.section(root, "cells") else { return Vec::new() };
    let mut found = Vec::new();
    for (key, node) in all.table {
        let pattern = key.get_ref().to_string();
        let Some(s) = r.table(&pattern, node) else { continue };
        let keys = [
            "skip",
            "max_load_pf",
            "area",
            "footprint",
            "inputs",
            "outputs",
            "function",
            "ff",
            "latch",
        ];
        r.known(&s, "key of a cell", &keys);
        let pins = |r: &mut Reader<'a>, key: &str| {
            let list = r.texts(&s, key)?;
            Some(list.into_iter().map(|(pin, at)| (pin, r.place(at))).collect())
        };
        let mut functions = Vec::new();
        for (group, keys) in
            [("function", None), ("ff", Some(&DECLARED)), ("latch", Some(&DECLARED))]
        {
            let Some(table) = r.section(&s, group) else { continue };
            if let Some(keys) = keys {
                r.known(&table, &format!("key of `{group}`"), keys);
            }
            for (name, node) in table.table {
                let name = name.get_ref().to_string();
                if let Some(text) = r.text(&table, &name) {
                    functions.push((name, text.to_owned(), r.place(node.span().start)));
                }
            }
        }
        found.push(Said {
            place: r.place(key.span().start),
            skip: r.flag(&s, "skip"),
            max_load_pf: r.within(&s, "max_load_pf", (1e-7, LOADS_PF.1)),
            max_load_place: s.has("max_load_pf").then(|| r.place(s.place("max_load_pf").start)),
            area: r.within(&s, "area", (0.0, 1e12)),
            footprint: r.text(&s, "footprint").map(str::to_owned),
            inputs: pins(r, "inputs"),
            outputs: pins(r, "outputs"),
            functions,
            pattern,
        });
    }
    found
}
