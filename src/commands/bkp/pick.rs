//! Chooses the files of a set, so that a link to a library does not add the whole library.

use crate::context::Context;
use crate::sources::netlists;
use anyhow::Result;
use libchar_archive::Selection;
use libchar_core::glob;
use libchar_core::words::count;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The user's patterns: files to include, and files to exclude.
#[derive(Debug, Default)]
pub struct Patterns {
    pub include: Vec<String>,
    pub exclude: Vec<String>,
}

impl Patterns {
    /// The patterns of the command line, else those of the configuration.
    pub fn of(include: Vec<String>, exclude: Vec<String>, ctx: &Context) -> Patterns {
        let or = |given: Vec<String>, key: &str| {
            if given.is_empty() { ctx.config.texts(key) } else { given }
        };
        Patterns { include: or(include, "bkp.include"), exclude: or(exclude, "bkp.exclude") }
    }
}

/// Removes files that the user excludes, and files below linked folders that no deck reads; reports
/// their numbers.
pub fn pick(selection: &mut Selection, patterns: &Patterns, ctx: &Context) -> Result<()> {
    let domain = fs::canonicalize(".")?;
    let wanted = |name: &str| patterns.include.iter().any(|pattern| matches(pattern, name));
    let excluded = |name: &str| patterns.exclude.iter().any(|pattern| matches(pattern, name));
    let before = selection.files.len();
    selection.files.retain(|(name, _)| wanted(name) || !excluded(name));
    let by_pattern = before - selection.files.len();

    let linked = |path: &Path| {
        // A link to a file is always followed; of a linked folder only some files are taken.
        path.parent()
            .and_then(|folder| fs::canonicalize(folder).ok())
            .is_some_and(|folder| !folder.starts_with(&domain))
    };
    let (by_link, own): (Vec<_>, Vec<_>) =
        std::mem::take(&mut selection.files).into_iter().partition(|(_, path)| linked(path));
    let read = if by_link.is_empty() { BTreeSet::new() } else { read_by_decks(&own) };
    let tables = fs::canonicalize(crate::domain::tables_folder(ctx)).ok();
    let mut left = 0;
    selection.files = own;
    for (name, path) in by_link {
        let real = fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
        let is_table = tables.as_ref().is_some_and(|tables| real.starts_with(tables));
        if is_table || wanted(&name) || read.contains(&real) {
            selection.files.push((name, path));
        } else {
            left += 1;
        }
    }
    selection.files.sort();
    if by_pattern > 0 {
        ctx.log.info("bkp", format!("bkp.exclude leaves out {}", count(by_pattern, "file")));
    }
    if left > 0 {
        let message = format!(
            "left out {} below linked folders, because no deck reads them; bkp.include takes them",
            count(left, "file")
        );
        ctx.log.info("bkp", message);
        drop_empty_folders(selection, &domain);
    }
    Ok(())
}

/// Removes folders below a link from which no file was taken.
fn drop_empty_folders(selection: &mut Selection, domain: &Path) {
    let files: Vec<&str> = selection.files.iter().map(|(name, _)| name.as_str()).collect();
    selection.folders.retain(|(name, _)| {
        let is_own = fs::canonicalize(name).is_ok_and(|real| real.starts_with(domain));
        let below = format!("{name}/");
        is_own || files.iter().any(|file| file.starts_with(&below))
    });
}

/// The files that the decks and templates of a domain read, by their real paths.
fn read_by_decks(files: &[(String, PathBuf)]) -> BTreeSet<PathBuf> {
    let mut netlists = netlists();
    let is_deck = |name: &str| {
        matches!(
            Path::new(name).extension().and_then(|e| e.to_str()),
            Some("sp" | "spi" | "cir" | "net" | "scs")
        )
    };
    for (name, path) in files.iter().filter(|(name, _)| is_deck(name)) {
        if let Ok(bytes) = fs::read(path) {
            netlists.follow(Path::new(name), &bytes);
        }
    }
    netlists.files().filter_map(|file| fs::canonicalize(file).ok()).collect()
}

/// Whether a path matches a pattern. `*` stands for any characters, including `/`. A pattern
/// without `/` applies to the file name.
fn matches(pattern: &str, path: &str) -> bool {
    let subject = match pattern.contains('/') {
        true => path,
        false => path.rsplit('/').next().unwrap_or(path),
    };
    glob::matches(pattern.trim_start_matches('/'), subject)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn patterns() {
        for (pattern, path) in [
            ("*.log", "TT/a/sim.log"),
            ("TT/*", "TT/a/sim.log"),
            ("models/*/x.lib", "models/a/b/x.lib"),
            ("config.cfg", "config.cfg"),
            ("*a*b*", "xaybz"),
        ] {
            assert!(matches(pattern, path), "{pattern} {path}");
        }
        for (pattern, path) in
            [("*.log", "sim.logs"), ("TT/*", "FF/TT/x"), ("a*a", "a"), ("config", "config.cfg")]
        {
            assert!(!matches(pattern, path), "{pattern} {path}");
        }
    }
}
