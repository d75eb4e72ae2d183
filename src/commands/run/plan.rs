//! What is to be simulated: the chosen points, their keys, and what is already done.

use super::engine::Engine;
use super::key::{Deck, Keys};
use super::size::{Need, Sizes};
use super::status::{State, Status};
use anyhow::Result;
use libchar_core::{Fault, Faults};
use libchar_engine::Simulator;
use libchar_engine::log::About;
use libchar_engine::simulator::MeasureSource;
use libchar_pvt::Point;
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
}

impl Job {
    /// Reads the deck of a point.
    pub fn read(point: Point, sizes: &Sizes, keys: &mut Keys) -> Result<Job, Fault> {
        let need = sizes.need(&point.id);
        let deck = keys.deck(&point, need).map_err(|e| {
            Fault::of(&point.deck, format!("cannot read the deck: {e}"))
                .expected("a deck for each row of points.csv; `libchar gen` writes it")
        })?;
        Ok(Job { point, deck, need })
    }

    /// The point's id, which is its folder.
    pub fn id(&self) -> &str {
        &self.point.id
    }

    /// Where it stands on each axis that failures may share.
    pub fn place(&self) -> Vec<String> {
        let Point { corner, extraction, section, supply, temp_c, .. } = &self.point;
        let temp = temp_c.to_string();
        vec![corner.clone(), extraction.clone(), section.clone(), supply.clone(), temp]
    }

    /// What its log is held against.
    pub fn about(&self) -> About<'_> {
        let Deck { text, asked, .. } = &self.deck;
        About { deck: text, asked, temp_c: Some(self.point.temp_c) }
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
        let name = self.point.deck_name();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// The log's name.
    pub fn log_name(&self) -> String {
        format!("{}.log", self.stem())
    }

    /// Whether the point was simulated with just this key, and its outputs are there.
    pub fn is_done(&self, status: Option<&Status>, engine: &Engine) -> bool {
        let simulator = &engine.simulator;
        let is_file = |name: &str| {
            fs::metadata(Path::new(self.id()).join(name)).is_ok_and(|m| m.is_file() && m.len() > 0)
        };
        status.is_some_and(|status| {
            status.status == State::Done
                && engine.key(self, status.recipe.as_deref()).as_ref() == Some(&status.key)
        }) && is_file(&self.log_name())
            && (simulator.measures == MeasureSource::Log
                || self.deck.asked.is_empty()
                || self.outputs(simulator).iter().any(|name| *name != self.log_name()))
    }

    /// Names of the outputs that lie in the point's folder.
    pub fn outputs(&self, simulator: &Simulator) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.id()) else { return Vec::new() };
        let mut names: Vec<String> = entries
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter(|name| self.is_output(simulator, name))
            .collect();
        names.sort();
        names
    }

    fn is_output(&self, simulator: &Simulator, name: &str) -> bool {
        let stem = self.stem();
        name == self.log_name()
            || simulator.is_measure_file(stem, name)
            || simulator.logs.iter().any(|log| *name == log.replace("{stem}", stem))
    }
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
