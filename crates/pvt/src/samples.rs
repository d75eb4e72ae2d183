//! `samples=` of `config.cfg`: how many samples a run takes of what varies.

use crate::variation::Sampling;
use libchar_core::number::parse_decimal;

/// How many samples a run takes of the quantities that vary.
#[derive(Debug, Clone, PartialEq)]
pub enum Samples {
    /// None: nothing varies.
    None,
    /// This many.
    Count(usize, Sampling),
    /// Each quantity up and down by one standard deviation.
    OneAtATime,
    /// As many independent samples as the interval of a statistic needs.
    Auto(Budget),
}

/// How narrow the 95 % interval of a statistic is to be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Budget {
    /// The statistic.
    pub of: Statistic,
    /// The wider half of the interval, relative to the statistic, or absolute for a yield; between
    /// 0 and 1.
    pub tolerance: f64,
}

/// A statistic of samples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Statistic {
    /// The mean.
    Mean,
    /// The standard deviation.
    Sd,
    /// The yield.
    Yield,
}

/// The most samples of a point.
pub const MOST_SAMPLES: usize = 1_000_000;

/// Parses the value, in lower case; `None` if it is not valid.
pub(crate) fn parse(text: &str) -> Option<Samples> {
    if ["", "none", "na", "0"].contains(&text) {
        return Some(Samples::None);
    }
    if text == "oat" {
        return Some(Samples::OneAtATime);
    }
    match text.split_once(':') {
        Some(("lhs", count)) => {
            count_of(count).map(|n| Samples::Count(n, Sampling::LatinHypercube))
        }
        Some(("auto", budget)) => budget_of(budget).map(Samples::Auto),
        Some(_) => None,
        None => count_of(text).map(|n| Samples::Count(n, Sampling::Random)),
    }
}

/// Reads `1%` of the mean, `sd:5%`, `yield:0.5%`.
fn budget_of(text: &str) -> Option<Budget> {
    let (of, percent) = match text.split_once(':') {
        None | Some(("mean", _)) => (Statistic::Mean, text.strip_prefix("mean:").unwrap_or(text)),
        Some(("sd", percent)) => (Statistic::Sd, percent),
        Some(("yield", percent)) => (Statistic::Yield, percent),
        Some(_) => return None,
    };
    let tolerance = parse_decimal(percent.strip_suffix('%')?)? / 100.0;
    (tolerance > 0.0 && tolerance < 1.0).then_some(Budget { of, tolerance })
}

fn count_of(text: &str) -> Option<usize> {
    text.parse().ok().filter(|n| (1..=MOST_SAMPLES).contains(n) && !text.starts_with('+'))
}

#[cfg(test)]
mod tests {
    use super::{Budget, Samples, Statistic, parse};

    #[test]
    fn a_budget_is_a_percentage_of_a_statistic() {
        let auto = |of, tolerance| Some(Samples::Auto(Budget { of, tolerance }));
        assert_eq!(parse("auto:1%"), auto(Statistic::Mean, 0.01));
        assert_eq!(parse("auto:mean:2%"), auto(Statistic::Mean, 0.02));
        assert_eq!(parse("auto:sd:5%"), auto(Statistic::Sd, 0.05));
        assert_eq!(parse("auto:yield:0.5%"), auto(Statistic::Yield, 0.005));
        for wrong in [
            "auto",
            "auto:",
            "auto:1",
            "auto:0%",
            "auto:100%",
            "auto:-1%",
            "auto:cpk:1%",
            "lhs:auto",
        ] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
