//! Finds problems for tools or engineers in a library that can be read.

mod arcs;
mod attributes;
mod functions;
mod header;
mod known;
mod lvf;
mod names;
pub mod report;
mod tables;
mod templates;

use crate::group::{Document, Group};

/// The severity of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Correct, but it needs an explanation.
    Note,
    /// Tools interpret it differently, or something that is usual is missing.
    Warning,
    /// Wrong.
    Error,
}

impl Severity {
    /// `error`, `warning` or `note`.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Byte offset in the file.
    pub at: usize,
    /// Its severity.
    pub severity: Severity,
    /// The rule that found it, such as `monotone` or `missing-arc`.
    pub rule: &'static str,
    /// The cell; empty if the finding is about the library.
    pub cell: String,
    /// What was found.
    pub found: String,
    /// What was expected.
    pub expected: String,
}

/// Checks the libraries of a document; the findings are sorted by their place in the file.
pub fn check(document: &Document) -> Vec<Finding> {
    let mut findings = Findings::default();
    let libraries = document.items.iter().filter_map(|item| item.as_group());
    for library in libraries.filter(|group| group.name == "library") {
        header::check(library, &mut findings);
        templates::check(library, &mut findings);
        names::check(library, &mut findings);
        attributes::check(library, &mut findings);
        for cell in library.groups("cell") {
            findings.cell = cell.argument().to_owned();
            arcs::check(cell, &mut findings);
            functions::check(cell, &mut findings);
            tables::check(library, cell, &mut findings);
            lvf::check(cell, &mut findings);
        }
        findings.cell.clear();
    }
    findings.list.sort_by_key(|finding| finding.at);
    findings.list
}

/// The findings so far, and the cell that new ones belong to.
#[derive(Default)]
struct Findings {
    list: Vec<Finding>,
    cell: String,
}

impl Findings {
    fn add(
        &mut self,
        severity: Severity,
        rule: &'static str,
        at: usize,
        found: impl Into<String>,
        expected: impl Into<String>,
    ) {
        let (found, expected) = (found.into(), expected.into());
        self.list.push(Finding { at, severity, rule, cell: self.cell.clone(), found, expected });
    }

    fn error(
        &mut self,
        rule: &'static str,
        at: usize,
        found: impl Into<String>,
        expected: impl Into<String>,
    ) {
        self.add(Severity::Error, rule, at, found, expected);
    }

    fn warning(
        &mut self,
        rule: &'static str,
        at: usize,
        found: impl Into<String>,
        expected: impl Into<String>,
    ) {
        self.add(Severity::Warning, rule, at, found, expected);
    }
}

/// Pins of a cell, including those of its buses and bundles.
fn pins(cell: &Group) -> impl Iterator<Item = &Group> {
    let inner = cell.all_groups().filter(|group| matches!(group.name.as_str(), "bus" | "bundle"));
    let inner = inner.flat_map(|bus| bus.all_groups().filter(|group| group.name == "pin"));
    let holds_timing = |group: &&Group| matches!(group.name.as_str(), "pin" | "bus" | "bundle");
    cell.all_groups().filter(holds_timing).chain(inner)
}

/// The names that a pin group declares: `pin (A, B)` declares two, and a bus `D` declares its bits, too.
fn declares(pin: &Group, name: &str) -> bool {
    let base = name.split('[').next().unwrap_or(name);
    pin.arguments.iter().any(|argument| argument.text == name || argument.text == base)
}

/// What was expected instead of a name: the valid name that is nearest to it, and all valid names.
fn nearest(typed: &str, valid: &[&str]) -> String {
    let list = valid.join(", ");
    match libchar_core::nearest::nearest(typed, valid.iter().copied()) {
        Some(nearest) => format!("`{nearest}`, or another of: {list}"),
        None => format!("one of: {list}"),
    }
}
