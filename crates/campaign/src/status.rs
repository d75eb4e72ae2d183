//! `status.json`: how the last simulation of a point ended. It records no time and no machine:
//! those are in the attempts.

use crate::cannot::cannot;
use crate::engine::Engine;
use crate::job::Job;
use crate::outputs::{self, Output};
use crate::task::Subject;
use anyhow::Result;
use libchar_engine::{Class, Failure};
use libchar_files::atomic;
use libchar_pvt::Point;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io;
use std::path::Path;

/// Name of the file in a point's folder.
pub const FILE: &str = "status.json";

/// State of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Simulated, with every measure.
    Done,
    /// Simulated, and something is wrong.
    Failed,
    /// Stopped because its time limit was reached.
    Timeout,
    /// Stopped by the user.
    Cancelled,
    /// The machine or the scheduler lost it.
    Lost,
}

impl State {
    /// The word in tables.
    pub fn word(self) -> &'static str {
        match self {
            State::Done => "done",
            State::Failed => "failed",
            State::Timeout => "timeout",
            State::Cancelled => "cancelled",
            State::Lost => "lost",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Schema {
    name: String,
    version: u32,
}

/// Content of `status.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    pub(crate) schema: Schema,
    /// The point.
    pub point: String,
    /// How it ended.
    pub status: State,
    /// The class of the failure.
    pub class: Option<Class>,
    /// Why it failed.
    pub reason: Option<String>,
    /// Hash of all that decides the result: deck, files that it reads, simulator, version, options, environment.
    pub key: String,
    /// The simulator's name.
    pub simulator: String,
    /// The version that the simulator reported.
    pub version: String,
    /// Simulations of this key, the failed ones included; 0 if the results are another point's.
    pub attempts: u32,
    /// Whether it failed before it succeeded, with nothing changed in between.
    pub flaky: bool,
    /// The option recipe that made it converge.
    pub recipe: Option<String>,
    /// The preset of simulator options.
    pub preset: Option<String>,
    /// The point whose results were taken over: its deck is equal except for the point's name.
    pub reused: Option<String>,
    /// The files that the simulation left, with their hashes; `None` if version 0.1 wrote the
    /// status.
    #[serde(default)]
    pub outputs: Option<Vec<Output>>,
    /// Whether the hashes were recorded after the simulation, by a later version than the one that simulated.
    #[serde(default)]
    pub adopted: bool,
    /// Hash of the deck that was simulated.
    #[serde(default)]
    pub deck: Option<String>,
    /// Hash of the files that the deck read, with their names.
    #[serde(default)]
    pub files: Option<String>,
}

impl Status {
    /// The status of a point after an attempt.
    pub fn new(job: &Job, engine: &Engine, subject: &Subject, failure: Option<&Failure>) -> Status {
        let status = match failure.map(|failure| failure.class) {
            None => State::Done,
            Some(Class::Timeout) => State::Timeout,
            Some(Class::Cancelled) => State::Cancelled,
            Some(Class::NodeLoss) => State::Lost,
            Some(_) => State::Failed,
        };
        // The status names only a recipe that made the point converge.
        let recipe = subject.recipe.clone().filter(|_| failure.is_none());
        Status {
            schema: Schema { name: "libchar.status".to_owned(), version: 2 },
            point: job.id().to_owned(),
            status,
            class: failure.map(|failure| failure.class),
            reason: failure.map(|failure| failure.reason.clone()),
            key: engine.key(job, recipe.as_deref()).unwrap_or_else(|| job.deck.key.clone()),
            simulator: engine.name.clone(),
            version: engine.version.clone(),
            attempts: subject.tries + 1,
            flaky: failure.is_none() && subject.retries > 0,
            recipe,
            preset: engine.preset.as_ref().map(|preset| preset.name.clone()),
            reused: None,
            outputs: None,
            adopted: false,
            deck: Some(job.deck.sha256.clone()),
            files: Some(job.deck.files.clone()),
        }
    }

    /// The status of a point that libchar did not simulate itself; `version` says so.
    pub fn adopted(
        point: &Point,
        (simulator, version): (&str, &str),
        outputs: Option<Vec<Output>>,
    ) -> Status {
        Status {
            schema: Schema { name: "libchar.status".to_owned(), version: 2 },
            point: point.id.clone(),
            status: State::Done,
            class: None,
            reason: None,
            key: String::new(),
            simulator: simulator.to_owned(),
            version: version.to_owned(),
            attempts: 0,
            flaky: false,
            recipe: None,
            preset: None,
            reused: None,
            outputs,
            adopted: true,
            deck: Some(point.deck_sha256.clone()),
            files: None,
        }
    }

    /// Records the outputs that lie in the point's folder.
    pub fn record(&mut self, job: &Job, engine: &Engine) -> Result<()> {
        let folder = Path::new(job.id());
        let outputs = outputs::record(job.place_of_outputs(), &engine.simulator);
        self.outputs = Some(outputs.map_err(|e| cannot("read the outputs in", folder, e))?);
        Ok(())
    }

    /// Turns a status of version 0.1 into one of this version, and records the outputs as they are
    /// now.
    pub fn adopt(&mut self, job: &Job, engine: &Engine, recipe: Option<&str>) -> Result<()> {
        self.schema.version = 2;
        self.key = engine.key(job, recipe).unwrap_or_default();
        self.deck = Some(job.deck.sha256.clone());
        self.files = Some(job.deck.files.clone());
        self.adopted = true;
        self.record(job, engine)?;
        self.write()
    }

    /// The status of a point that takes over the results of another.
    pub fn of_twin(&self, job: &Job, from: &Job, engine: &Engine) -> Status {
        Status {
            point: job.id().to_owned(),
            key: engine.key(job, self.recipe.as_deref()).unwrap_or_default(),
            attempts: 0,
            flaky: false,
            reused: Some(from.id().to_owned()),
            deck: Some(job.deck.sha256.clone()),
            files: Some(job.deck.files.clone()),
            ..self.clone()
        }
    }

    /// The status of a point whose block of samples ended with this status; the reason names the
    /// block.
    pub fn of_point(self, point: &str, block: &str) -> Status {
        let reason = self.reason.as_deref().unwrap_or("no reason is known");
        Status { reason: Some(format!("{block}: {reason}")), point: point.to_owned(), ..self }
    }

    /// Turns it into the status of a failure.
    pub fn fail(&mut self, failure: &Failure) {
        self.status = State::Failed;
        self.class = Some(failure.class);
        self.reason = Some(failure.reason.clone());
    }

    /// Reads the status in a point's folder; `None` if there is none, or if it is incomplete.
    pub fn read(point: &str) -> Option<Status> {
        serde_json::from_slice(&fs::read(Path::new(point).join(FILE)).ok()?).ok()
    }

    /// Writes the status into the point's folder, unsynced: the caller syncs many at once.
    pub fn write(&self) -> Result<()> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        let path = Path::new(&self.point).join(FILE);
        atomic::write_unsynced(&path, &bytes).map_err(|e| cannot("write", &path, e))
    }

    /// Removes the status of a point that is about to be simulated.
    pub fn remove(point: &str) -> Result<()> {
        let path = Path::new(point).join(FILE);
        match fs::remove_file(&path) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(cannot("remove", &path, e)),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{State, Status};
    use crate::fixture::Domain;
    use crate::task::{Kind, Subject};
    use libchar_engine::{Class, Failure};
    use std::fs;
    use std::path::Path;

    fn subject(tries: u32, retries: u32) -> Subject {
        let recipe = Some("gear".to_owned());
        Subject { points: Vec::new(), tries, retries, kind: Kind::Usual, recipe }
    }

    #[test]
    fn a_failure_says_how_it_ended() {
        let domain = Domain::new(1);
        let job = &domain.jobs()[0];
        for (class, state, word) in [
            (Class::Timeout, State::Timeout, "timeout"),
            (Class::Cancelled, State::Cancelled, "cancelled"),
            (Class::NodeLoss, State::Lost, "lost"),
            (Class::Netlist, State::Failed, "failed"),
        ] {
            let failure = Failure::new(class, "why");
            let status = Status::new(job, &domain.engine, &subject(1, 1), Some(&failure));
            assert_eq!((status.status, status.status.word()), (state, word));
            assert_eq!((status.class, status.reason.as_deref()), (Some(class), Some("why")));
            assert_eq!((status.attempts, status.flaky, status.recipe), (2, false, None));
        }
        let status = Status::new(job, &domain.engine, &subject(2, 1), None);
        assert_eq!((status.status, status.status.word()), (State::Done, "done"));
        assert_eq!((status.attempts, status.flaky), (3, true));
        assert_eq!(status.recipe.as_deref(), Some("gear"));
    }

    #[test]
    fn what_is_written_is_read_and_what_is_cut_is_none() {
        let domain = Domain::new(1);
        let job = &domain.jobs()[0];
        assert_eq!(Status::read(job.id()), None);
        Status::remove(job.id()).unwrap();
        let mut status = Status::new(job, &domain.engine, &subject(0, 0), None);
        status.write().unwrap();
        assert_eq!(Status::read(job.id()), Some(status.clone()));
        let path = Path::new(job.id()).join(super::FILE);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.ends_with("}\n"));
        fs::write(&path, &text[..text.len() / 2]).unwrap();
        assert_eq!(Status::read(job.id()), None);
        Status::remove(job.id()).unwrap();
        assert!(!path.exists());
        status.fail(&Failure::new(Class::Measure, "tphl failed"));
        assert_eq!((status.status, status.class), (State::Failed, Some(Class::Measure)));
        assert_eq!(status.reason.as_deref(), Some("tphl failed"));
        let of_point = status.of_point("p", "mc_1-2");
        assert_eq!(
            (of_point.point.as_str(), of_point.reason.as_deref()),
            ("p", Some("mc_1-2: tphl failed"))
        );
    }

    #[test]
    fn outputs_that_others_simulated_are_adopted() {
        let domain = Domain::new(1);
        let job = &domain.jobs()[0];
        let status = Status::adopted(&domain.points[0], ("ngspice", "not here"), None);
        assert!(status.adopted && status.status == State::Done && status.attempts == 0);
        assert_eq!(status.deck.as_deref(), Some(domain.points[0].deck_sha256.as_str()));
        fs::write(job.place_of_outputs().path("sim_tx.log"), "log\n").unwrap();
        let mut old = Status { adopted: false, ..status };
        old.adopt(job, &domain.engine, None).unwrap();
        let read = Status::read(job.id()).unwrap();
        assert!(read.adopted && read.key == job.deck.key);
        assert_eq!(read.outputs.unwrap().len(), 1);
    }
}
