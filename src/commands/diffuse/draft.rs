//! A recipe whose inputs a command turns, run after run.

use super::input::{Loaded, Simulated, set};
use super::knob::{Knob, Setting};
use crate::exit::Usage;
use anyhow::Result;
use libchar_diffusion::format::{Document, Parsed};
use libchar_diffusion::lens::{Key, Lens};

/// A recipe that was read, and what is turned in it. Numbers change in the recipe itself; words, such as a set's
/// name, and what no number of the recipe stands for go into its document, which is then read anew.
#[derive(Clone)]
pub struct Draft<'a> {
    loaded: &'a Loaded,
    /// The recipe before anything is turned; none where it is only whole with what is turned.
    base: Option<Parsed>,
    document: Document,
    written: bool,
    turned: Vec<(Lens, String, f64)>,
}

impl<'a> Draft<'a> {
    pub fn new(loaded: &'a Loaded) -> Draft<'a> {
        Draft {
            loaded,
            base: loaded.read(&loaded.document).ok(),
            document: loaded.document.clone(),
            written: false,
            turned: Vec::new(),
        }
    }

    /// Puts a number into the recipe.
    pub fn turn(&mut self, knob: &Knob, value: f64) -> Result<()> {
        let lens = self.base.as_ref().and_then(|base| Lens::find(&base.recipe, &knob.path));
        match lens {
            Some(lens) => {
                // A hold that becomes a ramp starts from what it was held at.
                let first = !matches!(lens, Lens::Step(_, Key::RampToC));
                let place = if first { 0 } else { self.turned.len() };
                self.turned.insert(place, (lens, knob.path.clone(), value));
            }
            None => {
                set(&mut self.document, &knob.path, &format!("{value:e}"))?;
                self.written = true;
            }
        }
        Ok(())
    }

    /// Puts a setting into the recipe.
    pub fn put(&mut self, knob: &Knob, setting: &Setting) -> Result<()> {
        match setting {
            Setting::Number(value) => self.turn(knob, *value),
            Setting::Word(word) => {
                self.written = true;
                set(&mut self.document, &knob.path, word)
            }
        }
    }

    /// Runs the recipe as it is turned. What it cannot hold or run is told with its place in the text.
    pub fn simulate(&self) -> Result<Simulated> {
        let again = if self.written { Some(self.loaded.read(&self.document)?) } else { None };
        let parsed = again.or_else(|| self.base.clone());
        let mut failed = None;
        if let Some(mut parsed) = parsed {
            let refused =
                self.turned.iter().find(|(lens, _, value)| !lens.set(&mut parsed.recipe, *value));
            failed = Some(match refused {
                Some((_, path, value)) => Usage(format!("`{path}` cannot be {value}")).into(),
                None => match self.loaded.run(parsed) {
                    Ok(simulated) => return Ok(simulated),
                    Err(error) => error,
                },
            });
        }
        if let (Some(error), true) = (failed, self.turned.iter().any(|(lens, ..)| !lens.has_key()))
        {
            return Err(error);
        }
        let mut document = self.document.clone();
        for (_, path, value) in &self.turned {
            set(&mut document, path, &format!("{value:e}"))?;
        }
        self.loaded.simulate(&document)
    }
}
