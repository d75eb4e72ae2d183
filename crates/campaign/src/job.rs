//! The work of a run: points with their decks and keys.

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

    /// The id of the point to which its samples belong, or its own id.
    pub fn point_id(&self) -> &str {
        samples::point_id(self.id())
    }

    /// Its values on each axis along which failures may have a common cause.
    pub fn place(&self) -> Vec<String> {
        let Point { corner, extraction, section, supply, temp_c, .. } = &self.point;
        let temp = temp_c.to_string();
        let own = [corner.clone(), extraction.clone(), section.clone(), supply.clone(), temp];
        own.into_iter().chain(self.point.sweep.iter().map(Swept::folder)).collect()
    }

    /// The requirements that its log is checked against.
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

    /// The deck's name without its extension.
    pub fn stem(&self) -> &str {
        outputs::stem(self.point.deck_name())
    }

    /// The name of the log.
    pub fn log_name(&self) -> String {
        self.place_of_outputs().log_name()
    }

    /// The place of its outputs.
    pub fn place_of_outputs(&self) -> outputs::Place<'_> {
        outputs::Place { folder: Path::new(self.id()), stem: self.stem() }
    }

    /// The measures that its outputs must contain.
    pub fn wanted(&self) -> outputs::Wanted<'_> {
        let Deck { asked, alters, .. } = &self.deck;
        outputs::Wanted { asked, alters: *alters, temp_c: self.point.temp_c, began: None }
    }

    /// Names of its outputs that exist in the point's folder.
    pub fn outputs(&self, simulator: &Simulator) -> Vec<String> {
        self.place_of_outputs().names(simulator)
    }
}

/// Points with the blocks of their samples; each block follows its point.
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

/// Reads the decks of points and reports all their faults at once.
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

#[cfg(test)]
mod tests {
    use super::jobs;
    use crate::fixture::{self, Domain};
    use libchar_pvt::Swept;

    #[test]
    fn a_job_is_its_point_with_its_deck() {
        let mut domain = Domain::new(1);
        domain.add("p/mc_1-3", &fixture::deck("1"));
        let found = domain.jobs();
        assert_eq!((found[0].stem(), found[0].log_name().as_str()), ("sim_tx", "sim_tx.log"));
        assert!(found[0].block.is_none() && found[0].point_id() == found[0].id());
        assert_eq!(found[1].block.map(|block| block.samples), Some(3));
        assert_eq!(Some(found[1].point_id()), found[1].id().strip_suffix("/mc_1-3"));
        let about = found[0].about();
        assert_eq!((about.asked, about.temp_c), (&["tphl".to_owned()][..], Some(25.0)));
        assert_eq!(found[0].wanted().asked, ["tphl"]);
    }

    #[test]
    fn every_axis_is_one_that_failures_may_share() {
        let mut domain = Domain::new(1);
        domain.points[0].sweep =
            vec![Swept { name: "cload".to_owned(), label: "5f".to_owned(), value: 5e-15 }];
        let place = domain.jobs()[0].place();
        assert_eq!(place, ["TT", "typical", "TT", "v1", "25", "cload_5f"]);
    }

    #[test]
    fn a_deck_whose_name_looks_like_an_option_is_given_as_a_path() {
        let domain = Domain::new(1);
        let mut job = domain.jobs().remove(0);
        assert_eq!(job.deck_path(), job.point.deck);
        job.point.deck = "-b/sim.sp".to_owned();
        assert_eq!(job.deck_path(), "./-b/sim.sp");
    }

    #[test]
    fn all_decks_that_cannot_be_read_are_named_at_once() {
        let mut domain = Domain::new(3);
        for point in &mut domain.points[..2] {
            point.deck.push_str(".gone");
        }
        let engine = &domain.engine;
        let faults = jobs(domain.points.clone(), &engine.sizes, &mut engine.keys()).unwrap_err();
        assert_eq!(faults.into_vec().len(), 2);
    }
}
