//! What every method of `metro` is made of: its inputs, outputs, formula, standard, traps and computation.

use crate::answer::{Answer, Refusal};
pub use crate::input::{Input, Kind, Need, column, either, number, range, raw, remark, word};
use crate::job::Job;

/// How a file becomes results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Per {
    /// Every row is a measurement.
    Row,
    /// The rows together are one measurement, or one for each value of the column that `--by` names.
    File,
    /// The file is a matrix without header: a height map or an image.
    Matrix,
}

/// One output of a method.
pub struct Output {
    /// Its name, unit included, such as `rs_ohm_sq`.
    pub name: &'static str,
    /// Its unit; empty for a plain number.
    pub unit: &'static str,
    /// What it is.
    pub about: &'static str,
}

/// One output.
pub const fn output(name: &'static str, unit: &'static str, about: &'static str) -> Output {
    Output { name, unit, about }
}

/// What all results of a run together give.
pub type Summary = fn(&[(Job, Answer)]) -> Answer;

/// A way from raw numbers to a result.
pub struct Method {
    /// Its name on the command line.
    pub name: &'static str,
    /// The page of the documentation that it stands on.
    pub family: &'static str,
    /// One line.
    pub about: &'static str,
    /// One result a row, a file or a matrix.
    pub per: Per,
    /// What goes in.
    pub inputs: &'static [Input],
    /// What comes out.
    pub outputs: &'static [Output],
    /// The formula in plain text.
    pub formula: &'static str,
    /// Standards and papers, by number.
    pub standard: &'static str,
    /// Mistakes that circulate, with the size of the error.
    pub traps: &'static [&'static str],
    /// A command line.
    pub example: &'static str,
    /// From the inputs to the result.
    pub compute: fn(&Job) -> Result<Answer, Refusal>,
    /// What all rows together give, such as the statistics of a map.
    pub summary: Option<Summary>,
}

impl Method {
    /// The unit of an output; that of a fitted parameter, which a model names, stands at the end of its name.
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

    /// An input by its name.
    pub fn input(&self, name: &str) -> Option<&'static Input> {
        self.inputs.iter().find(|input| input.name == name)
    }
}
