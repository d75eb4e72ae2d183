//! A type 1 study: readings of one reference against its tolerance.

use super::bias::{Bias, bias};
use super::report::{Report, quantities};
use crate::data::Readings;
use crate::error::SpcError;
use libchar_core::Frame;
use libchar_core::frame::document;
use libchar_core::number::significant;
use serde::Serialize;
use serde_json::{Value, json};

/// Smallest step of the readings, in % of the tolerance, above which the gage is too coarse.
const COARSE: f64 = 5.0;

/// A type 1 study: one reference against its tolerance.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct TypeOne {
    /// The bias.
    #[serde(flatten)]
    pub bias: Bias,
    /// (percent/100) T / (multiplier s).
    pub cg: f64,
    /// ((percent/200) T − |bias|) / (multiplier/2 s).
    pub cgk: f64,
    /// percent / Cg.
    pub percent_var_repeatability: f64,
    /// percent / Cgk; `None` unless Cgk is above 0.
    pub percent_var_repeatability_and_bias: Option<f64>,
    /// Smallest difference between two readings over the tolerance, %; above 5 the gage is too coarse.
    pub resolution_percent: f64,
}

/// Type 1 study of `values` with `tolerance` T. Usual settings are 20 % and 6 sigma; 4 sigma is the
/// older convention (VDA 5).
///
/// # Errors
/// As [`bias`], and a tolerance, percentage or multiplier that is not above 0.
pub fn type_one(
    values: &[f64],
    reference: f64,
    tolerance: f64,
    percent: f64,
    multiplier: f64,
    confidence: f64,
) -> Result<TypeOne, SpcError> {
    for (name, value) in
        [("tolerance", tolerance), ("percent", percent), ("multiplier", multiplier)]
    {
        if !(value > 0.0 && value.is_finite()) {
            return Err(SpcError::OutOfRange { name, value, expected: "above 0" });
        }
    }
    let found = bias(values, reference, confidence)?;
    let s = found.sigma_r;
    let cg = percent / 100.0 * tolerance / (multiplier * s);
    let cgk = (percent / 200.0 * tolerance - found.bias.abs()) / (multiplier / 2.0 * s);
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let steps = sorted.windows(2).map(|w| w[1] - w[0]).filter(|d| *d > 0.0);
    Ok(TypeOne {
        bias: found,
        cg,
        cgk,
        percent_var_repeatability: percent / cg,
        percent_var_repeatability_and_bias: (cgk > 0.0).then(|| percent / cgk),
        resolution_percent: 100.0 * steps.fold(f64::INFINITY, f64::min) / tolerance,
    })
}

/// Settings of a study of one reference.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Asked {
    /// Value of the reference.
    pub reference: f64,
    /// Width of the tolerance.
    pub tolerance: f64,
    /// Share of the tolerance for the gage, %.
    pub percent: f64,
    /// Number of sigmas in the spread of the gage.
    pub multiplier: f64,
    /// Confidence of the interval of the bias.
    pub confidence: f64,
    /// Smallest acceptable Cgk.
    pub min_cgk: Option<f64>,
}

/// A type 1 study of one column.
#[derive(Debug, Clone, PartialEq)]
pub struct Study {
    /// The settings.
    pub asked: Asked,
    /// Name of the column.
    pub column: String,
    /// The indices.
    pub found: TypeOne,
}

impl Asked {
    /// Studies readings.
    ///
    /// # Errors
    /// As [`type_one`].
    pub fn study(self, readings: &Readings) -> Result<Study, SpcError> {
        let Asked { reference, tolerance, percent, multiplier, confidence, .. } = self;
        let values = &readings.values;
        let found = type_one(values, reference, tolerance, percent, multiplier, confidence)?;
        Ok(Study { asked: self, column: readings.column.clone(), found })
    }
}

impl Report for Study {
    fn warnings(&self) -> Vec<String> {
        let percent = significant(self.found.resolution_percent, 3);
        let told = || {
            format!(
                "the smallest step of the readings is {percent} % of the tolerance, more than {COARSE} %"
            )
        };
        (self.found.resolution_percent > COARSE).then(told).into_iter().collect()
    }

    fn frame(&self) -> Frame {
        let TypeOne { bias, .. } = &self.found;
        let rows = [
            ("n", bias.n.into()),
            ("bias", bias.bias.into()),
            ("lower", bias.ci[0].into()),
            ("upper", bias.ci[1].into()),
            ("sigma_r", bias.sigma_r.into()),
            ("t", bias.t.into()),
            ("p", bias.p.into()),
            ("cg", self.found.cg.into()),
            ("cgk", self.found.cgk.into()),
            ("percent_var_repeatability", self.found.percent_var_repeatability.into()),
            (
                "percent_var_repeatability_and_bias",
                self.found.percent_var_repeatability_and_bias.into(),
            ),
            ("resolution_percent", self.found.resolution_percent.into()),
        ];
        quantities("libchar.spc-gage-type1", rows)
    }

    fn document(&self) -> Value {
        let mut body = json!(self.found);
        body["column"] = json!(self.column);
        body["reference"] = json!(self.asked.reference);
        body["tolerance"] = json!(self.asked.tolerance);
        body["confidence"] = json!(self.asked.confidence);
        document("libchar.spc-gage-type1", 1, body)
    }

    fn findings(&self) -> Vec<String> {
        let short = self.asked.min_cgk.filter(|least| self.found.cgk < *least);
        let cgk = significant(self.found.cgk, 4);
        short
            .map(|least| format!("{}: Cgk {cgk} is below {least}", self.column))
            .into_iter()
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: s = 1, bias 0.5, T = 30: Cg = 0.2·30/6 = 1, Cgk = (0.1·30 − 0.5)/3 = 0.8333.
    #[test]
    fn indices_are_judged_and_a_coarse_gage_is_told() {
        let readings =
            Readings { column: "x".into(), values: vec![9.5, 10.5, 11.5], ..Readings::default() };
        let asked = Asked {
            reference: 10.0,
            tolerance: 30.0,
            percent: 20.0,
            multiplier: 6.0,
            confidence: 0.95,
            min_cgk: None,
        };
        let study = asked.study(&readings).unwrap();
        assert!(
            (study.found.cg - 1.0).abs() < 1e-12 && (study.found.cgk - 2.5 / 3.0).abs() < 1e-12
        );
        assert!(study.warnings().is_empty() && study.findings().is_empty());
        let csv = String::from_utf8(study.frame().to_csv()).unwrap();
        assert!(
            csv.contains("\ncg,1\n") && csv.ends_with("resolution_percent,3.3333333333333335\n")
        );
        assert_eq!(study.document()["tolerance"], json!(30.0));
        let strict = Asked { min_cgk: Some(1.33), tolerance: 15.0, ..asked };
        let study = strict.study(&readings).unwrap();
        assert_eq!(study.findings(), ["x: Cgk 0.3333 is below 1.33"]);
        let told = "the smallest step of the readings is 6.67 % of the tolerance, more than 5 %";
        assert_eq!(study.warnings(), [told]);
        assert!(Asked { tolerance: 0.0, ..asked }.study(&readings).is_err());
    }
}
