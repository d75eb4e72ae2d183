//! Frozen limits: what Phase I found, kept for judging Phase II.

use crate::chart::{Design, Parameters};
use crate::error::SpcError;
use serde::{Deserialize, Serialize};

/// A baseline as it is stored in its JSON file, without the document's `schema` member.
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
    /// Column whose runs of equal values were the subgroups.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subgroup: Option<String>,
    /// Column of parts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// Column of runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run: Option<String>,
    /// Column of nominal values or targets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nominal: Option<String>,
    /// Units inspected: a column or a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sample_size: Option<String>,
    /// Whether deviations from `nominal` are charted.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deviation: bool,
    /// Where the limits come from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
}

/// Where limits come from.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provenance {
    /// The input's name as it was given.
    pub input: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// The file lines of the first and last point.
    pub lines: [usize; 2],
    /// Points that were left out of the limits, with the reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub excluded: Vec<Excluded>,
    /// Centre, sigma and number of points of the limits that this baseline replaced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Replaced>,
}

/// A point that was left out of the estimation of limits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Excluded {
    /// Point, from 1.
    pub point: usize,
    /// Line of its last row.
    pub line: usize,
    /// Time or subgroup, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The reason, as given by the person who left it out.
    pub reason: String,
}

/// Earlier limits that were replaced by newer ones.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Replaced {
    /// Centre.
    pub center: f64,
    /// Sigma.
    pub sigma: Option<f64>,
    /// Number of points that they were estimated from.
    pub points: usize,
}

/// Limits of many charts in one file: one baseline per group and column.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baselines {
    /// Columns whose values define the groups.
    pub by: Vec<String>,
    /// The limits, in the order of groups and columns.
    pub baselines: Vec<OfGroup>,
    /// Charts that have no limits.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<LeftOut>,
}

/// The baseline of one group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfGroup {
    /// The group's values, one for each column of `by`.
    pub group: Vec<String>,
    /// Its limits.
    pub baseline: Baseline,
}

/// A chart that has no limits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeftOut {
    /// The group's values.
    pub group: Vec<String>,
    /// Its columns.
    pub columns: Vec<String>,
    /// Why it has no limits.
    pub reason: String,
}

impl Baseline {
    /// A baseline of one chart without subgroup columns and provenance.
    pub fn new(
        columns: Vec<String>,
        subgroup_size: Option<usize>,
        design: Design,
        parameters: Parameters,
    ) -> Self {
        Self {
            columns,
            subgroup_size,
            design,
            parameters,
            subgroup: None,
            part: None,
            run: None,
            nominal: None,
            sample_size: None,
            deviation: false,
            provenance: None,
        }
    }
}

impl Baseline {
    /// Refuses a chart or columns that the baseline was not made for.
    pub fn check(&self, columns: &[String], subgroup_size: Option<usize>) -> Result<(), SpcError> {
        if self.columns != columns {
            return Err(SpcError::Invalid(format!(
                "the baseline is for column {}, the data are for {}",
                quoted(&self.columns),
                quoted(columns)
            )));
        }
        if let (Some(mine), Some(found)) = (self.subgroup_size, subgroup_size)
            && mine != found
        {
            return Err(SpcError::Invalid(format!(
                "the baseline has subgroups of {mine}, the data of {found}"
            )));
        }
        self.design.check()?;
        let sigma_is_bad = self.parameters.sigma.is_some_and(|s| !(s > 0.0 && s.is_finite()));
        if sigma_is_bad || self.parameters.center.is_infinite() {
            return Err(SpcError::Invalid(
                "the baseline's centre or sigma is not a number".to_owned(),
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
        let baseline =
            Baseline::new(vec!["tox_nm".to_owned()], Some(5), Design::new(Kind::XbarR), parameters);
        assert!(baseline.check(&["tox_nm".to_owned()], Some(5)).is_ok());
        let other = baseline.check(&["temp_c".to_owned()], Some(5)).unwrap_err();
        assert_eq!(
            other.to_string(),
            "the baseline is for column `tox_nm`, the data are for `temp_c`"
        );
        assert!(baseline.check(&["tox_nm".to_owned()], Some(4)).is_err());
    }
}
