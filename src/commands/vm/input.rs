//! Reads tables of runs, and the options for their columns.

use crate::context::Context;
use crate::data_format::{DataFormat, Na};
use crate::exit::refused;
use anyhow::Result;
use clap::Args;
use libchar_assurance::runs::in_order;
use libchar_core::table::Header;
use libchar_core::{Table, hash};
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
        in_order(&table, self.time.as_deref(), self.time_format.as_deref()).map_err(refused)?;
        Ok(RunTable { table, sha256: hash::sha256(&source.bytes) })
    }
}
