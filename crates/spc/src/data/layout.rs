//! How a table holds the data of a chart: the roles of its columns, and what forms a subgroup.

use crate::baseline::Baseline;
use crate::chart::Kind;
use crate::gather::Grouping;
use libchar_core::Refused;
use libchar_core::table::columns::Na;

/// The roles of the columns of a table.
#[derive(Debug, Clone)]
pub struct Layout {
    /// Columns to chart; if empty, the only column of numbers.
    pub columns: Vec<String>,
    /// Patterns of column names; each match is a chart of its own, or a variable of a multivariate
    /// chart.
    pub patterns: Vec<String>,
    /// Columns whose values split the rows into groups with charts of their own.
    pub by: Vec<String>,
    /// Successive rows that form a subgroup.
    pub subgroup_size: Option<usize>,
    /// Column whose equal neighbours form a subgroup.
    pub subgroup: Option<String>,
    /// Units inspected: a column, or one number for all rows.
    pub sample_size: Option<String>,
    /// Column of times, which must not go backwards.
    pub time: Option<String>,
    /// Format of the times if they are not ISO 8601.
    pub time_format: Option<String>,
    /// Columns that are copied into every alarm.
    pub label: Vec<String>,
    /// Column whose every change restarts limits and rules.
    pub stage: Option<String>,
    /// Column of nominal values, target shares or rates.
    pub nominal: Option<String>,
    /// Column of parts.
    pub part: Option<String>,
    /// Column of runs of a part.
    pub run: Option<String>,
    /// Length in seconds of the unit for times between events.
    pub unit_s: f64,
    /// How to treat cells without a number.
    pub na: Na,
}

impl Default for Layout {
    /// Single values of the only column of numbers; the unit of times between events is a day.
    fn default() -> Self {
        Layout {
            columns: Vec::new(),
            patterns: Vec::new(),
            by: Vec::new(),
            subgroup_size: None,
            subgroup: None,
            sample_size: None,
            time: None,
            time_format: None,
            label: Vec::new(),
            stage: None,
            nominal: None,
            part: None,
            run: None,
            unit_s: 86_400.0,
            na: Na::Error,
        }
    }
}

impl Layout {
    /// How rows group into points.
    ///
    /// # Errors
    /// A subgroup size of 0.
    pub fn grouping(&self) -> Result<Grouping, Refused> {
        Ok(match (self.subgroup_size, &self.subgroup) {
            (Some(0), _) => return Err(Refused::usage("subgroups have at least 1 value")),
            (Some(size), _) => Grouping::Size(size),
            (None, Some(_)) => Grouping::Label,
            (None, None) => Grouping::Single,
        })
    }

    /// Whether rows form subgroups of more than one value.
    pub fn has_subgroups(&self) -> bool {
        self.subgroup.is_some() || self.subgroup_size.is_some_and(|n| n > 1)
    }

    /// Whether several charts are asked for.
    pub fn is_many(&self, kind: Kind) -> bool {
        let several = self.columns.len() > 1 && !kind.is_multivariate() && !self.takes_wide(kind);
        !self.by.is_empty() || several || (!self.patterns.is_empty() && !kind.is_multivariate())
    }

    /// Whether the columns of a row form its subgroup.
    pub fn takes_wide(&self, kind: Kind) -> bool {
        let grouped = self.subgroup.is_some() || self.subgroup_size.is_some();
        let wide = [Kind::XbarR, Kind::XbarS, Kind::ShortXbarR, Kind::ThreeWay];
        wide.contains(&kind) && !grouped
    }

    /// Columns that label rows and therefore are not charted.
    pub fn label_columns(&self) -> Vec<&str> {
        let own = [
            &self.time,
            &self.stage,
            &self.subgroup,
            &self.part,
            &self.run,
            &self.nominal,
            &self.sample_size,
        ];
        let labels = own.into_iter().flatten().chain(&self.label).chain(&self.by);
        labels.map(String::as_str).collect()
    }

    /// Takes from a baseline everything that the caller left open: columns and subgroups.
    pub fn adopt(&self, baseline: &Baseline) -> Layout {
        let mut adopted = self.clone();
        if adopted.columns.is_empty() {
            adopted.columns.clone_from(&baseline.columns);
        }
        for (own, known) in [
            (&mut adopted.part, &baseline.part),
            (&mut adopted.run, &baseline.run),
            (&mut adopted.nominal, &baseline.nominal),
            (&mut adopted.sample_size, &baseline.sample_size),
        ] {
            if own.is_none() {
                own.clone_from(known);
            }
        }
        let grouped = adopted.subgroup.is_some() || adopted.subgroup_size.is_some();
        if grouped || baseline.columns.len() > 1 {
            return adopted;
        }
        adopted.subgroup.clone_from(&baseline.subgroup);
        if adopted.subgroup.is_none() && baseline.subgroup_size.is_some_and(|n| n > 1) {
            adopted.subgroup_size = baseline.subgroup_size;
        }
        adopted
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{Design, Parameters};

    fn baseline(columns: &[&str], size: Option<usize>) -> Baseline {
        let columns = columns.iter().map(|name| (*name).to_owned()).collect();
        Baseline::new(columns, size, Design::new(Kind::XbarR), Parameters::default())
    }

    #[test]
    fn a_baseline_fills_what_is_left_open_and_nothing_else() {
        let mut frozen = baseline(&["x"], Some(4));
        frozen.part = Some("part".to_owned());
        let open = Layout::default().adopt(&frozen);
        assert_eq!((&open.columns[..], open.subgroup_size), (&["x".to_owned()][..], Some(4)));
        assert_eq!(open.part.as_deref(), Some("part"));
        let own = Layout {
            columns: vec!["y".to_owned()],
            subgroup: Some("lot".to_owned()),
            part: Some("own".to_owned()),
            ..Layout::default()
        };
        let kept = own.adopt(&frozen);
        assert_eq!((kept.columns, kept.subgroup_size), (vec!["y".to_owned()], None));
        assert_eq!((kept.subgroup.as_deref(), kept.part.as_deref()), (Some("lot"), Some("own")));
        // A subgroup within one row is not a subgroup of rows, and a size of 1 means no subgroups.
        assert_eq!(Layout::default().adopt(&baseline(&["a", "b"], Some(2))).subgroup_size, None);
        assert_eq!(Layout::default().adopt(&baseline(&["x"], Some(1))).subgroup_size, None);
    }

    #[test]
    fn several_columns_are_several_charts_unless_they_are_a_subgroup_or_a_vector() {
        let columns = vec!["a".to_owned(), "b".to_owned()];
        let layout = Layout { columns, ..Layout::default() };
        assert!(layout.is_many(Kind::IMr) && !layout.is_many(Kind::XbarR));
        assert!(!layout.is_many(Kind::T2));
        let grouped = Layout { subgroup_size: Some(5), ..layout.clone() };
        assert!(grouped.is_many(Kind::XbarR));
        let by = Layout { by: vec!["tool".to_owned()], ..Layout::default() };
        assert!(by.is_many(Kind::T2) && by.label_columns() == ["tool"]);
    }

    #[test]
    fn a_size_stands_before_a_label_and_none_is_refused() {
        let layout = |size, label: Option<&str>| Layout {
            subgroup_size: size,
            subgroup: label.map(str::to_owned),
            ..Layout::default()
        };
        assert_eq!(layout(Some(3), Some("lot")).grouping(), Ok(Grouping::Size(3)));
        assert_eq!(layout(None, Some("lot")).grouping(), Ok(Grouping::Label));
        assert_eq!(layout(None, None).grouping(), Ok(Grouping::Single));
        assert!(layout(Some(0), None).grouping().is_err());
    }
}
