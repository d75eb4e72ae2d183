//! A site's own validated scripts, which are checked before each stage, called unchanged, and never
//! written to.

use crate::interrupted::Interrupted;
use anyhow::{Context as _, Result, bail};
use libchar_core::config::Config;
use libchar_core::{Fault, Faults, hash};
use libchar_runner::program::Program;
use libchar_runner::signals::Signals;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::time::{Duration, SystemTime};

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
    ///
    /// # Errors
    /// A table that its user did not consent to, or that cannot be read.
    pub fn configured(config: &Config) -> Result<Option<ValidatedCore>> {
        config.consent("core").map_err(Faults::from)?;
        if config.text("core.path").is_none() {
            return Ok(None);
        }
        let core = config.section("core").try_into().context("the [core] table")?;
        Ok(Some(core))
    }

    /// The version according to the site.
    pub fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// Refuses a domain that lies in the core's own folder.
    ///
    /// # Errors
    /// Such a domain.
    pub fn refuse_own(&self, domain: &Path) -> Result<()> {
        let core = fs::canonicalize(&self.path).ok();
        let domain = fs::canonicalize(domain).ok();
        if core.zip(domain).is_some_and(|(core, domain)| domain.starts_with(core)) {
            let core = self.path.display();
            bail!("the domain lies in the core's folder {core}, where libchar never writes");
        }
        Ok(())
    }

    /// Lets the scripts do a stage of a domain, named by its absolute path.
    ///
    /// # Errors
    /// Scripts that fail, take longer than `timeout`, or change their own folder.
    pub fn run(&self, stage: &str, domain: &Path, timeout: Option<Duration>) -> Result<()> {
        let home = fs::canonicalize(&self.path)?;
        let before = snapshot(&home)?;
        let log = domain.join("log").join(format!("core-{stage}.log"));
        let program = Program {
            path: home.join(&self.entry),
            args: vec![domain.join("config.cfg").into(), stage.into()],
            folder: Some(domain.to_owned()),
            timeout,
            log: Some(log.clone()),
            ..Program::default()
        };
        let ended = program.run(&Signals::watch()?)?;
        if let Some(signal) = ended.stopped_by {
            return Err(Interrupted(signal).into());
        }
        if let Some(path) = changed(&before, &snapshot(&home)?) {
            bail!("the core changed its own folder during {stage}: {}", path.display());
        }
        let log = log.display();
        match ended.code {
            Some(0) => Ok(()),
            _ if ended.timed_out => bail!("the core's {stage} took too long; its log is {log}"),
            Some(code) => bail!("the core's {stage} exited with {code}; its log is {log}"),
            None => {
                let signal = ended.signal.unwrap_or_default();
                bail!("the core's {stage} was ended by signal {signal}; its log is {log}")
            }
        }
    }

    /// Compares version, line counts and hashes with those that the site states.
    ///
    /// # Errors
    /// Everything that differs.
    pub fn verify(&self) -> Result<(), Faults> {
        let mut faults = Vec::new();
        let folder = self.path.display().to_string();
        let name = self.path.file_name().map(|name| name.to_string_lossy().into_owned());
        if let Some(version) = self.version.as_ref().filter(|v| Some(*v) != name.as_ref()) {
            let fault = Fault::of(&folder, "the name of the folder is not the validated version");
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

#[cfg(test)]
mod tests {
    use super::{Expected, ValidatedCore};
    use std::fs;
    use std::os::unix::fs::PermissionsExt;
    use std::path::Path;
    use tempfile::TempDir;

    /// A core of version `v7` whose entry is this script.
    fn core(folder: &TempDir, script: &str) -> ValidatedCore {
        let path = folder.path().join("v7");
        fs::create_dir_all(&path).unwrap();
        let entry = path.join("sim_pvt.sh");
        fs::write(&entry, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&entry, fs::Permissions::from_mode(0o755)).unwrap();
        ValidatedCore {
            path,
            version: Some("v7".to_owned()),
            entry: "sim_pvt.sh".to_owned(),
            files: [("sim_pvt.sh".to_owned(), Expected { lines: Some(2), sha256: None })].into(),
        }
    }

    fn said(script: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        let domain = folder.path().join("domain");
        fs::create_dir_all(&domain).unwrap();
        core(&folder, script).run("gen", &domain, None).unwrap_err().to_string()
    }

    #[test]
    fn a_core_is_held_to_what_was_validated() {
        let folder = tempfile::tempdir().unwrap();
        let mut core = core(&folder, "exit 0");
        assert_eq!(core.verify(), Ok(()));
        core.version = Some("v8".to_owned());
        let two = Expected { lines: Some(3), sha256: Some("00".to_owned()) };
        core.files.insert("sim_pvt.sh".to_owned(), two);
        core.files.insert("../x".to_owned(), Expected { lines: None, sha256: None });
        let faults = core.verify().unwrap_err().to_string();
        for part in ["a folder named v8", "has 2 lines", "SHA-256 is ", "`core.files` names `../x`"]
        {
            assert!(faults.contains(part), "{part}: {faults}");
        }
    }

    #[test]
    fn a_core_runs_in_the_domain_and_stays_what_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let domain = folder.path().join("domain");
        fs::create_dir_all(&domain).unwrap();
        let core = core(&folder, "echo \"$1 $2\"; touch made");
        core.run("gen", &domain, None).unwrap();
        assert!(domain.join("made").exists());
        let log = fs::read_to_string(domain.join("log/core-gen.log")).unwrap();
        assert_eq!(log, format!("{}/config.cfg gen\n", domain.display()));
        assert!(core.refuse_own(&domain).is_ok());
        let inside = folder.path().join("v7/domain");
        fs::create_dir_all(&inside).unwrap();
        assert!(core.refuse_own(&inside).is_err() && core.refuse_own(Path::new("/none")).is_ok());
    }

    #[test]
    fn a_core_that_fails_or_changes_itself_is_told() {
        assert!(said("exit 3").starts_with("the core's gen exited with 3; its log is "));
        assert!(said("kill -9 $$").starts_with("the core's gen was ended by signal 9"));
        let changed = said("echo >> \"$0\"");
        assert!(changed.starts_with("the core changed its own folder during gen: "), "{changed}");
    }
}
