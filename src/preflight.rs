//! Finds, before anything is simulated, what a later stage would refuse. `check` reports it, `gen`
//! and `flow` refuse it.

use crate::commands::{srt, usr};
use crate::context::Context;
use crate::exit::Usage;
use crate::sources::netlists;
use crate::validated_core::ValidatedCore;
use anyhow::Result;
use libchar_campaign::after::After;
use libchar_campaign::domain::Domain;
use libchar_campaign::generate;
use libchar_campaign::presets;
use libchar_campaign::readings::prints;
use libchar_campaign::recipes;
use libchar_campaign::size::Sizes;
use libchar_core::config::Origin;
use libchar_core::nearest::nearest;
use libchar_core::{Fault, Faults};
use libchar_engine::Simulator;
use libchar_engine::measure::printed;
use libchar_pvt::Point;
use libchar_runner::cluster::Executor;
use nix::unistd::{AccessFlags, access};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Errors, each with the word that `check` uses for it.
pub type Found = Vec<(&'static str, anyhow::Error)>;

/// Everything in a domain that a later stage would refuse, as far as the files show it.
pub fn of_domain(domain: &Domain, ctx: &Context) -> Found {
    let mut found = of_settings(domain, ctx);
    if !found.iter().any(|(check, _)| *check == "limits") {
        found.extend(measures(domain, ctx, true).err().map(|error| ("measures", error)));
    }
    found
}

/// The same, without faults that another deck would remove: decks that measure nothing can still be
/// generated and looked at.
pub fn of_settings(domain: &Domain, ctx: &Context) -> Found {
    let checks: [(&'static str, Result<()>); 9] = [
        ("core", core(ctx)),
        ("folder", folder()),
        ("report.typ", typical_point(domain, ctx)),
        ("specs", srt::specs(ctx).map(drop)),
        ("limits", measures(domain, ctx, false)),
        ("simulation", simulation(domain, ctx)),
        ("after", after(domain, ctx)),
        ("executor", executor(None, ctx).map(drop)),
        ("usr", script(ctx)),
    ];
    checks.into_iter().filter_map(|(check, result)| Some((check, result.err()?))).collect()
}

/// Combines all errors into one.
///
/// # Errors
/// Every fault that was found.
pub fn refuse(found: Found) -> Result<()> {
    let mut faults = Vec::new();
    for (check, error) in found {
        match error.downcast::<Faults>() {
            Ok(more) => faults.extend(more.into_vec()),
            Err(error) => faults.push(Fault::of(check, crate::exit::explain(&error))),
        }
    }
    Ok(Faults::or((), faults)?)
}

/// A fault of a setting, with its place.
fn of_setting(ctx: &Context, key: &str, found: impl Into<String>) -> Fault {
    let found = format!("{key}: {}", found.into());
    match ctx.config.get(key).map(|setting| &setting.origin) {
        Some(Origin::File(file, line)) => Fault::at(file, *line, 0, found),
        Some(origin) => Fault::of(origin.to_string(), found),
        None => Fault::of("configuration", found),
    }
}

fn core(ctx: &Context) -> Result<()> {
    match ValidatedCore::configured(ctx)? {
        Some(core) => Ok(core.verify()?),
        None => Ok(()),
    }
}

/// Checks that files can be made in this folder. On a read-only disk not even root can.
fn folder() -> Result<()> {
    access(".", AccessFlags::W_OK | AccessFlags::X_OK).map_err(|error| {
        let fault = Fault::of(".", format!("nothing can be written in this folder: {error}"));
        Faults::from(fault.expected("a folder that is yours to write")).into()
    })
}

fn typical_point(domain: &Domain, ctx: &Context) -> Result<()> {
    let Some(typ) = ctx.config.text("report.typ").filter(|typ| !domain.matrix.contains(typ)) else {
        return Ok(());
    };
    let ids: Vec<String> = domain.matrix.cells().map(|cell| cell.id()).collect();
    let mut fault = of_setting(ctx, "report.typ", format!("unknown point `{typ}`"));
    fault.nearest = nearest(typ, ids.iter().map(String::as_str)).map(str::to_owned);
    Err(Faults::from(fault.expected("a point of the domain")).into())
}

/// Checks that decks ask for measures, and for those that have limits.
fn measures(domain: &Domain, ctx: &Context, needs_any: bool) -> Result<()> {
    let specs = ctx.config.section("specs");
    let limited: Vec<&String> =
        specs.iter().filter(|(_, spec)| has_limit(spec)).map(|(name, _)| name).collect();
    let mut asked = Asked::default();
    let mut netlists = netlists();
    for (path, deck) in one_deck_per_corner(domain)? {
        asked.add(&deck);
        netlists.follow(&path, &deck);
    }
    let prints = prints(&ctx.config);
    let lacks = |asked: &Asked, name: &String| !asked.words.contains(&name.to_ascii_lowercase());
    // Models are large: they are read only where the decks alone do not answer the question.
    let in_doubt = limited.iter().any(|name| lacks(&asked, name))
        || prints.iter().any(|name| !asked.may_print(name));
    if !asked.any || in_doubt {
        netlists.files().filter_map(|file| fs::read(file).ok()).for_each(|text| asked.add(&text));
    }
    if let Some(name) = prints.iter().find(|name| !asked.may_print(name)) {
        let fault = of_setting(ctx, "measures.print", format!("no deck prints `{name}`"));
        let expected = "an expression as a `print` of the control block, or a .print, has it";
        return Err(Faults::from(fault.expected(expected)).into());
    }
    if asked.is_open {
        return Ok(());
    }
    let template = crate::domain::template_path(ctx).display().to_string();
    if !asked.any && !needs_any {
        return Ok(());
    }
    if !asked.any {
        let fault = Fault::of(template, "the decks have no .meas: nothing would be measured");
        return Err(Faults::from(fault.expected(".meas, or print in a control block")).into());
    }
    let unknown = limited.into_iter().filter(|name| lacks(&asked, name));
    let faults = unknown.map(|name| {
        let what = format!("specs.{name}: a limit on a measure that no deck asks for");
        let fault = ctx.fault_of_setting(&format!("specs.{name}"), what);
        fault.one_of(&name.to_ascii_lowercase(), asked.names.iter().map(String::as_str))
    });
    Ok(Faults::or((), faults.collect())?)
}

/// Whether a spec sets a limit, everywhere or at a set of corners. Its keys are checked one by one,
/// because `min` may also be a unit.
fn has_limit(spec: &toml::Value) -> bool {
    let mut members = spec.as_table().into_iter().flatten();
    members.any(|(key, value)| matches!(key.as_str(), "min" | "max") || has_limit(value))
}

/// The measures that decks ask for, without regard to conditions around the statements.
#[derive(Default)]
struct Asked {
    any: bool,
    /// Whether a control block prints, so that there may be more measures than those of `.meas`.
    is_open: bool,
    /// Every word of the statements that measure.
    words: BTreeSet<String>,
    /// Names of the measures.
    names: BTreeSet<String>,
    /// Statements that print, without blanks; `source` statements read other files.
    prints: Vec<String>,
}

impl Asked {
    /// Whether a statement prints a name, or possibly does.
    fn may_print(&self, name: &str) -> bool {
        let may = |line: &String| {
            line.contains(name)
                || line.contains('$')
                || line.ends_with("all")
                || line.starts_with("source")
        };
        self.prints.iter().any(may)
    }

    fn add(&mut self, text: &[u8]) {
        let text = String::from_utf8_lossy(text);
        let asked = libchar_engine::measure::asked(&text);
        self.names.extend(asked.measures.into_iter().map(|asked| asked.name));
        let mut measures = false;
        for line in text.lines() {
            let line = line.trim_start();
            let word = line.split(|c: char| !c.is_ascii_alphanumeric() && c != '.').next();
            let word = word.unwrap_or_default().to_ascii_lowercase();
            measures = match word.as_str() {
                ".meas" | ".measure" | "meas" | "measure" => true,
                "print" | "echo" | ".print" | ".four" | "source" => {
                    self.is_open = true;
                    self.prints.push(printed::normal(line));
                    false
                }
                _ => measures && line.starts_with('+'),
            };
            if measures {
                self.any = true;
                self.is_open |= line.contains('$');
                let words = line.split(|c: char| c.is_whitespace() || "='\"(),".contains(c));
                self.words.extend(words.map(str::to_ascii_lowercase));
            }
        }
    }
}

/// Checks preset, option recipes, sizes, and statements that the simulator cannot read.
fn simulation(domain: &Domain, ctx: &Context) -> Result<()> {
    if ctx.config.text("core.path").is_some() {
        return Ok(());
    }
    ctx.config.consent("simulators").map_err(Faults::from)?;
    let name = &domain.config.simulator;
    let simulator = Simulator::find(name, &ctx.config.section("simulators"))?;
    recipes::listed(&ctx.config, (name, &simulator))?;
    Sizes::of(&domain.config, &ctx.config, &simulator)?;
    if let Some(preset) = ctx.config.text("run.preset") {
        let preset = presets::find(Path::new("."), preset)?;
        preset.options.check(name, &simulator).map_err(|e| {
            Faults::from(Fault::of(presets::FILE, format!("preset `{}`: {e}", preset.name)))
        })?;
    }
    if simulator.batch != "ngspice" {
        return Ok(());
    }
    let mut netlists = netlists();
    let mut blanks = BTreeSet::new();
    for (path, deck) in one_deck_per_corner(domain)? {
        netlists.follow(&path, &deck);
        blanks.extend(netlists.libraries_with_blanks(&deck));
    }
    let fault = |path: &String| {
        let first = path.split_whitespace().next().unwrap_or_default();
        let found = format!(
            "ngspice ends the path of a library at a blank, quoted or not: it would read `{first}` of `{path}`"
        );
        Fault::of(crate::domain::template_path(ctx).display().to_string(), found)
            .expected("a path without blanks, or .include, whose path may have them")
    };
    Ok(Faults::or((), blanks.iter().map(fault).collect())?)
}

fn after(domain: &Domain, ctx: &Context) -> Result<()> {
    if ctx.config.section("after").is_empty() {
        return Ok(());
    }
    let points: Vec<Point> =
        domain.matrix.cells().map(|cell| generate::point(domain, &cell, "")).collect();
    After::of(&ctx.config, &points)?.waves(points)?;
    Ok(())
}

/// The scheduler that the user or the configuration names; `None` for this machine.
pub fn executor(typed: Option<&str>, ctx: &Context) -> Result<Option<Executor>> {
    let name = typed.or(ctx.config.text("run.executor")).filter(|name| *name != "local");
    let Some(name) = name else { return Ok(None) };
    ctx.config.consent("executors").map_err(Faults::from)?;
    let found = Executor::find(name, &ctx.config.section("executors"));
    let executor = found.map_err(|e| match typed {
        Some(_) => anyhow::Error::from(Usage(e)),
        None => Faults::from(of_setting(ctx, "run.executor", e)).into(),
    })?;
    Ok(Some(executor))
}

fn script(ctx: &Context) -> Result<()> {
    match ctx.config.all_names("usr").iter().any(|name| name == "script") {
        true => usr::script(ctx).map(drop),
        false => Ok(()),
    }
}

/// The first deck of every corner, which contains the names of the files of all points of the
/// corner.
fn one_deck_per_corner(domain: &Domain) -> Result<Vec<(std::path::PathBuf, Vec<u8>)>> {
    let per_corner = domain.matrix.len() / domain.matrix.corners().max(1);
    let indices = (0..domain.matrix.len()).step_by(per_corner.max(1));
    let decks = indices.filter_map(|index| domain.matrix.cell(index)).map(|cell| {
        let deck = domain.deck(&cell, None)?;
        Ok((Path::new(&cell.id()).join(&domain.deck_name), deck))
    });
    decks.collect()
}
