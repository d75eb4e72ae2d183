//! Rules on a stream, judged one point at a time in constant memory.

use super::compiled::{Check, Compiled};
use super::{Pattern, Thresholds};

/// Judges points as they arrive, in constant memory.
///
/// For every question of the rules, a 64-bit history of its answers is kept, with the newest answer
/// in bit 0.
#[derive(Debug, Clone)]
pub struct Monitor {
    rules: Compiled,
    answers: Vec<u64>,
    previous: f64,
}

impl Monitor {
    /// A monitor for `patterns`; each is at most 64 points long ([`Pattern::check`]).
    pub fn new(patterns: &[Pattern], lines: &Thresholds) -> Self {
        Self::over(Compiled::new(patterns, lines))
    }

    /// A monitor whose line at signed distance `z` is `line(z)`. `line` may be any increasing
    /// function, because rules only compare.
    pub(crate) fn with_lines(patterns: &[Pattern], line: impl Fn(f64) -> f64) -> Self {
        Self::over(Compiled::with_lines(patterns, 0.0, |z| (line(z), 0.0)))
    }

    fn over(rules: Compiled) -> Self {
        Self { answers: vec![0; rules.questions.len()], rules, previous: f64::NAN }
    }

    /// Forgets every point seen.
    pub fn reset(&mut self) {
        self.answers.fill(0);
        self.previous = f64::NAN;
    }

    /// Takes the next value. Afterwards [`Monitor::upper`] and [`Monitor::lower`] return the rules
    /// that it completed.
    #[inline]
    pub fn push(&mut self, x: f64) {
        for (history, question) in self.answers.iter_mut().zip(&self.rules.questions) {
            *history = *history << 1 | u64::from(question.answer(x, self.previous));
        }
        self.previous = x;
    }

    /// Takes a standardized value, with `raw` for comparisons with its neighbour; for limits that
    /// vary from point to point.
    #[inline]
    pub fn push_scaled(&mut self, z: f64, raw: f64) {
        use super::compiled::Question::{Down, Up};
        for (history, question) in self.answers.iter_mut().zip(&self.rules.questions) {
            let x = if matches!(question, Up(_) | Down(_)) { raw } else { z };
            *history = *history << 1 | u64::from(question.answer(x, self.previous));
        }
        self.previous = raw;
    }

    /// Whether the newest point completed any rule on any side.
    #[inline]
    pub fn any(&self) -> bool {
        self.rules.checks.iter().any(|check| self.holds(check, true) || self.holds(check, false))
    }

    /// Whether the newest point completed rule `i` on the upper side, or a rule without sides.
    pub fn upper(&self, i: usize) -> bool {
        self.holds(&self.rules.checks[i], true)
    }

    /// Whether the newest point completed rule `i` on the lower side.
    pub fn lower(&self, i: usize) -> bool {
        self.holds(&self.rules.checks[i], false)
    }

    #[inline(always)]
    fn holds(&self, check: &Check, upper_side: bool) -> bool {
        let answers = |i: usize| self.answers[i];
        let run = |history: u64, n: usize| {
            let mask = u64::MAX >> (64 - n);
            history & mask == mask
        };
        match *check {
            Check::Runs { n, upper, lower } => {
                run(answers(if upper_side { upper } else { lower }), n)
            }
            Check::KOfM { k, m, upper, lower } => {
                let history = answers(if upper_side { upper } else { lower });
                history & 1 == 1 && (history & (u64::MAX >> (64 - m))).count_ones() as usize >= k
            }
            Check::Run { n, of } => upper_side && run(answers(of), n),
            Check::Turns { n, up, down } => {
                let (up, down) = (answers(up), answers(down));
                upper_side && run((up & down >> 1) | (down & up >> 1), n)
            }
            Check::Outside { n, above, below, mixed } => {
                let (above, below) = (answers(above), answers(below));
                let mask = u64::MAX >> (64 - n);
                upper_side
                    && run(above | below, n)
                    && (!mixed || above & mask != 0 && below & mask != 0)
            }
            Check::Opposite { above, below } => {
                let (now, before) = if upper_side { (above, below) } else { (below, above) };
                answers(now) & 1 == 1 && answers(before) >> 1 & 1 == 1
            }
        }
    }
}
