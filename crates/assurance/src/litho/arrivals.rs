//! Whether a model's intervals and errors hold on results that arrived after it was trained: is
//! their coverage as high, and are the errors as small, as on its own test?

use super::evaluate::Report;
use super::targets::{beyond_ranges, class_of};
use libchar_learn::{LearnError, Surrogate, conformal, score};
use libchar_litho::Job;
use libchar_litho::learner::{self, Regime};
use libchar_numeric::normal;
use std::collections::BTreeMap;

/// Least number of arrivals that are judged.
pub const LEAST: usize = 20;

/// Least increase of the mean error, in standard errors, that counts: errors are skewed, so the
/// quantile of the normal distribution alone would raise too many alarms.
const LEAST_EXCESS: f64 = 3.0;

/// Results that arrived, compared with the model's predictions.
#[derive(Clone, Debug)]
pub struct Arrivals {
    /// Number of jobs that are judged.
    pub jobs: usize,
    /// Number of jobs to which the model's intervals do not apply: unlike the training jobs, or
    /// with a parameter beyond its training range.
    pub doubtful: usize,
    /// By result and regime: how many results arrived, and how many of them lie outside their
    /// intervals.
    outside: BTreeMap<(usize, usize), Count>,
    /// Errors of jobs for which every result has arrived: means over the results, in standard
    /// deviations.
    errors: Vec<f64>,
}

/// Number of results that arrived, and of those outside their intervals.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    jobs: usize,
    missed: usize,
}

/// One test.
#[derive(Clone, Debug, PartialEq)]
pub struct Test {
    /// What is tested: a result in a regime, or `all results`.
    pub what: String,
    /// `coverage` or `error`.
    pub kind: &'static str,
    /// Number of jobs in the test.
    pub jobs: usize,
    /// Number of jobs behind the expected value.
    pub reference_jobs: usize,
    /// Share within the intervals, or mean error.
    pub found: f64,
    /// Expected value.
    pub promised: f64,
    /// Probability of a value that is at least as bad if nothing has changed.
    pub p_value: f64,
    /// Whether that probability is too small to be chance.
    pub broken: bool,
}

impl Arrivals {
    /// Predicts jobs and compares the predictions with the results that have arrived; results stand
    /// in the order of the model's targets.
    ///
    /// # Errors
    /// [`LearnError`] of the model.
    pub fn of(
        model: &Surrogate,
        jobs: &[(&Job, Vec<Option<f64>>)],
    ) -> Result<Arrivals, LearnError> {
        let mut all =
            Arrivals { jobs: 0, doubtful: 0, outside: BTreeMap::new(), errors: Vec::new() };
        for (job, truth) in jobs {
            let Ok(row) = learner::row(job) else {
                all.doubtful += 1;
                continue;
            };
            let novelty = model.novelty(&row.values, class_of(model, job));
            if novelty.is_outside() || !beyond_ranges(model, &row.values).is_empty() {
                all.doubtful += 1;
                continue;
            }
            all.jobs += 1;
            let predicted = model.predict(&row.values, row.regime as usize)?;
            let mut errors = Vec::new();
            for (t, (p, truth)) in predicted.iter().zip(truth).enumerate() {
                let Some(truth) = *truth else { continue };
                errors.push(model.scaled_error(t, truth, p.value));
                if p.bounded {
                    let own = all.outside.entry((t, row.regime as usize)).or_default();
                    own.jobs += 1;
                    own.missed += usize::from(!(p.low..=p.high).contains(&truth));
                }
            }
            if errors.len() == predicted.len() {
                all.errors.push(errors.iter().sum::<f64>() / errors.len() as f64);
            }
        }
        Ok(all)
    }

    /// Results and regimes with enough arrivals.
    fn judged(&self) -> impl Iterator<Item = (usize, usize, Count)> {
        let enough = self.outside.iter().filter(|(_, count)| count.jobs >= LEAST);
        enough.map(|(&(target, regime), &count)| (target, regime, count))
    }

    /// Number of tests that [`Arrivals::judge`] makes.
    pub fn tests(&self) -> usize {
        self.judged().count() + usize::from(self.errors.len() >= LEAST)
    }

    /// A sentence on how many results arrived for jobs that the model `version` has not seen.
    pub fn sentence(&self, version: &str) -> String {
        let mut text =
            format!("results of {} jobs that {version} has not seen have arrived", self.jobs);
        if self.doubtful > 0 {
            text.push_str(&format!("; {} more are unlike its training jobs", self.doubtful));
        }
        if self.tests() == 0 {
            text.push_str(&format!(": {LEAST} are needed to judge coverage and error"));
        }
        text
    }

    /// All tests, each of which is broken by chance with a probability of at most `chance`.
    ///
    /// # Formula
    ///
    /// Misses are beta-binomial, as in the gates. The errors of n jobs are compared with those of
    /// the test by
    /// z = (mean - mean of the test)/sqrt(sd²/n + sd_test²/n_test).
    /// The test is broken if z exceeds both the normal quantile and three.
    pub fn judge(&self, model: &Surrogate, report: &Report, chance: f64) -> Vec<Test> {
        let names: Vec<&str> = model.targets().map(|t| t.name.as_str()).collect();
        let mut tests = Vec::new();
        for (target, regime, Count { jobs, missed }) in self.judged() {
            let regime = Regime::ALL[regime].name();
            let own = report.targets.iter().find(|t| t.target == names[target]);
            let own = own.and_then(|t| t.regimes.iter().find(|r| r.regime == regime));
            // For a regime without test rows, the number of all calibration rows is the best
            // substitute.
            let calibration = own.map_or(report.calibration_rows, |r| r.calibration_rows);
            let p_value =
                conformal::miss_p_value(missed, jobs, calibration, model.alpha()).unwrap_or(1.0);
            tests.push(Test {
                what: format!("{} in {regime}", names[target]),
                kind: "coverage",
                jobs,
                reference_jobs: calibration,
                found: 1.0 - missed as f64 / jobs as f64,
                promised: 1.0 - model.alpha(),
                p_value,
                broken: p_value < chance,
            });
        }
        if self.errors.len() >= LEAST {
            let n = self.errors.len() as f64;
            let mean = self.errors.iter().sum::<f64>() / n;
            let variance = score::sd(&self.errors).powi(2) / n
                + report.error_sd.powi(2) / report.test_rows.max(1) as f64;
            let excess = (mean - report.error_mean) / variance.sqrt().max(f64::MIN_POSITIVE);
            let p_value = normal::cdf(-excess);
            tests.push(Test {
                what: "all results".to_owned(),
                kind: "error",
                jobs: self.errors.len(),
                reference_jobs: report.test_rows,
                found: mean,
                promised: report.error_mean,
                p_value,
                broken: p_value < chance && excess >= LEAST_EXCESS,
            });
        }
        tests
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrivals_are_told_with_what_is_missing() {
        let mut all =
            Arrivals { jobs: 25, doubtful: 0, outside: BTreeMap::new(), errors: Vec::new() };
        let few = "results of 25 jobs that v1 has not seen have arrived: 20 are needed to judge coverage and error";
        assert_eq!(all.sentence("v1"), few);
        all.errors = vec![0.1; LEAST];
        all.doubtful = 3;
        assert_eq!(
            all.sentence("v1"),
            "results of 25 jobs that v1 has not seen have arrived; 3 more are unlike its training jobs"
        );
    }
}
