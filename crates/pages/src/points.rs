//! Points that needed attention: failed, done with a recipe, flaky, done with a preset.

use crate::model::{Domain, RunRow};
use crate::place::common;
use crate::quantity::count;
use serde::Serialize;
use std::collections::BTreeMap;

/// If there are more points of a kind than this, they are listed by class, one row each, with what
/// they have in common.
const MOST: usize = 50;

#[derive(Serialize)]
pub struct Line {
    place: String,
    state: &'static str,
    class: &'static str,
    what: String,
    attempts: String,
    links: Vec<(String, String)>,
}

fn kind(run: &RunRow) -> Option<(&'static str, &'static str)> {
    match run {
        run if run.status != "done" => Some(("✕ not done", "miss")),
        run if !run.recipe.is_empty() => Some(("r recipe", "open")),
        run if run.flaky => Some(("f flaky", "open")),
        run if !run.preset.is_empty() => Some(("p preset", "none")),
        _ => None,
    }
}

fn what(run: &RunRow) -> String {
    let cause =
        [run.class.as_str(), run.reason.as_str()].into_iter().filter(|part| !part.is_empty());
    let cause = cause.collect::<Vec<_>>().join(": ");
    match (run.status.as_str(), run.recipe.as_str(), run.preset.as_str()) {
        ("done", "", "") => {
            format!("{cause}; done at attempt {}", run.attempts).trim_start_matches("; ").to_owned()
        }
        ("done", recipe, _) if !recipe.is_empty() => {
            format!("{cause}; done with recipe {recipe}, so its values carry other options")
                .trim_start_matches("; ")
                .to_owned()
        }
        ("done", _, preset) => format!("done with preset {preset}"),
        (status, ..) if cause.is_empty() => status.to_owned(),
        _ => cause,
    }
}

/// The rows of the table, and the note below it.
pub fn lines(
    domain: &Domain,
    links: &dyn Fn(usize) -> Vec<(String, String)>,
) -> (Vec<Line>, String) {
    let mut kinds: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let order = ["✕ not done", "r recipe", "f flaky", "p preset"];
    for (i, run) in domain.points.iter().enumerate().filter_map(|(i, p)| Some((i, p.run.as_ref()?)))
    {
        if let Some(at) =
            kind(run).and_then(|(word, _)| order.iter().position(|known| *known == word))
        {
            kinds.entry(at).or_default().push(i);
        }
    }
    let told: usize = kinds.values().map(Vec::len).sum();
    let lines = kinds.into_values().flat_map(|points| {
        if points.len() > MOST {
            by_class(domain, &points)
        } else {
            points.iter().filter_map(|i| line(domain, *i, links)).collect()
        }
    });
    let rest = domain.points.iter().filter(|point| point.run.is_some()).count() - told;
    (
        lines.collect(),
        format!("{} done at the first attempt with the deck as written.", count(rest, "point")),
    )
}

fn line(domain: &Domain, i: usize, links: &dyn Fn(usize) -> Vec<(String, String)>) -> Option<Line> {
    let run = domain.points[i].run.as_ref()?;
    let (state, class) = kind(run)?;
    let place = domain.points[i].place.words();
    Some(Line {
        place,
        state,
        class,
        what: what(run),
        attempts: run.attempts.to_string(),
        links: links(i),
    })
}

fn by_class(domain: &Domain, points: &[usize]) -> Vec<Line> {
    let all: Vec<_> = domain.points.iter().map(|point| point.place.clone()).collect();
    let mut classes: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for i in points {
        let run = domain.points[*i].run.as_ref();
        classes.entry(run.map(|run| run.class.clone()).unwrap_or_default()).or_default().push(*i);
    }
    let line = |points: Vec<usize>| {
        let run = domain.points[points[0]].run.as_ref()?;
        let (state, class) = kind(run)?;
        let places: Vec<_> = points.iter().map(|i| &all[*i]).collect();
        let shared = common(&places, &all);
        let shared = if shared.is_empty() { String::new() } else { format!(", all at {shared}") };
        Some(Line {
            place: format!("{}{shared}", count(points.len(), "point")),
            state,
            class,
            what: what(run),
            attempts: String::new(),
            links: Vec::new(),
        })
    };
    classes.into_values().filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::tests::inputs;
    use serde_json::json;

    #[test]
    fn only_points_that_needed_attention_are_told() {
        let mut inputs = inputs();
        inputs.run = vec![
            json!({ "point": "SS/typical/typical_m40/v0", "status": "done", "attempts": "1", "flaky": "false" }),
            json!({ "point": "SS/typical/typical_m40/v1", "status": "failed", "class": "crash", "reason": "ended by signal 11", "attempts": "1" }),
            json!({ "point": "SS/typical/typical_125/v0", "status": "done", "class": "", "attempts": "2", "flaky": "true" }),
        ];
        let (lines, note) = lines(&Domain::read(&inputs), &|_| Vec::new());
        let told: Vec<_> = lines.iter().map(|line| (line.state, line.what.as_str())).collect();
        assert_eq!(
            told,
            [("✕ not done", "crash: ended by signal 11"), ("f flaky", "done at attempt 2")]
        );
        assert_eq!(note, "1 point done at the first attempt with the deck as written.");
    }
}
