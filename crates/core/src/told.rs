//! What a run reports besides its results: notes, numbers for the history, metrics, and alerts.

use crate::Note;

/// Receives notes as they arise, so that notes before a fault are printed, too.
pub type Hearer<'a> = &'a mut dyn FnMut(Note);

/// A number for the history.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// What the number belongs to, such as a job.
    pub point: Option<String>,
    /// Name of the quantity.
    pub measure: String,
    /// Its value; `None` if it is not finite.
    pub value: Option<f64>,
    /// Its unit.
    pub unit: Option<&'static str>,
    /// `ok`, `failed`, or another status.
    pub status: String,
}

impl Kept {
    /// A number without a point; a value that is not finite has the status `failed`.
    pub fn of(measure: impl Into<String>, value: f64) -> Kept {
        let value = value.is_finite().then_some(value);
        let status = if value.is_some() { "ok" } else { "failed" }.to_owned();
        Kept { point: None, measure: measure.into(), value, unit: None, status }
    }

    /// Sets the point.
    pub fn at(self, point: impl Into<String>) -> Kept {
        Kept { point: Some(point.into()), ..self }
    }

    /// Sets the unit.
    pub fn in_unit(self, unit: Option<&'static str>) -> Kept {
        Kept { unit, ..self }
    }

    /// Sets the status.
    pub fn said(self, status: impl Into<String>) -> Kept {
        Kept { status: status.into(), ..self }
    }
}

/// A metric for a monitoring system.
#[derive(Debug, Clone, PartialEq)]
pub struct Metric {
    /// Its name.
    pub name: String,
    /// Its description.
    pub help: &'static str,
    /// Labels that distinguish metrics of the same name.
    pub labels: Vec<(&'static str, String)>,
    /// Its value.
    pub value: f64,
    /// Whether it is a counter, which only grows; else it is a gauge.
    pub grows: bool,
}

impl Metric {
    /// Makes a gauge: a metric that rises and falls.
    pub fn gauge(
        name: impl Into<String>,
        help: &'static str,
        labels: &[(&'static str, &str)],
        value: f64,
    ) -> Metric {
        let labels = labels.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        Metric { name: name.into(), help, labels, value, grows: false }
    }

    /// Makes a counter: a metric that only grows.
    pub fn counter(
        name: impl Into<String>,
        help: &'static str,
        labels: &[(&'static str, &str)],
        value: f64,
    ) -> Metric {
        Metric { grows: true, ..Metric::gauge(name, help, labels, value) }
    }
}

/// An alert that needs attention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// `INFO`, `WARN` or `CRITICAL`.
    pub severity: &'static str,
    /// Kind, such as `drift`.
    pub kind: &'static str,
    /// The job that it is about.
    pub job: Option<String>,
    /// One line for people.
    pub message: String,
    /// What to do.
    pub advice: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_number_is_kept_as_failed() {
        let kept = Kept::of("r2", f64::NAN).at("nils").in_unit(Some("nm"));
        assert_eq!((kept.value, kept.status.as_str(), kept.unit), (None, "failed", Some("nm")));
        assert_eq!(
            (kept.point.as_deref(), Kept::of("r2", 1.0).status.as_str()),
            (Some("nils"), "ok")
        );
        assert_eq!(Kept::of("r2", 1.0).said("fails").status, "fails");
    }

    #[test]
    fn a_counter_is_a_gauge_that_grows() {
        let labels = [("gate", "r2_mean")];
        let gauge = Metric::gauge("n", "Help", &labels, 2.0);
        assert_eq!(gauge.labels, [("gate", "r2_mean".to_owned())]);
        assert_eq!(Metric { grows: true, ..gauge }, Metric::counter("n", "Help", &labels, 2.0));
    }
}
