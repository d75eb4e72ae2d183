//! Vectors that `print` wrote: `v(y) = 5.0e-01`, `v(y) = ( 0.0 1.0 )`, and tables along what an
//! analysis sweeps.
//!
//! Only names that were asked for are looked for: a name with signs in it may be any equation in a
//! log.

use super::Measure;
use libchar_core::number::parse_decimal;

/// Width of the first column of a table, `Index`, and of all others, in characters (ngspice 39, `com_print`).
const INDEX_WIDTH: usize = 8;
const COLUMN_WIDTH: usize = 16;

const COMPLEX: &str = "a complex value: print its mag(), db(), ph(), real() or imag()";

/// A name in the form in which names are compared: in lower case, without blanks.
pub fn normal(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// The asked name, value and flaw of a line `name = value` whose name has signs that a measure's
/// name cannot have.
pub(super) fn scalar<'l, 'a>(
    line: &'l str,
    asked: &'a [String],
) -> Option<(&'a str, &'l str, Option<&'static str>)> {
    let (name, value) = line.rsplit_once(" = ")?;
    let name = normal(name);
    let name = asked.iter().find(|asked| **asked == name)?;
    let value = value.trim();
    let flaw = match value.split_once(',') {
        _ if value.starts_with('(') => {
            Some("a vector of several values: print one, such as v(y)[0] or maximum(v(y))")
        }
        Some((real, imaginary)) if is_number(real) && is_number(imaginary.trim()) => Some(COMPLEX),
        _ if value.parse::<f64>().is_ok() => None,
        _ => return None,
    };
    Some((name, value, flaw))
}

fn is_number(text: &str) -> bool {
    parse_decimal(text).is_some()
}

/// A column that was asked for, along what is swept.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Column {
    /// The name as it was asked for.
    pub name: String,
    /// What is swept: `v-sweep`, `time`, `frequency`.
    pub scale: String,
    /// Line of its first heading.
    pub line: usize,
    /// The swept value, and the value as printed.
    steps: Vec<(f64, String)>,
}

impl Column {
    /// Whether another column is equal to this one.
    pub fn says(&self, other: &Column) -> bool {
        self.name == other.name && self.scale == other.scale && self.steps == other.steps
    }

    /// Returns one row for each step.
    pub fn rows(&self, alter: u32, temp_c: Option<f64>) -> impl Iterator<Item = Measure> {
        self.steps.iter().map(move |(scale, text)| {
            let read = Measure::read(&self.name, alter, text, self.line);
            let measure = match text.contains(',') {
                true => Measure { reason: Some(COMPLEX.to_owned()), ..read },
                false => read,
            };
            Measure { sweep: vec![*scale], temp_c, ..measure }
        })
    }
}

/// The table that the lines of a log are in.
#[derive(Debug, Default)]
pub(super) struct Tables {
    /// The columns of this page that were asked for: the number of the cell in a row, and the place
    /// in `columns`.
    page: Option<Vec<(usize, usize)>>,
}

impl Tables {
    /// Whether a line is the heading of a table.
    pub fn begin(line: &str) -> bool {
        line.trim_start_matches('\u{c}').starts_with("Index   ")
    }

    /// Whether the line before belongs to a table.
    pub fn is_open(&self) -> bool {
        self.page.is_some()
    }

    /// Adds a heading, or a line after one, to the columns of its analysis.
    pub fn take(&mut self, line: &str, number: usize, asked: &[String], columns: &mut Vec<Column>) {
        let text = line.trim_start_matches('\u{c}');
        if Tables::begin(text) {
            self.page = Some(heading(text, number, asked, columns));
            return;
        }
        let Some(page) = &self.page else { return };
        if text.is_empty() || text.starts_with("----") {
            return;
        }
        let Some((index, cells)) = cells(text) else {
            self.page = None;
            return;
        };
        let scale = cells.first().and_then(|cell| parse_decimal(cell.split(',').next()?));
        for &(at, place) in page {
            let steps = &mut columns[place].steps;
            // A vector that is printed again has its steps already.
            if let (Some(scale), Some(cell), true) = (scale, cells.get(at), index == steps.len()) {
                steps.push((scale, cell.clone()));
            }
        }
    }
}

/// The columns of a page: numbers of cells with places in `columns`. Pages repeat their heading.
fn heading(
    text: &str,
    line: usize,
    asked: &[String],
    columns: &mut Vec<Column>,
) -> Vec<(usize, usize)> {
    let characters: Vec<char> = text.chars().skip(INDEX_WIDTH).collect();
    let names = characters.chunks(COLUMN_WIDTH).map(|chunk| chunk.iter().collect::<String>());
    let names: Vec<String> = names.map(|name| name.trim().to_owned()).collect();
    let Some(scale) = names.first().map(|name| normal(name)) else { return Vec::new() };
    let mut page = Vec::new();
    for (at, shown) in names.iter().enumerate().skip(1) {
        // A long name is cut.
        let is_cut = shown.chars().count() >= COLUMN_WIDTH - 1;
        let shown = normal(shown);
        let fits = |name: &&String| **name == shown || is_cut && name.starts_with(&shown);
        let Some(name) = asked.iter().find(fits) else { continue };
        let known = columns.iter().position(|column| column.name == *name && column.scale == scale);
        let place = known.unwrap_or_else(|| {
            columns.push(Column {
                name: name.clone(),
                scale: scale.clone(),
                line,
                steps: Vec::new(),
            });
            columns.len() - 1
        });
        page.push((at, place));
    }
    page
}

/// The index of a row and its cells; a complex one is two, with a comma between.
fn cells(text: &str) -> Option<(usize, Vec<String>)> {
    let mut parts = text.split('\t').map(str::trim).filter(|part| !part.is_empty());
    let index = parts.next()?.parse().ok()?;
    let mut cells = Vec::new();
    while let Some(part) = parts.next() {
        let rest = if part.ends_with(',') { parts.next().unwrap_or_default() } else { "" };
        cells.push(format!("{part}{rest}"));
    }
    Some((index, cells))
}

#[cfg(test)]
mod tests {
    use crate::measure::Status;
    use crate::measure::ngspice::parse_asked;

    /// ngspice 39.3: `op`, `print v(b) v(a)-v(b)`, `dc v1 0 1 0.5`, `print v(b)`, `print line v(a)`, `ac`, `print v(c)`.
    const PRINTED: &str = "\
Doing analysis at TEMP = 27.000000 and TNOM = 27.000000
V(b) = 5.000000e-01
v(a) - v(b) = 5.000000e-01
z = 1.000000e+00
Doing analysis at TEMP = 27.000000 and TNOM = 27.000000
                                      * rc
                                      DC transfer characteristic  Fri Nov 27 11:50:14  2026
--------------------------------------------------------------------------------
Index   v-sweep         v(d)            v(a)-v(b)+v(a)+ q
--------------------------------------------------------------------------------
0\t0.000000e+00\t0.000000e+00\t0.000000e+00\t1.000000e+00\t
1\t5.000000e-01\t2.500000e-01\t7.500000e-01\t1.000000e+00\t
\u{c}
                                      * rc
                                      DC transfer characteristic  Fri Nov 27 11:50:14  2026
--------------------------------------------------------------------------------
Index   v-sweep         v(d)            v(a)-v(b)+v(a)+ q
--------------------------------------------------------------------------------
2\t1.000000e+00\t5.000000e-01\t1.500000e+00\t1.000000e+00\t
v(l) = (  0.000000e+00\t2.500000e-01\t5.000000e-01\t)
Doing analysis at TEMP = 27.000000 and TNOM = 27.000000
Index   frequency       v(c)
--------------------------------------------------------------------------------
0\t1.000000e+03\t5.000000e-01,\t-1.57080e-06\t
v(c)[0] = 5.000000e-01,-1.57080e-06
";

    #[test]
    fn a_table_ends_with_its_analysis() {
        let head = "Doing analysis at TEMP = 27.0 and TNOM = 27.0\n";
        let log =
            format!("{head}Index   v-sweep         v(y)\n0\t0.0\t1.0\t\n{head}1\t0.0\t2.0\t\n");
        let rows = parse_asked("sim_tx.log", &log, &["v(y)".to_owned()]).unwrap().rows;
        let found: Vec<_> = rows.iter().map(|row| (row.value, row.temp_c)).collect();
        assert_eq!(found, [(Some(1.0), Some(27.0))]);
    }

    #[test]
    fn printed_vectors_count_where_they_are_asked_for() {
        let names = ["v(b)", "v(a)-v(b)", "v(d)", "v(a)-v(b)+v(a)+v(b)", "v(l)", "v(c)", "v(c)[0]"];
        let asked: Vec<String> = names.map(str::to_owned).into();
        let read = parse_asked("sim_tx.log", PRINTED, &asked).unwrap();
        assert_eq!(read.sweep, ["frequency", "v-sweep"]);
        let rows: Vec<(&str, Option<f64>, Vec<f64>)> = read
            .rows
            .iter()
            .map(|row| {
                let steps = row.sweep.iter().copied().filter(|step| step.is_finite()).collect();
                assert_eq!(row.alter, 1, "{}", row.name);
                (row.name.as_str(), row.value, steps)
            })
            .collect();
        let long = "v(a)-v(b)+v(a)+v(b)";
        assert_eq!(
            rows,
            [
                ("v(b)", Some(0.5), vec![]),
                ("v(a)-v(b)", Some(0.5), vec![]),
                ("z", Some(1.0), vec![]),
                ("v(l)", None, vec![]),
                ("v(c)[0]", None, vec![]),
                ("v(c)", None, vec![1e3]),
                ("v(d)", Some(0.0), vec![0.0]),
                ("v(d)", Some(0.25), vec![0.5]),
                ("v(d)", Some(0.5), vec![1.0]),
                (long, Some(0.0), vec![0.0]),
                (long, Some(0.75), vec![0.5]),
                (long, Some(1.5), vec![1.0]),
            ]
        );
        let complex = read.rows.iter().find(|row| row.name == "v(c)").unwrap();
        assert_eq!(complex.status, Status::Failed);
        let why = |name: &str| {
            let row = read.rows.iter().find(|row| row.name == name).unwrap();
            row.reason.clone().unwrap_or_default()
        };
        assert!(why("v(l)").starts_with("a vector of several values"), "{}", why("v(l)"));
        assert!(why("v(c)[0]").starts_with("a complex value"), "{}", why("v(c)[0]"));
        assert_eq!(why("v(c)"), why("v(c)[0]"));
        let unasked = parse_asked("sim_tx.log", PRINTED, &[]).unwrap().rows;
        assert_eq!(unasked.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["z"]);
    }
}
