//! Repeatability and reproducibility: how a study is asked for, and how the answer is written.

use super::report::Report;
use super::sources::{Source, Study as Found, sources};
use super::{Anova, Cells, Design, Interaction, Options, anova, picture, xbar_r};
use crate::data::Readings;
use crate::error::SpcError;
use crate::tolerance;
use libchar_core::Frame;
use libchar_core::frame::{Column, document};
use libchar_core::number::significant;
use serde_json::{Value, json};

/// How the spread is split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Analysis of variance.
    Anova,
    /// Averages and ranges.
    XbarR,
}

/// Whose constants averages and ranges are split by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Like {
    /// Exact ones.
    Exact,
    /// Four digits, as the AIAG's worksheet prints them.
    Aiag,
}

crate::words::words! {
    Method { Anova = "anova", XbarR = "xbar-r" }
    Like { Exact = "exact", Aiag = "aiag" }
    Interaction { Tested = "tested", Always = "always", Never = "never" }
}

/// What is asked of readings by part and operator.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Asked {
    /// How parts and operators meet.
    pub design: Design,
    /// How the spread is split.
    pub method: Method,
    /// Whose constants are used for averages and ranges.
    pub like: Like,
    /// Choices of either method.
    pub options: Options,
    /// Largest share that the gage may take, %: of the tolerance, or of the study where there is none.
    pub max_grr: Option<f64>,
    /// Smallest number of distinct categories.
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

const COLUMNS: [Column<'static, Source>; 9] = [
    ("source", |source| source.name.into()),
    ("variance", |source| source.variance.into()),
    ("lower", |source| source.interval.map(|i| i[0]).into()),
    ("upper", |source| source.interval.map(|i| i[1]).into()),
    ("percent_contribution", |source| source.percent_contribution.into()),
    ("sd", |source| source.sd.into()),
    ("study_variation", |source| source.study_variation.into()),
    ("percent_study_variation", |source| source.percent_study_variation.into()),
    ("percent_tolerance", |source| source.percent_tolerance.into()),
];

impl Asked {
    /// Refuses what means nothing, and what a method does not have.
    ///
    /// # Errors
    /// Numbers out of range, limits in the wrong order, averages and ranges of what only the analysis of variance has.
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
            return refuse(format!("--alpha {alpha} is no p value from 0 to 1"));
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

    /// Studies readings labelled by their part and, where there are several, their operator.
    ///
    /// # Errors
    /// As [`Asked::check`], [`Cells::new`], [`anova`] and [`xbar_r`].
    pub fn study(self, readings: &Readings) -> Result<Study, SpcError> {
        self.check()?;
        let (parts, operators) = match readings.labels.as_slice() {
            [parts, operators, ..] => (parts.as_slice(), Some(operators.as_slice())),
            [parts] => (parts.as_slice(), None),
            [] => return Err(SpcError::Invalid("the readings are of no parts".to_owned())),
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

/// The analysis of variance.
fn table_of(study: &Anova) -> Frame {
    let mut frame = Frame::new("libchar.spc-gage-anova", 1, ["term", "df", "ss", "ms", "f", "p"]);
    for name in ["part", "operator", "interaction", "repeatability"] {
        if let Some(row) = study.anova.get(name) {
            frame.push(vec![
                name.into(),
                row.df.into(),
                row.ss.into(),
                row.ms.into(),
                row.f.into(),
                row.p.into(),
            ]);
        }
    }
    frame
}

/// What became of the interaction, where there was one to decide on.
fn of_interaction(study: &Anova) -> String {
    match (study.interaction_kept, &study.anova_full) {
        (Some(true), _) => "; the interaction of part and operator is in the model".to_owned(),
        (Some(false), Some(full)) => {
            let p = full["interaction"].p.map_or("-".to_owned(), |p| significant(p, 3));
            format!("; the interaction of part and operator (p {p}) is pooled with repeatability")
        }
        _ => String::new(),
    }
}

impl Report for Study {
    fn warnings(&self) -> Vec<String> {
        self.found.warnings().to_vec()
    }

    fn frame(&self) -> Frame {
        Frame::of("libchar.spc-gage-rr", 1, &self.sources, &COLUMNS)
    }

    fn tables(&self) -> Vec<Frame> {
        match &self.found {
            Found::Anova(study) => vec![table_of(study), self.frame()],
            Found::Range(_) => vec![self.frame()],
        }
    }

    fn sentence(&self) -> Option<String> {
        let ndc = match self.found.ndc() {
            1 => "the gage tells 1 category of parts apart".to_owned(),
            n => format!("the gage tells {n} categories of parts apart"),
        };
        let interaction = match &self.found {
            Found::Anova(study) => of_interaction(study),
            Found::Range(_) => String::new(),
        };
        Some(ndc + &interaction)
    }

    fn document(&self) -> Value {
        let Study { asked, cells, .. } = self;
        let operators: Vec<_> = cells.operators.iter().filter(|name| !name.is_empty()).collect();
        let (method, member, found) = match &self.found {
            Found::Anova(study) => ("anova", "study", json!(study)),
            Found::Range(study) => ("xbar-r", "ranges", json!(study)),
        };
        let mut body = json!({
            "column": self.column,
            "design": if asked.design == Design::Nested { "nested" } else { "crossed" },
            "operators": operators,
            "parts": cells.parts[0].len(),
            "trials": cells.trials,
            "multiplier": asked.options.multiplier,
            "method": method,
        });
        body[member] = found;
        document("libchar.spc-gage-rr", 1, body)
    }

    fn picture(&self) -> Option<String> {
        Some(picture::study(&self.column, &self.cells, self.asked.design, &self.sources))
    }

    fn findings(&self) -> Vec<String> {
        let column = &self.column;
        let grr = &self.sources[0];
        let (share, of) = match grr.percent_tolerance {
            Some(share) => (share, "the tolerance"),
            None => (grr.percent_study_variation, "the study variation"),
        };
        let ndc = self.found.ndc();
        let wide = self.asked.max_grr.filter(|most| share > *most).map(|most| {
            let share = significant(share, 3);
            format!("{column}: the gage takes {share} % of {of}, more than {most} %")
        });
        let coarse = self.asked.min_ndc.filter(|least| ndc < *least);
        let coarse = coarse
            .map(|least| format!("{column}: {ndc} distinct categories are fewer than {least}"));
        wide.into_iter().chain(coarse).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gage::Comparison;

    /// Two operators measure three parts twice each; the second reads 0.4 more, and readings differ by 0.2.
    fn readings() -> Readings {
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

    fn asked() -> Asked {
        Asked {
            design: Design::Crossed,
            method: Method::Anova,
            like: Like::Exact,
            options: Options::default(),
            max_grr: None,
            min_ndc: None,
        }
    }

    /// By hand: MS within is 6·0.02/6 = 0.02; MS of operators is 12·0.2² = 0.48, without interaction. Pooled with the
    /// two degrees of the interaction, repeatability is 0.12/8 = 0.015, and operators are (0.48 − 0.015)/6 = 0.0775.
    #[test]
    fn sources_are_rows_and_the_interaction_is_told() {
        let study = asked().study(&readings()).unwrap();
        let variance =
            |name: &str| study.sources.iter().find(|source| source.name == name).unwrap().variance;
        assert!((variance("repeatability") - 0.015).abs() < 1e-12, "{}", variance("repeatability"));
        assert!((variance("reproducibility") - 0.0775).abs() < 1e-12);
        assert!((variance("grr") - 0.0925).abs() < 1e-12);
        let csv = String::from_utf8(study.frame().to_csv()).unwrap();
        let names: Vec<&str> = csv.lines().skip(1).filter_map(|l| l.split(',').next()).collect();
        assert_eq!(names, ["grr", "repeatability", "reproducibility", "part", "total"]);
        assert_eq!(study.tables().len(), 2);
        let told = study.sentence().unwrap();
        assert!(
            told.contains(" categories of parts apart; the interaction of part and operator (p ")
        );
        let document = study.document();
        assert_eq!((&document["operators"], &document["trials"]), (&json!(["A", "B"]), &json!(2)));
        assert_eq!(
            (&document["method"], &document["design"]),
            (&json!("anova"), &json!("crossed"))
        );
        assert!(document["study"].is_object() && document.get("ranges").is_none());
        assert!(study.picture().unwrap().contains("measurement system of x"));
        let always = Options { interaction: Interaction::Always, ..Options::default() };
        let kept = Asked { options: always, ..asked() }.study(&readings()).unwrap();
        assert!(kept.sentence().unwrap().ends_with("is in the model"));
    }

    #[test]
    fn averages_and_ranges_have_no_table_of_variance() {
        let study = Asked { method: Method::XbarR, ..asked() }.study(&readings()).unwrap();
        assert_eq!(study.tables().len(), 1);
        let document = study.document();
        assert_eq!(document["method"], "xbar-r");
        // Every range is 0.2.
        assert!((document["ranges"]["rbar"].as_f64().unwrap() - 0.2).abs() < 1e-12);
        assert!(study.sentence().unwrap().ends_with(" categories of parts apart"));
    }

    /// 6 √0.0925 = 1.825 of a tolerance of 10 is 18.2 %.
    #[test]
    fn limits_of_share_and_categories_are_findings() {
        let against = Comparison { tolerance: Some(10.0), ..Comparison::default() };
        let options = Options { against, ..Options::default() };
        let demanding = Asked { options, max_grr: Some(10.0), min_ndc: Some(1000), ..asked() };
        let told = demanding.study(&readings()).unwrap().findings();
        assert_eq!(told[0], "x: the gage takes 18.2 % of the tolerance, more than 10 %");
        assert!(told[1].ends_with(" distinct categories are fewer than 1000"), "{told:?}");
        let content = Asked { max_grr: Some(20.0), min_ndc: Some(2), ..demanding };
        assert!(content.study(&readings()).unwrap().findings().is_empty());
        let study = Asked { max_grr: Some(0.1), ..asked() }.study(&readings()).unwrap();
        assert!(study.findings()[0].contains(" % of the study variation, more than 0.1 %"));
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
            (of(Options { alpha: 5.0, ..usual }), "--alpha 5 is no p value from 0 to 1"),
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
