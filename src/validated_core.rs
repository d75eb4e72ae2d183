//! A site's own validated scripts, which are checked before each stage, called unchanged, and never
//! written to.

use crate::context::Context;
use crate::exit::{Interrupted, Outcome, Usage};
use anyhow::{Context as _, Result, anyhow};
use libchar_core::{Fault, Faults, hash};
use libchar_runner::program::Program;
use libchar_runner::signals::Signals;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::time::SystemTime;

/// The `[core]` table of the configuration.
#[derive(Debug, Deserialize)]
pub struct ValidatedCore {
    path: PathBuf,
    version: Option<String>,
    #[serde(default = "default_entry")]
    entry: String,
    #[serde(default)]
    files: BTreeMap<String, Expected>,
}

/// The expected properties of a script.
#[derive(Debug, Deserialize)]
struct Expected {
    lines: Option<usize>,
    sha256: Option<String>,
}

fn default_entry() -> String {
    "sim_pvt.sh".to_owned()
}

/// Every file below a folder with its size and time.
type Snapshot = BTreeMap<PathBuf, (u64, Option<SystemTime>)>;

impl ValidatedCore {
    /// The core of `core.path`, if there is one.
    pub fn configured(ctx: &Context) -> Result<Option<ValidatedCore>> {
        ctx.config.consent("core").map_err(Faults::from)?;
        if ctx.config.text("core.path").is_none() {
            return Ok(None);
        }
        let core = ctx.config.section("core").try_into().context("the [core] table")?;
        Ok(Some(core))
    }

    /// The version according to the site.
    pub fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// Checks the scripts, then runs one for a stage.
    pub fn run(&self, stage: &str, ctx: &Context) -> Result<Outcome> {
        self.verify()?;
        let domain = std::env::current_dir()?;
        if ctx.is_in_core(&domain) {
            let core = self.path.display();
            let message =
                format!("the domain lies in the core's folder {core}, where libchar never writes");
            return Err(Usage(message).into());
        }
        let _lock = ctx.lock(Path::new("."), stage)?;
        let home = fs::canonicalize(&self.path)?;
        let before = snapshot(&home)?;
        let log = domain.join("log").join(format!("core-{stage}.log"));
        let program = Program {
            path: home.join(&self.entry),
            args: vec![domain.join("config.cfg").into(), stage.into()],
            folder: Some(domain),
            timeout: ctx.config.duration("run.timeout"),
            log: Some(log.clone()),
            ..Program::default()
        };
        let ended = program.run(&Signals::watch()?)?;
        if let Some(signal) = ended.stopped_by {
            return Err(Interrupted(signal).into());
        }
        let after = snapshot(&home)?;
        if let Some(path) = changed(&before, &after) {
            return Err(anyhow!(
                "the core changed its own folder during {stage}: {}",
                path.display()
            ));
        }
        let log = log.display();
        match (ended.code, ended.signal) {
            (Some(0), _) => Ok(Outcome::Fine),
            _ if ended.timed_out => {
                Err(anyhow!("the core's {stage} took too long; its log is {log}"))
            }
            (Some(code), _) => {
                Err(anyhow!("the core's {stage} exited with {code}; its log is {log}"))
            }
            (None, signal) => {
                let signal = signal.unwrap_or_default();
                Err(anyhow!("the core's {stage} was ended by signal {signal}; its log is {log}"))
            }
        }
    }

    /// Compares version, line counts and hashes with those that the site states.
    pub fn verify(&self) -> Result<(), Faults> {
        let mut faults = Vec::new();
        let folder = self.path.display().to_string();
        let name = self.path.file_name().map(|name| name.to_string_lossy().into_owned());
        if let Some(version) = self.version.as_ref().filter(|v| Some(*v) != name.as_ref()) {
            let fault = Fault::of(&folder, "the folder is not of the validated version");
            faults.push(fault.expected(format!("a folder named {version}")));
        }
        if !self.files.contains_key(&self.entry) {
            let fault =
                Fault::of("libchar.toml", format!("`core.files` does not state {}", self.entry));
            faults.push(fault.expected("its line count or SHA-256"));
        }
        for (name, expected) in &self.files {
            self.verify_file(name, expected, &mut faults);
        }
        Faults::or((), faults)
    }

    fn verify_file(&self, name: &str, expected: &Expected, faults: &mut Vec<Fault>) {
        if Path::new(name).components().any(|part| !matches!(part, Component::Normal(_))) {
            let fault = Fault::of("libchar.toml", format!("`core.files` names `{name}`"));
            return faults.push(fault.expected("a path inside core.path"));
        }
        let path = self.path.join(name);
        let shown = path.display().to_string();
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(e) => return faults.push(Fault::of(shown, format!("cannot read: {e}"))),
        };
        let lines = bytes.iter().filter(|byte| **byte == b'\n').count();
        if let Some(expected) = expected.lines.filter(|expected| *expected != lines) {
            let fault = Fault::of(&shown, format!("the script has {lines} lines"));
            faults.push(fault.expected(format!("{expected}, as validated")));
        }
        let hash = hash::sha256(&bytes);
        if let Some(expected) = expected.sha256.as_ref().filter(|e| !e.eq_ignore_ascii_case(&hash))
        {
            let fault = Fault::of(&shown, format!("the script's SHA-256 is {hash}"));
            faults.push(fault.expected(format!("{expected}, as validated")));
        }
    }
}

fn snapshot(folder: &Path) -> Result<Snapshot> {
    let mut files = Snapshot::new();
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.context("cannot list the core's folder")?;
        let about = entry.metadata().context("cannot list the core's folder")?;
        // Size and time of a folder change with its files, which are listed themselves.
        let size = if about.is_dir() { 0 } else { about.len() };
        let time = if about.is_dir() { None } else { about.modified().ok() };
        files.insert(entry.into_path(), (size, time));
    }
    Ok(files)
}

/// A file that was added, removed or changed.
fn changed(before: &Snapshot, after: &Snapshot) -> Option<PathBuf> {
    let differs = |(path, about): &(&PathBuf, &(u64, Option<SystemTime>)), other: &Snapshot| {
        other.get(*path) != Some(*about)
    };
    let gone = before.iter().find(|entry| differs(entry, after));
    gone.or_else(|| after.iter().find(|entry| differs(entry, before))).map(|(path, _)| path.clone())
}
