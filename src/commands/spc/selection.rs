//! Selects rows of a table by conditions and a range of time, in the same way in every command.

use crate::context::Context;
use crate::exit::refused;
use anyhow::Result;
use clap::Args;
use libchar_core::Table;
use libchar_core::table::filter::Filter;

/// Which rows are read.
#[derive(Args, Clone, Default)]
#[command(next_help_heading = "Rows")]
pub struct Selection {
    /// Read only rows that meet a condition, such as 'tool == E04 and step > 3'; several conditions must all hold
    #[arg(long = "where", value_name = "CONDITION")]
    pub conditions: Vec<String>,
    /// Read only rows from this time on, by the column of --time
    #[arg(long, value_name = "TIME", requires = "time", allow_hyphen_values = true)]
    pub since: Option<String>,
    /// Read only rows up to this time, by the column of --time; a date includes the whole day
    #[arg(long, value_name = "TIME", requires = "time", allow_hyphen_values = true)]
    pub until: Option<String>,
}

/// The column of times, for commands that need it for --since and --until alone.
#[derive(Args, Clone, Default)]
#[command(next_help_heading = "Rows")]
pub struct TimeColumn {
    /// Column of times, for --since and --until: ISO 8601 or numbers
    #[arg(long, value_name = "COLUMN")]
    pub time: Option<String>,
    /// Format of the times, if they are neither ISO 8601 nor numbers, such as %d/%m/%Y
    #[arg(long, value_name = "FORMAT", requires = "time")]
    pub time_format: Option<String>,
    #[command(flatten)]
    pub selection: Selection,
}

impl TimeColumn {
    /// Keeps the selected rows.
    ///
    /// # Errors
    /// As [`Selection::apply`].
    pub fn apply(&self, ctx: &Context, table: Table) -> Result<Table> {
        self.selection.apply(ctx, table, self.time.as_deref(), self.time_format.as_deref())
    }
}

impl Selection {
    /// Whether every row is selected.
    pub fn is_empty(&self) -> bool {
        self.conditions.is_empty() && self.since.is_none() && self.until.is_none()
    }

    /// Parses the conditions and times.
    ///
    /// # Errors
    /// Text that is not a condition or not a time.
    pub fn filter(&self, format: Option<&str>) -> Result<Filter> {
        let (since, until) = (self.since.as_deref(), self.until.as_deref());
        Filter::parse(&self.conditions, since, until, format).map_err(refused)
    }

    /// Keeps the selected rows, and reports their number.
    ///
    /// # Errors
    /// Columns that the table does not have, cells that are not times, and a selection without
    /// rows.
    pub fn apply(
        &self,
        ctx: &Context,
        table: Table,
        time: Option<&str>,
        format: Option<&str>,
    ) -> Result<Table> {
        if self.is_empty() {
            return Ok(table);
        }
        let rows = self.filter(format)?.rows(&table, time)?;
        let (left, all) = (rows.len(), table.len());
        ctx.log.info("rows", format!("{left} of {all} rows of {} are read", table.file));
        Ok(table.select(&rows))
    }
}
