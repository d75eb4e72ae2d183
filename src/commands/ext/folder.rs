//! The outputs of one point: its log or measure files, and how its run ended.

use super::deck::Includes;
use libchar_core::Fault;
use libchar_engine::log::TEMPERATURE_TOLERANCE_C;
use libchar_engine::measure::stale::{self, Found, Run};
use libchar_engine::measure::{self, FileName, Measure, Measures, Requests, Status};
use libchar_engine::simulator::MeasureSource;
use libchar_engine::{Class, Simulator};
use libchar_pvt::Point;
use serde::Deserialize;
use std::collections::{BTreeSet, HashMap};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// Differences in time below this are those of a copy, not of two runs.
const COPY_TIME: Duration = Duration::from_secs(2);

/// What `run` leaves in a point's folder; other fields do not matter here.
#[derive(Deserialize)]
struct RunStatus {
    status: String,
    class: Option<Class>,
    reason: Option<String>,
    simulator: Option<String>,
    preset: Option<String>,
}

/// What was read of a point.
#[derive(Debug, Default)]
pub struct Reading {
    /// The measures that were found, and those that the deck asks for.
    pub measures: Measures,
    /// The names that the deck asks for, in its order.
    pub asked: Vec<String>,
    /// Why there is nothing, where there is nothing.
    pub note: Option<String>,
    /// The preset of simulator options that it was simulated with.
    pub preset: Option<String>,
    /// The files that were read.
    pub files: Vec<PathBuf>,
}

impl Reading {
    /// Why values are missing, in one line; `None` if none is.
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

/// Reads points; keeps what they share.
pub struct Reader<'a> {
    site: &'a toml::Table,
    sources: HashMap<String, Option<MeasureSource>>,
    includes: Includes,
}

impl<'a> Reader<'a> {
    /// `site` holds the simulators that the site describes.
    pub fn new(site: &'a toml::Table) -> Reader<'a> {
        Reader { site, sources: HashMap::new(), includes: Includes::default() }
    }

    /// Reads the outputs of a point.
    ///
    /// # Errors
    /// Every fault of a file that a finished run left. What a failed run left may be cut: then its measures are
    /// missing, and the note tells the fault.
    pub fn read(&mut self, point: &Point) -> Result<Reading, Vec<Fault>> {
        let deck = Path::new(&point.deck);
        let (text, written) = read_text(deck).map_err(|e| {
            vec![
                Fault::of(&point.deck, format!("cannot read the deck: {e}"))
                    .expected("a deck for each row of points.csv; `libchar gen` writes it"),
            ]
        })?;
        let (requests, included) = self.includes.requests(deck, &text);
        let mut reading = Reading {
            asked: requests.measures.iter().map(|asked| asked.name.clone()).collect(),
            files: std::iter::once(deck.to_owned()).chain(included).collect(),
            ..Reading::default()
        };
        let folder = Folder { point, stem: stem(point), written };
        let status = folder.status(&mut reading);
        reading.preset = status.as_ref().and_then(|status| status.preset.clone());
        let read = self.outputs(&folder, &requests, status.as_ref(), &mut reading);
        let done = status.as_ref().is_none_or(|status| status.status == "done");
        match (read, &status) {
            (Ok(measures), _) => reading.measures = measures,
            (Err(faults), _) if done => return Err(faults),
            (Err(faults), _) => {
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

    fn outputs(
        &mut self,
        folder: &Folder,
        requests: &Requests,
        status: Option<&RunStatus>,
        reading: &mut Reading,
    ) -> Result<Measures, Vec<Fault>> {
        let simulator = status.and_then(|status| status.simulator.as_deref());
        let source = simulator.and_then(|name| self.source(name));
        let found = match source {
            Some(MeasureSource::Log) => Vec::new(),
            _ => folder.measure_files().map_err(|fault| vec![fault])?,
        };
        if !found.is_empty() {
            return folder.read_files(found, requests, reading);
        }
        let measures = folder.read_log(status.is_some(), reading)?;
        if measures.is_none() {
            let what = "not simulated: neither a log nor a measure file";
            reading.note = Some(what.to_owned());
        }
        Ok(measures.unwrap_or_default())
    }

    fn source(&mut self, simulator: &str) -> Option<MeasureSource> {
        if let Some(source) = self.sources.get(simulator) {
            return *source;
        }
        let source = Simulator::find(simulator, self.site).ok().map(|found| found.measures);
        self.sources.insert(simulator.to_owned(), source);
        source
    }
}

/// Takes the values of a run that failed for another reason than its measures: they are not those of the point.
fn distrust(reading: &mut Reading, status: &RunStatus) {
    if status.class == Some(Class::Measure) {
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
    let class = status.class.map(|class| format!(" ({class})")).unwrap_or_default();
    reading.note = Some(format!("the run {}{class}: {reason}", status.status));
}

/// A point's folder.
struct Folder<'p> {
    point: &'p Point,
    stem: &'p str,
    /// When the deck was written.
    written: SystemTime,
}

impl Folder<'_> {
    fn path(&self, name: &str) -> PathBuf {
        Path::new(&self.point.id).join(name)
    }

    /// How the run ended; `None` if nobody tells, as for outputs of other tools.
    fn status(&self, reading: &mut Reading) -> Option<RunStatus> {
        let path = self.path("status.json");
        let status = serde_json::from_slice(&fs::read(&path).ok()?).ok()?;
        reading.files.push(path);
        Some(status)
    }

    /// The measure files of the deck, by name.
    fn measure_files(&self) -> Result<Vec<Found>, Fault> {
        let io = |e: io::Error| Fault::of(&self.point.id, format!("cannot read the folder: {e}"));
        let mut found = Vec::new();
        for entry in fs::read_dir(&self.point.id).map_err(io)? {
            let entry = entry.map_err(io)?;
            let file = entry.file_name();
            let Some(name) = file.to_str().and_then(FileName::parse) else { continue };
            if name.stem == self.stem {
                let modified =
                    entry.metadata().and_then(|metadata| metadata.modified()).map_err(io)?;
                let path = self.path(&file.to_string_lossy()).display().to_string();
                found.push(Found { path, name, modified });
            }
        }
        found.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(found)
    }

    fn read_files(
        &self,
        found: Vec<Found>,
        requests: &Requests,
        reading: &mut Reading,
    ) -> Result<Measures, Vec<Fault>> {
        let run = Run { alters: Some(requests.alters), began: Some(self.written) };
        let mut faults = stale::stale(&found, run);
        let mut measures = Measures::default();
        let numbers: BTreeSet<u32> = found.iter().map(|file| file.name.number).collect();
        let has_twin = |file: &Found| {
            let csv = FileName { csv: true, ..file.name.clone() };
            !file.name.csv && found.iter().any(|other| other.name == csv)
        };
        // Of the two forms of a file, the comma-separated one has more digits.
        for file in found.iter().filter(|file| !has_twin(file)) {
            reading.files.push(PathBuf::from(&file.path));
            let read = fs::read(&file.path)
                .map_err(|e| vec![Fault::of(&file.path, format!("cannot read: {e}"))])
                .and_then(|bytes| {
                    measure::parse(&file.path, &bytes, file.name.alter())
                        .map_err(|faults| faults.into_vec())
                })
                .and_then(|more| measures.join(&file.path, more).map_err(|fault| vec![fault]));
            if let Err(more) = read {
                faults.extend(more);
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        if !measures.sweep.iter().any(|name| name.starts_with("temp")) {
            self.hold_to_temperature(&mut measures);
        }
        let alters = u32::try_from(requests.alters).unwrap_or(u32::MAX);
        for number in (0..=alters).filter(|number| !numbers.contains(number)) {
            measures.lose(number + 1, reading.asked.iter().map(String::as_str));
        }
        Ok(measures)
    }

    fn read_log(
        &self,
        judged: bool,
        reading: &mut Reading,
    ) -> Result<Option<Measures>, Vec<Fault>> {
        let path = self.path(&format!("{}.log", self.stem));
        let name = path.display().to_string();
        let (text, written) = match read_text(&path) {
            Ok(read) => read,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(vec![Fault::of(&name, format!("cannot read: {e}"))]),
        };
        reading.files.push(path);
        if self.written.duration_since(written).is_ok_and(|age| age > COPY_TIME) {
            let fault = Fault::of(&name, "a log of an earlier run: it is older than the deck");
            return Err(vec![fault.expected("the log of the last run; run the point again")]);
        }
        let mut measures =
            measure::ngspice::parse(&name, &text).map_err(|faults| faults.into_vec())?;
        if !judged {
            self.hold_to_temperature(&mut measures);
        }
        Ok(Some(measures))
    }

    /// Values that nobody judged yet and that belong to another temperature are not those of the point.
    fn hold_to_temperature(&self, measures: &mut Measures) {
        for row in measures.rows.iter_mut().filter(|row| row.alter == 1) {
            if let Some(temp_c) = row
                .temp_c
                .filter(|temp_c| (temp_c - self.point.temp_c).abs() > TEMPERATURE_TOLERANCE_C)
            {
                row.value = None;
                row.status = Status::Failed;
                row.reason =
                    Some(format!("simulated at {temp_c} C instead of {} C", self.point.temp_c));
            }
        }
    }
}

/// The deck's name without its ending.
fn stem(point: &Point) -> &str {
    let name = point.deck_name();
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Text of a file, whatever its encoding, and when it was written.
fn read_text(path: &Path) -> io::Result<(String, SystemTime)> {
    let mut file = File::open(path)?;
    let metadata = file.metadata()?;
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0) + 1);
    file.read_to_end(&mut bytes)?;
    let text = String::from_utf8(bytes)
        .unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned());
    Ok((text, metadata.modified()?))
}
