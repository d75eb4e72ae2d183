//! Metrics of a run in Prometheus text format, for the node exporter's textfile collector.

use std::collections::BTreeMap;
use std::fmt::Write;

/// Values by name, then by labels.
#[derive(Default)]
pub struct Metrics {
    values: BTreeMap<String, BTreeMap<String, f64>>,
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

    pub fn render(&self) -> String {
        let mut text = String::new();
        for (name, series) in &self.values {
            let (help, kind) = &self.help[name];
            let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}");
            for (labels, value) in series {
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
    fn the_text_is_what_prometheus_reads() {
        let mut metrics = super::Metrics::default();
        metrics.gauge("libchar_points", "Points by state", &[("state", "a\"b")], 84.0);
        assert_eq!(
            metrics.render(),
            "# HELP libchar_points Points by state\n# TYPE libchar_points gauge\nlibchar_points{state=\"a\\\"b\"} 84\n"
        );
    }
}
