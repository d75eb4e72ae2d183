//! A recipe whose inputs are changed from run to run, as in sweeps and fits.

use crate::format::{Document, Parsed};
use crate::knob::{Knob, Setting};
use crate::lens::{Key, Lens};
use crate::loaded::{Loaded, Simulated, set};
use libchar_core::Refused;

/// A recipe together with changes of its inputs. Numbers are changed in the parsed recipe itself.
/// Words, such as the name of a set, and values that are not a number of the parsed recipe are
/// written into its document, which is then read again.
#[derive(Clone)]
pub struct Draft<'a> {
    loaded: &'a Loaded,
    /// The recipe before any change; `None` where it is complete only after the changes.
    base: Option<Parsed>,
    document: Document,
    written: bool,
    turned: Vec<(Lens, String, f64)>,
}

impl<'a> Draft<'a> {
    /// A recipe without changes.
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
    ///
    /// # Errors
    /// A path that does not exist in the recipe.
    pub fn turn(&mut self, knob: &Knob, value: f64) -> Result<(), Refused> {
        let lens = self.base.as_ref().and_then(|base| Lens::find(&base.recipe, &knob.path));
        match lens {
            Some(lens) => {
                // `temp_c` must be set before `ramp_to_c`: a hold that becomes a ramp starts at its
                // hold temperature.
                let first = !matches!(lens, Lens::Step(_, Key::RampToC));
                let place = if first { 0 } else { self.turned.len() };
                self.turned.insert(place, (lens, knob.path.clone(), value));
            }
            None => {
                set(&mut self.document, &knob.path, &format!("{value:e}"))
                    .map_err(Refused::Usage)?;
                self.written = true;
            }
        }
        Ok(())
    }

    /// Puts a number or a word into the recipe.
    ///
    /// # Errors
    /// A path that does not exist in the recipe.
    pub fn put(&mut self, knob: &Knob, setting: &Setting) -> Result<(), Refused> {
        match setting {
            Setting::Number(value) => self.turn(knob, *value),
            Setting::Word(word) => {
                self.written = true;
                set(&mut self.document, &knob.path, word).map_err(Refused::Usage)
            }
        }
    }

    /// Runs the recipe with its changes. An error gives the place in the text of what caused it.
    ///
    /// # Errors
    /// A value that the recipe does not accept, and steps that cannot run.
    pub fn simulate(&self) -> Result<Simulated, Refused> {
        let again = if self.written { Some(self.loaded.read(&self.document)?) } else { None };
        let parsed = again.or_else(|| self.base.clone());
        let mut failed = None;
        if let Some(mut parsed) = parsed {
            let refused =
                self.turned.iter().find(|(lens, _, value)| !lens.set(&mut parsed.recipe, *value));
            failed = Some(match refused {
                Some((_, path, value)) => Refused::Usage(format!("`{path}` cannot be {value}")),
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
            set(&mut document, path, &format!("{value:e}")).map_err(Refused::Usage)?;
        }
        self.loaded.simulate(&document)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loaded::tests::{DRIVE, loaded};

    fn xj_nm(turn: impl Fn(&mut Draft)) -> f64 {
        let loaded = loaded(DRIVE);
        let mut draft = Draft::new(&loaded);
        turn(&mut draft);
        draft.simulate().unwrap().figures.get("xj_nm").unwrap().unwrap()
    }

    #[test]
    fn a_number_turned_in_place_does_what_the_same_number_in_the_text_does() {
        let turned = xj_nm(|draft| draft.turn(&Knob::new("step.2.temp_c"), 1050.0).unwrap());
        let text = DRIVE.replace("temp_c = 1000", "temp_c = 1050");
        let written = loaded(&text);
        let written = written.simulate(&written.document).unwrap();
        assert_eq!(Some(turned), written.figures.get("xj_nm").unwrap());
        assert!(turned > 1.2 * xj_nm(|_| ()));
    }

    #[test]
    fn a_hold_that_becomes_a_ramp_starts_from_what_it_was_held_at() {
        let ramp = |first: &str, second: &str| {
            xj_nm(|draft| {
                for path in [first, second] {
                    let value = if path.ends_with("temp_c") { 950.0 } else { 1050.0 };
                    draft.turn(&Knob::new(path), value).unwrap();
                }
            })
        };
        let in_order = ramp("step.2.temp_c", "step.2.ramp_to_c");
        assert_eq!(in_order, ramp("step.2.ramp_to_c", "step.2.temp_c"));
    }

    #[test]
    fn what_the_recipe_cannot_hold_is_refused() {
        let loaded = loaded(DRIVE);
        let mut draft = Draft::new(&loaded);
        draft.turn(&Knob::new("step.2.time_s"), -1.0).unwrap();
        let told = draft.simulate().map(drop).unwrap_err().to_string();
        assert!(told.contains("a time of -1 s"), "{told}");
        let beyond = Draft::new(&loaded).turn(&Knob::new("step.7.time_s"), 1.0);
        assert!(beyond.is_err_and(|refused| refused.to_string().contains("step.7.time_s")));
        let word = Setting::Word("no such set".to_owned());
        let mut draft = Draft::new(&loaded);
        draft.put(&Knob::new("model.ni"), &word).unwrap();
        assert!(draft.simulate().map(drop).unwrap_err().to_string().contains("no such set"));
    }
}
