//! Taking jobs through their states: every step is committed before the next one starts, so that a job
//! whose process was killed goes on where it stood.

use super::plain;
use super::profile;
use super::registry::{Loaded, RegistryArgs, Store, now};
use super::report;
use super::simulators;
use crate::context::Context;
use crate::exit::Interrupted;
use anyhow::Result;
use libchar_assurance::litho::NamedJob;
use libchar_assurance::litho::judge::{Estimate, Judge, Judgement, Verdict, results_of};
use libchar_assurance::litho::profile::{Limit, Profile, Profiles};
use libchar_assurance::litho::targets::TARGETS;
use libchar_core::lock::Lock;
use libchar_history::registry::{JobState, LITHO, LithoJob, NewAlert, RegistryError};
use libchar_litho::JobParameters;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::time::Instant;

/// An interval missed by more than this many of its half-widths is an anomaly.
const FAR: f64 = 2.0;

/// What decides a job, kept with it from its submission on.
#[derive(Serialize, Deserialize)]
struct Decision {
    profile: String,
    /// Absent if there is no profile of that name.
    limits: Option<Profile>,
    /// The names that there are, where it is absent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    known: Vec<String>,
}

/// Everything that the steps need.
pub struct Pipeline<'a> {
    ctx: &'a Context,
    store: &'a Store,
    profiles: Profiles,
    /// The model in production, if there is one.
    loaded: Option<Loaded>,
}

impl<'a> Pipeline<'a> {
    /// Reads all that jobs need; nothing is written before.
    pub fn new(
        ctx: &'a Context,
        args: &RegistryArgs,
        store: &'a Store,
        profiles: Option<&str>,
    ) -> Result<Self> {
        let loaded = match store.registry.production(LITHO)? {
            Some(_) => Some(args.load(ctx, None)?),
            None => {
                let message = "no model is in production: jobs run without a preflight";
                ctx.log.warning("preflight", message);
                None
            }
        };
        Ok(Pipeline { ctx, store, profiles: profile::read(ctx, profiles)?, loaded })
    }

    /// What decides a job that names a profile, as text to be kept with it.
    pub fn decision(&self, profile: Option<&str>) -> Result<String> {
        let name = profile.unwrap_or("default");
        let limits = self.profiles.find(name).cloned();
        let known = if limits.is_some() { Vec::new() } else { self.profiles.names() };
        Ok(serde_json::to_string(&Decision { profile: name.to_owned(), limits, known })?)
    }

    /// The profile that a job was submitted with; for a job of an earlier version that of this call.
    fn profile(&self, job: &LithoJob) -> Result<(String, Profile), String> {
        let decision = match &job.decided_by {
            Some(text) => text.clone(),
            None => {
                let parameters: JobParameters =
                    serde_json::from_str(&job.parameters).map_err(|e| e.to_string())?;
                self.decision(parameters.constraint_profile.as_deref())
                    .map_err(|e| e.to_string())?
            }
        };
        let Decision { profile, limits, known } =
            serde_json::from_str(&decision).map_err(|e| format!("what decides it: {e}"))?;
        let unknown = || {
            format!("unknown constraint profile `{profile}`, expected one of {}", known.join(", "))
        };
        let limits = limits.ok_or_else(unknown)?;
        Ok((profile, limits))
    }

    /// Takes waiting jobs (all, or those named) as far as a program can; returns their ids. A fault of one job ends that job.
    pub fn drain(&self, only: Option<&[String]>) -> Result<Vec<String>> {
        let holder = format!("pid {}: libchar litho-predict jobs", std::process::id());
        let path = self.store.folder.join("jobs.lock");
        let _lock = Lock::acquire(&path, &holder, self.ctx.options.wait)?;
        let mut ids = Vec::new();
        for mut job in self.store.registry.pending_jobs()? {
            if only.is_some_and(|ids| !ids.contains(&job.job_id)) {
                continue;
            }
            while job.status.is_automatic() {
                self.step(&job)?;
                job = self.store.registry.litho_job(&job.job_id)?;
            }
            ids.push(job.job_id);
        }
        Ok(ids)
    }

    fn step(&self, job: &LithoJob) -> Result<()> {
        let taken = match job.status {
            JobState::Submitted => Ok((JobState::Validating, None)),
            JobState::Validating => Ok(self.validate(job)),
            JobState::Preflight => self.preflight(job),
            JobState::Queued => Ok((JobState::Running, None)),
            JobState::Running => self.simulate(job),
            JobState::Evaluating => self.evaluate(job),
            // Only people move a job out of the other states.
            _ => return Ok(()),
        };
        let (to, note) = match taken {
            Ok(step) => step,
            // An interruption and a registry that cannot be written concern all jobs.
            Err(error) if error.is::<Interrupted>() || error.is::<RegistryError>() => {
                return Err(error);
            }
            Err(error) => (failure_of(job.status), Some(crate::exit::explain(&error))),
        };
        let registry = &self.store.registry;
        Ok(registry.advance(&job.job_id, to, &now(), None, note.as_deref())?)
    }

    fn validate(&self, job: &LithoJob) -> (JobState, Option<String>) {
        match checked(job).and_then(|_| self.profile(job)) {
            Ok(_) => (JobState::Preflight, None),
            Err(note) => (JobState::Rejected, Some(note)),
        }
    }

    fn preflight(&self, job: &LithoJob) -> Result<(JobState, Option<String>)> {
        let Some(loaded) = &self.loaded else {
            return Ok((JobState::Queued, Some("no model is in production".to_owned())));
        };
        let (named, (name, profile)) = match checked(job).and_then(|n| Ok((n, self.profile(job)?)))
        {
            Ok(found) => found,
            Err(note) => return Ok((JobState::Cancelled, Some(note))),
        };
        let profiles = Profiles::only(&name, profile);
        let jobs = [named];
        // Where the model is in doubt, or the job wants it so, the physics answers, as in `predict`.
        let judge = Judge::new(&loaded.surrogate, &profiles, &jobs, true, 1.0).map_err(plain)?;
        let began = Instant::now();
        let judgement = judge.judge(&jobs[0]).map_err(plain)?;
        let seconds = began.elapsed().as_secs_f64();
        let text = prediction(&judgement).to_string();
        self.store.registry.keep_prediction(&job.job_id, &text, &loaded.version, seconds)?;
        let reasons: Vec<String> = judgement.violations.iter().map(|v| v.limit.clone()).collect();
        if judgement.verdict != Verdict::Block {
            let doubts = judgement.doubts.join("; ");
            return Ok((JobState::Queued, (!doubts.is_empty()).then_some(doubts)));
        }
        let message = format!("blocked: it would miss {}", reasons.join(", "));
        let alternatives = judgement.alternatives.join(" or ");
        self.alert(
            "WARN",
            job,
            "blocked",
            &message,
            (!alternatives.is_empty()).then_some(alternatives),
        )?;
        Ok((JobState::Blocked, Some(message)))
    }

    fn simulate(&self, job: &LithoJob) -> Result<(JobState, Option<String>)> {
        let named = match checked(job) {
            Ok(named) => named,
            Err(note) => return Ok((JobState::Failed, Some(note))),
        };
        // A simulator that fails fails this job, not the others.
        let began = Instant::now();
        let named = [named];
        let answered = simulators::of_name(&job.adapter_type, self.ctx)
            .and_then(|simulator| simulator.simulate(&named));
        let seconds = began.elapsed().as_secs_f64();
        if answered.as_ref().is_err_and(|error| error.is::<Interrupted>()) {
            return Err(answered.err().unwrap_or_else(|| anyhow::anyhow!("interrupted")));
        }
        let answer = match answered.as_deref() {
            Ok([answer]) => answer,
            Ok(_) => {
                return Ok((JobState::Failed, Some("the simulator did not answer".to_owned())));
            }
            Err(error) => return Ok((JobState::Failed, Some(crate::exit::explain(error)))),
        };
        let results = results_of(&answer.outputs);
        let mut body: serde_json::Map<String, Value> = TARGETS
            .iter()
            .zip(&results)
            .map(|((name, ..), result)| ((*name).to_owned(), json!(result.value)))
            .collect();
        body.insert("cd_nm".to_owned(), json!(answer.outputs.cd_nm));
        let signals = report::signals(&named[0], answer).named();
        let signals = signals.map(|(name, s)| (name.to_owned(), json!(s.map(|s| s.value))));
        body.insert("signals".to_owned(), Value::Object(signals.into_iter().collect()));
        let text = Value::Object(body).to_string();
        self.store.registry.keep_outputs(&job.job_id, &text, seconds)?;
        Ok((JobState::Evaluating, None))
    }

    /// Holds the outputs against the constraints and against what was predicted.
    fn evaluate(&self, job: &LithoJob) -> Result<(JobState, Option<String>)> {
        let read = |text: &Option<String>| -> Value {
            text.as_deref().and_then(|t| serde_json::from_str(t).ok()).unwrap_or_default()
        };
        let (outputs, predicted) = (read(&job.outputs), read(&job.prediction));
        let value = |name: &str| outputs[name].as_f64();
        let (_, profile) = self.profile(job).map_err(anyhow::Error::msg)?;
        let missed: Vec<String> = profile
            .limits
            .iter()
            .filter(|limit| value(limit.target).is_none_or(|v| limit.violated(v)))
            .map(Limit::text)
            .collect();
        if !missed.is_empty() {
            let message = format!("the simulation misses {}", missed.join(", "));
            self.alert("CRITICAL", job, "constraint_violation", &message, None)?;
            return Ok((JobState::AnomalyFlagged, Some(message)));
        }
        let far: Vec<&str> = TARGETS
            .iter()
            .map(|(name, ..)| *name)
            .filter(|name| {
                let end = |end: &str| predicted["results"][*name][end].as_f64();
                value(name).is_some_and(|v| is_far(v, end("low"), end("high")))
            })
            .collect();
        if !far.is_empty() && predicted["answer"] == "model" && predicted["doubts"] == json!([]) {
            let message = format!("far from what was predicted: {}", far.join(", "));
            let advice = Some("check the job, then retrain with its result".to_owned());
            self.alert("WARN", job, "prediction_missed", &message, advice)?;
            return Ok((JobState::AnomalyFlagged, Some(message)));
        }
        Ok((JobState::Completed, None))
    }

    fn alert(
        &self,
        severity: &'static str,
        job: &LithoJob,
        alert_type: &'static str,
        message: &str,
        recommendation: Option<String>,
    ) -> Result<()> {
        let alert = NewAlert {
            fired_at: now(),
            severity,
            job_id: Some(job.job_id.clone()),
            alert_type,
            message: format!("{}: {message}", job.job_id),
            recommendation,
        };
        self.store.fire(self.ctx, alert)
    }
}

/// Where a fault of the program's own leaves a job: a place from which people can send it on.
fn failure_of(state: JobState) -> JobState {
    match state {
        JobState::Running | JobState::Evaluating => JobState::Failed,
        JobState::Validating => JobState::Rejected,
        _ => JobState::Cancelled,
    }
}

/// The job with every value checked, or all its faults in one line.
fn checked(job: &LithoJob) -> Result<NamedJob, String> {
    let parameters: JobParameters =
        serde_json::from_str(&job.parameters).map_err(|error| error.to_string())?;
    let checked = parameters.check().map_err(|faults| {
        let text =
            |fault: &libchar_litho::JobFault| format!("{fault}, expected {}", fault.expected);
        faults.iter().map(text).collect::<Vec<_>>().join("; ")
    })?;
    Ok(NamedJob { id: job.job_id.clone(), job: checked })
}

fn prediction(judgement: &Judgement) -> Value {
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

/// Whether `value` lies far outside of the predicted interval, if there is one.
pub fn is_far(value: f64, low: Option<f64>, high: Option<f64>) -> bool {
    low.zip(high).is_some_and(|(low, high)| {
        let half = 0.5 * (high - low);
        (value - 0.5 * (low + high)).abs() > FAR * half
    })
}

/// The limits that a job was submitted with; absent in jobs of earlier versions, and of elsewhere.
pub fn limits_of(job: &LithoJob) -> Option<Profile> {
    serde_json::from_str::<Decision>(job.decided_by.as_deref()?).ok()?.limits
}
