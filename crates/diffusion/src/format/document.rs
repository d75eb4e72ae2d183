//! Reads the text of a recipe file into a [`Recipe`].

use libchar_core::{Fault, Faults, toml_reader};
use toml::de::{DeTable, DeValue};
use toml_edit::DocumentMut;

use super::complete::{embed, write};
use super::goals::{Expectation, Origin, read_expectations, read_origin, read_report};
use super::initial::{read_initial, read_initial_defects};
use super::load::Load;
use super::model::read_model;
use super::reader::{Reader, Section};
use super::replace::replace;
use super::steps::{check_order, read_steps};
use super::substrate::{read_accuracy, read_grid, read_substrate};
use crate::recipe::Recipe;

/// A recipe file, read.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// The recipe.
    pub recipe: Recipe,
    /// Expected key figures, in file order.
    pub expectations: Vec<Expectation>,
    /// Where the expected values come from.
    pub origin: Option<Origin>,
    /// Places in the text, for faults that appear only when the recipe runs.
    pub places: Places,
}

/// Offsets in the text of a recipe.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Places {
    /// Of every step's `type`.
    pub steps: Vec<usize>,
    /// Of the figures in `[limits]`.
    pub limits: Vec<(String, usize)>,
}

/// A recipe file, and values that replace some of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    file: String,
    text: String,
    changes: Vec<(String, String)>,
}

const KEYS: [&str; 12] = [
    "name",
    "about",
    "substrate",
    "model",
    "grid",
    "initial",
    "step",
    "report",
    "limits",
    "accuracy",
    "expect",
    "origin",
];

impl Document {
    /// A document of a file's name and text.
    pub fn new(file: impl Into<String>, text: impl Into<String>) -> Document {
        Document { file: file.into(), text: text.into(), changes: Vec::new() }
    }

    /// Replaces a value by a TOML literal, such as `step.2.time` by `"45 min"` with its quotes. A step is
    /// named by its number from 1 or by its `name`.
    ///
    /// # Errors
    /// A path that does not exist in the recipe, and a literal that is not valid TOML.
    pub fn set(&mut self, path: &str, literal: &str) -> Result<(), String> {
        let (table, _) = DeTable::parse_recoverable(&self.text);
        let mut table = table.into_inner();
        for (path, literal) in &self.changes {
            replace(&mut table, path, literal)?;
        }
        replace(&mut table, path, literal)?;
        self.changes.push((path.to_owned(), literal.to_owned()));
        Ok(())
    }

    /// The files that the recipe names, with the changes made so far.
    pub fn files(&self) -> Vec<String> {
        let Ok(tree) = self.tree() else { return Vec::new() };
        let mut files: Vec<String> = Vec::new();
        for key in ["initial", "step"] {
            let Some(DeValue::Array(items)) = tree.get(key).map(|item| item.get_ref()) else {
                continue;
            };
            let paths = items.iter().filter_map(|item| item.get_ref().get("profile"));
            files.extend(paths.filter_map(|path| path.get_ref().as_str().map(str::to_owned)));
        }
        files
    }

    /// The parsed text with the changes made so far; parts that are not valid TOML are left out.
    fn tree(&self) -> Result<DeTable<'_>, String> {
        let (tree, _) = DeTable::parse_recoverable(&self.text);
        let mut tree = tree.into_inner();
        for (path, literal) in &self.changes {
            replace(&mut tree, path, literal)?;
        }
        Ok(tree)
    }

    /// The recipe complete in itself: its text, in which the replaced values and the measured
    /// profiles that it names are written out.
    ///
    /// # Errors
    /// An error of `load`, or text that is not valid TOML.
    pub fn complete(&self, load: Load<'_>) -> Result<String, String> {
        if self.changes.is_empty() && self.files().is_empty() {
            return Ok(self.text.clone());
        }
        let mut document: DocumentMut =
            self.text.parse().map_err(|error: toml_edit::TomlError| error.to_string())?;
        for (path, literal) in &self.changes {
            write(&mut document, path, literal)?;
        }
        embed(&self.tree()?, &mut document, load)?;
        Ok(document.to_string())
    }

    /// Reads the recipe. `load` returns the content of the files that it names.
    ///
    /// # Errors
    /// Every fault of the file with its place.
    pub fn read(&self, load: Load<'_>) -> Result<Parsed, Faults> {
        let mut table = toml_reader::parse(&self.file, &self.text)?.into_inner();
        for (path, literal) in &self.changes {
            replace(&mut table, path, literal).map_err(|why| Fault::of(&self.file, why))?;
        }
        let mut reader = Reader::new(&self.file, &self.text);
        let root = Section::new(&table, 0..0);
        reader.known(&root, "key", &KEYS);
        let name = reader.text(&root, "name").unwrap_or_default().to_owned();
        reader.text(&root, "about");
        let substrate = read_substrate(&mut reader, &root);
        let model = read_model(&mut reader, &root);
        let grid = read_grid(&mut reader, &root);
        let initial = read_initial(&mut reader, &root, load);
        let initial_defects = read_initial_defects(&mut reader, &root, model.defects.is_some());
        let steps = read_steps(&mut reader, &root, &model, load);
        let (report, limits) = read_report(&mut reader, &root);
        let tolerance = read_accuracy(&mut reader, &root);
        let expectations = read_expectations(&mut reader, &root);
        let origin = read_origin(&mut reader, &root);
        let recipe = Recipe {
            name,
            substrate,
            model,
            grid,
            initial,
            initial_defects,
            steps: steps.iter().map(|(step, _)| step.clone()).collect(),
            report,
            tolerance,
        };
        let steps = check_order(&mut reader, &recipe, &steps, &root);
        let places = Places { steps, limits };
        Faults::or(Parsed { recipe, expectations, origin, places }, reader.faults)
    }
}
