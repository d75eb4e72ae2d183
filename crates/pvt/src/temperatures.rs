//! `table_temperature_list.csv`: the temperatures that are valid.

use crate::sheet::Sheet;
use crate::temperature;
use libchar_core::Faults;

/// Name of the optional table in the tables' folder.
pub const FILE: &str = "table_temperature_list.csv";

const SHEET: Sheet = Sheet { columns: &["temperature"], required: 1, aliases: &["temp", "temp_c"] };

/// The temperature table: at least one temperature, each once.
#[derive(Debug, Clone, PartialEq)]
pub struct Temperatures {
    rows: Vec<f64>,
}

impl Default for Temperatures {
    /// The temperatures of a domain without the table: -40, 85, 100 and 125 degrees Celsius.
    fn default() -> Self {
        Temperatures { rows: vec![-40.0, 85.0, 100.0, 125.0] }
    }
}

impl Temperatures {
    /// Parses the table: one temperature in each row, `m40` or `-40`.
    ///
    /// # Errors
    /// An empty table, a cell that is not a temperature, a duplicate temperature.
    pub fn parse(file: &str, bytes: &[u8]) -> Result<Temperatures, Faults> {
        let (table, columns) = SHEET.parse(file, bytes)?;
        let column = columns[0].unwrap_or(0);
        let mut faults = Vec::new();
        let mut rows = Vec::new();
        for row in 0..table.len() {
            let cell = table.cell(row, column);
            match temperature::parse(cell) {
                None => faults.push(
                    table
                        .fault(row, column, format!("`{cell}` is not a temperature"))
                        .expected(temperature::EXPECTED),
                ),
                Some(temp_c) if rows.contains(&temp_c) => {
                    faults.push(table.fault(row, column, format!("`{cell}` occurs twice")));
                }
                Some(temp_c) => rows.push(temp_c),
            }
        }
        Faults::or(Temperatures { rows }, faults)
    }

    /// The temperatures in degrees Celsius, in the table's order.
    pub fn rows(&self) -> &[f64] {
        &self.rows
    }

    /// Their names in paths, in the table's order.
    pub fn labels(&self) -> Vec<String> {
        self.rows.iter().map(|temp_c| temperature::label(*temp_c)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Temperatures;

    #[test]
    fn one_a_row() {
        for text in ["m40\n25\n", "temperature\n-40\n25\n", "temp_c\nm40\n25.0\n"] {
            let table = Temperatures::parse("t", text.as_bytes()).unwrap();
            assert_eq!(
                (table.rows(), table.labels()),
                (&[-40.0, 25.0][..], vec!["m40".to_owned(), "25".to_owned()])
            );
        }
        let faults = Temperatures::parse("t.csv", b"m40\n-40\nhot\n-300\n1,2\n");
        insta::assert_snapshot!(faults.unwrap_err(), @"
        t.csv:5:3: the row has too many cells
          expected temperature
        ");
        insta::assert_snapshot!(Temperatures::parse("t.csv", b"m40\n-40\nhot\n-300\n").unwrap_err(), @"
        t.csv:2:1: `-40` occurs twice
        t.csv:3:1: `hot` is not a temperature
          expected degrees Celsius between -273.15 and 1000, such as 85, m40 or -40
        t.csv:4:1: `-300` is not a temperature
          expected degrees Celsius between -273.15 and 1000, such as 85, m40 or -40
        ");
    }
}
