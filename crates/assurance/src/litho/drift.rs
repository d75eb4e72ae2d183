//! Whether recent jobs are like those that a model was trained on, and whether their results agree
//! with its predictions.

use super::TrustError;
use super::arrivals::{Arrivals, Test};
use super::evaluate::Report;
use super::job_table;
use super::record::{Entry, Truth};
use super::shifts::{Shift, shifts};
use super::targets::{TARGETS, job_key};
use super::trial;
use libchar_core::frame::Column;
use libchar_core::input::Source;
use libchar_core::told::{Alert, Kept, Metric};
use libchar_core::{Faults, Frame};
use libchar_learn::psi::ZeroBins;
use libchar_learn::{LearnError, Surrogate};
use libchar_litho::Job;
use libchar_litho::learner::{self, Row};

/// Least number of jobs in a window: with fewer, a decile is expected to contain less than two.
pub const LEAST_JOBS: usize = 20;

/// Advice where something drifted.
pub const RETRAIN: &str = "retrain on recent jobs: libchar litho-predict retrain";

/// The jobs of a table; columns of results are ignored.
///
/// # Errors
/// All faults of all jobs at once.
pub fn jobs(source: &Source) -> Result<Vec<Job>, Faults> {
    let table = job_table::parse(source)?;
    let skip = |name: &str| name.starts_with("true_") || TARGETS.iter().any(|t| t.0 == name);
    let (jobs, faults) = job_table::rows(&table, &[], skip);
    let jobs = Faults::or(jobs, faults)?;
    Ok(jobs.into_iter().map(|named| named.job).collect())
}

/// The newest jobs of a record with valid parameters, at most `number`.
pub fn newest(mut entries: Vec<Entry>, number: usize) -> Vec<Entry> {
    entries.retain(|entry| entry.job.is_some());
    entries.split_off(entries.len().saturating_sub(number))
}

/// The learner's rows of the jobs, and the number of jobs that the features cannot express.
pub fn features<'a>(jobs: impl IntoIterator<Item = &'a Job>) -> (Vec<Row>, usize) {
    let (mut values, mut strange) = (Vec::new(), 0);
    for job in jobs {
        match learner::row(job) {
            Ok(features) => values.push(features),
            Err(_) => strange += 1,
        }
    }
    (values, strange)
}

/// Results of recent jobs that the model has not seen.
///
/// # Errors
/// [`LearnError`] of the model.
pub fn arrivals(
    model: &Surrogate,
    report: &Report,
    entries: &[Entry],
) -> Result<Arrivals, LearnError> {
    let seen = trial::seen([report]);
    let names: Vec<&str> = model.targets().map(|t| t.name.as_str()).collect();
    let mut jobs: Vec<(&Job, Vec<Option<f64>>)> = Vec::new();
    for entry in entries {
        let truth: Vec<Option<f64>> =
            names.iter().map(|name| entry.truth(name, Truth::Best)).collect();
        let Some(job) = &entry.job else { continue };
        if !seen.contains(&job_key(job)) && truth.iter().any(Option::is_some) {
            jobs.push((job, truth));
        }
    }
    Arrivals::of(model, &jobs)
}

/// The comparison of recent jobs and results with a model.
pub struct Drift {
    /// Number of jobs in the window.
    pub jobs: usize,
    /// Parameters and predictions compared with those of the training jobs.
    pub shifts: Vec<Shift>,
    /// Tests of the results that arrived.
    pub tests: Vec<Test>,
}

/// One comparison as a row.
struct Line<'a> {
    column: &'a str,
    kind: &'a str,
    jobs: usize,
    reference_jobs: usize,
    shift: Option<&'a Shift>,
    test: Option<&'a Test>,
}

impl Drift {
    /// Makes the comparison; `level` is the probability that none of the tests raises an alarm if
    /// nothing has changed.
    ///
    /// # Errors
    /// [`TrustError::Learn`] for a window without jobs.
    pub fn of(
        model: &Surrogate,
        values: &[Row],
        level: f64,
        arrived: Option<(&Arrivals, &Report)>,
    ) -> Result<Drift, TrustError> {
        let others = arrived.map_or(0, |(arrived, _)| arrived.tests());
        let shifts = shifts(model, values, level, others)?;
        let chance = (1.0 - level) / (shifts.len() + others).max(1) as f64;
        let tests = arrived
            .map(|(arrived, report)| arrived.judge(model, report, chance))
            .unwrap_or_default();
        Ok(Drift { jobs: values.len(), shifts, tests })
    }

    fn drifted(&self) -> Vec<&Shift> {
        self.shifts.iter().filter(|shift| shift.drifted()).collect()
    }

    fn broken(&self) -> impl Iterator<Item = &Test> {
        self.tests.iter().filter(|test| test.broken)
    }

    /// Number of comparisons that found a change.
    pub fn findings(&self) -> usize {
        self.drifted().len() + self.broken().count()
    }

    /// One alert for all columns that drifted, and one for each broken test.
    pub fn alerts(&self, version: &str) -> Vec<Alert> {
        let alert = |severity, kind, message| {
            let advice = Some(RETRAIN.to_owned());
            Alert { severity, kind, job: None, message, advice }
        };
        let mut alerts = Vec::new();
        let drifted = self.drifted();
        if let Some(worst) = drifted.iter().max_by(|a, b| a.psi.total_cmp(&b.psi)) {
            let message = format!(
                "{} of {} columns drifted from the training jobs of {version}; worst {}: PSI {:.3}, critical {:.3}",
                drifted.len(),
                self.shifts.len(),
                worst.name,
                worst.psi,
                worst.critical
            );
            let severity = if worst.psi > 2.0 * worst.critical { "CRITICAL" } else { "WARN" };
            alerts.push(alert(severity, "drift", message));
        }
        alerts.extend(self.broken().map(|test| match test.kind {
            "coverage" => {
                let message = format!(
                    "intervals of {version} contain {:.1} % of the results for {} that arrived, {:.1} % were promised ({} jobs)",
                    100.0 * test.found,
                    test.what,
                    100.0 * test.promised,
                    test.jobs
                );
                alert("CRITICAL", "coverage", message)
            }
            _ => {
                let message = format!(
                    "errors of {version} are {:.4} sd on {} jobs that arrived, {:.4} on its own test",
                    test.found, test.jobs, test.promised
                );
                alert("CRITICAL", "error", message)
            }
        }));
        alerts
    }

    /// One row per comparison.
    pub fn frame(&self) -> Frame {
        let shift = |s| Line::of_shift(s, self.jobs);
        let lines: Vec<Line> =
            self.shifts.iter().map(shift).chain(self.tests.iter().map(Line::of_test)).collect();
        let columns: &[Column<'_, Line>] = &[
            ("column", |l| l.column.into()),
            ("kind", |l| l.kind.into()),
            ("jobs", |l| l.jobs.into()),
            ("reference_jobs", |l| l.reference_jobs.into()),
            ("bins", |l| l.shift.map(|s| s.bins).into()),
            ("psi", |l| l.shift.map(|s| s.psi).into()),
            ("critical", |l| l.shift.map(|s| s.critical).into()),
            ("drifted", |l| l.is_found().into()),
            ("zero_bins", |l| l.shift.map(|_| ZeroBins::AddHalf.name()).into()),
            ("found", |l| l.test.map(|t| t.found).into()),
            ("promised", |l| l.test.map(|t| t.promised).into()),
            ("p_value", |l| l.test.map(|t| t.p_value).into()),
        ];
        Frame::of("libchar.litho-drift", 2, &lines, columns)
    }

    /// Numbers for the history.
    pub fn kept(&self) -> Vec<Kept> {
        let status = |bad: bool| if bad { "fails" } else { "ok" };
        let shifts = self.shifts.iter().map(|s| {
            let kept = Kept::of(format!("psi_{}", s.kind), s.psi).at(&s.name);
            kept.said(status(s.drifted()))
        });
        let tests = self.tests.iter();
        shifts
            .chain(tests.map(|t| Kept::of(t.kind, t.found).at(&t.what).said(status(t.broken))))
            .collect()
    }

    /// Metrics for a monitor.
    pub fn metrics(&self) -> Vec<Metric> {
        let shifts = self.shifts.iter().map(|s| {
            let labels = [("column", s.name.as_str()), ("kind", s.kind)];
            Metric::gauge("lto_model_drift_psi", "Population stability index", &labels, s.psi)
        });
        let tests = self.tests.iter().map(|t| {
            let name = format!("lto_model_arrivals_{}", t.kind);
            let help = "Of results that arrived after training";
            Metric::gauge(name, help, &[("what", t.what.as_str())], t.found)
        });
        shifts.chain(tests).collect()
    }
}

impl<'a> Line<'a> {
    fn of_shift(shift: &'a Shift, jobs: usize) -> Line<'a> {
        let (column, kind) = (shift.name.as_str(), shift.kind);
        let reference_jobs = shift.reference_jobs;
        Line { column, kind, jobs, reference_jobs, shift: Some(shift), test: None }
    }

    fn of_test(test: &'a Test) -> Line<'a> {
        let (column, kind) = (test.what.as_str(), test.kind);
        let (jobs, reference_jobs) = (test.jobs, test.reference_jobs);
        Line { column, kind, jobs, reference_jobs, shift: None, test: Some(test) }
    }

    fn is_found(&self) -> bool {
        self.shift.is_some_and(Shift::drifted) || self.test.is_some_and(|test| test.broken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shift(name: &str, psi: f64) -> Shift {
        let (name, kind) = (name.to_owned(), "feature");
        Shift { name, kind, bins: 10, reference_jobs: 600, psi, critical: 0.2 }
    }

    fn test(kind: &'static str, what: &str, broken: bool) -> Test {
        let what = what.to_owned();
        let (found, promised, p_value) = (0.8, 0.95, 0.001);
        Test { what, kind, jobs: 40, reference_jobs: 150, found, promised, p_value, broken }
    }

    fn drift() -> Drift {
        let shifts = vec![shift("na", 0.1), shift("pitch_nm", 0.3), shift("cd_nm", 0.5)];
        let tests = vec![
            test("coverage", "nils in window", true),
            test("coverage", "meef in window", false),
            test("error", "all results", true),
        ];
        Drift { jobs: 50, shifts, tests }
    }

    #[test]
    fn columns_share_an_alert_and_every_broken_promise_has_its_own() {
        let found = drift();
        assert_eq!(found.findings(), 4);
        let alerts = found.alerts("v3");
        let kinds: Vec<_> = alerts.iter().map(|a| (a.severity, a.kind)).collect();
        assert_eq!(kinds, [("CRITICAL", "drift"), ("CRITICAL", "coverage"), ("CRITICAL", "error")]);
        assert_eq!(
            alerts[0].message,
            "2 of 3 columns drifted from the training jobs of v3; worst cd_nm: PSI 0.500, critical 0.200"
        );
        assert_eq!(
            alerts[1].message,
            "intervals of v3 contain 80.0 % of the results for nils in window that arrived, 95.0 % were promised (40 jobs)"
        );
        let mild = Drift { shifts: vec![shift("na", 0.4)], tests: Vec::new(), jobs: 20 };
        assert_eq!(mild.alerts("v3")[0].severity, "WARN", "twice the critical value is the limit");
    }

    #[test]
    fn rows_history_and_metrics_name_every_comparison() {
        let found = drift();
        let csv = String::from_utf8(found.frame().to_csv()).unwrap();
        let lines: Vec<&str> = csv.lines().collect();
        assert_eq!(lines.len(), 7);
        assert_eq!(lines[2], "pitch_nm,feature,50,600,10,0.3,0.2,true,add-half,,,");
        assert_eq!(lines[5], "meef in window,coverage,40,150,,,,false,,0.8,0.95,0.001");
        let kept = found.kept();
        assert_eq!((kept[0].measure.as_str(), kept[0].status.as_str()), ("psi_feature", "ok"));
        assert_eq!(kept[5].point.as_deref(), Some("all results"));
        assert_eq!(kept.iter().filter(|k| k.status == "fails").count(), found.findings());
        let metrics = found.metrics();
        assert_eq!((metrics.len(), metrics[3].name.as_str()), (6, "lto_model_arrivals_coverage"));
    }

    #[test]
    fn the_newest_jobs_that_can_be_are_taken() {
        let own = r#"{"wavelength_nm":13.5,"na":0.33,"sigma":0.8,"pitch_nm":40,"cd_nm":20,"dose_mj_cm2":60}"#;
        let entry = |id: &str, parameters: &str| Entry::read((id, "t"), parameters, None, None);
        let all = vec![entry("a", own), entry("b", own), entry("broken", "{}")];
        let found = newest(all, 1);
        assert_eq!(found.iter().map(|e| e.id.as_str()).collect::<Vec<_>>(), ["b"]);
        let (values, strange) = features(found.iter().filter_map(|e| e.job.as_ref()));
        assert_eq!((values.len(), strange), (1, 0));
    }

    #[test]
    fn columns_of_results_are_left_aside() {
        let text =
            "wavelength_nm,na,sigma_out,pitch_nm,cd_nm,nils,true_meef\n13.5,0.33,0.8,40,20,x,y\n";
        let source = Source { name: "j.csv".to_owned(), bytes: text.as_bytes().to_vec() };
        assert_eq!(jobs(&source).unwrap().len(), 1);
        let bytes = text.replace("true_meef", "note").into_bytes();
        assert!(jobs(&Source { bytes, ..source }).is_err());
    }
}
