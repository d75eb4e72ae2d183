//! `manifest.json`: what a set holds, and how to reproduce it.

use crate::error::ArchiveError;
use libchar_core::{Fault, frame, hash};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path};

/// Name of the manifest in a set.
pub const MANIFEST: &str = "manifest.json";

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
}

/// A simulator that made results of the set.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Simulator {
    /// Its name.
    pub name: String,
    /// The version that it told.
    pub version: String,
}

/// What a set holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// When it was made, RFC 3339.
    pub created: String,
    /// Version of the libchar that made it.
    pub libchar: String,
    /// The simulators that made its results.
    pub simulators: Vec<Simulator>,
    /// Commands that lead from the set back to its results.
    pub reproduce: Vec<String>,
    /// SHA-256 over the entries: equal digests mean equal content.
    pub digest: String,
    /// The files, by path.
    pub files: Vec<Entry>,
}

impl Manifest {
    /// The digest of entries: SHA-256 of `sha256 size path` lines in the order of the paths.
    pub fn digest_of(files: &[Entry]) -> String {
        let lines: String = files
            .iter()
            .map(|entry| format!("{} {} {}\n", entry.sha256, entry.size, entry.path))
            .collect();
        hash::sha256(lines.as_bytes())
    }

    /// The manifest as its file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let body = serde_json::to_value(self).unwrap_or_default();
        let mut bytes = Vec::new();
        // Writing to memory cannot fail.
        let _ = frame::write_json(&mut bytes, &frame::document("libchar.backup", 1, body));
        bytes
    }

    /// Reads the manifest of a set.
    ///
    /// # Errors
    /// A manifest that cannot be read, or that cannot be trusted: a path that leads out of the set or stands
    /// twice, a hash that is none, entries that do not give the digest.
    pub fn read(set: &Path) -> Result<Manifest, ArchiveError> {
        let path = set.join(MANIFEST);
        let bytes = fs::read(&path).map_err(ArchiveError::io("read", &path))?;
        Manifest::parse(&path.display().to_string(), &bytes).map_err(ArchiveError::Manifest)
    }

    /// Reads a manifest; `file` names it in faults.
    pub fn parse(file: &str, bytes: &[u8]) -> Result<Manifest, Fault> {
        let manifest: Manifest =
            serde_json::from_slice(bytes).map_err(|e| Fault::json(file, &e))?;
        let mut paths = BTreeSet::new();
        for entry in &manifest.files {
            let Entry { path, sha256, .. } = entry;
            if !is_safe(path) || path == MANIFEST {
                let what = format!("the path {path:?} leads out of the set");
                return Err(Fault::of(file, what).expected("names of files below the set"));
            }
            if !paths.insert(path.as_str()) {
                return Err(Fault::of(file, format!("the path {path:?} stands twice")));
            }
            let is_hash = sha256.len() == 64
                && sha256.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
            if !is_hash {
                return Err(Fault::of(file, format!("{path:?} has no SHA-256 but {sha256:?}")));
            }
        }
        if Manifest::digest_of(&manifest.files) != manifest.digest {
            let what = "the entries do not give the digest: someone changed the manifest";
            return Err(Fault::of(file, what).expected(format!("digest {}", manifest.digest)));
        }
        Ok(manifest)
    }

    /// Size of all files in bytes.
    pub fn size(&self) -> u64 {
        self.files.iter().map(|entry| entry.size).fold(0, u64::saturating_add)
    }
}

/// Whether a path names a file below the folder that it is joined to, whatever links do not exist there.
fn is_safe(path: &str) -> bool {
    let plain = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    // `a//b`, `a/./b` and `a/` have the same components as their short forms: two names for one file.
    plain
        && !path.is_empty()
        && path.split('/').all(|part| !part.is_empty() && part != ".")
        && !path.contains('\0')
}

#[cfg(test)]
mod tests {
    use super::{Entry, Manifest};

    fn manifest(paths: &[&str]) -> Manifest {
        let entry = |path: &&str| Entry {
            path: (*path).to_owned(),
            size: 3,
            sha256: libchar_core::hash::sha256(b"abc"),
        };
        let files: Vec<Entry> = paths.iter().map(entry).collect();
        Manifest {
            created: "2026-01-02T03:04:05Z".to_owned(),
            libchar: "0.1.0".to_owned(),
            simulators: Vec::new(),
            reproduce: Vec::new(),
            digest: Manifest::digest_of(&files),
            files,
        }
    }

    #[test]
    fn a_manifest_comes_back() {
        let written = manifest(&["config.cfg", "TT/typical/typical_m40/v1min/sim_tx.sp"]);
        assert_eq!(Manifest::parse("m", &written.to_bytes()), Ok(written));
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
        assert_eq!(fault.to_string(), "m: the path \"a\" stands twice");
    }

    #[test]
    fn changed_and_broken_manifests_are_named() {
        let bytes = String::from_utf8(manifest(&["a"]).to_bytes()).unwrap();
        let changed = bytes.replace("\"size\": 3", "\"size\": 4");
        let fault = Manifest::parse("m", changed.as_bytes()).unwrap_err();
        assert!(fault.found.contains("do not give the digest"), "{fault}");
        let fault = Manifest::parse("m", &bytes.as_bytes()[..bytes.len() / 2]).unwrap_err();
        assert!(fault.line > 1, "{fault}");
    }
}
