//! Runs out of a table: features, target, groups, time.

use crate::context::Context;
use crate::data_format::DataFormat;
use crate::data_format::Na;
use crate::exit::Usage;
use anyhow::Result;
use clap::Args;
use libchar_assurance::data::Data;
use libchar_core::number::parse_decimal;
use libchar_core::table::Header;
use libchar_core::table::columns;
use libchar_core::table::times;
use libchar_core::{Faults, Table, hash};
use libchar_learn::Matrix;

/// Where runs stand and what their columns mean
#[derive(Args)]
pub struct Runs {
    /// Runs as CSV, JSON or JSON lines, in the order of time [default: standard input]
    #[arg(default_value = "-")]
    pub data: String,
    /// Column of time: numbers or ISO 8601
    #[arg(long, value_name = "COLUMN")]
    pub time: Option<String>,
    /// Form of the times, such as %d/%m/%Y
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

impl RunTable {
    /// The measured target of each run; an empty cell is a run that nobody measured.
    ///
    /// # Errors
    /// Every other cell that is no number.
    pub fn target(&self, column: usize) -> Result<Vec<Option<f64>>, Faults> {
        let mut faults = Vec::new();
        let values = (0..self.table.len())
            .map(|row| match self.table.cell(row, column).is_empty() {
                true => None,
                false => self
                    .table
                    .number(row, column)
                    .map_err(|fault| faults.push(fault.expected("a number, or an empty cell")))
                    .ok(),
            })
            .collect();
        Faults::or(values, faults)
    }

    /// Columns besides `taken` that hold numbers, and those that hold text.
    pub fn numeric(&self, taken: &[usize]) -> (Vec<usize>, Vec<usize>) {
        let filled = |column: usize| {
            let cells = (0..self.table.len()).map(|row| self.table.cell(row, column));
            let filled: Vec<&str> = cells.filter(|cell| !cell.is_empty()).collect();
            let numbers = filled.iter().filter(|cell| parse_decimal(cell).is_some()).count();
            2 * numbers > filled.len()
        };
        (0..self.table.columns.len())
            .filter(|column| !taken.contains(column))
            .partition(|c| filled(*c))
    }

    /// Values of columns, one list a column, NaN where `na` leaves a cell out.
    pub fn numbers(&self, columns: &[usize], na: Na) -> Result<columns::Numbers, Faults> {
        columns::numbers(&self.table, columns, na.into())
    }

    /// Group of each run, and the names of the groups in the order of their first run.
    ///
    /// # Errors
    /// Every run without a group.
    pub fn groups(&self, name: &str) -> Result<(Vec<usize>, Vec<String>), Faults> {
        let column = self.table.column(name)?;
        let (mut group, mut names, mut faults) = (Vec::new(), Vec::<String>::new(), Vec::new());
        let mut place = std::collections::HashMap::new();
        for row in 0..self.table.len() {
            let cell = self.table.cell(row, column);
            if cell.is_empty() {
                let found = format!("empty cell in column `{name}`");
                faults.push(self.table.fault(row, column, found).expected("the run's group"));
            }
            let own = *place.entry(cell.to_owned()).or_insert_with(|| {
                names.push(cell.to_owned());
                names.len() - 1
            });
            group.push(own);
        }
        Faults::or((group, names), faults)
    }
}

/// The rows `rows` of columns, as data without a target.
pub fn matrix(values: &[Vec<f64>], rows: &[usize]) -> Result<Matrix> {
    let rows: Vec<Vec<f64>> =
        rows.iter().map(|&row| values.iter().map(|column| column[row]).collect()).collect();
    Ok(Matrix::from_rows(&rows)?)
}

/// Place of each run within its group, from 1.
pub fn places(group: &[usize], groups: usize) -> Vec<f64> {
    let mut count = vec![0.0; groups.max(1)];
    group
        .iter()
        .map(|&g| {
            count[g] += 1.0;
            count[g]
        })
        .collect()
}

/// Leaves features out of data.
pub fn without(data: &Data, left_out: &[String]) -> Result<Data> {
    let kept: Vec<usize> =
        (0..data.names.len()).filter(|&j| !left_out.contains(&data.names[j])).collect();
    let rows: Vec<Vec<f64>> =
        data.x.iter().map(|row| kept.iter().map(|&j| row[j]).collect()).collect();
    Ok(Data {
        names: kept.iter().map(|&j| data.names[j].clone()).collect(),
        x: Matrix::from_rows(&rows)?,
        ..data.clone()
    })
}
