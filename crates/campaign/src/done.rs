//! Decides whether a point is done: it was simulated with its present key, and its outputs are unchanged since.

use crate::engine::Engine;
use crate::job::Job;
use crate::judge;
use crate::outputs::{self, Seen};
use crate::status::{State, Status};
use libchar_engine::simulator::MeasureSource;
use std::fs;

/// The reason why a point is not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// There is no status.
    NotSimulated,
    /// The last simulation ended with this state.
    Ended(&'static str),
    /// Something that decides the result has changed since.
    Changed,
    /// A file that the deck names does not exist.
    Missing(String),
    /// An output is not the one that the simulation left.
    Damaged(String),
}

impl std::fmt::Display for Doubt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Doubt::NotSimulated => f.write_str("which is not simulated yet"),
            Doubt::Ended(word) => write!(f, "whose last simulation ended as `{word}`"),
            Doubt::Changed => f.write_str("whose deck, files, simulator or options changed since"),
            Doubt::Missing(name) => write!(f, "whose file `{name}` is not found"),
            Doubt::Damaged(what) => f.write_str(what),
        }
    }
}

impl Job {
    /// Whether the point was simulated with exactly this key, and its outputs are unchanged since.
    ///
    /// A deck that names a file which cannot be found is never done: the simulator may find the file, and the file may
    /// change.
    pub fn is_done(
        &self,
        status: Option<&Status>,
        engine: &Engine,
        seen: Option<&mut Seen>,
    ) -> bool {
        self.doubt(status, engine, seen).is_none()
    }

    /// The reason why the point is not done; `None` if it is done.
    pub fn doubt(
        &self,
        status: Option<&Status>,
        engine: &Engine,
        seen: Option<&mut Seen>,
    ) -> Option<Doubt> {
        let Some(status) = status else { return Some(Doubt::NotSimulated) };
        if status.status != State::Done {
            return Some(Doubt::Ended(status.status.word()));
        }
        let Some(recorded) = &status.outputs else {
            return (!self.may_be_adopted(status, engine)).then_some(Doubt::Changed);
        };
        if let Some(name) = self.deck.missing.first() {
            return Some(Doubt::Missing(name.clone()));
        }
        if engine.key(self, status.recipe.as_deref()).as_ref() != Some(&status.key) {
            return Some(Doubt::Changed);
        }
        outputs::hold(self.place_of_outputs(), &engine.simulator, recorded, seen)
            .err()
            .map(Doubt::Damaged)
    }

    /// Whether version 0.1 simulated the point as it is now, and the outputs are those of that simulation.
    pub fn may_be_adopted(&self, status: &Status, engine: &Engine) -> bool {
        let simulator = &engine.simulator;
        let place = self.place_of_outputs();
        let names = place.names(simulator);
        let is_whole = |name: &String| fs::metadata(place.path(name)).is_ok_and(|m| m.len() > 0);
        let log = names.iter().find(|name| **name == place.log_name());
        self.deck.missing.is_empty()
            && engine.legacy_key(self, status.recipe.as_deref()).as_ref() == Some(&status.key)
            && log.is_some_and(is_whole)
            && (simulator.measures == MeasureSource::Log
                || self.deck.asked.is_empty()
                || names.len() > 1)
            && judge::judge_taken(self, engine).is_ok_and(|failure| failure.is_none())
    }
}

impl Status {
    /// A good result of a point with its present key, complete in the point's folder.
    pub fn good(job: &Job, engine: &Engine) -> Option<Status> {
        Status::read(job.id()).filter(|status| job.is_done(Some(status), engine, None))
    }
}

#[cfg(test)]
mod tests {
    use super::Doubt;
    use crate::fixture::{Domain, log};
    use crate::status::{State, Status};
    use crate::task::{Kind, Subject};
    use std::fs;

    const NOBODY: Subject =
        Subject { points: Vec::new(), tries: 0, retries: 0, kind: Kind::Usual, recipe: None };

    /// A domain with one point that is done, its job and its status.
    fn simulated() -> (Domain, crate::job::Job, Status) {
        let domain = Domain::new(1);
        let job = domain.jobs().remove(0);
        fs::write(job.place_of_outputs().path("sim_tx.log"), log("1.000000e-09")).unwrap();
        let mut status = Status::new(&job, &domain.engine, &NOBODY, None);
        status.record(&job, &domain.engine).unwrap();
        status.write().unwrap();
        (domain, job, status)
    }

    #[test]
    fn a_point_with_its_key_and_its_outputs_is_done() {
        let (domain, job, status) = simulated();
        assert_eq!(job.doubt(Some(&status), &domain.engine, None), None);
        assert!(job.is_done(Some(&status), &domain.engine, None));
        assert_eq!(Status::good(&job, &domain.engine), Some(status));
    }

    #[test]
    fn whatever_differs_is_the_doubt() {
        let (domain, job, status) = simulated();
        let doubt = |job: &crate::job::Job, status: &Status| {
            job.doubt(Some(status), &domain.engine, None).map(|doubt| doubt.to_string())
        };
        assert_eq!(job.doubt(None, &domain.engine, None), Some(Doubt::NotSimulated));
        let failed = Status { status: State::Timeout, ..status.clone() };
        assert_eq!(doubt(&job, &failed).unwrap(), "whose last simulation ended as `timeout`");
        let other = Status { key: "other".to_owned(), ..status.clone() };
        let changed = "whose deck, files, simulator or options changed since";
        assert_eq!(doubt(&job, &other).unwrap(), changed);
        let recipe = Status { recipe: Some("gone".to_owned()), ..status.clone() };
        assert_eq!(doubt(&job, &recipe).unwrap(), changed);
        let mut lacking = job.clone();
        lacking.deck.missing.push("m.inc".to_owned());
        assert_eq!(doubt(&lacking, &status).unwrap(), "whose file `m.inc` is not found");
        fs::write(job.place_of_outputs().path("sim_tx.log"), log("2.000000e-09")).unwrap();
        assert!(doubt(&job, &status).unwrap().ends_with("its hash differs"));
        assert_eq!(Status::good(&job, &domain.engine), None);
    }

    #[test]
    fn what_0_1_simulated_is_done_if_its_key_and_its_outputs_are_those_of_now() {
        let (domain, mut job, status) = simulated();
        job.deck.legacy = Some("legacy".to_owned());
        let old = Status { outputs: None, key: "legacy".to_owned(), ..status };
        let doubt =
            |job: &crate::job::Job, old: &Status| job.doubt(Some(old), &domain.engine, None);
        assert_eq!(doubt(&job, &old), None);
        let other = Status { key: "other".to_owned(), ..old.clone() };
        assert_eq!(doubt(&job, &other), Some(Doubt::Changed));
        let mut lacking = job.clone();
        lacking.deck.missing.push("m.inc".to_owned());
        assert_eq!(doubt(&lacking, &old), Some(Doubt::Changed));
        let path = job.place_of_outputs().path("sim_tx.log");
        fs::write(&path, log("failed")).unwrap();
        assert_eq!(doubt(&job, &old), Some(Doubt::Changed), "a value is not there");
        fs::write(&path, "").unwrap();
        assert_eq!(doubt(&job, &old), Some(Doubt::Changed), "the log is empty");
        fs::remove_file(&path).unwrap();
        assert_eq!(doubt(&job, &old), Some(Doubt::Changed), "the log is gone");
    }
}
