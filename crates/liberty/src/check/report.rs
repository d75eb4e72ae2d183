//! The findings of files as rows with their places, for people, editors and tables.

use super::{Finding, Severity, check};
use libchar_core::fault::Places;
use libchar_core::words::count;
use libchar_core::{Fault, Faults, Frame};

/// All rules.
pub const RULES: [&str; 23] = [
    "syntax",
    "units",
    "thresholds",
    "conditions",
    "delay-model",
    "cells",
    "names",
    "duplicate",
    "supplies",
    "attribute",
    "template",
    "table",
    "index",
    "monotone",
    "sign",
    "negative-delay",
    "timing-type",
    "arc",
    "missing-arc",
    "function",
    "sense",
    "leakage",
    "lvf",
];

/// A finding with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What was found and expected, at its place.
    pub fault: Fault,
    /// Its severity.
    pub severity: Severity,
    /// The rule that found it.
    pub rule: &'static str,
    /// The cell; empty if the finding is about the library.
    pub cell: String,
}

/// Refuses names that no rule has.
///
/// # Errors
/// All of them.
pub fn known(rules: &[String]) -> Result<(), Faults> {
    let unknown = rules.iter().filter(|rule| !RULES.contains(&rule.as_str()));
    let fault =
        |rule: &String| Fault::of("--rule", format!("unknown rule `{rule}`")).one_of(rule, RULES);
    Faults::or((), unknown.map(fault).collect())
}

/// What the rules find in a file, in the order of its lines; with `rules` only what these find.
///
/// # Errors
/// A text that is no Liberty.
pub fn rows(file: &str, text: &str, rules: &[String]) -> Result<Vec<Row>, Faults> {
    let document = crate::read(file, text)?;
    let places = Places::of(text);
    let row = |finding: Finding| Row {
        fault: places.fault(file, finding.at, finding.found).expected(finding.expected),
        severity: finding.severity,
        rule: finding.rule,
        cell: finding.cell,
    };
    let remarks = document.remarks.iter().map(|remark| Row {
        fault: remark.clone(),
        severity: Severity::Warning,
        rule: "syntax",
        cell: String::new(),
    });
    let mut rows: Vec<Row> = remarks.chain(check(&document).into_iter().map(row)).collect();
    rows.sort_by_key(|row| (row.fault.line, row.fault.column));
    rows.retain(|row| rules.is_empty() || rules.iter().any(|rule| rule == row.rule));
    Ok(rows)
}

/// The rows as faults, so that editors jump to them; nothing where there are none.
pub fn text(rows: &[Row]) -> String {
    let told = rows.iter().map(|row| {
        let mut fault = row.fault.clone();
        let cell = if row.cell.is_empty() { String::new() } else { format!("{}: ", row.cell) };
        fault.found = format!("{}: {cell}{} [{}]", row.severity.name(), fault.found, row.rule);
        fault
    });
    Faults::or((), told.collect()).err().map_or(String::new(), |faults| format!("{faults}\n"))
}

/// One row a finding.
pub fn frame(rows: &[Row]) -> Frame {
    Frame::of(
        "libchar.lib-check",
        1,
        rows,
        &[
            ("file", |r| r.fault.file.as_str().into()),
            ("line", |r| r.fault.line.into()),
            ("column", |r| r.fault.column.into()),
            ("severity", |r| r.severity.name().into()),
            ("rule", |r| r.rule.into()),
            ("cell", |r| r.cell.as_str().into()),
            ("found", |r| r.fault.found.as_str().into()),
            ("expected", |r| r.fault.expected.as_deref().into()),
        ],
    )
}

/// How many errors, warnings and notes there are in so many files; and how many of them are findings: notes only explain.
pub fn sum(files: usize, rows: &[Row]) -> (String, usize) {
    let of = |severity| rows.iter().filter(|row| row.severity == severity).count();
    let [errors, warnings, notes] = [Severity::Error, Severity::Warning, Severity::Note].map(of);
    let said = [(errors, "error"), (warnings, "warning"), (notes, "note")];
    let said = said.map(|(number, what)| count(number, what)).join(", ");
    (format!("{}: {said}", count(files, "file")), errors + warnings)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "library (l) {\n  time_unit : \"1ns\"\n  cell (a) {\n    area : 1;\n    area : 2;\n  }\n}\n";

    #[test]
    fn rows_are_in_the_order_of_the_lines_with_remarks_of_the_syntax_among_them() {
        let rows = rows("l.lib", TEXT, &[]).unwrap();
        assert!(rows.is_sorted_by_key(|row| (row.fault.line, row.fault.column)));
        let twice = rows.iter().find(|row| row.rule == "duplicate").unwrap();
        assert_eq!((twice.fault.line, twice.cell.as_str()), (5, "a"));
        let syntax = rows.iter().find(|row| row.rule == "syntax").unwrap();
        assert_eq!((syntax.severity, syntax.fault.line), (Severity::Warning, 2));
        assert!(rows.iter().all(|row| RULES.contains(&row.rule)));
    }

    #[test]
    fn only_the_rules_that_were_chosen_are_told() {
        let chosen = ["duplicate".to_owned()];
        let rows = rows("l.lib", TEXT, &chosen).unwrap();
        let text = text(&rows);
        assert!(rows.len() == 1 && text.starts_with("l.lib:5:5: "), "{text}");
        assert!(text.contains(" a: ") && text.contains(" [duplicate]\n"), "{text}");
        assert_eq!(frame(&rows).len(), 1);
        let unknown = known(&["dupplicate".to_owned()]).unwrap_err().to_string();
        assert!(unknown.contains("did you mean `duplicate`?"), "{unknown}");
        assert!(known(&chosen).is_ok());
    }

    #[test]
    fn notes_are_no_findings() {
        let row = |severity| Row {
            fault: Fault::of("f", "x"),
            severity,
            rule: "sign",
            cell: String::new(),
        };
        let rows = [Severity::Error, Severity::Note, Severity::Note].map(row);
        let (said, findings) = sum(2, &rows);
        assert_eq!(said, "2 files: 1 error, 0 warnings, 2 notes");
        assert_eq!((findings, text(&[])), (1, String::new()));
    }
}
