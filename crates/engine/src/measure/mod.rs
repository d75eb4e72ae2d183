//! What a simulator measured: reads logs and measure files into records.
//!
//! [`asked()`] lists the measures that a deck asks for, [`parse`] reads a log or measure file of
//! any simulator, [`Measures::complete`] adds a row for each missing measure, and [`stale`] finds
//! the measure files that an earlier run left.

mod alters;
pub mod asked;
mod equations;
mod foreign;
mod hspice;
pub mod name;
pub mod ngspice;
mod pass;
pub mod printed;
pub mod stale;

pub use asked::{Asked, Requests, asked, asked_of_include};
pub use name::FileName;

use libchar_core::{Fault, Faults};

use std::collections::BTreeSet;
use std::fmt;

/// How a measure ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// The simulator gave a finite number.
    Ok,
    /// The simulator reports that it could not measure it, or gave no finite number.
    Failed,
    /// The deck asks for it, but the simulator's output does not contain it.
    Missing,
}

impl Status {
    /// The word in tables: `ok`, `failed` or `missing`.
    pub fn word(self) -> &'static str {
        match self {
            Status::Ok => "ok",
            Status::Failed => "failed",
            Status::Missing => "missing",
        }
    }

    /// The status with this word in a table.
    pub fn parse(word: &str) -> Option<Status> {
        [Status::Ok, Status::Failed, Status::Missing].into_iter().find(|s| s.word() == word)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// One measure of one simulation.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// Name in lower case: simulators do not distinguish case.
    pub name: String,
    /// The alter that it belongs to, from 1 (HSPICE's `alter#`).
    pub alter: u32,
    /// The temperature that the simulator states for it, in Celsius.
    pub temp_c: Option<f64>,
    /// Values of the swept quantities that [`Measures::sweep`] names; empty if nothing is swept,
    /// NaN for a quantity that only another file of the simulation sweeps.
    pub sweep: Vec<f64>,
    /// The finite value, in the SI unit of the measured quantity; `None` unless the status is `Ok`.
    pub value: Option<f64>,
    /// How it ended.
    pub status: Status,
    /// What the simulator printed about a measure that failed.
    pub reason: Option<String>,
    /// Line in the file that it was read from, from 1; 0 for a measure that is missing.
    pub line: usize,
}

impl Measure {
    /// A measure read from a line: failed unless the value is finite.
    fn read(name: &str, alter: u32, text: &str, line: usize) -> Measure {
        let value = libchar_core::number::parse_decimal(text);
        Measure {
            value,
            reason: why_no_value(text, value),
            line,
            ..Measure::without_value(
                name,
                alter,
                if value.is_some() { Status::Ok } else { Status::Failed },
            )
        }
    }

    /// A measure that the deck asks for and that is not in the output.
    pub fn missing(name: &str) -> Measure {
        Measure::without_value(name, 1, Status::Missing)
    }

    /// A measure that failed with its whole simulation.
    pub fn failed(name: &str, reason: &str) -> Measure {
        Measure {
            reason: Some(reason.to_owned()),
            ..Measure::without_value(name, 1, Status::Failed)
        }
    }

    fn without_value(name: &str, alter: u32, status: Status) -> Measure {
        Measure {
            name: name.to_owned(),
            alter,
            temp_c: None,
            sweep: Vec::new(),
            value: None,
            status,
            reason: None,
            line: 0,
        }
    }
}

/// Why a text is no finite value, unless the text is just `failed`.
fn why_no_value(text: &str, value: Option<f64>) -> Option<String> {
    let told = value.is_none() && !text.eq_ignore_ascii_case("failed");
    told.then(|| format!("`{text}` is not a finite number"))
}

/// The measures of one simulation.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Measures {
    /// Names of the swept quantities, in the order of their values in [`Measure::sweep`].
    pub sweep: Vec<String>,
    /// The measures by alter, then by sweep step, then in the order of the file.
    pub rows: Vec<Measure>,
}

impl Measures {
    /// Adds a row of status `missing` for each measure that is asked for and has no row.
    pub fn complete<'a>(&mut self, asked: impl IntoIterator<Item = &'a str>) {
        let mut known: BTreeSet<String> = self.rows.iter().map(|row| row.name.clone()).collect();
        for name in asked {
            if known.insert(name.to_owned()) {
                self.rows.push(Measure::without_value(name, 1, Status::Missing));
            }
        }
    }

    /// Adds a row of status `missing` for each measure of an alter that left no file.
    pub fn lose<'a>(&mut self, alter: u32, names: impl IntoIterator<Item = &'a str>) {
        let reason = Some(format!("no measure file of alter {alter}"));
        let lost = names.into_iter().map(|name| Measure {
            alter,
            reason: reason.clone(),
            ..Measure::missing(name)
        });
        self.rows.extend(lost);
    }

    /// Adds the measures of another file of the same simulation; `file` names it in faults.
    ///
    /// # Errors
    /// A measure that both have for the same alter.
    pub fn join(&mut self, file: &str, mut other: Measures) -> Result<(), Fault> {
        let known: BTreeSet<(&str, u32)> =
            self.rows.iter().map(|row| (row.name.as_str(), row.alter)).collect();
        if let Some(row) =
            other.rows.iter().find(|row| known.contains(&(row.name.as_str(), row.alter)))
        {
            let what =
                format!("measure `{}` of alter {} again, after another file", row.name, row.alter);
            return Err(
                Fault::at(file, row.line, 0, what).expected("each measure of an alter once")
            );
        }
        if self.rows.is_empty() {
            self.sweep.clone_from(&other.sweep);
        }
        if self.sweep != other.sweep {
            let before = std::mem::take(&mut self.sweep);
            let mut all = before.clone();
            all.extend(other.sweep.iter().filter(|name| !before.contains(name)).cloned());
            align(&mut self.rows, &before, &all);
            align(&mut other.rows, &other.sweep, &all);
            self.sweep = all;
        }
        self.rows.append(&mut other.rows);
        Ok(())
    }

    /// The rows that are not `ok`.
    pub fn faulty(&self) -> impl Iterator<Item = &Measure> {
        self.rows.iter().filter(|row| row.status != Status::Ok)
    }
}

/// Rearranges the swept values of rows for a longer list of names.
fn align(rows: &mut [Measure], names: &[String], all: &[String]) {
    for row in rows {
        let value =
            |name| names.iter().position(|known| known == name).and_then(|at| row.sweep.get(at));
        row.sweep = all.iter().map(|name| value(name).copied().unwrap_or(f64::NAN)).collect();
    }
}

/// Reads a log or a measure file, told apart by its content; `file` names it in faults.
///
/// `alter` is the alter of a file that does not state its own: 1 for `.mt0`, 2 for `.mt1`. `asked`
/// names the printed vectors that count as measures, as for [`ngspice::parse_asked`].
///
/// # Errors
/// The errors of the formats; a file that has none of them.
pub fn parse(file: &str, bytes: &[u8], alter: u32, asked: &[String]) -> Result<Measures, Faults> {
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        let what = format!("byte {at} is NUL: a binary file");
        return Err(Fault::of(file, what).expected("a simulator's log or measure file").into());
    }
    // Titles may hold any bytes; in a name or value, bytes that are not text are a fault of their
    // own.
    let text = String::from_utf8_lossy(bytes);
    // Editors on other systems write a byte order mark before the first line.
    let text = text.trim_start_matches('\u{feff}');
    let foreign = foreign::known(text);
    if foreign.is_none() && equations::recognizes(text) {
        return equations::parse(file, text, alter);
    }
    if hspice::recognizes(text) {
        return hspice::parse(file, text, alter);
    }
    if ngspice::recognizes(text) {
        return ngspice::parse_asked(file, text, asked);
    }
    let base = file.rsplit('/').next().unwrap_or(file);
    // Empty measure files, and those whose first lines were removed: their reader reports best what
    // is wrong.
    if FileName::parse(base).is_some() || text.to_ascii_lowercase().contains("alter#") {
        return hspice::parse(file, text, alter);
    }
    let (what, expected) = match foreign {
        Some((what, instead)) => (format!("{what} is not a format that libchar reads"), instead),
        None => (
            "not a format that libchar reads".to_owned(),
            "a log of ngspice, a measure file of HSPICE, PrimeSim, FineSim or Xyce, or lines `name = value`",
        ),
    };
    Err(Fault::of(file, what).expected(expected).into())
}

#[cfg(test)]
mod tests {
    use super::{Measure, Measures, Status, parse};

    fn read(text: &str) -> Measures {
        parse("a.mt0", format!("$DATA1\n.TITLE ''\n{text}").as_bytes(), 1, &[]).unwrap()
    }

    #[test]
    fn files_of_one_simulation_join() {
        let mut all = read("a alter#\n1. 1\n");
        all.join("a.ms0", read("vin b alter#\n0. 5. 1\n1. 6. 1\n")).unwrap();
        assert_eq!(all.sweep, ["vin"]);
        assert!(all.rows[0].sweep[0].is_nan() && all.rows[2].sweep == [1.0]);
        let fault = all.join("a.ma0", read("c a alter#\n1. 2. 1\n")).unwrap_err();
        assert_eq!(
            fault.to_string(),
            "a.ma0:4: measure `a` of alter 1 again, after another file\n  expected each measure of an alter once"
        );
    }

    #[test]
    fn what_never_came_says_why_and_of_which_alter() {
        let failed = Measure::failed("tphl", "the simulation ended early");
        assert_eq!(failed.status, Status::Failed);
        assert_eq!(failed.reason.as_deref(), Some("the simulation ended early"));
        let mut all = Measures::default();
        all.lose(3, ["tphl"]);
        assert_eq!((all.rows[0].alter, all.rows[0].status), (3, Status::Missing));
        assert_eq!(all.rows[0].reason.as_deref(), Some("no measure file of alter 3"));
    }

    #[test]
    fn formats_are_told_apart_by_their_content() {
        let count =
            |text: &str| parse("x", text.as_bytes(), 1, &[]).map(|measures| measures.rows.len());
        assert_eq!(count("Circuit: * t\n\nx = 1.0\n"), Ok(1));
        assert_eq!(count("X = 1.0\nY = FAILED\n"), Ok(2));
        assert_eq!(count("a,b,alter#\n1,2,1\n"), Ok(2));
        assert_eq!(count("\u{feff}$DATA1\n.TITLE ''\n a alter#\n 1. 1\n"), Ok(1));
        for (text, what) in [
            ("dear reader\n", "x: not a format that libchar reads\n"),
            (
                "Circuit: * t\n\nMeasurement: tphl\n  step\ttphl\n     1\t2.4e-11\n",
                "x: a log of LTspice is not",
            ),
            (
                " ****** HSPICE -- Q-2020\n tphl= 24.2p targ= 1n trig= 2n\n",
                "x: a listing of HSPICE (.lis) is not",
            ),
        ] {
            let message = parse("x", text.as_bytes(), 1, &[]).unwrap_err().to_string();
            assert!(message.starts_with(what), "{message}");
        }
        assert!(
            parse("x", b"a\0b", 1, &[]).unwrap_err().to_string().starts_with("x: byte 1 is NUL")
        );
    }
}
