//! Measure files of the HSPICE family: `.mt0 .ms0 .ma0`, and their comma-separated form (`MEASFORM=3`).
//!
//! ```text
//! $DATA1 SOURCE='HSPICE' VERSION='L-2016.06 linux64' PARAM_COUNT=0
//! .TITLE '* dc sweep of a relay'
//!  rchg             tmech            trl              tmechbb
//!  trlbb            temper           alter#
//!   1.623e-08        1.559e-08        5.675e-10        1.434e-08
//!   1.067e-09         25.0000        1
//! ```
//!
//! Names and values wrap at a width that differs between versions, so tokens are counted: names end with
//! `alter#`, and each row has as many values as there are names.

mod tokens;

pub(super) use tokens::number;

use super::{Measure, Measures, Status};
use libchar_core::number::parse_decimal;
use libchar_core::{Fault, Faults};
use std::collections::BTreeMap;
use tokens::{Token, is_value, may_be_value, tokens, value};

/// The most faults of one file that are reported; further ones add nothing.
const MOST_FAULTS: usize = 20;

/// From this column on, the continuation of a row is aligned below its second value: the first
/// value is swept.
const HANGING_COLUMN: usize = 10;

/// The part of a file before the rows.
#[derive(Default)]
struct Header<'a> {
    names: Vec<Token<'a>>,
    /// What `PARAM_COUNT` says, and its line.
    parameters: Option<(usize, usize)>,
    csv: bool,
}

/// Whether a text looks like a measure file of this family.
pub fn recognizes(text: &str) -> bool {
    text.lines()
        .map(str::trim_start)
        .take_while(|line| line.is_empty() || line.starts_with(['$', '.']))
        .any(|line| line.starts_with("$DATA") || is_title(line))
}

/// Reads a measure file; `file` names it in faults, and `alter` is the alter of rows that do not
/// state theirs.
///
/// As many columns as the file's `PARAM_COUNT` are swept, besides the first one if it is `index`.
/// If the file has no count, or a count of 0, the first column is swept if an alter has more than
/// one row. `temper` becomes [`Measure::temp_c`]. If there is no row, every measure is missing.
///
/// # Errors
/// A file without a header or with half of one, a measure named twice, a value that is not a
/// number, a row that is cut, two files in one, more swept quantities than columns.
pub fn parse(file: &str, text: &str, alter: u32) -> Result<Measures, Faults> {
    let mut faults = Vec::new();
    let (header, values) = split(file, text, &mut faults);
    let columns = Columns::find(file, &header, &mut faults);
    if !faults.is_empty() {
        return Faults::or(Measures::default(), faults);
    }
    let rows = rows(file, text, &header, &values, &mut faults);
    let sheet = Sheet { header: &header, columns, rows };
    let measures = sheet.measures(file, alter, &mut faults);
    faults.truncate(MOST_FAULTS);
    Faults::or(measures, faults)
}

fn is_title(line: &str) -> bool {
    line.get(..6).is_some_and(|start| start.eq_ignore_ascii_case(".title"))
}

/// Separates names from values.
fn split<'a>(file: &str, text: &'a str, faults: &mut Vec<Fault>) -> (Header<'a>, Vec<Token<'a>>) {
    let mut header = Header::default();
    let mut values = Vec::new();
    let mut named = false;
    for (index, line) in text.lines().enumerate() {
        let trimmed = line.trim_start();
        if trimmed.starts_with('$') || is_title(trimmed) {
            if !header.names.is_empty() {
                let what = "another measure file begins within this one";
                faults.push(Fault::at(file, index + 1, 1, what).expected("one run per file"));
                break;
            }
            match parameter_count(trimmed) {
                Some(Ok(count)) => header.parameters = Some((count, index + 1)),
                Some(Err(word)) => {
                    let what = format!("PARAM_COUNT is `{word}`");
                    let fault = Fault::at(file, index + 1, 1, what);
                    faults.push(fault.expected("the number of swept quantities"));
                }
                None => {}
            }
            continue;
        }
        // A comma at the end of every line does not make an empty cell.
        let line = if header.csv { line.trim_end().trim_end_matches(',') } else { line };
        header.csv |= header.names.is_empty() && line.contains(',');
        let tokens: Vec<Token> = tokens(line, index + 1, header.csv).collect();
        // The names end where the values begin. A name such as `inf` looks like a value, but other
        // names are beside it.
        let begins_values = !tokens.is_empty() && tokens.iter().all(|token| is_value(token.text));
        named |=
            begins_values && !header.names.is_empty() || header.csv && !header.names.is_empty();
        if begins_values && !named {
            let fault = Fault::at(file, index + 1, 1, "values without names before them");
            faults.push(fault.expected("$DATA1, .TITLE and the names of the measures first"));
            break;
        }
        for token in tokens {
            if named {
                values.push(token);
            } else {
                named = !header.csv && has_alter(&header.names) && may_be_value(token.text);
                let to = if named { &mut values } else { &mut header.names };
                to.push(token);
            }
        }
    }
    match header.names.last() {
        _ if !faults.is_empty() => {}
        None => {
            let what =
                if text.trim().is_empty() { "the file is empty" } else { "no names of measures" };
            faults.push(Fault::of(file, what).expected("$DATA1, .TITLE, names and values"));
        }
        Some(last) if values.is_empty() && !has_alter(&header.names) => {
            let what = format!("the file ends within the names, at `{}`", last.text);
            faults.push(
                Fault::at(file, last.line, last.column, what).expected("names up to `alter#`"),
            );
        }
        Some(_) => {}
    }
    (header, values)
}

fn has_alter(names: &[Token]) -> bool {
    names.iter().any(|name| name.text.eq_ignore_ascii_case("alter#"))
}

/// The number of swept columns besides `index`, as the first line states it; `Err` holds the word
/// there if it is not a number.
fn parameter_count(line: &str) -> Option<Result<usize, &str>> {
    let (_, after) = line.split_once("PARAM_COUNT=")?;
    let word = after.split_whitespace().next().unwrap_or_default();
    Some(word.parse().map_err(|_| word))
}

/// Which columns are not measures.
struct Columns {
    temper: Option<usize>,
    alter: Option<usize>,
}

impl Columns {
    fn find(file: &str, header: &Header, faults: &mut Vec<Fault>) -> Columns {
        let names = &header.names;
        let mut lines = BTreeMap::new();
        for name in names {
            if let Some(line) = lines.insert(name.text.to_ascii_lowercase(), name.line) {
                let what = format!("measure `{}` again, after line {line}", name.text);
                let fault = Fault::at(file, name.line, name.column, what);
                faults.push(fault.expected("each measure once"));
            }
        }
        let find = |wanted: &str| names.iter().position(|n| n.text.eq_ignore_ascii_case(wanted));
        let columns = Columns { temper: find("temper"), alter: find("alter#") };
        let others = [columns.temper, columns.alter, find("index")];
        let room = names.len().saturating_sub(others.iter().flatten().count());
        if let Some((count, line)) = header.parameters.filter(|(count, _)| *count > room)
            && !names.is_empty()
        {
            let what = format!("PARAM_COUNT={count}, and there are {room} columns for it");
            let fault = Fault::at(file, line, 1, what);
            faults.push(fault.expected("a column for each swept quantity, and the measures"));
        }
        columns
    }
}

/// Cuts the values into rows, each as long as the names.
fn rows<'v, 'a>(
    file: &str,
    text: &str,
    header: &Header,
    values: &'v [Token<'a>],
    faults: &mut Vec<Fault>,
) -> Vec<&'v [Token<'a>]> {
    let width = header.names.len();
    let rows: Vec<&[Token]> = if header.csv {
        values.chunk_by(|a, b| a.line == b.line).collect()
    } else {
        values.chunks(width).collect()
    };
    for row in &rows {
        if row.len() != width {
            let (n, at) = (row.len(), row[row.len() - 1]);
            let cut =
                if at.line == values[values.len() - 1].line { ": the last row is cut" } else { "" };
            let what = format!("the row has {n} of {width} values{cut}");
            faults.push(Fault::at(file, at.line, at.column, what).expected(format!(
                "a value for each of {} … {}",
                header.names[0].text,
                header.names[width - 1].text
            )));
        }
    }
    let ends_in_alter = header.names[width - 1].text.eq_ignore_ascii_case("alter#");
    if let (Some(last), false, false) = (values.last(), text.ends_with('\n'), ends_in_alter) {
        let what = format!("the file ends within a line, at `{}`", last.text);
        let fault = Fault::at(file, last.line, last.column, what);
        faults.push(fault.expected("a whole number and the end of the line"));
    }
    rows
}

/// Names and rows.
struct Sheet<'h, 'v, 'a> {
    header: &'h Header<'a>,
    columns: Columns,
    rows: Vec<&'v [Token<'a>]>,
}

impl Sheet<'_, '_, '_> {
    fn measures(&self, file: &str, alter: u32, faults: &mut Vec<Fault>) -> Measures {
        let names: Vec<String> =
            self.header.names.iter().map(|name| name.text.to_ascii_lowercase()).collect();
        if !faults.is_empty() {
            return Measures::default();
        }
        let alters: Vec<u32> =
            self.rows.iter().map(|row| self.alter(file, row, alter, faults)).collect();
        let swept = self.swept(&names, &alters);
        let is_measure = |column: usize| {
            column >= swept
                && Some(column) != self.columns.temper
                && Some(column) != self.columns.alter
        };
        let mut measures = Measures { sweep: names[..swept].to_vec(), rows: Vec::new() };
        for (row, alter) in self.rows.iter().zip(&alters) {
            let sweep: Vec<f64> = row[..swept]
                .iter()
                .map(|token| value(file, token, faults).unwrap_or(f64::NAN))
                .collect();
            let temp_c = self.columns.temper.and_then(|column| value(file, &row[column], faults));
            for (column, token) in row.iter().enumerate().filter(|(column, _)| is_measure(*column))
            {
                let value = value(file, token, faults);
                measures.rows.push(Measure {
                    name: names[column].clone(),
                    alter: *alter,
                    temp_c,
                    sweep: sweep.clone(),
                    value,
                    status: if value.is_some() { Status::Ok } else { Status::Failed },
                    reason: super::why_no_value(token.text, value),
                    line: token.line,
                });
            }
        }
        if self.rows.is_empty() {
            let names = names.iter().enumerate().filter(|(column, _)| is_measure(*column));
            measures.complete(names.map(|(_, name)| name.as_str()));
        }
        measures
    }

    /// The alter that a row states.
    fn alter(&self, file: &str, row: &[Token], default: u32, faults: &mut Vec<Fault>) -> u32 {
        let Some(column) = self.columns.alter else { return default };
        let number = parse_decimal(row[column].text).unwrap_or(0.0);
        if number >= 1.0 && number.fract() == 0.0 && number <= 1e6 {
            return number as u32;
        }
        let token = &row[column];
        let what = format!("`{}` in column `alter#`", token.text);
        let fault = Fault::at(file, token.line, token.column, what);
        faults.push(fault.expected("the number of an alter, 1 or more"));
        default
    }

    /// How many columns are swept quantities; they come first.
    fn swept(&self, names: &[String], alters: &[u32]) -> usize {
        let measures = names.len() - 1;
        let counted = self.header.parameters.map_or(0, |(count, _)| count);
        let index = usize::from(names[0] == "index");
        if index + counted > 0 {
            return (index + counted).min(names.len());
        }
        let hangs = |row: &&[Token]| {
            row.windows(2).any(|w| w[0].line != w[1].line && w[1].column >= HANGING_COLUMN)
        };
        let several = alters.windows(2).any(|pair| pair[0] == pair[1]);
        usize::from(several || !self.header.csv && self.rows.iter().any(hangs)).min(measures)
    }
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::measure::Measures;
    use crate::measure::Status::{self, Failed, Missing, Ok};
    use proptest::prelude::*;

    const HEAD: &str =
        "$DATA1 SOURCE='HSPICE' VERSION='L-2016.06 linux64' PARAM_COUNT=0\n.TITLE '* t'\n";

    fn read(body: &str) -> Measures {
        parse("sim.mt0", &format!("{HEAD}{body}"), 1).unwrap()
    }

    fn faults(body: &str) -> String {
        parse("sim.mt0", &format!("{HEAD}{body}"), 1).unwrap_err().to_string()
    }

    fn rows(measures: &Measures) -> Vec<(&str, u32, Option<f64>, Status)> {
        measures.rows.iter().map(|row| (&*row.name, row.alter, row.value, row.status)).collect()
    }

    #[test]
    fn names_and_values_wrap() {
        let measures = read(
            " rchg             tmech            Trl              tmechbb         \n\
             \x20trlbb            temper           alter#          \n\
             \x20 1.623e-08        1.559e-08        5.675e-10        1.434e-08      \n\
             \x20 1.067e-09         25.0000        1               \n",
        );
        assert_eq!(
            rows(&measures),
            [
                ("rchg", 1, Some(1.623e-8), Ok),
                ("tmech", 1, Some(1.559e-8), Ok),
                ("trl", 1, Some(5.675e-10), Ok),
                ("tmechbb", 1, Some(1.434e-8), Ok),
                ("trlbb", 1, Some(1.067e-9), Ok),
            ]
        );
        assert!(measures.rows.iter().all(|row| row.temp_c == Some(25.0) && row.sweep.is_empty()));
        assert_eq!(measures.rows[4].line, 6);
    }

    #[test]
    fn failed_nan_and_overflow_have_a_row() {
        let measures = read(" a b c d temper alter#\n failed 0. nan\n 1e999 -139.6595 1.0000\n");
        assert_eq!(
            rows(&measures),
            [
                ("a", 1, None, Failed),
                ("b", 1, Some(0.0), Ok),
                ("c", 1, None, Failed),
                ("d", 1, None, Failed)
            ]
        );
        assert_eq!(measures.rows[3].reason.as_deref(), Some("`1e999` is not a finite number"));
    }

    #[test]
    fn alters_come_from_the_file() {
        let measures = read(" a temper alter#\n 1.0 25.0 3.0000\n");
        assert_eq!(rows(&measures), [("a", 3, Some(1.0), Ok)]);
        let measures = read(" a temper alter#\n 1.0 25.0 1\n 2.0 25.0 2\n");
        assert_eq!(rows(&measures), [("a", 1, Some(1.0), Ok), ("a", 2, Some(2.0), Ok)]);
        assert!(measures.sweep.is_empty());
    }

    #[test]
    fn sweeps_with_and_without_an_index() {
        let measures = read(" vin delay temper alter#\n 0.5 1e-9 25. 1\n 0.6 2e-9 25. 1\n");
        assert_eq!(measures.sweep, ["vin"]);
        assert_eq!(measures.rows[1].sweep, [0.6]);
        assert_eq!(rows(&measures).len(), 2);

        let text = "$DATA1 SOURCE='HSPICE' VERSION='L-2016' PARAM_COUNT=2\n.TITLE ''\n \
                    index p1 p2 delay temper alter#\n 1. 0.1 0.2 3e-12 25. 1\n";
        let measures = parse("mc.mt0", text, 1).unwrap();
        assert_eq!(measures.sweep, ["index", "p1", "p2"]);
        assert_eq!(measures.rows[0].sweep, [1.0, 0.1, 0.2]);
        assert_eq!(rows(&measures), [("delay", 1, Some(3e-12), Ok)]);
    }

    #[test]
    fn the_count_of_the_header_decides() {
        let file = |count: &str, body: &str| {
            let text = format!("$DATA1 SOURCE='HSPICE' PARAM_COUNT={count}\n.TITLE ''\n{body}");
            parse("a.mt0", &text, 1)
        };
        let body =
            " vdd cl delay temper alter#\n 0.9 1e-15 1.5e-10 25 1\n 0.9 2e-15 2.5e-10 25 1\n";
        let measures = file("2", body).unwrap();
        assert_eq!(measures.sweep, ["vdd", "cl"]);
        assert_eq!(
            rows(&measures),
            [("delay", 1, Some(1.5e-10), Ok), ("delay", 1, Some(2.5e-10), Ok)]
        );
        let one = file("1", " vdd delay temper alter#\n 0.9 1.5e-10 25 1\n").unwrap();
        assert_eq!((one.sweep.len(), rows(&one)), (1, vec![("delay", 1, Some(1.5e-10), Ok)]));
        for (count, what) in [
            ("10", "a.mt0:1:1: PARAM_COUNT=10, and there are 3 columns for it\n"),
            ("x", "a.mt0:1:1: PARAM_COUNT is `x`\n"),
        ] {
            let message = file(count, body).unwrap_err().to_string();
            assert!(message.starts_with(what), "{message}");
        }
    }

    #[test]
    fn alter_may_stand_anywhere_and_a_name_may_look_like_a_value() {
        let measures = read(" inf alter# b temper\n 1.0 2 3.0 25.\n");
        assert_eq!(rows(&measures), [("inf", 2, Some(1.0), Ok), ("b", 2, Some(3.0), Ok)]);
    }

    #[test]
    fn one_swept_row_is_known_by_its_hanging_continuation() {
        let measures = read(
            " vbody            ion              ioff             vth\n temper           alter#\n  \
              0.5000           1.404e-09        2.1e-12          0.4\n                   25.0000        1\n",
        );
        assert_eq!(measures.sweep, ["vbody"]);
        assert_eq!(rows(&measures).len(), 3);
    }

    #[test]
    fn the_comma_form() {
        let text = "$DATA1 SOURCE='HSPICE' VERSION='Q-2020' PARAM_COUNT=1\n$OPTION MEASFORM=3\n.TITLE 'x'\n\
                    index,k,delay,temper,alter#\n   2.00000e+00,   0.,5.75000e-12,25.,1\n";
        let measures = parse("a.mt0.csv", text, 1).unwrap();
        assert_eq!(measures.sweep, ["index", "k"]);
        assert_eq!(rows(&measures), [("delay", 1, Some(5.75e-12), Ok)]);
        let cut = text.strip_suffix(",25.,1\n").unwrap();
        let message = parse("a.mt0.csv", cut, 1).unwrap_err().to_string();
        assert!(message.starts_with("a.mt0.csv:5:22: the row has 3 of 5 values"), "{message}");
    }

    #[test]
    fn a_run_without_rows_leaves_every_measure_missing() {
        assert_eq!(
            rows(&read(" a b temper alter#\n")),
            [("a", 1, None, Missing), ("b", 1, None, Missing)]
        );
    }

    #[test]
    fn old_files_without_alter_or_title() {
        let measures = parse("a.mt1", "$DATA1\n.title unquoted 'text\n a b\n 1. 2.\n", 2).unwrap();
        assert_eq!(rows(&measures), [("a", 2, Some(1.0), Ok), ("b", 2, Some(2.0), Ok)]);
    }

    /// Of one column with two rows, none is left that could be swept.
    #[test]
    fn a_sole_column_is_a_measure() {
        let measures = parse("a.mt0", "$DATA1\n.title unquoted\n a\n 1.\n 2.\n", 1).unwrap();
        assert_eq!(rows(&measures), [("a", 1, Some(1.0), Ok), ("a", 1, Some(2.0), Ok)]);
        assert!(measures.sweep.is_empty());
    }

    #[test]
    fn a_header_may_follow_empty_lines_and_comments() {
        assert!(super::recognizes("\n$ comment\n$DATA1 SOURCE='HSPICE'\n"));
        assert!(!super::recognizes("prose\n$DATA1 SOURCE='HSPICE'\n"));
    }

    #[test]
    fn damaged_files_are_named() {
        for (body, message) in [
            (
                " a b temper alter#\n 1. 2. 25. 1\n 1. 2.\n",
                "sim.mt0:5:5: the row has 2 of 4 values: the last row is cut\n  expected a value for each of a … alter#",
            ),
            (
                " a A alter#\n 1. 2. 1\n",
                "sim.mt0:3:4: measure `A` again, after line 3\n  expected each measure once",
            ),
            (
                " a alter#\n 2.3e 1\n",
                "sim.mt0:4:2: `2.3e` is not a number\n  expected a number, or `failed`",
            ),
            (
                " a alter#\n 2.3 0.5\n",
                "sim.mt0:4:6: `0.5` in column `alter#`\n  expected the number of an alter, 1 or more",
            ),
            (
                " 1 8.762e-10\n",
                "sim.mt0:3:1: values without names before them\n  expected $DATA1, .TITLE and the names of the measures first",
            ),
            (
                " a b te",
                "sim.mt0:3:6: the file ends within the names, at `te`\n  expected names up to `alter#`",
            ),
            (
                " a alter#\n 2.3 1\n$DATA1\n",
                "sim.mt0:5:1: another measure file begins within this one\n  expected one run per file",
            ),
            ("", "sim.mt0: no names of measures\n  expected $DATA1, .TITLE, names and values"),
            (
                " a b\n 1. 2.3e-1",
                "sim.mt0:4:5: the file ends within a line, at `2.3e-1`\n  expected a whole number and the end of the line",
            ),
        ] {
            assert_eq!(faults(body), message);
        }
        assert_eq!(
            parse("e.mt0", "", 1).unwrap_err().to_string(),
            "e.mt0: the file is empty\n  expected $DATA1, .TITLE, names and values"
        );
    }

    /// Writes a file as HSPICE does, with `width` columns in each line.
    fn written(names: &[String], rows: &[Vec<f64>], width: usize) -> String {
        let wrap = |words: Vec<String>| -> String {
            words.chunks(width).map(|line| format!(" {} \n", line.join("  "))).collect()
        };
        let mut text =
            HEAD.to_owned() + &wrap([names, &["temper".into(), "alter#".into()]].concat());
        for (alter, row) in rows.iter().enumerate() {
            let values = row.iter().map(|value| format!("{value:e}"));
            text += &wrap(values.chain(["25.0000".into(), (alter + 1).to_string()]).collect());
        }
        text
    }

    proptest! {
        #[test]
        fn whatever_the_width_every_value_comes_back(
            rows in (1usize..9).prop_flat_map(|n| proptest::collection::vec(
                proptest::collection::vec(-1e3f64..1e3, n), 1..5)),
            width in 1usize..6,
        ) {
            let names: Vec<String> = (0..rows[0].len()).map(|i| format!("m{i}[{i}]")).collect();
            let measures = parse("p.mt0", &written(&names, &rows, width), 1).unwrap();
            let values: Vec<f64> = measures.rows.iter().filter_map(|row| row.value).collect();
            prop_assert_eq!(values, rows.concat());
        }

        #[test]
        fn a_cut_file_never_loses_a_row_in_silence(width in 1usize..5, cut in 1usize..60) {
            let names = ["a".to_owned(), "b".to_owned(), "c".to_owned()];
            let rows = vec![vec![1.25, 2.5, 3.75], vec![4.5, 5.5, 6.5], vec![7.5, 8.5, 9.5]];
            let text = written(&names, &rows, width);
            let values = &text[..text.len() - cut];
            let read = parse("p.mt0", values, 1);
            // Whole rows may be missing after the cut: what is left must then end at the end of a
            // row.
            if let std::result::Result::Ok(measures) = read {
                let left: Vec<f64> = measures.rows.iter().filter_map(|row| row.value).collect();
                prop_assert_eq!(&left[..], &rows.concat()[..left.len()]);
                prop_assert!(left.len().is_multiple_of(3));
            }
        }

        #[test]
        fn any_text_gives_measures_or_faults(text in "[ -~\n,\\$]{0,200}") {
            let _ = parse("p.mt0", &text, 1);
            let _ = super::super::parse("p.mt0", text.as_bytes(), 1, &["v(y)".to_owned()]);
        }
    }
}
