//! The outputs of one point: its log or measure files, and how its run ended.

use crate::environment::Environment;
use crate::key::{Keys, Material};
use crate::outputs::{self, Place, Wanted};
use crate::said::Said;
use crate::samples::{self, Block};
use crate::size::Need;
use crate::start::{self, StartUp};
use crate::status::FILE;
use libchar_core::Fault;
use libchar_engine::measure::{Measure, Measures, Status, asked};
use libchar_engine::{Class, Simulator};
use libchar_pvt::Point;
use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

/// What was read from the outputs of a point.
#[derive(Debug, Default)]
pub struct Reading {
    /// The measures that were found, and those that the deck asks for.
    pub measures: Measures,
    /// The measures of the samples, by their numbers, where the folder is a block of them.
    pub samples: Vec<(u64, Measures)>,
    /// The names that the deck asks for, in its order.
    pub asked: Vec<String>,
    /// Why values of the point are missing: it was not simulated, or its run failed.
    pub note: Option<String>,
    /// The preset of simulator options that it was simulated with.
    pub preset: Option<String>,
    /// Whether the deck, a file that it reads or the simulator differs from what was simulated.
    pub is_stale: bool,
    /// The files that were read.
    pub files: Vec<PathBuf>,
}

impl Reading {
    /// Why values are missing, in one line; `None` if no value is missing.
    pub fn why(&self) -> Option<String> {
        if let Some(note) = &self.note {
            return Some(note.clone());
        }
        let mut seen = BTreeSet::new();
        let words: Vec<String> = self
            .measures
            .faulty()
            .filter(|row| seen.insert(&row.name))
            .map(|row| match &row.reason {
                Some(reason) => format!("{} {} ({reason})", row.name, row.status),
                None => format!("{} {}", row.name, row.status),
            })
            .collect();
        (!words.is_empty()).then(|| words.join(", "))
    }
}

/// A simulator, and the decks that it reads.
struct Tool {
    simulator: Option<Simulator>,
    keys: Keys,
}

/// Reads the outputs of points, and caches what the points share.
pub struct Reader<'a> {
    site: &'a toml::Table,
    simulator: Option<&'a str>,
    prints: &'a [String],
    environment: &'a Environment,
    tools: HashMap<Option<String>, Tool>,
}

impl<'a> Reader<'a> {
    /// Makes a reader. `site` describes the simulators of the site, `simulator` is the one
    /// configured now, and `prints` are the printed vectors that count as measures.
    pub fn new(
        site: &'a toml::Table,
        simulator: Option<&'a str>,
        prints: &'a [String],
        environment: &'a Environment,
    ) -> Reader<'a> {
        Reader { site, simulator, prints, environment, tools: HashMap::new() }
    }

    /// Reads the outputs of a point.
    ///
    /// # Errors
    /// Every fault of a file that a successful run left. A file that a failed run left may be
    /// truncated: its measures are then missing, and the note states the fault.
    pub fn read(&mut self, point: &Point) -> Result<Reading, Vec<Fault>> {
        let folder = Path::new(&point.id);
        let status = Said::read(folder);
        let now = self.simulator;
        let tool = self.tool(status.as_ref().and_then(|status| status.simulator.clone()));
        let cannot = |e: std::io::Error| {
            let fault = Fault::of(&point.deck, format!("cannot read the deck: {e}"));
            vec![fault.expected("a deck for each row of points.csv; `libchar gen` writes it")]
        };
        let deck = tool.keys.deck(point, Need { threads: 1, mem_gb: 1 }).map_err(cannot)?;
        let written =
            fs::metadata(&point.deck).and_then(|about| about.modified()).map_err(cannot)?;
        let mut reading = Reading {
            asked: in_order(&deck.text, &deck.asked),
            files: std::iter::once(PathBuf::from(&point.deck)).chain(deck.paths).collect(),
            preset: status.as_ref().and_then(|status| status.preset.clone()),
            ..Reading::default()
        };
        reading.files.extend(status.is_some().then(|| folder.join(FILE)));
        let place = Place { folder, stem: outputs::stem(point.deck_name()) };
        let recorded = status.as_ref().and_then(|status| status.outputs.as_deref());
        reading.is_stale = status
            .as_ref()
            .is_some_and(|status| status.is_of_another(&deck.sha256, &deck.files, now));
        let done = status.as_ref().is_none_or(Said::is_done);
        if let (Some(recorded), Some(simulator)) = (recorded.filter(|_| done), &tool.simulator)
            && let Err(what) = outputs::hold(place, simulator, recorded, None)
        {
            lose(&mut reading, &what);
            reading.note = Some(format!("{what}; `libchar run` simulates the point again"));
            return Ok(reading);
        }
        let wanted = Wanted {
            asked: &reading.asked.clone(),
            alters: deck.alters,
            temp_c: point.temp_c,
            // Recorded hashes show better than file times whether outputs belong to the run.
            began: recorded.is_none().then_some(written),
        };
        if let Some(block) = Block::of_id(&point.id) {
            let log = place.path(&place.log_name());
            read_samples(&mut reading, block, &log, wanted, status.as_ref())?;
            return Ok(reading);
        }
        let source = tool.simulator.as_ref().map(|simulator| simulator.measures);
        match outputs::read(place, source.filter(|_| status.is_some()), wanted) {
            Ok(Some(found)) => {
                reading.measures = found.measures;
                reading.files.extend(found.files);
            }
            Ok(None) => {
                let what = "not simulated: neither a log nor a measure file";
                reading.note = Some(what.to_owned());
            }
            Err(faults) if done => return Err(faults),
            Err(faults) => {
                let fault = faults.first().map(ToString::to_string).unwrap_or_default();
                reading.note = fault.lines().next().map(str::to_owned);
            }
        }
        if let Some(status) = status.filter(|_| !done) {
            distrust(&mut reading, &status);
        }
        let asked = reading.asked.clone();
        reading.measures.complete(asked.iter().map(String::as_str));
        Ok(reading)
    }

    /// The simulator of a point, as its status names it.
    fn tool(&mut self, name: Option<String>) -> &mut Tool {
        let (site, prints, environment) = (self.site, self.prints, self.environment);
        self.tools.entry(name.clone()).or_insert_with(|| {
            let simulator = name.and_then(|name| Simulator::find(&name, site).ok());
            let search = match &simulator {
                Some(simulator) => StartUp::read(simulator, false, environment).search,
                None => start::any_search(environment),
            };
            let material = Material { current: String::new(), legacy: None };
            Tool { simulator, keys: Keys::new(material, search, false).with_prints(prints) }
        })
    }
}

/// Reads the measures of the samples of a block. Each part of the log that is good counts, even if
/// other parts failed.
fn read_samples(
    reading: &mut Reading,
    block: Block,
    log: &Path,
    wanted: Wanted<'_>,
    status: Option<&Said>,
) -> Result<(), Vec<Fault>> {
    let text = match fs::read(log) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(_) => {
            reading.note = Some("not simulated: no log".to_owned());
            String::new()
        }
    };
    reading.files.push(log.to_owned());
    let done = status.is_some_and(Said::is_done);
    let reason = status.and_then(|status| status.reason.clone());
    let reason = reason.unwrap_or_else(|| "no result".to_owned());
    let name = log.display().to_string();
    for (sample, part) in block.numbers().zip(samples::parts(&text, block)) {
        // If the run failed, the log of a block with a single sample is no result.
        let part = part.filter(|_| !text.is_empty() && (done || block.samples > 1));
        let failed = || Measures {
            rows: reading.asked.iter().map(|name| Measure::failed(name, &reason)).collect(),
            ..Measures::default()
        };
        let measures = match part {
            None => failed(),
            Some(part) => match outputs::of_log(&name, part, wanted) {
                Ok(measures) => measures,
                Err(faults) if done => return Err(faults.into_vec()),
                Err(_) => failed(),
            },
        };
        reading.samples.push((sample, measures));
    }
    if !done && reading.note.is_none() {
        reading.note = Some(reason);
    }
    Ok(())
}

/// The measures that the deck itself asks for, in its order, then those of the files that it
/// includes, sorted by name.
fn in_order(deck: &str, all: &[String]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for own in asked(deck).measures {
        if !names.contains(&own.name) {
            names.push(own.name);
        }
    }
    let mut others: Vec<String> =
        all.iter().filter(|name| !names.contains(name)).cloned().collect();
    others.sort();
    names.extend(others);
    names
}

/// Marks all measures that a point's deck asks for as failed, for this reason.
fn lose(reading: &mut Reading, reason: &str) {
    reading.measures = Measures::default();
    reading.measures.rows =
        reading.asked.iter().map(|name| Measure::failed(name, reason)).collect();
}

/// Removes the values of a run that failed for a reason other than its measures: they cannot be
/// trusted.
fn distrust(reading: &mut Reading, status: &Said) {
    if status.failed_by(Class::Measure) {
        return;
    }
    let reason = status.reason.clone().unwrap_or_else(|| status.status.clone());
    for row in &mut reading.measures.rows {
        row.value = None;
        row.status = Status::Failed;
        row.reason = Some(reason.clone());
    }
    let failed = reading
        .asked
        .iter()
        .filter(|name| !reading.measures.rows.iter().any(|row| row.name == **name));
    let rows: Vec<Measure> = failed.map(|name| Measure::failed(name, &reason)).collect();
    reading.measures.rows.extend(rows);
    let class = status.class.as_deref().map(|class| format!(" ({class})")).unwrap_or_default();
    reading.note = Some(format!("the run {}{class}: {reason}", status.status));
}
