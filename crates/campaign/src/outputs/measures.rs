//! The measures of a point, from its log or its measure files. All commands that judge or extract measures use this
//! module.

use super::Place;
use libchar_core::{Fault, Faults};
use libchar_engine::log::TEMPERATURE_TOLERANCE_C;
use libchar_engine::measure::stale::{self, Found as File, Run};
use libchar_engine::measure::{self, FileName, Measures, Status};
use libchar_engine::simulator::MeasureSource;
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

/// Differences in time below this come from copying a folder, not from two runs.
const COPY_TIME: Duration = Duration::from_secs(2);

/// The measures that are expected.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// The measures that the deck requests, in lower case and in its order.
    pub asked: &'a [String],
    /// Number of `.alter` blocks of the deck.
    pub alters: usize,
    /// The temperature of the point, in Celsius.
    pub temp_c: f64,
    /// The time at which the deck was written, or its run began; older files are from another run. `None` if hashes
    /// already prove that the files are from this run.
    pub began: Option<SystemTime>,
}

/// The measures that were found.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// The measures; those that are requested and not found are marked as missing.
    pub measures: Measures,
    /// The files that were read.
    pub files: Vec<PathBuf>,
}

/// Reads the measures of a point: from its measure files, if its simulator writes some or is not known, otherwise from its
/// log. `None` if neither exists.
///
/// # Errors
/// Every fault of a file that is truncated, is from an earlier run, or has two different values of a measure.
pub fn read(
    place: Place<'_>,
    source: Option<MeasureSource>,
    wanted: Wanted<'_>,
) -> Result<Option<Found>, Vec<Fault>> {
    if source != Some(MeasureSource::Log)
        && let Some(found) = of_files(place, wanted)?
    {
        return Ok(Some(found));
    }
    let path = place.path(&place.log_name());
    let name = path.display().to_string();
    let (text, written) = match text_of(&path) {
        Ok(read) => read,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(vec![Fault::of(&name, format!("cannot read: {e}"))]),
    };
    if wanted.began.is_some_and(|began| is_older(written, began)) {
        let fault = Fault::of(&name, "a log of an earlier run: it is older than the deck");
        return Err(vec![fault.expected("the log of the last run; run the point again")]);
    }
    let measures = of_log(&name, &text, wanted).map_err(Faults::into_vec)?;
    Ok(Some(Found { measures, files: vec![path] }))
}

/// The measures of a log; `name` names it in faults.
///
/// # Errors
/// The errors of the log's reader.
pub fn of_log(name: &str, text: &str, wanted: Wanted<'_>) -> Result<Measures, Faults> {
    let measures = measure::ngspice::parse_asked(name, text, wanted.asked)?;
    Ok(finish(measures, wanted))
}

/// The measures of the measure files in a point's folder; `None` if there is none.
///
/// # Errors
/// The errors of the files' readers; files of an earlier run.
pub fn of_files(place: Place<'_>, wanted: Wanted<'_>) -> Result<Option<Found>, Vec<Fault>> {
    let files = list(place).map_err(|e| {
        let what = format!("cannot read the folder: {e}");
        vec![Fault::of(place.folder.display().to_string(), what)]
    })?;
    if files.is_empty() {
        return Ok(None);
    }
    let run = Run { alters: Some(wanted.alters), began: wanted.began };
    let mut faults = stale::stale(&files, run);
    let mut found = Found::default();
    let has_twin = |file: &File| {
        let csv = FileName { csv: true, ..file.name.clone() };
        !file.name.csv && files.iter().any(|other| other.name == csv)
    };
    // Of the two forms of a file, the comma-separated one has more digits.
    for file in files.iter().filter(|file| !has_twin(file)) {
        found.files.push(PathBuf::from(&file.path));
        let read = fs::read(&file.path)
            .map_err(|e| vec![Fault::of(&file.path, format!("cannot read: {e}"))])
            .and_then(|bytes| {
                measure::parse(&file.path, &bytes, file.name.alter(), &[]).map_err(Faults::into_vec)
            })
            .and_then(|more| found.measures.join(&file.path, more).map_err(|fault| vec![fault]));
        if let Err(more) = read {
            faults.extend(more);
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let numbers: BTreeSet<u32> = files.iter().map(|file| file.name.number).collect();
    let alters = u32::try_from(wanted.alters).unwrap_or(u32::MAX);
    for number in (0..=alters).filter(|number| !numbers.contains(number)) {
        found.measures.lose(number + 1, wanted.asked.iter().map(String::as_str));
    }
    found.measures = finish(found.measures, wanted);
    Ok(Some(found))
}

/// The text of a file, whatever its encoding, and the time when it was written.
///
/// # Errors
/// The errors of the file system.
pub fn text_of(path: &std::path::Path) -> io::Result<(String, SystemTime)> {
    let mut file = fs::File::open(path)?;
    let metadata = file.metadata()?;
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0) + 1);
    file.read_to_end(&mut bytes)?;
    let text = String::from_utf8(bytes)
        .unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned());
    Ok((text, metadata.modified()?))
}

fn is_older(written: SystemTime, began: SystemTime) -> bool {
    began.duration_since(written).is_ok_and(|age| age > COPY_TIME)
}

/// The measure files of the deck, by name.
fn list(place: Place<'_>) -> io::Result<Vec<File>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(place.folder)? {
        let entry = entry?;
        let file = entry.file_name();
        let Some(name) = file.to_str().and_then(FileName::parse) else { continue };
        if name.stem == place.stem {
            let modified = entry.metadata()?.modified()?;
            let path = place.path(&file.to_string_lossy()).display().to_string();
            found.push(File { path, name, modified });
        }
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(found)
}

/// Adds the measures that were not found. Values for another temperature are not those of the point.
fn finish(mut measures: Measures, wanted: Wanted<'_>) -> Measures {
    let sweeps_temperature = measures.sweep.iter().any(|name| name.starts_with("temp"));
    // A deck may alter its temperature.
    for row in measures.rows.iter_mut().filter(|row| row.alter == 1 && !sweeps_temperature) {
        let is_other = |stated: &f64| (stated - wanted.temp_c).abs() > TEMPERATURE_TOLERANCE_C;
        if let Some(stated) = row.temp_c.filter(is_other) {
            row.value = None;
            row.status = Status::Failed;
            row.reason = Some(format!("simulated at {stated} C instead of {} C", wanted.temp_c));
        }
    }
    measures.complete(wanted.asked.iter().map(String::as_str));
    measures
}

#[cfg(test)]
mod tests {
    use super::{Wanted, of_files};
    use crate::outputs::Place;
    use std::fs;

    #[test]
    fn of_the_two_forms_of_a_measure_file_the_one_with_more_digits_counts() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, separator: &str, value: &str| {
            let text = format!(
                "$DATA1 SOURCE='HSPICE' VERSION='test' PARAM_COUNT=0\n.TITLE '* t'\n\
                 tphl{separator}temper{separator}alter#\n{value}{separator}25.0000{separator}1\n"
            );
            fs::write(folder.path().join(name), text).unwrap();
        };
        let asked = ["tphl".to_owned()];
        let wanted = Wanted { asked: &asked, alters: 0, temp_c: 25.0, began: None };
        let place = Place { folder: folder.path(), stem: "tx" };
        let found = || of_files(place, wanted).unwrap();
        assert!(found().is_none(), "there is none");
        write("tx.mt0", " ", "2.400e-11");
        assert_eq!(found().unwrap().measures.rows[0].value, Some(2.4e-11));
        write("tx.mt0.csv", ",", "2.412345e-11");
        let both = found().unwrap();
        assert_eq!(both.measures.rows[0].value, Some(2.412345e-11));
        assert_eq!(both.files, [folder.path().join("tx.mt0.csv")]);
    }
}
