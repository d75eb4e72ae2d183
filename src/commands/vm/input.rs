//! Reads tables of runs, and the options for their columns.

use crate::context::Context;
use crate::data_format::DataFormat;
use crate::data_format::Na;
use crate::exit::Usage;
use anyhow::Result;
use clap::Args;
use libchar_core::table::Header;
use libchar_core::table::times;
use libchar_core::{Faults, Table, hash};
use serde_json::{Value, json};

/// Where runs stand and what their columns mean
#[derive(Args)]
pub struct Runs {
    /// Runs as CSV, JSON or JSON lines, in the order of time [default: standard input]
    #[arg(default_value = "-")]
    pub data: String,
    /// Column of time: numbers or ISO 8601
    #[arg(long, value_name = "COLUMN")]
    pub time: Option<String>,
    /// Format of the times, such as %d/%m/%Y
    #[arg(long, value_name = "FORMAT")]
    pub time_format: Option<String>,
    /// What to do with a cell that holds no number
    #[arg(long, value_enum, default_value_t = Na::Error)]
    pub na: Na,
    #[command(flatten)]
    pub format: DataFormat,
}

/// A table of runs.
pub struct RunTable {
    /// The table.
    pub table: Table,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

impl RunTable {
    /// The description of the table in documents.
    pub fn source(&self) -> Value {
        json!({ "file": self.table.file, "sha256": self.sha256 })
    }
}

impl Runs {
    /// Reads the table; its rows must be in the order of time.
    pub fn read(&self, ctx: &Context) -> Result<RunTable> {
        let source = ctx.read(&self.data)?;
        let table = self.format.read(ctx, &source, Header::Required)?;
        if table.is_empty() {
            return Err(Usage(format!("{}: the table has no runs", table.file)).into());
        }
        if let Some(time) = &self.time {
            let column = table.column(time).map_err(Faults::from)?;
            let lines: Vec<usize> = (0..table.len()).map(|row| table.line(row)).collect();
            let texts: Vec<String> =
                (0..table.len()).map(|row| table.cell(row, column).to_owned()).collect();
            times::read(&table.file, &lines, time, &texts, self.time_format.as_deref())?;
        }
        Ok(RunTable { table, sha256: hash::sha256(&source.bytes) })
    }
}
