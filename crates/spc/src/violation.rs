//! Rules judged on a chart: the points that completed each rule, and the violation that they
//! describe.

use crate::chart::{Chart, Panel, Scope};
use crate::knowledge::Knowledge;
use crate::rules::events::{self, events};
use crate::rules::{Event, Pattern, Rule, RuleSignals, Severity, Side, Signals};
use serde::Serialize;

/// A rule that fired, with the fields that alert systems expect. Indices start at 1.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Violation {
    /// The rule's identifier.
    pub rule_id: String,
    /// Description of the rule.
    pub rule_name: String,
    /// First and last point of the pattern.
    pub window: [usize; 2],
    /// The rule's machine name: `point_beyond_3sigma` …
    pub statistic: String,
    /// Distance of the signalling point from the centre line in sigma; `None` if the statistic has
    /// no sigma.
    pub z_score: Option<f64>,
    /// The first point that completed the pattern, at which the alarm was raised.
    pub timestamp_index: usize,
    /// The plotted value at that point.
    pub value: f64,
    /// The centre line at that point.
    pub centerline: f64,
    /// The upper control limit at that point, if any.
    pub ucl: Option<f64>,
    /// The lower control limit at that point, if any.
    pub lcl: Option<f64>,
    /// Severity.
    pub severity: Severity,
    /// Possible causes.
    pub suggested_causes: Vec<String>,
    /// Recommended actions.
    pub recommended_actions: Vec<String>,
    /// The site's action plan, if its knowledge file has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ocap: Option<String>,
    /// The panel: `x`, `mr`, `xbar` …
    pub panel: &'static str,
    /// Side of the centre line, or direction.
    pub side: Side,
    /// First point of the pattern.
    pub first: usize,
    /// Every point that completed the pattern.
    pub signal_points: Vec<usize>,
    /// Every point that takes part in the pattern.
    pub points: Vec<usize>,
}

/// The rules of one panel with their signals and events.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// Rules judged, in order.
    pub rules: Vec<Rule>,
    /// The points that completed them.
    pub signals: Signals,
    /// Runs of such points, as events.
    pub events: Vec<Event>,
}

impl Verdict {
    /// Judges `panel` by those of `rules` that apply to it; with `each_point`, every completing
    /// point is an event.
    pub fn of(panel: &Panel, rules: &[Rule], each_point: bool) -> Self {
        match panel.scope {
            Scope::Zones => {
                let patterns: Vec<Pattern> = rules.iter().map(|rule| rule.pattern).collect();
                let signals = panel.scan(&patterns);
                let events = events(&patterns, &signals, each_point);
                Self { rules: rules.to_vec(), signals, events }
            }
            Scope::Limits if rules.iter().any(|rule| crate::arl::is_limit_rule(&rule.pattern)) => {
                let rules = vec![limit_rule()];
                let signals =
                    Signals { len: panel.values.len(), rules: vec![beyond_limits(panel)] };
                let events = events(&[rules[0].pattern], &signals, each_point);
                Self { rules, signals, events }
            }
            Scope::Limits | Scope::None => {
                let signals = Signals { len: panel.values.len(), rules: Vec::new() };
                Self { rules: Vec::new(), signals, events: Vec::new() }
            }
        }
    }

    /// Removes the signals of excluded points and shortens events at both ends to points that are
    /// not excluded.
    pub fn forgive(&mut self, is_excluded: impl Fn(usize) -> bool) {
        let kept = self.events.iter().filter_map(|event| {
            let counts = |i: &usize| !is_excluded(*i);
            let first = (event.first..=event.last).find(counts)?;
            let last = (event.first..=event.last).rev().find(counts)?;
            Some(Event { first, last, ..*event })
        });
        self.events = kept.collect();
        for signals in &mut self.signals.rules {
            for (i, word) in signals.upper.iter_mut().chain(&mut signals.lower).enumerate() {
                let base = i % self.signals.len.div_ceil(64).max(1) * 64;
                for bit in 0..64 {
                    if *word >> bit & 1 == 1 && is_excluded(base + bit) {
                        *word &= !(1 << bit);
                    }
                }
            }
        }
    }

    /// The full description of `event`. `offset`, the number of points before this stage, is added
    /// to every index.
    pub fn violation(
        &self,
        panel: &Panel,
        event: &Event,
        offset: usize,
        column: &str,
        knowledge: Option<&Knowledge>,
    ) -> Violation {
        let rule = &self.rules[event.rule];
        let advice = knowledge
            .map(|knowledge| knowledge.advice(rule, column, panel.name, event.side))
            .unwrap_or_default();
        let at = event.first;
        let outward = |i: usize| i + 1 + offset;
        let takes_part = if panel.scope == Scope::Limits {
            (event.first..=event.last).collect()
        } else {
            events::members(event, &rule.pattern, |i| panel.z(i))
        };
        let points: Vec<usize> = takes_part.into_iter().map(outward).collect();
        let first = points.first().copied().unwrap_or(outward(at));
        let finite = |value: f64| value.is_finite().then_some(value);
        let limits = panel.scope == Scope::Limits;
        Violation {
            rule_id: rule.id.clone(),
            rule_name: if limits {
                "1 point beyond its control limit".to_owned()
            } else {
                rule.pattern.describe()
            },
            window: [first, outward(event.last)],
            statistic: if limits {
                "point_beyond_limit".to_owned()
            } else {
                rule.pattern.statistic()
            },
            z_score: finite(panel.z(at)),
            timestamp_index: outward(at),
            value: panel.values[at],
            centerline: panel.center.at(at),
            ucl: finite(panel.upper.at(at)),
            lcl: finite(panel.lower.at(at)),
            severity: advice.severity.unwrap_or(rule.pattern.severity()),
            suggested_causes: advice.causes,
            recommended_actions: advice.actions,
            ocap: advice.ocap,
            panel: panel.name,
            side: event.side,
            first,
            signal_points: (event.first..=event.last).map(outward).collect(),
            points,
        }
    }
}

/// Judges every panel of `chart`.
pub fn judge(chart: &Chart, rules: &[Rule], each_point: bool) -> Vec<Verdict> {
    chart.panels.iter().map(|panel| Verdict::of(panel, rules, each_point)).collect()
}

/// The only rule for panels whose points are skewed or correlated.
pub fn limit_rule() -> Rule {
    Rule { id: "LIMIT".to_owned(), pattern: Pattern::Beyond { k: 1, m: 1, z: 3.0 } }
}

fn beyond_limits(panel: &Panel) -> RuleSignals {
    let words = panel.values.len().div_ceil(64);
    let mut found = RuleSignals { upper: vec![0; words], lower: vec![0; words] };
    for i in 0..panel.values.len() {
        let (above, below) = panel.beyond(i);
        found.upper[i / 64] |= u64::from(above) << (i % 64);
        found.lower[i / 64] |= u64::from(below) << (i % 64);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::{Data, Design, Given, Kind, Phase};
    use crate::rules::parse_rules;
    use crate::subgroup::Subgroups;

    fn violations(values: &[f64], rules: &str) -> Vec<Violation> {
        let design = Design::new(Kind::IMr);
        let data = Data::Measured(Subgroups::individuals(values.to_vec()).unwrap());
        let given = Given { center: Some(10.0), sigma: Some(1.0), ..Given::default() };
        let parameters = design.estimate(&data, &given).unwrap();
        let chart = design.chart(&parameters, &data, Phase::Two).unwrap();
        let verdicts = judge(&chart, &parse_rules(rules).unwrap(), false);
        let knowledge = Knowledge::shipped("furnace");
        let told = chart.panels.iter().zip(&verdicts).flat_map(|(panel, verdict)| {
            let tell = |event| verdict.violation(panel, event, 0, "temp_c", knowledge.as_ref());
            verdict.events.iter().map(tell).collect::<Vec<_>>()
        });
        told.collect()
    }

    /// The value, its z score and the limits in one violation belong together.
    #[test]
    fn a_point_beyond_its_limit_is_told_in_full() {
        let found = violations(&[10.0, 10.5, 13.42, 13.2], "n1");
        let first = &found[0];
        assert_eq!((first.rule_id.as_str(), first.timestamp_index), ("N1", 3));
        assert_eq!((first.window, first.signal_points.as_slice()), ([3, 4], &[3, 4][..]));
        let recomputed =
            (first.value - first.centerline) / ((first.ucl.unwrap() - first.centerline) / 3.0);
        assert!((first.z_score.unwrap() - recomputed).abs() < 1e-12);
        assert!(first.suggested_causes.iter().any(|cause| cause.contains("Thermocouple")));
        assert_eq!(first.severity, Severity::Critical);
    }

    #[test]
    fn only_the_points_beyond_the_line_take_part() {
        let found = violations(&[12.5, 11.0, 12.5, 10.0], "n5");
        assert_eq!((found[0].first, found[0].timestamp_index), (1, 3));
        assert_eq!(found[0].points, [1, 3]);
    }

    #[test]
    fn a_moving_range_signals_by_its_limit_alone() {
        let found = violations(&[8.0, 12.0, 8.0, 10.0], "n1");
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].panel, found[0].rule_id.as_str()), ("mr", "LIMIT"));
        assert_eq!(found[0].points, [2, 3]);
        assert!(violations(&[8.0, 12.0, 8.0, 10.0], "n2").is_empty());
    }

    #[test]
    fn a_forgiven_point_takes_only_its_own_signal_away() {
        let design = Design::new(Kind::IMr);
        let values = vec![13.5, 10.0, 13.5, 13.5];
        let data = Data::Measured(Subgroups::individuals(values).unwrap());
        let given = Given { center: Some(10.0), sigma: Some(1.0), ..Given::default() };
        let parameters = design.estimate(&data, &given).unwrap();
        let chart = design.chart(&parameters, &data, Phase::Two).unwrap();
        let mut verdict = Verdict::of(&chart.panels[0], &parse_rules("n1").unwrap(), false);
        assert_eq!(verdict.signals.rules[0].points(), [1, 3, 4]);
        verdict.forgive(|point| point == 2);
        assert_eq!(verdict.signals.rules[0].points(), [1, 4]);
        let left: Vec<_> = verdict.events.iter().map(|event| (event.first, event.last)).collect();
        assert_eq!(left, [(0, 0), (3, 3)]);
    }
}
