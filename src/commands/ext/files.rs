//! `ext FILE...`: reads given measure files and logs into one table.

use crate::context::Context;
use crate::exit::Outcome;
use anyhow::Result;
use libchar_campaign::readings::prints;
use libchar_core::{Fault, Faults};
use libchar_engine::measure::printed;
use libchar_engine::measure::stale::{self, Found, Run};
use libchar_engine::measure::{self, FileName, Measures};
use libchar_report::{ResultRow, Results};
use serde_json::json;
use std::fs;
use std::path::Path;

/// Prints the measures of files; the path of each is the point of its rows.
pub fn convert(files: &[String], print: &[String], ctx: &Context) -> Result<Outcome> {
    ctx.begin("ext files", json!({ "files": files }));
    let mut found = Vec::new();
    let mut faults = Vec::new();
    let mut read = Vec::new();
    let mut prints = prints(&ctx.config);
    prints.extend(print.iter().map(|name| printed::normal(name)));
    for path in files {
        let name =
            Path::new(path).file_name().and_then(|name| name.to_str()).and_then(FileName::parse);
        let alter = name.as_ref().map_or(1, FileName::alter);
        let source = ctx.read(path)?;
        if let (Some(name), Ok(metadata)) = (name, fs::metadata(path)) {
            let stem = Path::new(path).with_file_name(&name.stem).display().to_string();
            let name = FileName { stem, ..name };
            found.push(Found { path: path.clone(), name, modified: metadata.modified()? });
        }
        match measure::parse(&source.name, &source.bytes, alter, &prints) {
            Ok(measures) if measures.rows.is_empty() => {
                let fault = Fault::of(path, "no measure is in this file");
                faults.push(fault.expected("the log of a deck with .meas, or a measure file"));
            }
            Ok(measures) => read.push((path, measures)),
            Err(more) => faults.extend(more.into_vec()),
        }
    }
    faults.extend(stale::stale(&found, Run::default()));
    faults.extend(named_twice(files));
    Faults::or((), faults)?;
    let results = tidy(&read);
    ctx.print(&results.frame())?;
    Ok(Outcome::found(results.faulty()))
}

fn named_twice(files: &[String]) -> Vec<Fault> {
    let mut seen = std::collections::BTreeSet::new();
    let twice = files.iter().filter(|file| !seen.insert(*file));
    twice
        .map(|file| Fault::of(file, "the file is named twice").expected("each file once"))
        .collect()
}

fn tidy(read: &[(&String, Measures)]) -> Results {
    let mut results = Results::default();
    for name in read.iter().flat_map(|(_, measures)| &measures.sweep) {
        if !results.sweep.contains(name) {
            results.sweep.push(name.clone());
        }
    }
    for (path, measures) in read {
        for row in &measures.rows {
            let step = |name: &String| {
                let index = measures.sweep.iter().position(|swept| swept == name)?;
                row.sweep.get(index).copied().filter(|value| value.is_finite())
            };
            results.rows.push(ResultRow {
                point: (*path).clone(),
                corner: String::new(),
                extraction: String::new(),
                temp_c: row.temp_c,
                supply: String::new(),
                alter: row.alter,
                measure: row.name.clone(),
                value: row.value,
                status: row.status.word().to_owned(),
                sample: None,
                preset: None,
                sweep: results.sweep.iter().map(step).collect(),
            });
        }
    }
    results
}
