//! The definition of a controller for a real process: law, targets, inputs with their bounds,
//! gains.

mod read;

use super::law::Law;
use super::recipe::Input;
use libchar_core::{Fault, Faults};
use nalgebra::DMatrix;

pub use read::read;

/// A controller.
#[derive(Clone, Debug, PartialEq)]
pub struct Controller {
    /// The recursion, with its weights; the same for every output.
    pub law: Law,
    /// Delay of a measurement, in runs.
    pub delay: usize,
    /// The controlled outputs.
    pub outputs: Vec<Output>,
    /// The inputs that the controller sets.
    pub inputs: Vec<Input>,
    /// The recipe of the first run.
    pub start: Vec<f64>,
    /// Multiple to which each input is rounded; 0 if it can have any value.
    pub resolution: Vec<f64>,
    /// Change of each output (row) per unit of each input (column).
    pub gains: DMatrix<f64>,
}

/// A measured quantity that is controlled.
#[derive(Clone, Debug, PartialEq)]
pub struct Output {
    /// Its name, which is also that of its column.
    pub name: String,
    /// Its target value.
    pub target: f64,
    /// The recipe is not changed while every output is expected within this distance of its target;
    /// 0 means that it is always adjusted.
    pub deadband: f64,
    /// Scale of a deviation from the target. Deviations of one scale count equally for all outputs.
    pub scale: f64,
    /// Least measured value that is accepted.
    pub low: f64,
    /// Greatest measured value that is accepted.
    pub high: f64,
}

impl Output {
    /// Whether a measured value is accepted.
    pub fn believes(&self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }
}

impl Controller {
    /// The outputs that the model predicts for a recipe, without the disturbance.
    pub fn effect(&self, recipe: &[f64]) -> Vec<f64> {
        (0..self.outputs.len())
            .map(|i| (0..recipe.len()).map(|j| self.gains[(i, j)] * recipe[j]).sum())
            .collect()
    }

    /// The recommended recipe with some inputs replaced by hand.
    ///
    /// # Errors
    /// Inputs that the controller does not have, and values outside their bounds.
    pub fn by_hand(&self, recommended: &[f64], set: &[(String, f64)]) -> Result<Vec<f64>, Faults> {
        let mut recipe = recommended.to_vec();
        let mut faults = Vec::new();
        for (name, value) in set {
            let Some(j) = self.inputs.iter().position(|i| i.name == *name) else {
                let names = self.inputs.iter().map(|i| i.name.as_str());
                let fault = Fault::of("--override", format!("unknown input `{name}`"));
                faults.push(fault.one_of(name, names));
                continue;
            };
            let input = &self.inputs[j];
            if !(input.low..=input.high).contains(value) {
                let fault = Fault::of("--override", format!("{name} = {value}"));
                faults.push(fault.expected(format!("{} to {}", input.low, input.high)));
            }
            recipe[j] = *value;
        }
        Faults::or(recipe, faults)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_set_by_hand_must_be_settable() {
        let text = "lambda = 0.3\n[outputs.y]\ntarget = 44\n[inputs.time_s]\nstart = 60\nlow = 40\nhigh = 80\ngain = 0.5\n";
        let c = read("c.toml", text).unwrap();
        let set = |name: &str, value| {
            let found = c.by_hand(&[58.8], &[(name.to_owned(), value)]);
            found.map_err(|faults| faults.to_string())
        };
        assert_eq!(set("time_s", 61.0), Ok(vec![61.0]));
        assert_eq!(c.by_hand(&[58.8], &[]), Ok(vec![58.8]));
        let unknown = set("time", 61.0).unwrap_err();
        assert!(unknown.starts_with("--override: unknown input `time`"), "{unknown}");
        assert!(unknown.contains("did you mean `time_s`?"), "{unknown}");
        let beyond = "--override: time_s = 90\n  expected 40 to 80";
        assert_eq!(set("time_s", 90.0), Err(beyond.to_owned()));
    }
}
