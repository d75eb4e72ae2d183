//! Runs one program to its end: own process group, time-out, environment, log file, no shell.

use crate::child::{self, Ended};
use crate::signals::Signals;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

/// What to run.
#[derive(Debug, Clone, Default)]
pub struct Program {
    /// The program: a path, or a name looked up in `PATH`.
    pub path: PathBuf,
    /// Its arguments; they are passed unchanged.
    pub args: Vec<OsString>,
    /// Variables set on top of this process's environment.
    pub env: BTreeMap<OsString, OsString>,
    /// Where it starts; the current folder by default.
    pub folder: Option<PathBuf>,
    /// Time after which its whole process group is ended.
    pub timeout: Option<Duration>,
    /// The file that gets its standard output and error, interleaved as written; replaced if it exists.
    /// Without it, both go to this process's standard error: standard output is for data.
    pub log: Option<PathBuf>,
    /// What it reads from its standard input; if empty, it reads nothing.
    pub input: Vec<u8>,
}

/// Why a program did not run to an end.
#[derive(Debug, thiserror::Error)]
pub enum ProgramError {
    /// It could not be started.
    #[error("cannot start {program}: {source}")]
    Start {
        /// The program as named.
        program: String,
        /// Why.
        source: io::Error,
    },
    /// Its log cannot be written.
    #[error("cannot write {path}: {source}")]
    Log {
        /// The log.
        path: String,
        /// Why.
        source: io::Error,
    },
    /// The system refused to wait for it.
    #[error("cannot wait for {program}: {source}")]
    Wait {
        /// The program as named.
        program: String,
        /// Why.
        source: io::Error,
    },
}

impl Program {
    /// Runs the program to its end. Ends it if its time limit is reached or a signal asks this
    /// process to stop.
    ///
    /// # Errors
    /// Only if it cannot be run; a bad exit is an [`Ended`] like any other.
    pub fn run(&self, signals: &Signals) -> Result<Ended, ProgramError> {
        let mut command = self.command();
        match &self.log {
            Some(path) => {
                let log = |source| ProgramError::Log { path: path.display().to_string(), source };
                if let Some(folder) = path.parent() {
                    fs::create_dir_all(folder).map_err(log)?;
                }
                // The log is replaced, not truncated, so that a process that reads the old one
                // keeps it.
                match fs::remove_file(path) {
                    Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(log(e)),
                    _ => {}
                }
                let file = File::options().append(true).create(true).open(path).map_err(log)?;
                command.stdout(file.try_clone().map_err(log)?).stderr(file);
            }
            None => {
                command.stdout(io::stderr()).stderr(Stdio::inherit());
            }
        }
        self.finish(&mut command, signals)
    }

    /// Runs the program and returns what it wrote to standard output and error, interleaved, at
    /// most `limit` bytes.
    pub fn capture(&self, limit: u64, signals: &Signals) -> Result<(Ended, Vec<u8>), ProgramError> {
        let log = |source| ProgramError::Log { path: "a temporary file".to_owned(), source };
        // A file, because a pipe that nobody reads meanwhile fills up and blocks the program.
        let mut file = tempfile::tempfile().map_err(log)?;
        let mut command = self.command();
        command.stdout(file.try_clone().map_err(log)?).stderr(file.try_clone().map_err(log)?);
        let ended = self.finish(&mut command, signals)?;
        file.seek(SeekFrom::Start(0)).map_err(log)?;
        let mut output = Vec::new();
        file.take(limit).read_to_end(&mut output).map_err(log)?;
        Ok((ended, output))
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.path);
        command.args(&self.args).envs(&self.env);
        if let Some(folder) = &self.folder {
            command.current_dir(folder);
        }
        command
    }

    /// Returns the standard input as a file: a pipe would fill up and block this process if its
    /// reader waits for something else.
    fn standard_input(&self) -> io::Result<Stdio> {
        if self.input.is_empty() {
            return Ok(Stdio::null());
        }
        let mut input = tempfile::tempfile()?;
        input.write_all(&self.input)?;
        input.seek(SeekFrom::Start(0))?;
        Ok(input.into())
    }

    fn finish(&self, command: &mut Command, signals: &Signals) -> Result<Ended, ProgramError> {
        let program = || self.path.display().to_string();
        let start = |source| ProgramError::Start { program: program(), source };
        let input = self.standard_input().map_err(start)?;
        let mut child = child::start(command, input).map_err(start)?;
        child::wait(&mut child, self.timeout, signals)
            .map_err(|source| ProgramError::Wait { program: program(), source })
    }
}

#[cfg(test)]
mod tests {
    use super::{Program, ProgramError};
    use crate::signals::Signals;
    use std::time::{Duration, Instant};

    fn sh(script: &str) -> Program {
        Program {
            path: "/bin/sh".into(),
            args: vec!["-c".into(), script.into()],
            ..Program::default()
        }
    }

    #[test]
    fn exit_codes_output_and_environment_pass_through() {
        let signals = Signals::watch().unwrap();
        let mut program = sh("printf '%s' \"$A\"; echo err >&2; read x || exit 7");
        program.env.insert("A".into(), "$(x) ;'\n".into());
        let (ended, output) = program.capture(1 << 20, &signals).unwrap();
        assert_eq!((ended.code, ended.signal), (Some(7), None));
        assert_eq!(output, b"$(x) ;'\nerr\n");
    }

    #[test]
    fn what_is_given_is_read_to_its_end() {
        let signals = Signals::watch().unwrap();
        let program = Program { input: vec![b'x'; 1 << 20], ..sh("wc -c") };
        let (ended, output) = program.capture(1 << 20, &signals).unwrap();
        assert_eq!((ended.code, String::from_utf8_lossy(&output).trim()), (Some(0), "1048576"));
    }

    #[test]
    fn a_time_out_ends_the_whole_group() {
        let signals = Signals::watch().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("sub/log");
        let program = Program {
            timeout: Some(Duration::from_secs(2)),
            log: Some(log.clone()),
            ..sh("sleep 60 & echo $!; wait")
        };
        let began = Instant::now();
        let ended = program.run(&signals).unwrap();
        assert!(ended.timed_out && ended.signal == Some(15), "{ended:?}");
        assert!(began.elapsed() < Duration::from_secs(60), "the sleeper was ended");
        let sleeper = std::fs::read_to_string(log).unwrap();
        let stat = format!("/proc/{}/stat", sleeper.trim());
        // The signal reaches the whole group at once, but the kernel ends its processes one after
        // the other.
        let is_gone = || std::fs::read_to_string(&stat).map_or(true, |s| s.contains(") Z "));
        while !is_gone() && began.elapsed() < Duration::from_secs(30) {
            std::thread::sleep(Duration::from_millis(10));
        }
        assert!(is_gone(), "the grandchild lives");
    }

    #[test]
    fn a_missing_program_is_named() {
        let program = Program { path: "no-such-simulator".into(), ..Program::default() };
        let error = program.run(&Signals::watch().unwrap()).unwrap_err();
        assert!(matches!(error, ProgramError::Start { .. }));
        assert!(error.to_string().starts_with("cannot start no-such-simulator: "), "{error}");
    }
}
