//! The comparisons of a run that show that trimmed models are right.

use super::decks::Decks;
use anyhow::Result;
use libchar_campaign::task::Kind;
use libchar_engine::measure::{self, Measure};
use std::fs;
use std::path::Path;

/// How a point begins.
#[derive(Debug, PartialEq, Eq)]
pub enum Start {
    /// It can be simulated.
    Ready,
    /// It is simulated with whole and with trimmed models, to compare them.
    Compares,
    /// It waits for the comparison of another point that uses the same models.
    Waits,
}

/// A comparison that is over.
#[derive(Debug, PartialEq, Eq)]
pub struct Compared {
    /// Whether trimmed models gave the same measures, to the last digit.
    pub same: bool,
    /// The points that waited.
    pub waiting: Vec<usize>,
}

/// A comparison of trimmed models with whole ones at one point.
#[derive(Debug)]
struct Comparison {
    job: usize,
    models: String,
    whole: Option<Vec<Measure>>,
    trimmed: Option<Vec<Measure>>,
    waiting: Vec<usize>,
}

/// The comparisons of a run.
#[derive(Default)]
pub struct Trimming {
    comparisons: Vec<Comparison>,
}

impl Trimming {
    /// Begins with a point whose deck has these trimmed models.
    pub fn begin(&mut self, index: usize, models: &str, decks: &Decks) -> Start {
        if decks.is_verified(models) {
            return Start::Ready;
        }
        if let Some(comparison) = self.comparisons.iter_mut().find(|c| c.models == models) {
            comparison.waiting.push(index);
            return Start::Waits;
        }
        self.comparisons.push(Comparison {
            job: index,
            models: models.to_owned(),
            whole: None,
            trimmed: None,
            waiting: Vec::new(),
        });
        Start::Compares
    }

    /// Whether a comparison is under way.
    pub fn is_comparing(&self) -> bool {
        !self.comparisons.is_empty()
    }

    /// Takes one side of a comparison: the log of the simulation, which is not there if it was lost. When both
    /// sides are there, the comparison is over.
    pub fn compare(
        &mut self,
        index: usize,
        side: Kind,
        log: Option<&Path>,
        decks: &Decks,
    ) -> Result<Option<Compared>> {
        let Some(place) = self.comparisons.iter().position(|c| c.job == index) else {
            return Ok(None);
        };
        let text = log.and_then(|log| fs::read_to_string(log).ok()).unwrap_or_default();
        let measures = measure::ngspice::parse("log", &text).map_or(Vec::new(), |found| found.rows);
        let comparison = &mut self.comparisons[place];
        match side {
            Kind::Check => comparison.trimmed = Some(measures),
            _ => comparison.whole = Some(measures),
        }
        let (Some(whole), Some(trimmed)) = (&comparison.whole, &comparison.trimmed) else {
            return Ok(None);
        };
        let digits = |row: &Measure| (row.name.clone(), row.value.map(f64::to_bits), row.status);
        let same = !whole.is_empty() && whole.iter().map(digits).eq(trimmed.iter().map(digits));
        let Comparison { models, waiting, .. } = self.comparisons.swap_remove(place);
        if same {
            decks.verified(&models)?;
        }
        Ok(Some(Compared { same, waiting }))
    }

    /// Forgets the comparisons: nothing more is simulated.
    pub fn stop(&mut self) {
        self.comparisons.clear();
    }
}
