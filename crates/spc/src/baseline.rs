//! Frozen limits: what Phase I found, kept for judging Phase II.

use crate::chart::{Design, Parameters};
use crate::error::SpcError;
use serde::{Deserialize, Serialize};

/// A baseline as it stands in its JSON file, without the document's `schema` member.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    /// The charted columns.
    pub columns: Vec<String>,
    /// Values in a subgroup; null where subgroups differ in size or points are single values.
    pub subgroup_size: Option<usize>,
    /// The chart's design.
    pub design: Design,
    /// Centre and spread of Phase I.
    pub parameters: Parameters,
}

impl Baseline {
    /// Refuse a chart or columns that the baseline was not made for.
    pub fn check(&self, columns: &[String], subgroup_size: Option<usize>) -> Result<(), SpcError> {
        if self.columns != columns {
            return Err(SpcError::Invalid(format!(
                "the baseline is of column {}, the data of {}",
                quoted(&self.columns),
                quoted(columns)
            )));
        }
        if let (Some(mine), Some(found)) = (self.subgroup_size, subgroup_size)
            && mine != found
        {
            return Err(SpcError::Invalid(format!(
                "the baseline is of subgroups of {mine}, the data of {found}"
            )));
        }
        self.design.check()?;
        let sigma_is_bad = self.parameters.sigma.is_some_and(|s| !(s > 0.0 && s.is_finite()));
        if sigma_is_bad || self.parameters.center.is_infinite() {
            return Err(SpcError::Invalid(
                "the baseline's centre or sigma is no number".to_owned(),
            ));
        }
        Ok(())
    }
}

fn quoted(columns: &[String]) -> String {
    columns.iter().map(|column| format!("`{column}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::Kind;

    #[test]
    fn another_column_or_size_is_refused() {
        let parameters = Parameters {
            center: 1.0,
            sigma: Some(0.1),
            points: 25,
            values: 125,
            ..Parameters::default()
        };
        let baseline = Baseline {
            columns: vec!["tox_nm".to_owned()],
            subgroup_size: Some(5),
            design: Design::new(Kind::XbarR),
            parameters,
        };
        assert!(baseline.check(&["tox_nm".to_owned()], Some(5)).is_ok());
        let other = baseline.check(&["temp_c".to_owned()], Some(5)).unwrap_err();
        assert_eq!(other.to_string(), "the baseline is of column `tox_nm`, the data of `temp_c`");
        assert!(baseline.check(&["tox_nm".to_owned()], Some(4)).is_err());
    }
}
