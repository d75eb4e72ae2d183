//! Compares the outputs of a job with its limits and with its prediction.

use super::profile::{Limit, Profile};
use super::targets::TARGETS;
use libchar_core::told::Alert;
use serde_json::{Value, json};

/// An interval missed by more than this many of its half-widths is an anomaly.
const FAR: f64 = 2.0;

/// Whether `value` is far outside the predicted interval, if there is one.
pub fn is_far(value: f64, low: Option<f64>, high: Option<f64>) -> bool {
    low.zip(high).is_some_and(|(low, high)| {
        let half = 0.5 * (high - low);
        (value - 0.5 * (low + high)).abs() > FAR * half
    })
}

/// What is wrong with the outputs of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Anomaly {
    /// Limits that they miss, as texts.
    Missed(Vec<String>),
    /// Results far outside the model's intervals.
    Far(Vec<&'static str>),
}

impl Anomaly {
    /// The alert about it.
    pub fn alert(&self, job: &str) -> Alert {
        let (severity, kind, message, advice) = match self {
            Anomaly::Missed(missed) => {
                let message = format!("the simulation misses {}", missed.join(", "));
                ("CRITICAL", "constraint_violation", message, None)
            }
            Anomaly::Far(far) => {
                let message = format!("far from what was predicted: {}", far.join(", "));
                let advice = "check the job, then retrain with its result";
                ("WARN", "prediction_missed", message, Some(advice.to_owned()))
            }
        };
        Alert { severity, kind, job: Some(job.to_owned()), message, advice }
    }
}

/// Compares outputs with limits and with the prediction, both as stored with the job.
pub fn anomaly(profile: &Profile, outputs: &Value, predicted: &Value) -> Option<Anomaly> {
    let value = |name: &str| outputs[name].as_f64();
    let missed: Vec<String> = profile
        .limits
        .iter()
        .filter(|limit| value(limit.target).is_none_or(|v| limit.violated(v)))
        .map(Limit::text)
        .collect();
    if !missed.is_empty() {
        return Some(Anomaly::Missed(missed));
    }
    let far: Vec<&'static str> = TARGETS
        .iter()
        .map(|(name, ..)| *name)
        .filter(|name| {
            let end = |end: &str| predicted["results"][*name][end].as_f64();
            value(name).is_some_and(|v| is_far(v, end("low"), end("high")))
        })
        .collect();
    let is_sure = predicted["answer"] == "model" && predicted["doubts"] == json!([]);
    (!far.is_empty() && is_sure).then_some(Anomaly::Far(far))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile() -> Profile {
        let limit = |target, value, above| Limit { target, value, above };
        let limits = vec![limit("nils", 1.2, false), limit("meef", 3.0, true)];
        Profile { limits, warn: 0.1, block: 0.5 }
    }

    fn predicted(answer: &str, doubts: &[&str]) -> Value {
        json!({
            "answer": answer, "doubts": doubts,
            "results": { "nils": { "low": 1.4, "high": 1.6 }, "meef": { "low": 1.0, "high": 2.0 } },
        })
    }

    #[test]
    fn outputs_that_miss_a_limit_or_are_absent_are_told_by_their_limits() {
        let of = |outputs: Value| anomaly(&profile(), &outputs, &predicted("model", &[]));
        assert_eq!(of(json!({ "nils": 1.5, "meef": 1.5 })), None);
        let missed = |texts: &[&str]| {
            Some(Anomaly::Missed(texts.iter().map(|text| (*text).to_owned()).collect()))
        };
        assert_eq!(of(json!({ "nils": 1.1, "meef": 3.5 })), missed(&["nils >= 1.2", "meef <= 3"]));
        assert_eq!(of(json!({ "nils": 1.5, "meef": null })), missed(&["meef <= 3"]));
        // A result equal to its limit is within the limit.
        assert!(!matches!(of(json!({ "nils": 1.2, "meef": 3.0 })), Some(Anomaly::Missed(_))));
    }

    #[test]
    fn only_a_model_that_was_sure_can_be_far_off() {
        let outputs = json!({ "nils": 1.75, "meef": 1.5 });
        let of = |predicted: &Value| anomaly(&profile(), &outputs, predicted);
        assert_eq!(of(&predicted("model", &[])), Some(Anomaly::Far(vec!["nils"])));
        assert_eq!(of(&predicted("physics", &[])), None);
        assert_eq!(of(&predicted("model", &["unlike the training jobs"])), None);
        assert_eq!(of(&Value::Null), None);
    }

    #[test]
    fn far_is_beyond_two_half_widths_of_the_interval() {
        let far = |value| is_far(value, Some(1.0), Some(3.0));
        assert!(!far(4.0) && far(4.01) && !far(0.0) && far(-0.01));
        assert!(!is_far(99.0, None, Some(3.0)));
    }

    #[test]
    fn an_anomaly_is_told_by_how_bad_it_is() {
        let missed = Anomaly::Missed(vec!["nils >= 1.2".to_owned(), "meef <= 3".to_owned()]);
        let alert = missed.alert("j");
        assert_eq!((alert.severity, alert.advice.clone()), ("CRITICAL", None));
        assert_eq!(alert.message, "the simulation misses nils >= 1.2, meef <= 3");
        let far = Anomaly::Far(vec!["nils"]).alert("j");
        assert_eq!(
            (far.severity, far.message.as_str()),
            ("WARN", "far from what was predicted: nils")
        );
    }
}
