//! A summary for a merge request: the verdict, and one row for each measure with a limit.

use crate::measures::{limits, sorted, word};
use crate::model::{Domain, State};
use crate::quantity::{NOTHING, percent, short};
use crate::verdict::verdict;
use std::fmt::Write;

/// The verdict as a heading, then the measures by state and margin.
pub fn markdown(title: &str, domain: &Domain, against: Option<&Domain>) -> String {
    let verdict = verdict(domain, against, &|_| Vec::new());
    let mut text =
        format!("### {}: {} — {}\n\n", cell(title), verdict.stamp, cell(&verdict.sentence));
    text.push_str("| measure | result | worst margin | worst at | worst value | limit |\n| --- | --- | ---: | --- | ---: | --- |\n");
    for measure in sorted(domain).into_iter().filter(|measure| measure.state() != State::Unlimited)
    {
        let worst = measure.worst();
        let value = worst
            .and_then(|row| row.value)
            .map_or_else(|| NOTHING.to_owned(), |value| short(value, &measure.unit));
        let margin =
            worst.and_then(|row| row.margin_pct()).map_or_else(|| NOTHING.to_owned(), percent);
        let place = worst.map(|row| domain.points[row.point].place.words()).unwrap_or_default();
        let _ = writeln!(
            text,
            "| {} | {} {} | {margin} | {} | {value} | {} |",
            cell(&measure.name),
            measure.state().sign(),
            word(measure),
            cell(&place),
            cell(&limits(domain, measure))
        );
    }
    text
}

/// Text for a cell of a table, with markup escaped.
fn cell(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '|' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '\\' | '#' => {
                safe.push('\\');
                safe.push(c);
            }
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::tests::inputs;

    #[test]
    fn the_summary_holds_the_verdict_and_each_limit() {
        let text = markdown("in|verter", &Domain::read(&inputs()), None).replace('\u{202f}', " ");
        assert!(text.starts_with("### in\\|verter: FAIL — 1 of 1 limit missed at 1 of 8 points; 1 point has no value\n"), "{text}");
        assert!(
            text.contains(
                "| tphl | ✕ missed | −2.4 % | SS, 125 °C, 0.99 V | 21.00 ps | max 20.50 ps |"
            ),
            "{text}"
        );
    }
}
