//! Readings by part and operator.

use crate::error::SpcError;
use std::collections::BTreeMap;

/// How parts and operators are combined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Design {
    /// Every operator measures every part.
    Crossed,
    /// Every operator measures other parts (destructive tests); part 1 of operator A is not part 1
    /// of B.
    Nested,
}

/// Balanced readings: the same number in each cell. The order of the rows does not matter.
#[derive(Debug, Clone, PartialEq)]
pub struct Cells {
    /// Operators in order.
    pub operators: Vec<String>,
    /// Parts in order, for each operator if nested.
    pub parts: Vec<Vec<String>>,
    /// Readings by operator, part and trial.
    pub values: Vec<Vec<Vec<f64>>>,
    /// Number of readings in a cell.
    pub trials: usize,
}

impl Cells {
    /// Sorts readings into cells; without operators there is a single one.
    ///
    /// # Errors
    /// A cell with more or fewer readings than the others (it is named), fewer than two parts, or
    /// one reading per cell.
    pub fn new(
        values: &[f64],
        part: &[String],
        operator: Option<&[String]>,
        design: Design,
    ) -> Result<Self, SpcError> {
        let mut cells: BTreeMap<&str, BTreeMap<&str, Vec<f64>>> = BTreeMap::new();
        for (i, value) in values.iter().enumerate() {
            let name = operator.map_or("", |operator| operator[i].as_str());
            cells.entry(name).or_default().entry(&part[i]).or_default().push(*value);
        }
        if design == Design::Crossed {
            for name in part {
                for parts in cells.values_mut() {
                    parts.entry(name).or_default();
                }
            }
        }
        let named = |operator: &str, part: &str| match operator {
            "" => format!("part `{part}`"),
            _ => format!("part `{part}` of operator `{operator}`"),
        };
        let each =
            || cells.iter().flat_map(|(o, parts)| parts.iter().map(move |(p, v)| (*o, *p, v)));
        let trials = each().map(|(.., v)| v.len()).max().unwrap_or(0);
        if let Some((operator, part, found)) = each().find(|(.., v)| v.len() != trials) {
            return Err(SpcError::Invalid(format!(
                "{} has {} readings, others have {trials}: the analysis needs as many in each cell",
                named(operator, part),
                found.len()
            )));
        }
        let count = cells.values().map(BTreeMap::len).max().unwrap_or(0);
        if let Some((operator, parts)) = cells.iter().find(|(_, parts)| parts.len() != count) {
            return Err(SpcError::Invalid(format!(
                "operator `{operator}` has {} parts, others have {count}",
                parts.len()
            )));
        }
        for (what, needed, found) in [("parts", 2, count), ("readings of each part", 2, trials)] {
            if found < needed {
                return Err(SpcError::TooFew { what: "a gage study", needed, unit: what, found });
            }
        }
        Ok(Self {
            operators: cells.keys().map(|o| (*o).to_owned()).collect(),
            parts: cells.values().map(|p| p.keys().map(|p| (*p).to_owned()).collect()).collect(),
            values: cells.into_values().map(|parts| parts.into_values().collect()).collect(),
            trials,
        })
    }
}
