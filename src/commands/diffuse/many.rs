//! Several recipes: one table of their figures, and with `-o` a document, a profile and a picture of each in a folder.

use super::input::{RecipeInput, Simulated};
use super::run::{Run, known_limits, tell};
use super::{picture, report};
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use crate::many::{all, stems};
use anyhow::Result;
use libchar_core::Frame;
use libchar_history::ResultRow;
use rayon::prelude::*;
use serde_json::json;
use std::path::Path;

pub fn run(args: &Run, ctx: &Context) -> Result<Outcome> {
    refuse(args)?;
    let recipes: Vec<String> =
        std::iter::once(&args.input.recipe).chain(&args.more).cloned().collect();
    let stems = stems(recipes.iter().map(String::as_str))?;
    let loaded = all(recipes.iter().map(|recipe| {
        RecipeInput { recipe: recipe.clone(), set: args.input.set.clone() }.load(ctx)
    }))?;
    ctx.begin("diffuse", json!({ "recipe": recipes, "set": args.input.set }));
    // Nothing is written before every recipe was read and has run.
    let parsed = all(loaded.iter().map(|loaded| Ok(loaded.read(&loaded.document)?)))?;
    let ran: Vec<Result<Simulated>> = loaded
        .par_iter()
        .zip(parsed)
        .map(|(loaded, parsed)| {
            let simulated = loaded.run(parsed)?;
            known_limits(loaded, &simulated)?;
            Ok(simulated)
        })
        .collect();
    let ran = all(ran)?;
    let mut missed = 0;
    for ((loaded, simulated), stem) in loaded.iter().zip(&ran).zip(&stems) {
        loaded.depends(ctx);
        tell(ctx, simulated, Some(&loaded.name));
        missed += simulated.figures.missed().count();
        if let Some(folder) = &args.output {
            write(folder, stem, simulated, ctx)?;
        }
        ctx.journal.results(rows(stem, simulated));
    }
    ctx.print(&figures(&stems, &ran))?;
    Ok(Outcome::found(missed))
}

/// Refuses what names one file.
fn refuse(args: &Run) -> Result<()> {
    let of_one = [
        ("--profile", &args.profile),
        ("--spreading", &args.spreading),
        ("--svg", &args.svg),
        ("--report", &args.report),
    ];
    for (name, given) in of_one {
        if given.is_some() {
            let text = format!("{name} is for one recipe; -o DIR writes the files of each");
            return Err(Usage(text).into());
        }
    }
    Ok(())
}

fn write(folder: &Path, stem: &str, simulated: &Simulated, ctx: &Context) -> Result<()> {
    let path = |ending: &str| folder.join(format!("{stem}.{ending}")).display().to_string();
    ctx.write_document(&path("json"), &report::document(simulated))?;
    ctx.write(&path("csv"), &report::profile(simulated).to_csv())?;
    ctx.write(&path("svg"), picture::profile(simulated).as_bytes())
}

/// One row a figure of each recipe.
fn figures(stems: &[String], ran: &[Simulated]) -> Frame {
    let columns = ["recipe", "figure", "value", "unit", "min", "max", "ok"];
    let mut frame = Frame::new("libchar.diffuse-recipes", 1, columns);
    for (stem, simulated) in stems.iter().zip(ran) {
        for row in report::figure_rows(simulated) {
            frame.push(std::iter::once(stem.as_str().into()).chain(row).collect());
        }
    }
    frame
}

fn rows<'a>(stem: &'a str, simulated: &'a Simulated) -> impl Iterator<Item = ResultRow> + 'a {
    super::run::results(simulated).map(move |row| ResultRow { point: Some(stem.to_owned()), ..row })
}
