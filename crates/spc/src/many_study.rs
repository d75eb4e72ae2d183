//! One study applied to every group and column of a table.

use crate::baseline::Excluded;
use crate::capability::specifications::Specifications;
use crate::chart::{Design, Given};
use crate::data::{Groups, Item, Layout, exclude};
use crate::drift::{Method, Phase1};
use crate::frozen::Frozen;
use crate::many::{DriftLimits, Line};
use crate::many_report::Row;
use crate::rules::Rule;
use crate::study::Study;
use libchar_core::Refused;
use rayon::prelude::*;

/// In-control run length of the drift detector beside a chart.
const DRIFT_ARL: f64 = 370.0;

/// The settings for all charts.
pub struct Plan<'a> {
    /// The chart, if there are no frozen limits.
    pub design: Design,
    /// What is given instead of estimated.
    pub given: Given,
    /// Rules to judge by.
    pub rules: Vec<Rule>,
    /// Frozen limits; a chart without an entry in them is not judged.
    pub frozen: Option<&'a Frozen>,
    /// Specification limits of the columns.
    pub specifications: &'a Specifications,
    /// Number of first points that the limits are estimated from; if `None`, all points.
    pub phase1: Option<usize>,
    /// Whether each completing point is an event of its own.
    pub each_point: bool,
    /// Whether deviations from nominal are charted.
    pub is_deviation: bool,
    /// Points to exclude from the limits, as in [`exclude::points`], and the reason.
    pub exclude: (&'a [String], &'a str),
}

impl Plan<'_> {
    /// The charts of one file, ordered by group.
    ///
    /// # Errors
    /// As [`Groups::items`], and excluded points that no chart has.
    pub fn rows(
        &self,
        file: &str,
        layout: &Layout,
        groups: &Groups,
        bytes: &[u8],
    ) -> Result<Vec<Row>, Refused> {
        let items = groups.items(layout, bytes, &self.design, self.is_deviation)?;
        let phases: Vec<Option<Phase1>> = items
            .iter()
            .map(|item| Phase1::of_baseline(self.frozen?.of(&item.group, &item.columns)?).ok())
            .collect();
        let drift =
            DriftLimits::new(Method::Likelihood, DRIFT_ARL, phases.iter().flatten().copied())
                .map_err(|e| e.usage())?;
        let (asked, reason) = self.exclude;
        let excluded: Vec<Vec<Excluded>> = items
            .iter()
            .map(|item| match (&item.prepared, asked.is_empty()) {
                (Ok(prepared), false) => {
                    exclude::points(asked, reason, groups.table(item), prepared)
                }
                _ => Ok(Vec::new()),
            })
            .collect::<Result<_, _>>()?;
        if !asked.is_empty() && excluded.iter().all(Vec::is_empty) {
            return Err(Refused::usage("--exclude names no point of any chart"));
        }
        let lines: Vec<Line> = items
            .par_iter()
            .zip(&phases)
            .zip(&excluded)
            .map(|((item, phase1), excluded)| self.line(item, &drift, phase1.as_ref(), excluded))
            .collect();
        let rows = items.into_iter().zip(lines).zip(excluded);
        Ok(rows
            .map(|((item, line), excluded)| Row { file: file.to_owned(), item, line, excluded })
            .collect())
    }

    fn line(
        &self,
        item: &Item,
        drift: &DriftLimits,
        phase1: Option<&Phase1>,
        excluded: &[Excluded],
    ) -> Line {
        let prepared = match &item.prepared {
            Ok(prepared) => prepared,
            Err(reason) => return Line::refused(0, reason.clone()),
        };
        let frozen = match self.frozen.map(|frozen| frozen.of(&item.group, &item.columns)) {
            Some(None) => {
                let reason = "the baseline has no limits for it".to_owned();
                let line = Line::refused(prepared.data.len(), reason);
                return Line { is_stuck: false, ..line };
            }
            frozen => frozen.flatten(),
        };
        let design = frozen.map_or(&self.design, |frozen| &frozen.design);
        let study = Study {
            given: self.given.clone(),
            frozen: frozen.map(|frozen| frozen.parameters.clone()),
            phase1: self.phase1,
            each_point: self.each_point,
            excluded: excluded.iter().map(|point| point.point - 1).collect(),
            ..Study::new(design.clone(), self.rules.clone())
        };
        let limits = self.specifications.of(&item.columns.join(","));
        Line::new(&study, &prepared.data, &prepared.stages, limits, Some(drift), phase1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::Kind;
    use crate::frozen::{document_of_many, parse_any};
    use crate::limits;
    use crate::many_report::{document, findings, frame, multiples, notes};
    use crate::study::rules;
    use libchar_core::Note;
    use libchar_core::Table;

    const MARCH: &[u8] =
        b"tool,x,y\nA,1,5\nA,2,5\nA,1,5\nA,2,5\nA,1,5\nB,7,1\nB,8,2\nB,7,1\nB,8,2\nB,9,1\n";

    fn layout() -> Layout {
        Layout {
            by: vec!["tool".to_owned()],
            columns: vec!["x".to_owned(), "y".to_owned()],
            ..Layout::default()
        }
    }

    fn charted(
        csv: &[u8],
        frozen: Option<&Frozen>,
        exclude: &[String],
    ) -> Result<Vec<Row>, String> {
        let design = Design::new(Kind::IMr);
        let specifications = Specifications::default();
        let table = Table::parse("t.csv", csv).unwrap();
        let groups = Groups::new(&layout(), table, Kind::IMr).unwrap();
        let plan = Plan {
            rules: rules("rule1", &design).unwrap(),
            design,
            given: Given::default(),
            frozen,
            specifications: &specifications,
            phase1: None,
            each_point: false,
            is_deviation: false,
            exclude: (exclude, "why"),
        };
        plan.rows("t.csv", &layout(), &groups, csv).map_err(|refused| refused.to_string())
    }

    fn names(rows: &[Row]) -> Vec<String> {
        rows.iter().map(|row| row.item.name()).collect()
    }

    #[test]
    fn every_group_and_column_is_a_chart_and_one_that_does_not_vary_says_so() {
        let rows = charted(MARCH, None, &[]).unwrap();
        assert_eq!(names(&rows), ["x A", "y A", "x B", "y B"]);
        let reasons: Vec<bool> = rows.iter().map(|row| row.line.reason.is_some()).collect();
        assert_eq!(reasons, [false, true, false, false]);
        assert!(
            rows[1].line.is_stuck && rows[1].sentence().starts_with("y A: the values do not vary")
        );
        let table = frame(&["tool".to_owned()], &rows, true);
        assert_eq!(table.len(), 4);
        let whole = document(&["tool".to_owned()], &rows, false);
        assert_eq!(whole["charts"][2]["values"].as_array().map(Vec::len), Some(5));
        // y of A does not vary, which counts as an event; `stuck` counts the charts without an
        // analysis.
        let stuck = rows.iter().filter(|row| row.line.analysis.is_none() && row.line.is_stuck);
        let events: usize = rows.iter().map(|row| row.line.events).sum();
        assert_eq!(findings(&rows, None), events + stuck.count());
        let told = notes(&rows);
        assert!(matches!(&told[0], Note::Info("chart", told) if told.starts_with("4 charts, ")));
        assert!(rows[0].details().unwrap().contains("\"column\":\"x\""));
        let (picture, cut) = multiples(&rows);
        assert!(picture.contains("4 charts") && cut.is_none());
    }

    #[test]
    fn a_chart_without_frozen_limits_is_told_and_is_no_finding() {
        let table = Table::parse("t.csv", MARCH).unwrap();
        let groups = Groups::new(&layout(), table, Kind::IMr).unwrap();
        let asked = limits::Asked {
            design: Design::new(Kind::IMr),
            given: Given::default(),
            is_deviation: false,
            exclude: (&[], ""),
            input: "t.csv",
            sha256: String::new(),
        };
        let frozen = asked.of_many(&layout(), &groups, MARCH).unwrap();
        assert_eq!(
            (frozen.set.baselines.len(), frozen.set.left_out.len(), frozen.stuck),
            (3, 1, 1)
        );
        let bytes = document_of_many(&frozen.set).to_string();
        let frozen = parse_any("b.json", bytes.as_bytes()).unwrap();
        let april = b"tool,x,y\nA,50,5\nA,2,6\nC,1,1\n";
        let rows = charted(april, Some(&frozen), &[]).unwrap();
        assert_eq!(names(&rows), ["x A", "y A", "x C", "y C"]);
        assert_eq!((rows[0].line.events, rows[0].line.first_event), (2, Some(1)));
        let without = &rows[2].line;
        assert_eq!(without.reason.as_deref(), Some("the baseline has no limits for it"));
        assert!(!without.is_stuck && without.events == 0);
    }

    #[test]
    fn points_to_exclude_must_be_of_some_chart() {
        let rows = charted(MARCH, None, &["x == 9".to_owned()]).unwrap();
        let excluded: Vec<usize> = rows.iter().map(|row| row.excluded.len()).collect();
        assert_eq!(excluded, [0, 0, 1, 1]);
        let refused = charted(MARCH, None, &["x == 99".to_owned()]).map(drop).unwrap_err();
        assert_eq!(refused, "--exclude names no point of any chart");
    }
}
