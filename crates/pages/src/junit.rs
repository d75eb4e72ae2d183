//! Limits as test cases in JUnit XML, which CI systems show beside a change.

use crate::model::{Domain, State};
use crate::quantity::{apart, percent};
use crate::svg::escaped;
use std::fmt::Write;

/// Makes one suite for the domain, with one case for each measure and point with a limit. A missed
/// limit is a failure, a point without a value an error, each with its reason.
pub fn junit(title: &str, domain: &Domain) -> String {
    let mut cases = String::new();
    let (mut tests, mut failures, mut errors) = (0, 0, 0);
    for measure in domain.measures.iter().filter(|measure| measure.state() != State::Unlimited) {
        for row in measure.rows.iter().filter(|row| row.limited()) {
            tests += 1;
            let point = &domain.points[row.point];
            let name = format!("{} {}", point.id, row.step);
            let _ = write!(
                cases,
                "  <testcase classname=\"{}\" name=\"{}\"",
                escaped(&measure.name),
                escaped(name.trim_end())
            );
            match (row.value, row.margin()) {
                (Some(value), Some((_, limit))) if row.missed => {
                    failures += 1;
                    let (value, limit) = apart(value, limit, &measure.unit);
                    let margin = row.margin_pct().map(percent).unwrap_or_default();
                    let text = format!(
                        "{value} against the limit {limit}, margin {margin}, at {}",
                        point.place.words()
                    );
                    let _ =
                        writeln!(cases, "><failure message=\"{}\"/></testcase>", escaped(&text));
                }
                (Some(_), _) => cases.push_str("/>\n"),
                (None, _) => {
                    errors += 1;
                    let run = point.run.as_ref();
                    let reason = run
                        .map(|run| format!("{}: {}", run.class, run.reason))
                        .filter(|reason| reason.len() > 2);
                    let text = reason
                        .unwrap_or_else(|| format!("no value: the measure is {}", row.status));
                    let _ = writeln!(cases, "><error message=\"{}\"/></testcase>", escaped(&text));
                }
            }
        }
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n<testsuite name=\"{}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\">\n{cases}</testsuite>\n</testsuites>\n",
        escaped(title)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::tests::inputs;

    #[test]
    fn missed_limits_fail_and_lacking_values_are_errors() {
        let xml = junit("a<b", &Domain::read(&inputs()));
        assert!(
            xml.contains("<testsuite name=\"a&lt;b\" tests=\"8\" failures=\"1\" errors=\"1\">"),
            "{xml}"
        );
        assert!(xml.contains("no value: the measure is failed"));
    }
}
