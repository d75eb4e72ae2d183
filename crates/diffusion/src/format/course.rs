//! Measured temperatures over time: from files of a tool, or from lists.

use libchar_core::table::data::{self, Dialect};
use libchar_core::{Fault, Faults, Table};

use super::columns::{self, Holds};
use super::load::Load;
use super::reader::{Reader, Section};
use crate::course::Course;

/// Keys of a step that give a measured temperature.
pub(crate) const KEYS: [&str; 10] = [
    "profile",
    "format",
    "time_column",
    "time_unit",
    "temp_column",
    "temp_unit",
    "time_points_s",
    "temp_points_c",
    "temp_offset_c",
    "tolerance_c",
];
/// Distance in degrees within which the pieces follow the samples, unless the recipe states
/// another.
const TOLERANCE_C: f64 = 0.5;
/// Melting point of silicon, degrees Celsius.
const MELTS_C: f64 = 1414.0;
const POSSIBLE: &str = "above absolute zero and below 1414 C, where silicon melts";

/// Name and format of a file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Written<'a> {
    dialect: Dialect,
    time_column: Option<&'a str>,
    time_unit: Option<&'a str>,
    temp_column: Option<&'a str>,
    temp_unit: Option<&'a str>,
}

/// Whether the temperature of a step is measured.
pub(crate) fn is_measured(section: &Section<'_>) -> bool {
    KEYS.iter().any(|key| section.has(key))
}

/// Reads the `format` of a measured file.
pub(crate) fn read_dialect<'a>(reader: &mut Reader<'a>, section: &Section<'a>) -> Dialect {
    let Some(section) = reader.section(section, "format") else { return Dialect::default() };
    let keys = ["separator", "decimal", "thousands", "header_row", "units_row", "encoding"];
    reader.known(&section, "key of `format`", &keys);
    let mut sign = |key: &str| {
        let text = reader.text(&section, key)?;
        let sign = data::character(text);
        let expected = sign.as_ref().err().cloned().unwrap_or_default();
        sign.inspect_err(|_| {
            reader.fault(section.place(key), format!("`{key}` is \"{text}\""), expected)
        })
        .ok()
    };
    let (separator, decimal, thousands) = (sign("separator"), sign("decimal"), sign("thousands"));
    let row = |reader: &mut Reader<'a>, key| {
        let number = reader.positive(&section, key, false)?;
        if number.fract() != 0.0 {
            reader.fault(section.place(key), format!("`{key}` is {number}"), "a line, from 1");
        }
        Some(number as usize)
    };
    let header_row = row(reader, "header_row");
    let units_row = row(reader, "units_row");
    let encoding = reader.word(&section, "encoding", &data::ENCODINGS.map(|name| (name, name)));
    Dialect { separator, decimal, thousands, header_row, units_row, encoding, ..Dialect::default() }
}

pub(crate) fn read_written<'a>(reader: &mut Reader<'a>, section: &Section<'a>) -> Written<'a> {
    Written {
        dialect: read_dialect(reader, section),
        time_column: reader.text(section, "time_column"),
        time_unit: reader.text(section, "time_unit"),
        temp_column: reader.text(section, "temp_column"),
        temp_unit: reader.text(section, "temp_unit"),
    }
}

/// Reads the course of a step with a measured temperature.
pub(crate) fn read_course<'a>(
    reader: &mut Reader<'a>,
    section: &Section<'a>,
    load: Load<'_>,
) -> Option<Course> {
    for key in ["temperature", "temp_c", "ramp_to", "ramp_to_c", "time", "time_s"] {
        if section.has(key) {
            let found = format!("`{key}` together with a measured temperature");
            reader.fault(section.place(key), found, "one of them");
        }
    }
    let offset_c = reader.finite(section, "temp_offset_c").unwrap_or(0.0);
    let tolerance_c = reader.positive(section, "tolerance_c", true).unwrap_or(TOLERANCE_C);
    let written = read_written(reader, section);
    let (samples, notes) = match reader.text(section, "profile") {
        Some(path) => {
            for key in ["time_points_s", "temp_points_c"].iter().filter(|key| section.has(key)) {
                reader.fault(
                    section.place(key),
                    format!("`{key}` together with `profile`"),
                    "one of them",
                );
            }
            let loaded = load(path).map_err(|why| {
                let place = section.place("profile").start;
                vec![reader.fault_at(place, why)]
            });
            let parsed = loaded
                .and_then(|bytes| samples_of(path, &bytes, &written).map_err(Faults::into_vec));
            match parsed {
                Ok(parsed) => parsed,
                Err(faults) => {
                    reader.faults.extend(faults);
                    return None;
                }
            }
        }
        None => (listed(reader, section)?, Vec::new()),
    };
    for (_, temp_c) in &samples {
        if !(-273.15..MELTS_C).contains(&(temp_c + offset_c)) {
            let found = format!("a temperature of {temp_c} C with an offset of {offset_c} C");
            let key = if section.has("temp_offset_c") { "temp_offset_c" } else { "temp_points_c" };
            reader.fault(section.place(key), found, POSSIBLE);
            return None;
        }
    }
    let mut course = Course::through(&samples, tolerance_c, offset_c);
    if let Some(measured) = &mut course.measured {
        measured.notes = notes;
    }
    Some(course)
}

/// Reads samples from two lists of the recipe.
fn listed<'a>(reader: &mut Reader<'a>, section: &Section<'a>) -> Option<Samples> {
    let times = reader.numbers(section, "time_points_s", true);
    let temps = reader.numbers_that(section, "temp_points_c", "above -273.15", |c| c > -273.15);
    if times.len() < 2 || times.len() != temps.len() {
        let found = format!("{} times and {} temperatures", times.len(), temps.len());
        let place =
            section.place(if section.has("temp_points_c") { "temp_points_c" } else { "type" });
        let expected = "`profile = \"file.csv\"`, or `time_points_s` and `temp_points_c` of equal length, two or more";
        reader.fault(place, found, expected);
        return None;
    }
    if times.windows(2).any(|pair| pair[1] <= pair[0]) {
        reader.fault(section.place("time_points_s"), "times that do not rise", "rising times");
        return None;
    }
    Some(times.into_iter().zip(temps).collect())
}

/// Times, s, and temperatures, degrees Celsius.
type Samples = Vec<(f64, f64)>;

/// Samples of (time s, temperature C) in a file, and the notes of its reader.
///
/// # Errors
/// Missing columns or units, cells that are not numbers, times that do not rise, temperatures that
/// solid silicon cannot have: each with line and column.
pub(crate) fn samples_of(
    file: &str,
    bytes: &[u8],
    written: &Written<'_>,
) -> Result<(Samples, Vec<String>), Faults> {
    let has_column = |table: &Table| match written.temp_column {
        Some(name) => table.find_column(name).is_some(),
        None => !columns::candidates(table, Holds::Temperature).is_empty(),
    };
    let (table, notes) = columns::read(file, bytes, &written.dialect, &has_column)?;
    let time_keys = ["`time_column`", "`time_unit`"];
    let time =
        columns::find(&table, Holds::Time, written.time_column, written.time_unit, time_keys);
    let temp_keys = ["`temp_column`", "`temp_unit`"];
    let temp = columns::find(
        &table,
        Holds::Temperature,
        written.temp_column,
        written.temp_unit,
        temp_keys,
    );
    let (time, temp) = match (time, temp) {
        (Ok(time), Ok(temp)) => (time, temp),
        (time, temp) => {
            let faults = [time.err(), temp.err()].into_iter().flatten().collect();
            return Faults::or((Vec::new(), notes), faults);
        }
    };
    let mut faults = Vec::new();
    let mut samples: Samples = Vec::with_capacity(table.len());
    let mut before = None;
    for row in 0..table.len() {
        let (at, temp_c) = (time.value(&table, row), temp.value(&table, row));
        // Every time is compared with the one above it, even if that row has no temperature.
        if let (Ok(at), Some(last)) = (&at, &before)
            && at <= last
        {
            let found = format!("time {} after {}", time.spelled(*at), time.spelled(*last));
            faults.push(table.fault(row, time.index, found).expected("rising times"));
        }
        before = at.as_ref().ok().copied().or(before);
        if let Ok(temp_c) = &temp_c
            && !(-273.15..MELTS_C).contains(temp_c)
        {
            let found = format!("temperature {}, {temp_c} C", temp.spelled(*temp_c));
            faults.push(table.fault(row, temp.index, found).expected(POSSIBLE));
        }
        match (at, temp_c) {
            (Ok(at), Ok(temp_c)) => samples.push((at, temp_c)),
            (at, temp_c) => faults.extend([at.err(), temp_c.err()].into_iter().flatten()),
        }
    }
    if faults.is_empty() && samples.len() < 2 {
        faults.push(Fault::of(file, "fewer than two samples of the temperature"));
    }
    let start = samples.first().map_or(0.0, |(t, _)| *t);
    samples.iter_mut().for_each(|(t, _)| *t -= start);
    Faults::or((samples, notes), faults)
}
