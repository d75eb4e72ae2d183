//! Finds, before anything is simulated, what a later stage would refuse. `check` reports it, `gen`
//! and `flow` refuse it.

mod asked;

use crate::after::After;
use crate::cluster;
use crate::desk::Desk;
use crate::domain::Domain;
use crate::generate;
use crate::presets;
use crate::readings::prints;
use crate::recipes;
use crate::script;
use crate::setting::{fault, fault_below, specs};
use crate::size::Sizes;
use crate::validated::ValidatedCore;
use anyhow::Result;
use asked::Asked;
use libchar_core::nearest::nearest;
use libchar_core::{Fault, Faults};
use libchar_engine::Simulator;
use libchar_pvt::Point;
use libchar_runner::machine;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Errors, each with the word that `check` uses for it.
pub type Found = Vec<(&'static str, anyhow::Error)>;

/// What is asked of a domain before it is generated or simulated.
pub struct Preflight<'a> {
    /// The domain.
    pub domain: &'a Domain,
    /// Where it lies.
    pub desk: &'a Desk<'a>,
}

impl Preflight<'_> {
    /// Everything that a later stage would refuse, as far as the files tell.
    pub fn of_domain(&self) -> Found {
        let mut found = self.of_settings();
        if !found.iter().any(|(check, _)| *check == "limits") {
            found.extend(self.measures(true).err().map(|error| ("measures", error)));
        }
        found
    }

    /// The same, without faults that another deck would remove: decks that measure nothing can still be
    /// generated and looked at.
    pub fn of_settings(&self) -> Found {
        let config = self.desk.config;
        let checks: [(&'static str, Result<()>); 9] = [
            ("core", core(self.desk)),
            ("folder", folder(self.desk.folder).map_err(Into::into)),
            ("report.typ", self.typical_point().map_err(Into::into)),
            ("specs", specs(config).map(drop).map_err(Into::into)),
            ("limits", self.measures(false)),
            ("simulation", self.simulation()),
            ("after", self.after().map_err(Into::into)),
            ("executor", cluster::settings::executor(None, config).map(drop)),
            ("usr", usr(self.desk)),
        ];
        checks.into_iter().filter_map(|(check, result)| Some((check, result.err()?))).collect()
    }

    fn typical_point(&self) -> Result<(), Faults> {
        let (domain, config) = (self.domain, self.desk.config);
        let Some(typ) = config.text("report.typ").filter(|typ| !domain.matrix.contains(typ)) else {
            return Ok(());
        };
        let ids: Vec<String> = domain.matrix.cells().map(|cell| cell.id()).collect();
        let mut fault = fault(config, "report.typ", format!("unknown point `{typ}`"));
        fault.nearest = nearest(typ, ids.iter().map(String::as_str)).map(str::to_owned);
        Err(fault.expected("a point of the domain").into())
    }

    /// Checks that decks ask for measures, and for those that have limits.
    fn measures(&self, needs_any: bool) -> Result<()> {
        let config = self.desk.config;
        let specs = config.section("specs");
        let limited: Vec<&String> =
            specs.iter().filter(|(_, spec)| has_limit(spec)).map(|(name, _)| name).collect();
        let mut asked = Asked::default();
        let mut netlists = self.desk.netlists();
        for (path, deck) in self.one_deck_per_corner()? {
            asked.add(&deck);
            netlists.follow(&path, &deck);
        }
        let prints = prints(config);
        // Models are large: they are read only where the decks alone do not answer the question.
        let in_doubt = limited.iter().any(|name| asked.lacks(name))
            || prints.iter().any(|name| !asked.may_print(name));
        if !asked.any || in_doubt {
            netlists
                .files()
                .filter_map(|file| fs::read(file).ok())
                .for_each(|text| asked.add(&text));
        }
        if let Some(name) = prints.iter().find(|name| !asked.may_print(name)) {
            let fault = fault(config, "measures.print", format!("no deck prints `{name}`"));
            let expected = "an expression as a `print` of the control block, or a .print, has it";
            return Err(Faults::from(fault.expected(expected)).into());
        }
        if asked.is_open || (!asked.any && !needs_any) {
            return Ok(());
        }
        if !asked.any {
            let what = "the decks have no .meas: nothing would be measured";
            let fault = Fault::of(self.desk.template().display().to_string(), what);
            return Err(Faults::from(fault.expected(".meas, or print in a control block")).into());
        }
        let unknown = limited.into_iter().filter(|name| asked.lacks(name));
        let faults = unknown.map(|name| {
            let what = format!("specs.{name}: a limit on a measure that no deck asks for");
            let fault = fault_below(config, &format!("specs.{name}"), what);
            fault.one_of(&name.to_ascii_lowercase(), asked.names.iter().map(String::as_str))
        });
        Ok(Faults::or((), faults.collect())?)
    }

    /// Checks preset, option recipes, sizes, and statements that the simulator cannot read.
    fn simulation(&self) -> Result<()> {
        let (domain, config) = (self.domain, self.desk.config);
        if config.text("core.path").is_some() {
            return Ok(());
        }
        config.consent("simulators").map_err(Faults::from)?;
        let name = &domain.config.simulator;
        let simulator = Simulator::find(name, &config.section("simulators"))?;
        recipes::listed(config, (name, &simulator))?;
        Sizes::of(&domain.config, config, &simulator)?;
        if let Some(preset) = config.text("run.preset") {
            let preset = presets::find(&self.desk.path("."), preset)?;
            preset.options.check(name, &simulator).map_err(|e| {
                Faults::from(Fault::of(presets::FILE, format!("preset `{}`: {e}", preset.name)))
            })?;
        }
        if simulator.batch == "ngspice" { self.blanks() } else { Ok(()) }
    }

    /// Whether ngspice would read other libraries than those that decks name.
    fn blanks(&self) -> Result<()> {
        let mut netlists = self.desk.netlists();
        let mut blanks = BTreeSet::new();
        for (path, deck) in self.one_deck_per_corner()? {
            netlists.follow(&path, &deck);
            blanks.extend(netlists.libraries_with_blanks(&deck));
        }
        let fault = |path: &String| {
            let first = path.split_whitespace().next().unwrap_or_default();
            let found = format!(
                "ngspice ends the path of a library at a blank, quoted or not: it would read `{first}` of `{path}`"
            );
            Fault::of(self.desk.template().display().to_string(), found)
                .expected("a path without blanks, or .include, whose path may have them")
        };
        Ok(Faults::or((), blanks.iter().map(fault).collect())?)
    }

    fn after(&self) -> Result<(), Faults> {
        let (domain, config) = (self.domain, self.desk.config);
        if config.section("after").is_empty() {
            return Ok(());
        }
        let points: Vec<Point> =
            domain.matrix.cells().map(|cell| generate::point(domain, &cell, "")).collect();
        After::of(config, &points)?.waves(points).map(drop)
    }

    /// The first deck of every corner, which contains the names of the files of all points of the
    /// corner.
    fn one_deck_per_corner(&self) -> Result<Vec<(PathBuf, Vec<u8>)>, Faults> {
        let deck = |cell: libchar_pvt::matrix::Cell| {
            let deck = self.domain.deck(&cell, None)?;
            Ok((Path::new(&cell.id()).join(&self.domain.deck_name), deck))
        };
        self.domain.matrix.one_per_corner().map(deck).collect()
    }
}

fn core(desk: &Desk<'_>) -> Result<()> {
    match ValidatedCore::configured(desk.config)? {
        Some(core) => Ok(core.verify()?),
        None => Ok(()),
    }
}

/// Checks that files can be made in this folder. On a read-only disk not even root can.
fn folder(folder: &Path) -> Result<(), Faults> {
    let folder = if folder == Path::new("") { Path::new(".") } else { folder };
    machine::may_write(folder).map_err(|error| {
        let what = format!("nothing can be written in this folder: {error}");
        let fault = Fault::of(folder.display().to_string(), what);
        fault.expected("a folder that is yours to write").into()
    })
}

fn usr(desk: &Desk<'_>) -> Result<()> {
    match desk.config.all_names("usr").iter().any(|name| name == "script") {
        true => script::path(desk.config).map(drop),
        false => Ok(()),
    }
}

/// Whether a spec sets a limit, everywhere or at a set of corners. Its keys are checked one by one,
/// because `min` may also be a unit.
fn has_limit(spec: &toml::Value) -> bool {
    let mut members = spec.as_table().into_iter().flatten();
    members.any(|(key, value)| matches!(key.as_str(), "min" | "max") || has_limit(value))
}

#[cfg(test)]
mod tests {
    use super::{Preflight, has_limit};
    use crate::domain;
    use crate::fixture::{Files, Table, config};

    /// The checks that fail, with their first fault, where the configuration has these lines.
    fn found(table: &Table, lines: &str, whole: bool) -> Vec<String> {
        let (config, files) = (config(lines), Files::default());
        let desk = table.desk(&config, &files);
        let domain = domain::read(&desk).unwrap();
        let preflight = Preflight { domain: &domain, desk: &desk };
        let found = if whole { preflight.of_domain() } else { preflight.of_settings() };
        found.iter().map(|(check, error)| format!("{check}: {error}")).collect()
    }

    #[test]
    fn a_domain_that_can_run_has_nothing() {
        assert_eq!(found(&Table::new(), "", true), [""; 0]);
    }

    #[test]
    fn a_limit_on_what_no_deck_measures_is_found() {
        let table = Table::new();
        let limits = "specs = { tphl = { max = 1.0 }, tplh = { max = 1.0 }, x = { unit = 's' } }";
        let all = found(&table, limits, true);
        assert_eq!(all.len(), 1, "{all:?}");
        assert!(all[0].starts_with("limits: ") && all[0].contains("specs.tplh"), "{all:?}");
        assert!(all[0].contains("tphl"), "with the names that there are: {all:?}");
    }

    #[test]
    fn decks_that_measure_nothing_can_be_generated_and_not_simulated() {
        let table = Table::new();
        table
            .write("template/sim_tx.sp", "* {{ corner }} {{ temp }} {{ vccn }}\nr1 a 0 1k\n.end\n");
        assert_eq!(found(&table, "", false), [""; 0]);
        let all = found(&table, "", true);
        assert!(all[0].starts_with("measures: ") && all[0].contains("no .meas"), "{all:?}");
    }

    #[test]
    fn settings_that_name_what_is_not_there_are_found_together() {
        let lines = "report = { typ = 'TT/none' }\nrun = { preset = 'fast', executor = 'slrm' }\n\
                     measures = { print = ['v(y)'] }\nafter = { '*' = ['XX/*'] }";
        let all = found(&Table::new(), lines, true);
        let checks: Vec<&str> = all.iter().map(|line| line.split(':').next().unwrap()).collect();
        assert_eq!(checks, ["report.typ", "limits", "simulation", "after", "executor"]);
        assert!(all[1].contains("no deck prints `v(y)`"), "{all:?}");
    }

    #[test]
    fn a_limit_is_a_key_and_no_value() {
        let spec = |text: &str| toml::Value::Table(text.parse().unwrap());
        assert!(has_limit(&spec("max = 1.0")) && has_limit(&spec("corners.SS.min = 1.0")));
        assert!(!has_limit(&spec("unit = 'min'")));
    }
}
