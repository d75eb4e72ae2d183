//! Writes the answers of a watch, each as soon as it is known.

use super::one::{Answer, One};
use libchar_core::{Format, number};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Columns of an answer, in front of the text columns that it carries.
const COLUMNS: [&str; 10] =
    ["index", "line", "panel", "value", "center", "ucl", "lcl", "z", "rules", "severity"];

/// Writes answers in one format.
pub struct Writer<W> {
    /// Destination of the answers.
    pub out: W,
    format: Format,
    /// Text columns that every answer carries.
    texts: Vec<String>,
    /// Whether answers name their chart.
    many: bool,
    /// Whether an answer has been written.
    answered: bool,
}

impl<W: Write> Writer<W> {
    /// A writer that has written nothing yet.
    pub fn new(out: W, format: Format, texts: Vec<String>, many: bool) -> Self {
        Writer { out, format, texts, many, answered: false }
    }

    /// Writes the beginning of the output.
    ///
    /// # Errors
    /// Errors of the writer.
    pub fn head(&mut self) -> io::Result<()> {
        let names = self.many.then_some("column");
        let texts = self.texts.iter().map(String::as_str);
        let row: Vec<&str> = COLUMNS.into_iter().chain(names).chain(texts).collect();
        match self.format {
            Format::Jsonl => {}
            Format::Json => {
                let schema = json!({ "name": "libchar.spc-watch", "version": 1 });
                write!(self.out, "{{\"schema\":{schema},\"rows\":[")?;
            }
            Format::Csv => writeln!(self.out, "{}", csv_row(row))?,
            Format::Table => writeln!(self.out, "{}", table_row(&row))?,
        }
        self.out.flush()
    }

    /// Writes the end of the output.
    ///
    /// # Errors
    /// Errors of the writer.
    pub fn foot(&mut self) -> io::Result<()> {
        if self.format == Format::Json {
            self.out.write_all(b"\n]}\n")?;
        }
        self.out.flush()
    }

    /// Writes one answer.
    ///
    /// # Errors
    /// Errors of the writer.
    pub fn answer(&mut self, chart: &One, answer: &Answer) -> io::Result<()> {
        let severity = ["CRITICAL", "WARNING", "INFO"]
            .into_iter()
            .find(|severity| answer.fired.iter().any(|(_, own, _)| own == severity));
        if matches!(self.format, Format::Jsonl | Format::Json) {
            let row = self.object(chart, answer, severity);
            if self.format == Format::Json {
                let first = !std::mem::replace(&mut self.answered, true);
                self.out.write_all(if first { b"\n" } else { b",\n" })?;
                serde_json::to_writer(&mut self.out, &row)?;
                return Ok(());
            }
            serde_json::to_writer(&mut self.out, &row)?;
            return self.out.write_all(b"\n");
        }
        let judged = &answer.judged;
        let number = |value: f64| match self.format {
            Format::Table => number::significant(value, 6),
            _ => number::shortest(value),
        };
        let optional = |value: Option<f64>| value.map(number).unwrap_or_default();
        let names: Vec<&str> = answer.fired.iter().map(|(id, ..)| id.as_str()).collect();
        let mut row = vec![
            answer.index.to_string(),
            answer.row.line.to_string(),
            judged.panel.to_owned(),
            number(judged.value),
            number(judged.center),
            optional(judged.ucl),
            optional(judged.lcl),
            optional(judged.z),
            names.join(" "),
            severity.unwrap_or_default().to_owned(),
        ];
        row.extend(self.many.then(|| chart.column.clone()));
        row.extend(answer.row.texts.iter().take(self.texts.len()).cloned());
        let cells: Vec<&str> = row.iter().map(String::as_str).collect();
        match self.format {
            Format::Table => writeln!(self.out, "{}", table_row(&cells)),
            _ => writeln!(self.out, "{}", csv_row(cells)),
        }
    }

    fn object(&self, chart: &One, answer: &Answer, severity: Option<&str>) -> Value {
        let judged = &answer.judged;
        let rules: Vec<Value> = answer
            .fired
            .iter()
            .map(
                |(id, severity, side)| json!({ "rule_id": id, "side": side, "severity": severity }),
            )
            .collect();
        let mut row = json!({
            "index": answer.index, "line": answer.row.line, "panel": judged.panel, "value": judged.value,
            "center": judged.center, "ucl": judged.ucl, "lcl": judged.lcl, "z": judged.z,
            "rules": rules, "severity": severity,
        });
        if !self.texts.is_empty() {
            let at: BTreeMap<&String, &String> = self.texts.iter().zip(&answer.row.texts).collect();
            row["at"] = json!(at);
        }
        if self.many {
            row["column"] = json!(chart.column);
        }
        row
    }
}

fn csv_row<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    let quoted = cells.into_iter().map(|cell| match cell.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.to_owned(),
    });
    quoted.collect::<Vec<_>>().join(",")
}

/// Cells of fixed widths, because the rest of the stream is not known yet.
fn table_row(cells: &[&str]) -> String {
    const WIDTHS: [usize; 10] = [7, 7, 12, 11, 11, 11, 11, 9, 10, 9];
    let padded = cells.iter().enumerate().map(|(i, cell)| {
        let width = WIDTHS.get(i).copied().unwrap_or(16);
        format!("{cell:<width$}")
    });
    padded.collect::<Vec<_>>().join(" ").trim_end().to_owned()
}
