//! Signals combined into events: one for each maximal run of points that complete a rule.

use super::scan::set_bits;
use super::{Pattern, Signals};

/// The side of the centre line, or the direction, of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// Above the centre line, or rising.
    Upper,
    /// Below the centre line, or falling.
    Lower,
    /// The pattern has no side.
    Both,
}

/// Successive points that completed the same rule on the same side. Indices are 0-based within the series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// Index of the rule in the list of judged rules.
    pub rule: usize,
    /// Side of the centre line.
    pub side: Side,
    /// The first completing point.
    pub first: usize,
    /// The last completing point.
    pub last: usize,
}

impl Event {
    /// First point of the pattern window that ends at the first completing point.
    pub fn window_start(&self, pattern: &Pattern) -> usize {
        (self.first + 1).saturating_sub(pattern.window())
    }
}

/// Every event of `signals`, ordered by first point, then by rule. With `each_point`, every
/// completing point is an event.
pub fn events(patterns: &[Pattern], signals: &Signals, each_point: bool) -> Vec<Event> {
    let mut found = Vec::new();
    for (rule, (pattern, words)) in patterns.iter().zip(&signals.rules).enumerate() {
        let sided = matches!(
            pattern,
            Pattern::Beyond { .. } | Pattern::Trend { .. } | Pattern::Opposite { .. }
        );
        let upper = if sided { Side::Upper } else { Side::Both };
        for (side, words) in [(upper, &words.upper), (Side::Lower, &words.lower)] {
            let mut open: Option<Event> = None;
            for at in set_bits(words) {
                match &mut open {
                    Some(event) if !each_point && event.last + 1 == at => event.last = at,
                    _ => found.extend(open.replace(Event { rule, side, first: at, last: at })),
                }
            }
            found.extend(open);
        }
    }
    found.sort_by_key(|event| (event.first, event.rule, event.side));
    found
}

/// 0-based indices of the points that take part in `event`: the points in its windows that satisfy
/// the pattern.
///
/// `z` gives the standardized value of a point.
pub fn members(event: &Event, pattern: &Pattern, z: impl Fn(usize) -> f64) -> Vec<usize> {
    let window = event.window_start(pattern)..=event.last;
    match *pattern {
        Pattern::Beyond { z: line, .. } => {
            let side = if event.side == Side::Lower { -1.0 } else { 1.0 };
            window.filter(|&i| side * z(i) > line).collect()
        }
        _ => window.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Thresholds, parse_rules, scan};
    use super::*;

    #[test]
    fn overlapping_patterns_are_one_event() {
        let rules = parse_rules("n5,n1").unwrap();
        let patterns: Vec<Pattern> = rules.iter().map(|rule| rule.pattern).collect();
        let z = [2.5, 2.5, 2.5, 0.0, 2.5, -2.1, -2.2, 3.5];
        let signals = scan(&z, &patterns, &Thresholds::new(0.0, 1.0));
        let found = events(&patterns, &signals, false);
        let spans: Vec<_> = found.iter().map(|e| (e.rule, e.side, e.first, e.last)).collect();
        assert_eq!(
            spans,
            [
                (0, Side::Upper, 1, 2),
                (0, Side::Upper, 4, 4),
                (0, Side::Lower, 6, 6),
                (1, Side::Upper, 7, 7)
            ]
        );
        assert_eq!(members(&found[1], &patterns[0], |i| z[i]), [2, 4]);
        assert_eq!(events(&patterns, &signals, true).len(), 5);
    }
}
