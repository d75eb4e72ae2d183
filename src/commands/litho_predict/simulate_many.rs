//! Several files of jobs: the results of each in a folder, and a summary with one row per file.

use super::simulate::{self, Simulate};
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use crate::many::{all, stems};
use anyhow::Result;
use libchar_assurance::litho::answer::Answer;
use libchar_assurance::litho::answers::of_files;
use libchar_assurance::litho::{NamedJob, job_table, report};
use std::path::Path;

/// Simulates the jobs of all files at once. Writes `NAME.json` and `NAME.csv` for each file to the
/// folder, and prints the summary.
pub fn run(args: &Simulate, folder: &Path, ctx: &Context) -> Result<Outcome> {
    let files = files(args)?;
    let stems = stems(files.iter().map(String::as_str))?;
    let read =
        all(files.iter().map(|file| Ok(job_table::read_with(&ctx.read(file)?, &args.set)?)))?;
    let sizes: Vec<usize> = read.iter().map(Vec::len).collect();
    let jobs = args.process.run(ctx, read.into_iter().flatten().collect(), true)?;
    let (simulator, answers) = simulate::compute(args, ctx, &jobs)?;
    let mut rest: Vec<_> = jobs.iter().zip(&answers).collect();
    let mut own = Vec::new();
    for ((file, stem), size) in files.iter().zip(&stems).zip(sizes) {
        let rows: Vec<_> = rest.drain(..size).collect();
        write(args, ctx, &simulator, folder, stem, &rows)?;
        own.push((file.as_str(), rows.into_iter().map(|(_, answer)| answer).collect()));
    }
    ctx.print(&of_files(&own))?;
    Ok(Outcome::found(simulate::tell(ctx, &jobs, &answers)))
}

/// The files that the user named.
fn files(args: &Simulate) -> Result<Vec<String>> {
    for (name, given) in [
        ("--image", args.image.is_some()),
        ("--window", args.window.is_some()),
        ("--job", args.job.is_some()),
    ] {
        if given {
            return Err(Usage(format!("{name} is for one file of jobs, not for many")).into());
        }
    }
    let files: Vec<String> = args.jobs.iter().chain(&args.more).cloned().collect();
    if files.is_empty() {
        return Err(Usage("-o DIR needs files of jobs; `-` is standard input".to_owned()).into());
    }
    Ok(files)
}

fn write(
    args: &Simulate,
    ctx: &Context,
    simulator: &str,
    folder: &Path,
    stem: &str,
    own: &[(&NamedJob, &Answer)],
) -> Result<()> {
    let path = |ending: &str| folder.join(format!("{stem}.{ending}")).display().to_string();
    let document = report::document(simulator, own.iter().copied(), args.samples);
    ctx.write_document(&path("json"), &document)?;
    ctx.write(&path("csv"), &report::flat(own.iter().copied()).to_csv())
}
