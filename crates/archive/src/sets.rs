//! The sets of a domain.

use crate::error::ArchiveError;
use crate::manifest::Manifest;
use std::fs;
use std::path::Path;

/// Start of a set's name.
pub const PREFIX: &str = "00bkp_";

/// A set of a domain.
#[derive(Debug)]
pub struct Listed {
    /// Its folder.
    pub name: String,
    /// Its manifest, or why it cannot be read.
    pub manifest: Result<Manifest, ArchiveError>,
}

/// Whether a name is that of a set: `00bkp_`, 14 digits, and optionally `_` and a number.
pub fn is_set_name(name: &str) -> bool {
    let Some(stamp) = name.strip_prefix(PREFIX) else { return false };
    let (stamp, number) = stamp.split_once('_').unwrap_or((stamp, "1"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    stamp.len() == 14 && digits(stamp) && digits(number)
}

/// Time and number of a set, by which sets are ordered.
fn order(name: &str) -> (String, u32) {
    let stamp = name.strip_prefix(PREFIX).unwrap_or(name);
    let (stamp, number) = stamp.split_once('_').unwrap_or((stamp, "0"));
    (stamp.to_owned(), number.parse().unwrap_or(u32::MAX))
}

/// The digits of a set's time.
pub(crate) fn stamp(name: &str) -> &str {
    let stamp = name.strip_prefix(PREFIX).unwrap_or(name);
    stamp.split_once('_').map_or(stamp, |(stamp, _)| stamp)
}

/// The names of a domain's sets, the oldest first.
pub fn names(domain: &Path) -> Result<Vec<String>, ArchiveError> {
    let mut names = Vec::new();
    for entry in fs::read_dir(domain).map_err(ArchiveError::io("read", domain))? {
        let entry = entry.map_err(ArchiveError::io("read", domain))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_set_name(&name) && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            names.push(name);
        }
    }
    names.sort_by_key(|name| order(name));
    Ok(names)
}

/// The sets of a domain with their manifests, the oldest first.
pub fn sets(domain: &Path) -> Result<Vec<Listed>, ArchiveError> {
    let list = |name: String| {
        let manifest = Manifest::read(&domain.join(&name));
        Listed { name, manifest }
    };
    Ok(names(domain)?.into_iter().map(list).collect())
}

#[cfg(test)]
mod tests {
    use super::is_set_name;

    #[test]
    fn names_of_sets() {
        assert!(is_set_name("00bkp_20260102030405") && is_set_name("00bkp_20260102030405_12"));
        for name in [
            "00bkp_",
            "00bkp_2026",
            "00bkp_20260102030405_",
            "00bkp_20260102030405x",
            "bkp_20260102030405",
        ] {
            assert!(!is_set_name(name), "{name}");
        }
    }
}
