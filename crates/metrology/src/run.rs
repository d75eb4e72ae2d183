//! All results of a run: one for each row, file or matrix, or the reason why there is none.

use crate::answer::Answer;
use crate::bind::bind;
use crate::evaluate::{Evaluated, evaluate};
use crate::job::Job;
use crate::method::{Method, Per};
use crate::setup::Setup;
use libchar_core::{Note, Refused, Table};

/// The measurement and its setup.
pub struct Input {
    /// Name of the measurement, as given by the user.
    pub file: Option<String>,
    /// SHA-256 of its bytes.
    pub sha256: Option<String>,
    /// The measurement.
    pub table: Option<Table>,
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
    /// The labels as text, such as `lot=A wafer=3`.
    pub fn name(&self) -> String {
        let tags: Vec<String> =
            self.tags.iter().map(|(key, value)| format!("{key}={value}")).collect();
        tags.join(" ")
    }

    /// `refused`, else whether a reader must know something before using the numbers.
    pub fn status(&self) -> &'static str {
        match &self.outcome {
            Err(_) => "refused",
            Ok(found) if found.answer.warnings.is_empty() => "ok",
            Ok(_) => "warn",
        }
    }

    /// The warnings of a result, or why there is none; the name stands before each, where there is one.
    fn notes(&self) -> Vec<Note> {
        let name = self.name();
        let prefix = if name.is_empty() { name } else { format!("{name}: ") };
        let warning = |text: String| Note::Warning("metro", format!("{prefix}{text}"));
        match &self.outcome {
            Ok(found) => found.answer.warnings.iter().cloned().map(warning).collect(),
            Err(reason) => vec![warning(format!("no result: {reason}"))],
        }
    }
}

impl Input {
    /// The setup as TOML, for the history.
    pub fn setup_text(&self) -> String {
        let entries = self.setup.entries.iter();
        let lines = entries.map(|entry| format!("{} = {}", entry.key, entry.value));
        lines.collect::<Vec<_>>().join("\n")
    }

    /// Computes all results; `by` names the column whose values tell results of a file apart, `coverage` is the probability
    /// of the expanded uncertainty.
    ///
    /// # Errors
    /// What [`bind`] refuses, and a setup of which no result can be computed.
    pub fn measure(
        &self,
        method: &'static Method,
        by: Option<&str>,
        coverage: f64,
    ) -> Result<Run, Refused> {
        if by.is_some() && method.per != Per::File {
            return Err(Refused::Usage(format!(
                "--by: {} gives one result per row, or one for the whole file",
                method.name
            )));
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
                    Err(refusal) if refusal.misuse => return Err(Refused::Usage(refusal.reason)),
                    Err(refusal) => (job.tags, Err(refusal.reason)),
                },
            };
            let is_only_row = one && tags.first().is_some_and(|(key, _)| key == "row");
            results.push(Measured { tags: if is_only_row { Vec::new() } else { tags }, outcome });
        }
        let summary = method.summary.filter(|_| found.len() > 1).map(|summary| summary(&found));
        Ok(Run { results, summary, unused: bound.unused })
    }
}

impl Run {
    /// What a reader should know: columns that nothing was computed from, warnings, reasons.
    pub fn notes(&self) -> Vec<Note> {
        let unused =
            |column: &String| Note::Info("metro", format!("the column `{column}` is not used"));
        let mut notes: Vec<Note> = self.unused.iter().map(unused).collect();
        notes.extend(self.results.iter().flat_map(Measured::notes));
        notes
    }

    /// Number of results that there are not.
    pub fn refused(&self) -> usize {
        self.results.iter().filter(|result| result.outcome.is_err()).count()
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::answer::refuse;
    use crate::method::{number, output};

    /// Half of a length; lengths above 10 um give no result, those above 5 um a warning.
    pub static HALF: Method = Method {
        name: "half",
        family: "f",
        about: "half of a length",
        per: Per::Row,
        inputs: &[number("l", "length", "um", "length")],
        outputs: &[output("half_um", "um", "half")],
        formula: "h = l/2",
        standard: "none",
        traps: &[],
        example: "libchar metro half",
        compute: |job| {
            let l = job.opt("l").unwrap_or_default();
            if l > 10.0 {
                return refuse("it is too long");
            }
            let mut answer = Answer::default();
            answer.number("half_um", l / 2.0);
            if l > 5.0 {
                answer.warn("it is long");
            }
            Ok(answer)
        },
        summary: Some(|sites| {
            let mut all = Answer::default();
            let values: Vec<f64> = sites.iter().filter_map(|(_, a)| a.get("half_um")).collect();
            all.number("mean_um", values.iter().sum::<f64>() / values.len() as f64);
            all
        }),
    };

    /// What a table of lengths gives.
    pub fn measured(csv: &str, setup: &[&str]) -> (Input, Result<Run, Refused>) {
        let mut own = Setup::default();
        setup.iter().for_each(|text| own.assign(text).unwrap());
        let table = Table::parse("t.csv", csv.as_bytes()).unwrap();
        let (file, sha256) = (Some("t.csv".to_owned()), Some("abc".to_owned()));
        let input = Input { file, sha256, table: Some(table), setup: own };
        let run = input.measure(&HALF, None, 0.95);
        (input, run)
    }

    #[test]
    fn a_row_without_a_result_does_not_stop_the_others_and_is_no_part_of_the_summary() {
        let run = measured("l_um,x\n2,1\n11,1\n6,1\n", &[]).1.unwrap();
        let names: Vec<_> = run.results.iter().map(|r| (r.name(), r.status())).collect();
        let expected = [("row=1", "ok"), ("row=2", "refused"), ("row=3", "warn")];
        assert_eq!(names, expected.map(|(name, status)| (name.to_owned(), status)));
        assert_eq!(run.summary.as_ref().unwrap().get("mean_um"), Some(2.0));
        assert_eq!(run.refused(), 1);
        let warning = |text: &str| Note::Warning("metro", text.to_owned());
        assert_eq!(
            run.notes(),
            [
                Note::Info("metro", "the column `x` is not used".to_owned()),
                warning("row=2: no result: it is too long"),
                warning("row=3: it is long"),
            ]
        );
    }

    #[test]
    fn the_only_row_needs_no_name_and_no_summary() {
        let run = measured("l_um\n6\n", &[]).1.unwrap();
        assert_eq!((run.results[0].name().as_str(), run.summary.is_none()), ("", true));
        assert_eq!(run.notes(), [Note::Warning("metro", "it is long".to_owned())]);
    }

    #[test]
    fn groups_are_of_files_and_an_uncertainty_needs_its_number() {
        let (input, _) = measured("l_um\n6\n", &[]);
        let told = input.measure(&HALF, Some("lot"), 0.95).err().unwrap().to_string();
        assert_eq!(told, "--by: half gives one result per row, or one for the whole file");
        assert_eq!(measured("x\n1\n", &["a=1", "b=\"c\""]).0.setup_text(), "a = 1\nb = \"c\"");
    }
}
