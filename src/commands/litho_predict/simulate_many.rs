//! Several files of jobs: the results of each in a folder, and a summary of a row a file.

use super::job_table::{self, NamedJob};
use super::report;
use super::simulate::{self, Simulate};
use super::simulators::Answer;
use crate::context::Context;
use crate::exit::{Outcome, Usage};
use crate::stems::stems;
use anyhow::{Context as _, Result};
use libchar_core::frame::{document, write_json};
use libchar_core::{Cell, Fault, Faults, Frame};
use libchar_litho::printing::Printing;
use serde_json::{Value, json};
use std::path::Path;

/// Simulates the jobs of all files at once.
pub fn run(args: &Simulate, ctx: &Context) -> Result<Outcome> {
    let files = files(args)?;
    let (read, ends) = all_jobs(args, &files, ctx)?;
    let jobs = args.process.run(ctx, read, true)?;
    let (simulator, answers) = simulate::answers(args, ctx, &jobs)?;
    let answered: Vec<_> = jobs.iter().zip(&answers).collect();
    print(args, ctx, &simulator, &files, &ends, &answered)?;
    Ok(Outcome::found(simulate::tell(ctx, &jobs, &answers)))
}

/// The jobs of all files, and where those of each end; the faults of all files at once.
fn all_jobs(
    args: &Simulate,
    files: &[String],
    ctx: &Context,
) -> Result<(Vec<NamedJob>, Vec<usize>)> {
    let (mut jobs, mut ends, mut faults) = (Vec::new(), Vec::new(), Vec::<Fault>::new());
    for file in files {
        match job_table::read_with(&ctx.read(file)?, &args.set) {
            Ok(own) => jobs.extend(own),
            Err(error) => faults.extend(error.downcast::<Faults>()?.iter().cloned()),
        }
        ends.push(jobs.len());
    }
    Ok(Faults::or((jobs, ends), faults)?)
}

/// The files that the user named, where there are several or a folder for the results.
fn files(args: &Simulate) -> Result<Vec<String>> {
    let files: Vec<String> = args.jobs.iter().chain(&args.more).cloned().collect();
    for (name, given) in [
        ("--image", args.image.is_some()),
        ("--window", args.window.is_some()),
        ("--job", args.job.is_some()),
    ] {
        if given {
            return Err(Usage(format!("{name} is for one file of jobs, not for many")).into());
        }
    }
    stems(&files)?;
    if files.is_empty() {
        return Err(Usage("-o DIR: which files of jobs?".to_owned()).into());
    }
    Ok(files)
}

/// Writes `NAME.json` and `NAME.csv` of each file, and prints the summary. `ends` tells where each file's jobs end.
fn print(
    args: &Simulate,
    ctx: &Context,
    simulator: &str,
    files: &[String],
    ends: &[usize],
    answered: &[(&NamedJob, &Answer)],
) -> Result<()> {
    let stems = stems(files)?;
    if let Some(folder) = &args.output {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make {}", folder.display()))?;
    }
    let columns =
        ["file", "jobs", "not_printing", "nils_min", "el_pct_min", "dof_nm_min", "yield_risk_max"];
    let mut frame = Frame::new("libchar.litho-simulate-files", 1, columns);
    let mut begin = 0;
    for ((file, stem), &end) in files.iter().zip(&stems).zip(ends) {
        let own = &answered[begin..end];
        begin = end;
        if let Some(folder) = &args.output {
            write(args, ctx, simulator, folder, stem, own)?;
        }
        frame.push(summary(file, own));
    }
    ctx.print(&frame)
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
    let rows: Vec<Value> = own
        .iter()
        .map(|(job, answer)| report::full(simulator, job, answer, args.samples))
        .collect();
    let body = json!({ "assumptions": report::assumptions(simulator), "rows": rows });
    let mut bytes = Vec::new();
    write_json(&mut bytes, &document(report::SCHEMA, 1, body))?;
    ctx.write(&path("json"), &bytes)?;
    ctx.write(&path("csv"), &report::flat(own.iter().copied()).to_csv())
}

/// How many jobs a file has, how many of them do not print, and the worst of each result.
fn summary(file: &str, own: &[(&NamedJob, &Answer)]) -> Vec<Cell> {
    let worst = |value: fn(&Answer) -> Option<f64>, of: fn(f64, f64) -> f64| {
        own.iter().filter_map(|(_, answer)| value(answer)).reduce(of)
    };
    let fails = |answer: &Answer| answer.outputs.printing.is_some_and(|p| p != Printing::Prints);
    vec![
        file.into(),
        own.len().into(),
        own.iter().filter(|(_, answer)| fails(answer)).count().into(),
        worst(|a| a.outputs.nils, f64::min).into(),
        worst(|a| a.outputs.el_pct, f64::min).into(),
        worst(|a| a.outputs.dof_nm, f64::min).into(),
        worst(|a| a.outputs.yield_risk, f64::max).into(),
    ]
}
