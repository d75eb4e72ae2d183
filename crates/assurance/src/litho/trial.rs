//! The trial of a model (the shadow) beside the one in production on the same jobs: paired errors,
//! and the gates that they must pass.

use super::TrustError;
use super::evaluate::{COVERAGE_LEVEL, Report, predict_all};
use super::known::Known;
use crate::gate::Gate;
use libchar_core::told::Kept;
use libchar_core::{Cell, Frame, Note};
use libchar_learn::paired::{self, PairedTest};
use libchar_learn::{LearnError, Surrogate, conformal, score};
use std::collections::BTreeSet;

/// Least number of jobs on which a shadow is compared with production.
pub const LEAST_JOBS: usize = 200;

/// With 95 % confidence, a shadow may be worse than production by at most this.
pub const MARGIN_PCT: f64 = 10.0;

/// One job that both models predicted; errors are means over the results, in standard deviations.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// Key of the job, computed from its content.
    pub job_key: String,
    /// Error of the shadow.
    pub error: f64,
    /// Error of the model in production.
    pub production_error: f64,
    /// Share of the results within the shadow's intervals.
    pub covered: f64,
}

/// The summary of all jobs that shadow and production predicted.
#[derive(Clone, Debug)]
pub struct Trial {
    /// Number of jobs.
    pub jobs: usize,
    /// Mean error of the shadow.
    pub error_mean: f64,
    /// Standard deviation of its errors over jobs.
    pub error_sd: f64,
    /// Mean error of the model in production.
    pub production_error_mean: f64,
    /// Upper end of the one-sided 95 % interval of the mean difference: how much worse the shadow
    /// may be.
    pub worst_difference: f64,
    /// Mean share of results within the shadow's intervals.
    pub coverage: f64,
    /// Student's test of the paired differences; a negative mean is better than production.
    pub test: PairedTest,
    /// Wilcoxon's test of the same differences, which a single job cannot decide.
    pub ranks: PairedTest,
}

impl Trial {
    /// Summarizes the compared jobs.
    ///
    /// # Errors
    /// [`LearnError::NotFinite`].
    pub fn of(jobs: &[Compared]) -> Result<Trial, LearnError> {
        let errors: Vec<f64> = jobs.iter().map(|job| job.error).collect();
        let differences: Vec<f64> = jobs.iter().map(|j| j.error - j.production_error).collect();
        let n = jobs.len().max(1) as f64;
        let mean = |value: &dyn Fn(&Compared) -> f64| jobs.iter().map(value).sum::<f64>() / n;
        let nothing = PairedTest { statistic: 0.0, p_value: 1.0, mean_difference: 0.0, pairs: 0 };
        let enough = differences.len() >= 2;
        Ok(Trial {
            error_mean: mean(&|job| job.error),
            error_sd: score::sd(&errors),
            production_error_mean: mean(&|job| job.production_error),
            worst_difference: differences.iter().sum::<f64>() / n
                + 1.645 * score::sd(&differences) / n.sqrt(),
            coverage: mean(&|job| job.covered),
            test: if enough { paired::t_test(&differences)? } else { nothing },
            ranks: if enough { paired::wilcoxon(&differences)? } else { nothing },
            jobs: jobs.len(),
        })
    }

    /// The verdict: `too few jobs`, `no difference`, `better` or `worse`.
    pub fn verdict(&self) -> &'static str {
        if self.jobs < LEAST_JOBS {
            "too few jobs"
        } else if self.test.p_value >= 0.05 {
            "no difference"
        } else if self.test.mean_difference < 0.0 {
            "better"
        } else {
            "worse"
        }
    }

    /// The trial as a row, with the versions of both models; `new` jobs were compared just now.
    pub fn frame(&self, model: &str, production: &str, new: usize) -> Frame {
        let cells: [(&str, Cell); 12] = [
            ("model", model.into()),
            ("production", production.into()),
            ("jobs", self.jobs.into()),
            ("new_jobs", new.into()),
            ("needed_jobs", LEAST_JOBS.into()),
            ("error_sd", self.error_mean.into()),
            ("production_error_sd", self.production_error_mean.into()),
            ("t", self.test.statistic.into()),
            ("p_value", self.test.p_value.into()),
            ("wilcoxon_p_value", self.ranks.p_value.into()),
            ("coverage", self.coverage.into()),
            ("verdict", self.verdict().into()),
        ];
        let (columns, row): (Vec<&str>, Vec<Cell>) = cells.into_iter().unzip();
        let mut frame = Frame::new("libchar.litho-shadow", 1, columns);
        frame.push(row);
        frame
    }

    /// A note if there are too few jobs.
    pub fn note(&self, model: &str, production: &str) -> Option<Note> {
        let few = format!("{} of at least {LEAST_JOBS} jobs: too few", self.jobs);
        let message = format!("{few} to compare {model} with {production}");
        (self.jobs < LEAST_JOBS).then_some(Note::Warning("shadow", message))
    }

    /// Numbers for the history.
    pub fn kept(&self) -> [Kept; 3] {
        [
            ("shadow_error_sd", self.error_mean),
            ("production_error_sd", self.production_error_mean),
            ("coverage", self.coverage),
        ]
        .map(|(measure, value)| Kept::of(measure, value))
    }

    /// Whether the verdict is in favour of the shadow.
    pub fn is_good(&self) -> bool {
        !["too few jobs", "worse"].contains(&self.verdict())
    }

    /// The gates that the shadow must pass on the same jobs as the model in production.
    pub fn gates(&self, offline: &Report) -> Vec<Gate> {
        let jobs = self.jobs as f64;
        let mut gates = vec![Gate::at_least("shadow_jobs", Some(jobs), LEAST_JOBS as f64)];
        if self.jobs < LEAST_JOBS {
            return gates;
        }
        // Compared with production: not significantly worse. Compared with its own evaluation: no
        // worse than by chance.
        let worse = if self.test.mean_difference > 0.0 { self.test.p_value } else { 1.0 };
        gates.push(Gate::at_least("shadow_p_value_against_worse", Some(worse), 0.05));
        // A test with few jobs may miss a difference, so the largest difference that they leave
        // possible is limited, too.
        let possible = self.worst_difference / self.production_error_mean;
        let possible = Some(100.0 * possible).filter(|p| p.is_finite());
        gates.push(Gate::at_most("shadow_error_excess_pct_at_most", possible, MARGIN_PCT));
        let variance = offline.error_sd.powi(2) / offline.test_rows.max(1) as f64
            + self.error_sd.powi(2) / jobs;
        let excess = (self.error_mean - offline.error_mean) / variance.sqrt();
        gates.push(Gate::at_most(
            "shadow_error_excess_in_standard_errors",
            Some(excess).filter(|e| e.is_finite()),
            3.0,
        ));
        let missed = ((1.0 - self.coverage) * jobs).round() as usize;
        let p_value =
            conformal::miss_p_value(missed, self.jobs, offline.calibration_rows, offline.alpha);
        gates.push(Gate::at_least("shadow_coverage_p_value", p_value.ok(), COVERAGE_LEVEL));
        gates
    }
}

/// Keys of jobs with which models were made or judged: in a trial, a model would only repeat what
/// it learned.
pub fn seen<'a>(reports: impl IntoIterator<Item = &'a Report>) -> BTreeSet<String> {
    reports.into_iter().flat_map(|report| report.known_jobs.iter().cloned()).collect()
}

/// The jobs with which no model was made or judged, and notes about the others; `models` are versions with their
/// evaluations.
pub fn unseen(known: &Known, models: &[(&str, Report)]) -> (Known, Vec<Note>) {
    let warning = |message| Note::Warning("shadow", message);
    let silent = models.iter().filter(|(_, report)| report.known_jobs.is_empty());
    let mut notes: Vec<Note> = silent
        .map(|(version, _)| {
            let said = format!("{version} does not say which jobs it was trained on");
            warning(format!("{said}: see to it that they are not among these"))
        })
        .collect();
    let left = known.unseen(&seen(models.iter().map(|(_, report)| report)));
    let (all, left_out) = (known.jobs.len(), known.jobs.len() - left.jobs.len());
    if left_out > 0 {
        let message =
            format!("{left_out} of {all} jobs are left out: a model was trained or judged on them");
        notes.push(warning(message));
    }
    (left, notes)
}

/// Predicts every job with both models; errors of both are in the shadow's units.
///
/// # Errors
/// Jobs that the features cannot express; models and data without a common result.
pub fn compare(
    known: &Known,
    model: &Surrogate,
    production: &Surrogate,
) -> Result<Vec<Compared>, TrustError> {
    let names = known.names(0..known.jobs.len());
    let rows = known.rows(0..known.jobs.len(), &names)?;
    let (ours, theirs) = (predict_all(model, &rows)?, predict_all(production, &rows)?);
    let column = |of: &Surrogate, name: &str| of.targets().position(|t| t.name == name);
    // Only targets that both models predict and the data contain can be compared.
    let shared: Vec<(usize, usize, usize)> = known
        .targets
        .iter()
        .enumerate()
        .filter_map(|(i, name)| Some((i, column(model, name)?, column(production, name)?)))
        .collect();
    if shared.is_empty() {
        let message = "the data, the model and production have no result in common";
        return Err(TrustError::Unfit(message.to_owned()));
    }
    let n = shared.len() as f64;
    let keys = known.keys();
    let one = |i: usize| {
        let (mut error, mut production_error, mut covered) = (0.0, 0.0, 0.0);
        for &(column, m, p) in &shared {
            let (truth, guess) = (known.truth[i][column], &ours[i][m]);
            error += model.scaled_error(m, truth, guess.value) / n;
            production_error += model.scaled_error(m, truth, theirs[i][p].value) / n;
            covered += f64::from(u8::from((guess.low..=guess.high).contains(&truth))) / n;
        }
        Compared { job_key: keys[i].clone(), error, production_error, covered }
    };
    Ok((0..known.jobs.len()).map(one).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jobs(errors: &[(f64, f64)]) -> Vec<Compared> {
        let one = |(i, &(error, production_error)): (usize, &(f64, f64))| Compared {
            job_key: i.to_string(),
            error,
            production_error,
            covered: 1.0,
        };
        errors.iter().enumerate().map(one).collect()
    }

    #[test]
    fn a_trial_needs_jobs_and_then_a_difference() {
        let pairs: Vec<(f64, f64)> =
            (0..LEAST_JOBS).map(|i| (0.1 + 0.001 * (i % 7) as f64, 0.1)).collect();
        assert_eq!(Trial::of(&jobs(&pairs[1..])).unwrap().verdict(), "too few jobs");
        assert_eq!(Trial::of(&jobs(&pairs)).unwrap().verdict(), "worse");
        let swapped: Vec<_> = pairs.iter().map(|&(a, b)| (b, a)).collect();
        let better = Trial::of(&jobs(&swapped)).unwrap();
        assert_eq!(better.verdict(), "better");
        assert!(better.worst_difference < 0.0 && better.is_good());
        let csv = String::from_utf8(better.frame("v2", "v1", 7).to_csv()).unwrap();
        let row: Vec<&str> = csv.lines().nth(1).unwrap().split(',').collect();
        assert_eq!((row[..5].join(","), row[11]), ("v2,v1,200,7,200".to_owned(), "better"));
        assert_eq!(Trial::of(&[]).unwrap().jobs, 0);
        assert_eq!(better.note("v2", "v1"), None);
        let few = "0 of at least 200 jobs: too few to compare v2 with v1".to_owned();
        assert_eq!(Trial::of(&[]).unwrap().note("v2", "v1"), Some(Note::Warning("shadow", few)));
    }
}
