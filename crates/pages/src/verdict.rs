//! The first screen: did it pass, what failed, by how much, where, and what the failing points have
//! in common.

use crate::changes::{Baseline, Since};
use crate::model::{Domain, Measure, State};
use crate::pictures;
use crate::place::{Place, common};
use crate::quantity::{apart, count, percent, short};
use crate::templates::markup;
use minijinja::Value;
use serde::Serialize;
use std::collections::BTreeMap;

/// The most cards of missed measures on the first screen.
const MOST_CARDS: usize = 6;

#[derive(Serialize)]
pub struct Verdict {
    pub stamp: &'static str,
    pub failed: bool,
    pub sentence: String,
    remarks: Vec<String>,
    facts: Vec<(String, String, String)>,
    cards: Vec<Card>,
    more: usize,
    classes: Vec<ClassCard>,
    note: String,
}

#[derive(Serialize)]
struct Card {
    key: String,
    name: String,
    title: String,
    value: String,
    limit: String,
    bar: Value,
    missed_by: String,
    place: String,
    links: Vec<(String, String)>,
    how_many: String,
    since: Option<&'static str>,
}

#[derive(Serialize)]
struct ClassCard {
    class: String,
    points: String,
    reason: String,
    place: String,
    next: &'static str,
}

/// Builds the first screen.
pub fn verdict(
    domain: &Domain,
    against: Option<&Domain>,
    links: &dyn Fn(usize) -> Vec<(String, String)>,
) -> Verdict {
    let of = |state| domain.measures.iter().filter(move |measure| measure.state() == state).count();
    let (missed, open, kept) = (of(State::Missed), of(State::Open), of(State::Kept));
    let limits = missed + open + kept;
    let valued = domain.with_values();
    let lacking = domain.points.len() - valued;
    let failed = missed + open > 0;
    let stamp = if limits == 0 {
        "NO LIMITS"
    } else if failed {
        "FAIL"
    } else {
        "PASS"
    };
    let mut missed_points: Vec<usize> =
        domain.measures.iter().flat_map(|measure| measure.missed().map(|row| row.point)).collect();
    missed_points.sort_unstable();
    missed_points.dedup();
    let total = domain.points.len();
    let mut sentence = match (limits, missed) {
        (0, _) => format!("{valued} of {} have values", count(total, "point")),
        (_, 0) => format!(
            "{kept} of {} kept at {valued} of {}",
            count(limits, "limit"),
            count(total, "point")
        ),
        _ => format!(
            "{missed} of {} missed at {} of {}",
            count(limits, "limit"),
            missed_points.len(),
            count(total, "point")
        ),
    };
    if lacking > 0 {
        let has = if lacking == 1 { "has" } else { "have" };
        sentence.push_str(&format!("; {} {has} no value", count(lacking, "point")));
    } else if let (0, Some((measure, margin))) = (missed, worst(domain)) {
        sentence.push_str(&format!("; worst margin {} ({})", percent(margin), measure.name));
    }
    let baseline = against.map(Baseline::new);
    let mut failing: Vec<&Measure> =
        domain.measures.iter().filter(|m| m.state() == State::Missed).collect();
    failing.sort_by(|a, b| margin(a).total_cmp(&margin(b)));
    let cards: Vec<Card> = failing
        .iter()
        .take(MOST_CARDS)
        .map(|measure| card(domain, measure, baseline.as_ref(), links))
        .collect();
    Verdict {
        stamp,
        failed,
        sentence,
        remarks: domain.remarks.clone(),
        facts: facts(domain, valued, (missed, open, kept), baseline.as_ref()),
        more: failing.len() - cards.len(),
        cards,
        classes: classes(domain),
        note: note(domain),
    }
}

fn margin(measure: &Measure) -> f64 {
    measure
        .worst()
        .and_then(|row| row.margin_pct().or(row.margin().map(|(margin, _)| margin)))
        .unwrap_or(f64::INFINITY)
}

fn worst(domain: &Domain) -> Option<(&Measure, f64)> {
    let all = domain
        .measures
        .iter()
        .filter_map(|measure| Some((measure, measure.worst()?.margin_pct()?)));
    all.min_by(|a, b| a.1.total_cmp(&b.1))
}

fn facts(
    domain: &Domain,
    valued: usize,
    (missed, open, kept): (usize, usize, usize),
    baseline: Option<&Baseline>,
) -> Vec<(String, String, String)> {
    let limits = missed + open + kept;
    let mut facts = vec![(
        "points with values".to_owned(),
        valued.to_string(),
        format!("of {}", domain.points.len()),
    )];
    if limits > 0 {
        let rest =
            if open > 0 { format!("of {limits}; {open} open") } else { format!("of {limits}") };
        facts.push(("limits missed".to_owned(), missed.to_string(), rest));
    }
    if let Some((measure, margin)) = worst(domain) {
        let place =
            measure.worst().map(|row| domain.points[row.point].place.words()).unwrap_or_default();
        facts.push((
            "worst margin".to_owned(),
            percent(margin),
            format!("{}, {place}", measure.name),
        ));
    }
    let kept = domain.measures.iter().filter(|m| m.state() == State::Kept);
    let least =
        kept.filter_map(|m| Some((m, m.worst()?.margin_pct()?))).min_by(|a, b| a.1.total_cmp(&b.1));
    if let (Some((measure, margin)), true) = (least, missed > 0) {
        facts.push(("least margin kept".to_owned(), percent(margin), measure.name.clone()));
    }
    if let Some(baseline) = baseline {
        let since = domain
            .measures
            .iter()
            .filter(|m| m.state() == State::Missed)
            .filter_map(|m| Some(baseline.since(domain, m, m.worst()?)));
        let since: Vec<Since> = since.collect();
        let of = |kind| since.iter().filter(|s| **s == kind).count();
        let new = since.len() - of(Since::Before);
        let words = format!(
            "{} by the value, {} by the limit",
            of(Since::ValueMoved),
            of(Since::LimitMoved)
        );
        facts.push(("new against the baseline".to_owned(), new.to_string(), words));
    }
    facts
}

fn card(
    domain: &Domain,
    measure: &Measure,
    baseline: Option<&Baseline>,
    links: &dyn Fn(usize) -> Vec<(String, String)>,
) -> Card {
    let missed: Vec<_> = measure.missed().collect();
    let worst = measure.worst().unwrap_or(missed[0]);
    let value = worst.value.unwrap_or(f64::NAN);
    let (margin, limit) = worst.margin().unwrap_or((f64::NAN, f64::NAN));
    let (value_text, limit_text) = apart(value, limit, &measure.unit);
    let side = if worst.upper == Some(limit) { "max" } else { "min" };
    let mut missed_by = short(margin.abs(), &measure.unit);
    if let Some(margin_pct) = worst.margin_pct() {
        missed_by = format!("{missed_by}, {}", percent(margin_pct.abs()).trim_start_matches('+'));
    }
    let places: Vec<&Place> = missed.iter().map(|row| &domain.points[row.point].place).collect();
    let all: Vec<Place> =
        measure.rows.iter().map(|row| domain.points[row.point].place.clone()).collect();
    let shared = common(&places, &all);
    let valued = measure.values().count();
    let mut how_many = format!("{} of {}", missed.len(), count(valued, "point"));
    if !shared.is_empty() && missed.len() > 1 {
        how_many = format!("{how_many}; all at {shared}");
    }
    Card {
        key: pictures::anchor(&measure.key),
        name: measure.name.clone(),
        title: measure.title.clone(),
        value: value_text,
        limit: format!("limit {side} {limit_text}"),
        bar: markup(pictures::bar(measure, value, limit)),
        missed_by,
        place: domain.points[worst.point].place.words(),
        links: links(worst.point),
        how_many,
        since: baseline.map(|baseline| baseline.since(domain, measure, worst).words()),
    }
}

/// One card for each class of failed points.
fn classes(domain: &Domain) -> Vec<ClassCard> {
    let mut classes: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, point) in domain.points.iter().enumerate() {
        if let Some(run) =
            point.run.as_ref().filter(|run| run.status != "done" && !run.class.is_empty())
        {
            classes.entry(&run.class).or_default().push(i);
        }
    }
    let all: Vec<Place> = domain.points.iter().map(|point| point.place.clone()).collect();
    classes
        .into_iter()
        .map(|(class, points)| {
            let first = &domain.points[points[0]];
            let places: Vec<&Place> = points.iter().map(|i| &all[*i]).collect();
            let shared = common(&places, &all);
            ClassCard {
                class: class.to_owned(),
                points: count(points.len(), "point"),
                reason: first.run.as_ref().map(|run| run.reason.clone()).unwrap_or_default(),
                place: if points.len() == 1 || shared.is_empty() {
                    first.place.words()
                } else {
                    format!("all at {shared}")
                },
                next: "libchar run",
            }
        })
        .collect()
}

/// The axes of the domain in one line.
fn note(domain: &Domain) -> String {
    let temperatures: Vec<String> =
        domain.temperatures().iter().map(|t| crate::quantity::celsius(*t)).collect();
    let supplies: Vec<String> =
        domain.supplies().iter().map(|place| place.supply_words()).collect();
    let mut note = format!(
        "Corners {} · {} · {}.",
        domain.corners().join(", "),
        temperatures.join(", "),
        supplies.join(", ")
    );
    if let Some(typ) =
        domain.typ.as_ref().and_then(|typ| domain.points.iter().find(|point| point.id == *typ))
    {
        note.push_str(&format!(" Typical point: {}.", typ.place.words()));
    }
    note.push_str(" Margin: distance to the nearer limit, in % of that limit; negative outside.");
    note
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::tests::inputs;

    #[test]
    fn the_verdict_counts_missed_and_open_apart() {
        let domain = Domain::read(&inputs());
        let verdict = verdict(&domain, None, &|_| Vec::new());
        assert_eq!(verdict.stamp, "FAIL");
        assert_eq!(verdict.sentence, "1 of 1 limit missed at 1 of 8 points; 1 point has no value");
        let card = &verdict.cards[0];
        assert_eq!(card.missed_by.replace('\u{202f}', " "), "500.0 fs, 2.4 %");
        assert_eq!(card.how_many, "1 of 7 points");
    }

    #[test]
    fn without_limits_there_is_no_verdict() {
        let mut inputs = inputs();
        for row in inputs.creport["measures"][0]["rows"].as_array_mut().expect("rows") {
            row["upper"] = serde_json::Value::Null;
            row["result"] = "-".into();
        }
        let verdict = verdict(&Domain::read(&inputs), None, &|_| Vec::new());
        assert_eq!((verdict.stamp, verdict.failed), ("NO LIMITS", false));
    }
}
