//! What a controller of a real process is told: law, targets, inputs with their bounds, gains.

mod read;

use super::law::Law;
use super::recipe::Input;
use nalgebra::DMatrix;

pub use read::read;

/// A controller.
#[derive(Clone, Debug, PartialEq)]
pub struct Controller {
    /// The recursion, with its weights; the same for every output.
    pub law: Law,
    /// Runs by which a measurement comes late.
    pub delay: usize,
    /// What is steered.
    pub outputs: Vec<Output>,
    /// What steers it.
    pub inputs: Vec<Input>,
    /// Recipe before the first run.
    pub start: Vec<f64>,
    /// Multiple to which each input is rounded; 0: any value can be set.
    pub resolution: Vec<f64>,
    /// Change of each output (row) a unit of each input (column).
    pub gains: DMatrix<f64>,
}

/// A measured quantity that is steered.
#[derive(Clone, Debug, PartialEq)]
pub struct Output {
    /// Its name, which is that of the column.
    pub name: String,
    /// Where it should be.
    pub target: f64,
    /// The recipe stays while every output is expected within this of its target; 0: it never stays.
    pub deadband: f64,
    /// A miss that counts as much as a miss of this size of another output.
    pub scale: f64,
    /// Least value that is believed.
    pub low: f64,
    /// Greatest value that is believed.
    pub high: f64,
}

impl Output {
    /// Whether a measured value is believed.
    pub fn believes(&self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }
}

impl Controller {
    /// What the model says that a recipe gives, without the disturbance.
    pub fn effect(&self, recipe: &[f64]) -> Vec<f64> {
        (0..self.outputs.len())
            .map(|i| (0..recipe.len()).map(|j| self.gains[(i, j)] * recipe[j]).sum())
            .collect()
    }
}
