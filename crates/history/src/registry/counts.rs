//! Metrics of the record. Everything is counted in the registry, so that counters only grow.

use super::{JobState, LithoAlert, LithoJob};
use libchar_core::told::Metric;
use std::collections::BTreeMap;

/// Numbers of jobs by what became of them.
pub fn of_jobs(jobs: &[LithoJob]) -> [Metric; 4] {
    let number =
        |of: &dyn Fn(JobState) -> bool| jobs.iter().filter(|job| of(job.status)).count() as f64;
    let counter = |name, help, value| Metric::counter(name, help, &[], value);
    let is = |state: JobState| move |own: JobState| own == state;
    let waiting = number(&JobState::is_automatic);
    [
        counter("lto_jobs_submitted_total", "Total jobs submitted", jobs.len() as f64),
        counter(
            "lto_jobs_completed_total",
            "Total jobs completed",
            number(&is(JobState::Completed)),
        ),
        counter(
            "lto_jobs_blocked_total",
            "Jobs blocked by preflight",
            number(&is(JobState::Blocked)),
        ),
        Metric::gauge("lto_jobs_waiting", "Jobs whose next step a program takes", &[], waiting),
    ]
}

/// Numbers of alerts by severity and kind, and of measured outcomes.
pub fn of_alerts(alerts: &[LithoAlert], outcomes: usize) -> Vec<Metric> {
    let mut fired: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    for alert in alerts {
        *fired.entry((&alert.severity, &alert.alert_type)).or_default() += 1;
    }
    let of_kind = |((severity, kind), number)| {
        let labels = [("severity", severity), ("alert_type", kind)];
        Metric::counter("lto_alert_fired_total", "Alerts fired", &labels, f64::from(number))
    };
    let help = "Measured outcomes that arrived";
    let arrived = Metric::counter("lto_outcomes_total", help, &[], outcomes as f64);
    fired.into_iter().map(of_kind).chain([arrived]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jobs_are_counted_by_their_states() {
        let job = |status| LithoJob { status, ..LithoJob::default() };
        let jobs = [JobState::Completed, JobState::Blocked, JobState::Queued, JobState::Queued];
        let counts = of_jobs(&jobs.map(job)).map(|metric| metric.value);
        // A blocked job waits for a person.
        assert_eq!(counts, [4.0, 1.0, 1.0, 2.0]);
    }

    #[test]
    fn alerts_are_counted_by_severity_and_kind() {
        let alert = |severity: &str, kind: &str| LithoAlert {
            severity: severity.to_owned(),
            alert_type: kind.to_owned(),
            ..LithoAlert::default()
        };
        let alerts = [alert("WARN", "drift"), alert("INFO", "drift"), alert("WARN", "drift")];
        let told: Vec<_> = of_alerts(&alerts, 7)
            .into_iter()
            .map(|m| (m.labels.into_iter().map(|(_, value)| value).collect::<Vec<_>>(), m.value))
            .collect();
        let labels = |of: &[&str]| of.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let expected = [
            (labels(&["INFO", "drift"]), 1.0),
            (labels(&["WARN", "drift"]), 2.0),
            (labels(&[]), 7.0),
        ];
        assert_eq!(told, expected);
    }
}
