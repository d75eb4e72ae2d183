#![expect(clippy::disallowed_methods, reason = "tests read files")]

use super::{Dialect, Reading, read};
use crate::number::parse_decimal;
use crate::table::Header;
use serde_json::Value;
use std::path::Path;

fn load(name: &str, dialect: &Dialect) -> (Reading, Value) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/messy");
    let bytes = std::fs::read(folder.join(name)).unwrap();
    let stem = name.rsplit_once('.').unwrap().0;
    let expected = std::fs::read(folder.join(format!("{stem}.expected.json"))).unwrap();
    let reading =
        read(name, &bytes, Header::Required, dialect).unwrap_or_else(|e| panic!("{name}:\n{e}"));
    (reading, serde_json::from_slice(&expected).unwrap())
}

/// Compares a file with the table beside it, cell by cell, and with the lines that are not data.
fn hold(name: &str, dialect: &Dialect) -> Reading {
    let (reading, expected) = load(name, dialect);
    let table = &reading.table;
    assert_eq!(Some(table.header_line() as u64), expected["header_line"].as_u64(), "{name}");
    for (column, wanted) in expected["columns"].as_array().unwrap().iter().enumerate() {
        let bare = table.columns[column].split(['(', '[']).next().unwrap().trim();
        assert_eq!(Some(bare), wanted["name"].as_str(), "{name}");
        assert_eq!(table.unit(column), wanted["unit"].as_str(), "{name} {bare}");
    }
    let rows = expected["rows"].as_array().unwrap();
    assert_eq!(
        (table.len(), table.columns.len()),
        (rows.len(), rows[0].as_array().unwrap().len()),
        "{name}"
    );
    for (row, wanted) in rows.iter().enumerate() {
        for (column, wanted) in wanted.as_array().unwrap().iter().enumerate() {
            let cell = table.cell(row, column);
            let place = format!("{name}: line {} column {column}: {cell}", table.line(row));
            match wanted {
                Value::Null => assert_eq!(cell, "", "{place}"),
                Value::Number(number) => {
                    assert_eq!(parse_decimal(cell), number.as_f64(), "{place}")
                }
                _ => assert_eq!(
                    Some(cell.replace(' ', "T")),
                    wanted.as_str().map(|w| w.replace(' ', "T")),
                    "{place}"
                ),
            }
        }
    }
    reading
}

fn notes(reading: &Reading) -> String {
    reading.notes.join("\n")
}

#[test]
fn a_german_spreadsheet() {
    let reading = hold("excel_de.csv", &Dialect::default());
    assert_eq!(
        notes(&reading),
        "is read with --encoding windows-1252 --decimal , --thousands . --date-format dmy\n\
         1 line is left out: 1 (sep=)"
    );
}

#[test]
fn a_french_spreadsheet() {
    let missing = Dialect { missing: vec!["N/D".to_owned()], ..Dialect::default() };
    let reading = hold("excel_fr.csv", &missing);
    assert_eq!(
        notes(&reading),
        "is read with --separator ';' --decimal , --thousands space --date-format dmy"
    );
    let (reading, _) = load("excel_fr.csv", &Dialect::default());
    assert!(reading.table.number(6, 4).unwrap_err().found.contains("`N/D`"));
}

#[test]
fn an_american_spreadsheet() {
    let reading = hold("excel_us.csv", &Dialect::default());
    assert_eq!(notes(&reading), "is read with --thousands , --date-format mdy");
}

#[test]
fn the_log_of_an_instrument() {
    let reading = hold("instrument_log.csv", &Dialect::default());
    assert_eq!(
        notes(&reading),
        "is read with --header-row 6 --units-row 7\n\
         15 lines are left out: 1 to 4 (title), 5 (blank), 7 (units), 13 (blank), 19 (blank), 20 (message), \
         21 (repeated header), 22 (repeated units), 28 (blank), 29 to 30 (summary), 31 (footer)"
    );
}

#[test]
fn tables_of_statistics_programs() {
    let dot = Dialect { missing: vec![".".to_owned()], ..Dialect::default() };
    let reading = hold("jmp_text.txt", &dot);
    assert_eq!(notes(&reading), "is read with --separator tab --date-format mdy");
    let star = Dialect { missing: vec!["*".to_owned()], ..Dialect::default() };
    let reading = hold("minitab_worksheet.csv", &star);
    assert_eq!(
        notes(&reading),
        "is read with --date-format dmy --header-row 2\n3 lines are left out: 1 (column ids), 15 to 16 (empty)"
    );
}

#[test]
fn merged_cells_are_filled_on_request() {
    let fill =
        Dialect { fill_down: vec!["Lot".to_owned(), "Recipe".to_owned()], ..Dialect::default() };
    hold("unicode_text_merged.txt", &fill);
    let (reading, _) = load("unicode_text_merged.txt", &Dialect::default());
    assert_eq!(reading.table.cell(1, 0), "");
    assert!(notes(&reading).contains(
        "column `Lot` has 9 empty cells: --fill-down Lot,Recipe repeats the cell above them"
    ));
    let wrong = Dialect { fill_down: vec!["Lots".to_owned()], ..Dialect::default() };
    let error = read("t", b"Lot,x\na,1\n", Header::Required, &wrong).unwrap_err().to_string();
    assert!(error.ends_with("did you mean `Lot`?"), "{error}");
}

#[test]
fn two_possible_readings_are_told() {
    let (reading, expected) = load("ambiguous.csv", &Dialect::default());
    let values = |reading: &Reading| -> Vec<f64> {
        (0..3).map(|row| reading.table.number(row, 2).unwrap()).collect()
    };
    let wanted = |at: usize| -> Vec<f64> {
        expected["readings"][at]["values"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(Value::as_f64)
            .collect()
    };
    assert_eq!(values(&reading), wanted(0));
    assert_eq!(
        notes(&reading),
        "is read with --separator ';' --decimal ,\n\
         `1,234` in column `Wert` is taken for 1.234 (--decimal ,); --decimal . reads 1234\n\
         the dates of column `Datum` may be day/month or month/day: state which by --date-format dmy or mdy"
    );
    let point =
        Dialect { decimal: Some('.'), date_format: Some("mdy".to_owned()), ..Dialect::default() };
    let (reading, _) = load("ambiguous.csv", &point);
    assert_eq!(values(&reading), wanted(1));
    assert_eq!((reading.table.cell(0, 1), notes(&reading).lines().count()), ("2026-03-04", 1));
}

fn of(text: &str) -> Result<Reading, String> {
    read("t", text.as_bytes(), Header::UnlessNumbers, &Dialect::default())
        .map_err(|e| e.to_string())
}

#[test]
fn a_number_sign_is_no_comment_within_data() {
    let reading = of("# tool 7\nlot,tox_nm\n#12,10\n#13,30\nc,11\n").unwrap();
    assert_eq!((reading.table.len(), reading.table.cell(1, 0), reading.notes.len()), (3, "#13", 0));
    let reading = of("x\n10\n#N/A\n11\n").unwrap();
    let fault = reading.table.number(1, 0).unwrap_err().to_string();
    assert_eq!(fault, "t:3:1: `#N/A` in column `x` is an error of a spreadsheet");
    let reading = of("# volts\n1.5\n-2\n").unwrap();
    assert_eq!((reading.table.len(), reading.table.columns.len(), reading.notes.len()), (2, 1, 0));
}

#[test]
fn rows_of_data_with_another_width_stay_faults() {
    assert_eq!(of("a,b\n1,2,3\n").unwrap_err(), "t:2: the row has 3 cells\n  expected 2: a, b");
    assert_eq!(
        of("a;b;c\n1;2;3\n4;5\n").unwrap_err(),
        "t:3: the row has 2 cells\n  expected 3: a, b, c (--separator ';')"
    );
    assert_eq!(of("a,b\nx,1\ny\n").unwrap().notes, ["1 line is left out: 3 (footer)"]);
    assert_eq!(of("a,,c\n1,2,3\n").unwrap_err(), "t:1: column 2 has no name");
    assert_eq!(of("a,a\n1,2\n").unwrap_err(), "t:1: duplicate column `a`");
    assert_eq!(of("").unwrap_err(), "t: the table is empty");
    assert_eq!(of("a,b\n1,\"x\n2,3\n").unwrap_err(), "t:2:3: a quote is never closed");
}

#[test]
fn contradictions_within_a_column_are_faults() {
    let error = of("lot;x\na;1,25\nb;1.5\nc;2,75\n").unwrap_err();
    assert_eq!(
        error,
        "t:2:3: `1,25` in column `x` has a decimal comma, `1.5` a point\n  expected --decimal . or --decimal ,"
    );
}

#[test]
fn clean_files_are_read_as_they_are_and_nothing_is_said() {
    for text in [
        "lot,x\r\na,1.5\r\n\r\nb,-2e1\r\n",
        "\u{feff}lot,\"x\"\na,1.5\nb,-2e1\n",
        "{\"lot\":\"a\",\"x\":1.5}\n{\"lot\":\"b\",\"x\":-20}\n",
    ] {
        let reading = of(text).unwrap();
        let values: Vec<f64> = (0..2).map(|row| reading.table.number(row, 1).unwrap()).collect();
        assert_eq!((values.as_slice(), reading.notes.len()), (&[1.5, -20.0][..], 0), "{text}");
    }
}

proptest::proptest! {
    #[test]
    fn no_text_ends_the_program(text in "[a-c0-9,;.\t\n\r\"#%() \u{a0}ä/:TAM-]{0,80}", told in 0..6) {
        let dialect = match told {
            0 => Dialect { separator: Some(';'), ..Dialect::default() },
            1 => Dialect { decimal: Some(','), fill_down: vec!["a".to_owned()], ..Dialect::default() },
            2 => Dialect { header_row: Some(2), units_row: Some(3), ..Dialect::default() },
            3 => Dialect { date_format: Some("%d.%m.%y %I:%M %p".to_owned()), ..Dialect::default() },
            _ => Dialect::default(),
        };
        for header in [Header::Required, Header::UnlessNumbers] {
            if let Ok(reading) = read("t", text.as_bytes(), header, &dialect) {
                let table = reading.table;
                for row in 0..table.len() {
                    for column in 0..table.columns.len() {
                        let _ = table.number(row, column);
                    }
                }
            }
        }
    }
}

#[test]
fn brackets_behind_a_name_tell_the_unit_of_a_clean_file_too() {
    for text in ["t (s),CD [nm],n\n1,2,3\n", "[{\"t (s)\": 1, \"CD [nm]\": 2, \"n\": 3}]"] {
        let table =
            read("t", text.as_bytes(), Header::Required, &Dialect::default()).unwrap().table;
        let units: Vec<Option<&str>> = (0..3).map(|column| table.unit(column)).collect();
        assert_eq!(units, [Some("s"), Some("nm"), None], "{text}");
    }
}
