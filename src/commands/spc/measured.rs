//! Readings with labels, the input of measurement studies.

use super::options::read_table;
use super::selection::TimeColumn;
use crate::context::Context;
use crate::data_format::{DataFormat, Na};
use crate::exit::refused;
use crate::told::say;
use anyhow::Result;
use clap::Args;
use libchar_spc::data::Readings;
use libchar_spc::data::readings::Wanted;

/// Which readings.
#[derive(Args, Clone)]
pub struct MeasuredArgs {
    /// CSV, JSON or JSON lines; `-` is standard input
    #[arg(default_value = "-")]
    pub input: String,
    /// Column of readings; several columns hold repeated readings of the item in their row [default: the only one of numbers]
    #[arg(short, long = "column", value_name = "NAME", help_heading = "Data")]
    pub columns: Vec<String>,
    /// Columns whose names match, such as 'trial*', as if each were given by --column
    #[arg(long = "columns", value_name = "PATTERN", help_heading = "Data")]
    pub patterns: Vec<String>,
    /// What to do with cells that hold no finite number
    #[arg(long, value_enum, default_value_t = Na::Error, help_heading = "Data")]
    pub na: Na,
    #[command(flatten)]
    pub rows: TimeColumn,
    #[command(flatten)]
    pub format: DataFormat,
}

impl MeasuredArgs {
    /// Reads readings with `labels`, and an additional column of numbers.
    ///
    /// # Errors
    /// Every fault of the file, and a file without any reading.
    pub fn read(&self, ctx: &Context, labels: &[&str], extra: Option<&str>) -> Result<Readings> {
        let source = ctx.read(&self.input)?;
        let table = self.rows.apply(ctx, read_table(&self.format, ctx, &source)?)?;
        let wanted = Wanted {
            columns: &self.columns,
            patterns: &self.patterns,
            labels,
            extra,
            time: self.rows.time.as_deref(),
            time_format: self.rows.time_format.as_deref(),
            na: self.na.into(),
        };
        wanted.read(&table, &source.bytes, &mut |note| say(ctx, note)).map_err(refused)
    }
}
