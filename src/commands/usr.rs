//! `usr`: runs the site's own program after the stages.

use crate::context::Context;
use crate::exit::{Interrupted, Outcome, Usage};
use crate::stage;
use anyhow::{Context as _, Result, anyhow};
use clap::Args;
use libchar_core::Faults;
use libchar_core::config::Origin;
use libchar_runner::{Program, Signals};
use serde_json::json;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// Variables with the paths of files for the program, and the names of these files in the domain.
const PATHS: [(&str, &str); 9] = [
    ("LIBCHAR_DOMAIN", ""),
    ("LIBCHAR_CONFIG", libchar_pvt::config::FILE),
    ("LIBCHAR_POINTS", libchar_pvt::points::FILE),
    ("LIBCHAR_RESULTS", libchar_report::FILE),
    ("LIBCHAR_MEASURES", "measures"),
    ("LIBCHAR_REPORT", "creport.txt"),
    ("LIBCHAR_REPORT_CSV", "creport.csv"),
    ("LIBCHAR_REPORT_JSON", "creport.json"),
    ("LIBCHAR_BACKUP", ""),
];

const EXAMPLES: &str = "\
In libchar.toml:
  [usr]
  script = \"scripts/plot.py\"       an executable file; relative to the folder of libchar.toml
  args = [\"--dpi\", \"300\"]

The program is started in the domain, without a shell, with these variables, each an absolute path:
  LIBCHAR_DOMAIN       the domain              LIBCHAR_CONFIG      config.cfg
  LIBCHAR_POINTS       points.csv              LIBCHAR_RESULTS     results.csv
  LIBCHAR_MEASURES     measures                LIBCHAR_REPORT      creport.txt
  LIBCHAR_REPORT_CSV   creport.csv             LIBCHAR_REPORT_JSON creport.json
  LIBCHAR_BACKUP       the newest backup set, empty if there is none

Its output goes to stderr. Its exit code 0 is fine, 1 means findings, any other is an error.";

/// Run the site's own program on the results
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Usr {}

pub fn run(_args: Usr, ctx: &Context) -> Result<Outcome> {
    stage::run("usr", ctx, || call(ctx))
}

fn call(ctx: &Context) -> Result<Outcome> {
    let script = script(ctx)?;
    let args: Vec<String> = ctx
        .config
        .get("usr.args")
        .and_then(|setting| setting.value.as_array())
        .into_iter()
        .flatten()
        .filter_map(|arg| arg.as_str().map(str::to_owned))
        .collect();
    ctx.begin("usr", json!({ "script": script, "args": args }));
    ctx.depends(&script);
    let program = Program {
        path: script.clone(),
        args: args.into_iter().map(OsString::from).collect(),
        env: environment()?,
        timeout: ctx.config.duration("run.timeout"),
        ..Program::default()
    };
    let ended = program.run(&Signals::watch()?)?;
    let shown = script.display();
    match (ended.code, ended.signal) {
        _ if ended.stopped_by.is_some() => {
            Err(Interrupted(ended.stopped_by.unwrap_or_default()).into())
        }
        _ if ended.timed_out => Err(anyhow!("{shown} took longer than run.timeout and was ended")),
        (Some(0), _) => Ok(Outcome::Fine),
        (Some(1), _) => Ok(Outcome::Findings),
        (Some(code), _) => Err(anyhow!("{shown} exited with {code}")),
        (None, signal) => {
            Err(anyhow!("{shown} was ended by signal {}", signal.unwrap_or_default()))
        }
    }
}

/// The absolute path of the program.
pub fn script(ctx: &Context) -> Result<PathBuf> {
    ctx.config.consent("usr").map_err(Faults::from)?;
    let setting = ctx.config.get("usr.script");
    let named = setting.and_then(|setting| setting.value.as_str());
    let (Some(setting), Some(named)) = (setting, named) else {
        let message = "no program for the usr stage: set usr.script in libchar.toml";
        return Err(Usage(message.to_owned()).into());
    };
    // A path in a configuration file is relative to that file.
    let beside = match &setting.origin {
        Origin::File(file, _) => Path::new(file).parent().map(Path::to_owned),
        _ => None,
    };
    let path = std::path::absolute(beside.unwrap_or_default().join(named))?;
    let place = format!("{}: usr.script is {named}", setting.origin);
    let metadata = std::fs::metadata(&path).with_context(|| place.clone())?;
    if !metadata.is_file() || metadata.permissions().mode() & 0o111 == 0 {
        let message = format!("{place}: {} is not an executable file", path.display());
        return Err(Usage(message).into());
    }
    Ok(path)
}

fn environment() -> Result<BTreeMap<OsString, OsString>> {
    let domain = std::env::current_dir()?;
    let path = |name: &str| if name.is_empty() { domain.clone() } else { domain.join(name) };
    let mut environment: BTreeMap<OsString, OsString> =
        PATHS.iter().map(|(variable, name)| (variable.into(), path(name).into())).collect();
    let newest = libchar_archive::sets(&domain).unwrap_or_default().pop();
    let backup = newest.map(|set| path(&set.name).into_os_string()).unwrap_or_default();
    environment.insert("LIBCHAR_BACKUP".into(), backup);
    Ok(environment)
}
