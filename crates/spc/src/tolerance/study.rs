//! A tolerance interval of a column: its settings, and its results as table and document.

use super::{Bound, Interval, Nonparametric, Sides, factor, interval, nonparametric};
use crate::capability::{AndersonDarling, anderson_darling};
use crate::error::SpcError;
use crate::words::Word;
use libchar_core::frame::{Column, document};
use libchar_core::{Cell, Frame};
use serde_json::{Value, json};

/// The assumption about the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// A normal distribution.
    Normal,
    /// A normal distribution of the logarithms.
    Lognormal,
    /// No assumption: bounds at order statistics.
    Nonparametric,
}

crate::words::words! {
    Method { Normal = "normal", Lognormal = "lognormal", Nonparametric = "nonparametric" }
}

/// Settings of a tolerance interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Asked {
    /// Share of the process that the interval contains.
    pub content: f64,
    /// Confidence that it does so.
    pub confidence: f64,
    /// The assumption about the process.
    pub method: Method,
}

/// The result of either method.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Found {
    /// The mean and a multiple of the standard deviation, of the logarithms for a lognormal
    /// process.
    Normal(Interval),
    /// Order statistics.
    Nonparametric(Nonparametric),
}

/// The result for a column.
#[derive(Debug, Clone, PartialEq)]
pub struct Study {
    /// The settings.
    pub asked: Asked,
    /// Number of values.
    pub n: usize,
    /// The interval and its bounds.
    pub found: Found,
    /// The test of the assumed distribution; `None` if none was assumed.
    pub normality: Option<AndersonDarling>,
    /// A sentence that a reader must know.
    pub warning: Option<String>,
}

/// One row of the table.
struct Row {
    interval: &'static str,
    lower: Option<f64>,
    upper: Option<f64>,
    k: Option<f64>,
    attained: Option<f64>,
}

const COLUMNS: [Column<'static, Row>; 5] = [
    ("interval", |row| row.interval.into()),
    ("lower", |row| row.lower.into()),
    ("upper", |row| row.upper.into()),
    ("k", |row| row.k.into()),
    ("attained", |row| row.attained.into()),
];

impl Asked {
    /// Computes the interval of `values`.
    ///
    /// # Errors
    /// Shares outside (0, 1); too few values, values that do not vary or that have no logarithm.
    pub fn study(self, values: &[f64]) -> Result<Study, SpcError> {
        let Asked { content, confidence, method } = self;
        let n = values.len();
        if method == Method::Nonparametric {
            let found = nonparametric(values, content, confidence)?;
            let warning = shortfall(&found, n);
            let found = Found::Nonparametric(found);
            return Ok(Study { asked: self, n, found, normality: None, warning });
        }
        let is_lognormal = method == Method::Lognormal;
        let found = Found::Normal(interval(values, content, confidence, is_lognormal)?);
        let logs: Vec<f64> = values.iter().map(|x| x.ln()).collect();
        // A bound far out depends entirely on the assumed distribution.
        let normality = anderson_darling(if is_lognormal { &logs } else { values });
        let warning = normality.filter(|test| test.p_value < 0.005).map(|test| {
            let (what, statistic, p) = (method.word(), test.statistic, test.p_value);
            format!(
                "the values are not {what} (Anderson-Darling {statistic:.2}, p {p:.1e}): see --method nonparametric"
            )
        });
        Ok(Study { asked: self, n, found, normality, warning })
    }
}

/// A sentence on what the sample is too small for and how large it should be; `None` if it is large
/// enough.
fn shortfall(found: &Nonparametric, n: usize) -> Option<String> {
    let (sides, needed) = match (found.upper, found.two_sided) {
        (None, _) => ("a bound", found.n_needed_one_sided),
        (_, None) => ("a two-sided interval", found.n_needed_two_sided),
        _ => return None,
    };
    let attained = found.attained_by_min_max;
    Some(format!(
        "{n} values are too few for {sides}, which needs {needed}; their extremes hold the content with confidence {attained:.3}"
    ))
}

impl Study {
    /// Whether the sample is too small for an interval or a bound.
    pub fn is_short(&self) -> bool {
        matches!(self.found, Found::Nonparametric(found) if shortfall(&found, self.n).is_some())
    }

    /// A table with the interval and both one-sided bounds.
    pub fn frame(&self) -> Frame {
        let rows = match self.found {
            Found::Normal(found) => of_normal(&found, self.asked.confidence),
            Found::Nonparametric(found) => of_ranks(&found),
        };
        Frame::of("libchar.spc-tolerance", 1, &rows, &COLUMNS)
    }

    /// The document of all results for `column`.
    pub fn document(&self, column: &str) -> Value {
        let Asked { content, confidence, method } = self.asked;
        let mut body = json!({
            "column": column, "method": method.word(), "n": self.n,
            "content": content, "confidence": confidence,
        });
        match self.found {
            Found::Normal(found) => {
                body["interval"] = json!(found);
                body["normality"] = json!(self.normality);
            }
            Found::Nonparametric(found) => body["nonparametric"] = json!(found),
        }
        document("libchar.spc-tolerance", 1, body)
    }
}

fn of_normal(found: &Interval, confidence: f64) -> [Row; 3] {
    let row = |interval, lower, upper, k| {
        let (k, attained) = (Some(k), Some(confidence));
        Row { interval, lower, upper, k, attained }
    };
    let [low, high] = found.two_sided.map(Some);
    [
        row("two-sided", low, high, found.k_two_sided),
        row("lower", Some(found.lower), None, found.k_one_sided),
        row("upper", None, Some(found.upper), found.k_one_sided),
    ]
}

fn of_ranks(found: &Nonparametric) -> [Row; 3] {
    let row = |interval, lower, upper, attained| Row { interval, lower, upper, k: None, attained };
    let pair = found.two_sided;
    let value = |bound: Option<Bound>| bound.map(|bound| bound.value);
    let attained = |bound: Option<Bound>| bound.map(|bound| bound.attained);
    let [low, high] = [0, 1].map(|side| pair.map(|pair| pair.values[side]));
    let of_pair = pair.map_or(found.attained_by_min_max, |pair| pair.attained);
    [
        row("two-sided", low, high, Some(of_pair)),
        row("lower", value(found.lower), None, attained(found.lower)),
        row("upper", None, value(found.upper), attained(found.upper)),
    ]
}

/// Factors of mean ± k s without data, for one side and for two, where the mean has `n` values and
/// s has `freedom` degrees of freedom (n − 1 if `None`).
///
/// # Errors
/// A number of values that is not a whole number of at least 2, shares outside (0, 1), no degree of
/// freedom.
pub fn factors(
    n: f64,
    freedom: Option<f64>,
    content: f64,
    confidence: f64,
) -> Result<Frame, SpcError> {
    if !(n >= 2.0 && n.fract() == 0.0) {
        return Err(SpcError::Invalid(format!("--n {n} is not a whole number from 2")));
    }
    let df = freedom.unwrap_or(n - 1.0);
    let columns = ["sides", "k", "n", "df", "content", "confidence"];
    let mut frame = Frame::new("libchar.spc-tolerance-factors", 1, columns);
    for (name, sides) in [("one", Sides::One), ("two", Sides::Two)] {
        let k = factor(n, df, content, confidence, sides)?;
        let numbers = [k, n, df, content, confidence].map(Cell::from);
        frame.push(std::iter::once(name.into()).chain(numbers).collect());
    }
    Ok(frame)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(method: Method) -> Asked {
        Asked { content: 0.95, confidence: 0.95, method }
    }

    fn csv(frame: &Frame) -> Vec<Vec<String>> {
        let text = String::from_utf8(frame.to_csv()).unwrap();
        text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
    }

    /// Howe's k for ten values at 95 %: 2.911 on one side, 3.393 on two (ISO 16269-6, tables C and
    /// D).
    #[test]
    fn ten_values_have_the_printed_factors() {
        let rows = csv(&factors(10.0, None, 0.95, 0.95).unwrap());
        let k = |row: usize| rows[row][1].parse::<f64>().unwrap();
        assert!((k(1) - 2.911).abs() < 1e-3 && (k(2) - 3.393).abs() < 5e-3, "{rows:?}");
        assert_eq!(
            (rows[1][0].as_str(), rows[2][0].as_str(), rows[1][3].as_str()),
            ("one", "two", "9")
        );
        // With more degrees of freedom than values, s is known better, so the factor is smaller.
        let pooled = csv(&factors(10.0, Some(100.0), 0.95, 0.95).unwrap());
        assert!(pooled[1][1].parse::<f64>().unwrap() < k(1));
        for n in [1.0, 2.5, f64::NAN] {
            assert!(factors(n, None, 0.95, 0.95).is_err());
        }
    }

    #[test]
    fn a_normal_interval_is_the_mean_and_its_factors() {
        let values: Vec<f64> = (0..10).map(|i| 100.0 + f64::from(i * 7 % 10)).collect();
        let study = asked(Method::Normal).study(&values).unwrap();
        let rows = csv(&study.frame());
        // The mean of 0 to 9 is 4.5 and their standard deviation √(82.5/9).
        let s = (82.5f64 / 9.0).sqrt();
        let upper = rows[3][2].parse::<f64>().unwrap();
        assert!((upper - (104.5 + 2.911 * s)).abs() < 3e-3, "{upper}");
        assert_eq!((rows[3][1].as_str(), rows[3][4].as_str()), ("", "0.95"));
        assert!(!study.is_short() && study.warning.is_none());
        let document = study.document("x");
        assert_eq!((&document["n"], &document["column"]), (&json!(10), &json!("x")));
        assert!(document["normality"]["p_value"].as_f64().unwrap() > 0.1);
    }

    #[test]
    fn a_lognormal_interval_is_that_of_the_logarithms() {
        let logs: Vec<f64> = (0..12).map(|i| f64::from(i * 5 % 12) / 4.0).collect();
        let values: Vec<f64> = logs.iter().map(|x| x.exp()).collect();
        let bounds = |found: Found| match found {
            Found::Normal(found) => found.two_sided,
            Found::Nonparametric(_) => [f64::NAN; 2],
        };
        let of_logs = bounds(asked(Method::Normal).study(&logs).unwrap().found);
        let found = asked(Method::Lognormal).study(&values).unwrap();
        for (own, log) in bounds(found.found).iter().zip(of_logs) {
            assert!((own.ln() - log).abs() < 1e-9);
        }
        assert!(asked(Method::Lognormal).study(&[1.0, -1.0]).is_err());
        // Values over ten powers of ten are not normal, but their logarithms are.
        let wide: Vec<f64> = (0..40).map(|i| 10f64.powf(f64::from(i) / 4.0)).collect();
        let told = asked(Method::Normal).study(&wide).unwrap().warning.unwrap();
        assert!(told.starts_with("the values are not normal (Anderson-Darling "), "{told}");
        assert_eq!(asked(Method::Lognormal).study(&wide).unwrap().warning, None);
    }

    /// Wilks (1941): 59 values for a one-sided bound, 93 for two sides, both at 95 %.
    #[test]
    fn a_sample_too_small_for_ranks_says_what_is_needed() {
        let study = |n: usize| {
            let values: Vec<f64> = (0..n).map(|i| i as f64).collect();
            asked(Method::Nonparametric).study(&values).unwrap()
        };
        let told = study(58).warning.unwrap();
        assert!(told.starts_with("58 values are too few for a bound, which needs 59;"), "{told}");
        let told = study(92).warning.unwrap();
        assert!(
            told.starts_with("92 values are too few for a two-sided interval, which needs 93;")
        );
        assert!(study(92).is_short() && !study(93).is_short());
        let rows = csv(&study(93).frame());
        assert_eq!((rows[1][1].as_str(), rows[1][2].as_str()), ("0", "92"));
        assert_eq!((rows[2][2].as_str(), rows[3][1].as_str()), ("", ""));
        assert!(study(93).document("x")["nonparametric"]["two_sided"].is_object());
    }
}
