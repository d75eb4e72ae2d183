//! Process files: what `calibrate` writes, and simulations take with `--process`.

use super::NamedJob;
use libchar_core::input::{self, Source};
use libchar_core::words::count;
use libchar_core::{Fault, Faults, Note};
use libchar_litho::JobParameters;
use libchar_litho::process::Process;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A process as it stands in a file.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProcessFile {
    /// The fab's name for the process.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its parameters.
    pub process: Process,
    /// Standard errors by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub standard_errors: BTreeMap<String, f64>,
    /// The fields of the jobs with which it was calibrated.
    #[serde(default, skip_serializing_if = "toml::Table::is_empty")]
    pub optics: toml::Table,
}

/// Jobs with a process applied to them.
pub struct Ran {
    /// The jobs.
    pub jobs: Vec<NamedJob>,
    /// Jobs without a dose, which are exposed by their dose to size.
    pub without_dose: usize,
}

impl Ran {
    /// A note about jobs without a dose, where the process's threshold is applied to doses.
    pub fn note(&self, resist: bool) -> Option<Note> {
        let message = format!(
            "{} without a dose: the dose to size is taken, not the process's threshold",
            count(self.without_dose, "job")
        );
        (resist && self.without_dose > 0).then_some(Note::Warning("process", message))
    }
}

impl ProcessFile {
    /// Applies the process to jobs. `resist` says whether the process's threshold is applied to
    /// their doses; otherwise doses remain doses to size.
    ///
    /// # Errors
    /// Jobs that the process makes impossible, such as a mask's bias wider than a space.
    pub fn run(&self, jobs: Vec<NamedJob>, resist: bool) -> Result<Ran, Faults> {
        let run = |p: &JobParameters| {
            if resist { self.process.run(p) } else { self.process.expose(p) }
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
        Faults::or(Ran { jobs: changed, without_dose }, faults)
    }
}

/// Reads a process file.
///
/// # Errors
/// A file of another kind, with the place of the fault, and parameters outside their ranges.
pub fn read(source: &Source) -> Result<ProcessFile, Faults> {
    let text = input::text(&source.name, &source.bytes)?;
    let found: ProcessFile = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        Fault::at_offset(&source.name, text, at, error.message())
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
    Faults::or(found, faults)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::litho::job_table::from_fields;

    fn file(text: &str) -> Result<ProcessFile, String> {
        let source = Source { name: "fab.toml".to_owned(), bytes: text.as_bytes().to_vec() };
        read(&source).map_err(|faults| faults.to_string())
    }

    const FAB: &str = "[process]\ne0_mj_cm2 = 10\nblur_nm = 12\nfocus_offset_nm = 0\ndose_offset_mj_cm2 = 0\nmask_bias_nm = 0\nflare = 0.01\nfocus_tilt_nm = 0\n";

    fn jobs(dose: Option<&str>) -> Vec<NamedJob> {
        let fields = [("wavelength_nm", "193"), ("na", "0.75"), ("pitch_nm", "260")];
        let fields = fields.into_iter().chain([("cd_nm", "130"), ("sigma", "0.6")]);
        let fields = fields.chain(dose.map(|dose| ("dose_mj_cm2", dose)));
        let fields: Vec<(String, String)> =
            fields.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        from_fields(&fields).unwrap()
    }

    #[test]
    fn numbers_that_no_process_has_are_named_at_their_lines() {
        let wrong = FAB.replace("blur_nm = 12", "blur_nm = -1").replace("= 10", "= 0");
        let told = file(&wrong).unwrap_err();
        assert!(
            told.starts_with("fab.toml:2:1: `e0_mj_cm2` is 0\n  expected a positive number"),
            "{told}"
        );
        assert!(
            told.contains("fab.toml:3:1: `blur_nm` is -1\n  expected a number from 0 to 1000"),
            "{told}"
        );
        let unknown = file(&format!("{FAB}blurr = 1\n")).unwrap_err();
        assert!(unknown.starts_with("fab.toml:9:1: unknown field `blurr`"), "{unknown}");
    }

    #[test]
    fn a_process_runs_jobs_and_counts_those_without_a_dose() {
        let fab = file(FAB).unwrap();
        let ran = fab.run(jobs(Some("25")), true).unwrap();
        assert_eq!((ran.jobs.len(), ran.without_dose), (1, 0));
        assert_eq!(ran.jobs[0].job.parameters.blur_nm, 12.0);
        let without = fab.run(jobs(None), true).unwrap();
        assert_eq!(without.without_dose, 1);
        let Some(Note::Warning("process", told)) = without.note(true) else { panic!("no note") };
        assert!(told.starts_with("1 job without a dose: "), "{told}");
        assert_eq!(without.note(false), None, "doses to size meet no threshold");
        let biased = file(&FAB.replace("mask_bias_nm = 0", "mask_bias_nm = 140")).unwrap();
        let told = biased.run(jobs(None), false).map(drop).unwrap_err().to_string();
        assert!(
            told.starts_with("job_1: `mask_bias_nm`: ") && told.contains("as the process runs it"),
            "{told}"
        );
    }
}
