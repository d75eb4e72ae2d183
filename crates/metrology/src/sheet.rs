//! Further files to which a setup refers: tables of optical constants, standards, spectra.

use crate::answer::{Refusal, misuse};
use crate::input::Input;
use crate::names::{Fit, recognise};
use crate::scale::scale;
use libchar_core::Table;

/// The columns of numbers of a file.
#[derive(Debug, Clone, Default)]
pub struct Sheet {
    /// The file's name in messages.
    pub file: String,
    columns: Vec<(String, Vec<f64>)>,
}

impl Sheet {
    /// All columns of the table whose cells are numbers.
    pub fn of(table: &Table) -> Sheet {
        let rows = |column| (0..table.len()).map(move |row| table.number(row, column));
        let columns = (0..table.columns.len()).filter_map(|column| {
            let values: Vec<f64> = rows(column).collect::<Result<_, _>>().ok()?;
            let name = &table.columns[column];
            let header = match table.unit(column) {
                Some(unit) if !name.ends_with([')', ']']) => format!("{name} ({unit})"),
                _ => name.clone(),
            };
            Some((header, values))
        });
        Sheet { file: table.file.clone(), columns: columns.collect() }
    }

    /// The column of an input, converted to the unit of the input; `None` if the file has no such
    /// column.
    ///
    /// # Errors
    /// A column of that name with another unit, or without one.
    pub fn find(&self, input: &Input) -> Result<Option<Vec<f64>>, Refusal> {
        let mut wrong = None;
        for (header, values) in &self.columns {
            match recognise(std::iter::once(input), header) {
                Some((_, false, Fit::Unit(unit))) => {
                    return Ok(Some(
                        values.iter().map(|v| scale(input, *v, &unit, false)).collect(),
                    ));
                }
                Some((_, false, _)) => wrong = Some(header),
                _ => {}
            }
        }
        match wrong {
            Some(header) => misuse(format!(
                "{}: column `{header}` carries no unit of `{}`, expected {}",
                self.file,
                input.name,
                input.key()
            )),
            None => Ok(None),
        }
    }

    /// The column of an input that is required in the file.
    ///
    /// # Errors
    /// As [`Sheet::find`], and a file without the column.
    pub fn column(&self, input: &Input) -> Result<Vec<f64>, Refusal> {
        match self.find(input)? {
            Some(values) => Ok(values),
            None => misuse(format!("{}: no column `{}` of numbers", self.file, input.key())),
        }
    }
}
