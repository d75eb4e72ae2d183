//! The state of a domain as it is shown, on screens, in lines and in the document.

use super::domain::{Attempt, Watched};
use crate::said::Said;
use libchar_core::metrics::Metrics;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Number of attempts that are named as the slowest, and as the last.
const MOST_NAMED: usize = 5;

/// The failures of one class.
pub struct Failures {
    /// The class.
    pub class: String,
    /// Number of its points.
    pub points: usize,
    /// The first failed point in the order of the matrix.
    pub first: String,
    /// Why the first point failed.
    pub reason: String,
}

/// The state of one domain at one time.
pub struct View {
    /// The domain's name.
    pub name: String,
    /// Its folder.
    pub folder: String,
    /// `running`, `held`, `finished`, `interrupted` or `idle`.
    pub state: &'static str,
    /// The command that works in it.
    pub stage: Option<String>,
    /// Number of points.
    pub points: usize,
    /// Points that are done.
    pub done: usize,
    /// Points that ended otherwise.
    pub failed: usize,
    /// Simulations that are running.
    pub running: usize,
    /// Points that neither ended nor run.
    pub waiting: usize,
    /// Points that failed before they succeeded.
    pub flaky: usize,
    /// Points that needed an option recipe.
    pub recipe: usize,
    /// Seconds from the first attempt of the run to the end of the last.
    pub elapsed_s: Option<f64>,
    /// Points that end per second.
    pub rate_per_s: Option<f64>,
    /// Estimated seconds to the end of the run.
    pub eta_s: Option<f64>,
    /// Why points are held.
    pub reason: Option<String>,
    /// Failures by class, the most frequent first.
    pub failures: Vec<Failures>,
    /// Points and seconds of the slowest attempts of the run.
    pub slowest: Vec<(String, f64)>,
    /// The last attempts that did not simply succeed: point and result.
    pub last: Vec<(String, String)>,
    /// Submissions that have not ended, and the number of their jobs.
    pub jobs: (usize, usize),
}

impl View {
    /// Sets the gauges of this domain, labelled by its folder.
    pub fn measure(&self, metrics: &mut Metrics) {
        let domain = self.folder.as_str();
        let states = [
            ("done", self.done),
            ("failed", self.failed),
            ("running", self.running),
            ("waiting", self.waiting),
        ];
        for (state, points) in states {
            let labels = [("domain", domain), ("state", state)];
            metrics.gauge(
                "libchar_domain_points",
                "Points of a domain by state",
                &labels,
                points as f64,
            );
        }
        for state in ["running", "held", "finished", "interrupted", "idle"] {
            let labels = [("domain", domain), ("state", state)];
            let is = f64::from(u8::from(self.state == state));
            metrics.gauge(
                "libchar_domain_state",
                "1 for the state that a domain is in",
                &labels,
                is,
            );
        }
        let here = [("domain", domain)];
        if let Some(rate) = self.rate_per_s {
            metrics.gauge(
                "libchar_domain_points_per_second",
                "Points that end per second",
                &here,
                rate,
            );
        }
        if let Some(eta) = self.eta_s {
            metrics.gauge(
                "libchar_domain_seconds_left",
                "Estimated time to the end of the run",
                &here,
                eta,
            );
        }
    }

    /// The present state of a domain.
    pub fn of(watched: &Watched) -> View {
        let counts = watched.counts();
        let count = |word: &str| counts.get(word).copied().unwrap_or(0);
        let (points, done, unsettled) = (watched.points.len(), count("done"), count("waiting"));
        let failed = points - done - unsettled;
        let marked =
            |mark: fn(&Said) -> bool| watched.statuses.iter().flatten().filter(|s| mark(s)).count();
        let is_running = watched.stage.is_some() || !watched.jobs.is_empty();
        let state = match (is_running, &watched.held) {
            (true, _) => "running",
            (false, Some(_)) => "held",
            _ if points > 0 && unsettled == 0 => "finished",
            _ if !watched.attempts.is_empty() => "interrupted",
            _ => "idle",
        };
        let running = if is_running { watched.running } else { 0 };
        let waiting = unsettled.saturating_sub(running);
        let rate = watched.rate().filter(|rate| *rate > 0.0);
        View {
            name: watched.name(),
            folder: watched.folder.display().to_string(),
            state,
            stage: watched.stage.clone(),
            points,
            done,
            failed,
            running,
            waiting,
            flaky: marked(|status| status.flaky),
            recipe: marked(|status| status.recipe.is_some()),
            elapsed_s: watched.elapsed_s(),
            rate_per_s: rate,
            eta_s: rate.filter(|_| is_running && unsettled > 0).map(|rate| unsettled as f64 / rate),
            reason: watched.held.clone(),
            failures: failures(watched),
            slowest: slowest(&watched.attempts),
            last: last(&watched.attempts),
            jobs: (watched.jobs.len(), watched.jobs.iter().map(|open| open.elements).sum()),
        }
    }

    /// Whether nothing more will happen without an action, and something is wrong.
    pub fn has_findings(&self) -> bool {
        match self.state {
            "held" | "interrupted" => true,
            "finished" => self.failed > 0,
            _ => false,
        }
    }

    /// The counts as one line.
    pub fn counts(&self) -> String {
        let mut text = format!(
            "{} of {} points done, {} failed, {} running, {} waiting",
            self.done, self.points, self.failed, self.running, self.waiting
        );
        for (count, word) in [(self.flaky, "flaky"), (self.recipe, "with a recipe")] {
            if count > 0 {
                text.push_str(&format!(", {count} {word}"));
            }
        }
        text
    }

    /// The state as JSON.
    pub fn json(&self) -> Value {
        let failures: Vec<Value> = self
            .failures
            .iter()
            .map(|f| json!({ "class": f.class, "points": f.points, "first": f.first, "reason": f.reason }))
            .collect();
        let slowest: Vec<Value> = self
            .slowest
            .iter()
            .map(|(point, wall_s)| json!({ "point": point, "wall_s": wall_s }))
            .collect();
        let last: Vec<Value> = self
            .last
            .iter()
            .map(|(point, what)| json!({ "point": point, "event": what }))
            .collect();
        json!({
            "folder": self.folder, "state": self.state, "stage": self.stage, "points": self.points,
            "done": self.done, "failed": self.failed, "running": self.running, "waiting": self.waiting,
            "flaky": self.flaky, "recipe": self.recipe, "elapsed_s": self.elapsed_s,
            "rate_per_min": self.rate_per_s.map(|rate| 60.0 * rate), "eta_s": self.eta_s, "reason": self.reason,
            "failures": failures, "slowest": slowest, "last": last,
            "jobs": { "submissions": self.jobs.0, "elements": self.jobs.1 },
        })
    }
}

fn failures(watched: &Watched) -> Vec<Failures> {
    let mut classes: BTreeMap<&str, Failures> = BTreeMap::new();
    for (point, status) in watched.points.iter().zip(&watched.statuses) {
        let Some(status) = status.as_ref().filter(|status| status.status != "done") else {
            continue;
        };
        let class = status.class.as_deref().unwrap_or(&status.status);
        let failures = classes.entry(class).or_insert_with(|| Failures {
            class: class.to_owned(),
            points: 0,
            first: point.clone(),
            reason: status.reason.clone().unwrap_or_default(),
        });
        failures.points += 1;
    }
    let mut all: Vec<Failures> = classes.into_values().collect();
    all.sort_by_key(|failures| std::cmp::Reverse(failures.points));
    all
}

/// The name of an attempt in messages: its point, or the first of many.
fn named(attempt: &Attempt) -> String {
    match attempt.points.as_slice() {
        [] => attempt.attempt.clone(),
        [point] => point.clone(),
        [first, rest @ ..] => format!("{first} and {} more", rest.len()),
    }
}

fn slowest(attempts: &[Attempt]) -> Vec<(String, f64)> {
    let mut slowest: Vec<&Attempt> = attempts.iter().collect();
    slowest.sort_by(|a, b| b.wall_s.total_cmp(&a.wall_s));
    slowest.truncate(MOST_NAMED);
    slowest.into_iter().map(|attempt| (named(attempt), attempt.wall_s)).collect()
}

fn last(attempts: &[Attempt]) -> Vec<(String, String)> {
    let event = |attempt: &Attempt| match (attempt.status.as_deref(), &attempt.recipe) {
        (Some("done"), Some(recipe)) => Some((named(attempt), format!("done with {recipe}"))),
        (Some("done") | None, _) => None,
        (Some(status), _) => {
            let class = attempt.class.as_deref().unwrap_or(status);
            let reason = attempt.reason.as_deref().unwrap_or_default();
            Some((named(attempt), format!("{class}: {reason}")))
        }
    };
    attempts.iter().rev().filter_map(event).take(MOST_NAMED).collect()
}

#[cfg(test)]
mod tests {
    use super::View;
    use crate::watch::Watched;
    use std::fs;
    use std::path::Path;

    fn status(folder: &Path, point: &str, text: &str) {
        fs::create_dir_all(folder.join(point)).unwrap();
        fs::write(folder.join(point).join("status.json"), text).unwrap();
    }

    #[test]
    fn a_domain_is_idle_interrupted_finished_or_held() {
        let folder = tempfile::tempdir().unwrap();
        let here = folder.path();
        let view = || View::of(&Watched::new(here).unwrap());
        fs::write(here.join("points.csv"), "point\na\nb\nc\n").unwrap();
        assert_eq!((view().state, view().waiting), ("idle", 3));
        status(here, "a", "{\"status\":\"done\",\"flaky\":true}");
        status(here, "b", "{\"status\":\"failed\",\"class\":\"licence\",\"reason\":\"no seat\"}");
        let runs = here.join(".libchar/run");
        fs::create_dir_all(&runs).unwrap();
        let line = |name: &str, point: &str, status: &str, wall: u32| {
            format!(
                "{{\"attempt\":\"{name}\",\"points\":[\"{point}\"],\"settled\":1,\"status\":\"{status}\",\
                 \"class\":\"licence\",\"reason\":\"no seat\",\"started_unix_s\":1,\"wall_s\":{wall}}}\n"
            )
        };
        let log = [line("r-1", "a", "done", 5), line("r-2", "b", "failed", 9)].concat();
        fs::write(runs.join("attempts.jsonl"), log).unwrap();
        let now = view();
        assert_eq!((now.state, now.has_findings()), ("interrupted", true));
        assert_eq!(now.counts(), "1 of 3 points done, 1 failed, 0 running, 1 waiting, 1 flaky");
        assert_eq!(now.slowest, [("b".to_owned(), 9.0), ("a".to_owned(), 5.0)]);
        assert_eq!(now.last, [("b".to_owned(), "licence: no seat".to_owned())]);
        assert_eq!((now.failures[0].class.as_str(), now.failures[0].points), ("licence", 1));
        assert_eq!(now.json()["jobs"]["elements"], 0);
        status(here, "c", "{\"status\":\"done\"}");
        assert_eq!((view().state, view().has_findings()), ("finished", true), "one failed");
        fs::write(runs.join("held"), "why").unwrap();
        assert_eq!((view().state, view().reason.as_deref()), ("held", Some("why")));
    }
}
