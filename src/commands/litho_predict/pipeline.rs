//! Moves jobs through their states. Every step is committed before the next one starts, so that a
//! job whose process was killed continues where it stopped.

use super::plain;
use super::profile;
use super::registry::{Loaded, RegistryArgs, Store, now};
use super::simulators;
use crate::context::Context;
use crate::exit::Interrupted;
use crate::told;
use anyhow::Result;
use libchar_assurance::litho::NamedJob;
use libchar_assurance::litho::anomaly::anomaly;
use libchar_assurance::litho::decision::{self, Decision, outputs, prediction};
use libchar_assurance::litho::judge::Judge;
use libchar_assurance::litho::profile::{Profile, Profiles};
use libchar_core::told::Alert;
use libchar_files::lock::{self, Lock};
use libchar_history::registry::{JobState, LITHO, LithoJob, RegistryError};
use serde_json::Value;
use std::time::Instant;

/// Everything that the steps need.
pub struct Pipeline<'a> {
    ctx: &'a Context,
    store: &'a Store,
    profiles: Profiles,
    /// The model in production, if there is one.
    loaded: Option<Loaded>,
}

impl<'a> Pipeline<'a> {
    /// Reads everything that jobs need, before anything is written.
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

    /// The limits for a job that names a profile, as the text that is stored with the job.
    pub fn decision(&self, profile: Option<&str>) -> Result<String> {
        Ok(serde_json::to_string(&Decision::of(&self.profiles, profile))?)
    }

    /// The profile with which a job was submitted; for a job of an earlier version the profile of
    /// this call.
    fn profile(&self, job: &LithoJob) -> Result<(String, Profile), String> {
        decision::in_force(&self.profiles, job.decided_by.as_deref(), &job.parameters)
    }

    /// Processes waiting jobs (all, or those named) as far as possible without people; returns
    /// their ids. A fault of one job ends only that job.
    pub fn drain(&self, only: Option<&[String]>) -> Result<Vec<String>> {
        let path = self.store.folder.join("jobs.lock");
        let _lock =
            Lock::acquire(&path, &lock::holder("litho-predict jobs"), self.ctx.options.wait)?;
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
            // Jobs in other states wait for a person.
            _ => return Ok(()),
        };
        let (to, note) = match taken {
            Ok(step) => step,
            // An interruption, or a registry that cannot be written, concerns all jobs.
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
        // If the model is unsure, or the job asks for it, the physics answers, as in `predict`.
        let judge = Judge::new(&loaded.surrogate, &profiles, &jobs, true, 1.0).map_err(plain)?;
        let began = Instant::now();
        let judgement = judge.judge(&jobs[0]).map_err(plain)?;
        let seconds = began.elapsed().as_secs_f64();
        let text = prediction(&judgement).to_string();
        self.store.registry.keep_prediction(&job.job_id, &text, &loaded.version, seconds)?;
        if let Some(alert) = decision::blocked(&judgement) {
            return Ok((JobState::Blocked, Some(self.tell(alert)?)));
        }
        let doubts = judgement.doubts.join("; ");
        Ok((JobState::Queued, (!doubts.is_empty()).then_some(doubts)))
    }

    fn simulate(&self, job: &LithoJob) -> Result<(JobState, Option<String>)> {
        let named = match checked(job) {
            Ok(named) => named,
            Err(note) => return Ok((JobState::Failed, Some(note))),
        };
        // A failing simulator makes this job fail, not the others.
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
        let text = outputs(&named[0], answer).to_string();
        self.store.registry.keep_outputs(&job.job_id, &text, seconds)?;
        Ok((JobState::Evaluating, None))
    }

    /// Compares the outputs with the constraints and with the prediction.
    fn evaluate(&self, job: &LithoJob) -> Result<(JobState, Option<String>)> {
        let read = |text: &Option<String>| -> Value {
            text.as_deref().and_then(|t| serde_json::from_str(t).ok()).unwrap_or_default()
        };
        let (_, profile) = self.profile(job).map_err(anyhow::Error::msg)?;
        match anomaly(&profile, &read(&job.outputs), &read(&job.prediction)) {
            None => Ok((JobState::Completed, None)),
            Some(found) => {
                Ok((JobState::AnomalyFlagged, Some(self.tell(found.alert(&job.job_id))?)))
            }
        }
    }

    /// Raises an alert about the job; returns its message.
    fn tell(&self, alert: Alert) -> Result<String> {
        let said = alert.message.clone();
        let message = format!("{}: {said}", alert.job.as_deref().unwrap_or_default());
        self.store.fire(self.ctx, told::alert(Alert { message, ..alert }))?;
        Ok(said)
    }
}

/// The state of a job after an internal fault: one from which people can restart it.
fn failure_of(state: JobState) -> JobState {
    match state {
        JobState::Running | JobState::Evaluating => JobState::Failed,
        JobState::Validating => JobState::Rejected,
        _ => JobState::Cancelled,
    }
}

/// Checks the values of the job; all faults are given in one line.
fn checked(job: &LithoJob) -> Result<NamedJob, String> {
    decision::checked(&job.job_id, &job.parameters)
}

/// The limits with which a job was submitted; `None` for jobs of earlier versions and imported
/// ones.
pub fn limits_of(job: &LithoJob) -> Option<Profile> {
    decision::limits_of(job.decided_by.as_deref())
}
