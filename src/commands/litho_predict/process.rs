//! Process files: what `calibrate` writes, and simulations take with `--process`.

use crate::context::Context;
use anyhow::Result;
use clap::Args;
use libchar_assurance::litho::NamedJob;
use libchar_core::{Fault, Faults, input};
use libchar_litho::JobParameters;
use libchar_litho::process::Process;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A process as it stands in a file.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProcessFile {
    /// What the fab calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    pub process: Process,
    /// Standard errors by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub standard_errors: BTreeMap<String, f64>,
    /// The fields of the jobs that it was found with.
    #[serde(default, skip_serializing_if = "toml::Table::is_empty")]
    pub optics: toml::Table,
}

/// Which process runs the jobs
#[derive(Args)]
pub struct ProcessArgs {
    /// Process that runs the jobs: a file that `calibrate` wrote [default: as each job says]
    #[arg(long, value_name = "FILE")]
    process: Option<String>,
}

impl ProcessArgs {
    /// The process, if one is named.
    pub fn read(&self, ctx: &Context) -> Result<Option<ProcessFile>> {
        self.process.as_deref().map(|file| read(ctx, file)).transpose()
    }

    /// The jobs as the process runs them; `resist` says whether their doses meet its threshold, or stay doses to size.
    ///
    /// # Errors
    /// Jobs that the process makes impossible, such as a mask's bias wider than a space.
    pub fn run(&self, ctx: &Context, jobs: Vec<NamedJob>, resist: bool) -> Result<Vec<NamedJob>> {
        let Some(file) = self.read(ctx)? else { return Ok(jobs) };
        let run = |p: &JobParameters| {
            if resist { file.process.run(p) } else { file.process.expose(p) }
        };
        let mut faults = Vec::new();
        let mut changed = Vec::new();
        let mut without_dose = 0;
        for named in jobs {
            without_dose += usize::from(named.job.dose_mj_cm2.is_none());
            match run(&named.job.parameters).check() {
                Ok(job) => changed.push(NamedJob { id: named.id, job }),
                Err(found) => faults.extend(found.into_iter().map(|f| {
                    let what = format!("`{}`: {}, as the process runs it", f.field, f.found);
                    Fault::of(&named.id, what).expected(f.expected)
                })),
            }
        }
        if resist && without_dose > 0 {
            let message = format!(
                "{without_dose} jobs give no dose: they are exposed by their dose to size, not by the process's threshold"
            );
            ctx.log.warning("process", message);
        }
        Ok(Faults::or(changed, faults)?)
    }
}

/// Reads a process file.
///
/// # Errors
/// What is no such file, with its place, and numbers that no process has.
pub fn read(ctx: &Context, file: &str) -> Result<ProcessFile> {
    let source = ctx.read(file)?;
    let text = input::text(&source.name, &source.bytes).map_err(Faults::from)?;
    let found: ProcessFile = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        Faults::from(Fault::at_offset(&source.name, text, at, error.message()))
    })?;
    let p = &found.process;
    let checks = [
        ("e0_mj_cm2", p.e0_mj_cm2, p.e0_mj_cm2 > 0.0, "a positive number"),
        ("blur_nm", p.blur_nm, (0.0..=1000.0).contains(&p.blur_nm), "a number from 0 to 1000"),
        ("flare", p.flare, (0.0..=0.5).contains(&p.flare), "a number from 0 to 0.5"),
        ("focus_offset_nm", p.focus_offset_nm, p.focus_offset_nm.is_finite(), "a finite number"),
        (
            "dose_offset_mj_cm2",
            p.dose_offset_mj_cm2,
            p.dose_offset_mj_cm2.is_finite(),
            "a finite number",
        ),
        ("mask_bias_nm", p.mask_bias_nm, p.mask_bias_nm.is_finite(), "a finite number"),
        ("focus_tilt_nm", p.focus_tilt_nm, p.focus_tilt_nm.is_finite(), "a finite number"),
    ];
    let faults = checks
        .into_iter()
        .filter(|(_, value, sound, _)| !sound || !value.is_finite())
        .map(|(name, value, _, expected)| {
            let at = text.find(name).unwrap_or(0);
            let found = format!("`{name}` is {value}");
            Fault::at_offset(&source.name, text, at, found).expected(expected)
        })
        .collect();
    Ok(Faults::or(found, faults)?)
}
