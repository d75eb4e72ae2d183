//! Finds the simulator of a run and asks it for its version.

use crate::sources::environment;
use anyhow::{Context as _, Result, bail};
use libchar_campaign::engine::Engine;
use libchar_core::Faults;
use libchar_core::config::Config;
use libchar_engine::Simulator;
use libchar_pvt::RunConfig;
use libchar_runner::Signals;
use libchar_runner::program::Program;
use std::time::Duration;

/// The simulator of `config.cfg`.
pub fn of(run: &RunConfig, config: &Config, signals: &Signals) -> Result<Engine> {
    config.consent("simulators").map_err(Faults::from)?;
    let simulator = Simulator::find(&run.simulator, &config.section("simulators"))?;
    let version = version(&simulator, signals)?;
    Ok(Engine::new(run, config, (simulator, version), &environment())?)
}

/// The version that a simulator reports.
pub fn version(simulator: &Simulator, signals: &Signals) -> Result<String> {
    if simulator.version_args.is_empty() {
        return Ok("unknown".to_owned());
    }
    let program = Program {
        path: simulator.program.clone().into(),
        args: simulator.version_args.iter().map(Into::into).collect(),
        env: simulator.env.iter().map(|(k, v)| (k.into(), v.into())).collect(),
        timeout: Some(Duration::from_secs(60)),
        ..Program::default()
    };
    let (ended, output) = program
        .capture(1 << 16, signals)
        .with_context(|| format!("the simulator `{}` does not run", simulator.program))?;
    if let Some(signal) = ended.stopped_by {
        return Err(crate::exit::Interrupted(signal).into());
    }
    if ended.timed_out {
        bail!("`{}` did not tell its version within 60 s", simulator.program);
    }
    Ok(simulator.version(&String::from_utf8_lossy(&output)))
}
