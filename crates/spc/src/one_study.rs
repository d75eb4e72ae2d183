//! One study applied to the points of one chart.

use crate::baseline::Baseline;
use crate::chart::{Design, Given};
use crate::data::notes::{guaranteed, notes};
use crate::data::{Layout, Prepared, exclude};
use crate::report::Report;
use crate::rules::Rule;
use crate::study::Study;
use libchar_core::{Fault, Refused, Table};

/// The settings of a chart.
pub struct Asked<'a> {
    /// The chart, or that of the frozen limits.
    pub design: Design,
    /// What is given instead of estimated.
    pub given: Given,
    /// Rules to judge by.
    pub rules: Vec<Rule>,
    /// Frozen limits.
    pub frozen: Option<Baseline>,
    /// Number of first points that the limits are estimated from; if `None`, all points.
    pub phase1: Option<usize>,
    /// Whether each completing point is an event of its own.
    pub each_point: bool,
    /// Share of Phase I samples in which the false-alarm rate is at most nominal, if the limits are
    /// to be widened for that.
    pub guarantee: Option<f64>,
    /// Points to exclude from the limits, as in [`exclude::points`], and the reason.
    pub exclude: (&'a [String], &'a str),
}

impl Asked<'_> {
    /// Charts and judges the points of a table; `layout` is the layout that they were read with.
    ///
    /// # Errors
    /// Limits for other columns, excluded points that do not exist, a Phase I longer than the data,
    /// and data that the chart cannot use.
    pub fn report<'p>(
        mut self,
        layout: &Layout,
        table: &Table,
        prepared: &'p Prepared,
    ) -> Result<Report<'p>, Refused> {
        let of_file = |told: String| Fault::of(&prepared.file, told);
        if let Some(frozen) = &self.frozen {
            let fits = frozen.check(&prepared.columns, prepared.subgroup_size());
            fits.map_err(|error| error.of(&prepared.file))?;
        }
        let (points, reason) = self.exclude;
        let excluded = exclude::some(points, reason, table, prepared)?;
        let design = &mut self.design;
        let mut notes = notes(design, layout, prepared);
        let rules = guaranteed(design, self.guarantee, prepared, self.rules, &mut notes)?;
        let all = prepared.data.len();
        if let Some(count) = self.phase1.filter(|count| *count > all) {
            return Err(Refused::usage(format!("--phase1 {count} is more than the {all} points")));
        }
        let study = Study {
            given: self.given,
            frozen: self.frozen.map(|frozen| frozen.parameters),
            phase1: self.phase1,
            each_point: self.each_point,
            excluded: excluded.iter().map(|point| point.point - 1).collect(),
            ..Study::new(self.design, rules)
        };
        let analysis = study.analyse(&prepared.data, &prepared.stages);
        let analysis = analysis.map_err(|error| of_file(error.to_string()))?;
        Ok(Report { prepared, analysis, excluded, notes, acknowledged: Vec::new() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acknowledged::Known;
    use crate::chart::Kind;
    use crate::data::shape;
    use crate::study::rules;
    use serde_json::json;

    /// Two dozen values without a pattern, of four lots; the 20th is far off.
    fn csv() -> String {
        (0..24).fold("lot,x\n".to_owned(), |csv, i| {
            let x = if i == 19 { 90.0 } else { 50.0 + f64::from(i * 7 % 5) };
            format!("{csv}L{},{x}\n", i / 6)
        })
    }

    fn asked<'a>() -> Asked<'a> {
        let design = Design::new(Kind::IMr);
        Asked {
            rules: rules("rule1", &design).unwrap(),
            design,
            given: Given::default(),
            frozen: None,
            phase1: None,
            each_point: false,
            guarantee: None,
            exclude: (&[], ""),
        }
    }

    /// Applies `of` to the report on the values.
    fn report<T>(asked: Asked, of: impl Fn(Report) -> T) -> Result<T, String> {
        let csv = csv();
        let table = Table::parse("t.csv", csv.as_bytes()).unwrap();
        let (columns, label) = (vec!["x".to_owned()], vec!["lot".to_owned()]);
        let layout = Layout { columns, label, ..Layout::default() };
        let prepared = shape(&layout, &table, csv.as_bytes(), &asked.design, false).unwrap();
        asked.report(&layout, &table, &prepared).map(of).map_err(|refused| refused.to_string())
    }

    #[test]
    fn what_fired_is_raised_with_its_place_and_stays_known() {
        let alarms = report(asked(), |report| report.alarms(None)).unwrap();
        let panels: Vec<&str> = alarms.iter().map(|alarm| alarm.panel).collect();
        assert_eq!(panels, ["x", "mr"]);
        let metrics = report(asked(), |report| report.metrics(&alarms)).unwrap();
        let values: Vec<f64> = metrics.iter().map(|metric| metric.value).collect();
        // One point lies outside; two ranges, to it and from it, do.
        assert_eq!(values, [1.0, 2.0, 2.0]);
        let labels: Vec<&str> = metrics[1].labels.iter().map(|(_, value)| value.as_str()).collect();
        assert_eq!(labels, ["x", "mr", "LIMIT"]);
        let first = &alarms[0];
        assert_eq!((first.signals, first.rule.as_str()), (1, "N1"));
        assert!(
            first.message.starts_with("x: ") && first.message.ends_with(" at point 20, lot L3")
        );
        assert_eq!(first.details["at"], json!({ "lot": "L3" }));
        let known = Known {
            state: "resolved".to_owned(),
            by: Some("me".to_owned()),
            why: None,
            details: first.details.clone(),
        };
        let marked = report(asked(), |mut report| {
            report.acknowledge(std::slice::from_ref(&known));
            report.acknowledged
        });
        let marked = marked.unwrap();
        assert_eq!((marked.len(), marked[0].point, marked[0].state.as_str()), (1, 20, "resolved"));
    }

    #[test]
    fn points_that_make_no_limits_raise_no_alarm() {
        let points = ["20".to_owned()];
        let left_out = Asked { exclude: (&points, "a spike"), ..asked() };
        let found = report(left_out, |report| (report.analysis.findings(), report.excluded));
        let (findings, excluded) = found.unwrap();
        assert_eq!((findings, excluded.len(), excluded[0].point), (0, 1, 20));
        let beyond = ["99".to_owned()];
        assert!(report(Asked { exclude: (&beyond, "?"), ..asked() }, |_| ()).is_err());
    }

    #[test]
    fn a_phase_one_and_a_guarantee_make_the_limits() {
        let upper = |asked: Asked| {
            report(asked, |report| report.analysis.stages[0].chart.panels[0].upper.constant())
        };
        let upper = |asked: Asked| upper(asked).unwrap().unwrap();
        let first = Asked { phase1: Some(15), ..asked() };
        assert!(upper(first) < upper(asked()));
        let sure = Asked { phase1: Some(15), guarantee: Some(0.9), ..asked() };
        assert!(upper(sure) > upper(Asked { phase1: Some(15), ..asked() }));
        let told = report(Asked { phase1: Some(25), ..asked() }, |_| ()).unwrap_err();
        assert_eq!(told, "--phase1 25 is more than the 24 points");
    }
}
