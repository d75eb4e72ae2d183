//! `results.csv`: one row for each point and measure.

use libchar_core::number::shortest;
use libchar_core::{Cell, Fault, Faults, Frame, Table};

/// Name of the table in a domain.
pub const FILE: &str = "results.csv";

/// Columns of every results table; those of swept quantities, `sweep_<name>`, come after them.
const COLUMNS: [&str; 9] =
    ["point", "corner", "extraction", "temp_c", "supply", "alter", "measure", "value", "status"];

/// The column of the presets, which exists only if a row has one.
const PRESET: &str = "preset";

/// The column of the samples, which exists only if a row has one.
const SAMPLE: &str = "sample";

/// The prefix of a swept quantity's column.
const SWEEP: &str = "sweep_";

/// The words of the `status` column.
const STATUSES: [&str; 3] = ["ok", "failed", "missing"];

/// One measure at one point.
#[derive(Debug, Clone, PartialEq)]
pub struct ResultRow {
    /// The point's id.
    pub point: String,
    /// Process corner.
    pub corner: String,
    /// Parasitic extraction.
    pub extraction: String,
    /// Temperature in Celsius; `None` if it is not known.
    pub temp_c: Option<f64>,
    /// Name of the supply.
    pub supply: String,
    /// Alter, from 1.
    pub alter: u32,
    /// Name of the measure.
    pub measure: String,
    /// The finite value in SI units; `None` unless the status is `ok`.
    pub value: Option<f64>,
    /// `ok`, `failed` or `missing`.
    pub status: String,
    /// The number of the sample, from 1; `None` for nominal values.
    pub sample: Option<u64>,
    /// The preset of simulator options that it was simulated with; `None` for the deck as written.
    pub preset: Option<String>,
    /// Values of the swept quantities; `None` for a quantity that this row's simulation does not
    /// sweep.
    pub sweep: Vec<Option<f64>>,
}

/// The results of a domain.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Results {
    /// Names of the swept quantities.
    pub sweep: Vec<String>,
    /// One row for each point, alter, sweep step and measure.
    pub rows: Vec<ResultRow>,
}

impl Results {
    /// Reads `results.csv`, or the CSV, JSON or JSON lines that `ext` prints.
    ///
    /// # Errors
    /// Every fault of the table: a missing column, a cell that is not what [`ResultRow`] says, a
    /// status that contradicts its value, a duplicate row.
    pub fn parse(file: &str, bytes: &[u8]) -> Result<Results, Faults> {
        let table = Table::parse(file, bytes)?;
        let mut faults = Vec::new();
        let mut columns = [0; COLUMNS.len()];
        for (column, name) in columns.iter_mut().zip(COLUMNS) {
            match table.column(name) {
                Ok(index) => *column = index,
                Err(fault) => faults.push(fault),
            }
        }
        let swept: Vec<(usize, String)> = table
            .columns
            .iter()
            .enumerate()
            .filter_map(|(index, name)| Some((index, name.strip_prefix(SWEEP)?.to_owned())))
            .collect();
        if !faults.is_empty() {
            return Faults::or(Results::default(), faults);
        }
        let mut results = Results {
            sweep: swept.iter().map(|(_, name)| name.clone()).collect(),
            rows: Vec::new(),
        };
        let optional = (table.find_column(SAMPLE), table.find_column(PRESET));
        for row in 0..table.len() {
            match read_row(&table, row, &columns, optional, &swept) {
                Ok(read) => results.rows.push(read),
                Err(fault) => faults.push(fault),
            }
        }
        if faults.is_empty() {
            faults = results.duplicates(&table);
        }
        Faults::or(results, faults)
    }

    /// For each swept quantity, whether it is an axis of the points, which is part of their
    /// folders' names, and not a sweep within a simulation.
    pub fn is_axis(&self) -> Vec<bool> {
        let names = |point: &str, name: &str| {
            let folder = |folder: &str| {
                folder.strip_prefix(name).is_some_and(|label| label.starts_with('_'))
            };
            point.split('/').skip(4).any(folder)
        };
        let axis = |(index, name): (usize, &String)| {
            let first = self.rows.iter().find(|row| row.sweep[index].is_some());
            first.is_some_and(|row| names(&row.point, name))
        };
        self.sweep.iter().enumerate().map(axis).collect()
    }

    fn duplicates(&self, table: &Table) -> Vec<Fault> {
        // Swept steps may repeat a value; other rows may not be repeated.
        let is_axis = self.is_axis();
        let has_step = |row: &ResultRow| {
            row.sweep.iter().zip(&is_axis).any(|(value, is_axis)| value.is_some() && !is_axis)
        };
        let mut order: Vec<usize> =
            (0..self.rows.len()).filter(|row| !has_step(&self.rows[*row])).collect();
        let key = |row: &usize| {
            let row = &self.rows[*row];
            (&row.point, row.alter, &row.measure, row.sample)
        };
        order.sort_by(|a, b| key(a).cmp(&key(b)));
        let twice = order.windows(2).filter(|pair| key(&pair[0]) == key(&pair[1]));
        twice
            .map(|pair| {
                let row = &self.rows[pair[1]];
                let sample = row.sample.map(|sample| format!(" and sample {sample}"));
                let what = format!(
                    "measure `{}` of point `{}`{} again, after line {}",
                    row.measure,
                    row.point,
                    sample.unwrap_or_default(),
                    table.line(pair[0])
                );
                table.fault(pair[1], 0, what).expected("one row per point, alter and measure")
            })
            .collect()
    }

    /// Names of all columns.
    fn columns(&self) -> Vec<String> {
        let sample = self.has_samples().then(|| SAMPLE.to_owned());
        let preset = self.has_presets().then(|| PRESET.to_owned());
        let swept = self.sweep.iter().map(|name| format!("{SWEEP}{name}"));
        COLUMNS.into_iter().map(str::to_owned).chain(sample).chain(preset).chain(swept).collect()
    }

    /// Whether any row belongs to a sample.
    pub fn has_samples(&self) -> bool {
        self.rows.iter().any(|row| row.sample.is_some())
    }

    /// Whether any row was simulated with a preset.
    pub fn has_presets(&self) -> bool {
        self.rows.iter().any(|row| row.preset.is_some())
    }

    /// The first line of the table of a single measure.
    pub fn header_of_measure(&self) -> &'static str {
        "point,corner,extraction,temp_c,supply,alter,value,status"
    }

    /// The table as a frame.
    pub fn frame(&self) -> Frame {
        let mut frame = Frame::new("libchar.results", 1, self.columns());
        let (has_samples, has_presets) = (self.has_samples(), self.has_presets());
        for row in &self.rows {
            let mut cells: Vec<Cell> = vec![
                row.point.as_str().into(),
                row.corner.as_str().into(),
                row.extraction.as_str().into(),
                row.temp_c.into(),
                row.supply.as_str().into(),
                i64::from(row.alter).into(),
                row.measure.as_str().into(),
                row.value.into(),
                row.status.as_str().into(),
            ];
            if has_samples {
                cells.push(row.sample.map(|sample| sample as i64).into());
            }
            if has_presets {
                cells.push(row.preset.as_deref().into());
            }
            cells.extend(row.sweep.iter().map(|value| Cell::from(*value)));
            frame.push(cells);
        }
        frame
    }

    /// The table as CSV: the same as that of its frame, without building the frame.
    pub fn to_csv(&self) -> Vec<u8> {
        self.csv(None)
    }

    /// The rows of one measure as CSV, without the column `measure`.
    pub fn measure_csv(&self, measure: &str) -> Vec<u8> {
        self.csv(Some(measure))
    }

    fn csv(&self, measure: Option<&str>) -> Vec<u8> {
        let mut text = String::with_capacity(128 * (self.rows.len() + 1));
        let (has_samples, has_presets) = (self.has_samples(), self.has_presets());
        let columns = self.columns();
        let columns = columns.iter().filter(|name| measure.is_none() || *name != "measure");
        push_line(&mut text, columns.map(String::as_str));
        for row in self.rows.iter().filter(|row| measure.is_none_or(|name| row.measure == name)) {
            let temp_c = row.temp_c.map(shortest).unwrap_or_default();
            let alter = row.alter.to_string();
            let value = row.value.map(shortest).unwrap_or_default();
            let sweep: Vec<String> =
                row.sweep.iter().map(|value| value.map(shortest).unwrap_or_default()).collect();
            let before = [&row.point, &row.corner, &row.extraction, &temp_c, &row.supply, &alter];
            let named = measure.is_none().then_some(&row.measure);
            let preset = row.preset.clone().unwrap_or_default();
            let preset = has_presets.then_some(&preset);
            let sample = row.sample.map(|sample| sample.to_string()).unwrap_or_default();
            let sample = has_samples.then_some(&sample);
            let cells = before.into_iter().chain(named).chain([&value, &row.status]).chain(sample);
            let cells = cells.chain(preset).chain(&sweep);
            push_line(&mut text, cells.map(String::as_str));
        }
        text.into_bytes()
    }

    /// Names of the measures in the order of their first row.
    pub fn measures(&self) -> Vec<&str> {
        let mut known = std::collections::BTreeSet::new();
        self.rows
            .iter()
            .map(|row| row.measure.as_str())
            .filter(|name| known.insert(*name))
            .collect()
    }

    /// Number of rows that are not `ok`.
    pub fn faulty(&self) -> usize {
        self.rows.iter().filter(|row| row.value.is_none()).count()
    }
}

/// The file name of the table of a single measure: letters, digits, `_`, `-` and inner dots stay,
/// any other byte becomes `%` and two hexadecimal digits, so that two measures never share a file.
pub fn file_name(measure: &str) -> String {
    let plain = |index: usize, byte: u8| {
        byte.is_ascii_alphanumeric() || byte == b'_' || index > 0 && (byte == b'-' || byte == b'.')
    };
    let mut name = String::new();
    for (index, byte) in measure.bytes().enumerate() {
        if plain(index, byte) {
            name.push(byte as char);
        } else {
            name.push_str(&format!("%{byte:02x}"));
        }
    }
    if name.len() > 200 {
        // File systems do not take longer names; the hash keeps such names apart.
        name.truncate(120);
        name.push('%');
        name.push_str(&libchar_core::hash::sha256(measure.as_bytes()));
    }
    name + ".csv"
}

fn read_row(
    table: &Table,
    row: usize,
    columns: &[usize; COLUMNS.len()],
    (sample, preset): (Option<usize>, Option<usize>),
    swept: &[(usize, String)],
) -> Result<ResultRow, Fault> {
    let [point, corner, extraction, temp_c, supply, alter, measure, value, status] = *columns;
    let text = |column: usize| table.cell(row, column).to_owned();
    let number = |column: usize| match table.cell(row, column) {
        "" => Ok(None),
        _ => table.number(row, column).map(Some),
    };
    for column in [point, measure] {
        if table.cell(row, column).is_empty() {
            let what = format!("empty cell in column `{}`", table.columns[column]);
            return Err(table.fault(row, column, what));
        }
    }
    let alter_number = table.cell(row, alter).parse().ok().filter(|n| *n > 0).ok_or_else(|| {
        let what = format!("`{}` in column `alter`", table.cell(row, alter));
        table.fault(row, alter, what).expected("the number of an alter, 1 or more")
    })?;
    let sample = match sample.map(|column| (column, table.cell(row, column))) {
        None | Some((_, "")) => None,
        Some((column, cell)) => Some(cell.parse().ok().filter(|n| *n > 0).ok_or_else(|| {
            let what = format!("`{cell}` in column `sample`");
            table.fault(row, column, what).expected("the number of a sample, 1 or more, or nothing")
        })?),
    };
    let word = table.cell(row, status);
    if !STATUSES.contains(&word) {
        let what = format!("unknown status `{word}`");
        return Err(table.fault(row, status, what).one_of(word, STATUSES));
    }
    let result = ResultRow {
        point: text(point),
        corner: text(corner),
        extraction: text(extraction),
        temp_c: number(temp_c)?,
        supply: text(supply),
        alter: alter_number,
        measure: text(measure),
        value: number(value)?,
        status: word.to_owned(),
        sample,
        preset: preset.map(text).filter(|name| !name.is_empty()),
        sweep: swept.iter().map(|(column, _)| number(*column)).collect::<Result<_, _>>()?,
    };
    if result.value.is_some() != (word == "ok") {
        let what = match result.value {
            Some(value) => format!("status `{word}` with the value {}", shortest(value)),
            None => "status `ok` without a value".to_owned(),
        };
        return Err(table.fault(row, status, what).expected("a value if, and only if, it is ok"));
    }
    Ok(result)
}

fn push_line<'a>(text: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            text.push(',');
        }
        if cell.contains([',', '"', '\n', '\r']) || index == 0 && cell.starts_with('#') {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(cell);
        }
    }
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::{ResultRow, Results, file_name};

    const TABLE: &str = "\
point,corner,extraction,temp_c,supply,alter,measure,value,status,sweep_vin
TT/typical/typical_m40/v1min,TT,typical,-40,v1min,1,tphl,2.4e-11,ok,0.5
TT/typical/typical_m40/v1min,TT,typical,-40,v1min,1,bad,,failed,
";

    #[test]
    fn the_table_comes_back_as_it_was_written() {
        let results = Results::parse("results.csv", TABLE.as_bytes()).unwrap();
        assert_eq!(results.rows[0].value, Some(2.4e-11));
        assert_eq!(results.rows[1].sweep, [None]);
        assert_eq!(results.to_csv(), TABLE.as_bytes());
        assert_eq!(results.frame().to_csv(), TABLE.as_bytes());
        assert_eq!((results.measures(), results.faulty()), (vec!["tphl", "bad"], 1));
        let one = String::from_utf8(results.measure_csv("bad")).unwrap();
        assert_eq!(
            one,
            "point,corner,extraction,temp_c,supply,alter,value,status,sweep_vin\n\
             TT/typical/typical_m40/v1min,TT,typical,-40,v1min,1,,failed,\n"
        );
    }

    #[test]
    fn every_fault_at_its_cell() {
        let bad =
            TABLE.replace("1,tphl,2.4e-11,ok", "0,tphl,2.4e-11,ok").replace(",,failed", ",,okay");
        assert_eq!(
            Results::parse("r.csv", bad.as_bytes()).unwrap_err().to_string(),
            "r.csv:2:51: `0` in column `alter`\n  expected the number of an alter, 1 or more\n\
             r.csv:3:58: unknown status `okay`\n  expected one of: ok, failed, missing\n  did you mean `ok`?"
        );
        let bad = TABLE.replace(",,failed", ",1.0,failed");
        assert_eq!(
            Results::parse("r.csv", bad.as_bytes()).unwrap_err().to_string(),
            "r.csv:3:61: status `failed` with the value 1\n  expected a value if, and only if, it is ok"
        );
        let twice = TABLE.replace("1,tphl,2.4e-11,ok,0.5", "1,bad,,failed,");
        assert_eq!(
            Results::parse("r.csv", twice.as_bytes()).unwrap_err().to_string(),
            "r.csv:3:1: measure `bad` of point `TT/typical/typical_m40/v1min` again, after line 2\n  \
             expected one row per point, alter and measure"
        );
        assert!(
            Results::parse("r.csv", b"point,value\n").unwrap_err().to_string().contains("`status`")
        );
    }

    #[test]
    fn cells_with_separators_are_quoted() {
        let row = ResultRow {
            point: "#a,b".to_owned(),
            corner: String::new(),
            extraction: String::new(),
            temp_c: None,
            supply: String::new(),
            alter: 1,
            measure: "m\"x".to_owned(),
            value: Some(1.0),
            status: "ok".to_owned(),
            sample: Some(3),
            preset: Some("fast".to_owned()),
            sweep: Vec::new(),
        };
        let results = Results { sweep: Vec::new(), rows: vec![row] };
        assert_eq!(Results::parse("r", &results.to_csv()).unwrap(), results);
    }

    #[test]
    fn file_names_are_safe_and_distinct() {
        assert_eq!(file_name("tphl"), "tphl.csv");
        assert_eq!(file_name("cap_wwlb[15]"), "cap_wwlb%5b15%5d.csv");
        assert_eq!(file_name("../x"), "%2e.%2fx.csv");
        assert_eq!(file_name("-rf"), "%2drf.csv");
        assert!(file_name(&"a".repeat(500)).len() < 255);
        assert_ne!(file_name(&"a".repeat(500)), file_name(&"a".repeat(501)));
    }
}
