//! A table of specification limits: column, lsl, usl, target.

use super::Specification;
use libchar_core::{Fault, Faults, Table};

/// The limits of each column, in the order of the file.
#[derive(Debug, Default)]
pub struct Specifications(pub Vec<(String, Specification)>);

impl Specifications {
    /// Reads the table.
    ///
    /// # Errors
    /// Unknown columns, and limits that contradict each other.
    pub fn read(table: &Table) -> Result<Specifications, Faults> {
        let mut faults = Vec::new();
        let name = table.column("column")?;
        let known = ["column", "lsl", "usl", "target"];
        for column in table.columns.iter().filter(|column| !known.contains(&column.as_str())) {
            let found = format!("unknown column `{column}`");
            let fault = Fault::at(&table.file, table.header_line(), 0, found);
            faults.push(fault.one_of(column, known));
        }
        let mut asked = Vec::new();
        for row in 0..table.len() {
            let mut number = |column: &str| {
                let place = table.find_column(column)?;
                if table.cell(row, place).is_empty() {
                    return None;
                }
                table.number(row, place).map_err(|fault| faults.push(fault)).ok()
            };
            let (lsl, usl, target) = (number("lsl"), number("usl"), number("target"));
            match Specification::new(lsl, usl, target) {
                Ok(specification) => asked.push((table.cell(row, name).to_owned(), specification)),
                Err(error) => faults.push(table.row_fault(row, error.to_string())),
            }
        }
        Faults::or(Specifications(asked), faults)
    }

    /// The limits of `column`.
    pub fn of(&self, column: &str) -> Option<&Specification> {
        self.0.iter().find(|(name, _)| name == column).map(|(_, specification)| specification)
    }
}
