//! Whole jobs as JSON: what one registry writes and another takes in.

use super::{JobState, LithoJob, MeasuredOutcome, Registry, RegistryError, Transition, WholeJob};
use libchar_core::{Fault, Faults};
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// A job as [`Registry::whole`] writes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exported {
    job_id: String,
    submitted_at: String,
    completed_at: Option<String>,
    status: JobState,
    submitted_by: Option<String>,
    job_class: i64,
    priority: i64,
    adapter_type: String,
    parameters: Value,
    prediction: Option<Value>,
    outputs: Option<Value>,
    model_version: Option<String>,
    decided_by: Option<Value>,
    #[serde(default)]
    preflight_s: Option<f64>,
    #[serde(default)]
    simulation_s: Option<f64>,
    transitions: Vec<Transition>,
    outcomes: Vec<MeasuredOutcome>,
}

impl From<Exported> for WholeJob {
    fn from(e: Exported) -> WholeJob {
        let text = |value: Option<Value>| value.filter(|v| !v.is_null()).map(|v| v.to_string());
        let job = LithoJob {
            job_id: e.job_id,
            submitted_at: e.submitted_at,
            completed_at: e.completed_at,
            status: e.status,
            submitted_by: e.submitted_by,
            job_class: e.job_class,
            priority: e.priority,
            adapter_type: e.adapter_type,
            parameters: e.parameters.to_string(),
            prediction: text(e.prediction),
            outputs: text(e.outputs),
            model_version: e.model_version,
            decided_by: text(e.decided_by),
            preflight_s: e.preflight_s,
            simulation_s: e.simulation_s,
        };
        WholeJob { job, transitions: e.transitions, outcomes: e.outcomes }
    }
}

impl Registry {
    /// Everything about a job as one JSON object, which [`read`] accepts.
    ///
    /// # Errors
    /// [`RegistryError::Database`].
    pub fn whole(&self, job: &LithoJob) -> Result<Value, RegistryError> {
        let steps = self.transitions(&job.job_id)?;
        Ok(document(job, &steps, &self.outcomes_of(&job.job_id)?))
    }
}

/// A job with its steps and measurements; texts that hold JSON become what they hold.
fn document(job: &LithoJob, transitions: &[Transition], outcomes: &[MeasuredOutcome]) -> Value {
    let parsed = |text: Option<&str>| {
        text.and_then(|text| serde_json::from_str(text).ok()).unwrap_or(Value::Null)
    };
    let mut body = json!(job);
    body["parameters"] = parsed(Some(&job.parameters));
    body["prediction"] = parsed(job.prediction.as_deref());
    body["outputs"] = parsed(job.outputs.as_deref());
    body["decided_by"] = parsed(job.decided_by.as_deref());
    body["transitions"] = json!(transitions);
    body["outcomes"] = json!(outcomes);
    body
}

/// Whether a text is JSON lines of whole jobs, and not a table of jobs.
pub fn is_whole(text: &str) -> bool {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    serde_json::from_str::<Map<String, Value>>(first)
        .is_ok_and(|object| object.contains_key("transitions"))
}

/// Reads JSON lines of whole jobs.
///
/// # Errors
/// Every line that is not one, and measurements that belong to another job.
pub fn read(name: &str, text: &str) -> Result<Vec<WholeJob>, Faults> {
    let (mut jobs, mut faults) = (Vec::new(), Vec::new());
    let numbered = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    for (i, line) in numbered {
        match serde_json::from_str::<Exported>(line) {
            Ok(exported) => {
                let whole = WholeJob::from(exported);
                let id = &whole.job.job_id;
                if let Some(stray) = whole.outcomes.iter().find(|o| o.job_id != *id) {
                    let found = format!("an outcome of `{}` in job `{id}`", stray.job_id);
                    faults.push(Fault::at(name, i + 1, 0, found));
                }
                jobs.push(whole);
            }
            Err(error) => {
                let fault = Fault { line: i + 1, ..Fault::json(name, &error) };
                faults.push(fault.expected("a job as `jobs export --format jsonl` writes it"));
            }
        }
    }
    Faults::or(jobs, faults)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole() -> WholeJob {
        let job = LithoJob {
            job_id: "a".to_owned(),
            submitted_at: "2026-01-01T00:00:00Z".to_owned(),
            status: JobState::Completed,
            parameters: r#"{"na":0.75}"#.to_owned(),
            outputs: Some(r#"{"nils":2.5}"#.to_owned()),
            ..LithoJob::default()
        };
        let step = Transition {
            old_status: None,
            new_status: JobState::Submitted,
            changed_at: job.submitted_at.clone(),
            changed_by: Some("ada".to_owned()),
            note: None,
        };
        let outcome = MeasuredOutcome {
            job_id: "a".to_owned(),
            measure: "cd_nm".to_owned(),
            value: 129.5,
            measured_at: None,
            recorded_at: job.submitted_at.clone(),
            recorded_by: None,
            source: None,
        };
        WholeJob { job, transitions: vec![step], outcomes: vec![outcome] }
    }

    #[test]
    fn what_is_written_is_read_as_the_same_job() {
        let WholeJob { job, transitions, outcomes } = whole();
        let line = document(&job, &transitions, &outcomes);
        assert_eq!((&line["parameters"]["na"], &line["decided_by"]), (&json!(0.75), &Value::Null));
        let text = format!("\n{line}\n");
        assert!(is_whole(&text));
        let read = read("t", &text).unwrap();
        let again = document(&read[0].job, &read[0].transitions, &read[0].outcomes);
        assert_eq!((again, read[0].job.decided_by.as_ref()), (line, None));
    }

    #[test]
    fn faults_of_all_lines_are_told_at_their_lines() {
        let WholeJob { job, transitions, mut outcomes } = whole();
        outcomes[0].job_id = "b".to_owned();
        let text = format!("{{}}\n{}\n", document(&job, &transitions, &outcomes));
        let told = read("t", &text).unwrap_err().to_string();
        assert!(told.starts_with("t:1:"), "{told}");
        assert!(told.contains("expected a job as `jobs export --format jsonl` writes it"));
        assert!(told.contains("t:2: an outcome of `b` in job `a`"), "{told}");
        assert!(!is_whole("job_id,na\na,0.75\n") && !is_whole(""));
    }
}
