//! Several recipes: one table of their figures, and with `-o` a folder with a document, a profile
//! and a picture of each.

use super::input::{RecipeInput, depends};
use super::run::Run;
use crate::context::Context;
use crate::exit::{Outcome, Usage, refused};
use crate::many::{all, stems};
use crate::told::{keep, say};
use anyhow::Result;
use libchar_diffusion::loaded::Simulated;
use libchar_diffusion::{picture, report};
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
            let simulated = loaded.run(parsed).map_err(refused)?;
            loaded.check_limits(&simulated)?;
            Ok(simulated)
        })
        .collect();
    let ran = all(ran)?;
    let mut missed = 0;
    for ((loaded, simulated), stem) in loaded.iter().zip(&ran).zip(&stems) {
        depends(loaded, ctx);
        let notes = report::notes(simulated, Some(&loaded.name));
        notes.into_iter().for_each(|note| say(ctx, note));
        missed += simulated.figures.missed().count();
        if let Some(folder) = &args.output {
            write(folder, stem, simulated, ctx)?;
        }
        keep(ctx, report::kept(simulated, Some(stem)));
    }
    ctx.print(&report::figures_of_all(&stems, &ran))?;
    Ok(Outcome::found(missed))
}

/// Refuses options that apply to a single recipe.
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
