//! The inputs of a page: documents with the names of their files.

use serde_json::Value;
use std::collections::BTreeMap;

/// A JSON document and where it was read.
#[derive(Debug, Clone)]
pub struct Named {
    /// The file's name, `-` for standard input.
    pub name: String,
    /// The document.
    pub value: Value,
}

/// The documents of a characterization domain.
#[derive(Debug, Clone, Default)]
pub struct DomainInputs {
    /// `creport.json`.
    pub creport: Value,
    /// The rows of `points.csv`, as objects; empty if there is no such file.
    pub points: Vec<Value>,
    /// The rows of `run.csv`, as objects.
    pub run: Vec<Value>,
    /// The lines of the run's `attempts.jsonl`.
    pub attempts: Vec<Value>,
    /// The report to compare with, and the name of the place that it comes from.
    pub against: Option<Named>,
    /// Titles of measures, from `[specs.NAME] title`.
    pub titles: BTreeMap<String, String>,
    /// The name of the decks, without the ending.
    pub stem: String,
    /// Rows of the last section: a label and a value.
    pub provenance: Vec<(String, String)>,
}

/// All inputs of a page.
#[derive(Debug, Clone, Default)]
pub struct Inputs {
    /// Name of the domain or of the work, for the title.
    pub title: String,
    /// The domain, if the page is about one.
    pub domain: Option<DomainInputs>,
    /// Documents of other commands; each gets a section.
    pub documents: Vec<Named>,
    /// The relative path from the page to the domain, ending in `/` or empty; `None` leaves links out.
    pub links: Option<String>,
    /// Version of libchar.
    pub version: String,
}
