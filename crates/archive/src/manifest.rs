//! `manifest.json`: the content of a set, and how to reproduce it.

use crate::attributes::{parse_mode, parse_time};
use crate::copy::open;
use crate::error::ArchiveError;
use libchar_core::{Fault, frame, hash};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Component, Path};

/// Name of the manifest in a set.
pub const MANIFEST: &str = "manifest.json";

/// The path of the set's own folder.
pub(crate) const ROOT: &str = ".";

/// The folder of libchar's own state in a set; it differs from set to set even if the domain does
/// not.
const STATE: &str = ".libchar/";

const SCHEMA: &str = "libchar.backup";
/// The schema of version 0.1: no modes, times or folders, and a digest over the files alone.
const FIRST: u32 = 1;
const VERSION: u32 = 2;

/// One file of a set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Path below the set and the domain, with `/`.
    pub path: String,
    /// Size in bytes.
    pub size: u64,
    /// SHA-256, lower-case hexadecimal.
    pub sha256: String,
    /// Four octal digits, without setuid and setgid; `None` in sets of version 0.1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// Time of the last change, seconds since 1970 with nine decimals; `None` in sets of version
    /// 0.1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modified: Option<String>,
}

/// One folder of a set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Folder {
    /// Path below the set, `.` for its own folder.
    pub path: String,
    /// Four octal digits.
    pub mode: String,
}

/// A simulator that made results of the set.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Simulator {
    /// Its name.
    pub name: String,
    /// The version that it reported.
    pub version: String,
}

/// The end of the history's audit chain when the set was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// Number of entries of the chain.
    pub entries: u64,
    /// The last entry's hash; empty if there is none.
    pub hash: String,
}

/// The content of a set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// When it was made, RFC 3339.
    pub created: String,
    /// Version of the libchar that made it.
    pub libchar: String,
    /// The simulators that made its results.
    pub simulators: Vec<Simulator>,
    /// Commands that reproduce its results from the set.
    pub reproduce: Vec<String>,
    /// The end of the history's audit chain when the set was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub history: Option<Head>,
    /// SHA-256 of the files except the history: equal values mean equal content. `None` in sets of
    /// version 0.1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// SHA-256 of the manifest with this member empty; in sets of version 0.1, of the files.
    pub digest: String,
    /// The folders, by path; `None` in sets of version 0.1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub folders: Option<Vec<Folder>>,
    /// The files, by path.
    pub files: Vec<Entry>,
}

#[derive(Deserialize)]
struct Document {
    schema: Schema,
    #[serde(flatten)]
    manifest: Manifest,
}

#[derive(Deserialize)]
struct Schema {
    name: String,
    version: u32,
}

impl Manifest {
    /// SHA-256 of lines `sha256 size path` in the order of the paths.
    fn digest_of<'a>(files: impl IntoIterator<Item = &'a Entry>) -> String {
        let line = |entry: &Entry| format!("{} {} {}\n", entry.sha256, entry.size, entry.path);
        let lines: String = files.into_iter().map(line).collect();
        hash::sha256(lines.as_bytes())
    }

    /// Sets both digests; everything else must be set before.
    pub fn seal(&mut self) {
        let files = self.files.iter().filter(|entry| !entry.path.starts_with(STATE));
        self.content = Some(Manifest::digest_of(files));
        self.digest = self.own_digest();
    }

    fn own_digest(&self) -> String {
        let bare = Manifest { digest: String::new(), ..self.clone() };
        hash::sha256(&bare.to_bytes())
    }

    fn version(&self) -> u32 {
        if self.folders.is_some() { VERSION } else { FIRST }
    }

    /// The manifest as the bytes of its file; no other form of it is valid.
    pub fn to_bytes(&self) -> Vec<u8> {
        let body = serde_json::to_value(self).unwrap_or_default();
        let mut bytes = Vec::new();
        // Writing to memory cannot fail.
        let _ = frame::write_json(&mut bytes, &frame::document(SCHEMA, self.version(), body));
        bytes
    }

    /// Reads the manifest of a set.
    ///
    /// # Errors
    /// A manifest that cannot be read, or that cannot be trusted: a path that leads out of the set
    /// or occurs twice, an invalid hash, a byte that differs from what was written.
    pub fn read(set: &Path) -> Result<Manifest, ArchiveError> {
        let path = set.join(MANIFEST);
        let mut bytes = Vec::new();
        open(&path, false)
            .and_then(|mut file| file.read_to_end(&mut bytes))
            .map_err(ArchiveError::io("read", &path))?;
        Manifest::parse(&path.display().to_string(), &bytes).map_err(ArchiveError::Manifest)
    }

    /// Reads a manifest; `file` names it in faults.
    pub fn parse(file: &str, bytes: &[u8]) -> Result<Manifest, Fault> {
        let document: Document =
            serde_json::from_slice(bytes).map_err(|e| Fault::json(file, &e))?;
        let Document { schema: Schema { name, version }, manifest } = document;
        if name != SCHEMA || !(FIRST..=VERSION).contains(&version) {
            let fault = Fault::of(file, format!("a document of schema {name}, version {version}"));
            return Err(fault.expected(format!("{SCHEMA}, version {FIRST} or {VERSION}")));
        }
        manifest.check_members(file, version)?;
        manifest.check_paths(file)?;
        let is_whole = match version {
            FIRST => Manifest::digest_of(&manifest.files) == manifest.digest,
            _ => manifest.own_digest() == manifest.digest && manifest.to_bytes() == bytes,
        };
        if !is_whole {
            let what = "the manifest does not give its digest: someone or something changed it";
            return Err(Fault::of(file, what).expected(format!("digest {}", manifest.digest)));
        }
        Ok(manifest)
    }

    /// Checks that the members are those of the version.
    fn check_members(&self, file: &str, version: u32) -> Result<(), Fault> {
        let is_later = |entry: &Entry| entry.mode.is_some() && entry.modified.is_some();
        let is_first = |entry: &Entry| entry.mode.is_none() && entry.modified.is_none();
        let fits = match version {
            FIRST => {
                self.folders.is_none()
                    && self.content.is_none()
                    && self.history.is_none()
                    && self.files.iter().all(is_first)
            }
            _ => {
                self.folders.is_some() && self.content.is_some() && self.files.iter().all(is_later)
            }
        };
        let what = format!("the members are not those of version {version}");
        if fits { Ok(()) } else { Err(Fault::of(file, what)) }
    }

    fn check_paths(&self, file: &str) -> Result<(), Fault> {
        let folders = self.folders.iter().flatten();
        let mut paths = BTreeSet::new();
        let names = folders.clone().map(|folder| &folder.path).filter(|path| *path != ROOT);
        for path in names.chain(self.files.iter().map(|entry| &entry.path)) {
            if !is_safe(path) || path == MANIFEST {
                let what = format!("the path {path:?} leads out of the set");
                return Err(Fault::of(file, what).expected("names of files below the set"));
            }
            if !paths.insert(path.as_str()) {
                return Err(Fault::of(file, format!("the path {path:?} occurs twice")));
            }
        }
        for Entry { path, sha256, mode, modified, .. } in &self.files {
            let is_hash = sha256.len() == 64
                && sha256.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
            if !is_hash {
                return Err(Fault::of(file, format!("{path:?} has no SHA-256 but {sha256:?}")));
            }
            if let Some(mode) = mode.as_ref().filter(|mode| parse_mode(mode).is_none()) {
                return Err(Fault::of(file, format!("{path:?} has no mode but {mode:?}")));
            }
            if let Some(time) = modified.as_ref().filter(|time| parse_time(time).is_none()) {
                return Err(Fault::of(file, format!("{path:?} has no time but {time:?}")));
            }
        }
        match folders.clone().find(|folder| parse_mode(&folder.mode).is_none()) {
            Some(Folder { path, mode }) => {
                Err(Fault::of(file, format!("{path:?} has no mode but {mode:?}")))
            }
            None => Ok(()),
        }
    }

    /// The name of a set that was made at this time.
    pub fn set_name(&self) -> String {
        let digits: String = self.created.chars().filter(char::is_ascii_digit).collect();
        format!("{}{digits}", crate::sets::PREFIX)
    }

    /// Size of all files in bytes.
    pub fn size(&self) -> u64 {
        self.files.iter().map(|entry| entry.size).fold(0, u64::saturating_add)
    }
}

/// Whether a path names a file below the folder that it is joined to, if there are no links in that
/// folder.
fn is_safe(path: &str) -> bool {
    let plain = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    // `a//b`, `a/./b` and `a/` have the same components as their short forms, which would give one
    // file two names.
    plain
        && !path.is_empty()
        && path.split('/').all(|part| !part.is_empty() && part != ".")
        && !path.contains('\0')
}

#[cfg(test)]
pub(crate) mod tests {
    use super::{Entry, Folder, Head, Manifest, Simulator};

    /// A manifest of nothing.
    pub(crate) fn empty() -> Manifest {
        Manifest {
            created: "2026-01-02T03:04:05Z".to_owned(),
            libchar: "0.1.0".to_owned(),
            simulators: Vec::new(),
            reproduce: Vec::new(),
            history: None,
            content: None,
            digest: String::new(),
            folders: Some(Vec::new()),
            files: Vec::new(),
        }
    }

    fn manifest(paths: &[&str]) -> Manifest {
        let entry = |path: &&str| Entry {
            path: (*path).to_owned(),
            size: 3,
            sha256: libchar_core::hash::sha256(b"abc"),
            mode: Some("0644".to_owned()),
            modified: Some("1767323045.000000000".to_owned()),
        };
        let mut manifest = Manifest {
            simulators: vec![Simulator { name: "ngspice".to_owned(), version: "39".to_owned() }],
            reproduce: vec!["libchar bkp verify SET".to_owned()],
            history: Some(Head { entries: 7, hash: "ab".to_owned() }),
            folders: Some(vec![Folder { path: ".".to_owned(), mode: "0755".to_owned() }]),
            files: paths.iter().map(entry).collect(),
            ..empty()
        };
        manifest.seal();
        manifest
    }

    #[test]
    fn a_manifest_comes_back() {
        let written = manifest(&["config.cfg", "TT/typical/typical_m40/v1min/sim_tx.sp"]);
        assert_eq!(Manifest::parse("m", &written.to_bytes()), Ok(written));
    }

    #[test]
    fn the_state_is_no_part_of_the_content() {
        let (one, other) = (manifest(&["a"]), manifest(&[".libchar/history.db", "a"]));
        assert_eq!(one.content, other.content);
        assert_ne!(one.digest, other.digest);
    }

    #[test]
    fn paths_that_lead_out_are_refused() {
        for path in [
            "../x",
            "/etc/passwd",
            "a/../../x",
            "",
            ".",
            "a//b",
            "a/",
            "./a",
            "a\0b",
            "manifest.json",
        ] {
            let fault = Manifest::parse("m", &manifest(&[path]).to_bytes()).unwrap_err();
            assert!(fault.found.contains("leads out of the set"), "{path}: {fault}");
        }
        let fault = Manifest::parse("m", &manifest(&["a", "a"]).to_bytes()).unwrap_err();
        assert_eq!(fault.to_string(), "m: the path \"a\" occurs twice");
        let mut folder = manifest(&["a"]);
        folder.folders.as_mut().unwrap()[0].path = "../up".to_owned();
        folder.seal();
        assert!(Manifest::parse("m", &folder.to_bytes()).is_err());
        let mut setuid = manifest(&["a"]);
        setuid.files[0].mode = Some("4755".to_owned());
        setuid.seal();
        let fault = Manifest::parse("m", &setuid.to_bytes()).unwrap_err();
        assert_eq!(fault.to_string(), "m: \"a\" has no mode but \"4755\"");
    }

    #[test]
    fn every_flipped_bit_of_a_manifest_is_found() {
        let bytes = manifest(&["a", "b/c"]).to_bytes();
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut flipped = bytes.clone();
                flipped[at] ^= 1 << bit;
                assert!(Manifest::parse("m", &flipped).is_err(), "byte {at}, bit {bit}");
            }
            assert!(Manifest::parse("m", &bytes[..at]).is_err(), "cut at {at}");
        }
    }
}
