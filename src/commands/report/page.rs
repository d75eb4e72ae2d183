//! `report --html`, `--junit`, `--markdown`: gathers the documents, which `libchar_pages` renders.

use super::library;
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::{Context as _, Result};
use clap::{Args, ValueEnum};
use libchar_campaign::said::Said;
use libchar_core::hash::sha256;
use libchar_core::{Fault, Faults, Table, input};
use libchar_pages::input::DomainInputs;
use libchar_pages::model::Domain;
use libchar_pages::{Inputs, Named, junit, markdown};
use serde_json::{Map, Value};
use std::path::{Component, Path, PathBuf};

/// The report as a page or a summary
#[derive(Args)]
pub struct PageArgs {
    /// Write one self-contained HTML page
    #[arg(long, value_name = "FILE")]
    html: Option<String>,
    /// Write the limits as test cases in JUnit XML
    #[arg(long, value_name = "FILE")]
    junit: Option<String>,
    /// Print a summary in Markdown, for a merge request
    #[arg(long)]
    markdown: bool,
    /// Compare with this domain, backup set, creport.json or Liberty file
    #[arg(long, value_name = "DIR|FILE")]
    against: Option<PathBuf>,
    /// Links from the page to decks and logs
    #[arg(long, value_enum, default_value_t = Links::Relative)]
    links: Links,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Links {
    /// Relative to the page's folder
    Relative,
    /// No links
    None,
}

impl PageArgs {
    /// Whether any form of this module is requested.
    pub fn wanted(&self) -> bool {
        self.html.is_some() || self.junit.is_some() || self.markdown || self.against.is_some()
    }
}

const REPORT: &str = "creport.json";

/// Writes the requested forms. `meanwhile` runs in parallel with making the page, which takes long
/// for many points.
pub fn run(
    args: &PageArgs,
    files: &[String],
    measures: &[String],
    ctx: &Context,
    meanwhile: impl FnOnce(),
) -> Result<Outcome> {
    if args.html.is_none() && args.junit.is_none() && !args.markdown {
        return Err(Usage("--against belongs to --html or --markdown".to_owned()).into());
    }
    ctx.look("report");
    let libraries = if files.is_empty() { libraries(ctx)? } else { Vec::new() };
    let files = if libraries.is_empty() { files } else { &libraries };
    let mut documents = documents(files, args, ctx)?;
    let domain =
        match documents.iter().position(|document| schema(&document.value) == "libchar.creport") {
            Some(at) => Some(documents.remove(at)),
            None if files.is_empty() => {
                Some(document(REPORT, ctx).context("no report: run `libchar srt` first")?)
            }
            None => None,
        };
    let mut inputs = Inputs {
        title: title(),
        domain: domain.map(|creport| gather(creport, args, measures, ctx)).transpose()?,
        documents,
        links: links(args),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    };
    if inputs.domain.is_none() {
        inputs.title = files.join(", ");
    }
    let mut found = false;
    let page = std::thread::scope(|scope| {
        let page = args.html.as_ref().map(|_| scope.spawn(|| libchar_pages::page(&inputs)));
        meanwhile();
        page.map(|page| page.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    });
    if let (Some(file), Some(page)) = (&args.html, page.transpose()?) {
        found |= page.found;
        ctx.write(file, page.html.as_bytes())?;
    }
    if args.junit.is_some() || args.markdown {
        found |= summaries(&inputs, args, ctx)?;
    }
    Ok(Outcome::found(usize::from(found)))
}

/// Writes JUnit and Markdown, which exist only for a domain.
fn summaries(inputs: &Inputs, args: &PageArgs, ctx: &Context) -> Result<bool> {
    let Some(domain) = &inputs.domain else {
        return Err(Usage("--junit and --markdown need a report of a domain".to_owned()).into());
    };
    let read = Domain::read(domain);
    if let Some(file) = &args.junit {
        ctx.write(file, junit::junit(&inputs.title, &read).as_bytes())?;
    }
    if args.markdown {
        let old = domain.against.as_ref().map(|against| {
            let points = domain.points.clone();
            Domain::read(&DomainInputs {
                creport: against.value.clone(),
                points,
                ..DomainInputs::default()
            })
        });
        ctx.write("-", markdown::markdown(&inputs.title, &read, old.as_ref()).as_bytes())?;
    }
    Ok(read.failed())
}

fn documents(files: &[String], args: &PageArgs, ctx: &Context) -> Result<Vec<Named>> {
    let read = |file: &String| {
        if !library::is_liberty(file) {
            return document(file, ctx);
        }
        // In a folder, the file with the same name is meant.
        let beside = |place: &PathBuf| match (place.is_dir(), Path::new(file).file_name()) {
            (true, Some(name)) => place.join(name),
            _ => place.clone(),
        };
        let against = args.against.as_ref().map(|place| beside(place).display().to_string());
        library::document(file, against.as_deref(), ctx)
    };
    files.iter().map(read).collect()
}

/// The Liberty files in the folder of a library without a report of points; empty elsewhere.
fn libraries(ctx: &Context) -> Result<Vec<String>> {
    let description = libchar_cells::config::FILE;
    if Path::new(REPORT).exists() || !Path::new(description).exists() {
        return Ok(Vec::new());
    }
    let source = ctx.read(description)?;
    let config = libchar_cells::config::parse(description, &source.bytes)?;
    let names = config
        .pvt
        .iter()
        .map(|pvt| format!("{}.lib", libchar_cells::emit::library_name(&config, pvt)));
    let found: Vec<String> = names.filter(|name| Path::new(name).exists()).collect();
    if found.is_empty() {
        let fault = Fault::of(description, "no Liberty file of this library is here");
        return Err(Faults::from(fault.expected("those that `libchar lib` writes")).into());
    }
    Ok(found)
}

fn document(file: &str, ctx: &Context) -> Result<Named> {
    let source = ctx.read(file)?;
    let text = input::text(file, &source.bytes).map_err(Faults::from)?;
    let value = serde_json::from_str(text).map_err(|error| {
        Faults::from(Fault::json(file, &error).expected("a JSON document that libchar wrote"))
    })?;
    Ok(Named { name: file.to_owned(), value })
}

fn schema(document: &Value) -> &str {
    document
        .get("schema")
        .and_then(|schema| schema.get("name"))
        .and_then(Value::as_str)
        .unwrap_or_default()
}

/// The domain's name, which is that of its folder.
fn title() -> String {
    let here = std::env::current_dir().unwrap_or_default();
    here.file_name().map_or_else(|| "domain".to_owned(), |name| name.to_string_lossy().into_owned())
}

/// Gathers the files of the domain beside a report. Without a file its section is left out.
fn gather(
    mut creport: Named,
    args: &PageArgs,
    measures: &[String],
    ctx: &Context,
) -> Result<DomainInputs> {
    let folder = Path::new(&creport.name).parent().unwrap_or(Path::new("")).to_owned();
    if !measures.is_empty() {
        only(&mut creport.value, measures)?;
    }
    let points = rows(&folder.join("points.csv"), ctx)?;
    let run = rows(&folder.join("run.csv"), ctx)?;
    let stem =
        points.first().and_then(|row| row.get("deck")).and_then(Value::as_str).and_then(|deck| {
            Path::new(deck).file_stem().map(|stem| stem.to_string_lossy().into_owned())
        });
    let specs = ctx.config.section("specs");
    let titles = specs.iter().filter_map(|(measure, spec)| {
        Some((measure.clone(), spec.as_table()?.get("title")?.as_str()?.to_owned()))
    });
    Ok(DomainInputs {
        titles: titles.collect(),
        attempts: attempts(&folder.join(".libchar/run/attempts.jsonl"), ctx),
        against: args.against.as_deref().map(|against| baseline(against, ctx)).transpose()?,
        stem: stem.unwrap_or_default(),
        provenance: provenance(&folder, &points, ctx),
        creport: creport.value,
        points,
        run,
    })
}

/// Keeps only the measures with these names.
fn only(creport: &mut Value, names: &[String]) -> Result<()> {
    let Some(measures) = creport.get_mut("measures").and_then(Value::as_array_mut) else {
        return Ok(());
    };
    let name = |measure: &Value| {
        measure.get("measure").and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let known: Vec<String> = measures.iter().map(name).collect();
    let unknown =
        names.iter().filter(|wanted| !known.iter().any(|k| k.eq_ignore_ascii_case(wanted)));
    let faults = unknown.map(|wanted| {
        Fault::of("--measure", format!("unknown measure `{wanted}`"))
            .one_of(wanted, known.iter().map(String::as_str))
    });
    Faults::or((), faults.collect())?;
    let wanted = |measure: &Value| names.iter().any(|n| name(measure).eq_ignore_ascii_case(n));
    measures.retain(wanted);
    let sampled = creport.get_mut("statistics").and_then(|of| of.get_mut("measures"));
    if let Some(sampled) = sampled.and_then(Value::as_array_mut) {
        sampled.retain(wanted);
    }
    Ok(())
}

/// The rows of a CSV file as objects; empty if the file does not exist.
fn rows(path: &Path, ctx: &Context) -> Result<Vec<Value>> {
    if !path.is_file() {
        return Ok(Vec::new());
    }
    let name = path.to_string_lossy().into_owned();
    let source = ctx.read(&name)?;
    let table = Table::parse_csv(&name, &source.bytes)?;
    let row = |row: usize| {
        let cell =
            |(column, name): (usize, &String)| (name.clone(), Value::from(table.cell(row, column)));
        Value::Object(table.columns.iter().enumerate().map(cell).collect::<Map<_, _>>())
    };
    Ok((0..table.len()).map(row).collect())
}

/// The list of attempts, without a line that is incomplete because libchar was killed.
fn attempts(path: &Path, ctx: &Context) -> Vec<Value> {
    let Ok(text) = std::fs::read_to_string(path) else { return Vec::new() };
    ctx.depends(path);
    text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

fn baseline(against: &Path, ctx: &Context) -> Result<Named> {
    let file = if against.is_dir() { against.join(REPORT) } else { against.to_owned() };
    let mut document = document(&file.to_string_lossy(), ctx)?;
    if schema(&document.value) != "libchar.creport" {
        let fault = Fault::of(document.name, "this is not a report of a domain");
        return Err(Faults::from(fault.expected("a creport.json that `libchar srt` wrote")).into());
    }
    document.name = against
        .file_name()
        .map_or_else(|| "baseline".to_owned(), |name| name.to_string_lossy().into_owned());
    Ok(document)
}

/// Versions and digests; a missing file has no row.
fn provenance(folder: &Path, points: &[Value], ctx: &Context) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    let point = points.first().and_then(|row| row.get("point")).and_then(Value::as_str);
    let said = point.and_then(|point| Said::read(&folder.join(point)));
    rows.extend(said.and_then(|said| Some(("simulator".to_owned(), said.version?))));
    let template = ctx.config.text("template.path").unwrap_or("template/sim_tx.sp").to_owned();
    for name in ["config.cfg", "libchar.toml", &template, "points.csv", "results.csv", REPORT] {
        let path = folder.join(name);
        if let Ok(bytes) = std::fs::read(&path) {
            ctx.depends(&path);
            rows.push((name.to_owned(), format!("sha256 {}", sha256(&bytes))));
        }
    }
    rows
}

/// The path from the page's folder to the domain, if the page is in the domain or beside it.
fn links(args: &PageArgs) -> Option<String> {
    let file = args.html.as_deref().filter(|file| *file != "-")?;
    if args.links == Links::None {
        return None;
    }
    let folder = Path::new(file).parent().unwrap_or(Path::new(""));
    if folder.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
        let depth = folder.components().filter(|part| matches!(part, Component::Normal(_))).count();
        return Some("../".repeat(depth));
    }
    let here = std::env::current_dir().ok()?.canonicalize().ok()?;
    let folder = folder.canonicalize().ok()?;
    let shared = here.components().zip(folder.components()).take_while(|(a, b)| a == b).count();
    let up = "../".repeat(folder.components().count() - shared);
    let down: Vec<String> = here
        .components()
        .skip(shared)
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .collect();
    let path = if down.is_empty() { up } else { format!("{up}{}/", down.join("/")) };
    path.chars().all(|c| c.is_alphanumeric() || "./-_".contains(c)).then_some(path)
}
