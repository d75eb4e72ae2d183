//! Bias of a gage against one reference.

use super::report::{Report, quantities};
use crate::data::Readings;
use crate::describe::{mean, sd};
use crate::distribution::{t_p_value, t_quantile};
use crate::error::SpcError;
use libchar_core::Frame;
use libchar_core::frame::document;
use libchar_core::number::significant;
use serde::Serialize;
use serde_json::{Value, json};

/// Repeated readings of one reference.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bias {
    /// Number of readings.
    pub n: usize,
    /// Mean reading minus the reference.
    pub bias: f64,
    /// Standard deviation of the readings.
    pub sigma_r: f64,
    /// Standard error of the bias.
    pub sigma_b: f64,
    /// Bias over its standard error.
    pub t: f64,
    /// Degrees of freedom.
    pub df: usize,
    /// p value of the hypothesis that there is no bias.
    pub p: f64,
    /// Confidence interval of the bias.
    pub ci: [f64; 2],
}

/// Bias of `values` against `reference` by a one-sample t test.
///
/// # Errors
/// Fewer than two readings, readings that do not vary, a confidence outside (0, 1).
pub fn bias(values: &[f64], reference: f64, confidence: f64) -> Result<Bias, SpcError> {
    crate::tolerance::check(0.5, confidence)?;
    let n = values.len();
    let s = sd(values).ok_or(SpcError::TooFew {
        what: "a bias",
        needed: 2,
        unit: "readings",
        found: n,
    })?;
    if s == 0.0 {
        return Err(SpcError::ZeroVariance { what: "a bias", value: values[0] });
    }
    let found = mean(values) - reference;
    let error = s / (n as f64).sqrt();
    let (t, df) = (found / error, n - 1);
    let half = t_quantile(f64::midpoint(1.0, confidence), df as f64) * error;
    Ok(Bias {
        n,
        bias: found,
        sigma_r: s,
        sigma_b: error,
        t,
        df,
        p: t_p_value(t, df as f64),
        ci: [found - half, found + half],
    })
}

/// Settings of a study of one reference.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Asked {
    /// Value of the reference.
    pub reference: f64,
    /// Width of the tolerance, which the bias is compared with.
    pub tolerance: Option<f64>,
    /// Largest p value at which a bias is a finding.
    pub alpha: f64,
    /// Confidence of the interval.
    pub confidence: f64,
}

/// A study of bias.
#[derive(Debug, Clone, PartialEq)]
pub struct Study {
    /// The settings.
    pub asked: Asked,
    /// Name of the column.
    pub column: String,
    /// The bias.
    pub found: Bias,
}

impl Asked {
    /// Studies readings.
    ///
    /// # Errors
    /// As [`bias`].
    pub fn study(self, readings: &Readings) -> Result<Study, SpcError> {
        let found = bias(&readings.values, self.reference, self.confidence)?;
        Ok(Study { asked: self, column: readings.column.clone(), found })
    }
}

impl Study {
    /// The bias as a share of the tolerance, %.
    fn percent_tolerance(&self) -> Option<f64> {
        self.asked.tolerance.map(|tolerance| 100.0 * self.found.bias.abs() / tolerance)
    }
}

impl Report for Study {
    fn frame(&self) -> Frame {
        let found = &self.found;
        let rows = [
            ("n", found.n.into()),
            ("bias", found.bias.into()),
            ("lower", found.ci[0].into()),
            ("upper", found.ci[1].into()),
            ("sigma_r", found.sigma_r.into()),
            ("sigma_b", found.sigma_b.into()),
            ("t", found.t.into()),
            ("df", found.df.into()),
            ("p", found.p.into()),
            ("percent_tolerance", self.percent_tolerance().into()),
        ];
        quantities("libchar.spc-gage-bias", rows)
    }

    fn document(&self) -> Value {
        let mut body = json!(self.found);
        body["column"] = json!(self.column);
        body["reference"] = json!(self.asked.reference);
        body["confidence"] = json!(self.asked.confidence);
        body["percent_tolerance"] = json!(self.percent_tolerance());
        document("libchar.spc-gage-bias", 1, body)
    }

    fn findings(&self) -> Vec<String> {
        if self.found.p > self.asked.alpha {
            return Vec::new();
        }
        let (bias, p) = (significant(self.found.bias, 4), significant(self.found.p, 2));
        vec![format!("{}: the bias {bias} is significant (p {p})", self.column)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: 1, 2, 3 against 1.5 have a bias of 0.5 with a standard error of 1/√3, and the
    /// interval is ± 4.303/√3.
    #[test]
    fn a_bias_is_a_finding_where_it_is_significant() {
        let readings =
            Readings { column: "x".into(), values: vec![1.0, 2.0, 3.0], ..Readings::default() };
        let asked = Asked { reference: 1.5, tolerance: Some(10.0), alpha: 0.05, confidence: 0.95 };
        let study = asked.study(&readings).unwrap();
        assert!(study.findings().is_empty());
        let document = study.document();
        assert_eq!(
            (document["percent_tolerance"].as_f64(), &document["column"]),
            (Some(5.0), &json!("x"))
        );
        let csv = String::from_utf8(study.frame().to_csv()).unwrap();
        let number = |name: &str| -> f64 {
            let row = csv.lines().find_map(|line| line.strip_prefix(&format!("{name},"))).unwrap();
            row.parse().unwrap()
        };
        assert!((number("upper") - (0.5 + 4.302_65 / 3f64.sqrt())).abs() < 1e-4);
        assert!((number("t") - 0.5 * 3f64.sqrt()).abs() < 1e-12 && number("df") == 2.0);
        let far = Asked { reference: -100.0, tolerance: None, ..asked }.study(&readings).unwrap();
        assert!(far.findings()[0].starts_with("x: the bias 102.0 is significant (p "));
        assert!(far.document()["percent_tolerance"].is_null());
    }
}
