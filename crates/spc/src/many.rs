//! Many charts at once: one line of findings per chart, even for a series that cannot be charted.

use crate::SpcError;
use crate::capability::{Specification, capability};
use crate::chart::Data;
use crate::describe::describe;
use crate::drift::{self, Limit, Method, Phase1};
use crate::rules::Severity;
use crate::study::{Analysis, Span, Study};
use std::collections::BTreeMap;

/// Number of points at the start that the drift detector takes as in control if no limits are
/// given.
pub const DRIFT_PHASE1: usize = 50;
/// Confidence of the interval of Cpk.
const CONFIDENCE: f64 = 0.95;

/// The findings of one chart.
#[derive(Debug, Clone)]
pub struct Line {
    /// The judged chart; `None` if it cannot be made.
    pub analysis: Option<Analysis>,
    /// Number of points.
    pub points: usize,
    /// Number of points that completed a rule, on all panels.
    pub signals: usize,
    /// Number of events.
    pub events: usize,
    /// Rules that fired.
    pub rules: Vec<String>,
    /// Point (from 1) of the first event.
    pub first_event: Option<usize>,
    /// Capability, computed with the sigma of the chart.
    pub capability: Option<Index>,
    /// Result of the drift detector; `None` for data that it cannot use or too few points.
    pub drift: Option<Drift>,
    /// Lag-one autocorrelation.
    pub lag1: Option<f64>,
    /// Why there is no chart, or no limits.
    pub reason: Option<String>,
    /// Whether the missing chart is a finding: a series that does not vary is one, a series that is
    /// too short is not.
    pub is_stuck: bool,
}

/// Summary of the capability.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Index {
    /// Cpk, from the sigma within subgroups.
    pub cpk: f64,
    /// Confidence interval of Cpk.
    pub interval: [f64; 2],
    /// Ppk, from the standard deviation of all values.
    pub ppk: f64,
    /// Expected parts per million beyond the limits, for a normal distribution of all values.
    pub ppm: f64,
}

/// Summary of the drift.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Drift {
    /// Number of alarms after Phase I.
    pub alarms: usize,
    /// Kind and point (from 1) of the first alarm.
    pub first: Option<(drift::Kind, usize)>,
}

/// Limits of the drift detector by the number of Phase I points; each is computed only once.
#[derive(Debug, Clone)]
pub struct DriftLimits {
    method: Method,
    arl: f64,
    known: BTreeMap<Option<usize>, Limit>,
}

impl DriftLimits {
    /// Computes the limits for this run length, both for series whose own first points are Phase I
    /// and for `phases`.
    ///
    /// # Errors
    /// A run length that is out of range.
    pub fn new(
        method: Method,
        arl: f64,
        phases: impl IntoIterator<Item = Phase1>,
    ) -> Result<Self, SpcError> {
        let mut known = BTreeMap::new();
        let points = phases.into_iter().map(|phase1| phase1.points);
        for points in points.chain([Some(DRIFT_PHASE1)]) {
            if let std::collections::btree_map::Entry::Vacant(entry) = known.entry(points) {
                entry.insert(drift::limit(method, arl, points)?);
            }
        }
        Ok(Self { method, arl, known })
    }

    /// The requested run length.
    pub fn arl(&self) -> f64 {
        self.arl
    }

    /// Judges a series against a known Phase I, or against its own first points.
    fn judge(&self, data: &Data, known: Option<&Phase1>) -> Option<Drift> {
        let Data::Measured(groups) = data else { return None };
        let values = groups.means();
        let (phase1, from) = match known {
            Some(known) => (*known, 0),
            None if values.len() > DRIFT_PHASE1 => {
                (Phase1::estimate(&values[..DRIFT_PHASE1]).ok()?, DRIFT_PHASE1)
            }
            None => return None,
        };
        let limit = self.known.get(&phase1.points)?;
        let found = drift::detect(&values[from..], &phase1, self.method, limit.level).ok()?;
        let first = found.alarms.first().map(|alarm| (alarm.kind, alarm.index + from));
        Some(Drift { alarms: found.alarms.len(), first })
    }
}

impl Line {
    /// A series that cannot be charted.
    pub fn refused(points: usize, reason: String) -> Self {
        Self {
            analysis: None,
            points,
            signals: 0,
            events: 0,
            rules: Vec::new(),
            first_event: None,
            capability: None,
            drift: None,
            lag1: None,
            reason: Some(reason),
            is_stuck: true,
        }
    }

    /// Charts and judges `data` according to `study`.
    pub fn new(
        study: &Study,
        data: &Data,
        spans: &[Span],
        limits: Option<&Specification>,
        drift: Option<&DriftLimits>,
        known: Option<&Phase1>,
    ) -> Self {
        let analysis = match study.analyse(data, spans) {
            Ok(analysis) => analysis,
            Err(error) => {
                let is_short = matches!(error.error, SpcError::TooFew { .. });
                let line = Self::refused(data.len(), error.to_string());
                return Self { is_stuck: !is_short, ..line };
            }
        };
        let verdicts = || analysis.stages.iter().flat_map(|stage| &stage.verdicts);
        let mut rules: Vec<String> = Vec::new();
        for verdict in verdicts() {
            for event in &verdict.events {
                let id = &verdict.rules[event.rule].id;
                if !rules.contains(id) {
                    rules.push(id.clone());
                }
            }
        }
        let signals = verdicts().flat_map(|v| &v.signals.rules).map(|rule| rule.count()).sum();
        let events = analysis.stages.iter().flat_map(|stage| {
            let offset = stage.offset;
            stage
                .verdicts
                .iter()
                .flat_map(move |v| v.events.iter().map(move |e| e.first + offset + 1))
        });
        let unjudged = analysis.stages.iter().filter_map(|stage| stage.unjudged.as_ref());
        let is_stuck = unjudged.clone().any(|unjudged| unjudged.is_finding);
        let told = analysis.unjudged();
        Self {
            points: analysis.points(),
            signals,
            events: analysis.findings(),
            first_event: events.min(),
            capability: limits.and_then(|limits| index(study, &analysis, data, limits)),
            drift: drift.filter(|_| !is_stuck).and_then(|drift| drift.judge(data, known)),
            lag1: match data {
                Data::Measured(groups) if groups.len() == groups.values().len() => {
                    analysis.description.and_then(|d| d.lag1_autocorr)
                }
                Data::Measured(groups) => describe(&groups.means()).and_then(|d| d.lag1_autocorr),
                _ => None,
            },
            reason: (!told.is_empty()).then(|| told.join("; ")),
            is_stuck,
            rules,
            analysis: Some(analysis),
        }
    }

    /// The highest severity of the rules that fired.
    pub fn severity(&self) -> Severity {
        let fired = self.analysis.iter().flat_map(|a| &a.stages).flat_map(|s| &s.verdicts);
        fired
            .flat_map(|v| v.events.iter().map(|e| v.rules[e.rule].pattern.severity()))
            .max()
            .unwrap_or(Severity::Warning)
    }
}

fn index(study: &Study, analysis: &Analysis, data: &Data, limits: &Specification) -> Option<Index> {
    let Data::Measured(groups) = data else { return None };
    let sigma = analysis.stages.first()?.parameters.sigma?;
    let found = capability(groups, limits, sigma, CONFIDENCE, study.design.convention).ok()?;
    Some(Index {
        cpk: found.within.worst.value,
        interval: [found.within.worst.lower, found.within.worst.upper],
        ppk: found.overall.worst.value,
        ppm: found.overall.expected_ppm,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{Design, Kind};
    use crate::rules::parse_rules;
    use crate::subgroup::Subgroups;

    fn line(values: &[f64]) -> Line {
        let study = Study::new(Design::new(Kind::IMr), parse_rules("rule1").unwrap());
        let data = Data::Measured(Subgroups::individuals(values.to_vec()).unwrap());
        let spans = [Span { name: None, first: 0, end: values.len() }];
        let limits = Specification::new(Some(0.0), Some(20.0), None).unwrap();
        let drift = DriftLimits::new(Method::Charts, 370.0, []).unwrap();
        Line::new(&study, &data, &spans, Some(&limits), Some(&drift), None)
    }

    #[test]
    fn a_stuck_a_short_and_a_jumping_series_are_lines() {
        let stuck = line(&[5.0; 30]);
        assert!(stuck.is_stuck && stuck.events == 1 && stuck.capability.is_none());
        let short = line(&[5.0]);
        assert!(!short.is_stuck && short.reason.is_some() && short.events == 0);
        let mut values: Vec<f64> = (0..80).map(|i| 10.0 + 0.1 * f64::from(i * 7 % 11)).collect();
        values[70] = 15.0;
        let found = line(&values);
        assert_eq!((found.first_event, found.reason.as_deref()), (Some(71), None));
        assert!(!found.rules.is_empty() && found.signals >= 1);
        assert!(found.drift.is_some_and(|drift| drift.alarms > 0));
        assert!(found.capability.is_some_and(|index| index.cpk > 1.0 && index.ppk > 1.0));
    }
}
