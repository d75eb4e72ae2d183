//! Runs another program as simulator: it reads a file of jobs and writes a file of results.

use crate::context::Context;
use crate::exit::{Interrupted, refused};
use anyhow::{Context as _, Result, bail};
use libchar_assurance::litho::NamedJob;
use libchar_assurance::litho::answer::Answer;
use libchar_assurance::litho::protocol::{Command, Protocol};
use libchar_core::Faults;
use libchar_files::atomic;
use libchar_runner::{Program, Signals};
use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// One configured program with its files.
pub struct External {
    pub name: String,
    command: Command,
    protocol: Protocol,
    folder: PathBuf,
    timeout: Option<Duration>,
}

impl External {
    /// The names of the configured programs.
    pub fn names(ctx: &Context) -> Vec<String> {
        ctx.config.section("litho.simulators").keys().cloned().collect()
    }

    /// The program of `[litho.simulators.NAME]`, if it is configured.
    pub fn configured(name: &str, ctx: &Context) -> Result<Option<External>> {
        let key = |last: &str| format!("litho.simulators.{name}.{last}");
        ctx.config.consent(&format!("litho.simulators.{name}")).map_err(Faults::from)?;
        let section = ctx.config.section(&format!("litho.simulators.{name}"));
        if section.is_empty() {
            return Ok(None);
        }
        let command = Command::of(name, &section).map_err(refused)?;
        let columns = section.get("columns").and_then(toml::Value::as_table);
        Ok(Some(External {
            name: name.to_owned(),
            command,
            protocol: Protocol::of(name, ctx.config.text(&key("format")), columns),
            folder: ctx
                .config
                .text(&key("folder"))
                .map_or_else(|| PathBuf::from(format!("litho-{name}")), PathBuf::from),
            timeout: ctx.config.duration(&key("timeout")),
        }))
    }

    fn file(&self, stem: &str) -> PathBuf {
        self.folder.join(self.protocol.file(stem))
    }

    fn program(&self) -> Program {
        let [jobs, results] = ["jobs", "results"].map(|stem| self.file(stem).display().to_string());
        let mut words = self.command.words(&jobs, &results).into_iter();
        Program {
            path: words.next().unwrap_or_default().into(),
            args: words.map(Into::into).collect(),
            timeout: self.timeout,
            log: Some(self.folder.join("log")),
            ..Program::default()
        }
    }
}

impl External {
    /// Answers jobs, in their order.
    pub fn simulate(&self, jobs: &[NamedJob]) -> Result<Vec<Answer>> {
        let began = Instant::now();
        let results = self.file("results");
        fs::create_dir_all(&self.folder)
            .with_context(|| format!("cannot create {}", self.folder.display()))?;
        atomic::write(&self.file("jobs"), &self.protocol.jobs(jobs)?)?;
        // Results of an earlier run must not be taken for those of this run.
        match fs::remove_file(&results) {
            Err(e) if e.kind() != ErrorKind::NotFound => {
                return Err(e).with_context(|| format!("cannot replace {}", results.display()));
            }
            _ => {}
        }
        let ended = self.program().run(&Signals::watch()?)?;
        let log = self.folder.join("log");
        if let Some(signal) = ended.stopped_by {
            return Err(Interrupted(signal).into());
        }
        if ended.timed_out {
            bail!("{} did not end in time, see {}", self.name, log.display());
        }
        if ended.code != Some(0) {
            let how = match (ended.code, ended.signal) {
                (Some(code), _) => format!("exit code {code}"),
                (None, signal) => format!("signal {}", signal.unwrap_or_default()),
            };
            bail!("{} ended with {how}, see {}", self.name, log.display());
        }
        let bytes = fs::read(&results).with_context(|| {
            format!("{} left no {}, see {}", self.name, results.display(), log.display())
        })?;
        let outputs = self.protocol.outputs(&results.display().to_string(), &bytes, jobs)?;
        let seconds = began.elapsed().as_secs_f64() / jobs.len().max(1) as f64;
        let answer = |outputs| Answer { outputs, detail: None, is_quick: false, seconds };
        Ok(outputs.into_iter().map(answer).collect())
    }
}
