//! Measure files made of lines `name = value`, as HSPICE writes them with `MEASFORM=2`, Xyce as `.mt0`, and Spectre as
//! `.measure`.

use super::hspice::number;
use super::{Measure, Measures, Status};
use libchar_core::{Fault, Faults};
use std::collections::BTreeMap;

/// A line `name = value`, with what may follow: `targ= 1.0e-9 trig= 2.0e-9`.
struct Equation {
    /// In lower case.
    name: String,
    /// The number; `None` for `failed`.
    value: Option<f64>,
}

/// Whether every line with content is `name = value`, and there is at least one.
pub fn recognizes(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| says_something(line)).peekable();
    lines.peek().is_some() && lines.all(|line| equation(line).is_some())
}

/// Reads the lines; `alter` is the alter of the file. Lines `temper` and `alter#` give the
/// temperature and the alter of all measures.
///
/// # Errors
/// A measure named twice; a file whose last line has no line ending, so that its value may be cut.
pub fn parse(file: &str, text: &str, alter: u32) -> Result<Measures, Faults> {
    let mut lines = BTreeMap::new();
    let mut faults = Vec::new();
    let mut measures = Measures::default();
    let (mut temp_c, mut own_alter) = (None, None);
    for (index, line) in text.lines().enumerate().filter(|(_, line)| says_something(line)) {
        let Some(Equation { name, value }) = equation(line) else { continue };
        match name.as_str() {
            "temper" => temp_c = value,
            "alter#" => own_alter = value.filter(|n| (1.0..1e6).contains(n)).map(|n| n as u32),
            _ => {
                if let Some(first) = lines.insert(name.clone(), index + 1) {
                    let what = format!("measure `{name}` again, after line {first}");
                    faults.push(Fault::at(file, index + 1, 1, what).expected("each measure once"));
                }
                let status = if value.is_some() { Status::Ok } else { Status::Failed };
                let row = Measure::without_value(&name, alter, status);
                measures.rows.push(Measure { value, line: index + 1, ..row });
            }
        }
    }
    for row in &mut measures.rows {
        row.temp_c = temp_c;
        row.alter = own_alter.unwrap_or(alter);
    }
    if !text.ends_with('\n') {
        let line = text.lines().count();
        let fault = Fault::at(file, line, 0, "the file ends within a line");
        faults.push(fault.expected("a whole number and the end of the line"));
    }
    Faults::or(measures, faults)
}

fn says_something(line: &str) -> bool {
    let line = line.trim_start();
    let is_title = line.get(..6).is_some_and(|start| start.eq_ignore_ascii_case(".title"));
    !line.is_empty() && !line.starts_with(['*', '#', '$']) && !is_title
}

fn equation(line: &str) -> Option<Equation> {
    let (name, rest) = line.split_once('=')?;
    let name = name.trim();
    let plain = |c: char| c.is_alphanumeric() || "_.[]<>:#@%-".contains(c);
    if name.is_empty() || !name.chars().all(plain) || name.starts_with(|c: char| c.is_ascii_digit())
    {
        return None;
    }
    let spaced = rest.replace('=', " = ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let (value, details) = words.split_first()?;
    let is_detail =
        |triple: &[&str]| matches!(triple, [_, "=", number_text] if number(number_text).is_some());
    let failed = value.eq_ignore_ascii_case("failed");
    let value = number(value);
    let known = (failed || value.is_some()) && details.chunks(3).all(is_detail);
    known.then(|| Equation { name: name.to_ascii_lowercase(), value })
}

#[cfg(test)]
mod tests {
    use super::{parse, recognizes};

    /// The layout of Xyce's reference guide, "Measure output".
    const XYCE: &str = "TPHL = 2.427092e-11\nVMAX = FAILED\n";

    #[test]
    fn lines_of_xyce() {
        assert!(recognizes(XYCE));
        let measures = parse("sim.mt1", XYCE, 2).unwrap();
        let rows: Vec<_> = measures.rows.iter().map(|r| (&*r.name, r.alter, r.value)).collect();
        assert_eq!(rows, [("tphl", 2, Some(2.427092e-11)), ("vmax", 2, None)]);
        assert_eq!(measures.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [1, 2]);
    }

    #[test]
    fn duplicates_and_cut_lines_are_faults() {
        let faults = parse("sim.mt0", "a = 1.0\nA = 2.0\nb = 1.", 1).unwrap_err().to_string();
        assert_eq!(
            faults,
            "sim.mt0:2:1: measure `a` again, after line 1\n  expected each measure once\n\
             sim.mt0:3: the file ends within a line\n  expected a whole number and the end of the line"
        );
    }

    /// HSPICE with `.option measform=2`.
    #[test]
    fn lines_of_hspice_with_a_header() {
        let text = "$DATA1 SOURCE='HSPICE' VERSION='Q-2020'\n.TITLE '* t'\ntphl = 24.27p  targ= 1.05n trig= 1.02n\n\
                    vmax= failed\ntemper = 85.0\nalter# = 2\n";
        assert!(recognizes(text));
        let measures = parse("sim.mt0", text, 1).unwrap();
        let rows: Vec<_> = measures.rows.iter().map(|r| (&*r.name, r.alter, r.temp_c)).collect();
        assert_eq!(rows, [("tphl", 2, Some(85.0)), ("vmax", 2, Some(85.0))]);
        assert!((measures.rows[0].value.unwrap() - 24.27e-12).abs() < 1e-20);
    }

    #[test]
    fn prose_is_not_recognized() {
        assert!(!recognizes("a = 1\nand more\n"));
        assert!(!recognizes(""));
    }
}
