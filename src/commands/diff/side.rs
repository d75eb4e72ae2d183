//! One side of a comparison. Its kind is detected from its content.

use crate::context::Context;
use anyhow::{Context as _, Result};
use libchar_campaign::inputs;
use libchar_core::fault::Places;
use libchar_core::hash::sha256;
use libchar_core::number::shortest;
use libchar_core::{Fault, Faults, Table, input};
use libchar_diffusion::format::{MeasuredProfile, is_profile, parse_profile};
use libchar_history::History;
use libchar_liberty::QuantityValue;
use libchar_pages::diff::{self, Content, Entry, reasons};
use libchar_report::Results;
use serde_json::Value;
use std::fs;
use std::path::Path;

/// One side.
pub struct Side {
    /// As the user named it.
    pub name: String,
    /// Its kind, for messages: `a domain`, `run 20260102…`.
    pub what: String,
    /// The kind of data in it; only sides with the same word can be compared.
    pub family: String,
    pub entries: Vec<Entry>,
    /// The inputs that determined its values, by kind and name, as digests and versions.
    pub reasons: reasons::Recorded,
    /// Whether limits were applied to it.
    pub judged: bool,
    /// Statistics of its samples, which are compared if both sides have some.
    pub spread: Vec<Entry>,
    /// A depth profile, which is compared by the figures read off it.
    pub profile: Option<MeasuredProfile>,
}

/// Values at points, the family of runs, domains, sets, results and reports.
const POINTS: &str = "values at points";

pub fn read(name: &str, ctx: &Context) -> Result<Side> {
    let path = Path::new(name);
    if path.is_dir() {
        return folder(name, path, ctx);
    }
    if name != "-" && !path.exists() && looks_like_run(name) {
        return run(name, ctx);
    }
    let source = ctx.read(name)?;
    if !name.ends_with(".lib") && is_profile(&source.bytes) {
        let mut found = side(name, "a depth profile", "depth profiles", Vec::new());
        found.profile = Some(parse_profile(name, &source.bytes)?);
        return Ok(found);
    }
    let text = input::text(name, &source.bytes).map_err(Faults::from)?;
    match text.trim_start().as_bytes() {
        [b'{', ..] | [b'[', ..] if !name.ends_with(".lib") => json(name, &source.bytes, text),
        _ if name.ends_with(".lib") || is_liberty(text) => liberty(name, text),
        _ => csv(name, &source.bytes),
    }
}

/// Whether a name looks like a run of the history: its number, the beginning of the number, or
/// `latest`.
fn looks_like_run(name: &str) -> bool {
    name == "latest" || name.starts_with(|c: char| c.is_ascii_digit()) && !name.contains(['/', '.'])
}

/// Whether the text of a file without an ending begins like a Liberty library, after comments.
fn is_liberty(text: &str) -> bool {
    let mut rest = text.trim_start();
    while let Some(comment) = rest.strip_prefix("/*") {
        rest = comment.split_once("*/").map_or("", |(_, after)| after.trim_start());
    }
    rest.strip_prefix("library").is_some_and(|after| after.trim_start().starts_with('('))
}

fn side(name: &str, what: &str, family: impl Into<String>, entries: Vec<Entry>) -> Side {
    let judged = entries.iter().any(|entry| !entry.verdict.is_empty());
    Side {
        name: name.to_owned(),
        what: what.to_owned(),
        family: family.into(),
        entries,
        reasons: reasons::Recorded::new(),
        judged,
        spread: Vec::new(),
        profile: None,
    }
}

/// Reads a domain or a backup set: its report, or its results if it has no report.
fn folder(name: &str, path: &Path, ctx: &Context) -> Result<Side> {
    let is_set =
        path.file_name().and_then(|name| name.to_str()).is_some_and(libchar_archive::is_set_name);
    let what = if is_set { "a backup set" } else { "a domain" };
    let (report, results) = (path.join("creport.json"), path.join("results.csv"));
    let mut found = if report.is_file() {
        let file = report.display().to_string();
        let source = ctx.read(&file)?;
        let text = input::text(&file, &source.bytes).map_err(Faults::from)?;
        json(&file, &source.bytes, text)?
    } else if results.is_file() {
        let file = results.display().to_string();
        csv(&file, &ctx.read(&file)?.bytes)?
    } else {
        let fault = Fault::of(name, "the folder holds neither creport.json nor results.csv");
        return Err(Faults::from(fault.expected("a domain or a backup set with results")).into());
    };
    let is_newer = |a: &Path, b: &Path| {
        let time = |path: &Path| fs::metadata(path).and_then(|data| data.modified()).ok();
        time(a).zip(time(b)).is_some_and(|(a, b)| a > b)
    };
    if report.is_file() && is_newer(&results, &report) {
        ctx.log.warning("diff", format!("{name}: results.csv is newer than creport.json, which was compared; `libchar srt` renews it"));
    }
    (found.name, found.what) = (name.to_owned(), what.to_owned());
    found.reasons = inputs::of_folder(
        path,
        |key| ctx.config.text(key).map(str::to_owned),
        |file| ctx.depends(file),
    )?;
    Ok(found)
}

fn run(id: &str, ctx: &Context) -> Result<Side> {
    let path = ctx.history_path()?;
    let database = History::read(&path)
        .with_context(|| format!("`{id}` is not a file, and no history lists it"))?;
    let Some(job) = database.job(id)? else {
        let fault = Fault::of(id, "neither a file nor the number of one run in the history");
        return Err(Faults::from(
            fault.expected("a file, a folder, or a number that `libchar history` lists"),
        )
        .into());
    };
    let results = database.results(&job.job_id)?;
    if results.is_empty() {
        let fault = Fault::of(id, format!("the run of `{}` recorded no results", job.command));
        return Err(
            Faults::from(fault.expected("a run of `ext`, `flow`, `diffuse` or `metro`")).into()
        );
    }
    let entry = |row: libchar_history::ResultRow| Entry {
        unit: row.unit.unwrap_or_default().into(),
        status: row.status,
        ..Entry::new(
            row.point.unwrap_or_default(),
            row.measure,
            row.value.map_or(Content::Nothing, Content::Number),
        )
    };
    let entries: Vec<Entry> = results.into_iter().map(entry).collect();
    let has_points = entries.iter().any(|entry| !entry.place.is_empty());
    let family = if has_points { POINTS.to_owned() } else { format!("results of {}", job.command) };
    let mut found = side(id, &format!("run {} of `{}`", job.job_id, job.command), family, entries);
    for input in database.inputs(&job.job_id)? {
        found.reasons.insert((input.kind, input.name), input.digest);
    }
    if let Some(recipe) = &job.recipe {
        found.reasons.insert(("recipe".to_owned(), "input".to_owned()), sha256(recipe.as_bytes()));
    }
    found.reasons.insert(("libchar".to_owned(), "version".to_owned()), job.version);
    Ok(found)
}

fn json(name: &str, bytes: &[u8], text: &str) -> Result<Side> {
    let document: Value = match serde_json::from_str(text) {
        Ok(document) => document,
        // JSON lines written by `ext`.
        Err(_) if text.contains("\"measure\"") && text.lines().count() > 1 => {
            return results(name, bytes);
        }
        Err(error) => return Err(Faults::from(Fault::json(name, &error)).into()),
    };
    let schema =
        document.get("schema").and_then(|schema| schema.get("name")).and_then(Value::as_str);
    Ok(match schema {
        Some("libchar.creport") => {
            let found = side(name, "a report", POINTS, diff::report(&document));
            Side { spread: diff::spread(&document), ..found }
        }
        Some("libchar.results") => results(name, bytes)?,
        Some("libchar.metro") => {
            let method = document.get("method").and_then(Value::as_str).unwrap_or_default();
            side(
                name,
                &format!("a measurement by {method}"),
                format!("measurements by {method}"),
                diff::metro(&document),
            )
        }
        Some(schema) => {
            side(name, &format!("a document {schema}"), schema, diff::document(&document))
        }
        None if document.is_object() => side(
            name,
            "a JSON document without a schema",
            "JSON without a schema",
            diff::document(&document),
        ),
        None => results(name, bytes)?,
    })
}

fn results(name: &str, bytes: &[u8]) -> Result<Side> {
    let results = Results::parse(name, bytes)?;
    let mut entries = Vec::with_capacity(results.rows.len());
    for row in results.rows {
        let steps = results.sweep.iter().zip(&row.sweep);
        let steps: Vec<String> = steps
            .filter_map(|(name, value)| Some(format!("{name}={}", shortest((*value)?))))
            .collect();
        entries.push(Entry {
            at: diff::position(row.alter.into(), &steps.join(",")),
            status: row.status,
            ..Entry::new(
                row.point,
                row.measure,
                row.value.map_or(Content::Nothing, Content::Number),
            )
        });
    }
    Ok(side(name, "a results table", POINTS, entries))
}

fn csv(name: &str, bytes: &[u8]) -> Result<Side> {
    let table = Table::parse(name, bytes)?;
    if ["point", "measure", "value", "status"]
        .iter()
        .all(|column| table.find_column(column).is_some())
    {
        return results(name, bytes);
    }
    if table.columns.len() < 2 || table.is_empty() {
        let fault =
            Fault::of(name, "neither a table with rows and columns, nor a document, nor a library");
        return Err(Faults::from(fault.expected("one of: a domain, a set, a run, results.csv, creport.json, a .lib file, a CSV table, a JSON document")).into());
    }
    let first = &table.columns[0];
    let what = format!("a table of {first}");
    Ok(side(name, &what, &what, diff::table(&table)))
}

fn liberty(name: &str, text: &str) -> Result<Side> {
    let document = libchar_liberty::read(name, text)?;
    let quantities = libchar_liberty::quantities(document.library()).map_err(|(at, found)| {
        Faults::from(
            Places::of(text)
                .fault(name, at, found)
                .expected("a table that `libchar lib check` finds no error in"),
        )
    })?;
    let entry = |quantity: libchar_liberty::Quantity| Entry {
        at: quantity.at,
        unit: quantity.unit.into(),
        scale: quantity.scale,
        ..Entry::new(
            quantity.place,
            quantity.measure,
            match quantity.value {
                QuantityValue::Number(value) => Content::Number(value),
                QuantityValue::Text(text) => Content::Text(text),
            },
        )
    };
    Ok(side(
        name,
        "a Liberty library",
        "Liberty libraries",
        quantities.into_iter().map(entry).collect(),
    ))
}
