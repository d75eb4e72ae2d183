mod made;

use crate::answers;
use crate::commands::lib;
use crate::context::Context;
use crate::domain;
use crate::exit::Outcome;
use crate::log::Level;
use crate::preflight;
use crate::resources;
use crate::sources::netlists;
use anyhow::Result;
use clap::Args;
use libchar_campaign::domain::Domain;
use libchar_campaign::{effect, stale};
use libchar_core::words::count;
use libchar_core::{Faults, Format, Frame, hash};
use libchar_files::lock::{Lock, LockError};
use libchar_history::Alert;
use libchar_pvt::points;
use serde_json::json;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;

const EXAMPLES: &str = "\
Examples:
  libchar -C gpio/1p1v check              problems that a run would meet
  libchar check --json                    the same as JSON, for a program
  libchar check && libchar flow           run only if no check fails
  libchar check --raise -q                for cron: raise alerts for overdue backups, full disks, high load or memory use

Each line is PASS, WARN or FAIL; exit 1 if one is FAIL. Nothing is written, unless --raise asks for alerts. The thresholds of
disk and memory are check.disk_free_gb, check.memory_free_gb and the keys of `libchar config --keys` that begin with `alerts`.";

/// Check that tools, tables, template, models, disk and memory are ready for a run
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Check {
    /// Print one JSON document, like --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// Raise alerts in the history for an overdue backup and for each exceeded threshold of `alerts`
    #[arg(long)]
    raise: bool,
}

/// Result of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    Pass,
    Warn,
    Fail,
}

impl Status {
    fn name(self) -> &'static str {
        match self {
            Status::Pass => "PASS",
            Status::Warn => "WARN",
            Status::Fail => "FAIL",
        }
    }
}

/// The lines of the report.
#[derive(Default)]
struct Report(Vec<(Status, &'static str, String)>);

impl Report {
    fn add(&mut self, status: Status, check: &'static str, detail: impl Into<String>) {
        self.0.push((status, check, detail.into()));
    }

    /// One line for each fault of an error, or one for another error.
    fn fail(&mut self, check: &'static str, error: &anyhow::Error) {
        match error.downcast_ref::<Faults>() {
            Some(faults) => {
                for fault in faults.iter() {
                    // One line per fault: the expected text follows after a semicolon.
                    self.add(Status::Fail, check, fault.to_string().replace("\n  ", "; "));
                }
            }
            None => self.add(Status::Fail, check, crate::exit::explain(error)),
        }
    }

    fn frame(&self) -> Frame {
        let mut frame = Frame::new("libchar.check", 1, ["status", "check", "detail"]);
        for (status, check, detail) in &self.0 {
            frame.push(vec![status.name().into(), (*check).into(), detail.as_str().into()]);
        }
        frame
    }
}

pub fn run(args: Check, ctx: &Context) -> Result<Outcome> {
    let mut report = Report::default();
    match is_library() {
        true => lib::checks(ctx).into_iter().for_each(|(check, said)| match said {
            Ok(said) => report.add(Status::Pass, check, said),
            Err(error) => report.fail(check, &error),
        }),
        false => of_points(ctx, &mut report)?,
    }
    let overdue = super::bkp::drill::overdue(ctx);
    let crossed = resources::crossed(ctx);
    if args.raise {
        ctx.journal.record("check", json!({}));
        overdue.iter().for_each(|text| resources::raise_once(ctx, overdue_alert(text)));
        resources::raise(ctx, "check", &crossed);
    }
    crossed.iter().for_each(|crossed| report.add(Status::Warn, "machine", crossed.text()));
    if let Some(overdue) = overdue {
        report.add(Status::Warn, "backup", overdue);
    }
    for fault in ctx.config.withheld() {
        report.add(Status::Warn, "trust", fault.to_string().replace("\n  ", "; "));
    }
    disk(ctx, &mut report);
    memory(ctx, &mut report);
    lock(&mut report);
    litter(&mut report)?;
    if args.json {
        let mut out = ctx.stdout();
        report.frame().write(Format::Json, &mut out)?;
        out.flush()?;
    } else {
        ctx.print(&report.frame())?;
    }
    Ok(Outcome::found(report.0.iter().filter(|(status, ..)| *status == Status::Fail).count()))
}

/// Whether the folder is a domain of `lib` and not also one of `gen`.
fn is_library() -> bool {
    !Path::new(libchar_pvt::config::FILE).exists()
        && Path::new(libchar_cells::config::FILE).exists()
}

/// Checks the inputs of `gen` and `run`, and what they made.
fn of_points(ctx: &Context, report: &mut Report) -> Result<()> {
    // Faults of config.cfg are reported together with those of the other files.
    let config = domain::read_config(ctx).ok();
    if let Some(config) = &config {
        let mut passed = Vec::new();
        let found = answers::of(config, None, ctx, |check, line| passed.push((check, line)));
        passed.into_iter().for_each(|(check, line)| report.add(Status::Pass, check, line));
        found.iter().for_each(|(check, error)| report.fail(check, error));
    }
    match domain::read(ctx) {
        Ok(domain) => {
            let (points, file) = (domain.matrix.len(), domain::template_path(ctx));
            let detail =
                format!("{} out of the tables and {}", count(points, "point"), file.display());
            report.add(Status::Pass, "domain", detail);
            check_domain(&domain, ctx, report)?;
        }
        Err(error) => report.fail("domain", &error),
    }
    Ok(())
}

fn check_domain(domain: &Domain, ctx: &Context, report: &mut Report) -> Result<()> {
    for axis in effect::missing(domain, netlists())? {
        report.add(Status::Warn, "template", axis.to_string());
    }
    let template = crate::domain::template_path(ctx).display().to_string();
    for message in effect::shared_files(domain, &template)? {
        report.add(Status::Warn, "template", message);
    }
    nominal(domain, report);
    models(domain, report)?;
    preflight::of_domain(domain, ctx).iter().for_each(|(check, error)| report.fail(check, error));
    decks(domain, ctx, report)?;
    made::check(&domain.config, ctx, report)?;
    let stale = stale::find(domain)?;
    for point in &stale {
        ctx.log.point(Level::Debug, "stale", point, "no longer a point");
    }
    match stale.len() {
        0 => {}
        1 => report.add(
            Status::Warn,
            "leftovers",
            format!("{} is no longer a point; gen --prune removes it", stale[0]),
        ),
        n => {
            let detail = format!(
                "{n} folders are no longer points, {} the first; gen --prune removes them",
                stale[0]
            );
            report.add(Status::Warn, "leftovers", detail);
        }
    }
    Ok(())
}

/// Warns of a nominal supply outside the swept supplies: the table is probably one of another
/// domain.
fn nominal(domain: &Domain, report: &mut Report) {
    let config = &domain.config;
    let of = |volts: fn(&libchar_pvt::Supply) -> f64| {
        let all = domain.matrix.cells().map(move |cell| volts(&cell.supply.supplies[0]));
        all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)))
    };
    for (key, nominal_v, (low, high)) in [
        ("vccn", config.vccn_nominal_v, of(|s| s.vccn_v)),
        ("vcctx", config.vcctx_nominal_v, of(|s| s.vcctx_v)),
    ] {
        if config.has(key) && !(low..=high).contains(&nominal_v) {
            let detail = format!(
                "{key}={} is not between the {low} V and {high} V of the supplies",
                config.value(key)
            );
            report.add(Status::Warn, "supplies", detail);
        }
    }
}

/// Checks, by one deck for each corner, that every file that the decks read exists and has the
/// requested sections.
fn models(domain: &Domain, report: &mut Report) -> Result<()> {
    let mut netlists = netlists();
    let per_corner = domain.matrix.len() / domain.matrix.corners().max(1);
    for index in (0..domain.matrix.len()).step_by(per_corner.max(1)) {
        let Some(cell) = domain.matrix.cell(index) else { continue };
        let deck = domain.template.render(&cell).map_err(Faults::from)?;
        netlists.follow(&Path::new(&cell.id()).join(&domain.deck_name), &deck);
    }
    for missing in netlists.missing() {
        report.add(Status::Fail, "models", missing);
    }
    if netlists.missing().is_empty() {
        let detail = format!("{} that the decks read can be read", count(netlists.count(), "file"));
        report.add(Status::Pass, "models", detail);
    }
    Ok(())
}

/// Checks that the decks on disk are those that gen would write now.
fn decks(domain: &Domain, ctx: &Context, report: &mut Report) -> Result<()> {
    if !Path::new(points::FILE).exists() {
        report.add(Status::Warn, "decks", "not generated yet: run `libchar gen`");
        return Ok(());
    }
    let generated = match domain::read_points(ctx) {
        Ok(generated) => generated,
        Err(error) => {
            report.fail("decks", &error);
            return Ok(());
        }
    };
    let hashes: BTreeMap<&str, &str> =
        generated.iter().map(|p| (p.id.as_str(), p.deck_sha256.as_str())).collect();
    let (points, mut same) = (domain.matrix.len(), 0);
    for cell in domain.matrix.cells() {
        let (id, deck) = (cell.id(), domain.deck(&cell, None)?);
        let is_listed = hashes.get(id.as_str()) == Some(&hash::sha256(&deck).as_str());
        let on_disk = fs::read(Path::new(&id).join(&domain.deck_name)).ok();
        same += usize::from(is_listed && on_disk == Some(deck));
    }
    if same == points && generated.len() == points {
        report.add(Status::Pass, "decks", format!("{points} as generated"));
    } else {
        let detail = format!("{same} of {points} are as gen would write them: run `libchar gen`");
        report.add(Status::Warn, "decks", detail);
    }
    Ok(())
}

fn overdue_alert(text: &str) -> Alert {
    let folder = std::env::current_dir().unwrap_or_default().display().to_string();
    Alert {
        source: "check".to_owned(),
        severity: "critical".to_owned(),
        message: format!("no backup of {folder} was verified within bkp.max_age"),
        details: Some(json!({ "said": text }).to_string()),
    }
}

/// Bytes of a gigabyte.
const GB: f64 = 1e9;

fn disk(ctx: &Context, report: &mut Report) {
    let free = resources::disk_free().map(|bytes| bytes / GB);
    threshold("disk", free, "check.disk_free_gb", ctx, report);
}

fn memory(ctx: &Context, report: &mut Report) {
    let free = resources::memory_free().map(|bytes| bytes / GB);
    threshold("memory", free, "check.memory_free_gb", ctx, report);
}

fn threshold(
    check: &'static str,
    free: Option<f64>,
    key: &str,
    ctx: &Context,
    report: &mut Report,
) {
    let least = ctx.config.number(key).unwrap_or_default();
    match free {
        None => report.add(Status::Warn, check, "how much is free cannot be told"),
        Some(free) if free < least => {
            report.add(
                Status::Warn,
                check,
                format!("{free:.1} GB free, less than the {least} GB of {key}"),
            );
        }
        Some(free) => report.add(Status::Pass, check, format!("{free:.1} GB free")),
    }
}

/// Reports another libchar that works in this domain.
fn lock(report: &mut Report) {
    let path = Path::new(".libchar/lock");
    if !path.exists() {
        return report.add(Status::Pass, "lock", "free");
    }
    let holder = fs::read_to_string(path).unwrap_or_default();
    match Lock::acquire(path, &holder, false) {
        Ok(_) => report.add(Status::Pass, "lock", "free"),
        Err(LockError::Held(_, other)) => {
            report.add(Status::Warn, "lock", format!("another libchar works here ({other})"));
        }
        Err(error) => report.add(Status::Fail, "lock", error.to_string()),
    }
}

/// Reports temporary files of a libchar that was killed.
fn litter(report: &mut Report) -> Result<()> {
    let is_litter = |entry: &walkdir::DirEntry| {
        let name = entry.file_name().to_string_lossy();
        entry.file_type().is_file() && name.starts_with(".libchar-") && name.ends_with(".tmp")
    };
    let mut found = false;
    for entry in walkdir::WalkDir::new(".").sort_by_file_name() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                found = true;
                report.add(Status::Warn, "leftovers", format!("cannot be listed: {error}"));
                continue;
            }
        };
        if is_litter(&entry) {
            found = true;
            let path = entry.path().strip_prefix(".").unwrap_or(entry.path()).display();
            report.add(
                Status::Warn,
                "leftovers",
                format!("{path} was left by a libchar that was killed"),
            );
        }
    }
    if !found && !report.0.iter().any(|(_, check, _)| *check == "leftovers") {
        report.add(Status::Pass, "leftovers", "none");
    }
    Ok(())
}
