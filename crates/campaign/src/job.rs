//! What is to be simulated: points with their decks and keys.

use crate::key::{Deck, Keys};
use crate::outputs;
use crate::samples::{self, BLOCKS, Block};
use crate::size::{Need, Sizes};
use libchar_core::{Fault, Faults};
use libchar_engine::Simulator;
use libchar_engine::log::About;
use libchar_pvt::{Point, Swept};
use std::collections::HashMap;
use std::fs;
use std::path::Path;

/// A point with its deck and key.
#[derive(Debug, Clone)]
pub struct Job {
    /// The point.
    pub point: Point,
    /// Its deck.
    pub deck: Deck,
    /// The size of its simulation.
    pub need: Need,
    /// The samples that it simulates, if it is a block of them.
    pub block: Option<Block>,
}

impl Job {
    /// Reads the deck of a point.
    pub fn read(point: Point, sizes: &Sizes, keys: &mut Keys) -> Result<Job, Fault> {
        let block = Block::of_id(&point.id);
        // A block has the size of its point.
        let need = sizes.need(samples::point_id(&point.id));
        let deck = keys.deck(&point, need).map_err(|e| {
            Fault::of(&point.deck, format!("cannot read the deck: {e}"))
                .expected("a deck for each row of points.csv; `libchar gen` writes it")
        })?;
        Ok(Job { point, deck, need, block })
    }

    /// The point's id, which is its folder.
    pub fn id(&self) -> &str {
        &self.point.id
    }

    /// The id of the point whose samples it simulates, or its own.
    pub fn point_id(&self) -> &str {
        samples::point_id(self.id())
    }

    /// Where it stands on each axis that failures may share.
    pub fn place(&self) -> Vec<String> {
        let Point { corner, extraction, section, supply, temp_c, .. } = &self.point;
        let temp = temp_c.to_string();
        let own = [corner.clone(), extraction.clone(), section.clone(), supply.clone(), temp];
        own.into_iter().chain(self.point.sweep.iter().map(Swept::folder)).collect()
    }

    /// What its log is held against.
    pub fn about(&self) -> About<'_> {
        let Deck { text, words, asked, .. } = &self.deck;
        About { deck: words.as_ref().unwrap_or(text), asked, temp_c: Some(self.point.temp_c) }
    }

    /// The deck's path, relative to the domain.
    pub fn deck_path(&self) -> String {
        // A name that starts with a dash would be an option to the simulator.
        if self.point.deck.starts_with('-') {
            format!("./{}", self.point.deck)
        } else {
            self.point.deck.clone()
        }
    }

    /// The deck's name without its ending.
    pub fn stem(&self) -> &str {
        outputs::stem(self.point.deck_name())
    }

    /// The log's name.
    pub fn log_name(&self) -> String {
        self.place_of_outputs().log_name()
    }

    /// Where its outputs lie.
    pub fn place_of_outputs(&self) -> outputs::Place<'_> {
        outputs::Place { folder: Path::new(self.id()), stem: self.stem() }
    }

    /// The measures that are to be found in its outputs.
    pub fn wanted(&self) -> outputs::Wanted<'_> {
        let Deck { asked, alters, .. } = &self.deck;
        outputs::Wanted { asked, alters: *alters, temp_c: self.point.temp_c, began: None }
    }

    /// Names of the outputs that lie in the point's folder.
    pub fn outputs(&self, simulator: &Simulator) -> Vec<String> {
        self.place_of_outputs().names(simulator)
    }
}

/// Points with the blocks of their samples, each block after its point.
///
/// # Errors
/// Faults of `blocks.csv`.
pub fn with_blocks(points: Vec<Point>) -> Result<Vec<Point>, Faults> {
    let Ok(bytes) = fs::read(BLOCKS) else { return Ok(points) };
    let mut blocks: HashMap<String, Vec<(Block, String)>> = HashMap::new();
    for row in samples::parse(BLOCKS, &bytes)? {
        blocks.entry(row.point).or_default().push((row.block, row.deck_sha256));
    }
    let with = |point: Point| {
        let of = blocks.get(&point.id).map(Vec::as_slice).unwrap_or_default();
        let below: Vec<Point> =
            of.iter().map(|(block, hash)| block.of_point(&point, hash)).collect();
        std::iter::once(point).chain(below)
    };
    Ok(points.into_iter().flat_map(with).collect())
}

/// Reads the decks of points; all faults at once.
pub fn jobs(points: Vec<Point>, sizes: &Sizes, keys: &mut Keys) -> Result<Vec<Job>, Faults> {
    let mut faults = Vec::new();
    let mut jobs = Vec::with_capacity(points.len());
    for point in points {
        match Job::read(point, sizes, keys) {
            Ok(job) => jobs.push(job),
            Err(fault) => faults.push(fault),
        }
    }
    Faults::or(jobs, faults)
}
