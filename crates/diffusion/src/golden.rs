//! Golden recipes: compares their figures with the expected values.

use crate::loaded::{Loaded, Simulated};
use libchar_core::{Cell, Frame};
use std::fmt::Write;

/// One figure of one recipe, compared with its expected value.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The recipe's file.
    pub recipe: String,
    /// The figure; empty where the recipe as a whole fails.
    pub figure: String,
    /// Expected value.
    pub expected: Option<f64>,
    /// Computed value.
    pub actual: Option<f64>,
    /// Allowed difference, percent of the expected value.
    pub tol_pct: Option<f64>,
    /// Where the expected value comes from.
    pub origin: String,
    /// Why nothing could be compared.
    pub fault: Option<String>,
}

impl Comparison {
    /// Difference in percent of the expected value. With an expected value of 0 it is 0 if the
    /// actual value is 0 too, else `None`.
    pub fn diff_pct(&self) -> Option<f64> {
        let (expected, actual) = (self.expected?, self.actual?);
        if expected == 0.0 {
            return (actual == 0.0).then_some(0.0);
        }
        Some(100.0 * (actual - expected) / expected)
    }

    /// Whether the figure is within its tolerance.
    pub fn ok(&self) -> bool {
        let inside = self.diff_pct().zip(self.tol_pct).is_some_and(|(diff, tol)| diff.abs() <= tol);
        self.fault.is_none() && inside
    }

    /// A row for a recipe that cannot be compared, with the reason.
    pub fn fault(recipe: &str, fault: String) -> Comparison {
        Comparison {
            recipe: recipe.to_owned(),
            figure: String::new(),
            expected: None,
            actual: None,
            tol_pct: None,
            origin: String::new(),
            fault: Some(fault),
        }
    }
}

/// Runs a golden recipe and compares its figures. A recipe that fails gives a row with the fault.
pub fn compare(loaded: &Loaded) -> Vec<Comparison> {
    match loaded.simulate(&loaded.document) {
        Ok(simulated) => compared(&loaded.name, &simulated),
        Err(refused) => vec![Comparison::fault(&loaded.name, refused.to_string())],
    }
}

fn compared(file: &str, simulated: &Simulated) -> Vec<Comparison> {
    let Some(origin) = simulated.parsed.origin.as_ref().filter(|o| !o.source.is_empty()) else {
        let why = "no [origin] with its source: the origin of the values is not known";
        return vec![Comparison::fault(file, why.to_owned())];
    };
    if simulated.parsed.expectations.is_empty() {
        let why = "no [expect]: nothing to compare";
        return vec![Comparison::fault(file, why.to_owned())];
    }
    let origin = format!("{}: {}", origin.kind, origin.source);
    let rows = simulated.parsed.expectations.iter().map(|expected| {
        let (actual, fault) = match simulated.figures.get(&expected.figure) {
            Ok(actual) => (actual, None),
            Err(unknown) => (None, Some(unknown.to_string())),
        };
        Comparison {
            recipe: file.to_owned(),
            figure: expected.figure.clone(),
            expected: Some(expected.value),
            actual,
            tol_pct: Some(expected.tol_pct),
            origin: origin.clone(),
            fault,
        }
    });
    rows.collect()
}

/// One row per figure.
pub fn frame(compared: &[Comparison]) -> Frame {
    let columns =
        ["recipe", "figure", "expected", "actual", "diff_pct", "tol_pct", "ok", "origin", "fault"];
    let mut frame = Frame::new("libchar.diffuse-check", 1, columns);
    for c in compared {
        frame.push(vec![
            c.recipe.as_str().into(),
            c.figure.as_str().into(),
            c.expected.into(),
            c.actual.into(),
            c.diff_pct().into(),
            c.tol_pct.into(),
            c.ok().into(),
            c.origin.as_str().into(),
            Cell::from(c.fault.clone()),
        ]);
    }
    frame
}

/// JUnit XML: a test suite with one test case per figure.
pub fn junit(compared: &[Comparison]) -> String {
    let failures = compared.iter().filter(|c| !c.ok()).count();
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let _ = writeln!(
        xml,
        "<testsuite name=\"libchar diffuse check\" tests=\"{}\" failures=\"{failures}\">",
        compared.len()
    );
    for c in compared {
        let name = if c.figure.is_empty() { "recipe" } else { &c.figure };
        let case =
            format!("  <testcase classname=\"{}\" name=\"{}\"", escape(&c.recipe), escape(name));
        if c.ok() {
            let _ = writeln!(xml, "{case}/>");
            continue;
        }
        let number =
            |value: Option<f64>| value.map_or("none".to_owned(), libchar_core::number::shortest);
        let message = c.fault.clone().unwrap_or_else(|| {
            format!(
                "expected {} within {} %, got {}",
                number(c.expected),
                number(c.tol_pct),
                number(c.actual)
            )
        });
        let _ = writeln!(
            xml,
            "{case}>\n    <failure message=\"{}\"/>\n  </testcase>",
            escape(&message)
        );
    }
    xml.push_str("</testsuite>\n");
    xml
}

fn escape(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    clean.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loaded::tests::{DRIVE, loaded};

    fn of(tables: &str) -> Vec<Comparison> {
        compare(&loaded(&format!("{DRIVE}{tables}")))
    }

    const ORIGIN: &str = "\n[origin]\nkind = \"analytic\"\nsource = \"by hand\"\n";

    #[test]
    fn a_recipe_without_origin_or_expectation_proves_nothing() {
        let told = |tables: &str| of(tables)[0].fault.clone().unwrap();
        assert!(told("\n[expect]\nxj_nm = 600\n").starts_with("no [origin] with its source"));
        assert_eq!(told(ORIGIN), "no [expect]: nothing to compare");
        let broken = compare(&loaded("[substrate]\ndopant = \"tin\"\n"));
        assert!(broken[0].fault.is_some() && broken[0].figure.is_empty() && !broken[0].ok());
    }

    #[test]
    fn a_figure_is_right_within_its_own_tolerance() {
        let expect = |value: f64, tol: f64| {
            of(&format!("\n[expect]\nxj_nm = {{ value = {value:e}, tol_pct = {tol} }}\n{ORIGIN}"))
        };
        let actual = expect(600.0, 1.0)[0].actual.unwrap();
        assert!(expect(actual * 1.009, 1.0)[0].ok() && expect(actual * 0.991, 1.0)[0].ok());
        let far = &expect(actual * 1.02, 1.0)[0];
        assert!(!far.ok() && far.diff_pct().unwrap() < -1.9 && far.origin == "analytic: by hand");
        assert!(expect(actual * 1.02, 3.0)[0].ok());
    }

    #[test]
    fn nothing_is_a_percentage_of_zero() {
        let zero = |actual| Comparison {
            expected: Some(0.0),
            actual: Some(actual),
            tol_pct: Some(2.0),
            fault: None,
            ..Comparison::fault("r", String::new())
        };
        assert_eq!((zero(0.0).diff_pct(), zero(0.1).diff_pct()), (Some(0.0), None));
        assert!(zero(0.0).ok() && !zero(0.1).ok());
    }

    #[test]
    fn junit_names_what_differs_and_escapes_it() {
        let right = Comparison {
            figure: "xj_nm".to_owned(),
            expected: Some(600.0),
            actual: Some(601.0),
            tol_pct: Some(1.0),
            fault: None,
            ..Comparison::fault("a<b>.toml", String::new())
        };
        let wrong = Comparison { actual: Some(700.0), ..right.clone() };
        let unread = Comparison::fault("c.toml", "no \"step\" & no end".to_owned());
        let xml = junit(&[right, wrong, unread]);
        assert!(xml.contains("tests=\"3\" failures=\"2\""), "{xml}");
        assert!(xml.contains("classname=\"a&lt;b&gt;.toml\" name=\"xj_nm\"/>"), "{xml}");
        assert!(xml.contains("expected 600 within 1 %, got 700"), "{xml}");
        assert!(xml.contains(
            "name=\"recipe\">\n    <failure message=\"no &quot;step&quot; &amp; no end\"/>"
        ));
        assert_eq!(frame(&[]).len(), 0);
    }
}
