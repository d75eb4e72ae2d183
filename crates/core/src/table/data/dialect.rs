//! How a file of measured data is written: what the user states, and the notes of a reader on what
//! it detected.

use std::collections::BTreeMap;

/// What the user states about a file before it is read; all of it is optional.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dialect {
    /// What separates cells: one ASCII character.
    pub separator: Option<char>,
    /// Decimal sign of numbers: `.` or `,`.
    pub decimal: Option<char>,
    /// What separates groups of three digits in whole numbers.
    pub thousands: Option<char>,
    /// Line of the names, from 1.
    pub header_row: Option<usize>,
    /// Line of the units, from 1.
    pub units_row: Option<usize>,
    /// `utf-8`, `utf-16`, `utf-16le`, `utf-16be`, `latin-1` or `windows-1252`.
    pub encoding: Option<&'static str>,
    /// Cells that stand for no value.
    pub missing: Vec<String>,
    /// Columns whose empty cells repeat the cell above.
    pub fill_down: Vec<String>,
    /// `dmy`, `mdy`, `ymd`, or a format such as `%d.%m.%Y %H:%M`.
    pub date_format: Option<String>,
}

/// Names of the encodings that are read.
pub const ENCODINGS: [&str; 6] =
    ["utf-8", "utf-16", "utf-16le", "utf-16be", "latin-1", "windows-1252"];

/// Parses a character, given by its sign or its name: `tab`, `space`, `comma`, `semicolon`, `none`.
///
/// # Errors
/// What was expected.
pub fn character(text: &str) -> Result<char, String> {
    let mut signs = text.chars();
    match (text, signs.next(), signs.next()) {
        ("tab" | "\\t", ..) => Ok('\t'),
        ("space", ..) => Ok(' '),
        ("comma", ..) => Ok(','),
        ("semicolon", ..) => Ok(';'),
        ("pipe", ..) => Ok('|'),
        (_, Some(sign), None) => Ok(sign),
        _ => {
            Err("expected one character, or one of: tab, space, comma, semicolon, pipe".to_owned())
        }
    }
}

/// A separator as an option writes it.
pub(super) fn separator_name(separator: char) -> String {
    match separator {
        '\t' => "tab".to_owned(),
        ' ' => "space".to_owned(),
        ';' => "';'".to_owned(),
        '|' => "'|'".to_owned(),
        other => other.to_string(),
    }
}

/// What a reader detected: the options that would have stated it, and sentences.
#[derive(Debug, Default)]
pub(super) struct Said {
    options: Vec<String>,
    sentences: Vec<String>,
}

impl Said {
    /// Adds the option that would have stated what was detected, if something was.
    pub fn option(&mut self, name: &str, value: Option<impl ToString>) {
        self.options.extend(value.map(|value| format!("{name} {}", value.to_string())));
    }

    /// Adds a sentence.
    pub fn sentence(&mut self, sentence: String) {
        self.sentences.push(sentence);
    }

    /// Returns the notes; `left_out` has the reason for each line that was left out.
    pub fn finish(self, left_out: &BTreeMap<usize, &'static str>) -> Vec<String> {
        let mut notes = Vec::new();
        if !self.options.is_empty() {
            notes.push(format!("is read with {}", self.options.join(" ")));
        }
        // Lines without content are not worth a note.
        let told =
            left_out.values().any(|reason| !matches!(*reason, "blank" | "empty" | "comment"));
        if told {
            let n = left_out.len();
            let lines = if n == 1 { "line is" } else { "lines are" };
            notes.push(format!("{n} {lines} left out: {}", ranges(left_out)));
        }
        notes.extend(self.sentences);
        notes
    }
}

/// `1 to 4 (title), 5 (blank)`.
fn ranges(left_out: &BTreeMap<usize, &'static str>) -> String {
    let mut ranges: Vec<(usize, usize, &str)> = Vec::new();
    for (&line, &reason) in left_out {
        match ranges.last_mut() {
            Some((_, last, known)) if *known == reason && *last + 1 == line => *last = line,
            _ => ranges.push((line, line, reason)),
        }
    }
    let shown = ranges.iter().take(12).map(|&(first, last, reason)| match last - first {
        0 => format!("{first} ({reason})"),
        _ => format!("{first} to {last} ({reason})"),
    });
    let mut text = shown.collect::<Vec<_>>().join(", ");
    if ranges.len() > 12 {
        text += &format!(" and {} more places", ranges.len() - 12);
    }
    text
}
