//! Linearity of a gage: its bias as a straight line over the references.

use super::line::Line;
use super::picture;
use super::report::Report;
use crate::data::Readings;
use crate::describe::{mean, sd};
use crate::distribution::{t_p_value, t_quantile};
use crate::error::SpcError;
use libchar_core::Frame;
use libchar_core::frame::{Column, document};
use libchar_core::number::significant;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Bias at one reference.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct BiasAt {
    /// Mean bias of its readings.
    pub bias: f64,
    /// Standard deviation of its readings; `None` for one reading.
    pub s: Option<f64>,
    /// Bias over its standard error.
    pub t: Option<f64>,
    /// p value of the hypothesis that there is no bias.
    pub p: Option<f64>,
    /// Confidence band of the regression line at this reference.
    pub band: [f64; 2],
    /// Whether the band contains 0.
    pub holds_zero: bool,
}

/// Bias as a line over the reference.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Linearity {
    /// Number of readings.
    pub n: usize,
    /// Change of the bias per unit of the reference.
    pub slope: f64,
    /// Bias at reference 0.
    pub intercept: f64,
    /// Residual standard deviation.
    pub s: f64,
    /// Share of the variance of the bias that the line explains.
    pub r2: f64,
    /// Standard error of the slope.
    pub se_slope: f64,
    /// Standard error of the intercept.
    pub se_intercept: f64,
    /// Slope over its standard error.
    pub t_slope: f64,
    /// Intercept over its standard error.
    pub t_intercept: f64,
    /// p value of the hypothesis that the slope is 0.
    pub p_slope: f64,
    /// p value of the hypothesis that the intercept is 0.
    pub p_intercept: f64,
    /// |slope| × process variation; `None` if no process variation is given.
    pub linearity: Option<f64>,
    /// 100 |slope|.
    pub percent_linearity: f64,
    /// Mean bias of all readings.
    pub mean_bias: f64,
    /// The bias at each reference; the key is the reference as it is written in the input.
    pub bias_by_reference: BTreeMap<String, BiasAt>,
    /// Whether the band contains 0 at every reference.
    pub is_acceptable: bool,
}

/// Fits the bias of single readings (not of means) to the reference by least squares.
///
/// # Errors
/// Fewer than three readings, references that are all the same, a confidence outside (0, 1).
pub fn linearity(
    values: &[f64],
    reference: &[f64],
    process_variation: Option<f64>,
    confidence: f64,
) -> Result<Linearity, SpcError> {
    crate::tolerance::check(0.5, confidence)?;
    let n = values.len();
    if n < 3 {
        return Err(SpcError::TooFew {
            what: "a linearity",
            needed: 3,
            unit: "readings",
            found: n,
        });
    }
    let bias: Vec<f64> = values.iter().zip(reference).map(|(x, r)| x - r).collect();
    let fit = Line::fit(reference, &bias).ok_or_else(|| {
        let message = "a linearity needs more than one reference; use spc gage bias";
        SpcError::Invalid(message.to_owned())
    })?;
    let (slope, intercept, s) = (fit.slope, fit.intercept, fit.s);
    let (count, mx, sxx, df) = (n as f64, fit.center, fit.spread, fit.df as f64);
    let t = t_quantile(f64::midpoint(1.0, confidence), df);
    let mut groups: Vec<(f64, Vec<f64>)> = Vec::new();
    for (r, b) in reference.iter().zip(&bias) {
        match groups.iter_mut().find(|(known, _)| known == r) {
            Some((_, list)) => list.push(*b),
            None => groups.push((*r, vec![*b])),
        }
    }
    let bias_by_reference: BTreeMap<String, BiasAt> = groups
        .into_iter()
        .map(|(r, list)| {
            let center = mean(&list);
            let s_at = sd(&list);
            let t_at = s_at.filter(|s| *s > 0.0).map(|s| center / (s / (list.len() as f64).sqrt()));
            let half = t * s * (1.0 / count + (r - mx) * (r - mx) / sxx).sqrt();
            let line = intercept + slope * r;
            let band = [line - half, line + half];
            let at = BiasAt {
                bias: center,
                s: s_at,
                t: t_at,
                p: t_at.map(|t| t_p_value(t, list.len() as f64 - 1.0)),
                band,
                holds_zero: band[0] <= 0.0 && band[1] >= 0.0,
            };
            (format!("{r:?}"), at)
        })
        .collect();
    Ok(Linearity {
        n,
        slope,
        intercept,
        s,
        r2: fit.r2,
        se_slope: fit.se_slope,
        se_intercept: fit.se_intercept,
        t_slope: fit.t_slope(),
        t_intercept: fit.t_intercept(),
        p_slope: t_p_value(fit.t_slope(), df),
        p_intercept: t_p_value(fit.t_intercept(), df),
        linearity: process_variation.map(|pv| slope.abs() * pv),
        percent_linearity: 100.0 * slope.abs(),
        mean_bias: mean(&bias),
        is_acceptable: bias_by_reference.values().all(|at| at.holds_zero),
        bias_by_reference,
    })
}

/// Settings of a study of several references.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Asked {
    /// Spread of the process (6 sigma).
    pub process_variation: Option<f64>,
    /// Confidence of the band.
    pub confidence: f64,
}

/// A study of linearity.
#[derive(Debug, Clone, PartialEq)]
pub struct Study<'a> {
    /// The settings.
    pub asked: Asked,
    /// The readings, with their references in the extra column.
    pub readings: &'a Readings,
    /// The fitted line.
    pub found: Linearity,
}

/// A reference and the bias at it.
type At = (f64, BiasAt);

const COLUMNS: [Column<'static, At>; 8] = [
    ("reference", |(reference, _)| (*reference).into()),
    ("bias", |(_, at)| at.bias.into()),
    ("s", |(_, at)| at.s.into()),
    ("t", |(_, at)| at.t.into()),
    ("p", |(_, at)| at.p.into()),
    ("lower", |(_, at)| at.band[0].into()),
    ("upper", |(_, at)| at.band[1].into()),
    ("holds_zero", |(_, at)| at.holds_zero.into()),
];

impl Asked {
    /// Studies readings whose extra column contains their references.
    ///
    /// # Errors
    /// As [`linearity`].
    pub fn study(self, readings: &Readings) -> Result<Study<'_>, SpcError> {
        let Asked { process_variation, confidence } = self;
        let found = linearity(&readings.values, &readings.extra, process_variation, confidence)?;
        Ok(Study { asked: self, readings, found })
    }
}

impl Linearity {
    /// Each reference as a number with the bias at it, ascending.
    pub fn references(&self) -> Vec<(f64, BiasAt)> {
        let number = |text: &String| text.parse().unwrap_or(f64::NAN);
        let written = self.bias_by_reference.iter();
        let mut references: Vec<_> = written.map(|(text, at)| (number(text), *at)).collect();
        references.sort_by(|a, b| a.0.total_cmp(&b.0));
        references
    }
}

impl Report for Study<'_> {
    fn frame(&self) -> Frame {
        Frame::of("libchar.spc-gage-linearity", 1, &self.found.references(), &COLUMNS)
    }

    fn sentence(&self) -> Option<String> {
        let Linearity { intercept, slope, p_slope, mean_bias, r2, .. } = self.found;
        let [intercept, slope, p, mean, r2] =
            [intercept, slope, p_slope, mean_bias, r2].map(|x| significant(x, 4));
        Some(format!(
            "bias = {intercept} + {slope} reference (p of the slope {p}), mean bias {mean}, R2 {r2}"
        ))
    }

    fn document(&self) -> Value {
        let mut body = json!(self.found);
        body["column"] = json!(self.readings.column);
        body["confidence"] = json!(self.asked.confidence);
        document("libchar.spc-gage-linearity", 1, body)
    }

    fn picture(&self) -> Option<String> {
        let Readings { column, values, extra, .. } = self.readings;
        let line = [self.found.intercept, self.found.slope];
        let ends: Vec<_> = self.found.references().iter().map(|(r, at)| (*r, at.band)).collect();
        Some(picture::linearity(column, values, extra, line, &ends, self.asked.confidence))
    }

    fn findings(&self) -> Vec<String> {
        let references = &self.found.bias_by_reference;
        let (outside, of) =
            (references.values().filter(|at| !at.holds_zero).count(), references.len());
        let column = &self.readings.column;
        let told = || {
            format!(
                "{column}: zero lies outside the band of the bias at {outside} of {of} references"
            )
        };
        (outside > 0).then(told).into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two readings each of 2, 10 and 100, with the biases `at`, 0.1 apart.
    fn readings(at: [f64; 3]) -> Readings {
        let each = [2.0, 10.0, 100.0].into_iter().zip(at);
        let (values, extra) =
            each.flat_map(|(r, b)| [(r + b - 0.05, r), (r + b + 0.05, r)]).unzip();
        Readings { column: "x".into(), values, extra, ..Readings::default() }
    }

    #[test]
    fn references_stand_in_the_order_of_numbers_and_a_bias_is_found() {
        let asked = Asked { process_variation: Some(12.0), confidence: 0.95 };
        let fine = readings([0.0; 3]);
        let study = asked.study(&fine).unwrap();
        let csv = String::from_utf8(study.frame().to_csv()).unwrap();
        let firsts: Vec<&str> = csv.lines().filter_map(|line| line.split(',').next()).collect();
        assert_eq!(firsts, ["reference", "2", "10", "100"]);
        assert!(study.findings().is_empty() && csv.lines().skip(1).all(|l| l.ends_with(",true")));
        // A bias proportional to the reference, a tenth of it, is a line of slope 0.1 through 0.
        let steep = readings([0.2, 1.0, 10.0]);
        let study = asked.study(&steep).unwrap();
        let found = &study.found;
        assert!((found.slope - 0.1).abs() < 1e-12 && found.intercept.abs() < 1e-12);
        assert!((found.linearity.unwrap() - 1.2).abs() < 1e-12);
        let told = study.findings();
        assert_eq!(told, ["x: zero lies outside the band of the bias at 3 of 3 references"]);
        assert!(study.sentence().unwrap().contains(" + 0.1000 reference (p of the slope "));
        assert_eq!(study.document()["confidence"], json!(0.95));
        assert!(study.picture().unwrap().contains("linearity of x"));
    }
}
