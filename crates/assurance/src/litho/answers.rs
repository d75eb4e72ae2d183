//! Summaries of the answers to many jobs: which do not print, the worst of each result, and metrics
//! for a monitor.

use super::NamedJob;
use super::answer::Answer;
use super::report::{signal_columns, signals};
use libchar_core::told::Metric;
use libchar_core::{Cell, Frame, Note};
use libchar_litho::printing::Printing;

/// The reason why a job does not print, if it does not.
fn failure(answer: &Answer) -> Option<Printing> {
    answer.outputs.printing.filter(|printing| *printing != Printing::Prints)
}

/// The jobs that do not print, one text per job with the reason.
pub fn failing<'a>(rows: impl IntoIterator<Item = (&'a NamedJob, &'a Answer)>) -> Vec<String> {
    let told = |(named, answer): (&NamedJob, &Answer)| {
        failure(answer).map(|printing| format!("{}: {}", named.id, printing.reason()))
    };
    rows.into_iter().filter_map(told).collect()
}

/// Number of jobs that are named one by one when they do not print.
const NAMED: usize = 10;

/// The number of jobs that do not print, and notes with the reasons of the first and with the number.
pub fn notes(jobs: &[NamedJob], answers: &[Answer]) -> (usize, Vec<Note>) {
    let failing = failing(jobs.iter().zip(answers));
    let named = failing.iter().take(NAMED);
    let mut notes: Vec<Note> =
        named.map(|message| Note::Info("job_does_not_print", message.clone())).collect();
    if !failing.is_empty() {
        let message = format!("{} of {} jobs do not print", failing.len(), jobs.len());
        notes.push(Note::Info("jobs_do_not_print", message));
    }
    (failing.len(), notes)
}

/// The name of a file, and the answers to its jobs.
pub type OfFile<'a> = (&'a str, Vec<&'a Answer>);

/// One row per file: the number of jobs, how many of them do not print, and the worst of each
/// result.
pub fn of_files(files: &[OfFile]) -> Frame {
    let worst =
        |answers: &[&Answer], value: fn(&Answer) -> Option<f64>, of: fn(f64, f64) -> f64| {
            Cell::from(answers.iter().filter_map(|answer| value(answer)).reduce(of))
        };
    let columns =
        ["file", "jobs", "not_printing", "nils_min", "el_pct_min", "dof_nm_min", "yield_risk_max"];
    let mut frame = Frame::new("libchar.litho-simulate-files", 1, columns);
    for (file, answers) in files {
        frame.push(vec![
            (*file).into(),
            answers.len().into(),
            answers.iter().filter(|answer| failure(answer).is_some()).count().into(),
            worst(answers, |a| a.outputs.nils, f64::min),
            worst(answers, |a| a.outputs.el_pct, f64::min),
            worst(answers, |a| a.outputs.dof_nm, f64::min),
            worst(answers, |a| a.outputs.yield_risk, f64::max),
        ]);
    }
    frame
}

/// Metrics of the jobs of a run, without the time that they took.
pub fn metrics(jobs: &[NamedJob], answers: &[Answer]) -> Vec<Metric> {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len().max(1) as f64;
    let done = answers.len() as f64;
    let mut metrics = vec![Metric::gauge("lto_jobs_completed_total", "Jobs of the run", &[], done)];
    let risks: Vec<f64> = answers.iter().filter_map(|a| a.outputs.yield_risk).collect();
    if !risks.is_empty() {
        let help = "Mean yield risk of the jobs";
        metrics.push(Metric::gauge("lto_yield_risk_current", help, &[], mean(&risks)));
    }
    let signals: Vec<_> = jobs.iter().zip(answers).map(|(j, a)| signals(j, a)).collect();
    for (name, values) in signal_columns(&signals).into_iter().filter(|(_, v)| !v.is_empty()) {
        let labels = [("tradeoff_type", name)];
        let health = "lto_tradeoff_health_score";
        metrics.push(Metric::gauge(health, "Mean signal", &labels, mean(&values)));
    }
    metrics
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::litho::job_table::from_fields;
    use libchar_litho::outputs::Outputs;

    fn job() -> NamedJob {
        let fields = [("wavelength_nm", "193"), ("na", "0.75"), ("pitch_nm", "260")];
        let fields = fields.into_iter().chain([("cd_nm", "130"), ("sigma", "0.6")]);
        let fields: Vec<(String, String)> =
            fields.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        from_fields(&fields).unwrap().remove(0)
    }

    fn answer(printing: Printing, nils: f64, yield_risk: Option<f64>) -> Answer {
        let (printing, nils) = (Some(printing), Some(nils));
        let outputs = Outputs { printing, nils, yield_risk, ..Outputs::default() };
        Answer { outputs, detail: None, is_quick: false, seconds: 0.0 }
    }

    #[test]
    fn jobs_that_do_not_print_are_named_with_their_reason() {
        let (job, fine) = (job(), answer(Printing::Prints, 2.0, None));
        let flat = answer(Printing::NoModulation, 0.0, None);
        let told = failing([(&job, &fine), (&job, &flat)]);
        assert_eq!(told, ["job_1: does not print: no two orders that interfere pass the pupil"]);
        let many = vec![job.clone(); 12];
        let flats: Vec<Answer> =
            (0..12).map(|_| answer(Printing::NoModulation, 0.0, None)).collect();
        let (failing, told) = notes(&many, &flats);
        assert_eq!((failing, told.len()), (12, NAMED + 1));
        let last = Note::Info("jobs_do_not_print", "12 of 12 jobs do not print".to_owned());
        assert_eq!(told.last(), Some(&last));
        assert_eq!(notes(&[job], &[fine]), (0, Vec::new()));
    }

    #[test]
    fn a_file_is_as_good_as_its_worst_job() {
        let answers = [
            answer(Printing::Prints, 2.0, Some(0.1)),
            answer(Printing::OutOfTolerance, 1.5, Some(0.3)),
        ];
        let files = [("a.csv", answers.iter().collect()), ("empty.csv", Vec::new())];
        let csv = String::from_utf8(of_files(&files).to_csv()).unwrap();
        let rows: Vec<&str> = csv.lines().skip(1).collect();
        assert_eq!(rows, ["a.csv,2,1,1.5,,,0.3", "empty.csv,0,0,,,,"]);
    }

    #[test]
    fn a_monitor_reads_means_of_what_is_known() {
        let answers =
            [answer(Printing::Prints, 2.0, Some(0.1)), answer(Printing::Prints, 1.0, None)];
        let metrics = metrics(&[job(), job()], &answers);
        let value = |name: &str| metrics.iter().find(|m| m.name == name).map(|m| m.value);
        assert_eq!(value("lto_jobs_completed_total"), Some(2.0));
        assert_eq!(value("lto_yield_risk_current"), Some(0.1));
    }
}
