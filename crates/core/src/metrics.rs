//! Metrics of a run in Prometheus text format, for the node exporter's textfile collector.

use std::collections::BTreeMap;
use std::fmt::Write;

/// Upper ends of the classes of durations, in seconds.
pub const SECONDS: [f64; 14] =
    [1e-5, 1e-4, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 10.0, 60.0, 600.0, 3600.0, 86_400.0];

/// Metrics, by name and labels.
#[derive(Default)]
pub struct Metrics {
    values: BTreeMap<String, BTreeMap<String, f64>>,
    /// Histograms by name: the line endings of the buckets, in order, with their values.
    histograms: BTreeMap<String, Vec<(String, f64)>>,
    /// Help and type of each name.
    help: BTreeMap<String, (String, &'static str)>,
}

impl Metrics {
    /// Sets a gauge; `labels` are name and value pairs.
    pub fn gauge(&mut self, name: &str, help: &str, labels: &[(&str, &str)], value: f64) {
        self.set(name, help, "gauge", labels, value);
    }

    /// Sets a counter: a number that only grows, such as one counted in a database.
    pub fn counter(&mut self, name: &str, help: &str, labels: &[(&str, &str)], value: f64) {
        self.set(name, help, "counter", labels, value);
    }

    /// Sets a histogram: the number of `values` at or below each of `ends`, their total number, and
    /// their sum.
    pub fn histogram(&mut self, name: &str, help: &str, ends: &[f64], values: &[f64]) {
        self.help.insert(name.to_owned(), (help.to_owned(), "histogram"));
        let below = |end: f64| values.iter().filter(|v| **v <= end).count() as f64;
        let class = |end: f64| {
            let end = if end.is_finite() { end.to_string() } else { "+Inf".to_owned() };
            format!("_bucket{{le=\"{end}\"}}")
        };
        let mut lines: Vec<(String, f64)> =
            ends.iter().chain([&f64::INFINITY]).map(|&end| (class(end), below(end))).collect();
        lines.push(("_sum".to_owned(), values.iter().sum()));
        lines.push(("_count".to_owned(), values.len() as f64));
        self.histograms.insert(name.to_owned(), lines);
    }

    fn set(
        &mut self,
        name: &str,
        help: &str,
        kind: &'static str,
        labels: &[(&str, &str)],
        value: f64,
    ) {
        let labels: Vec<String> =
            labels.iter().map(|(name, value)| format!("{name}=\"{}\"", escape(value))).collect();
        self.help.insert(name.to_owned(), (help.to_owned(), kind));
        self.values.entry(name.to_owned()).or_default().insert(labels.join(","), value);
    }

    /// The text that the collector reads: each name with its help, its type and its values.
    pub fn render(&self) -> String {
        let mut text = String::new();
        for (name, (help, kind)) in &self.help {
            let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}");
            for (end, value) in self.histograms.get(name).into_iter().flatten() {
                let _ = writeln!(text, "{name}{end} {value}");
            }
            for (labels, value) in self.values.get(name).into_iter().flatten() {
                let labels =
                    if labels.is_empty() { String::new() } else { format!("{{{labels}}}") };
                let _ = writeln!(text, "{name}{labels} {value}");
            }
        }
        text
    }
}

fn escape(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_histogram_counts_upwards() {
        let mut metrics = super::Metrics::default();
        metrics.histogram("lto_job_duration_seconds", "Time", &[0.1, 1.0], &[0.05, 0.1, 7.0]);
        assert_eq!(
            metrics.render(),
            "# HELP lto_job_duration_seconds Time\n# TYPE lto_job_duration_seconds histogram\n\
             lto_job_duration_seconds_bucket{le=\"0.1\"} 2\nlto_job_duration_seconds_bucket{le=\"1\"} 2\n\
             lto_job_duration_seconds_bucket{le=\"+Inf\"} 3\nlto_job_duration_seconds_sum 7.15\n\
             lto_job_duration_seconds_count 3\n"
        );
    }

    #[test]
    fn the_text_is_what_prometheus_reads() {
        let mut metrics = super::Metrics::default();
        metrics.gauge("libchar_points", "Points by state", &[("state", "a\"b")], 84.0);
        assert_eq!(
            metrics.render(),
            "# HELP libchar_points Points by state\n# TYPE libchar_points gauge\nlibchar_points{state=\"a\\\"b\"} 84\n"
        );
    }
}
