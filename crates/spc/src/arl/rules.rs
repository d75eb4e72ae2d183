//! Run lengths of a set of rules, by the best method available for that set.

use super::moving_range::MovingRange;
use super::{Chain, Change, Method, RunLength, shewhart, simulate};
use crate::error::SpcError;
use crate::normal::{interval, sf};
use crate::rules::{Pattern, Rule, SETS};
use libchar_core::Frame;
use libchar_core::frame::Column;

/// The process, the alarms beside those of the rules, and the effort of a simulation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Conditions {
    /// How the mean moves.
    pub change: Change,
    /// The moving-range chart, where there is one.
    pub moving_range: Option<MovingRange>,
    /// Probability that each point alarms for an independent reason, 0 ≤ p < 1.
    pub other: f64,
    /// Number of runs to simulate where no exact method exists.
    pub runs: usize,
    /// Seed of the simulation.
    pub seed: u64,
}

impl Default for Conditions {
    fn default() -> Self {
        let change = Change::NONE;
        Self { change, moving_range: None, other: 0.0, runs: 200_000, seed: 1 }
    }
}

/// Mean run length of `patterns` under `conditions`.
///
/// If every rule looks at zones only, uses a Markov chain; for rule 1 beside a moving-range chart,
/// the integral equation; otherwise simulation. The in-control run lengths of the published sets
/// that need simulation are tabulated.
///
/// # Errors
/// Rules whose simulated runs are longer than 40 000 points on average.
pub fn rules_arl(patterns: &[Pattern], conditions: &Conditions) -> Result<RunLength, SpcError> {
    let Conditions { change, moving_range, other, runs, seed } = *conditions;
    if patterns.is_empty() && moving_range.is_none() {
        let arl = if other > 0.0 { 1.0 / other } else { f64::INFINITY };
        return Ok(RunLength::exact(arl, Method::ClosedForm));
    }
    if let (Some(range), [Pattern::Beyond { k: 1, m: 1, z }], 0.0) = (moving_range, patterns, other)
        && let Change::Step { sigma } = change
    {
        let arl = shewhart::individuals_with_moving_range(*z, range.upper_sigma, sigma);
        return Ok(RunLength::exact(arl, Method::IntegralEquation));
    }
    if moving_range.is_none()
        && let Some(chain) = Chain::new(patterns)
    {
        return Ok(RunLength::exact(chain.arl(change, other), Method::MarkovChain));
    }
    if change == Change::NONE
        && other == 0.0
        && let Some(known) = tabulated(patterns, moving_range)
    {
        return Ok(known);
    }
    let simulated =
        simulate(patterns, change, moving_range, other, runs, seed).ok_or_else(|| {
            SpcError::Invalid(
                "these rules alarm less than once in 40000 points, too rarely to simulate"
                    .to_owned(),
            )
        })?;
    Ok(RunLength {
        arl: simulated.arl,
        standard_error: simulated.standard_error,
        method: Method::MonteCarlo,
    })
}

/// In-control run lengths of published sets with trend rules, from 4 million simulated runs each,
/// seed 1. The fields are the set, whether the moving-range chart of an I-MR pair is included, the
/// mean and its standard error.
const TABULATED: &[(&str, bool, f64, f64)] = &[
    ("nelson", false, 73.441, 0.034),
    ("aiag", false, 54.157, 0.025),
    ("nelson", true, 51.001, 0.024),
    ("aiag", true, 40.963, 0.018),
];

fn tabulated(patterns: &[Pattern], moving_range: Option<MovingRange>) -> Option<RunLength> {
    let pair = match moving_range {
        None => false,
        Some(range) => {
            let standard = crate::constants::range_moments(2).ok()?;
            if (range.upper_sigma - (standard.0 + 3.0 * standard.1)).abs() > 1e-9 {
                return None;
            }
            true
        }
    };
    TABULATED
        .iter()
        .find(|(name, with_range, ..)| *with_range == pair && is_set(name, patterns))
        .map(|&(_, _, arl, standard_error)| RunLength {
            arl,
            standard_error,
            method: Method::MonteCarlo,
        })
}

fn is_set(name: &str, patterns: &[Pattern]) -> bool {
    SETS.iter().filter(|set| set.name == name).any(|set| {
        set.rules.len() == patterns.len()
            && set.rules.iter().all(|(_, pattern)| patterns.contains(pattern))
    })
}

/// Probability that a window of independent in-control points completes `pattern`.
///
/// This is not the reciprocal of the ARL, because overlapping windows alarm in clusters. All are
/// closed forms: the number of alternating permutations is Euler's zigzag number, and one ordering
/// of n! is a trend of n in each direction.
pub fn window_rate(pattern: &Pattern) -> f64 {
    match *pattern {
        Pattern::Beyond { k, m, z } => {
            let p = sf(z);
            let one_side = at_least(k, m, p);
            // Both sides at once need 2k ≤ m points; inclusion–exclusion over the trinomial
            // distribution.
            let both = if 2 * k <= m { both_sides_at_least(k, m, p) } else { 0.0 };
            2.0 * one_side - both
        }
        Pattern::Trend { n } => 2.0 * (1..=n).fold(1.0, |product, i| product / i as f64),
        Pattern::Alternate { n } => 2.0 * zigzag_share(n),
        Pattern::Within { n, z } => interval(-z, z).powi(n as i32),
        Pattern::Outside { n, z, both_sides } => {
            let p = sf(z);
            let all = (2.0 * p).powi(n as i32);
            if both_sides { all - 2.0 * p.powi(n as i32) } else { all }
        }
        Pattern::Opposite { z } => 2.0 * sf(z) * sf(z),
    }
}

/// Columns of a list of rules.
const COLUMNS: [Column<'static, Rule>; 7] = [
    ("id", |rule| rule.id.as_str().into()),
    ("name", |rule| rule.pattern.describe().into()),
    ("statistic", |rule| rule.pattern.statistic().into()),
    ("family", |rule| rule.pattern.family().into()),
    ("severity", |rule| rule.pattern.severity().name().into()),
    ("window", |rule| rule.pattern.window().into()),
    ("window_rate", |rule| window_rate(&rule.pattern).into()),
];

/// A table of what each rule looks for and how often chance alone completes it.
pub fn listing(rules: &[Rule]) -> Frame {
    Frame::of("libchar.spc-rules", 1, rules, &COLUMNS)
}

/// P(at least k of m) for independent trials.
fn at_least(k: usize, m: usize, p: f64) -> f64 {
    (k..=m).map(|i| choose(m, i) * p.powi(i as i32) * (1.0 - p).powi((m - i) as i32)).sum()
}

/// P(at least k above and at least k below) if each has probability `p`.
fn both_sides_at_least(k: usize, m: usize, p: f64) -> f64 {
    let mut sum = 0.0;
    for above in k..=m - k {
        for below in k..=m - above {
            let rest = m - above - below;
            sum += choose(m, above)
                * choose(m - above, below)
                * p.powi((above + below) as i32)
                * (1.0 - 2.0 * p).powi(rest as i32);
        }
    }
    sum
}

fn choose(n: usize, k: usize) -> f64 {
    (0..k).fold(1.0, |product, i| product * (n - i) as f64 / (i + 1) as f64)
}

/// Share Eₙ/n! of orderings of n values that go up, down, up …: Eₙ by the Seidel–Entringer triangle, scaled by n!.
fn zigzag_share(n: usize) -> f64 {
    let mut row = vec![1.0];
    for length in 1..=n {
        let mut next = vec![0.0];
        for value in row.iter().rev() {
            let last = next[next.len() - 1];
            next.push(last + value / length as f64);
        }
        row = next;
    }
    row[row.len() - 1]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::NamedSet;

    fn nelson(number: usize) -> Pattern {
        NamedSet::find("nelson").unwrap().rules[number - 1].1
    }

    /// A trend of 64 comes once in 64!/2 points: refusing it must not take as long as simulating
    /// it.
    #[test]
    fn rules_that_never_alarm_are_refused_at_once() {
        let patterns = [Pattern::Trend { n: 64 }];
        let refused = rules_arl(&patterns, &Conditions::default()).unwrap_err();
        assert!(refused.to_string().contains("too rarely to simulate"), "{refused}");
    }

    /// 2 P(Z > 3), as in every table.
    #[test]
    fn a_list_says_what_a_rule_looks_for_and_how_often_chance_does() {
        let rules = crate::rules::parse_rules("rule1").unwrap();
        let csv = String::from_utf8(listing(&rules).to_csv()).unwrap();
        let mut lines = csv.lines();
        assert_eq!(lines.next(), Some("id,name,statistic,family,severity,window,window_rate"));
        let row = lines.next().unwrap();
        assert!(row.starts_with("N1,1 point beyond 3 sigma,point_beyond_3sigma,beyond,"), "{row}");
        assert!(row.contains(",1,0.00269979"), "{row}");
    }

    /// E14 = 199 360 981 (OEIS A000111) of 14! orderings.
    #[test]
    fn window_rates_have_closed_forms() {
        let factorial: f64 = (1..=14).map(f64::from).product();
        assert!((window_rate(&nelson(4)) - 2.0 * 199_360_981.0 / factorial).abs() < 1e-15);
        assert!((window_rate(&nelson(3)) - 2.0 / 720.0).abs() < 1e-15);
        assert!((window_rate(&nelson(2)) - 2.0 / 512.0).abs() < 1e-15);
    }

    /// If only an independent alarm of probability q is added to rules that cannot fire, the run
    /// length is geometric.
    #[test]
    fn an_independent_alarm_shortens_the_run() {
        let conditions = Conditions { other: 0.01, ..Conditions::default() };
        let alone = rules_arl(&[], &conditions).unwrap().arl;
        assert!((alone - 100.0).abs() < 1e-9);
        let p = 2.0 * sf(3.0);
        let both = rules_arl(&[nelson(1)], &conditions).unwrap().arl;
        assert!((both * (p + 0.01 - 0.01 * p) - 1.0).abs() < 1e-9);
    }

    /// The tabulated values are those of the simulation; one with another seed agrees within both
    /// errors.
    #[test]
    fn the_table_agrees_with_a_fresh_simulation() {
        for &(name, pair, arl, error) in TABULATED {
            let patterns: Vec<Pattern> =
                NamedSet::find(name).unwrap().rules.iter().map(|(_, pattern)| *pattern).collect();
            let moving_range = pair.then_some(MovingRange { upper_sigma: 3.685_3 });
            let found = simulate(&patterns, Change::NONE, moving_range, 0.0, 20_000, 99).unwrap();
            let slack = 4.0 * found.standard_error.hypot(error);
            assert!((found.arl - arl).abs() < slack, "{name} {pair}: {found:?}");
        }
    }

    /// The simulation agrees with the exact chain within its own standard error, alone and with an
    /// independent alarm.
    #[test]
    fn simulation_agrees_with_the_chain() {
        let patterns: Vec<Pattern> =
            NamedSet::find("we").unwrap().rules.iter().map(|(_, pattern)| *pattern).collect();
        let chain = Chain::new(&patterns).unwrap();
        for (change, other) in [
            (Change::Step { sigma: 0.5 }, 0.0),
            (Change::NONE, 0.01),
            (Change::Ramp { slope: 0.05 }, 0.0),
        ] {
            let exact = chain.arl(change, other);
            let found = simulate(&patterns, change, None, other, 20_000, 7).unwrap();
            assert!(
                (found.arl - exact).abs() < 4.0 * found.standard_error,
                "{change:?}: {found:?} for {exact}"
            );
        }
    }
}
