//! What a simulator measured: logs and measure files -> records.
//!
//! [`asked`] lists the measures that a deck asks for, [`ngspice`] reads them from ngspice's log, and
//! [`Measures::complete`] adds a row for each one that never came.

pub mod asked;
pub mod ngspice;

pub use asked::{Asked, asked};

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
            name: name.to_ascii_lowercase(),
            alter,
            sweep: Vec::new(),
            value,
            status: if value.is_some() { Status::Ok } else { Status::Failed },
            reason: match value {
                Some(_) => None,
                None if text.eq_ignore_ascii_case("failed") => None,
                None => Some(format!("`{text}` is not a finite number")),
            },
            line,
        }
    }

    fn without_value(name: &str, alter: u32, status: Status) -> Measure {
        Measure {
            name: name.to_owned(),
            alter,
            sweep: Vec::new(),
            value: None,
            status,
            reason: None,
            line: 0,
        }
    }
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
