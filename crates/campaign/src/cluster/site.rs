//! The site's scheduler, whose commands are called with a time limit.

use super::Scheduler;
use crate::interrupted::Interrupted;
use anyhow::{Result, anyhow};
use libchar_runner::Signals;
use libchar_runner::cluster::executor::Values;
use libchar_runner::cluster::{Executor, Listed};
use libchar_runner::machine::user;
use libchar_runner::program::Program;
use std::collections::BTreeSet;
use std::time::Duration;

/// Time limit of a command of the scheduler.
const COMMAND_TIME: Duration = Duration::from_secs(60);

/// The scheduler of this site.
pub struct Site<'a> {
    /// Its commands.
    pub executor: &'a Executor,
    /// The signals that end a call.
    pub signals: &'a Signals,
}

impl Scheduler for Site<'_> {
    fn list(&self) -> Result<BTreeSet<Listed>> {
        let values = Values::from([("user", user())]);
        let command = Executor::fill(&self.executor.status, &values, &[]);
        let (ok, output) = self.call(&command)?;
        // LSF prints this and fails if the user has no job.
        if !ok && !output.contains("No unfinished job found") {
            return Err(anyhow!("`{}` failed: {}", command.join(" "), output.trim()));
        }
        Ok(self.executor.listed(&output))
    }

    fn call(&self, command: &[String]) -> Result<(bool, String)> {
        let (path, args) = command.split_first().ok_or_else(|| anyhow!("an empty command"))?;
        let program = Program {
            path: path.into(),
            args: args.iter().map(Into::into).collect(),
            timeout: Some(COMMAND_TIME),
            ..Program::default()
        };
        let (ended, output) = program.capture(64 << 20, self.signals)?;
        if let Some(signal) = ended.stopped_by {
            // The signal was meant for libchar itself, not for the command that it waited for.
            return Err(Interrupted(signal).into());
        }
        if ended.timed_out {
            return Err(anyhow!("`{path}` did not answer in time"));
        }
        Ok((ended.code == Some(0), String::from_utf8_lossy(&output).into_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::Site;
    use crate::cluster::Scheduler;
    use libchar_runner::Signals;
    use libchar_runner::cluster::Executor;

    fn list(script: &str) -> Result<usize, String> {
        let mut executor = Executor::find("slurm", &toml::Table::new()).unwrap();
        executor.status = vec!["/bin/sh".to_owned(), "-c".to_owned(), script.to_owned()];
        let signals = Signals::watch().unwrap();
        let site = Site { executor: &executor, signals: &signals };
        site.list().map(|jobs| jobs.len()).map_err(|error| error.to_string())
    }

    #[test]
    fn no_job_is_no_failure_and_a_failure_is_no_list() {
        assert_eq!(list("echo No unfinished job found; exit 255"), Ok(0));
        let error = list("echo no controller; exit 1").unwrap_err();
        assert!(error.ends_with("failed: no controller"), "{error}");
        let signals = Signals::watch().unwrap();
        let executor = Executor::find("slurm", &toml::Table::new()).unwrap();
        let site = Site { executor: &executor, signals: &signals };
        assert!(site.call(&[]).is_err());
        let echo = ["/bin/echo".to_owned(), "x".to_owned()];
        assert_eq!(site.call(&echo).unwrap(), (true, "x\n".to_owned()));
    }
}
