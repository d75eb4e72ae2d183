//! The simulator of a library, and the tickets that run it.

use crate::config::Config;
use crate::task::Outcome;
use libchar_campaign::environment::Environment;
use libchar_campaign::key;
use libchar_campaign::start::StartUp;
use libchar_core::{Refused, hash};
use libchar_engine::log::{self, About, Exit};
use libchar_engine::measure::ngspice;
use libchar_engine::simulator::{Piece, Values};
use libchar_engine::{Class, Simulator};
use libchar_runner::{Record, Text, Ticket};
use std::time::Duration;

/// The deck of a simulation, in its folder.
const DECK: &str = "deck.sp";

/// The log of a simulation, in its folder.
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
    /// The simulator that `cells.toml` names, with the version that it told; `init_files` says whether it reads start-up files
    /// of the user, and `timeout` is that of one simulation.
    pub fn new(
        config: &Config,
        (simulator, version): (Simulator, String),
        init_files: bool,
        timeout: Option<Duration>,
        environment: &Environment,
    ) -> Engine {
        let start = StartUp::read(&simulator, init_files, environment);
        let args: Vec<String> =
            simulator.init_args.iter().chain(&simulator.args).cloned().collect();
        let (env, inherited) = (&simulator.env, &simulator.environment);
        let common = key::common(&config.simulator, &version, &args, env, inherited, environment);
        let material = format!("{common}{}", start.material);
        let timeout = timeout.unwrap_or(Duration::MAX);
        Engine { simulator, version, start, material, timeout }
    }

    /// Whether a simulator reads the decks.
    ///
    /// # Errors
    /// One that does not.
    pub fn suits(config: &Config, simulator: &Simulator) -> Result<(), Refused> {
        if simulator.batch == "ngspice" {
            return Ok(());
        }
        let Config { file, simulator: name, .. } = config;
        let found = format!("{file}: simulator = \"{name}\"");
        Err(Refused::Usage(format!("{found}: the decks of `lib` are for ngspice")))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config;
    use libchar_runner::Ended;

    const TOML: &str = include_str!("../../../examples/lib/cells.toml");

    fn engine(version: &str) -> Engine {
        let config = config::parse("cells.toml", TOML.as_bytes()).unwrap();
        let simulator = Simulator::find("ngspice", &toml::Table::new()).unwrap();
        let variables: [(&str, &str); 0] = [];
        let environment = Environment::of(variables.map(|(k, v)| (k.into(), v.into())));
        Engine::new(&config, (simulator, version.to_owned()), false, None, &environment)
    }

    #[test]
    fn deck_material_and_version_decide_the_key() {
        let key = engine("42").key("* deck", "");
        assert_eq!(key, engine("42").key("* deck", ""));
        for other in [
            engine("43").key("* deck", ""),
            engine("42").key("* deck 2", ""),
            engine("42").key("* deck", "models"),
        ] {
            assert_ne!(other, key);
        }
    }

    #[test]
    fn a_ticket_names_the_deck_in_its_folder_once() {
        let ticket = engine("42").ticket("k", "* deck".to_owned());
        let decks =
            ticket.args.iter().filter(|arg| matches!(arg, Text::Work { work, .. } if work == DECK));
        assert_eq!((decks.count(), ticket.attempt.as_str(), ticket.log.as_str()), (1, "k", LOG));
        assert_eq!(ticket.files[DECK], "* deck");
    }

    #[test]
    fn a_measure_that_failed_is_a_hole_and_not_the_failure_of_its_deck() {
        let log = "Note: No compatibility mode selected!\n\nd0_0 = 1.5e-11 targ= 2e-9 trig= 1e-9\nd0_1 = failed\n";
        let record = |code| Record {
            ended: Ended { code: Some(code), ..Ended::default() },
            ..Record::default()
        };
        let outcome = engine("42").outcome(&record(0), log);
        assert_eq!(outcome.measures, [("d0_0".to_owned(), 1.5e-11)].into());
        assert_eq!(outcome.failure, None);
        assert!(engine("42").outcome(&record(1), "").failure.is_some());
    }
}
