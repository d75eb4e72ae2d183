//! The simulator of a library, and the tickets that run it.

use crate::commands::run::engine;
use crate::context::Context;
use crate::exit::Usage;
use crate::sources::environment;
use anyhow::Result;
use libchar_campaign::key;
use libchar_campaign::start::StartUp;
use libchar_cells::config::Config;
use libchar_cells::task::Outcome;
use libchar_core::{Faults, hash};
use libchar_engine::log::{self, About, Exit};
use libchar_engine::measure::ngspice;
use libchar_engine::simulator::{Piece, Values};
use libchar_engine::{Class, Simulator};
use libchar_runner::{Record, Signals, Text, Ticket};
use std::time::Duration;

/// Name of the deck of a simulation, in its folder.
const DECK: &str = "deck.sp";
/// Name of its log.
pub const LOG: &str = "deck.log";

/// A simulator whose version is known.
pub struct Engine {
    simulator: Simulator,
    /// Its version.
    pub version: String,
    /// Folders in which netlists' files are searched, and the files that the simulator reads before
    /// a deck.
    pub start: StartUp,
    material: String,
    timeout: Duration,
}

impl Engine {
    /// Starts the simulator of `cells.toml` to learn its version.
    pub fn of(config: &Config, ctx: &Context, signals: &Signals) -> Result<Engine> {
        ctx.config.consent("simulators").map_err(Faults::from)?;
        let name = &config.simulator;
        let simulator = Simulator::find(name, &ctx.config.section("simulators"))?;
        if simulator.batch != "ngspice" {
            let message = format!(
                "{}: simulator = \"{name}\": the decks of `lib` are for ngspice",
                config.file
            );
            return Err(Usage(message).into());
        }
        let version = engine::version(&simulator, signals)?;
        let init_files = ctx.config.flag("run.init_files");
        let environment = environment();
        let start = StartUp::read(&simulator, init_files, &environment);
        let args: Vec<String> =
            simulator.init_args.iter().chain(&simulator.args).cloned().collect();
        let (env, inherited) = (&simulator.env, &simulator.environment);
        let common = key::common(name, &version, &args, env, inherited, &environment);
        let timeout = ctx.config.duration("run.timeout").unwrap_or(Duration::MAX);
        let material = format!("{common}{}", start.material);
        Ok(Engine { simulator, version, start, material, timeout })
    }

    /// The key of a deck; `more` is a digest of what is not in the deck.
    pub fn key(&self, deck: &str, more: &str) -> String {
        hash::sha256(format!("{}{more}\n{deck}", self.material).as_bytes())
    }

    /// The ticket that simulates a deck.
    pub fn ticket(&self, key: &str, deck: String) -> Ticket {
        let values = Values { deck: "", stem: "deck", threads: 1, mem_gb: 1 };
        let args = self.simulator.command(&values, false).into_iter().map(|piece| match piece {
            // The only argument that is empty without the name of a deck is that name.
            Piece::Text(text) if text.is_empty() => {
                Text::Work { before: String::new(), work: DECK.to_owned() }
            }
            Piece::Text(text) => Text::Plain(text),
            Piece::Work { before, file } => Text::Work { before, work: file },
        });
        Ticket {
            attempt: key.to_owned(),
            program: self.simulator.program.clone(),
            args: args.collect(),
            env: self.simulator.env.clone(),
            log: LOG.to_owned(),
            files: [(DECK.to_owned(), deck)].into(),
            timeout_s: self.timeout.as_secs_f64(),
            subject: serde_json::Value::Null,
        }
    }

    /// The outcome of a simulation.
    pub fn outcome(&self, record: &Record, text: &str) -> Outcome {
        let ended = &record.ended;
        let exit = Exit {
            code: ended.code,
            signal: ended.signal,
            timed_out: ended.timed_out,
            cancelled: false,
            not_started: record.not_started.as_deref(),
        };
        let failure = log::judge(&self.simulator, &exit, text, About::default());
        // A failed measure is only a hole; the other measures of its deck are valid.
        let failure = failure.filter(|failure| failure.class != Class::Measure);
        let rows = ngspice::parse(LOG, text).map(|found| found.rows).unwrap_or_default();
        let measures = rows.into_iter().filter_map(|row| Some((row.name, row.value?))).collect();
        Outcome { measures, failure: failure.map(|failure| failure.reason) }
    }
}
