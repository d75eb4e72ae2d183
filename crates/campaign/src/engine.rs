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

/// A simulator that answered when asked for its version.
pub struct Engine {
    /// Its name in `config.cfg`.
    pub name: String,
    /// Its description.
    pub simulator: Simulator,
    /// The version that it told.
    pub version: String,
    /// Cores and memory of each simulation.
    pub sizes: Sizes,
    /// Time of one simulation.
    pub timeout: Duration,
    /// Options that are put over those of every deck.
    pub preset: Option<Preset>,
    /// Options that are tried one after the other where a simulation does not converge.
    pub recipes: Vec<Recipe>,
    /// Whether several points may run in one process.
    pub batches: bool,
    /// Whether decks get only the models that they use.
    pub trims: bool,
    init_files: bool,
    /// Printed vectors that count as measures.
    prints: Vec<String>,
    /// What it reads before the deck.
    pub start: StartUp,
    environment: Environment,
}

impl Engine {
    /// The simulator that `config.cfg` names, by its description and the version that it told.
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

    /// Puts the options of a preset over those of every deck.
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

    /// A recipe by its number from 1; 0 is none.
    pub fn recipe(&self, number: usize) -> Option<&Recipe> {
        self.recipes.get(number.checked_sub(1)?)
    }

    /// The options that are put over those of a deck, the last one wins.
    pub fn options(&self, recipe: usize) -> Vec<&Options> {
        let preset = self.preset.as_ref().map(|preset| &preset.options);
        preset.into_iter().chain(self.recipe(recipe).map(|recipe| &recipe.options)).collect()
    }

    /// The key of a job that is simulated with a recipe, by its name; `None` if there is no such recipe any more.
    pub fn key(&self, job: &Job, recipe: Option<&str>) -> Option<String> {
        match recipe {
            None => Some(job.deck.key.clone()),
            Some(name) => {
                self.recipes.iter().find(|r| r.name == name).map(|r| r.key_of(&job.deck.key))
            }
        }
    }

    /// The key that 0.1 gave a job; `None` if it did not know all that decides the result.
    pub fn legacy_key(&self, job: &Job, recipe: Option<&str>) -> Option<String> {
        let legacy = job.deck.legacy.as_ref()?;
        match recipe {
            None => Some(legacy.clone()),
            Some(name) => self.recipes.iter().find(|r| r.name == name).map(|r| r.key_of(legacy)),
        }
    }

    /// What the keys of all points share.
    pub fn key_material(&self) -> Material {
        let plain = self.plain_material();
        Material {
            current: format!("{plain}{}", self.start.material),
            legacy: (!self.start.of_the_user).then_some(plain),
        }
    }

    /// Reads decks for this simulator.
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

    /// A ticket that simulates a deck, a job's own or one with trimmed models, into the log and outputs of the job.
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
            // The only argument that is empty without a deck is the deck.
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
