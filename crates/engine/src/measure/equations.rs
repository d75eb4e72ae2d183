//! Measure files made of lines `name = value`, as Xyce writes `.mt0` and Spectre `.measure`.

use super::ngspice::measure;
use super::{Measure, Measures};
use libchar_core::{Fault, Faults};
use std::collections::BTreeMap;

/// Whether every line of a text that says anything is `name = value`, and one is there.
pub fn recognizes(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| says_something(line)).peekable();
    lines.peek().is_some() && lines.all(|line| measure(line, 0).is_some())
}

/// Reads the lines; `alter` is that of the file.
///
/// # Errors
/// A measure named twice; a file that does not end with its line, so that the value may be cut.
pub fn parse(file: &str, text: &str, alter: u32) -> Result<Measures, Faults> {
    let mut lines = BTreeMap::new();
    let mut faults = Vec::new();
    let mut measures = Measures::default();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| says_something(line)) {
        let Some(found) = measure(line, index + 1) else { continue };
        if let Some(first) = lines.insert(found.name.clone(), found.line) {
            let what = format!("measure `{}` again, after line {first}", found.name);
            faults.push(Fault::at(file, found.line, 1, what).expected("each measure once"));
        }
        measures.rows.push(Measure::read(&found.name, alter, found.value, found.line));
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
    !line.is_empty() && !line.starts_with(['*', '#', '$'])
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

    #[test]
    fn prose_is_not_recognized() {
        assert!(!recognizes("a = 1\nand more\n"));
        assert!(!recognizes(""));
    }
}
