//! Rules compiled to yes-or-no questions about each point.

use super::Pattern;

/// The position of the lines at ±z sigma for a series, and the tolerance for rounding.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thresholds {
    /// The centre line.
    pub centre: f64,
    /// One sigma of the plotted statistic.
    pub sigma: f64,
    /// Largest difference between successive values that counts as equal; 0 for measured values.
    pub tie: f64,
}

impl Thresholds {
    /// Lines for measured values, which are compared with their neighbours exactly.
    pub fn new(centre: f64, sigma: f64) -> Self {
        Self { centre, sigma, tie: 0.0 }
    }

    /// Lines for a computed statistic (a mean, a proportion), where neighbours that differ only by
    /// rounding are equal.
    pub fn computed(centre: f64, sigma: f64) -> Self {
        Self { centre, sigma, tie: rounding(centre, sigma) }
    }

    /// (line, tolerance) at `z` sigma above the centre, below it for negative `z`.
    fn line(&self, z: f64) -> (f64, f64) {
        (self.centre + z * self.sigma, rounding(self.centre, z * self.sigma))
    }
}

/// A few units in the last place of the larger summand: 10.3 lies on 10 + 3 × 0.1, although it does
/// not in binary arithmetic.
fn rounding(centre: f64, distance: f64) -> f64 {
    4.0 * f64::EPSILON * centre.abs().max(distance.abs())
}

/// One question about a point (and, for steps, the point before it).
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Question {
    Above(f64),
    Below(f64),
    Inside(f64, f64),
    Up(f64),
    Down(f64),
}

/// A rule as a check of answers, which are given by their index in [`Compiled::questions`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Check {
    /// The answers to at least `k` of the last `m` points are yes, including the newest; for the
    /// upper and the lower side.
    KOfM { k: usize, m: usize, upper: usize, lower: usize },
    /// The last `n` answers are yes; for the upper and the lower side.
    Runs { n: usize, upper: usize, lower: usize },
    /// The last `n` answers are yes.
    Run { n: usize, of: usize },
    /// The last `n` steps alternate between up and down.
    Turns { n: usize, up: usize, down: usize },
    /// Each of the last `n` points is above or below; with `mixed`, some are above and some below.
    Outside { n: usize, above: usize, below: usize, mixed: bool },
    /// This point on one side, the one before it on the other.
    Opposite { above: usize, below: usize },
}

/// Patterns reduced to distinct questions and checks of their answers, one check per pattern in the
/// same order.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Compiled {
    pub questions: Vec<Question>,
    pub checks: Vec<Check>,
}

impl Compiled {
    pub fn new(patterns: &[Pattern], lines: &Thresholds) -> Self {
        Self::with_lines(patterns, lines.tie, |z| lines.line(z))
    }

    /// As [`Compiled::new`] for lines that are not a linear function of z: `line` maps signed z to
    /// (line, tolerance).
    pub fn with_lines(patterns: &[Pattern], tie: f64, line: impl Fn(f64) -> (f64, f64)) -> Self {
        let mut questions = Vec::new();
        let mut ask = |question: Question| {
            questions.iter().position(|known| *known == question).unwrap_or_else(|| {
                questions.push(question);
                questions.len() - 1
            })
        };
        let above = |z| {
            let (at, slack) = line(z);
            Question::Above(at + slack)
        };
        let below = |z: f64| {
            let (at, slack) = line(-z);
            Question::Below(at - slack)
        };
        let checks = patterns
            .iter()
            .map(|pattern| match *pattern {
                Pattern::Beyond { k, m, z } => {
                    let (upper, lower) = (ask(above(z)), ask(below(z)));
                    if k == m {
                        Check::Runs { n: m, upper, lower }
                    } else {
                        Check::KOfM { k, m, upper, lower }
                    }
                }
                Pattern::Trend { n } => Check::Runs {
                    n: n - 1,
                    upper: ask(Question::Up(tie)),
                    lower: ask(Question::Down(tie)),
                },
                Pattern::Alternate { n } => Check::Turns {
                    n: n - 2,
                    up: ask(Question::Up(tie)),
                    down: ask(Question::Down(tie)),
                },
                Pattern::Within { n, z } => {
                    let ((low, low_slack), (high, high_slack)) = (line(-z), line(z));
                    Check::Run { n, of: ask(Question::Inside(low + low_slack, high - high_slack)) }
                }
                Pattern::Outside { n, z, both_sides: mixed } => {
                    Check::Outside { n, above: ask(above(z)), below: ask(below(z)), mixed }
                }
                Pattern::Opposite { z } => {
                    Check::Opposite { above: ask(above(z)), below: ask(below(z)) }
                }
            })
            .collect();
        Self { questions, checks }
    }
}

impl Question {
    /// The answer for value `x` after `previous` (NaN for the first value, which has no step).
    #[inline(always)]
    pub fn answer(self, x: f64, previous: f64) -> bool {
        match self {
            Self::Above(line) => x > line,
            Self::Below(line) => x < line,
            Self::Inside(low, high) => x > low && x < high,
            Self::Up(tie) => x - previous > tie,
            Self::Down(tie) => previous - x > tie,
        }
    }
}
