//! The option that names the process in which the jobs run.

use crate::context::Context;
use crate::told::say;
use anyhow::Result;
use clap::Args;
use libchar_assurance::litho::NamedJob;
use libchar_assurance::litho::process_file::{self, ProcessFile};

/// Which process runs the jobs
#[derive(Args)]
pub struct ProcessArgs {
    /// Process that runs the jobs, from a file that `calibrate` wrote [default: as each job says]
    #[arg(long, value_name = "FILE")]
    process: Option<String>,
}

impl ProcessArgs {
    /// Reads the process, if one is named.
    pub fn read(&self, ctx: &Context) -> Result<Option<ProcessFile>> {
        self.process.as_deref().map(|file| read(ctx, file)).transpose()
    }

    /// Applies the process to jobs. `resist` says whether the process's threshold is applied to
    /// their doses; otherwise doses remain doses to size.
    ///
    /// # Errors
    /// Jobs that the process makes impossible, such as a mask's bias wider than a space.
    pub fn run(&self, ctx: &Context, jobs: Vec<NamedJob>, resist: bool) -> Result<Vec<NamedJob>> {
        let Some(file) = self.read(ctx)? else { return Ok(jobs) };
        let ran = file.run(jobs, resist)?;
        ran.note(resist).into_iter().for_each(|note| say(ctx, note));
        Ok(ran.jobs)
    }
}

/// Reads a process file.
///
/// # Errors
/// A file of another kind, with the place of the fault, and parameters outside their ranges.
pub fn read(ctx: &Context, file: &str) -> Result<ProcessFile> {
    Ok(process_file::read(&ctx.read(file)?)?)
}
