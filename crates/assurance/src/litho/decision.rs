//! The data on which the decision about a job is based, as stored with it: its limits, its
//! prediction and its outputs.

use super::NamedJob;
use super::judge::{Estimate, Judgement, Verdict, results_of};
use super::profile::{Limit, Profile, Profiles};
use super::record::Entry;
use super::targets::TARGETS;
use super::{answer::Answer, report};
use libchar_core::told::{Alert, Metric};
use libchar_litho::{JobFault, JobParameters};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The limits that decide about a job, stored with it at its submission.
#[derive(Serialize, Deserialize)]
pub struct Decision {
    /// Name of the constraint profile.
    pub profile: String,
    /// The limits; `None` if there is no profile of that name.
    pub limits: Option<Profile>,
    /// The existing names, if there is no profile of that name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub known: Vec<String>,
}

impl Decision {
    /// The limits for a job that names a profile, or none.
    pub fn of(profiles: &Profiles, profile: Option<&str>) -> Decision {
        let name = profile.unwrap_or("default");
        let limits = profiles.find(name).cloned();
        let known = if limits.is_some() { Vec::new() } else { profiles.names() };
        Decision { profile: name.to_owned(), limits, known }
    }

    /// The name of the profile and its limits.
    ///
    /// # Errors
    /// A sentence, if there is no such profile.
    pub fn found(self) -> Result<(String, Profile), String> {
        let Decision { profile, limits, known } = self;
        let unknown = || {
            format!("unknown constraint profile `{profile}`, expected one of {}", known.join(", "))
        };
        let limits = limits.ok_or_else(unknown)?;
        Ok((profile, limits))
    }
}

/// The profile with which a job was submitted, and its name. For a job of an earlier version, which
/// stored none, it is looked up in `profiles`.
///
/// # Errors
/// A stored decision that cannot be read, and a profile that does not exist, as a sentence.
pub fn in_force(
    profiles: &Profiles,
    decided_by: Option<&str>,
    parameters: &str,
) -> Result<(String, Profile), String> {
    let decision = match decided_by {
        Some(text) => serde_json::from_str(text).map_err(|e| format!("what decides it: {e}"))?,
        None => {
            let parameters: JobParameters =
                serde_json::from_str(parameters).map_err(|e| e.to_string())?;
            Decision::of(profiles, parameters.constraint_profile.as_deref())
        }
    };
    decision.found()
}

/// The limits with which a job was submitted; `None` for jobs of earlier versions and imported
/// ones.
pub fn limits_of(decided_by: Option<&str>) -> Option<Profile> {
    serde_json::from_str::<Decision>(decided_by?).ok()?.limits
}

/// Results whose limits a job was predicted to miss (`warn`) or missed in simulation (`critical`),
/// once for each limit.
pub fn missed_limits(
    limits: &Profile,
    entry: &Entry,
    prediction: Option<&str>,
) -> Vec<(&'static str, &'static str)> {
    let said: Vec<String> = prediction
        .and_then(|text| serde_json::from_str::<Value>(text).ok())
        .and_then(|value| serde_json::from_value(value["violations"].clone()).ok())
        .unwrap_or_default();
    let of_limit = |limit: &Limit| {
        let warned = said.contains(&limit.text()).then_some((limit.target, "warn"));
        let found = entry.simulated.get(limit.target).is_some_and(|v| limit.violated(*v));
        [warned, found.then_some((limit.target, "critical"))]
    };
    limits.limits.iter().flat_map(of_limit).flatten().collect()
}

/// Numbers of limits that jobs missed, by result and severity.
pub fn violations(missed: impl Iterator<Item = (&'static str, &'static str)>) -> Vec<Metric> {
    let mut violations: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    missed.for_each(|limit| *violations.entry(limit).or_default() += 1);
    let help = "Limits that jobs were predicted (warn) or simulated (critical) to miss";
    let of_limit = |((target, severity), number)| {
        let labels = [("type", target), ("severity", severity)];
        Metric::counter("lto_constraint_violations_total", help, &labels, f64::from(number))
    };
    violations.into_iter().map(of_limit).collect()
}

/// Checks the values of a job's stored parameters.
///
/// # Errors
/// All faults of the job in one line.
pub fn checked(id: &str, parameters: &str) -> Result<NamedJob, String> {
    let parameters: JobParameters =
        serde_json::from_str(parameters).map_err(|error| error.to_string())?;
    let checked = parameters.check().map_err(|faults| {
        let text = |fault: &JobFault| format!("{fault}, expected {}", fault.expected);
        faults.iter().map(text).collect::<Vec<_>>().join("; ")
    })?;
    Ok(NamedJob { id: id.to_owned(), job: checked })
}

/// The prediction of a job as it is stored with it.
pub fn prediction(judgement: &Judgement) -> Value {
    let one = |e: &Estimate| json!({ "value": e.value, "low": e.low, "high": e.high });
    let results: serde_json::Map<String, Value> = TARGETS
        .iter()
        .zip(&judgement.results)
        .map(|((name, ..), estimate)| ((*name).to_owned(), one(estimate)))
        .collect();
    let signals = judgement.signals.iter().flat_map(|s| s.named());
    let signals: serde_json::Map<String, Value> =
        signals.map(|(name, interval)| (name.to_owned(), json!(interval))).collect();
    json!({
        "verdict": judgement.verdict.to_string(),
        "answer": judgement.answer.to_string(),
        "results": results,
        "signals": signals,
        "doubts": judgement.doubts,
        "violations": judgement.violations.iter().map(|v| v.limit.clone()).collect::<Vec<_>>(),
        "alternatives": judgement.alternatives,
    })
}

/// An alert if a job is blocked: the limits that it would miss, and the changes that would help.
pub fn blocked(judgement: &Judgement) -> Option<Alert> {
    let reasons: Vec<&str> = judgement.violations.iter().map(|v| v.limit.as_str()).collect();
    let advice = judgement.alternatives.join(" or ");
    (judgement.verdict == Verdict::Block).then(|| Alert {
        severity: "WARN",
        kind: "blocked",
        job: Some(judgement.id.clone()),
        message: format!("blocked: it would miss {}", reasons.join(", ")),
        advice: (!advice.is_empty()).then_some(advice),
    })
}

/// The outputs of a simulator as they are stored with a job.
pub fn outputs(named: &NamedJob, answer: &Answer) -> Value {
    let results = results_of(&answer.outputs);
    let mut body: Map<String, Value> = TARGETS
        .iter()
        .zip(&results)
        .map(|((name, ..), result)| ((*name).to_owned(), json!(result.value)))
        .collect();
    body.insert("cd_nm".to_owned(), json!(answer.outputs.cd_nm));
    let signals = report::signals(named, answer).named();
    let signals = signals.map(|(name, s)| (name.to_owned(), json!(s.map(|s| s.value))));
    body.insert("signals".to_owned(), Value::Object(signals.into_iter().collect()));
    Value::Object(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile() -> Profile {
        let limit = |target, value, above| Limit { target, value, above };
        let limits = vec![limit("nils", 1.2, false), limit("meef", 3.0, true)];
        Profile { limits, warn: 0.1, block: 0.5 }
    }

    #[test]
    fn a_decision_knows_its_profile_or_those_that_there_are() {
        let profiles = Profiles::built_in();
        let (name, _) = Decision::of(&profiles, None).found().unwrap();
        assert_eq!(name, "default");
        let unknown = Decision::of(&profiles, Some("euv"));
        let written = serde_json::to_string(&unknown).unwrap();
        let again: Decision = serde_json::from_str(&written).unwrap();
        let told = again.found().unwrap_err();
        assert_eq!(told, "unknown constraint profile `euv`, expected one of default");
    }

    #[test]
    fn a_job_keeps_the_limits_of_its_submission() {
        let profiles = Profiles::built_in();
        let own = Decision { profile: "euv".to_owned(), limits: Some(profile()), known: vec![] };
        let own = serde_json::to_string(&own).unwrap();
        let job = r#"{"wavelength_nm":193,"na":0.75,"pitch_nm":260,"cd_nm":130}"#;
        assert_eq!(in_force(&profiles, Some(&own), job).unwrap().0, "euv");
        assert_eq!(limits_of(Some(&own)).unwrap().limits.len(), 2);
        // Jobs of earlier versions stored no decision.
        assert_eq!(in_force(&profiles, None, job).unwrap().0, "default");
        assert!(limits_of(None).is_none());
        let named = job.replace('}', r#","constraint_profile":"duv"}"#);
        assert!(in_force(&profiles, None, &named).unwrap_err().contains("profile `duv`"));
        let broken = in_force(&profiles, Some("["), job).unwrap_err();
        assert!(broken.starts_with("what decides it: "), "{broken}");
    }

    #[test]
    fn limits_that_were_missed_are_counted_where_they_were_told() {
        let outputs = r#"{"nils": 1.1, "meef": 2.0}"#;
        let entry = Entry::read(("a", "t"), "{}", None, Some(outputs));
        let said = r#"{"violations": ["meef <= 3"]}"#;
        let found = missed_limits(&profile(), &entry, Some(said));
        assert_eq!(found, [("nils", "critical"), ("meef", "warn")]);
        assert_eq!(missed_limits(&profile(), &entry, None), [("nils", "critical")]);
    }

    #[test]
    fn all_faults_of_a_job_stand_in_one_line() {
        let told = checked(
            "j",
            "{\"na\":-1,\"wavelength_nm\":-193,\"pitch_nm\":260,\"cd_nm\":130,\"sigma\":0.6}",
        )
        .unwrap_err();
        assert!(told.contains("; ") && told.contains("wavelength_nm"), "{told}");
        assert!(checked("j", "[").is_err());
    }
}
