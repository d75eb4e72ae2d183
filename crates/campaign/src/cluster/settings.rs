//! What the configuration says of the scheduler.

use super::{Packing, Settings};
use crate::setting::{fault, positive};
use anyhow::{Context as _, Result, anyhow};
use libchar_core::Faults;
use libchar_core::config::Config;
use libchar_runner::cluster::Executor;
use std::time::Duration;

/// The scheduler that the user or the configuration names; `None` for this machine.
///
/// # Errors
/// An unknown scheduler, or settings of one that the user did not consent to.
pub fn executor(typed: Option<&str>, config: &Config) -> Result<Option<Executor>> {
    let name = typed.or(config.text("run.executor")).filter(|name| *name != "local");
    let Some(name) = name else { return Ok(None) };
    config.consent("executors").map_err(Faults::from)?;
    let found = Executor::find(name, &config.section("executors"));
    let executor = found.map_err(|e| match typed {
        Some(_) => anyhow!(e),
        None => Faults::from(fault(config, "run.executor", e)).into(),
    })?;
    Ok(Some(executor))
}

/// What the user asks of a cluster besides the configuration.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked {
    /// The most jobs that run at the same time.
    pub max_running: Option<usize>,
    /// The most jobs that are submitted at the same time.
    pub max_submit: Option<usize>,
    /// Largest number of simulations at the same time.
    pub licenses: Option<usize>,
}

/// The settings of a run that this user submits to a scheduler.
///
/// # Errors
/// A program that cannot tell where it is itself.
pub fn settings(
    executor: Executor,
    asked: Asked,
    config: &Config,
    user: String,
) -> Result<Settings> {
    let mut options = Vec::new();
    for (template, key) in [
        (&executor.queue, "cluster.queue"),
        (&executor.account, "cluster.account"),
        (&executor.time, "cluster.time"),
        (&executor.licenses, "cluster.licenses"),
    ] {
        if let Some(value) = config.text(key) {
            let values = [("value", value.to_owned())].into();
            options.extend(Executor::fill(template, &values, &[]));
        }
    }
    options.extend(config.texts("cluster.options"));
    let running = asked.max_running.or_else(|| positive(config, "cluster.max_running"));
    let packing = Packing {
        pack: positive(config, "cluster.pack"),
        max_running: running.into_iter().chain(asked.licenses).min(),
        max_array: positive(config, "cluster.max_array").unwrap_or(1),
    };
    Ok(Settings {
        program: std::env::current_exe().context("cannot tell where libchar itself is")?,
        user,
        executor,
        options,
        max_submit: asked.max_submit.or_else(|| positive(config, "cluster.max_submit")),
        packing,
        poll: config.duration("cluster.poll").unwrap_or(Duration::from_secs(2)),
        grace: config.duration("cluster.grace").unwrap_or(Duration::from_secs(30)),
    })
}

#[cfg(test)]
mod tests {
    use super::{Asked, executor, settings};
    use crate::fixture::config;

    #[test]
    fn what_is_typed_goes_before_what_is_configured() {
        let slurm = config("run = { executor = 'slurm' }");
        assert!(executor(Some("local"), &slurm).unwrap().is_none());
        assert!(executor(None, &slurm).unwrap().is_some());
        assert!(executor(None, &config("")).unwrap().is_none());
        let typed = executor(Some("slrm"), &slurm).unwrap_err().to_string();
        let written = executor(None, &config("run = { executor = 'slrm' }")).unwrap_err();
        assert!(written.to_string().contains(&format!("run.executor: {typed}")), "{written}");
    }

    #[test]
    fn the_smallest_limit_counts_and_0_is_none() {
        let config =
            config("cluster = { max_running = 8, pack = 0, queue = 'q1', options = ['--x'] }");
        let slurm = executor(Some("slurm"), &config).unwrap().unwrap();
        let asked = Asked { licenses: Some(4), max_submit: Some(3), ..Asked::default() };
        let of = settings(slurm.clone(), asked, &config, "me".to_owned()).unwrap();
        assert_eq!(
            (of.packing.max_running, of.packing.pack, of.max_submit),
            (Some(4), None, Some(3))
        );
        assert_eq!(of.options.last().map(String::as_str), Some("--x"));
        assert!(of.options.iter().any(|option| option.contains("q1")), "{:?}", of.options);
        let none = settings(slurm, Asked::default(), &config, "me".to_owned()).unwrap();
        assert_eq!((none.packing.max_running, none.max_submit), (Some(8), None));
    }
}
