//! Stability of a gage: repeated readings of the same master over time.

use super::line::Line;
use super::report::{Report, quantities};
use crate::chart::{Data, Design, Kind, Panel};
use crate::data::Readings;
use crate::describe::mean;
use crate::distribution::{t_p_value, t_quantile};
use crate::error::SpcError;
use crate::rules::parse_rules;
use crate::study::{self, Analysis, Span};
use crate::subgroup::Subgroups;
use libchar_core::Frame;
use libchar_core::frame::document;
use libchar_core::number::significant;
use serde::Serialize;
use serde_json::{Value, json};

/// Drift of the readings of a master.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Drift {
    /// Number of times.
    pub n: usize,
    /// Mean of the readings.
    pub mean: f64,
    /// Change of the mean per unit of time.
    pub slope: f64,
    /// Standard error of the slope.
    pub se_slope: f64,
    /// Slope over its standard error.
    pub t: f64,
    /// Degrees of freedom.
    pub df: usize,
    /// p value of the hypothesis that there is no drift.
    pub p: f64,
    /// Confidence interval of the slope.
    pub ci: [f64; 2],
    /// Residual standard deviation about the line.
    pub s: f64,
    /// Duration from the first to the last time.
    pub span: f64,
    /// |slope| × span: total change of the line.
    pub total: f64,
}

/// Fits the mean reading at each time to the times, which need not be equally spaced, by least
/// squares.
///
/// # Errors
/// Fewer than three times, times that are all the same, a confidence outside (0, 1).
pub fn drift(times: &[f64], values: &[f64], confidence: f64) -> Result<Drift, SpcError> {
    crate::tolerance::check(0.5, confidence)?;
    let n = values.len();
    if n < 3 {
        let what = "a drift of a gage";
        return Err(SpcError::TooFew { what, needed: 3, unit: "times", found: n });
    }
    let line = Line::fit(times, values)
        .ok_or_else(|| SpcError::Invalid("all readings have the same time".to_owned()))?;
    let df = line.df as f64;
    let half = t_quantile(f64::midpoint(1.0, confidence), df) * line.se_slope;
    let (first, last) = times
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(lo, hi), t| (lo.min(*t), hi.max(*t)));
    Ok(Drift {
        n,
        mean: mean(values),
        slope: line.slope,
        se_slope: line.se_slope,
        t: line.t_slope(),
        df: line.df,
        p: t_p_value(line.t_slope(), df),
        ci: [line.slope - half, line.slope + half],
        s: line.s,
        span: last - first,
        total: line.slope.abs() * (last - first),
    })
}

/// Charts of the readings that share a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spread {
    /// Means and ranges.
    XbarR,
    /// Means and standard deviations.
    XbarS,
}

crate::words::words! {
    Spread { XbarR = "xbar-r", XbarS = "xbar-s" }
}

/// Settings of a study of a master over time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Asked {
    /// Chart of readings that share a time; single readings get an individuals chart.
    pub chart: Spread,
    /// Largest p value at which a drift is a finding.
    pub alpha: f64,
    /// Confidence of the interval of the slope.
    pub confidence: f64,
}

/// A study of stability.
#[derive(Debug, Clone)]
pub struct Study {
    /// The settings.
    pub asked: Asked,
    /// Name of the column.
    pub column: String,
    /// The drift of the gage.
    pub found: Drift,
    /// The chart of the master.
    pub analysis: Analysis,
    /// Whether slopes are per day; if not, they are per unit of time.
    pub is_calendar: bool,
}

const DAY_S: f64 = 86_400.0;

impl Asked {
    /// Studies readings with their times; readings at the same time form a subgroup.
    ///
    /// # Errors
    /// Readings that cannot be charted, and as [`drift`].
    pub fn study(self, readings: &Readings) -> Result<Study, SpcError> {
        let scale = if readings.is_calendar { DAY_S } else { 1.0 };
        // Times relative to the first one keep digits that the seconds of a century would lose.
        let times: Vec<f64> =
            readings.times.iter().map(|t| (t - readings.times[0]) / scale).collect();
        let at_one: Vec<&[f64]> = times.chunk_by(|a, b| a == b).collect();
        let sizes: Vec<usize> = at_one.iter().map(|times| times.len()).collect();
        let groups = Subgroups::by_sizes(readings.values.clone(), &sizes)?;
        let means = groups.means();
        let kind = match self.chart {
            _ if sizes.iter().all(|n| *n == 1) => Kind::IMr,
            Spread::XbarR => Kind::XbarR,
            Spread::XbarS => Kind::XbarS,
        };
        let span = Span { name: None, first: 0, end: sizes.len() };
        let analysis = study::Study::new(Design::new(kind), parse_rules("rule1")?)
            .analyse(&Data::Measured(groups), &[span])
            .map_err(|error| error.error)?;
        let times: Vec<f64> = at_one.iter().map(|times| times[0]).collect();
        let found = drift(&times, &means, self.confidence)?;
        let (column, is_calendar) = (readings.column.clone(), readings.is_calendar);
        Ok(Study { asked: self, column, found, analysis, is_calendar })
    }
}

impl Study {
    /// The main panel, and the sigma within readings of the same time.
    fn panel(&self) -> (&Panel, Option<f64>) {
        let stage = &self.analysis.stages[0];
        (&stage.chart.panels[0], stage.parameters.sigma)
    }

    fn unit(&self) -> &'static str {
        if self.is_calendar { "day" } else { "unit of time" }
    }
}

impl Report for Study {
    fn frame(&self) -> Frame {
        let (found, (panel, sigma)) = (&self.found, self.panel());
        let rows = [
            ("n", found.n.into()),
            ("mean", found.mean.into()),
            ("ucl", panel.upper.constant().into()),
            ("lcl", panel.lower.constant().into()),
            ("sigma_within", sigma.into()),
            ("events", self.analysis.findings().into()),
            ("slope", found.slope.into()),
            ("lower", found.ci[0].into()),
            ("upper", found.ci[1].into()),
            ("t", found.t.into()),
            ("p", found.p.into()),
            ("span", found.span.into()),
            ("total", found.total.into()),
        ];
        quantities("libchar.spc-gage-stability", rows)
    }

    fn document(&self) -> Value {
        let (panel, sigma) = self.panel();
        let points = 0..panel.values.len();
        let beyond: Vec<usize> =
            points.filter(|i| panel.beyond(*i) != (false, false)).map(|i| i + 1).collect();
        let mut body = json!(self.found);
        for (name, value) in [
            ("column", json!(self.column)),
            ("chart", json!(self.analysis.design.chart.name())),
            ("unit", json!(self.unit())),
            ("center", json!(self.analysis.stages[0].parameters.center)),
            ("ucl", json!(panel.upper.constant())),
            ("lcl", json!(panel.lower.constant())),
            ("beyond", json!(beyond)),
            ("sigma", json!(sigma)),
            ("events", json!(self.analysis.findings())),
            ("confidence", json!(self.asked.confidence)),
        ] {
            body[name] = value;
        }
        document("libchar.spc-gage-stability", 1, body)
    }

    fn findings(&self) -> Vec<String> {
        let (column, events) = (&self.column, self.analysis.findings());
        let chart = self.analysis.design.chart.name();
        let alarms = (events > 0)
            .then(|| format!("{column}: the {chart} chart of the master has {events} events"));
        let (slope, p) = (significant(self.found.slope, 3), significant(self.found.p, 2));
        let drifts = (self.found.p <= self.asked.alpha)
            .then(|| format!("{column}: the gage drifts by {slope} per {} (p {p})", self.unit()));
        alarms.into_iter().chain(drifts).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_through_shifted_points_has_their_slope() {
        let times = [0.0, 1.0, 2.0, 4.0, 7.0];
        let values = times.map(|t| 10.0 + 0.25 * t);
        let noisy: Vec<f64> =
            values.iter().zip([0.1, -0.1, 0.05, -0.1, 0.05]).map(|(v, e)| v + e).collect();
        let found = drift(&times, &noisy, 0.95).unwrap();
        // Normal equations by hand: sxx = 30.8, sxy = 7.7 - 0.03.
        let sxy: f64 = times.iter().zip(&noisy).map(|(t, v)| (t - 2.8) * v).sum();
        assert!((found.slope - sxy / 30.8).abs() < 1e-12 && found.df == 3 && found.span == 7.0);
        assert!(found.ci[0] < 0.25 && 0.25 < found.ci[1]);
        assert!(drift(&[1.0; 3], &[1.0, 2.0, 3.0], 0.95).is_err());
    }

    fn asked() -> Asked {
        Asked { chart: Spread::XbarR, alpha: 0.05, confidence: 0.95 }
    }

    /// Readings of a master on successive days; a day that `times` repeats has several readings.
    fn readings(times: &[f64], values: &[f64]) -> Readings {
        let times = times.iter().map(|day| 1.7e9 + 86_400.0 * day).collect();
        let values = values.to_vec();
        Readings { column: "x".into(), values, times, is_calendar: true, ..Readings::default() }
    }

    #[test]
    fn readings_at_one_time_are_a_subgroup_and_slopes_are_a_day() {
        let days: Vec<f64> = (0..20).map(|i| f64::from(i / 2)).collect();
        let noise = |i: usize| (i * 7 % 5) as f64 * 0.1;
        let still: Vec<f64> = (0..20).map(|i| 50.0 + noise(i)).collect();
        let study = asked().study(&readings(&days, &still)).unwrap();
        assert_eq!((study.found.n, study.found.span), (10, 9.0));
        let document = study.document();
        assert_eq!((&document["chart"], &document["unit"]), (&json!("xbar-r"), &json!("day")));
        assert!(study.findings().is_empty(), "{:?}", study.findings());
        let rising: Vec<f64> = still.iter().zip(&days).map(|(x, day)| x + 0.5 * day).collect();
        let study = asked().study(&readings(&days, &rising)).unwrap();
        let told = study.findings();
        assert!(told[0].starts_with("x: the xbar-r chart of the master has "), "{told:?}");
        assert!(
            told[1].starts_with("x: the gage drifts by 0.5") && told[1].contains(" per day (p ")
        );
        assert!(!study.document()["beyond"].as_array().unwrap().is_empty());
        let csv = String::from_utf8(study.frame().to_csv()).unwrap();
        assert!(csv.starts_with("quantity,value\nn,10\n") && csv.contains("\nspan,9\n"), "{csv}");
    }

    #[test]
    fn single_readings_are_individuals_and_numbers_are_units_of_time() {
        let times: Vec<f64> = (0..12).map(f64::from).collect();
        let values: Vec<f64> = (0..12).map(|i| f64::from(i * 5 % 7)).collect();
        let plain = Readings { is_calendar: false, ..readings(&times, &values) };
        let study = Asked { chart: Spread::XbarS, ..asked() }.study(&plain).unwrap();
        let document = study.document();
        assert_eq!(
            (&document["chart"], &document["unit"]),
            (&json!("i-mr"), &json!("unit of time"))
        );
        assert_eq!(study.found.span, 11.0 * DAY_S);
    }
}
