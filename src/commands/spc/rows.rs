//! Rows of a stream as they arrive: CSV with a header, bare numbers, or JSON objects.

use crate::exit::Usage;
use anyhow::Result;
use libchar_core::Fault;
use libchar_core::number::parse_decimal;
use libchar_core::table::split_row;
use libchar_spc::chart::Kind;
use serde_json::Value;

/// What a stream must hold.
pub struct Wanted<'a> {
    pub file: &'a str,
    pub kind: Kind,
    pub columns: Vec<String>,
    /// Units inspected: a column or a number.
    pub units: Option<String>,
    /// Column of nominal values that are subtracted.
    pub nominal: Option<String>,
    /// Columns of text.
    pub texts: Vec<String>,
}

/// A row; NaN where a cell holds no number.
#[derive(Debug, Clone, Default)]
pub struct Row {
    pub line: usize,
    pub values: Vec<f64>,
    pub units: f64,
    pub texts: Vec<String>,
    /// Cells that hold no number.
    pub gaps: Vec<Fault>,
}

/// Reads lines.
pub struct RowReader<'a> {
    file: &'a str,
    /// Charted columns, then units, then nominal, as far as there are such columns.
    numbers: Vec<String>,
    charted: usize,
    has_units: bool,
    has_nominal: bool,
    fixed_units: f64,
    texts: Vec<String>,
    /// Places of the numbers, then of the texts.
    places: Option<Vec<usize>>,
    width: usize,
}

impl<'a> RowReader<'a> {
    pub fn new(wanted: Wanted<'a>) -> Result<Self> {
        let fixed = wanted.units.as_deref().and_then(parse_decimal);
        if wanted.units.is_none() && wanted.kind.needs_units() {
            let name = wanted.kind.name();
            let message = format!("a {name} chart needs --sample-size: a column or a number");
            return Err(Usage(message).into());
        }
        let units = wanted.units.filter(|_| fixed.is_none());
        let mut numbers = wanted.columns;
        let charted = numbers.len();
        let (has_units, has_nominal) = (units.is_some(), wanted.nominal.is_some());
        numbers.extend(units.into_iter().chain(wanted.nominal));
        Ok(RowReader {
            file: wanted.file,
            numbers,
            charted,
            has_units,
            has_nominal,
            fixed_units: fixed.unwrap_or(1.0),
            texts: wanted.texts,
            places: None,
            width: 0,
        })
    }

    /// Whether the shape of the rows is known.
    pub fn ready(&self) -> bool {
        self.places.is_some()
    }

    /// The row of a line; `None` for headers, comments before the first row, and blank lines.
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
            .map(|(place, name)| {
                parse_decimal(&cells[*place]).unwrap_or_else(|| {
                    let cell = &cells[*place];
                    let found = match cell.is_empty() {
                        true => format!("empty cell in column `{name}`"),
                        false => format!("`{cell}` in column `{name}` is not a finite number"),
                    };
                    gaps.push(Fault::at(self.file, number, cell_start(text, *place), found));
                    f64::NAN
                })
            })
            .collect();
        let texts = texts.iter().map(|place| cells[*place].clone()).collect();
        Ok(Some(self.row(number, values, texts, gaps)))
    }

    fn row(&self, line: usize, mut numbers: Vec<f64>, texts: Vec<String>, gaps: Vec<Fault>) -> Row {
        let nominal = if self.has_nominal { numbers.pop() } else { None };
        let units = if self.has_units { numbers.pop() } else { None };
        if let Some(nominal) = nominal {
            numbers.iter_mut().for_each(|x| *x -= nominal);
        }
        debug_assert_eq!(numbers.len(), self.charted);
        Row { line, values: numbers, units: units.unwrap_or(self.fixed_units), texts, gaps }
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
        let values: Vec<f64> = self
            .numbers
            .iter()
            .map(|name| {
                object[name].as_f64().unwrap_or_else(|| {
                    gaps.push(Fault::at(self.file, number, 0, format!("no number in `{name}`")));
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
        Ok(self.row(number, values, texts, gaps))
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

    fn reader(columns: &[&str], texts: &[&str]) -> RowReader<'static> {
        let own = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect();
        RowReader::new(Wanted {
            file: "-",
            kind: Kind::IMr,
            columns: own(columns),
            units: None,
            nominal: None,
            texts: own(texts),
        })
        .unwrap()
    }

    #[test]
    fn gaps_have_the_place_of_their_cell() {
        let mut reader = reader(&["x"], &["lot"]);
        assert!(reader.read(b"lot,x\n", 1).unwrap().is_none());
        let row = reader.read(b"A,   \"abc\"\n", 2).unwrap().unwrap();
        assert_eq!(
            row.gaps[0].to_string(),
            "-:2:6: `\"abc\"` in column `x` is not a finite number"
        );
        let row = reader.read(b"\"A,1\",2\n", 3).unwrap().unwrap();
        assert_eq!((row.texts, row.values), (vec!["A,1".to_owned()], vec![2.0]));
        let row = reader.read(b"{\"lot\":\"B\",\"x\":3}\n", 4).unwrap().unwrap();
        assert_eq!((row.texts, row.values), (vec!["B".to_owned()], vec![3.0]));
    }
}
