//! Baseline files: frozen limits as JSON documents, of one chart or of many.

use super::columns;
use super::options::DataArgs;
use crate::context::Context;
use anyhow::Result;
use libchar_core::{Fault, Faults, frame};
use libchar_spc::baseline::{Baseline, Baselines};
use libchar_spc::chart::Kind;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Name and version of the document of one chart.
pub const SCHEMA: (&str, u32) = ("libchar.spc-baseline", 1);
/// Name and version of that of many.
pub const SET: (&str, u32) = ("libchar.spc-baselines", 1);

/// Writes a baseline as its document.
pub fn document(baseline: &Baseline) -> Value {
    frame::document(SCHEMA.0, SCHEMA.1, json!(baseline))
}

/// Writes the baselines of many charts.
pub fn document_of_many(baselines: &Baselines) -> Value {
    frame::document(SET.0, SET.1, json!(baselines))
}

/// Reads a baseline file.
///
/// # Errors
/// Anything that is not such a document, with its place.
pub fn read(ctx: &Context, file: &str) -> Result<Baseline> {
    parse(file, &ctx.read(file)?.bytes)
}

/// Reads a baseline from the bytes of a file.
///
/// # Errors
/// As [`read`].
pub fn parse(file: &str, bytes: &[u8]) -> Result<Baseline> {
    let origin = "a baseline that `libchar spc limits` wrote";
    Ok(libchar_core::document::read(file, bytes, SCHEMA, origin)?)
}

/// Limits of one chart or of many.
pub struct Frozen {
    set: Baselines,
    /// Place of the limits of a group and its columns.
    places: BTreeMap<(Vec<String>, Vec<String>), usize>,
}

/// Whether a file holds the limits of many charts.
///
/// # Errors
/// A file that cannot be read.
pub fn is_set(ctx: &Context, file: &str) -> Result<bool> {
    let source = ctx.read(file)?;
    Ok(is_set_document(&source.bytes))
}

fn is_set_document(bytes: &[u8]) -> bool {
    let head: Result<Head, _> = serde_json::from_slice(bytes);
    head.is_ok_and(|head| head.schema.name == SET.0)
}

#[derive(serde::Deserialize)]
struct Head {
    schema: Name,
}

#[derive(serde::Deserialize)]
struct Name {
    name: String,
}

/// Reads the limits of one chart or of many.
///
/// # Errors
/// As [`read`]; a file without limits.
pub fn read_any(ctx: &Context, file: &str) -> Result<Frozen> {
    let source = ctx.read(file)?;
    let set: Baselines = match is_set_document(&source.bytes) {
        true => {
            let origin = "baselines that `libchar spc limits` wrote";
            libchar_core::document::read(file, &source.bytes, SET, origin)?
        }
        false => {
            let baseline = parse(file, &source.bytes)?;
            let one = libchar_spc::baseline::OfGroup { group: Vec::new(), baseline };
            Baselines { baselines: vec![one], ..Baselines::default() }
        }
    };
    let mut faults = Vec::new();
    if set.baselines.is_empty() {
        faults.push(Fault::of(file, "the file holds no limits"));
    }
    let mut places = BTreeMap::new();
    for (place, one) in set.baselines.iter().enumerate() {
        if one.group.len() != set.by.len() {
            let found = format!(
                "group {} has {} names for {} columns",
                place + 1,
                one.group.len(),
                set.by.len()
            );
            faults.push(Fault::of(file, found));
        }
        if let Err(error) = one.baseline.check(&one.baseline.columns, one.baseline.subgroup_size) {
            faults.push(Fault::of(file, error.to_string()));
        }
        if places.insert((one.group.clone(), one.baseline.columns.clone()), place).is_some() {
            let name = one.baseline.columns.join(",");
            faults.push(Fault::of(
                file,
                format!("`{name}` of group {} stands twice", one.group.join(" ")),
            ));
        }
    }
    Ok(Faults::or(Frozen { set, places }, faults)?)
}

impl Frozen {
    /// The first of the limits: all share its design where one command made them.
    pub fn first(&self) -> &Baseline {
        &self.set.baselines[0].baseline
    }

    /// Columns that make the groups.
    pub fn by(&self) -> &[String] {
        &self.set.by
    }

    /// All limits with their groups.
    pub fn all(&self) -> &[libchar_spc::baseline::OfGroup] {
        &self.set.baselines
    }

    /// The limits of a group and its columns.
    pub fn of(&self, group: &[String], columns: &[String]) -> Option<&Baseline> {
        let key = (group.to_vec(), columns.to_vec());
        self.places.get(&key).map(|place| &self.set.baselines[*place].baseline)
    }

    /// Takes from the limits what the caller left open: groups, columns and subgroups.
    pub fn adopt(&self, args: &DataArgs) -> DataArgs {
        let mut adopted = args.clone();
        let names_none = adopted.columns.is_empty() && adopted.patterns.is_empty();
        if adopted.by.is_empty() {
            adopted.by.clone_from(&self.set.by);
        }
        if names_none {
            let mut columns: Vec<String> = Vec::new();
            for one in &self.set.baselines {
                for name in &one.baseline.columns {
                    if !columns.contains(name) {
                        columns.push(name.clone());
                    }
                }
            }
            adopted.columns = columns;
        }
        let columns = std::mem::take(&mut adopted.columns);
        let mut own = adopted.adopt(self.first());
        own.columns = columns;
        own
    }

    /// Says which limits were not asked for.
    pub fn tell_unused<'a>(
        &self,
        ctx: &Context,
        charted: impl Iterator<Item = (&'a Vec<String>, &'a Vec<String>)>,
    ) {
        let used: std::collections::BTreeSet<(&Vec<String>, &Vec<String>)> = charted.collect();
        let unused: Vec<String> = self
            .set
            .baselines
            .iter()
            .filter(|one| !used.contains(&(&one.group, &one.baseline.columns)))
            .map(|one| {
                format!("{} {}", one.baseline.columns.join(","), one.group.join(" "))
                    .trim()
                    .to_owned()
            })
            .collect();
        if !unused.is_empty() {
            let names: Vec<&str> = unused.iter().map(String::as_str).collect();
            let message = format!("limits without data: {}", columns::list(&names));
            ctx.log.info("baseline", message);
        }
    }
}

/// Refuses the baseline of another kind of chart than was asked for.
pub fn check_kind(baseline: &Baseline, asked: Option<Kind>, file: &str) -> Result<()> {
    let made_for = baseline.design.chart;
    match asked {
        Some(asked) if asked != made_for => {
            let found = format!("the baseline is of chart {}", made_for.name());
            let fault = Fault::of(file, found).expected(format!("one of chart {}", asked.name()));
            Err(Faults::from(fault).into())
        }
        _ => Ok(()),
    }
}
