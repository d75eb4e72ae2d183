//! Studies of repeatability and reproducibility: their settings and how they are made.

mod report;

use super::sources::{Source, Study as Found, sources};
use super::{Cells, Design, Interaction, Options, anova, xbar_r};
use crate::data::Readings;
use crate::error::SpcError;
use crate::tolerance;

/// How the spread is split into sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Analysis of variance.
    Anova,
    /// Averages and ranges.
    XbarR,
}

/// Which constants averages and ranges use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Like {
    /// Exact constants.
    Exact,
    /// Constants rounded to four digits, as printed in the AIAG's worksheet.
    Aiag,
}

crate::words::words! {
    Method { Anova = "anova", XbarR = "xbar-r" }
    Like { Exact = "exact", Aiag = "aiag" }
    Interaction { Tested = "tested", Always = "always", Never = "never" }
}

/// Settings of a study of readings by part and operator.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Asked {
    /// How parts and operators are combined.
    pub design: Design,
    /// How the spread is split into sources.
    pub method: Method,
    /// Constants for averages and ranges.
    pub like: Like,
    /// Options of both methods.
    pub options: Options,
    /// Largest acceptable share of the gage, %: of the tolerance or, without one, of the total
    /// study variation.
    pub max_grr: Option<f64>,
    /// Smallest acceptable number of distinct categories.
    pub min_ndc: Option<usize>,
}

/// A study of repeatability and reproducibility.
pub struct Study {
    asked: Asked,
    column: String,
    cells: Cells,
    found: Found,
    sources: Vec<Source>,
}

impl Asked {
    /// Refuses settings that make no sense or that the method does not support.
    ///
    /// # Errors
    /// Numbers out of range, limits in the wrong order, and options of the analysis of variance
    /// with averages and ranges.
    pub fn check(&self) -> Result<(), SpcError> {
        let Options { alpha, keep_negative, multiplier, confidence, against, interaction } =
            self.options;
        tolerance::check(0.5, confidence)?;
        let positive = [
            ("--tolerance", against.tolerance),
            ("--historical-sigma", against.historical_sigma),
            ("--multiplier", Some(multiplier)),
            ("--max-grr", self.max_grr),
        ];
        let refuse = |message: String| Err(SpcError::Invalid(message));
        for (name, value) in positive {
            if value.is_some_and(|value| !(value > 0.0 && value.is_finite())) {
                return refuse(format!("{name} must be above 0"));
            }
        }
        if !(0.0..=1.0).contains(&alpha) {
            return refuse(format!("--alpha {alpha} is not a p value from 0 to 1"));
        }
        if let (Some(lsl), Some(usl)) = (against.lsl, against.usl)
            && lsl >= usl
        {
            return refuse(format!("--lsl {lsl} is not below --usl {usl}"));
        }
        if self.method == Method::Anova {
            return Ok(());
        }
        if self.design == Design::Nested || keep_negative {
            return refuse("--method xbar-r has neither --nested nor --negative keep".to_owned());
        }
        if interaction == Interaction::Always {
            return refuse("--method xbar-r has no interaction".to_owned());
        }
        Ok(())
    }

    /// Studies readings labelled by part and, if there are several operators, by operator.
    ///
    /// # Errors
    /// As [`Asked::check`], [`Cells::new`], [`anova()`] and [`xbar_r`].
    pub fn study(self, readings: &Readings) -> Result<Study, SpcError> {
        self.check()?;
        let (parts, operators) = match readings.labels.as_slice() {
            [parts, operators, ..] => (parts.as_slice(), Some(operators.as_slice())),
            [parts] => (parts.as_slice(), None),
            [] => return Err(SpcError::Invalid("the readings have no column of parts".to_owned())),
        };
        let cells = Cells::new(&readings.values, parts, operators, self.design)?;
        let found = match self.method {
            Method::Anova => Found::Anova(anova(&cells, self.design, &self.options)?),
            Method::XbarR => Found::Range(xbar_r(&cells, &self.options, self.like == Like::Aiag)?),
        };
        let sources = sources(&found, &self.options);
        Ok(Study { asked: self, column: readings.column.clone(), cells, found, sources })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gage::Comparison;

    /// Two operators measure three parts twice each; the second reads 0.4 more, and readings differ by 0.2.
    pub fn readings() -> Readings {
        let mut found = Readings { column: "x".into(), ..Readings::default() };
        found.labels = vec![Vec::new(), Vec::new()];
        for (part, value) in [("a", 10.0), ("b", 20.0), ("c", 30.0)] {
            for (operator, more) in [("A", 0.0), ("B", 0.4)] {
                for trial in [-0.1, 0.1] {
                    found.values.push(value + more + trial);
                    found.labels[0].push(part.to_owned());
                    found.labels[1].push(operator.to_owned());
                }
            }
        }
        found
    }

    pub fn asked() -> Asked {
        Asked {
            design: Design::Crossed,
            method: Method::Anova,
            like: Like::Exact,
            options: Options::default(),
            max_grr: None,
            min_ndc: None,
        }
    }

    #[test]
    fn what_means_nothing_is_refused_before_the_data_are_read() {
        let of = |options: Options| Asked { options, ..asked() };
        let against = |against| of(Options { against, ..Options::default() });
        let none = Comparison::default();
        let ranges = Asked { method: Method::XbarR, ..asked() };
        let usual = Options::default();
        for (asked, told) in [
            (of(Options { confidence: 95.0, ..usual }), "confidence = 95 is out of range: "),
            (of(Options { multiplier: 0.0, ..usual }), "--multiplier must be above 0"),
            (of(Options { alpha: 5.0, ..usual }), "--alpha 5 is not a p value from 0 to 1"),
            (
                against(Comparison { tolerance: Some(f64::NAN), ..none }),
                "--tolerance must be above 0",
            ),
            (
                against(Comparison { lsl: Some(2.0), usl: Some(1.0), ..none }),
                "--lsl 2 is not below --usl 1",
            ),
            (Asked { max_grr: Some(-1.0), ..asked() }, "--max-grr must be above 0"),
            (
                Asked { design: Design::Nested, ..ranges },
                "--method xbar-r has neither --nested nor",
            ),
            (
                Asked { options: Options { keep_negative: true, ..usual }, ..ranges },
                "--method xbar-r has neither --nested nor",
            ),
            (
                Asked { options: Options { interaction: Interaction::Always, ..usual }, ..ranges },
                "--method xbar-r has no interaction",
            ),
        ] {
            let refused = asked.check().unwrap_err().to_string();
            assert!(refused.starts_with(told), "{refused}");
        }
        assert!(asked().check().is_ok() && ranges.check().is_ok());
        assert!(asked().study(&Readings::default()).is_err());
    }
}
