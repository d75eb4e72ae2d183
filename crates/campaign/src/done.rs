//! What counts as done: simulated with the key of now, and the outputs are what the simulation left.

use crate::engine::Engine;
use crate::job::Job;
use crate::judge;
use crate::outputs::{self, Seen};
use crate::status::{State, Status};
use libchar_engine::simulator::MeasureSource;
use std::fs;

/// Why a point is not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// There is no status.
    NotSimulated,
    /// The last simulation ended so.
    Ended(&'static str),
    /// Something that decides the result changed since.
    Changed,
    /// Nobody finds a file that the deck names.
    Missing(String),
    /// An output is not what the simulation left.
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
    /// Whether the point was simulated with just this key, and its outputs are what the simulation left.
    ///
    /// A deck that names a file which nobody finds is never done: the simulator may find it, and it may change.
    pub fn is_done(
        &self,
        status: Option<&Status>,
        engine: &Engine,
        seen: Option<&mut Seen>,
    ) -> bool {
        self.doubt(status, engine, seen).is_none()
    }

    /// Why the point is not done; `None` if it is.
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

    /// Whether 0.1 simulated the point as it is now, and left what is there.
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
    /// A good result of a point with its present key that lies in its folder, whole.
    pub fn good(job: &Job, engine: &Engine) -> Option<Status> {
        Status::read(job.id()).filter(|status| job.is_done(Some(status), engine, None))
    }
}
