use super::{lib, srt};
use crate::answers;
use crate::context::Context;
use crate::domain;
use crate::exit::Outcome;
use crate::log::Level;
use crate::resources;
use crate::sources::desk;
use anyhow::Result;
use clap::Args;
use libchar_campaign::check::{self, Ear, Report, Status};
use libchar_campaign::domain::Domain;
use libchar_campaign::preflight::Preflight;
use libchar_core::Format;
use libchar_core::words::count;
use libchar_history::Alert;
use libchar_runner::machine;
use serde_json::json;
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
    let free = [
        ("disk", machine::disk_free(Path::new(".")), "check.disk_free_gb"),
        ("memory", machine::memory_free(), "check.memory_free_gb"),
    ];
    for (check, bytes, key) in free {
        check::free(check, bytes, key, &ctx.config, &mut report);
    }
    check::lock(Path::new("."), &mut report);
    check::litter(Path::new("."), &mut report);
    if args.json {
        let mut out = ctx.stdout();
        report.frame().write(Format::Json, &mut out)?;
        out.flush()?;
    } else {
        ctx.print(&report.frame())?;
    }
    Ok(Outcome::found(report.failures()))
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
    let desk = desk(ctx);
    let preflight = Preflight { domain, desk: &desk };
    let ear = Ear {
        point: &|event, point, why| ctx.log.point(Level::Debug, event, point, why),
        differs: &|results, shown| srt::differs(ctx, results, shown),
    };
    check::of_domain(&preflight, &ear, report)
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
