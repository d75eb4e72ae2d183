//! All rules over a whole series in one pass, 64 points at a time.
//!
//! The answers to a question are one bit per point, and a rule is a few shifts and ANDs of two such
//! words. That is why eight rules cost little more than reading the values.

use super::compiled::{Check, Compiled, Question};
use super::{Pattern, Thresholds};

/// Number of points in one machine word.
const LANES: usize = 64;

/// The points that completed each rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Signals {
    /// Number of points judged.
    pub len: usize,
    /// One entry per rule, in the given order.
    pub rules: Vec<RuleSignals>,
}

/// Bit `i % 64` of word `i / 64` is set where point `i` (0-based) completed the rule.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleSignals {
    /// On the upper side or rising; also for rules without sides.
    pub upper: Vec<u64>,
    /// On the lower side or falling.
    pub lower: Vec<u64>,
}

impl RuleSignals {
    /// 1-based indices of the points that completed the rule on either side, ascending.
    pub fn points(&self) -> Vec<usize> {
        let both: Vec<u64> = self.upper.iter().zip(&self.lower).map(|(u, l)| u | l).collect();
        set_bits(&both).map(|i| i + 1).collect()
    }

    /// Number of points that completed the rule on either side.
    pub fn count(&self) -> usize {
        self.upper.iter().zip(&self.lower).map(|(u, l)| (u | l).count_ones() as usize).sum()
    }
}

/// 0-based positions of the set bits, ascending.
pub(super) fn set_bits(words: &[u64]) -> impl Iterator<Item = usize> + '_ {
    words.iter().enumerate().flat_map(|(word, &bits)| {
        std::iter::successors(Some(bits), |rest| Some(rest & rest.wrapping_sub(1)))
            .take_while(|rest| *rest != 0)
            .map(move |rest| word * LANES + rest.trailing_zeros() as usize)
    })
}

/// Judges `values` by `patterns` with constant lines.
pub fn scan(values: &[f64], patterns: &[Pattern], lines: &Thresholds) -> Signals {
    scan_compiled(values, values, &Compiled::new(patterns, lines))
}

/// Judges a series whose lines vary from point to point: `z` is standardized, `raw` is compared
/// with its neighbours.
pub fn scan_scaled(z: &[f64], raw: &[f64], patterns: &[Pattern], tie: f64) -> Signals {
    let unit = Thresholds { centre: 0.0, sigma: 1.0, tie };
    // Standardizing a value has one more rounding error than computing a line.
    let compiled =
        Compiled::with_lines(patterns, unit.tie, |z| (z, 16.0 * f64::EPSILON * z.abs().max(1.0)));
    scan_compiled(z, raw, &compiled)
}

fn scan_compiled(zones: &[f64], raw: &[f64], rules: &Compiled) -> Signals {
    let words = zones.len().div_ceil(LANES);
    let mut out: Vec<RuleSignals> = rules
        .checks
        .iter()
        .map(|_| RuleSignals { upper: Vec::with_capacity(words), lower: Vec::with_capacity(words) })
        .collect();
    // The high half of each word pair holds the current 64 points, the low half the 64 points
    // before them.
    let mut answers = vec![0u128; rules.questions.len()];
    let mut previous = f64::NAN;
    let mut tail = ([f64::NAN; LANES], [f64::NAN; LANES]);
    let mut start = 0;
    while start < zones.len() {
        let end = (start + LANES).min(zones.len());
        let (block, steps): (&[f64; LANES], &[f64; LANES]) =
            match (zones[start..end].try_into(), raw[start..end].try_into()) {
                (Ok(block), Ok(steps)) => (block, steps),
                _ => {
                    // For NaN the answer to every question is no.
                    tail.0[..end - start].copy_from_slice(&zones[start..end]);
                    tail.1[..end - start].copy_from_slice(&raw[start..end]);
                    (&tail.0, &tail.1)
                }
            };
        for (history, question) in answers.iter_mut().zip(&rules.questions) {
            *history =
                *history >> LANES | u128::from(ask(*question, block, steps, previous)) << LANES;
        }
        for (check, signals) in rules.checks.iter().zip(&mut out) {
            let (upper, lower) = judge(check, &answers);
            signals.upper.push(upper);
            signals.lower.push(lower);
        }
        previous = raw[end - 1];
        start = end;
    }
    Signals { len: zones.len(), rules: out }
}

/// The answers to one question for a block, one bit per point.
#[inline]
fn ask(question: Question, block: &[f64; LANES], steps: &[f64; LANES], previous: f64) -> u64 {
    match question {
        Question::Above(line) => bits(|i| block[i] > line),
        Question::Below(line) => bits(|i| block[i] < line),
        Question::Inside(low, high) => bits(|i| (block[i] > low) & (block[i] < high)),
        Question::Up(tie) => {
            bits(|i| i > 0 && steps[i] - steps[i - 1] > tie) | u64::from(steps[0] - previous > tie)
        }
        Question::Down(tie) => {
            bits(|i| i > 0 && steps[i - 1] - steps[i] > tie) | u64::from(previous - steps[0] > tie)
        }
    }
}

/// Gathers 64 answers into a word: first into bytes, then eight bytes into eight bits by one
/// multiplication.
#[inline(always)]
fn bits(answer: impl Fn(usize) -> bool) -> u64 {
    let mut bytes = [0u8; LANES];
    for (i, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from(answer(i));
    }
    let mut word = 0;
    for (i, chunk) in bytes.chunks_exact(8).enumerate() {
        let eight = chunk.iter().rev().fold(0u64, |sum, byte| sum << 8 | u64::from(*byte));
        word |= (eight.wrapping_mul(0x0102_0408_1020_4080) >> 56) << (8 * i);
    }
    word
}

/// Signal words (upper, lower) of one rule for the newest 64 points.
#[inline]
fn judge(check: &Check, answers: &[u128]) -> (u64, u64) {
    let new = |wide: u128| (wide >> LANES) as u64;
    match *check {
        Check::Runs { n, upper, lower } => {
            (new(run(answers[upper], n)), new(run(answers[lower], n)))
        }
        Check::KOfM { k, m, upper, lower } => {
            (new(k_of_m(answers[upper], k, m)), new(k_of_m(answers[lower], k, m)))
        }
        Check::Run { n, of } => (new(run(answers[of], n)), 0),
        Check::Turns { n, up, down } => {
            let (up, down) = (answers[up], answers[down]);
            (new(run((up & down << 1) | (down & up << 1), n)), 0)
        }
        Check::Outside { n, above, below, mixed } => {
            let (above, below) = (answers[above], answers[below]);
            let sides = if mixed { any(above, n) & any(below, n) } else { u128::MAX };
            (new(run(above | below, n) & sides), 0)
        }
        Check::Opposite { above, below } => {
            let (above, below) = (answers[above], answers[below]);
            (new(above & below << 1), new(below & above << 1))
        }
    }
}

/// Bit i is set if bits i − n + 1 … i are all set, by ANDs of shifts whose length doubles each
/// time.
#[inline(always)]
fn run(word: u128, n: usize) -> u128 {
    let (mut all, mut length) = (word, 1);
    while length < n {
        let step = length.min(n - length);
        all &= all << step;
        length += step;
    }
    all
}

/// Bit i is set if any of bits i − n + 1 … i is set.
#[inline(always)]
fn any(word: u128, n: usize) -> u128 {
    let (mut some, mut length) = (word, 1);
    while length < n {
        let step = length.min(n - length);
        some |= some << step;
        length += step;
    }
    some
}

/// Bit i is set if bit i and at least k − 1 of the m − 1 bits before it are set.
#[inline(always)]
fn k_of_m(word: u128, k: usize, m: usize) -> u128 {
    // seen[j]: more than j of the earlier bits so far are set.
    let mut seen = [0u128; super::MAX_WINDOW];
    let needed = k - 1;
    for back in 1..m {
        let bit = word << back;
        for j in (1..needed).rev() {
            seen[j] |= seen[j - 1] & bit;
        }
        seen[0] |= bit;
    }
    if needed == 0 { word } else { word & seen[needed - 1] }
}

#[cfg(test)]
mod tests {
    use super::super::{Monitor, parse_rules};
    use super::*;
    use proptest::prelude::*;

    fn patterns(text: &str) -> Vec<Pattern> {
        parse_rules(text).unwrap().iter().map(|rule| rule.pattern).collect()
    }

    /// The definition of the rules, applied point by point without optimization.
    fn naive(z: &[f64], pattern: Pattern, at: usize, side: f64) -> bool {
        let window = pattern.window();
        let full = at + 1 >= window;
        let last = |n: usize| &z[at + 1 - n..=at];
        match pattern {
            Pattern::Beyond { k, m, z: line } => {
                let recent = &z[(at + 1).saturating_sub(m)..=at];
                side * z[at] > line && recent.iter().filter(|v| side * **v > line).count() >= k
            }
            Pattern::Trend { n } => full && last(n).windows(2).all(|w| side * (w[1] - w[0]) > 0.0),
            Pattern::Alternate { n } => {
                full && side > 0.0
                    && last(n).windows(3).all(|w| (w[1] - w[0]) * (w[2] - w[1]) < 0.0)
            }
            Pattern::Within { n, z: line } => {
                full && side > 0.0 && last(n).iter().all(|v| v.abs() < line)
            }
            Pattern::Outside { n, z: line, both_sides } => {
                full && side > 0.0
                    && last(n).iter().all(|v| v.abs() > line)
                    && (!both_sides
                        || last(n).iter().any(|v| *v > 0.0) && last(n).iter().any(|v| *v < 0.0))
            }
            Pattern::Opposite { z: line } => {
                full && side * z[at] > line && -side * z[at - 1] > line
            }
        }
    }

    proptest! {
        /// The word-parallel scan, the streaming monitor and the plain definition agree on every point.
        #[test]
        fn scan_equals_monitor_equals_definition(
            // Multiples of one half put many points exactly on lines and make many neighbours
            // equal.
            steps in prop::collection::vec(-7i8..=7, 0..300),
            calm in prop::bool::ANY,
        ) {
            let scale = if calm { 0.125 } else { 0.5 };
            let z: Vec<f64> = steps.iter().map(|s| f64::from(*s) * scale).collect();
            let rules = patterns("nelson,we,westgard,aiag,3of4@1.5,5of9@0.5,run2,2of2@2,mixture3@1,alternate3");
            let lines = Thresholds::new(0.0, 1.0);
            let scanned = scan(&z, &rules, &lines);
            let mut monitor = Monitor::new(&rules, &lines);
            for at in 0..z.len() {
                monitor.push(z[at]);
                for (i, pattern) in rules.iter().enumerate() {
                    let bit = |words: &[u64]| words[at / 64] >> (at % 64) & 1 == 1;
                    let expected = (naive(&z, *pattern, at, 1.0), naive(&z, *pattern, at, -1.0));
                    let found = (bit(&scanned.rules[i].upper), bit(&scanned.rules[i].lower));
                    prop_assert_eq!(found, expected, "{:?} at {}", pattern, at);
                    prop_assert_eq!((monitor.upper(i), monitor.lower(i)), expected);
                }
            }
        }
    }

    #[test]
    fn decimal_points_on_a_limit_are_not_beyond_it() {
        let rules = patterns("n1");
        let on = scan(&[10.3, 9.7, 10.0], &rules, &Thresholds::new(10.0, 0.1));
        assert!(on.rules[0].points().is_empty());
        let off = scan(&[10.300_001], &rules, &Thresholds::new(10.0, 0.1));
        assert_eq!(off.rules[0].points(), [1]);
    }
}
