use super::input::load;
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::{Context as _, Result};
use clap::Args;
use libchar_core::Faults;
use libchar_diffusion::golden::{self, Comparison, compare};
use rayon::prelude::*;
use serde_json::json;
use std::path::Path;
use walkdir::WalkDir;

const EXAMPLES: &str = "\
A golden recipe has two more tables:
  [expect]               figure = value, or figure = { value = , tol_pct = }; `tol_pct = 2` sets it for all other figures
  [origin]               kind = analytic, suprem4, tsuprem4 or independent; source = which formula or run

Examples:
  libchar diffuse check examples/golden
  libchar diffuse check examples/golden --junit golden.xml --format json > golden.json";

/// Run golden recipes and compare their figures with the expected values; exit 1 if one differs
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Check {
    /// Recipes, or folders of recipes
    #[arg(required = true, value_name = "DIR|FILE")]
    paths: Vec<String>,
    /// Write the result as JUnit XML
    #[arg(long, value_name = "FILE")]
    junit: Option<String>,
}

pub fn run(args: Check, ctx: &Context) -> Result<Outcome> {
    let files = recipes(&args.paths)?;
    if files.is_empty() {
        return Err(Usage(format!("no recipes (*.toml) in {}", args.paths.join(", "))).into());
    }
    ctx.begin("diffuse check", json!({ "paths": args.paths, "recipes": files.len() }));
    for file in &files {
        ctx.depends(Path::new(file));
    }
    let compared: Vec<Result<Vec<Comparison>>> =
        files.par_iter().map(|file| compared(file)).collect();
    let compared: Vec<Comparison> =
        compared.into_iter().collect::<Result<Vec<_>>>()?.into_iter().flatten().collect();
    ctx.print(&golden::frame(&compared))?;
    if let Some(path) = &args.junit {
        ctx.write(path, golden::junit(&compared).as_bytes())?;
    }
    let different = compared.iter().filter(|c| !c.ok()).count();
    ctx.log.info(
        "check",
        format!("{} recipes, {} figures, {different} differ", files.len(), compared.len()),
    );
    Ok(Outcome::found(different))
}

/// The recipes that the arguments name, in the order of the arguments and then of file names.
fn recipes(paths: &[String]) -> Result<Vec<String>> {
    let mut files = Vec::new();
    for path in paths {
        if !Path::new(path).is_dir() {
            files.push(path.clone());
            continue;
        }
        for entry in WalkDir::new(path).sort_by_file_name() {
            let entry = entry.with_context(|| format!("cannot list {path}"))?;
            if entry.path().extension().is_some_and(|e| e == "toml") {
                files.push(entry.path().display().to_string());
            }
        }
    }
    Ok(files)
}

/// Compares one recipe. Only a file that cannot be read is an error; any other fault becomes a row.
fn compared(file: &str) -> Result<Vec<Comparison>> {
    let bytes =
        std::fs::read(file).map_err(|e| Faults::from(libchar_files::unreadable(file, &e)))?;
    Ok(match load(file, &bytes) {
        Ok(loaded) => compare(&loaded),
        Err(faults) => vec![Comparison::fault(file, faults.to_string())],
    })
}
