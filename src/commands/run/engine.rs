//! Finds the simulator of a run and asks it for its version.

use crate::sources::environment;
use anyhow::Result;
use libchar_campaign::ask;
pub use libchar_campaign::ask::version;
use libchar_campaign::engine::Engine;
use libchar_core::config::Config;
use libchar_pvt::RunConfig;
use libchar_runner::Signals;

/// The simulator of `config.cfg`.
pub fn of(run: &RunConfig, config: &Config, signals: &Signals) -> Result<Engine> {
    ask::engine(run, config, &environment(), signals)
}
