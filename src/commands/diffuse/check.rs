use super::input::Loaded;
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use anyhow::{Context as _, Result};
use clap::Args;
use libchar_core::{Cell, Faults, Frame, input};
use rayon::prelude::*;
use serde_json::json;
use std::fmt::Write;
use std::path::Path;
use walkdir::WalkDir;

const EXAMPLES: &str = "\
A golden recipe has two more tables:
  [expect]               figure = value, or figure = { value = , tol_pct = }; tol_pct = 2 for all others
  [origin]               kind = analytic, suprem4, tsuprem4 or independent; source = which formula or run

Examples:
  libchar diffuse check examples/golden
  libchar diffuse check examples/golden --junit golden.xml --format json > golden.json";

/// Run golden recipes and compare their figures with what they expect; exit 1 on a difference
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub struct Check {
    /// Recipes, and folders whose recipes are meant
    #[arg(required = true, value_name = "DIR|FILE")]
    paths: Vec<String>,
    /// Write the result as JUnit XML
    #[arg(long, value_name = "FILE")]
    junit: Option<String>,
}

/// One figure of one recipe against what it should be.
struct Comparison {
    recipe: String,
    figure: String,
    expected: Option<f64>,
    actual: Option<f64>,
    tol_pct: Option<f64>,
    origin: String,
    fault: Option<String>,
}

impl Comparison {
    fn diff_pct(&self) -> Option<f64> {
        let (expected, actual) = (self.expected?, self.actual?);
        if expected == 0.0 {
            return (actual == 0.0).then_some(0.0);
        }
        Some(100.0 * (actual - expected) / expected)
    }

    fn ok(&self) -> bool {
        let inside = self.diff_pct().zip(self.tol_pct).is_some_and(|(diff, tol)| diff.abs() <= tol);
        self.fault.is_none() && inside
    }
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
        files.par_iter().map(|file| compare(file)).collect();
    let compared: Vec<Comparison> =
        compared.into_iter().collect::<Result<Vec<_>>>()?.into_iter().flatten().collect();
    let columns =
        ["recipe", "figure", "expected", "actual", "diff_pct", "tol_pct", "ok", "origin", "fault"];
    let mut frame = Frame::new("libchar.diffuse-check", 1, columns);
    for c in &compared {
        frame.push(vec![
            c.recipe.as_str().into(),
            c.figure.as_str().into(),
            c.expected.into(),
            c.actual.into(),
            c.diff_pct().into(),
            c.tol_pct.into(),
            c.ok().into(),
            c.origin.as_str().into(),
            Cell::from(c.fault.clone()),
        ]);
    }
    ctx.print(&frame)?;
    if let Some(path) = &args.junit {
        ctx.write(path, junit(&compared).as_bytes())?;
    }
    let different = compared.iter().filter(|c| !c.ok()).count();
    ctx.log.info(
        "check",
        format!("{} recipes, {} figures, {different} differ", files.len(), compared.len()),
    );
    Ok(Outcome::found(different))
}

/// The recipes meant, in the order of the arguments and of their names.
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

/// Runs one recipe. Only a file that cannot be read stops the others; all else is a row.
fn compare(file: &str) -> Result<Vec<Comparison>> {
    let bytes = std::fs::read(file).map_err(|e| Faults::from(input::unreadable(file, &e)))?;
    let row = |fault: String| Comparison {
        recipe: file.to_owned(),
        figure: String::new(),
        expected: None,
        actual: None,
        tol_pct: None,
        origin: String::new(),
        fault: Some(fault),
    };
    let simulated = match Loaded::new(file, &bytes).and_then(|l| l.simulate(&l.document)) {
        Ok(simulated) => simulated,
        Err(error) => return Ok(vec![row(crate::exit::explain(&error))]),
    };
    let Some(origin) = simulated.parsed.origin.as_ref().filter(|o| !o.source.is_empty()) else {
        return Ok(vec![row(
            "no [origin] with its source: nobody knows where the values come from".to_owned(),
        )]);
    };
    if simulated.parsed.expectations.is_empty() {
        return Ok(vec![row("no [expect]: nothing to compare".to_owned())]);
    }
    let origin = format!("{}: {}", origin.kind, origin.source);
    let rows = simulated.parsed.expectations.iter().map(|expected| {
        let (actual, fault) = match simulated.figures.get(&expected.figure) {
            Ok(actual) => (actual, None),
            Err(unknown) => (None, Some(unknown.to_string())),
        };
        Comparison {
            recipe: file.to_owned(),
            figure: expected.figure.clone(),
            expected: Some(expected.value),
            actual,
            tol_pct: Some(expected.tol_pct),
            origin: origin.clone(),
            fault,
        }
    });
    Ok(rows.collect())
}

/// JUnit XML: a test suite with one case a figure.
fn junit(compared: &[Comparison]) -> String {
    let failures = compared.iter().filter(|c| !c.ok()).count();
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(
        xml,
        "<testsuite name=\"libchar diffuse check\" tests=\"{}\" failures=\"{failures}\">",
        compared.len()
    );
    for c in compared {
        let name = if c.figure.is_empty() { "recipe" } else { &c.figure };
        let case =
            format!("  <testcase classname=\"{}\" name=\"{}\"", escape(&c.recipe), escape(name));
        if c.ok() {
            let _ = writeln!(xml, "{case}/>");
            continue;
        }
        let number =
            |value: Option<f64>| value.map_or("none".to_owned(), libchar_core::number::shortest);
        let message = c.fault.clone().unwrap_or_else(|| {
            format!(
                "expected {} within {} %, got {}",
                number(c.expected),
                number(c.tol_pct),
                number(c.actual)
            )
        });
        let _ = writeln!(
            xml,
            "{case}>\n    <failure message=\"{}\"/>\n  </testcase>",
            escape(&message)
        );
    }
    xml.push_str("</testsuite>\n");
    xml
}

fn escape(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    clean.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
