//! The common beginning of the decks of each cell at each condition.

use crate::bench::{self, add_variation, bench};
use crate::cell::Cell;
use crate::config::Pvt;
use crate::config::lvf::Lvf;
use crate::deck::Bench;
use crate::source::Source;
use crate::vary::Unvaried;
use libchar_campaign::sources::Disk;
use libchar_core::{Fault, Faults, Note, hash};
use libchar_engine::deck::Search;
use libchar_engine::trim::{Trimmer, Untrimmed};
use std::path::Path;

/// Models and netlists, each of which is read once.
pub struct Read {
    trimmer: Trimmer,
    disk: Disk,
}

impl Read {
    /// Starts with no file read; `search` says where the simulator finds files.
    pub fn new(search: Search) -> Read {
        Read { trimmer: Trimmer::default(), disk: Disk::new(search) }
    }

    /// The bench of a cell at a condition, and a digest of what determines its results besides the
    /// decks.
    pub fn bench(&mut self, source: &Source, cell: &Cell, pvt: &Pvt) -> (Bench, String) {
        let (models, files) = (source.models(pvt), source.files());
        let paths = (models.as_str(), files.as_slice());
        let (bench, reason) =
            bench(&source.config, cell, pvt, paths, &mut self.trimmer, &mut self.disk);
        // Models that are used whole are not part of a deck, so the digest covers all files that
        // were read.
        let material = reason.map(|_| digest(&self.disk)).unwrap_or_default();
        (bench, material)
    }

    /// The files that were read, with their SHA-256.
    pub fn inputs(&self) -> impl Iterator<Item = (&Path, String)> {
        let read = self.disk.texts.iter();
        read.filter_map(|(path, text)| {
            Some((path.as_path(), hash::sha256(text.as_ref()?.as_bytes())))
        })
    }
}

/// The bench of each cell at each condition, cells fastest, and digests of what determines the
/// results besides the decks.
///
/// # Errors
/// Cells whose devices cannot vary as `[lvf]` says.
pub fn benches(
    source: &Source,
    read: &mut Read,
    hear: &dyn Fn(Note),
) -> Result<(Vec<Bench>, Vec<String>), Faults> {
    let Read { trimmer, disk } = read;
    let files = source.files();
    let (mut all, mut materials, mut faults) = (Vec::new(), Vec::new(), Vec::new());
    for (p, pvt) in source.config.pvt.iter().enumerate() {
        let models = source.models(pvt);
        for known in &source.cells {
            let paths = (models.as_str(), files.as_slice());
            let (mut bench, reason) = bench(&source.config, &known.cell, pvt, paths, trimmer, disk);
            match add_variation(&source.config, &known.cell, &mut bench) {
                Ok(constant) if p == 0 => tell_constant(&known.cell.name, &constant, hear),
                Ok(_) => {}
                Err(why) => faults.extend(
                    source.config.lvf.as_ref().map(|lvf| fault(source, lvf, &why, reason.as_ref())),
                ),
            }
            if let Some(reason) = &reason
                && let Some(fault) = unusable(source, pvt, reason)
            {
                faults.push(fault);
                continue;
            }
            for unbinned in bench::unbinned(&known.cell, pvt, paths, trimmer, disk) {
                let (found, expected) = bench::said(&known.cell.name, &pvt.name, &unbinned);
                let (file, line) = &known.place;
                faults.push(Fault::at(file, *line, 1, found).expected(expected));
            }
            let mut material = String::new();
            if let Some(reason) = reason {
                // Models that are used whole are not part of a deck, so the digest covers all files
                // that were read.
                material = digest(disk);
                let message = format!("{}: the models are used whole: {reason}", known.cell.name);
                hear(Note::Warning("trim", message));
            }
            all.push(bench);
            materials.push(material);
        }
    }
    faults.dedup();
    Faults::or((all, materials), faults)
}

/// The fault of a condition whose models make every simulation fail.
fn unusable(source: &Source, pvt: &Pvt, reason: &Untrimmed) -> Option<Fault> {
    let expected = match reason {
        Untrimmed::Missing(_) => "files that can be read",
        Untrimmed::NoSection(..) => "a section of the models",
        Untrimmed::NoSubcircuit(_) => "models or netlists that define it",
        _ => return None,
    };
    let (line, column) = pvt.place;
    let found = format!("the models of `{}`: {reason}", pvt.name);
    Some(Fault::at(&source.config.file, line, column, found).expected(expected))
}

fn tell_constant(cell: &str, constant: &[String], hear: &dyn Fn(Note)) {
    if !constant.is_empty() {
        let (has, n) = (if constant.len() == 1 { "device" } else { "devices" }, constant.len());
        let names = constant.join(", ");
        let message = format!("{cell}: {n} {has} without a parameter of [lvf]: {names}");
        hear(Note::Warning("lvf", message));
    }
}

fn fault(source: &Source, lvf: &Lvf, why: &Unvaried, untrimmed: Option<&Untrimmed>) -> Fault {
    let (line, column) = lvf.place;
    let fault = Fault::at(&source.config.file, line, column, why.to_string());
    match (why, untrimmed) {
        (Unvaried::NoCell(_), Some(reason)) => {
            fault.expected(format!("models and netlists that can be trimmed; these cannot: {reason}"))
        }
        (Unvaried::Nothing(..), _) => fault.expected(
            "[[lvf.parameter]] with `devices`, `parameter` and `sigma`, such as \"nch\", \"delvto\", 2.5e-3 (docs/lib.md)",
        ),
        (Unvaried::NoArea(..), _) => {
            fault.expected("w and l on the device's line, or scale = \"none\"")
        }
        _ => fault,
    }
}

/// The digests of all files that were read, one per line.
fn digest(disk: &Disk) -> String {
    let mut lines: Vec<String> = disk
        .texts
        .iter()
        .filter_map(|(path, text)| {
            Some(format!("{} {}", path.display(), hash::sha256(text.as_ref()?.as_bytes())))
        })
        .collect();
    lines.sort();
    lines.join("\n")
}
