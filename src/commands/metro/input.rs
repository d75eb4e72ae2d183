//! Reads the measurement and its setup, and computes the results.

use super::Metro;
use crate::context::Context;
use crate::exit::Usage;
use anyhow::Result;
use libchar_core::input::Source;
use libchar_core::table::Header;
use libchar_core::{Faults, Table, hash, input};
use libchar_metrology::answer::Answer;
use libchar_metrology::bind::bind;
use libchar_metrology::evaluate::{Evaluated, evaluate};
use libchar_metrology::job::Job;
use libchar_metrology::method::{Method, Per};
use libchar_metrology::setup::Setup;
use std::path::Path;

/// The measurement and its setup.
pub struct Input {
    /// Name of the measurement, as given by the user.
    pub file: Option<String>,
    /// SHA-256 of its bytes.
    pub sha256: Option<String>,
    table: Option<Table>,
    /// The setup.
    pub setup: Setup,
}

/// One result, or the reason why there is none.
pub struct Measured {
    /// Labels that distinguish it from the other results.
    pub tags: Vec<(String, String)>,
    /// The numbers, or the reason.
    pub outcome: Result<Evaluated, String>,
}

/// All results of a run.
pub struct Run {
    /// Results in the order of the file.
    pub results: Vec<Measured>,
    /// The answer that follows from all rows together.
    pub summary: Option<Answer>,
    /// Columns that are not inputs of the method.
    pub unused: Vec<String>,
}

impl Measured {
    /// A prefix for messages, such as `row 3: `; empty for a single result.
    pub fn prefix(&self) -> String {
        match self.tags.is_empty() {
            true => String::new(),
            false => format!("{}: ", self.name()),
        }
    }

    /// The labels as text, such as `lot=A wafer=3`.
    pub fn name(&self) -> String {
        let tags: Vec<String> =
            self.tags.iter().map(|(key, value)| format!("{key}={value}")).collect();
        tags.join(" ")
    }
}

/// Reads the file and the setup.
pub fn read(args: &Metro, method: &Method, ctx: &Context) -> Result<Input> {
    let mut setup = Setup::default();
    let mut add = |source: Source| -> Result<()> {
        let text = input::text(&source.name, &source.bytes).map_err(Faults::from)?;
        Ok(setup.read(&source.name, text)?)
    };
    if let Some(path) = &args.setup {
        add(ctx.read(path)?)?;
    }
    let is_setup = |path: &String| path.ends_with(".toml");
    if let Some(path) = args.file.as_ref().filter(|path| is_setup(path)) {
        add(ctx.read(path)?)?;
    }
    for assignment in &args.set {
        setup.assign(assignment)?;
    }
    for (name, named_by) in setup.files_named(method) {
        // A name in a setup is relative to the setup's folder, a typed name to the current folder.
        let folder = Path::new(&named_by).parent().filter(|_| named_by != "-s");
        let path = folder.unwrap_or(Path::new("")).join(&name);
        let source = ctx.read(&path.to_string_lossy())?;
        let table = args.format.read(ctx, &source, Header::Required)?;
        setup.files.insert(name, table);
    }
    let Some(path) = args.file.as_ref().filter(|path| !is_setup(path)) else {
        if method.per == Per::Matrix {
            return Err(Usage(format!("{}: name the file of the map or image", method.name)).into());
        }
        return Ok(Input { file: None, sha256: None, table: None, setup });
    };
    let source = ctx.read(path)?;
    let header = if method.per == Per::Matrix { Header::UnlessNumbers } else { Header::Required };
    let table = args.format.read(ctx, &source, header)?;
    Ok(Input {
        file: Some(source.name),
        sha256: Some(hash::sha256(&source.bytes)),
        table: Some(table),
        setup,
    })
}

impl Input {
    /// The setup as TOML, for the history.
    pub fn setup_text(&self) -> String {
        let lines: Vec<String> = self
            .setup
            .entries
            .iter()
            .map(|entry| format!("{} = {}", entry.key, entry.value))
            .collect();
        lines.join("\n")
    }

    /// Computes all results.
    pub fn measure(&self, method: &'static Method, by: Option<&str>, coverage: f64) -> Result<Run> {
        if by.is_some() && method.per != Per::File {
            return Err(Usage(format!(
                "--by: {} gives one result a row, or one for the whole file",
                method.name
            ))
            .into());
        }
        let bound = bind(method, self.table.as_ref(), &self.setup, by)?;
        let one = bound.jobs.len() == 1;
        let mut results = Vec::new();
        let mut found: Vec<(Job, Answer)> = Vec::new();
        for job in bound.jobs {
            let (tags, outcome) = match job {
                Err((tags, reason)) => (tags, Err(reason)),
                Ok(job) => match evaluate(method, &job, coverage) {
                    Ok(evaluated) => {
                        let tags = job.tags.clone();
                        found.push((job, evaluated.answer.clone()));
                        (tags, Ok(evaluated))
                    }
                    // The setup applies to all rows, so a mistake in it ends the run.
                    Err(refusal) if refusal.misuse => return Err(Usage(refusal.reason).into()),
                    Err(refusal) => (job.tags, Err(refusal.reason)),
                },
            };
            let tags = if one && tags.first().is_some_and(|(key, _)| key == "row") {
                Vec::new()
            } else {
                tags
            };
            results.push(Measured { tags, outcome });
        }
        let summary = method.summary.filter(|_| found.len() > 1).map(|summary| summary(&found));
        Ok(Run { results, summary, unused: bound.unused })
    }
}
