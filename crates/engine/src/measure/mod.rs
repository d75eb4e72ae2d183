//! What a simulator measured: logs and measure files -> records.
//!
//! [`asked()`] lists the measures that a deck asks for, [`parse`] reads a log or measure file of any simulator,
//! [`Measures::complete`] adds a row for each one that never came, and [`stale`] tells which measure files an
//! earlier run left.

pub mod asked;
mod equations;
mod hspice;
pub mod name;
pub mod ngspice;
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
    /// The simulator says that it could not measure it, or gave no finite number.
    Failed,
    /// The deck asks for it, and the simulator says nothing of it.
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

    /// The status of a word in a table.
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
    /// Name in lower case: simulators do not tell cases apart.
    pub name: String,
    /// The alter that it belongs to, from 1 (HSPICE's `alter#`).
    pub alter: u32,
    /// The temperature at which the simulator says it worked, in Celsius.
    pub temp_c: Option<f64>,
    /// Values of the swept quantities that [`Measures::sweep`] names; empty where nothing is swept.
    pub sweep: Vec<f64>,
    /// The finite value, in the SI unit of the measured quantity; `None` unless the status is `Ok`.
    pub value: Option<f64>,
    /// How it ended.
    pub status: Status,
    /// What the simulator said about a measure that failed.
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

/// Why a text gave no finite value, where the text tells more than `failed`.
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
    /// Adds a row of status `missing` for each measure that is asked for and has no row at all.
    pub fn complete<'a>(&mut self, asked: impl IntoIterator<Item = &'a str>) {
        let mut known: BTreeSet<String> = self.rows.iter().map(|row| row.name.clone()).collect();
        for name in asked {
            if known.insert(name.to_owned()) {
                self.rows.push(Measure::without_value(name, 1, Status::Missing));
            }
        }
    }

    /// The rows that are not `ok`.
    pub fn faulty(&self) -> impl Iterator<Item = &Measure> {
        self.rows.iter().filter(|row| row.status != Status::Ok)
    }
}

/// Reads a log or a measure file, told apart by its content; `file` names it in faults.
///
/// `alter` is the alter of a file that does not tell its own: 1 for `.mt0`, 2 for `.mt1`.
///
/// # Errors
/// Those of the formats; a file that is none of them.
pub fn parse(file: &str, bytes: &[u8], alter: u32) -> Result<Measures, Faults> {
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        let what = format!("byte {at} is NUL: a binary file");
        return Err(Fault::of(file, what).expected("a simulator's log or measure file").into());
    }
    // Titles may hold any bytes; a name or value that does is a fault of its own.
    let text = String::from_utf8_lossy(bytes);
    if hspice::recognizes(&text) {
        return hspice::parse(file, &text, alter);
    }
    if ngspice::recognizes(&text) {
        return ngspice::parse(file, &text);
    }
    if equations::recognizes(&text) {
        return equations::parse(file, &text, alter);
    }
    // Whatever else it is, the reader of the most common format says best what is wrong with it.
    hspice::parse(file, &text, alter)
}
