//! Results of a study of repeatability and reproducibility: tables, a sentence, a document and
//! findings.

use super::Study;
use crate::gage::sources::{Source, Study as Found};
use crate::gage::{Anova, Design, Report, picture};
use libchar_core::Frame;
use libchar_core::frame::{Column, document};
use libchar_core::number::significant;
use serde_json::{Value, json};

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

/// The table of the analysis of variance.
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

/// Half a sentence about whether the interaction was kept; empty if there was no decision.
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
            1 => "the gage distinguishes 1 category of parts".to_owned(),
            n => format!("the gage distinguishes {n} categories of parts"),
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
    use super::super::tests::{asked, readings};
    use super::super::{Asked, Method};
    use super::*;
    use crate::gage::{Comparison, Interaction, Options};

    /// By hand: MS within is 6·0.02/6 = 0.02; MS of operators is 12·0.2² = 0.48, without
    /// interaction. Pooled with the two degrees of freedom of the interaction, repeatability is
    /// 0.12/8 = 0.015, and the operators' variance is (0.48 − 0.015)/6 = 0.0775.
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
        assert!(told.contains(" categories of parts; the interaction of part and operator (p "));
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
        assert!(study.sentence().unwrap().ends_with(" categories of parts"));
    }

    /// 6 √0.0925 = 1.825, which is 18.2 % of a tolerance of 10.
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
}
