//! A recipe's text, changes of it, and running it.

use crate::figures::Figures;
use crate::format::{Document, Parsed};
use crate::process::{self, Run};
use libchar_core::{Fault, Faults, Refused, input};

/// Reads a file that a recipe names, by its path as the recipe gives it. An error is a full
/// sentence.
pub type Files = Box<dyn Fn(&str) -> Result<Vec<u8>, String> + Send + Sync>;

/// The text of a recipe, and access to the files that it names.
pub struct Loaded {
    /// Name of the recipe in messages.
    pub name: String,
    /// Its text.
    pub text: String,
    /// The text with changes.
    pub document: Document,
    files: Files,
}

/// A recipe that ran.
pub struct Simulated {
    /// The recipe.
    pub parsed: Parsed,
    /// The wafer after each step.
    pub run: Run,
    /// The key figures.
    pub figures: Figures,
}

impl Loaded {
    /// A recipe without changes.
    ///
    /// # Errors
    /// Bytes that are not valid text.
    pub fn new(name: &str, bytes: &[u8], files: Files) -> Result<Loaded, Fault> {
        let text = input::text(name, bytes)?.to_owned();
        Ok(Loaded { name: name.to_owned(), document: Document::new(name, &text), text, files })
    }

    /// Reads the recipe with the changes made so far.
    ///
    /// # Errors
    /// Every fault of the recipe and of the files that it names.
    pub fn read(&self, document: &Document) -> Result<Parsed, Faults> {
        document.read(&*self.files)
    }

    /// The recipe as it ran, complete in itself: the changes and the measured profiles are written
    /// into its text.
    pub fn effective(&self) -> String {
        self.document.complete(&*self.files).unwrap_or_else(|_| self.text.clone())
    }

    /// Reads the recipe with the changes of a document, and runs it.
    ///
    /// # Errors
    /// As [`Loaded::read`] and [`Loaded::run`].
    pub fn simulate(&self, document: &Document) -> Result<Simulated, Refused> {
        self.run(self.read(document)?)
    }

    /// Runs a recipe that was read from this one's text.
    ///
    /// # Errors
    /// A step that cannot run, at its place in the text; figures that a model cannot give.
    pub fn run(&self, parsed: Parsed) -> Result<Simulated, Refused> {
        let run = process::run(&parsed.recipe).map_err(|error| {
            let place = parsed.places.steps.get(error.step).copied().unwrap_or(0);
            Fault::at_offset(&self.name, &self.text, place, error.to_string())
        })?;
        let figures = Figures::of(&parsed.recipe, &run)
            .map_err(|error| Refused::Usage(format!("{}: {error}", self.name)))?;
        Ok(Simulated { parsed, run, figures })
    }

    /// Refuses limits on figures that the recipe does not give: such a limit would never be
    /// checked.
    ///
    /// # Errors
    /// Every such limit, at its place in the text.
    pub fn check_limits(&self, simulated: &Simulated) -> Result<(), Faults> {
        let mut faults = Vec::new();
        for (name, place) in &simulated.parsed.places.limits {
            if let Err(unknown) = simulated.figures.get(name) {
                let fault = Fault::at_offset(&self.name, &self.text, *place, unknown.to_string());
                faults.push(fault.one_of(name, unknown.known.iter().map(String::as_str)));
            }
        }
        Faults::or((), faults)
    }
}

/// Replaces a value of a document. A value that is not a TOML literal is taken as a string.
///
/// # Errors
/// A path that does not exist in the recipe, as a sentence.
pub fn set(document: &mut Document, path: &str, value: &str) -> Result<(), String> {
    let quoted = serde_json::Value::from(value).to_string();
    document.set(path, value).or_else(|_| document.set(path, &quoted))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A recipe without files.
    pub(crate) fn loaded(text: &str) -> Loaded {
        let none = Box::new(|path: &str| Err(format!("no file {path}")));
        Loaded::new("r.toml", text.as_bytes(), none).unwrap()
    }

    /// Boron driven in.
    pub(crate) const DRIVE: &str = "[substrate]\ndopant = \"phosphorus\"\nconc_cm3 = 1e15\n\n[[step]]\ntype = \"sheet\"\nspecies = \"boron\"\ndose_cm2 = 1e14\n\n[[step]]\ntype = \"drive\"\ntemp_c = 1000\ntime = \"30 min\"\n";

    #[test]
    fn a_value_is_a_literal_or_a_text() {
        let mut loaded = loaded(DRIVE);
        set(&mut loaded.document, "step.2.time", "45 min").unwrap();
        set(&mut loaded.document, "step.1.dose_cm2", "2e14").unwrap();
        let steps = loaded.read(&loaded.document).unwrap().recipe.steps;
        assert_eq!(steps[1].action.pieces()[0].time_s, 2700.0);
        let effective = loaded.effective();
        assert!(effective.contains("45 min") && effective.contains("2e14"), "{effective}");
        assert!(set(&mut loaded.document, "step.9.time", "1 min").is_err());
    }

    #[test]
    fn a_limit_on_a_figure_that_is_not_there_is_refused_at_its_place() {
        let text = format!("{DRIVE}\n[limits]\nxj_nm = {{ min = 1 }}\nxk_nm = {{ min = 1 }}\n");
        let loaded = loaded(&text);
        let simulated = loaded.simulate(&loaded.document).unwrap();
        let faults = loaded.check_limits(&simulated).unwrap_err().to_string();
        assert!(faults.starts_with("r.toml:17:1: "), "{faults}");
        assert!(faults.contains("did you mean `xj_nm`?"), "{faults}");
    }
}
