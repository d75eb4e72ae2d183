//! A domain, as `gen` makes decks of it.

pub mod nodes;
mod read;

pub use read::{condition_table, read, read_config, read_points, variation_table};

use crate::drawn::Drawn;
use libchar_core::{Fault, Faults};
use libchar_pvt::config::Samples;
use libchar_pvt::matrix::Cell;
use libchar_pvt::random;
use libchar_pvt::variation::{self, Sampling, Variation};
use libchar_pvt::{Matrix, RunConfig, Template};
use std::path::Path;

/// All that `gen` needs to know about a domain, already checked.
pub struct Domain {
    /// `config.cfg`.
    pub config: RunConfig,
    /// The points.
    pub matrix: Matrix,
    /// The template of the decks.
    pub template: Template,
    /// File name of the template, and so of every deck.
    pub deck_name: String,
    /// The settings of samples, if samples are requested.
    pub varying: Option<Varying>,
    /// Whether decks call random functions of the simulator and therefore get a seed.
    pub native: bool,
}

/// The settings of samples.
pub struct Varying {
    /// The quantities that vary, with their distributions.
    pub variation: Variation,
    /// The method by which samples are drawn.
    pub sampling: Sampling,
    /// The seed of all draws.
    pub seed: u64,
    /// Whether the simulator's own random functions vary, too.
    pub native: bool,
    /// The number of samples that is requested.
    pub samples: Samples,
}

impl Varying {
    /// The number of samples of each point; `None` if it follows from their values.
    pub fn count(&self) -> Option<usize> {
        match &self.samples {
            Samples::None => Some(0),
            Samples::Count(count, _) => Some(*count),
            Samples::OneAtATime => Some(self.variation.one_at_a_time()),
            Samples::Auto(_) => None,
        }
    }
}

impl Domain {
    /// The deck of a point, or of one of its samples, with a seed if it calls random functions.
    ///
    /// # Errors
    /// An expression of the template that cannot be evaluated for this point.
    pub fn deck(&self, cell: &Cell, sample: Option<u64>) -> Result<Vec<u8>, Faults> {
        let deck = self.template.render(cell)?;
        Ok(match self.native {
            true => random::with_seed(
                &deck,
                variation::native_seed(self.config.seed, sample.unwrap_or(0)),
            ),
            false => deck,
        })
    }
}

/// A random function that has no seed, or one whose seed would make all samples equal.
pub fn random_fault(config: &RunConfig, random: Option<&Drawn>) -> Option<Fault> {
    let Drawn { file, random: found, has_seed } = random?;
    let wants_samples = config.samples != Samples::None;
    let what = match (has_seed, wants_samples || config.has("seed")) {
        (false, true) | (true, false) => return None,
        (false, false) => {
            format!("{} has no seed: each simulation would give other values", found.words())
        }
        (true, true) => {
            format!("{} has a seed in the deck, and another in config.cfg", found.words())
        }
    };
    let expected = match has_seed {
        false => "seed=1 in config.cfg, samples=N with it, or `.option seed=1` in the template",
        true => "one of them: samples need the seed of config.cfg, and the template none",
    };
    Some(Fault::at(file, found.line, found.column, what).expected(expected))
}

/// The file name of the decks: that of the template, unless a point's folder uses this name for something else.
pub fn deck_name(template: &Path) -> Result<String, Fault> {
    let name = template.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let shown = template.display().to_string();
    let reserved = name == "status.json" || name.ends_with(".log");
    if reserved || !libchar_pvt::label::is_valid(name) {
        let fault = Fault::of(shown, format!("a deck cannot be named `{name}`"));
        return Err(fault.expected("a file name such as sim_tx.sp"));
    }
    Ok(name.to_owned())
}
