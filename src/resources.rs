//! Compares the use of the machine's resources with the thresholds of `[alerts]`.

use crate::context::Context;
use libchar_history::{Alert, History};
use nix::sys::statvfs::statvfs;
use serde_json::json;
use std::fs;

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
        used: load,
    },
    Resource {
        key: "alerts.memory_percent",
        metric: "libchar_machine_memory_used_ratio",
        help: "Memory in use over all memory",
        message: "most of the machine's memory is in use",
        used: memory,
    },
    Resource {
        key: "alerts.disk_percent",
        metric: "libchar_disk_used_ratio",
        help: "Space in use over all space of the folder's file system",
        message: "most of the space of this folder's file system is in use",
        used: disk,
    },
];

/// A threshold that is exceeded.
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

    /// The alert. Its text has no numbers, so that it is the same the next time.
    fn alert(&self, source: &str) -> Alert {
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

/// The thresholds that are exceeded now. The use of each resource becomes a metric.
pub fn crossed(ctx: &Context) -> Vec<Crossed> {
    let look = |resource: &Resource| {
        let used = (resource.used)()?;
        ctx.metrics.borrow_mut().gauge(resource.metric, resource.help, &[], used);
        let limit_percent = ctx.config.number(resource.key)?;
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

/// Raises an alert for each of them.
pub fn raise(ctx: &Context, source: &str, crossed: &[Crossed]) {
    crossed.iter().for_each(|crossed| raise_once(ctx, crossed.alert(source)));
}

/// Raises an alert, unless the same one is open or acknowledged: a lasting state is not reported
/// every hour.
pub fn raise_once(ctx: &Context, alert: Alert) {
    let path = ctx.history_path().ok().filter(|path| path.is_file());
    let history = path.and_then(|path| History::read(&path).ok());
    let standing = history.and_then(|history| history.alerts(MOST, false).ok()).unwrap_or_default();
    let is_same = |known: &Alert| known.source == alert.source && known.message == alert.message;
    if !standing.iter().any(|raised| is_same(&raised.alert)) {
        ctx.journal.alert(alert);
    }
}

fn load() -> Option<f64> {
    let text = fs::read_to_string("/proc/loadavg").ok()?;
    let waiting: f64 = text.split_whitespace().next()?.parse().ok()?;
    let cpus = std::thread::available_parallelism().ok()?.get();
    Some(waiting / cpus as f64)
}

fn memory() -> Option<f64> {
    let text = fs::read_to_string("/proc/meminfo").ok()?;
    Some(1.0 - kibibytes(&text, "MemAvailable:")? / kibibytes(&text, "MemTotal:")?)
}

/// The value of a line of `/proc/meminfo`.
fn kibibytes(text: &str, name: &str) -> Option<f64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

/// Available memory in bytes.
pub fn memory_free() -> Option<f64> {
    Some(kibibytes(&fs::read_to_string("/proc/meminfo").ok()?, "MemAvailable:")? * 1024.0)
}

/// Used share of the disk: used space over used plus available space, as `df` prints it.
fn disk() -> Option<f64> {
    let space = statvfs(".").ok()?;
    let used = space.blocks().saturating_sub(space.blocks_free()) as f64;
    let all = used + space.blocks_available() as f64;
    (all > 0.0).then(|| used / all)
}

/// Bytes of the folder's file system that are available to the user.
pub fn disk_free() -> Option<f64> {
    let space = statvfs(".").ok()?;
    Some(space.blocks_available() as f64 * space.fragment_size() as f64)
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_in_use_is_a_share_and_memory_is_read_by_its_lines() {
        for used in [super::memory(), super::disk()] {
            assert!(used.is_some_and(|used| (0.0..=1.0).contains(&used)), "{used:?}");
        }
        assert!(super::load().is_some_and(|load| load >= 0.0));
        let text = "MemTotal:       8000 kB\nMemAvailable:    2000 kB\n";
        assert_eq!(super::kibibytes(text, "MemAvailable:"), Some(2000.0));
        assert_eq!(super::kibibytes(text, "MemFree:"), None);
    }
}
