//! The definition of a method of `metro`: its inputs, outputs, formula, standard, common mistakes
//! and computation.

use crate::answer::{Answer, Refusal};
pub use crate::input::{Input, Kind, Need, column, either, number, range, raw, remark, word};
use crate::job::Job;

/// How a file is divided into results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Per {
    /// Every row is a measurement.
    Row,
    /// The rows together are one measurement, or one for each value of the column given by `--by`.
    File,
    /// The file is a matrix without a header: a height map or an image.
    Matrix,
}

/// One output of a method.
pub struct Output {
    /// Its name, unit included, such as `rs_ohm_sq`.
    pub name: &'static str,
    /// Its unit; empty for a plain number.
    pub unit: &'static str,
    /// Description.
    pub about: &'static str,
}

/// Defines an output.
pub const fn output(name: &'static str, unit: &'static str, about: &'static str) -> Output {
    Output { name, unit, about }
}

/// Computes the common result of all results of a run.
pub type Summary = fn(&[(Job, Answer)]) -> Answer;

/// A measurement method, from raw numbers to a result.
pub struct Method {
    /// Its name on the command line.
    pub name: &'static str,
    /// The page of the documentation that describes it.
    pub family: &'static str,
    /// Description in one line.
    pub about: &'static str,
    /// Whether there is one result per row, file or matrix.
    pub per: Per,
    /// Inputs.
    pub inputs: &'static [Input],
    /// Outputs.
    pub outputs: &'static [Output],
    /// The formula in plain text.
    pub formula: &'static str,
    /// Standards and papers, by number.
    pub standard: &'static str,
    /// Common mistakes, with the size of the error that they cause.
    pub traps: &'static [&'static str],
    /// An example of a command line.
    pub example: &'static str,
    /// Computes the result from the inputs.
    pub compute: fn(&Job) -> Result<Answer, Refusal>,
    /// Computes the common result of all rows, such as the statistics of a map.
    pub summary: Option<Summary>,
}

impl Method {
    /// The unit of an output. For a fitted parameter, whose name comes from a model, it is the end
    /// of that name.
    pub fn unit_of(&self, output: &str) -> &'static str {
        const ENDS: [(&str, &str); 12] = [
            ("_um2", "um2"),
            ("_um4", "um4"),
            ("_per_ev", "1/eV"),
            ("_per_um2", "1/um2"),
            ("_nm", "nm"),
            ("_um", "um"),
            ("_ev", "eV"),
            ("_deg", "deg"),
            ("_pct", "%"),
            ("_cps", "1/s"),
            ("_a", "A"),
            ("_v", "V"),
        ];
        match self.outputs.iter().find(|o| o.name == output) {
            Some(output) => output.unit,
            None => ENDS.iter().find(|(end, _)| output.ends_with(end)).map_or("", |(_, u)| u),
        }
    }

    /// The input called `name`.
    pub fn input(&self, name: &str) -> Option<&'static Input> {
        self.inputs.iter().find(|input| input.name == name)
    }
}
