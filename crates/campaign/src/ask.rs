//! Asks the simulator of a domain for its version.

use crate::engine::Engine;
use crate::environment::Environment;
use crate::interrupted::Interrupted;
use anyhow::{Context as _, Result, bail};
use libchar_core::Faults;
use libchar_core::config::Config;
use libchar_engine::Simulator;
use libchar_pvt::RunConfig;
use libchar_runner::Signals;
use libchar_runner::program::Program;
use std::time::Duration;

/// How long a simulator may take to tell its version.
const TIME: Duration = Duration::from_secs(60);

/// The simulator that `config.cfg` names, with the version that it tells.
///
/// # Errors
/// Faults of its description and its settings, and a simulator that does not answer.
pub fn engine(
    run: &RunConfig,
    config: &Config,
    environment: &Environment,
    signals: &Signals,
) -> Result<Engine> {
    config.consent("simulators").map_err(Faults::from)?;
    let simulator = Simulator::find(&run.simulator, &config.section("simulators"))?;
    let version = version(&simulator, signals)?;
    Ok(Engine::new(run, config, (simulator, version), environment)?)
}

/// The version that a simulator reports.
///
/// # Errors
/// One that does not run or does not answer in time, and [`Interrupted`].
pub fn version(simulator: &Simulator, signals: &Signals) -> Result<String> {
    if simulator.version_args.is_empty() {
        return Ok("unknown".to_owned());
    }
    let program = Program {
        path: simulator.program.clone().into(),
        args: simulator.version_args.iter().map(Into::into).collect(),
        env: simulator.env.iter().map(|(k, v)| (k.into(), v.into())).collect(),
        timeout: Some(TIME),
        ..Program::default()
    };
    let (ended, output) = program
        .capture(1 << 16, signals)
        .with_context(|| format!("the simulator `{}` does not run", simulator.program))?;
    if let Some(signal) = ended.stopped_by {
        return Err(Interrupted(signal).into());
    }
    if ended.timed_out {
        bail!("`{}` did not tell its version within {} s", simulator.program, TIME.as_secs());
    }
    Ok(simulator.version(&String::from_utf8_lossy(&output)))
}

#[cfg(test)]
mod tests {
    use super::version;
    use libchar_engine::Simulator;
    use libchar_runner::Signals;

    #[test]
    fn a_simulator_tells_its_version_or_is_named() {
        let signals = Signals::watch().unwrap();
        let mut simulator = Simulator::find("ngspice", &toml::Table::new()).unwrap();
        simulator.program = "/bin/sh".to_owned();
        let script = "echo '** ngspice-39 : Circuit level simulation program'";
        simulator.version_args = vec!["-c".to_owned(), script.to_owned()];
        assert!(version(&simulator, &signals).unwrap().contains("39"));
        simulator.version_args.clear();
        assert_eq!(version(&simulator, &signals).unwrap(), "unknown");
        simulator.version_args = vec!["-v".to_owned()];
        simulator.program = "/nowhere/ngspice".to_owned();
        let error = version(&simulator, &signals).unwrap_err().to_string();
        assert_eq!(error, "the simulator `/nowhere/ngspice` does not run");
    }
}
