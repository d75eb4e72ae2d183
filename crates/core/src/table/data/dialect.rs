//! How a file of measured data is written: what the user said, and how a reader says what it found out.

use std::collections::BTreeMap;

/// What is known of a file before it is read; everything may be left open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dialect {
    /// Between cells: one ASCII character.
    pub separator: Option<char>,
    /// Of numbers: `.` or `,`.
    pub decimal: Option<char>,
    /// Between groups of three digits of whole numbers.
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

/// A character by its sign or its name: `tab`, `space`, `comma`, `semicolon`, `none`.
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

/// A separator as an option says it.
pub(super) fn separator_name(separator: char) -> String {
    match separator {
        '\t' => "tab".to_owned(),
        ' ' => "space".to_owned(),
        ';' => "';'".to_owned(),
        '|' => "'|'".to_owned(),
        other => other.to_string(),
    }
}

/// What a reader found out: options that would have said it, and sentences.
#[derive(Debug, Default)]
pub(super) struct Said {
    options: Vec<String>,
    sentences: Vec<String>,
}

impl Said {
    /// An option that would say what was found out, if something was.
    pub fn option(&mut self, name: &str, value: Option<impl ToString>) {
        self.options.extend(value.map(|value| format!("{name} {}", value.to_string())));
    }

    /// A sentence of its own.
    pub fn sentence(&mut self, sentence: String) {
        self.sentences.push(sentence);
    }

    /// All of it; `left_out` has a reason a line.
    pub fn finish(self, left_out: &BTreeMap<usize, &'static str>) -> Vec<String> {
        let mut notes = Vec::new();
        if !self.options.is_empty() {
            notes.push(format!("is read with {}", self.options.join(" ")));
        }
        // Blank lines hold nothing that anybody could miss.
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
