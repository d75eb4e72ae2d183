//! Rows of a stream as they arrive: CSV with a header, bare numbers, or JSON objects.

use super::split_row;
use crate::fault::Fault;
use crate::number::parse_decimal;
use serde_json::Value;

/// A row; NaN where a cell holds no number.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// Line of the stream, from 1.
    pub line: usize,
    /// Numbers in the order asked for.
    pub numbers: Vec<f64>,
    /// Texts in the order asked for.
    pub texts: Vec<String>,
    /// Cells that hold no number, with their index among the numbers.
    pub gaps: Vec<(usize, Fault)>,
}

/// Reads lines.
pub struct RowReader<'a> {
    file: &'a str,
    numbers: Vec<String>,
    texts: Vec<String>,
    /// Column indices of the numbers, then of the texts.
    places: Option<Vec<usize>>,
    width: usize,
}

impl<'a> RowReader<'a> {
    /// A reader of named columns, as numbers and as texts.
    pub fn new(file: &'a str, numbers: Vec<String>, texts: Vec<String>) -> Self {
        RowReader { file, numbers, texts, places: None, width: 0 }
    }

    /// Whether the shape of the rows is known.
    pub fn ready(&self) -> bool {
        self.places.is_some()
    }

    /// Reads the row of a line; `None` for headers, comments before the first row, and blank lines.
    pub fn read(&mut self, line: &[u8], number: usize) -> Result<Option<Row>, Fault> {
        let fault = |found: String| Fault::at(self.file, number, 0, found);
        let text =
            std::str::from_utf8(line).map_err(|_| fault("the line is not UTF-8".to_owned()))?;
        let text = if number == 1 { text.trim_start_matches('\u{feff}') } else { text };
        let text = text.trim_end_matches(['\n', '\r']);
        let is_comment = text.starts_with('#') && !self.ready();
        if is_comment || (text.trim().is_empty() && (self.numbers.len() > 1 || !self.ready())) {
            return Ok(None);
        }
        if text.trim_start().starts_with('{') {
            return self.object(text, number).map(Some);
        }
        let cells: Vec<String> =
            split_row(text).iter().map(|cell| cell.trim().to_owned()).collect();
        let Some(places) = self.places.clone() else {
            return self.header(&cells, line, number);
        };
        if cells.len() != self.width {
            return Err(fault(format!("the row has {} cells, not {}", cells.len(), self.width)));
        }
        let (numbers, texts) = places.split_at(self.numbers.len());
        let mut gaps = Vec::new();
        let values: Vec<f64> = numbers
            .iter()
            .zip(&self.numbers)
            .enumerate()
            .map(|(at, (place, name))| {
                parse_decimal(&cells[*place]).unwrap_or_else(|| {
                    let cell = &cells[*place];
                    let found = match cell.is_empty() {
                        true => format!("empty cell in column `{name}`"),
                        false => format!("`{cell}` in column `{name}` is not a finite number"),
                    };
                    let start = cell_start(text, *place);
                    gaps.push((at, Fault::at(self.file, number, start, found)));
                    f64::NAN
                })
            })
            .collect();
        let texts = texts.iter().map(|place| cells[*place].clone()).collect();
        Ok(Some(Row { line: number, numbers: values, texts, gaps }))
    }

    fn header(
        &mut self,
        cells: &[String],
        line: &[u8],
        number: usize,
    ) -> Result<Option<Row>, Fault> {
        let wanted: Vec<&String> = self.numbers.iter().chain(&self.texts).collect();
        let headless = cells.iter().all(|cell| cell.parse::<f64>().is_ok());
        self.width = cells.len();
        if headless {
            if cells.len() != wanted.len() {
                let names: Vec<&str> = wanted.iter().map(|name| name.as_str()).collect();
                let expected = format!("{}: {}", names.len(), names.join(", "));
                let found = format!("a row of {} numbers", cells.len());
                return Err(Fault::at(self.file, number, 0, found).expected(expected));
            }
            self.places = Some((0..cells.len()).collect());
            return self.read(line, number.max(2));
        }
        let places: Result<Vec<usize>, Fault> = wanted
            .into_iter()
            .map(|name| {
                cells.iter().position(|cell| cell == name).ok_or_else(|| {
                    Fault::at(self.file, number, 1, format!("no column `{name}`"))
                        .one_of(name, cells.iter().map(String::as_str))
                })
            })
            .collect();
        self.places = Some(places?);
        Ok(None)
    }

    fn object(&mut self, text: &str, number: usize) -> Result<Row, Fault> {
        let object: Value = serde_json::from_str(text)
            .map_err(|e| Fault { line: number, ..Fault::json(self.file, &e) })?;
        let mut gaps = Vec::new();
        let numbers: Vec<f64> = self
            .numbers
            .iter()
            .enumerate()
            .map(|(at, name)| {
                object[name].as_f64().unwrap_or_else(|| {
                    let found = format!("no number in `{name}`");
                    gaps.push((at, Fault::at(self.file, number, 0, found)));
                    f64::NAN
                })
            })
            .collect();
        let texts = self.texts.iter().map(|name| match &object[name] {
            Value::String(text) => text.clone(),
            Value::Null => String::new(),
            other => other.to_string(),
        });
        let texts = texts.collect();
        self.places.get_or_insert_default();
        Ok(Row { line: number, numbers, texts, gaps })
    }
}

/// Column, from 1, where the content of a cell starts.
fn cell_start(row: &str, cell: usize) -> usize {
    let (mut place, mut quoted, mut start) = (0, false, 0);
    for (at, c) in row.char_indices() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => {
                if place == cell {
                    break;
                }
                place += 1;
                start = at + 1;
            }
            _ => {}
        }
    }
    let blank = row[start..].len() - row[start..].trim_start().len();
    row[..start + blank].chars().count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_have_the_place_of_their_cell() {
        let mut reader = RowReader::new("-", vec!["x".to_owned()], vec!["lot".to_owned()]);
        assert!(reader.read(b"lot,x\n", 1).unwrap().is_none());
        let row = reader.read(b"A,   \"abc\"\n", 2).unwrap().unwrap();
        assert_eq!(
            row.gaps[0].1.to_string(),
            "-:2:6: `\"abc\"` in column `x` is not a finite number"
        );
        let row = reader.read(b"\"A,1\",2\n", 3).unwrap().unwrap();
        assert_eq!((row.texts, row.numbers), (vec!["A,1".to_owned()], vec![2.0]));
        let row = reader.read(b"{\"lot\":\"B\",\"x\":3}\n", 4).unwrap().unwrap();
        assert_eq!((row.texts, row.numbers), (vec!["B".to_owned()], vec![3.0]));
    }
}
