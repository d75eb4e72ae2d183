//! The record of jobs: predicted, simulated and measured values of each, and the part that a model
//! can learn from.

use super::judge::Estimate;
use super::known::Known;
use super::targets::{TARGETS, job_key};
use super::{NamedJob, TrustError};
use libchar_litho::{Job, JobParameters};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// All values that a record follows: results, the printed width, and the trade-off signals that are
/// not results.
pub const SIGNALS: [&str; 12] = [
    "nils",
    "el_pct",
    "dof_nm",
    "meef",
    "ler3s_nm",
    "yield_risk",
    "cd_nm",
    "speed_vs_accuracy",
    "resolution_vs_dof",
    "cost_vs_fidelity",
    "surrogate_reliability",
    "overall_health",
];

/// Whether a value can be measured: the results and the width.
pub fn measurable(name: &str) -> bool {
    SIGNALS[..7].contains(&name)
}

/// One job of the record.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// When it was submitted.
    pub at: String,
    /// The job; `None` if its parameters are not valid.
    pub job: Option<Job>,
    /// Values predicted before it ran, by the model or by the physics in its place.
    pub predicted: BTreeMap<String, Estimate>,
    /// Simulated values.
    pub simulated: BTreeMap<String, f64>,
    /// Measured values, in the order of arrival.
    pub measured: BTreeMap<String, Vec<f64>>,
}

/// Which values count as the truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// The mean of the measured values, else the simulated value.
    Best,
    /// Only the mean of the measured values.
    Measured,
    /// Only the simulated value.
    Simulated,
}

impl Entry {
    /// Reads a job from its texts in the registry.
    pub fn read(
        (id, at): (&str, &str),
        parameters: &str,
        prediction: Option<&str>,
        outputs: Option<&str>,
    ) -> Entry {
        let object = |text: Option<&str>| -> Value {
            text.and_then(|text| serde_json::from_str(text).ok()).unwrap_or(Value::Null)
        };
        let (said, found) = (object(prediction), object(outputs));
        let job = serde_json::from_str::<JobParameters>(parameters);
        let mut entry = Entry {
            id: id.to_owned(),
            at: at.to_owned(),
            job: job.ok().and_then(|p| p.check().ok()),
            ..Entry::default()
        };
        for name in SIGNALS {
            let own = [&said["results"][name], &said["signals"][name]];
            if let Some(own) = own.into_iter().find(|own| own["value"].is_number()) {
                let end = |end: &str| own[end].as_f64();
                let estimate = Estimate { value: end("value"), low: end("low"), high: end("high") };
                entry.predicted.insert(name.to_owned(), estimate);
            }
            let own = [&found[name], &found["signals"][name]];
            if let Some(value) = own.into_iter().find_map(Value::as_f64) {
                entry.simulated.insert(name.to_owned(), value);
            }
        }
        entry
    }

    /// The prediction of a signal; [`Estimate::NONE`] if there is none.
    pub fn said(&self, name: &str) -> Estimate {
        self.predicted.get(name).copied().unwrap_or(Estimate::NONE)
    }

    /// The mean of the measured values of a signal.
    pub fn measured_mean(&self, name: &str) -> Option<f64> {
        let values = self.measured.get(name).filter(|values| !values.is_empty())?;
        Some(values.iter().sum::<f64>() / values.len() as f64)
    }

    /// The true value of a signal.
    pub fn truth(&self, name: &str, whose: Truth) -> Option<f64> {
        let simulated = || self.simulated.get(name).copied();
        match whose {
            Truth::Best => self.measured_mean(name).or_else(simulated),
            Truth::Measured => self.measured_mean(name),
            Truth::Simulated => simulated(),
        }
    }
}

/// Jobs to learn from, and the numbers of those that cannot be used.
#[derive(Clone, Debug)]
pub struct Lessons {
    /// The jobs.
    pub known: Known,
    /// Number of those jobs with at least one measured result.
    pub measured: usize,
    /// Number of jobs without any of the results that are learned.
    pub without_results: usize,
    /// Number of jobs that lack some of these results, for example because they do not print.
    pub incomplete: usize,
    /// Number of jobs that the features cannot express, or whose parameters are not valid.
    pub inexpressible: usize,
    /// Number of jobs that are repeated by a later one.
    pub repeated: usize,
}

impl Lessons {
    /// A sentence on how many of `all` jobs are used, and why others are not.
    pub fn sentence(&self, all: usize) -> String {
        let mut text = format!(
            "{} of {all} jobs of the record are learned from, {} of them with measured results; results: {}",
            self.known.jobs.len(),
            self.measured,
            self.known.targets.join(", ")
        );
        for (number, why) in [
            (self.without_results, "have no results"),
            (self.incomplete, "lack some of these"),
            (self.inexpressible, "are expressed by no value"),
            (self.repeated, "are repeated by a later one"),
        ] {
            if number > 0 {
                text.push_str(&format!("; {number} {why}"));
            }
        }
        text
    }
}

/// The jobs of a record that a model can learn from. An empty `wanted` takes the results that at
/// least half of the jobs with results have. Of equal jobs the newest counts.
///
/// # Errors
/// [`TrustError::Unfit`] where no job has a result.
pub fn lessons(entries: &[Entry], whose: Truth, wanted: &[&str]) -> Result<Lessons, TrustError> {
    let has = |entry: &Entry, name: &str| entry.truth(name, whose).is_some();
    let any = |entry: &&Entry| TARGETS.iter().any(|(name, ..)| has(entry, name));
    let with_results = entries.iter().filter(any).count();
    let targets: Vec<&'static str> = TARGETS
        .iter()
        .map(|(name, ..)| *name)
        .filter(|name| match wanted {
            [] => 2 * entries.iter().filter(|e| has(e, name)).count() >= with_results.max(1),
            _ => wanted.contains(name),
        })
        .collect();
    if with_results == 0 || targets.is_empty() {
        let message = "no job of the record has results to learn from";
        return Err(TrustError::Unfit(message.to_owned()));
    }
    let mut found = Lessons {
        known: Known { jobs: Vec::new(), truth: Vec::new(), targets },
        measured: 0,
        without_results: 0,
        incomplete: 0,
        inexpressible: 0,
        repeated: 0,
    };
    let mut seen = BTreeSet::new();
    for entry in entries.iter().rev() {
        let truth: Vec<Option<f64>> =
            found.known.targets.iter().map(|name| entry.truth(name, whose)).collect();
        let expressed = entry.job.as_ref().filter(|job| libchar_litho::learner::row(job).is_ok());
        match (truth.iter().copied().collect::<Option<Vec<f64>>>(), expressed) {
            (None, _) if truth.iter().all(Option::is_none) => found.without_results += 1,
            (None, _) => found.incomplete += 1,
            (_, None) => found.inexpressible += 1,
            (Some(_), Some(job)) if !seen.insert(job_key(job)) => found.repeated += 1,
            (Some(truth), Some(job)) => {
                let is_measured = |name: &&str| entry.measured.contains_key(*name);
                let measured = found.known.targets.iter().any(is_measured);
                found.measured += usize::from(measured && whose != Truth::Simulated);
                found.known.jobs.push(NamedJob { id: entry.id.clone(), job: job.clone() });
                found.known.truth.push(truth);
            }
        }
    }
    found.known.jobs.reverse();
    found.known.truth.reverse();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    const JOB: &str = r#"{"wavelength_nm":13.5,"na":0.33,"sigma":0.8,"pitch_nm":40,"cd_nm":20,"dose_mj_cm2":60,"blur_nm":4}"#;

    fn entry(id: &str, parameters: &str, nils: f64) -> Entry {
        let outputs = format!(r#"{{"nils": {nils}, "signals": {{"overall_health": 0.5}}}}"#);
        let said = r#"{"results": {"nils": {"value": 2.1, "low": 2.0, "high": 2.2}}}"#;
        Entry::read((id, "t"), parameters, Some(said), Some(&outputs))
    }

    #[test]
    fn what_was_measured_goes_before_what_was_simulated() {
        let mut own = entry("a", JOB, 2.0);
        assert_eq!(own.truth("nils", Truth::Best), Some(2.0));
        own.measured.insert("nils".to_owned(), vec![2.2, 2.4]);
        assert!((own.truth("nils", Truth::Best).unwrap() - 2.3).abs() < 1e-12);
        assert_eq!(own.truth("nils", Truth::Simulated), Some(2.0));
        assert_eq!(own.truth("meef", Truth::Best), None);
        assert_eq!(own.simulated["overall_health"], 0.5);
        assert_eq!(own.predicted["nils"].high, Some(2.2));
    }

    #[test]
    fn every_job_is_learned_from_or_counted() {
        let other = JOB.replace("40", "44");
        let odd = JOB.replace(
            "\"sigma\":0.8",
            "\"source\":\"dipole\",\"pole_center\":0.6,\"pole_radius\":0.2",
        );
        let entries = [
            entry("a", JOB, 2.0),
            entry("again", JOB, 2.5),
            entry("b", &other, 1.5),
            entry("odd", &odd, 1.0),
            Entry::read(("bare", "t"), JOB, None, None),
        ];
        let found = lessons(&entries, Truth::Best, &[]).unwrap();
        let ids: Vec<&str> = found.known.jobs.iter().map(|job| job.id.as_str()).collect();
        assert_eq!((ids, found.known.targets.clone()), (vec!["again", "b"], vec!["nils"]));
        assert_eq!(found.known.truth, [[2.5], [1.5]]);
        assert_eq!((found.repeated, found.inexpressible, found.without_results), (1, 1, 1));
        assert_eq!(
            found.sentence(entries.len()),
            "2 of 5 jobs of the record are learned from, 0 of them with measured results; results: nils; \
             1 have no results; 1 are expressed by no value; 1 are repeated by a later one"
        );
        assert!(lessons(&entries, Truth::Measured, &[]).is_err());
    }
}
