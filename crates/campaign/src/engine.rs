//! The simulator of this run: its description, its version, and the tickets that call it.

use crate::environment::Environment;
use crate::job::Job;
use crate::key::{self, Keys, Material};
use crate::presets::{self, Preset};
use crate::readings::prints;
use crate::recipes::{self, Recipe};
use crate::size::{Need, Sizes};
use crate::start::StartUp;
use crate::task::Subject;
use anyhow::Result;
use libchar_core::config::Config;
use libchar_core::{Fault, Faults};
use libchar_engine::simulator::{Piece, Values};
use libchar_engine::{Options, Simulator};
use libchar_pvt::RunConfig;
use libchar_runner::{Text, Ticket};
use std::time::Duration;

/// The control deck of a batch, in the attempt's folder.
const BATCH_DECK: &str = "batch.sp";

/// The log of a batch, in the attempt's folder.
pub const BATCH_LOG: &str = "batch.log";

/// A simulator that answered when it was asked for its version.
pub struct Engine {
    /// Its name in `config.cfg`.
    pub name: String,
    /// Its description.
    pub simulator: Simulator,
    /// The version that it reported.
    pub version: String,
    /// Cores and memory of each simulation.
    pub sizes: Sizes,
    /// The time limit of one simulation.
    pub timeout: Duration,
    /// Options that replace those of every deck.
    pub preset: Option<Preset>,
    /// Options that are tried in this order if a simulation does not converge.
    pub recipes: Vec<Recipe>,
    /// Whether several points may run in one process.
    pub batches: bool,
    /// Whether decks get only the models that they use.
    pub trims: bool,
    init_files: bool,
    /// Printed vectors that count as measures.
    prints: Vec<String>,
    /// The files that it reads before the deck.
    pub start: StartUp,
    environment: Environment,
}

impl Engine {
    /// The simulator that `config.cfg` names, with its description and the version that it reported.
    ///
    /// # Errors
    /// Faults of sizes and recipes in the configuration.
    pub fn new(
        run: &RunConfig,
        config: &Config,
        (simulator, version): (Simulator, String),
        environment: &Environment,
    ) -> Result<Engine, Faults> {
        Ok(Engine {
            name: run.simulator.clone(),
            sizes: Sizes::of(run, config, &simulator)?,
            timeout: config.duration("run.timeout").unwrap_or(Duration::MAX),
            preset: None,
            recipes: recipes::listed(config, (&run.simulator, &simulator))?,
            init_files: config.flag("run.init_files"),
            prints: prints(config),
            start: StartUp::read(&simulator, config.flag("run.init_files"), environment),
            environment: environment.clone(),
            // Trimming knows ngspice's way to choose a bin.
            trims: simulator.batch == "ngspice" && config.flag("run.trim"),
            batches: simulator.batch == "ngspice"
                && simulator.args.iter().any(|arg| arg == "{deck}")
                && config.flag("run.batch"),
            simulator,
            version,
        })
    }

    /// Lets the options of a preset replace those of every deck.
    ///
    /// # Errors
    /// Options that the simulator does not have.
    pub fn set_preset(&mut self, preset: Preset) -> Result<(), Faults> {
        preset.options.check(&self.name, &self.simulator).map_err(|e| {
            Faults::from(Fault::of(presets::FILE, format!("preset `{}`: {e}", preset.name)))
        })?;
        self.preset = Some(preset);
        Ok(())
    }

    /// A recipe by its number, counted from 1; 0 means no recipe.
    pub fn recipe(&self, number: usize) -> Option<&Recipe> {
        self.recipes.get(number.checked_sub(1)?)
    }

    /// The options that replace those of a deck; if an option is given twice, the last one counts.
    pub fn options(&self, recipe: usize) -> Vec<&Options> {
        let preset = self.preset.as_ref().map(|preset| &preset.options);
        preset.into_iter().chain(self.recipe(recipe).map(|recipe| &recipe.options)).collect()
    }

    /// The key of a job that is simulated with the recipe of this name; `None` if this recipe no longer exists.
    pub fn key(&self, job: &Job, recipe: Option<&str>) -> Option<String> {
        match recipe {
            None => Some(job.deck.key.clone()),
            Some(name) => {
                self.recipes.iter().find(|r| r.name == name).map(|r| r.key_of(&job.deck.key))
            }
        }
    }

    /// The key that version 0.1 gave a job; `None` if it did not cover everything that decides the result.
    pub fn legacy_key(&self, job: &Job, recipe: Option<&str>) -> Option<String> {
        let legacy = job.deck.legacy.as_ref()?;
        match recipe {
            None => Some(legacy.clone()),
            Some(name) => self.recipes.iter().find(|r| r.name == name).map(|r| r.key_of(legacy)),
        }
    }

    /// The part that the keys of all points share.
    pub fn key_material(&self) -> Material {
        let plain = self.plain_material();
        Material {
            current: format!("{plain}{}", self.start.material),
            legacy: (!self.start.of_the_user).then_some(plain),
        }
    }

    /// The reader of decks for this simulator.
    pub fn keys(&self) -> Keys {
        let counts_threads = self.simulator.multi_threaded;
        let material = self.key_material();
        Keys::new(material, self.start.search.clone(), counts_threads).with_prints(&self.prints)
    }

    fn plain_material(&self) -> String {
        let init = if self.init_files { &[][..] } else { &self.simulator.init_args };
        let args: Vec<String> = init.iter().chain(&self.simulator.args).cloned().collect();
        let mut text = key::common(
            &self.name,
            &self.version,
            &args,
            &self.simulator.env,
            &self.simulator.environment,
            &self.environment,
        );
        if let Some(preset) = &self.preset {
            text.push_str(&format!("preset {}\n", preset.options));
        }
        text
    }

    /// A ticket that simulates a deck (a job's own or one with trimmed models) and writes the log and outputs of the job.
    pub fn ticket(
        &self,
        attempt: &str,
        job: &Job,
        deck: &str,
        subject: &Subject,
    ) -> Result<Ticket> {
        let Need { threads, mem_gb } = job.need;
        let values = Values { deck, stem: job.stem(), threads, mem_gb };
        let args = self.simulator.command(&values, self.init_files);
        let args = args.into_iter().map(text).collect();
        let mut ticket = self.with_args(attempt, args, job.log_name(), subject)?;
        ticket.timeout_s *= job.block.map_or(1.0, |block| block.samples as f64);
        Ok(ticket)
    }

    /// A ticket that runs a control deck over the points of a batch.
    pub fn batch_ticket(
        &self,
        attempt: &str,
        control: String,
        need: Need,
        subject: &Subject,
    ) -> Result<Ticket> {
        let Need { threads, mem_gb } = need;
        let values = Values { deck: "", stem: "batch", threads, mem_gb };
        let whole = |arg: &Piece| *arg == Piece::Text(String::new());
        let args = self.simulator.command(&values, self.init_files).into_iter().map(|arg| {
            // The only argument that is empty without the name of a deck is that name.
            if whole(&arg) {
                Text::Work { before: String::new(), work: BATCH_DECK.to_owned() }
            } else {
                text(arg)
            }
        });
        let mut ticket = self.with_args(attempt, args.collect(), BATCH_LOG.to_owned(), subject)?;
        ticket.files.insert(BATCH_DECK.to_owned(), control);
        ticket.timeout_s *= subject.points.len() as f64;
        Ok(ticket)
    }

    fn with_args(
        &self,
        attempt: &str,
        args: Vec<Text>,
        log: String,
        subject: &Subject,
    ) -> Result<Ticket> {
        Ok(Ticket {
            attempt: attempt.to_owned(),
            program: self.simulator.program.clone(),
            args,
            env: self.simulator.env.clone(),
            log,
            files: Default::default(),
            timeout_s: self.timeout.as_secs_f64(),
            subject: serde_json::to_value(subject)?,
        })
    }
}

fn text(piece: Piece) -> Text {
    match piece {
        Piece::Text(text) => Text::Plain(text),
        Piece::Work { before, file } => Text::Work { before, work: file },
    }
}

#[cfg(test)]
mod tests {
    use super::{BATCH_DECK, BATCH_LOG, Engine};
    use crate::environment::Environment;
    use crate::fixture::{self, Domain};
    use crate::presets::Preset;
    use crate::task::{Kind, Subject};
    use libchar_core::config::Config;
    use libchar_engine::{Options, Simulator};
    use libchar_pvt::RunConfig;
    use libchar_runner::Text;
    use std::time::Duration;

    fn subject(points: usize) -> Subject {
        let key = |i: usize| crate::task::PointKey { point: format!("p{i}"), key: "k".to_owned() };
        let points = (0..points).map(key).collect();
        Subject { points, tries: 1, retries: 0, kind: Kind::Usual, recipe: None }
    }

    fn preset(options: Options) -> Preset {
        Preset { name: "fast".to_owned(), options, measured: None }
    }

    #[test]
    fn a_ticket_calls_the_simulator_with_the_deck() {
        let mut domain = Domain::new(1);
        domain.engine.timeout = Duration::from_secs(10);
        domain.add("p/mc_1-3", &fixture::deck("1"));
        let jobs = domain.jobs();
        let ticket = domain.engine.ticket("a-1", &jobs[0], "x/deck.sp", &subject(1)).unwrap();
        let args: Vec<&Text> = ticket.args.iter().collect();
        let plain = |text: &str| Text::Plain(text.to_owned());
        assert_eq!(args, [&plain("-n"), &plain("-b"), &plain("x/deck.sp")]);
        assert_eq!((ticket.attempt.as_str(), ticket.log.as_str()), ("a-1", "sim_tx.log"));
        assert_eq!(ticket.env.get("OMP_THREAD_LIMIT").map(String::as_str), Some("1"));
        assert_eq!((ticket.timeout_s, ticket.files.len()), (10.0, 0));
        assert_eq!(ticket.subject, serde_json::to_value(subject(1)).unwrap());
        // Each sample of a block has the time of a simulation.
        let block = domain.engine.ticket("a-2", &jobs[1], "deck", &subject(1)).unwrap();
        assert_eq!(block.timeout_s, 30.0);
    }

    #[test]
    fn a_batch_runs_its_control_deck_in_the_folder_of_the_attempt() {
        let mut domain = Domain::new(1);
        domain.engine.timeout = Duration::from_secs(10);
        let need = domain.jobs()[0].need;
        let ticket =
            domain.engine.batch_ticket("a-1", "control".to_owned(), need, &subject(3)).unwrap();
        let deck = Text::Work { before: String::new(), work: BATCH_DECK.to_owned() };
        assert_eq!(ticket.args.last(), Some(&deck));
        assert_eq!(ticket.files.get(BATCH_DECK).map(String::as_str), Some("control"));
        assert_eq!((ticket.log.as_str(), ticket.timeout_s), (BATCH_LOG, 30.0));
    }

    #[test]
    fn presets_recipes_and_start_up_files_are_part_of_the_key() {
        let config = fixture::config(
            "run = { recipes = ['gear', 'tight'] }\n\
             recipes = { gear = { method = 'gear' }, tight = { reltol = 1e-5 } }",
        );
        let mut domain = Domain::new(1);
        domain.engine = fixture::engine(&config);
        let job = &domain.jobs()[0];
        let engine = &domain.engine;
        let keys =
            [None, Some("gear"), Some("tight")].map(|recipe| engine.key(job, recipe).unwrap());
        assert_eq!(keys[0], job.deck.key);
        assert!(keys[1] != keys[0] && keys[2] != keys[1]);
        assert_eq!(engine.key(job, Some("gone")), None);
        let legacy = job.deck.legacy.clone();
        assert_eq!(engine.legacy_key(job, None), legacy);
        assert!(legacy.is_none() || engine.legacy_key(job, Some("gear")) != legacy);
        assert_eq!(engine.recipe(0).map(|recipe| recipe.name.as_str()), None);
        assert_eq!(engine.recipe(1).map(|recipe| recipe.name.as_str()), Some("gear"));
        assert_eq!(engine.recipe(3).map(|recipe| recipe.name.as_str()), None);
        let plain = engine.key_material();
        domain.engine.set_preset(preset(Options::default().with("reltol", "1e-3"))).unwrap();
        let engine = &domain.engine;
        let with = engine.key_material();
        assert!(with.current != plain.current && with.legacy != plain.legacy);
        let options: Vec<String> = engine.options(1).iter().map(|o| o.text()).collect();
        assert_eq!(options, ["reltol=0.001", "method=gear"], "the recipe wins");
        assert_eq!(engine.options(0).len(), 1);
    }

    #[test]
    fn options_that_the_simulator_does_not_have_are_no_preset() {
        let mut engine = fixture::engine(&Config::defaults());
        let error = engine.set_preset(preset(Options::default().with("reltoll", "1"))).unwrap_err();
        let text = error.to_string();
        assert!(
            text.starts_with("presets.toml: preset `fast`") && text.contains("reltoll"),
            "{text}"
        );
        assert!(engine.preset.is_none());
    }

    #[test]
    fn only_ngspice_shares_processes_and_trims_and_settings_turn_it_off() {
        let of = |name: &str, lines: &str| {
            let text = format!("simulator={name}\n");
            let run = RunConfig::parse("config.cfg", text.as_bytes(), &[name]).unwrap();
            let simulator = Simulator::find(name, &toml::Table::new()).unwrap();
            let told = (simulator, "1".to_owned());
            let config = fixture::config(lines);
            let engine = Engine::new(&run, &config, told, &Environment::default()).unwrap();
            (engine.batches, engine.trims)
        };
        assert_eq!(of("ngspice", ""), (true, true));
        assert_eq!(of("ngspice", "run = { batch = false }"), (false, true));
        assert_eq!(of("ngspice", "run = { trim = false }"), (true, false));
        assert_eq!(of("hspice", ""), (false, false));
    }
}
