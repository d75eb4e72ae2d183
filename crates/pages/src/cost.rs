//! The cost of a run: time, processor time, losses in failed attempts, memory, the slowest
//! attempts.

use crate::model::{array, number, text};
use crate::place::Place;
use crate::quantity::{duration, share};
use serde::Serialize;
use serde_json::Value;

#[derive(Serialize)]
/// The cost of a run as its section shows it.
pub struct Cost {
    facts: Vec<(&'static str, String)>,
    slowest: Vec<(String, String)>,
    median: String,
}

/// The cost of the last run: the attempts whose ids have the same beginning belong to one run.
/// `None` without attempts.
pub fn cost(attempts: &[Value]) -> Option<Cost> {
    let run =
        |attempt: &Value| text(attempt, "attempt")?.rsplit_once('-').map(|(run, _)| run.to_owned());
    let last = attempts.iter().filter_map(run).max()?;
    let last: Vec<&Value> =
        attempts.iter().filter(|attempt| run(attempt).as_deref() == Some(&last)).collect();
    let of = |attempt: &Value, name: &str| number(attempt, name).unwrap_or(0.0);
    let cpu_of = |attempt: &Value| of(attempt, "user_s") + of(attempt, "system_s");
    let begin = last.iter().map(|a| of(a, "started_unix_s")).fold(f64::INFINITY, f64::min);
    let end = last
        .iter()
        .map(|a| of(a, "started_unix_s") + of(a, "wall_s"))
        .fold(f64::NEG_INFINITY, f64::max);
    let cpu: f64 = last.iter().map(|a| cpu_of(a)).sum();
    let failed = last.iter().filter(|a| text(a, "status").as_deref() != Some("done"));
    let lost: f64 = failed.map(|a| cpu_of(a)).sum();
    let memory = last.iter().map(|a| of(a, "max_rss_kb")).fold(0.0, f64::max);
    let points: usize = last.iter().map(|a| array(a, "points").len()).sum();
    let mut slow: Vec<(f64, String)> = last
        .iter()
        .map(|a| (cpu_of(a) / array(a, "points").len().max(1) as f64, places(a)))
        .collect();
    slow.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let median = slow.get(slow.len() / 2).map_or(0.0, |(seconds, _)| *seconds);
    Some(Cost {
        facts: vec![
            ("wall time", duration(end - begin)),
            ("CPU time", duration(cpu)),
            (
                "lost in failed attempts",
                format!(
                    "{} ({})",
                    duration(lost),
                    share(if cpu > 0.0 { lost / cpu } else { 0.0 }, 1)
                ),
            ),
            ("attempts", format!("{} for {points} points", last.len())),
            ("largest memory", format!("{:.1}\u{202f}MB", memory / 1024.0)),
        ],
        slowest: slow
            .iter()
            .take(5)
            .map(|(seconds, place)| (place.clone(), duration(*seconds)))
            .collect(),
        median: duration(median),
    })
}

fn places(attempt: &Value) -> String {
    let points = array(attempt, "points");
    let first = points
        .first()
        .and_then(Value::as_str)
        .map(|id| Place::of_id(id).words())
        .unwrap_or_default();
    match points.len() {
        0 | 1 => first,
        n => format!("{first} and {} more", n - 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_the_last_run_counts() {
        let attempt = |id: &str, status: &str, started: f64| {
            json!({ "attempt": id, "points": ["TT/t/t_25/v1"], "status": status, "started_unix_s": started,
                "wall_s": 2.0, "user_s": 1.0, "system_s": 0.5, "max_rss_kb": 2048 })
        };
        let cost = cost(&[
            attempt("a-1", "done", 0.0),
            attempt("b-1", "done", 10.0),
            attempt("b-2", "failed", 11.0),
        ])
        .expect("a cost");
        let facts: Vec<String> =
            cost.facts.iter().map(|(_, fact)| fact.replace('\u{202f}', " ")).collect();
        assert_eq!(facts, ["3.0 s", "3.0 s", "1.5 s (50.0 %)", "2 for 2 points", "2.0 MB"]);
    }
}
