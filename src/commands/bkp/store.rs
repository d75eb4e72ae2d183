//! Stores: many sets in one deduplicated, compressed, encrypted repository of restic.

use super::parent::Stored;
use super::{DOMAIN, told};
use crate::context::Context;
use crate::exit::{Interrupted, Outcome, Usage};
use anyhow::{Result, anyhow};
use clap::Args;
use libchar_archive::{self as archive, Manifest, Staged};
use libchar_core::words::{are, count};
use libchar_core::{Faults, Frame};
use libchar_runner::{Program, Signals};
use serde::Deserialize;
use serde_json::json;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Largest answer of the program in bytes; a list of a hundred thousand sets is shorter.
const MOST_ANSWER: u64 = 1 << 26;

/// Message of restic for a repository that does not exist.
const NO_REPOSITORY: &str = "Is there a repository at the following location";
/// Message of restic for a password that opens no key of the store.
const NO_KEY: &str = "wrong password or no key found";
const NO_PARENT: &str = "no matching ID found";
const NO_SET: &str = "no snapshot found";

/// The label of everything that libchar puts into a store.
const OURS: &str = "libchar";

/// Where sets are kept together
#[derive(Args, Clone, Default)]
pub struct StoreArgs {
    /// Use a store: a restic repository, created if it does not exist [default for these commands: store.repository]
    #[arg(long, value_name = "REPO", num_args = 0..=1, default_missing_value = "")]
    pub store: Option<String>,
    /// File with the store's password [default: store.password_file, else the program's own, such as RESTIC_PASSWORD]
    #[arg(long, value_name = "FILE", requires = "store")]
    password_file: Option<PathBuf>,
    /// Command that prints the store's password [default: store.password_command]
    #[arg(long, value_name = "COMMAND", requires = "store", conflicts_with = "password_file")]
    password_command: Option<String>,
}

/// A store, and the program that manages it.
pub struct Store<'a> {
    program: String,
    repository: String,
    password: Vec<(&'static str, OsString)>,
    ctx: &'a Context,
}

/// A set in a store.
#[derive(Debug, Deserialize)]
struct Snapshot {
    time: String,
    id: String,
    short_id: String,
    #[serde(default)]
    tags: Option<Vec<String>>,
}

impl Snapshot {
    fn label(&self, name: &str) -> Option<&str> {
        self.tags.iter().flatten().find_map(|tag| tag.strip_prefix(name)?.strip_prefix('='))
    }

    fn set(&self) -> &str {
        self.label("set").unwrap_or(&self.short_id)
    }
}

#[derive(Deserialize)]
struct Group {
    remove: Option<Vec<Snapshot>>,
}

/// Which sets of a store are kept.
#[derive(Debug, Default)]
pub struct Retention {
    pub last: Option<u32>,
    pub daily: Option<u32>,
    pub weekly: Option<u32>,
}

impl StoreArgs {
    /// The store that the arguments name; `None` without one.
    pub fn find<'a>(&self, ctx: &'a Context) -> Result<Option<Store<'a>>> {
        let Some(named) = &self.store else { return Ok(None) };
        ctx.config.consent("store").map_err(Faults::from)?;
        let configured = || ctx.config.text("store.repository").unwrap_or_default().to_owned();
        let repository = if named.is_empty() { configured() } else { named.clone() };
        if repository.is_empty() {
            let message = "no store: name it, `--store REPO`, or set store.repository";
            return Err(Usage(message.to_owned()).into());
        }
        let file = self.password_file.clone().map(OsString::from);
        let command = self.password_command.clone().map(OsString::from);
        let set = |key: &str| ctx.config.text(key).map(OsString::from);
        let mut password = Vec::new();
        match (file, command) {
            (Some(file), _) => password.push(("password-file", file)),
            (None, Some(command)) => password.push(("password-command", command)),
            (None, None) => {
                let command = set("store.password_command").map(|c| ("password-command", c));
                password
                    .extend(set("store.password_file").map(|f| ("password-file", f)).or(command));
            }
        }
        let program = ctx.config.text("store.program").unwrap_or("restic").to_owned();
        Ok(Some(Store { program, repository, password, ctx }))
    }
}

impl Store<'_> {
    /// The repository, independent of the folder in which the program starts: a path is relative to
    /// the current folder.
    fn repository(&self) -> Result<String> {
        Ok(match self.repository.contains(':') {
            true => self.repository.clone(),
            false => std::path::absolute(&self.repository)?.display().to_string(),
        })
    }

    /// Runs the program in a folder; returns its success and its output.
    fn call(&self, folder: Option<&Path>, args: &[&str]) -> Result<(bool, String)> {
        let mut all: Vec<OsString> = vec!["--repo".into(), self.repository()?.into()];
        for (option, value) in &self.password {
            let value = match *option {
                "password-file" => std::path::absolute(value)?.into_os_string(),
                _ => value.clone(),
            };
            all.extend([format!("--{option}").into(), value]);
        }
        all.extend(args.iter().map(OsString::from));
        let program = Program {
            path: self.program.clone().into(),
            args: all,
            folder: folder.map(Path::to_owned),
            ..Program::default()
        };
        let (ended, said) = program.capture(MOST_ANSWER, &Signals::watch()?)?;
        if let Some(signal) = ended.stopped_by {
            return Err(Interrupted(signal).into());
        }
        Ok((ended.code == Some(0), String::from_utf8_lossy(&said).into_owned()))
    }

    fn must(&self, folder: Option<&Path>, args: &[&str]) -> Result<String> {
        match self.call(folder, args)? {
            (true, said) => Ok(said),
            (false, said) => Err(self.failed(args[0], &said)),
        }
    }

    fn failed(&self, what: &str, said: &str) -> anyhow::Error {
        let said = said.trim().replace('\n', "; ");
        anyhow!("{} {what} of the store {} failed: {said}", self.program, self.repository)
    }

    /// The sets of libchar, the oldest first; without `all` only those of this domain.
    fn snapshots(&self, all: bool) -> Result<Vec<Snapshot>> {
        let said = self.must(None, &["snapshots", "--json", "--quiet", "--tag", OURS])?;
        let mut snapshots: Vec<Snapshot> = answer(&said)
            .ok_or_else(|| anyhow!("{} returned no list of snapshots", self.program))?;
        let here = here()?;
        snapshots.retain(|snapshot| all || snapshot.label("in") == Some(&here));
        snapshots.sort_by(|a, b| a.time.cmp(&b.time));
        Ok(snapshots)
    }

    fn find(&self, set: Option<&str>) -> Result<Snapshot> {
        let mut snapshots = self.snapshots(set.is_some())?;
        let Some(set) = set.filter(|set| *set != "latest") else {
            let message = format!("no set of this domain in {}", self.repository);
            return Ok(snapshots.pop().ok_or(Usage(message))?);
        };
        let fits = |s: &Snapshot| s.set() == set || (set.len() >= 4 && s.id.starts_with(set));
        let message =
            format!("no set `{set}` in {}; `libchar bkp list --store` lists them", self.repository);
        // Two domains may have made sets in the same second: the one of this domain is preferred.
        let here = here()?;
        let own = snapshots.iter().position(|s| fits(s) && s.label("in") == Some(&here));
        let at = own.or_else(|| snapshots.iter().position(fits)).ok_or(Usage(message))?;
        Ok(snapshots.swap_remove(at))
    }

    /// Stores a set with a single call of the program. Every call derives the key of the repository
    /// again, which takes longer than the check of an unchanged set.
    pub fn add(&self, staged: &Staged, name: &str) -> Result<()> {
        #[derive(Deserialize)]
        struct Summary {
            snapshot_id: String,
        }
        let said = self.back_up(staged, name)?;
        let taken: Option<Summary> = answer(&said);
        if let Err(changed) = staged.check_unchanged() {
            // A set whose files changed meanwhile may be inconsistent, so it is removed.
            if let Some(Summary { snapshot_id }) = taken {
                self.must(None, &["forget", &snapshot_id, "--quiet"])?;
            }
            return Err(told(changed));
        }
        if let Some(Summary { snapshot_id }) = taken
            && let Err(error) =
                Stored::remember(&self.repository()?, &snapshot_id, &staged.manifest)
        {
            let message = format!("the next set takes longer: {error}");
            self.ctx.log.debug("bkp", message);
        }
        Ok(())
    }

    /// Calls the program until it has stored the set. A missing repository is created, and a
    /// previous set that no longer exists is not used as a base.
    fn back_up(&self, staged: &Staged, name: &str) -> Result<String> {
        let (set, place) = (format!("set={name}"), format!("in={}", here()?));
        let mut parent = Stored::parent(&self.repository()?, &staged.manifest);
        let mut is_made = self.is_absent();
        if is_made {
            self.make()?;
        }
        loop {
            let mut args =
                vec!["backup", ".", "--quiet", "--json", "--ignore-inode", "--ignore-ctime"];
            args.extend(["--tag", OURS, "--tag", &set, "--tag", &place]);
            match &parent {
                Some(parent) => args.extend(["--parent", parent]),
                None => args.push("--force"),
            }
            let (is_taken, said) = self.call(Some(&staged.folder()), &args)?;
            match is_taken {
                true => return Ok(said),
                false if !is_made && said.contains(NO_REPOSITORY) => {
                    self.make()?;
                    (is_made, parent) = (true, None);
                }
                false if parent.is_some() && said.contains(NO_PARENT) => parent = None,
                false => return Err(self.failed("backup", &said)),
            }
        }
    }

    /// Whether the store is a local folder that does not exist yet. Of other places the program
    /// finds out itself.
    fn is_absent(&self) -> bool {
        !self.repository.contains(':') && !Path::new(&self.repository).join("config").exists()
    }

    fn make(&self) -> Result<()> {
        self.must(None, &["init"])?;
        let store = &self.repository;
        let message = format!("made the store {store}; it cannot be read without its password");
        self.ctx.log.info("bkp", message);
        Ok(())
    }

    /// Lists the sets.
    pub fn list(&self) -> Result<()> {
        let mut frame = Frame::new("libchar.store-sets", 1, ["set", "created", "id", "domain"]);
        for snapshot in self.snapshots(true)? {
            frame.push(vec![
                snapshot.set().into(),
                snapshot.time.as_str().into(),
                snapshot.short_id.as_str().into(),
                snapshot.label("in").into(),
            ]);
        }
        self.ctx.print(&frame)
    }

    /// Makes the program read every byte of the store.
    pub fn verify(&self) -> Result<Outcome> {
        self.ctx.look("bkp verify");
        let (is_whole, said) = self.call(None, &["check", "--read-data", "--quiet"])?;
        if is_whole {
            self.ctx.log.info("bkp", format!("{}: intact", self.repository));
            super::drill::remember(&self.repository, self.ctx)?;
            return Ok(Outcome::Fine);
        }
        if said.contains(NO_REPOSITORY) || said.contains(NO_KEY) {
            // The check did not run, so it is unknown whether the store is intact.
            return Err(self.failed("check", &said));
        }
        self.ctx.log.alarm("bkp", format!("{}: not intact: {}", self.repository, said.trim()));
        Ok(Outcome::Findings)
    }

    /// Restores a set into a new folder and compares it with its manifest. One call is enough if
    /// the labels identify the set.
    pub fn restore(&self, set: Option<&str>, to: &Path) -> Result<(String, Manifest)> {
        let labels = format!("{OURS},in={}", here()?);
        let labels = match set.filter(|set| *set != "latest") {
            None => Some(labels),
            Some(set) => archive::is_set_name(set).then(|| format!("{labels},set={set}")),
        };
        let incoming = archive::Incoming::new(to, None).map_err(told)?;
        let target = incoming.folder().display().to_string();
        let target = ["--target", &target, "--quiet"];
        let found = incoming.filled(|| -> Result<Option<String>> {
            let (is_there, said) = match &labels {
                Some(labels) => {
                    let args = ["restore", "latest", "--tag", labels];
                    self.call(None, &[&args[..], &target].concat())?
                }
                None => (false, NO_SET.to_owned()),
            };
            match is_there {
                true => Ok(None),
                false if said.contains(NO_SET) => {
                    let snapshot = self.find(set)?;
                    self.must(None, &[&["restore", &snapshot.id][..], &target].concat())?;
                    Ok(Some(snapshot.set().to_owned()))
                }
                false => Err(self.failed("restore", &said)),
            }
        })?;
        let manifest = incoming.take().map_err(told)?;
        Ok((found.unwrap_or_else(|| manifest.set_name()), manifest))
    }

    /// Removes old sets of this domain.
    pub fn prune(&self, retention: &Retention, dry_run: bool) -> Result<Outcome> {
        let here = format!("{OURS},in={}", here()?);
        let mut args = vec!["forget", "--json", "--quiet", "--group-by", "", "--tag", &here];
        let numbers: Vec<(&str, String)> = [
            ("--keep-last", retention.last),
            ("--keep-daily", retention.daily),
            ("--keep-weekly", retention.weekly),
        ]
        .into_iter()
        .filter_map(|(option, number)| Some((option, number?.to_string())))
        .collect();
        if numbers.iter().all(|(_, number)| number == "0") {
            let message = match numbers.first() {
                Some((option, _)) => format!("{option} 0: expected 1 or more sets"),
                None => "the sets to keep are not given: expected --keep-last, --keep-daily or --keep-weekly N".to_owned(),
            };
            return Err(Usage(message).into());
        }
        numbers.iter().for_each(|(option, number)| args.extend([*option, number.as_str()]));
        match dry_run {
            true => self.ctx.look("bkp prune"),
            false => self.ctx.begin("bkp prune", json!({ "store": self.repository })),
        }
        // A dry run lists the sets before any of them is removed.
        let said = self.must(None, &[&args[..], &["--dry-run"]].concat())?;
        let groups: Vec<Group> = answer(&said).unwrap_or_default();
        let mut frame = Frame::new("libchar.backups-removed", 1, ["set"]);
        for snapshot in groups.iter().flat_map(|group| group.remove.iter().flatten()) {
            frame.push(vec![snapshot.set().into()]);
        }
        if !dry_run && !frame.is_empty() {
            self.must(None, &[&args[..], &["--prune"]].concat())?;
        }
        self.ctx.print(&frame)?;
        Ok(Outcome::Fine)
    }

    /// Copies the sets of this store into another store with the same password.
    pub fn copy(&self, to: &str) -> Result<Outcome> {
        let other = Store {
            program: self.program.clone(),
            repository: to.to_owned(),
            password: self.password.clone(),
            ctx: self.ctx,
        };
        self.ctx.begin("bkp copy", json!({ "store": self.repository, "to": to }));
        let mut from: Vec<String> = vec!["--from-repo".to_owned(), self.repository.clone()];
        for (option, value) in &self.password {
            from.extend([format!("--from-{option}"), value.to_string_lossy().into_owned()]);
        }
        let from: Vec<&str> = from.iter().map(String::as_str).collect();
        let (is_there, said) = other.call(None, &["cat", "config", "--quiet"])?;
        if !is_there {
            if !said.contains(NO_REPOSITORY) {
                return Err(other.failed("cat config", &said));
            }
            // With the same chunk boundaries, content that both stores have is recognized.
            other.must(None, &[&["init", "--copy-chunker-params"], &from[..]].concat())?;
        }
        other.must(None, &[&["copy", "--quiet", "--tag", OURS], &from[..]].concat())?;
        let sets = other.snapshots(true)?.len();
        self.ctx.log.info("bkp", format!("{} {} in {to}", count(sets, "set"), are(sets)));
        Ok(Outcome::Fine)
    }
}

/// Label of the domain in a store: its path, with `_` for commas, which separate labels.
fn here() -> Result<String> {
    Ok(std::fs::canonicalize(DOMAIN)?.display().to_string().replace(',', "_"))
}

/// Parses the JSON line of an answer, which may follow lines of warnings.
fn answer<T: serde::de::DeserializeOwned>(said: &str) -> Option<T> {
    said.lines().rev().find_map(|line| serde_json::from_str(line).ok())
}
