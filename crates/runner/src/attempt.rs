//! One attempt to simulate: what is to be run, the folder that it works in, and how it is published.

use crate::child::{self, Ended};
use crate::signals::Signals;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

/// Name of the record that a supervisor leaves in an attempt's folder.
pub const RECORD: &str = "attempt.json";

/// What separates the attempt's name from its supervisor's in the name of a working folder.
const WORK: &str = ".work-";

/// The suffix of the attempt's name in the name of a published folder.
const PUBLISHED: &str = ".done";

/// How long a supervisor waits, after its simulator was killed by others, before it reports that.
const KILLED: Duration = Duration::from_secs(1);

/// An argument or variable of a simulator.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Text {
    /// A text that is passed as it is.
    Plain(String),
    /// The path of a file in the attempt's folder, which only its supervisor knows.
    Work {
        /// The text before the path in the same argument.
        before: String,
        /// The file's name.
        work: String,
    },
}

/// All that a supervisor needs to know of an attempt. Paths are relative to the folder that it starts in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ticket {
    /// The attempt's name, unique in its domain for all time.
    pub attempt: String,
    /// The simulator: a path, or a name looked up in `PATH`.
    pub program: String,
    /// Its arguments.
    pub args: Vec<Text>,
    /// Variables set on top of the supervisor's environment.
    pub env: BTreeMap<String, String>,
    /// Name of the file in the attempt's folder that gets standard output and error.
    pub log: String,
    /// Files to write into the attempt's folder first, by name, such as a control deck.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub files: BTreeMap<String, String>,
    /// Time after which the simulation is stopped, in seconds.
    pub timeout_s: f64,
    /// What is simulated: any value that the caller wants to find in the record.
    pub subject: Value,
}

/// What a supervisor observed of an attempt.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The attempt's name.
    pub attempt: String,
    /// How the simulator ended.
    #[serde(flatten)]
    pub ended: Ended,
    /// Why the simulator could not be started.
    pub not_started: Option<String>,
    /// When it started, in seconds since 1970.
    pub started_unix_s: f64,
    /// The machine.
    pub host: String,
    /// [`Ticket::subject`].
    pub subject: Value,
}

/// A file of the attempt that could not be made, written or renamed.
#[derive(Debug, thiserror::Error)]
#[error("cannot {what} {path}: {source}")]
pub struct AttemptError {
    what: &'static str,
    path: String,
    source: io::Error,
}

impl AttemptError {
    fn new<'a>(what: &'static str, path: &'a Path) -> impl FnOnce(io::Error) -> Self + 'a {
        move |source| AttemptError { what, path: path.display().to_string(), source }
    }
}

/// The published folder of an attempt.
pub fn published(runs: &Path, attempt: &str) -> PathBuf {
    runs.join(format!("{attempt}{PUBLISHED}"))
}

/// Parses the name of a folder below `runs`: the attempt, and whether it is published.
pub fn folder_of(name: &str) -> Option<(&str, bool)> {
    match name.strip_suffix(PUBLISHED) {
        Some(attempt) => Some((attempt, true)),
        None => name.split_once(WORK).map(|(attempt, _)| (attempt, false)),
    }
}

impl Ticket {
    /// Runs the simulator and publishes the attempt's folder with its log, its files and its [`Record`].
    ///
    /// Publishing is one rename to a name that depends on the attempt alone. If another supervisor
    /// got the same ticket and was first, as when a scheduler starts a job twice, this supervisor's
    /// folder is dropped.
    pub fn execute(&self, runs: &Path, signals: &Signals) -> Result<Record, AttemptError> {
        let target = published(runs, &self.attempt);
        if let Some(record) = read(&target) {
            return Ok(record);
        }
        let work = runs.join(format!("{}{WORK}{}", self.attempt, unique()));
        fs::create_dir_all(&work).map_err(AttemptError::new("create", &work))?;
        let result = self.simulate(&work, signals).and_then(|record| {
            let path = work.join(RECORD);
            let bytes = serde_json::to_vec(&record).unwrap_or_default();
            fs::write(&path, bytes).map_err(AttemptError::new("write", &path))?;
            match fs::rename(&work, &target) {
                Ok(()) => Ok(record),
                Err(e) => match read(&target) {
                    Some(first) => {
                        let _ = fs::remove_dir_all(&work);
                        Ok(first)
                    }
                    None => Err(AttemptError::new("publish", &target)(e)),
                },
            }
        });
        if result.is_err() {
            // An attempt that cannot be published is of no use, and a full disk needs the space.
            let _ = fs::remove_dir_all(&work);
        }
        result
    }

    fn simulate(&self, work: &Path, signals: &Signals) -> Result<Record, AttemptError> {
        for (name, content) in &self.files {
            let path = work.join(name);
            fs::write(&path, content).map_err(AttemptError::new("write", &path))?;
        }
        let path = work.join(&self.log);
        let open = || {
            let log = File::options().create(true).append(true).open(&path)?;
            Ok((log.try_clone()?, log))
        };
        let (stdout, stderr) = open().map_err(AttemptError::new("write", &path))?;
        let mut command = Command::new(&self.program);
        command.envs(&self.env).stdout(stdout).stderr(stderr);
        for arg in &self.args {
            match arg {
                Text::Plain(text) => command.arg(text),
                Text::Work { before, work: name } => {
                    let mut arg = OsString::from(before);
                    arg.push(work.join(name));
                    command.arg(arg)
                }
            };
        }
        let started = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let mut record = Record {
            attempt: self.attempt.clone(),
            started_unix_s: started.as_secs_f64(),
            host: host(),
            subject: self.subject.clone(),
            ..Record::default()
        };
        match child::start(&mut command, Stdio::null()) {
            Ok(mut child) => {
                let timeout = Duration::try_from_secs_f64(self.timeout_s).ok();
                record.ended = child::wait(&mut child, timeout, signals)
                    .map_err(AttemptError::new("wait for the simulation of", work))?;
                let killed_at = Instant::now();
                // When a whole job is killed, its processes are killed one after the other. If this
                // supervisor is next, the simulation did not fail, but was lost.
                while record.ended.is_killed_by_others() && killed_at.elapsed() < KILLED {
                    signals
                        .wait(&[], Some(KILLED))
                        .map_err(AttemptError::new("wait after the kill of", work))?;
                    record.ended.stopped_by = signals.stop();
                }
            }
            Err(e) => record.not_started = Some(format!("cannot start {}: {e}", self.program)),
        }
        Ok(record)
    }
}

/// Reads the record in a published folder; `None` if there is none.
pub fn read(published: &Path) -> Option<Record> {
    serde_json::from_slice(&fs::read(published.join(RECORD)).ok()?).ok()
}

/// A name that no other supervisor has, on any machine.
fn unique() -> String {
    format!("{}-{}", host(), std::process::id())
}

fn host() -> String {
    let name = fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    name.trim().replace('/', "_")
}

#[cfg(test)]
mod tests {
    use super::{Text, Ticket, folder_of, published};
    use crate::signals::Signals;
    use std::collections::BTreeMap;
    use std::fs;

    fn ticket(script: &str) -> Ticket {
        Ticket {
            attempt: "a-1".to_owned(),
            program: "/bin/sh".to_owned(),
            args: vec![
                Text::Plain("-c".to_owned()),
                Text::Plain(script.to_owned()),
                Text::Plain("sh".to_owned()),
                Text::Work { before: String::new(), work: "x.mt0".to_owned() },
            ],
            env: BTreeMap::new(),
            log: "x.log".to_owned(),
            files: BTreeMap::new(),
            timeout_s: 10.0,
            subject: serde_json::Value::Null,
        }
    }

    #[test]
    fn the_first_to_publish_wins_and_leaves_one_folder() {
        let runs = tempfile::tempdir().unwrap();
        let signals = Signals::watch().unwrap();
        let first = ticket("echo one; echo m >$1; exit 3").execute(runs.path(), &signals).unwrap();
        let second = ticket("echo two").execute(runs.path(), &signals).unwrap();
        assert_eq!((first.ended.code, &first), (Some(3), &second));
        let done = published(runs.path(), "a-1");
        assert_eq!(fs::read_to_string(done.join("x.log")).unwrap(), "one\n");
        assert_eq!(fs::read_to_string(done.join("x.mt0")).unwrap(), "m\n");
        assert_eq!(fs::read_dir(runs.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_publisher_that_comes_second_drops_its_work() {
        let runs = tempfile::tempdir().unwrap();
        let done = published(runs.path(), "a-1");
        // Another supervisor publishes while this one's simulator runs.
        let script = format!(
            "mkdir {0}; echo '{{\"attempt\":\"a-1\",\"code\":5,\"timed_out\":false,\"wall_s\":0,\"user_s\":0,\
             \"system_s\":0,\"max_rss_kb\":0,\"started_unix_s\":0,\"subject\":0,\"host\":\"\"}}' >{0}/attempt.json",
            done.display()
        );
        let record = ticket(&script).execute(runs.path(), &Signals::watch().unwrap()).unwrap();
        assert_eq!(record.ended.code, Some(5));
        assert_eq!(fs::read_dir(runs.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_program_that_cannot_start_is_recorded() {
        let runs = tempfile::tempdir().unwrap();
        let ticket = Ticket { program: "/nowhere/ngspice".to_owned(), ..ticket("") };
        let record = ticket.execute(runs.path(), &Signals::watch().unwrap()).unwrap();
        assert!(record.not_started.unwrap().starts_with("cannot start /nowhere/ngspice: "));
    }

    #[test]
    fn folders_tell_their_attempt() {
        assert_eq!(folder_of("k3-17.done"), Some(("k3-17", true)));
        assert_eq!(folder_of("k3-17.work-host-4711"), Some(("k3-17", false)));
        assert_eq!(folder_of("journal.jsonl"), None);
    }
}
