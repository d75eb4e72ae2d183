//! Finds columns of measured tables by their content, with the many spellings of names and units
//! that tools use.

use libchar_core::table::{Header, data};
use libchar_core::{Fault, Faults, Table};

use crate::species::Species;

/// Quantity in a column; values are converted to the stated unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// Seconds.
    Time,
    /// Degrees Celsius.
    Temperature,
    /// Micrometres.
    Depth,
    /// Atoms per cubic centimetre.
    Conc,
}

/// A column of a table, and how its cells become values.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    pub index: usize,
    scale: f64,
    shift: f64,
}

impl Holds {
    /// Words with which the name of such a column begins, in lower case.
    fn words(self) -> &'static [&'static str] {
        match self {
            Holds::Time => &["time", "elapsed", "zeit", "temps", "t"],
            Holds::Temperature => {
                &["temperature", "temp", "pyro", "pyrometer", "thermocouple", "tc", "t"]
            }
            Holds::Depth => &["depth", "tiefe", "profondeur", "x"],
            Holds::Conc => &["conc", "concentration", "konzentration", "density", "c"],
        }
    }

    /// Factor and offset that convert a unit to the base unit.
    fn unit(self, unit: &str) -> Option<(f64, f64)> {
        let unit = unit.trim().trim_matches(['(', ')', '[', ']']).to_lowercase().replace('^', "");
        let scale = match (self, unit.as_str()) {
            (Holds::Time, "s" | "sec" | "secs" | "second" | "seconds") => 1.0,
            (Holds::Time, "ms" | "msec") => 1e-3,
            (Holds::Time, "min" | "mins" | "minutes") => 60.0,
            (Holds::Time, "h" | "hr" | "hours") => 3600.0,
            (Holds::Temperature, "c" | "°c" | "degc" | "deg c" | "celsius") => 1.0,
            (Holds::Temperature, "k" | "kelvin") => return Some((1.0, -273.15)),
            (Holds::Depth, "um" | "µm" | "μm" | "micron" | "microns" | "mic") => 1.0,
            (Holds::Depth, "nm") => 1e-3,
            (Holds::Depth, "a" | "å" | "ang" | "angstrom" | "angstroms") => 1e-4,
            (Holds::Conc, unit) => match unit.replace(' ', "").as_str() {
                "cm3" | "cm-3" | "/cm3" | "1/cm3" | "cm⁻³" => 1.0,
                "atoms/cm3" | "at/cm3" | "atoms/cc" | "at/cc" | "atoms/cm³" | "at/cm³" => 1.0,
                "atomscm-3" | "atcm-3" | "/cc" => 1.0,
                "m3" | "m-3" | "/m3" | "1/m3" | "atoms/m3" | "at/m3" => 1e-6,
                _ => return None,
            },
            _ => return None,
        };
        Some((scale, 0.0))
    }

    /// Accepted units, for messages.
    fn units(self) -> &'static str {
        match self {
            Holds::Time => "s, ms, min, h",
            Holds::Temperature => "C, K",
            Holds::Depth => "um, nm, A",
            Holds::Conc => "cm-3, m-3",
        }
    }

    /// The exact name, which is recognized without guessing.
    fn plain(self) -> &'static str {
        match self {
            Holds::Time => "time_s",
            Holds::Temperature => "temp_c",
            Holds::Depth => "depth_um",
            Holds::Conc => "conc_cm3",
        }
    }
}

/// Splits a column's name into lower-case words without the unit, and the unit: the text in
/// brackets, or the last word.
fn split_name(name: &str) -> (Vec<String>, Option<String>) {
    let (bare, bracketed) = match name.split_once(['(', '[']) {
        Some((bare, unit)) => (bare, Some(unit.trim_end_matches([')', ']', ' ']).to_owned())),
        None => (name, None),
    };
    let words: Vec<String> = bare
        .split(|c: char| c == '_' || c == '/' || c.is_whitespace())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let unit = bracketed.or_else(|| words.get(1..)?.last().cloned());
    (words, unit)
}

/// Whether the first word is one of `known`, possibly with a number behind it: `tc2`, `pyro1`. A
/// single letter is ambiguous and counts only if the column has a unit.
fn begins(words: &[String], known: &[&str], has_unit: bool) -> bool {
    let first = words.first().map(|word| word.trim_end_matches(|c: char| c.is_ascii_digit()));
    let first = first.map(|first| first.trim_end_matches(['.', ':']));
    first.is_some_and(|first| known.contains(&first) && (first.len() > 1 || has_unit))
}

/// The unit of a column: as stated by the user, else from a row of units or brackets, else the end
/// of its name.
fn unit_of(table: &Table, index: usize, holds: Holds, stated: Option<&str>) -> Option<(f64, f64)> {
    let (_, ending) = split_name(&table.columns[index]);
    let own = table.unit(index).and_then(|unit| holds.unit(unit));
    match stated {
        Some(unit) => holds.unit(unit),
        None => own.or_else(|| ending.and_then(|unit| holds.unit(&unit))),
    }
}

/// All columns that hold such values, judged by their names.
pub(crate) fn candidates(table: &Table, holds: Holds) -> Vec<usize> {
    let exact = table.columns.iter().position(|name| name == holds.plain());
    if let Some(index) = exact {
        return vec![index];
    }
    let fits = |index: &usize| {
        let has_unit = unit_of(table, *index, holds, None).is_some();
        begins(&split_name(&table.columns[*index]).0, holds.words(), has_unit)
    };
    (0..table.columns.len()).filter(fits).collect()
}

/// The dopant that a column of concentrations is named after: `boron_cm3`, `11B (atoms/cc)`. `None`
/// for the active part.
pub(crate) fn dopant(table: &Table, index: usize) -> Option<(Species, Column)> {
    let (words, _) = split_name(&table.columns[index]);
    let element = words.first()?.trim_start_matches(|c: char| c.is_ascii_digit());
    let species = element.parse().ok()?;
    let (scale, shift) = unit_of(table, index, Holds::Conc, None)?;
    let is_part = words.iter().any(|word| word == "active");
    (!is_part).then_some((species, Column { index, scale, shift }))
}

/// A column with the conversion of its unit.
///
/// # Errors
/// A column whose unit is missing or unknown.
pub(crate) fn with_unit(
    table: &Table,
    index: usize,
    holds: Holds,
    stated: Option<&str>,
    key: &str,
) -> Result<Column, Fault> {
    let Some((scale, shift)) = unit_of(table, index, holds, stated) else {
        let name = &table.columns[index];
        let found = match stated.or(table.unit(index)) {
            Some(unit) => format!("column `{name}` has the unit `{unit}`"),
            None => format!("column `{name}` has no unit"),
        };
        let expected = format!("one of {} in its name, in a row of units, or {key}", holds.units());
        return Err(Fault::at(&table.file, table.header_line(), 1, found).expected(expected));
    };
    Ok(Column { index, scale, shift })
}

/// The only column that holds such values, or the one that the user named.
///
/// # Errors
/// When there is none or more than one, or its unit is not known.
pub(crate) fn find(
    table: &Table,
    holds: Holds,
    named: Option<&str>,
    stated: Option<&str>,
    keys: [&str; 2],
) -> Result<Column, Fault> {
    let index = match named {
        Some(name) => table.column(name)?,
        None => match candidates(table, holds)[..] {
            [index] => index,
            [] => {
                return Err(table.column(holds.plain()).err().unwrap_or_else(|| {
                    Fault::of(&table.file, format!("no column `{}`", holds.plain()))
                }));
            }
            ref several => {
                let names: Vec<String> =
                    several.iter().map(|i| format!("`{}`", table.columns[*i])).collect();
                let found = format!("{} columns could be the {}", several.len(), holds.plain());
                let expected = format!("{} with one of {}", keys[0], names.join(", "));
                let place = Fault::at(&table.file, table.header_line(), 1, found);
                return Err(place.expected(expected));
            }
        },
    };
    with_unit(table, index, holds, stated, keys[1])
}

impl Column {
    /// The value of a cell, converted to the base unit.
    ///
    /// # Errors
    /// When the cell is no number.
    pub fn value(&self, table: &Table, row: usize) -> Result<f64, Fault> {
        Ok(self.scale * table.number(row, self.index)? + self.shift)
    }

    /// A value in the unit of the file, for messages.
    pub fn spelled(&self, value: f64) -> f64 {
        (value - self.shift) / self.scale
    }
}

/// Number of lines at the head of a file that are tried as the header.
const HEADER_LINES: usize = 40;
/// Number of lines that are read to try one of them as the header.
const HEAD_LINES: usize = 5 * HEADER_LINES;
/// Size in bytes from which on a file is read only once.
const LARGE_BYTES: usize = 4_000_000;

/// Reads a measured table. The notes of its reader use the key names of a recipe's `format`. Where
/// a line of titles has as many cells as the table, the header is the first line below it that has
/// the columns that `known` looks for.
///
/// # Errors
/// Every fault of the file.
pub(crate) fn read(
    file: &str,
    bytes: &[u8],
    dialect: &data::Dialect,
    known: &dyn Fn(&Table) -> bool,
) -> Result<(Table, Vec<String>), Faults> {
    let said = |notes: &[String]| {
        notes.iter().map(|note| format!("{file} {}", as_keys(note))).collect::<Vec<_>>()
    };
    let first = data::read(file, bytes, Header::Required, dialect);
    let settled = first.as_ref().is_ok_and(|reading| known(&reading.table));
    if !settled && dialect.header_row.is_none() && bytes.len() < LARGE_BYTES {
        let head = head(bytes);
        for line in 2..=HEADER_LINES {
            let below = data::Dialect { header_row: Some(line), ..dialect.clone() };
            let names_them = |bytes: &[u8]| {
                let reading = data::read(file, bytes, Header::Required, &below).ok()?;
                known(&reading.table).then_some(reading)
            };
            // Only below a line that names the columns is the whole file read.
            if let Some(reading) = names_them(head).and_then(|_| names_them(bytes)) {
                let mut notes = said(&reading.notes);
                notes.push(format!("{file} is read with header_row {line}"));
                return Ok((reading.table, notes));
            }
        }
    }
    let reading = first?;
    Ok((reading.table, said(&reading.notes)))
}

/// The first lines of a file. In UTF-16 a line ends with two bytes, of which the second may be
/// zero.
fn head(bytes: &[u8]) -> &[u8] {
    let ends = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
    let Some((end, _)) = ends.into_iter().nth(HEAD_LINES - 1) else { return bytes };
    let is_wide = end % 2 == 0 && bytes.get(end + 1) == Some(&0);
    &bytes[..end + 1 + usize::from(is_wide)]
}

/// Rewrites options such as `--header-row` as keys, such as `header_row`.
fn as_keys(note: &str) -> String {
    let word = |word: &str| match word.strip_prefix("--") {
        Some(option) => option.replace('-', "_"),
        None => word.to_owned(),
    };
    note.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_units_as_tools_write_them() {
        for (name, holds, text, expected) in [
            ("time_s", Holds::Time, "2", 2.0),
            ("Time [min]", Holds::Time, "2", 120.0),
            ("Elapsed time (h)", Holds::Time, "2", 7200.0),
            ("temp_c", Holds::Temperature, "20", 20.0),
            ("Pyro1 (K)", Holds::Temperature, "1273.15", 1000.0),
            ("T (°C)", Holds::Temperature, "900", 900.0),
            ("t (s)", Holds::Time, "3", 3.0),
            ("TC2 [°C]", Holds::Temperature, "900", 900.0),
            ("Depth (microns)", Holds::Depth, "0.2", 0.2),
            ("Depth [Å]", Holds::Depth, "500", 0.05),
            ("depth_nm", Holds::Depth, "50", 0.05),
            ("Conc (atoms/cc)", Holds::Conc, "1e18", 1e18),
        ] {
            let csv = format!("{name},other\n{text},1\n{text},1\n");
            let (table, _) =
                read("t.csv", csv.as_bytes(), &data::Dialect::default(), &|_| true).unwrap();
            let column =
                find(&table, holds, None, None, ["a", "b"]).unwrap_or_else(|e| panic!("{e}"));
            let found = column.value(&table, 0).unwrap();
            assert!((found - expected).abs() < 1e-9 * expected.abs(), "{name}: {found}");
        }
    }

    #[test]
    fn a_unit_is_never_guessed_nor_a_column_of_several() {
        let at = |csv: &str, holds| {
            let (table, _) =
                read("t.csv", csv.as_bytes(), &data::Dialect::default(), &|_| true).unwrap();
            find(&table, holds, None, None, ["`temp_column`", "`temp_unit`"])
                .unwrap_err()
                .to_string()
        };
        assert_eq!(
            at("time_s,Temp\n1,20\n2,30\n", Holds::Temperature),
            "t.csv:1:1: column `Temp` has no unit\n  expected one of C, K in its name, in a row of units, or `temp_unit`"
        );
        assert_eq!(
            at("time_s,TC1 (C),TC2 (C)\n1,20,21\n2,30,31\n", Holds::Temperature),
            "t.csv:1:1: 2 columns could be the temp_c\n  expected `temp_column` with one of `TC1 (C)`, `TC2 (C)`"
        );
    }

    #[test]
    fn a_header_below_titles_is_found_in_long_files_of_any_encoding() {
        let rows: String = (0..1000).map(|i| format!("{i},1e17\n")).collect();
        let text = format!("SIMS report,A-17\nInstrument,Cameca\ndepth_nm,conc_cm3\n{rows}");
        let wide = |order: fn(u16) -> [u8; 2], mark: [u8; 2]| {
            let units = text.encode_utf16().flat_map(order);
            mark.into_iter().chain(units).collect::<Vec<u8>>()
        };
        let has_depth = |table: &Table| !candidates(table, Holds::Depth).is_empty();
        for bytes in [
            text.clone().into_bytes(),
            wide(u16::to_le_bytes, [0xff, 0xfe]),
            wide(u16::to_be_bytes, [0xfe, 0xff]),
        ] {
            let (table, notes) =
                read("t.csv", &bytes, &data::Dialect::default(), &has_depth).unwrap();
            assert_eq!((table.len(), table.columns[0].as_str()), (1000, "depth_nm"));
            assert!(
                notes.iter().any(|note| note == "t.csv is read with header_row 3"),
                "{notes:?}"
            );
        }
    }
}
