//! Columns that a model should not learn from: they are constant, identify the group, follow from
//! the target, or are the output of another model.

use crate::data::Data;
use libchar_numeric::moments;
use serde::{Deserialize, Serialize};

/// Correlation with the target from which on a column counts as computed from it.
const LEAK: f64 = 0.999;

/// Why a column is doubtful.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Doubt {
    /// One value throughout.
    Constant,
    /// It counts the runs: in a split forward in time every later value is outside the training
    /// range.
    Counter,
    /// One value in each group: it can only identify the group.
    ConstantInGroups,
    /// It follows the target so closely that it was probably made from it.
    Leak,
    /// Another model's prediction, residual or error.
    OtherModel,
}

impl Doubt {
    /// Whether a column is left out unless the user keeps it.
    pub fn leaves_out(self) -> bool {
        self != Doubt::ConstantInGroups
    }

    /// The reason, as text that follows the column's name.
    pub fn text(self) -> &'static str {
        match self {
            Doubt::Constant => "has one value throughout",
            Doubt::Counter => "counts the runs: it says when, not how; name it by --time",
            Doubt::ConstantInGroups => {
                "is constant within groups: it can only distinguish the groups, and says nothing about a new one unless there are many groups"
            }
            Doubt::Leak => "follows the target almost exactly: it was probably made from it",
            Doubt::OtherModel => "looks like the output of another model",
        }
    }
}

/// A doubtful column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Doubtful {
    /// Its name.
    pub column: String,
    /// Why it is doubtful.
    pub doubt: Doubt,
}

/// All doubtful columns, in the order of the data.
pub fn doubtful(data: &Data, target: &str) -> Vec<Doubtful> {
    let columns: Vec<Vec<f64>> = (0..data.names.len()).map(|j| data.x.column(j)).collect();
    let spread = |column: &[f64]| moments::squares(column) > 0.0;
    let outputs: Vec<bool> = data.names.iter().map(|name| is_output(name, target)).collect();
    let beside = outputs.contains(&true);
    let mut found = Vec::new();
    for (j, name) in data.names.iter().enumerate() {
        let doubt = if !spread(&columns[j]) || is_flat(&columns[j]) {
            Some(Doubt::Constant)
        } else if is_counter(&columns[j]) {
            Some(Doubt::Counter)
        } else if outputs[j]
            || (beside && is_companion(name))
            || is_complement(&columns, j, &data.y)
        {
            Some(Doubt::OtherModel)
        } else if moments::correlation(&columns[j], &data.y).is_some_and(|r| r.abs() >= LEAK) {
            Some(Doubt::Leak)
        } else if data.groups.len() > 1 && is_constant_in_groups(&columns[j], data) {
            Some(Doubt::ConstantInGroups)
        } else {
            None
        };
        found.extend(doubt.map(|doubt| Doubtful { column: name.clone(), doubt }));
    }
    found
}

fn is_flat(column: &[f64]) -> bool {
    column.iter().all(|v| *v == column[0])
}

/// Whether the values rise by the same whole step from run to run.
fn is_counter(column: &[f64]) -> bool {
    const LEAST: usize = 5;
    let mut steps = column.windows(2).map(|pair| pair[1] - pair[0]);
    let first = steps.next().unwrap_or_default();
    column.len() >= LEAST
        && first == first.trunc()
        && first != 0.0
        && steps.all(|step| step == first)
}

fn is_constant_in_groups(column: &[f64], data: &Data) -> bool {
    let mut first: Vec<Option<f64>> = vec![None; data.groups.len()];
    let mut repeated = false;
    for (value, &group) in column.iter().zip(&data.group) {
        match first[group] {
            Some(first) if first != *value => return false,
            Some(_) => repeated = true,
            None => first[group] = Some(*value),
        }
    }
    repeated
}

/// Splits a name into words: `pred_full` gives `pred`, `full`.
fn words(name: &str) -> Vec<String> {
    let parts = name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    parts.map(str::to_lowercase).collect()
}

fn is_output(name: &str, target: &str) -> bool {
    let outputs = [
        "pred",
        "predicted",
        "prediction",
        "predictions",
        "resid",
        "residual",
        "residuals",
        "yhat",
        "fitted",
        "estimated",
        "forecast",
    ];
    let words = words(name);
    let target = target.to_lowercase();
    words.iter().any(|word| outputs.contains(&word.as_str()))
        || words.last().is_some_and(|word| word == "hat")
        || name.to_lowercase() == format!("{target}hat")
}

/// Names that mean a model's error or uncertainty if there is also a column with its prediction.
fn is_companion(name: &str) -> bool {
    let companions = [
        "h", "sd", "se", "std", "sigma", "z", "leverage", "lower", "upper", "lo", "hi", "low",
        "high", "pi", "ci", "err", "error",
    ];
    companions.contains(&name.to_lowercase().as_str())
}

/// Whether this column and another one sum to the target or differ by it, like a prediction and its
/// residual.
fn is_complement(columns: &[Vec<f64>], j: usize, y: &[f64]) -> bool {
    let scale = y.iter().fold(0.0_f64, |most, y| most.max(y.abs()));
    // A residual alone does not determine the target, but together with its prediction it does. A
    // few runs are not enough to show it.
    y.len() > 3
        && (0..columns.len()).filter(|&k| k != j).any(|k| {
            [1.0, -1.0].into_iter().any(|sign| {
                let fits = |i: usize| {
                    let (a, b) = (columns[j][i], columns[k][i]);
                    let sum = (a + sign * b - y[i]).abs() <= 1e-5 * scale;
                    sum || (sign < 0.0 && (b - a - y[i]).abs() <= 1e-5 * scale)
                };
                (0..y.len()).all(fits)
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use libchar_learn::Matrix;

    #[test]
    fn every_kind_is_named() {
        let y: Vec<f64> = (0..12).map(|i| 40.0 + (f64::from(i) * 1.7).sin()).collect();
        let names =
            ["flat", "chamber", "copy", "pred", "z", "a", "b", "x", "run"].map(str::to_owned);
        let rows: Vec<Vec<f64>> = (0..12_i32)
            .map(|i| {
                let (t, y) = (f64::from(i), y[i as usize]);
                let a = (t * 0.9).cos() * 9.0;
                vec![3.0, f64::from(i / 4), 2.0 * y, y + 0.1, t * t * t, a, y - a, t * t, t + 100.0]
            })
            .collect();
        let data = Data {
            names: names.to_vec(),
            x: Matrix::from_rows(&rows).unwrap(),
            y,
            group: (0..12).map(|i| i / 4).collect(),
            groups: ["1", "2", "3"].map(str::to_owned).to_vec(),
            order: vec![0.0; 12],
        };
        let found: Vec<(String, Doubt)> =
            doubtful(&data, "depth").into_iter().map(|d| (d.column, d.doubt)).collect();
        let expected = [
            ("flat", Doubt::Constant),
            ("chamber", Doubt::ConstantInGroups),
            ("copy", Doubt::Leak),
            ("pred", Doubt::OtherModel),
            ("z", Doubt::OtherModel),
            ("a", Doubt::OtherModel),
            ("b", Doubt::OtherModel),
            ("run", Doubt::Counter),
        ]
        .map(|(name, doubt)| (name.to_owned(), doubt));
        assert_eq!(found, expected);
    }
}
