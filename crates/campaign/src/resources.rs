//! Compares the use of the machine's resources with the thresholds of `[alerts]`.

use libchar_core::config::Config;
use libchar_history::{Alert, History};
use libchar_runner::machine;
use serde_json::json;
use std::path::Path;

/// Number of unsettled alerts that are searched.
const MOST: usize = 10_000;

/// A resource that can run out.
struct Resource {
    /// The key of its threshold, which is in percent.
    key: &'static str,
    /// Its metric.
    metric: &'static str,
    help: &'static str,
    /// Text of its alert.
    message: &'static str,
    /// Used share, 0 to 1; `None` if the system does not tell.
    used: fn() -> Option<f64>,
}

const RESOURCES: [Resource; 3] = [
    Resource {
        key: "alerts.cpu_percent",
        metric: "libchar_machine_load_ratio",
        help: "Processes that wait for or have a CPU, a minute's average, over the number of CPUs",
        message: "the machine's load of the last minute is high for its number of CPUs",
        used: machine::load,
    },
    Resource {
        key: "alerts.memory_percent",
        metric: "libchar_machine_memory_used_ratio",
        help: "Memory in use over all memory",
        message: "most of the machine's memory is in use",
        used: machine::memory_used,
    },
    Resource {
        key: "alerts.disk_percent",
        metric: "libchar_disk_used_ratio",
        help: "Space in use over all space of the folder's file system",
        message: "most of the space of this folder's file system is in use",
        used: || machine::disk_used(Path::new(".")),
    },
];

/// A threshold that is exceeded.
#[derive(Debug, Clone, PartialEq)]
pub struct Crossed {
    /// The key of the threshold.
    pub key: &'static str,
    used_percent: f64,
    limit_percent: f64,
    message: &'static str,
}

impl Crossed {
    /// The message.
    pub fn text(&self) -> String {
        let Crossed { key, used_percent, limit_percent, message } = self;
        format!("{message}: {used_percent:.0} %, {key} is {limit_percent}")
    }

    /// As an alert of a command. Its message has no numbers, so that it is the same the next time.
    pub fn alert(&self, source: &str) -> Alert {
        let details =
            json!({ "key": self.key, "used": self.used_percent, "limit": self.limit_percent });
        Alert {
            source: source.to_owned(),
            severity: "warning".to_owned(),
            message: self.message.to_owned(),
            details: Some(details.to_string()),
        }
    }
}

/// The thresholds that are crossed now; `measure` gets a metric, its help and its value for each that the system tells.
pub fn crossed(
    config: &Config,
    mut measure: impl FnMut(&'static str, &'static str, f64),
) -> Vec<Crossed> {
    let look = |resource: &Resource| {
        let used = (resource.used)()?;
        measure(resource.metric, resource.help, used);
        let limit_percent = config.number(resource.key)?;
        let used_percent = used * 100.0;
        (used_percent > limit_percent).then_some(Crossed {
            key: resource.key,
            used_percent,
            limit_percent,
            message: resource.message,
        })
    };
    RESOURCES.iter().filter_map(look).collect()
}

/// An alert where more of the points failed than the configuration takes for usual.
pub fn failures(config: &Config, failed: usize, points: usize) -> Option<Alert> {
    let most = config.number("alerts.failure_rate").unwrap_or(1.0);
    (failed as f64 > most * points as f64).then(|| Alert {
        source: "run".to_owned(),
        severity: "critical".to_owned(),
        message: format!("{failed} of {} failed", libchar_core::words::count(points, "point")),
        details: Some(json!({ "failed": failed, "points": points, "limit": most }).to_string()),
    })
}

/// Whether the same alert is open or acknowledged in a history: what lasts is not told again every hour.
pub fn stands(history: &Path, alert: &Alert) -> bool {
    let history = Some(history).filter(|path| path.is_file());
    let history = history.and_then(|path| History::read(path).ok());
    let standing = history.and_then(|history| history.alerts(MOST, false).ok()).unwrap_or_default();
    let is_same = |known: &Alert| known.source == alert.source && known.message == alert.message;
    standing.iter().any(|raised| is_same(&raised.alert))
}

#[cfg(test)]
mod tests {
    use super::{crossed, failures, stands};
    use crate::fixture::config;
    use std::path::Path;

    #[test]
    fn a_threshold_is_crossed_where_more_is_in_use() {
        let mut metrics = Vec::new();
        let low = config("alerts = { memory_percent = 0.0, disk_percent = 100.0 }");
        let found = crossed(&low, |metric, _, used| metrics.push((metric, used)));
        let keys: Vec<&str> = found.iter().map(|crossed| crossed.key).collect();
        assert!(keys.contains(&"alerts.memory_percent"), "{keys:?}");
        assert!(!keys.contains(&"alerts.disk_percent"), "no more than all of it can be in use");
        assert!(metrics.iter().any(|(metric, _)| *metric == "libchar_disk_used_ratio"));
        let memory = found.iter().find(|crossed| crossed.key == "alerts.memory_percent").unwrap();
        assert!(memory.text().ends_with(" %, alerts.memory_percent is 0"), "{}", memory.text());
        let alert = memory.alert("check");
        assert!(!alert.message.contains(char::is_numeric), "the same the next time");
    }

    #[test]
    fn more_failures_than_are_usual_are_an_alert() {
        let config = config("alerts = { failure_rate = 0.1 }");
        assert!(failures(&config, 1, 10).is_none(), "as many as are usual");
        let alert = failures(&config, 2, 10).unwrap();
        assert_eq!(alert.message, "2 of 10 points failed");
        assert!(!stands(Path::new("no/history.db"), &alert));
    }
}
