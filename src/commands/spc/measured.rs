//! Readings with labels: what measurement studies read.

use super::chart::say_skipped;
use super::options::read_table;
use super::selection::TimeColumn;
use crate::context::Context;
use crate::data_format::{DataFormat, Na};
use crate::exit::Usage;
use anyhow::Result;
use clap::Args;
use libchar_core::table::times;
use libchar_spc::data::request::{self as input, Request};

/// Which readings.
#[derive(Args, Clone)]
pub struct MeasuredArgs {
    /// CSV, JSON or JSON lines; `-` is standard input
    #[arg(default_value = "-")]
    pub input: String,
    /// Column of readings; several are repeated readings of what their row names [default: the only one of numbers]
    #[arg(short, long = "column", value_name = "NAME", help_heading = "Data")]
    pub columns: Vec<String>,
    /// Columns whose names match, such as 'trial*', as if each was named by --column
    #[arg(long = "columns", value_name = "PATTERN", help_heading = "Data")]
    pub patterns: Vec<String>,
    /// Cells that hold no finite number
    #[arg(long, value_enum, default_value_t = Na::Error, help_heading = "Data")]
    pub na: Na,
    #[command(flatten)]
    pub rows: TimeColumn,
    #[command(flatten)]
    pub format: DataFormat,
}

/// Readings, one value each, with their labels.
pub struct Readings {
    /// The input's name.
    pub file: String,
    /// The charted columns in one word.
    pub column: String,
    pub values: Vec<f64>,
    /// A column of numbers that was asked for; empty if not.
    pub extra: Vec<f64>,
    /// Each label column, one text a value.
    pub labels: Vec<Vec<String>>,
    /// Times in their unit (seconds, or as they are); empty without --time.
    pub times: Vec<f64>,
    pub is_calendar: bool,
}

impl MeasuredArgs {
    /// Reads readings with `labels`, and a column of numbers besides.
    ///
    /// # Errors
    /// Every fault of the file; that no reading is left.
    pub fn read(&self, ctx: &Context, labels: &[&str], extra: Option<&str>) -> Result<Readings> {
        let source = ctx.read(&self.input)?;
        let table = read_table(&self.format, ctx, &source)?;
        let table = self.rows.apply(ctx, table)?;
        let time = self.rows.time.as_deref();
        let wanted: Vec<&str> = labels.iter().copied().chain(time).collect();
        let mut columns = input::split_names(&table, &self.columns);
        if !self.patterns.is_empty() {
            let named = columns.iter().map(String::as_str);
            let taken: Vec<&str> = wanted.iter().copied().chain(extra).chain(named).collect();
            let found = input::matching(&table, &self.patterns, &taken)?;
            found.left_out().iter().for_each(|note| ctx.log.info("columns", note));
            columns.extend(found.columns);
        }
        let request =
            Request { values: &columns, several: false, extra, labels: wanted, na: self.na.into() };
        let mut rows = input::from_table(&table, &source.bytes, &request)?;
        let texts = time.and_then(|_| rows.labels.pop());
        let times = match (time, texts) {
            (Some(column), Some(cells)) => {
                let format = self.rows.time_format.as_deref();
                Some(times::read(&rows.file, &rows.lines, column, &cells, format)?)
            }
            _ => None,
        };
        let mut found = Readings {
            file: rows.file,
            column: rows.columns.join(","),
            values: Vec::new(),
            extra: Vec::new(),
            labels: vec![Vec::new(); labels.len()],
            times: Vec::new(),
            is_calendar: times.as_ref().is_some_and(|times| times.is_calendar),
        };
        for row in 0..rows.lines.len() {
            for values in rows.values.iter().filter(|values| values[row].is_finite()) {
                if rows.extra.get(row).is_some_and(|extra| extra.is_nan()) {
                    continue;
                }
                found.values.push(values[row]);
                found.extra.extend(rows.extra.get(row));
                found.times.extend(times.as_ref().map(|times| times.seconds[row]));
                for (into, from) in found.labels.iter_mut().zip(&rows.labels) {
                    into.push(from[row].clone());
                }
            }
        }
        say_skipped(ctx, &rows.skipped);
        if found.values.is_empty() {
            return Err(Usage(format!("{}: no row holds a reading", found.file)).into());
        }
        Ok(found)
    }
}
